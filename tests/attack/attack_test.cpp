#include "adic/access/totp.hpp"
#include "adic/app/aggregates.hpp"
#include "adic/base/random.hpp"
#include "adic/server/accounts.hpp"

#include "test_house.hpp"

#include <array>
#include <cstring>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using test::House;
using test::noon;
using testing::HasSubstr;
using testing::Not;

constexpr int ok = 200;
constexpr int created = 201;
constexpr int bad_request = 400;
constexpr int unauthorised = 401;
constexpr int forbidden = 403;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr int misdirected = 421;
constexpr int too_many = 429;

constexpr const char* password = "a long and quiet password";

/// Bytes that differ from call to call, and are the same in each run.
access::RandomSource counted_random() {
    return [stream = RandomStream(7, 0)](std::span<std::byte> bytes) mutable {
        for (std::byte& byte : bytes) {
            byte = static_cast<std::byte>(stream.bits());
        }
    };
}

/// Where the proposal that was made is approved. Numbers are drawn: they tell of no other.
std::string approval_of(const std::string& body) {
    const auto number = nlohmann::json::parse(body)["proposal"].get<std::uint64_t>();
    return "/api/v1/proposals/" + std::to_string(number) + "/approve";
}

/// Two states with accounts of several roles. None has a second factor, so that what takes one is
/// withheld.
class Ministries : public testing::Test {
  protected:
    Ministries()
        : book_(*access::AccountBook::open(
            scratch_.path() / "accounts.db",
            access::AccountBook::IfMissing::make
        ))
        , accounts_(book_, counted_random())
        , house_(&accounts_) {
        add("admin", "MYS", "reader,administrator");
        add("editor", "MYS", "reader,editor");
        add("reader", "MYS", "reader");
        add("releaser", "MYS", "reader,editor,releaser");
        add("second", "MYS", "reader,releaser");
        add("foreign", "IDN", "reader,editor,releaser");
        add("neighbour", "IDN", "reader");
        house_.add("MYS", "product", "id,name,kind,price\nown,radio,item of supply,5\n");
        house_.add("IDN", "product", "id,name,kind,price\nhidden,secret radio,item of supply,5\n");
    }

    void add(const std::string& name, const std::string& state, const std::string& roles) {
        const auto owner = access::Actor::owner_of_file("somebody");
        ASSERT_TRUE(book_.add({name, {}, state, {}, *access::parse_roles(roles), {}}, owner, noon));
        ASSERT_FALSE(accounts_.passwords.set(name, password, false, owner, noon));
    }

    void enter(const std::string& name) {
        house_.enter_as(name, password);
        ASSERT_FALSE(house_.cookie().empty()) << name;
    }

    /// An account that speaks for the organisation "yard".
    void add_firm() {
        const auto owner = access::Actor::owner_of_file("somebody");
        ASSERT_TRUE(book_.add(
            {"firm", {}, "MYS", "yard", *access::parse_roles("reader,editor"), {}},
            owner,
            noon
        ));
        ASSERT_FALSE(accounts_.passwords.set("firm", password, false, owner, noon));
    }

    /// The next version of a record that the account sees; the status of the answer.
    int put(const std::string& id, const std::string& body) {
        Request request = house_.request("PUT", "/api/v1/records/" + id, body);
        for (const auto& [name, value] : house_.ask("GET", "/api/v1/records/" + id).headers) {
            if (name == "ETag") {
                request.headers.emplace_back("if-match", value);
            }
        }
        request.headers.emplace_back("if-match", "\"none\"");
        return house_.ask(request).status;
    }

    /// Gives an account a second factor, and comes in with it.
    void enter_with_code(const std::string& name) {
        const auto begun = accounts_.second_factors.begin(name);
        ASSERT_TRUE(begun);
        const auto key = access::parse_otpauth_uri(begun->uri);
        ASSERT_TRUE(key);
        const auto codes = accounts_.second_factors.confirm(
            name,
            access::hotp_code(key->secret, access::totp_step(house_.now()), access::totp_digits),
            house_.now()
        );
        ASSERT_TRUE(codes);
        house_.enter_as(name, password, codes->front());
        ASSERT_FALSE(house_.cookie().empty()) << name;
    }

    /// Approves a proposal, having looked at what those that it may see would change.
    Response approve(const std::string& approval) {
        const auto listed =
            nlohmann::json::parse(house_.ask("GET", "/api/v1/proposals").body, nullptr, false);
        std::string basis;
        for (const auto& proposal : listed.value("proposals", nlohmann::json::array())) {
            const nlohmann::json change{
                {"field", proposal.at("field")},
                {"release", proposal.at("after")}};
            const std::string address =
                "/api/v1/records/" + proposal.at("record").get<std::string>() + "/release";
            const auto seen =
                nlohmann::json::parse(house_.ask("POST", address, change.dump()).body);
            basis = seen.value("basis", "");
        }
        return house_.ask("POST", approval, R"({"basis":")" + basis + R"("})");
    }

    test::Scratch scratch_;
    access::AccountBook book_;
    Accounts accounts_;
    House house_;
};

TEST_F(Ministries, TellNobodyAnythingWhoHasNotComeIn) {
    house_.leave();
    for (const RouteName& route : route_names()) {
        const auto response =
            house_.ask(std::string(route.method), std::string(route.path), R"({"name":"a"})");
        EXPECT_THAT(response.body, Not(HasSubstr("secret radio"))) << route.path;
        EXPECT_THAT(response.body, Not(HasSubstr("\"radio\""))) << route.path;
        const std::set<std::string_view> open{
            "/",
            "/plain",
            "/api/v1/session",
            "/api/v1/oidc/start",
            "/api/v1/oidc/callback",
            "/api/v1/password",
            "/api/v1/record-types",
            "/api/v1/item-classes",
            "/api/v1/analyses",
            "/api/v1/openapi.json",
            "/healthz",
            "/readyz"};
        if (!open.contains(route.path)) {
            EXPECT_EQ(response.status, unauthorised) << route.method << ' ' << route.path;
        }
    }
}

TEST_F(Ministries, DoNotLetReadersWrite) {
    enter("reader");
    const std::string record = R"({"records":[{"name":"x","kind":"item of supply"}]})";
    EXPECT_EQ(house_.ask("POST", "/api/v1/records?type=product", record).status, forbidden);
    EXPECT_EQ(house_.ask("PUT", "/api/v1/records/MYS.own", "{}").status, forbidden);
    EXPECT_EQ(house_.ask("DELETE", "/api/v1/records/MYS.own").status, forbidden);
    EXPECT_EQ(
        house_
            .ask("POST", "/api/v1/records/MYS.own/release", R"({"release":"ASEAN","confirm":true})")
            .status,
        forbidden
    );
    EXPECT_EQ(house_.ask("GET", "/api/v1/accounts").status, forbidden);
    EXPECT_EQ(house_.ask("GET", "/metrics").status, forbidden);
}

TEST_F(Ministries, DoNotLetEditorsRelease) {
    enter("editor");
    const auto table = house_.ask(
        "POST",
        "/api/v1/records?type=product",
        R"({"records":[{"name":"x","kind":"item of supply","release":"public"}]})"
    );
    EXPECT_EQ(table.status, bad_request) << table.body;
    const auto word = house_.ask(
        "POST",
        "/api/v1/records?type=product&release=public",
        R"({"records":[{"name":"x","kind":"item of supply"}]})"
    );
    EXPECT_EQ(word.status, bad_request) << word.body;
    const auto changed = house_.ask(
        "POST",
        "/api/v1/records/MYS.own/release",
        R"({"release":"public","confirm":true})"
    );
    EXPECT_NE(changed.status, ok);
    EXPECT_TRUE((*house_.store().latest("MYS.own"))->record.policy == model::ReleasePolicy{});
}

