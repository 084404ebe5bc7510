#include "adic/ingest/firm_network_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;
using testing::Folder;
using testing::write_file;

void write_network(
    const Folder& folder,
    std::string_view edges,
    std::string_view sectors,
    std::string_view essential
) {
    write_file(folder / "edges.csv", edges);
    write_file(folder / "sectors.csv", sectors);
    write_file(folder / "essential.csv", essential);
}

TEST(FirmNetworkReader, ReadsAFolder) {
    const Folder folder;
    write_network(
        folder,
        "supplier,customer,weight\nsteel,yard,50\nsteel,engines,2.5\n",
        "firm,sector\nyard,1\nsteel,0\nengines,0\n",
        "0,2\n1,0\n"
    );
    ImportReport report;
    const auto network = read_firm_network(folder.path(), report);
    ASSERT_TRUE(network);
    EXPECT_TRUE(report.may_commit());
    EXPECT_EQ(network->firms(), 3U);
    EXPECT_EQ(network->name_of(0), "yard");
    const std::vector<FirmLink> links(network->links().begin(), network->links().end());
    EXPECT_EQ(links, (std::vector<FirmLink>{{1, 0, 50.0}, {1, 2, 2.5}}));
    EXPECT_EQ(network->class_of(0, 1), InputClass::essential);
    EXPECT_EQ(network->class_of(1, 0), InputClass::non_essential);
}

TEST(FirmNetworkReader, ReadsThreeFilesWithOneBeginning) {
    const Folder folder;
    write_file(folder / "net_edges.csv", "supplier,customer,weight\na,b,1\n");
    write_file(folder / "net_sectors.csv", "firm,sector\na,0\nb,0\n");
    write_file(folder / "net_essential.csv", "2\n");
    ImportReport report;
    const auto network = read_firm_network(folder / "net", report);
    ASSERT_TRUE(network);
    EXPECT_EQ(network->links().size(), 1U);
}

TEST(FirmNetworkReader, NamesTheTableThatIsMissing) {
    const Folder folder;
    write_file(folder / "net_essential.csv", "2\n");
    ImportReport report;
    const auto network = read_firm_network(folder / "net", report);
    ASSERT_FALSE(network);
    EXPECT_NE(network.error().message.find("'sectors'"), std::string::npos);
}

TEST(FirmNetworkReader, ReportsEveryProblemOfAllTables) {
    const Folder folder;
    write_network(
        folder,
        "supplier,customer,weight\na,b,1\na,nobody,1\nb,a,0\nb,a,\nb,a,-1\n",
        "firm,sector\na,0\nb,2\na,1\n,1\nc,one\n",
        "0,2\n1,x\n"
    );
    ImportReport report;
    const auto network = read_firm_network(folder.path(), report);
    ASSERT_TRUE(network);
    EXPECT_EQ(network->firms(), 0U);
    std::vector<std::string> complaints;
    for (const Issue& issue : report.issues()) {
        const std::string file = std::filesystem::path(issue.file).filename().string();
        complaints.push_back(fmt::format("{} {} {}", file, issue.row, issue.value));
    }
    EXPECT_EQ(
        complaints,
        (std::vector<std::string>{
            "essential.csv 2 x",
            "sectors.csv 3 2",
            "sectors.csv 4 a",
            "sectors.csv 5 ",
            "sectors.csv 6 one",
            "edges.csv 2 b",
            "edges.csv 3 nobody",
            "edges.csv 4 b",
            "edges.csv 4 0",
            "edges.csv 5 b",
            "edges.csv 5 ",
            "edges.csv 6 b",
            "edges.csv 6 -1"})
    );
}

TEST(FirmNetworkReader, RefusesAMatrixThatIsNotSquare) {
    for (const char* matrix : {"0,2\n", "0,2\n1,0\n2,0\n", "0,2\n1\n", "\n"}) {
        const Folder folder;
        write_network(folder, "supplier,customer,weight\n", "firm,sector\n", matrix);
        ImportReport report;
        const auto network = read_firm_network(folder.path(), report);
        ASSERT_TRUE(network) << matrix;
        EXPECT_FALSE(report.may_commit()) << matrix;
    }
}

}  // namespace
}  // namespace adic::ingest
