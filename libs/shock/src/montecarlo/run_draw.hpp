#pragma once

#include "dynamics/item_kernel.hpp"
#include "montecarlo/problem.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// Everything that is drawn for one run: what happens to the supply of each item, what lies in
/// store, what users keep, and when changes are in force.
class RunDraw {
  public:
    /// The problem must outlive it.
    explicit RunDraw(const MonteCarloProblem& problem);

    void draw(std::uint64_t run);

    const DrawnScenario& scenario() const { return drawn_; }

    /// The first week in which a supply is not whole; the number of weeks if there is none.
    std::uint32_t alarm() const { return alarm_; }

    /// The run as a lane of a course, with each change of the network so many times.
    void lay(LaneCourse& course, std::size_t lane, std::span<const double> times) const;

    /// The run as every lane of a course that is as after reset, and without any change.
    void lay_everywhere(LaneCourse& course) const;

    /// Changes, and then the losses of stores, which are parts of all that is there by then.
    /// `times`: by change; 0 leaves it out.
    void lay_changes(LaneCourse& course, std::size_t lane, std::span<const double> times) const;

  private:
    /// A path and the node that it feeds.
    struct Feed {
        std::uint32_t node;
        const SupplyPath* supply;  ///< or
        const ItemPath* item;
    };

    template <typename Put>
    void lay_figures(LaneCourse& course, const Put& put) const;

    void draw_stocks(std::uint64_t run);
    void draw_changes(std::uint64_t run);
    void list_feeds();
    void fill_node(std::uint64_t run, std::span<const Feed> feeds);
    void lay_losses(LaneCourse& course, std::size_t lane, std::span<const double> times) const;

    const MonteCarloProblem& problem_;
    const ItemStructure& structure_;
    ResolvedScenario scenario_;  ///< with the start days of the run that is drawn
    ScenarioPaths paths_;
    DrawnScenario drawn_;
    std::uint32_t alarm_ = 0;
    std::vector<Feed> feeds_;
    std::vector<double> shares_;
    std::vector<std::uint32_t> fed_;          ///< nodes
    std::vector<double> parts_;               ///< position in `fed_` * weeks + week
    std::vector<double> cover_;               ///< by node
    std::vector<double> store_;               ///< by node
    std::vector<double> store_weeks_;         ///< by SeenStore
    std::vector<std::uint32_t> from_;         ///< by change
    std::vector<std::vector<double>> given_;  ///< by change
};

}  // namespace adic::shock
