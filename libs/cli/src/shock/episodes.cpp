#include "shock/episodes.hpp"

#include <fmt/format.h>

namespace adic::cli {

std::string day_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

Section episodes_section(const std::vector<app::Episode>& episodes) {
    Section section{"", &episode_shape, {}, "No episode came with the program.", {}};
    for (const app::Episode& episode : episodes) {
        section.rows.push_back(
            {episode.name,
             day_text(episode.scenario.start),
             episode.scenario.title,
             std::uint64_t{episode.scenario.events.size()}}
        );
    }
    return section;
}

}  // namespace adic::cli
