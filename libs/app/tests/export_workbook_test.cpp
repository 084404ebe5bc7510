#include "adic/app/registry.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "place.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using test::first;
using test::noon;
using test::official;
using test::product;

class Workbook : public ::testing::Test {
  protected:
    std::filesystem::path file() const { return scratch_.path() / "records.xlsx"; }

    std::unique_ptr<registry::RecordStore> store(const std::string& name) const {
        return *registry::open_sqlite_store(scratch_.path() / name);
    }

    Result<AddRecordsAnswer> add(registry::RecordStore& to, const std::string& type) const {
        AddRecordsRequest request;
        request.file = file();
        request.type = model::find_record_type(type);
        request.data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
        request.new_identifier = [] { return std::string("new"); };
        return add_records(to, request, {"MYS", "an officer", "from a workbook", noon});
    }

    std::string bytes() const {
        std::ifstream read(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(read), {}};
    }

    test::ScratchFolder scratch_;
};

model::Record full_product() {
    model::Record record = product("MYS.radio-7", "", 1250.5);
    const auto set = [&](std::string_view key, model::FieldValue value) {
        record.fields[*record.type->find_field(key)] = std::move(value);
    };
    set("hs", std::string("085256"));
    set("properties", model::Words{"range: 40 km", "mass: 5 kg"});
    set("lead_time", std::int64_t{90});
    record.source = "=1+1, a catalogue";
    record.period = *model::parse_period("2026");
    record.confidence = model::Confidence::b;
    return record;
}

TEST_F(Workbook, IsReadBackAsTheSameRecords) {
    const auto from = store("from.db");
    std::vector<registry::RecordWrite> writes{
        first(full_product()),
        first(product("MYS.radio-8", ""))};
    ASSERT_FALSE(from->write(writes, noon));
    ASSERT_FALSE(export_workbook(*from, official("MYS"), file()));
    const auto to = store("to.db");
    const auto added = add(*to, "product");
    ASSERT_TRUE(added);
    ASSERT_TRUE(added->report.may_commit()) << added->report.issues().front().message;
    EXPECT_EQ(added->added, 2U);
    for (const char* id : {"MYS.radio-7", "MYS.radio-8"}) {
        EXPECT_EQ((*to->latest(id))->record, (*from->latest(id))->record) << id;
    }
    EXPECT_EQ(add(*from, "product")->unchanged, 2U);
}

/// What a neighbour releases does not keep anybody from a workbook of all the rest.
TEST_F(Workbook, LeavesOutARecordThatNoCellTakes) {
    const auto from = store("from.db");
    model::Record longest = product("SGP.radio-1", "MYS");
    longest.fields[*longest.type->find_field("certificates")] =
        model::Words(5, std::string(9'000, 'x'));
    const std::vector<registry::RecordWrite> writes{first(longest), first(full_product())};
    ASSERT_FALSE(from->write(writes, noon));
    const auto problem = export_workbook(*from, official("MYS"), file());
    ASSERT_FALSE(problem) << problem->message;
    const auto added = add(*store("to.db"), "product");
    ASSERT_TRUE(added);
    EXPECT_EQ(added->added, 1U);
}

TEST_F(Workbook, HasOnlyWhatTheReaderSees) {
    model::Record record = full_product();
    record.policy.record = *model::parse_grants("ASEAN", {"ASEAN"});
    record.policy.fields = {
        {"price", *model::parse_grants("ASEAN:generalised", {"ASEAN"})},
        {"source", {}}};
    std::string before;
    for (const char* hidden : {"one", "another"}) {
        const auto some = store(std::string(hidden) + ".db");
        record.source = hidden;
        record.fields[*record.type->find_field("price")] = hidden[0] == 'o' ? 1250.5 : 1999.0;
        std::vector<registry::RecordWrite> writes{first(record)};
        if (hidden[0] == 'o') {
            writes.push_back(first(product("MYS.secret", "")));
        }
        ASSERT_FALSE(some->write(writes, noon));
        ASSERT_FALSE(export_workbook(*some, official("SGP"), file()));
        EXPECT_EQ(before.empty() ? bytes() : before, bytes()) << "what is hidden leaves no trace";
        before = bytes();
    }
    const auto some = store("nothing.db");
    EXPECT_EQ(export_workbook(*some, official("SGP"), file())->code, ErrorCode::not_found);
}

TEST_F(Workbook, SaysWhichSheetItWants) {
    const auto from = store("from.db");
    model::Record demand;
    demand.id = "MYS.d";
    demand.owner = "MYS";
    demand.type = model::find_record_type("demand");
    demand.fields.resize(demand.type->fields.size());
    demand.fields[0] = std::string("boats");
    std::vector<registry::RecordWrite> writes{first(full_product()), first(demand)};
    ASSERT_FALSE(from->write(writes, noon));
    ASSERT_FALSE(export_workbook(*from, official("MYS"), file()));
    EXPECT_EQ(add(*from, "demand")->unchanged, 1U);
    const auto refused = add(*from, "facility");
    ASSERT_TRUE(refused);
    ASSERT_FALSE(refused->report.may_commit());
    EXPECT_THAT(
        refused->report.issues().front().message,
        testing::HasSubstr("no sheet is called 'facility'")
    );
}

}  // namespace
}  // namespace adic::app
