#include "adic/supply/flow_dependence.hpp"

#include "adic/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>

namespace adic::supply {
namespace {

using model::FlowTable;

/// A flow of one product, as the second pass reads it: 16 bytes, four to a cache line.
struct Leg {
    double value;
    std::uint16_t importer;
    std::uint16_t exporter;
};

/// What is left to add up of one product, in its own part of `legs`.
struct Buckets {
    std::vector<std::uint64_t> start;  ///< by product, one more than there are
    std::vector<Leg> legs;             ///< by product, then in the order of the table

    std::span<const Leg> of(std::size_t product) const {
        return std::span{legs}.subspan(start[product], start[product + 1] - start[product]);
    }
};

Error wrong_row(std::size_t row, const std::string& what) {
    return Error{
        ErrorCode::invalid_argument,
        "flow in row " + std::to_string(row + 1) + ": " + what,
        {}};
}

std::optional<Error> wrong_shape(const FlowTable& flows) {
    const std::size_t n = flows.size();
    const bool even = flows.year.size() == n && flows.exporter.size() == n
                      && flows.importer.size() == n && flows.product.size() == n;
    if (!even) {
        return Error{
            ErrorCode::invalid_argument,
            "the columns of the flow table differ in length",
            {}};
    }
    return std::nullopt;
}

std::optional<Error> wrong_in_row(const FlowTable& flows, std::size_t row) {
    if (flows.importer[row] >= flows.states.size() || flows.exporter[row] >= flows.states.size()) {
        return wrong_row(row, "a state that is not in the list of states");
    }
    if (flows.product[row] >= flows.products.size()) {
        return wrong_row(row, "a product that is not in the list of products");
    }
    if (!(flows.value[row] >= 0.0 && std::isfinite(flows.value[row]))) {
        return wrong_row(row, "a value that is negative or not a number");
    }
    return std::nullopt;
}

bool counts(const FlowTable& flows, const FlowDependenceOptions& options, std::size_t row) {
    return flows.value[row] > 0.0 && flows.year[row] >= options.first_year
           && flows.year[row] <= options.last_year;
}

/// First pass: where each product's flows start. Second: the flows, moved there in order.
Result<Buckets> sort_by_product(const FlowTable& flows, const FlowDependenceOptions& options) {
    if (auto error = wrong_shape(flows)) {
        return *std::move(error);
    }
    Buckets buckets{std::vector<std::uint64_t>(flows.products.size() + 1), {}};
    for (std::size_t row = 0; row < flows.size(); ++row) {
        if (auto error = wrong_in_row(flows, row)) {
            return *std::move(error);
        }
        buckets.start[flows.product[row] + 1] += counts(flows, options, row) ? 1U : 0U;
    }
    std::partial_sum(buckets.start.begin(), buckets.start.end(), buckets.start.begin());
    buckets.legs.resize(buckets.start.back());
    std::vector<std::uint64_t> next(buckets.start.begin(), buckets.start.end() - 1);
    for (std::size_t row = 0; row < flows.size(); ++row) {
        if (counts(flows, options, row)) {
            buckets.legs[next[flows.product[row]]++] = {
                flows.value[row],
                flows.importer[row],
                flows.exporter[row]};
        }
    }
    return buckets;
}

double square_share_sum(std::span<const double> amounts, double total) {
    double sum = 0.0;
    for (const double amount : amounts) {
        const double share = amount / total;
        sum += share * share;
    }
    return sum;
}

/// The figures of one product at a time; its tables fit the second-level cache and are reused.
class ProductPass {
  public:
    ProductPass(std::size_t states, const FlowDependenceOptions& options)
        : options_(&options)
        , exports_(states)
        , bought_(states)
        , start_(states + 1)
        , bloc_bought_(options.bloc.empty() ? 0 : states) {}

    void run(std::uint32_t product, std::span<const Leg> legs) {
        product_ = product;
        sort_by_importer(legs);
        add_exports(legs);
        for (std::size_t i = 0; i + 1 < start_.size(); ++i) {
            if (start_[i] < start_[i + 1]) {
                add_importer(static_cast<std::uint16_t>(i));
            }
        }
        if (!options_->bloc.empty()) {
            add_bloc(legs);
        }
    }

    const std::vector<ImporterDependence>& importers() const { return importers_; }

    const std::vector<BlocDependence>& bloc() const { return bloc_; }

  private:
    bool is_inside(std::size_t state) const {
        return state < options_->bloc.size() && options_->bloc[state];
    }

    void sort_by_importer(std::span<const Leg> legs) {
        std::ranges::fill(start_, 0U);
        for (const Leg& leg : legs) {
            ++start_[leg.importer + 1U];
        }
        std::partial_sum(start_.begin(), start_.end(), start_.begin());
        next_.assign(start_.begin(), start_.end() - 1);
        sorted_.resize(legs.size());
        for (const Leg& leg : legs) {
            sorted_[next_[leg.importer]++] = leg;
        }
    }

    void add_exports(std::span<const Leg> legs) {
        std::ranges::fill(exports_, 0.0);
        for (const Leg& leg : legs) {
            exports_[leg.exporter] += leg.value;
        }
        const double world = std::accumulate(exports_.begin(), exports_.end(), 0.0);
        world_export_hhi_ = world > 0.0 ? square_share_sum(exports_, world) : 0.0;
    }

    double ratio(double imports, double exports) const {
        return exports > 0.0 ? imports / exports : options_->no_exports;
    }

