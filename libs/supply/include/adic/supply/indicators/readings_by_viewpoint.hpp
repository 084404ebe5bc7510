#pragma once

#include "adic/supply/indicators/indicator.hpp"
#include "adic/supply/indicators/indicator_context.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace adic::supply {

/// Contexts of several viewpoints that share their tables. The index and the viewpoints must
/// outlive them.
std::vector<IndicatorContext> contexts_of(
    const MapIndex& index,
    std::span<const Viewpoint> viewpoints,
    const IndicatorParameters& parameters = {}
);

/// What every indicator says about one item, from several viewpoints. Viewpoints that agree in all
/// that a reading hangs on (Indicator::hangs_on) have it made once. For one thread.
class ReadingsByViewpoint {
  public:
    /// The contexts must outlive it. Requires: they share their tables, as those of contexts_of do.
    explicit ReadingsByViewpoint(std::span<const IndicatorContext> contexts);

    /// Reads this item; what was read of another one is gone. Cost: for viewpoints that agree, that
    /// of one of them.
    void read(model::ItemIndex item);

    /// The reading of `indicators()[indicator]` from the viewpoint of `contexts[viewpoint]`.
    const Reading& at(std::size_t viewpoint, std::size_t indicator) const {
        return readings_[reading_of_[viewpoint * indicators().size() + indicator]];
    }

  private:
    /// For each context the first one that it agrees with in something.
    using Classes = std::vector<std::uint32_t>;

    template <typename States>
    void divide_by_inside(const States& states, Classes& classes);
    void divide_by_trade(model::ItemIndex item);
    bool agree(std::size_t a, std::size_t b, const HangsOn& on, model::ItemIndex item) const;
    std::size_t first_alike(std::size_t context, const Indicator& by, model::ItemIndex item) const;

    std::span<const IndicatorContext> contexts_;
    const IndicatorTables* tables_;
    std::vector<std::vector<std::uint32_t>> contexts_inside_;  ///< by state, where it is inside
    Classes near_;
    Classes unwillingness_;
    Classes inside_;
    Classes control_;
    std::vector<bool> has_trade_;
    std::vector<std::vector<model::StateIndex>> found_inside_;  ///< by context
    std::vector<Reading> readings_;
    std::vector<std::uint32_t> reading_of_;
};

/// Reads every item of the map and calls `visit(item, readings)` for each, from several threads at
/// once and in no particular order. The readings do not depend on the number of threads, which is
/// as in parallel_ranges.
///
/// Requires: `visit` writes only what belongs to its item.
void read_all_items(
    std::span<const IndicatorContext> contexts,
    const std::function<void(model::ItemIndex item, const ReadingsByViewpoint& readings)>& visit,
    std::size_t threads = 0
);

}  // namespace adic::supply
