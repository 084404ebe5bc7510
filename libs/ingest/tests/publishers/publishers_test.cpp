#include "adic/ingest/merge_maps.hpp"
#include "adic/ingest/publishers/publisher.hpp"

#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::StateIndex;

const std::filesystem::path data = ADIC_TEST_DATA "/publishers";

const StateNames& state_names() {
    static const StateNames names = *StateNames::read(ADIC_SOURCE_DIR "/data/reference/states.csv");
    return names;
}

struct Outcome {
    Result<model::SupplyMap> map;
    ImportReport report;
};

Outcome
read(std::string_view publisher, std::string_view path, const PublisherOptions& options = {}) {
    ImportReport report;
    auto map = find_publisher(publisher)->read(data / path, state_names(), options, report);
    return {std::move(map), std::move(report)};
}

std::string market_of(const model::SupplyMap& map, const model::Market& market) {
    if (const auto* state = std::get_if<StateIndex>(&market)) {
        return map.states[*state].id;
    }
    const auto* bloc = std::get_if<model::BlocIndex>(&market);
    return bloc == nullptr ? "world" : map.blocs[*bloc].id;
}

/// The supply of the item with that code from a state, or from a firm of that name.
const model::Supply* find_supply(
    const model::SupplyMap& map,
    std::string_view code,
    std::string_view supplier,
    std::string_view market = "world"
) {
    std::set<std::uint32_t> items;
    for (const model::ItemCode& each : map.codes) {
        if (each.code == code) {
            items.insert(each.item.value());
        }
    }
    for (const model::Supply& supply : map.supplies) {
        const bool by_state =
            !supply.organisation && supply.origin && map.states[*supply.origin].id == supplier;
        const bool by_firm =
            supply.organisation && map.organisations[*supply.organisation].name == supplier;
        if (items.contains(supply.item.value()) && (by_state || by_firm)
            && market_of(map, supply.market) == market) {
            return &supply;
        }
    }
    return nullptr;
}

double share_of(
    const model::SupplyMap& map,
    std::string_view code,
    std::string_view supplier,
    std::string_view market = "world"
) {
    const model::Supply* const supply = find_supply(map, code, supplier, market);
    return supply != nullptr && supply->share ? supply->share->likely() : std::nan("");
}

std::size_t count_of(const ImportReport& report, std::string_view rule) {
    std::size_t count = 0;
    for (const Issue& issue : report.issues()) {
        count += issue.rule == rule ? 1U : 0U;
    }
    return count;
}

constexpr std::string_view gallium = "Gallium: Primary production";
constexpr std::string_view rare_earths =
    "Rare earths: Mine production, rare-earth-oxide equivalent";
constexpr std::string_view tungsten = "Tungsten: Mine production, tungsten content";
constexpr std::string_view lithium = "Lithium: Mine production, lithium content";

// --- what holds for all -------------------------------------------------------------------------

struct Example {
    const char* publisher;
    const char* path;
};

/// Errors are in some of the made-up files on purpose.
const std::vector<Example> examples{
    {"usgs-mcs", "usgs"},
    {"eu-crm", "eu_crm"},
    {"world-mining-data", "wmd"},
    {"comtrade", "comtrade"},
    {"baci", "baci"},
    {"wgi", "wgi"},
    {"chpl", "chpl"},
    {"hs-names", "hs"},
    {"eto-chips", "eto"},
    {"sipri", "sipri"},
};

TEST(Publishers, HaveAnExampleEach) {
    ASSERT_EQ(publishers().size(), examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i) {
        EXPECT_EQ(publishers()[i].name, examples[i].publisher);
    }
    EXPECT_EQ(find_publisher("nobody"), nullptr);
}

TEST(Publishers, AreRecognisedByTheirHeadings) {
    for (const Example& example : examples) {
        const Publisher* const found = recognise_publisher(data / example.path);
        ASSERT_NE(found, nullptr) << example.publisher;
        EXPECT_EQ(found->name, example.publisher);
    }
    EXPECT_EQ(recognise_publisher(data), nullptr);
    EXPECT_EQ(recognise_publisher("/nowhere"), nullptr);
}

