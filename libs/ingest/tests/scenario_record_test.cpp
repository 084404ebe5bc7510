#include "adic/ingest/scenario_record.hpp"

#include "adic/base/random.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "json_texts.hpp"
#include "map_files.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FieldValue;
using model::Scenario;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Scenario sound() {
    model::ShockEvent event{.id = "halt", .kind = model::ShockKind::halt, .target = {}};
    event.target.origins = {"CHN"};
    return {
        .id = "sound",
        .title = "One halt",
        .start = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1},
        .horizon_days = 364,
        .events = {event}};
}

FieldValue& field(std::vector<FieldValue>& fields, std::string_view key) {
    return fields[*model::find_record_type(model::scenario_type)->find_field(key)];
}

std::string cell(const std::string& text) {
    std::string quoted;
    for (const char c : text) {
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return '"' + quoted + '"';
}

std::vector<model::Record> read_table(const std::string& table, ImportReport& report) {
    RecordDefaults defaults;
    defaults.type = model::find_record_type(model::scenario_type);
    defaults.owner = "MYS";
    defaults.new_identifier = [] { return std::string("new"); };
    return parse_records(table, "scenario.csv", defaults, report);
}

/// The fields as a table has them, with lines between the texts of one cell.
std::string table_of(std::vector<FieldValue> fields) {
    std::string content;
    for (const std::string& text : std::get<model::Words>(field(fields, "content"))) {
        content += (content.empty() ? "" : "\n") + text;
    }
    const auto* about = std::get_if<std::string>(&field(fields, "about"));
    const std::chrono::year_month_day day{std::get<std::chrono::sys_days>(field(fields, "start"))};
    return "name,about,start,horizon_days,content\n"
           + cell(std::get<std::string>(field(fields, "name"))) + ','
           + cell(about == nullptr ? "" : *about) + ',' + model::to_text(model::Period{day, day})
           + ',' + std::to_string(std::get<std::int64_t>(field(fields, "horizon_days"))) + ','
           + cell(content) + '\n';
}

void expect_kept(const Scenario& scenario) {
    const auto fields = fields_of(scenario);
    const RecordedScenario read = scenario_of(fields);
    ASSERT_TRUE(read.scenario) << read.problems.front();
    EXPECT_EQ(*read.scenario, scenario);
    ImportReport report;
    const auto records = read_table(table_of(fields), report);
    ASSERT_EQ(records.size(), 1U) << report.issues().front().message;
    EXPECT_EQ(records[0].fields, fields) << "as it went into the table";
}

TEST(ScenarioRecord, KeepsEveryEpisodeAlsoInATable) {
    std::size_t episodes = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(ADIC_SOURCE_DIR "/data/scenarios")) {
        ImportReport report;
        const auto scenario = read_scenario(entry.path(), report);
        ASSERT_TRUE(scenario) << entry.path();
        expect_kept(*scenario);
        ++episodes;
    }
    EXPECT_GE(episodes, 12U);
}

TEST(ScenarioRecord, KeepsWhatIsLongAndWhatATableWouldPart) {
    Scenario scenario = sound();
    scenario.description = "what it is about | and more";
    model::ShockEvent& event = scenario.events.front();
    event.note = "a | b" + std::string(30'000, ' ') + "\n\t\"ü\" " + std::string(9'000, '|');
    for (int i = 0; i < 4'000; ++i) {
        event.target.items.ids.push_back("รายการ-" + std::to_string(i));
    }
    for (int e = 1; e < 1'500; ++e) {
        scenario.events.push_back(sound().events.front());
        scenario.events.back().id = "event-" + std::to_string(e);
    }
    const auto fields = fields_of(scenario);
    const auto read = scenario_of(fields);
    ASSERT_TRUE(read.scenario) << read.problems.front();
    EXPECT_EQ(*read.scenario, scenario);
    scenario.description = "what it is about";  // a bar parts values of other fields, not this one
    expect_kept(scenario);
}

