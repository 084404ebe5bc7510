#include "adic/ingest/flow_reader.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/flow_totals.hpp"
#include "adic/ingest/publishers/state_names.hpp"

#include "flows/record_batches.hpp"
#include "flows/record_bounds.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace adic::ingest {
namespace {

/// A file that is there as long as the object.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string_view bytes) {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path()
                / fmt::format("adic_flows_{}_{}.csv", ::getpid(), ++number);
        std::ofstream(path_, std::ios::binary) << bytes;
    }

    ~TemporaryFile() { std::filesystem::remove(path_); }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct Outcome {
    Result<model::FlowTable> flows;
    ImportReport report;
};

Outcome read_text(std::string_view text, const FlowOptions& options = {}) {
    const TemporaryFile file(text);
    ImportReport report;
    auto flows = read_flows(file.path(), report, options);
    return {std::move(flows), std::move(report)};
}

/// A row as "2020 IDN<-SGP 854231 1.5 2".
std::vector<std::string> rows_of(const model::FlowTable& flows) {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const bool known = !flows.quantity.empty() && !std::isnan(flows.quantity[i]);
        rows.push_back(fmt::format(
            "{} {}<-{} {} {} {}",
            flows.year[i],
            flows.states[flows.importer[i]],
            flows.states[flows.exporter[i]],
            flows.products[flows.product[i]],
            flows.value[i],
            known ? to_shortest(flows.quantity[i]) : "?"
        ));
    }
    return rows;
}

using Rows = std::vector<std::string>;

TEST(FlowReader, ReadsColumnsInAnyOrderAndSpelling) {
    struct Case {
        const char* name;
        std::string text;
        Rows rows;
    };

    const std::vector<Case> cases{
        {"plain",
         "year,exporter,importer,hs6,value,quantity\n2020,SGP,IDN,854231,1.5,2\n",
         {"2020 IDN<-SGP 854231 1.5 2"}},
        {"other order, CRLF, no end of line at the end",
         "hs6,VALUE,importer,exporter,Year\r\n020130,7,IDN,SGP,2020\r\n010121,0,IDN,MYS,2021",
         {"2020 IDN<-SGP 020130 7 ?", "2021 IDN<-MYS 010121 0 ?"}},
        {"BACI: padded numbers, NA",
         "t,i,j,k,v,q\n2022,702,360,854231,  60.5,       NA\n",
         {"2022 360<-702 854231 60.5 ?"}},
        {"byte order mark, empty lines",
         "\xEF\xBB\xBFyear,exporter,importer,hs6,value\n\n2020,SGP,IDN,854231,1\n\n",
         {"2020 IDN<-SGP 854231 1 ?"}},
        {"quoted fields",
         "year,exporter,importer,hs6,value,quantity\n\"2020\",\"SGP\",\"IDN\",\"854231\",\"1\","
         "\"\"\n",
         {"2020 IDN<-SGP 854231 1 ?"}},
        {"quotes within quotes, and a line break",
         "year,note,exporter,importer,hs6,value\n"
         "2020,\"said \"\"no\"\",\nand left\",SGP,IDN,854231,1\n2021,,SGP,IDN,854231,2\n",
         {"2020 IDN<-SGP 854231 1 ?", "2021 IDN<-SGP 854231 2 ?"}},
        {"numbers in every form",
         "year,exporter,importer,hs6,value,quantity\n"
         "2020,A,B,000000,1e3,0.1\n2020,A,B,000000,+2,123456789012345678\n"
         "2020,A,B,000000,0.30000000000000004,1e-300\n",
         {"2020 B<-A 000000 1000 0.1",
          "2020 B<-A 000000 2 123456789012345680",
          "2020 B<-A 000000 0.30000000000000004 1e-300"}},
    };
    for (const Case& c : cases) {
        const Outcome outcome = read_text(c.text);
        ASSERT_TRUE(outcome.flows) << c.name << ": " << outcome.flows.error().message;
        EXPECT_EQ(rows_of(*outcome.flows), c.rows) << c.name;
        EXPECT_EQ(outcome.report.errors(), 0U) << c.name;
    }
}

