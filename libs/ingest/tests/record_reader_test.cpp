#include "adic/ingest/record_reader.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FieldValue;
using model::Record;
using testing::HasSubstr;

RecordDefaults products() {
    RecordDefaults defaults;
    defaults.type = model::find_record_type("product");
    defaults.owner = "MYS";
    defaults.release = *model::parse_grants("ASEAN", {"ASEAN"});
    defaults.blocs = {"ASEAN"};
    defaults.is_state = [](std::string_view id) { return id == "MYS" || id == "SGP"; };
    defaults.new_identifier = [n = 0]() mutable { return "new-" + std::to_string(++n); };
    return defaults;
}

std::vector<Record> read(std::string_view text, ImportReport& report) {
    return parse_records(text, "products.csv", products(), report);
}

const FieldValue& field(const Record& record, std::string_view key) {
    return record.fields[*record.type->find_field(key)];
}

TEST(RecordReader, ReadsFieldsProvenanceAndReleases) {
    ImportReport report;
    const auto records = read(
        "id,name,kind,price,lead_time,properties,period,confidence,note,release,release.price\n"
        "r-1,Radio,item of supply,12.5,90,range: 40 km|mass: 5 kg,2025,B,a "
        "note,SGP;org:PTX,nobody\n"
        ",Boat,item of production,,,,,,,,\n",
        report
    );
    ASSERT_TRUE(report.may_commit());
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].id, "MYS.r-1");
    EXPECT_EQ(records[0].owner, "MYS");
    EXPECT_EQ(field(records[0], "price"), FieldValue{12.5});
    EXPECT_EQ(field(records[0], "lead_time"), FieldValue{std::int64_t{90}});
    EXPECT_EQ(
        field(records[0], "properties"),
        (FieldValue{model::Words{"range: 40 km", "mass: 5 kg"}})
    );
    EXPECT_EQ(records[0].confidence, model::Confidence::b);
    EXPECT_EQ(records[0].note, "a note");
    EXPECT_EQ(model::to_text(records[0].policy.record), "SGP;org:PTX");
    ASSERT_EQ(records[0].policy.fields.size(), 1U);
    EXPECT_TRUE(records[0].policy.fields[0].grants.empty());
    EXPECT_EQ(records[1].id, "MYS.new-1");
    EXPECT_EQ(model::to_text(records[1].policy.record), "ASEAN");
    EXPECT_TRUE(model::is_empty(field(records[1], "price")));
}

struct Slip {
    std::string_view text;
    std::string_view column;
    std::string_view message;
};

TEST(RecordReader, SaysWhatIsWrongAndWhatWouldBeRight) {
    const std::vector<Slip> slips{
        {"", "", "the first row has to name the columns"},
        {"name,knid\n", "knid", "did you mean 'kind'?"},
        {"name,name\n", "name", "is there twice"},
        {"name,release.prise\n", "release.prise", "no such column"},
        {"name,kind\nRadio\n", "", "the row has 1 cells, the first row 2"},
        {"name,kind,price\nRadio,item of supply,1 250\n", "price", "with a decimal point"},
        {"name,kind,lead_time\nRadio,item of supply,-3\n", "lead_time", "whole number"},
        {"name,kind,release\nRadio,item of supply,MSY\n", "release", "'MSY' is neither a state"},
        {"name,kind,release\nRadio,item of supply,MYS:all\n", "release", "write 'public'"},
        {"name,kind,confidence\nRadio,item of supply,sure\n", "confidence", "from A to E"},
        {"name,kind,period\nRadio,item of supply,soon\n", "period", ""},
        {"name,kind\n,item of supply\n", "", "'name': has to be filled in"},
        {"name,kind\nRadio \u202Egnp.exe,item of supply\n", "name", "such as U+202E; leave it out"},
        {"name,kind,properties\nRadio,item of supply,use: a\u2066b\n",
         "properties",
         "leave it out"},
        {"name,kind,price_breaks\nRadio,item of supply,10: 1150|0: 3\n",
         "price_breaks",
         "'0: 3' is no price break: write from how many pieces"},
        {"name,kind,price_breaks\nRadio,item of supply,1.5: 9\n", "price_breaks", "'1.5: 9'"},
        {"name,kind,price_breaks\nRadio,item of supply,10: dear\n", "price_breaks", "'10: dear'"},
        {"name,kind,price_breaks\nRadio,item of supply,10: -1\n", "price_breaks", "'10: -1'"},
        {"name,kind,price_breaks\nRadio,item of supply,1150\n", "price_breaks", "'1150'"},
        {"name,kind,price_breaks\nRadio,item of supply,1: 2: 3\n", "price_breaks", "'1: 2: 3'"},
        {"name,kind,note\nRadio,item of supply,a\x1B[2J\n", "note", "a control"},
        {"name,kind,nsn\nRadio,item of supply,12\n", "", "no NSN: 13 characters"},
        {"name,kind,price\nRadio,item of supply,-5\n", "price", "a number of at least 0"},
        {"name,kind,hs\nRadio,item of supply,85\n", "hs", "at least 4 characters of a code HS"},
        {"id,name,kind\na,x,item of supply\nMYS.a,y,item of supply\n",
         "id",
         "in an earlier row too"},
    };
    for (const Slip& slip : slips) {
        ImportReport report;
        EXPECT_TRUE(read(slip.text, report).empty()) << slip.text;
        ASSERT_EQ(report.errors(), 1U) << slip.text;
        EXPECT_EQ(report.issues()[0].column, slip.column) << slip.text;
        EXPECT_THAT(report.issues()[0].message, HasSubstr(slip.message)) << slip.text;
    }
}

TEST(RecordReader, SaysAllImpossibleValuesOfANeedWithWhatStandsThere) {
    RecordDefaults needs = products();
    needs.type = model::find_record_type("demand");
    ImportReport report;
    const auto records = parse_records(
        "item,quantity,first,last,hs,tiers,budget\n"
        "Radio,-6,2029-01-01,2027-01-01,12,100: -1,-0.5\n",
        "needs.csv",
        needs,
        report
    );
    EXPECT_TRUE(records.empty());
    std::vector<std::string> said;
    for (const Issue& issue : report.issues()) {
        EXPECT_EQ(issue.row, 2U);
        said.push_back(issue.column + "=" + issue.value);
    }
    EXPECT_THAT(
        said,
        testing::UnorderedElementsAre(
            "quantity=-6",
            "last=2027-01-01",
            "hs=12",
            "tiers=",
            "budget=-0.5"
        )
    );
}

TEST(RecordReader, TakesLettersThatTurnByThemselves) {
    ImportReport report;
    EXPECT_EQ(read("name,kind\nكاپل ڤرڠ,item of supply\n", report).size(), 1U);
    EXPECT_TRUE(report.may_commit());
}

TEST(RecordReader, GivesNoRecordsWhereOneIsWrong) {
    ImportReport report;
    EXPECT_TRUE(read("name,kind\nRadio,item of supply\nBoat,thing\nShip,other\n", report).empty());
    EXPECT_EQ(report.errors(), 2U);
}

}  // namespace
}  // namespace adic::ingest