void expect_valid(const model::SupplyMap& map, const std::string& name) {
    std::map<std::tuple<std::uint32_t, std::string>, double> sums;
    std::set<std::tuple<std::uint32_t, std::string, std::string, std::string>> keys;
    for (const model::Supply& supply : map.supplies) {
        const std::string market = market_of(map, supply.market);
        if (supply.share) {
            EXPECT_GE(supply.share->low(), 0.0) << name;
            EXPECT_LE(supply.share->high(), 1.0) << name;
            sums[{supply.item.value(), market}] += supply.share->likely();
        }
        EXPECT_EQ(supply.capacity.has_value(), !supply.capacity_unit.empty()) << name;
        EXPECT_TRUE(
            keys.insert({supply.item.value(),
                         supply.origin ? map.states[*supply.origin].id : "",
                         supply.organisation ? map.organisations[*supply.organisation].id : "",
                         market})
                .second
        ) << name
          << " " << map.items[supply.item].name;
    }
    for (const auto& [key, sum] : sums) {
        EXPECT_LE(sum, 1.0 + 1e-9) << name;
    }
    for (const model::Item& item : map.items) {
        EXPECT_LE(item.id.size(), 64U) << name;
        EXPECT_EQ(
            item.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
            std::string::npos
        ) << item.id;
        EXPECT_LT(item.provenance.value(), map.provenances.size()) << name;
    }
    for (const model::Provenance& provenance : map.provenances) {
        EXPECT_TRUE(provenance.period.first.ok() && provenance.period.last.ok()) << name;
        EXPECT_EQ(provenance.release, "public") << name;
    }
}

TEST(Publishers, MakeFragmentsThatKeepTheRulesOfAMap) {
    for (const Example& example : examples) {
        const Outcome outcome = read(example.publisher, example.path);
        ASSERT_TRUE(outcome.map) << example.publisher << ": " << outcome.map.error().message;
        EXPECT_EQ(outcome.map->sources.size(), 1U) << example.publisher;
        expect_valid(*outcome.map, example.publisher);
    }
}

TEST(Publishers, MakeFragmentsThatMergeIntoOneMap) {
    model::SupplyMap whole;
    for (const Example& example : examples) {
        if (std::string_view(example.publisher) == "baci") {
            continue;  // speaks of the same markets as Comtrade: one of the two is to be chosen
        }
        const Outcome outcome = read(example.publisher, example.path);
        ASSERT_TRUE(outcome.map);
        ImportReport report;
        const MergeCounts counts = merge_maps(whole, *outcome.map, report).counts;
        EXPECT_EQ(report.errors(), 0U) << example.publisher;
        EXPECT_EQ(counts.left_out, 0U) << example.publisher;
    }
    // Comtrade, the HS names and the priority list speak of one item 854231.
    std::size_t processors = 0;
    for (const model::Item& item : whole.items) {
        processors += item.id == "hs-854231" ? 1U : 0U;
    }
    EXPECT_EQ(processors, 1U);
    expect_valid(whole, "merged");
}

/// A map with one item that a user counts in a unit of its own.
model::SupplyMap
map_with_item(const std::string& unit, const std::string& scheme, const std::string& code) {
    model::SupplyMap map;
    const auto source = *map.sources.add({"own", "Own list", "Ministry", 2025, "own", "", ""});
    map.provenances.push_back(
        {source, *model::parse_period("2025"), model::Confidence::b, {}, "public", ""}
    );
    const model::ProvenanceIndex provenance{0};
    const auto item =
        *map.items.add({"mine", "Mine", model::ItemKind::component, unit, 0, {}, "", provenance});
    map.codes.push_back({item, scheme, code, provenance});
    return map;
}