TEST_F(Ministries, DoNotLetAWithdrawnReleaseComeBackByAnEdit) {
    house_.add("MYS", "product", "id,name,kind,release\nback,radio,item of supply,public\n");
    enter("editor");
    Request withdrawal = house_.request("DELETE", "/api/v1/records/MYS.back");
    for (const auto& [name, value] : house_.ask("GET", "/api/v1/records/MYS.back").headers) {
        if (name == "ETag") {
            withdrawal.headers.emplace_back("if-match", value);
        }
    }
    ASSERT_EQ(house_.ask(withdrawal).status, 204);
    const auto again = house_.ask(
        "POST",
        "/api/v1/records?type=product",
        R"({"records":[{"id":"back","name":"radio","kind":"item of supply"}]})"
    );
    ASSERT_EQ(again.status, created) << again.body;
    EXPECT_TRUE((*house_.store().latest("MYS.back"))->record.policy == model::ReleasePolicy{});
}

TEST_F(Ministries, NeedTwoPeopleToWidenAnAudience) {
    enter_with_code("releaser");
    const auto asked = house_.ask(
        "POST",
        "/api/v1/records/MYS.own/release",
        R"({"release":"ASEAN","confirm":true})"
    );
    ASSERT_EQ(asked.status, 202) << asked.body;
    EXPECT_THAT(asked.body, HasSubstr("\"saved\":false"));
    const std::string approval = approval_of(asked.body);
    EXPECT_EQ(approve(approval).status, conflict) << "nobody approves what is their own";
    enter_with_code("foreign");
    EXPECT_EQ(approve(approval).status, not_found);
    EXPECT_THAT(house_.ask("GET", "/api/v1/proposals").body, Not(HasSubstr("MYS")));
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, not_found);
    enter("second");
    EXPECT_EQ(approve(approval).status, forbidden) << "a second factor is needed";
    house_.pass(std::chrono::minutes{2});
    enter_with_code("second");
    const auto approved = approve(approval);
    EXPECT_EQ(approved.status, ok) << approved.body;
    EXPECT_EQ(approve(approval).status, conflict);
    enter("neighbour");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, ok);
}

TEST_F(Ministries, DoNotApproveWhatHasBeenChangedSince) {
    enter_with_code("releaser");
    const auto asked = house_.ask(
        "POST",
        "/api/v1/records/MYS.own/release",
        R"({"release":"ASEAN","confirm":true})"
    );
    app::ReleaseRequest other;
    other.id = "MYS.own";
    other.field = "price";
    other.release = "org:yard";
    other.data = House::data();
    other.is_confirmed = true;
    ASSERT_TRUE(app::release_record(house_.store(), other, {"MYS", "desk", "a test", noon}));
    house_.pass(std::chrono::minutes{2});
    enter_with_code("second");
    EXPECT_EQ(approve(approval_of(asked.body)).status, conflict);
}

/// What somebody has looked at is released, not what an editor wrote in between.
TEST_F(Ministries, DoNotReleaseWhatNobodyHasLookedAt) {
    const std::string address = "/api/v1/records/MYS.own/release";
    const auto basis_of = [](const Response& seen) {
        return nlohmann::json::parse(seen.body).at("basis").get<std::string>();
    };
    const auto edit = [&](int price) {
        house_.add(
            "MYS",
            "product",
            "id,name,kind,price\nown,radio,item of supply," + std::to_string(price) + "\n"
        );
    };
    const auto confirm = [&](const std::string& release, const std::string& basis) {
        return house_.ask(
            "POST",
            address,
            R"({"release":")" + release + R"(","confirm":true,"basis":")" + basis + R"("})"
        );
    };
    enter_with_code("releaser");
    const std::string basis = basis_of(house_.ask("POST", address, R"({"release":"ASEAN"})"));
    EXPECT_EQ(confirm("public", basis).status, 412) << "another release than was looked at";
    edit(987);
    EXPECT_EQ(confirm("ASEAN", basis).status, 412) << "another record than was looked at";
    const std::string again = basis_of(house_.ask("POST", address, R"({"release":"ASEAN"})"));
    const auto asked = confirm("ASEAN", again);
    ASSERT_EQ(asked.status, 202) << asked.body;
    const std::string approval = approval_of(asked.body);

    house_.pass(std::chrono::minutes{2});
    enter_with_code("second");
    EXPECT_EQ(house_.ask("POST", approval).status, 428) << "it has looked at nothing";
    const std::string seen = basis_of(house_.ask("POST", address, R"({"release":"ASEAN"})"));
    edit(111);
    const auto late = house_.ask("POST", approval, R"({"basis":")" + seen + R"("})");
    EXPECT_EQ(late.status, 412) << late.body;
    const auto anew = approve(approval);
    EXPECT_EQ(anew.status, conflict) << anew.body;
    EXPECT_THAT(anew.body, HasSubstr("propose anew"));
    enter("neighbour");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, not_found);
}

TEST_F(Ministries, DoNotTakeAnothersAccountOrRecord) {
    enter_with_code("foreign");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, not_found);
    for (const char* target : {"/api/v1/records/MYS.own", "/api/v1/records/MYS.none"}) {
        Request change = house_.request("PUT", target, R"({"name":"x","kind":"item of supply"})");
        change.headers.emplace_back("if-match", "\"0\"");
        EXPECT_EQ(house_.ask(change).status, not_found) << target;
    }
    const auto taken = house_.ask(
        "POST",
        "/api/v1/records?type=product",
        R"({"records":[{"id":"MYS.own","name":"x","kind":"item of supply"}]})"
    );
    EXPECT_EQ(taken.status, created) << "it becomes IDN.MYS.own: " << taken.body;
    EXPECT_EQ((*house_.store().latest("MYS.own"))->record.owner, "MYS");
    enter_with_code("admin");
    EXPECT_EQ(
        house_.ask("PATCH", "/api/v1/accounts/foreign", R"({"enabled":false})").status,
        not_found
    );
    EXPECT_EQ(
        house_
            .ask(
                "PUT",
                "/api/v1/accounts/foreign/password",
                R"({"password":"a long and new password"})"
            )
            .status,
        not_found
    );
    EXPECT_THAT(house_.ask("GET", "/api/v1/accounts").body, Not(HasSubstr("foreign")));
    EXPECT_NE(
        house_
            .ask(
                "PATCH",
                "/api/v1/accounts/admin",
                R"({"roles":"reader,editor,releaser,administrator"})"
            )
            .status,
        ok
    ) << "nobody raises their own rights";
}

TEST_F(Ministries, TakeASecondFactorAwayFromOthersOfTheOwnStateAlone) {
    const auto take = [&](const std::string& name) {
        return house_.ask("DELETE", "/api/v1/accounts/" + name + "/second-factor");
    };
    const auto has_factor = [&](const std::string& name) {
        return (*book_.find(name))->has_second_factor;
    };
    enter_with_code("foreign");
    enter_with_code("second");
    const std::string session = house_.cookie();
    EXPECT_EQ(take("admin").status, forbidden) << "no administrator";
    enter("admin");
    EXPECT_EQ(take("second").status, forbidden) << "an administrator without a second factor";
    enter_with_code("admin");
    EXPECT_EQ(take("admin").status, conflict) << "one's own";
    const auto foreign = take("foreign");
    EXPECT_EQ(foreign.status, not_found);
    EXPECT_EQ(foreign.body, take("nobody").body) << "it says no more than of none";
    EXPECT_TRUE(has_factor("admin") && has_factor("foreign") && has_factor("second"));

    EXPECT_EQ(take("second").status, 204);
    EXPECT_FALSE(has_factor("second"));
    EXPECT_EQ((*book_.history("second", 1)).front().what, "the second factor was taken away");
    Request late = house_.request("GET", "/api/v1/tokens");
    std::erase_if(late.headers, [](const auto& header) { return header.first == "cookie"; });
    late.headers.emplace_back("cookie", "adic_session=" + session);
    EXPECT_EQ(house_.ask(late).status, unauthorised) << "its sessions have ended";
}

