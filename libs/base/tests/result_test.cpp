#include "adic/base/result.hpp"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace adic {
namespace {

Result<int> half_of(int value) {
    if (value % 2 != 0) {
        return Error{ErrorCode::invalid_argument, "odd", "the detail"};
    }
    return value / 2;
}

Result<std::string> quarter_as_text(int value) {
    ADIC_TRY(const int half, half_of(value));
    ADIC_TRY(const int quarter, half_of(half));
    return std::to_string(quarter);
}

TEST(Result, HoldsTheValueOrTheReason) {
    EXPECT_EQ(*quarter_as_text(8), "2");
    const Result<std::string> none = quarter_as_text(6);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(none.error().message, "odd");
    EXPECT_EQ(none.error().detail, "the detail");
}

TEST(Result, ThrowsWhenTheWrongSideIsTaken) {
    EXPECT_THROW(static_cast<void>(*half_of(3)), std::bad_variant_access);
    EXPECT_THROW(static_cast<void>(half_of(4).error()), std::bad_variant_access);
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> held = std::make_unique<int>(5);
    const std::unique_ptr<int> taken = *std::move(held);
    EXPECT_EQ(*taken, 5);
}

TEST(ErrorTraits, HideThatARefusedRecordExists) {
    const ErrorTraits absent = traits(ErrorCode::not_found);
    const ErrorTraits refused = traits(ErrorCode::not_released);
    EXPECT_EQ(absent.name, refused.name);
    EXPECT_EQ(absent.http_status, refused.http_status);
    EXPECT_EQ(absent.exit_code, refused.exit_code);
}

TEST(ErrorTraits, NeverExitWithSuccess) {
    for (const ErrorCode code :
         {ErrorCode::invalid_argument,
          ErrorCode::not_found,
          ErrorCode::not_released,
          ErrorCode::conflict,
          ErrorCode::unavailable,
          ErrorCode::interrupted,
          ErrorCode::internal}) {
        EXPECT_GE(
            traits(code).exit_code,
            2
        );  // 1 is what a shell gives for a finding, not an error
        EXPECT_GE(traits(code).http_status, 400);
        EXPECT_FALSE(traits(code).name.empty());
    }
}

TEST(ErrorTraits, AreThoseOfTheirPage) {
    std::ifstream file(ADIC_SOURCE_DIR "/docs/reference/errors.md");
    std::ostringstream text;
    text << file.rdbuf();
    const std::string page = text.str();
    for (const ErrorCode code :
         {ErrorCode::invalid_argument,
          ErrorCode::not_found,
          ErrorCode::conflict,
          ErrorCode::unavailable,
          ErrorCode::interrupted,
          ErrorCode::internal}) {
        const ErrorTraits row = traits(code);
        const std::string cells = "| `" + std::string(row.name) + "` | "
                                  + std::to_string(row.exit_code) + " | "
                                  + std::to_string(row.http_status) + " |";
        EXPECT_NE(page.find(cells), std::string::npos) << cells;
    }
}

static_assert(!std::is_default_constructible_v<Result<int>>);

}  // namespace
}  // namespace adic
