#include "adic/base/plain_cell.hpp"
#include "adic/base/text.hpp"

#include "render/render.hpp"

#include <array>

namespace adic::cli {
namespace {

std::string quoted(std::string_view cell) {
    const std::string text = to_plain_cell(cell);
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char c : text) {
        result += c;
        if (c == '"') {
            result += '"';
        }
    }
    return result + '"';
}

struct Plain {
    std::string operator()(std::monostate) const { return {}; }

    std::string operator()(const std::string& text) const { return quoted(text); }

    std::string operator()(const Sentence& sentence) const { return quoted(sentence.text); }

    std::string operator()(const Words& words) const {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : ";") + word;
        }
        return quoted(text);
    }

    std::string operator()(double value) const { return to_shortest(value); }

    std::string operator()(std::uint64_t value) const { return std::to_string(value); }

    std::string operator()(bool value) const { return value ? "yes" : "no"; }

    std::string operator()(const Estimate& value) const { return to_shortest(value.likely()); }

    std::string operator()(const WholeNumber& value) const { return value.digits; }
};

/// The three cells of an estimate; all empty if it is not known.
std::array<std::string, 3> bounds(const Cell& cell) {
    if (const auto* estimate = std::get_if<Estimate>(&cell)) {
        return {
            to_shortest(estimate->low()),
            to_shortest(estimate->likely()),
            to_shortest(estimate->high())};
    }
    const std::string plain = std::visit(Plain{}, cell);
    return {plain, plain, plain};
}

class CsvLine {
  public:
    void add(std::string_view field) {
        text_ += is_first_ ? "" : ",";
        text_ += field;
        is_first_ = false;
    }

    std::string ended() && { return std::move(text_) + '\n'; }

  private:
    std::string text_;
    bool is_first_ = true;
};

std::string header(const Shape& shape) {
    CsvLine line;
    for (const Column& column : shape.columns) {
        if (column.in == In::table) {
            continue;
        }
        const std::string key{column.key};
        if (column.is_estimate) {
            line.add(key + "_low");
        }
        line.add(key);
        if (column.is_estimate) {
            line.add(key + "_high");
        }
    }
    return std::move(line).ended();
}

std::string line_of(const Row& row, const Shape& shape) {
    CsvLine line;
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (shape.columns[c].in == In::table) {
            continue;
        }
        if (!shape.columns[c].is_estimate) {
            line.add(std::visit(Plain{}, row[c]));
            continue;
        }
        for (const std::string& bound : bounds(row[c])) {
            line.add(bound);
        }
    }
    return std::move(line).ended();
}

}  // namespace

std::string to_csv(const Report& report) {
    if (report.sections.empty()) {
        return {};
    }
    const Shape& shape = *report.sections.front().shape;
    std::string text = header(shape);
    for (const Section& section : report.sections) {
        if (section.shape->name != shape.name) {
            continue;
        }
        for (const Row& row : section.rows) {
            text += line_of(row, shape);
        }
    }
    return text;
}

}  // namespace adic::cli
