#include "adic/shock/remedies/study.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/shock/remedies/propose.hpp"

#include "dynamics/maps.hpp"
#include "montecarlo/futures.hpp"
#include "remedies/remedy_runs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <stop_token>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using test::Futures;
using test::MapMaker;
using testing::Contains;
using testing::HasSubstr;
using Finding = RemedyEffect::Finding;

constexpr double rounding = 1e-9;
constexpr std::int64_t million = 100'000'000;  // cents

Remedy remedy(std::string id, RemedyKind kind, std::uint32_t item, double amount, double musd) {
    Remedy made{
        std::move(id),
        kind,
        ItemIndex{item},
        {},
        amount,
        1,
        Estimate::exactly(musd),
        Estimate::exactly(0),
        Estimate::exactly(0),
        {},
        {},
        {model::SourceIndex{0},
         *model::parse_period("2025"),
         model::Confidence::d,
         {},
         "public",
         ""}};
    return made;
}

Remedy store(std::string id, std::uint32_t item, double weeks, double musd) {
    return remedy(std::move(id), RemedyKind::stockpile, item, weeks, musd);
}

/// i0 needs i1 and i2, of which s2 and s3 are the only suppliers. s0 and s1 act together. Nobody
/// has stocks; what is stopped is stopped for sure, for the first ten of 52 weeks.
struct World {
    explicit World(std::vector<std::uint32_t> stopped) : maker(3, 4), futures(52) {
        maker.add_needs(0, {.inputs = {1}});
        maker.add_needs(0, {.inputs = {2}});
        maker.add_supply(1, 2, Estimate::exactly(1));
        maker.add_supply(2, 3, Estimate::exactly(1));
        for (const std::uint32_t supply : stopped) {
            futures.add({.supply = supply, .duration = Estimate::exactly(70)});
        }
    }

    RemedyQuestion question(std::vector<Remedy> remedies, double budget_musd) const {
        RemedyQuestion asked;
        asked.together = *supply::parse_viewpoint(maker.map(), "s0+s1");
        asked.targets = {ItemIndex{0}};
        asked.remedies = std::move(remedies);
        asked.budget_musd = budget_musd;
        asked.items.usual = {.cover_days = 0, .surge = 0};
        asked.runs = 8;
        asked.scenario = [this](const supply::MapIndex&, const supply::Viewpoint&) {
            return Result(futures.resolved());
        };
        return asked;
    }

    RemedyAnswer answer(std::vector<Remedy> remedies, double budget_musd) const {
        return *study_remedies(maker.map(), question(std::move(remedies), budget_musd));
    }

    MapMaker maker;
    Futures futures;
};

TEST(StudyRemedies, RanksByWhatIsAvoidedPerMillion) {
    const World world({0});
    // 4 of 10 weeks for 2 million, 8 for 3.
    const RemedyAnswer answer = world.answer({store("small", 1, 4, 2), store("large", 1, 8, 3)}, 2);
    EXPECT_NEAR(answer.loss_without, 10, rounding);
    ASSERT_EQ(answer.effects.size(), 2U);
    EXPECT_EQ(answer.effects[0].remedy, 1U);
    EXPECT_NEAR(answer.effects[0].avoided.likely(), 8, rounding);
    EXPECT_NEAR(answer.effects[0].per_musd->likely(), 8.0 / 3, rounding);
    EXPECT_NEAR(answer.effects[1].per_musd->likely(), 2, rounding);
    EXPECT_EQ(answer.first_beats_second, 1.0);
    EXPECT_EQ(answer.list.found.bought, (Purchases{1, 0}));
    EXPECT_NEAR(answer.list.found.loss, 6, rounding);
    EXPECT_EQ(answer.at_double.found.bought, (Purchases{0, 1}));
    EXPECT_NEAR(answer.at_double.found.loss, 2, rounding);
    EXPECT_EQ(answer.list.found.gap(), 0);
    EXPECT_TRUE(answer.is_bound_proven);
    EXPECT_THAT(
        texts_of(answer.limits),
        Contains(HasSubstr("The budget binds: twice as much avoids 4 more"))
    );
    EXPECT_NEAR(answer.list.weeks_lost.at(0), 6, rounding);
}

