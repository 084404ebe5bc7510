#include "adic/registry/release/gate.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::Audience;
using model::Disclosure;
using model::FieldValue;
using model::Reader;
using model::Record;
using model::RecordType;
using model::RecordVersion;
using model::ReleasePolicy;
using model::Words;
using namespace std::chrono_literals;

constexpr std::chrono::sys_days today = 2026y / 6 / 15;

std::vector<model::Grant> grants(std::string_view text) {
    return *model::parse_grants(text, {"ASEAN"});
}

Reader official(std::string state) {
    return {std::move(state), {"ASEAN"}, {}, true, today};
}

const Reader stranger{"", {}, "", false, today};

/// A demand of Indonesia's: 350 boats, from 2027 on, for 90 million.
Record demand(std::string_view release, std::vector<model::FieldRelease> fields = {}) {
    Record record;
    record.id = "d-1";
    record.type = model::find_record_type("demand");
    record.owner = "IDN";
    record.fields.resize(record.type->fields.size());
    const auto set = [&](std::string_view key, FieldValue value) {
        record.fields[*record.type->find_field(key)] = std::move(value);
    };
    set("item", std::string("patrol boat"));
    set("quantity", 350.0);
    set("first", std::chrono::sys_days{2027y / 3 / 1});
    set("budget", 9e7);
    set("standards", Words{"a", "b", "c"});
    record.source = "plan of the navy";
    record.confidence = model::Confidence::b;
    record.policy = {grants(release), std::move(fields)};
    return record;
}

ReleaseGate gate_of(Reader reader) {
    return {std::move(reader), {}};
}

const SeenField& seen(const SeenRecord& record, std::string_view key) {
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (seen_field_key(*record.type, f) == key) {
            return record.fields[f];
        }
    }
    throw std::logic_error("no field " + std::string(key));
}

TEST(ReleaseGate, ShowsTheOwnerAllAndNobodyElseAnything) {
    const Record record = demand("");
    EXPECT_FALSE(gate_of(official("MYS")).see(record));
    EXPECT_FALSE(gate_of(stranger).see(record));
    const auto own = gate_of(official("IDN")).see(record);
    ASSERT_TRUE(own);
    EXPECT_EQ(seen(**own, "budget").value, FieldValue{9e7});
    EXPECT_EQ(seen(**own, "source").value, FieldValue{"plan of the navy"});
}

TEST(ReleaseGate, TakesAnOrganisationForThatOfItsStateAlone) {
    Record record = demand("");
    record.organisation = "yard";
    EXPECT_TRUE(gate_of({"IDN", {}, "yard", false, today}).see(record));
    for (const Reader& other :
         {Reader{"MYS", {}, "yard", false, today},
          Reader{"", {}, "yard", false, today},
          Reader{"IDN", {}, "works", false, today}}) {
        EXPECT_FALSE(gate_of(other).see(record)) << other.state << other.organisation;
    }
}

/// A boat of Indonesia's with three properties.
Record boat(std::string_view release, std::vector<model::FieldRelease> fields = {}) {
    Record record;
    record.id = "IDN.boat";
    record.type = model::find_record_type("product");
    record.owner = "IDN";
    record.fields.resize(record.type->fields.size());
    record.fields[*record.type->find_field("name")] = std::string("patrol craft");
    record.fields[*record.type->find_field("properties")] =
        Words{"length: 28 m", "hull: steel", "speed: 30 kn"};
    record.policy = {grants(release), std::move(fields)};
    return record;
}

