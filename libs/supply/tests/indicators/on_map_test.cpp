// Indicators on drawn maps: what is inside, what is missing, and what a reading carries.

#include "adic/base/random.hpp"
#include "adic/supply/indicators/concentration.hpp"
#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/mineral_leverage.hpp"

#include "recorded.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::Flow;
using model::SupplyMap;

Estimate exactly(double value) {
    return Estimate::exactly(value);
}

void expect_estimate(const Reading& reading, double low, double likely, double high) {
    ASSERT_NE(reading.value(), nullptr) << reading.absence()->reason;
    EXPECT_NEAR(reading.value()->low(), low, 1e-9);
    EXPECT_NEAR(reading.value()->likely(), likely, 1e-9);
    EXPECT_NEAR(reading.value()->high(), high, 1e-9);
}

TEST(Indicators, HaveNamesThatAreFoundOnce) {
    std::set<std::string_view> names;
    for (const Indicator* indicator : indicators()) {
        EXPECT_TRUE(names.insert(indicator->name).second) << indicator->name;
        EXPECT_EQ(find_indicator(indicator->name), indicator);
        EXPECT_FALSE(indicator->title.empty() || indicator->equation.empty()) << indicator->name;
        EXPECT_FALSE(indicator->unit.empty() || indicator->source.empty()) << indicator->name;
    }
    EXPECT_EQ(find_indicator("no-such-indicator"), nullptr);
}

TEST(Indicators, HaveAPageEach) {
    const std::string folder = std::string(ADIC_SOURCE_DIR) + "/docs/reference/indicators/";
    std::stringstream list;
    list << std::ifstream(folder + "README.md").rdbuf();
    for (const Indicator* indicator : indicators()) {
        const std::string name(indicator->name);
        std::ifstream page(folder + name + ".md");
        EXPECT_TRUE(page) << name;
        EXPECT_NE(list.str().find("(" + name + ".md)"), std::string::npos) << name;
    }
}

TEST(Indicators, SayWhyWhereNothingIsRecorded) {
    const SupplyMap map = draw_map("boat <- hull\nhull from DEU ?\nbloc ASEAN IDN MYS");
    const MapIndex index{map};
    const Viewpoint seen = seen_from(map, "IDN");
    const IndicatorContext context{index, seen};
    for (const std::string_view id : {"boat", "hull"}) {
        for (const Reading& reading : evaluate_all(context, item(map, id))) {
            ASSERT_NE(reading.absence(), nullptr);
            EXPECT_EQ(reading.absence()->kind, NoFigure::Kind::unknown);
            EXPECT_FALSE(reading.absence()->reason.empty());
            EXPECT_EQ(reading.flag, Flag::no);
            EXPECT_TRUE(reading.thinly_covered);
        }
    }
}

// China 0.6, Japan 0.2, rest unknown: 0.36 + 0.04; all with China 0.8^2 + 0.04.
TEST(ConcentrationOnMap, CarriesTheMissingShare) {
    const SupplyMap map = draw_map("radar from CHN 0.6, JPN 0.2\nbloc ASEAN IDN MYS");
    const Reading hhi = read(map, "ASEAN", "concentration", "radar");
    expect_estimate(hhi, 0.40, 0.40, 0.68);
    EXPECT_NEAR(hhi.covered, 0.8, 1e-12);
    EXPECT_EQ(hhi.flag, Flag::certain);
    EXPECT_EQ(hhi.threshold, 0.18);
    EXPECT_EQ(hhi.facts.size(), 1U);
    ASSERT_EQ(hhi.factors.size(), 3U);
    EXPECT_EQ(hhi.factors[0].state, state(map, "CHN"));
    expect_estimate(read(map, "ASEAN", "effective-origins", "radar"), 1 / 0.68, 1 / 0.40, 1 / 0.40);
    expect_estimate(read(map, "ASEAN", "largest-supplier", "radar"), 0.6, 0.6, 0.8);
    expect_estimate(read(map, "ASEAN", "largest-origins", "radar"), 0.8, 0.8, 1.0);
    EXPECT_EQ(read(map, "ASEAN", "largest-supplier", "radar").flag, Flag::possible);
}

