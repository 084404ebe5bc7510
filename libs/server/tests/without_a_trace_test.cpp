// What a reader may not see leaves no trace in what any route answers: every route of the table is
// asked of two houses, one with records that are hidden from the reader and one that never had
// them, and the answers are the same, byte for byte, headers and order included.

#include "adic/app/aggregates.hpp"
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
        {"GET", "/api/v1/records", "/api/v1/records?type=product&type=demand&facet=owner&limit=1"},
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
        {"GET", "/api/v1/aggregates", "/api/v1/aggregates"},
        {"GET", "/api/v1/aggregates/{id}", "/api/v1/aggregates/VNM.radios"},
        {"GET", "/api/v1/aggregates/{id}", "/api/v1/aggregates/IDN.hidden-question"},
        {"POST", "/api/v1/aggregates/{id}/consent", "/api/v1/aggregates/VNM.radios/consent", "{}"},
        {"POST",
         "/api/v1/aggregates/{id}/consent",
         "/api/v1/aggregates/IDN.hidden-question/consent",
         R"({"confirm":true,"definition":"guess","until":"2027-01-01"})"},
        {"DELETE",
         "/api/v1/aggregates/{id}/consent",
         "/api/v1/aggregates/IDN.hidden-question/consent"},
        {"POST",
         "/api/v1/aggregates/{id}/publish",
         "/api/v1/aggregates/IDN.hidden-question/publish",
         R"({"confirm":true})"},
        {"POST",
         "/api/v1/aggregates/{id}/publish",
         "/api/v1/aggregates/MYS.boats/publish",
         R"({"confirm":true})"},
        {"GET", "/api/v1/records", "/api/v1/records?type=consent&facet=aggregate"},
        {"GET", "/api/v1/records", "/api/v1/records?type=scenario&sort=name&limit=200"},
        {"GET", "/api/v1/records", "/api/v1/records?type=scenario&facet=start&q=strait"},
        {"GET", "/api/v1/records", "/api/v1/records?type=scenario&range=horizon_days:1..900"},
        {"GET", "/api/v1/suggestions", "/api/v1/suggestions?type=scenario&q=hid"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.hidden-scenario"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.part-scenario"},
        {"GET", "/api/v1/records/{id}/history", "/api/v1/records/IDN.part-scenario/history"},
        {"PUT",
         "/api/v1/records/{id}",
         "/api/v1/records/IDN.hidden-scenario",
         R"({"name":"x","start":"2027-01-01","horizon_days":7,"content":["{}"]})",
         true},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=scenario&dry_run=yes",
         R"({"records":[{"id":"IDN.hidden-scenario","name":"x","content":["{}"]}]})"},
        {"POST",
         "/api/v1/jobs",
         "/api/v1/jobs",
         R"({"analysis":"echo","parameters":{"file":{"content":"IDN.hidden-scenario"}}})"},
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
        {"GET", "/api/v1/state/jobs", "/api/v1/state/jobs"},
        {"POST", "/api/v1/state/jobs/{id}/stop", "/api/v1/state/jobs/none/stop"},
        {"GET", "/api/v1/records", "/api/v1/records?type=interest&sort=since&limit=200"},
        {"GET", "/api/v1/records", "/api/v1/records?type=interest&field=about:MYS.wanted"},
        {"GET", "/api/v1/records", "/api/v1/records?type=interest&facet=outcome&facet=owner"},
        {"GET", "/api/v1/records", "/api/v1/records?type=claim&facet=answer"},
        {"GET", "/api/v1/records", "/api/v1/records?type=nomination&field=project:MYS.project"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.hidden-interest"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.open-interest"},
        {"GET", "/api/v1/records/{id}", "/api/v1/records/IDN.hidden-claim"},
        {"GET", "/api/v1/records/{id}/history", "/api/v1/records/IDN.open-interest/history"},
        {"POST",
         "/api/v1/records",
         "/api/v1/records?type=interest&dry_run=yes",
         R"({"records":[{"about":"IDN.hidden","firm":"IDN.hidden-firm"}]})"},
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
         "/api/v1/pool",
         R"({"item":"radio","years":5,"terms":[{"term":"price","from":1,"likely":100},)"
         R"({"term":"price","from":10,"low":80,"likely":90},{"term":"coordination","high":0.1,)"
         R"("likely":0.05}]})"},
        {"POST", "/api/v1/pool", "/api/v1/pool", R"({"item":"IDN.hidden-need","terms":[]})"},
        {"POST",
         "/api/v1/pool",
         "/api/v1/pool",
         R"({"item":"IDN.hidden-need","terms":[{"term":"price","from":1,"likely":9}]})"},
        {"GET", "/api/v1/projects", "/api/v1/projects"},
        {"GET", "/api/v1/projects/{id}", "/api/v1/projects/IDN.hidden"},
        {"GET", "/api/v1/projects/{id}", "/api/v1/projects/MYS.project"},
        {"GET", "/api/v1/projects/{id}/ocds", "/api/v1/projects/IDN.hidden-project/ocds"},
        {"GET", "/api/v1/projects/{id}/ocds", "/api/v1/projects/MYS.project/ocds"},
        {"GET", "/api/v1/procurements.ocds", "/api/v1/procurements.ocds"},
        {"GET", "/api/v1/records.xlsx", "/api/v1/records.xlsx"},
        {"GET", "/api/v1/coverage", "/api/v1/coverage"},
        {"GET", "/api/v1/changes", "/api/v1/changes?days=3660&limit=200"},
        {"GET", "/api/v1/changes", "/api/v1/changes?days=3660&limit=3"},
        {"GET", "/api/v1/notices", "/api/v1/notices"},
        {"POST", "/api/v1/notices/{id}/acknowledge", "/api/v1/notices/IDN.hidden/acknowledge"},
        {"GET", "/api/v1/audit/entries", "/api/v1/audit/entries?limit=5"},
        {"GET", "/api/v1/audit/entries", "/api/v1/audit/entries?names=yes&except=MYS"},
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

