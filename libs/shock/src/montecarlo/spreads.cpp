#include "montecarlo/spreads.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <boost/math/special_functions/beta.hpp>

namespace adic::shock {

Spreads::Spreads(Spread spread) : spread_(spread), tables_(modes + 1) {}

std::size_t Spreads::mode_of(Estimate figure) {
    const double part = (figure.likely() - figure.low()) / (figure.high() - figure.low());
    return static_cast<std::size_t>(std::lround(part * modes));
}

void Spreads::prepare(Estimate figure) {
    if (figure.is_exact() || spread_ == Spread::triangular) {
        return;
    }
    const std::size_t mode = mode_of(figure);
    if (tables_[mode]) {
        return;
    }
    const double a = 1 + 4.0 * static_cast<double>(mode) / modes;
    const double b = 6 - a;
    Table table{.a = a, .b = b, .below = {}, .density = {}};
    for (std::size_t i = 0; i <= pieces; ++i) {
        const double x = static_cast<double>(i) / pieces;
        table.below[i] = i == 0 ? 0.0 : i == pieces ? 1.0 : boost::math::ibeta(a, b, x);
        const double shape = std::pow(x, a - 1) * std::pow(1 - x, b - 1);
        table.density[i] = shape / boost::math::beta(a, b);
    }
    tables_[mode] = std::make_unique<const Table>(table);
}

/// In the first piece: u = x^a (c0 + c1 x), with c0 of the series at 0 and the value at its end.
double Spreads::end_quantile(double below_piece, double exponent, double other, double u) {
    const double width = 1.0 / pieces;
    const double c0 = 1 / (exponent * boost::math::beta(exponent, other));
    const double c1 = (below_piece / std::pow(width, exponent) - c0) / width;
    double x = width * std::pow(u / below_piece, 1 / exponent);
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        x = std::min(width, std::pow(u / (c0 + c1 * x), 1 / exponent));
    }
    return x;
}

/// Solves the cubic that fits values and slopes at the ends of the piece, from the straight line.
double Spreads::inner_quantile(const Table& table, double u) {
    const auto above = std::upper_bound(table.below.begin() + 1, table.below.end() - 1, u);
    const auto piece = static_cast<std::size_t>(above - table.below.begin()) - 1;
    const double width = 1.0 / pieces;
    const double low = table.below[piece];
    const double rise = table.below[piece + 1] - low;
    const double slope_low = table.density[piece] * width;
    const double slope_high = table.density[piece + 1] * width;
    const double c2 = 3 * rise - 2 * slope_low - slope_high;
    const double c3 = slope_low + slope_high - 2 * rise;
    double t_low = 0;
    double t_high = 1;
    double t = rise > 0 ? (u - low) / rise : 0.5;
    constexpr int most_steps = 60;
    for (int step = 0; step < most_steps; ++step) {
        const double error = low + t * (slope_low + t * (c2 + t * c3)) - u;
        (error > 0 ? t_high : t_low) = t;
        constexpr double close = 1e-13;
        if (std::abs(error) < close) {
            break;
        }
        const double slope = slope_low + t * (2 * c2 + t * 3 * c3);
        const double newton = slope > 0 ? t - error / slope : -1.0;
        t = newton > t_low && newton < t_high ? newton : (t_low + t_high) / 2;
    }
    return (static_cast<double>(piece) + t) * width;
}

double Spreads::quantile(const Table& table, double u) {
    if (u <= table.below[1]) {
        return end_quantile(table.below[1], table.a, table.b, u);
    }
    const double last = 1 - table.below[pieces - 1];
    if (1 - u <= last) {
        return 1 - end_quantile(last, table.b, table.a, 1 - u);
    }
    return inner_quantile(table, u);
}

double Spreads::at(Estimate figure, double u) const {
    if (figure.is_exact()) {
        return figure.likely();
    }
    const double range = figure.high() - figure.low();
    if (spread_ == Spread::triangular) {
        const double mode = (figure.likely() - figure.low()) / range;
        const double part = u < mode ? std::sqrt(u * mode) : 1 - std::sqrt((1 - u) * (1 - mode));
        return figure.low() + range * part;
    }
    const Table* table = tables_[mode_of(figure)].get();
    assert(table != nullptr);
    return figure.low() + range * quantile(*table, u);
}

}  // namespace adic::shock