TEST(ConcentrationOnMap, AddsUpOrganisationsOfOneState) {
    const SupplyMap map = draw_map("radar from CHN/a 0.3, CHN/b 0.3, JPN 0.4");
    expect_estimate(read(map, "nobody", "concentration", "radar"), 0.52, 0.52, 0.52);
    expect_estimate(read(map, "nobody", "normalised-concentration", "radar"), 0.04, 0.04, 0.04);
}

TEST(LargestSupplier, DoesNotCountThoseInside) {
    const SupplyMap map = draw_map("nickel from IDN 0.7, CHN 0.2, PHL 0.1\nbloc ASEAN IDN PHL");
    expect_estimate(read(map, "nobody", "largest-supplier", "nickel"), 0.7, 0.7, 0.7);
    expect_estimate(read(map, "IDN", "largest-supplier", "nickel"), 0.2, 0.2, 0.2);
    expect_estimate(read(map, "PHL", "largest-supplier", "nickel"), 0.7, 0.7, 0.7);
    expect_estimate(read(map, "IDN+PHL", "largest-supplier", "nickel"), 0.2, 0.2, 0.2);
}

TEST(Indicators, ReadTheOwnMarketBeforeTheWorlds) {
    SupplyMap map = draw_map("radar from CHN 0.9, JPN 0.1\nbloc ASEAN IDN MYS");
    Recorder{map}
        .bought_by("ASEAN", "radar", "JPN", exactly(0.5))
        .bought_by("ASEAN", "radar", "CHN", exactly(0.5));
    expect_estimate(read(map, "ASEAN", "concentration", "radar"), 0.5, 0.5, 0.5);
    const Reading world = read(map, "IDN", "concentration", "radar");
    expect_estimate(world, 0.82, 0.82, 0.82);
    EXPECT_EQ(std::ranges::count(world.notes, world.notes.front()), 1);
    EXPECT_TRUE(read(map, "ASEAN", "concentration", "radar").notes.empty());
}

/// The worked example as records: P 120, M 430 of which 65 from Malaysia, X 30.
SupplyMap steel() {
    SupplyMap map = draw_map("steel from CHN 1\nbloc ASEAN IDN MYS VNM");
    Recorder{map}
        .trade("steel", "IDN", Flow::production, exactly(120))
        .trade("steel", "IDN", Flow::imports, exactly(365), "CHN")
        .trade("steel", "IDN", Flow::imports, exactly(65), "MYS")
        .trade("steel", "IDN", Flow::exports, exactly(30), "CHN");
    return map;
}

TEST(ImportDependenceOnMap, MatchesTheWorkedExample) {
    const SupplyMap map = steel();
    const Reading all = read(map, "IDN", "import-dependence", "steel");
    expect_estimate(all, 430.0 / 520, 430.0 / 520, 430.0 / 520);
    EXPECT_EQ(all.flag, Flag::certain);
    EXPECT_DOUBLE_EQ(all.covered, 1.0);
    EXPECT_EQ(all.facts.size(), 1U) << "all facts share one source";
    expect_estimate(
        read(map, "IDN", "external-import-dependence", "steel"),
        365.0 / 520,
        365.0 / 520,
        365.0 / 520
    );
    expect_estimate(
        read(map, "IDN", "self-sufficiency", "steel"),
        120.0 / 520,
        120.0 / 520,
        120.0 / 520
    );
    expect_estimate(
        read(map, "IDN", "net-import-reliance", "steel"),
        400.0 / 520,
        400.0 / 520,
        400.0 / 520
    );
}

// For both, the 65 between them drop out: M 365 + 10, X 30, P 120 + 80; use 545.
TEST(ImportDependenceOnMap, DropsTradeBetweenThoseInside) {
    SupplyMap map = steel();
    Recorder{map}
        .trade("steel", "MYS", Flow::production, exactly(80))
        .trade("steel", "MYS", Flow::imports, exactly(10), "CHN")
        .trade("steel", "MYS", Flow::exports, exactly(65), "IDN");
    const double use = 120 + 80 + 375 - 30;
    expect_estimate(
        read(map, "IDN+MYS", "import-dependence", "steel"),
        375 / use,
        375 / use,
        375 / use
    );
}

