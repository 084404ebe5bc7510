#include "adic/app/bundles.hpp"

#include "adic/app/recall.hpp"
#include "adic/app/registry.hpp"
#include "adic/audit/sealing.hpp"
#include "adic/base/random.hpp"

#include "place.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using audit::KeyKind;
using audit::SigningKey;
using model::Record;
using registry::BundleStore;
using std::chrono::hours;
using test::first;
using test::next;
using test::noon;
using test::official;
using test::product;
using testing::ElementsAre;
using testing::HasSubstr;

/// A registry of a state: its records, its log, its bundles, its keys.
struct Ministry {
    explicit Ministry(std::string name)
        : state(std::move(name))
        , key(*SigningKey::create(state + ".example/sender", KeyKind::sender))
        , opens(*SigningKey::create(state + ".example/recipient", KeyKind::recipient))
        , store(place.open())
        , bundles(*BundleStore::open(place.scratch.path() / "bundles")) {}

    Viewing viewing(std::chrono::seconds later = {}) const {
        return {store.get(), "desk of " + state, noon + later, bundles.get()};
    }

    void write(const registry::RecordWrite& write) const {
        ASSERT_FALSE(store->write(std::span(&write, 1), noon));
    }

    Result<ExportBundleAnswer> send(
        const model::Reader& to,
        std::chrono::sys_seconds at = noon,
        std::optional<std::uint64_t> since = {},
        bool anew = false
    ) const {
        return export_bundle(*store, *bundles, {state, to, anew, since}, key, viewing(at - noon));
    }

    Result<ImportBundleAnswer> take(
        std::string_view text,
        const std::vector<registry::TrustedSender>& senders,
        bool is_confirmed = true
    ) const {
        return import_bundle(
            *store,
            *bundles,
            {text, official(state), senders, &opens, is_confirmed},
            viewing()
        );
    }

    std::vector<registry::SeenRecord> list(const model::Reader& reader, std::string_view owner)
        const {
        const auto seen = list_records(*store, reader, {}, viewing());
        EXPECT_TRUE(seen);
        std::vector<registry::SeenRecord> records = **seen;
        std::erase_if(records, [&](const auto& record) { return record.owner != owner; });
        return records;
    }

    std::string state;
    SigningKey key;
    SigningKey opens;
    test::Place place;
    std::unique_ptr<AuditedStore> store;
    std::unique_ptr<BundleStore> bundles;
};

std::vector<registry::TrustedSender> trust(const Ministry& one) {
    return {{one.state, one.key.verifying()}};
}

std::vector<std::string> words_of(const ImportBundleAnswer& answer) {
    std::vector<std::string> words;
    for (const ImportedRecord& record : answer.records) {
        words.push_back(std::string(name_of(record.change)) + ' ' + record.id);
        for (const std::string& field : record.fields) {
            words.back() += ' ' + field;
        }
        for (const std::string& field : record.taken_back) {
            words.back() += " -" + field;
        }
    }
    return words;
}

TEST(Bundles, CarryWhatChangedAndWhatIsTakenBack) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    mys.write(first(product("MYS.a", "IDN")));
    mys.write(first(product("MYS.b", "ASEAN:generalised")));
    mys.write(first(product("MYS.c", "IDN")));
    mys.write(first(product("MYS.hidden", "SGP")));
    const auto one = *mys.send(official("IDN"));
    EXPECT_EQ(one.text.find("hidden"), one.text.npos);
    EXPECT_THAT(
        words_of(*idn.take(one.text, trust(mys), false)),
        ElementsAre("new MYS.a", "new MYS.b", "new MYS.c")
    );
    EXPECT_TRUE(idn.list(official("IDN"), "MYS").empty()) << "nothing changes unless confirmed";
    EXPECT_TRUE(idn.take(one.text, trust(mys))->is_saved);
    Record narrower = product("MYS.a", "IDN", 200);
    narrower.policy.fields = {{"name", {}}};
    mys.write(next(narrower, 1));
    mys.write(next(product("MYS.c", ""), 1));
    mys.write(first(product("MYS.d", "IDN:exists")));
    const auto two = *idn.take(mys.send(official("IDN"))->text, trust(mys));
    EXPECT_THAT(
        words_of(two),
        ElementsAre("changed MYS.a price -name", "withdrawn MYS.c", "new MYS.d")
    );
    EXPECT_EQ(two.unchanged, 1U);
    EXPECT_EQ(idn.list(official("IDN"), "MYS"), mys.list(official("IDN"), "MYS"));
    EXPECT_TRUE(idn.list(official("SGP"), "MYS").empty()) << "nothing is passed on";
    EXPECT_TRUE(idn.list(model::Reader{}, "MYS").empty());
    // The owner's notices know of what left in bundles.
    const auto sent = *notices_of(*mys.store, "MYS", [](const std::string& name) {
        return Result(official(name));
    });
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].notice.fields, std::vector<std::string>{"name"});
    EXPECT_TRUE(sent[0].told);
    EXPECT_TRUE(sent[1].notice.fields.empty());
    EXPECT_TRUE(sent[1].told);
    EXPECT_FALSE(sent[1].acknowledged);
}

