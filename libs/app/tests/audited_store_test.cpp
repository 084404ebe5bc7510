#include "adic/app/audited_store.hpp"

#include "adic/app/registry.hpp"
#include "adic/audit/log.hpp"
#include "adic/base/random.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "place.hpp"

#include <algorithm>
#include <csignal>
#include <map>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace adic::app {
namespace {

using audit::Event;
using audit::EventKind;
using model::Record;
using registry::RecordWrite;
using testing::ElementsAre;
using testing::IsEmpty;

using test::first;
using test::next;
using test::noon;
using test::official;
using test::Place;
using test::product;

/// "written MYS.radio version:1"
std::vector<std::string> words_of(const std::vector<Event>& events) {
    std::vector<std::string> words;
    for (const Event& event : events) {
        std::string text(audit::name_of(event.kind));
        text += ' ' + event.record + ' ' + event.detail;
        for (const std::string& field : event.fields) {
            text += ' ' + field;
        }
        words.push_back(event.reader.empty() ? text : text + " to " + event.reader);
    }
    return words;
}

TEST(AuditedStore, WritesDownWhoChangedWhatAndWhoMaySeeMoreOrLess) {
    const Place place;
    {
        const auto store = place.open();
        const std::vector<RecordWrite> both{
            first(product("MYS.radio", "SGP")),
            first(product("MYS.silent", ""))};
        ASSERT_FALSE(store->write(both, noon));
        Record wider = product("MYS.radio", "SGP;THA");
        wider.policy.fields = {{"price", {}}};
        for (const RecordWrite& write :
             {next(wider, 1), next(product("MYS.silent", "", 7), 1), next(wider, 2, true)}) {
            ASSERT_FALSE(store->write(std::span(&write, 1), noon));
        }
    }
    EXPECT_THAT(
        words_of(place.entries()),
        ElementsAre(
            "written MYS.radio version:1",
            "released MYS.radio version:1 record",
            "written MYS.silent version:1",
            "written MYS.radio version:2",
            "recalled MYS.radio version:2",  // its price, from Singapore
            "released MYS.radio version:2 record",
            "written MYS.silent version:2",
            "written MYS.radio version:3",
            "recalled MYS.radio version:3"
        )
    );
    EXPECT_EQ(place.entries().front().actor, "an officer");
    EXPECT_EQ(place.entries().front().owner, "MYS");
}

TEST(AuditedStore, WritesDownWhoComesToTheOwnersSideAndWhoLeavesIt) {
    const Place place;
    {
        const auto store = place.open();
        Record record = product("MYS.radio", "");
        record.organisation = "yard";
        for (const RecordWrite& write :
             {first(record), next(product("MYS.radio", ""), 1), next(record, 2)}) {
            ASSERT_FALSE(store->write(std::span(&write, 1), noon));
        }
    }
    EXPECT_THAT(
        words_of(place.entries()),
        ElementsAre(
            "written MYS.radio version:1",
            "released MYS.radio version:1 owners_side",
            "written MYS.radio version:2",
            "recalled MYS.radio version:2",
            "written MYS.radio version:3",
            "released MYS.radio version:3 owners_side"
        )
    );
}

TEST(AuditedStore, WritesNothingThatTheLogCannotName) {
    const Place place;
    {
        const auto store = place.open();
        RecordWrite write = first(product("MYS.radio", "SGP"));
        write.by = "two\nlines";
        EXPECT_TRUE(store->write(std::span(&write, 1), noon));
        EXPECT_FALSE(*store->latest("MYS.radio"));
        write = next(product("MYS.radio", "SGP"), 5);  // the store refuses
        EXPECT_TRUE(store->write(std::span(&write, 1), noon));
    }
    EXPECT_THAT(words_of(place.entries()), IsEmpty());
}

TEST(AuditedStore, WritesDownWhatAReaderSeesAndNothingElse) {
    const Place place;
    {
        const auto store = place.open();
        Record radio = product("MYS.radio", "ASEAN");
        radio.policy.fields = {{"price", *model::parse_grants("SGP:generalised", {})}};
        const std::vector<RecordWrite> writes{
            first(radio),
            first(product("MYS.hidden", "THA")),
            first(product("MYS.there", "SGP:exists"))};
        ASSERT_FALSE(store->write(writes, noon));
        const Viewing viewing{store.get(), "desk", noon};
        ASSERT_TRUE(list_records(*store, official("SGP"), {"product", ""}, viewing));
        ASSERT_TRUE(list_records(*store, official("IDN"), {"product", "nothing"}, viewing));
        ASSERT_TRUE(record_history(*store, official("IDN"), "MYS.hidden", viewing));
        ASSERT_TRUE(record_history(*store, official("IDN"), "MYS.radio", viewing));
    }
    auto entries = place.entries();
    std::erase_if(entries, [](const Event& event) { return event.kind != EventKind::shown; });
    EXPECT_THAT(
        words_of(entries),
        ElementsAre(
            "shown MYS.radio version:1 confidence kind name price:generalised record to SGP",
            "shown MYS.there version:1 record to SGP",
            "shown MYS.radio history:1 confidence kind name record to IDN"
        )
    );
}

TEST(AuditedStore, WritesADisclosureOnceADayForEachAccountAndVersion) {
    const Place place;
    const auto look = [&](AuditedStore& store, std::string actor, std::chrono::seconds later) {
        const Viewing viewing{&store, std::move(actor), noon + later};
        ASSERT_TRUE(list_records(store, official("SGP"), {}, viewing));
    };
    const auto shown = [&] {
        const auto entries = place.entries();
        return std::ranges::count(entries, EventKind::shown, &Event::kind);
    };
    {
        const auto store = place.open();
        const RecordWrite write = first(product("MYS.radio", "SGP"));
        ASSERT_FALSE(store->write(std::span(&write, 1), noon));
        look(*store, "desk", {});
        look(*store, "desk", std::chrono::hours{1});
        EXPECT_EQ(shown(), 1);
        look(*store, "other desk", std::chrono::hours{1});
        EXPECT_EQ(shown(), 2);
    }
    {
        const auto store = place.open();  // remembers from the log
        look(*store, "desk", std::chrono::hours{2});
        EXPECT_EQ(shown(), 2);
        const RecordWrite write = next(product("MYS.radio", "SGP", 200), 1);
        ASSERT_FALSE(store->write(std::span(&write, 1), noon));
        look(*store, "desk", std::chrono::hours{2});
        EXPECT_EQ(shown(), 3);
        look(*store, "desk", std::chrono::hours{24});
        EXPECT_EQ(shown(), 4);
    }
}

/// What is left of a reference hangs on what others release: that is not the owner's to read.
TEST(AuditedStore, NamesAReferenceByWhatIsGranted) {
    Record record;
    record.id = "MYS.s";
    record.owner = "MYS";
    record.type = model::find_record_type("third-party-supplier");
    record.fields.resize(record.type->fields.size());
    record.fields[*record.type->find_field("alternatives")] = model::Words{"IDN.hidden"};
    record.policy.record = {{}};
    const Record other = product("IDN.hidden", "SGP");
    const auto names = [&](const Record* found) {
        const registry::ReleaseGate gate{official("SGP"), [&](std::string_view) { return found; }};
        return shown_record(**gate.see(record), 1).fields;
    };
    EXPECT_EQ(names(nullptr), names(&other));
    EXPECT_THAT(names(nullptr), testing::Contains("alternatives"));
}

TEST(AuditedStore, ShowsNothingThatItCannotWriteDown) {
    const Place place;
    const auto store = place.open();
    const RecordWrite write = first(product("MYS.radio", "public"));
    ASSERT_FALSE(store->write(std::span(&write, 1), noon));
    EXPECT_FALSE(list_records(*store, official("SGP"), {}, {store.get(), "", noon}));
    EXPECT_FALSE(record_history(*store, official("SGP"), "MYS.radio", {store.get(), "", noon}));
}

TEST(AuditedStore, TakesDisclosuresOfManyThreadsAtOnce) {
    const Place place;
    constexpr int threads = 4;
    constexpr int rounds = 50;
    {
        const auto store = place.open();
        std::vector<std::thread> readers;
        for (int t = 0; t < threads; ++t) {
            readers.emplace_back([&, t] {
                for (int round = 0; round < rounds; ++round) {
                    const ShownRecord one{"MYS.r" + std::to_string(round), "MYS", {"record"}, ""};
                    const auto actor = "desk " + std::to_string(t);
                    EXPECT_FALSE(store->disclose({official("SGP"), actor, noon}, std::span(&one, 1))
                    );
                }
            });
        }
        for (std::thread& reader : readers) {
            reader.join();
        }
    }
    std::map<std::string, int> of;
    for (const Event& event : place.entries()) {
        ++of[event.actor];
    }
    EXPECT_EQ(of.size(), std::size_t{threads});
    for (const auto& [actor, count] : of) {
        EXPECT_EQ(count, rounds) << actor;
    }
}

/// A store in which the power fails.
class StoreThatStops : public registry::RecordStore {
  public:
    enum class When { before_it_is_written, after_it_is_written };

