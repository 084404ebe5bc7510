#include "adic/app/recorded_scenario.hpp"

#include "adic/app/bundles.hpp"
#include "adic/app/registry.hpp"
#include "adic/audit/sealing.hpp"

#include "place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using audit::KeyKind;
using audit::SigningKey;
using test::first;
using test::next;
using test::noon;
using test::official;
using testing::HasSubstr;

model::Record scenario(std::string_view release, std::string content = {}) {
    model::ShockEvent event{.id = "halt", .kind = model::ShockKind::halt, .target = {}};
    event.target.chokepoints = {"malacca"};
    model::Record record;
    record.id = "MYS.closed";
    record.owner = "MYS";
    record.type = model::find_record_type(model::scenario_type);
    record.fields = ingest::fields_of(
        {.id = "closed",
         .title = "The strait is closed",
         .description = "a drill",
         .start = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1},
         .horizon_days = 364,
         .events = {event}}
    );
    if (!content.empty()) {
        record.fields[*record.type->find_field("content")] = model::Words{std::move(content)};
    }
    record.policy.record = *model::parse_grants(release, {"ASEAN"});
    return record;
}

class RecordedScenarios : public testing::Test {
  protected:
    void write(const registry::RecordWrite& write) {
        const auto problem = store_->write(std::span(&write, 1), noon);
        ASSERT_FALSE(problem) << problem->message;
    }

    Result<model::Scenario> find(const std::string& state, const std::string& id = "MYS.closed") {
        return find_recorded_scenario(*store_, official(state), id);
    }

    test::Place place_;
    std::unique_ptr<AuditedStore> store_ = place_.open();
};

TEST_F(RecordedScenarios, AreGivenToWhomTheyAreShownInFull) {
    write(first(scenario("SGP")));
    const auto own = find("MYS");
    ASSERT_TRUE(own) << own.error().message;
    EXPECT_EQ(own->title, "The strait is closed");
    EXPECT_EQ(*find("SGP"), *own);
}

TEST_F(RecordedScenarios, AreNotThereForOthers) {
    write(first(scenario("SGP")));
    write(first(test::product("MYS.radio", "ASEAN")));
    const Error hidden = find("IDN").error();
    EXPECT_EQ(hidden.code, ErrorCode::not_found);
    EXPECT_EQ(hidden.message, "there is no scenario 'MYS.closed'");
    EXPECT_EQ(find("IDN", "MYS.never").error().message, "there is no scenario 'MYS.never'");
    EXPECT_EQ(find("IDN", "MYS.radio").error().message, "there is no scenario 'MYS.radio'");
}

TEST_F(RecordedScenarios, AreNotRunInPart) {
    for (const char* field : {"name", "start", "horizon_days", "content"}) {
        for (const char* release : {"", "SGP:exists", "SGP:generalised"}) {
            const auto before = store_->latest("MYS.closed");
            model::Record record = scenario("SGP");
            record.policy.fields = {{field, *model::parse_grants(release, {})}};
            write(*before ? next(record, (*before)->number) : first(record));
            EXPECT_THAT(find("SGP").error().message, HasSubstr("is not shown in full"))
                << field << ' ' << release;
        }
    }
    model::Record record = scenario("SGP");
    record.policy.fields = {{"about", {}}};
    write(next(record, (*store_->latest("MYS.closed"))->number));
    const auto seen = find("SGP");
    ASSERT_TRUE(seen) << "nothing that happens hangs on what it is about";
    EXPECT_EQ(seen->description, "");
}

/// Past the program anything can be written; nothing of it runs.
TEST_F(RecordedScenarios, ThatCannotBeAreSaidToBeSo) {
    write(first(scenario("", R"({"id":"a","events":[]})")));
    EXPECT_THAT(find("MYS").error().message, HasSubstr("must have at least one event"));
}

TEST_F(RecordedScenarios, AreCheckedInABundle) {
    const auto key = *SigningKey::create("mys.example/sender", KeyKind::sender);
    const std::vector<registry::TrustedSender> senders{{"MYS", key.verifying()}};
    const auto bundles = *registry::BundleStore::open(place_.scratch.path() / "bundles");
    const test::Place there;
    const auto their = there.open();
    const auto received = *registry::BundleStore::open(there.scratch.path() / "bundles");
    const auto sent = [&](std::chrono::sys_seconds at) {
        const auto bundle = export_bundle(
            *store_,
            *bundles,
            {"MYS", official("SGP"), true, {}},
            key,
            {store_.get(), "a desk", at, bundles.get()}
        );
        EXPECT_TRUE(bundle);
        return import_bundle(
            *their,
            *received,
            {bundle->text, official("SGP"), senders, nullptr, true},
            {their.get(), "a desk", at, received.get()}
        );
    };
    write(first(scenario("SGP", R"({"id":"a","events":[]})")));
    const auto refused = sent(noon);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("'MYS.closed' in it is no scenario that can"));
    EXPECT_THAT(refused.error().message, HasSubstr("must have at least one event"));
    // What was wrong and is right now is taken, whatever stands in its past.
    write(next(scenario("SGP"), 1));
    const auto taken = sent(noon + std::chrono::hours{1});
    ASSERT_TRUE(taken) << taken.error().message;
    const auto seen = find_recorded_scenario(
        *their,
        official("SGP"),
        "MYS.closed",
        {their.get(), "a desk", noon, received.get()}
    );
    EXPECT_TRUE(seen) << seen.error().message;
}

}  // namespace
}  // namespace adic::app
