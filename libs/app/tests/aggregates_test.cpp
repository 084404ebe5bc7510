// A total over what states hide: by consent, once, and with no other way to it.

#include "adic/app/aggregates.hpp"

#include "adic/base/random.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "place.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using model::RecordVersion;
using registry::RecordWrite;
using std::chrono::sys_days;
using test::noon;
using test::official;
using testing::ElementsAre;
using testing::HasSubstr;

const std::filesystem::path data = ADIC_SOURCE_DIR "/data";
constexpr sys_days today = std::chrono::floor<std::chrono::days>(noon);
constexpr sys_days next_year = today + std::chrono::days{365};

Authorship author(const std::string& owner, std::chrono::sys_seconds at = noon) {
    return {owner, "an officer", "a test", at};
}

/// A registry in which Viet Nam asks how many radios all want in 2027 and 2028.
class Registry {
  public:
    explicit Registry(registry::RecordStore& store) : store_(store) {
        add("VNM",
            "aggregate",
            definition + "radios,radios,demand.quantity,radio,2027,2028,3,10,10,ASEAN,ASEAN\n");
    }

    static inline const std::string definition =
        "id,name,measure,item,first_year,last_year,smallest_group,protection,rounding,audience,"
        "release\n";

    /// The problems of the table; empty: it was added.
    std::string add(const std::string& owner, const std::string& type, const std::string& table) {
        AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = data;
        request.new_identifier = [] { return std::string("new"); };
        const auto added = add_records(store_, request, author(owner));
        if (!added) {
            return added.error().message;
        }
        std::string problems;
        for (const ingest::Issue& issue : added->report.issues()) {
            problems += issue.message + '\n';
        }
        return problems;
    }

    void plan(const std::string& owner, double quantity, const std::string& release = "") {
        const std::string row =
            "wanted,radio," + std::to_string(quantity) + ",2027-05-01," + release + '\n';
        ASSERT_EQ(add(owner, "demand", "id,item,quantity,first,release\n" + row), "");
    }

    Result<ConsentAnswer> consent(
        const std::string& state,
        const std::string& id = "VNM.radios",
        std::chrono::sys_seconds at = noon
    ) {
        ConsentRequest request;
        request.id = id;
        request.until = next_year;
        request.data = data;
        request.is_confirmed = true;
        return consent_to_aggregate(store_, request, author(state, at));
    }

    Result<PublishAnswer> publish(
        const std::string& id = "VNM.radios",
        const std::string& owner = "VNM",
        std::chrono::sys_seconds at = noon
    ) {
        PublishRequest request;
        request.id = id;
        request.data = data;
        request.is_confirmed = true;
        return publish_aggregate(store_, request, author(owner, at));
    }

    AggregateStanding standing(const std::string& state, const std::string& id = "VNM.radios") {
        auto found = open_aggregate(store_, official(state), data, id);
        EXPECT_TRUE(found) << found.error().message;
        return *std::move(found);
    }

    registry::RecordStore& store() { return store_; }

  private:
    registry::RecordStore& store_;
};

class Aggregates : public testing::Test {
  protected:
    Aggregates()
        : store_(*registry::open_sqlite_store(scratch_.path() / "registry.db"))
        , registry_(*store_) {}

    void plan_and_consent() {
        for (const auto& [state, quantity] :
             std::map<std::string, double>{{"IDN", 41}, {"SGP", 33}, {"THA", 20}}) {
            registry_.plan(state, quantity);
            ASSERT_TRUE(registry_.consent(state));
        }
    }

    test::ScratchFolder scratch_;
    std::unique_ptr<registry::RecordStore> store_;
    Registry registry_;
};

