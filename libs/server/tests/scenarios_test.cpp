// Scenarios in the registry: checked like a file whenever they are written, and shown like any
// record.

#include "test_house.hpp"

#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using nlohmann::json;
using test::House;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view closed =
    R"({"id":"closed","events":[{"id":"e","kind":"halt","target":{"chokepoints":["malacca"]}}]})";

json fields(std::string_view content = closed) {
    return {
        {"name", "The strait is closed"},
        {"start", "2027-01-01"},
        {"horizon_days", 364},
        {"content", json::array({std::string(content)})}};
}

std::string records(json record) {
    return json{{"records", json::array({std::move(record)})}}.dump();
}

std::string tag_of(House& house, const std::string& target) {
    for (const auto& [name, value] : house.ask("GET", target).headers) {
        if (name == "ETag") {
            return value;
        }
    }
    return {};
}

std::string posted(House& house, const json& record = fields()) {
    const auto added = house.ask("POST", "/api/v1/records?type=scenario", records(record));
    EXPECT_EQ(added.status, 201) << added.body;
    return json::parse(added.body)["ids"][0];
}

Response put(House& house, const std::string& id, const json& body, const std::string& tag) {
    Request request = house.request("PUT", "/api/v1/records/" + id, body.dump());
    request.headers.emplace_back("if-match", tag);
    return house.ask(request);
}

std::vector<std::string> messages_of(const Response& response) {
    std::vector<std::string> messages;
    const json body = json::parse(response.body);
    for (const json& problem : body["error"]["problems"]) {
        messages.push_back(problem["message"]);
    }
    return messages;
}

TEST(Scenarios, AreRefusedWithAllThatIsWrong) {
    House house;
    house.enter_as("MYS");
    const auto refused = house.ask(
        "POST",
        "/api/v1/records?type=scenario",
        records(fields(R"({"id":"a b","events":[{"id":"e","kind":"hlat","target":{}},)"
                       R"({"id":"f","kind":"halt","target":{}}],"more":1})"))
    );
    EXPECT_EQ(refused.status, 422) << refused.body;
    const auto messages = messages_of(refused);
    EXPECT_THAT(messages, Contains(HasSubstr("/id 'a b'")));
    EXPECT_THAT(messages, Contains(HasSubstr("did you mean 'halt'")));
    EXPECT_THAT(messages, Contains(HasSubstr("/events/1/target names nothing")));
    EXPECT_THAT(messages, Contains(HasSubstr("/more 'more': is no member here")));
    EXPECT_THAT(house.ask("GET", "/api/v1/records?type=scenario").body, HasSubstr("\"total\":0"));
}

TEST(Scenarios, AreKeptAndChangedAgainstTheVersionThatWasSeen) {
    House house;
    house.enter_as("MYS");
    const std::string id = posted(house);
    const std::string address = "/api/v1/records/" + id;
    const std::string seen = tag_of(house, address);
    json body = fields();
    body["name"] = "Another name";
    EXPECT_EQ(put(house, id, body, seen).status, 200);
    EXPECT_EQ(put(house, id, fields(), seen).status, 412) << "somebody has changed it since";
    const auto bad = put(house, id, fields(R"({"id":"a","events":[]})"), tag_of(house, address));
    EXPECT_EQ(bad.status, 422) << bad.body;
    EXPECT_THAT(messages_of(bad), Contains(HasSubstr("at least one event")));
    EXPECT_THAT(house.ask("GET", address).body, HasSubstr("Another name"));
}

TEST(Scenarios, AreTakenAsAFile) {
    House house;
    house.enter_as("MYS");
    json file = json::parse(closed);
    file["title"] = "From a file";
    file["start"] = "2027-01-01";
    file["horizon_days"] = 364;
    const auto added = house.ask("POST", "/api/v1/records?type=scenario", file.dump());
    EXPECT_EQ(added.status, 201) << added.body;
    EXPECT_THAT(house.ask("GET", "/api/v1/records/MYS.closed").body, HasSubstr("From a file"));
    file["events"] = json::array();
    const auto refused = house.ask("POST", "/api/v1/records?type=scenario", file.dump());
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_THAT(messages_of(refused), Contains(HasSubstr("at least one event")));
}

