#include "adic/model/record.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

using testing::HasSubstr;

/// What the page says of the values that a field can have.
std::string bound_of(const FieldSpec& field) {
    if (!field.not_before.empty()) {
        return "not before `" + std::string(field.not_before) + "`";
    }
    if (field.fewest_characters > 0) {
        return "at least " + std::to_string(field.fewest_characters) + " digits";
    }
    if (field.most) {
        return "from 0 to 1";
    }
    return field.least ? "at least 0" : "";
}

/// The page of records has every field of every type, in order, under its type.
TEST(RecordsPage, HasEveryTypeAndField) {
    std::ifstream file(ADIC_SOURCE_DIR "/docs/reference/records.md");
    std::ostringstream read;
    read << file.rdbuf();
    const std::string page = read.str();
    std::size_t at = 0;
    for (const RecordType& type : record_types()) {
        at = page.find("`--type " + std::string(type.key) + "`", at);
        ASSERT_NE(at, std::string::npos) << type.key;
        for (const FieldSpec& field : type.fields) {
            at = page.find("`" + std::string(field.key) + "`", at);
            ASSERT_NE(at, std::string::npos) << type.key << '.' << field.key;
            const std::string row = page.substr(at, page.find('\n', at) - at);
            EXPECT_THAT(row, HasSubstr(bound_of(field))) << type.key << '.' << field.key;
        }
    }
}

}  // namespace
}  // namespace adic::model
