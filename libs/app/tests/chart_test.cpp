#include "adic/app/chart.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Chart example() {
    Chart chart;
    chart.measure = "output";
    chart.first = 1.0;
    chart.lines = {{"a", {1.0, 0.5, 0.0}}, {"b", {1.0, 0.5, 0.0}}, {"c", {1.0, 1.0, 1.0}}};
    return chart;
}

TEST(Chart, JoinsLinesThatRunAlike) {
    const Chart joined = with_equal_lines_joined(example());
    ASSERT_EQ(joined.lines.size(), 2U);
    EXPECT_EQ(joined.lines[0].label, "a, b");
    EXPECT_EQ(joined.lines[1].label, "c");
}

TEST(Chart, KeepsLinesApartThatDifferInTheirBands) {
    Chart chart = example();
    chart.lines[1].bands = {{{0.9, 0.4, 0.0}, {1.0, 0.6, 0.1}}};
    EXPECT_EQ(with_equal_lines_joined(chart).lines.size(), 3U);
}

TEST(Chart, SpreadsLabelsThatWouldCoverEachOther) {
    EXPECT_THAT(spread_labels({0.0, 0.0, 5.0}, 1.0, 0.0, 9.0), ElementsAre(0.0, 1.0, 5.0));
    EXPECT_THAT(spread_labels({8.9, 9.0, 9.0}, 1.0, 0.0, 9.0), ElementsAre(7.0, 8.0, 9.0));
    EXPECT_THAT(spread_labels({1.0, 1.0, 1.0}, 9.0, 0.0, 2.0), ElementsAre(0.0, 1.0, 2.0));
}

TEST(Chart, HasTicksForHalfAndWholeOrForTheTopThatItHas) {
    Chart chart = example();
    EXPECT_THAT(value_ticks(chart), ElementsAre(0.0, 0.5, 1.0));
    chart.top = 0.2;
    EXPECT_THAT(value_ticks(chart), ElementsAre(0.0, 0.1, 0.2));
    EXPECT_EQ(tick_text(chart, 0.1), "10 %");
    chart.is_share = false;
    EXPECT_EQ(tick_text(chart, 0.1), "0.1");
}

TEST(Chart, HasTimesAtRoundNumbersOfPoints) {
    Chart chart = example();
    chart.lines = {{"a", std::vector<double>(105, 1.0)}};
    EXPECT_THAT(time_ticks(chart, 5), ElementsAre(1.0, 27.0, 53.0, 79.0, 105.0));
    EXPECT_THAT(time_ticks(chart, 3), ElementsAre(1.0, 53.0, 105.0));
}

TEST(ChartSvg, EscapesWhatOthersWrote) {
    Chart chart = example();
    chart.lines[2].label = "<script>alert(1)</script>";
    const std::string svg = to_svg(chart);
    EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(svg, Not(HasSubstr("<script>")));
}

TEST(ChartSvg, SaysInWordsWhatItShows) {
    const std::string svg = to_svg(example());
    EXPECT_THAT(svg, HasSubstr("<svg"));
    EXPECT_THAT(svg, HasSubstr("role=\"img\""));
    EXPECT_THAT(svg, HasSubstr("output"));
    EXPECT_THAT(svg, HasSubstr("100 %"));
}

TEST(BarChartSvg, NamesEachBarWritesItsFigureAndDrawsNoneForWhatIsNotKnown) {
    const BarChart chart{
        "Return",
        {{0.8, "floor 0.8"}, {1.0, "even"}},
        {{"IDN", 1.0, "1.000, within"}, {"<MYS>", std::nullopt, "no work yet"}}};
    const std::string svg = to_svg(chart);
    EXPECT_THAT(svg, HasSubstr("aria-label=\"Return\""));
    EXPECT_THAT(svg, HasSubstr("1.000, within"));
    EXPECT_THAT(svg, HasSubstr("no work yet"));
    EXPECT_THAT(svg, HasSubstr("floor 0.8"));
    EXPECT_THAT(svg, HasSubstr("&lt;MYS&gt;"));
    EXPECT_EQ(svg.find("<rect"), svg.rfind("<rect"));
}

TEST(BarChartSvg, WithoutAnythingIsEmptyAndNotWrong) {
    EXPECT_THAT(to_svg(BarChart{}), Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace adic::app
