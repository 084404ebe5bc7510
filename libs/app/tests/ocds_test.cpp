#include "adic/model/ocds.hpp"

#include "adic/app/registry.hpp"
#include "adic/base/random.hpp"
#include "adic/ingest/ocds_reader.hpp"
#include "adic/registry/ocds_writer.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "official_ocds.hpp"
#include "place.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace adic::app {
namespace {

using model::Record;
using nlohmann::json;
using registry::Released;
using registry::SeenRecord;
using test::noon;
using test::official;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path tender =
    std::filesystem::path(ADIC_SOURCE_DIR) / "tests/golden/maps/ocds/tender.json";

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Record> records_of(const std::string& text, std::string_view release = "") {
    ingest::RecordDefaults defaults;
    defaults.owner = "MYS";
    defaults.release = *model::parse_grants(release, {"ASEAN"});
    ingest::ImportReport report;
    std::vector<Record> records = ingest::parse_ocds(text, "file.json", defaults, report);
    for (const ingest::Issue& issue : report.issues()) {
        EXPECT_NE(issue.severity, ingest::Severity::error) << issue.column << ' ' << issue.message;
    }
    std::ranges::sort(records, {}, &Record::id);
    return records;
}

/// What the reader gets of these records.
std::string package_for(const std::vector<Record>& records, const model::Reader& reader) {
    const registry::ReleaseGate gate{reader, [&](std::string_view id) {
                                         const auto found =
                                             std::ranges::find(records, id, &Record::id);
                                         return found == records.end() ? nullptr : &*found;
                                     }};
    std::vector<Released<std::vector<SeenRecord>>> seen;
    seen.push_back(gate.see_all(records));
    return registry::write_ocds(seen, {reader.state.empty() ? "everyone" : reader.state, noon});
}

/// Of so many packages one is held against the published schema, which takes its time.
constexpr std::uint64_t sampled = 8;

/// What is wrong with a package by the published schema; empty: nothing.
std::string problems_of(const json& package) {
    static const test::OfficialOcds official;
    return official.problems_of(package);
}

bool fits_schema(const json& package) {
    static const json text = json::parse(
        text_of(std::filesystem::path(ADIC_SOURCE_DIR) / "docs/reference/ocds.schema.json")
    );
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
    valijson::Validator validator;
    return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(package), nullptr);
}

bool has_null(const json& value) {  // NOLINT(misc-no-recursion): as deep as a release
    if (value.is_structured()) {
        return std::ranges::any_of(value, [](const json& inner) { return has_null(inner); });
    }
    return value.is_null();
}

/// Random processes of the layout, with things that no field takes.
class RandomProcess {
  public:
    explicit RandomProcess(std::uint64_t seed) : random_(seed, 1), number_(seed) {}

