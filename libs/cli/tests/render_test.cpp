#include "render/render.hpp"

#include "adic/base/random.hpp"
#include "adic/base/say.hpp"
#include "adic/base/text.hpp"

#include "render/figures.hpp"
#include "render/text_width.hpp"

#include <array>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace adic::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::array columns{
    Column{"item", "item", "", Show::word},
    Column{"name", "name", ""},
    Column{"share", "share", "", Show::share, 0, In::all, true},
    Column{"count", "count", "", Show::count},
    Column{"secret", "secret", "", Show::text, 0, In::data},
    Column{"both", "both", "", Show::text, 0, In::table},
};

constexpr Shape shape{"things", columns};

Report report_of(std::vector<Row> rows) {
    return {{}, {Section{"", &shape, std::move(rows), "Nothing.", {}}}, {}};
}

const Row magnet{
    std::string("magnet"),
    std::string("Rare earth magnets"),
    *Estimate::create(0.5, 0.69, 0.8),
    std::uint64_t{12345},
    std::string("kept"),
    std::string("shown")};

const Row nothing{std::string("x"), std::string(), Cell{}, Cell{}, Cell{}, std::string()};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) {
        lines.emplace_back(line);
    }
    lines.pop_back();
    return lines;
}

TEST(TextTable, PutsNumbersToTheRightAndIsAsWideAsItHasToBe) {
    EXPECT_THAT(
        lines_of(to_text(report_of({magnet, nothing}), {80, false})),
        ElementsAre(
            "item    name                       share   count  both",
            "------  ------------------  ------------  ------  -----",
            "magnet  Rare earth magnets  69 % (50-80)  12 345  shown",
            "x                                      -       -"
        )
    );
}

TEST(TextTable, PutsSidesNextToEachOther) {
    static constexpr std::array sides{
        Column{"side", "side", "", Show::word, 0, In::data},
        Column{"item", "item", "", Show::word},
        Column{"share", "share", "", Show::share},
        Column{"count", "count", "", Show::count},
    };
    static constexpr Shape of_sides{"sides", sides};
    const auto row = [](const char* side, const char* item, double share, std::uint64_t count) {
        return Row{std::string(side), std::string(item), share, count};
    };
    Section section{
        "",
        &of_sides,
        {row("A", "tin", 0.5, 1),
         row("A", "zinc", 0.25, 2),
         row("B", "lead", 0.1, 3),
         row("B", "tin", 0.75, 4)},
        "Nothing.",
        {}};
    section.side_by_side = {"side", {"item"}, {"share", "count"}};
    EXPECT_THAT(
        lines_of(to_text({{}, {section}, {}}, {80, false})),
        ElementsAre(
            "item  share A  share B  count A  count B",
            "----  -------  -------  -------  -------",
            "tin      50 %     75 %        1        4",
            "zinc     25 %        -        2        -",
            "lead        -     10 %        -        3"
        )
    );
    section.side_by_side->values = {"share"};          // one value: the side is title enough
    section.rows.push_back(row("B", "tin", 0.01, 5));  // nothing is lost: a line of its own
    EXPECT_THAT(
        lines_of(to_text({{}, {section}, {}}, {80, false})),
        ElementsAre(
            "item     A     B",
            "----  ----  ----",
            "tin   50 %  75 %",
            "zinc  25 %     -",
            "lead     -  10 %",
            "tin      -   1 %"
        )
    );
    EXPECT_EQ(lines_of(to_csv({{}, {section}, {}})).size(), 6U) << "CSV keeps the rows";
}

TEST(TextTable, BreaksTextsToFitTheWidth) {
    EXPECT_THAT(
        lines_of(to_text(report_of({magnet}), {50, false})),
        ElementsAre(
            "item    name                  share   count  both",
            "------  -------------  ------------  ------  -----",
            "magnet  Rare earth     69 % (50-80)  12 345  shown",
            "        magnets"
        )
    );
}

TEST(TextTable, BecomesAListWhereTheTerminalIsTooNarrow) {
    EXPECT_THAT(
        lines_of(to_text(report_of({magnet}), {30, false})),
        ElementsAre(
            "item: magnet",
            "name: Rare earth magnets",
            "share: 69 % (50-80)",
            "count: 12 345",
            "both: shown"
        )
    );
}

TEST(TextTable, SaysWhatAnEmptyAnswerMeans) {
    EXPECT_EQ(to_text(report_of({}), {80, false}), "Nothing.\n");
}

