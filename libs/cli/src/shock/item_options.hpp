#pragma once

#include "adic/base/sentence.hpp"
#include "adic/model/scenario.hpp"
#include "adic/shock/dynamics/item_network.hpp"
#include "adic/supply/viewpoint.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace adic::cli {

/// What the commands that follow items of a map through many futures take, spelled once.
inline constexpr Option seed_option{
    .name = "--seed",
    .value = "N",
    .help = "another seed, other draws",
    .standard = "1"};

inline constexpr Option future_weeks_option{
    .name = "--weeks",
    .value = "N",
    .help = "length of a future; without it as long as the scenario, 104 of hazards"};

inline constexpr Option stock_days_option{
    .name = "--stock-days",
    .value = "DAYS",
    .help = "days of normal use that everybody keeps of each input, give or take a factor of two",
    .standard = "30"};

/// The episode or scenario of WHAT; empty for 'hazards'. Errors: those of app::find_scenario.
Result<std::optional<model::Scenario>>
chosen_futures(const Invocation& words, const std::filesystem::path& data);

/// What was asked: the scenario, or the hazards of the map, whose states are inside, how long.
Sentence shock_asked(
    const std::optional<model::Scenario>& scenario,
    const supply::Viewpoint& viewpoint,
    std::uint32_t weeks
);

/// --weeks; 0 if it was not given.
Result<std::uint32_t> chosen_weeks(const Invocation& words);

/// --stock-days where it is given, --enough and --no-equipment.
Result<shock::ItemDynamicsOptions> chosen_item_options(const Invocation& words);

}  // namespace adic::cli
