#include "adic/ingest/scenario_file.hpp"

#include "map_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace adic::ingest {
namespace {

using nlohmann::json;
using testing::Folder;
using testing::read_file;
using testing::write_file;

/// Every member that there is, in a scenario of which nothing is wrong.
constexpr std::string_view full = R"({
  "id": "full", "title": "All members", "description": "d", "start": "2024-01-01",
  "horizon_days": 730,
  "sources": [{"id": "s", "title": "t", "publisher": "p", "year": 2020, "url": "u"}],
  "events": [
    {"id": "halt", "title": "t", "kind": "halt", "note": "n", "sources": ["s"], "may_miss": true,
     "target": {"origins": ["AAA"], "organisations": ["firm"], "chokepoints": ["strait"],
                "routes": [{"from": "AAA", "to": "BBB"}],
                "items": {"name": "list", "ids": ["ore"],
                          "codes": [{"scheme": "HS", "prefix": "2504"}]}},
     "severity": {"low": 0.5, "likely": 0.7, "high": 1, "confidence": "B", "source": "s",
                  "note": "n"},
     "start_day": -3, "duration_days": 20, "recovery": {"shape": "linear", "days": 30},
     "probability": 0.2, "per": "year"},
    {"id": "control", "kind": "export_control", "target": {"origins": ["AAA"], "items": {"ids": ["ore"]}},
     "start": "2024-02-01", "end": "2024-12-01",
     "control": {"announced": "2024-01-01", "destinations": ["BBB"], "exempt": ["CCC"],
                 "phase_in_days": 30, "processing_days": 63, "approved_share": 0.5, "quota": 0.9,
                 "backlog_share": 0.4, "backlog_days": 60, "de_minimis": 0.25}},
    {"id": "tariff", "kind": "tariff", "rate": 0.3, "target": {"origins": ["AAA"]}, "probability": 0.5}
  ],
  "causes": [{"id": "war", "title": "t", "probability": 0.9, "per": "horizon",
              "members": [{"event": "halt"}]},
             {"id": "pair", "correlation": 0.5, "members": [{"event": "tariff"}, {"event": "late"}]}]
})";

json full_json() {
    json scenario = json::parse(full);
    scenario["events"].push_back(scenario["events"][2]);
    scenario["events"][3]["id"] = "late";
    return scenario;
}

struct Found {
    Result<model::Scenario> scenario;
    ImportReport report;
};

Found parse(const std::string& text) {
    ImportReport report;
    auto scenario = parse_scenario(text, "test.json", report);
    return {std::move(scenario), std::move(report)};
}

TEST(ScenarioFile, ReadsEveryMember) {
    const Found found = parse(full_json().dump());
    ASSERT_TRUE(found.scenario) << found.report.issues().front().column << " "
                                << found.report.issues().front().message;
    const model::Scenario& scenario = *found.scenario;
    const model::ShockEvent& halt = scenario.events[0];
    EXPECT_EQ(halt.severity->value, *Estimate::create(0.5, 0.7, 1));
    EXPECT_EQ(halt.severity->confidence, model::Confidence::b);
    EXPECT_EQ(halt.start_day, -3);
    EXPECT_EQ(halt.recovery.shape, model::RecoveryShape::linear);
    EXPECT_EQ(halt.per, model::ProbabilitySpan::year);
    EXPECT_TRUE(halt.may_miss);
    EXPECT_EQ(halt.target.items.codes, (std::vector<model::CodePrefix>{{"HS", "2504"}}));
    const model::ShockEvent& control = scenario.events[1];
    EXPECT_EQ(control.start_day, 31) << "1 February is day 31";
    EXPECT_EQ(control.duration_days->value, Estimate::exactly(304)) << "to 1 December 2024";
    EXPECT_EQ(control.control->de_minimis, 0.25);
    EXPECT_EQ(control.control->processing_days.value, Estimate::exactly(63));
    EXPECT_EQ(scenario.causes[1].correlation->value, Estimate::exactly(0.5));
}

TEST(ScenarioFile, WritesWhatReadsBackAsTheSame) {
    const Found found = parse(full_json().dump());
    ASSERT_TRUE(found.scenario);
    const std::string text = write_scenario(*found.scenario);
    const Found again = parse(text);
    ASSERT_TRUE(again.scenario);
    EXPECT_EQ(*again.scenario, *found.scenario);
    EXPECT_EQ(write_scenario(*again.scenario), text);
}

using Line = std::pair<std::uint64_t, std::string>;