/// Writes a consent past the use cases, by another one of the same state.
void forge_consent(
    registry::RecordStore& store,
    const std::string& state,
    const std::string& like,
    const AggregateStanding& to
) {
    RecordWrite write{
        (*store.latest(registry::consent_id(state, like)))->record,
        0,
        false,
        "nobody",
        "no reason"};
    write.record.id = registry::consent_id(state, to.question.id);
    const auto set = [&](std::string_view key, const std::string& value) {
        write.record.fields[*write.record.type->find_field(key)] = value;
    };
    set("aggregate", to.question.id);
    set("definition", to.mark);
    static_cast<void>(store.write(std::span(&write, 1), noon));  // it may be there
}

std::string message_of(const auto& result) {
    return result ? std::string("no error") : result.error().message;
}

TEST_F(Aggregates, ArePublishedOnceForThoseWhoAreNamed) {
    plan_and_consent();
    const auto published = registry_.publish();
    ASSERT_TRUE(published) << published.error().message;
    EXPECT_TRUE(published->is_published);
    const auto standing = registry_.standing("MYS");
    ASSERT_TRUE(standing.result);
    EXPECT_EQ(standing.result->total.total, 90.0) << "94 to the nearest 10";
    EXPECT_THAT(standing.result->states, ElementsAre("IDN", "SGP", "THA"));
    EXPECT_EQ(standing.result->published, today);
    model::Reader outside = official("USA");
    outside.blocs.clear();
    EXPECT_TRUE((*list_records(*store_, outside, {"aggregate-result", {}}))->empty());
    EXPECT_EQ(
        message_of(registry_.publish()),
        "'VNM.radios' has been published, and is published once"
    );
    EXPECT_THAT(message_of(registry_.consent("MYS")), HasSubstr("it has been published"));
}

TEST_F(Aggregates, CountConsentsAndNeverContributions) {
    for (const char* state : {"IDN", "SGP"}) {
        registry_.plan(state, 40);
        ASSERT_TRUE(registry_.consent(state));
    }
    registry_.plan("THA", 20);
    EXPECT_EQ(
        message_of(registry_.publish()),
        "'VNM.radios' takes the consent of at least 3 states, and has that of 2: IDN, SGP"
    );
    ASSERT_TRUE(registry_.consent("PHL")) << "it has nothing, and may consent like the others";
    ASSERT_TRUE(registry_.consent("BRN"));
    ASSERT_TRUE(registry_.consent("THA"));
    const auto published = registry_.publish();
    ASSERT_TRUE(published);
    EXPECT_THAT(published->standing.result->states, ElementsAre("BRN", "IDN", "PHL", "SGP", "THA"));
    EXPECT_EQ(published->standing.result->total.total, 100.0);
}

TEST_F(Aggregates, SayWithheldWhereTwoOfThreeHaveNothing) {
    registry_.plan("IDN", 40);
    for (const char* state : {"IDN", "SGP", "THA"}) {
        ASSERT_TRUE(registry_.consent(state));
    }
    const auto published = registry_.publish();
    ASSERT_TRUE(published) << "who consented is enough, whatever they have";
    EXPECT_FALSE(published->standing.result->total.total);
    EXPECT_THAT(message_of(registry_.publish()), HasSubstr("published once"))
        << "and it is not tried again until it gives something";
}

TEST_F(Aggregates, TellAStateWhatItWouldGiveBeforeItConsents) {
    registry_.plan("IDN", 41);
    ASSERT_EQ(registry_.add("IDN", "demand", "id,item,quantity\nsome-day,Radio,7\n"), "");
    ConsentRequest request;
    request.id = "VNM.radios";
    request.data = data;
    const auto asked = consent_to_aggregate(*store_, request, author("IDN"));
    ASSERT_TRUE(asked);
    EXPECT_FALSE(asked->is_saved);
    EXPECT_EQ(asked->standing.own->quantity, 41);
    EXPECT_EQ(asked->standing.own->records, 1U);
    EXPECT_EQ(asked->standing.own->undated, 1U);
    EXPECT_EQ(asked->release, "VNM;ASEAN");
    const auto effects = effects_of_consent(asked->standing);
    EXPECT_THAT(
        effects,
        testing::Contains(
            HasSubstr("Today you would add 41 in 1 of your records; 1 more have no first day")
        )
    );
    EXPECT_THAT(
        effects,
        testing::Contains(HasSubstr("with 3 states it learns the sum of 2 others"))
    );
    EXPECT_TRUE(registry_.standing("MYS").consents.empty()) << "nothing was saved";
}