    void add_importer(std::uint16_t importer) {
        touched_.clear();
        double total = 0.0;
        for (std::uint64_t i = start_[importer]; i < start_[importer + 1U]; ++i) {
            const Leg& leg = sorted_[i];
            if (bought_[leg.exporter] == 0.0) {
                touched_.push_back(leg.exporter);
            }
            bought_[leg.exporter] += leg.value;
            total += leg.value;
        }
        ImporterDependence row{};
        row.importer = importer;
        row.product = product_;
        row.suppliers = static_cast<std::uint32_t>(touched_.size());
        row.imports = total;
        row.exports = exports_[importer];
        row.world_export_hhi = world_export_hhi_;
        row.import_export_ratio = ratio(total, row.exports);
        take_suppliers(row);
        row.geodep = row.hhi > options_->concentration
                     && row.world_export_hhi > options_->export_concentration
                     && row.import_export_ratio > options_->substitution;
        importers_.push_back(row);
    }

    /// Concentration and largest of the suppliers in `bought_`, which it clears.
    void take_suppliers(ImporterDependence& row) {
        double largest = 0.0;
        for (const std::uint16_t supplier : touched_) {
            const double value = bought_[supplier];
            bought_[supplier] = 0.0;
            const double share = value / row.imports;
            row.hhi += share * share;
            if (value > largest || (value == largest && supplier < row.top_supplier)) {
                largest = value;
                row.top_supplier = supplier;
            }
        }
        row.top_share = largest / row.imports;
    }

    void add_bloc(std::span<const Leg> legs) {
        std::ranges::fill(bloc_bought_, 0.0);
        BlocDependence row{};
        row.product = product_;
        for (const Leg& leg : legs) {
            const bool from_inside = is_inside(leg.exporter);
            row.exports += from_inside ? leg.value : 0.0;
            if (!is_inside(leg.importer)) {
                continue;
            }
            row.all_imports += leg.value;
            if (!from_inside) {
                row.outside_imports += leg.value;
                bloc_bought_[leg.exporter] += leg.value;
            }
        }
        if (row.all_imports <= 0.0) {
            return;
        }
        if (row.outside_imports > 0.0) {
            row.cdi1 = square_share_sum(bloc_bought_, row.outside_imports);
        }
        row.cdi2 = row.outside_imports / row.all_imports;
        row.cdi3 = ratio(row.outside_imports, row.exports);
        row.dependent = row.cdi1 > options_->concentration && row.cdi2 > options_->weight
                        && row.cdi3 > options_->substitution;
        bloc_.push_back(row);
    }

    const FlowDependenceOptions* options_;
    std::uint32_t product_ = 0;
    double world_export_hhi_ = 0.0;
    std::vector<double> exports_;
    std::vector<double> bought_;
    std::vector<std::uint64_t> start_;
    std::vector<std::uint64_t> next_;
    std::vector<Leg> sorted_;
    std::vector<std::uint16_t> touched_;
    std::vector<double> bloc_bought_;
    std::vector<ImporterDependence> importers_;
    std::vector<BlocDependence> bloc_;
};

/// Moves the rows of all passes, which stand by product and importer, to importer and product.
std::vector<ImporterDependence>
by_importer(const std::vector<ProductPass>& passes, std::size_t states) {
    std::size_t rows = 0;
    std::vector<std::size_t> next(states + 1);
    for (const ProductPass& pass : passes) {
        rows += pass.importers().size();
        for (const ImporterDependence& row : pass.importers()) {
            ++next[row.importer + 1U];
        }
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<ImporterDependence> sorted(rows);
    for (const ProductPass& pass : passes) {
        for (const ImporterDependence& row : pass.importers()) {
            sorted[next[row.importer]++] = row;
        }
    }
    return sorted;
}

}  // namespace

Result<FlowDependence>
flow_dependence(const FlowTable& flows, const FlowDependenceOptions& options) {
    ADIC_TRY(const Buckets buckets, sort_by_product(flows, options));
    const std::size_t products = flows.products.size();
    const std::size_t grain = std::max<std::size_t>(1, products / 64);
    const std::size_t ranges = (products + grain - 1) / grain;
    std::vector<ProductPass> passes(ranges, ProductPass{flows.states.size(), options});
    parallel_ranges(products, grain, [&](std::size_t begin, std::size_t end) {
        ProductPass& pass = passes[begin / grain];
        for (std::size_t p = begin; p < end; ++p) {
            if (!buckets.of(p).empty()) {
                pass.run(static_cast<std::uint32_t>(p), buckets.of(p));
            }
        }
    });
    FlowDependence result{by_importer(passes, flows.states.size()), {}};
    for (const ProductPass& pass : passes) {
        result.bloc.insert(result.bloc.end(), pass.bloc().begin(), pass.bloc().end());
    }
    return result;
}

std::vector<PersistentDependence>
persistent_dependence(std::span<const FlowDependence> years, std::uint32_t least) {
    std::vector<PersistentDependence> all;
    for (const FlowDependence& year : years) {
        for (const ImporterDependence& row : year.importers) {
            if (row.geodep) {
                all.push_back({row.importer, row.product, 1});
            }
        }
    }
    const auto key = [](const PersistentDependence& d) {
        return std::tuple{d.importer, d.product};
    };
    std::ranges::sort(all, {}, key);
    std::vector<PersistentDependence> kept;
    for (const PersistentDependence& d : all) {
        if (!kept.empty() && key(kept.back()) == key(d)) {
            ++kept.back().years;
        } else {
            kept.push_back(d);
        }
    }
    std::erase_if(kept, [&](const PersistentDependence& d) { return d.years < least; });
    return kept;
}

}  // namespace adic::supply
