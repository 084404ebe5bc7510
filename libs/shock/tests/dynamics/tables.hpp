#pragma once

#include "adic/base/random.hpp"
#include "adic/model/input_output_table.hpp"

#include "numbers_in.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

namespace adic::shock::test {

inline std::vector<std::string> numbered(const std::string& letter, std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(letter + std::to_string(i));
    }
    return names;
}

inline std::vector<double> joined(const std::vector<std::vector<double>>& rows) {
    std::vector<double> all;
    for (const auto& row : rows) {
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

/// Six regions, eight sectors; three other programs computed figures from it.
inline model::InputOutputTable reference_table() {
    return {
        numbered("R", 6),
        numbered("S", 8),
        joined(numbers_in("mrio48_Z.csv")),
        joined(numbers_in("mrio48_Y.csv"))};
}

/// A table as plain matrices: what industries sell each other in a year, and to final demand.
struct Dense {
    std::vector<std::vector<double>> z;
    std::vector<double> f;
    std::size_t regions;
    std::size_t sectors;
};

inline model::InputOutputTable table_of(const Dense& dense) {
    return {numbered("R", dense.regions), numbered("S", dense.sectors), joined(dense.z), dense.f};
}

inline Dense reference_dense() {
    Dense table{numbers_in("mrio48_Z.csv"), {}, 6, 8};
    for (const auto& row : numbers_in("mrio48_Y.csv")) {
        table.f.push_back(std::accumulate(row.begin(), row.end(), 0.0));
    }
    return table;
}

/// Two to four regions of two to five sectors, with flows that are not there, and industries that
/// sell nothing to final demand.
inline Dense random_table(RandomStream& random) {
    Dense table{{}, {}, 2 + random.below(3), 2 + random.below(4)};
    const std::size_t n = table.regions * table.sectors;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> row;
        for (std::size_t j = 0; j < n; ++j) {
            row.push_back(random.below(3) == 0 ? 0.0 : random.uniform());
        }
        table.z.push_back(row);
        table.f.push_back(random.below(6) == 0 ? 0.0 : 3.0 * random.uniform());
    }
    return table;
}

/// The same, but every industry adds value, so the table is productive.
inline Dense productive_table(RandomStream& random) {
    Dense table = random_table(random);
    const std::size_t n = table.f.size();
    for (std::size_t i = 0; i < n; ++i) {
        double sold = 0.0;
        double bought = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            sold += table.z[i][j];
            bought += table.z[j][i];
        }
        table.f[i] = (1.3 + random.uniform()) * std::max(sold, bought) - sold;
    }
    return table;
}

}  // namespace adic::shock::test
