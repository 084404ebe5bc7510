#include "adic/base/parallel.hpp"
#include "adic/supply/lookthrough.hpp"

#include "lookthrough/own_origins.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;

constexpr std::size_t width = 16;  ///< columns swept together
/// Of an item in a block: the most of each column, and behind it the most of all but the column.
constexpr std::size_t bound_width = 2 * width;
constexpr std::size_t cell_width = bound_width + width;  ///< and behind those the likely parts
constexpr double settled_change = 1e-13;
constexpr int most_bound_sweeps = 1000;

using Row = std::array<double, width>;
using BoundRow = std::array<double, bound_width>;

/// What an item's own part brings, in the columns that are not as for a state without record.
struct OwnEntry {
    std::uint32_t column;
    double low;
    double likely;
    double high;
};

/// What the items' own parts bring from the states, with the unknown part.
struct OwnParts {
    std::vector<std::uint32_t> start = {0};  ///< of an item's entries
    std::vector<OwnEntry> entries;
    std::vector<double> high_elsewhere;  ///< by item: of a state without a record
};

/// The markets of the viewpoint on which the map has any supply: viewpoints with the same ones see
/// the same supplies.
std::vector<model::Market>
markets_with_supplies(const model::SupplyMap& map, const Viewpoint& viewpoint) {
    std::vector<model::Market> markets;
    for (const model::Market& market : viewpoint.markets) {
        if (std::ranges::any_of(map.supplies, [&](const model::Supply& supply) {
                return supply.market == market;
            })) {
            markets.push_back(market);
        }
    }
    return markets;
}

}  // namespace

/// What is known of the origins for all viewpoints that see the same supplies.
///
/// Columns: the states that supply anything, then `unknown`, then `elsewhere`, which stands for
/// every state without a record, then for each viewpoint all states inside together.
struct Lookthrough::Columns {
    std::vector<model::StateIndex> origins;      ///< of column 0, 1, ...
    std::vector<std::uint32_t> column_of_state;  ///< states never seen share one column
    /// For each item of a block of columns: the most of each column, the most of all but it, and
    /// the likely part. What one link of the network reads stands together.
    std::vector<std::vector<double>> blocks;

    std::uint32_t unknown() const { return static_cast<std::uint32_t>(origins.size()); }

    std::uint32_t elsewhere() const { return unknown() + 1; }

    std::uint32_t inside(std::size_t viewpoint) const {
        return unknown() + 2 + static_cast<std::uint32_t>(viewpoint);
    }
};

/// Fills the columns for viewpoints that see the same supplies, one block after the other.
class LookthroughSweep {
  public:
    LookthroughSweep(
        const ValueNetwork& network,
        const MapIndex& index,
        std::vector<const Viewpoint*> viewpoints
    )
        : network_(network)
        , viewpoints_(std::move(viewpoints)) {
        name_columns(index.map());
        for (std::uint32_t item = 0; item < network_.size(); ++item) {
            add_own(own_origins(index, *viewpoints_.front(), ItemIndex{item}));
        }
    }

    /// One for each of the viewpoints.
    std::vector<Lookthrough> run(std::size_t threads) &&;

  private:
    class BlockSweep;

    double& likely(std::uint32_t item, std::size_t column) {
        std::vector<double>& cells = columns_.blocks[column / width];
        return cells[item * cell_width + bound_width + column % width];
    }

    void name_columns(const model::SupplyMap& map) {
        std::vector<bool> supplies(map.states.size(), false);
        for (const model::Supply& supply : map.supplies) {
            if (supply.origin) {
                supplies[supply.origin->value()] = true;
            }
        }
        for (std::uint32_t state = 0; state < map.states.size(); ++state) {
            if (supplies[state]) {
                columns_.origins.emplace_back(state);
            }
        }
        columns_.column_of_state.assign(map.states.size(), columns_.elsewhere());
        for (std::uint32_t column = 0; column < columns_.origins.size(); ++column) {
            columns_.column_of_state[columns_.origins[column].value()] = column;
        }
    }

    void add_own(const OwnOrigins& own) {
        for (const StatePart& state : own.states) {
            own_.entries.push_back(
                {columns_.column_of_state[state.state], state.low, state.likely, state.high}
            );
        }
        own_.entries.push_back({columns_.unknown(), own.unknown_low, own.unknown, own.unknown_high}
        );
        for (std::size_t v = 0; v < viewpoints_.size(); ++v) {
            const StatePart inside = inside_part(own, *viewpoints_[v]);
            own_.entries.push_back({columns_.inside(v), inside.low, inside.likely, inside.high});
        }
        own_.start.push_back(static_cast<std::uint32_t>(own_.entries.size()));
        own_.high_elsewhere.push_back(own.unknown_high);
    }