TEST_F(Ministries, LinkAccountsToIdentitiesOnlyAsAdministratorsOfTheOwnState) {
    const auto owner = access::Actor::owner_of_file("somebody");
    const access::ExternalIdentity theirs{"https://id.idn.example", "8"};
    ASSERT_FALSE(book_.link("foreign", theirs, owner, noon));
    const auto ask = [&](const std::string& method, const std::string& name) {
        const std::string target = "/api/v1/accounts/" + name + "/links";
        return method == "DELETE"
                   ? house_.ask(method, target + "?issuer=https%3A%2F%2Fid.idn.example&subject=8")
                   : house_.ask(
                       method,
                       target,
                       method == "GET" ? "" : R"({"issuer":"https://id.example","subject":"7"})"
                   );
    };
    for (const char* method : {"GET", "POST", "DELETE"}) {
        enter("reader");
        EXPECT_EQ(ask(method, "reader").status, forbidden) << method;
        enter("admin");
        EXPECT_EQ(ask(method, "reader").status, forbidden) << method << " without a second factor";
    }
    enter_with_code("admin");
    EXPECT_EQ(ask("GET", "reader").status, ok);
    EXPECT_EQ(ask("POST", "reader").status, conflict) << "there is no login service";
    for (const char* method : {"GET", "POST", "DELETE"}) {
        EXPECT_EQ(ask(method, "foreign").body, ask(method, "nobody").body) << method;
        EXPECT_THAT(ask(method, "foreign").body, Not(HasSubstr("idn"))) << method;
    }
    EXPECT_EQ((*book_.find_linked(theirs))->name, "foreign");
}

TEST_F(Ministries, LetAFirmChangeWhatSpeaksForItAlone) {
    add_firm();
    house_.add(
        "MYS",
        "product",
        "id,name,kind,organisation,release\n"
        "theirs,boat,item of supply,yard,\nother,boat,item of supply,works,public\n"
    );
    enter("firm");
    const auto change = [&](const std::string& method, const std::string& id) {
        Request request = house_.request(
            method,
            "/api/v1/records/MYS." + id,
            R"({"name":"ship","kind":"item of supply","organisation":"yard"})"
        );
        for (const auto& [name, value] : house_.ask("GET", "/api/v1/records/MYS." + id).headers) {
            if (name == "ETag") {
                request.headers.emplace_back("if-match", value);
            }
        }
        request.headers.emplace_back("if-match", "\"none\"");
        return house_.ask(request).status;
    };
    EXPECT_EQ(change("PUT", "theirs"), ok);
    EXPECT_EQ(change("PUT", "other"), not_found) << "it sees it, and may not change it";
    EXPECT_EQ(change("DELETE", "other"), not_found);
    EXPECT_EQ(change("PUT", "own"), not_found) << "of its state, and hidden from it";
    EXPECT_EQ(change("PUT", "none"), not_found);
    EXPECT_EQ(change("DELETE", "theirs"), 204);
}

/// What a firm writes down speaks for it, without its saying so; a name of its own gives it nothing
/// that is there. Of what is there it finds as its own what speaks for it, and no more.
TEST_F(Ministries, LetAFirmWriteOfItselfAndFindThat) {
    add_firm();
    house_.add("MYS", "product", "id,name,kind,release\nshown,boat,item of supply,public\n");
    house_.add("IDN", "product", "id,name,kind,release\ncraft,boat,item of supply,public\n");
    enter("firm");
    const auto add = [&](const std::string& row) {
        return house_.ask(
            "POST",
            "/api/v1/records?type=product",
            R"({"records":[{"name":"radio","kind":"item of supply")" + row + "}]}"
        );
    };
    const auto added = add("");
    ASSERT_EQ(added.status, created) << added.body;
    const std::string id = nlohmann::json::parse(added.body).at("ids").at(0);
    for (const std::string row :
         {R"(,"organisation":"nobody")",
          R"(,"organisation":"works")",
          R"(,"id":"shown")",
          R"(,"id":"own")",
          R"(,"id":"none")"}) {
        EXPECT_EQ(add(row).status, not_found) << row;
    }
    const auto found_with = [&](const std::string& words) {
        std::vector<std::string> ids;
        const auto page =
            nlohmann::json::parse(house_.ask("GET", "/api/v1/records?type=product" + words).body);
        for (const auto& one : page.at("records")) {
            ids.push_back(one.at("id"));
        }
        return ids;
    };
    EXPECT_THAT(found_with("&mine=yes"), testing::ElementsAre(id));
    EXPECT_EQ(found_with("").size(), 3U);
}

/// A name is not proof: whoever may make accounts may not make them for firms of others.
TEST_F(Ministries, DoNotLetAdministratorsTakeTheNameOfAFirmOfOthers) {
    const auto owner = access::Actor::owner_of_file("somebody");
    add("theirs", "IDN", "administrator");
    ASSERT_TRUE(
        book_.add({"firm", {}, "MYS", "yard", *access::parse_roles("reader"), {}}, owner, noon)
    );
    house_.add(
        "MYS",
        "product",
        "id,name,kind,organisation,release\nside,boat,item of supply,yard,\n"
        "given,boat,item of supply,,org:yard;org:secretariat\nworks,boat,item of supply,works,\n"
    );
    enter_with_code("theirs");
    const auto make = [&](const std::string& name, const std::string& organisation) {
        return house_.ask(
            "POST",
            "/api/v1/accounts",
            R"({"name":")" + name + R"(","organisation":")" + organisation
                + R"(","roles":"reader"})"
        );
    };
    for (const std::string organisation : {"yard", "secretariat"}) {
        const auto refused = make("spy", organisation);
        EXPECT_EQ(refused.status, conflict) << refused.body;
        EXPECT_THAT(
            refused.body,
            HasSubstr("org:" + organisation + " cannot be used for accounts of IDN")
        );
    }
    // Malaysia has no account for the works yet: the name is Indonesia's, and the record is not.
    EXPECT_EQ(make("spy", "works").status, created);
    ASSERT_FALSE(accounts_.passwords.set("spy", password, false, owner, noon));
    enter("spy");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.works").status, not_found);
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.side").status, not_found);
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.given").status, not_found);
    ASSERT_FALSE(accounts_.passwords.set("firm", password, false, owner, noon));
    enter("firm");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.side").status, ok);
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.given").status, ok);
}

/// Whoever speaks for itself in a record sees all of it, so saying so is a release.
TEST_F(Ministries, DoNotLetEditorsPutAFirmOnTheOwnersSide) {
    const auto owner = access::Actor::owner_of_file("somebody");
    ASSERT_TRUE(
        book_.add({"spy", {}, "MYS", "yard", *access::parse_roles("reader"), {}}, owner, noon)
    );
    ASSERT_FALSE(accounts_.passwords.set("spy", password, false, owner, noon));
    enter_with_code("releaser");
    const std::string row = R"({"id":"own","name":"radio","kind":"item of supply",)"
                            R"("organisation":"yard"})";
    const auto added =
        house_.ask("POST", "/api/v1/records?type=product", R"({"records":[)" + row + "]}");
    EXPECT_EQ(added.status, bad_request) << added.body;
    EXPECT_THAT(added.body, HasSubstr("owners_side"));
    const std::string address = "/api/v1/records/MYS.own/release";
    EXPECT_THAT(house_.ask("GET", address).body, HasSubstr(R"("owners_side":"")"));
    const auto proposed = house_.ask(
        "POST",
        address,
        R"({"field":"owners_side","release":"org:yard","confirm":true})"
    );
    ASSERT_EQ(proposed.status, 202) << proposed.body;
    EXPECT_THAT(proposed.body, HasSubstr(R"("reader":"org:yard","field":"record")"));
    EXPECT_THAT(proposed.body, HasSubstr(R"("label":"TLP:AMBER+STRICT")"));
    enter("spy");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, not_found);

    house_.pass(std::chrono::minutes{2});
    enter_with_code("second");
    ASSERT_EQ(approve(approval_of(proposed.body)).status, ok);
    EXPECT_THAT(house_.ask("GET", address).body, HasSubstr(R"("owners_side":"org:yard")"));
    enter("spy");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, ok);
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own/history").status, ok);

    house_.pass(std::chrono::minutes{2});
    enter_with_code("second");
    const auto cleared =
        house_.ask("POST", address, R"({"field":"owners_side","release":"","confirm":true})");
    EXPECT_EQ(cleared.status, ok) << cleared.body;
    enter("spy");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own").status, not_found);
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.own/history").status, not_found);
}

