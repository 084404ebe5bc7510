#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace adic::registry {

/// The SQL that leads from layout `number` - 1 to `number`, and back. What has been released is
/// never edited: a change is a new step.
struct LayoutStep {
    std::int64_t number;
    std::string_view name;
    std::string_view forward;
    std::string_view back;
};

/// Step n is at n - 1.
std::span<const LayoutStep> layout_steps();

}  // namespace adic::registry
