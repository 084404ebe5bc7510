#include "adic/base/text.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/map_tables.hpp"
#include "adic/ingest/sheet_writer.hpp"

#include "map_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <xlsxwriter.h>

namespace adic::ingest {
namespace {

constexpr std::uint64_t most_rows = 1'048'575;  // of a sheet, below the first
constexpr std::size_t longest_hint = 255;       // bytes of the text shown beside a cell
constexpr std::time_t no_time = 1'577'836'800;  // 2020-01-01: the same map gives the same bytes

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A text as a workbook stores it: what looks like "_x000D_" must not become a character.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const bool looks_escaped = rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_'
                                   && std::all_of(rest.begin() + 2, rest.begin() + 6, is_hex);
        out += looks_escaped ? "_x005F_" : std::string(1, text[i]);
    }
    return out;
}

/// The value, if the cell of a number column can be stored as one without loss. The library writes
/// sixteen digits; a number that needs seventeen is stored as text, and read back as it was.
std::optional<double> storable_number(const std::string& cell) {
    const auto value = parse_decimal(cell);
    if (!value) {
        return std::nullopt;
    }
    std::array<char, 40> stored{};
    std::snprintf(stored.data(), stored.size(), "%.16G", *value);
    return parse_decimal(stored.data()) == value ? value : std::nullopt;
}

/// Which cells of a table hold numbers, in the order of `cell_names`.
std::vector<bool> number_cells(const Table& table) {
    std::vector<bool> is_number;
    for (const Column& column : table.columns) {
        const bool number = column.kind == CellKind::whole || column.kind == CellKind::number
                            || column.kind == CellKind::estimate;
        is_number.insert(is_number.end(), column.kind == CellKind::estimate ? 3 : 1, number);
    }
    return is_number;
}

/// A workbook that is written beside its place and moved there when it is complete.
class WorkbookFile {
  public:
    WorkbookFile(std::filesystem::path place, bool is_large) : place_(std::move(place)) {
        // The name only has to be free; nothing that is written depends on it.
        temporary_ = place_;
        temporary_ += ".writing-" + std::to_string(std::random_device{}());
        lxw_workbook_options options{};
        options.constant_memory = is_large ? LXW_TRUE : LXW_FALSE;
        workbook_ = workbook_new_opt(temporary_.c_str(), &options);
    }

    WorkbookFile(const WorkbookFile&) = delete;
    WorkbookFile& operator=(const WorkbookFile&) = delete;
    WorkbookFile(WorkbookFile&&) = delete;
    WorkbookFile& operator=(WorkbookFile&&) = delete;

    ~WorkbookFile() {
        if (workbook_ != nullptr) {
            workbook_close(workbook_);
        }
        std::error_code error;
        std::filesystem::remove(temporary_, error);
    }

    lxw_workbook* get() const { return workbook_; }

    void set_properties(std::string title, std::string subject) {
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.subject = subject.data();
        properties.created = no_time;
        workbook_set_properties(workbook_, &properties);
    }

    /// Whether the file is now whole in its place.
    bool finish() {
        std::error_code error;
        const bool is_written =
            workbook_ != nullptr
            && workbook_close(std::exchange(workbook_, nullptr)) == LXW_NO_ERROR;
        if (is_written) {
            std::filesystem::rename(temporary_, place_, error);
        }
        return is_written && !error;
    }

  private:
    std::filesystem::path place_;
    std::filesystem::path temporary_;
    lxw_workbook* workbook_ = nullptr;
};

Error disk_failed(const std::filesystem::path& path) {
    return Error{ErrorCode::unavailable, path.string() + " could not be written", {}};
}

// --- how sheets look ----------------------------------------------------------------------------

struct Looks {
    lxw_format* must;
    lxw_format* may;
    lxw_format* text;
    lxw_format* title;
    lxw_format* wrapped;
    lxw_format* top;
    lxw_format* example;
};

