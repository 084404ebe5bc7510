#include "adic/shock/survival/survival.hpp"

#include "survival/networks.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::PartIndex;
using model::SiteIndex;
using model::SiteNetwork;
using model::SubjectKind;

SurvivalAnalysis analysed(
    const SiteNetwork& network,
    const std::vector<Disruption>& disruptions,
    const SurvivalOptions& options = {},
    const shock::Run& run = {}
) {
    auto analysis = analyse_survival(network, disruptions, options, run);
    EXPECT_TRUE(analysis) << (analysis ? "" : analysis.error().message);
    return analysis ? *std::move(analysis) : SurvivalAnalysis{};
}

// --- figures of others --------------------------------------------------------------------------

TEST(TimeToSurvive, MatchesTheWorkedExample) {
    // Product 10 a week with 15 in stock. E: 10 t - 15 - 8 = 5 t (e1 shut) or 6 t (e2 shut).
    // M: 2 (10 t - 15) = 30. R: 2 (10 t - 15) - 30 = 40.
    const SiteNetwork network = worked_example();
    const std::map<std::string, double> expected{
        {"e1", 4.6},
        {"e2", 5.75},
        {"m1", 3.0},
        {"r1", 5.0}};
    std::vector<Disruption> disruptions;
    for (const auto& [site, weeks] : expected) {
        disruptions.push_back(shut(network, site, 26.0));
    }
    const SurvivalAnalysis analysis = analysed(network, disruptions);
    EXPECT_EQ(analysis.undisturbed.survives, Certainty::certain);
    EXPECT_EQ(analysis.undisturbed.survive_days.likely(), 10'000.0);
    EXPECT_EQ(analysis.undisturbed.loss.likely(), 0.0);
    ASSERT_EQ(analysis.impacts.size(), expected.size());
    std::size_t i = 0;
    for (const auto& [site, weeks] : expected) {
        EXPECT_NEAR(analysis.impacts[i].survive_days.likely(), weeks, 1e-9) << site;
        EXPECT_EQ(analysis.impacts[i].at_risk, Certainty::certain) << site;
        ++i;
    }
    // Over 26 weeks: 260 wanted; e1: 15 + 8 + 130 made; e2: 15 + 8 + 156; m1: 15 + 15; r1: 15 + 35.
    EXPECT_NEAR(analysis.impacts[0].loss.likely(), 107.0, 1e-6);
    EXPECT_NEAR(analysis.impacts[1].loss.likely(), 81.0, 1e-6);
    EXPECT_NEAR(analysis.impacts[2].loss.likely(), 230.0, 1e-6);
    EXPECT_NEAR(analysis.impacts[3].loss.likely(), 210.0, 1e-6);
    EXPECT_EQ(analysis.ranking, (std::vector<std::uint32_t>{2, 3, 0, 1}));
    EXPECT_NEAR(analysis.impacts[3].exposure.likely(), 210.0 / 230.0, 1e-9);
    EXPECT_EQ(analysis.impacts[2].exposure.likely(), 1.0);
    ASSERT_EQ(analysis.impacts[0].lost.size(), 1U);
    EXPECT_NEAR(analysis.impacts[0].lost[0].units.likely(), 107.0, 1e-6);
}

std::vector<std::vector<std::string>> rows_of(const std::string& table) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/tts/tts_small_" + table + ".csv");
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) {
            rows.back().push_back(cell);
        }
    }
    return rows;
}

PartIndex part_at(const std::string& text) {
    return PartIndex{static_cast<std::uint32_t>(std::stoul(text))};
}

SiteNetwork reference_network() {
    SiteNetwork network;
    for (const auto& row : rows_of("sites")) {
        while (network.parts.size() <= std::stoul(row[1])) {
            network.parts.push_back({std::to_string(network.parts.size()), ""});
        }
        network.sites.push_back(
            {"site_" + row[0],
             part_at(row[1]),
             "country_" + row[2],
             "",
             Estimate::exactly(std::stod(row[3])),
             Estimate::exactly(std::stod(row[4]))}
        );
    }
    for (const auto& row : rows_of("bom")) {
        network.groups.push_back(
            {part_at(row[0]), 1, {{part_at(row[1]), Estimate::exactly(std::stod(row[2]))}}}
        );
    }
    for (const auto& row : rows_of("demand")) {
        network.demands.push_back(
            {part_at(row[0]),
             Estimate::exactly(std::stod(row[1])),
             Estimate::exactly(std::stod(row[2]))}
        );
    }
    return network;
}

