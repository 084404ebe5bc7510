#include "adic/app/recall.hpp"

#include "adic/app/registry.hpp"
#include "adic/base/random.hpp"

#include "place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using model::Record;
using registry::RecordWrite;
using std::chrono::hours;
using test::first;
using test::next;
using test::noon;
using test::official;
using test::Place;
using test::product;
using testing::ElementsAre;
using testing::IsEmpty;

Viewing at(AuditedStore& store, std::chrono::seconds later = {}) {
    return {&store, "desk", noon + later};
}

void write(AuditedStore& store, const RecordWrite& write, std::chrono::seconds later = {}) {
    ASSERT_FALSE(store.write(std::span(&write, 1), noon + later));
}

void look(AuditedStore& store, const model::Reader& reader) {
    ASSERT_TRUE(list_records(store, reader, {}, at(store)));
}

Result<model::Reader> reader_named(const std::string& name) {
    return name == "everyone" ? model::Reader{} : official(name);
}

std::vector<RecallNotice> notices_to(AuditedStore& store, std::string state) {
    const auto notices = notices_for(store, official(std::move(state)), at(store, hours{30}));
    EXPECT_TRUE(notices);
    return *notices;
}

TEST(Recall, TellsThoseWhoHadSeenWhatIsWithdrawn) {
    const Place place;
    const auto store = place.open();
    write(*store, first(product("MYS.radio", "ASEAN")));
    look(*store, official("SGP"));
    EXPECT_THAT(notices_to(*store, "SGP"), IsEmpty());
    write(*store, next(product("MYS.radio", "ASEAN"), 1, true), hours{1});
    EXPECT_THAT(
        notices_to(*store, "SGP"),
        ElementsAre(RecallNotice{"MYS.radio", "product", "MYS", noon + hours{1}, {}, false})
    );
    EXPECT_THAT(notices_to(*store, "IDN"), IsEmpty()) << "it could have seen it, and did not";
    EXPECT_THAT(notices_to(*store, "MYS"), IsEmpty());
}

TEST(Recall, NamesTheFieldsThatWereSeenAndAreNoLonger) {
    const Place place;
    const auto store = place.open();
    write(*store, first(product("MYS.radio", "ASEAN")));
    look(*store, official("SGP"));
    Record narrower = product("MYS.radio", "ASEAN");
    narrower.policy.fields = {
        {"hs", {}},  // nothing stands in it: it was not shown
        {"name", *model::parse_grants("IDN", {})},
        {"price", *model::parse_grants("ASEAN:generalised", {"ASEAN"})}};
    write(*store, next(narrower, 1), hours{1});
    const auto notices = notices_to(*store, "SGP");
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_THAT(notices.front().fields, ElementsAre("name", "price"));
}

TEST(Recall, IsNoneForWhatTheReaderSawNoMoreOf) {
    const Place place;
    const auto store = place.open();
    Record record = product("MYS.radio", "ASEAN");
    record.policy.fields = {{"price", *model::parse_grants("SGP:generalised;IDN", {})}};
    write(*store, first(record));
    look(*store, official("SGP"));
    record.policy.fields = {{"price", *model::parse_grants("SGP:generalised", {})}};
    write(*store, next(record, 1));
    EXPECT_THAT(notices_to(*store, "SGP"), IsEmpty()) << "Indonesia's price was taken back";
}

TEST(Recall, EndsWhenItIsReleasedAgainAndNotWhenAGrantLapses) {
    const Place place;
    const auto store = place.open();
    write(*store, first(product("MYS.radio", "SGP@/2026-11-26;IDN")));
    look(*store, official("SGP"));
    look(*store, official("IDN"));
    // Written after Singapore's grant has lapsed: it takes nothing back from Singapore.
    write(*store, next(product("MYS.radio", ""), 1), hours{24});
    model::Reader later = official("SGP");
    later.on += std::chrono::days{2};
    EXPECT_THAT(*notices_for(*store, later, at(*store, hours{48})), IsEmpty());
    EXPECT_EQ(notices_to(*store, "IDN").size(), 1U);
    write(*store, next(product("MYS.radio", "IDN"), 2), hours{25});
    EXPECT_THAT(notices_to(*store, "IDN"), IsEmpty());
    write(*store, next(product("MYS.radio", ""), 3), hours{26});
    EXPECT_EQ(notices_to(*store, "IDN").front().at, noon + hours{26});
}