/// A law of any JSON: no text begins or ends with a blank, has a bar or breaks a letter.
TEST(ScenarioRecord, PartsTextsWhereATableTakesNothingAway) {
    RandomStream random(3, 0);
    for (int round = 0; round < 200; ++round) {
        constexpr std::array<std::string_view, 6> letters{" ", "a", "|", "é", "ก", "𝄞"};
        std::string json = "{\"a\":\"";
        const std::size_t size = 7'990 + random.below(30);
        while (json.size() < size) {
            json += letters[random.below(letters.size())];
        }
        json += "   b\"}";
        for (const std::string& text : in_texts(json)) {
            EXPECT_LE(text.size(), 8'000U);
            EXPECT_TRUE(model::is_storable_text(text));
            EXPECT_EQ(text.find('|'), std::string::npos);
            EXPECT_FALSE(text.starts_with(' ') || text.ends_with(' '));
        }
    }
}

TEST(ScenarioRecord, SaysAllThatIsWrongAtOnce) {
    auto fields = fields_of(sound());
    field(fields, "horizon_days") = std::int64_t{0};
    field(fields, "content") = model::Words{
        R"({"id":"a b","title":"x","events":[{"id":"e","kind":"halt","target":{},)",
        R"("severity":1.4},{"id":"e","kind":"hlat","target":{"origins":["CHN"]}}],"more":1})"};
    const auto read = scenario_of(fields);
    EXPECT_FALSE(read.scenario);
    EXPECT_THAT(
        read.problems,
        UnorderedElementsAre(
            HasSubstr("field 'horizon_days': must be from 1"),
            HasSubstr("field 'content': 'title' stands in the field 'name'; leave it out here"),
            HasSubstr("field 'content': /id 'a b': "),
            AllOf(HasSubstr("/events/0/severity '1.4': "), HasSubstr("from 0 to 1")),
            HasSubstr("/events/0/target names nothing"),
            AllOf(HasSubstr("/events/1/kind 'hlat': "), HasSubstr("halt")),
            HasSubstr("/more 'more': is no member here")
        )
    );
}

TEST(ScenarioRecord, LooksAtWhatHappensWhereTheTitleIsMissing) {
    auto fields = fields_of(sound());
    field(fields, "name") = FieldValue{};
    EXPECT_THAT(scenario_of(fields).problems, IsEmpty()) << "the field itself says so";
    EXPECT_FALSE(scenario_of(fields).scenario);
    field(fields, "content") = model::Words{R"({"id":"a","events":[]})"};
    EXPECT_THAT(scenario_of(fields).problems, ElementsAre(HasSubstr("at least one event")));
    field(fields, "start") = FieldValue{};
    EXPECT_FALSE(scenario_of(fields).scenario);
}

struct Slip {
    std::string_view name;
    std::string_view content;
    std::string_view said;
};

TEST(ScenarioRecord, RefusesContentThatIsNone) {
    const std::vector<Slip> slips{
        {"no JSON", "halt China", "must be an object"},
        {"a list", "[1]", "must be an object"},
        {"broken off", R"({"id":"a","events":[)", "field 'content': "},
        {"empty", "{}", "/events is missing"},
        {"a description beside the field",
         R"({"id":"a","description":"d","events":[]})",
         "'description' stands in the field 'about'"},
        {"a direction of writing in escapes",
         R"({"id":"a","events":[{"id":"e","kind":"halt","target":{"origins":["CHN"]},)"
         R"("title":"\u202egnp.exe"}]})",
         "forced direction"},
    };
    for (const Slip& slip : slips) {
        auto fields = fields_of(sound());
        field(fields, "content") = model::Words{std::string(slip.content)};
        const auto read = scenario_of(fields);
        EXPECT_FALSE(read.scenario) << slip.name;
        EXPECT_THAT(read.problems, ::testing::Contains(HasSubstr(std::string(slip.said))))
            << slip.name;
    }
}

TEST(ScenarioRecord, IsCheckedInATable) {
    auto fields = fields_of(sound());
    field(fields, "content") = model::Words{R"({"id":"a","events":[]})"};
    ImportReport report;
    EXPECT_THAT(read_table(table_of(fields), report), IsEmpty());
    ASSERT_EQ(report.errors(), 1U);
    EXPECT_EQ(report.issues()[0].row, 2U);
    EXPECT_THAT(report.issues()[0].message, HasSubstr("must have at least one event"));
}

TEST(ScenarioRecord, IsMadeOfAFile) {
    RecordDefaults defaults;
    defaults.type = model::find_record_type(model::scenario_type);
    defaults.owner = "MYS";
    ImportReport report;
    const auto records = parse_scenario_record(write_scenario(sound()), defaults, report);
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 1U);
    EXPECT_EQ(records->front().id, "MYS.sound");
    EXPECT_EQ(records->front().fields, fields_of(sound()));
    EXPECT_TRUE(records->front().policy.record.empty()) << "its owner's alone";
    const auto none = parse_scenario_record(R"({"id":"a"})", defaults, report);
    ASSERT_TRUE(none);
    EXPECT_THAT(*none, IsEmpty());
    EXPECT_GE(report.errors(), 4U);
}

}  // namespace
}  // namespace adic::ingest
