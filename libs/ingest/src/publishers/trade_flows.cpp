#include "adic/base/text.hpp"
#include "adic/ingest/flow_reader.hpp"
#include "adic/ingest/flow_totals.hpp"

#include "flows/flow_states.hpp"
#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

// UN Comtrade and CEPII BACI: what each importer buys of each HS code from whom. The parts of the
// suppliers in what a state imports are the shares of its market.
namespace adic::ingest {
namespace {

constexpr std::size_t most_flows = 4'000'000;  ///< of which each becomes two facts of a map

/// How a publisher's amounts and groups are read.
struct FlowReading {
    double dollars;  ///< for one unit of its values
    std::string note;
};

bool is_world(std::string_view code) {
    return code == "W00" || code == "000" || code == "0" || code == "WLD";
}

int latest_year(const model::FlowTable& flows) {
    const auto latest = std::max_element(flows.year.begin(), flows.year.end());
    return latest == flows.year.end() ? 0 : *latest;
}

/// The year of a version as files are named after it: 2024 of "BACI_HS22_Y2022_V202401b.csv".
std::optional<int> baci_edition(const std::filesystem::path& file) {
    constexpr std::size_t digits = 4;
    const std::string name = file.filename().string();
    const std::size_t version = name.find("_V");
    const auto year = version == std::string::npos
                          ? std::nullopt
                          : parse_whole(std::string_view(name).substr(version + 2, digits));
    const bool plausible = year && *year > 1900 && *year < 2200;
    return plausible ? std::optional{static_cast<int>(*year)} : std::nullopt;
}

/// The rows of one year, of the markets and products asked for, without "the world" as a partner.
class Selection {
  public:
    Selection(const model::FlowTable& flows, const PublisherOptions& options)
        : flows_(flows)
        , year_(options.year.value_or(latest_year(flows))) {
        for (const std::string& state : flows.states) {
            const bool wanted = options.markets.empty()
                                || std::find(options.markets.begin(), options.markets.end(), state)
                                       != options.markets.end();
            market_.push_back(wanted && !is_world(state));
            partner_.push_back(!is_world(state));
        }
        for (const std::string& product : flows.products) {
            product_.push_back(
                options.products.empty()
                || std::any_of(
                    options.products.begin(),
                    options.products.end(),
                    [&](const std::string& beginning) { return product.starts_with(beginning); }
                )
            );
        }
    }

    int year() const { return year_; }

    model::FlowTable rows() const {
        model::FlowTable rows;
        rows.states = flows_.states;
        rows.products = flows_.products;
        for (std::size_t i = 0; i < flows_.size(); ++i) {
            if (flows_.year[i] == year_ && market_[flows_.importer[i]]
                && partner_[flows_.exporter[i]] && product_[flows_.product[i]]) {
                rows.year.push_back(flows_.year[i]);
                rows.exporter.push_back(flows_.exporter[i]);
                rows.importer.push_back(flows_.importer[i]);
                rows.product.push_back(flows_.product[i]);
                rows.value.push_back(flows_.value[i]);
            }
        }
        return rows;
    }

  private:
    const model::FlowTable& flows_;
    int year_;
    std::vector<bool> market_;
    std::vector<bool> partner_;
    std::vector<bool> product_;
};

/// Turns sums of flows into supplies, market by market.
class MarketShares {
  public:
    MarketShares(
        Fragment& fragment,
        const model::FlowTable& flows,
        const FlowReading& reading,
        Standing standing
    )
        : fragment_(fragment)
        , flows_(flows)
        , reading_(reading)
        , standing_(std::move(standing)) {
        for (const std::string& code : flows.states) {
            states_.push_back(fragment.names().find_by_code(code));
        }
    }

    void take(const FlowTotals& totals) {
        std::vector<std::size_t> order(totals.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto market_of = [&](std::size_t i) {
            return std::pair{totals.product[i], totals.importer[i]};
        };
        // Stable: within a market the exporters stay in their order.
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return market_of(a) < market_of(b);
        });
        for (auto first = order.begin(); first != order.end();) {
            const auto last = std::find_if(first, order.end(), [&](std::size_t i) {
                return market_of(i) != market_of(*first);
            });
            take_market(totals, {first, last});
            first = last;
        }
    }

  private:
    void take_market(const FlowTotals& totals, std::span<const std::size_t> rows);
    model::ItemIndex item_of(const std::string& code);