    /// What slow circles did not reach is unknown, in them and in all that takes from them.
    void give_rest_to_unknown() {
        for (std::uint32_t item = 0; item < network_.size(); ++item) {
            double sum = 0.0;
            for (std::size_t column = 0; column <= columns_.unknown(); ++column) {
                sum += likely(item, column);
            }
            if (sum < 1.0 - 1e-11) {
                likely(item, columns_.unknown()) += 1.0 - sum;
            }
        }
    }

    const ValueNetwork& network_;
    std::vector<const Viewpoint*> viewpoints_;
    Lookthrough::Columns columns_;
    OwnParts own_;
};

/// The sweep over all items for one block of columns.
class LookthroughSweep::BlockSweep {
  public:
    BlockSweep(LookthroughSweep& all, std::size_t block)
        : all_(all)
        , network_(all.network_)
        , own_(all.own_)
        , first_column_(block * width)
        , cells_(all.columns_.blocks[block].data()) {}

    void run() {
        for (const ValueNetwork::Component& component : network_.components()) {
            fetch_ahead(component.last);
            if (component.sweeps == 0) {
                const std::uint32_t item = network_.order()[component.first];
                (void)sweep_bounds(item);
                put_likely(item);
                continue;
            }
            settle_bounds(component);
            settle_likely(component);
        }
    }

  private:
    double* bounds(std::uint32_t item) const { return cells_ + item * cell_width; }

    double* likely(std::uint32_t item) const { return bounds(item) + bound_width; }

    std::span<const std::uint32_t> members_of(const ValueNetwork::Component& component) const {
        return network_.order().subspan(component.first, component.last - component.first);
    }

    bool is_circular(std::uint32_t item) const {
        return network_.settlement(ItemIndex{item}) == Settlement::circular;
    }

    /// Asks the memory for the inputs of the item at this position of the order: they lie
    /// anywhere, and waiting for them is most of the time of a sweep.
    void fetch_ahead(std::uint32_t position) const {
        if (position >= network_.order().size()) {
            return;
        }
        for (const ValueNetwork::Input& input : network_.inputs_of(network_.order()[position])) {
            for (std::size_t i = 0; i < cell_width; i += 8) {
                __builtin_prefetch(bounds(input.item) + i);
            }
        }
    }

    /// Calls `put(column within the block, entry)` for the entries of the item in the block.
    template <typename Put>
    void each_entry(std::uint32_t item, const Put& put) const {
        for (std::uint32_t e = own_.start[item]; e < own_.start[item + 1]; ++e) {
            const OwnEntry& entry = own_.entries[e];
            const std::size_t column = entry.column - first_column_;  // wraps below
            if (column < width) {
                put(column, entry);
            }
        }
    }

