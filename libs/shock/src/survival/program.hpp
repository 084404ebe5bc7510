#pragma once

#include "adic/model/site_network.hpp"
#include "adic/shock/survival/survival.hpp"
#include "adic/solver/model.hpp"
#include "adic/supply/map_index.hpp"

#include "cases.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::shock {

/// The parts that demand takes, over all tiers, and what they take of each other: what the cases of
/// a network have in common.
class NeededParts {
  public:
    explicit NeededParts(const model::SiteNetwork& network);

    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    /// The needed parts, by part.
    std::span<const std::uint32_t> parts() const { return parts_; }

    /// Position in parts(), or none.
    std::uint32_t row_of(model::PartIndex part) const { return rows_[part.value()]; }

    /// Positions in network.groups / network.sites.
    std::span<const std::uint32_t> groups_of(std::uint32_t part) const {
        return groups_.rows_of(part);
    }

    std::span<const std::uint32_t> sites_of(std::uint32_t part) const {
        return sites_.rows_of(part);
    }

    /// Users before what they use, as far as there is such an order: parts in circles come last.
    std::span<const std::uint32_t> order() const { return order_; }

    /// Whether no choice between alternatives decides how much of the part is needed.
    bool has_fixed_need(std::uint32_t row) const { return fixed_[row]; }

  private:
    void find_needed(const model::SiteNetwork& network);
    void find_order(const model::SiteNetwork& network);

    supply::RowIndex groups_;
    supply::RowIndex sites_;
    std::vector<std::uint32_t> parts_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint32_t> order_;
    std::vector<bool> fixed_;
};

/// What a disruption leaves of a part.
struct PartLeft {
    std::uint32_t row;
    double capacity_per_day;
    double stock;
};

/// One case of a network as a linear program in rates, equations (S4)-(S8): every variable is
/// divided by the time t, so that capacities are bounds, demand is constant, and t enters as one
/// column of stocks over t. Time to survive is its least `inverse time`; with that fixed it gives
/// the least loss. Each part is counted in what demand takes of it.
class SurvivalProgram {
  public:
    SurvivalProgram(
        const model::SiteNetwork& network,
        const NeededParts& needed,
        Harshness harshness,
        double longest_days
    );

    static constexpr std::uint32_t inverse_time = 0;  ///< variable: longest_days / t

    /// Minimises the inverse time, with no demand lost.
    solver::LinearModel time_to_survive() const;

    /// Minimises the loss for each day, in parts of all that can be lost. The inverse time is
    /// fixed later, by bounds.
    solver::LinearModel least_loss() const;

    std::uint32_t output(std::uint32_t row) const { return 1 + row; }

    /// The variable of lost units of demand d; none if there is no such demand.
    std::uint32_t lost(std::size_t demand) const { return lost_[demand]; }

    double scale(std::uint32_t row) const { return scale_[row]; }

    /// Bounds and coefficients in the units of the program.
    double output_limit(const PartLeft& left) const;
    double cover(const PartLeft& left) const;

    /// All that can be lost in a day, times margins.
    double total_margin() const { return total_margin_; }

    Harshness harshness() const { return harshness_; }

    double longest_days() const { return longest_days_; }

    /// What is there when nothing fails, by row.
    const std::vector<PartLeft>& undisturbed() const { return undisturbed_; }

    /// What the disruption leaves of the parts that it touches, by row.
    std::vector<PartLeft> left_by(const Disruption& disruption) const;

  private:
    void find_scales();
    void add_balances();
    void add_group(std::uint32_t row, const model::InputGroup& group);
    void add_use(const model::InputChoice& choice, std::uint32_t user_row, std::uint32_t variable);
    PartLeft left_of(std::uint32_t row, const Disruption& disruption) const;

    const model::SiteNetwork* network_;
    const NeededParts* needed_;
    Harshness harshness_;
    double longest_days_;
    std::vector<double> scale_;
    std::vector<PartLeft> undisturbed_;
    std::vector<std::uint32_t> lost_;
    double total_margin_ = 0.0;
    solver::LinearModel model_;  ///< without costs
};

}  // namespace adic::shock
