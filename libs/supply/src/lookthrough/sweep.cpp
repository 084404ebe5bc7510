#include "adic/base/parallel.hpp"
#include "adic/supply/lookthrough.hpp"

#include "lookthrough/own_origins.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;

constexpr std::size_t width = 16;  ///< columns swept together: two cache lines of each row
constexpr double settled_change = 1e-13;
constexpr int most_bound_sweeps = 1000;

using Row = std::array<double, width>;

/// What an item's own part brings, in the columns that are not as for a state without record.
struct OwnEntry {
    std::uint32_t column;
    double low;
    double likely;
    double high;
};

}  // namespace

/// Fills the tables of one Lookthrough, `width` columns of all items at a time.
///
/// Columns: the states that supply anything, then `unknown`, `inside`, and `elsewhere`, which stands
/// for every state without a record.
class LookthroughSweep {
  public:
    LookthroughSweep(const ValueNetwork& network, const MapIndex& index, const Viewpoint& viewpoint)
        : network_(network) {
        name_columns(index.map());
        const std::size_t columns = out_.origins_.size() + 3;
        out_.stride_ = (columns + width - 1) / width * width;
        entry_start_.push_back(0);
        for (std::uint32_t item = 0; item < network_.size(); ++item) {
            add_own(own_origins(index, viewpoint, ItemIndex{item}), viewpoint);
        }
    }

    Lookthrough run() && {
        const std::size_t cells = network_.size() * out_.stride_;
        out_.likely_.assign(cells, 0.0);
        out_.high_.assign(cells, 0.0);
        out_.high_of_others_.assign(cells, 0.0);
        parallel_ranges(out_.stride_ / width, 1, [&](std::size_t first, std::size_t last) {
            for (std::size_t block = first; block < last; ++block) {
                sweep_block(block * width);
            }
        });
        give_rest_to_unknown();
        return std::move(out_);
    }

  private:
    enum class Side { of_state, of_others };