TEST(ReleaseGate, ReleasesPropertiesOneByOne) {
    const std::vector<model::FieldRelease> fields{
        {"properties.hull", grants("ASEAN:generalised")},
        {"properties.length", grants("ASEAN:generalised")},
        {"properties.speed", {}}};
    const auto mys = gate_of(official("MYS")).see(boat("ASEAN", fields));
    ASSERT_TRUE(mys);
    EXPECT_EQ(
        seen(**mys, "properties"),
        (SeenField{
            Disclosure::generalised,
            Words{"length (generalised): 20 to 50 m", "hull (not shown)"}})
    );
    const std::string json = to_json(**mys);
    EXPECT_NE(
        json.find(
            R"("properties":{"length":{"disclosure":"generalised","value":"20 to 50","unit":"m"},)"
            R"("hull":{"disclosure":"exists"}})"
        ),
        std::string::npos
    ) << json;
    EXPECT_EQ(*parse_seen_record(json), **mys);
    const auto own = gate_of(official("IDN")).see(boat("", fields));
    ASSERT_TRUE(own);
    EXPECT_NE(to_json(**own).find(R"("speed":{"value":30.0,"unit":"kn"})"), std::string::npos);
    EXPECT_EQ(*parse_seen_record(to_json(**own)), **own);
    const std::vector<model::FieldRelease> narrower{
        {"properties", {}},
        {"properties.speed", grants("ASEAN")}};
    const auto less = gate_of(official("MYS")).see(boat("ASEAN", narrower));
    ASSERT_TRUE(less);
    EXPECT_EQ(seen(**less, "properties"), SeenField{}) << "the field is the upper limit";
}

TEST(ReleaseGate, ShowsNoMoreOfAConfidenceThanOfItsCode) {
    using Fields = std::vector<model::FieldRelease>;
    const auto shown = [](Fields fields) {
        Record record = demand("ASEAN", std::move(fields));
        record.fields[*record.type->find_field("nsn")] = std::string("1905012345678");
        record.fields[*record.type->find_field("nsn.confidence")] = std::string("B");
        const auto released = gate_of(official("MYS")).see(record);
        return released ? seen(**released, "nsn.confidence") : SeenField{};
    };
    const model::FieldRelease no_code{"nsn", {}};
    const model::FieldRelease part_of_code{"nsn", grants("ASEAN:generalised")};
    const model::FieldRelease all_of_it{"nsn.confidence", grants("ASEAN")};
    const model::FieldRelease nothing_of_it{"nsn.confidence", {}};
    EXPECT_EQ(shown(Fields{}), (SeenField{Disclosure::full, FieldValue{"B"}}));
    EXPECT_EQ(shown(Fields{no_code}), SeenField{});
    EXPECT_EQ(shown(Fields{no_code, all_of_it}), SeenField{});
    EXPECT_EQ(shown(Fields{part_of_code}), (SeenField{Disclosure::exists, {}}));
    EXPECT_EQ(shown(Fields{nothing_of_it}), SeenField{});
}

TEST(ReleaseGate, DoesNotTakeAFirmForItsState) {
    const Reader firm{"IDN", {"ASEAN"}, "yard", false, today};
    EXPECT_FALSE(gate_of(firm).see(demand("MYS;ASEAN")));
    Record own = demand("");
    own.organisation = "yard";
    EXPECT_TRUE(gate_of(firm).see(own));
}

/// Which accounts keep a record is its owner's business, also where all of the record is released.
TEST(ReleaseGate, SaysWhoSpeaksForItselfToTheOwnersSideAlone) {
    Record own = demand("public");
    own.organisation = "yard";
    const auto seen_by = [&](const Reader& reader) {
        return (**gate_of(reader).see(own)).organisation;
    };
    EXPECT_EQ(seen_by(official("IDN")), "yard");
    EXPECT_EQ(seen_by({"IDN", {}, "yard", false, today}), "yard");
    EXPECT_EQ(seen_by(official("MYS")), "");
    EXPECT_EQ(seen_by({"IDN", {}, "works", false, today}), "");
    EXPECT_EQ(seen_by({"MYS", {}, "yard", false, today}), "") << "another state's of that name";
    EXPECT_EQ(seen_by(stranger), "");
    const SeenRecord all = **gate_of(official("IDN")).see(own);
    EXPECT_EQ(*parse_seen_record(to_json(all)), all);
}

