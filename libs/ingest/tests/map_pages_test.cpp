#include "adic/ingest/import_rules.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/map_tables.hpp"
#include "adic/model/item.hpp"
#include "adic/model/need.hpp"
#include "adic/model/provenance.hpp"
#include "adic/model/supply.hpp"

#include "map_files.hpp"

#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

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

const std::filesystem::path reference = std::filesystem::path(ADIC_SOURCE_DIR) / "docs/reference";

/// Compares a page with what it must read; writes it instead when ADIC_UPDATE_DOCS is set.
void expect_page(const std::filesystem::path& path, const std::string& expected) {
    if (std::getenv("ADIC_UPDATE_DOCS") != nullptr) {
        testing::write_file(path, expected);
    }
    EXPECT_EQ(read_file(path), expected)
        << path << " is out of date; run this test with ADIC_UPDATE_DOCS=1";
}

/// The page with the text between two marks replaced.
std::string with_part(std::string page, std::string_view name, std::string_view part) {
    const std::string begin = "<!-- " + std::string(name) + ": begin -->\n";
    const std::string end = "<!-- " + std::string(name) + ": end -->";
    const std::size_t from = page.find(begin);
    const std::size_t to = page.find(end);
    EXPECT_NE(from, std::string::npos) << name;
    EXPECT_NE(to, std::string::npos) << name;
    return page.replace(from + begin.size(), to - from - begin.size(), part);
}

TEST(MapPages, StateTheTablesAsTheCodeHasThem) {
    const std::filesystem::path path = reference / "map-package.md";
    std::string page = with_part(read_file(path), "provenance", map_provenance_page());
    page = with_part(std::move(page), "tables", map_tables_page());
    for (const std::string_view file :
         {"datapackage.json", "items.csv", "needs.csv", "supplies.csv"}) {
        const std::string text = read_file(reference / "examples/field-radio" / file);
        const std::string kind = file.ends_with(".json") ? "json" : "csv";
        page = with_part(std::move(page), file, "```" + kind + "\n" + text + "```\n");
    }
    expect_page(path, page);
}

TEST(MapPages, StateTheRulesAsTheCodeHasThem) {
    expect_page(reference / "import-rules.md", import_rules_page());
}

TEST(MapPages, StateTheSchemaAsTheCodeHasIt) {
    expect_page(reference / "map-package.schema.json", map_package_schema());
}

TEST(ImportRules, HaveIdsOfTheirOwnInOrder) {
    std::string_view before;
    for (const ImportRule& rule : import_rules()) {
        EXPECT_LT(before, rule.id);
        EXPECT_FALSE(rule.what.empty());
        EXPECT_FALSE(rule.remedy.empty());
        before = rule.id;
    }
}

TEST(MapExample, HasNoMistakeAndSaysWhatItsPageSays) {
    ImportReport report;
    const auto map = read_map_package(reference / "examples/field-radio", report);
    ASSERT_TRUE(map);
    EXPECT_EQ(testing::listing(report), "");
    EXPECT_EQ(map->items.size(), 3U);
    EXPECT_EQ(map->supplies[0].share, *Estimate::create(0.4, 0.5, 0.55));
    EXPECT_EQ(map->supplies[1].share, std::nullopt);
}

TEST(MapTables, ListTheWordsThatTheModelReads) {
    const auto all_parse = [](std::string_view table, std::string_view column, const auto& parse) {
        for (const Column& c : find_table(table)->columns) {
            for (std::size_t from = 0; c.name == column && from <= c.words.size();) {
                const std::size_t to = std::min(c.words.find('|', from), c.words.size());
                EXPECT_TRUE(parse(c.words.substr(from, to - from))) << c.words;
                from = to + 1;
            }
        }
    };
    all_parse("items", "kind", model::parse_item_kind);
    all_parse("items", "confidence", model::parse_confidence);
    all_parse("needs", "role", model::parse_role);
    all_parse("needs", "essential", model::parse_essential);
    all_parse("trade", "flow", model::parse_flow);
    std::string kinds;
    for (const model::ItemKind kind : model::all_item_kinds) {
        kinds += (kinds.empty() ? "" : "|") + std::string(name_of(kind));
    }
    EXPECT_EQ(find_table("items")->columns[at(tables::items, "kind")].words, kinds);
}

// --- the schema ---------------------------------------------------------------------------------

bool fits_schema(const json& package) {
    const json schema_text = json::parse(map_package_schema());
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_text), schema);
    valijson::Validator validator;
    return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(package), nullptr);
}

json written_descriptor() {
    const Folder folder;
    write_package(folder, testing::good_tables());
    ImportReport report;
    const auto map = read_map_package(folder.path(), report);
    EXPECT_TRUE(map);
    EXPECT_TRUE(write_map_package(*map, folder / "written"));
    return json::parse(read_file(folder / "written/datapackage.json"));
}

TEST(MapSchema, AcceptsWhatIsWritten) {
    EXPECT_TRUE(fits_schema(written_descriptor()));
    EXPECT_TRUE(
        fits_schema(json::parse(read_file(reference / "examples/field-radio/datapackage.json")))
    );
}

TEST(MapSchema, RefusesWhatTheReaderRefuses) {
    const json good = written_descriptor();
    const auto changed = [&](const auto& change) {
        json copy = good;
        change(copy);
        return copy;
    };
    using J = json&;
    EXPECT_FALSE(fits_schema(changed([](J p) { p.erase("name"); })));
    EXPECT_FALSE(fits_schema(changed([](J p) { p["name"] = 7; })));
    EXPECT_FALSE(fits_schema(changed([](J p) { p["resources"] = json::array(); })));
    EXPECT_FALSE(fits_schema(changed([](J p) { p["resources"].erase(0); }))) << "no sources";
    EXPECT_FALSE(fits_schema(changed([](J p) { p["resources"][0].erase("path"); })));
    for (const char* path :
         {"../sources.csv", "/sources.csv", "a/../../b.csv", "http://x/y.csv", "C:\\x"}) {
        EXPECT_FALSE(fits_schema(changed([&](J p) { p["resources"][0]["path"] = path; }))) << path;
    }
    EXPECT_FALSE(fits_schema(changed([](J p) { p["resources"][0]["encoding"] = "latin-1"; })));
    EXPECT_FALSE(fits_schema(changed([](J p) { p["resources"][0]["dialect"]["delimiter"] = ";"; }))
    );
    EXPECT_FALSE(fits_schema(changed([](J p) {
        p["resources"][0]["schema"]["fields"][0]["name"] = "ids";
    })));
    EXPECT_FALSE(fits_schema(changed([](J p) {
        p["resources"][0]["schema"]["fields"][0]["type"] = "number";
    })));
}

}  // namespace
}  // namespace adic::ingest