    json package() {
        json release = {
            {"ocid", "ocds-" + std::to_string(number_)},
            {"date", day()},
            {"tag", {pick({"planning", "tender", "award", "contract", "implementation"})}},
            {"tender", {{"id", pick({"t-1", "t-2"})}}}};
        maybe(release, "buyer", {{"id", word()}, {"name", word()}});
        maybe(release, "language", word());
        maybe(release["tender"], "title", word());
        maybe(release["tender"], "status", pick({"planned", "active", "complete"}));
        maybe(release["tender"], "value", value());
        maybe(release["tender"], "tenderPeriod", {{"startDate", day()}, {"endDate", day(2027)}});
        maybe(release["tender"], "documents", {{{"id", "1"}, {"title", word()}}});
        maybe(release, "planning", {{"budget", {{"amount", value()}, {"id", word()}}}});
        release["tender"]["items"] = list([&](json& item) {
            maybe(item, "description", word());
            maybe(item, "quantity", random_.below(1'000));
            maybe(item, "unit", {{"name", word()}, {"value", value()}});
            maybe(item, "classification", {{"scheme", "HS"}, {"id", "8525"}, {"uri", word()}});
        });
        release["awards"] = list([&](json& award) {
            maybe(award, "title", word());
            maybe(award, "date", day());
            maybe(award, "value", value());
            maybe(award, "suppliers", {{{"id", word()}, {"name", word()}}, {{"name", word()}}});
            maybe(award, "amendments", {{{"id", word()}}});
        });
        release["contracts"] = list([&](json& contract) {
            maybe(contract, "awardID", "1");
            maybe(contract, "dateSigned", day());
            maybe(contract, "value", value());
            maybe(contract, "implementation", {{"milestones", {{{"id", word()}}}}});
        });
        return {{"releases", json::array({release})}};
    }

  private:
    std::string pick(const std::vector<std::string>& from) {
        return from[random_.below(from.size())];
    }

    /// No word is there twice, so that it can be looked for.
    std::string word() {
        return "word-" + std::to_string(number_) + "-" + std::to_string(++words_) + ".";
    }

    std::string day(int year = 2026) {
        const std::string hour = random_.below(2) == 0 ? "T00:00:00Z" : "T09:30:00+08:00";
        return std::to_string(year) + "-0" + std::to_string(1 + random_.below(9)) + "-1"
               + std::to_string(random_.below(10)) + hour;
    }

    json value() {
        json made = {{"amount", static_cast<double>(random_.below(1'000'000)) / 100}};
        maybe(made, "currency", pick({"MYR", "USD"}));
        return made;
    }

    void maybe(json& object, const char* member, const json& value) {
        if (random_.below(3) != 0) {
            object[member] = value;
        }
    }

    template <typename Fill>
    json list(const Fill& fill) {
        json made = json::array();
        for (std::uint64_t i = random_.below(4); i > 0; --i) {
            json element = {{"id", std::to_string(i)}};
            fill(element);
            made.push_back(element);
        }
        return made;
    }

    RandomStream random_;
    std::uint64_t number_;
    std::uint64_t words_ = 0;
};

TEST(Ocds, IsWrittenToTheOwnerWithAllThatWasRead) {
    const json before = json::parse(text_of(tender));
    const json written = json::parse(package_for(records_of(text_of(tender)), official("MYS")));
    EXPECT_TRUE(fits_schema(written));
    EXPECT_EQ(problems_of(written), "");
    const json& release = written["releases"][0];
    const json& first = before["releases"][0];
    for (const char* path :
         {"/ocid",
          "/language",
          "/buyer",
          "/planning",
          "/tender/id",
          "/tender/title",
          "/tender/value",
          "/tender/tenderPeriod",
          "/tender/documents",
          "/tender/items/0/classification",
          "/tender/items/0/additionalClassifications",
          "/tender/items/0/unit",
          "/parties/1"}) {
        EXPECT_EQ(release.at(json::json_pointer(path)), first.at(json::json_pointer(path))) << path;
    }
    const json& second = before["releases"][1];
    EXPECT_EQ(release["tender"]["status"], "complete");
    EXPECT_EQ(release["awards"][0]["suppliers"], second["awards"][0]["suppliers"]);
    EXPECT_EQ(release["contracts"][0]["implementation"], second["contracts"][0]["implementation"]);
    EXPECT_EQ(release["date"], "2026-03-01T00:00:00Z");
    EXPECT_EQ(release["tag"], json::array({"contract"}));
}

TEST(Ocds, ComesBackAsTheSameRecords) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const std::vector<Record> records = records_of(RandomProcess(seed).package().dump());
        const std::string package = package_for(records, official("MYS"));
        ASSERT_TRUE(fits_schema(json::parse(package))) << seed;
        if (seed % sampled == 0) {
            ASSERT_EQ(problems_of(json::parse(package)), "") << seed;
        }
        const std::vector<Record> again = records_of(package);
        ASSERT_EQ(again.size(), records.size()) << seed;
        for (std::size_t r = 0; r < records.size(); ++r) {
            ASSERT_EQ(again[r], records[r]) << seed << ' ' << records[r].id;
        }
        ASSERT_EQ(package_for(again, official("MYS")), package) << seed;
    }
}

/// Policies at random, of each record and of some of its fields.
void release_at_random(std::vector<Record>& records, std::uint64_t seed) {
    RandomStream random(seed, 2);
    constexpr std::array<std::string_view, 4> grants{
        "",
        "ASEAN:generalised",
        "SGP:exists",
        "ASEAN"};
    for (Record& record : records) {
        record.policy.record =
            *model::parse_grants(grants[1 + random.below(grants.size() - 1)], {"ASEAN"});
        record.policy.fields.clear();
        for (const model::FieldSpec& field : record.type->fields) {
            if (random.below(2) == 0) {
                record.policy.fields.push_back(
                    {std::string(field.key),
                     *model::parse_grants(grants[random.below(grants.size())], {"ASEAN"})}
                );
            }
        }
        std::ranges::sort(record.policy.fields, {}, &model::FieldRelease::field);
    }
}

