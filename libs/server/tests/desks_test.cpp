// What stands beside a registry: differences before anything is written, proofs of the audit log,
// bundles, and copies.

#include "adic/audit/evidence.hpp"

#include "test_house.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using nlohmann::json;
using test::Beside;
using test::House;
using test::Scratch;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::unique_ptr<AuditDesk> audit_desk(const Scratch& scratch) {
    auto desk = std::make_unique<AuditDesk>();
    const auto file = scratch.path() / "key";
    const auto key = audit::Signer::make(file, test::log_name, audit::KeyKind::log);
    desk->signs.emplace(*audit::Signer::open(file));
    desk->policy = audit::Policy{{*key}, {}, {}};
    return desk;
}

TEST(DryRun, SaysWhatEachRowWouldChange) {
    House house;
    house.add(
        "MYS",
        "product",
        "id,name,kind,price,note\na,radio,item of supply,5,old\nb,boat,item of supply,9,\n"
    );
    house.enter_as("MYS");
    const std::string rows =
        R"({"records":[{"id":"MYS.a","name":"radio","kind":"item of supply","price":7,"note":"new","release":"ASEAN"},)"
        R"({"id":"MYS.b","name":"boat","kind":"item of supply","price":9},)"
        R"({"id":"c","name":"new boat","kind":"item of supply"}]})";
    const Response answer = house.ask("POST", "/api/v1/records?type=product&dry_run=yes", rows);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json said = json::parse(answer.body);
    EXPECT_FALSE(said["written"]);
    ASSERT_EQ(said["differences"].size(), 3U);
    EXPECT_EQ(said["differences"][0]["change"], "changed");
    EXPECT_THAT(
        said["differences"][0]["fields"].dump(),
        HasSubstr(R"({"after":"7","before":"5","field":"price"})")
    );
    EXPECT_THAT(said["differences"][0]["fields"].dump(), HasSubstr("ASEAN"));
    EXPECT_EQ(said["differences"][1]["change"], "unchanged");
    EXPECT_EQ(said["differences"][2]["change"], "added");
    EXPECT_EQ(house.ask("GET", "/api/v1/records/MYS.c").status, 404) << "nothing is written";
}

TEST(DryRun, DoesNotTellOfRecordsOfOthers) {
    House house;
    house.add("IDN", "product", "id,name,kind\nhidden,secret radio,item of supply\n");
    house.enter_as("MYS");
    const std::string row =
        R"({"records":[{"id":"IDN.hidden","name":"x","kind":"item of supply"}]})";
    const Response answer = house.ask("POST", "/api/v1/records?type=product&dry_run=yes", row);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json said = json::parse(answer.body)["differences"];
    EXPECT_EQ(said[0]["change"], "added") << "the name is one of the own state's";
    EXPECT_TRUE(said[0]["fields"].empty());
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
}

class Proofs : public testing::Test {
  protected:
    Proofs() : desk_(audit_desk(scratch_)), house_(nullptr, nullptr, beside()) {
        house_.add("MYS", "product", "id,name,kind,release\na,radio,item of supply,ASEAN\n");
        house_.add("IDN", "product", "id,name,kind\nhidden,secret radio,item of supply\n");
        house_.enter_as("SGP");
        EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.a").status, 200);
        house_.enter_as("MYS");
    }

    Beside beside() {
        Beside made;
        made.has_log = true;
        made.audit = desk_.get();
        return made;
    }

    Scratch scratch_;
    std::unique_ptr<AuditDesk> desk_;
    House house_;
};