TEST_F(Aggregates, TakeNoConsentInAnothersName) {
    plan_and_consent();
    EXPECT_THAT(
        registry_.add(
            "THA",
            "consent",
            "id,aggregate,definition,from,until\nIDN.consent.VNM.radios,VNM.radios,x,2026-01-01,"
            "2028-01-01\n"
        ),
        HasSubstr("written by 'adic registry consent' alone")
    );
    // Somebody who writes past the use cases, as a login of PostgreSQL may: a record of Thailand
    // that looks like a consent of the Philippines, and a second one of its own.
    RecordWrite forged{
        (*store_->latest("THA.consent.VNM.radios"))->record,
        0,
        false,
        "nobody",
        "no reason"};
    forged.record.id = "PHL.consent.VNM.radios";
    ASSERT_FALSE(store_->write(std::span(&forged, 1), noon));
    forged.record.id = "THA.another";
    ASSERT_FALSE(store_->write(std::span(&forged, 1), noon));
    EXPECT_EQ(registry_.standing("VNM").consents.size(), 3U);
}

TEST_F(Aggregates, VoidConsentsToAnotherDefinition) {
    plan_and_consent();
    for (const char* row :
         {"radios,radios,demand.quantity,radio,2027,2028,3,10,1,ASEAN,ASEAN\n",
          "radios,radios,demand.quantity,radio,2027,2028,3,10,10,public,ASEAN\n"}) {
        EXPECT_THAT(
            registry_.add("VNM", "aggregate", Registry::definition + row),
            HasSubstr("stays as it was written")
        );
    }
    ASSERT_FALSE(withdraw_record(*store_, "VNM.radios", author("VNM")));
    EXPECT_THAT(
        registry_.add(
            "VNM",
            "aggregate",
            Registry::definition
                + "radios,radios,demand.quantity,radio,2027,2028,3,10,1,ASEAN,ASEAN\n"
        ),
        HasSubstr("stays as it was written")
    ) << "nor is it brought back as another one";
    EXPECT_EQ(registry_.publish().error().code, ErrorCode::not_found);
    // Past the use cases.
    RecordWrite changed{(*store_->latest("VNM.radios"))->record, 2, false, "nobody", "no reason"};
    changed.record.fields[*changed.record.type->find_field("rounding")] = std::int64_t{1};
    ASSERT_FALSE(store_->write(std::span(&changed, 1), noon));
    EXPECT_EQ(
        message_of(registry_.publish()),
        "'VNM.radios' takes the consent of at least 3 states, and has that of 0"
    );
    ConsentRequest stale;
    stale.id = "VNM.radios";
    stale.data = data;
    stale.until = next_year;
    stale.is_confirmed = true;
    stale.mark = "what was looked at before";
    EXPECT_THAT(
        message_of(consent_to_aggregate(*store_, stale, author("IDN"))),
        HasSubstr("is another one now")
    );
}