TEST(StudyRemedies, CountsUncertainCostsAgainstTheRemedy) {
    const World world({0});
    Remedy vague = store("vague", 1, 6, 3);  // 2 a million, from 1 to 3
    vague.cost = *Estimate::create(2, 3, 6);
    const RemedyAnswer answer = world.answer({vague, store("sure", 1, 4, 2.2)}, 0);
    EXPECT_EQ(answer.effects[0].remedy, 0U);
    EXPECT_NEAR(answer.effects[0].per_musd->low(), 1, rounding);
    EXPECT_NEAR(answer.effects[0].per_musd->high(), 3, rounding);
    EXPECT_GT(*answer.first_beats_second, 0.5);
    EXPECT_LT(*answer.first_beats_second, 0.9);
    EXPECT_NEAR(answer.list.avoided.likely(), 0, rounding);
}

TEST(StudyRemedies, SaysWhyARemedyDoesNotHelp) {
    const World one({0});
    Remedy late = store("late", 1, 4, 1);
    late.delay_weeks = Estimate::exactly(20);
    const RemedyAnswer answer = one.answer({late, store("elsewhere", 2, 4, 1)}, 5);
    EXPECT_EQ(answer.effects[0].finding, Finding::too_late);
    EXPECT_NEAR(answer.effects[0].at_once, 4, rounding);
    EXPECT_EQ(answer.effects[1].finding, Finding::no_use);
    EXPECT_THAT(
        texts_of(answer.limits),
        Contains(HasSubstr("late comes too late: after 20 weeks"))
    );
    EXPECT_EQ(answer.list.found.bought, (Purchases{0, 0}));

    const World both({0, 1});
    const RemedyAnswer pair = both.answer({store("a", 1, 10, 1), store("b", 2, 10, 1)}, 2);
    EXPECT_EQ(pair.effects[0].finding, Finding::only_together);
    EXPECT_EQ(pair.list.found.bought, (Purchases{1, 1}));
    EXPECT_NEAR(pair.list.found.loss, 0, rounding);
    const RemedyAnswer poor = both.answer({store("a", 1, 10, 1), store("b", 2, 10, 1)}, 1);
    EXPECT_EQ(poor.list.found.bought, (Purchases{0, 0}));
}

TEST(StudyRemedies, NamesWhatNoRemedyIsAbout) {
    const World world({0, 1});
    const RemedyAnswer answer = world.answer({store("a", 1, 10, 1)}, 1);
    ASSERT_FALSE(answer.left.empty());
    EXPECT_NEAR(
        std::accumulate(
            answer.left.begin(),
            answer.left.end(),
            0.0,
            [](double sum, const LossLeft& left) { return sum + left.part; }
        ),
        1,
        rounding
    );
    const World other({1});
    const RemedyAnswer unprotected = other.answer({store("a", 1, 10, 1)}, 1);
    ASSERT_EQ(unprotected.left.size(), 1U);
    EXPECT_EQ(unprotected.left[0].item, ItemIndex{2});
    EXPECT_FALSE(unprotected.left[0].is_protected);
    EXPECT_THAT(
        texts_of(unprotected.limits),
        Contains(HasSubstr("No remedy of the file is about i2, to which 100 %"))
    );
}

TEST(StudyRemedies, ShowsWhatActingTogetherIsWorth) {
    const World world({0});
    Remedy works = remedy("works", RemedyKind::second_source, 1, 1, 4);
    works.states = {StateIndex{0}};
    // Neither can pay for the works with its half of the budget; together they can.
    const RemedyAnswer answer = world.answer({works}, 4);
    ASSERT_EQ(answer.shares.size(), 2U);
    for (const StateShare& share : answer.shares) {
        EXPECT_NEAR(share.loss_alone, 10, rounding);
        EXPECT_NEAR(share.loss_together, 0, rounding);
        EXPECT_NEAR(share.gain.likely(), 10, rounding);
    }
    EXPECT_NEAR(answer.pooling.likely(), 10, rounding);
    EXPECT_EQ(answer.shares[0].pays_cents, 4 * million);
    EXPECT_EQ(answer.shares[1].pays_cents, 0);
    works.payers = {{StateIndex{0}, 1}, {StateIndex{1}, 2}};
    const RemedyAnswer split = world.answer({works}, 4);
    EXPECT_EQ(split.shares[0].pays_cents, 133'333'333);
    EXPECT_EQ(split.shares[1].pays_cents, 266'666'667);
    // A stockpile divides: half the cost for half the use, so nothing is gained in certain use.
    const RemedyAnswer stores = world.answer({store("all", 1, 4, 2)}, 2);
    EXPECT_NEAR(stores.pooling.likely(), 0, rounding);
    EXPECT_EQ(stores.shares[0].pays_cents, million);
}