std::vector<Line> lines_of(const ImportReport& report) {
    std::vector<Line> lines;
    for (const Issue& issue : report.issues()) {
        lines.emplace_back(issue.row, issue.column);
        EXPECT_FALSE(issue.message.empty());
    }
    std::ranges::sort(lines);
    return lines;
}

TEST(ScenarioFile, ReportsEveryProblemWithItsLineAndPlace) {
    const Found found = parse(R"({
  "id": "a b",
  "title": 7,
  "start": "2024-02-30",
  "horizon_days": 730,
  "horizon_days": 30.5,
  "events": [
    {"id": "one", "kind": "hallt", "target": {}},
    {
      "id": "two",
      "kind": "capacity_loss",
      "target": {"origin": ["AAA"]},
      "severity": {"low": 0.9,
                   "likely": 0.5, "high": 1},
      "duration_days": -4
    },
    {"id": "three", "kind": "halt", "target": {"origins": ["AAA"]},
     "severity": "30 %"}
  ]
})");
    EXPECT_FALSE(found.scenario);
    EXPECT_THAT(
        lines_of(found.report),
        ::testing::ElementsAre(
            Line{2, "/id"},
            Line{3, "/title"},
            Line{4, "/start"},
            Line{6, ""},
            Line{6, "/horizon_days"},
            Line{8, "/events/0/kind"},
            Line{12, "/events/1/target"},
            Line{12, "/events/1/target/origin"},
            Line{13, "/events/1/severity"},
            Line{18, "/events/2/severity"}
        )
    );
    const auto about = [&](std::string_view place) {
        return std::ranges::find(found.report.issues(), place, &Issue::column)->message;
    };
    EXPECT_THAT(about("/events/0/kind"), ::testing::HasSubstr("did you mean 'halt'?"));
    EXPECT_THAT(about("/events/1/target/origin"), ::testing::HasSubstr("did you mean 'origins'?"));
}

TEST(ScenarioFile, NamesDatesAsTheyAreWritten) {
    json scenario = full_json();
    scenario["events"][1]["start"] = "2026-01-01";
    scenario["events"][1]["end"] = "2025-12-31";
    std::vector<std::string> places;
    const Found found = parse(scenario.dump());
    for (const Issue& issue : found.report.issues()) {
        places.push_back(issue.column);
    }
    EXPECT_THAT(places, ::testing::ElementsAre("/events/1/start", "/events/1/end"));
}

TEST(ScenarioFile, ReadsTheExampleOfItsPage) {
    const std::string page =
        read_file(std::filesystem::path(ADIC_SOURCE_DIR) / "docs/reference/scenarios.md");
    const std::size_t from = page.find("```json\n") + 8;
    const Found found = parse(page.substr(from, page.find("\n```", from) - from));
    ASSERT_TRUE(found.scenario);
    EXPECT_EQ(found.scenario->events.front().start_day, 42) << "20 October to 1 December";
}

TEST(ScenarioFile, SaysOnWhichLineTheTextBreaks) {
    const Found found = parse("{\n  \"id\": \"x\",\n  \"title\" \"y\"\n}");
    ASSERT_EQ(found.report.errors(), 1U);
    EXPECT_EQ(found.report.issues()[0].row, 3U);
    EXPECT_EQ(found.report.issues()[0].rule, "SC-001");
}