TEST(ReleaseGate, ShowsEachFieldAsFarAsRecordAndFieldAllow) {
    const Record record = demand(
        "ASEAN",
        {{"budget", grants("SGP:exists")},
         {"first", grants("ASEAN:generalised")},
         {"note", {}},
         {"quantity", grants("MYS;ASEAN:generalised")}}
    );
    const auto mys = gate_of(official("MYS")).see(record);
    ASSERT_TRUE(mys);
    EXPECT_EQ(seen(**mys, "item"), (SeenField{Disclosure::full, std::string("patrol boat")}));
    EXPECT_EQ(seen(**mys, "quantity"), (SeenField{Disclosure::full, 350.0}));
    EXPECT_EQ(seen(**mys, "first"), (SeenField{Disclosure::generalised, std::string("2027")}));
    EXPECT_EQ(seen(**mys, "budget"), SeenField{});
    const auto sgp = gate_of(official("SGP")).see(record);
    ASSERT_TRUE(sgp);
    EXPECT_EQ(
        seen(**sgp, "quantity"),
        (SeenField{Disclosure::generalised, std::string("200 to 500")})
    );
    EXPECT_EQ(seen(**sgp, "budget"), (SeenField{Disclosure::exists, {}}));
}

TEST(ReleaseGate, LetsNoFieldGoFurtherThanItsRecord) {
    const Record record = demand("ASEAN:generalised", {{"quantity", grants("public")}});
    const auto mys = gate_of(official("MYS")).see(record);
    ASSERT_TRUE(mys);
    EXPECT_EQ(seen(**mys, "quantity").disclosure, Disclosure::generalised);
    EXPECT_EQ(seen(**mys, "item").disclosure, Disclosure::exists) << "a name has no coarser form";
    EXPECT_EQ(seen(**mys, "standards").value, FieldValue{"2 to 4"});
    EXPECT_FALSE(gate_of(stranger).see(record));
}

/// What one costs from fifty pieces on tells what one costs.
TEST(ReleaseGate, LetsNoDetailsGoFurtherThanTheirFigure) {
    const auto seen_with = [](const std::vector<model::FieldRelease>& fields) {
        Record record = demand("ASEAN", fields);
        record.fields[*record.type->find_field("tiers")] = Words{"9: 37", "7: 44"};
        return seen(**gate_of(official("MYS")).see(record), "tiers");
    };
    const model::FieldRelease band{"quantity", grants("ASEAN:generalised")};
    const model::FieldRelease all{"tiers", grants("ASEAN")};
    EXPECT_EQ(seen_with({}).disclosure, Disclosure::full);
    EXPECT_EQ(seen_with({band}), (SeenField{Disclosure::generalised, "2 to 4"}));
    EXPECT_EQ(seen_with({band, all}), (SeenField{Disclosure::generalised, "2 to 4"}));
    EXPECT_EQ(seen_with({{"quantity", {}}, all}), SeenField{});
    EXPECT_EQ(seen_with({{"tiers", {}}}), SeenField{});
}

TEST(ReleaseGate, SaysOfARecordThatOnlyExistsNothingButThat) {
    const auto mys = gate_of(official("MYS")).see(demand("MYS:exists"));
    ASSERT_TRUE(mys);
    EXPECT_TRUE(std::ranges::all_of((*mys)->fields, [](const SeenField& field) {
        return field == SeenField{};
    }));
}

TEST(ReleaseGate, DropsReferencesToRecordsThatTheReaderDoesNotSee) {
    std::map<std::string, Record, std::less<>> others;
    for (const auto& [id, release] : {std::pair{"open", "MYS"}, std::pair{"hidden", ""}}) {
        Record other = demand(release);
        other.id = id;
        others[id] = other;
    }
    Record record;
    record.id = "s";
    record.type = model::find_record_type("third-party-supplier");
    record.owner = "IDN";
    record.fields.resize(record.type->fields.size());
    FieldValue& alternatives = record.fields[*record.type->find_field("alternatives")];
    record.policy = {grants("MYS"), {}};
    const ReleaseGate gate{official("MYS"), [&](std::string_view id) -> const Record* {
                               const auto found = others.find(id);
                               return found == others.end() ? nullptr : &found->second;
                           }};
    alternatives = Words{"hidden", "open", "gone"};
    EXPECT_EQ(seen(**gate.see(record), "alternatives").value, FieldValue{Words{"open"}});
    alternatives = Words{"hidden", "gone"};
    EXPECT_EQ(seen(**gate.see(record), "alternatives"), SeenField{});
    record.policy.fields = {{"alternatives", grants("MYS:generalised")}};
    alternatives = Words{"hidden", "open", "gone"};
    EXPECT_EQ(seen(**gate.see(record), "alternatives").value, FieldValue{"1"});
}