TEST(TimeToSurvive, MatchesTheReferenceNetwork) {
    const SiteNetwork network = reference_network();
    std::map<std::string, Disruption> by_name{{"none", {}}};
    for (const SubjectKind kind : {SubjectKind::site, SubjectKind::place}) {
        for (Disruption& one : list_disruptions(network, kind)) {
            std::string name = one.name.substr(one.name.find(' ') + 1);
            one.recovery_days = Estimate::exactly(90.0);
            by_name[name] = std::move(one);
        }
    }
    by_name["none"].recovery_days = Estimate::exactly(90.0);
    const auto expected = rows_of("results");
    ASSERT_EQ(expected.size(), by_name.size());
    std::vector<Disruption> disruptions;
    for (const auto& row : expected) {
        ASSERT_EQ(by_name.count(row[0]), 1U) << row[0];
        disruptions.push_back(by_name[row[0]]);
    }
    const SurvivalAnalysis analysis = analysed(network, disruptions);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double days = std::stod(expected[i][1]);
        const double loss = std::stod(expected[i][2]);
        const DisruptionImpact& impact = analysis.impacts[i];
        EXPECT_NEAR(impact.survive_days.likely(), days, 1e-6 * days) << expected[i][0];
        EXPECT_NEAR(impact.loss.likely(), loss, 1e-6 * loss) << expected[i][0];
        EXPECT_EQ(impact.survives, days == 10'000.0 ? Certainty::certain : Certainty::no);
        EXPECT_EQ(impact.at_risk, days < 90.0 ? Certainty::certain : Certainty::no);
    }
    EXPECT_FALSE(analysis.has_bounds);
}

// --- independent ways to the same figures -------------------------------------------------------

std::vector<Disruption> all_disruptions(const SiteNetwork& network, double recovery_days) {
    std::vector<Disruption> all = list_disruptions(network, SubjectKind::site);
    const auto places = list_disruptions(network, SubjectKind::place);
    all.insert(all.end(), places.begin(), places.end());
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].recovery_days = Estimate::exactly(recovery_days);
        all[i].stock = i % 3 == 2 ? StockFate::lost : StockFate::usable;
        all[i].severity = Estimate::exactly(i % 4 == 3 ? 0.6 : 1.0);
    }
    return all;
}

TEST(TimeToSurvive, AgreesWithTheProgramOfSitesAndShipments) {
    int limited = 0;
    int losses = 0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        const SiteNetwork network = random_network({}, seed);
        const auto disruptions = all_disruptions(network, 40.0);
        const SurvivalAnalysis analysis = analysed(network, disruptions);
        for (std::size_t i = 0; i < disruptions.size(); i += 2) {
            const double days = time_to_survive_by_sites(network, disruptions[i], 10'000.0);
            const double loss = least_loss_by_sites(network, disruptions[i], 40.0);
            const DisruptionImpact& impact = analysis.impacts[i];
            EXPECT_NEAR(impact.survive_days.likely(), days, 1e-6 * (1.0 + days))
                << seed << " " << disruptions[i].name;
            EXPECT_NEAR(impact.loss.likely(), loss, 1e-6 * (1.0 + loss))
                << seed << " " << disruptions[i].name;
            limited += days < 9'999.0 ? 1 : 0;
            losses += loss > 0.0 ? 1 : 0;
        }
    }
    EXPECT_GT(limited, 100);
    EXPECT_GT(losses, 50);
}

TEST(TimeToSurvive, AgreesWithHalvingWhereNothingIsAnAlternative) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const SiteNetwork network =
            random_network({.parts = 20, .layers = 5, .alternatives = false}, seed);
        const auto disruptions = all_disruptions(network, 40.0);
        const SurvivalAnalysis analysis = analysed(network, disruptions);
        for (std::size_t i = 0; i < disruptions.size(); ++i) {
            const double days = time_to_survive_by_halving(network, disruptions[i], 10'000.0);
            EXPECT_NEAR(analysis.impacts[i].survive_days.likely(), days, 1e-7 * (1.0 + days))
                << seed << " " << disruptions[i].name;
        }
    }
}

// --- laws ---------------------------------------------------------------------------------------