    /// o_v = own_v s_v + sum over inputs of a_uv o_u.
    Row likely_of(std::uint32_t item) const {
        Row sum{};
        if (is_circular(item)) {
            const std::size_t column = all_.columns_.unknown() - first_column_;
            if (column < width) {
                sum[column] = 1.0;
            }
            return sum;
        }
        const double own = network_.own_part(ItemIndex{item});
        each_entry(item, [&](std::size_t c, const OwnEntry& entry) {
            sum[c] = own * entry.likely;
        });
        for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
            const double* part = likely(input.item);
            for (std::size_t c = 0; c < width; ++c) {
                sum[c] += input.weight * part[c];
            }
        }
        return sum;
    }

    void put_likely(std::uint32_t item) {
        const Row sum = likely_of(item);
        std::ranges::copy(sum, likely(item));
    }

    void settle_likely(const ValueNetwork::Component& component) {
        if (!component.inverse.empty()) {
            solve_likely(component);
            return;
        }
        for (std::uint32_t sweep = 0; sweep < component.sweeps; ++sweep) {
            for (const std::uint32_t item : members_of(component)) {
                put_likely(item);
            }
        }
    }

    /// With the members still at zero, likely_of gives what they have from outside the circle.
    void solve_likely(const ValueNetwork::Component& component) {
        const auto members = members_of(component);
        std::vector<Row> from_outside;
        for (const std::uint32_t item : members) {
            from_outside.push_back(likely_of(item));
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            double* sum = likely(members[i]);
            for (std::size_t j = 0; j < members.size(); ++j) {
                const double weight = component.inverse[i * members.size() + j];
                for (std::size_t c = 0; c < width; ++c) {
                    sum[c] += weight * from_outside[j][c];
                }
            }
        }
    }

    /// The most that the own part can bring, and for all but a column 1 - the least.
    BoundRow own_high(std::uint32_t item) const {
        BoundRow high;
        std::fill_n(high.begin(), width, own_.high_elsewhere[item]);
        std::fill_n(high.begin() + width, width, 1.0);
        each_entry(item, [&](std::size_t c, const OwnEntry& entry) {
            high[c] = entry.high;
            high[c + width] = 1.0 - entry.low;
        });
        return high;
    }

    static void raise_to(BoundRow& high, const double* other) {
        for (std::size_t c = 0; c < bound_width; ++c) {
            high[c] = std::max(high[c], other[c]);
        }
    }

    /// Element by element, the most that any alternative of the part can bring: the row of the only
    /// one, or `best`, filled.
    const double* best_of(const ValueNetwork::Part& part, BoundRow& best) const {
        const double* first = bounds(network_.input(part.first_input).item);
        if (part.last_input == part.first_input + 1) {
            return first;
        }
        std::copy_n(first, bound_width, best.begin());
        for (std::uint32_t i = part.first_input + 1; i < part.last_input; ++i) {
            raise_to(best, bounds(network_.input(i).item));
        }
        return best.data();
    }

    /// The most that the item can have, given the most that its inputs can: the recorded parts move
    /// within their bounds, and what they leave goes to the best of own part and free parts.
    /// Returns by how much that changed.
    double sweep_bounds(std::uint32_t item) {
        if (is_circular(item)) {
            BoundRow one;
            one.fill(1.0);
            return put_bounds(item, one);
        }
        const auto parts = network_.parts_of(item);
        BoundRow rest = own_high(item);
        BoundRow scratch;
        double most = 0.0;
        for (const ValueNetwork::Part& part : parts) {
            if (part.free) {
                raise_to(rest, best_of(part, scratch));
            } else {
                most += part.high;
            }
        }
        return put_bounds(
            item,
            most > 1.0 + 1e-12 ? high_within_budget(parts, rest) : high_of_parts(parts, rest)
        );
    }

    double put_bounds(std::uint32_t item, const BoundRow& high) {
        double* out = bounds(item);
        double change = 0.0;
        for (std::size_t c = 0; c < bound_width; ++c) {
            const double value = std::min(high[c], 1.0);
            change = std::max(change, std::abs(value - out[c]));
            out[c] = value;
        }
        return change;
    }

    BoundRow high_of_parts(std::span<const ValueNetwork::Part> parts, const BoundRow& rest) const {
        BoundRow sum = rest;
        BoundRow scratch;
        for (const ValueNetwork::Part& part : parts) {
            if (part.free) {
                continue;
            }
            const double* best = best_of(part, scratch);
            for (std::size_t c = 0; c < bound_width; ++c) {
                const double gain = best[c] - rest[c];
                sum[c] += std::max(part.low * gain, part.high * gain);
            }
        }
        return sum;
    }

    /// A part's gain over the rest for each unit of value given to it.
    struct Gain {
        double gain;
        double room;  ///< value that it may have beyond its least
    };

    /// As high_of_parts, where the parts cannot all be at their highest: the best are filled first.
    BoundRow high_within_budget(std::span<const ValueNetwork::Part> parts, const BoundRow& rest)
        const {
        BoundRow sum = rest;
        BoundRow scratch;
        std::vector<Gain> gains(parts.size() * bound_width, Gain{0.0, 0.0});
        double budget = 1.0;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            if (parts[p].free) {
                continue;
            }
            budget -= parts[p].low;
            const double* best = best_of(parts[p], scratch);
            for (std::size_t c = 0; c < bound_width; ++c) {
                const double gain = best[c] - rest[c];
                sum[c] += parts[p].low * gain;
                gains[c * parts.size() + p] = {gain, parts[p].high - parts[p].low};
            }
        }
        for (std::size_t c = 0; c < bound_width; ++c) {
            sum[c] += fill_best(std::span{gains}.subspan(c * parts.size(), parts.size()), budget);
        }
        return sum;
    }

    /// The most that `budget` brings, spent on the gains above zero, the largest first.
    static double fill_best(std::span<Gain> gains, double budget) {
        const auto end =
            std::partition(gains.begin(), gains.end(), [](const Gain& g) { return g.gain > 0.0; });
        std::sort(gains.begin(), end, [](const Gain& a, const Gain& b) { return a.gain > b.gain; });
        double sum = 0.0;
        for (auto g = gains.begin(); g != end && budget > 0.0; ++g) {
            const double given = std::min(budget, g->room);
            sum += given * g->gain;
            budget -= given;
        }
        return sum;
    }

    /// The least solution, from below: a circle does not feed itself. If it is not reached in time,
    /// sweeps from above, each of which gives a true bound.
    void settle_bounds(const ValueNetwork::Component& component) {
        if (sweep_to_rest(component)) {
            return;
        }
        for (const std::uint32_t item : members_of(component)) {
            std::fill_n(bounds(item), bound_width, 1.0);
        }
        sweep_to_rest(component);
    }

    bool sweep_to_rest(const ValueNetwork::Component& component) {
        for (int sweep = 0; sweep < most_bound_sweeps; ++sweep) {
            double change = 0.0;
            for (const std::uint32_t item : members_of(component)) {
                change = std::max(change, sweep_bounds(item));
            }
            if (change <= settled_change) {
                return true;
            }
        }
        return false;
    }

    LookthroughSweep& all_;
    const ValueNetwork& network_;
    const OwnParts& own_;
    std::size_t first_column_;
    double* cells_;
};