TEST(ImportDependenceOnMap, IsOpenWhereAStateDoesNotReport) {
    const SupplyMap map = steel();
    const Reading reading = read(map, "IDN+VNM", "import-dependence", "steel");
    expect_estimate(reading, 0.0, 430.0 / 520, 1.0);
    EXPECT_DOUBLE_EQ(reading.covered, 0.5);
    EXPECT_TRUE(reading.thinly_covered);
    EXPECT_EQ(reading.flag, Flag::possible);
    EXPECT_EQ(
        read(map, "VNM", "import-dependence", "steel").absence()->kind,
        NoFigure::Kind::unknown
    );
}

TEST(ImportDependenceOnMap, IsUndefinedWhereUseMayVanish) {
    SupplyMap map = draw_map("ore from IDN 1\nbloc ASEAN IDN MYS");
    Recorder{map}
        .trade("ore", "IDN", Flow::production, exactly(100))
        .trade("ore", "IDN", Flow::imports, exactly(0))
        .trade("ore", "IDN", Flow::exports, exactly(100));
    const Reading reading = read(map, "IDN", "import-dependence", "ore");
    ASSERT_NE(reading.absence(), nullptr);
    EXPECT_EQ(reading.absence()->kind, NoFigure::Kind::undefined);
}

TEST(ImportDependenceOnMap, TakesTheNewestPeriod) {
    SupplyMap map = steel();
    map.provenances.push_back(map.provenances.front());
    map.provenances.back().period = *model::parse_period("2026");
    Recorder{map}.trade("steel", "IDN", Flow::production, exactly(220));
    map.trades.back().provenance = model::ProvenanceIndex{1};
    expect_estimate(
        read(map, "IDN", "import-dependence", "steel"),
        430.0 / 620,
        430.0 / 620,
        430.0 / 620
    );
}

// The worked example as records: 60, 25 and 15 from outside, 40 from inside, 70 sold.
TEST(StrategicDependencyOnMap, MatchesTheWorkedExample) {
    SupplyMap map = draw_map("chip from CHN ?, USA ?, JPN ?\nbloc ASEAN IDN MYS");
    Recorder{map}
        .trade("chip", "IDN", Flow::imports, exactly(60), "CHN")
        .trade("chip", "IDN", Flow::imports, exactly(25), "USA")
        .trade("chip", "IDN", Flow::imports, exactly(15), "JPN")
        .trade("chip", "IDN", Flow::imports, exactly(40), "MYS")
        .trade("chip", "MYS", Flow::imports, exactly(0), "CHN")
        .trade("chip", "IDN", Flow::exports, exactly(0))
        .trade("chip", "MYS", Flow::exports, exactly(40), "IDN")
        .trade("chip", "MYS", Flow::exports, exactly(30), "USA");
    expect_estimate(read(map, "ASEAN", "cdi1-outside-concentration", "chip"), 0.445, 0.445, 0.445);
    expect_estimate(
        read(map, "ASEAN", "cdi2-outside-weight", "chip"),
        100.0 / 140,
        100.0 / 140,
        100.0 / 140
    );
    expect_estimate(
        read(map, "ASEAN", "cdi3-outside-substitution", "chip"),
        100.0 / 70,
        100.0 / 70,
        100.0 / 70
    );
    const Reading all = read(map, "ASEAN", "strategic-dependency", "chip");
    expect_estimate(all, 3, 3, 3);
    EXPECT_EQ(all.flag, Flag::certain);
}