TEST(SurvivalLaws, MoreStockCapacityOrTimeHelpsAndALongerRecoveryDoesNot) {
    for (std::uint64_t seed = 100; seed < 140; ++seed) {
        const SiteNetwork network = random_network({}, seed);
        const auto disruptions = list_disruptions(network, SubjectKind::site, {});
        std::vector<Disruption> longer = disruptions;
        for (Disruption& one : longer) {
            one.recovery_days = Estimate::exactly(one.recovery_days.likely() * 1.3);
        }
        SiteNetwork richer = network;
        RandomStream random{seed, 7};
        model::Site& site = richer.sites[random.below(richer.sites.size())];
        site.stock = Estimate::exactly(site.stock.likely() * 2.0 + 1.0);
        model::Site& other = richer.sites[random.below(richer.sites.size())];
        other.capacity_per_day = Estimate::exactly(other.capacity_per_day.likely() * 1.2);
        const auto before = analysed(network, disruptions).impacts;
        const auto after = analysed(richer, disruptions).impacts;
        const auto late = analysed(network, longer).impacts;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const double slack = 1e-7 * (1.0 + before[i].loss.likely());
            EXPECT_GE(
                after[i].survive_days.likely(),
                before[i].survive_days.likely() * (1.0 - 1e-9)
            );
            EXPECT_LE(after[i].loss.likely(), before[i].loss.likely() + slack);
            EXPECT_GE(late[i].loss.likely(), before[i].loss.likely() - slack);
            EXPECT_EQ(late[i].survive_days.likely(), before[i].survive_days.likely());
        }
    }
}

TEST(SurvivalLaws, ALargerDisruptionNeverHelps) {
    for (std::uint64_t seed = 200; seed < 220; ++seed) {
        const SiteNetwork network = random_network({}, seed);
        const auto places = list_disruptions(network, SubjectKind::place);
        std::vector<Disruption> disruptions = places;
        for (const Disruption& place : places) {
            Disruption part = place;
            part.sites.erase(
                part.sites.begin() + static_cast<std::ptrdiff_t>((place.sites.size() + 1) / 2),
                part.sites.end()
            );
            disruptions.push_back(part);
        }
        const auto impacts = analysed(network, disruptions).impacts;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const DisruptionImpact& all = impacts[i];
            const DisruptionImpact& half = impacts[places.size() + i];
            EXPECT_LE(all.survive_days.likely(), half.survive_days.likely() * (1.0 + 1e-9));
            EXPECT_GE(all.loss.likely(), half.loss.likely() * (1.0 - 1e-7) - 1e-9);
        }
    }
}

/// A network in which every figure is drawn from the bounds of another.
SiteNetwork drawn_from(const SiteNetwork& network, RandomStream& random) {
    const auto draw = [&](Estimate& estimate) {
        const double value = estimate.low() + (estimate.high() - estimate.low()) * random.uniform();
        estimate = Estimate::exactly(value);
    };
    SiteNetwork drawn = network;
    for (model::Site& site : drawn.sites) {
        draw(site.capacity_per_day);
        draw(site.stock);
    }
    for (model::InputGroup& group : drawn.groups) {
        for (model::InputChoice& choice : group.choices) {
            draw(choice.quantity);
        }
    }
    for (model::PartDemand& demand : drawn.demands) {
        draw(demand.per_day);
        draw(demand.margin);
    }
    return drawn;
}

TEST(SurvivalBounds, HoldWhateverTheFiguresAreWithinTheirs) {
    for (std::uint64_t seed = 300; seed < 315; ++seed) {
        const SiteNetwork network = random_network({.intervals = true}, seed);
        auto disruptions = list_disruptions(network, SubjectKind::site);
        const SurvivalAnalysis analysis = analysed(network, disruptions);
        EXPECT_TRUE(analysis.has_bounds);
        RandomStream random{seed, 9};
        for (int draw = 0; draw < 4; ++draw) {
            for (std::size_t i = 0; i < disruptions.size(); ++i) {
                const Estimate days = analysis.impacts[i].recover_days;
                disruptions[i].recovery_days =
                    Estimate::exactly(days.low() + (days.high() - days.low()) * random.uniform());
            }
            const auto exact = analysed(drawn_from(network, random), disruptions).impacts;
            for (std::size_t i = 0; i < exact.size(); ++i) {
                const DisruptionImpact& bounds = analysis.impacts[i];
                const double days = exact[i].survive_days.likely();
                EXPECT_GE(days, bounds.survive_days.low() * (1.0 - 1e-9));
                EXPECT_LE(days, bounds.survive_days.high() * (1.0 + 1e-9));
                EXPECT_GE(exact[i].loss.likely(), bounds.loss.low() * (1.0 - 1e-7) - 1e-6);
                EXPECT_LE(exact[i].loss.likely(), bounds.loss.high() * (1.0 + 1e-7) + 1e-6);
                EXPECT_GE(exact[i].exposure.likely(), bounds.exposure.low() - 1e-9);
                EXPECT_LE(exact[i].exposure.likely(), bounds.exposure.high() + 1e-9);
                EXPECT_TRUE(
                    bounds.at_risk != Certainty::certain || exact[i].at_risk == Certainty::certain
                );
                EXPECT_TRUE(bounds.at_risk != Certainty::no || exact[i].at_risk == Certainty::no);
            }
        }
    }
}

