#pragma once

#include "dynamics/item_kernel.hpp"
#include "montecarlo/problem.hpp"
#include "montecarlo/run_draw.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace adic::shock {

/// Makes the runs of one block, eight side by side.
class BlockMaker {
  public:
    explicit BlockMaker(const MonteCarloProblem& problem);

    RunBlock make(std::size_t index);

  private:
    void follow(std::uint32_t first_run);
    void add_week(std::uint32_t week, std::uint32_t first_run);
    void note_level(std::size_t place, std::size_t run, double output);
    void add_batch(std::uint32_t first_run);

    const MonteCarloProblem& problem_;
    const ItemStructure& structure_;
    RunDraw draw_;
    LaneCourse course_;
    ItemKernel kernel_;
    std::vector<double> once_;  ///< every change is in force once
    std::array<DrawnScenario, lanes> drawn_;
    std::uint32_t first_week_ = 0;  ///< up to which nothing happens in any lane
    RunBlock block_;
};

}  // namespace adic::shock
