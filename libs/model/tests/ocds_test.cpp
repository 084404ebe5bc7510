#include "adic/model/ocds.hpp"

#include "adic/model/record.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

/// What is made of several members of the object, or points to the procurement.
const std::set<std::string_view>
    made_otherwise{"stage", "codes", "suppliers", "supplier_ids", "procurement", "more"};

TEST(OcdsLayouts, PlaceEveryFieldOnceOrMakeItOtherwise) {
    for (const OcdsLayout& layout : ocds_layouts()) {
        const RecordType* type = find_record_type(layout.type);
        ASSERT_NE(type, nullptr) << layout.type;
        std::set<std::string_view> fields;
        std::set<std::string_view> paths;
        for (const OcdsPlace& place : layout.places) {
            EXPECT_TRUE(type->find_field(place.field)) << place.field;
            EXPECT_TRUE(fields.insert(place.field).second) << place.field;
            EXPECT_TRUE(paths.insert(place.path).second) << place.path;
        }
        for (const FieldSpec& field : type->fields) {
            EXPECT_NE(fields.contains(field.key), made_otherwise.contains(field.key)) << field.key;
        }
        EXPECT_TRUE(type->find_field("more")) << layout.type;
    }
}

TEST(OcdsLayouts, BeginWithTheProcurementThatTheOthersReferTo) {
    EXPECT_EQ(ocds_layouts().front().type, "procurement");
    EXPECT_TRUE(ocds_layouts().front().list.empty());
    for (const OcdsLayout& layout : ocds_layouts().subspan(1)) {
        const RecordType* type = find_record_type(layout.type);
        const FieldSpec& of = type->fields[*type->find_field("procurement")];
        EXPECT_EQ(of.kind, FieldKind::reference);
        EXPECT_EQ(of.of, "procurement");
        EXPECT_FALSE(layout.list.empty());
    }
}

/// What no place has, the reader and the writer make of where the object stands.
TEST(OcdsRoomLayouts, PlaceEveryFieldOfARoomOrMakeItOtherwise) {
    const std::set<std::string_view>
        made{"item", "project", "kind", "agreement", "requirement", "quantity", "delivered"};
    for (const OcdsLayout& layout : ocds_room_layouts()) {
        const RecordType* type = find_record_type(layout.type);
        ASSERT_NE(type, nullptr) << layout.type;
        std::set<std::string_view> fields;
        std::set<std::string_view> paths;
        for (const OcdsPlace& place : layout.places) {
            EXPECT_TRUE(type->find_field(place.field)) << place.field;
            EXPECT_TRUE(fields.insert(place.field).second) << place.field;
            EXPECT_TRUE(paths.insert(place.path).second) << place.path;
        }
        for (const FieldSpec& field : type->fields) {
            EXPECT_TRUE(fields.contains(field.key) || made.contains(field.key)) << field.key;
        }
    }
}

/// The page has every field with the place where it stands.
TEST(OcdsPage, HasEveryPlace) {
    std::ifstream file(ADIC_SOURCE_DIR "/docs/reference/ocds.md");
    std::ostringstream read;
    read << file.rdbuf();
    const std::string page = read.str();
    std::size_t at = 0;
    std::vector<OcdsLayout> layouts(ocds_layouts().begin(), ocds_layouts().end());
    layouts.insert(layouts.end(), ocds_room_layouts().begin(), ocds_room_layouts().end());
    for (const OcdsLayout& layout : layouts) {
        at = page.find("(`" + std::string(layout.type) + "`)", at);
        ASSERT_NE(at, std::string::npos) << layout.type;
        ++at;
        for (const OcdsPlace& place : layout.places) {
            const std::string row =
                "| `" + std::string(place.field) + "` | `" + std::string(place.path) + "` |";
            EXPECT_NE(page.find(row, at), std::string::npos) << row;
        }
    }
}

}  // namespace
}  // namespace adic::model