Looks make_looks(lxw_workbook* workbook) {
    constexpr lxw_color_t dark_blue = 0x1F3864;
    constexpr lxw_color_t pale_blue = 0xD9E2F3;
    constexpr lxw_color_t grey = 0x808080;
    constexpr lxw_color_t white = 0xFFFFFF;
    Looks looks{};
    for (lxw_format** format :
         {&looks.must,
          &looks.may,
          &looks.text,
          &looks.title,
          &looks.wrapped,
          &looks.top,
          &looks.example}) {
        *format = workbook_add_format(workbook);
    }
    format_set_bold(looks.must);
    format_set_bg_color(looks.must, dark_blue);
    format_set_font_color(looks.must, white);
    format_set_bg_color(looks.may, pale_blue);
    format_set_num_format(looks.text, "@");
    format_set_bold(looks.title);
    constexpr double title_size = 14;
    format_set_font_size(looks.title, title_size);
    format_set_text_wrap(looks.wrapped);
    for (lxw_format* const format : {looks.wrapped, looks.top, looks.example}) {
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    format_set_italic(looks.example);
    format_set_font_color(looks.example, grey);
    return looks;
}

/// Holds the first row in sight and makes what is printed as wide as the paper.
void set_up_page(lxw_worksheet* sheet) {
    constexpr std::uint8_t a4 = 9;
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_paper(sheet, a4);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
}

/// How many characters a UTF-8 text shows, near enough for the width of a column.
std::size_t characters_of(std::string_view text) {
    constexpr unsigned char mask = 0xC0;
    constexpr unsigned char continuation = 0x80;
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & mask) != continuation;
    }));
}

// --- a map --------------------------------------------------------------------------------------

struct Place {
    std::uint32_t row;
    std::uint16_t column;
};

/// False if the text is longer than a cell.
bool put_text(lxw_worksheet* sheet, Place place, std::string_view text, lxw_format* format) {
    if (text.size() > longest_cell) {
        return false;
    }
    return worksheet_write_string(sheet, place.row, place.column, escaped(text).c_str(), format)
           == LXW_NO_ERROR;
}

/// The first cell of a column.
struct Head {
    std::string name;
    bool is_number;
    bool is_must;
};

std::vector<Head> heads_of(const Table& table) {
    const std::vector<std::string> names = cell_names(table);
    const std::vector<bool> is_number = number_cells(table);
    std::vector<Head> heads;
    for (const Column& column : table.columns) {
        const std::size_t cells = column.kind == CellKind::estimate ? 3 : 1;
        for (std::size_t i = 0; i < cells; ++i) {
            const std::size_t place = heads.size();
            heads.push_back({names[place], is_number[place], column.must == Must::yes});
        }
    }
    return heads;
}

/// Writes one table as a sheet: its first row looks as in the template, columns are as wide as what
/// stands in them.
class SheetWriter {
  public:
    SheetWriter(lxw_worksheet* sheet, std::span<const Head> heads, const Looks& looks)
        : sheet_(sheet)
        , looks_(&looks) {
        set_up_page(sheet);
        for (const Head& head : heads) {
            lxw_format* const look = head.is_must ? looks.must : looks.may;
            put_text(sheet, {0, static_cast<std::uint16_t>(widths_.size())}, head.name, look);
            widths_.push_back(characters_of(head.name));
            is_number_.push_back(head.is_number);
        }
    }

    void write(std::span<const std::string> cells) {
        ++rows_;
        if (rows_ > most_rows) {
            return;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) {
                write(static_cast<std::uint16_t>(i), cells[i]);
                widths_[i] = std::max(widths_[i], characters_of(cells[i]));
            }
        }
    }

    /// Sets what hangs on all rows. What a person types into a text column stays text.
    void finish() {
        constexpr std::size_t widest = 48;
        constexpr double margin = 2;
        for (std::uint16_t i = 0; i < widths_.size(); ++i) {
            const double width = static_cast<double>(std::min(widths_[i], widest)) + margin;
            worksheet_set_column(sheet_, i, i, width, is_number_[i] ? nullptr : looks_->text);
        }
        const auto last = static_cast<std::uint16_t>(widths_.size() - 1);
        const auto rows = static_cast<std::uint32_t>(std::min(rows_, most_rows));
        worksheet_autofilter(sheet_, 0, 0, rows, last);
    }

    std::uint64_t rows() const { return rows_; }

    bool is_too_long() const { return rows_ > most_rows || has_long_text_; }

  private:
    void write(std::uint16_t column, const std::string& cell) {
        const auto row = static_cast<std::uint32_t>(rows_);
        const auto number = is_number_[column] ? storable_number(cell) : std::nullopt;
        if (number) {
            worksheet_write_number(sheet_, row, column, *number, nullptr);
        } else if (!put_text(sheet_, {row, column}, cell, nullptr)) {
            has_long_text_ = true;
        }
    }

    lxw_worksheet* sheet_;
    const Looks* looks_;
    std::vector<bool> is_number_;
    std::vector<std::size_t> widths_;  ///< in characters, by column
    std::uint64_t rows_ = 0;
    bool has_long_text_ = false;
};