/// A firm says that a record is its own; it neither answers for the state nor speaks for another.
TEST_F(Ministries, LetAFirmClaimARecordAndNotAnswerForItsState) {
    add_firm();
    house_.add("MYS", "organisation", "id,name,national_number,release\ndock,Dock,200-7,public\n");
    enter("firm");
    const auto claim = [&](const std::string& more) {
        return house_.ask(
            "POST",
            "/api/v1/records?type=claim",
            R"({"records":[{"firm":"MYS.dock","national_number":"2007")" + more + "}]}"
        );
    };
    const Response made = claim(R"(,"organisation":"yard")");
    ASSERT_EQ(made.status, created) << made.body;
    const std::string id = nlohmann::json::parse(made.body)["ids"][0];
    EXPECT_EQ(claim(R"(,"organisation":"nobody")").status, not_found) << "in nobody's name";
    EXPECT_EQ(claim(R"(,"organisation":"works")").status, not_found) << "in another's name";
    EXPECT_EQ(claim(R"(,"organisation":"yard","answer":"accepted")").status, forbidden);

    const std::string theirs = R"({"firm":"MYS.dock","national_number":"2007")";
    EXPECT_EQ(put(id, theirs + R"(,"contact":"office of sales"})"), ok);
    EXPECT_EQ(put(id, theirs + R"(,"answer":"accepted"})"), forbidden);
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dock"})"), not_found) << "a claim gives nothing yet";

    enter("editor");
    EXPECT_EQ(put(id, theirs + R"(,"answer":"refused","reason":"another number"})"), ok);
    enter("neighbour");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/" + id).status, not_found);
    enter("firm");
    EXPECT_THAT(house_.ask("GET", "/api/v1/records/" + id).body, HasSubstr("another number"));
    EXPECT_EQ(put(id, theirs + "}"), forbidden) << "an answer is not taken away";

    enter("editor");
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dock","organisation":"yard"})"), bad_request)
        << "who speaks for itself sees all of it: that is a release";
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dock","verified":true})"), ok);
    const std::string address = "/api/v1/records/MYS.dock/release";
    const Response asked = house_.ask(
        "POST",
        address,
        R"({"field":"owners_side","release":"org:yard","confirm":true})"
    );
    ASSERT_EQ(asked.status, 202) << asked.body;
    enter("firm");
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dry dock"})"), not_found) << "it is proposed";
    enter_with_code("second");
    ASSERT_EQ(approve(approval_of(asked.body)).status, ok);
    enter("firm");
    EXPECT_THAT(
        house_.ask("GET", "/api/v1/records/MYS.dock").body,
        HasSubstr("\"organisation\":\"yard\"")
    );
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dry dock","verified":true})"), ok);
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dry dock"})"), forbidden) << "its state has vouched";
    enter("neighbour");
    EXPECT_THAT(
        house_.ask("GET", "/api/v1/records/MYS.dock").body,
        Not(HasSubstr("\"organisation\":"))
    );

    house_.pass(std::chrono::minutes{2});
    enter_with_code("releaser");
    const Response cleared =
        house_.ask("POST", address, R"({"field":"owners_side","release":"","confirm":true})");
    ASSERT_EQ(cleared.status, ok) << cleared.body;
    enter("firm");
    EXPECT_EQ(put("MYS.dock", R"({"name":"Dock"})"), not_found) << "taken back";
}

/// What a state hides in a record that a firm sees otherwise is not told by the kind of a refusal.
TEST_F(Ministries, DoNotTellAFirmForWhomTheyVouch) {
    add_firm();
    const std::string columns = "id,name,verified,release,release.verified\n";
    house_.add("MYS", "organisation", columns + "sure,Sure,yes,public,nobody\n");
    house_.add("MYS", "organisation", columns + "open,Open,no,public,nobody\n");
    enter("firm");
    const auto refusal_of = [&](const std::string& id, const std::string& verified) {
        return house_
            .ask(
                "POST",
                "/api/v1/records?type=organisation",
                R"({"records":[{"id":")" + id + R"(","name":"X","organisation":"yard","verified":)"
                    + verified + "}]}"
            )
            .status;
    };
    for (const std::string verified : {"true", "false"}) {
        EXPECT_EQ(refusal_of("MYS.sure", verified), not_found) << verified;
        EXPECT_EQ(refusal_of("MYS.open", verified), not_found) << verified;
    }
}

TEST_F(Ministries, DoNotLetAFirmVouchForItself) {
    add_firm();
    enter("firm");
    const auto made = [&](const std::string& verified) {
        return house_
            .ask(
                "POST",
                "/api/v1/records?type=organisation",
                R"({"records":[{"name":"Yard","organisation":"yard","verified":)" + verified + "}]}"
            )
            .status;
    };
    EXPECT_EQ(made("true"), forbidden);
    EXPECT_EQ(made("false"), created);
}

/// An interest is its owner's until it is released, and then the one state's alone.
TEST_F(Ministries, ShowAnInterestToTheOwnerOfWhatItIsAboutAlone) {
    add_firm();
    add("third", "THA", "reader,editor");
    house_.add("IDN", "demand", "id,item,quantity,release\nwanted,boat,7,public\n");
    enter("firm");
    const Response made = house_.ask(
        "POST",
        "/api/v1/records?type=interest",
        R"({"records":[{"about":"IDN.wanted","message":"we build them","organisation":"yard"}]})"
    );
    ASSERT_EQ(made.status, created) << made.body;
    const std::string id = nlohmann::json::parse(made.body)["ids"][0];
    const std::string list = "/api/v1/records?type=interest&facet=owner&field=about:IDN.wanted";
    EXPECT_EQ(
        house_
            .ask(
                "POST",
                "/api/v1/records/" + id + "/release",
                R"({"release":"IDN","confirm":true})"
            )
            .status,
        forbidden
    ) << "that is for its state";
    for (const char* other : {"neighbour", "third"}) {
        enter(other);
        EXPECT_EQ(house_.ask("GET", "/api/v1/records/" + id).status, not_found) << other;
        EXPECT_EQ(nlohmann::json::parse(house_.ask("GET", list).body)["total"], 0) << other;
    }

    app::ReleaseRequest release;
    release.id = id;
    release.release = "IDN";
    release.data = House::data();
    release.is_confirmed = true;
    ASSERT_TRUE(app::release_record(house_.store(), release, {"MYS", "desk", "a test", noon}));
    enter("third");
    EXPECT_EQ(nlohmann::json::parse(house_.ask("GET", list).body)["total"], 0);
    enter("neighbour");
    const Response seen = house_.ask("GET", list);
    EXPECT_EQ(nlohmann::json::parse(seen.body)["total"], 1);
    EXPECT_THAT(seen.body, HasSubstr("we build them"));
    EXPECT_THAT(seen.body, Not(HasSubstr("\"organisation\":"))) << "accounts are the state's own";

    enter("firm");
    EXPECT_EQ(put(id, R"({"about":"IDN.wanted","outcome":"talks"})"), ok);
    enter("foreign");
    EXPECT_EQ(put(id, R"({"about":"IDN.wanted","outcome":"contract"})"), not_found);
}

