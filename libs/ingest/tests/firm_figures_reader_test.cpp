#include "adic/ingest/firm_figures_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FirmFigure;
using testing::Folder;
using testing::write_file;

model::FirmNetwork two_firms() {
    return {{"mill", "yard"}, {0, 0}, 1, {model::InputClass::essential}, {{0, 1, 5.0}}};
}

template <typename Read>
auto read_text(std::string_view text, const Read& read, ImportReport& report) {
    const Folder folder;
    write_file(folder / "figures.csv", text);
    return read(folder / "figures.csv", two_firms(), report);
}

/// "row column 'value'" of every error.
std::vector<std::string> places(const ImportReport& report) {
    std::vector<std::string> found;
    for (const Issue& issue : report.issues()) {
        found.push_back(fmt::format("{} {} '{}'", issue.row, issue.column, issue.value));
    }
    return found;
}

TEST(FirmFiguresReader, ReadsFinalDemandInTheOrderOfTheNetwork) {
    ImportReport report;
    const auto demand =
        read_text("final_demand,firm,note\n7.5,yard,x\n0,mill,y\n", read_final_demand, report);
    ASSERT_TRUE(demand);
    ASSERT_EQ(testing::listing(report), "");
    EXPECT_EQ(*demand, (std::vector<double>{0.0, 7.5}));
}

TEST(FirmFiguresReader, ReadsLosses) {
    ImportReport report;
    const auto losses = read_text("firm,delta\nyard,0.8\n", read_capacity_losses, report);
    ASSERT_TRUE(losses);
    EXPECT_EQ(*losses, (std::vector<FirmFigure>{{1, 0.8}}));
}

TEST(FirmFiguresReader, NamesEveryProblem) {
    ImportReport report;
    const auto losses = read_text(
        "firm,delta\nyard,1.1\nyard,0.5\nmil,0.5\nmill,\nmill,x\nmill,nan\n",
        read_capacity_losses,
        report
    );
    ASSERT_TRUE(losses);
    EXPECT_TRUE(losses->empty());
    EXPECT_EQ(
        places(report),
        (std::vector<std::string>{
            "2 delta '1.1'",
            "3 firm 'yard'",
            "4 firm 'mil'",
            "5 delta ''",
            "6 firm 'mill'",
            "6 delta 'x'",
            "7 firm 'mill'",
            "7 delta 'nan'"})
    );
}

TEST(FirmFiguresReader, WantsTheFinalDemandOfEveryFirm) {
    ImportReport report;
    const auto demand = read_text("firm,final_demand\nyard,3\n", read_final_demand, report);
    ASSERT_TRUE(demand);
    EXPECT_TRUE(demand->empty());
    EXPECT_EQ(places(report), (std::vector<std::string>{"0 firm 'mill'"}));
}

TEST(FirmFiguresReader, SaysWhatIsNotThere) {
    ImportReport report;
    EXPECT_FALSE(read_text("firm,demand\nyard,3\n", read_final_demand, report));
    const Folder folder;
    EXPECT_FALSE(read_final_demand(folder / "none.csv", two_firms(), report));
    EXPECT_FALSE(find_final_demand(folder / "net"));
    write_file(folder / "net_final_demand.csv", "firm,final_demand\n");
    EXPECT_EQ(find_final_demand(folder / "net"), folder / "net_final_demand.csv");
}

}  // namespace
}  // namespace adic::ingest
