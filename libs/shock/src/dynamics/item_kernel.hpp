#pragma once

#include "adic/shock/scenario/paths.hpp"

#include "dynamics/item_structure.hpp"
#include "lanes.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// What happens in eight runs side by side.
struct LaneCourse {
    /// What is left of a store is destroyed in part, then more is put in.
    struct StoreChange {
        std::uint32_t week;
        std::uint32_t node;
        Lanes kept;   ///< factor
        Lanes added;  ///< weeks
    };

    /// From which week on a change of the options is in force, and how much of it.
    struct InForce {
        Lanes from;
        Lanes part;
    };

    /// As if nothing happens, with all stocks as the structure has them.
    LaneCourse(const ItemStructure& structure, std::uint32_t weeks_asked);

    /// The supply of a node by week, made the usual one if it was not there.
    Lanes* add_row(std::uint32_t node);

    /// Everything as after construction; keeps the memory.
    void reset(const ItemStructure& structure);

    std::uint32_t weeks;
    std::vector<std::uint32_t> row_of_node;  ///< none: the usual
    std::vector<Lanes> rows;                 ///< row * weeks + week
    std::vector<StoreChange> stores;         ///< by week
    std::vector<InForce> changes;            ///< by change of the options
    std::vector<Lanes> cover;                ///< weeks that each user keeps, by node
    std::vector<Lanes> store;                ///< weeks in store, by node
    Lanes alarm;                             ///< week

  private:
    std::uint32_t used_rows_ = 0;
};

/// A change that is in force in a lane.
struct ChangeInForce {
    std::uint32_t change;
    std::uint32_t from;                 ///< week
    double times;                       ///< of its amount
    std::span<const double> part = {};  ///< by week, what its makers give of it; empty: all
};

/// Source: docs/explanation/shock-remedies.md (R1-R5).
void put_in_force(
    const ItemStructure& structure,
    const ChangeInForce& change,
    std::size_t lane,
    LaneCourse& course
);

/// What the makers of a change give of it, by week; empty if nothing happens to them.
std::vector<double> given_of(const ItemChange& change, const ScenarioPaths& paths);

/// The state of eight runs: how many weeks of output each item lags behind its plan.
/// docs/explanation/shock-items.md (D4-D12).
class ItemKernel {
  public:
    explicit ItemKernel(const ItemStructure& structure);

    /// To a week of a course up to which nothing happens; the course must outlive the run.
    void start(const LaneCourse& course, std::uint32_t week = 0);

    /// One week. Beyond the course every supply is whole.
    void advance();

    std::uint32_t week() const { return week_; }  ///< the next one

    /// Of what can be had of the node, after the last week and the one before it.
    const Lanes& served(std::uint32_t node) const { return served_[node]; }

    const Lanes& served_before(std::uint32_t node) const { return served_before_[node]; }

    const Lanes& worse(std::uint32_t node) const { return worse_[node]; }

    /// What the makers of the node lag, after the last week and the one before it.
    const Lanes& lag(std::uint32_t node) const { return lag_[node]; }

    const Lanes& lag_before(std::uint32_t node) const { return lag_before_[node]; }

    /// The least lag that the line allows its user in the last week, and the least that the
    /// capacity and the equipment of the node did.
    Lanes allowed_by(const ItemLine& line) const;
    Lanes allowed_by_capacity(std::uint32_t node) const;
    Lanes backlog_of(const ItemLine& line, std::uint32_t user) const;

    /// What was had of the node `weeks` before the last week, in that week alone.
    Lanes had_in_week(std::uint32_t node, std::uint32_t weeks_ago) const;

  private:
    const Lanes* had(std::uint32_t weeks_ago) const;
    void step(std::uint32_t node);
    void step_choice(std::uint32_t choice);
    void step_relief(const ItemLine& line, std::uint32_t user);
    void change_stores();
    void list_active();
    const Lanes& lag_of(const ItemLine& line) const;
    Lanes in_force(std::uint32_t change) const;
    Lanes lightened(const ItemLine& line, const Lanes& lag) const;
    Lanes equipment_backlog(std::uint32_t node) const;
    Lanes capacity(std::uint32_t node, const Lanes& backlog) const;
    Lanes wanted_extra(std::uint32_t node, const Lanes& lag) const;
    void add_worse(std::uint32_t node);
    Lanes group_level(const ItemChoice& choice);
    Lanes cover_of(const ItemLine& line) const;

    const ItemStructure* structure_;
    const LaneCourse* course_ = nullptr;
    std::uint32_t week_ = 0;
    std::uint32_t depth_;
    std::vector<Lanes> had_;  ///< slot of the week * nodes + node: lag of what can be had
    std::vector<Lanes> lag_;
    std::vector<Lanes> lag_before_;
    std::vector<Lanes> store_;
    std::vector<Lanes> served_;
    std::vector<Lanes> served_before_;
    std::vector<Lanes> worse_;
    std::vector<Lanes> group_lag_;
    std::vector<Lanes> group_lag_before_;
    std::vector<Lanes> relief_lag_;  ///< of a line after what takes the place of its source
    std::vector<Lanes> relief_lag_before_;
    std::vector<Lanes> relief_given_;    ///< what has taken its place so far
    std::vector<Lanes> offers_;          ///< scratch
    std::vector<std::uint32_t> active_;  ///< nodes that can lag: the course reaches what they need
    std::vector<bool> has_store_;
    std::size_t next_store_ = 0;
};

}  // namespace adic::shock
