#pragma once

#include "api/call.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

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

/// An answer in its format. Pages of HTML have styles and charts of their own, and no scripts.
Response analysis_response(std::string body, const std::string& format);

}  // namespace adic::server