bool has_rows(const model::SupplyMap& map, const Table& table) {
    bool found = table.must == Must::yes;
    for_each_row(map, table, [&](std::span<const std::string> /*cells*/) { found = true; });
    return found;
}

// --- the template -------------------------------------------------------------------------------

std::string without_ticks(std::string_view text) {
    std::string plain(text);
    std::erase(plain, '`');
    return plain;
}

/// What a column says of itself beside each of its cells.
std::string hint_of(const Column& column) {
    std::string hint = without_ticks(column.help);
    if (column.must == Must::yes) {
        hint += " (must have a value)";
    }
    if (column.kind == CellKind::estimate) {
        hint += " Only the middle cell, or all three.";
    }
    return hint.substr(0, longest_hint);
}

void add_validation(lxw_worksheet* sheet, std::uint16_t cell, const Column& column) {
    std::vector<std::string> words;
    std::vector<char*> list;
    for (const std::string_view word : split(column.words, '|')) {
        words.emplace_back(word);
    }
    for (std::string& word : words) {
        list.push_back(word.data());
    }
    list.push_back(nullptr);
    std::string title(column.name);
    std::string hint = hint_of(column);
    std::string error = "Choose one of the list.";
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_ANY;
    validation.input_title = title.data();
    validation.input_message = hint.data();
    if (!column.words.empty()) {
        validation.validate = LXW_VALIDATION_TYPE_LIST;
        validation.value_list = list.data();
        validation.error_message = error.data();
    }
    worksheet_data_validation_range(sheet, 1, cell, most_rows, cell, &validation);
}

void add_empty_sheet(lxw_workbook* workbook, const Table& table, const Looks& looks) {
    constexpr double width = 18;
    const std::string name(table.name);
    lxw_worksheet* const sheet = workbook_add_worksheet(workbook, name.c_str());
    set_up_page(sheet);
    std::uint16_t cell = 0;
    const std::vector<std::string> names = cell_names(table);
    for (const Column& column : table.columns) {
        const bool is_number = column.kind == CellKind::whole || column.kind == CellKind::number
                               || column.kind == CellKind::estimate;
        const int cells = column.kind == CellKind::estimate ? 3 : 1;
        for (int i = 0; i < cells; ++i) {
            lxw_format* const look = column.must == Must::yes ? looks.must : looks.may;
            worksheet_set_column(sheet, cell, cell, width, is_number ? nullptr : looks.text);
            worksheet_write_string(sheet, 0, cell, names[cell].c_str(), look);
            worksheet_write_comment(sheet, 0, cell, hint_of(column).c_str());
            add_validation(sheet, cell, column);
            ++cell;
        }
    }
}

constexpr std::array<std::string_view, 10> introduction{
    "A supply map for adic",
    "Each sheet is a table; its first row names the columns. Fill in the sheets that you need: "
    "sources, "
    "states and items are always needed, sheets that you leave empty do no harm.",
    "Dark columns must have a value in every row. An empty cell means 'not known', never zero.",
    "Numbers have a decimal point, no thousands separator and no unit. Shares and probabilities "
    "are "
    "parts of one: 0.35, not 35 and not 35 %.",
    "Three columns x_low, x, x_high are one figure and its bounds: fill in only x if it is known "
    "exactly, all three if it is known within bounds, none if it is not known.",
    "Periods are text: 2024, 2024-06, 2024-06-30, or two as 2016/2020. If the program turns one "
    "into a "
    "date, format the cell as text and type it again.",
    "Every figure names a row of the sheet sources; your own judgement is a source too (confidence "
    "D).",
    "A record belongs to its owner, and only the states and blocs in release may see it; public "
    "means "
    "everybody.",
    "Check the file with: adic check map.xlsx",
    "",
};

std::string example_of(const Column& column) {
    std::string example(column.example);
    if (column.kind == CellKind::estimate) {
        std::ranges::replace(example, '|', ' ');
    }
    return std::string(trimmed(example));
}

