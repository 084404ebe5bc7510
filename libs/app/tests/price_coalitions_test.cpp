#include "adic/app/price_coalitions.hpp"

#include <filesystem>
#include <stop_token>

#include <gmock/gmock.h>

namespace adic::app {
namespace {

/// The purchase that comes with the program.
procure::AwardProblem sample() {
    std::map<std::string, std::string, std::less<>> tables;
    for (const procure::AwardTable& table : procure::list_award_tables()) {
        tables.emplace(table.file, table.example);
    }
    ingest::ImportReport report;
    return procure::parse_award_problem(tables, report);
}

TEST(PriceCoalitions, GoOnFromACheckpointWithTheSameBytes) {
    const auto file = std::filesystem::temp_directory_path() / "adic-price-coalitions.checkpoint";
    std::filesystem::remove(file);
    const auto whole = price_coalitions(sample(), 1e-9, {.threads = 2});
    ASSERT_TRUE(whole) << whole.error().message;
    std::stop_source source;
    Computing computing{.threads = 1, .stop = source.get_token(), .checkpoint = file};
    computing.progress = [&](std::string_view, double) { source.request_stop(); };
    const auto stopped = price_coalitions(sample(), 1e-9, computing);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
    EXPECT_THAT(stopped.error().message, testing::HasSubstr("results are computed and kept in"));
    const auto again = price_coalitions(sample(), 1e-9, {.threads = 1, .checkpoint = file});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, *whole);
    const auto other = price_coalitions(sample(), 0.5, {.threads = 1, .checkpoint = file});
    EXPECT_FALSE(other) << "a checkpoint of another question";
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace adic::app