    Fragment& fragment_;
    const model::FlowTable& flows_;
    const FlowReading& reading_;
    Standing standing_;
    std::vector<const StateNames::State*> states_;
};

model::ItemIndex MarketShares::item_of(const std::string& code) {
    model::Item item = public_item("hs-" + code, "HS " + code, model::ItemKind::component, "t");
    item.provenance = fragment_.fact(standing_);
    return fragment_.item(std::move(item), "HS", code);
}

void MarketShares::take_market(const FlowTotals& totals, std::span<const std::size_t> rows) {
    const StateNames::State* const importer = states_[totals.importer[rows.front()]];
    double sum = 0.0;
    for (const std::size_t i : rows) {
        sum += totals.value[i];
    }
    if (importer == nullptr || sum <= 0.0) {
        return;
    }
    const std::string& code = flows_.products[totals.product[rows.front()]];
    const model::ItemIndex item = item_of(code);
    const model::StateIndex market = fragment_.state(*importer);
    std::vector<PublishedSupply> supplies;
    for (const std::size_t i : rows) {
        const StateNames::State* const exporter = states_[totals.exporter[i]];
        if (exporter == nullptr || totals.value[i] <= 0.0) {
            continue;  // areas that are no state: their part stays in the unknown remainder
        }
        PublishedSupply supply{fragment_.state(*exporter)};
        supply.share = Estimate::exactly(totals.value[i] / sum);
        supply.standing = standing_;
        fragment_.map().trades.push_back(
            {item,
             market,
             model::Flow::imports,
             *supply.origin,
             Estimate::exactly(totals.value[i] * reading_.dollars),
             "USD",
             fragment_.fact(standing_)}
        );
        supplies.push_back(std::move(supply));
    }
    fragment_.supplies(item, market, std::move(supplies), {fragment_.map().name, 0, code});
}

Result<model::SupplyMap> map_of_flows(
    Fragment fragment,
    const model::FlowTable& flows,
    const PublisherOptions& options,
    const FlowReading& reading
) {
    const Selection selection(flows, options);
    const model::FlowTable rows = selection.rows();
    if (rows.size() > most_flows) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "{} flows of {} are more than a map holds ({}); name markets or products",
                rows.size(),
                selection.year(),
                most_flows
            ),
            {}};
    }
    const FlowTotals totals =
        aggregate_flows(rows, {.exporter = true, .importer = true, .product = true});
    const Standing standing{whole_year(selection.year()), model::Confidence::b, reading.note};
    MarketShares(fragment, rows, reading, standing).take(totals);
    return std::move(fragment.map());
}

void warn_of_areas(
    const std::vector<std::string>& areas,
    const std::filesystem::path& file,
    ImportReport& report
) {
    if (!areas.empty()) {
        report.add(
            {Severity::warning,
             rules::not_a_state.id,
             file.filename().string(),
             0,
             {},
             fmt::format("{}", fmt::join(areas, " ")),
             "codes that are not one state; their part stays in the remainder that is not known"}
        );
    }
}

/// The country codes that BACI is published with, by number.
Result<std::map<std::string, std::string>>
baci_codes(const std::filesystem::path& file, ImportReport& report) {
    enum Column { code, iso3 };

    constexpr std::array<ColumnSpec, 2> columns{{
        {"country_code", Presence::required, "i"},
        {"country_iso3", Presence::required, "iso_3digit_alpha"},
    }};
    ADIC_TRY(PublishedTable table, PublishedTable::open(file, columns, report));
    std::map<std::string, std::string> codes;
    while (table.next()) {
        codes.emplace(table.cell(code), table.cell(iso3));
    }
    return codes;
}

/// The last file of a folder, by name, that starts so; the path itself if it is no folder.
std::optional<std::filesystem::path>
latest_file(const std::filesystem::path& path, std::string_view beginning) {
    std::optional<std::filesystem::path> latest;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        const bool fits = entry.path().filename().string().starts_with(beginning);
        if (fits && (!latest || entry.path() > *latest)) {
            latest = entry.path();
        }
    }
    return latest;
}

}  // namespace

Result<model::SupplyMap> read_comtrade(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<std::string_view, 1> names{"hs6_flows.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    FlowOptions flow_options;
    flow_options.complete_groups_only = true;
    ADIC_TRY(model::FlowTable flows, read_flows(*file, report, flow_options));
    const auto areas = rename_states(flows, [&](std::string_view code) {
        const auto* const state = states.find_by_code(code);
        return state == nullptr ? std::nullopt : std::optional{state->id};
    });
    warn_of_areas(areas, *file, report);
    const int year = latest_year(flows);
    Fragment fragment(
        {fmt::format("un-comtrade-{}", year),
         fmt::format("UN Comtrade, imports by HS6 up to {}", year),
         "United Nations Statistics Division",
         year,
         "UN Comtrade terms: derived figures with attribution",
         "https://comtradeplus.un.org",
         "imports as the importer reports them (cif), groups with all their partners only"},
        states,
        report
    );
    return map_of_flows(std::move(fragment), flows, options, {1.0, "part of the value of imports"});
}

Result<model::SupplyMap> read_baci(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<std::string_view, 1> names{"BACI_HS*_Y*.csv"};
    constexpr double thousand_dollars = 1000.0;
    std::error_code error;
    const bool folder = std::filesystem::is_directory(path, error);
    const auto file = folder ? latest_file(path, "BACI_HS") : std::optional{path};
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(model::FlowTable flows, read_flows(*file, report));
    std::map<std::string, std::string> codes;
    if (const auto code_file = latest_file(file->parent_path(), "country_codes")) {
        ADIC_TRY(codes, baci_codes(*code_file, report));
    }
    const auto areas = rename_states(flows, [&](std::string_view code) {
        const auto listed = codes.find(std::string(code));
        const auto* state = listed == codes.end() ? nullptr : states.find_by_code(listed->second);
        state = state != nullptr ? state : states.find_by_code(code);
        return state == nullptr ? std::nullopt : std::optional{state->id};
    });
    warn_of_areas(areas, *file, report);
    const int edition = baci_edition(*file).value_or(latest_year(flows));
    Fragment fragment(
        {fmt::format("cepii-baci-{}", edition),
         fmt::format("BACI: International Trade Database at the Product Level, {}", edition),
         "CEPII",
         edition,
         "Etalab open licence 2.0",
         "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
         "exports and imports reconciled (Gaulier, Zignago 2010)"},
        states,
        report
    );
    return map_of_flows(
        std::move(fragment),
        flows,
        options,
        {thousand_dollars, "part of the value of imports"}
    );
}

}  // namespace adic::ingest
