#include "award/award_tables.hpp"

#include <algorithm>
#include <array>

namespace adic::procure {
namespace {

Tables example() {
    Tables tables;
    for (const AwardTable& table : list_award_tables()) {
        tables.emplace(table.file, table.example);
    }
    return tables;
}

TEST(AwardReader, ReadsItsOwnExample) {
    const AwardProblem problem = problem_of(example());
    EXPECT_EQ(problem.items.size(), 2U);
    EXPECT_EQ(problem.offers.size(), 5U);
    EXPECT_EQ(problem.packages.size(), 1U);
    EXPECT_EQ(problem.rules.size(), 7U);
    EXPECT_GT(plan_of(problem).bill.total, 0);
}

struct BadTable {
    std::string_view file;
    std::string_view text;
    std::uint64_t row;
    std::string_view column;
    std::string_view says;
};

TEST(AwardReader, SaysWhatIsWrongAndWhere) {
    constexpr std::array cases{
        BadTable{"items.csv", "item\na\na\n", 3, "item", "there already"},
        BadTable{
            "demands.csv",
            "item,state,year,pieces\nradoi,A,2027,1\n",
            2,
            "item",
            "did you mean 'radio'?"},
        BadTable{
            "demands.csv",
            "item,state,year,pieces\nradio,A,2027,1.5\n",
            2,
            "pieces",
            "whole number"},
        BadTable{
            "demands.csv",
            "item,state,year,pieces\nradio,A,2027,1\nradio,A,2027,2\n",
            3,
            "state",
            "there already"},
        BadTable{
            "demands.csv",
            "item,state,year,pieces\nradio,A,2027,1\nradio,A,2900,2\n",
            3,
            "year",
            "within 100 years"},
        BadTable{"suppliers.csv", "supplier,exposure\nnorth,1.2\n", 2, "exposure", "from 0 to 1"},
        BadTable{
            "offers.csv",
            "item,supplier,price\nradio,nobody,1\n",
            2,
            "supplier",
            "suppliers.csv"},
        BadTable{"offers.csv", "item,supplier,price\nradio,north,1.234\n", 2, "price", "decimals"},
        BadTable{
            "offers.csv",
            "item,supplier,price\nradio,north,1\nradio,north,2\n",
            3,
            "supplier",
            "already"},
        BadTable{
            "breaks.csv",
            "item,supplier,from,price\nradio,north,500,1\nradio,north,500,1\n",
            3,
            "from",
            "above 500"},
        BadTable{
            "breaks.csv",
            "item,supplier,from,price\nrifle,south,5,1\n",
            2,
            "supplier",
            "no offer"},
        BadTable{
            "contents.csv",
            "supplier,place,share\nnorth,X,0.1234567\n",
            2,
            "share",
            "six decimals"},
        BadTable{
            "packages.csv",
            "package,supplier,item,year,pieces,price\nk,north,radio,2027,1,1\n"
            "k,south,rifle,2027,1,1\n",
            3,
            "supplier",
            "another one"},
        BadTable{"rules.csv", "rule,state,value\nbudget,PHL,\n", 2, "value", "for budget"},
        BadTable{
            "rules.csv",
            "rule,item,state,value\nbudget,radio,PHL,5\n",
            2,
            "item",
            "no meaning for budget"},
        BadTable{"rules.csv", "rule,bloc,value\nmost-share,fourth,0.5\n", 2, "bloc", "no bloc"},
        BadTable{"rules.csv", "rule,place,value\nleast-content,moon,0.5\n", 2, "place", "no place"},
        BadTable{"rules.csv", "rule,value\nmost-shares,0.5\n", 2, "rule", "must be one of"},
    };
    for (const BadTable& one : cases) {
        Tables tables = example();
        tables[std::string(one.file)] = one.text;
        ingest::ImportReport report;
        const AwardProblem problem = parse_award_problem(tables, report);
        EXPECT_TRUE(problem.items.empty() && problem.demands.empty()) << one.text;
        const bool is_said = std::ranges::any_of(report.issues(), [&](const ingest::Issue& issue) {
            return issue.file == one.file && issue.row == one.row && issue.column == one.column
                   && issue.message.find(one.says) != std::string::npos;
        });
        EXPECT_TRUE(is_said) << one.text << " lacks: " << one.says;
    }
}

}  // namespace
}  // namespace adic::procure
