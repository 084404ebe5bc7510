#include "adic/registry/store/record_json.hpp"

#include "store/store_contract.hpp"

#include <string>

#include <gtest/gtest.h>

namespace adic::registry {
namespace {

model::Record bare(const model::Record& record) {
    model::Record made;
    made.id = record.id;
    made.type = record.type;
    made.owner = record.owner;
    return made;
}

TEST(RecordBody, ReadsBackAsTheRecordThatWasWritten) {
    model::Record record = test::product("a", "Field radio");
    record.organisation = "yard";
    record.note = "a note";
    record.policy.record[0].until = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1};
    const auto read = parse_record_body(write_record_body(record), bare(record));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, record);
}

TEST(RecordBody, IsRefusedWhereItIsNotWhatWasWritten) {
    const model::Record record = test::product("a", "Field radio");
    for (const char* body :
         {"",
          "[]",
          "{}",
          "{\"fields\": []}",
          "{\"fields\": {}}",
          "{\"fields\": {\"nothing\": 1}, \"confidence\": \"A\"}",
          "{\"fields\": {\"price\": \"dear\"}, \"confidence\": \"A\"}",
          "{\"fields\": {\"properties\": [1]}, \"confidence\": \"A\"}",
          "{\"fields\": {}, \"confidence\": \"Z\"}",
          "{\"fields\": {}, \"confidence\": \"A\", \"period\": \"soon\"}",
          "{\"fields\": {}, \"confidence\": \"A\", \"release\": [{}]}",
          "{\"fields\": {}, \"confidence\": \"A\", \"release\": [7]}",
          "{\"fields\": {}, \"confidence\": \"A\", \"release\": "
          "[{\"to\": 9, \"id\": \"\", \"disclosure\": \"full\"}]}",
          "{\"fields\": {}, \"confidence\": \"A\", \"release\": "
          "[{\"to\": 1, \"id\": \"MYS\", \"disclosure\": \"much\"}]}",
          "{\"fields\": {}, \"confidence\": \"A\", \"release\": "
          "[{\"to\": 1, \"id\": \"MYS\", \"disclosure\": \"full\", \"from\": \"now\"}]}"}) {
        EXPECT_FALSE(parse_record_body(body, bare(record))) << body;
    }
}

TEST(RecordBody, IsNotReadIfItIsCutOff) {
    const model::Record record = test::product("a", "Field radio");
    const std::string body = write_record_body(record);
    for (std::size_t length = 0; length < body.size(); ++length) {
        EXPECT_FALSE(parse_record_body(body.substr(0, length), bare(record))) << length;
    }
}

}  // namespace
}  // namespace adic::registry