    StoreThatStops(std::unique_ptr<RecordStore> store, When when)
        : store_(std::move(store))
        , when_(when) {}

    std::optional<Error> write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
        override {
        if (when_ == When::after_it_is_written) {
            EXPECT_FALSE(store_->write(writes, at));
        }
        ::kill(::getpid(), SIGKILL);
        return std::nullopt;
    }

    Result<std::optional<model::RecordVersion>> latest(const std::string& id) const override {
        return store_->latest(id);
    }

    Result<std::vector<model::RecordVersion>> history(const std::string& id) const override {
        return store_->history(id);
    }

    std::optional<Error> scan(
        const registry::RecordFilter& filter,
        const std::function<bool(const model::RecordVersion&)>& visit
    ) const override {
        return store_->scan(filter, visit);
    }

    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t, const model::RecordVersion&)>& visit
    ) const override {
        return store_->changes_since(sequence, visit);
    }

  private:
    std::unique_ptr<RecordStore> store_;
    When when_;
};

TEST(AuditedStore, MendsTheLogWhereAWriteStoppedHalfWay) {
    using When = StoreThatStops::When;
    for (const When when : {When::before_it_is_written, When::after_it_is_written}) {
        const Place place;
        const std::vector<RecordWrite> writes{
            first(product("MYS.radio", "SGP")),
            first(product("MYS.silent", ""))};
        const pid_t child = ::fork();
        if (child == 0) {
            auto inner = registry::open_sqlite_store(place.store());
            const auto store = AuditedStore::open(
                std::make_unique<StoreThatStops>(*std::move(inner), when),
                place.log()
            );
            static_cast<void>((*store)->write(writes, noon));
            ::_exit(1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        EXPECT_TRUE(place.entries().empty());
        { place.open(); }
        const auto entries = words_of(place.entries());
        if (when == When::before_it_is_written) {
            EXPECT_THAT(entries, IsEmpty());
        } else {
            EXPECT_THAT(
                entries,
                ElementsAre(
                    "written MYS.radio version:1",
                    "released MYS.radio version:1 record",
                    "written MYS.silent version:1"
                )
            );
        }
        { place.open(); }
        EXPECT_EQ(words_of(place.entries()), entries) << "it is mended once";
    }
}

/// Writes versions until it is killed.
[[noreturn]] void write_for_ever(const Place& place, std::uint64_t seed) {
    RandomStream random(seed, 1);
    const auto store = place.open();
    while (true) {
        std::vector<RecordWrite> writes;
        for (std::uint64_t i = random.below(4); i < 4; ++i) {
            const std::string id = "MYS.r" + std::to_string(i);
            const auto before = *store->latest(id);
            writes.push_back(next(product(id, "SGP"), before ? before->number : 0));
        }
        if (store->write(writes, noon)) {
            ::_exit(1);
        }
    }
}

TEST(AuditedStore, AgreesWithItsLogWheneverItIsKilled) {
    const Place place;
    RandomStream random(3, 0);
    for (std::uint64_t round = 0; round < 25; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            write_for_ever(place, round);
        }
        ::usleep(static_cast<useconds_t>(random.below(30'000)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        const auto store = place.open();
        std::map<std::string, std::uint64_t> logged;
        for (const Event& event : place.entries()) {
            if (event.kind == EventKind::written) {
                ASSERT_EQ(event.detail, "version:" + std::to_string(++logged[event.record]));
            }
        }
        for (const std::string id : {"MYS.r0", "MYS.r1", "MYS.r2", "MYS.r3"}) {
            const auto latest = *store->latest(id);
            ASSERT_EQ(latest ? latest->number : 0, logged[id]);
        }
    }
}

}  // namespace
}  // namespace adic::app
