#include "render/figures.hpp"

#include "adic/app/words.hpp"

#include "render/text_width.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

/// Digits in groups of three with a space, as ISO 80000-1 has it.
std::string grouped(std::string_view digits) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            result += ' ';
        }
        result += digits[i];
    }
    return result;
}

/// "69" of "69 %".
std::string without_unit(std::string text) {
    text.erase(text.rfind(' '));
    return text;
}

std::string number(double value, const Column& column) {
    switch (column.show) {
    case Show::share: return without_unit(app::percent(value));
    case Show::significant: return fmt::format("{:.{}g}", value, column.decimals);
    case Show::text:
    case Show::word:
    case Show::sentence:
    case Show::count:
    case Show::number: return fmt::format("{:.{}f}", value, column.decimals);
    }
    return {};
}

std::string with_unit(std::string figure, const Column& column) {
    return column.show == Show::share ? figure + " %" : figure;
}

struct Display {
    const Column& column;

    std::string operator()(std::monostate) const { return "-"; }

    std::string operator()(const std::string& text) const { return printable(text); }

    std::string operator()(const Sentence& sentence) const { return printable(sentence.text); }

    std::string operator()(const Words& words) const {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : ", ") + word;
        }
        return printable(text);
    }

    std::string operator()(double value) const { return with_unit(number(value, column), column); }

    std::string operator()(std::uint64_t value) const { return grouped(std::to_string(value)); }

    std::string operator()(const WholeNumber& value) const { return grouped(value.digits); }

    std::string operator()(bool value) const { return value ? "yes" : "no"; }

    std::string operator()(const Estimate& value) const {
        const std::string likely = with_unit(number(value.likely(), column), column);
        const std::string low = number(value.low(), column);
        const std::string high = number(value.high(), column);
        return low == high ? likely : fmt::format("{} ({}-{})", likely, low, high);
    }
};

}  // namespace

std::string to_display(const Cell& cell, const Column& column) {
    return std::visit(Display{column}, cell);
}

bool is_figure(const Column& column) {
    return column.show != Show::text && column.show != Show::word && column.show != Show::sentence;
}

}  // namespace adic::cli