TEST(Publishers, GiveAmountsInTheUnitOfTheUsersItem) {
    model::SupplyMap map = map_with_item("kg", "USGS-MCS", std::string(tungsten));
    ImportReport report;
    merge_maps(map, *read("usgs-mcs", "usgs").map, report);
    EXPECT_EQ(report.errors(), 0U);
    EXPECT_NEAR(share_of(map, tungsten, "CHN"), 67'000.0 / 81'000.0, 1e-9);
    bool found = false;
    for (const model::Trade& trade : map.trades) {
        if (map.items[trade.item].id == "mine" && map.states[trade.state].id == "CHN") {
            EXPECT_EQ(trade.unit, "kg");
            EXPECT_EQ(trade.amount.likely(), 67e6);  // 67,000 t
            found = true;
        }
    }
    EXPECT_TRUE(found);
}

TEST(Publishers, GiveSharesToAnItemThatIsCountedInPieces) {
    model::SupplyMap map = map_with_item("piece", "HS", "854231");
    ImportReport report;
    merge_maps(map, *read("comtrade", "comtrade").map, report);
    EXPECT_EQ(report.errors(), 0U);
    EXPECT_NEAR(share_of(map, "854231", "SGP", "IDN"), 0.6, 1e-12);
    EXPECT_EQ(map.items.size(), 1U);
    // Production in tonnes cannot become pieces: it is left out and said, shares are kept.
    model::SupplyMap ore = map_with_item("piece", "USGS-MCS", std::string(tungsten));
    ImportReport other;
    merge_maps(ore, *read("usgs-mcs", "usgs").map, other);
    EXPECT_EQ(count_of(other, "MG-004"), 1U);
    EXPECT_NEAR(share_of(ore, tungsten, "VNM"), 3'400.0 / 81'000.0, 1e-9);
}

TEST(Publishers, RefuseWhatIsNotTheirs) {
    for (const Example& example : examples) {
        ImportReport report;
        const Publisher& publisher = *find_publisher(example.publisher);
        EXPECT_FALSE(publisher.read("/nowhere", state_names(), {}, report)) << example.publisher;
        const auto other = data / "README.md";
        EXPECT_FALSE(publisher.read(other, state_names(), {}, report)) << example.publisher;
    }
}

// --- U.S. Geological Survey ---------------------------------------------------------------------

TEST(UsgsMcs, GivesPublishedShares) {
    const Outcome outcome = read("usgs-mcs", "usgs");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    // Mineral Commodity Summaries 2025, tables "World Mine Production and Reserves" and their like.
    // Gallium: 750 t of the 762 t that states add up to (the total is printed as 760 t); rare
    // earths: 270 kt of 390 kt; tungsten: 67 and 3.4 kt of 81 kt.
    EXPECT_NEAR(share_of(map, gallium, "CHN"), 750.0 / 762.0, 1e-9);
    EXPECT_NEAR(share_of(map, rare_earths, "CHN"), 0.69, 0.005);
    EXPECT_NEAR(share_of(map, rare_earths, "MMR"), 0.079, 0.001);
    EXPECT_NEAR(share_of(map, tungsten, "CHN"), 67'000.0 / 81'000.0, 1e-9);
    EXPECT_NEAR(share_of(map, tungsten, "VNM"), 3'400.0 / 81'000.0, 1e-9);
    // 450 of 1,010 kt of capacity; who makes how much of it is not published.
    EXPECT_NEAR(
        share_of(map, "Abrasives: Plant capacity, silicon carbide", "CHN"),
        450.0 / 1'010.0,
        1e-9
    );
    EXPECT_EQ(find_supply(map, gallium, "CHN")->capacity->likely(), 1'000'000.0);
    EXPECT_EQ(find_supply(map, gallium, "CHN")->capacity_unit, "kg");
    EXPECT_EQ(outcome.report.errors(), 0U);
}

TEST(UsgsMcs, KeepsAWithheldProducerUnknown) {
    const Outcome outcome = read("usgs-mcs", "usgs");
    ASSERT_TRUE(outcome.map);
    const model::Supply* const withheld = find_supply(*outcome.map, lithium, "USA");
    ASSERT_NE(withheld, nullptr);
    EXPECT_FALSE(withheld->share);
    // The total leaves the United States out: 88 of 240 kt is the most that Australia can have, and
    // 88 of 240 + 88 the least if the United States make no more than the largest other.
    const model::Supply* const australia = find_supply(*outcome.map, lithium, "AUS");
    ASSERT_NE(australia, nullptr);
    EXPECT_NEAR(australia->share->likely(), 88.0 / 240.0, 1e-9);
    EXPECT_NEAR(australia->share->low(), 87.95 / 328.5, 1e-9);  // all rounded: 88.0, 240
}

