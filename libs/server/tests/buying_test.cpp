// What callers calculate of their own input, sent as JSON in place of tables.

#include "test_house.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using nlohmann::json;
using test::House;
using testing::HasSubstr;

class Buying : public testing::Test {
  protected:
    Buying() { house_.enter_as("MYS"); }

    /// What the analysis says that it was given; '?' stands for quotes and ends of lines.
    std::string given(const std::string& address, const std::string& body) {
        const Response response = house_.ask("POST", address, body);
        EXPECT_EQ(response.status, 200) << response.body;
        return json::parse(response.body).value("said", "");
    }

    House house_;
};

TEST_F(Buying, SendsGamesAndQuantitiesAsTheTablesThatTheCommandReads) {
    EXPECT_EQ(
        given(
            "/api/v1/share",
            R"({"game":[{"coalition":["IDN","MYS"],"amount":12.5},{"coalition":["a\"b"],"amount":1}],)"
            R"("savings":true})"
        ),
        R"(coalition,amount??IDN+MYS?,?12.5???a??b?,?1??yes)"
    );
    EXPECT_EQ(
        given(
            "/api/v1/share",
            R"({"price_breaks":[{"from":1,"price":100},{"from":50,"price":92.5}],)"
            R"("quantities":[{"quantity":30,"state":"IDN"}]})"
        ),
        "state,quantity??IDN?,?30??1:100,50:92.5"
    );
}

TEST_F(Buying, SendsAPlanAsTheFolderThatTheCommandReads) {
    EXPECT_EQ(
        given(
            "/api/v1/reciprocity",
            R"({"pairs":[{"buyer":"IDN","seller":"MYS","premium":0.02}],"ratio":0.25,)"
            R"("states":[{"state":"IDN","demand":100,"capacity":80,"outside_premium":0.08}]})"
        ),
        "states.csv:state,demand,capacity,outside_premium,carry,band??IDN?,?100?,?80?,?0.08?,,?"
        "pairs.csv:buyer,seller,premium,most??IDN?,?MYS?,?0.02?,?0.25"
    );
}

TEST_F(Buying, SaysWhatTheBodyMayHave) {
    const auto status = [&](const char* address, const char* body) {
        return house_.ask("POST", address, body).status;
    };
    EXPECT_EQ(status("/api/v1/share", "[]"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"gam":[]})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"game":7})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"game":[{"coalition":[7],"amount":1}]})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"game":[{"states":["A"],"amount":1}]})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"savings":{}})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"price_breaks":[{"from":"1","price":2}]})"), 400);
    EXPECT_EQ(status("/api/v1/share", R"({"price_breaks":{}})"), 400);
}

TEST_F(Buying, AnswersEveryProblemOfAnInputThatCannotBeUsed) {
    const Response response = house_.ask("POST", "/api/v1/flags", "{}");
    EXPECT_EQ(response.status, 422);
    const json error = json::parse(response.body)["error"];
    EXPECT_EQ(error["message"], "It cannot be used.");
    EXPECT_EQ(error["problems"][0]["row"], 1);
}

TEST_F(Buying, LeavesNoFilesBehind) {
    house_.ask("POST", "/api/v1/share", R"({"savings":true})");
    house_.ask("POST", "/api/v1/flags", "{}");
    EXPECT_TRUE(std::filesystem::is_empty(house_.jobs_folder()));
}

}  // namespace
}  // namespace adic::server