TEST(ScenarioFile, SurvivesHostileText) {
    const std::string deep(100'000, '[');
    const std::string many = "{\"events\":[" + std::string(200'000, '0') + "]}";
    std::string unknown = "{";
    for (int i = 0; i < 30'000; ++i) {
        unknown += "\"k" + std::to_string(i) + "\":0,";
    }
    unknown += "\"id\":\"x\"}";
    for (const std::string& text :
         {std::string{},
          std::string{"null"},
          std::string{"[]"},
          std::string{"1e999"},
          deep,
          many,
          unknown,
          std::string(std::size_t{5} << 20U, ' ')}) {
        const Found found = parse(text);
        EXPECT_FALSE(found.scenario);
        EXPECT_GE(found.report.errors(), 1U);
    }
}

// --- the schema ---------------------------------------------------------------------------------

class Schema {
  public:
    Schema() {
        const auto path =
            std::filesystem::path(ADIC_SOURCE_DIR) / "docs/reference/scenario.schema.json";
        document_ = json::parse(read_file(path));
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document_), schema_);
    }

    bool accepts(const json& value) const {
        valijson::Validator validator;
        return validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
    }

  private:
    json document_;
    valijson::Schema schema_;
};

/// What a schema can know: names, types, words, ranges, forms of ids. No value where the reader
/// could not put an estimate together, since it then says nothing of its range.
std::optional<bool> is_well_formed(const json& scenario) {
    static const std::set<std::string_view>
        formal{"SC-001", "SC-002", "SC-003", "SC-004", "SC-005", "SC-006", "SC-008"};
    const Found found = parse(scenario.dump());
    if (std::ranges::find(found.report.issues(), "SC-007", &Issue::rule)
        != found.report.issues().end()) {
        return std::nullopt;
    }
    return std::ranges::none_of(found.report.issues(), [](const Issue& issue) {
        return formal.contains(issue.rule) && issue.message.find("is taken") == std::string::npos;
    });
}

TEST(ScenarioSchema, AgreesWithTheReaderOnEveryChangeOfEveryMember) {
    const Schema schema;
    const json whole = full_json();
    ASSERT_TRUE(schema.accepts(whole));
    const std::vector<json> others{
        nullptr,
        "a b",
        "AAA",
        "2024-05-05",
        "halt",
        0.5,
        7,
        -1,
        40'000,
        true,
        json::array(),
        json::array({1}),
        json::object(),
        json{{"likely", 0.5}},
        json{{"low", 0.1}, {"likely", 0.2}}};
    std::size_t refused = 0;
    std::size_t tried = 0;
    const auto compare = [&](const json& changed, const std::string& what) {
        const bool by_schema = schema.accepts(changed);
        EXPECT_EQ(is_well_formed(changed).value_or(by_schema), by_schema) << what;
        refused += by_schema ? 0U : 1U;
        ++tried;
    };
    const json places = whole.flatten();
    for (const auto& [place, value] : places.items()) {
        for (json::json_pointer at{place}; !at.empty(); at.pop_back()) {
            for (const json& other : others) {
                json changed = whole;
                changed[at] = other;
                compare(changed, at.to_string() + " = " + other.dump());
            }
            json without = whole;
            json& owner = without[at.parent_pointer()];
            if (owner.is_object()) {
                owner.erase(at.back());
                compare(without, at.to_string() + " taken out");
                owner["surplus"] = 1;
                compare(without, at.to_string() + " renamed");
            }
        }
    }
    EXPECT_GT(tried, 1000U);
    EXPECT_GT(refused, 500U);
}

// --- sea routes ---------------------------------------------------------------------------------

class SeaRoutesFile : public ::testing::Test {
  protected:
    Result<model::SeaRoutes> read(const std::string& rows) {
        write_file(folder_.path() / "chokepoints.csv", "id,name\nstrait,The Strait\n");
        write_file(
            folder_.path() / "sea_routes.csv",
            "origin,destination,days,chokepoint,share,detour_days\n" + rows
        );
        report_ = {};
        return read_sea_routes(folder_.path(), report_);
    }

    Folder folder_;
    ImportReport report_;
};

TEST_F(SeaRoutesFile, ReadsRoutesWithTheirPassages) {
    const auto routes = read("AAA,BBB,5.5,strait,0.5,2\nAAA,CCC,3,,,\nBBB,AAA,5.5,strait,1,\n");
    ASSERT_TRUE(routes);
    EXPECT_EQ(routes->find("AAA", "BBB")->passages.front().detour_days, 2);
    EXPECT_TRUE(routes->find("AAA", "CCC")->passages.empty());
    EXPECT_FALSE(routes->find("BBB", "AAA")->passages.front().detour_days.has_value());
    EXPECT_EQ(routes->find("CCC", "AAA"), nullptr);
}

TEST_F(SeaRoutesFile, ReportsEveryBadRow) {
    EXPECT_FALSE(read(
        "AAA,BBB,0,strait,1,2\n"    // no days
        "AAA,BBB,5,canal,1,2\n"     // no such chokepoint
        "AAA,CCC,5,strait,1.5,2\n"  // more than all
        "AAA,DDD,5,strait,1,2\n"
        "AAA,DDD,6,strait,1,2\n"  // other days, and the strait twice
        "AAA,AAA,5,,,\n"          // nowhere
        "AAA,EEE,5\n"             // too narrow
    ));
    std::vector<std::uint64_t> rows;
    for (const Issue& issue : report_.issues()) {
        rows.push_back(issue.row);
    }
    EXPECT_THAT(rows, ::testing::ElementsAre(2, 3, 4, 6, 6, 7, 8));
}

}  // namespace
}  // namespace adic::ingest