TEST(UsgsMcs, NamesGermaniumAndKeepsItsFiguresUnknown) {
    const Outcome outcome = read("usgs-mcs", "usgs");
    ASSERT_TRUE(outcome.map);
    const auto* const china =
        find_supply(*outcome.map, "Germanium: Primary and secondary refinery production", "CHN");
    ASSERT_NE(china, nullptr);
    EXPECT_FALSE(china->share);
    EXPECT_GE(count_of(outcome.report, "PB-006"), 1U);
}

TEST(UsgsMcs, MeetsTheQuirksOfTheFile) {
    const Outcome outcome = read("usgs-mcs", "usgs");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    // Kaolin: the printed total lacks a digit; shares are of the 44,240 kt that states add up to.
    EXPECT_EQ(count_of(outcome.report, "PB-008"), 1U);
    EXPECT_NEAR(share_of(map, "Clays: Mine production, Kaolin", "CHN"), 7'800.0 / 44'240.0, 1e-9);
    // "Brazil (beneficiated)" is Brazil; helium has two lines of the United States.
    EXPECT_NE(find_supply(map, "Clays: Mine production, Kaolin", "BRA"), nullptr);
    // 68 + 13 of the 185.25 million m3 that the lines add up to; the total is printed as 180. South
    // Africa made less than half a million.
    constexpr std::string_view helium = "Helium: Production, helium gas content";
    EXPECT_NEAR(share_of(map, helium, "USA"), 81.0 / 185.25, 1e-9);
    EXPECT_EQ(find_supply(map, helium, "ZAF")->share->low(), 0.0);
    EXPECT_NEAR(find_supply(map, helium, "ZAF")->share->high(), 0.5 / 179.5, 1e-12);
    // ">" reserves and a missing unit are said, not guessed in silence.
    EXPECT_GE(count_of(outcome.report, "PB-009"), 1U);
    EXPECT_NE(
        find_supply(
            map,
            "Titanium Mineral Concentrates: Mine production, rutile, titanium dioxide (TiO2) "
            "content",
            "SLE"
        ),
        nullptr
    );
    // Boron has no total that could be added up: suppliers without shares.
    const auto* const turkey = find_supply(map, "Boron: Boron all types", "TUR");
    ASSERT_NE(turkey, nullptr);
    EXPECT_FALSE(turkey->share);
}

TEST(UsgsMcs, ReadsTheYearBeforeIfAsked) {
    PublisherOptions options;
    options.year = 2023;
    const Outcome outcome = read("usgs-mcs", "usgs", options);
    ASSERT_TRUE(outcome.map);
    const auto* const china = find_supply(*outcome.map, tungsten, "CHN");
    ASSERT_NE(china, nullptr);
    EXPECT_EQ(model::to_text((*outcome.map)[china->provenance].period), "2023");
    options.year = 1999;
    EXPECT_FALSE(read("usgs-mcs", "usgs", options).map);
}

// --- European Union -----------------------------------------------------------------------------

TEST(EuCrm, GivesWorldAndUnionShares) {
    const Outcome outcome = read("eu-crm", "eu_crm");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    // Study on the critical raw materials for the EU 2023, annex 4: gallium processing, China 94 %.
    EXPECT_NEAR(share_of(map, "Gallium/P", "CHN"), 0.94, 0.005);
    EXPECT_GT(share_of(map, "Gallium/P", "CHN", "EU"), 0.5);
    EXPECT_EQ(find_supply(map, "Gallium/P", "DEU")->trade_restriction, 0.8);
    const auto european = map.blocs.find("EU");
    ASSERT_TRUE(european);
    EXPECT_EQ(map.blocs[*european].members.size(), 27U);
}