TEST(StudyRemedies, GivesAStockpileToThoseWhoHoldIt) {
    const World world({0});
    Remedy own = store("own", 1, 4, 2);
    own.states = {StateIndex{0}};
    const RemedyAnswer answer = world.answer({own}, 2);
    EXPECT_NEAR(answer.list.found.loss, 8, rounding) << "4 weeks of one of two are 2 of both";
    EXPECT_NEAR(answer.shares[0].loss_together, 6, rounding);
    EXPECT_NEAR(answer.shares[1].loss_together, 10, rounding);
}

TEST(StudyRemedies, SavesReserveByPoolingUnlessUseRisesForAll) {
    const World world({0});
    RemedyQuestion question = world.question({store("all", 1, 4, 2)}, 2);
    question.use.correlation = Estimate::exactly(0);
    const RemedyAnswer apart = *study_remedies(world.maker.map(), question);
    ASSERT_EQ(apart.reserves.size(), 1U);
    const double reserve = 1.645 * 0.25;
    const double saved = reserve * (1 - std::sqrt(0.5)) / (1 + reserve);
    EXPECT_NEAR(apart.reserves[0].part.likely(), saved, rounding);
    EXPECT_NEAR(apart.reserves[0].musd.likely(), 2 * saved, rounding);
    question.use.correlation = Estimate::exactly(1);
    const RemedyAnswer common = *study_remedies(world.maker.map(), question);
    EXPECT_NEAR(common.reserves[0].part.likely(), 0, rounding);
}

TEST(StudyRemedies, RefusesQuestionsThatCannotBe) {
    const World world({0});
    const auto ask = [&](const RemedyQuestion& question) {
        return study_remedies(world.maker.map(), question);
    };
    EXPECT_FALSE(ask(world.question({}, 1)));
    EXPECT_FALSE(ask(world.question({store("a", 1, 1, 1)}, -1)));
    RemedyQuestion nobody = world.question({store("a", 1, 1, 1)}, 1);
    nobody.together = *supply::parse_viewpoint(world.maker.map(), "nobody");
    EXPECT_FALSE(ask(nobody));
}

TEST(WithMakers, AddsASupplierOfNothingWhereThereIsNone) {
    const World world({0});
    Remedy works = remedy("works", RemedyKind::capacity, 1, 1, 4);
    works.states = {StateIndex{0}, StateIndex{2}};
    const auto made = with_makers(
        world.maker.map(),
        std::vector{works, works},
        *supply::parse_viewpoint(world.maker.map(), "s0+s1")
    );
    EXPECT_EQ(made.map.supplies.size(), 3U);
    EXPECT_EQ(made.makers[0], (std::vector<std::uint32_t>{2, 0}));
    EXPECT_EQ(made.makers[1], made.makers[0]);
    EXPECT_EQ(made.map.supplies[2].share, Estimate::exactly(0));
}

/// A few remedies for a random map, some of them in several pieces.
std::vector<Remedy> random_remedies(const model::SupplyMap& map, RandomStream& random) {
    constexpr std::array kinds{
        RemedyKind::stockpile,
        RemedyKind::second_source,
        RemedyKind::recycling,
        RemedyKind::redesign};
    std::vector<Remedy> remedies;
    const auto items = static_cast<std::uint32_t>(map.items.size());
    for (std::uint32_t n = 0; n < 5; ++n) {
        const RemedyKind kind = kinds[random.below(kinds.size())];
        const auto item = static_cast<std::uint32_t>(random.below(items));
        const double most = kind == RemedyKind::stockpile ? 8 : 1;
        remedies.push_back(remedy(
            "r" + std::to_string(n),
            kind,
            item,
            0.05 + most * random.uniform(),
            static_cast<double>(1 + random.below(5))
        ));
        remedies.back().most = 1 + static_cast<std::uint32_t>(random.below(2));
        remedies.back().delay_weeks = *Estimate::create(0, 2, 10);
        if (kind == RemedyKind::redesign) {
            remedies.back().other = ItemIndex{(item + 1) % items};
        }
    }
    return remedies;
}