/// Jobs of others are there for an administrator of their state alone, without what was asked.
TEST_F(Ministries, ShowJobsOfTheOwnStateToItsAdministratorsAlone) {
    const auto ask_for_job = [&](const std::string& account) {
        enter(account);
        const Response asked =
            house_.ask("POST", "/api/v1/jobs", R"({"analysis":"endless","parameters":{}})");
        EXPECT_EQ(asked.status, 202) << asked.body;
        return std::string(nlohmann::json::parse(asked.body)["id"]);
    };
    const std::string own = ask_for_job("reader");
    const std::string waits = ask_for_job("editor");
    const std::string theirs = ask_for_job("neighbour");
    const auto stop = [&](const std::string& id) {
        return house_.ask("POST", "/api/v1/state/jobs/" + id + "/stop");
    };
    enter("reader");
    EXPECT_EQ(house_.ask("GET", "/api/v1/state/jobs").status, forbidden);
    EXPECT_EQ(stop(waits).status, forbidden);
    enter("admin");
    EXPECT_EQ(house_.ask("GET", "/api/v1/state/jobs").status, forbidden) << "no second factor";
    EXPECT_EQ(stop(own).status, forbidden) << "no second factor";

    enter_with_code("admin");
    const Response list = house_.ask("GET", "/api/v1/state/jobs");
    ASSERT_EQ(list.status, ok) << list.body;
    const auto jobs = nlohmann::json::parse(list.body)["jobs"];
    ASSERT_EQ(jobs.size(), 2U) << list.body;
    std::set<std::string> accounts;
    for (const auto& job : jobs) {
        accounts.insert(job["account"]);
        EXPECT_EQ(job["analysis"], "endless");
        EXPECT_FALSE(job.contains("parameters") || job.contains("step"));
    }
    EXPECT_EQ(accounts, (std::set<std::string>{"editor", "reader"}));
    EXPECT_THAT(list.body, Not(HasSubstr(theirs)));
    EXPECT_EQ(house_.ask("GET", "/api/v1/jobs/" + own).status, not_found) << "it is not its own";
    EXPECT_EQ(stop(theirs).status, not_found);
    EXPECT_EQ(stop(theirs).body, stop("none").body) << "it says no more than of none";

    const Response stopped = stop(waits);
    ASSERT_EQ(stopped.status, ok) << stopped.body;
    EXPECT_EQ(nlohmann::json::parse(stopped.body)["state"], "stopped");
    EXPECT_EQ(stop(own).status, ok);
    EXPECT_EQ(stop(waits).status, not_found) << "it is over";
    enter("editor");
    EXPECT_THAT(house_.ask("GET", "/api/v1/jobs/" + waits).body, HasSubstr("\"stopped\""));
    enter("neighbour");
    EXPECT_THAT(house_.ask("GET", "/api/v1/jobs/" + theirs).body, Not(HasSubstr("\"stopped\"")));
}

TEST_F(Ministries, DoNotLetPagesOfOthersAct) {
    enter("editor");
    const std::string record = R"({"records":[{"name":"x","kind":"item of supply"}]})";
    const auto with = [&](const char* name, const std::string& value) {
        Request request = house_.request("POST", "/api/v1/records?type=product", record);
        std::erase_if(request.headers, [&](const auto& header) { return header.first == name; });
        if (!value.empty()) {
            request.headers.emplace_back(name, value);
        }
        return house_.ask(request).status;
    };
    EXPECT_EQ(with("x-adic-csrf", ""), forbidden);
    EXPECT_EQ(with("x-adic-csrf", "guess"), forbidden);
    EXPECT_EQ(with("x-adic-csrf", std::string(house_.csrf().size(), 'a')), forbidden);
    EXPECT_EQ(with("origin", "http://evil.example"), forbidden);
    EXPECT_EQ(with("origin", "null"), forbidden);
    EXPECT_EQ(with("sec-fetch-site", "cross-site"), forbidden);
    EXPECT_EQ(with("sec-fetch-site", "same-site"), forbidden);
    EXPECT_EQ(with("origin", "https://house:1.evil.example"), forbidden);
    EXPECT_EQ(with("origin", "http://house:1"), created);
    EXPECT_EQ(with("origin", "https://house:1"), created) << "behind a proxy that speaks TLS";
}

TEST_F(Ministries, AnswerToTheirOwnNameAlone) {
    enter("reader");
    for (const char* name : {"evil.example", "house:2", "house", "127.0.0.1:1", ""}) {
        Request request = house_.request("GET", "/api/v1/records");
        request.headers[0].second = name;
        EXPECT_EQ(house_.ask(request).status, misdirected) << name;
    }
}

TEST_F(Ministries, GiveANewSecretAtSignIn) {
    Request request = house_.request(
        "POST",
        "/api/v1/session",
        std::string(R"({"name":"reader","password":")") + password + "\"}"
    );
    request.headers.emplace_back("cookie", "adic_session=planted");
    const auto response = house_.ask(request);
    ASSERT_EQ(response.status, ok) << response.body;
    bool is_set = false;
    for (const auto& [name, value] : response.headers) {
        if (name == "Set-Cookie") {
            is_set = true;
            EXPECT_THAT(value, Not(HasSubstr("planted")));
            EXPECT_THAT(value, HasSubstr("HttpOnly"));
            EXPECT_THAT(value, HasSubstr("SameSite=Strict"));
        }
    }
    EXPECT_TRUE(is_set);
    Request planted = house_.request("GET", "/api/v1/records");
    planted.headers.emplace_back("cookie", "adic_session=planted");
    EXPECT_EQ(house_.ask(planted).status, unauthorised);
}

TEST_F(Ministries, EndASessionForGood) {
    enter("reader");
    const Request before = house_.request("GET", "/api/v1/records");
    EXPECT_EQ(house_.ask(before).status, ok);
    EXPECT_EQ(house_.ask("DELETE", "/api/v1/session").status, 204);
    EXPECT_EQ(house_.ask(before).status, unauthorised);
    enter("reader");
    const Request idle = house_.request("GET", "/api/v1/records");
    house_.pass(std::chrono::hours{1});
    EXPECT_EQ(house_.ask(idle).status, unauthorised) << "an hour without use";
}

TEST_F(Ministries, DoNotLetTokensDoMoreThanTheirScope) {
    enter("editor");
    const auto made = house_.ask("POST", "/api/v1/tokens", R"({"scopes":"read","days":30})");
    ASSERT_EQ(made.status, created) << made.body;
    const auto begin = made.body.find("\"token\":\"") + std::strlen("\"token\":\"");
    const std::string token = made.body.substr(begin, made.body.find('"', begin) - begin);
    house_.leave();
    const auto with_token =
        [&](const std::string& method, const std::string& target, const std::string& body = {}) {
            Request request = house_.request(method, target, body);
            request.headers.emplace_back("authorization", "Bearer " + token);
            return house_.ask(request).status;
        };
    EXPECT_EQ(with_token("GET", "/api/v1/records"), ok);
    EXPECT_EQ(
        with_token(
            "POST",
            "/api/v1/records?type=product",
            R"({"records":[{"name":"x","kind":"item of supply"}]})"
        ),
        forbidden
    );
    EXPECT_EQ(with_token("POST", "/api/v1/tokens", R"({"scopes":"write"})"), forbidden);
    EXPECT_EQ(with_token("POST", "/api/v1/second-factor", R"({"password":"x"})"), forbidden);
    EXPECT_EQ(with_token("DELETE", "/api/v1/sessions"), forbidden);
    for (const std::string& wrong :
         {token + "a", token.substr(1), std::string("adic_"), std::string{}}) {
        Request request = house_.request("GET", "/api/v1/records");
        request.headers.emplace_back("authorization", "Bearer " + wrong);
        EXPECT_EQ(house_.ask(request).status, unauthorised) << wrong;
    }
    house_.pass(std::chrono::days{31});
    EXPECT_EQ(with_token("GET", "/api/v1/records"), unauthorised) << "it has expired";
}

TEST_F(Ministries, SlowDownWhoGuesses) {
    int slowed = 0;
    for (int guess = 0; guess < 12; ++guess) {
        const auto response = house_.ask(
            "POST",
            "/api/v1/session",
            R"({"name":"reader","password":"wrong )" + std::to_string(guess) + "\"}"
        );
        EXPECT_TRUE(response.status == unauthorised || response.status == too_many);
        slowed += response.status == too_many ? 1 : 0;
    }
    EXPECT_GT(slowed, 3);
}

TEST_F(Ministries, DoNotTellWhetherAnAccountExists) {
    const auto known =
        house_.ask("POST", "/api/v1/session", R"({"name":"reader","password":"wrong password"})");
    const auto unknown =
        house_.ask("POST", "/api/v1/session", R"({"name":"nobody","password":"wrong password"})");
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.body, unknown.body);
}