TEST_F(Aggregates, CountWhatAStatePlansInOneOfThemAlone) {
    const std::string rows =
        "others,others,demand.quantity,RADIO,2028,2030,3,10,10,ASEAN,ASEAN\n"
        "later,later,demand.quantity,radio,2031,2032,3,10,10,ASEAN,ASEAN\n";
    ASSERT_EQ(registry_.add("PHL", "aggregate", Registry::definition + rows), "");
    plan_and_consent();
    EXPECT_THAT(message_of(registry_.consent("IDN", "PHL.others")), HasSubstr("'VNM.radios'"));
    ASSERT_TRUE(registry_.consent("IDN", "PHL.later")) << "no year in common";
    ASSERT_TRUE(registry_.publish());
    ASSERT_FALSE(withdraw_consent(*store_, "VNM.radios", author("IDN")));
    EXPECT_THAT(
        message_of(registry_.consent("IDN", "PHL.others")),
        HasSubstr("'VNM.radios.result'")
    ) << "nor when it has been published, and the consent was taken back";
    ASSERT_FALSE(withdraw_record(*store_, "VNM.radios", author("VNM")));
    EXPECT_THAT(
        message_of(registry_.consent("IDN", "PHL.others")),
        HasSubstr("'VNM.radios.result'")
    ) << "nor without its definition";
    ASSERT_TRUE(registry_.consent("MYS", "PHL.others")) << "who is counted nowhere may";
}

/// Two definitions whose states differ by one, agreed to by writing past the use cases: neither
/// tells the difference.
TEST_F(Aggregates, WithholdWhatTwoOfThemWouldTell) {
    const std::string row = "others,others,demand.quantity,radio,2027,2027,3,10,10,ASEAN,ASEAN\n";
    ASSERT_EQ(registry_.add("PHL", "aggregate", Registry::definition + row), "");
    registry_.plan("MYS", 70);
    ASSERT_TRUE(registry_.consent("MYS"));
    for (const char* state : {"IDN", "SGP", "THA"}) {
        ASSERT_TRUE(registry_.consent(state, "PHL.others"));
    }
    registry_.plan("IDN", 41);
    registry_.plan("SGP", 33);
    registry_.plan("THA", 20);
    for (const char* state : {"IDN", "SGP", "THA"}) {
        forge_consent(*store_, state, "PHL.others", registry_.standing("VNM"));
    }
    const auto first = registry_.publish("PHL.others", "PHL");
    const auto second = registry_.publish();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(first->standing.result->total.total);
    EXPECT_FALSE(second->standing.result->total.total);
}

TEST_F(Aggregates, GiveNoConsentThatWasTakenBackOrHasEnded) {
    plan_and_consent();
    ASSERT_FALSE(withdraw_consent(*store_, "VNM.radios", author("THA")));
    EXPECT_THAT(message_of(registry_.publish()), HasSubstr("that of 2: IDN, SGP"));
    EXPECT_EQ(withdraw_consent(*store_, "VNM.radios", author("THA"))->code, ErrorCode::not_found);
    ASSERT_TRUE(registry_.consent("THA")) << "again";
    const auto late = noon + std::chrono::days{365};
    EXPECT_THAT(message_of(registry_.publish("VNM.radios", "VNM", late)), HasSubstr("that of 0"));
    ASSERT_TRUE(registry_.publish("VNM.radios", "VNM", late - std::chrono::days{1}));
}

TEST_F(Aggregates, ArePublishedByTheirOwnerAlone) {
    plan_and_consent();
    const auto others = registry_.publish("VNM.radios", "IDN");
    const auto none = registry_.publish("VNM.none", "IDN");
    EXPECT_EQ(message_of(others), "there is no record 'VNM.radios' of yours");
    EXPECT_EQ(message_of(none), "there is no record 'VNM.none' of yours");
}

/// A store that reads what one state may, as a login of PostgreSQL does.
class StoreOfOneState : public registry::RecordStore {
  public:
    explicit StoreOfOneState(RecordStore& store) : store_(store) {}

    std::optional<Error> write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
        override {
        return store_.write(writes, at);
    }

    bool reads_all() const override { return false; }

    Result<std::optional<RecordVersion>> latest(const std::string& id) const override {
        return store_.latest(id);
    }

    Result<std::vector<RecordVersion>> history(const std::string& id) const override {
        return store_.history(id);
    }

