#pragma once

#include "adic/model/firm_network.hpp"
#include "adic/shock/run.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace adic::shock {

struct CascadeOptions {
    /// The cascade ends with the step in which no firm's level falls by more. The literature's 0.01
    /// ends before much of the harm is done; 1e-9 is as good as the fixed point.
    double tolerance = 1e-9;
    std::uint32_t most_steps = 100'000;  ///< a cascade that is not at rest by then says so
    /// By sector: whether its firms replace each other in proportion to their market shares
    /// (equation C3). Empty: all do.
    std::vector<bool> replaceable = {};
};

/// No firm replaces another, in any sector.
std::vector<bool> nobody_replaceable(const model::FirmNetwork& network);

/// `firm` can make at most the part 1 - lost of its output.
struct CapacityLoss {
    std::uint32_t firm;
    double lost = 1.0;  ///< in [0, 1]
};

/// What a shock does to the output of all firms, as parts of it, in [0, 1].
struct SystemicRisk {
    double total = 0.0;       ///< each firm at the lower of its two levels
    double downstream = 0.0;  ///< for want of inputs
    double upstream = 0.0;    ///< for want of customers
    std::uint32_t steps = 0;  ///< taken; 0: not computed, because somebody asked to stop
    bool settled = true;      ///< false: `most_steps` came before `tolerance`

    friend bool operator==(const SystemicRisk&, const SystemicRisk&) = default;
};

/// How much of its output each firm still makes, in [0, 1], by firm.
struct FirmLevels {
    std::vector<double> downstream;
    std::vector<double> upstream;
};

/// A firm network made ready for cascades of failing firms: generalised Leontief production with
/// essential and non-essential inputs downstream, proportional loss of demand upstream.
///
/// Unit:   levels and risks are parts, in [0, 1].
/// Source: docs/explanation/shock-cascade.md (C1)-(C7); Diem, Borsos, Reisch, Kertesz, Thurner
///         (2022), "Quantifying firm-level economic systemic risk from nation-wide supply
///         networks", Scientific Reports 12:7719.
/// Cost:   a step costs the links of the firms whose suppliers or customers changed, plus the firms
///         hit so far. Eight cascades share each pass over the links.
class Cascade {
  public:
    /// Requires: `options.replaceable` is empty or has a value for each sector; tolerance >= 0.
    /// Cost: O(links log links); 36 bytes a link.
    explicit Cascade(const model::FirmNetwork& network, const CascadeOptions& options = {});
    Cascade(Cascade&&) noexcept;
    Cascade& operator=(Cascade&&) noexcept;
    ~Cascade();

    std::uint32_t firms() const;

    /// What each of the shocks does, alone. A firm named twice in a shock loses the larger part.
    /// Requires: firms within the network.
    std::vector<SystemicRisk>
    risks(std::span<const std::vector<CapacityLoss>> shocks, const Run& run = {}) const;

    /// The economic systemic risk index of `firms`: what its complete failure does, for each alone.
    std::vector<SystemicRisk>
    risks_of_closing(std::span<const std::uint32_t> firms, const Run& run = {}) const;

    /// All firms, in an order in which neighbours have cascades of about the same length: a sweep
    /// over all of them is fastest in it. Any part of it can be computed elsewhere.
    std::span<const std::uint32_t> sweep_order() const;

    SystemicRisk risk(std::span<const CapacityLoss> shock) const;

    /// Where the shock leaves every firm.
    FirmLevels levels(std::span<const CapacityLoss> shock) const;

  private:
    struct Network;
    class Batch;
    class Spares;
    std::unique_ptr<const Network> network_;
    CascadeOptions options_;
};

}  // namespace adic::shock