TEST(FlowReader, ReportsEveryBadCellWithItsRow) {
    const Outcome outcome = read_text(
        "year,exporter,importer,hs6,value,quantity\n"
        "20,SGP,IDN,854231,1,1\n"        // 2: year
        "2020,S P,,854231,1,1\n"         // 3: both states
        "2020,SGP,IDN,8542,1,1\n"        // 4: code
        "2020,SGP,IDN,854231,-1,1\n"     // 5: value
        "2020,SGP,IDN,854231,1,many\n"   // 6: quantity
        "2020,SGP,IDN,854231,1\n"        // 7: columns
        "2020,SGP,IDN,854231,\"1,1\n"    // 8: quote
        "2020,SGP,IDN,854231,1,000,2\n"  // 9: columns, if row 8 does not swallow it
        "2020,SGP,IDN,854231,,\n"        // 10: no value
    );
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(outcome.flows->size(), 0U);
    std::vector<std::string> found;
    for (const Issue& issue : outcome.report.issues()) {
        found.push_back(fmt::format("{} {}", issue.row, issue.column));
    }
    const std::vector<std::string>
        first{"2 year", "3 exporter", "3 importer", "4 hs6", "5 value", "6 quantity", "7 ", "8 "};
    ASSERT_GE(found.size(), first.size());
    EXPECT_EQ(std::vector(found.begin(), found.begin() + 8), first);
    EXPECT_FALSE(outcome.report.may_commit());
}

TEST(FlowReader, RestoresALeadingZeroAndSaysSo) {
    const Outcome outcome =
        read_text("year,exporter,importer,hs6,value\n2020,A,B,10121,1\n2020,A,B,854231,1\n");
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(outcome.flows->products, (std::vector<std::string>{"010121", "854231"}));
    ASSERT_EQ(outcome.report.issues().size(), 1U);
    EXPECT_EQ(outcome.report.issues()[0].rule, "FL-004");
    EXPECT_EQ(outcome.report.issues()[0].severity, Severity::warning);
}

TEST(FlowReader, ReadsOneReportOfEachFlowAndCompleteGroupsIfAsked) {
    const std::string text =
        "year,flow,reporter,partner,hs6,value,complete\n"
        "2020,M,IDN,SGP,854231,10,1\n2020,X,SGP,IDN,854231,9,1\n2020,M,IDN,CHN,854232,5,0\n";
    const Outcome imports = read_text(text);
    ASSERT_TRUE(imports.flows);
    EXPECT_EQ(
        rows_of(*imports.flows),
        (Rows{"2020 IDN<-SGP 854231 10 ?", "2020 IDN<-CHN 854232 5 ?"})
    );
    FlowOptions options;
    options.reported_by = ReportedBy::exporter;
    const Outcome exports = read_text(text, options);
    ASSERT_TRUE(exports.flows);
    EXPECT_EQ(rows_of(*exports.flows), (Rows{"2020 IDN<-SGP 854231 9 ?"}));
    options.reported_by = ReportedBy::importer;
    options.complete_groups_only = true;
    const Outcome complete = read_text(text, options);
    ASSERT_TRUE(complete.flows);
    EXPECT_EQ(rows_of(*complete.flows), (Rows{"2020 IDN<-SGP 854231 10 ?"}));
}

TEST(FlowReader, NamesStatesByTheirIsoCodes) {
    const auto names = StateNames::read(ADIC_SOURCE_DIR "/data/reference/states.csv");
    ASSERT_TRUE(names) << names.error().message;
    FlowOptions options;
    options.states = &*names;
    const Outcome outcome = read_text(
        "t,i,j,k,v\n2020,842,360,854231,1\n2020,840,360,854231,2\n2020,899,4,854231,3\n",
        options
    );
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(outcome.flows->states, (std::vector<std::string>{"USA", "IDN", "899", "AFG"}));
    EXPECT_EQ(outcome.flows->exporter[0], outcome.flows->exporter[1]);
    EXPECT_EQ(outcome.report.warnings(), 1U);
}