TEST(EuCrm, TurnsLessThanIntoAnInterval) {
    const Outcome outcome = read("eu-crm", "eu_crm");
    ASSERT_TRUE(outcome.map);
    bool found = false;
    for (const model::Supply& supply : outcome.map->supplies) {
        if ((*outcome.map)[supply.provenance].note.find("printed as <0.001") == 0) {
            EXPECT_EQ(supply.share->low(), 0.0);
            EXPECT_EQ(supply.share->high(), 0.001);
            EXPECT_GT(supply.share->likely(), 0.0);
            found = true;
        }
    }
    EXPECT_TRUE(found);
}

TEST(EuCrm, ScalesSharesThatRoundingMadeTooLarge) {
    const Outcome outcome = read("eu-crm", "eu_crm");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    EXPECT_GE(count_of(outcome.report, "PB-004"), 1U);
    // Gallium: 0.938 + ... = 1.001.
    const auto* const china = find_supply(map, "Gallium/P", "CHN");
    EXPECT_NEAR(china->share->likely(), 0.938 / 1.001, 1e-6);
    EXPECT_NEAR(china->share->high(), 0.9385, 1e-12);  // printed to a tenth of a percent
    EXPECT_NE(map[china->provenance].note.find("published as 0.938"), std::string::npos);
}

TEST(EuCrm, GivesTheScoresOfEachEdition) {
    const Outcome outcome = read("eu-crm", "eu_crm");
    ASSERT_TRUE(outcome.map);
    bool found = false;
    for (const model::Figure& figure : outcome.map->figures) {
        const auto& provenance = (*outcome.map)[figure.provenance];
        const auto item = std::get<model::ItemIndex>(figure.subject);
        if (outcome.map->items[item].name == "Gallium"
            && model::to_text(provenance.period) == "2023"
            && figure.measure == "eu_supply_risk_published") {
            EXPECT_EQ(figure.value.likely(), 3.9);
            found = true;
        }
    }
    EXPECT_TRUE(found);
}

// --- World Mining Data --------------------------------------------------------------------------

TEST(WorldMiningData, GivesSharesOfTheLatestYear) {
    const Outcome outcome = read("world-mining-data", "wmd");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    EXPECT_NEAR(share_of(map, "Tungsten (W)", "CHN"), 0.6, 1e-12);
    EXPECT_NEAR(share_of(map, "261100", "VNM"), 0.3, 1e-12);
    EXPECT_EQ(find_supply(map, "Tungsten (W)", "AUT"), nullptr);  // makes none
    EXPECT_NEAR(share_of(map, "Natural Gas", "BRN"), 0.25, 1e-12);
    PublisherOptions options;
    options.year = 2020;
    EXPECT_NEAR(
        share_of(*read("world-mining-data", "wmd", options).map, "Tungsten (W)", "CHN"),
        0.7,
        1e-12
    );
}

TEST(WorldMiningData, FollowsTheNameWhereTheCodeIsAnothers) {
    const Outcome outcome = read("world-mining-data", "wmd");
    ASSERT_TRUE(outcome.map);
    EXPECT_NEAR(share_of(*outcome.map, "Gold", "GUY"), 0.6, 1e-12);
    EXPECT_NEAR(share_of(*outcome.map, "Gold", "GUF"), 0.2, 1e-12);
    EXPECT_EQ(count_of(outcome.report, "PB-012"), 1U);
    EXPECT_EQ(count_of(outcome.report, "PB-010"), 1U);  // Atlantis: 0.2 stays unknown
}

// --- trade flows --------------------------------------------------------------------------------

TEST(Comtrade, GivesSharesOfEachMarketFromCompleteGroups) {
    const Outcome outcome = read("comtrade", "comtrade");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    EXPECT_NEAR(share_of(map, "854231", "SGP", "IDN"), 0.6, 1e-12);
    EXPECT_NEAR(share_of(map, "854231", "TWN", "IDN"), 0.3, 1e-12);  // "Other Asia, nes"
    EXPECT_NEAR(share_of(map, "854231", "CHN", "MYS"), 1.0, 1e-12);  // without the row of the world
    EXPECT_EQ(find_supply(map, "010121", "CHN", "IDN"), nullptr);    // group is not complete
}

