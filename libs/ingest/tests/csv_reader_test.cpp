#include "adic/ingest/csv_reader.hpp"

#include "adic/base/random.hpp"
#include "adic/ingest/csv_writer.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace adic::ingest {
namespace {

using Records = std::vector<std::vector<std::string>>;

struct Outcome {
    Records records;
    std::vector<std::uint64_t> rows;
    ImportReport report;
};

Outcome read_all(std::string_view text, const CsvFormat& format = {}) {
    Outcome outcome;
    CsvReader reader = CsvReader::over("t.csv", text, outcome.report, format);
    while (reader.next()) {
        outcome.records.emplace_back(reader.fields().begin(), reader.fields().end());
        outcome.rows.push_back(reader.row());
    }
    return outcome;
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstd(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

TEST(CsvReader, ReadsWhatRfc4180Allows) {
    struct Case {
        std::string_view name;
        std::string_view text;
        Records expected;
    };

    const std::vector<Case> cases{
        {"nothing", "", {}},
        {"line ends LF, the last one missing", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        {"line ends CR LF", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a\n",
         {{"a"}}},
        {"empty fields", ",\n,,\n", {{"", ""}, {"", "", ""}}},
        {"empty lines are no records", "\n\r\na\n\n\nb\n\n", {{"a"}, {"b"}}},
        {"quotes", "\"a,b\",\"c\"\n", {{"a,b", "c"}}},
        {"doubled quotes", "\"say \"\"hi\"\"\",\"\"\"\"\n", {{"say \"hi\"", "\""}}},
        {"empty quoted field", "\"\"\n\"\",\n", {{""}, {"", ""}}},
        {"quoted line breaks are kept", "\"a\r\nb\",c\r\n", {{"a\r\nb", "c"}}},
        {"quoted at the very end", "x,\"y\"", {{"x", "y"}}},
        {"letters beyond ASCII", "Việt Nam,Côte d’Ivoire\n", {{"Việt Nam", "Côte d’Ivoire"}}},
        {"spaces belong to the field", " a , b\n", {{" a ", " b"}}},
    };
    for (const Case& c : cases) {
        const Outcome outcome = read_all(c.text);
        EXPECT_EQ(outcome.records, c.expected) << c.name;
        EXPECT_EQ(outcome.report.errors(), 0U) << c.name;
    }
}

TEST(CsvReader, TakesAnotherSeparator) {
    EXPECT_EQ(read_all("a;b,c\n", {.separator = ';'}).records, (Records{{"a", "b,c"}}));
    EXPECT_EQ(read_all("a\tb\n", {.separator = '\t'}).records, (Records{{"a", "b"}}));
}

TEST(CsvReader, NamesTheLineOnWhichARecordStarts) {
    const Outcome outcome = read_all("a\n\n\"b\nb\nb\",\"\n\"\nc\n");
    EXPECT_EQ(outcome.rows, (std::vector<std::uint64_t>{1, 3, 7}));
}

TEST(CsvReader, ReportsMalformedRecordsAndReadsOn) {
    struct Case {
        std::string_view name;
        std::string_view text;
        std::string_view rule;
        std::uint64_t row;
        Records expected;  ///< what is read all the same
    };

    using namespace std::string_view_literals;
    const std::vector<Case> cases{
        {"not UTF-8", "a\nb\xE9\nc\n", "CSV-002", 2, {{"a"}, {"c"}}},
        {"overlong UTF-8", "\xC0\xAF\nc\n", "CSV-002", 1, {{"c"}}},
        {"UTF-16",
         "\xFF\xFE"
         "a\0b\0"sv,
         "CSV-002",
         1,
         {}},
        {"unclosed quote", "a\nb,\"c\nd\n", "CSV-003", 2, {{"a"}}},
        {"quote inside a field", "a\nb\"c,d\ne\n", "CSV-004", 2, {{"a"}, {"e"}}},
        {"space before the quote", "a, \"b\"\nc\n", "CSV-004", 1, {{"c"}}},
        {"text after a closing quote", "\"a\"b,c\nd\n", "CSV-004", 1, {{"d"}}},
        {"NUL byte", "a\nb\0c\nd\n"sv, "CSV-005", 2, {{"a"}, {"d"}}},
        {"NUL byte in quotes", "\"b\0c\"\nd\n"sv, "CSV-005", 1, {{"d"}}},
        {"old line ends", "a\rb\nc\n", "CSV-006", 1, {{"c"}}},
    };
    for (const Case& c : cases) {
        const Outcome outcome = read_all(c.text);
        EXPECT_EQ(outcome.records, c.expected) << c.name;
        ASSERT_EQ(outcome.report.issues().size(), 1U) << c.name;
        EXPECT_EQ(outcome.report.issues()[0].rule, c.rule) << c.name;
        EXPECT_EQ(outcome.report.issues()[0].row, c.row) << c.name;
        EXPECT_EQ(outcome.report.issues()[0].file, "t.csv") << c.name;
    }
}

TEST(CsvReader, LeavesOutARecordThatIsTooLong) {
    const std::string long_line(100, 'x');
    const Outcome outcome = read_all("a\n" + long_line + "\nb\n", {.longest_record = 50});
    EXPECT_EQ(outcome.records, (Records{{"a"}, {"b"}}));
    ASSERT_EQ(outcome.report.issues().size(), 1U);
    EXPECT_EQ(outcome.report.issues()[0].rule, "CSV-007");
    EXPECT_EQ(outcome.report.issues()[0].row, 2U);
}

TEST(CsvReader, GoesOnBehindARecordLongerThanItsBuffer) {
    const std::string endless = "\"" + std::string(std::size_t{5} << 20U, 'x');
    const Outcome outcome = read_all("a\n" + endless + "\nb\nc\n");
    EXPECT_EQ(outcome.records.front(), std::vector<std::string>{"a"});
    EXPECT_EQ(outcome.records.back(), std::vector<std::string>{"c"});
    EXPECT_EQ(outcome.rows.back(), 4U);
    ASSERT_EQ(outcome.report.issues().size(), 1U);
    EXPECT_EQ(outcome.report.issues()[0].rule, "CSV-007");
}

TEST(CsvReader, ReadsCompressedBytesAsIfPlain) {
    const std::string first = "a,b\n1,\"x";
    const std::string second = "\ny\"\n3,4\n";
    const Records expected{{"a", "b"}, {"1", "x\ny"}, {"3", "4"}};
    EXPECT_EQ(read_all(gzip(first + second)).records, expected);
    EXPECT_EQ(read_all(zstd(first + second)).records, expected);
    EXPECT_EQ(read_all(gzip(first) + gzip(second)).records, expected) << "concatenated";
    EXPECT_EQ(read_all(zstd(first) + zstd(second)).records, expected) << "concatenated";
}

TEST(CsvReader, ReportsADamagedStreamAndKeepsWhatCameBefore) {
    std::string text;
    RandomStream random(7, 0);
    for (int i = 0; i < 20'000; ++i) {
        text += std::to_string(random.bits()) + ",x\n";
    }
    for (const std::string& whole : {gzip(text), zstd(text)}) {
        const Outcome cut = read_all(std::string_view(whole).substr(0, whole.size() / 2));
        ASSERT_EQ(cut.report.issues().size(), 1U);
        EXPECT_EQ(cut.report.issues()[0].rule, "CSV-001");
        EXPECT_NE(cut.report.issues()[0].message.find("truncated"), std::string::npos);
        EXPECT_EQ(cut.report.issues()[0].row, cut.records.size() + 1);
        for (const auto& record : cut.records) {
            EXPECT_EQ(record.size(), 2U) << "no half record";
        }

        std::string damaged = whole;
        damaged.resize(whole.size() - 4);
        damaged += "!!!!garbage behind the end";
        EXPECT_EQ(read_all(damaged).report.issues().at(0).rule, "CSV-001");
    }
    EXPECT_EQ(read_all(gzip("a\n") + "tail").report.issues().at(0).rule, "CSV-001");
}

TEST(CsvReader, StreamsAManyfoldExpansion) {
    const std::string bomb = gzip(std::string(std::size_t{8} << 20U, '\n') + "a\n");
    ASSERT_LT(bomb.size(), std::size_t{1} << 17U);
    const Outcome outcome = read_all(bomb);
    EXPECT_EQ(outcome.records, Records{{"a"}});
    EXPECT_EQ(outcome.rows.at(0), (std::uint64_t{8} << 20U) + 1);
}

TEST(CsvReader, RefusesWhatIsNoFile) {
    ImportReport report;
    const auto folder = std::filesystem::temp_directory_path();
    EXPECT_EQ(
        CsvReader::open(folder / "adic-no-such.csv", report).error().code,
        ErrorCode::not_found
    );
    EXPECT_EQ(CsvReader::open(folder, report).error().code, ErrorCode::unavailable);
}

TEST(CsvReader, ReadsAFileAndTellsHowFarItIs) {
    const auto path = std::filesystem::temp_directory_path() / "adic_csv_reader_test.csv";
    std::ofstream(path) << "a,b\n1,2\n";
    ImportReport report;
    Result<CsvReader> reader = CsvReader::open(path, report);
    ASSERT_TRUE(reader);
    CsvReader csv = *std::move(reader);
    EXPECT_EQ(csv.name(), "adic_csv_reader_test.csv");
    EXPECT_LT(csv.done(), 1.0);
    EXPECT_TRUE(csv.next());
    EXPECT_TRUE(csv.next());
    EXPECT_EQ(csv.fields()[1], "2");
    EXPECT_FALSE(csv.next());
    EXPECT_FALSE(csv.next());
    EXPECT_EQ(csv.done(), 1.0);
    std::filesystem::remove(path);
}

/// One of a few pieces that are awkward in CSV, so that small texts reach every state.
std::string awkward_text(RandomStream& random, std::size_t pieces) {
    constexpr std::string_view alphabet[] = {"a", ",", "\"", "\n", "\r\n", "é", "xyz", " ", "\"\""};
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) {
        text += alphabet[random.below(std::size(alphabet))];
    }
    return text;
}

TEST(CsvReader, ReadsBackWhateverTheWriterWrote) {
    for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
        RandomStream random(seed, 1);
        Records records(1 + random.below(5));
        std::ostringstream out;
        CsvWriter writer(out);
        for (auto& record : records) {
            for (std::uint64_t f = 0; f <= random.below(4); ++f) {
                record.push_back(awkward_text(random, random.below(12)));
            }
            const std::vector<std::string_view> fields(record.begin(), record.end());
            writer.write(fields);
        }
        const Outcome outcome = read_all(out.str());
        ASSERT_EQ(outcome.records, records) << out.str();
        ASSERT_EQ(outcome.report.errors(), 0U);
    }
}

/// RFC 4180 read letter by letter; no value for a text that breaks its rules.
std::pair<Records, bool> slow_read(const std::string& text) {
    Records records;
    std::vector<std::string> record(1);
    bool quoted = false;
    bool closed = false;
    bool touched = false;  // the line holds anything at all
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                record.back() += '"';
                ++i;
            } else if (c == '"') {
                quoted = false;
                closed = true;
            } else {
                record.back() += c;
            }
            continue;
        }
        if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
            i += c == '\r' ? 1 : 0;
            if (touched) {
                records.push_back(record);
            }
            record.assign(1, {});
            closed = touched = false;
            continue;
        }
        touched = true;
        if (c == ',') {
            record.emplace_back();
            closed = false;
        } else if (c == '"' && record.back().empty() && !closed) {
            quoted = true;
        } else if (c == '"' || c == '\r' || closed) {
            return {{}, false};
        } else {
            record.back() += c;
        }
    }
    if (touched) {
        records.push_back(record);
    }
    return {records, !quoted};
}

TEST(CsvReader, AgreesWithALetterByLetterReader) {
    std::size_t good = 0;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        RandomStream random(seed, 2);
        const std::string text = awkward_text(random, random.below(24));
        const auto [expected, is_valid] = slow_read(text);
        const Outcome outcome = read_all(text);
        ASSERT_EQ(outcome.report.may_commit(), is_valid) << text;
        if (is_valid) {
            ASSERT_EQ(outcome.records, expected) << text;
            ++good;
        }
    }
    EXPECT_GT(good, 2'000U);
}

TEST(CsvReader, GivesTheSameAcrossBlockBorders) {
    RandomStream random(11, 0);
    std::ostringstream out;
    CsvWriter writer(out);
    Records records;
    for (int i = 0; i < 60'000; ++i) {
        records.push_back({awkward_text(random, random.below(20)), std::to_string(i)});
        const std::vector<std::string_view> fields(records.back().begin(), records.back().end());
        writer.write(fields);
    }
    ASSERT_GT(out.str().size(), std::size_t{1} << 20U);
    EXPECT_EQ(read_all(out.str()).records, records);
}

}  // namespace
}  // namespace adic::ingest
