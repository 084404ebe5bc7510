#include "adic/shock/dynamics/leontief.hpp"

#include "lanes.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace adic::shock {

/// I - A as a product of a lower matrix with ones on its diagonal and an upper one. No rows are
/// exchanged: by Hawkins and Simon, the pivots of a productive table are all positive.
class Leontief::Factors {
  public:
    explicit Factors(const model::InputOutputTable& table)
        : n_(table.industries())
        , blocks_((n_ + lanes - 1) / lanes)
        , cells_(n_ * blocks_, Lanes{}) {
        for (std::size_t i = 0; i < n_; ++i) {
            const auto sales = table.sales_of(i);
            for (std::size_t j = 0; j < n_; ++j) {
                const double output = table.output()[j];
                const double part = output > 0.0 ? sales[j] / output : 0.0;
                set(i, j, (i == j ? 1.0 : 0.0) - part);
            }
        }
    }

    /// The industry at whose pivot it fails, if the table is not productive.
    std::optional<std::size_t> factorize() {
        for (std::size_t first = 0; first < n_; first += width) {
            const std::size_t end = std::min(n_, first + width);
            for (std::size_t k = first; k < end; ++k) {
                if (!(at(k, k) > least_pivot)) {
                    return k;
                }
                eliminate(k, end);
            }
            subtract_panel(first, end);
        }
        return std::nullopt;
    }

    std::size_t size() const { return n_; }

    std::vector<double> solve(std::span<const double> right) const {
        std::vector<double> x(right.begin(), right.end());
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                x[i] -= at(i, j) * x[j];
            }
        }
        for (std::size_t i = n_; i-- > 0;) {
            for (std::size_t j = i + 1; j < n_; ++j) {
                x[i] -= at(i, j) * x[j];
            }
            x[i] /= at(i, i);
        }
        return x;
    }

    /// Of the transposed matrix.
    std::vector<double> solve_transposed(std::span<const double> right) const {
        std::vector<double> x(right.begin(), right.end());
        for (std::size_t i = 0; i < n_; ++i) {
            x[i] /= at(i, i);
            for (std::size_t j = i + 1; j < n_; ++j) {
                x[j] -= at(i, j) * x[i];
            }
        }
        for (std::size_t i = n_; i-- > 0;) {
            for (std::size_t j = 0; j < i; ++j) {
                x[j] -= at(i, j) * x[i];
            }
        }
        return x;
    }

  private:
    static constexpr std::size_t width = 64;  ///< of a panel, in columns
    static constexpr double least_pivot = 1e-12;

    double at(std::size_t i, std::size_t j) const {
        return cells_[i * blocks_ + j / lanes][j % lanes];
    }

    void set(std::size_t i, std::size_t j, double value) {
        cells_[i * blocks_ + j / lanes].set(j % lanes, value);
    }

    /// Column k below the pivot, within the panel that ends before column `end`.
    void eliminate(std::size_t k, std::size_t end) {
        for (std::size_t i = k + 1; i < n_; ++i) {
            const double factor = at(i, k) / at(k, k);
            set(i, k, factor);
            for (std::size_t j = k + 1; factor != 0.0 && j < end; ++j) {
                set(i, j, at(i, j) - factor * at(k, j));
            }
        }
    }

    /// The columns behind the panel, in strips of a line of the cache. A panel but the last ends
    /// at a whole strip, and behind the last nothing is left.
    void subtract_panel(std::size_t first, std::size_t end) {
        std::vector<Lanes> rows(end - first);
        for (std::size_t b = (end + lanes - 1) / lanes; b < blocks_; ++b) {
            for (std::size_t i = first; i < n_; ++i) {
                Lanes cell = cells_[i * blocks_ + b];
                const std::size_t before = std::min(i, end) - first;
                for (std::size_t k = 0; k < before; ++k) {
                    add_scaled(cell, -at(i, first + k), rows[k]);
                }
                cells_[i * blocks_ + b] = cell;
                if (i < end) {
                    rows[i - first] = cell;
                }
            }
        }
    }

    std::size_t n_;
    std::size_t blocks_;
    std::vector<Lanes> cells_;
};

Leontief::Leontief(std::unique_ptr<const Factors> factors) : factors_(std::move(factors)) {}

Leontief::Leontief(Leontief&&) noexcept = default;
Leontief& Leontief::operator=(Leontief&&) noexcept = default;
Leontief::~Leontief() = default;

Result<Leontief> Leontief::create(const model::InputOutputTable& table) {
    auto factors = std::make_unique<Factors>(table);
    if (const auto stuck = factors->factorize()) {
        return Error{
            ErrorCode::invalid_argument,
            "the table is not productive: '" + table.name_of(*stuck)
                + "' and the industries before it use up as much as they make, so no output meets "
                  "a final demand for them",
            {}};
    }
    return Leontief(std::move(factors));
}

std::vector<double> Leontief::output_for(std::span<const double> final_demand) const {
    return factors_->solve(final_demand);
}

std::vector<double> Leontief::content(std::span<const double> per_output) const {
    return factors_->solve_transposed(per_output);
}

std::vector<double>
value_added_origin(const model::InputOutputTable& table, const Leontief& leontief) {
    const std::size_t n = table.industries();
    std::vector<double> origin;
    for (std::size_t region = 0; region < table.regions().size(); ++region) {
        std::vector<double> added(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double output = table.output()[i];
            const bool counts = table.region_of(i) == region && output > 0.0;
            added[i] = counts ? (output - table.purchases()[i]) / output : 0.0;
        }
        const std::vector<double> content = leontief.content(added);
        origin.insert(origin.end(), content.begin(), content.end());
    }
    return origin;
}

}  // namespace adic::shock
