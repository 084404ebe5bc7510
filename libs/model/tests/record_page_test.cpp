#include "adic/model/record.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

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
        }
    }
}

}  // namespace
}  // namespace adic::model