    std::optional<Error> scan(
        const registry::RecordFilter& filter,
        const std::function<bool(const RecordVersion&)>& visit
    ) const override {
        if (before_scan_) {
            before_scan_(filter.type);
        }
        return store_.scan(filter, visit);
    }

    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t, const RecordVersion&)>& visit
    ) const override {
        return store_.changes_since(sequence, visit);
    }

  protected:
    RecordStore& store_;
    std::function<void(const std::string& type)> before_scan_;
};

TEST_F(Aggregates, AreNotAddedUpByWhoReadsNotAll) {
    plan_and_consent();
    StoreOfOneState store(*store_);
    PublishRequest request;
    request.id = "VNM.radios";
    request.data = data;
    request.is_confirmed = true;
    const auto published = publish_aggregate(store, request, author("VNM"));
    EXPECT_THAT(message_of(published), HasSubstr("who reads all records"));
}

/// A store in which something happens while it is read.
class StoreWithOthers : public StoreOfOneState {
  public:
    StoreWithOthers(RecordStore& store, std::function<void(const std::string&)> before_scan)
        : StoreOfOneState(store) {
        before_scan_ = std::move(before_scan);
    }

    bool reads_all() const override { return true; }
};

/// At whatever moment a consent is taken back: if there was no result yet, it is counted in none.
TEST(AggregatesMeanwhile, CountNobodyWhoTakesTheConsentBackBeforeTheyArePublished) {
    std::size_t scans_before = 0;
    for (std::size_t at = 1; at <= 16; ++at) {
        SCOPED_TRACE(at);
        const test::ScratchFolder scratch;
        const auto inner = *registry::open_sqlite_store(scratch.path() / "registry.db");
        Registry registry(*inner);
        for (const char* state : {"IDN", "SGP", "THA", "PHL"}) {
            registry.plan(state, 40);
            ASSERT_TRUE(registry.consent(state));
        }
        std::size_t scans = 0;
        std::optional<bool> was_published;
        StoreWithOthers store(*inner, [&](const std::string&) {
            if (++scans == at) {
                was_published = inner->latest("VNM.radios.result")->has_value();
                ASSERT_FALSE(withdraw_consent(*inner, "VNM.radios", author("PHL")));
            }
        });
        PublishRequest request;
        request.id = "VNM.radios";
        request.data = data;
        request.is_confirmed = true;
        const auto published = publish_aggregate(store, request, author("VNM"));
        ASSERT_TRUE(published) << published.error().message;
        if (!was_published) {
            continue;  // there are not so many scans
        }
        scans_before += *was_published ? 0U : 1U;
        const registry::SeenResult& result = *published->standing.result;
        EXPECT_EQ(std::ranges::count(result.states, "PHL") == 1, *was_published);
        EXPECT_EQ(result.total.total, *was_published ? 160.0 : 120.0);
    }
    EXPECT_GE(scans_before, 5U) << "it was taken back while the records were read";
}

TEST_F(Aggregates, StayAsTheyWerePublished) {
    plan_and_consent();
    ASSERT_TRUE(registry_.publish());
    const std::string id = "VNM.radios.result";
    EXPECT_THAT(
        registry_.add("VNM", "aggregate-result", "id,total\nVNM.radios.result,7\n"),
        HasSubstr("written by 'adic registry publish' alone")
    );
    EXPECT_THAT(
        withdraw_record(*store_, id, author("VNM"))->message,
        HasSubstr("neither changed nor taken back")
    );
    ReleaseRequest wider;
    wider.id = id;
    wider.release = "public";
    wider.data = data;
    wider.is_confirmed = true;
    EXPECT_THAT(
        message_of(release_record(*store_, wider, author("VNM"))),
        HasSubstr("as all who consented agreed")
    );
    RecordWrite changed{(*store_->latest(id))->record, 1, false, "nobody", "no reason"};
    EXPECT_EQ(store_->write(std::span(&changed, 1), noon)->code, ErrorCode::invalid_argument);
    registry_.plan("IDN", 4000);
    EXPECT_EQ(registry_.standing("MYS").result->total.total, 90.0) << "nothing is added up again";
}

