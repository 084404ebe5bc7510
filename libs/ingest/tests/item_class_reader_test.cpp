#include "adic/ingest/item_class_reader.hpp"

#include "adic/ingest/record_reader.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FieldValue;
using model::Words;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view head =
    "class,version,class_title,property,title,type,unit,least,most,choices,required,source,"
    "confidence,note\n";

std::string classes_text() {
    return std::string(head)
           + "vessel,1,Vessel,length,Length,number,m,8,140,,yes,a source,B,\n"
             "vessel,1,Vessel,hull,Hull,choice,,,,steel|wood,no,a source,B,\n"
             "vessel,2,Vessel,length,Length,number,ft,,,,yes,a source,B,\n";
}

TEST(ItemClassReader, ReadsTheClassesOfTheProgram) {
    ImportReport report;
    const auto classes =
        read_item_classes(ADIC_SOURCE_DIR "/data/reference/item_classes.csv", report);
    ASSERT_TRUE(classes && report.may_commit());
    EXPECT_THAT(classes->all(), SizeIs(testing::Ge(6U)));
    for (const model::ItemClass& one : classes->all()) {
        EXPECT_THAT(one.properties, SizeIs(testing::AllOf(testing::Ge(6U), testing::Le(10U))));
    }
    EXPECT_EQ(classes->find("patrol-vessel")->find("length")->unit, "m");
}

TEST(ItemClassReader, SaysWhatIsWrongWithARow) {
    struct Case {
        std::string row;
        std::string column;
    };

    const std::vector<Case> cases{
        {"Vessel,1,V,length,L,number,m,,,,no,s,B,\n", "class"},
        {"vessel,0,V,length,L,number,m,,,,no,s,B,\n", "version"},
        {"vessel,1,V,a b,L,number,m,,,,no,s,B,\n", "property"},
        {"vessel,1,V,length,L,figure,m,,,,no,s,B,\n", "type"},
        {"vessel,1,V,length,L,number,furlong,,,,no,s,B,\n", "unit"},
        {"vessel,1,V,length,L,text,m,,,,no,s,B,\n", "unit"},
        {"vessel,1,V,length,L,number,m,9,8,,no,s,B,\n", "least"},
        {"vessel,1,V,length,L,number,m,nine,,,no,s,B,\n", "least"},
        {"vessel,1,V,length,L,choice,,,,,no,s,B,\n", "choices"},
        {"vessel,1,V,length,L,number,m,,,,perhaps,s,B,\n", "required"},
        {"vessel,1,V,length,L,number,m,,,,no,,B,\n", "source"},
        {"vessel,1,V,length,L,number,m,,,,no,s,Z,\n", "confidence"},
    };
    for (const Case& c : cases) {
        ImportReport report;
        const auto classes = parse_item_classes(std::string(head) + c.row, "classes.csv", report);
        ASSERT_TRUE(classes) << c.row;
        ASSERT_EQ(report.issues().size(), 1U) << c.row;
        EXPECT_EQ(report.issues()[0].column, c.column) << c.row;
        EXPECT_EQ(report.issues()[0].row, 2U);
    }
    ImportReport report;
    EXPECT_FALSE(parse_item_classes("class,version\n", "classes.csv", report)) << "columns";
}

struct Read {
    std::vector<model::Record> records;
    ImportReport report;

    explicit Read(std::string_view text) {
        ImportReport of_classes;
        const auto classes = parse_item_classes(classes_text(), "classes.csv", of_classes);
        RecordDefaults defaults;
        defaults.type = model::find_record_type("product");
        defaults.owner = "MYS";
        defaults.classes = &*classes;
        defaults.new_identifier = [] { return std::string("new"); };
        records = parse_records(text, "products.csv", defaults, report);
    }

    FieldValue field(std::string_view key) const {
        return records.at(0).fields[*records.at(0).type->find_field(key)];
    }
};

TEST(ItemProperties, AreReadInTheUnitsOfTheirClassFromLinesAndColumns) {
    const Read read(
        "name,kind,class,properties,properties.length,release,release.properties.length\n"
        "Boat,item of supply,vessel/1,hull: wood,100 ft,SGP,nobody\n"
    );
    ASSERT_TRUE(read.report.may_commit());
    EXPECT_EQ(read.field("class"), FieldValue{std::string("vessel/1")});
    EXPECT_EQ(read.field("properties"), (FieldValue{Words{"length: 30.48 m", "hull: wood"}}));
    ASSERT_THAT(read.records[0].policy.fields, SizeIs(1));
    EXPECT_EQ(read.records[0].policy.fields[0].field, "properties.length");
    const Read latest("name,kind,class,properties\nBoat,item of supply,vessel,length: 30.48 m\n");
    EXPECT_EQ(latest.field("class"), FieldValue{std::string("vessel/2")});
    EXPECT_EQ(latest.field("properties"), (FieldValue{Words{"length: 100 ft"}}));
}

TEST(ItemProperties, AreComplainedOfByRowAndColumn) {
    const Read read(
        "name,kind,class,properties.length,properties.hull\n"
        "Boat,item of supply,vessel/1,28 kg,steal\n"
        "Boat,item of supply,vessel/1,,\n"
        "Boat,item of supply,wessel,28 m,\n"
    );
    ASSERT_EQ(read.report.issues().size(), 4U);
    const auto& issues = read.report.issues();
    EXPECT_EQ(issues[0].column, "properties.length");
    EXPECT_EQ(issues[0].row, 2U);
    EXPECT_EQ(issues[0].value, "28 kg");
    EXPECT_EQ(issues[1].column, "properties.hull");
    EXPECT_THAT(issues[2].message, HasSubstr("asks for it"));
    EXPECT_EQ(issues[2].row, 3U);
    EXPECT_EQ(issues[3].column, "class");
    EXPECT_TRUE(read.records.empty());
}

TEST(ItemProperties, WithoutAClassKeepWhatTheySay) {
    const Read read("name,kind,properties\nBoat,item of supply,range:40 km|hull: wood\n");
    ASSERT_TRUE(read.report.may_commit());
    EXPECT_EQ(read.field("properties"), (FieldValue{Words{"range: 40 km", "hull: wood"}}));
    const Read twice("name,kind,properties\nBoat,item of supply,range: 4 km|range: 5 km\n");
    ASSERT_EQ(twice.report.issues().size(), 1U);
    EXPECT_THAT(twice.report.issues()[0].message, HasSubstr("twice"));
}

}  // namespace
}  // namespace adic::ingest
