#include "adic/registry/release/effect.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::Audience;
using model::Disclosure;
using model::ReleasePolicy;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ReleasePolicy policy(std::string_view record, std::vector<model::FieldRelease> fields = {}) {
    return {*model::parse_grants(record, {"ASEAN"}), std::move(fields)};
}

model::Record facility() {
    model::Record record;
    record.id = "f";
    record.type = model::find_record_type("facility");
    record.owner = "MYS";
    record.fields.resize(record.type->fields.size());
    record.fields[*record.type->find_field("name")] = std::string("Yard");
    record.fields[*record.type->find_field("capacity")] = 12.0;
    record.confidence = model::Confidence::b;
    return record;
}

/// The record as it would be with another policy.
model::Record with(model::Record record, ReleasePolicy policy) {
    record.policy = std::move(policy);
    return record;
}

const std::vector<NamedReader> readers{
    {"Indonesia", {"IDN", {"ASEAN"}, "", true, {}}},
    {"everyone", {}}};

TEST(Effect, NamesWhoWouldSeeWhatThatTheyDoNotSeeNow) {
    const auto changes = effect_of(
        facility(),
        with(
            facility(),
            policy("IDN", {{"capacity", *model::parse_grants("IDN:generalised", {})}})
        ),
        readers
    );
    EXPECT_THAT(
        changes,
        ElementsAre(
            DisclosureChange{"Indonesia", "record", Disclosure::none, Disclosure::full},
            DisclosureChange{"Indonesia", "name", Disclosure::none, Disclosure::full},
            DisclosureChange{"Indonesia", "capacity", Disclosure::none, Disclosure::generalised},
            DisclosureChange{"Indonesia", "confidence", Disclosure::none, Disclosure::full}
        )
    ) << "empty fields do not count";
}

/// Who comes to the owner's side sees the whole record, whatever is granted.
TEST(Effect, NamesWhoComesToTheOwnersSideAndWhoLeavesIt) {
    const model::Record private_one = facility();
    model::Record with_yard = private_one;
    with_yard.organisation = "yard";
    EXPECT_THAT(
        effect_of(private_one, with_yard, readers),
        ElementsAre(
            DisclosureChange{"org:yard", "record", Disclosure::none, Disclosure::full},
            DisclosureChange{"org:yard", "name", Disclosure::none, Disclosure::full},
            DisclosureChange{"org:yard", "capacity", Disclosure::none, Disclosure::full},
            DisclosureChange{"org:yard", "confidence", Disclosure::none, Disclosure::full}
        )
    );
    EXPECT_TRUE(widens(private_one, with_yard, readers, {}));
    EXPECT_FALSE(widens(with_yard, private_one, readers, {}));
    EXPECT_THAT(effect_of(with_yard, with_yard, readers), IsEmpty());
    EXPECT_FALSE(widens(with_yard, with_yard, readers, {}));
    model::Record with_works = private_one;
    with_works.organisation = "works";
    EXPECT_TRUE(widens(with_yard, with_works, readers, {}));
}

TEST(Effect, NamesPropertiesOneByOne) {
    model::Record record = facility();
    record.type = model::find_record_type("product");
    record.fields.assign(record.type->fields.size(), {});
    record.fields[*record.type->find_field("properties")] =
        model::Words{"length: 28 m", "hull: steel"};
    record.policy = policy("ASEAN", {{"properties.length", {}}});
    const ReleasePolicy wider = policy(
        "ASEAN",
        {{"properties.length", *model::parse_grants("ASEAN:generalised", {"ASEAN"})}}
    );
    EXPECT_THAT(
        effect_of(record, with(record, wider), std::span(readers).first(1)),
        ElementsAre(DisclosureChange{
            "Indonesia",
            "properties.length",
            Disclosure::none,
            Disclosure::generalised})
    );
    EXPECT_TRUE(widens(record, with(record, wider), readers, {}));
    record.policy = wider;
    EXPECT_FALSE(
        widens(record, with(record, policy("ASEAN", {{"properties.length", {}}})), readers, {})
    );
}

TEST(Effect, OfRecallingIsThatNobodySeesItAnyMore) {
    model::Record record = facility();
    record.policy = policy("public:exists;ASEAN");
    const auto changes = effect_of(record, with(record, {}), readers);
    ASSERT_FALSE(changes.empty());
    for (const DisclosureChange& change : changes) {
        EXPECT_EQ(change.after, Disclosure::none);
    }
    EXPECT_EQ(changes.back().reader, "everyone");
    EXPECT_EQ(changes.back().before, Disclosure::exists);
}

