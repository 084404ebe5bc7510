#include "registry/project_words.hpp"

#include "adic/base/text.hpp"

#include <fmt/format.h>

namespace adic::cli {

std::string range_text(const std::optional<procure::Range>& range) {
    if (!range) {
        return {};
    }
    return range->is_exact() ? to_shortest(range->low)
                             : to_shortest(range->low) + " to " + to_shortest(range->high);
}

std::string day_text(const std::optional<std::chrono::sys_days>& day) {
    if (!day) {
        return {};
    }
    const std::chrono::year_month_day date{*day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

}  // namespace adic::cli
