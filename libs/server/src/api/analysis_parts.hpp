#pragma once

#include "api/call.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

inline constexpr std::array<std::string_view, 4> answer_formats{"json", "csv", "xlsx", "html"};

/// What the caller asks of an analysis. Errors: invalid_argument for a parameter that it does not
/// take, a path in place of a file's content, or another format.
Result<AnalysisQuestion> question_of(
    const Call& call,
    const Analysis& analysis,
    std::vector<GivenParameter> given,
    const std::string& format
);

/// A text, a number, or yes and no, as the words of a command line; empty: it is none of them.
std::optional<std::string> plain_value(const nlohmann::json& value);

/// An answer in its format. Pages of HTML have styles and charts of their own, and no scripts.
Response analysis_response(std::string body, const std::string& format);

}  // namespace adic::server