    std::uint32_t unknown_column() const {
        return static_cast<std::uint32_t>(out_.origins_.size());
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
                out_.origins_.emplace_back(state);
            }
        }
        out_.column_of_state_.assign(map.states.size(), unknown_column() + 2);
        for (std::uint32_t column = 0; column < out_.origins_.size(); ++column) {
            out_.column_of_state_[out_.origins_[column].value()] = column;
        }
    }

    void add_own(const OwnOrigins& own, const Viewpoint& viewpoint) {
        for (const StatePart& state : own.states) {
            entries_.push_back(
                {out_.column_of_state_[state.state], state.low, state.likely, state.high}
            );
        }
        entries_.push_back({unknown_column(), own.unknown_low, own.unknown, own.unknown_high});
        const StatePart inside = inside_part(own, viewpoint);
        entries_.push_back({unknown_column() + 1, inside.low, inside.likely, inside.high});
        entry_start_.push_back(static_cast<std::uint32_t>(entries_.size()));
        high_elsewhere_.push_back(own.unknown_high);
    }

    /// Calls `put(column within the block, entry)` for the entries of the item in the block.
    template <typename Put>
    void each_entry(std::uint32_t item, std::size_t block, const Put& put) const {
        for (std::uint32_t e = entry_start_[item]; e < entry_start_[item + 1]; ++e) {
            const std::size_t column = entries_[e].column;
            if (column >= block && column < block + width) {
                put(column - block, entries_[e]);
            }
        }
    }

    double* row(std::vector<double>& table, std::uint32_t item, std::size_t block) const {
        return table.data() + item * out_.stride_ + block;
    }

    const double* row(const std::vector<double>& table, std::uint32_t item, std::size_t block)
        const {
        return table.data() + item * out_.stride_ + block;
    }

    std::span<const std::uint32_t> members_of(const ValueNetwork::Component& component) const {
        return network_.order().subspan(component.first, component.last - component.first);
    }

    bool is_circular(std::uint32_t item) const {
        return network_.settlement(ItemIndex{item}) == Settlement::circular;
    }

    void sweep_block(std::size_t block) {
        for (const ValueNetwork::Component& component : network_.components()) {
            if (component.sweeps == 0) {
                const std::uint32_t item = network_.order()[component.first];
                put_likely(item, block);
                sweep_high(item, block, Side::of_state);
                sweep_high(item, block, Side::of_others);
                continue;
            }
            settle_likely(component, block);
            settle_high(component, block, Side::of_state);
            settle_high(component, block, Side::of_others);
        }
    }

    /// o_v = own_v s_v + sum over inputs of a_uv o_u.
    Row likely_of(std::uint32_t item, std::size_t block) const {
        Row sum{};
        if (is_circular(item)) {
            if (unknown_column() >= block && unknown_column() < block + width) {
                sum[unknown_column() - block] = 1.0;
            }
            return sum;
        }
        const double own = network_.own_part(ItemIndex{item});
        each_entry(item, block, [&](std::size_t c, const OwnEntry& entry) {
            sum[c] = own * entry.likely;
        });
        for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
            const double* part = row(out_.likely_, input.item, block);
            for (std::size_t c = 0; c < width; ++c) {
                sum[c] += input.weight * part[c];
            }
        }
        return sum;
    }

    void put_likely(std::uint32_t item, std::size_t block) {
        const Row sum = likely_of(item, block);
        std::ranges::copy(sum, row(out_.likely_, item, block));
    }

    void settle_likely(const ValueNetwork::Component& component, std::size_t block) {
        if (!component.inverse.empty()) {
            solve_likely(component, block);
            return;
        }
        for (std::uint32_t sweep = 0; sweep < component.sweeps; ++sweep) {
            for (const std::uint32_t item : members_of(component)) {
                put_likely(item, block);
            }
        }
    }

    /// With the members still at zero, likely_of gives what they have from outside the circle.
    void solve_likely(const ValueNetwork::Component& component, std::size_t block) {
        const auto members = members_of(component);
        std::vector<Row> from_outside;
        for (const std::uint32_t item : members) {
            from_outside.push_back(likely_of(item, block));
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            double* sum = row(out_.likely_, members[i], block);
            for (std::size_t j = 0; j < members.size(); ++j) {
                const double weight = component.inverse[i * members.size() + j];
                for (std::size_t c = 0; c < width; ++c) {
                    sum[c] += weight * from_outside[j][c];
                }
            }
        }
    }

    std::vector<double>& table_of(Side side) {
        return side == Side::of_state ? out_.high_ : out_.high_of_others_;
    }

    /// The most that the own part can bring; for the others of a state: 1 - the least it brings.
    Row own_high(std::uint32_t item, std::size_t block, Side side) const {
        Row high;
        high.fill(side == Side::of_state ? high_elsewhere_[item] : 1.0);
        each_entry(item, block, [&](std::size_t c, const OwnEntry& entry) {
            high[c] = side == Side::of_state ? entry.high : 1.0 - entry.low;
        });
        return high;
    }

    static void raise_to(Row& high, const double* other) {
        for (std::size_t c = 0; c < width; ++c) {
            high[c] = std::max(high[c], other[c]);
        }
    }

    /// Element by element, the most that any alternative of the part can bring.
    Row best_of(const ValueNetwork::Part& part, const std::vector<double>& table, std::size_t block)
        const {
        Row best;
        const double* first = row(table, network_.input(part.first_input).item, block);
        std::copy_n(first, width, best.begin());
        for (std::uint32_t i = part.first_input + 1; i < part.last_input; ++i) {
            raise_to(best, row(table, network_.input(i).item, block));
        }
        return best;
    }

    /// The most that the item can have, given the most that its inputs can: the recorded parts move
    /// within their bounds, and what they leave goes to the best of own part and free parts. Returns
    /// by how much that changed.
    double sweep_high(std::uint32_t item, std::size_t block, Side side) {
        std::vector<double>& table = table_of(side);
        double* out = row(table, item, block);
        Row rest = own_high(item, block, side);
        double most = 0.0;
        if (is_circular(item)) {
            rest.fill(1.0);
        }
        const auto parts =
            is_circular(item) ? std::span<const ValueNetwork::Part>{} : network_.parts_of(item);
        for (const ValueNetwork::Part& part : parts) {
            if (part.free) {
                raise_to(rest, best_of(part, table, block).data());
            } else {
                most += part.high;
            }
        }
        const Row high = most > 1.0 + 1e-12 ? high_within_budget(parts, rest, table, block)
                                            : high_of_parts(parts, rest, table, block);
        double change = 0.0;
        for (std::size_t c = 0; c < width; ++c) {
            const double value = std::clamp(high[c], 0.0, 1.0);
            change = std::max(change, std::abs(value - out[c]));
            out[c] = value;
        }
        return change;
    }

    Row high_of_parts(
        std::span<const ValueNetwork::Part> parts,
        const Row& rest,
        const std::vector<double>& table,
        std::size_t block
    ) const {
        Row sum = rest;
        for (const ValueNetwork::Part& part : parts) {
            if (part.free) {
                continue;
            }
            const Row best = best_of(part, table, block);
            for (std::size_t c = 0; c < width; ++c) {
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
    Row high_within_budget(
        std::span<const ValueNetwork::Part> parts,
        const Row& rest,
        const std::vector<double>& table,
        std::size_t block
    ) const {
        Row sum = rest;
        std::vector<Gain> gains(parts.size() * width, Gain{0.0, 0.0});
        double budget = 1.0;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            if (parts[p].free) {
                continue;
            }
            budget -= parts[p].low;
            const Row best = best_of(parts[p], table, block);
            for (std::size_t c = 0; c < width; ++c) {
                const double gain = best[c] - rest[c];
                sum[c] += parts[p].low * gain;
                gains[c * parts.size() + p] = {gain, parts[p].high - parts[p].low};
            }
        }
        for (std::size_t c = 0; c < width; ++c) {
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
    void settle_high(const ValueNetwork::Component& component, std::size_t block, Side side) {
        if (sweep_to_rest(component, block, side)) {
            return;
        }
        for (const std::uint32_t item : members_of(component)) {
            std::fill_n(row(table_of(side), item, block), width, 1.0);
        }
        sweep_to_rest(component, block, side);
    }

    bool sweep_to_rest(const ValueNetwork::Component& component, std::size_t block, Side side) {
        for (int sweep = 0; sweep < most_bound_sweeps; ++sweep) {
            double change = 0.0;
            for (const std::uint32_t item : members_of(component)) {
                change = std::max(change, sweep_high(item, block, side));
            }
            if (change <= settled_change) {
                return true;
            }
        }
        return false;
    }

    /// What slow circles did not reach is unknown, in them and in all that takes from them.
    void give_rest_to_unknown() {
        for (std::uint32_t item = 0; item < network_.size(); ++item) {
            double* likely = row(out_.likely_, item, 0);
            double sum = 0.0;
            for (std::size_t column = 0; column <= unknown_column(); ++column) {
                sum += likely[column];
            }
            if (sum < 1.0 - 1e-11) {
                likely[unknown_column()] += 1.0 - sum;
            }
        }
    }

    const ValueNetwork& network_;
    Lookthrough out_;
    std::vector<std::uint32_t> entry_start_;
    std::vector<OwnEntry> entries_;
    std::vector<double> high_elsewhere_;  ///< by item: of a state without a record
};

Lookthrough
look_through(const ValueNetwork& network, const MapIndex& index, const Viewpoint& viewpoint) {
    return LookthroughSweep{network, index, viewpoint}.run();
}

Estimate Lookthrough::at(std::uint32_t item, std::size_t column) const {
    const std::size_t cell = item * stride_ + column;
    const double likely = std::clamp(likely_[cell], 0.0, 1.0);
    const double low = std::clamp(1.0 - high_of_others_[cell], 0.0, likely);
    return *Estimate::create(low, likely, std::clamp(high_[cell], likely, 1.0));
}

Estimate Lookthrough::from(ItemIndex item, StateIndex state) const {
    return at(item.value(), column_of_state_[state.value()]);
}

Estimate Lookthrough::from_inside(ItemIndex item) const {
    return at(item.value(), origins_.size() + 1);
}

Estimate Lookthrough::unknown(ItemIndex item) const {
    return at(item.value(), origins_.size());
}

std::vector<OriginShare> Lookthrough::list_origins(ItemIndex item) const {
    std::vector<OriginShare> list;
    for (std::size_t column = 0; column < origins_.size(); ++column) {
        const Estimate share = at(item.value(), column);
        if (share.likely() > 0.0) {
            list.push_back({origins_[column], share});
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
