#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock::test {

/// The numbers of a file, row by row; a first row of names is passed over.
inline std::vector<std::vector<double>> numbers_in(const std::string& name) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<std::vector<double>> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || (line[0] >= 'a' && line[0] <= 'z')) {
            continue;
        }
        std::vector<double> row;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');) {
            row.push_back(std::stod(cell));
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace adic::shock::test
