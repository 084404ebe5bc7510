#pragma once

#include "adic/app/chart.hpp"

#include "render/render.hpp"

#include <string>

namespace adic::cli {

/// The chart in characters: lines in braille dots where the terminal has them, in letters of ASCII
/// where it has not, bands as shades behind them. Labels stand at the ends of the lines. Lines
/// differ in their dashes, and in colour where there is colour.
///
/// As wide as `style.width` allows, at least 40 columns.
std::string chart_text(const app::Chart& chart, const TextStyle& style);

}  // namespace adic::cli
