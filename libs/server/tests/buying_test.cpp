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

/// Seven radios of Malaysia and nine of Viet Nam, and 100 that nobody else may see.
void want_radios(House& house) {
    const std::string columns = "id,item,quantity,first,last,release\n";
    house.add("MYS", "demand", columns + "wanted,radio,7,2027-01-01,2028-12-31,ASEAN\n");
    house.add("VNM", "demand", columns + "wanted,radio,9,2027-01-01,2028-12-31,ASEAN\n");
    house.add("IDN", "demand", columns + "wanted,radio,100,2027-01-01,2028-12-31,nobody\n");
}

/// By hand: apart 7 x 100 + 9 x 100 = 1600; together 16 x 90 = 1440, and 0, 5 or 10 % more for
/// working together: 1440, 1512, 1584.
TEST_F(Buying, SaysWhatPlansOfTheRegistrySaveOnTheTermsOfTheBody) {
    want_radios(house_);
    const Response response = house_.ask(
        "POST",
        "/api/v1/pool",
        R"({"item":"radio","years":5,"terms":[{"term":"price","from":1,"likely":100},)"
        R"({"term":"price","from":10,"likely":90},)"
        R"({"term":"coordination","low":0,"likely":0.05,"high":0.1}]})"
    );
    ASSERT_EQ(response.status, 200) << response.body;
    const json answer = json::parse(response.body);
    EXPECT_EQ(answer["counted"], json({"MYS", "VNM"}));
    const auto range = [&](const char* figure) {
        const json& found = answer["saving"][figure];
        return std::vector<double>{found["low"], found["likely"], found["high"]};
    };
    const auto near = [](std::vector<double> values) {
        return testing::Pointwise(testing::DoubleNear(1e-9), values);
    };
    EXPECT_THAT(range("apart"), near({1600, 1600, 1600}));
    EXPECT_THAT(range("together"), near({1440, 1512, 1584}));
    EXPECT_THAT(range("saving"), near({16, 88, 160}));
    EXPECT_THAT(range("share"), near({0.01, 0.055, 0.1}));
    EXPECT_EQ(answer["breaks"][1]["reached"], "yes") << "the breaks are those of the terms";
    // Two lines of eight pay 100 for each piece: 1600, 160 more than one line, all of the saving.
    EXPECT_EQ(answer["splits"][0]["lines"], 2);
    EXPECT_NEAR(answer["splits"][0]["costs_more"]["likely"], 160, 1e-9);
}

TEST_F(Buying, AnswersTheSamePlansByBodyAndByAddress) {
    want_radios(house_);
    EXPECT_EQ(
        house_.ask("GET", "/api/v1/pool?item=radio&years=4&price_breaks=1:100,10:90").body,
        house_
            .ask(
                "POST",
                "/api/v1/pool",
                R"({"item":"radio","years":4,)"
                R"("price_breaks":[{"from":1,"price":100},{"from":10,"price":90}]})"
            )
            .body
    );
    EXPECT_EQ(
        house_.ask("GET", "/api/v1/pool").body,
        house_.ask("POST", "/api/v1/pool", "{}").body
    );
}

TEST_F(Buying, SaysEveryProblemOfTerms) {
    const Response response = house_.ask(
        "POST",
        "/api/v1/pool",
        R"({"terms":[{"term":"price","from":1,"likely":-3},{"term":"luck","likely":1}]})"
    );
    EXPECT_EQ(response.status, 422) << response.body;
    const json problems = json::parse(response.body)["error"]["problems"];
    ASSERT_EQ(problems.size(), 2U) << response.body;
    EXPECT_EQ(problems[0]["row"], 2);
    EXPECT_EQ(problems[1]["row"], 3);
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
    EXPECT_EQ(status("/api/v1/pool", "[]"), 400);
    EXPECT_EQ(status("/api/v1/pool", "term,likely\nprice,9\n"), 400);
    EXPECT_EQ(status("/api/v1/pool?item=radio", R"({"terms":[]})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"items":"radio"})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"item":7})"), 400);
    for (const char* years : {"0", "51", "-1", "1.5", "\"3\"", "null", "1e300"}) {
        EXPECT_EQ(status("/api/v1/pool", (R"({"years":)" + std::string(years) + "}").c_str()), 400)
            << years;
    }
    EXPECT_EQ(status("/api/v1/pool", R"({"price_breaks":"1:9"})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"price_breaks":[{"from":5,"price":2}]})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"terms":{}})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"terms":[{"term":"slope","likely":[[]]}]})"), 400);
    EXPECT_EQ(status("/api/v1/pool", R"({"terms":[{"colour":"red"}]})"), 400);
}

TEST_F(Buying, AnswersEveryProblemOfAnInputThatCannotBeUsed) {
    const Response response = house_.ask("POST", "/api/v1/flags", "{}");
    EXPECT_EQ(response.status, 422);
    const json error = json::parse(response.body)["error"];
    EXPECT_EQ(error["message"], "It cannot be used.");
    EXPECT_EQ(error["problems"][0]["row"], 1);
}