TEST(Recall, KeepsWhoWasToldAndWhoAcknowledged) {
    const Place place;
    {
        const auto store = place.open();
        write(*store, first(product("MYS.radio", "public")));
        look(*store, official("SGP"));
        look(*store, official("IDN"));
        look(*store, model::Reader{});
        write(*store, next(product("MYS.radio", "IDN"), 1), hours{1});
        notices_to(*store, "SGP");
        const auto refused =
            acknowledge_notice(*store, official("IDN"), "MYS.radio", at(*store, hours{2}));
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->code, ErrorCode::not_found);
        for (int twice = 0; twice < 2; ++twice) {
            ASSERT_FALSE(
                acknowledge_notice(*store, official("SGP"), "MYS.radio", at(*store, hours{31}))
            );
        }
        EXPECT_TRUE(notices_to(*store, "SGP").front().is_acknowledged);
    }
    const auto store = place.open();
    const auto sent = *notices_of(*store, "MYS", reader_named);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].reader, "SGP");
    EXPECT_EQ(sent[0].told, noon + hours{30});
    EXPECT_EQ(sent[0].acknowledged, noon + hours{31});
    EXPECT_EQ(sent[1].reader, "everyone");
    EXPECT_FALSE(sent[1].told);
    EXPECT_FALSE(sent[1].acknowledged);
    EXPECT_TRUE(notices_of(*store, "IDN", reader_named)->empty());
}

TEST(Recall, OfMoreIsToldAnew) {
    const Place place;
    const auto store = place.open();
    write(*store, first(product("MYS.radio", "SGP")));
    look(*store, official("SGP"));
    Record narrower = product("MYS.radio", "SGP");
    narrower.policy.fields = {{"price", {}}};
    write(*store, next(narrower, 1), hours{1});
    ASSERT_FALSE(acknowledge_notice(*store, official("SGP"), "MYS.radio", at(*store, hours{2})));
    EXPECT_TRUE(notices_to(*store, "SGP").front().is_acknowledged);
    write(*store, next(narrower, 2, true), hours{3});
    const auto notices = notices_to(*store, "SGP");
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_FALSE(notices.front().is_acknowledged);
    EXPECT_EQ(notices.front().at, noon + hours{3});
}

// What a reader is told hangs on what it saw alone: over random releases of one record, changed at
// random, beside which other records and other readers come and go in one of two registries.
TEST(Recall, TellsTheSameWhateverElseHappens) {
    const std::vector<std::string>
        releases{"", "SGP", "SGP:exists", "ASEAN:generalised", "public", "SGP:generalised;IDN"};
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        RandomStream random(seed, 0);
        const Place with_place;
        const Place without_place;
        const auto with = with_place.open();
        const auto without = without_place.open();
        write(*with, first(product("MYS.hidden", "IDN")));
        std::uint64_t last = 0;
        std::uint64_t last_with = 0;
        for (int step = 0; step < 6; ++step) {
            const hours later{step};
            Record record = product("MYS.radio", releases[random.below(releases.size())]);
            const bool is_withdrawal = last > 0 && random.below(5) == 0;
            write(*without, next(record, last++, is_withdrawal), later);
            write(*with, next(record, last_with++, is_withdrawal), later);
            if (!is_withdrawal && random.below(2) == 0) {
                record.note = "for us alone";
                record.policy.fields = {{"note", {}}};
                write(*with, next(record, last_with++), later);
            }
            look(*with, official("IDN"));
            if (random.below(2) == 0) {
                look(*with, official("SGP"));
                look(*without, official("SGP"));
            }
        }
        write(*with, next(product("MYS.hidden", "IDN"), 1, true), hours{7});
        ASSERT_EQ(notices_to(*with, "SGP"), notices_to(*without, "SGP")) << "seed " << seed;
    }
}

}  // namespace
}  // namespace adic::app