/// Texts that mean something elsewhere: in SQL, paths, HTML, headers, formats, JSON.
constexpr std::array hostile{
    "' OR '1'='1",
    "'; DROP TABLE version; --",
    "\" UNION SELECT * FROM latest --",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f",
    "%00",
    "a%0d%0aSet-Cookie:%20x=y",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${jndi:ldap://evil.example/}",
    "%s%n%n%n",
    "-1",
    "18446744073709551616",
    "\xC3\x28",
    "NaN",
};

TEST_F(Ministries, TakeHostileTextsForTexts) {
    enter_with_code("foreign");
    for (const char* text : hostile) {
        const std::string encoded = [&] {
            std::string all;
            for (const char* c = text; *c != '\0'; ++c) {
                all += *c == ' ' || *c == '#' || *c == '&' ? "+" : std::string(1, *c);
            }
            return all;
        }();
        for (const std::string& target :
             {"/api/v1/records?q=" + encoded,
              "/api/v1/records?field=name:" + encoded,
              "/api/v1/records?sort=" + encoded,
              "/api/v1/records?type=" + encoded,
              "/api/v1/records?owner=" + encoded,
              "/api/v1/records?offset=" + encoded,
              "/api/v1/suggestions?q=" + encoded,
              "/api/v1/records/" + encoded,
              "/api/v1/records/" + encoded + "/history",
              "/api/v1/analyses/" + encoded,
              "/api/v1/analyses/echo?file=" + encoded,
              "/api/v1/jobs/" + encoded,
              "/" + encoded}) {
            const auto response = house_.ask("GET", target);
            EXPECT_LT(response.status, 500) << target;
            EXPECT_THAT(response.body, Not(HasSubstr("root:"))) << target;
            EXPECT_THAT(response.body, Not(HasSubstr("MYS.own"))) << target;
            for (const auto& [name, value] : response.headers) {
                EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << target;
                EXPECT_NE(name, "Set-Cookie") << target;
            }
        }
    }
    EXPECT_TRUE(*house_.store().latest("MYS.own")) << "nothing was dropped";
}

TEST_F(Ministries, RefuseBodiesThatAreBuiltToHurt) {
    enter("editor");
    const std::string deep =
        "{\"records\":" + std::string(100'000, '[') + std::string(100'000, ']') + '}';
    for (const std::string& body :
         {deep,
          std::string("{\"records\":[{\"name\":\"a\\u0000b\",\"kind\":\"item of supply\"}]}"),
          std::string("{\"records\":[{\"name\":1e999,\"kind\":\"item of supply\"}]}"),
          std::string("{\"records\":[{\"__proto__\":{\"x\":1},\"name\":\"a\"}]}"),
          std::string("{\"records\":[{\"name\":{\"a\":1},\"kind\":\"item of supply\"}]}"),
          std::string("{\"records\":7}"),
          std::string("[]"),
          std::string("{"),
          std::string("\xFF\xFE{}")}) {
        const auto response = house_.ask("POST", "/api/v1/records?type=product", body);
        EXPECT_GE(response.status, bad_request) << body.substr(0, 60);
        EXPECT_LT(response.status, 500) << body.substr(0, 60);
    }
    Request form = house_.request("POST", "/api/v1/records?type=product");
    form.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    form.body = "records=x";
    EXPECT_EQ(house_.ask(form).status, bad_request) << "forms of other pages are no JSON";
}

/// Routes of buying that answer from a body, each with one that it takes.
constexpr std::array questions{
    std::pair{
        "/api/v1/share",
        R"({"quantities":[{"state":"IDN","quantity":3}],"price_breaks":[{"from":1,"price":9}]})"},
    std::pair{"/api/v1/reciprocity", R"({"states":[],"pairs":[]})"},
    std::pair{"/api/v1/pool", R"({"item":"radio","terms":[{"term":"price","from":1,"likely":9}]})"},
    std::pair{"/api/v1/flags", "{}"},
    std::pair{"/api/v1/jobs", R"({"analysis":"reciprocity","parameters":{"ratio":"2"}})"},
    std::pair{"/api/v1/sheets", "id,name\n1,a\n"},
};

TEST_F(Ministries, LetNoOtherPageAskForBuyers) {
    enter("editor");
    for (const auto& [target, body] : questions) {
        Request without = house_.request("POST", target, body);
        std::erase_if(without.headers, [](const auto& header) {
            return header.first == "x-adic-csrf";
        });
        EXPECT_EQ(house_.ask(without).status, forbidden) << target;
        Request guessed = without;
        guessed.headers.emplace_back("x-adic-csrf", std::string(house_.csrf().size(), 'a'));
        EXPECT_EQ(house_.ask(guessed).status, forbidden) << target;
        Request foreign = house_.request("POST", target, body);
        foreign.headers.emplace_back("origin", "https://evil.example");
        EXPECT_EQ(house_.ask(foreign).status, forbidden) << target;
        EXPECT_NE(house_.ask("POST", target, body).status, forbidden)
            << target << " is refused for another reason";
        Request stranger = house_.request("POST", target, body);
        std::erase_if(stranger.headers, [](const auto& header) {
            return header.first == "cookie";
        });
        EXPECT_EQ(house_.ask(stranger).status, unauthorised) << target;
    }
}

TEST_F(Ministries, BoundWhatBuyersSend) {
    constexpr std::size_t small = std::size_t{64} << 10U;
    for (const auto& [target, body] : questions) {
        house_.leave();
        EXPECT_LE(house_.application().largest_body(house_.request("POST", target)), small)
            << target;
        enter("reader");
        const std::size_t largest =
            house_.application().largest_body(house_.request("POST", target));
        EXPECT_GT(largest, 0U) << target;
        EXPECT_LE(largest, std::size_t{32} << 20U) << target;
    }
}

TEST_F(Ministries, KeepACellOfABodyOneCell) {
    enter("reader");
    const auto answer = house_.ask(
        "POST",
        "/api/v1/share",
        R"({"quantities":[{"state":"IDN\",5\nMYS","quantity":"3\r\nPHL,9"}]})"
    );
    ASSERT_EQ(answer.status, ok) << answer.body;
    // Each sign below a blank, and each quote, is a question mark: the cells are in quotes, and
    // quotes within them are doubled.
    EXPECT_THAT(answer.body, HasSubstr("state,quantity??IDN??,5?MYS?,?3??PHL,9??"));
}

TEST_F(Ministries, RefuseQuestionsOfBuyersThatAreBuiltToHurt) {
    enter("reader");
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    for (const char* target : {"/api/v1/share", "/api/v1/reciprocity", "/api/v1/pool"}) {
        for (const std::string& body :
             {R"({"quantities":)" + deep + R"(,"states":)" + deep + R"(,"terms":)" + deep + "}",
              std::string(R"({"quantities":{"state":"IDN"}})"),
              std::string(R"({"quantities":[["IDN",3]]})"),
              std::string(R"({"terms":[{"term":{"$gt":""},"likely":1}]})"),
              std::string(R"({"terms":[{"term":"price","from":1,"likely":1e999}]})"),
              std::string(R"({"price_breaks":[{"from":1,"price":1e999}]})"),
              std::string(R"({"price_breaks":[{"from":"1 OR 1=1","price":1}]})"),
              std::string(R"({"__proto__":{"item":"radio"}})"),
              std::string(R"({"constructor":1})"),
              std::string(R"({"ratio":[1]})"),
              std::string(R"({"item":["radio"],"pairs":7})"),
              std::string("null"),
              std::string("7"),
              std::string("{"),
              std::string("\xFF\xFE{}"),
              std::string("{\"item\":\"\xC3\x28\"}")}) {
            const auto response = house_.ask("POST", target, body);
            EXPECT_GE(response.status, bad_request) << target << ' ' << body.substr(0, 60);
            EXPECT_LT(response.status, 500) << target << ' ' << body.substr(0, 60);
        }
    }
    Request form = house_.request("POST", "/api/v1/pool");
    form.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    form.body = "item=radio";
    EXPECT_EQ(house_.ask(form).status, bad_request) << "forms of other pages are no JSON";
}