TEST(StrategicDependencyOnMap, FromSharesLeavesTheThirdCriterionOpen) {
    const SupplyMap map = draw_map("chip from TWN 0.7, KOR 0.2, MYS 0.1\nbloc ASEAN IDN MYS");
    const Reading all = read(map, "ASEAN", "strategic-dependency", "chip");
    expect_estimate(all, 2, 2, 3);
    EXPECT_EQ(all.flag, Flag::possible);
    const double cdi1 = (49.0 + 4.0) / 81.0;
    expect_estimate(read(map, "ASEAN", "cdi1-outside-concentration", "chip"), cdi1, cdi1, cdi1);
    expect_estimate(read(map, "ASEAN", "cdi2-outside-weight", "chip"), 0.9, 0.9, 0.9);
}

// World supply 0.8^2 * 6 + 0.2^2 * 4 = 4.0; own sourcing all from B, t 0.8: 3.2. IR 1.
TEST(EuSupplyRiskOnMap, MatchesAHandCalculation) {
    SupplyMap map = draw_map("ore from AAA 0.8, BBB 0.2\nbloc ASEAN IDN MYS");
    Recorder{map}
        .bought_by("ASEAN", "ore", "BBB", exactly(1.0))
        .of_state("AAA", "wgi_political_stability", exactly(-0.5))
        .of_state("BBB", "wgi_rule_of_law", exactly(0.5))
        .of_item("ore", "import_reliance", exactly(1.0))
        .of_item("ore", "eol_recycling_rate", exactly(0.1))
        .of_item("ore", "substitution_index_sr", exactly(0.9));
    map.supplies.back().trade_restriction = 0.8;
    const double expected = (4.0 * 0.5 + 3.2 * 0.5) * 0.9 * 0.9;
    const Reading reading = read(map, "ASEAN", "eu-supply-risk", "ore");
    expect_estimate(reading, expected, expected, expected);
    EXPECT_DOUBLE_EQ(reading.covered, 1.0);
    EXPECT_EQ(reading.flag, Flag::certain);
}

TEST(EuSupplyRiskOnMap, CarriesWhatIsMissing) {
    SupplyMap map = draw_map("ore from AAA 0.8, BBB 0.2");
    Recorder{map}.of_state("AAA", "wgi_political_stability", exactly(-0.5));
    // B's governance may be 0 to 10; recycling 0 to 1: low 0, likely 3.84 + 0.04 * 5, high 3.84 +
    // 0.4.
    const Reading reading = read(map, "nobody", "eu-supply-risk", "ore");
    expect_estimate(reading, 0.0, 4.04, 4.24);
    EXPECT_EQ(reading.flag, Flag::possible);
    EXPECT_NEAR(reading.covered, 0.8 / 3, 1e-12);
}

// Worked example: A (.5, .3, .2), Q (150, 80, 40), largest Q 220, SI 0.976 gives 4.7469.
TEST(EuEconomicImportanceOnMap, MatchesTheWorkedExample) {
    SupplyMap map = draw_map("ore from IDN 1");
    Recorder{map}
        .of_item("ore", "use_share.C20", exactly(0.5))
        .of_item("ore", "use_share.C24", exactly(0.3))
        .of_item("ore", "use_share.C30", exactly(0.2))
        .of_item("ore", "substitution_index_ei", exactly(0.976))
        .of_state("IDN", "sector_value_added.C20", exactly(150))
        .of_state("IDN", "sector_value_added.C24", exactly(80))
        .of_state("IDN", "sector_value_added.C30", exactly(40))
        .of_state("IDN", "sector_value_added.C29", exactly(220));
    const double expected = (0.5 * 150 + 0.3 * 80 + 0.2 * 40) / 220 * 10 * 0.976;
    const Reading reading = read(map, "IDN", "eu-economic-importance", "ore");
    expect_estimate(reading, expected, expected, expected);
    EXPECT_NEAR(reading.value()->likely(), 4.7469, 5e-5);
    EXPECT_EQ(reading.flag, Flag::certain);
}