TEST(FlowReader, SaysWhichColumnIsMissing) {
    const Outcome outcome = read_text("year,exporter,importer,value\n2020,A,B,1\n");
    ASSERT_FALSE(outcome.flows);
    EXPECT_NE(outcome.flows.error().message.find("hs6"), std::string::npos);
    EXPECT_FALSE(read_text("").flows);
    EXPECT_FALSE(read_text("year,year,exporter,importer,hs6,value\n").flows);
    ImportReport report;
    EXPECT_FALSE(read_flows("/nowhere/flows.csv", report));
}

/// A file with quotes, blanks, errors and long notes, and what a slow reader says it holds.
std::string random_flows(std::uint64_t seed, std::size_t rows) {
    RandomStream random(seed, 7);
    std::string text = "note,year,exporter,importer,hs6,value,quantity\n";
    const std::vector<std::string> notes{
        "",
        "plain",
        "\"a, b\"",
        "\"two\nlines\"",
        "\"he said \"\"x\"\"\"",
        "\"\"",
        "\"\n\"\"\n\""};
    for (std::size_t i = 0; i < rows; ++i) {
        const bool broken = random.below(200) == 0;
        text += fmt::format(
            "{},{},S{},S{},{:06},{},{}{}",
            notes[random.below(notes.size())],
            2000 + random.below(20),
            random.below(90),
            random.below(90),
            random.below(900),
            broken ? "x" : to_shortest(static_cast<double>(random.below(1'000'000)) / 64.0),
            random.below(3) == 0 ? "" : to_shortest(random.uniform()),
            random.below(2) == 0 ? "\n" : "\r\n"
        );
    }
    return text;
}

Rows slow_rows(const std::string& text) {
    ImportReport report;
    CsvReader reader = CsvReader::over("t", text, report);
    Rows rows;
    reader.next();
    while (reader.next()) {
        const auto f = reader.fields();
        const auto value = parse_decimal(f[5]);
        if (value) {
            rows.push_back(fmt::format(
                "{} {}<-{} {} {} {}",
                f[1],
                f[3],
                f[2],
                f[4],
                *value,
                f[6].empty() ? "?" : f[6]
            ));
        }
    }
    return rows;
}

TEST(FlowReader, AgreesWithASlowReaderOnRandomFiles) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const std::string text = random_flows(seed, 500);
        const Outcome outcome = read_text(text);
        ASSERT_TRUE(outcome.flows);
        EXPECT_EQ(rows_of(*outcome.flows), slow_rows(text)) << seed;
    }
}