TEST(Scenarios, AreAsLongAsAFileMayBe) {
    House house;
    house.enter_as("MYS");
    json content = json::parse(closed);
    json& ids = content["events"][0]["target"]["items"]["ids"];
    for (int i = 0; i < 150'000; ++i) {
        ids.push_back("item-of-the-map-" + std::to_string(i));
    }
    const std::string whole = content.dump();
    ASSERT_GT(whole.size(), 3'500'000U);
    json record = fields();
    record["content"] = json::array();
    for (std::size_t at = 0; at < whole.size(); at += 8'000) {
        record["content"].push_back(whole.substr(at, 8'000));
    }
    const std::string id = posted(house, record);
    const json read = json::parse(house.ask("GET", "/api/v1/records/" + id).body);
    EXPECT_EQ(read["fields"]["content"], record["content"]);
    record["name"] = "Changed";
    EXPECT_EQ(put(house, id, record, tag_of(house, "/api/v1/records/" + id)).status, 200);
}

/// Everything that a reader can ask for scenarios.
std::string all_of(House& house, const std::string& id) {
    std::string all;
    for (const char* target :
         {"/api/v1/records?type=scenario&facet=name&facet=start&sort=name",
          "/api/v1/records?q=strait",
          "/api/v1/suggestions?q=stra",
          "/api/v1/records.xlsx",
          "/api/v1/jobs"}) {
        all += house.ask("GET", target).body + '\n';
    }
    return all + house.ask("GET", "/api/v1/records/" + id).body
           + house.ask("GET", "/api/v1/records/" + id + "/history").body;
}

TEST(Scenarios, AreSeenByWhomTheyAreReleasedToAndLeaveOthersNoTrace) {
    House house;
    House empty;
    house.enter_as("MYS");
    const std::string id = posted(house);
    const auto without = [&](const std::string& reader) {
        empty.enter_as(reader);
        return all_of(empty, id);
    };
    for (const char* reader : {"SGP", "IDN", "everyone"}) {
        house.enter_as(reader);
        EXPECT_EQ(all_of(house, id), without(reader)) << "it is its owner's alone";
    }
    house.enter_as("MYS");
    const std::string release = "/api/v1/records/" + id + "/release";
    const auto released = house.ask("POST", release, R"({"release":"SGP","confirm":true})");
    ASSERT_EQ(released.status, 200) << released.body;
    house.enter_as("SGP");
    EXPECT_THAT(
        house.ask("GET", "/api/v1/records?type=scenario").body,
        HasSubstr("The strait is closed")
    );
    for (const char* reader : {"IDN", "everyone"}) {
        house.enter_as(reader);
        EXPECT_EQ(all_of(house, id), without(reader));
    }
    house.enter_as("MYS");
    ASSERT_EQ(
        house.ask("POST", release, R"({"field":"content","release":"","confirm":true})").status,
        200
    );
    house.enter_as("SGP");
    const json part = json::parse(house.ask("GET", "/api/v1/records/" + id).body);
    EXPECT_FALSE(part["fields"].contains("content")) << "no empty list that would run as nothing";
    EXPECT_THAT(house.ask("GET", "/api/v1/records?q=malacca").body, HasSubstr("\"total\":0"));
}

/// A job of a shared scenario is its reader's: no other hears of it, by its number or its answer.
TEST(Scenarios, AreRunInJobsOfTheirReaderAlone) {
    House house;
    House idle;
    house.enter_as("SGP");
    const auto asked = house.ask(
        "POST",
        "/api/v1/jobs",
        json{{"analysis", "echo"}, {"parameters", {{"file", {{"content", std::string(closed)}}}}}}
            .dump()
    );
    ASSERT_EQ(asked.status, 202) << asked.body;
    const std::string job = json::parse(asked.body)["id"];
    for (const char* reader : {"MYS", "IDN", "everyone"}) {
        for (House* one : {&house, &idle}) {
            one->enter_as(reader);
        }
        for (const std::string& target :
             {std::string("/api/v1/jobs"),
              "/api/v1/jobs/" + job,
              "/api/v1/jobs/" + job + "/result",
              "/api/v1/jobs/" + job + "/events"}) {
            const auto answer = house.ask("GET", target);
            EXPECT_EQ(answer.body, idle.ask("GET", target).body) << reader << ' ' << target;
            EXPECT_THAT(answer.body, Not(HasSubstr("malacca")));
        }
    }
}

}  // namespace
}  // namespace adic::server
