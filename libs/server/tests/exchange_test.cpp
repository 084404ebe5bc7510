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

TEST_F(Exchange, GivesTheCellsOfAWorkbook) {
    const Response given = from_.ask("GET", "/api/v1/records.xlsx");
    Request request = to_.request("POST", "/api/v1/sheets");
    request.headers.emplace_back("content-type", workbook);
    request.body = given.body;
    const Response cells = to_.ask(request);
    EXPECT_EQ(cells.status, 200) << cells.body;
    EXPECT_THAT(cells.body, HasSubstr(R"({"name":"product","rows":[{"row":1,"cells":["id")"));
    EXPECT_THAT(cells.body, HasSubstr(R"({"row":2,"cells":["MYS.radio")"));
    EXPECT_EQ(to_.ask("GET", "/api/v1/records/MYS.radio").status, 404) << "nothing is kept";

    request.body = "PK no workbook at all";
    const Response broken = to_.ask(request);
    EXPECT_EQ(broken.status, 422);
    EXPECT_THAT(broken.body, HasSubstr("XL-001"));
    EXPECT_THAT(broken.body, Not(HasSubstr("adic-house"))) << "no path of the server";
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

TEST_F(Exchange, TakesJsonLines) {
    const auto sent = [&](const std::string& type, const std::string& lines) {
        Request request = to_.request("POST", "/api/v1/records?type=" + type);
        request.headers.emplace_back("content-type", "application/jsonl");
        request.body = lines;
        return to_.ask(request);
    };
    const auto process = [](const std::string& ocid, const std::string& title) {
        return R"({"ocid":")" + ocid
               + R"(","id":"1","date":"2026-01-01T00:00:00Z","tag":["tender"],"tender":{"id":"t","title":")"
               + title + "\"}}\n";
    };
    const Response taken = sent("procurement", process("p-1", "Radios") + process("p-2", "Boats"));
    EXPECT_EQ(taken.status, 201) << taken.body;
    const std::string given = to_.ask("GET", "/api/v1/procurements.ocds").body;
    EXPECT_THAT(given, HasSubstr("Radios"));
    EXPECT_THAT(given, HasSubstr("Boats"));
    const std::string room =
        R"({"ocid":"r-1","tender":{"title":"Craft","items":[{"id":"1","description":"boat"}]}})";
    EXPECT_EQ(sent("project", room + '\n').status, 201);
    EXPECT_EQ(to_.ask("GET", "/api/v1/projects/MYS.r-1").status, 200);
    const Response broken = sent("procurement", process("p-3", "Good") + "{\"ocid\":7\n");
    EXPECT_EQ(broken.status, 422);
    EXPECT_THAT(broken.body, HasSubstr("\"row\":2"));
    EXPECT_EQ(to_.ask("GET", "/api/v1/records/MYS.p-3").status, 404) << "all or none";
    EXPECT_EQ(sent("product", "{}\n").status, 400) << "products are not published so";
}

Response as_form(House& house, const std::string& target, const std::string& form) {
    Request request = house.request("GET", target);
    request.headers.emplace_back("accept", form);
    return house.ask(request);
}

std::string header_of(const Response& response, std::string_view name) {
    const auto found =
        std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? "" : found->second;
}

TEST_F(Exchange, GivesEveryListAsCsv) {
    from_.add(
        "MYS",
        "project",
        "id,name,item,stage,members,release\ncraft,\"=craft, big\",boat,interest,MYS|PHL,ASEAN\n"
    );
    for (const char* state : {"MYS", "PHL"}) {
        from_.add(
            state,
            "participation",
            "id,project,wish,quantity,release\npart,MYS.craft,joins,7,ASEAN\n"
        );
    }
    const Response projects = as_form(from_, "/api/v1/projects", "text/csv");
    EXPECT_EQ(projects.status, 200);
    EXPECT_EQ(header_of(projects, "Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(header_of(projects, "Content-Disposition"), "attachment; filename=\"projects.csv\"");
    EXPECT_EQ(
        projects.body,
        "id,name,item,lead,stage,members,quantity.low,quantity.high,changed,acts\n"
        "MYS.craft,\"'=craft, big\",boat,MYS,interest,MYS; PHL,14,14,2026-11-25T12:00:00Z,\n"
    ) << "no formula";
    from_.ask("POST", "/api/v1/jobs", R"({"analysis":"echo"})");
    EXPECT_THAT(as_form(from_, "/api/v1/jobs", "text/csv").body, HasSubstr(",echo,"));
    EXPECT_THAT(
        as_form(from_, "/api/v1/records/MYS.radio/history", "text/csv").body,
        HasSubstr("'=Radio,item of supply,1,2,m,5,E\n")
    );
    EXPECT_EQ(as_form(from_, "/api/v1/notices", "text/csv").body, "value\n") << "an empty list";
    EXPECT_EQ(as_form(from_, "/api/v1/records/MYS.none/history", "text/csv").status, 404);
}

TEST_F(Exchange, GivesListsAsWorkbooks) {
    for (const char* target : {"/api/v1/records", "/api/v1/pool", "/api/v1/proposals"}) {
        const Response given = as_form(from_, target, workbook);
        EXPECT_EQ(given.status, 200) << target << given.body;
        EXPECT_EQ(header_of(given, "Content-Type"), workbook) << target;
        Request request = to_.request("POST", "/api/v1/sheets");
        request.headers.emplace_back("content-type", workbook);
        request.body = given.body;
        EXPECT_EQ(to_.ask(request).status, 200) << target;
    }
    Request request = to_.request("POST", "/api/v1/sheets");
    request.headers.emplace_back("content-type", workbook);
    request.body = as_form(from_, "/api/v1/records", workbook).body;
    const std::string cells = to_.ask(request).body;
    EXPECT_THAT(cells, HasSubstr(R"(["id","type","owner","name","kind")"));
    EXPECT_THAT(cells, HasSubstr(R"(["MYS.radio","product","MYS","=Radio","item of supply")"));
}

TEST_F(Exchange, KnowsAListByTheTagOfItsForm) {
    const std::string json = header_of(from_.ask("GET", "/api/v1/records"), "ETag");
    const Response given = as_form(from_, "/api/v1/records", "text/csv");
    const std::string csv = header_of(given, "ETag");
    EXPECT_NE(csv, "");
    EXPECT_NE(csv, json);
    EXPECT_EQ(header_of(given, "Vary"), "Accept");
    Request again = from_.request("GET", "/api/v1/records");
    again.headers.emplace_back("accept", "text/csv");
    again.headers.emplace_back("if-none-match", json);
    EXPECT_EQ(from_.ask(again).status, 200) << "another form is no copy of this one";
    again.headers.back().second = csv;
    EXPECT_EQ(from_.ask(again).status, 304);
}

}  // namespace
}  // namespace adic::server