TEST_F(Aggregates, AreRefusedWithDefinitionsThatProtectNobody) {
    struct Row {
        const char* cells;
        const char* problem;
    };

    for (const Row& row : std::vector<Row>{
             {"demand.quantity,radio,2027,2028,2,10,10,ASEAN", "takes 3 to 1000, not 2"},
             {"demand.quantity,radio,2027,2028,3,9,10,ASEAN", "takes 10 to 100, not 9"},
             {"demand.quantity,radio,2027,2028,3,10,0,ASEAN", "takes 1 to 1000000000, not 0"},
             {"demand.quantity,radio,2028,2027,3,10,1,ASEAN", "is not before 'first_year'"},
             {"demand.quantity,radio,1,2028,3,10,1,ASEAN", "takes 1900 to 2200, not 1"},
             {"demand.budget,radio,2027,2028,3,10,1,ASEAN", "'demand.budget' is none of"},
             {"demand.quantity,radio,2027,2028,3,10,1,ASEAN:exists", "takes names alone"},
             {"demand.quantity,radio,2027,2028,3,10,1,ASEAN@2027-01-01/", "takes names alone"},
             {"demand.quantity,radio,2027,2028,3,10,1,ATLANTIS", "neither a state nor a bloc"},
             {"demand.quantity,radio,2027,2028,3,10,1,", "has to be filled in"}}) {
        EXPECT_THAT(
            registry_
                .add("VNM", "aggregate", Registry::definition + "a,a," + row.cells + ",ASEAN\n"),
            HasSubstr(row.problem)
        );
    }
}

TEST_F(Aggregates, TakeNoConsentOfWhoWouldNotBeShownTheResult) {
    const std::string row = "few,few,demand.quantity,boat,2027,2028,3,10,10,MYS;IDN,ASEAN\n";
    ASSERT_EQ(registry_.add("VNM", "aggregate", Registry::definition + row), "");
    EXPECT_THAT(message_of(registry_.consent("THA", "VNM.few")), HasSubstr("not of its audience"));
    EXPECT_TRUE(registry_.consent("IDN", "VNM.few"));
    EXPECT_TRUE(registry_.consent("VNM", "VNM.few")) << "who asks sees the result";
    const auto unseen = registry_.consent("USA", "VNM.few");
    EXPECT_EQ(message_of(unseen), "there is no aggregate 'VNM.few' that you see");
}

TEST_F(Aggregates, CountAnOwnConsentWhenOthersSeeIt) {
    plan_and_consent();
    ASSERT_FALSE(withdraw_consent(*store_, "VNM.radios", author("THA")));
    ConsentRequest request;
    request.id = "VNM.radios";
    request.until = next_year;
    request.data = data;
    request.is_confirmed = true;
    request.is_released = false;
    ASSERT_TRUE(consent_to_aggregate(*store_, request, author("VNM")));
    EXPECT_EQ(registry_.standing("VNM").own_consent, OwnConsent::waiting);
    EXPECT_THAT(message_of(registry_.publish()), HasSubstr("that of 2"));
    ReleaseRequest release;
    release.id = "VNM.consent.VNM.radios";
    release.release = "ASEAN;VNM";
    release.data = data;
    release.is_confirmed = true;
    ASSERT_TRUE(release_record(*store_, release, author("VNM")));
    EXPECT_EQ(registry_.standing("VNM").own_consent, OwnConsent::given);
    EXPECT_TRUE(registry_.publish());
}