TEST(Ocds, ShowsNoWordOfAFieldThatIsNotShownInFull) {
    std::size_t hidden = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        std::vector<Record> records = records_of(RandomProcess(seed).package().dump());
        release_at_random(records, seed);
        const model::Reader reader = official("SGP");
        const std::string package = package_for(records, reader);
        const json parsed = json::parse(package);
        ASSERT_TRUE(fits_schema(parsed)) << seed << package;
        if (seed % sampled == 0 && !parsed["releases"].empty()) {
            ASSERT_EQ(problems_of(parsed), "") << seed;
        }
        ASSERT_FALSE(has_null(parsed)) << seed;
        for (const Record& record : records) {
            for (std::size_t f = 0; f < record.fields.size(); ++f) {
                const std::string_view key = record.type->fields[f].key;
                const auto* text = std::get_if<std::string>(&record.fields[f]);
                const bool is_secret =
                    registry::disclosed(reader, record, key) != model::Disclosure::full
                    && text != nullptr && text->starts_with("word-");
                if (is_secret) {
                    ++hidden;
                    ASSERT_THAT(package, Not(HasSubstr(*text))) << seed << ' ' << key;
                }
            }
        }
    }
    EXPECT_GT(hidden, 500U);
}

TEST(Ocds, HasTheSameBytesWhetherAHiddenRecordIsThereOrNot) {
    std::vector<Record> records = records_of(text_of(tender), "ASEAN");
    const std::string with_all = package_for(records, official("SGP"));
    std::vector<Record> more = records;
    for (const Record& record : records_of(RandomProcess(1).package().dump())) {
        more.push_back(record);
    }
    std::ranges::sort(more, {}, &Record::id);
    EXPECT_EQ(package_for(more, official("SGP")), with_all);
    // An award that is not released is as if there were none.
    std::vector<Record> without = records;
    std::erase_if(without, [](const Record& record) { return record.type->key == "award"; });
    for (Record& record : records) {
        if (record.type->key == "award") {
            record.policy.record.clear();
        }
    }
    const std::string hidden = package_for(records, official("SGP"));
    EXPECT_EQ(hidden, package_for(without, official("SGP")));
    EXPECT_THAT(hidden, Not(HasSubstr("Acme")));
}

TEST(Ocds, SaysWhatIsShownInPart) {
    std::vector<Record> records = records_of(text_of(tender), "ASEAN");
    for (Record& record : records) {
        if (record.type->key == "procurement") {
            record.policy.fields = {
                {"budget", *model::parse_grants("ASEAN:exists", {"ASEAN"})},
                {"tender_until", *model::parse_grants("ASEAN:generalised", {"ASEAN"})},
                {"value", *model::parse_grants("ASEAN:generalised", {"ASEAN"})}};
        }
    }
    const json package = json::parse(package_for(records, official("SGP")));
    EXPECT_TRUE(fits_schema(package));
    const json& release = package["releases"][0];
    EXPECT_EQ(release["adic_generalised"]["tender/value/amount"], "500000 to 1000000");
    EXPECT_EQ(release["adic_generalised"]["tender/tenderPeriod/endDate"], "2026");
    EXPECT_EQ(release["adic_withheld"], json::array({"planning/budget/amount/amount"}));
    EXPECT_FALSE(release["tender"]["value"].contains("amount"));
    EXPECT_FALSE(release["tender"]["tenderPeriod"].contains("endDate"))
        << "the hour that was kept beside it does not come in by another door";
    EXPECT_EQ(package["adic_releasedTo"], "SGP");
}