bool same(const DisruptionImpact& a, const DisruptionImpact& b) {
    const auto worths = [](const BindingConstraint& binding) {
        std::vector<double> all;
        for (const CapacityLimit& limit : binding.capacities) {
            all.push_back(limit.days_gained);
        }
        for (const StockLimit& limit : binding.stocks) {
            all.push_back(limit.days_gained);
        }
        return all;
    };
    return a.survive_days == b.survive_days && a.loss == b.loss && a.exposure == b.exposure
           && worths(a.binding) == worths(b.binding);
}

TEST(SurvivalRuns, GiveTheSameBytesOnAnyNumberOfThreads) {
    const SiteNetwork network = random_network({.parts = 60, .layers = 6, .intervals = true}, 400);
    const auto disruptions = all_disruptions(network, 60.0);
    const auto alone = analysed(network, disruptions, {}, {.threads = 1});
    for (const std::size_t threads : {2U, 7U}) {
        const auto shared = analysed(network, disruptions, {}, {.threads = threads});
        ASSERT_EQ(shared.impacts.size(), alone.impacts.size());
        for (std::size_t i = 0; i < alone.impacts.size(); ++i) {
            EXPECT_TRUE(same(alone.impacts[i], shared.impacts[i])) << i;
        }
        EXPECT_EQ(alone.ranking, shared.ranking);
        EXPECT_EQ(alone.programs, shared.programs);
    }
    // Nor does it matter what else is asked.
    const auto one = analysed(network, {disruptions[5]});
    EXPECT_EQ(one.impacts[0].survive_days, alone.impacts[5].survive_days);
    EXPECT_EQ(one.impacts[0].loss, alone.impacts[5].loss);
}