TEST_F(Ministries, TakeHostileNamesOfItemsForNames) {
    enter("reader");
    for (const char* text : hostile) {
        const std::string name =
            nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
        for (const auto& [target, body] :
             {std::pair{"/api/v1/pool", "{\"item\":" + name + "}"},
              {"/api/v1/share", R"({"game":[{"coalition":[)" + name + R"(],"amount":1}]})"},
              {"/api/v1/jobs", R"({"analysis":)" + name + "}"}}) {
            const auto response = house_.ask("POST", target, body);
            EXPECT_LT(response.status, 500) << target << ' ' << body;
            EXPECT_THAT(response.body, Not(HasSubstr("root:"))) << target << ' ' << body;
            EXPECT_THAT(response.body, Not(HasSubstr("IDN.hidden"))) << target << ' ' << body;
        }
    }
    EXPECT_TRUE(*house_.store().latest("MYS.own")) << "nothing was dropped";
}

/// What a long calculation takes as files goes into a folder of its own, and nowhere else.
TEST_F(Ministries, LetNoFileOfAJobLeaveItsFolder) {
    enter("reader");
    for (const char* parameters :
         {R"({"plan":"../../etc/passwd"})",
          R"({"plan":"/etc/passwd"})",
          R"({"plan":{"files":{"../states.csv":"a"}}})",
          R"({"plan":{"files":{"/tmp/states.csv":"a"}}})",
          R"({"plan":{"files":{"a/b.csv":"a"}}})",
          R"({"plan":{"files":{"..":"a"}}})",
          R"({"plan":{"files":{".hidden":"a"}}})",
          R"({"plan":{"files":{"a\\b.csv":"a"}}})",
          R"({"plan":{"files":{"a\u0000b.csv":"a"}}})",
          R"({"plan":{"files":{"":"a"}}})",
          R"({"plan":{"files":{"states.csv":7}}})",
          R"({"plan":{"files":["states.csv"]}})",
          R"({"plan":{"files":{}}})",
          R"({"plan":{"files":{"states.csv":"a"},"content":"b"}})",
          R"({"ratio":{"content":"a"}})",
          R"({"ratio":{"files":{"a.csv":"a"}}})",
          R"({"--plan":"a"})",
          R"({"hosts":"evil.example"})",
          R"(["plan"])",
          R"({"plan":[[{"content":"a"}]]})"}) {
        const std::string body =
            R"({"analysis":"reciprocity","parameters":)" + std::string(parameters) + "}";
        EXPECT_EQ(house_.ask("POST", "/api/v1/jobs", body).status, bad_request) << parameters;
    }
    for (const char* format : {"../x", "pdf", "JSON"}) {
        const std::string body =
            R"({"analysis":"reciprocity","format":")" + std::string(format) + "\"}";
        EXPECT_EQ(house_.ask("POST", "/api/v1/jobs", body).status, bad_request) << format;
    }
    EXPECT_THAT(house_.ask("GET", "/api/v1/jobs").body, Not(HasSubstr("reciprocity")));
}

TEST_F(Ministries, LetStrangersSendLittle) {
    const Request stranger = house_.request("POST", "/api/v1/records?type=product");
    EXPECT_LE(house_.application().largest_body(stranger), 64U * 1024U);
    EXPECT_EQ(house_.application().largest_body(house_.request("POST", "/nowhere")), 0U);
    EXPECT_EQ(house_.application().largest_body(house_.request("GET", "/api/v1/records")), 0U);
    enter("reader");
    EXPECT_LE(
        house_.application().largest_body(house_.request("POST", "/api/v1/records?type=product")),
        64U * 1024U
    ) << "a reader may not write";
    enter("editor");
    EXPECT_GT(
        house_.application().largest_body(house_.request("POST", "/api/v1/records?type=product")),
        1024U * 1024U
    );
}

TEST_F(Ministries, KeepJobsToWhoeverAskedForThem) {
    enter("reader");
    const auto job = house_.ask("POST", "/api/v1/jobs", R"({"analysis":"endless"})");
    ASSERT_EQ(job.status, 202) << job.body;
    const std::string id = job.body.substr(job.body.find("\"id\":\"") + 6);
    const std::string target = "/api/v1/jobs/" + id.substr(0, id.find('"'));
    EXPECT_EQ(house_.ask("GET", target).status, ok);
    enter("editor");
    EXPECT_EQ(house_.ask("GET", target).status, not_found) << "of the same state, too";
    EXPECT_EQ(house_.ask("POST", target + "/stop").status, not_found);
    EXPECT_EQ(house_.ask("GET", target + "/result").status, not_found);
    EXPECT_EQ(house_.ask("GET", target + "/events").status, not_found);
    EXPECT_EQ(house_.ask("DELETE", target).status, not_found);
    enter("reader");
    EXPECT_EQ(house_.ask("DELETE", target).status, conflict) << "it runs";
    EXPECT_EQ(house_.ask("POST", target + "/stop").status, ok);
}

TEST_F(Ministries, DoNotLetOneAccountFillTheQueue) {
    enter("reader");
    int refused = 0;
    for (int j = 0; j < 20; ++j) {
        refused +=
            house_.ask("POST", "/api/v1/jobs", R"({"analysis":"endless"})").status == 503 ? 1 : 0;
    }
    EXPECT_GE(refused, 15);
    enter("editor");
    EXPECT_EQ(house_.ask("POST", "/api/v1/jobs", R"({"analysis":"echo"})").status, 202);
}

TEST_F(Ministries, KeepAnswersOfKeysToTheirAccount) {
    const auto add_with_key = [&](const std::string& name, const std::string& key) {
        Request request = house_.request(
            "POST",
            "/api/v1/records?type=product",
            R"({"records":[{"name":")" + name + R"(","kind":"item of supply"}]})"
        );
        request.headers.emplace_back("idempotency-key", key);
        return house_.ask(request);
    };
    enter("editor");
    const auto first = add_with_key("boat", "k");
    EXPECT_EQ(first.status, created) << first.body;
    EXPECT_EQ(add_with_key("boat", "k").body, first.body) << "not added twice";
    EXPECT_EQ(add_with_key("ship", "k").status, conflict);
    EXPECT_EQ(add_with_key("boat", std::string(1000, 'k')).status, bad_request);
    enter("foreign");
    EXPECT_NE(add_with_key("boat", "k").body, first.body);
}

TEST_F(Ministries, ShowNoDetailsOfWhatWentWrong) {
    enter("reader");
    EXPECT_THAT(house_.ask("GET", "/api/v1/analyses/broken").body, Not(HasSubstr("secret detail")));
    for (const std::string& line : house_.log()) {
        for (const char* secret : {"radio", "password", "reader\"", "MYS", "session="}) {
            EXPECT_THAT(line, Not(HasSubstr(secret)));
        }
    }
}

TEST_F(Ministries, KeepProofsBundlesAndCopiesToWhoeverMayHaveThem) {
    struct Asked {
        const char* method;
        const char* target;
        const char* body;
    };

    constexpr std::array guarded{
        Asked{"GET", "/api/v1/audit/log", ""},
        Asked{"POST", "/api/v1/audit/head", ""},
        Asked{"GET", "/api/v1/audit/evidence", ""},
        Asked{"GET", "/api/v1/audit/bridge", ""},
        Asked{"POST", "/api/v1/audit/verification", "x"},
        Asked{"POST", "/api/v1/bundles", R"({"for":"IDN"})"},
        Asked{"POST", "/api/v1/bundles/received?confirm=yes", "x"},
        Asked{"GET", "/api/v1/server", ""},
        Asked{"GET", "/api/v1/backups", ""},
        Asked{"POST", "/api/v1/backups", ""}};
    for (const char* account : {"reader", "editor"}) {
        enter(account);
        for (const Asked& asked : guarded) {
            EXPECT_EQ(house_.ask(asked.method, asked.target, asked.body).status, forbidden)
                << account << ' ' << asked.method << ' ' << asked.target;
        }
    }
    enter_with_code("releaser");
    for (const char* target : {"/api/v1/bundles", "/api/v1/bundles/received"}) {
        Request foreign = house_.request("POST", target, R"({"for":"IDN"})");
        foreign.headers.emplace_back("origin", "https://elsewhere.example");
        EXPECT_EQ(house_.ask(foreign).status, forbidden) << target;
        EXPECT_EQ(house_.ask("POST", target, R"({"for":7})").status, conflict)
            << "this house exchanges no bundles";
    }
}

