#pragma once

#include "adic/model/firm_network.hpp"
#include "adic/shock/run.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace adic::shock {

enum class Keep {
    totals,     ///< of all firms, by step
    every_firm  ///< also the output of each firm in each step
};

struct FirmDynamicsOptions {
    std::uint32_t steps = 365;
    /// Steps of its use that a firm wants to have in stock of each input: by the supplier's sector,
    /// or one for all. Above 0.
    std::vector<double> stock_steps = {9.0};
    double restock_steps = 6.0;  ///< over which a gap in the stock is filled, at least 1
    Keep keep = Keep::totals;
};

/// A firm loses a part of its capacity before the first step.
struct FirmLoss {
    std::uint32_t firm;
    double lost;  ///< in [0, 1]
    /// After each step it gets back this part of what it lost; 0: never.
    double back_a_step = 0.0;
};

struct FirmRun {
    std::vector<double> production;   ///< of all firms, by step
    std::vector<double> consumption;  ///< final demand that was met, by step
    std::vector<double> made;         ///< by firm, over all steps
    std::vector<double> lowest;       ///< by firm, output of its worst step
    /// Step after step, by firm, with `Keep::every_firm`.
    std::vector<double> by_firm;
    double production_before = 0.0;  ///< a step
    double consumption_before = 0.0;
    /// The first step in which, with all capacity whole, output has fallen by a twentieth of the
    /// usual, or after 30 steps is no higher than on the first: the dynamics collapse by
    /// themselves, without the shock's help.
    std::optional<std::uint32_t> collapse = {};

    /// Less than what was asked for if the run was stopped.
    std::size_t steps() const { return production.size(); }

    /// Output not made over the run, in steps of all output.
    double steps_of_output_lost() const;
};

/// Firms day by day: stocks of inputs, in which suppliers of one sector stand in for each other;
/// orders to the suppliers of before; rationing in proportion.
///
/// Unit:   what the network's weights are in, a step.
/// Source: Inoue, Todo (2019), "Firm-level propagation of shocks through supply-chain networks",
///         Nature Sustainability 2, 841; docs/explanation/shock-firms.md (F1)-(F7).
/// Cost:   a step passes over the links once: 44 bytes of traffic a link. Memory: 28 bytes a link,
///         24 for each customer and sector, 100 a firm.
class FirmDynamics {
  public:
    /// Requires: a final demand of at least 0 for each firm, in the unit of the weights; options
    ///           within their ranges.
    FirmDynamics(
        const model::FirmNetwork& network,
        std::span<const double> final_demand,
        const FirmDynamicsOptions& options = {}
    );
    FirmDynamics(FirmDynamics&&) noexcept;
    FirmDynamics& operator=(FirmDynamics&&) noexcept;
    ~FirmDynamics();

    /// What each firm makes in a step before the shock: what it sells.
    std::span<const double> usual_output() const;

    /// A firm named twice loses the larger part.
    /// Requires: firms within the network.
    FirmRun run(std::span<const FirmLoss> losses, const Run& run = {}) const;

  private:
    struct Network;
    class Engine;
    std::unique_ptr<const Network> network_;
    FirmDynamicsOptions options_;
};

}  // namespace adic::shock