std::vector<Lookthrough> LookthroughSweep::run(std::size_t threads) && {
    const std::size_t blocks = (columns_.inside(viewpoints_.size()) + width - 1) / width;
    columns_.blocks.resize(blocks);
    const auto sweep = [&](std::size_t first, std::size_t last) {
        for (std::size_t block = first; block < last; ++block) {
            columns_.blocks[block].assign(network_.size() * cell_width, 0.0);
            BlockSweep{*this, block}.run();
        }
    };
    parallel_ranges(blocks, 1, sweep, threads);
    give_rest_to_unknown();
    std::vector<Lookthrough> answers(viewpoints_.size());
    const auto columns = std::make_shared<const Lookthrough::Columns>(std::move(columns_));
    for (std::size_t v = 0; v < answers.size(); ++v) {
        answers[v].columns_ = columns;
        answers[v].inside_ = columns->inside(v);
    }
    return answers;
}

Lookthrough
look_through(const ValueNetwork& network, const MapIndex& index, const Viewpoint& viewpoint) {
    return look_through(network, index, std::span{&viewpoint, 1}).front();
}

std::vector<Lookthrough> look_through(
    const ValueNetwork& network,
    const MapIndex& index,
    std::span<const Viewpoint> viewpoints,
    std::size_t threads
) {
    std::vector<std::vector<model::Market>> markets;
    for (const Viewpoint& viewpoint : viewpoints) {
        markets.push_back(markets_with_supplies(index.map(), viewpoint));
    }
    std::vector<Lookthrough> answers(viewpoints.size());
    for (std::size_t v = 0; v < viewpoints.size(); ++v) {
        if (std::ranges::find(markets, markets[v]) != markets.begin() + std::ptrdiff_t(v)) {
            continue;  // answered together with an earlier one
        }
        std::vector<std::size_t> alike;
        std::vector<const Viewpoint*> who;
        for (std::size_t other = v; other < viewpoints.size(); ++other) {
            if (markets[other] == markets[v]) {
                alike.push_back(other);
                who.push_back(&viewpoints[other]);
            }
        }
        std::vector<Lookthrough> found = LookthroughSweep{network, index, who}.run(threads);
        for (std::size_t i = 0; i < alike.size(); ++i) {
            answers[alike[i]] = std::move(found[i]);
        }
    }
    return answers;
}

Estimate Lookthrough::at(ItemIndex item, std::size_t column) const {
    const std::vector<double>& cells = columns_->blocks[column / width];
    const double* cell = cells.data() + item.value() * cell_width + column % width;
    const double likely = std::clamp(cell[bound_width], 0.0, 1.0);
    const double low = std::clamp(1.0 - cell[width], 0.0, likely);
    return *Estimate::create(low, likely, std::clamp(cell[0], likely, 1.0));
}

Estimate Lookthrough::from(ItemIndex item, StateIndex state) const {
    return at(item, columns_->column_of_state[state.value()]);
}

Estimate Lookthrough::from_inside(ItemIndex item) const {
    return at(item, inside_);
}

Estimate Lookthrough::unknown(ItemIndex item) const {
    return at(item, columns_->unknown());
}

std::vector<OriginShare> Lookthrough::list_origins(ItemIndex item) const {
    std::vector<OriginShare> list;
    for (std::size_t column = 0; column < columns_->origins.size(); ++column) {
        const Estimate share = at(item, column);
        if (share.likely() > 0.0) {
            list.push_back({columns_->origins[column], share});
        }
    }
    std::ranges::stable_sort(list, [](const OriginShare& a, const OriginShare& b) {
        return a.share.likely() > b.share.likely();
    });
    const Estimate rest = unknown(item);
    if (rest.likely() > 0.0) {
        list.push_back({std::nullopt, rest});
    }
    return list;
}

}  // namespace adic::supply