TEST(Effect, OfTheSamePolicyIsNothing) {
    model::Record record = facility();
    record.policy = policy("ASEAN");
    EXPECT_THAT(effect_of(record, record, readers), IsEmpty());
}

constexpr std::chrono::sys_days today = std::chrono::year{2026} / 6 / 15;

bool is_wider(const ReleasePolicy& now, const ReleasePolicy& wanted) {
    model::Record record = facility();
    record.policy = now;
    return widens(record, with(record, wanted), readers, today);
}

TEST(Widening, IsThatAnybodySeesMore) {
    EXPECT_TRUE(is_wider({}, policy("SGP")));
    EXPECT_TRUE(is_wider(policy("ASEAN:exists"), policy("ASEAN:generalised")));
    EXPECT_TRUE(is_wider(policy("ASEAN"), policy("ASEAN;org:yard")));
    EXPECT_TRUE(is_wider(policy("ASEAN", {{"since", {}}}), policy("ASEAN")))
        << "an empty field may be filled in later";
    EXPECT_TRUE(is_wider(policy("IDN"), policy("SGP"))) << "another audience is a wider one";
}

TEST(Widening, IsNotThatSomebodySeesLess) {
    EXPECT_FALSE(is_wider(policy("ASEAN;public:exists"), policy("ASEAN")));
    EXPECT_FALSE(is_wider(policy("ASEAN"), policy("ASEAN", {{"capacity", {}}})));
    EXPECT_FALSE(is_wider(policy("ASEAN"), policy("ASEAN;IDN:exists")));
    EXPECT_FALSE(is_wider(policy("ASEAN"), policy("ASEAN")));
    EXPECT_FALSE(is_wider(policy("public"), {}));
}

TEST(Widening, LooksAtDaysToCome) {
    EXPECT_TRUE(is_wider(policy("IDN@/2027-01-01"), policy("IDN@/2028-01-01")));
    EXPECT_TRUE(is_wider({}, policy("IDN@2029-01-01/")));
    EXPECT_FALSE(is_wider({}, policy("IDN@2020-01-01/2021-01-01"))) << "it is over";
    EXPECT_FALSE(is_wider(policy("IDN@/2028-01-01"), policy("IDN@/2027-01-01")));
}

/// A state of a bloc sees the record by its state and the field by its bloc: nobody else does.
TEST(Widening, SeesWhoIsInSeveralAudiences) {
    EXPECT_TRUE(is_wider(
        policy("IDN", {{"capacity", {}}}),
        policy("IDN", {{"capacity", *model::parse_grants("ASEAN", {"ASEAN"})}})
    ));
}

TEST(Widening, GoesAsFarAsTheWidestAudience) {
    EXPECT_FALSE(widest_of({}));
    EXPECT_EQ(widest_of(policy("org:a;MYS")), Audience::Kind::state);
    EXPECT_EQ(
        widest_of(policy("MYS", {{"name", *model::parse_grants("public:exists", {})}})),
        Audience::Kind::everyone
    );
}

TEST(Cap, NamesWhatIsTooWideForARole) {
    const ReleasePolicy wide = policy("MYS;ASEAN;public:exists");
    EXPECT_FALSE(problem_of_cap(wide, Audience::Kind::everyone));
    EXPECT_EQ(
        problem_of_cap(wide, Audience::Kind::state),
        "this role may release to named states at most, and not to ASEAN, everyone"
    );
    EXPECT_FALSE(problem_of_cap(policy("public:none"), Audience::Kind::organisation));
    EXPECT_TRUE(problem_of_cap(
        policy("", {{"capacity", *model::parse_grants("public", {})}}),
        Audience::Kind::bloc
    )) << "a field counts like a record";
}

TEST(Warning, ComesBeforeAnAudienceThatIsUnusual) {
    const std::vector<ReleasePolicy> usual(6, policy("ASEAN;MYS"));
    EXPECT_THAT(warnings_of(policy("MYS"), usual), IsEmpty());
    EXPECT_THAT(warnings_of(policy("SGP"), usual), ElementsAre(HasSubstr("SGP is named in none")));
    EXPECT_THAT(warnings_of(policy("SGP"), {}), IsEmpty());
    EXPECT_THAT(warnings_of(policy("public"), {}), ElementsAre(HasSubstr("everyone would see it")));
}

}  // namespace
}  // namespace adic::registry