TEST(FlowReader, ReadsManyBlocksInTheOrderOfTheFile) {
    const std::string text = random_flows(99, 80'000);  // several blocks
    const Outcome outcome = read_text(text);
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(rows_of(*outcome.flows), slow_rows(text));
    for (const Issue& issue : outcome.report.issues()) {
        if (issue.severity == Severity::error) {
            EXPECT_EQ(issue.value, "x");
        }
    }
}

std::string zstd(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
    return out;
}

TEST(FlowReader, ReadsZstdAndRefusesACutStream) {
    const std::string text = random_flows(3, 2'000);
    const std::string packed = zstd(text);
    const Outcome outcome = read_text(packed);
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(rows_of(*outcome.flows), slow_rows(text));
    EXPECT_FALSE(read_text(std::string_view(packed).substr(0, packed.size() / 2)).flows);
}

TEST(FlowReader, LeavesOutARecordThatIsTooLong) {
    FlowOptions options;
    options.longest_record = 1'000;
    std::string text = "note,year,exporter,importer,hs6,value\n,2020,A,B,854231,1\n\"";
    text += std::string(3U << 20U, 'x');
    text += "\n,2021,A,B,854231,2\n";
    const Outcome outcome = read_text(text, options);
    ASSERT_TRUE(outcome.flows);
    EXPECT_EQ(outcome.report.errors(), 1U);
}

TEST(RecordBounds, FindTheEndOfARecord) {
    struct Case {
        const char* name;
        std::string_view text;
        std::size_t at_least;
        std::size_t end;
    };

    constexpr std::size_t npos = std::string_view::npos;
    const std::vector<Case> cases{
        {"first line", "ab\ncd\n", 1, 3},
        {"at its last byte", "ab\ncd\n", 3, 3},
        {"behind it", "ab\ncd\n", 4, 6},
        {"line break in quotes", "\"a\nb\"\nc\n", 1, 6},
        {"doubled quotes", "\"a\"\"\nb\"\nc\n", 1, 8},
        {"a stray quote opens nothing", "a\"b\nc\n", 1, 4},
        {"never closed", "\"a\nb\n", 1, npos},
        {"no end", "abc", 1, npos},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(record_end(c.text, 0, c.at_least), c.end) << c.name;
    }
}

TEST(RecordBatches, GiveEveryByteOnceWhateverTheSizes) {
    const std::string text = random_flows(11, 300);
    for (const std::size_t batch : {std::size_t{256}, std::size_t{1'000}, std::size_t{100'000}}) {
        BatchSizes sizes;
        sizes.batch = batch;
        sizes.block = 100;
        sizes.longest_record = 200;
        RecordBatches batches(bytes_over(text), sizes);
        std::string again;
        RecordBatch current;
        do {
            auto next = batches.next(std::move(current));
            ASSERT_TRUE(next);
            current = *std::move(next);
            for (const std::string_view block : current.blocks) {
                again += block;
            }
            EXPECT_FALSE(current.too_long);
        } while (!current.last);
        EXPECT_EQ(again, text) << batch;
    }
}

using Key = std::tuple<unsigned, unsigned, unsigned, unsigned>;

struct Sums {
    double value = 0.0;
    double quantity = 0.0;
    std::uint32_t flows = 0;
    std::uint32_t known = 0;
};

std::map<Key, Sums> slow_totals(const model::FlowTable& flows, const FlowGrouping& by) {
    std::map<Key, Sums> totals;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        Sums& sums = totals[Key{
            by.year ? flows.year[i] : 0U,
            by.exporter ? flows.exporter[i] : 0U,
            by.importer ? flows.importer[i] : 0U,
            by.product ? flows.product[i] : 0U}];
        sums.value += flows.value[i];
        ++sums.flows;
        if (!std::isnan(flows.quantity[i])) {
            sums.quantity += flows.quantity[i];
            ++sums.known;
        }
    }
    return totals;
}

TEST(FlowTotals, AgreeWithASlowSumForEveryGrouping) {
    const Outcome outcome = read_text(random_flows(5, 20'000));
    ASSERT_TRUE(outcome.flows);
    for (unsigned mask = 0; mask < 16; ++mask) {
        const FlowGrouping by{
            (mask & 1U) != 0,
            (mask & 2U) != 0,
            (mask & 4U) != 0,
            (mask & 8U) != 0};
        const FlowTotals totals = aggregate_flows(*outcome.flows, by);
        const auto expected = slow_totals(*outcome.flows, by);
        ASSERT_EQ(totals.size(), expected.size()) << mask;
        std::size_t i = 0;
        for (const auto& [key, sums] : expected) {
            const Key found{
                by.year ? totals.year[i] : 0U,
                by.exporter ? totals.exporter[i] : 0U,
                by.importer ? totals.importer[i] : 0U,
                by.product ? totals.product[i] : 0U};
            EXPECT_EQ(found, key);
            EXPECT_EQ(totals.value[i], sums.value);  // the same order of sums: the same bits
            EXPECT_EQ(totals.flows[i], sums.flows);
            EXPECT_EQ(totals.quantity_known[i], sums.known);
            if (sums.known > 0) {
                EXPECT_EQ(totals.quantity[i], sums.quantity);
            } else {
                EXPECT_TRUE(std::isnan(totals.quantity[i]));
            }
            ++i;
        }
    }
}

TEST(FlowTotals, OfNothingAreNothing) {
    EXPECT_EQ(aggregate_flows({}, {.year = true, .product = true}).size(), 0U);
}

}  // namespace
}  // namespace adic::ingest