// Worked example: DP 0.15195, TE 0.84, EV 0.35 give 0.3548; TE as 84 imported of 100 used.
TEST(UsgsSupplyRiskOnMap, MatchesTheWorkedExample) {
    SupplyMap map = draw_map("ore from AAA 0.6, BBB 0.25, CCC 0.15\nbloc ASEAN IDN MYS");
    Recorder{map}
        .of_state("AAA", "policy_perception_index", exactly(50))
        .of_state("BBB", "policy_perception_index", exactly(70))
        .of_state("CCC", "policy_perception_index", exactly(80))
        .of_state("AAA", "unwillingness.IDN", exactly(0.8))
        .of_state("BBB", "unwillingness.IDN", exactly(0.4))
        .of_state("CCC", "unwillingness", exactly(0.1))
        .of_item("ore", "economic_vulnerability", exactly(0.35))
        .trade("ore", "IDN", Flow::production, exactly(16))
        .trade("ore", "IDN", Flow::imports, exactly(84))
        .trade("ore", "IDN", Flow::exports, exactly(0));
    const Reading reading = read(map, "IDN", "usgs-supply-risk", "ore");
    ASSERT_NE(reading.value(), nullptr);
    EXPECT_NEAR(reading.value()->likely(), 0.3548, 5e-5);
    EXPECT_TRUE(reading.value()->is_exact());
    EXPECT_EQ(reading.flag, Flag::no);
}

// HHI 0.52; g of A 0.7, of B 0.4; imports 60 and 20, home 20: 0.52 * (42 + 8) / 100.
TEST(GeopolriskOnMap, MatchesAHandCalculation) {
    SupplyMap map = draw_map("ore from AAA 0.6, BBB 0.4\nbloc ASEAN IDN MYS");
    Recorder{map}
        .of_state("AAA", "wgi_political_stability", exactly(-1.0))
        .of_state("BBB", "wgi_political_stability", exactly(0.5))
        .trade("ore", "IDN", Flow::production, exactly(20))
        .trade("ore", "IDN", Flow::imports, exactly(60), "AAA")
        .trade("ore", "IDN", Flow::imports, exactly(20), "BBB");
    expect_estimate(read(map, "IDN", "geopolrisk", "ore"), 0.26, 0.26, 0.26);
}

// Hull 0.4 of the value from outside, engine 0.3 half from Malaysia: VNM 0.4 + 0.15.
TEST(RegionalValueContentOnMap, MatchesAHandCalculation) {
    SupplyMap map = draw_map(R"(
        boat <- hull, engine
        hull from CHN 1
        engine from MYS 0.5, JPN 0.5
        bloc ASEAN IDN MYS
    )");
    Recorder{map}
        .value("boat", "hull", exactly(0.4))
        .value("boat", "engine", between(0.2, 0.3, 0.4));
    const Reading reading = read(map, "IDN", "regional-value-content", "boat");
    expect_estimate(reading, 0.40, 0.45, 0.50);
    EXPECT_EQ(reading.flag, Flag::no) << "0.40 is enough";
    EXPECT_DOUBLE_EQ(reading.covered, 1.0);
}

TEST(RegionalValueContentOnMap, CountsUnvaluedInputsAsOpen) {
    SupplyMap map = draw_map("boat <- hull, engine\nhull from CHN 1\nbloc ASEAN IDN MYS");
    Recorder{map}.value("boat", "hull", exactly(0.4));
    const Reading reading = read(map, "IDN", "regional-value-content", "boat");
    expect_estimate(reading, 0.0, 0.6, 0.6);
    EXPECT_DOUBLE_EQ(reading.covered, 0.5);
    EXPECT_EQ(reading.flag, Flag::possible);
}

