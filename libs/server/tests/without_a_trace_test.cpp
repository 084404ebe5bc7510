// What a reader may not see leaves no trace in what any route answers: every route of the table is
// asked of two houses, one with records that are hidden from the reader and one that never had
// them, and the answers are the same, byte for byte, headers and order included.

#include "adic/base/random.hpp"

#include "test_house.hpp"

#include <array>
#include <map>
#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace adic::server {
namespace {

using test::House;

struct Question {
    std::string_view method;
    std::string_view route;  ///< as the table has it; empty: of the browser application
    std::string target;
    std::string body = {};
    bool takes_tag = false;  ///< sends the ETag of the record in If-Match
};

/// A line or more for each route: a route without one fails the test.
std::vector<Question> questions() {
    return {
        {"GET", "/", "/"},
        {"GET", "/", "/?key=guess"},
        {"GET", "/plain", "/plain"},
        {"GET", "", "/chain/IDN.hidden"},
        {"GET", "", "/assets/page-1.js"},
        {"GET", "", "/assets/none.js"},
        {"GET", "/api/v1/session", "/api/v1/session"},
        {"POST", "/api/v1/session", "/api/v1/session", R"({"as":"MYS"})"},
        {"GET", "/api/v1/oidc/start", "/api/v1/oidc/start"},
        {"GET", "/api/v1/oidc/callback", "/api/v1/oidc/callback?code=a&state=b"},
        {"GET", "/api/v1/record-types", "/api/v1/record-types"},
        {"GET", "/api/v1/item-classes", "/api/v1/item-classes"},
        {"GET", "/api/v1/records", "/api/v1/records"},
        {"GET", "/api/v1/records", "/api/v1/records?range=price:1..2000"},
        {"GET", "/api/v1/records", "/api/v1/records?range=properties.length:20..40%20m"},
        {"GET", "/api/v1/records", "/api/v1/records?facet=properties.hull&sort=properties.length"},
        {"GET", "/api/v1/records", "/api/v1/records?field=properties.hull:steel"},
        {"GET", "/api/v1/records", "/api/v1/records?q=radio"},
        {"GET", "/api/v1/records", "/api/v1/records?q=secret"},
        {"GET", "/api/v1/records", "/api/v1/records?type=product&sort=price&direction=descending"},
        {"GET", "/api/v1/records", "/api/v1/records?facet=name&facet=kind&limit=2&offset=1"},
        {"GET", "/api/v1/records", "/api/v1/records?field=name:radio&owner=IDN"},
        {"GET", "/api/v1/records", "/api/v1/records?view_as=SGP"},
        {"GET", "/api/v1/suggestions", "/api/v1/suggestions?q=s"},
        {"GET", "/api/v1/suggestions", "/api/v1/suggestions?q=r&type=product"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product",
         R"({"records":[{"id":"new","name":"mine","kind":"item of supply","maker":"IDN.hidden"}]})"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product",
         R"({"records":[{"id":"IDN.hidden","name":"mine","kind":"item of supply"}]})"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product&dry_run=yes",
         R"({"records":[{"name":7}]})"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.hidden"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.part"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/MYS.own?view_as=IDN"},
        {"PUT",
         "/api/v1/records/{id}",
         "/api/v1/records/IDN.hidden",
         R"({"name":"x","kind":"item of supply"})",
         true},
        {"PUT",
         "/api/v1/records/{id}",
         "/api/v1/records/MYS.own",
         R"({"name":"x","kind":"item of supply"})",
         true},
        {"DELETE", "/api/v1/records/{id}", "/api/v1/records/IDN.hidden", "", true},
        {"GET", "/api/v1/records/{id}/history", "/api/v1/records/IDN.hidden/history"},
        {"GET", "/api/v1/records/{id}/history", "/api/v1/records/IDN.part/history"},
        {"GET", "/api/v1/records/{id}/release", "/api/v1/records/IDN.hidden/release"},
        {"GET", "/api/v1/records/{id}/release", "/api/v1/records/IDN.part/release"},
        {"POST",
         "/api/v1/records/{id}/release",
         "/api/v1/records/IDN.hidden/release",
         R"({"release":"MYS","confirm":true})"},
        {"POST",
         "/api/v1/records/{id}/release",
         "/api/v1/records/MYS.own/release",
         R"({"release":"IDN"})"},
        {"POST", "/api/v1/sheets", "/api/v1/sheets", "PK no workbook"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product&dry_run=yes&keep_release=yes",
         R"({"records":[{"id":"own","name":"mine","kind":"item of supply"}]})"},
        {"GET", "/api/v1/proposals", "/api/v1/proposals"},
        {"POST", "/api/v1/proposals/{number}/approve", "/api/v1/proposals/1/approve"},
        {"POST", "/api/v1/proposals/{number}/refuse", "/api/v1/proposals/1/refuse"},
        {"GET", "/api/v1/analyses", "/api/v1/analyses"},
        {"GET", "/api/v1/analyses/{name}", "/api/v1/analyses/echo?word=a"},
        {"GET", "/api/v1/analyses/{name}", "/api/v1/analyses/broken"},
        {"POST", "/api/v1/jobs", "/api/v1/jobs", R"({"analysis":"echo"})"},
        {"GET", "/api/v1/jobs", "/api/v1/jobs"},
        {"GET", "/api/v1/jobs/{id}", "/api/v1/jobs/none"},
        {"GET", "/api/v1/jobs/{id}/events", "/api/v1/jobs/none/events"},
        {"GET", "/api/v1/jobs/{id}/result", "/api/v1/jobs/none/result"},
        {"POST", "/api/v1/jobs/{id}/stop", "/api/v1/jobs/none/stop"},
        {"POST", "/api/v1/jobs/{id}/resume", "/api/v1/jobs/none/resume"},
        {"DELETE", "/api/v1/jobs/{id}", "/api/v1/jobs/none"},
        {"POST",
         "/api/v1/password",
         "/api/v1/password",
         R"({"name":"a","password":"b","new_password":"c"})"},
        {"POST", "/api/v1/second-factor", "/api/v1/second-factor", R"({"password":"a"})"},
        {"POST",
         "/api/v1/second-factor/confirm",
         "/api/v1/second-factor/confirm",
         R"({"code":"1"})"},
        {"GET", "/api/v1/sessions", "/api/v1/sessions"},
        {"GET", "/api/v1/tokens", "/api/v1/tokens"},
        {"POST", "/api/v1/tokens", "/api/v1/tokens", R"({"scopes":"read"})"},
        {"DELETE", "/api/v1/tokens/{id}", "/api/v1/tokens/none"},
        {"GET", "/api/v1/accounts", "/api/v1/accounts"},
        {"POST", "/api/v1/accounts", "/api/v1/accounts", R"({"name":"a","roles":"reader"})"},
        {"PATCH", "/api/v1/accounts/{name}", "/api/v1/accounts/a", R"({"enabled":false})"},
        {"PUT",
         "/api/v1/accounts/{name}/password",
         "/api/v1/accounts/a/password",
         R"({"password":"b"})"},
        {"DELETE", "/api/v1/accounts/{name}/second-factor", "/api/v1/accounts/a/second-factor"},
        {"GET", "/api/v1/accounts/{name}/links", "/api/v1/accounts/a/links"},
        {"POST",
         "/api/v1/accounts/{name}/links",
         "/api/v1/accounts/a/links",
         R"({"issuer":"https://id.example","subject":"7"})"},
        {"DELETE",
         "/api/v1/accounts/{name}/links",
         "/api/v1/accounts/a/links?issuer=https%3A%2F%2Fid.example&subject=7"},
        {"POST",
         "/api/v1/share",
         "/api/v1/share",
         R"({"quantities":[{"state":"IDN","quantity":3},{"state":"MYS","quantity":4}],)"
         R"("price_breaks":[{"from":1,"price":100}]})"},
        {"POST", "/api/v1/share", "/api/v1/share", R"({"game":"IDN.hidden"})"},
        {"POST", "/api/v1/flags", "/api/v1/flags", R"({"releases":[{"ocid":"IDN.hidden"}]})"},
        {"POST", "/api/v1/reciprocity", "/api/v1/reciprocity", R"({"states":[],"pairs":[]})"},
        {"GET", "/api/v1/pool", "/api/v1/pool"},
        {"GET", "/api/v1/pool", "/api/v1/pool?item=radio&price_breaks=1:9,10:7,100:5"},
        {"GET", "/api/v1/pool", "/api/v1/pool?item=MYS.wanted&years=9"},
        {"GET", "/api/v1/pool", "/api/v1/pool?item=IDN.hidden-need"},
        {"POST",
         "/api/v1/pool",
         "/api/v1/pool?item=radio",
         "term,from,low,likely,high\nprice,1,8,9,10\nprice,10,6,7,8\n"},
        {"POST", "/api/v1/pool", "/api/v1/pool?item=IDN.hidden-need", "term,likely\nprice,9\n"},
        {"POST",
         "/api/v1/pool",
         "/api/v1/pool",
         R"({"item":"radio","years":5,"terms":[{"term":"price","from":1,"likely":100},)"
         R"({"term":"price","from":10,"low":80,"likely":90},{"term":"coordination","high":0.1,)"
         R"("likely":0.05}]})"},
        {"POST", "/api/v1/pool", "/api/v1/pool", R"({"item":"IDN.hidden-need","terms":[]})"},
        {"GET", "/api/v1/projects", "/api/v1/projects"},
        {"GET", "/api/v1/projects/{id}", "/api/v1/projects/IDN.hidden"},
        {"GET", "/api/v1/projects/{id}", "/api/v1/projects/MYS.project"},
        {"GET", "/api/v1/projects/{id}/ocds", "/api/v1/projects/IDN.hidden-project/ocds"},
        {"GET", "/api/v1/projects/{id}/ocds", "/api/v1/projects/MYS.project/ocds"},
        {"GET", "/api/v1/procurements.ocds", "/api/v1/procurements.ocds"},
        {"GET", "/api/v1/records.xlsx", "/api/v1/records.xlsx"},
        {"GET", "/api/v1/notices", "/api/v1/notices"},
        {"POST", "/api/v1/notices/{id}/acknowledge", "/api/v1/notices/IDN.hidden/acknowledge"},
        {"GET", "/api/v1/audit/entries", "/api/v1/audit/entries?limit=5"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product&dry_run=yes",
         R"({"records":[{"id":"own","name":"mine","kind":"item of supply","maker":"IDN.hidden"}]})"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=product&dry_run=yes",
         R"({"records":[{"id":"IDN.hidden","name":"mine","kind":"item of supply"}]})"},
        {"GET", "/api/v1/audit/log", "/api/v1/audit/log"},
        {"POST", "/api/v1/audit/head", "/api/v1/audit/head"},
        {"GET", "/api/v1/audit/evidence", "/api/v1/audit/evidence"},
        {"GET", "/api/v1/audit/bridge", "/api/v1/audit/bridge?since=0"},
        {"POST", "/api/v1/audit/verification", "/api/v1/audit/verification", "no evidence"},
        {"GET", "/api/v1/bundles", "/api/v1/bundles"},
        {"POST", "/api/v1/bundles", "/api/v1/bundles", R"({"for":"IDN"})"},
        {"POST", "/api/v1/bundles/received", "/api/v1/bundles/received", "no bundle"},
        {"GET", "/api/v1/bundles/records", "/api/v1/bundles/records"},
        {"GET", "/api/v1/server", "/api/v1/server"},
        {"GET", "/api/v1/backups", "/api/v1/backups"},
        {"POST", "/api/v1/backups", "/api/v1/backups"},
        {"GET", "/api/v1/openapi.json", "/api/v1/openapi.json"},
        {"GET", "/healthz", "/healthz"},
        {"GET", "/readyz", "/readyz"},
        {"DELETE", "/api/v1/sessions", "/api/v1/sessions"},
        {"DELETE", "/api/v1/session", "/api/v1/session"},
        // Times of requests are in it, so it is only compared without them; see below.
        {"GET", "/metrics", "/metrics"},
    };
}

/// All that is said: status, headers, body, and the events of a stream.
std::string said(const Response& response) {
    std::string all = std::to_string(response.status) + '\n';
    for (const auto& [name, value] : response.headers) {
        all += name + ": " + value + '\n';
    }
    all += '\n' + response.body;
    if (response.next) {
        for (auto part = response.next(); part; part = response.next()) {
            all += *part;
        }
    }
    return all;
}

/// Counters and bounds without the times that they measure.
std::string without_times(const std::string& metrics) {
    std::string kept;
    std::size_t at = 0;
    while (at < metrics.size()) {
        const auto end = metrics.find('\n', at);
        const std::string line = metrics.substr(at, end - at);
        if (line.find("_sum") == std::string::npos && line.find("_bucket") == std::string::npos) {
            kept += line + '\n';
        }
        at = end + 1;
    }
    return kept;
}

std::string tag_of(House& house, const std::string& target) {
    for (const auto& [name, value] : house.ask("GET", target).headers) {
        if (name == "ETag") {
            return value;
        }
    }
    return "\"none\"";
}

/// Follows the events of a job until there are no more.
void wait_for_job(House& house, const std::string& job) {
    const Response events = house.ask("GET", job + "/events");
    while (events.next()) {
        std::this_thread::yield();
    }
}

std::string answer(House& house, const Question& question) {
    Request request = house.request(std::string(question.method), question.target, question.body);
    if (question.takes_tag) {
        request.headers.emplace_back("if-match", tag_of(house, question.target));
    }
    const Response response = house.ask(request);
    std::string all = said(response);
    for (const auto& [name, value] : response.headers) {
        if (name == "Location") {
            wait_for_job(house, value);
            all += said(house.ask("GET", value)) + said(house.ask("GET", value + "/result"));
        }
    }
    return question.target == "/metrics" ? without_times(all) : all;
}

constexpr std::string_view head = "id,name,kind,price,note,maker,release,release.note\n";

/// What both houses have: records of the reader's own, released ones, and some of which it sees a
/// part.
void furnish(House& house) {
    const std::string columns(head);
    house.add("MYS", "product", columns + "own,my radio,item of supply,5,mine,,ASEAN,\n");
    house.add(
        "IDN",
        "product",
        columns + "part,radio part,item of supply,7,,,ASEAN,nobody\n"
            + "open,open radio,item of supply,9,said,,public,\n"
    );
    house.add(
        "MYS",
        "demand",
        "id,item,quantity,first,last,release\nwanted,radio,7,2027-01-01,2028-12-31,ASEAN\n"
    );
    house.add(
        "VNM",
        "demand",
        "id,item,hs,quantity,first,last,release,release.quantity\n"
        "wanted,Radio,852561,9,2028-01-01,2029-12-31,ASEAN,ASEAN:generalised\n"
        "near,transceiver,852561,9,2028-01-01,2029-12-31,public,nobody\n"
    );
    house.add(
        "MYS",
        "project",
        "id,name,item,stage,members,price_breaks,release\n"
        "project,common radio,radio,interest,MYS|IDN|VNM,1: 100|10: 90,ASEAN\n"
    );
    house.add(
        "MYS",
        "participation",
        "id,project,wish,quantity,release\npart,MYS.project,joins,7,ASEAN\n"
    );
    house.add(
        "VNM",
        "participation",
        "id,project,wish,quantity,release\nradio-part,MYS.project,joins,5,ASEAN\n"
    );
    house.add(
        "MYS",
        "requirement",
        "id,name,project,weight,value,release\nrange,range,MYS.project,must,40 km,ASEAN\n"
    );
    house.add(
        "MYS",
        "agreement",
        "id,name,project,kind,parties,release\n"
        "intent,intent,MYS.project,letter of intent,MYS|VNM,ASEAN\n"
    );
}

/// What others say of a project that MYS sees, and a project of which it sees nothing.
void hide_in_projects(House& house) {
    house.add(
        "IDN",
        "project",
        "id,name,item,members,release\nhidden-project,secret radios,radio,MYS|IDN,PHL\n"
    );
    house.add(
        "IDN",
        "participation",
        "id,project,wish,quantity,release\npart-of-it,MYS.project,joins,9,SGP\n"
    );
    house.add(
        "VNM",
        "position",
        "id,requirement,answer,value,release\nsaid,MYS.range,cannot accept,90 km,nobody\n"
    );
    house
        .add("VNM", "signature", "id,agreement,signed,release\nsigned,MYS.intent,2026-10-01,PHL\n");
    house.add("VNM", "rule", "id,name,text,release\nquiet,quiet rule,wait,VNM\n");
}

/// Plans that would match what MYS wants, more of a plan that it sees, and an item by which others
/// would match.
void hide_in_demands(House& house) {
    house.add(
        "IDN",
        "demand",
        "id,item,quantity,first,last,release,release.quantity\n"
        "hidden-need,radio,50,2027-01-01,2028-12-31,nobody,\n"
        "hidden-name,radio,60,2027-01-01,2028-12-31,THA:exists,\n"
    );
    house.add(
        "SGP",
        "demand",
        "id,item,quantity,tiers,first,last,release\n"
        "hidden,radio,60,9: 99,2027-01-01,2028-12-31,PHL\n"
    );
    house.add(
        "SGP",
        "product",
        "id,name,kind,hs,replaces,release\nbridge,transceiver,item of supply,852561,,nobody\n"
        "bridge-2,radio,item of supply,852561,SGP.bridge,nobody\n"
    );
}

/// Records that MYS may not see, drawn by the seed, and hidden fields of one that it sees.
void hide(House& house, std::uint64_t seed) {
    hide_in_projects(house);
    hide_in_demands(house);
    constexpr std::array owners{"IDN", "SGP", "VNM"};
    constexpr std::array releases{
        "nobody",
        "PHL",
        "org:yard",
        "MYS@2020-01-01/2021-01-01",
        "THA:exists"};
    constexpr std::array names{"secret radio", "radio", "submarine", "aaa", "zzz"};
    RandomStream random(seed, 0);
    const std::string columns(head);
    house.add(
        "IDN",
        "product",
        columns + "hidden,secret radio,item of supply,1,,IDN.part,nobody,\n"
    );
    for (int r = 0; r < 12; ++r) {
        const std::string owner = owners[random.below(owners.size())];
        house.add(
            owner,
            "product",
            columns + "h" + std::to_string(r) + ',' + names[random.below(names.size())]
                + ",item of supply," + std::to_string(random.below(9)) + ",said in secret,,"
                + releases[random.below(releases.size())] + ",\n"
        );
    }
}

TEST(WithoutATrace, AsksEveryRoute) {
    std::set<std::pair<std::string, std::string>> asked;
    for (const Question& question : questions()) {
        asked.emplace(question.method, question.route);
    }
    for (const RouteName& route : route_names()) {
        EXPECT_TRUE(asked.contains({std::string(route.method), std::string(route.path)}))
            << route.method << ' ' << route.path
            << " is not compared with and without a hidden record: add a line to questions()";
    }
}

TEST(WithoutATrace, HiddenRecordsChangeNoAnswer) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        House with;
        House without;
        furnish(with);
        furnish(without);
        hide(with, seed);
        for (const char* reader : {"MYS", "everyone", "org:works"}) {
            for (House* house : {&with, &without}) {
                house->enter_as(reader);
            }
            for (const Question& question : questions()) {
                ASSERT_EQ(answer(with, question), answer(without, question))
                    << seed << ' ' << reader << ' ' << question.method << ' ' << question.target;
            }
        }
        // Lines of the log name no record either: only how long each took may differ.
        ASSERT_EQ(with.log().size(), without.log().size());
        for (std::size_t l = 0; l < with.log().size(); ++l) {
            const auto until = [](const std::string& line) {
                return line.substr(0, line.find("\"milliseconds\""));
            };
            EXPECT_EQ(until(with.log()[l]), until(without.log()[l]));
        }
    }
}

/// The comparison can fail: the owner's answers do differ.
TEST(WithoutATrace, TheOwnerSeesTheDifference) {
    House with;
    House without;
    furnish(with);
    furnish(without);
    hide(with, 1);
    with.enter_as("IDN");
    without.enter_as("IDN");
    const Question list{"GET", "/api/v1/records", "/api/v1/records"};
    EXPECT_NE(answer(with, list), answer(without, list));
}

}  // namespace
}  // namespace adic::server
