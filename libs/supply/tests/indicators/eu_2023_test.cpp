// The European Commission's study of 2023, recomputed from the shares that it prints.
// docs/reference/eu-2023-check.md is the table that this test computes.

#include "adic/base/text.hpp"
#include "adic/supply/indicators/eu_criticality.hpp"
#include "adic/supply/indicators/indicator_context.hpp"

#include "recorded.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> read_rows(const std::string& name) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/eu_2023/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<Row> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        Row row;
        for (const std::string_view cell : split(line, ',')) {
            row.emplace_back(cell);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

double number(const std::string& text) {
    return parse_decimal(text).value();
}

/// Names that the tables of the study spell in two ways.
std::string name_in_shares(const std::string& published) {
    const std::map<std::string, std::string> other{
        {"baryte", "barytes"},
        {"boron", "borate"},
        {"kaolin clay", "kaolin"},
        {"phosphorus", "phosphorous"}};
    const auto found = other.find(published);
    return found == other.end() ? published : found->second;
}

/// Scores of groups are means over their elements, which the study does not print one by one.
bool is_group(const std::string& material) {
    return material == "hrees" || material == "lrees" || material == "pgms";
}

constexpr std::array<std::string_view, 27> union_members{
    "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST",
    "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA", "LTU", "LUX",
    "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"};

/// The study as a map: one item for each material and stage, the shares of the world and of the
/// union, and the mean political stability of 2016 to 2020, which are the data years of the study.
class Study {
  public:
    Study() {
        static_cast<void>(map_.sources.add({"study", "Study", "test", 2023, "CC BY 4.0", "", ""}));
        map_.provenances.push_back(
            {model::SourceIndex{0},
             *model::parse_period("2016/2020"),
             model::Confidence::b,
             std::nullopt,
             "public",
             ""}
        );
        for (const std::string_view member : union_members) {
            members_.push_back(state_named(std::string(member)));
        }
        std::ranges::sort(members_);
        const auto bloc = *map_.blocs.add({"EU", "European Union", members_});
        add_shares("global_shares.csv", std::monostate{});
        add_shares("eu_shares.csv", bloc);
        add_stability();
    }

    const model::SupplyMap& map() const { return map_; }

  private:
    model::StateIndex state_named(const std::string& id) {
        const auto found = map_.states.find(id);
        return found ? *found : *map_.states.add({id, id});
    }

    model::ItemIndex item_named(const std::string& id) {
        const auto found = map_.items.find(id);
        return found ? *found
                     : *map_.items.add(
                         {id, id, model::ItemKind::mineral, "t", 0, std::nullopt, "", study_}
                     );
    }

    void add_shares(const std::string& file, model::Market market) {
        for (const Row& row : read_rows(file)) {
            model::Supply supply{
                item_named(row[0] + "-" + row[1]),
                state_named(row[2]),
                std::nullopt,
                market,
                Estimate::exactly(number(row[3])),
                std::nullopt,
                "",
                number(row[4]),
                study_};
            map_.supplies.push_back(std::move(supply));
        }
    }

    void add_stability() {
        std::map<std::string, std::vector<double>> years;
        for (const Row& row : read_rows("political_stability_2016_2020.csv")) {
            years[row[0]].push_back(number(row[2]));
        }
        for (const auto& [id, values] : years) {
            double sum = 0.0;
            for (const double value : values) {
                sum += value;
            }
            const Estimate mean = Estimate::exactly(sum / static_cast<double>(values.size()));
            map_.figures.push_back({state_named(id), "wgi_political_stability", mean, "", study_});
        }
    }

    static constexpr model::ProvenanceIndex study_{0};
    model::SupplyMap map_;
    std::vector<model::StateIndex> members_;
};

/// What the printed shares give for a material: the stage with the larger risk.
struct Recomputed {
    std::string stage;
    std::optional<double> world;
    std::optional<double> own;
    double most =
        0.0;  ///< SR without recycling or substitution, import reliance as it raises SR most
    Estimate interval = Estimate::exactly(0.0);
};

std::optional<double> likely_of(const Reading& reading, std::string_view label) {
    for (const Factor& factor : reading.factors) {
        if (factor.label == label && factor.value) {
            return factor.value->likely();
        }
    }
    return std::nullopt;
}

double most_of(const std::optional<double>& world, const std::optional<double>& own) {
    double most = 0.0;
    for (const double reliance : {0.0, 1.0}) {
        const SupplyRiskInputs inputs{
            .global_supply = world,
            .own_sourcing = own,
            .import_reliance = reliance};
        most = std::max(most, supply_risk(inputs).value_or(0.0));
    }
    return most;
}

std::optional<Recomputed> recompute(const IndicatorContext& context, const std::string& material) {
    std::optional<Recomputed> largest;
    for (const char* stage : {"E", "P"}) {
        const auto item = context.map().items.find(name_in_shares(material) + "-" + stage);
        if (!item) {
            continue;
        }
        const Reading reading = evaluate(*find_indicator("eu-supply-risk"), context, *item);
        if (reading.value() == nullptr) {
            continue;
        }
        Recomputed result{
            stage,
            likely_of(reading, "world supply, HHI_WGI,t"),
            likely_of(reading, "own sourcing, HHI_WGI,t"),
            0.0,
            *reading.value()};
        result.most = most_of(result.world, result.own);
        if (!largest || result.most > largest->most) {
            largest = result;
        }
    }
    return largest;
}

std::string two_digits(const std::optional<double>& value) {
    if (!value) {
        return "–";
    }
    std::ostringstream text;
    text.setf(std::ios::fixed);
    text.precision(2);
    text << *value;
    return text.str();
}

std::string table_row(const std::string& material, const Recomputed& r, double published) {
    std::ostringstream row;
    row << "| " << material << " | " << r.stage << " | " << two_digits(r.world) << " | "
        << two_digits(r.own) << " | " << two_digits(r.most) << " | " << published << " | "
        << two_digits(published / r.most) << " |";
    return row.str();
}

struct Comparison {
    std::string material;
    Recomputed recomputed;
    double published;
};

std::vector<Comparison> compare_all() {
    const Study study;
    const MapIndex index{study.map()};
    const Viewpoint seen = seen_from(study.map(), "EU");
    const IndicatorContext context{index, seen};
    std::vector<Comparison> all;
    for (const Row& row : read_rows("published_scores.csv")) {
        if (!is_group(row[0])) {
            const auto recomputed = recompute(context, row[0]);
            EXPECT_TRUE(recomputed) << row[0];
            if (recomputed) {
                all.push_back({row[0], *recomputed, number(row[1])});
            }
        }
    }
    return all;
}

// Published scores have one decimal, so 0.05 is their rounding. Recycling and substitution only
// lower the score, so the printed shares alone bound it, but for the two materials whose suppliers
// six dimensions of governance judge worse than political stability does.
TEST(Eu2023, PublishedSupplyRiskLiesInTheIntervalOfAllButTwo) {
    const std::vector<Comparison> all = compare_all();
    EXPECT_EQ(all.size(), 67U);
    std::vector<std::string> outside;
    std::vector<std::string> above;
    for (const Comparison& c : all) {
        const Estimate& interval = c.recomputed.interval;
        if (c.published < interval.low() - 0.05 || c.published > interval.high() + 0.05) {
            outside.push_back(c.material);
        }
        if (c.published > c.recomputed.most + 0.05) {
            above.push_back(c.material);
        }
    }
    EXPECT_EQ(outside, (std::vector<std::string>{"arsenic", "phosphorus"}));
    EXPECT_EQ(above, outside);
}

// Gallium is wholly imported, hardly recycled and hardly replaced, so its shares are its score.
TEST(Eu2023, GalliumMatches) {
    for (const Comparison& c : compare_all()) {
        if (c.material == "gallium") {
            EXPECT_NEAR(c.recomputed.most, c.published, 0.05);
        }
    }
}

TEST(Eu2023, ThePageShowsWhatIsComputed) {
    std::ifstream file(std::string(ADIC_SOURCE_DIR) + "/docs/reference/eu-2023-check.md");
    std::stringstream page;
    page << file.rdbuf();
    std::string missing;
    for (const Comparison& c : compare_all()) {
        const std::string row = table_row(c.material, c.recomputed, c.published);
        if (page.str().find(row) == std::string::npos) {
            missing += row + "\n";
        }
    }
    EXPECT_EQ(missing, "");
}

}  // namespace
}  // namespace adic::supply
