#pragma once

#include "adic/model/fault_tree.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply {

/// Spreads failures upwards through a fault tree, again and again with other events, in time that
/// grows with what fails and not with the tree.
class Propagation {
  public:
    explicit Propagation(const model::FaultTree& tree);

    /// The gates that fail when `events` happen, in the order in which they fail: those of an
    /// earlier round first. `round_of` tells the round, until the next call.
    std::span<const std::uint32_t> spread(std::span<const std::uint32_t> events);

    /// 0: does not fail.
    std::uint32_t round_of(std::uint32_t gate) const { return round_[gate]; }

  private:
    struct Use {
        std::uint32_t gate;
        std::int64_t weight;  ///< see model::whole_weights
    };

    /// Takes the failure of a child into account; true if the gate fails by it.
    bool hit(const Use& use);
    void fail(std::uint32_t gate, std::uint32_t round);
    void hit_all(std::span<const Use> uses, std::uint32_t round);
    std::span<const Use> uses_of(model::FaultNode node) const;
    void forget();

    const model::FaultTree& tree_;
    std::vector<std::uint32_t> start_;  ///< of a node's uses: events first, then gates
    std::vector<Use> uses_;
    std::vector<std::uint32_t> always_;  ///< gates that fail by themselves: `all_of` nothing
    std::vector<std::uint32_t> hits_;
    std::vector<std::int64_t> lost_;
    std::vector<std::int64_t> limit_;  ///< of `lost_`, of weighted gates
    std::vector<std::uint32_t> round_;
    std::vector<std::uint32_t> touched_;
    std::vector<std::uint32_t> failed_;
};

}  // namespace adic::supply
