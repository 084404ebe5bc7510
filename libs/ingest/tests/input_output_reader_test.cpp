#include "adic/ingest/input_output_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using testing::Folder;
using testing::write_file;

struct Outcome {
    Result<model::InputOutputTable> table;
    ImportReport report;
};

Outcome read_matrices(std::string_view flows, std::string_view demand) {
    const Folder folder;
    write_file(folder / "Z.csv", flows);
    write_file(folder / "Y.csv", demand);
    ImportReport report;
    auto table = read_input_output_table(folder.path(), report);
    return {std::move(table), std::move(report)};
}

TEST(InputOutputReader, ReadsTwoMatrices) {
    const Outcome read = read_matrices("1,2\n3,4.5\n", "10,-1\n20,0\n");
    ASSERT_TRUE(read.table);
    ASSERT_TRUE(read.report.may_commit());
    EXPECT_EQ(read.table->regions(), (std::vector<std::string>{"R0", "R1"}));
    EXPECT_EQ(read.table->sectors(), (std::vector<std::string>{"S0"}));
    EXPECT_EQ(read.table->output(), (std::vector<double>{12.0, 27.5}));
    EXPECT_EQ(read.table->final_demand(), (std::vector<double>{9.0, 20.0}));
    EXPECT_EQ(read.table->purchases(), (std::vector<double>{4.0, 6.5}));
    EXPECT_EQ(read.table->name_of(1), "R1 S0");
}

TEST(InputOutputReader, ReportsEveryBadCell) {
    const Outcome read = read_matrices("1,-2\n3\nx,1e30\n", "1,2\n1\n1,\n");
    ASSERT_TRUE(read.table);
    EXPECT_EQ(read.table->industries(), 0U);
    std::vector<std::string> complaints;
    for (const Issue& issue : read.report.issues()) {
        const std::string file = std::filesystem::path(issue.file).filename().string();
        complaints.push_back(fmt::format("{} {} '{}'", file, issue.row, issue.value));
    }
    EXPECT_EQ(
        complaints,
        (std::vector<std::string>{
            "Z.csv 1 '-2'",
            "Z.csv 2 ''",
            "Z.csv 3 'x'",
            "Z.csv 3 '1e30'",
            "Y.csv 2 ''",
            "Y.csv 3 ''",
            "Z.csv 0 ''",
            "Y.csv 0 ''"})
    );
}

TEST(InputOutputReader, RefusesSizesThatDoNotFit) {
    struct Case {
        const char* flows;
        const char* demand;
    };

    for (const Case& c : std::vector<Case>{
             {"1,2\n", "1\n"},
             {"1,2\n3,4\n", "1\n"},
             {"1,2\n3,4\n", "1,1,1\n1,1,1\n"},
             {"1,2\n3,4\n", "1,-3\n1,1\n"},
             {"", ""}}) {
        const Outcome read = read_matrices(c.flows, c.demand);
        ASSERT_TRUE(read.table) << c.flows;
        EXPECT_FALSE(read.report.may_commit()) << c.flows << " with " << c.demand;
    }
}

TEST(InputOutputReader, NamesTheMatrixThatIsMissing) {
    const Folder folder;
    write_file(folder / "small_Z.csv", "1\n");
    ImportReport report;
    EXPECT_TRUE(has_input_output_table(folder / "small"));
    EXPECT_FALSE(has_input_output_table(folder / "large"));
    const auto table = read_input_output_table(folder / "small", report);
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("'Y'"), std::string::npos);
}

}  // namespace
}  // namespace adic::ingest