// The chip is listed and 0.3 of the value, 0.6 from the USA: 0.18, passes 0.25 and fails 0.10.
TEST(ControlledContentOnMap, MatchesTheWorkedExample) {
    SupplyMap map = draw_map(R"(
        radio <- chip, case
        chip from USA 0.6, JPN 0.4
        case from USA 1
        bloc ASEAN IDN MYS
    )");
    Recorder{map}
        .value("radio", "chip", exactly(0.3))
        .value("radio", "case", exactly(0.2))
        .code("chip", "EAR", "3A001");
    const Reading reading = read(map, "IDN", "controlled-content", "radio");
    expect_estimate(reading, 0.18, 0.18, 0.38);
    EXPECT_EQ(reading.factors.front().state, state(map, "USA"));
    EXPECT_EQ(reading.flag, Flag::possible);
    Recorder{map}.of_item("case", "controlled.USA", exactly(0.0));
    expect_estimate(read(map, "IDN", "controlled-content", "radio"), 0.18, 0.18, 0.18);
    const IndicatorParameters strict{.controlled_content = 0.10};
    EXPECT_EQ(read(map, "IDN", "controlled-content", "radio", strict).flag, Flag::certain);
    expect_estimate(read(map, "IDN", "direct-exposure", "radio"), 0.3, 0.3, 0.3);
}

// A listed chip without a value may be all that is not accounted for.
TEST(DirectExposure, SeesListedInputsWithoutAValue) {
    SupplyMap map = draw_map("radio <- chip, case\nchip from USA 1\ncase from MYS 1");
    Recorder{map}.value("radio", "case", exactly(0.4)).code("chip", "EAR", "3A001");
    expect_estimate(read(map, "nobody", "direct-exposure", "radio"), 0.0, 0.0, 0.6);
}

// Worked example, shares of 1000: EL 0.05936 without ASEAN's own 0.0003; largest outside bloc 0.3.
TEST(ExposureOnMap, MatchesTheWorkedExample) {
    SupplyMap map = draw_map(R"(
        kit from USA 0.3, RUS 0.12, KOR 0.18, DEU 0.15, FRA 0.05, CHN 0.08, IDN 0.12
        hazard USA 0.02
        hazard RUS 0.35
        hazard KOR 0.01
        hazard DEU 0.02
        hazard FRA 0.02
        hazard CHN 0.1
        bloc ASEAN IDN MYS
        bloc EU DEU FRA
    )");
    Recorder recorder{map};
    for (const auto& [id, severity] : std::map<std::string, double>{
             {"USA", 0.9},
             {"RUS", 1.0},
             {"KOR", 0.7},
             {"DEU", 0.8},
             {"FRA", 0.8},
             {"CHN", 0.9}}) {
        recorder.of_state(id, "supply_loss_severity", exactly(severity));
        recorder.of_state(
            id,
            "tariff_rate",
            exactly(
                id == "USA"       ? 0.19
                : severity == 0.8 ? 0.1
                                  : 0
            )
        );
    }
    expect_estimate(read(map, "ASEAN", "expected-loss", "kit"), 0.05906, 0.05906, 0.05906);
    expect_estimate(read(map, "ASEAN", "tariff-cost", "kit"), 0.0385, 0.077, 0.077);
    const Reading balance = read(map, "ASEAN", "bloc-balance", "kit");
    expect_estimate(balance, 0.3, 0.3, 0.3);
    ASSERT_TRUE(balance.factors.front().value);
    EXPECT_NEAR(balance.factors.front().value->likely(), 0.1976, 1e-9);
    EXPECT_EQ(balance.flag, Flag::no);
}

TEST(LeverageOnMap, MatchesAHandCalculation) {
    SupplyMap map = draw_map(R"(
        nickel from IDN 0.6, CHN 0.3, RUS 0.1
        chip from CHN 0.9, JPN 0.1
        bloc ASEAN IDN MYS
    )");
    Recorder{map}
        .bought_by("CHN", "nickel", "IDN", exactly(0.665))
        .bought_by("CHN", "nickel", "RUS", exactly(0.335))
        .bought_by("ASEAN", "chip", "CHN", exactly(0.495))
        .bought_by("ASEAN", "chip", "JPN", exactly(0.505))
        .of_item("nickel", "substitutability", exactly(0.3))
        .of_item("chip", "substitutability", exactly(0.1))
        .of_item("nickel", "value_at_stake", exactly(1))
        .of_item("chip", "value_at_stake", exactly(1));
    expect_estimate(read(map, "ASEAN", "outward-leverage", "nickel"), 0.4655, 0.4655, 0.4655);
    const double inward = 0.505 * 0.9;
    expect_estimate(read(map, "ASEAN", "inward-leverage", "chip"), inward, inward, inward);
    const MapIndex index{map};
    const Viewpoint seen = seen_from(map, "ASEAN");
    const auto ratio = leverage_over(IndicatorContext{index, seen}, state(map, "CHN"));
    ASSERT_TRUE(ratio);
    EXPECT_NEAR(ratio->likely(), 0.4655 / 0.4455, 1e-9);
}

