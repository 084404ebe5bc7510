#pragma once

#include "cascade/bit_set.hpp"
#include "cascade/network.hpp"
#include "lanes.hpp"

#include <array>
#include <span>
#include <vector>

namespace adic::shock {

/// Eight cascades, step by step. Of the firms only those are computed again whose suppliers or
/// customers have changed in a cascade that is not yet at rest. That changes no result: computing
/// a firm again from the same levels gives the same number, so a cascade does not depend on those
/// that share its batch.
class Cascade::Batch {
  public:
    Batch(const Network& network, const CascadeOptions& options);

    /// Runs up to eight shocks; one result for each.
    void run(std::span<const std::span<const CapacityLoss>> shocks, std::span<SystemicRisk> risks);

    /// Of the shock in the first lane, after `run`.
    FirmLevels levels() const;

  private:
    void reset();
    void start(std::span<const CapacityLoss> shock, std::size_t lane);
    void step();
    void weigh_losses();
    void weigh_losses_of_sector(std::uint32_t sector);
    Lanes market_of(std::uint32_t sector) const;
    void lower_downstream(std::uint32_t p);
    void lower_upstream(std::uint32_t p);
    void spread_upstream();
    void note_drop(const Lanes& before, const Lanes& after);
    void record(std::span<SystemicRisk> risks, bool settled);

    const Network& network_;
    CascadeOptions options_;

    std::vector<Lanes> down_;    ///< (C4)
    std::vector<Lanes> loss_;    ///< sigma_i (1 - h_i): what the customers of i feel, (C1)
    std::vector<Lanes> up_;      ///< (C6)
    std::vector<Lanes> unsold_;  ///< 1 - up_, as of the step before
    std::vector<Lanes> most_;    ///< psi
    BitSet hit_down_;            ///< some lane's level is below 1
    BitSet hit_up_;
    BitSet limited_;     ///< some lane's psi is below 1
    BitSet lower_down_;  ///< to be computed again in this step
    BitSet lower_up_;
    BitSet lowered_up_;  ///< in this step
    BitSet sellers_;
    std::vector<char> sector_changed_;

    std::array<bool, lanes> running_{};
    LaneMask active_{};  ///< all ones in the lanes that run, 0 in the others
    Lanes drop_{};
    std::uint32_t steps_ = 0;
};

}  // namespace adic::shock