/// Whoever looks through another's eyes learns nothing of what others have, nor of whom they show
/// it to.
TEST(ReleaseGate, TellsAnOwnerOnlyOfReferencesThatItCanJudge) {
    std::map<std::string, Record, std::less<>> others;
    const auto add = [&](const std::string& id, const std::string& owner, std::string_view to) {
        others[id] = demand(to);
        others[id].id = id;
        others[id].owner = owner;
    };
    add("own-shown", "IDN", "MYS");
    add("own-hidden", "IDN", "");
    add("theirs-hidden", "MYS", "");
    add("theirs-shown", "MYS", "IDN");
    add("third-shown-to-both", "SGP", "IDN;MYS");
    add("third-shown-to-one", "SGP", "IDN");
    Record record;
    record.id = "s";
    record.type = model::find_record_type("third-party-supplier");
    record.owner = "IDN";
    record.fields.resize(record.type->fields.size());
    Words all;
    for (const auto& [id, other] : others) {
        all.push_back(id);
    }
    record.fields[*record.type->find_field("alternatives")] = all;
    record.policy = {grants("MYS"), {}};
    const ReleaseGate gate{
        official("MYS"),
        official("IDN"),
        [&](std::string_view id) -> const Record* { return &others.find(id)->second; }};
    const auto told = gate.see(record);
    ASSERT_TRUE(told);
    EXPECT_EQ(seen(**told, "alternatives").value, (FieldValue{Words{"own-shown", "theirs-shown"}}));
    ASSERT_EQ((*told)->references.size(), 1U);
    EXPECT_EQ((*told)->references[0].disclosure, Disclosure::full);
}

// --- history ------------------------------------------------------------------------------------

TEST(ReleaseGateHistory, HasOnlyVersionsInWhichSomethingChangedForTheReader) {
    std::vector<RecordVersion> versions;
    for (const double budget : {1.0, 2.0, 3.0}) {
        Record record = demand("MYS", {{"budget", {}}});
        record.fields[*record.type->find_field("budget")] = budget;
        versions.push_back({record, versions.size() + 1, {}, "an officer", "a reason", false});
    }
    versions.back().record.fields[*versions.back().record.type->find_field("quantity")] = 7.0;
    const auto mys = gate_of(official("MYS")).see_history(versions);
    ASSERT_EQ(mys->size(), 2U);
    EXPECT_EQ((*mys)[1].number, 2U);
    EXPECT_EQ((*mys)[1].by, "");
    EXPECT_EQ((*mys)[1].why, "");
    const auto own = gate_of(official("IDN")).see_history(versions);
    ASSERT_EQ(own->size(), 3U);
    EXPECT_EQ((*own)[1].by, "an officer");
}

TEST(ReleaseGateHistory, IsNotReleasedWithTheRecord) {
    std::vector<RecordVersion> versions{{demand(""), 1, {}, {}, {}, false}};
    Record later = demand("MYS");
    later.fields[*later.type->find_field("quantity")] = 20.0;
    versions.push_back({later, 2, {}, {}, {}, false});
    const auto mys = gate_of(official("MYS")).see_history(versions);
    ASSERT_EQ(mys->size(), 1U);
    EXPECT_EQ(seen((*mys)[0].record, "quantity").value, FieldValue{20.0});
}