TEST(SurvivalRuns, StopWhenAskedAndReportProgress) {
    const SiteNetwork network = random_network({}, 401);
    const auto disruptions = list_disruptions(network, SubjectKind::site);
    std::vector<double> seen;
    const shock::Run watched{.threads = 1, .progress = [&](std::string_view, double done) {
                                 seen.push_back(done);
                             }};
    (void)analysed(network, disruptions, {}, watched);
    EXPECT_EQ(seen.size(), disruptions.size() + 1);
    EXPECT_EQ(seen.back(), 1.0);
    std::stop_source source;
    source.request_stop();
    const auto stopped = analyse_survival(network, disruptions, {}, {.stop = source.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::unavailable);
}

// --- the binding constraint ---------------------------------------------------------------------

TEST(BindingConstraint, SaysInPlainWordsWhatEndsTheSupply) {
    const SiteNetwork network = worked_example();
    const std::vector<Disruption> disruptions{
        shut(network, "e1", 26.0),
        shut(network, "r1", 26.0),
        shut(network, "p1", 26.0)};
    const auto impacts = analysed(network, disruptions).impacts;
    EXPECT_EQ(
        explain_binding(network, impacts[0]),
        "E: 5 of the 10 needed a day can still be made; the stocks of product (15) and E (8) last "
        "4.6 days."
    );
    EXPECT_EQ(
        explain_binding(network, impacts[1]),
        "R: 0 of the 20 needed a day can still be made; the stocks of R (40), product (15) and M "
        "(30) last 5 days."
    );
    // t = 15 / 10; one more product a day: 15 / 9, but at the margin 15 / 100.
    ASSERT_EQ(impacts[2].binding.capacities.size(), 1U);
    EXPECT_NEAR(impacts[2].binding.capacities[0].days_gained, 0.15, 1e-9);
    EXPECT_NEAR(impacts[2].binding.stocks[0].days_gained, 0.1, 1e-9);
    EXPECT_EQ(
        explain_binding(network, analysed(network, {}).undisturbed),
        "What is left is enough."
    );
}

TEST(BindingConstraint, SaysSoWhenThereIsNoStockAtAll) {
    SiteNetwork network = worked_example();
    for (model::Site& site : network.sites) {
        site.stock = Estimate::exactly(0.0);
    }
    const auto impacts = analysed(network, {shut(network, "e1", 26.0)}).impacts;
    EXPECT_EQ(impacts[0].survive_days.likely(), 0.0);
    EXPECT_NEAR(impacts[0].loss.likely(), 130.0, 1e-6);
    EXPECT_EQ(
        explain_binding(network, impacts[0]),
        "E: 5 of the 10 needed a day can still be made; without a stock, demand is not met from "
        "the first day."
    );
}

TEST(BindingConstraint, WorthIsWhatOneMoreUnitGains) {
    int compared = 0;
    for (std::uint64_t seed = 500; seed < 520; ++seed) {
        const SiteNetwork network = random_network({}, seed);
        const auto disruptions = list_disruptions(network, SubjectKind::site);
        const auto impacts = analysed(network, disruptions).impacts;
        for (std::size_t i = 0; i < impacts.size(); i += 3) {
            for (const StockLimit& limit : impacts[i].binding.stocks) {
                SiteNetwork richer = network;
                const double step = 1e-4 * (1.0 + limit.stock);
                richer.sites.push_back(
                    {"more", limit.part, "x", "", Estimate::exactly(0.0), Estimate::exactly(step)}
                );
                const auto more = analysed(richer, {disruptions[i]}).impacts[0];
                const double gained = more.survive_days.likely() - impacts[i].survive_days.likely();
                EXPECT_NEAR(gained, limit.days_gained * step, 1e-2 * gained + 1e-7) << seed;
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 50);
}

// --- alternatives, circles, what is not known ---------------------------------------------------

TEST(TimeToSurvive, CountsAlternativesAndTakesSeveralOfThem) {
    const auto exactly = [](double value) { return Estimate::exactly(value); };
    const PartIndex top{0};
    const std::vector<PartIndex> inputs{PartIndex{1}, PartIndex{2}, PartIndex{3}};
    SiteNetwork network;
    network.parts = {{"top", ""}, {"a", ""}, {"b", ""}, {"c", ""}};
    network.sites = {{"top", top, "X", "", exactly(100), exactly(0)}};
    model::InputGroup group{top, 1, {}};
    for (const PartIndex input : inputs) {
        network.sites.push_back({network[input].id, input, "X", "", exactly(6), exactly(12)});
        group.choices.push_back({input, exactly(1)});
    }
    network.groups = {group};
    network.demands = {{top, exactly(10), exactly(1)}};
    // Any one: a shut, b and c make 12. b too: 6 t + 36 = 10 t.
    // Any two at once: 20 are needed, 12 made by b and c: 12 t + 36 = 20 t.
    Disruption two = shut(network, "a", 30.0);
    two.sites.push_back(SiteIndex{2});
    const auto any_one = analysed(network, {shut(network, "a", 30.0), two}).impacts;
    EXPECT_EQ(any_one[0].survives, Certainty::certain);
    EXPECT_NEAR(any_one[1].survive_days.likely(), 9.0, 1e-9);
    network.groups[0].take = 2;
    const auto any_two = analysed(network, {shut(network, "a", 30.0), two}).impacts;
    EXPECT_NEAR(any_two[0].survive_days.likely(), 4.5, 1e-9);
    // a and b shut: no choice is taken more than once, so the other of two is a or b: 24 = 10 t.
    EXPECT_NEAR(any_two[1].survive_days.likely(), 2.4, 1e-9);
    EXPECT_FALSE(any_two[1].binding.capacities.empty());
}

TEST(TimeToSurvive, TakesCircles) {
    // Steel takes 0.2 power, power takes 0.1 steel: 10 steel need 10 / 0.98 in all.
    const auto exactly = [](double value) { return Estimate::exactly(value); };
    SiteNetwork network;
    network.parts = {{"steel", ""}, {"power", ""}};
    network.sites = {
        {"mill", PartIndex{0}, "X", "", exactly(12), exactly(0)},
        {"plant", PartIndex{1}, "X", "", exactly(3), exactly(20)}};
    network.groups = {
        {PartIndex{0}, 1, {{PartIndex{1}, exactly(0.2)}}},
        {PartIndex{1}, 1, {{PartIndex{0}, exactly(0.1)}}}};
    network.demands = {{PartIndex{0}, exactly(10), exactly(1)}};
    const auto analysis = analysed(network, {shut(network, "plant", 30.0)});
    EXPECT_EQ(analysis.undisturbed.survives, Certainty::certain);
    EXPECT_NEAR(analysis.impacts[0].survive_days.likely(), 10.0, 1e-9);  // 2 a day of 20
}

TEST(TimeToSurvive, AtWorstLetsTheUnknownFailWithTheKnown) {
    // Of 10 a day 6 come from A, up to 3 from nobody knows where; 10 together for sure.
    const auto exactly = [](double value) { return Estimate::exactly(value); };
    SiteNetwork network;
    network.parts = {{"ore", "t", exactly(10)}};
    const PartIndex ore{0};
    network.sites = {
        {"a", ore, "A", "", *Estimate::create(5, 6, 7), exactly(30)},
        {"b", ore, "B", "", exactly(2), exactly(0)},
        {"rest", ore, "", "", *Estimate::create(1, 2, 3), exactly(0)}};
    network.sites[2].ownership = model::Ownership::unknown;
    network.demands = {{ore, exactly(10), exactly(1)}};
    const auto analysis = analysed(network, list_disruptions(network, SubjectKind::place));
    ASSERT_EQ(analysis.impacts.size(), 2U);  // nothing is known of the rest
    EXPECT_EQ(analysis.undisturbed.survives, Certainty::certain);
    // Worst: 10 - 7 - 3 = 0, but B makes 2: 30 / 8. Likely: 10 - 6. Best: min(2 + 3, 10 - 5) = 5.
    const Estimate days = analysis.impacts[0].survive_days;
    EXPECT_NEAR(days.low(), 30.0 / 8.0, 1e-9);
    EXPECT_NEAR(days.likely(), 30.0 / 6.0, 1e-9);
    EXPECT_NEAR(days.high(), 30.0 / 5.0, 1e-9);
}

// --- disruptions --------------------------------------------------------------------------------

TEST(ListDisruptions, TakesTheRecoveryOfTheWholeOrTheLongestOfItsSites) {
    SiteNetwork network = worked_example();
    network.sites[0].recovery_days = Estimate::exactly(40.0);
    network.sites[1].recovery_days = Estimate::exactly(70.0);
    network.recoveries = {{SubjectKind::place, "C", Estimate::exactly(300.0)}};
    network.sites[3].inside = true;
    const auto places = list_disruptions(network, SubjectKind::place);
    ASSERT_EQ(places.size(), 3U);
    EXPECT_EQ(places[0].name, "place A");
    EXPECT_EQ(places[0].sites, (std::vector<SiteIndex>{SiteIndex{0}, SiteIndex{1}}));
    EXPECT_EQ(places[0].recovery_days.likely(), 70.0);
    EXPECT_FALSE(places[0].recovery_assumed);
    EXPECT_EQ(places[1].sites.size(), 1U);  // m1 is inside
    EXPECT_EQ(places[1].recovery_days.likely(), 182.0);
    EXPECT_TRUE(places[1].recovery_assumed);
    EXPECT_EQ(places[2].recovery_days.likely(), 300.0);
    EXPECT_EQ(list_disruptions(network, SubjectKind::part).size(), 3U);
    EXPECT_TRUE(list_disruptions(network, SubjectKind::organisation).empty());
}

TEST(AnalyseSurvival, RefusesWhatCannotBeAsked) {
    const SiteNetwork network = worked_example();
    const auto refused = [](const SiteNetwork& asked, const Disruption& disruption) {
        const auto analysis = analyse_survival(asked, std::vector{disruption});
        return !analysis && analysis.error().code == ErrorCode::invalid_argument;
    };
    EXPECT_TRUE(refused(network, shut(network, "e1", 0.0)));
    EXPECT_TRUE(refused(network, shut(network, "e1", 20'000.0)));
    Disruption nowhere = shut(network, "e1", 5.0);
    nowhere.sites.push_back(SiteIndex{99});
    EXPECT_TRUE(refused(network, nowhere));
    SiteNetwork idle = network;
    idle.demands.clear();
    EXPECT_TRUE(refused(idle, shut(idle, "e1", 5.0)));
    SiteNetwork twice = network;
    twice.demands.push_back(twice.demands[0]);
    EXPECT_TRUE(refused(twice, shut(twice, "e1", 5.0)));
    SiteNetwork greedy = network;
    greedy.groups[0].take = 2;
    EXPECT_TRUE(refused(greedy, shut(greedy, "e1", 5.0)));
}

}  // namespace
}  // namespace adic::shock