TEST_F(Proofs, HaveAllThatASearchTellsOfAndNoMore) {
    const std::string columns = "id,name,kind,price,note,release,release.note\n";
    house_.add(
        "MYS",
        "product",
        columns + "b,tent,item of supply,4711,n,ASEAN,nobody\nc,rope,item of supply,7,n,ASEAN,\n"
    );
    const auto shown_to = [&](const std::string& reader) {
        house_.enter_as("MYS");
        std::vector<std::string> records;
        const json log = json::parse(house_.ask("GET", "/api/v1/audit/entries?limit=1000").body);
        for (const json& entry : log["entries"]) {
            if (entry["kind"] == "shown" && entry["reader"] == reader) {
                records.push_back(entry["record"]);
            }
        }
        std::ranges::sort(records);
        house_.enter_as(reader);
        return records;
    };
    house_.enter_as("IDN");
    house_.ask("GET", "/api/v1/records?range=price:4711..4711&offset=9999");
    EXPECT_THAT(shown_to("IDN"), ElementsAre("MYS.b")) << "that its price is so";
    house_.enter_as("THA");
    house_.ask("GET", "/api/v1/records?facet=price&offset=9999");
    EXPECT_THAT(shown_to("THA"), ElementsAre("MYS.a", "MYS.b", "MYS.c"));
    house_.enter_as("VNM");
    house_.ask("GET", "/api/v1/suggestions?q=ro");
    EXPECT_THAT(shown_to("VNM"), ElementsAre("MYS.c"));
    house_.enter_as("PHL");
    house_.ask("GET", "/api/v1/records?facet=owner&offset=9999");
    house_.ask("GET", "/api/v1/coverage");
    EXPECT_THAT(shown_to("PHL"), IsEmpty()) << "how many a state shows tells of none of them";
    house_.enter_as("LAO");
    house_.ask("GET", "/api/v1/records?q=tent&limit=1");
    EXPECT_THAT(shown_to("LAO"), ElementsAre("MYS.b")) << "once, though it is on the page too";
}

TEST_F(Proofs, LeaveOutWhatOneReaderWasShownAndGoBackBeyondIt) {
    const auto readers = [&](const std::string& words) {
        std::vector<std::string> found;
        const json log = json::parse(house_.ask("GET", "/api/v1/audit/entries?" + words).body);
        for (const json& entry : log["entries"]) {
            if (entry["kind"] == "shown") {
                found.push_back(entry["reader"]);
            }
        }
        return found;
    };
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/MYS.a").status, 200);
    EXPECT_THAT(readers("limit=9"), ElementsAre("SGP", "MYS"));
    EXPECT_THAT(readers("limit=1"), ElementsAre("MYS"));
    EXPECT_THAT(readers("limit=1&except=MYS"), ElementsAre("SGP"));
    EXPECT_THAT(readers("limit=9&except=SGP"), ElementsAre("MYS"));
    EXPECT_THAT(readers("limit=9&except="), ElementsAre("SGP", "MYS"));
}

TEST_F(Proofs, NameTheRecordsThatAreShownAndWriteThatDown) {
    const auto entries = [&](const std::string& words) {
        return json::parse(house_.ask("GET", "/api/v1/audit/entries?limit=100" + words).body);
    };
    EXPECT_FALSE(entries("").contains("records"));
    EXPECT_EQ(
        entries("&names=yes")["records"],
        json::parse(R"({"MYS.a":{"type":"product","name":"radio"}})")
    );
    const json last = entries("")["entries"].back();
    EXPECT_EQ(last["kind"], "shown");
    EXPECT_EQ(last["reader"], "MYS");
    EXPECT_EQ(last["record"], "MYS.a");
    EXPECT_EQ(last["fields"], json::parse(R"(["name","record"])"));
}

TEST_F(Proofs, CannotBeHadBeforeAHeadIsSigned) {
    EXPECT_EQ(json::parse(house_.ask("GET", "/api/v1/audit/log").body)["head"], nullptr);
    EXPECT_EQ(house_.ask("GET", "/api/v1/audit/evidence").status, 409);
    EXPECT_EQ(house_.ask("GET", "/api/v1/audit/bridge").status, 409);
}

TEST_F(Proofs, ShowWhoSawOwnRecordsAndHoldWithoutTheServer) {
    const Response head = house_.ask("POST", "/api/v1/audit/head");
    ASSERT_EQ(head.status, 200) << head.body;
    EXPECT_TRUE(json::parse(head.body)["holds"]);
    const Response evidence = house_.ask("GET", "/api/v1/audit/evidence");
    ASSERT_EQ(evidence.status, 200) << evidence.body;
    EXPECT_THAT(evidence.body, HasSubstr("SGP"));
    EXPECT_THAT(evidence.body, Not(HasSubstr("hidden"))) << "records of others are not in it";
    const auto verdict = audit::check_evidence_text(evidence.body, *desk_->policy);
    ASSERT_TRUE(verdict) << verdict.error().message;
    EXPECT_TRUE(verdict->holds());
    EXPECT_EQ(verdict->owner, "MYS");
}