TEST(Bundles, AreHarmlessAgainAndRefusedOutOfOrder) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    const Ministry sgp("SGP");
    std::vector<std::string> texts;
    for (const std::string id : {"MYS.a", "MYS.b", "MYS.c", "MYS.d"}) {
        mys.write(first(product(id, "IDN")));
        texts.push_back(mys.send(official("IDN"))->text);
    }
    const auto refused = [&](const Ministry& who, const std::string& text) {
        const auto taken = who.take(text, trust(mys));
        return taken ? std::string{} : taken.error().message;
    };
    EXPECT_THAT(refused(idn, texts[1]), HasSubstr("bundle 1 of its series is missing"));
    EXPECT_TRUE(idn.take(texts[0], trust(mys))->is_saved);
    EXPECT_THAT(refused(idn, texts[3]), HasSubstr("bundles 2 to 3 of its series are missing"));
    EXPECT_TRUE(idn.take(texts[1], trust(mys))->is_saved);
    for (const std::string& again : {texts[0], texts[1]}) {
        const auto repeated = *idn.take(again, trust(mys));
        EXPECT_TRUE(repeated.is_repeated && !repeated.is_saved);
    }
    EXPECT_EQ(idn.list(official("IDN"), "MYS").size(), 2U);
    EXPECT_THAT(refused(sgp, texts[0]), HasSubstr("it is not for SGP"));
    EXPECT_THAT(refused(mys, texts[0]), HasSubstr("comes from this state itself"));
    // The third is lost: the sender goes on from the second.
    const auto since = *mys.send(official("IDN"), noon, 2);
    EXPECT_EQ(since.bundle.number, 5U);
    EXPECT_THAT(words_of(*idn.take(since.text, trust(mys))), ElementsAre("new MYS.c", "new MYS.d"));
    EXPECT_THAT(refused(idn, texts[3]), HasSubstr("5 was imported already"));
    EXPECT_FALSE(mys.send(official("IDN"), noon, 9));
    EXPECT_FALSE(mys.send(official("SGP"), noon, 1));
    EXPECT_FALSE(mys.send(official("MYS")));
}

TEST(Bundles, ThatBeginAnewTakeThePlaceOfAll) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    mys.write(first(product("MYS.a", "IDN")));
    mys.write(first(product("MYS.b", "IDN")));
    const std::string old = mys.send(official("IDN"))->text;
    ASSERT_TRUE(idn.take(old, trust(mys)));
    const std::string lost = mys.send(official("IDN"))->text;
    mys.write(next(product("MYS.b", "IDN"), 1, true));
    const auto anew = *mys.send(official("IDN"), noon + hours{1}, {}, true);
    EXPECT_EQ(anew.bundle.number, 1U);
    const auto taken = *idn.take(anew.text, trust(mys));
    EXPECT_TRUE(taken.begins_anew);
    EXPECT_EQ(taken.unchanged, 1U);
    EXPECT_THAT(words_of(taken), ElementsAre("withdrawn MYS.b"));
    EXPECT_THAT(idn.take(lost, trust(mys)).error().message, HasSubstr("a later series"));
    EXPECT_TRUE(idn.take(old, trust(mys))->is_repeated);
}

TEST(Bundles, OfRecordsThatAreKeptHereAreConflicts) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    mys.write(first(product("MYS.a", "IDN")));
    mys.write(first(product("MYS.b", "IDN")));
    idn.write(first(product("MYS.b", "")));
    const std::string text = mys.send(official("IDN"))->text;
    EXPECT_THAT(
        words_of(*idn.take(text, trust(mys), false)),
        ElementsAre("new MYS.a", "conflict MYS.b")
    );
    const auto refused = idn.take(text, trust(mys));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_TRUE(idn.bundles->received()->empty()) << "all or nothing";
}