RemedyQuestion random_question(const MapMaker& maker, std::uint64_t seed, double budget) {
    RandomStream random(seed, 3);
    RemedyQuestion question;
    question.together = *supply::parse_viewpoint(maker.map(), "s0+s1");
    question.targets = test::all_items(maker.map());
    question.items = test::random_paces(maker.map(), seed, true);
    question.remedies = random_remedies(maker.map(), random);
    question.budget_musd = budget;
    question.runs = 24;
    question.limits = {.evaluations = 5'000, .close_enough = 1e-12};
    question.alone_limits = {.evaluations = 40};
    const auto supplies = static_cast<std::uint32_t>(maker.map().supplies.size());
    question.scenario = [supplies, seed](const supply::MapIndex&, const supply::Viewpoint&) {
        RandomStream drawn(seed, 4);
        Futures futures(40);
        for (std::uint32_t supply = 0; supply < supplies; ++supply) {
            futures.add(
                {supply,
                 0.3 + 0.5 * drawn.uniform(),
                 static_cast<std::int32_t>(drawn.below(60)),
                 *Estimate::create(20, 60, 150)}
            );
        }
        return Result(futures.resolved());
    };
    return question;
}

/// The least loss of all purchases within the budget, each followed by itself.
double least_loss(const MapMaker& maker, const RemedyQuestion& question) {
    const auto made = with_makers(maker.map(), question.remedies, question.together);
    const supply::MapIndex index(made.map);
    const auto problem = *problem_of(index, made.makers, question, question.together);
    const Run nobody_watches;
    Steps steps(nobody_watches);
    RemedyRuns runs = *RemedyRuns::create(problem, question, steps);
    const std::vector<double> factors(question.remedies.size(), 1.0);
    Purchases bought(question.remedies.size(), 0);
    double least = 1e300;
    while (true) {
        double cost = 0;
        for (std::size_t r = 0; r < bought.size(); ++r) {
            cost += bought[r] * question.remedies[r].cost.likely();
        }
        if (cost <= question.budget_musd) {
            const Plan plan = runs.plan_of(bought, factors);
            least = std::min(least, mean_of(*(*runs.losses({&plan, 1}, steps))[0]));
        }
        std::size_t r = 0;
        while (r < bought.size() && bought[r] == question.remedies[r].most) {
            bought[r++] = 0;
        }
        if (r == bought.size()) {
            return least;
        }
        ++bought[r];
    }
}

/// Keeps in memory, and asks for a stop after so many answers.
class StoppingMemory final : public KeptWork {
  public:
    std::optional<Error> open(std::string_view inputs) override {
        EXPECT_TRUE(inputs_.empty() || inputs_ == inputs);
        inputs_ = inputs;
        return std::nullopt;
    }

    std::optional<std::string_view> find(std::string_view key) const override {
        const auto found = answers_.find(key);
        return found == answers_.end() ? std::nullopt
                                       : std::optional<std::string_view>(found->second);
    }

    std::optional<Error> keep(std::string_view key, std::string answer) override {
        EXPECT_TRUE(answers_.emplace(key, std::move(answer)).second) << "kept twice";
        if (--left_ == 0) {
            stop_.request_stop();
        }
        return std::nullopt;
    }

    std::stop_token stop_after(std::size_t answers) {
        stop_ = std::stop_source();
        left_ = answers;
        return stop_.get_token();
    }

    std::size_t size() const { return answers_.size(); }

    std::map<std::string, std::string, std::less<>>& answers() { return answers_; }

  private:
    std::string inputs_;
    std::map<std::string, std::string, std::less<>> answers_;
    std::stop_source stop_;
    std::size_t left_ = 0;
};

std::string every_figure(const RemedyAnswer& answer) {
    std::string text = std::to_string(answer.weeks);
    const auto add = [&](double value) { text += ' ' + to_shortest(value); };
    const auto add_range = [&](const Estimate& value) {
        add(value.low());
        add(value.likely());
        add(value.high());
    };
    for (const RemedyEffect& effect : answer.effects) {
        text += ' ' + std::to_string(effect.remedy);
        add_range(effect.avoided);
        add(effect.at_once);
    }
    for (const RemedyList* list : {&answer.list, &answer.at_double}) {
        for (const std::uint32_t times : list->found.bought) {
            text += ' ' + std::to_string(times);
        }
        text += ' ' + std::to_string(list->found.evaluations);
        add(list->found.loss);
        add(list->found.bound);
        add_range(list->avoided);
        for (const double weeks : list->weeks_lost) {
            add(weeks);
        }
    }
    for (const StateShare& share : answer.shares) {
        add(share.loss_alone);
        add(share.loss_together);
        add_range(share.gain);
    }
    add_range(answer.pooling);
    for (const std::string& limit : texts_of(answer.limits)) {
        text += ' ' + limit;
    }
    return text;
}

TEST(StudyRemedies, AnswersWithTheSameBytesHoweverOftenItIsStopped) {
    for (const std::size_t every : {1U, 7U, 30U}) {
        const MapMaker maker = test::random_map(3, {});
        const RemedyQuestion question = random_question(maker, 3, 5);
        const std::string whole = every_figure(*study_remedies(maker.map(), question));
        StoppingMemory memory;
        std::size_t stops = 0;
        while (true) {
            const std::size_t known = memory.size();
            const std::size_t threads = 1 + stops % 3;
            const auto answer = study_remedies(
                maker.map(),
                question,
                {.threads = threads, .stop = memory.stop_after(every), .kept = &memory}
            );
            if (answer) {
                EXPECT_EQ(every_figure(*answer), whole) << every;
                break;
            }
            ASSERT_EQ(answer.error().code, ErrorCode::interrupted);
            ASSERT_GE(memory.size(), known + every) << "it does not come on";
            ++stops;
        }
        EXPECT_GT(stops, every == 1 ? 10U : 0U);
    }
}

TEST(StudyRemedies, GoOnFromWhatWasKeptForAnotherBudget) {
    const MapMaker maker = test::random_map(3, {});
    RemedyQuestion question = random_question(maker, 3, 5);
    StoppingMemory memory;
    const auto keeping = [&] { return shock::Run{.stop = memory.stop_after(0), .kept = &memory}; };
    ASSERT_TRUE(study_remedies(maker.map(), question, keeping()));
    const std::size_t of_one = memory.size();
    ASSERT_TRUE(study_remedies(maker.map(), question, keeping()));
    EXPECT_EQ(memory.size(), of_one) << "everything was known";
    question.budget_musd *= 0.8;
    const std::string whole = every_figure(*study_remedies(maker.map(), question));
    EXPECT_EQ(every_figure(*study_remedies(maker.map(), question, keeping())), whole);
    EXPECT_GT(memory.size(), of_one);
    EXPECT_LT(memory.size(), 2 * of_one) << "most was known";
}

TEST(StudyRemedies, RefuseKeptAnswersThatAreNone) {
    const MapMaker maker = test::random_map(3, {});
    const RemedyQuestion question = random_question(maker, 3, 5);
    StoppingMemory memory;
    const auto keeping = [&] { return shock::Run{.stop = memory.stop_after(0), .kept = &memory}; };
    ASSERT_TRUE(study_remedies(maker.map(), question, keeping()));
    for (auto& [key, answer] : memory.answers()) {
        answer.pop_back();
    }
    const auto refused = study_remedies(maker.map(), question, keeping());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

TEST(StudyRemedies, ShowProgressOnlyForWhatIsComputed) {
    const MapMaker maker = test::random_map(3, {});
    const RemedyQuestion question = random_question(maker, 3, 5);
    StoppingMemory memory;
    std::vector<double> seen;
    const auto watched = [&] {
        shock::Run run{.stop = memory.stop_after(0), .kept = &memory};
        run.progress = [&](std::string_view, double done) { seen.push_back(done); };
        return run;
    };
    ASSERT_TRUE(study_remedies(maker.map(), question, watched()));
    EXPECT_GT(seen.size(), 10U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    EXPECT_EQ(seen.front(), 0.0);
    EXPECT_EQ(seen.back(), 1.0);
    seen.clear();
    ASSERT_TRUE(study_remedies(maker.map(), question, watched()));
    EXPECT_EQ(seen, std::vector{1.0});
}

TEST(StudyRemedies, FindsWhatAllSubsetsFind) {
    constexpr std::uint64_t maps = 40;
    int helped = 0;
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const MapMaker maker = test::random_map(seed, {.choices = false});
        const RemedyQuestion question = random_question(maker, seed, 6);
        const auto answer = study_remedies(maker.map(), question);
        ASSERT_TRUE(answer) << answer.error().message;
        const double least = least_loss(maker, question);
        ASSERT_NEAR(answer->list.found.loss, least, 1e-7) << "seed " << seed;
        ASSERT_NEAR(answer->list.found.bound, least, 1e-7);
        ASSERT_TRUE(answer->is_bound_proven);
        ASSERT_EQ(answer->list.found.worst_rise, 0);
        ASSERT_LE(answer->at_double.found.loss, answer->list.found.loss + rounding);
        std::int64_t paid = 0;
        for (const StateShare& share : answer->shares) {
            paid += share.pays_cents;
            ASSERT_LE(share.loss_together, share.loss_without + rounding);
            ASSERT_LE(share.loss_alone, share.loss_without + rounding);
        }
        ASSERT_EQ(paid, answer->list.found.cost);
        helped += answer->list.avoided.likely() > rounding ? 1 : 0;
    }
    EXPECT_GT(helped, 20);
}

TEST(StudyRemedies, AnswersTheSameOnAnyNumberOfThreads) {
    const MapMaker maker = test::random_map(5, {});
    const RemedyQuestion question = random_question(maker, 5, 6);
    const auto one = *study_remedies(maker.map(), question, {.threads = 1});
    for (const std::size_t threads : {2U, 7U}) {
        const auto other = *study_remedies(maker.map(), question, {.threads = threads});
        EXPECT_EQ(other.list.found.bought, one.list.found.bought);
        EXPECT_EQ(other.list.found.loss, one.list.found.loss);
        EXPECT_EQ(other.list.found.evaluations, one.list.found.evaluations);
        EXPECT_EQ(other.first_beats_second, one.first_beats_second);
        EXPECT_EQ(other.pooling, one.pooling);
        for (std::size_t r = 0; r < one.effects.size(); ++r) {
            EXPECT_EQ(other.effects[r].avoided, one.effects[r].avoided);
        }
    }
}

TEST(SplitCents, KeepsEveryCent) {
    EXPECT_EQ(
        split_cents(100, std::vector{1.0, 1.0, 1.0}),
        (std::vector<std::int64_t>{34, 33, 33})
    );
    EXPECT_EQ(split_cents(7, std::vector{0.0, 2.0}), (std::vector<std::int64_t>{0, 7}));
    RandomStream random(1, 1);
    for (int n = 0; n < 1'000; ++n) {
        std::vector<double> weights;
        for (std::uint64_t i = 1 + random.below(11); i > 0; --i) {
            weights.push_back(random.uniform() + 1e-9);
        }
        const auto total = static_cast<std::int64_t>(random.below(1'000'000'000'000));
        const auto parts = split_cents(total, weights);
        ASSERT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total);
        ASSERT_TRUE(std::ranges::all_of(parts, [](std::int64_t part) { return part >= 0; }));
    }
}

TEST(ProposeRemedies, NameWhoCouldMakeItAndWhy) {
    // i0 needs i1, which only s2 supplies, and which is made of i2, which s1 supplies; i3, which s0
    // supplies, has the code of i1.
    MapMaker maker(4, 3);
    maker.add_needs(0, {.inputs = {1}});
    maker.add_needs(1, {.inputs = {2}});
    maker.add_supply(1, 2, Estimate::exactly(1));
    maker.add_supply(2, 1, Estimate::exactly(1));
    maker.add_supply(3, 0, Estimate::exactly(1));
    model::SupplyMap map = maker.map();
    map.provenances.push_back(store("", 0, 1, 1).provenance);
    for (const std::uint32_t item : {1U, 3U}) {
        map.codes.push_back({ItemIndex{item}, "HS", "850511", model::ProvenanceIndex{0}});
    }
    const supply::MapIndex index(map);
    const auto proposals = propose_remedies(
        index,
        *supply::parse_viewpoint(map, "s0+s1"),
        std::vector{ItemIndex{0}},
        {.items = 1}
    );
    ASSERT_EQ(proposals.size(), 3U);
    EXPECT_EQ(proposals[0].item, ItemIndex{1});
    EXPECT_EQ(proposals[0].state, StateIndex{0});
    EXPECT_EQ(proposals[0].kind, RemedyKind::second_source);
    EXPECT_EQ(proposals[0].reason, "s0 supplies i3, of the same HS subheading.");
    EXPECT_EQ(proposals[1].state, StateIndex{1});
    EXPECT_EQ(proposals[1].reason, "s1 supplies i2, of which it is made.");
    EXPECT_EQ(proposals[2].kind, RemedyKind::stockpile);
}

}  // namespace
}  // namespace adic::shock
