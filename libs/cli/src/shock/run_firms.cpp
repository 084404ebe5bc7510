#include "adic/app/shock_firms.hpp"
#include "adic/base/text.hpp"

#include "frame/report_issues.hpp"
#include "shock/firm_sections.hpp"
#include "shock/run_parts.hpp"

#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

Result<NamedPart> parse_part(std::string_view option, std::string_view text, double most) {
    const std::size_t sign = text.rfind('=');
    NamedPart named{std::string(trimmed(text.substr(0, sign)))};
    if (sign != std::string_view::npos) {
        const auto part = parse_decimal(trimmed(text.substr(sign + 1)));
        if (!part || *part < 0.0 || *part > most) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{}: '{}' has no number from 0 to {} after '='", option, text, most),
                {}};
        }
        named.part = *part;
    }
    return named;
}

}  // namespace

std::vector<std::string_view> parts_of_list(std::string_view list) {
    const bool has_semicolon = list.find(';') != std::string_view::npos;
    std::vector<std::string_view> parts = split(list, has_semicolon ? ';' : ',');
    if (has_semicolon && trimmed(parts.back()).empty()) {
        parts.pop_back();  // "a, b;" is the one name 'a, b'
    }
    return parts;
}

Result<std::vector<NamedPart>>
named_parts(std::string_view option, std::string_view list, double most) {
    std::vector<NamedPart> parts;
    for (const std::string_view text : parts_of_list(list)) {
        ADIC_TRY(NamedPart part, parse_part(option, text, most));
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<double> zero_or_more(const Invocation& words, std::string_view option) {
    constexpr double most = 1e6;
    return words.text(option) == "0" ? Result<double>(0.0) : words.number(option, 0.0, most);
}

Result<std::vector<NamedPart>> closed_parts(const Invocation& words) {
    if (!words.has("--close")) {
        return Error{ErrorCode::invalid_argument, "name what fails: --close NAME,...", {}};
    }
    return named_parts("--close", words.text("--close"), 1.0);
}

Result<Outcome> run_firms(const Invocation& words, const Session& /*session*/) {
    app::ShockFirmsRequest request;
    request.network = words.text("WHAT");
    ADIC_TRY(request.tolerance, words.number("--tolerance", 0.0, 1.0));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const std::vector<NamedPart> closed, closed_parts(words));
    for (const NamedPart& one : closed) {
        request.losses.push_back({one.name, one.part});
    }
    ADIC_TRY(const app::ShockFirmsAnswer answer, app::shock_firms(request));
    if (!answer.report.may_commit()) {
        return refused_input("The network cannot be used as it is.", answer.report);
    }
    return Outcome{Report{
        {size_of(answer.network)},
        {shock_section(answer, words.text("--close")), fallen_section(answer, top)},
        risk_remarks({answer.risk})}};
}

}  // namespace adic::cli
