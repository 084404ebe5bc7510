#include "adic/base/text.hpp"
#include "adic/ingest/sheet_writer.hpp"

#include "frame/scratch_folder.hpp"
#include "render/render.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace adic::cli {
namespace {

using ingest::PlainSheet;

struct Plain {
    std::string operator()(std::monostate) const { return {}; }

    std::string operator()(const std::string& text) const { return text; }

    std::string operator()(const Sentence& sentence) const { return sentence.text; }

    std::string operator()(const Words& words) const {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : "; ") + word;
        }
        return text;
    }

    std::string operator()(double value) const { return to_shortest(value); }

    std::string operator()(std::uint64_t value) const { return std::to_string(value); }

    std::string operator()(bool value) const { return value ? "yes" : "no"; }

    std::string operator()(const Estimate& value) const { return to_shortest(value.likely()); }

    std::string operator()(const WholeNumber& value) const { return value.digits; }
};

bool is_number(const Column& column) {
    return column.is_estimate
           || (column.show != Show::text && column.show != Show::word
               && column.show != Show::sentence);
}

PlainSheet sheet_for(const Shape& shape) {
    PlainSheet sheet{std::string(shape.name), {}, {}};
    for (const Column& column : shape.columns) {
        if (column.in == In::table) {
            continue;
        }
        const std::string key{column.key};
        if (column.is_estimate) {
            sheet.columns.push_back({key + "_low", true});
        }
        sheet.columns.push_back({key, is_number(column)});
        if (column.is_estimate) {
            sheet.columns.push_back({key + "_high", true});
        }
    }
    return sheet;
}

std::vector<std::string> cells_of(const Row& row, const Shape& shape) {
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (shape.columns[c].in == In::table) {
            continue;
        }
        const auto* estimate = std::get_if<Estimate>(&row[c]);
        const std::string likely = std::visit(Plain{}, row[c]);
        if (!shape.columns[c].is_estimate) {
            cells.push_back(likely);
            continue;
        }
        cells.push_back(estimate == nullptr ? likely : to_shortest(estimate->low()));
        cells.push_back(likely);
        cells.push_back(estimate == nullptr ? likely : to_shortest(estimate->high()));
    }
    return cells;
}

void add_meanings(const Shape& shape, PlainSheet& columns) {
    for (const Column& column : shape.columns) {
        if (column.in != In::table) {
            columns.rows.push_back(
                {std::string(shape.name), std::string(column.key), std::string(column.help)}
            );
        }
    }
}

PlainSheet notes_of(const Report& report) {
    PlainSheet notes{"notes", {{"note"}}, {}};
    const auto add = [&](const std::vector<Sentence>& sentences) {
        for (const Sentence& sentence : sentences) {
            notes.rows.push_back({sentence.text});
        }
    };
    add(report.introduction);
    for (const Section& section : report.sections) {
        add(section.notes);
    }
    add(report.notes);
    return notes;
}

std::vector<PlainSheet> sheets_of(const Report& report) {
    std::vector<PlainSheet> sheets;
    PlainSheet columns{"columns", {{"sheet"}, {"column"}, {"what"}}, {}};
    for (const Section& section : report.sections) {
        const Shape& shape = *section.shape;
        auto sheet = std::ranges::find(sheets, shape.name, &PlainSheet::name);
        if (sheet == sheets.end()) {
            sheets.push_back(sheet_for(shape));
            add_meanings(shape, columns);
            sheet = sheets.end() - 1;
        }
        for (const Row& row : section.rows) {
            sheet->rows.push_back(cells_of(row, shape));
        }
    }
    sheets.push_back(std::move(columns));
    sheets.push_back(notes_of(report));
    return sheets;
}

}  // namespace

Result<std::string> to_workbook(const Report& report, std::string_view title) {
    const Error no_room{ErrorCode::unavailable, "there is no room for the workbook", {}};
    const ScratchFolder scratch;
    if (scratch.path().empty()) {
        return no_room;
    }
    const std::filesystem::path file = scratch.path() / "answer.xlsx";
    if (auto problem = ingest::write_sheets(file, std::string(title), sheets_of(report))) {
        return *std::move(problem);
    }
    std::ifstream written(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << written.rdbuf();
    return written && bytes ? Result<std::string>(std::move(bytes).str()) : no_room;
}

}  // namespace adic::cli
