#pragma once

#include "dynamics/item_kernel.hpp"
#include "montecarlo/problem.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// One run as it was drawn: what happens to the supply of each item, what lies in store, what users
/// keep, and when changes are in force.
struct DrawnRun {
    bool is_quiet = true;  ///< nothing happens, and nothing below is there
    std::uint32_t weeks = 0;
    std::uint32_t alarm = 0;  ///< the first week in which a supply is not whole, or `weeks`
    std::vector<std::uint32_t> fed = {};          ///< nodes
    std::vector<double> parts = {};               ///< position in `fed` * weeks + week
    std::vector<double> cover = {};               ///< by node
    std::vector<double> store = {};               ///< by node
    std::vector<double> store_weeks = {};         ///< by SeenStore
    std::vector<std::uint32_t> from = {};         ///< week, by change
    std::vector<std::vector<double>> given = {};  ///< by change
    std::vector<StockLoss> losses = {};

    /// The run as a lane of a course, with each change of the network so many times.
    void lay(
        const ItemStructure& structure,
        LaneCourse& course,
        std::size_t lane,
        std::span<const double> times
    ) const;

    /// The run as every lane of a course that is as after reset, and without any change.
    void lay_everywhere(LaneCourse& course) const;

    /// Changes, and then the losses of stores, which are parts of all that is there by then.
    /// `times`: by change; 0 leaves it out.
    void lay_changes(
        const ItemStructure& structure,
        LaneCourse& course,
        std::size_t lane,
        std::span<const double> times
    ) const;

    std::size_t bytes() const;

  private:
    template <typename Put>
    void lay_figures(LaneCourse& course, const Put& put) const;
};

/// Draws runs of a problem, one after the other.
class RunDraw {
  public:
    /// The problem must outlive it.
    explicit RunDraw(const MonteCarloProblem& problem);

    /// Good until the next one is drawn.
    const DrawnRun& draw(std::uint64_t run);

    const DrawnScenario& scenario() const { return drawn_; }

  private:
    /// A path and the node that it feeds.
    struct Feed {
        std::uint32_t node;
        const SupplyPath* supply;  ///< or
        const ItemPath* item;
    };

    void draw_stocks(std::uint64_t run);
    void draw_changes(std::uint64_t run);
    void list_feeds();
    void fill_node(std::uint64_t run, std::span<const Feed> feeds);

    const MonteCarloProblem& problem_;
    const ItemStructure& structure_;
    ResolvedScenario scenario_;  ///< with the start days of the run that is drawn
    ScenarioPaths paths_;
    DrawnScenario drawn_;
    DrawnRun run_;
    std::vector<Feed> feeds_;
    std::vector<double> shares_;
};

}  // namespace adic::shock