TEST_F(Buying, WorksOutWhatBuyingTheSameTogetherWouldSave) {
    const std::string head = "id,item,quantity,first,last,release,release.quantity\n";
    house_.add("MYS", "demand", head + "craft,patrol craft,3,2027-01-01,2028-12-31,ASEAN,\n");
    house_.add("PHL", "demand", head + "craft,patrol craft,4,2027-01-01,2028-12-31,ASEAN,\n");
    house_.add("IDN", "demand", head + "craft,patrol craft,5,2027-01-01,2028-12-31,ASEAN,nobody\n");
    const Response response = house_.ask(
        "POST",
        "/api/v1/pool",
        R"({"item":"MYS.craft","years":5,"terms":[)"
        R"({"term":"price","from":1,"low":10,"likely":10,"high":10},)"
        R"({"term":"price","from":5,"low":7,"likely":8,"high":9}]})"
    );
    EXPECT_EQ(response.status, 200) << response.body;
    const json pool = json::parse(response.body);
    // Apart 30 + 40, but at 7 four pieces cost less as five; together 7 pieces at 9, 8 or 7.
    // Indonesia's quantity is not shown.
    EXPECT_EQ(pool["counted"], (json{"MYS", "PHL"}));
    EXPECT_EQ(pool["together"]["unknown"], 1);
    EXPECT_EQ(pool["saving"]["apart"], (json{{"low", 65.0}, {"likely", 70.0}, {"high", 70.0}}));
    EXPECT_EQ(pool["saving"]["saving"], (json{{"low", 7.0}, {"likely", 14.0}, {"high", 16.0}}));
    EXPECT_EQ(pool["saving"]["share"]["likely"], 0.2);
    EXPECT_EQ(pool["breaks"][1]["reached"], "yes");
}

/// Seven and nine pieces of a line that has made four, at 100 euro for the first, or 125 dollars,
/// and 80 % for each doubling.
TEST_F(Buying, ExchangesTermsAndSaysTheLotsOfALine) {
    want_radios(house_);
    const std::string question =
        R"({"item":"radio","years":5,"on":"2026-11-24","currency":"USD","terms":[)"
        R"({"term":"first_unit","likely":100,"currency":"EUR"},{"term":"slope","likely":0.8},)"
        R"({"term":"made_before","likely":4}],"rates":[)"
        R"({"base":"EUR","currency":"USD","day":"2026-11-)";
    const Response response =
        house_.ask("POST", "/api/v1/pool", question + R"(20","rate":1.25}]})");
    ASSERT_EQ(response.status, 200) << response.body;
    const json pool = json::parse(response.body);
    EXPECT_EQ(pool["currency"], "USD");
    EXPECT_EQ(pool["exchanged"], json{"1 EUR = 1.25 USD of 2026-11-20"});
    ASSERT_EQ(pool["lots"].size(), 5U);
    const json& second = pool["lots"][3];
    EXPECT_EQ(second["lot"], "VNM");
    EXPECT_EQ(second["bought"], "together");
    EXPECT_EQ(second["first_piece"], 12) << "after four, and seven of Malaysia";
    EXPECT_EQ(second["last_piece"], 20);
    EXPECT_GT(second["midpoint"], 15.0);
    EXPECT_LT(second["midpoint"], 16.0);
    EXPECT_EQ(pool["lots"][4]["lot"], "all");
    const Response late = house_.ask("POST", "/api/v1/pool", question + R"(02","rate":1.25}]})");
    EXPECT_EQ(late.status, 422) << late.body;
    EXPECT_EQ(json::parse(late.body)["error"]["problems"][0]["column"], "currency")
        << "the rate is older than a week";
    EXPECT_EQ(house_.ask("POST", "/api/v1/pool", R"({"on":"2026-11-24"})").status, 400);
    EXPECT_EQ(house_.ask("POST", "/api/v1/pool", R"({"terms":[],"on":"soon"})").status, 400);
    EXPECT_EQ(house_.ask("POST", "/api/v1/pool", R"({"terms":[],"currency":7})").status, 400);
}

TEST_F(Buying, LeavesNoFilesBehind) {
    house_.ask("POST", "/api/v1/share", R"({"savings":true})");
    house_.ask("POST", "/api/v1/flags", "{}");
    EXPECT_TRUE(std::filesystem::is_empty(house_.jobs_folder()));
}

TEST_F(Buying, IsAskedAnewWhateverTheKey) {
    const std::string row = "plan,boat,4711,2027-01-01,2028-01-01,";
    const auto release_to = [&](const std::string& audience) {
        const std::string columns = "id,item,quantity,first,last,release\n";
        house_.add("IDN", "demand", columns + row + audience + '\n');
    };
    const auto ask = [&] {
        Request request = house_.request("POST", "/api/v1/pool", R"({"item":"boat"})");
        request.headers.emplace_back("idempotency-key", "one");
        return house_.ask(request).body;
    };
    release_to("MYS");
    EXPECT_THAT(ask(), HasSubstr("4711"));
    release_to("nobody");
    EXPECT_THAT(ask(), testing::Not(HasSubstr("4711"))) << "what was recalled is not given again";
}

}  // namespace
}  // namespace adic::server