/// A question of Indonesia's, to which Singapore and Thailand have agreed, and in which Malaysia
/// may be the third.
class Totals : public Ministries {
  protected:
    Totals() {
        house_.add(
            "IDN",
            "aggregate",
            "id,name,measure,item,first_year,last_year,smallest_group,protection,rounding,audience,"
            "release\nradios,radios,demand.quantity,radio,2027,2028,3,10,10,ASEAN,ASEAN\n"
        );
        for (const auto& [state, quantity] : std::map<std::string, std::string>{
                 {"IDN", "60"},
                 {"MYS", "41"},
                 {"SGP", "33"},
                 {"THA", "20"}}) {
            house_.add(
                state,
                "demand",
                "id,item,quantity,first\nwanted,radio," + quantity + ",2027-05-01\n"
            );
        }
        for (const char* state : {"SGP", "THA"}) {
            consent(state);
        }
    }

    void consent(const std::string& state) {
        app::ConsentRequest request;
        request.id = "IDN.radios";
        request.until = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1};
        request.data = House::data();
        request.is_confirmed = true;
        ASSERT_TRUE(app::consent_to_aggregate(house_.store(), request, {state, "a", "b", noon}));
    }

    Response ask_to_consent() {
        const auto seen = house_.ask("GET", address);
        const auto digest = nlohmann::json::parse(seen.body).value("definition", "");
        return house_.ask(
            "POST",
            std::string(address) + "/consent",
            R"({"confirm":true,"until":"2029-12-31","definition":")" + digest + "\"}"
        );
    }

    Response publish() {
        return house_.ask("POST", std::string(address) + "/publish", R"({"confirm":true})");
    }

    static constexpr const char* address = "/api/v1/aggregates/IDN.radios";
};

TEST_F(Totals, TakeTwoPeopleToConsent) {
    enter("reader");
    EXPECT_EQ(ask_to_consent().status, forbidden);
    EXPECT_EQ(house_.ask("DELETE", std::string(address) + "/consent").status, forbidden);
    enter_with_code("releaser");
    const auto asked = ask_to_consent();
    ASSERT_EQ(asked.status, 202) << asked.body;
    EXPECT_THAT(asked.body, HasSubstr("\"own_consent\":\"waiting\""));
    const auto waiting = nlohmann::json::parse(house_.ask("GET", "/api/v1/proposals").body);
    const std::string approval =
        approval_of(nlohmann::json{{"proposal", waiting["proposals"][0]["number"]}}.dump());
    enter_with_code("foreign");
    EXPECT_THAT(house_.ask("GET", address).body, Not(HasSubstr("\"state\":\"MYS\"")));
    EXPECT_EQ(publish().status, conflict) << "two have consented";
    EXPECT_EQ(approve(approval).status, not_found);
    enter_with_code("second");
    EXPECT_EQ(approve(approval).status, ok);
    house_.pass(std::chrono::minutes{2});
    enter_with_code("foreign");
    const auto published = publish();
    ASSERT_EQ(published.status, ok) << published.body;
    EXPECT_THAT(published.body, HasSubstr("\"total\":90.0")) << "94, without Indonesia's own";
}

TEST_F(Totals, ArePublishedByAReleaserOfTheOwnerAlone) {
    consent("MYS");
    for (const char* account : {"reader", "editor", "neighbour"}) {
        enter(account);
        EXPECT_EQ(publish().status, forbidden) << account;
    }
    enter("foreign");
    EXPECT_EQ(publish().status, forbidden) << "a releaser without a second factor";
    enter_with_code("releaser");
    const auto others = publish();
    const auto none =
        house_.ask("POST", "/api/v1/aggregates/IDN.none/publish", R"({"confirm":true})");
    EXPECT_EQ(others.status, not_found) << "of another state";
    EXPECT_EQ(none.status, not_found);
    EXPECT_FALSE(*house_.store().latest("IDN.radios.result"));
    enter_with_code("foreign");
    EXPECT_EQ(publish().status, ok);
    EXPECT_EQ(publish().status, conflict) << "once";
}

TEST_F(Totals, TakeNoConsentByAnotherDoor) {
    const std::string record =
        R"({"records":[{"id":"consent.IDN.radios","aggregate":"IDN.radios","definition":"x",)"
        R"("from":"2026-01-01","until":"2029-01-01"}]})";
    enter_with_code("releaser");
    for (const char* type : {"consent", "aggregate-result"}) {
        const auto added = house_.ask("POST", std::string("/api/v1/records?type=") + type, record);
        EXPECT_EQ(added.status, bad_request) << type << ' ' << added.body;
    }
    const auto guessed = house_.ask(
        "POST",
        std::string(address) + "/consent",
        R"({"confirm":true,"until":"2029-12-31","definition":"guess"})"
    );
    EXPECT_EQ(guessed.status, conflict) << "what was looked at is what is agreed to";
    const auto unseen = house_.ask(
        "POST",
        std::string(address) + "/consent",
        R"({"confirm":true,"until":"2029-12-31"})"
    );
    EXPECT_EQ(unseen.status, bad_request);
    EXPECT_FALSE(*house_.store().latest("MYS.consent.IDN.radios"));
    // The consent of Thailand, read by whom it is shown to, is no consent of Malaysia.
    const auto seen = house_.ask("GET", "/api/v1/records/THA.consent.IDN.radios");
    ASSERT_EQ(seen.status, ok);
    Request change = house_.request("PUT", "/api/v1/records/THA.consent.IDN.radios", record);
    for (const auto& [name, value] : seen.headers) {
        if (name == "ETag") {
            change.headers.emplace_back("if-match", value);
        }
    }
    EXPECT_EQ(house_.ask(change).status, not_found);
    change.method = "DELETE";
    EXPECT_EQ(house_.ask(change).status, not_found);
}

TEST_F(Totals, ChangeNothingWhenTheyAreAskedForTwice) {
    consent("MYS");
    enter_with_code("foreign");
    Request first =
        house_.request("POST", std::string(address) + "/publish", R"({"confirm":true})");
    first.headers.emplace_back("idempotency-key", "one");
    const auto once = house_.ask(first);
    ASSERT_EQ(once.status, ok) << once.body;
    EXPECT_EQ(house_.ask(first).body, once.body);
    EXPECT_EQ(house_.store().history("IDN.radios.result")->size(), 1U);
    enter_with_code("releaser");
    const auto wider = house_.ask(
        "POST",
        "/api/v1/records/IDN.radios.result/release",
        R"({"release":"public","confirm":true})"
    );
    EXPECT_EQ(wider.status, not_found) << "it is Indonesia's";
    house_.pass(std::chrono::minutes{2});
    enter_with_code("foreign");
    EXPECT_EQ(
        house_
            .ask(
                "POST",
                "/api/v1/records/IDN.radios.result/release",
                R"({"release":"public","confirm":true})"
            )
            .status,
        conflict
    ) << "and its owner's to show to whom all agreed";
}

TEST_F(Ministries, TellBrowsersToTrustNobody) {
    enter("reader");
    for (const char* target : {"/api/v1/records", "/api/v1/nowhere", "/healthz"}) {
        std::map<std::string, std::string> headers;
        for (const auto& [name, value] : house_.ask("GET", target).headers) {
            headers[name] = value;
        }
        EXPECT_THAT(headers["Content-Security-Policy"], HasSubstr("default-src 'none'"));
        EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
        EXPECT_EQ(headers["X-Frame-Options"], "DENY");
        EXPECT_EQ(headers["Referrer-Policy"], "no-referrer");
        EXPECT_FALSE(headers.contains("Access-Control-Allow-Origin"));
        EXPECT_EQ(headers["Cache-Control"], "no-store") << "the next to sign in finds nothing";
    }
}

}  // namespace
}  // namespace adic::server