TEST_F(Proofs, AreFoundOutIfAByteIsChanged) {
    ASSERT_EQ(house_.ask("POST", "/api/v1/audit/head").status, 200);
    std::string evidence = house_.ask("GET", "/api/v1/audit/evidence").body;
    const Response right = house_.ask("POST", "/api/v1/audit/verification", evidence);
    EXPECT_TRUE(json::parse(right.body)["holds"]) << right.body;
    evidence.replace(evidence.find("SGP"), 3, "THA");
    const Response wrong = house_.ask("POST", "/api/v1/audit/verification", evidence);
    ASSERT_EQ(wrong.status, 200) << wrong.body;
    EXPECT_FALSE(json::parse(wrong.body)["holds"]);
    EXPECT_FALSE(json::parse(wrong.body)["problems"].empty());
}

TEST_F(Proofs, TellNothingOfWhatOthersDidSinceTheHead) {
    ASSERT_EQ(house_.ask("POST", "/api/v1/audit/head").status, 200);
    const std::string before = house_.ask("GET", "/api/v1/audit/log").body;
    house_.enter_as("IDN");
    EXPECT_EQ(house_.ask("GET", "/api/v1/records/IDN.hidden").status, 200);
    house_.enter_as("MYS");
    EXPECT_EQ(house_.ask("GET", "/api/v1/audit/log").body, before);
}

class Exchanged : public testing::Test {
  protected:
    Exchanged()
        : sender_(*registry::BundleStore::open(scratch_.path() / "from"))
        , receiver_(*registry::BundleStore::open(scratch_.path() / "to")) {
        from_.store = sender_.get();
        from_.signs.emplace(*audit::SigningKey::create("mys.example/sender", audit::KeyKind::sender)
        );
        to_.store = receiver_.get();
        to_.opens.emplace(
            *audit::SigningKey::create("idn.example/recipient", audit::KeyKind::recipient)
        );
        to_.senders = {{"MYS", from_.signs->verifying()}};
        mys_ = std::make_unique<House>(nullptr, nullptr, Beside{false, &from_, nullptr, {}});
        idn_ = std::make_unique<House>(nullptr, nullptr, Beside{false, &to_, nullptr, {}});
        mys_->add(
            "MYS",
            "product",
            "id,name,kind,price,release,release.price\n"
            "a,radio,item of supply,5,IDN,nobody\nb,quiet radio,item of supply,7,SGP,\n"
        );
        mys_->enter_as("MYS");
        idn_->enter_as("IDN");
    }

    Scratch scratch_;
    std::unique_ptr<registry::BundleStore> sender_;
    std::unique_ptr<registry::BundleStore> receiver_;
    BundleDesk from_;
    BundleDesk to_;
    std::unique_ptr<House> mys_;
    std::unique_ptr<House> idn_;
};

TEST_F(Exchanged, GivesWhatTheRecipientMaySeeAndShowsItBeforeItIsTaken) {
    const Response made = mys_->ask("POST", "/api/v1/bundles", R"({"for":"IDN"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(made.body, HasSubstr("radio"));
    EXPECT_THAT(made.body, Not(HasSubstr("quiet")));
    EXPECT_THAT(made.body, Not(HasSubstr("price")));
    const Response looked = idn_->ask("POST", "/api/v1/bundles/received", made.body);
    ASSERT_EQ(looked.status, 200) << looked.body;
    EXPECT_EQ(json::parse(looked.body)["records"][0]["change"], "new");
    EXPECT_FALSE(json::parse(looked.body)["saved"]);
    EXPECT_EQ(json::parse(idn_->ask("GET", "/api/v1/bundles/records").body)["records"].size(), 0U);
    const Response taken = idn_->ask("POST", "/api/v1/bundles/received?confirm=yes", made.body);
    EXPECT_TRUE(json::parse(taken.body)["saved"]) << taken.body;
    const json received = json::parse(idn_->ask("GET", "/api/v1/bundles/records").body)["records"];
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0]["from"], "MYS");
    EXPECT_EQ(received[0]["bundle"], 1);
    idn_->enter_as("SGP");
    EXPECT_EQ(json::parse(idn_->ask("GET", "/api/v1/bundles/records").body)["records"].size(), 0U)
        << "the recipient alone sees it";
}