TEST(ReleaseGateHistory, ShowsNoDraftThatWasReplacedUnderAnEmbargo) {
    const std::vector<model::FieldRelease> later_budget{{"budget", grants("MYS@2026-06-14/")}};
    std::vector<RecordVersion> versions;
    for (const unsigned day : {1U, 5U, 12U}) {
        Record record = demand("MYS@2026-06-10/", later_budget);
        record.fields[*record.type->find_field("quantity")] = 1.0 * day;
        record.fields[*record.type->find_field("budget")] = 1e6 * day;
        const std::chrono::sys_days at = 2026y / 6 / std::chrono::day{day};
        versions.push_back({record, versions.size() + 1, at, {}, {}, false});
    }
    const auto mys = gate_of(official("MYS")).see_history(versions);
    ASSERT_EQ(mys->size(), 2U) << "the first had been replaced when the embargo ended";
    EXPECT_EQ(seen((*mys)[0].record, "quantity").value, FieldValue{5.0});
    EXPECT_EQ(seen((*mys)[0].record, "budget").disclosure, Disclosure::none) << "nor a field";
    EXPECT_EQ(seen((*mys)[1].record, "budget").value, FieldValue{12e6});
    EXPECT_EQ(gate_of(official("IDN")).see_history(versions)->size(), 3U);
}

TEST(ReleaseGateHistory, GoesWithTheOrganisationThatLeavesTheOwnersSide) {
    const Reader yard{"IDN", {}, "yard", false, today};
    std::vector<RecordVersion> versions;
    for (const std::string organisation : {"", "yard", "works"}) {
        Record record = demand("");
        record.organisation = organisation;
        versions.push_back({record, versions.size() + 1, {}, "editor", "a reason", false});
    }
    const auto seen_up_to = [&](std::size_t version) {
        return gate_of(yard).see_history(std::span(versions).first(version))->size();
    };
    EXPECT_EQ(seen_up_to(1), 0U);
    EXPECT_EQ(seen_up_to(2), 1U) << "not what was there before it came";
    EXPECT_EQ(seen_up_to(3), 0U) << "nor what was there when it was";
}

TEST(ReleaseGateHistory, GoesWhenTheRecordIsRecalledOrWithdrawn) {
    std::vector<RecordVersion> versions{
        {demand("MYS"), 1, {}, {}, {}, false},
        {demand(""), 2, {}, {}, {}, false}};
    EXPECT_TRUE(gate_of(official("MYS")).see_history(versions)->empty());
    versions[1] = {demand("MYS"), 2, {}, {}, {}, true};
    EXPECT_TRUE(gate_of(official("MYS")).see_history(versions)->empty());
    EXPECT_EQ(gate_of(official("IDN")).see_history(versions)->size(), 2U);
}

// --- non-interference ---------------------------------------------------------------------------

/// Random registries of random policies.
class RandomRegistry {
  public:
    explicit RandomRegistry(std::uint64_t seed) : random_(seed, 0) {
        for (std::uint64_t r = 0; r < 12; ++r) {
            records.push_back(record("r-" + std::to_string(r)));
        }
    }

    Record record(const std::string& id) {
        const auto types = model::record_types();
        Record made;
        made.id = id;
        made.type = &types[random_.below(types.size())];
        made.owner = state();
        for (const model::FieldSpec& field : made.type->fields) {
            made.fields.push_back(value(field));
        }
        made.source = random_.below(2) == 0 ? "a source" : "";
        made.note = random_.below(2) == 0 ? "a note" : "";
        made.policy.record = some_grants();
        for (std::size_t f = 0; f < seen_fields(*made.type); ++f) {
            if (random_.below(3) == 0) {
                made.policy.fields.push_back(
                    {std::string(seen_field_key(*made.type, f)), some_grants()}
                );
            }
        }
        if (made.type->key == "product" && random_.below(2) == 0) {
            made.policy.fields.push_back({"properties.p0", some_grants()});
        }
        return made;
    }

    FieldValue value(const model::FieldSpec& field) {
        if (random_.below(5) == 0) {
            return {};
        }
        if (field.takes_several) {
            Words words;
            for (std::uint64_t w = 0; w <= random_.below(4); ++w) {
                const std::string which = std::to_string(random_.below(14));
                words.push_back(
                    field.kind == model::FieldKind::properties
                        ? "p" + std::to_string(w) + ": " + which + (w % 2 == 0 ? " m" : " words")
                        : "r-" + which
                );
            }
            return words;
        }
        switch (field.kind) {
        case model::FieldKind::number: return static_cast<double>(random_.below(1000)) - 3.0;
        case model::FieldKind::whole: return static_cast<std::int64_t>(random_.below(1000));
        case model::FieldKind::yes_no: return random_.below(2) == 0;
        case model::FieldKind::date: return today + std::chrono::days{random_.below(900)};
        case model::FieldKind::text:
        case model::FieldKind::state:
        case model::FieldKind::code:
        case model::FieldKind::choice:
        case model::FieldKind::reference:
        case model::FieldKind::grants:
        case model::FieldKind::properties: break;
        }
        return "r-" + std::to_string(random_.below(14));
    }