TEST(TextTable, HasEscapeSequencesOnlyWithColour) {
    EXPECT_THAT(to_text(report_of({magnet}), {80, false}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(to_text(report_of({magnet}), {80, true}), HasSubstr("\x1b[1m"));
}

TEST(TextTable, NeverIsWiderThanTheTerminal) {
    for (std::uint64_t draw = 0; draw < 500; ++draw) {
        RandomStream random{11, draw};
        std::string name;
        const std::uint64_t words = random.below(12);
        for (std::uint64_t w = 0; w < words; ++w) {
            name += std::string(1 + random.below(14), 'a') + (random.below(3) == 0 ? " é日 " : " ");
        }
        Row row = magnet;
        row[1] = name;
        const std::size_t width = 20 + random.below(80);
        for (const std::string& line :
             lines_of(to_text(report_of({row, nothing}), {width, false}))) {
            EXPECT_LE(display_width(line), width) << line;
            EXPECT_TRUE(is_utf8(line));
        }
    }
}

TEST(Csv, CarriesFullFiguresAndEstimatesAsThreeColumns) {
    EXPECT_EQ(
        to_csv(report_of({magnet, nothing})),
        "item,name,share_low,share,share_high,count,secret\n"
        "magnet,Rare earth magnets,0.5,0.69,0.8,12345,kept\n"
        "x,,,,,,\n"
    );
}

TEST(Csv, QuotesAsRfc4180Says) {
    Row row = magnet;
    row[0] = std::string("a,b");
    row[1] = std::string("say \"hm\"\nand go");
    EXPECT_THAT(to_csv(report_of({row})), HasSubstr("\"a,b\",\"say \"\"hm\"\"\nand go\",0.5"));
}

TEST(Json, KeepsTheOrderOfTheShapeAndSaysNullForNotKnown) {
    EXPECT_EQ(
        to_json(report_of({nothing}), "test"),
        R"({
  "command": "test",
  "things": [
    {
      "item": "x",
      "name": "",
      "share": null,
      "count": null,
      "secret": null
    }
  ],
  "notes": []
}
)"
    );
}

TEST(Json, IsReadBackByAnyReader) {
    Row row = magnet;
    row[1] = std::string("bad \xFF byte, \"quote\"");
    const auto read = nlohmann::json::parse(to_json(report_of({row}), "test"));
    EXPECT_EQ(read["things"][0]["share"]["likely"], 0.69);
    EXPECT_EQ(read["things"][0]["count"], 12345);
}

TEST(Json, HasTheCodeOfASentenceWithItsValues) {
    Report report = report_of({magnet});
    report.introduction = {"A text alone."};
    report.notes = {
        say("return-no-contribution", {{"states", Words{"PHL", "VNM"}}}),
        joined({say("cause-supply")}, ", ", ".")};
    const auto notes = nlohmann::json::parse(to_json(report, "test"))["notes"];
    EXPECT_EQ(notes[0].dump(), R"({"text":"A text alone."})");
    EXPECT_EQ(notes[1]["code"], "return-no-contribution");
    EXPECT_EQ(notes[1]["values"]["states"].dump(), R"(["PHL","VNM"])");
    EXPECT_FALSE(notes[2].contains("code"));
    EXPECT_EQ(notes[2]["parts"][0]["code"], "cause-supply");
    EXPECT_THAT(to_html(report, "adic"), HasSubstr("<p>No coefficient for PHL, VNM: work"));
}

TEST(Json, MergesSectionsOfOneShape) {
    Report report = report_of({magnet});
    report.sections.push_back(report.sections.front());
    EXPECT_EQ(nlohmann::json::parse(to_json(report, "test"))["things"].size(), 2U);
    EXPECT_EQ(lines_of(to_csv(report)).size(), 3U);
}

TEST(Figures, ShowsWholeNumbersOfAnySize) {
    constexpr Column column{"n", "n", "", Show::count};
    EXPECT_EQ(
        to_display(WholeNumber{"123456789012345678901"}, column),
        "123 456 789 012 345 678 901"
    );
    EXPECT_EQ(to_display(std::uint64_t{999}, column), "999");
    EXPECT_EQ(to_display(Cell{}, column), "-");
}

TEST(Html, IsAPageWithTheTablesThatPeopleRead) {
    Report report = report_of({magnet});
    report.introduction = {"Magnets, seen with ASEAN inside."};
    const std::string page = to_html(report, "adic items --format html");
    EXPECT_THAT(page, HasSubstr("<h1>Magnets, seen with ASEAN inside</h1>"));
    EXPECT_THAT(page, HasSubstr("<td class=\"figure\">69 % (50-80)</td>"));
    EXPECT_THAT(page, HasSubstr("<td class=\"text\">shown</td>"));
    EXPECT_THAT(page, Not(HasSubstr("kept")));
    EXPECT_THAT(page, HasSubstr("<code>adic items --format html</code>"));
}

TEST(Html, EscapesWhatOthersWroteAndLoadsNothing) {
    Row row = magnet;
    row[1] = std::string("<img src=x onerror=alert(1)>");
    Report report = report_of({row});
    report.notes = {"<b>\"note\"</b>"};
    report.sections[0].heading = "a & b";
    const std::string page = to_html(report, "adic 'x<y'");
    for (const char* breach : {"<img", "<b>", "http", "<script", "x<y"}) {
        EXPECT_THAT(page, Not(HasSubstr(breach)));
    }
    EXPECT_THAT(page, HasSubstr("a &amp; b"));
}

TEST(Html, DrawsChartsInPlaceOfTheTableThatTheyShow) {
    Report report = report_of({magnet});
    app::Chart chart;
    chart.lines = {{"magnet", {1.0, 0.5}}};
    report.sections[0].charts = {chart};
    report.sections[0].shown = In::data;
    const std::string page = to_html(report, "adic");
    EXPECT_THAT(page, HasSubstr("<svg"));
    EXPECT_THAT(page, Not(HasSubstr("<td")));
}

}  // namespace
}  // namespace adic::cli
