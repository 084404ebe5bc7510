// Tables go in and out in the forms that people have, and what goes out comes in again.

#include "test_house.hpp"

#include <gmock/gmock.h>

namespace adic::server {
namespace {

using test::House;
using testing::HasSubstr;

constexpr const char* workbook =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

class Exchange : public testing::Test {
  protected:
    Exchange() {
        from_.add(
            "MYS",
            "product",
            "id,name,kind,price,properties\nradio,=Radio,item of supply,5,a: 1|b: 2 m\n"
        );
        from_.enter_as("MYS");
        to_.enter_as("MYS");
    }

    static Response send(House& house, const std::string& type, const std::string& body) {
        Request request = house.request("POST", "/api/v1/records?type=product");
        request.headers.emplace_back("content-type", type);
        request.body = body;
        return house.ask(request);
    }

    House from_;
    House to_;
};

TEST_F(Exchange, TakesBackTheWorkbookThatItGave) {
    const Response given = from_.ask("GET", "/api/v1/records.xlsx");
    ASSERT_EQ(given.status, 200);
    const Response taken = send(to_, workbook, given.body);
    EXPECT_EQ(taken.status, 201) << taken.body;
    EXPECT_EQ(
        to_.ask("GET", "/api/v1/records/MYS.radio").body,
        from_.ask("GET", "/api/v1/records/MYS.radio").body
    );
}

TEST_F(Exchange, SaysWhatIsWrongWithAWorkbook) {
    const Response broken = send(to_, workbook, "PK no workbook at all");
    EXPECT_GE(broken.status, 400);
    EXPECT_LT(broken.status, 500) << broken.body;
    EXPECT_THAT(broken.body, Not(HasSubstr("adic-house"))) << "no path of the server";
}

TEST_F(Exchange, GivesCsvWhereItIsAskedFor) {
    Request request = from_.request("GET", "/api/v1/records");
    request.headers.emplace_back("accept", "text/csv");
    const Response given = from_.ask(request);
    EXPECT_THAT(given.body, HasSubstr("id,type,owner,name,kind"));
    EXPECT_THAT(given.body, HasSubstr("MYS.radio,product,MYS,'=Radio,item of supply"))
        << "no spreadsheet computes it";
    const Response taken = send(to_, "text/csv", "id,name,kind\nradio,'=Radio,item of supply\n");
    EXPECT_EQ(taken.status, 201) << taken.body;
    EXPECT_THAT(to_.ask("GET", "/api/v1/records/MYS.radio").body, HasSubstr("\"name\":\"=Radio\""));
}

TEST_F(Exchange, TakesCsv) {
    EXPECT_EQ(send(to_, "text/csv", "name,kind\nboat,item of supply\n").status, 201);
    const Response wrong = send(to_, "text/csv", "nam,kind\nboat,item of nothing\n");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("did you mean 'name'?"));
}

TEST_F(Exchange, GivesAndTakesProcurements) {
    const std::string package =
        R"({"uri":"https://example.org/1","version":"1.1","releases":[{"ocid":"p-1","id":"1","date":"2026-01-01T00:00:00Z","tag":["tender"],"initiationType":"tender","tender":{"id":"t","title":"Radios"}}]})";
    Request request = to_.request("POST", "/api/v1/records?type=procurement", package);
    const Response taken = to_.ask(request);
    EXPECT_EQ(taken.status, 201) << taken.body;
    EXPECT_THAT(to_.ask("GET", "/api/v1/procurements.ocds").body, HasSubstr("Radios"));
}

}  // namespace
}  // namespace adic::server
