#pragma once

#include "adic/base/estimate.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply {

enum class CountedInputs { consumed, consumed_and_equipment };

/// What the bounds of an answer allow where a value share is not recorded.
enum class UnrecordedShares {
    anything,   ///< any split of what the recorded shares leave: the bounds hold whatever is true
    as_assumed  ///< the split that the likely figure assumes: the bounds hold if it is right
};

struct LookthroughOptions {
    CountedInputs inputs = CountedInputs::consumed;  ///< a lathe is not part of the price of a boat
    UnrecordedShares unrecorded = UnrecordedShares::anything;  ///< a bound that may fail is none
};

/// Whether the value of an item could be followed to its origins.
enum class Settlement {
    settled,
    circular,  ///< its value comes from a circle of items that keeps nothing for itself: unknown
    slow       ///< a circle that keeps next to nothing; what was not reached counts as unknown
};

/// How the value of each item divides into its own part and its inputs: the matrix A of the network
/// form, without any origin, so that one serves all viewpoints.
///
/// The likely shares: an input has its recorded value share; alternatives weigh the same; what is
/// left of 1 is the item's own part, or, where groups lack a value share, is divided equally among
/// the own part and those groups. An alternative without a share has the mean of its group.
/// docs/explanation/lookthrough.md gives the equations.
/// Cost: O(items + needs), and up to 256 * items numbers where circles converge slowly.
class ValueNetwork {
  public:
    ValueNetwork(const MapIndex& index, LookthroughOptions options);

    struct Input {
        std::uint32_t item;
        double weight;  ///< likely part of the value of the item that takes it
        bool assumed;   ///< the weight is not recorded
    };

    /// Inputs of which the item takes one; part of the value between `low` and `high`.
    struct Part {
        std::uint32_t first_input;
        std::uint32_t last_input;  ///< one past
        double low;
        double high;
        bool free;  ///< not recorded: may be anything that the others leave
    };

    /// Items that reach each other, after all that they take. `inverse` is (I - A)^-1 inside the
    /// circle where sweeps would be many.
    struct Component {
        std::uint32_t first;   ///< position in order()
        std::uint32_t last;    ///< one past
        std::uint32_t sweeps;  ///< 0: no circle
        std::vector<double> inverse;
    };

    std::size_t size() const { return own_.size(); }

    std::span<const Part> parts_of(std::uint32_t item) const;
    std::span<const Input> inputs_of(std::uint32_t item) const;

    const Input& input(std::uint32_t position) const { return inputs_[position]; }

    /// Part of the value that is the item's own: where it is made, not what it is made of.
    double own_part(model::ItemIndex item) const { return own_[item.value()]; }

    /// Part of the value that rests on value shares that nobody recorded, over all tiers.
    double assumed(model::ItemIndex item) const { return assumed_[item.value()]; }

    Settlement settlement(model::ItemIndex item) const { return settlement_[item.value()]; }

    /// Items whose recorded likely shares add up to more than 1 and were scaled down to it.
    std::span<const model::ItemIndex> scaled() const { return scaled_; }

    std::span<const Component> components() const { return components_; }

    std::span<const std::uint32_t> order() const { return order_; }

  private:
    friend class ValueNetworkBuilder;

    std::vector<std::uint32_t> part_start_;
    std::vector<Part> parts_;
    std::vector<std::uint32_t> input_start_;
    std::vector<Input> inputs_;
    std::vector<double> own_;
    std::vector<double> assumed_;
    std::vector<Settlement> settlement_;
    std::vector<model::ItemIndex> scaled_;
    std::vector<Component> components_;
    std::vector<std::uint32_t> order_;
};

/// Part of an item's value that originates in a state; empty: the origin is not known.
struct OriginShare {
    std::optional<model::StateIndex> origin;
    Estimate share;
};

/// Of everything that each item takes, over all tiers, what part originates where, from one
/// viewpoint. The likely parts of an item add up to 1, the unknown one included.
///
/// Unit: 1 (part of the item's value).
class Lookthrough {
  public:
    Estimate from(model::ItemIndex item, model::StateIndex state) const;

    /// From all states inside the viewpoint together; its bounds are closer than the sums are.
    Estimate from_inside(model::ItemIndex item) const;

    Estimate unknown(model::ItemIndex item) const;

    /// The states with a likely or a certain part, the largest first (ties by position); the
    /// unknown part last, if there is any.
    std::vector<OriginShare> list_origins(model::ItemIndex item) const;

  private:
    friend class LookthroughSweep;
    struct Columns;

    Estimate at(model::ItemIndex item, std::size_t column) const;

    std::shared_ptr<const Columns> columns_;  ///< with all viewpoints that see the same supplies
    std::uint32_t inside_ = 0;                ///< the column of this viewpoint's inside
};

/// Looks through all items at once.
///
/// Source:   the network form of value added by origin, l' = v'(I - A)^-1 (Miller, Blair (2009),
///           "Input-Output Analysis", 2nd ed., ch. 6; Koopman, Wang, Wei (2014), Am. Econ. Rev.
///           104(2)); bounds as the least solution of the maximum over all admissible shares.
/// Requires: the network was made from the same map.
/// Cost:     O((items + needs) * origins), the same bytes on any number of threads; circles a sweep
///           for each digit or so; 24 bytes for each item and origin.
Lookthrough
look_through(const ValueNetwork& network, const MapIndex& index, const Viewpoint& viewpoint);

/// The same from several viewpoints, in their order. Those that see the same supplies share all but
/// what is inside, and each adds no more than one origin does. In circles the bounds agree with
/// those of one viewpoint alone as far as their sweeps go, about 1e-11. `threads` as in
/// parallel_ranges.
std::vector<Lookthrough> look_through(
    const ValueNetwork& network,
    const MapIndex& index,
    std::span<const Viewpoint> viewpoints,
    std::size_t threads = 0
);

/// Part of the value of the item asked for that `item`, wherever it is taken in the chain, brings
/// in from `origin` by its own part.
struct Contribution {
    model::ItemIndex item;
    std::optional<model::StateIndex> origin;
    double amount;
};

/// Where in the chain of `item` its likely content comes from: "where are the 12 % from that state
/// in my boat?". The amounts of one origin add up to its likely part. The largest first, ties by
/// item and origin.
///
/// Cost: O(items + needs), circles as in look_through.
std::vector<Contribution> list_contributions(
    const ValueNetwork& network,
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex item
);

}  // namespace adic::supply
