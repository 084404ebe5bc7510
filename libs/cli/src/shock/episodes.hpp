#pragma once

#include "adic/app/run_scenario.hpp"

#include "render/table.hpp"

#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace adic::cli {

inline constexpr std::array episode_columns{
    Column{"episode", "episode", "its name, as the command takes it", Show::word},
    Column{"start", "start", "first day", Show::word},
    Column{"title", "title", "what happened"},
    Column{"events", "events", "how many events it has", Show::count},
};

inline constexpr Shape episode_shape{"episodes", episode_columns};

/// "2023-12-01".
std::string day_text(std::chrono::sys_days day);

Section episodes_section(const std::vector<app::Episode>& episodes);

}  // namespace adic::cli