TEST(Baci, GivesSharesAndDollarsFromNumericCodes) {
    const Outcome outcome = read("baci", "baci");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    EXPECT_NEAR(share_of(map, "854231", "SGP", "IDN"), 0.605, 1e-12);
    EXPECT_NEAR(share_of(map, "854231", "USA", "IDN"), 0.2, 1e-12);
    EXPECT_NEAR(share_of(map, "854231", "TWN", "IDN"), 0.195, 1e-12);
    EXPECT_NEAR(share_of(map, "010121", "CHE", "MYS"), 0.4, 1e-12);  // 0.6 from areas nes: unknown
    ASSERT_EQ(map.trades.size(), 4U);
    EXPECT_EQ(map.trades[0].unit, "USD");
    double sum = 0.0;
    for (const model::Trade& trade : map.trades) {
        sum += trade.amount.likely();
    }
    EXPECT_NEAR(sum, 104'000.0, 1e-6);
}

TEST(Baci, KeepsTheMarketsAndProductsAskedFor) {
    PublisherOptions options;
    options.markets = {"MYS"};
    EXPECT_EQ(read("baci", "baci", options).map->supplies.size(), 1U);
    options.markets.clear();
    options.products = {"8542"};
    EXPECT_EQ(read("baci", "baci", options).map->supplies.size(), 3U);
}

// --- figures and codes --------------------------------------------------------------------------

TEST(Wgi, GivesTheLatestFigureOfEachState) {
    const Outcome outcome = read("wgi", "wgi");
    ASSERT_TRUE(outcome.map);
    bool indonesia = false;
    for (const model::Figure& figure : outcome.map->figures) {
        EXPECT_EQ(figure.measure, "wgi_political_stability");
        const std::string& id = outcome.map->states[std::get<StateIndex>(figure.subject)].id;
        EXPECT_NE(id, "GUY");  // eight rows that disagree
        if (id == "IDN") {
            indonesia = true;
            EXPECT_EQ(model::to_text((*outcome.map)[figure.provenance].period), "2022");
            EXPECT_LT(figure.value.low(), figure.value.likely());
        }
    }
    EXPECT_TRUE(indonesia);
    EXPECT_EQ(count_of(outcome.report, "PB-011"), 1U);
    EXPECT_EQ(count_of(outcome.report, "PB-010"), 2U);  // "Europe EFTA, nes", two years
}

TEST(Chpl, GivesTheFiftyCodes) {
    const Outcome outcome = read("chpl", "chpl");
    ASSERT_TRUE(outcome.map);
    EXPECT_EQ(outcome.map->items.size(), 50U);
    EXPECT_EQ(outcome.map->codes.size(), 100U);  // each under HS and under CHPL
}

TEST(HsNames, GiveTheLatestRevision) {
    const Outcome outcome = read("hs-names", "hs");
    ASSERT_TRUE(outcome.map);
    ASSERT_EQ(outcome.map->items.size(), 3U);
    const auto item = outcome.map->items.find("hs-854231");
    ASSERT_TRUE(item);
    EXPECT_EQ(outcome.map->items[*item].name, "Processors, made up");
    EXPECT_EQ(outcome.report.errors(), 1U);  // 85423X
    PublisherOptions options;
    options.year = 2020;
    EXPECT_EQ(read("hs-names", "hs", options).map->items.size(), 1U);
}

// --- chips and arms -----------------------------------------------------------------------------

TEST(EtoChips, ReadStatesOrFirmsAndNeverBoth) {
    const Outcome states = read("eto-chips", "eto");
    ASSERT_TRUE(states.map);
    EXPECT_NEAR(share_of(*states.map, "N2", "NLD"), 0.80 / 1.01, 1e-9);  // 80 + 21 % are scaled
    EXPECT_EQ(find_supply(*states.map, "N2", "Alpha Optics"), nullptr);
    EXPECT_EQ(count_of(states.report, "PB-004"), 1U);
    PublisherOptions options;
    options.level = SupplierLevel::firms;
    const Outcome firms = read("eto-chips", "eto", options);
    ASSERT_TRUE(firms.map);
    EXPECT_NEAR(share_of(*firms.map, "N2", "Alpha Optics"), 0.80, 1e-12);
    EXPECT_EQ(find_supply(*firms.map, "N2", "NLD"), nullptr);
}

TEST(EtoChips, KeepBlankSharesUnknown) {
    const Outcome outcome = read("eto-chips", "eto");
    ASSERT_TRUE(outcome.map);
    ASSERT_NE(find_supply(*outcome.map, "N3", "NLD"), nullptr);
    EXPECT_FALSE(find_supply(*outcome.map, "N3", "NLD")->share);
    EXPECT_NEAR(share_of(*outcome.map, "N5", "JPN"), 0.85, 1e-12);  // various countries: unknown
    EXPECT_NEAR(share_of(*outcome.map, "N4", "Gamma Resist"), 0.4, 1e-12);  // only firms are given
}

TEST(EtoChips, TellEquipmentFromWhatIsConsumed) {
    const Outcome outcome = read("eto-chips", "eto");
    ASSERT_TRUE(outcome.map);
    std::set<std::string> needs;
    for (const model::Need& need : outcome.map->needs) {
        const model::NeedGroup& group = (*outcome.map)[need.group];
        needs.insert(fmt::format(
            "{} takes {} ({}, {})",
            outcome.map->items[group.item].name,
            outcome.map->items[need.input].name,
            model::name_of(group.role),
            model::name_of(group.essential)
        ));
    }
    EXPECT_EQ(
        needs,
        (std::set<std::string>{
            "Exposure takes Exposure tools (equipment, yes)",
            "Exposure takes Resists (consumed, yes)",
            "Finished chip takes Exposure (consumed, yes)",
            "Exposure tools takes Short wave tools (equipment, no)",
            "Exposure tools takes Long wave tools (equipment, no)",
        })
    );
}

TEST(Sipri, TurnsDealsIntoImports) {
    const Outcome outcome = read("sipri", "sipri");
    ASSERT_TRUE(outcome.map);
    const model::SupplyMap& map = *outcome.map;
    ASSERT_EQ(map.trades.size(), 2U);
    const model::Trade& boats = map.trades[0];  // two deals of the same kind and years, added up
    EXPECT_EQ(map.states[boats.state].id, "IDN");
    EXPECT_EQ(map.states[*boats.partner].id, "KOR");
    EXPECT_EQ(boats.amount.likely(), 5.0);
    EXPECT_EQ(model::to_text(map[boats.provenance].period), "2005/2007");
    EXPECT_EQ(map.states[*map.trades[1].partner].id, "SUN");
    EXPECT_EQ(outcome.report.errors(), 1U);             // "soon"
    EXPECT_EQ(count_of(outcome.report, "PB-010"), 2U);  // a group and an unknown supplier
}

// --- names of states ----------------------------------------------------------------------------

TEST(StateNames, KnowTheSpellingsOfPublishers) {
    struct Case {
        const char* spelling;
        const char* id;
    };

    const std::vector<Case> cases{
        {"Burma", "MMR"},
        {"Korea, Republic of", "KOR"},
        {"Congo (Kinshasa)", "COD"},
        {"Turkyie", "TUR"},
        {"C\xC3\xB4te d\xE2\x80\x99Ivoire", "CIV"},
        {"  united\xC2\xA0States ", "USA"},
        {"Viet Nam", "VNM"},
    };
    for (const Case& c : cases) {
        const auto* const state = state_names().find_by_name(c.spelling);
        ASSERT_NE(state, nullptr) << c.spelling;
        EXPECT_EQ(state->id, c.id);
    }
    EXPECT_EQ(state_names().find_by_name("World"), nullptr);
    EXPECT_EQ(state_names().find_by_code("4")->id, "AFG");
    EXPECT_EQ(state_names().find_by_code("842")->id, "USA");
    EXPECT_EQ(state_names().members_of("ASEAN").size(), 11U);
}

}  // namespace
}  // namespace adic::ingest