void add_read_me(lxw_workbook* workbook, const Looks& looks) {
    lxw_worksheet* const sheet = workbook_add_worksheet(workbook, "read me");
    constexpr std::array<double, 5> widths{16, 20, 10, 90, 34};
    constexpr double margin = 4;        // characters that a broken line may lose
    constexpr double line_height = 15;  // points, of the standard font
    constexpr std::array<const char*, 5> heads{"sheet", "column", "must", "what", "example"};
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    std::uint32_t row = 0;
    for (const std::string_view line : introduction) {
        put_text(sheet, {row, 0}, line, row == 0 ? looks.title : nullptr);
        ++row;
    }
    for (std::uint16_t i = 0; i < widths.size(); ++i) {
        worksheet_set_column(sheet, i, i, widths[i], nullptr);
        worksheet_write_string(sheet, row, i, heads[i], looks.must);
    }
    for (const Table& table : map_tables()) {
        for (const Column& column : table.columns) {
            ++row;
            put_text(sheet, {row, 0}, table.name, looks.top);
            put_text(sheet, {row, 1}, column.name, looks.top);
            put_text(sheet, {row, 2}, column.must == Must::yes ? "yes" : "", looks.top);
            const std::string help = without_ticks(column.help);
            put_text(sheet, {row, 3}, help, looks.wrapped);
            // Not every program makes room for a broken text by itself.
            const double lines = std::ceil(static_cast<double>(help.size()) / (widths[3] - margin));
            worksheet_set_row(sheet, row, line_height * std::max(1.0, lines), nullptr);
            put_text(sheet, {row, 4}, example_of(column), looks.example);
        }
    }
}

}  // namespace

Result<MapCounts>
write_map_workbook(const model::SupplyMap& map, const std::filesystem::path& path) {
    WorkbookFile file(path, true);
    if (file.get() == nullptr) {
        return disk_failed(path);
    }
    file.set_properties(map.title, map.name);
    const Looks looks = make_looks(file.get());
    MapCounts counts;
    for (const Table& table : map_tables()) {
        if (!has_rows(map, table)) {
            continue;
        }
        const std::string name(table.name);
        lxw_worksheet* const sheet = workbook_add_worksheet(file.get(), name.c_str());
        SheetWriter writer(sheet, heads_of(table), looks);
        for_each_row(map, table, [&](std::span<const std::string> cells) { writer.write(cells); });
        writer.finish();
        if (writer.is_too_long()) {
            return Error{
                ErrorCode::invalid_argument,
                "the table " + name + " does not fit into a sheet (1,048,575 rows, 32,767 bytes in a "
                "cell); write a folder with CSV tables instead",
                {}};
        }
        counts.push_back({table.name, writer.rows()});
    }
    return file.finish() ? Result<MapCounts>(std::move(counts)) : disk_failed(path);
}

Result<std::filesystem::path> write_template(const std::filesystem::path& path) {
    WorkbookFile file(path, false);
    if (file.get() == nullptr) {
        return disk_failed(path);
    }
    file.set_properties({}, {});
    const Looks looks = make_looks(file.get());
    add_read_me(file.get(), looks);
    for (const Table& table : map_tables()) {
        add_empty_sheet(file.get(), table, looks);
    }
    return file.finish() ? Result<std::filesystem::path>(path) : disk_failed(path);
}

std::optional<Error> write_sheets(
    const std::filesystem::path& path,
    const std::string& title,
    const std::vector<PlainSheet>& sheets
) {
    WorkbookFile file(path, true);
    if (file.get() == nullptr) {
        return disk_failed(path);
    }
    file.set_properties(title, {});
    const Looks looks = make_looks(file.get());
    for (const PlainSheet& plain : sheets) {
        std::vector<Head> heads;
        for (const PlainSheet::Column& column : plain.columns) {
            heads.push_back({column.name, column.is_number, false});
        }
        lxw_worksheet* const sheet = workbook_add_worksheet(file.get(), plain.name.c_str());
        SheetWriter writer(sheet, heads, looks);
        for (const std::vector<std::string>& row : plain.rows) {
            writer.write(row);
        }
        writer.finish();
        if (writer.is_too_long()) {
            return Error{
                ErrorCode::invalid_argument,
                "the sheet " + plain.name
                    + " does not fit: a sheet has 1,048,575 rows, a cell 32,767 bytes",
                {}};
        }
    }
    return file.finish() ? std::nullopt : std::optional{disk_failed(path)};
}

}  // namespace adic::ingest