TEST_F(Exchanged, TellsAFirmNothingOfWhatItsStateSends) {
    const auto seen_by_firm = [&] {
        mys_->enter_as("org:yard@MYS");
        std::string said = mys_->ask("GET", "/api/v1/bundles").body
                           + mys_->ask("GET", "/api/v1/bundles/records").body
                           + mys_->ask("GET", "/api/v1/records/MYS.a/release").body;
        mys_->enter_as("MYS");
        return said;
    };
    from_.senders = {{"IDN", to_.opens->verifying()}};
    const std::string before = seen_by_firm();
    ASSERT_EQ(mys_->ask("POST", "/api/v1/bundles", R"({"for":"IDN"})").status, 201);
    EXPECT_THAT(mys_->ask("GET", "/api/v1/bundles").body, HasSubstr(R"("sent":{"number":1)"));
    EXPECT_EQ(seen_by_firm(), before);
}

TEST_F(Exchanged, SealsForTheRecipientAlone) {
    const json body{{"for", "IDN"}, {"seal_for", audit::to_text(to_.opens->verifying())}};
    const Response made = mys_->ask("POST", "/api/v1/bundles", body.dump());
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(made.body, Not(HasSubstr("radio")));
    const Response looked = idn_->ask("POST", "/api/v1/bundles/received", made.body);
    EXPECT_EQ(looked.status, 200) << looked.body;
}

TEST_F(Exchanged, RefusesWhatTheCommandsRefuse) {
    const std::string made = mys_->ask("POST", "/api/v1/bundles", R"({"for":"IDN"})").body;
    std::string changed = made;
    changed.replace(changed.find("radio"), 5, "rodio");
    EXPECT_EQ(idn_->ask("POST", "/api/v1/bundles/received", changed).status, 400);
    EXPECT_EQ(idn_->ask("POST", "/api/v1/bundles", R"({"for":"MYS"})").status, 409)
        << "there is no key to sign with";
    EXPECT_EQ(
        mys_->ask("POST", "/api/v1/bundles", R"({"for":"IDN","anew":true,"since":1})").status,
        400
    );
    idn_->enter_as("VNM");
    EXPECT_EQ(idn_->ask("POST", "/api/v1/bundles/received", made).status, 400)
        << "it is for another";
    idn_->enter_as("everyone");
    EXPECT_GE(idn_->ask("POST", "/api/v1/bundles/received", made).status, 400);
}

TEST(Keeping, MakesCopiesInTheFolderOfTheServerAndTellsNoSecret) {
    const Scratch scratch;
    BundleDesk desk;
    desk.signs.emplace(*audit::SigningKey::create("mys.example/sender", audit::KeyKind::sender));
    Beside beside{false, &desk, nullptr, {}};
    beside.backups.folder = scratch.path();
    beside.backups.make = [](const std::filesystem::path& into) -> std::optional<Error> {
        std::ofstream(into) << "copy";
        return std::nullopt;
    };
    House house(nullptr, nullptr, beside);
    house.enter_as("MYS");
    const Response server = house.ask("GET", "/api/v1/server");
    ASSERT_EQ(server.status, 200) << server.body;
    EXPECT_THAT(server.body, HasSubstr(audit::to_text(desk.signs->verifying())));
    EXPECT_THAT(server.body, Not(HasSubstr(desk.signs->secret_text())));
    EXPECT_THAT(server.body, Not(HasSubstr("PRIVATE")));
    EXPECT_EQ(house.ask("POST", "/api/v1/backups").status, 201);
    EXPECT_THAT(
        house.ask("GET", "/api/v1/backups").body,
        HasSubstr("registry-20261125T120000Z.db")
    );
}

}  // namespace
}  // namespace adic::server