TEST(Bundles, AreOpenedByTheirRecipientAlone) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    const Ministry sgp("SGP");
    mys.write(first(product("MYS.a", "IDN")));
    const std::string text = mys.send(official("IDN"))->text;
    const std::string sealed = *audit::seal(text, mys.key, idn.opens.verifying());
    EXPECT_FALSE(sgp.take(sealed, trust(mys)));
    EXPECT_FALSE(idn.take(sealed, trust(sgp)));
    EXPECT_FALSE(idn.take(sealed.substr(0, sealed.size() - 1), trust(mys)));
    // One that passes on to others what it could open does not get it accepted there.
    const std::string passed_on = *audit::seal(text, idn.key, sgp.opens.verifying());
    auto both = trust(mys);
    both.push_back(trust(idn).front());
    EXPECT_THAT(sgp.take(passed_on, both).error().message, HasSubstr("not for SGP"));
    EXPECT_TRUE(idn.take(sealed, trust(mys))->is_saved);
}

TEST(Bundles, GoBackAndForthWithoutALoop) {
    const Ministry mys("MYS");
    const Ministry idn("IDN");
    mys.write(first(product("MYS.a", "public")));
    idn.write(first(product("IDN.a", "public")));
    for (int round = 0; round < 3; ++round) {
        const auto there = *mys.send(official("IDN"));
        const auto back = *idn.send(official("MYS"));
        EXPECT_EQ(there.bundle.records.size(), round == 0 ? 1U : 0U);
        EXPECT_EQ(back.bundle.records.size(), round == 0 ? 1U : 0U);
        ASSERT_TRUE(idn.take(there.text, trust(mys)));
        ASSERT_TRUE(mys.take(back.text, trust(idn)));
    }
    EXPECT_EQ(idn.list(official("IDN"), "MYS").size(), 1U);
    EXPECT_EQ(idn.list(official("IDN"), "IDN").size(), 1U);
}

/// Changes records at random, so that the releases of some of them change and others go.
class RandomOwner {
  public:
    explicit RandomOwner(std::uint64_t seed) : random_(seed, 0) {}

    void change(const Ministry& one) {
        for (int i = 0; i < 6; ++i) {
            const std::string id = "MYS.r" + std::to_string(random_.below(8));
            Record record = product(id, any_release(), static_cast<double>(random_.below(500)));
            record.note = "note " + std::to_string(random_.below(3));
            record.policy.fields = {
                {"name", *model::parse_grants(any_release(), {"ASEAN"})},
                {"price", *model::parse_grants(any_release(), {"ASEAN"})}};
            const auto before = *one.store->latest(id);
            const bool is_withdrawal = before && random_.below(5) == 0;
            one.write(next(record, before ? before->number : 0, is_withdrawal));
        }
    }

  private:
    std::string_view any_release() {
        constexpr std::array<std::string_view, 6>
            releases{"", "IDN", "ASEAN:generalised", "public:exists", "SGP", "public"};
        return releases.at(random_.below(releases.size()));
    }

    RandomStream random_;
};

TEST(Bundles, GiveExactlyWhatTheRecipientWouldSee) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        const Ministry mys("MYS");
        const Ministry idn("IDN");
        RandomOwner owner(seed);
        for (int round = 0; round < 5; ++round) {
            owner.change(mys);
            const auto sent = mys.send(official("IDN"));
            ASSERT_TRUE(sent);
            ASSERT_TRUE(idn.take(sent->text, trust(mys)));
            ASSERT_EQ(idn.list(official("IDN"), "MYS"), mys.list(official("IDN"), "MYS"));
            for (const auto& record : mys.list(official("IDN"), "MYS")) {
                const auto there = record_history(*mys.store, official("IDN"), record.id);
                const auto here =
                    record_history(*idn.store, official("IDN"), record.id, idn.viewing());
                ASSERT_EQ(**here, **there);
            }
        }
    }
}

// The bytes of every bundle of a series, whatever else the sender keeps and changes.
TEST(Bundles, AreTheSameWhateverTheRecipientMayNotSee) {
    for (std::uint64_t seed = 0; seed < 2; ++seed) {
        const Ministry with("MYS");
        const Ministry without("MYS");
        RandomOwner owner(seed);
        RandomOwner same(seed);
        with.write(first(product("MYS.a-hidden", "SGP")));
        for (int round = 0; round < 4; ++round) {
            owner.change(with);
            same.change(without);
            with.write(next(product("MYS.a-hidden", "SGP"), static_cast<std::uint64_t>(round) + 1));
            with.write(first(product("MYS.z" + std::to_string(round), "public@2099-01-01/")));
            const ExportBundleRequest request{"MYS", official("IDN")};
            const auto one =
                export_bundle(*with.store, *with.bundles, request, with.key, with.viewing());
            const auto two = export_bundle(
                *without.store,
                *without.bundles,
                request,
                with.key,
                without.viewing()
            );
            ASSERT_EQ(one->text, two->text);
            ASSERT_TRUE(export_bundle(
                *with.store,
                *with.bundles,
                {"MYS", official("SGP")},
                with.key,
                with.viewing()
            ));
        }
    }
}

}  // namespace
}  // namespace adic::app
