// The checklist of docs/reference/asvs.md names tests that exist, and counts its lines.
#include "adic/base/text.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// "Suite.Name" of every test in the source.
std::set<std::string> tests_of_the_source() {
    std::set<std::string> tests;
    const std::regex macro(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
    for (const char* folder : {"libs", "tests"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(ADIC_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") {
                continue;
            }
            const std::string text = content_of(entry.path());
            for (auto found = std::sregex_iterator(text.begin(), text.end(), macro);
                 found != std::sregex_iterator();
                 ++found) {
                tests.insert((*found)[1].str() + "." + (*found)[2].str());
            }
        }
    }
    return tests;
}

/// The cells of the table lines.
std::vector<std::vector<std::string>> rows_of(const std::string& page) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| ")) {
            continue;
        }
        std::vector<std::string> cells;
        for (const std::string_view cell : split(line, '|')) {
            cells.emplace_back(trimmed(cell));
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

TEST(AsvsPage, NamesTestsThatExist) {
    const std::string page = content_of(ADIC_SOURCE_DIR "/docs/reference/asvs.md");
    const std::set<std::string> tests = tests_of_the_source();
    const std::regex named(R"(`([A-Z]\w+\.[A-Z]\w+)`)");
    std::size_t count = 0;
    for (auto found = std::sregex_iterator(page.begin(), page.end(), named);
         found != std::sregex_iterator();
         ++found, ++count) {
        EXPECT_TRUE(tests.contains((*found)[1].str())) << (*found)[1].str();
    }
    EXPECT_GT(count, 100U);
}

TEST(AsvsPage, CountsItsLines) {
    std::map<std::string, std::size_t> counted;
    std::set<std::string> numbers;
    std::vector<std::string> said;
    const std::regex number(R"(\d+\.\d+\.\d+)");
    for (const auto& cells : rows_of(content_of(ADIC_SOURCE_DIR "/docs/reference/asvs.md"))) {
        if (std::regex_match(cells[1], number)) {
            EXPECT_TRUE(numbers.insert(cells[1]).second) << cells[1];
            ASSERT_GE(cells.size(), 5U) << cells[1];
            EXPECT_FALSE(cells[4].empty()) << cells[1] << " gives no reason";
            ++counted[cells[3]];
        } else if (parse_whole(cells[1])) {
            said = cells;
        }
    }
    ASSERT_EQ(said.size(), 7U);
    const std::vector<std::string> states{"yes", "partly", "missing", "server", "n/a"};
    std::size_t all = 0;
    for (std::size_t s = 0; s < states.size(); ++s) {
        EXPECT_EQ(said[s + 1], std::to_string(counted[states[s]])) << states[s];
        all += counted[states[s]];
    }
    EXPECT_EQ(all, numbers.size()) << "a state that there is not";
}

}  // namespace
}  // namespace adic::access