    std::vector<model::Grant> some_grants() {
        std::vector<model::Grant> made;
        for (std::uint64_t g = random_.below(3); g > 0; --g) {
            model::Grant grant;
            grant.audience.kind = static_cast<Audience::Kind>(random_.below(4));
            switch (grant.audience.kind) {
            case Audience::Kind::organisation: grant.audience.id = "yard"; break;
            case Audience::Kind::state: grant.audience.id = state(); break;
            case Audience::Kind::bloc: grant.audience.id = "ASEAN"; break;
            case Audience::Kind::everyone: break;
            }
            grant.disclosure = static_cast<Disclosure>(random_.below(4));
            if (random_.below(4) == 0) {
                grant.from = today + std::chrono::days{random_.below(3)};
            }
            made.push_back(grant);
        }
        return made;
    }

    std::string state() { return std::vector{"IDN", "MYS", "SGP"}[random_.below(3)]; }

    std::vector<Record> records;

  private:
    RandomStream random_;
};

std::string all_that_is_seen(const Reader& reader, const std::vector<Record>& records) {
    const ReleaseGate gate{reader, [&](std::string_view id) -> const Record* {
                               const auto found = std::ranges::find(records, id, &Record::id);
                               return found == records.end() ? nullptr : &*found;
                           }};
    std::string text;
    for (const SeenRecord& record : *gate.see_all(records)) {
        text += to_json(record) + '\n';
    }
    return text;
}

const std::vector<Reader> readers{
    official("IDN"),
    official("MYS"),
    official("THA"),
    {"SGP", {"ASEAN"}, "yard", false, today},
    stranger};

TEST(NonInterference, AHiddenRecordLeavesNoTrace) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const RandomRegistry registry{seed};
        for (const Reader& reader : readers) {
            const std::string with = all_that_is_seen(reader, registry.records);
            for (std::size_t r = 0; r < registry.records.size(); ++r) {
                if (gate_of(reader).see(registry.records[r])) {
                    continue;
                }
                std::vector<Record> others = registry.records;
                others.erase(others.begin() + static_cast<std::ptrdiff_t>(r));
                ASSERT_EQ(all_that_is_seen(reader, others), with) << seed;
            }
        }
    }
}

/// What a field holds does not matter to who sees none of it, nor whether it holds anything.
TEST(NonInterference, AHiddenFieldLeavesNoTrace) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomRegistry registry{seed};
        for (const Reader& reader : readers) {
            const std::string before = all_that_is_seen(reader, registry.records);
            std::vector<Record> changed = registry.records;
            for (Record& record : changed) {
                for (std::size_t f = 0; f < record.type->fields.size(); ++f) {
                    const model::FieldSpec& field = record.type->fields[f];
                    if (disclosed(reader, record, field.key) == Disclosure::none) {
                        record.fields[f] = registry.value(field);
                    }
                }
                if (disclosed(reader, record, "note") == Disclosure::none) {
                    record.note = "another";
                }
            }
            ASSERT_EQ(all_that_is_seen(reader, changed), before) << seed;
        }
    }
}

/// Of a value that is generalised the reader learns its band and no more.
TEST(NonInterference, AGeneralisedValueTellsNothingWithinItsBand) {
    for (double quantity = 200.0; quantity < 500.0; quantity += 7.0) {
        Record one = demand("MYS", {{"quantity", grants("MYS:generalised")}});
        Record other = one;
        other.fields[*other.type->find_field("quantity")] = quantity;
        EXPECT_EQ(
            all_that_is_seen(official("MYS"), {one}),
            all_that_is_seen(official("MYS"), {other})
        ) << quantity;
    }
}

}  // namespace
}  // namespace adic::registry