/// Whatever people do, in whatever order, and whatever is written past the use cases: no state is
/// counted twice for one item and one year, and so no total can be taken from another.
TEST(AnyAggregates, CountEachStateOnceForEachYear) {
    const std::vector<std::string> states{"IDN", "MYS", "PHL", "SGP", "THA", "VNM"};
    std::size_t totals = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomStream random(seed, 0);
        const test::ScratchFolder scratch;
        const auto store = *registry::open_sqlite_store(scratch.path() / "registry.db");
        Registry registry(*store);
        std::vector<std::string> ids{"VNM.radios"};
        for (int a = 0; a < 4; ++a) {
            const auto first = 2026 + random.below(3);
            ids.push_back("PHL.a" + std::to_string(a));
            ASSERT_EQ(
                registry.add(
                    "PHL",
                    "aggregate",
                    Registry::definition + ids.back() + ",a,demand.quantity,Radio,"
                        + std::to_string(first) + ',' + std::to_string(first + random.below(2))
                        + ",3,10,1,ASEAN,ASEAN\n"
                ),
                ""
            );
        }
        for (const std::string& state : states) {
            registry.plan(state, 40.0 + static_cast<double>(random.below(9)));
        }
        for (int step = 0; step < 60; ++step) {
            const std::string& id = ids[random.below(ids.size())];
            const std::string& state = states[random.below(states.size())];
            switch (random.below(20)) {
            case 0: static_cast<void>(withdraw_consent(*store, id, author(state))); break;
            case 1:
            case 2: static_cast<void>(registry.publish(id, id.substr(0, 3))); break;
            case 3:
                for (const std::string& like : ids) {
                    if (seed % 2 == 1 && *store->latest(registry::consent_id(state, like))) {
                        forge_consent(*store, state, like, registry.standing("VNM", id));
                    }
                }
                break;
            default: static_cast<void>(registry.consent(state, id)); break;
            }
        }
        std::set<std::pair<std::string, std::int64_t>> counted;
        for (const std::string& id : ids) {
            const AggregateStanding standing = registry.standing("VNM", id);
            if (!standing.result || !standing.result->total.total) {
                continue;
            }
            ++totals;
            for (const std::string& state : standing.result->states) {
                for (auto year = standing.question.first_year; year <= standing.question.last_year;
                     ++year) {
                    ASSERT_TRUE(counted.emplace(state, year).second) << seed << ' ' << id;
                }
            }
        }
    }
    EXPECT_GE(totals, 10U) << "something was published";
}

TEST(AggregatesInTheLog, AreThereForEachWhoConsented) {
    const test::Place place;
    {
        const auto store = place.open();
        Registry registry(*store);
        registry.plan("IDN", 40);
        registry.plan("SGP", 30);
        registry.plan("THA", 20);
        for (const char* state : {"IDN", "SGP", "THA", "PHL"}) {
            ASSERT_TRUE(registry.consent(state));
        }
        ASSERT_TRUE(registry.publish());
    }
    std::vector<std::string> counted;
    std::size_t consents = 0;
    std::set<std::string> released;
    for (const audit::Event& event : place.entries()) {
        if (event.kind == audit::EventKind::written
            && event.record.find(".consent.") != std::string::npos) {
            ++consents;
        }
        if (event.kind == audit::EventKind::released) {
            released.insert(event.record);
        }
        if (event.kind == audit::EventKind::counted) {
            counted.push_back(event.owner + ' ' + event.record);
            EXPECT_THAT(event.detail, testing::StartsWith("definition:"));
        }
    }
    EXPECT_EQ(consents, 4U);
    EXPECT_TRUE(released.contains("THA.consent.VNM.radios"));
    EXPECT_TRUE(released.contains("VNM.radios.result"));
    EXPECT_THAT(
        counted,
        ElementsAre(
            "IDN IDN.consent.VNM.radios",
            "PHL PHL.consent.VNM.radios",
            "SGP SGP.consent.VNM.radios",
            "THA THA.consent.VNM.radios"
        )
    ) << "with or without something to count";
}

}  // namespace
}  // namespace adic::app