/// What a route answers in; those that know but one answer in it whatever is asked for.
std::vector<std::string_view> forms_of(const Question& question) {
    if (question.method != "GET") {
        return {"application/json"};
    }
    return {
        "application/json",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
}

std::string answer(House& house, const Question& question, std::string_view form) {
    Request request = house.request(std::string(question.method), question.target, question.body);
    std::erase_if(request.headers, [](const auto& header) { return header.first == "accept"; });
    request.headers.emplace_back("accept", form);
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

constexpr std::string_view aggregate_head =
    "id,name,measure,item,first_year,last_year,smallest_group,protection,rounding,audience,release"
    "\n";

constexpr std::string_view scenario_head =
    "id,name,about,start,horizon_days,content,release,release.about,release.content\n";

/// What happens, as a cell; `note` is somewhere within it.
std::string what_happens(const std::string& note) {
    return R"("{""id"":""a"",""events"":[{""id"":""e"",""kind"":""halt"",""note"":"")" + note
           + R"("",""target"":{""origins"":[""CHN""]}}]}")";
}

void consent(House& house, const std::string& state, const std::string& aggregate) {
    app::ConsentRequest request;
    request.id = aggregate;
    request.until = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1};
    request.data = House::data();
    request.is_confirmed = true;
    const auto saved = app::consent_to_aggregate(
        house.store(),
        request,
        {state, "somebody", "a test", test::noon}
    );
    ASSERT_TRUE(saved) << saved.error().message;
}

/// Two questions: one to which three have agreed, one of MYS's own to which two have.
void ask_for_totals(House& house) {
    const std::string columns(aggregate_head);
    house.add(
        "VNM",
        "aggregate",
        columns + "radios,radios,demand.quantity,radio,2027,2029,3,10,10,ASEAN,ASEAN\n"
    );
    house.add(
        "MYS",
        "aggregate",
        columns + "boats,boats,demand.quantity,boat,2027,2029,3,10,10,ASEAN,ASEAN\n"
    );
    for (const char* state : {"IDN", "SGP", "THA"}) {
        consent(house, state, "VNM.radios");
    }
    for (const char* state : {"IDN", "SGP"}) {
        consent(house, state, "MYS.boats");
    }
}

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
    house.add(
        "IDN",
        "interest",
        "id,about,firm,message,since,release\n"
        "open-interest,MYS.wanted,IDN.hidden-firm,we build radios,2026-11-01,MYS\n"
    );
    house.add(
        "VNM",
        "scenario",
        std::string(scenario_head) + "shared,a strait is closed,,2027-01-01,364,"
            + what_happens("shared") + ",ASEAN,,\n"
    );
    house.add(
        "IDN",
        "scenario",
        std::string(scenario_head) + "part-scenario,a strait,one reason,2027-01-01,364,"
            + what_happens("one") + ",public,nobody,nobody\n"
    );
    ask_for_totals(house);
}

/// What those have who have agreed: nobody but them knows whether it is there.
void hide_what_is_counted(House& house) {
    for (const auto& [state, quantity] :
         std::map<std::string, std::string>{{"IDN", "41"}, {"SGP", "33"}, {"THA", "20"}}) {
        house.add(
            state,
            "demand",
            "id,item,quantity,first,last,release\ncounted,radio," + quantity
                + ",2028-01-01,2028-12-31,nobody\n" + "counted-boat,boat," + quantity
                + ",2028-01-01,2028-12-31,nobody\n"
        );
    }
    house.add(
        "IDN",
        "aggregate",
        std::string(aggregate_head)
            + "hidden-question,quiet,demand.quantity,submarine,2027,2029,3,10,10,SGP;THA,SGP;THA\n"
    );
    consent(house, "SGP", "IDN.hidden-question");
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

/// What states fear, and of a scenario that MYS sees what happens in it.
void hide_in_scenarios(House& house) {
    const std::string columns(scenario_head);
    house.add(
        "IDN",
        "scenario",
        columns + "hidden-scenario,hidden strait,hidden fear,2027-01-01,364,"
            + what_happens("hidden strait") + ",SGP,,\n"
            + "hidden-later,hidden strait,,2028-01-01,700," + what_happens("hidden")
            + ",MYS@2020-01-01/2021-01-01,,\n"
            + "part-scenario,a strait,hidden reason,2027-01-01,364," + what_happens("hidden")
            + ",public,nobody,nobody\n"
    );
}

/// Who is interested in what MYS wants and does not say so to it, and who claims what of others.
void hide_interests(House& house) {
    house.add("IDN", "organisation", "id,name,release\nhidden-firm,Quiet Works,SGP\n");
    house.add(
        "IDN",
        "interest",
        "id,about,firm,message,since,outcome,release\n"
        "hidden-interest,MYS.wanted,IDN.hidden-firm,in secret,2026-10-01,talks,SGP\n"
        "later-interest,MYS.wanted,,hidden,2026-10-02,contract,MYS@2020-01-01/2021-01-01\n"
    );
    house.add(
        "IDN",
        "claim",
        "id,firm,national_number,organisation,release\n"
        "hidden-claim,IDN.hidden-firm,77-1,quiet,nobody\n"
    );
    house.add(
        "SGP",
        "nomination",
        "id,project,item,state,status,release\nlead,MYS.project,radio,SGP,offered,IDN\n"
    );
}

/// Records that MYS may not see, drawn by the seed, and hidden fields of one that it sees.
void hide(House& house, std::uint64_t seed) {
    hide_in_projects(house);
    hide_in_demands(house);
    hide_in_scenarios(house);
    hide_interests(house);
    hide_what_is_counted(house);
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
                for (const std::string_view form : forms_of(question)) {
                    ASSERT_EQ(answer(with, question, form), answer(without, question, form))
                        << seed << ' ' << reader << ' ' << question.method << ' ' << question.target
                        << ' ' << form;
                }
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

/// The one exception, and all of it: where those who hide something have agreed to be counted, and
/// the total was published, the total is another one, and nothing else is.
TEST(WithoutATrace, ATotalByConsentIsTheOnlyException) {
    House with;
    House without;
    for (House* house : {&with, &without}) {
        furnish(*house);
        house->add(
            "PHL",
            "demand",
            "id,item,quantity,first,release\ncounted,radio,5,2028-01-01,nobody\n"
        );
        // Published in both: over what IDN, SGP and THA have, and over the little that is there.
        for (const auto& [state, quantity] :
             std::map<std::string, std::string>{{"IDN", "10"}, {"SGP", "11"}, {"THA", "12"}}) {
            house->add(
                state,
                "demand",
                "id,item,quantity,first,release\nlittle,radio," + quantity + ",2027-01-01,nobody\n"
            );
        }
    }
    hide(with, 1);
    for (House* house : {&with, &without}) {
        house->enter_as("VNM");
        const auto published =
            house->ask("POST", "/api/v1/aggregates/VNM.radios/publish", R"({"confirm":true})");
        ASSERT_EQ(published.status, 200) << published.body;
    }
    // 33, to the nearest 10; and with the hidden plans of the three.
    const auto plain = [](std::string answer, const std::string& total) {
        const std::string key = "\"total\":" + total;
        const auto at = answer.find(key);
        return at == std::string::npos ? "no total" : answer.replace(at, key.size(), "a total");
    };
    std::size_t differing = 0;
    for (const char* reader : {"MYS", "everyone", "org:works"}) {
        for (House* house : {&with, &without}) {
            house->enter_as(reader);
        }
        for (const Question& question : questions()) {
            if (question.method != "GET" || question.target == "/api/v1/records.xlsx") {
                continue;  // a workbook is packed; what is asked otherwise changes something
            }
            const std::string a = answer(with, question, "application/json");
            const std::string b = answer(without, question, "application/json");
            if (a != b) {
                ++differing;
                EXPECT_STREQ(reader, "MYS") << "the audience is ASEAN";
                EXPECT_THAT(b, testing::HasSubstr("radios.result")) << question.target;
            }
        }
    }
    EXPECT_GT(differing, 2U) << "the exception is one";
    for (const char* target : {"/api/v1/aggregates", "/api/v1/records/VNM.radios.result"}) {
        for (House* house : {&with, &without}) {
            house->enter_as("MYS");
        }
        const std::string a = plain(with.ask("GET", target).body, "300");
        EXPECT_THAT(a, testing::HasSubstr("a total")) << target;
        EXPECT_EQ(a, plain(without.ask("GET", target).body, "30")) << target;
    }
}

/// The comparison can fail: the owner's answers do differ.
/// An owner points at what others may have, and looks through the eyes of those who would see it.
TEST(WithoutATrace, AnOwnerSeesNoneThroughTheEyesOfOthers) {
    const auto points = [](House& house) {
        house.add(
            "MYS",
            "third-party-supplier",
            "id,name,state,alternatives,release\n"
            "probe,Probe,DEU,IDN.submarine|IDN.plan|IDN.seen|VNM.other,public\n"
        );
        house.enter_as("MYS");
    };
    House with;
    House without;
    with.add(
        "IDN",
        "product",
        "id,name,kind,release\nsubmarine,boat,item of supply,nobody\n"
        "plan,plan,item of supply,SGP;org:yard\nseen,radio,item of supply,MYS;SGP;org:yard\n"
    );
    with.add("VNM", "product", "id,name,kind,release\nother,boat,item of supply,IDN\n");
    without.add("IDN", "product", "id,name,kind,release\nseen,radio,item of supply,MYS\n");
    points(with);
    points(without);
    for (const std::string eyes :
         {"IDN", "SGP", "VNM", "THA", "org:yard", "org:yard@IDN", "everyone"}) {
        for (const std::string& target :
             {"/api/v1/records/MYS.probe?view_as=" + eyes,
              "/api/v1/records?facet=alternatives&view_as=" + eyes,
              "/api/v1/records?field=alternatives:IDN.submarine&view_as=" + eyes,
              "/api/v1/records?field=alternatives:IDN.seen&view_as=" + eyes}) {
            EXPECT_EQ(with.ask("GET", target).body, without.ask("GET", target).body) << target;
        }
    }
    const auto theirs = with.ask("GET", "/api/v1/records/MYS.probe?view_as=IDN");
    EXPECT_NE(theirs.body.find("IDN.seen"), std::string::npos) << "it is known that IDN sees it";
}

TEST(WithoutATrace, TheOwnerSeesTheDifference) {
    House with;
    House without;
    furnish(with);
    furnish(without);
    hide(with, 1);
    with.enter_as("IDN");
    without.enter_as("IDN");
    const Question list{"GET", "/api/v1/records", "/api/v1/records"};
    for (const std::string_view form : forms_of(list)) {
        EXPECT_NE(answer(with, list, form), answer(without, list, form)) << form;
    }
}

}  // namespace
}  // namespace adic::server