TEST(Ocds, WithstandsWhateverStandsUnderMore) {
    for (const std::string more :
         {"{",
          "5",
          R"({"tender":5,"buyer":[],"parties":{},"awards":7,"contracts":[1],"tag":3,"adic_owner":"X"})",
          R"({"tender":{"items":5,"value":7},"parties":[1,{"id":2},{"id":2,"roles":4}],"buyer":{"id":[]}})"}) {
        std::vector<Record> records = records_of(text_of(tender));
        for (Record& record : records) {
            const std::size_t field = *record.type->find_field("more");
            record.fields[field] = model::Words{more};
        }
        const json package = json::parse(package_for(records, official("MYS")));
        EXPECT_EQ(package["releases"].size(), 1U) << more;
        EXPECT_EQ(package["releases"][0]["awards"].size(), 1U) << more;
        EXPECT_EQ(package["releases"][0]["adic_owner"], "MYS") << more;
    }
}

TEST(Ocds, LeavesOutWhatAnotherOwnerHangsOnAProcess) {
    std::vector<Record> records = records_of(text_of(tender), "ASEAN");
    Record foreign = records.back();
    for (const Record& record : records) {
        foreign = record.type->key == "award" ? record : foreign;
    }
    foreign.id = "SGP.award";
    foreign.owner = "SGP";
    records.push_back(foreign);
    const json package = json::parse(package_for(records, official("SGP")));
    EXPECT_EQ(package["releases"][0]["awards"].size(), 1U);
}

class OcdsRegistry : public ::testing::Test {
  protected:
    AddRecordsAnswer add(const std::filesystem::path& file, const std::string& release = "") {
        AddRecordsRequest request;
        request.file = file;
        request.type = model::find_record_type("procurement");
        request.release = release;
        request.data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
        request.new_identifier = [] { return std::string("new"); };
        return *add_records(*store_, request, {"MYS", "an officer", "tenders", noon});
    }

    std::string exported(const model::Reader& reader) {
        return *export_ocds(*store_, reader, reader.state, noon);
    }

    test::ScratchFolder scratch_;
    std::unique_ptr<registry::RecordStore> store_ =
        *registry::open_sqlite_store(scratch_.path() / "registry.db");
};

TEST_F(OcdsRegistry, IsTheSameAfterItsOwnExportIsAdded) {
    EXPECT_EQ(add(tender).added, 5U);
    const std::string package = exported(official("MYS"));
    const auto file = scratch_.path() / "package.json";
    std::ofstream(file, std::ios::binary) << package;
    const AddRecordsAnswer again = add(file);
    EXPECT_EQ(again.unchanged, 5U);
    EXPECT_EQ(exported(official("MYS")), package);
    EXPECT_EQ(json::parse(exported(official("SGP")))["releases"].size(), 0U);
}

TEST_F(OcdsRegistry, KeepsWhatWasDecidedAboutRelease) {
    add(tender, "ASEAN");
    EXPECT_EQ(json::parse(exported(official("SGP")))["releases"].size(), 1U);
    EXPECT_THAT(exported(official("SGP")), Not(HasSubstr("replaces radios of 1998")));
    std::string changed = text_of(tender);
    changed.replace(changed.find("Field radios"), 12, "Fleet radios");
    const auto file = scratch_.path() / "changed.json";
    std::ofstream(file, std::ios::binary) << changed;
    const AddRecordsAnswer answer = add(file);
    EXPECT_EQ(answer.changed, 1U);
    EXPECT_EQ(answer.unchanged, 4U);
    EXPECT_THAT(exported(official("SGP")), HasSubstr("Fleet radios"));
    EXPECT_THAT(exported(official("SGP")), Not(HasSubstr("replaces radios of 1998")));
}

TEST_F(OcdsRegistry, TakesATextAndReleasesNothingWhereReleasingIsForOthers) {
    AddRecordsRequest request;
    request.table = text_of(tender);
    request.type = model::find_record_type("procurement");
    request.release = "ASEAN";
    request.keeps_release = true;
    request.data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
    const Authorship authorship{"MYS", "an editor", "tenders", noon};
    ASSERT_EQ(add_records(*store_, request, authorship)->added, 5U);
    EXPECT_EQ(json::parse(exported(official("SGP")))["releases"].size(), 0U);
    add(tender, "ASEAN");
    ASSERT_EQ(add_records(*store_, request, authorship)->unchanged, 5U) << "what is released stays";
    EXPECT_EQ(json::parse(exported(official("SGP")))["releases"].size(), 1U);
}

}  // namespace
}  // namespace adic::app
