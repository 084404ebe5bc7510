#pragma once

#include "dynamics/item_kernel.hpp"
#include "montecarlo/problem.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace adic::shock {

/// Makes the runs of one block, eight side by side.
class BlockMaker {
  public:
    explicit BlockMaker(const MonteCarloProblem& problem);

    RunBlock make(std::size_t index);

  private:
    /// A path and the node that it feeds.
    struct Feed {
        std::uint32_t node;
        const SupplyPath* supply;  ///< or
        const ItemPath* item;
    };

    void draw_lane(std::size_t lane, std::uint64_t run);
    void draw_stocks(std::size_t lane, std::uint64_t run);
    void list_feeds();
    void fill_node(std::size_t lane, std::uint64_t run, std::span<const Feed> feeds);
    void add_losses(std::size_t lane);
    void follow(std::uint32_t first_run);
    void add_week(std::uint32_t week, std::uint32_t first_run);
    void add_batch(std::uint32_t first_run);

    const MonteCarloProblem& problem_;
    const ItemStructure& structure_;
    ResolvedScenario scenario_;  ///< with the start days of the run that is drawn
    ScenarioPaths paths_;
    LaneCourse course_;
    ItemKernel kernel_;
    std::array<DrawnScenario, lanes> drawn_;
    std::vector<Feed> feeds_;
    std::vector<double> shares_;
    std::vector<double> part_;
    std::vector<double> store_weeks_;  ///< of the lane that is drawn, by SeenStore
    std::uint32_t first_week_ = 0;     ///< up to which nothing happens in any lane
    RunBlock block_;
};

}  // namespace adic::shock