/// A random map of shares with gaps and intervals, by origin.
std::string random_picture(RandomStream& random) {
    std::string picture = "ore from ";
    double left = 1.0;
    const std::vector<std::string> states{"AAA", "BBB", "CCC", "IDN", "MYS", "VNM"};
    for (std::size_t s = 0; s < states.size(); ++s) {
        const double share = left * random.uniform() * 0.7;
        left -= share;
        picture += (s == 0 ? "" : ", ") + states[s] + "/" + states[s] + std::to_string(s % 2) + " "
                   + std::to_string(share);
    }
    return picture + "\nbloc ASEAN IDN MYS VNM";
}

// The definition over a map of states, without any of the machinery.
TEST(ConcentrationOnMap, AgreesWithASlowImplementation) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        RandomStream random{seed, 21};
        const SupplyMap map = draw_map(random_picture(random));
        std::map<std::uint32_t, double> shares;
        double known = 0.0;
        for (const model::Supply& supply : map.supplies) {
            shares[supply.origin->value()] += supply.share->likely();
            known += supply.share->likely();
        }
        double thin = 0.0;
        double most = (1.0 - known) * (1.0 - known);
        for (const auto& [origin, share] : shares) {
            thin += share * share;
        }
        const double alone = thin + most;
        for (const auto& [origin, share] : shares) {
            const double joined = thin - share * share + (share + 1 - known) * (share + 1 - known);
            most = std::max(most, joined);
        }
        const Reading reading = read(map, "nobody", "concentration", "ore");
        expect_estimate(reading, thin, thin, std::max(alone, most));
        EXPECT_NEAR(reading.covered, known, 1e-9);
    }
}

// Who is inside cannot be cut off: with more states inside no supplier outside gets larger, and
// less comes from outside.
TEST(Indicators, FallWhenTheCoalitionGrows) {
    const std::vector<std::string> coalitions{"nobody", "IDN", "IDN+MYS", "ASEAN"};
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        RandomStream random{seed, 22};
        const SupplyMap map = draw_map(random_picture(random));
        for (const char* name : {"largest-supplier", "cdi2-outside-weight", "inward-leverage"}) {
            double before = 1.0;
            double before_high = 1.0;
            for (const std::string& coalition : coalitions) {
                const Reading reading = read(map, coalition, name, "ore");
                ASSERT_NE(reading.value(), nullptr);
                EXPECT_LE(reading.value()->likely(), before + 1e-12) << name << " " << coalition;
                EXPECT_LE(reading.value()->high(), before_high + 1e-12) << name << " " << coalition;
                before = reading.value()->likely();
                before_high = reading.value()->high();
            }
        }
    }
}

// Recording one more share narrows what is possible.
TEST(Indicators, NarrowWhenMoreIsRecorded) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        RandomStream random{seed, 23};
        SupplyMap map = draw_map(random_picture(random));
        std::vector<Estimate> full;
        const std::vector<const char*> names{
            "concentration",
            "largest-supplier",
            "largest-origins",
            "cdi2-outside-weight"};
        for (const char* name : names) {
            full.push_back(*read(map, "IDN", name, "ore").value());
        }
        map.supplies[random.below(map.supplies.size())].share = std::nullopt;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const Estimate open = *read(map, "IDN", names[i], "ore").value();
            EXPECT_LE(open.low(), full[i].low() + 1e-9) << names[i];
            EXPECT_GE(open.high(), full[i].high() - 1e-9) << names[i];
        }
    }
}

}  // namespace
}  // namespace adic::supply
