// Records that are written over HTTP.

#include "test_house.hpp"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using test::House;

std::string tag_of(const Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag") {
            return value;
        }
    }
    return {};
}

std::string speaker_of(House& house, const std::string& id) {
    const auto version = house.store().latest(id);
    return version && *version ? (*version)->record.organisation : "there is no such record";
}

/// Who speaks for itself in a record is none of its fields; an official who sends back what it was
/// shown must not cut off the account of a firm.
TEST(Records, KeepWhoSpeaksForItselfInThem) {
    House house;
    house.add("MYS", "organisation", "id,name,organisation,release\nyard,Yard,yard,public\n");
    house.enter_as("MYS");
    ASSERT_EQ(speaker_of(house, "MYS.yard"), "yard");
    auto put = house.request("PUT", "/api/v1/records/MYS.yard", R"({"name":"Yard, verified"})");
    put.headers.emplace_back("if-match", tag_of(house.ask("GET", "/api/v1/records/MYS.yard")));
    const Response answer = house.ask(put);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(speaker_of(house, "MYS.yard"), "yard");
    const Response again = house.ask(
        "POST",
        "/api/v1/records?type=organisation",
        R"({"records":[{"id":"MYS.yard","name":"Yard, again"}]})"
    );
    ASSERT_LT(again.status, 300) << again.body;
    EXPECT_EQ(speaker_of(house, "MYS.yard"), "yard");
}

TEST(Records, LetAnOfficialSayThatAnotherSpeaksInThem) {
    House house;
    house.add("MYS", "organisation", "id,name,organisation,release\nyard,Yard,yard,public\n");
    house.enter_as("MYS");
    const Response answer = house.ask(
        "POST",
        "/api/v1/records?type=organisation",
        R"({"records":[{"id":"MYS.yard","name":"Yard","organisation":"successor"}]})"
    );
    ASSERT_LT(answer.status, 300) << answer.body;
    EXPECT_EQ(speaker_of(house, "MYS.yard"), "successor");
    const auto release = house.ask("GET", "/api/v1/records/MYS.yard/release");
    EXPECT_EQ(nlohmann::json::parse(release.body).at("owners_side"), "org:successor");
    const Response cleared = house.ask(
        "POST",
        "/api/v1/records?type=organisation",
        R"({"records":[{"id":"MYS.yard","name":"Yard","organisation":"nobody"}]})"
    );
    ASSERT_LT(cleared.status, 300) << cleared.body;
    EXPECT_EQ(speaker_of(house, "MYS.yard"), "");
}

TEST(Records, TakeOneOrganisationOnTheOwnersSide) {
    House house;
    house.add("MYS", "organisation", "id,name\nyard,Yard\n");
    house.enter_as("MYS");
    for (const std::string wrong : {"yard", "org:", "MYS", "org:yard:exists", "org:a;org:b"}) {
        const Response answer = house.ask(
            "POST",
            "/api/v1/records/MYS.yard/release",
            R"({"field":"owners_side","release":")" + wrong + R"("})"
        );
        EXPECT_EQ(answer.status, 400) << wrong << answer.body;
    }
}

/// Two releasers look at the same record; what the second saw is not what is there any more.
TEST(Records, AreReleasedAsWasSeenOrNotAtAll) {
    House house;
    house.add("MYS", "organisation", "id,name,organisation,release\nyard,Yard,yard,\n");
    house.enter_as("MYS");
    const std::string address = "/api/v1/records/MYS.yard/release";
    const auto seen = house.ask("POST", address, R"({"release":"ASEAN"})");
    const std::string basis = nlohmann::json::parse(seen.body).at("basis");
    const std::string wanted = R"({"release":"ASEAN","confirm":true,"basis":")" + basis + R"("})";

    ASSERT_EQ(house.ask("POST", address, R"({"release":"SGP","confirm":true})").status, 200);
    const auto stale = house.ask("POST", address, wanted);
    EXPECT_EQ(stale.status, 412) << stale.body;
    EXPECT_EQ(nlohmann::json::parse(house.ask("GET", address).body).at("record"), "SGP")
        << "nothing was changed";

    ASSERT_EQ(house.ask("POST", address, R"({"release":"","confirm":true})").status, 200);
    EXPECT_EQ(house.ask("POST", address, wanted).status, 412) << "another version than was seen";
}

}  // namespace
}  // namespace adic::server
