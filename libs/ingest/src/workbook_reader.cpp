#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"

#include "map_rows.hpp"
#include "package_input.hpp"
#include "rules.hpp"
#include "workbook_zip.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::uint64_t last_sheet_row = 1'048'576;
constexpr std::size_t last_sheet_column = 16'384;
constexpr std::uint64_t largest_texts = std::uint64_t{256} << 20U;  // bytes of the shared texts

/// What all sheets share: texts, and which styles are dates.
struct Workbook {
    WorkbookZip zip;
    std::string texts;                     ///< the shared texts, one behind the other
    std::vector<std::uint64_t> text_ends;  ///< where each of them ends
    std::vector<bool> style_is_date;
    std::string file;
    Shown shown = Shown::not_at_all;
    bool counts_from_1904 = false;

    std::optional<std::string_view> text(std::uint64_t index) const {
        if (index >= text_ends.size()) {
            return std::nullopt;
        }
        const std::uint64_t begin = index == 0 ? 0 : text_ends[index - 1];
        return std::string_view(texts).substr(begin, text_ends[index] - begin);
    }
};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// The character of "_xHHHH_" at this place of a text, below 0x80; -1 if there is none.
int escaped_character(std::string_view text, std::size_t at) {
    constexpr std::size_t length = 7;
    if (text.size() - at < length || text[at] != '_' || text[at + 1] != 'x'
        || text[at + 6] != '_') {
        return -1;
    }
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = hex_digit(text[i]);
        value = digit < 0 || value < 0 ? -1 : value * 16 + digit;
    }
    return value < 0x80 ? value : -1;
}

/// Appends a text of a cell; control characters stand in it as "_x000D_".
void append_text(std::string& to, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int escaped = escaped_character(text, i);
        if (escaped >= 0) {
            to += static_cast<char>(escaped);
            i += 6;
        } else {
            to += text[i];
        }
    }
}

/// The text of an `si` or `is` element: one `t`, or one in each run.
void append_rich_text(std::string& to, const pugi::xml_node& element) {
    for (const pugi::xml_node child : element.children()) {
        if (local_name(child) == "t") {
            append_text(to, child.text().get());
        } else if (local_name(child) == "r") {
            append_text(to, child_of(child, "t").text().get());
        }
    }
}

/// Whether a number format shows a date or a time.
bool is_date_format(std::string_view format) {
    char until = '\0';
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (until != '\0') {
            until = c == until ? '\0' : until;
        } else if (c == '"') {
            until = '"';
        } else if (c == '[') {
            until = ']';  // a colour or a condition
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;  // the next character is shown as it is
        } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// Source: ECMA-376 part 1, 18.8.30: the formats that a file need not define.
bool is_built_in_date(unsigned format) {
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36)
           || (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

std::vector<bool> read_styles(const WorkbookZip& zip, const std::string& part) {
    std::vector<bool> is_date;
    const auto styles = zip.document(part);
    if (styles == nullptr) {
        return is_date;
    }
    const pugi::xml_node root = styles->document_element();
    std::map<unsigned, bool> formats;
    for (const pugi::xml_node format : child_of(root, "numFmts").children()) {
        const unsigned id = format.attribute("numFmtId").as_uint();
        formats[id] = is_date_format(format.attribute("formatCode").value());
    }
    for (const pugi::xml_node style : child_of(root, "cellXfs").children()) {
        const unsigned id = style.attribute("numFmtId").as_uint();
        const auto own = formats.find(id);
        is_date.push_back(own != formats.end() ? own->second : is_built_in_date(id));
    }
    return is_date;
}

/// Zero-based column of a reference such as "AB12"; empty if it is none.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') {
            break;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        if (column > last_sheet_column) {
            return std::nullopt;
        }
    }
    return column == 0 ? std::nullopt : std::optional{column - 1};
}

/// A stored number as the map package writes it: 0.34999999999999998 is 0.35.
std::string number_text(std::string_view stored) {
    const auto value = parse_decimal(stored);
    return value ? plain_number(*value) : std::string(stored);
}

/// The day of a number of days, with its time where it has one; empty for what is no day of the
/// calendar: a time alone, the 29th of February 1900, or a year of five digits.
/// Source: ECMA-376 part 1, 18.17.4.1: days count from 1900, where that day is counted, or from
///         1904.
std::optional<std::string> day_text(std::string_view stored, bool counts_from_1904) {
    using std::chrono::sys_days;
    constexpr double not_there = 60;
    constexpr double last_day = 2'958'466;
    constexpr double minutes_of_day = 1440;
    const auto number = parse_decimal(stored);
    if (!number || *number < (counts_from_1904 ? 0 : 1) || *number > last_day) {
        return std::nullopt;
    }
    auto day = static_cast<int>(*number);
    auto minute = static_cast<int>(std::round((*number - day) * minutes_of_day));
    day += minute / static_cast<int>(minutes_of_day);
    minute %= static_cast<int>(minutes_of_day);
    const bool is_not_there = !counts_from_1904 && day == static_cast<int>(not_there);
    const bool is_before = !counts_from_1904 && day < static_cast<int>(not_there);
    const sys_days start = counts_from_1904
                               ? sys_days{std::chrono::year{1904} / 1 / 1}
                               : sys_days{std::chrono::year{1899} / 12 / (is_before ? 31 : 30)};
    const std::chrono::year_month_day date{start + std::chrono::days{day}};
    if (is_not_there || date.year() > std::chrono::year{9999}) {
        return std::nullopt;
    }
    std::string text = model::to_text(model::Period{date, date});
    if (minute > 0) {
        text += fmt::format("T{:02}:{:02}", minute / 60, minute % 60);
    }
    return text;
}

struct CellProblem {
    const ImportRule* rule;
    std::size_t column;
    std::string value;
};

/// The rows of one sheet. Rows with a cell that cannot be read are reported and left out.
class SheetRows final : public TableRows {
  public:
    SheetRows(
        std::shared_ptr<const Workbook> workbook,
        const std::string& part,
        std::string file,
        ImportReport& report
    )
        : workbook_(std::move(workbook))
        , file_(std::move(file))
        , report_(&report)
        , size_(workbook_->zip.size_of(part))
        , rows_(workbook_->zip.part(part), "row") {}

    bool next() override {
        for (pugi::xml_node row = rows_.next(); row; row = rows_.next()) {
            if (!take_number(row)) {
                return false;
            }
            const bool is_read = take_cells(row);
            if (!is_read && header_.empty()) {
                return false;  // without the names of columns, the rows mean nothing
            }
            if (is_read && !fields_.empty()) {
                if (header_.empty()) {
                    header_.assign(fields_.begin(), fields_.end());
                }
                return true;
            }
        }
        if (rows_.is_broken()) {
            complain(rules::no_workbook, row_, {}, {}, "the sheet is damaged behind this row");
        }
        return false;
    }

    std::span<const std::string_view> fields() const override { return fields_; }

    std::uint64_t row() const override { return row_; }

    double done() const override {
        return size_ == 0
                   ? 1.0
                   : std::min(1.0, static_cast<double>(rows_.bytes()) / static_cast<double>(size_));
    }

  private:
    void complain(
        const ImportRule& rule,
        std::uint64_t row,
        std::string column,
        std::string value,
        std::string message
    ) {
        report_->add(
            {Severity::error,
             rule.id,
             file_,
             row,
             std::move(column),
             std::move(value),
             std::move(message)}
        );
    }

    /// The number of the row; false if rows are not in order, as no spreadsheet program writes
    /// them.
    bool take_number(const pugi::xml_node& row) {
        const auto stated = row.attribute("r");
        const auto number = stated ? parse_whole(stated.value()) : std::optional{row_ + 1};
        if (!number || *number <= row_ || *number > last_sheet_row) {
            complain(
                rules::no_workbook,
                row_,
                {},
                stated.value(),
                "the row after this one has no number"
            );
            return false;
        }
        row_ = *number;
        return true;
    }

    bool take_cells(const pugi::xml_node& row) {
        cells_.clear();
        problems_.clear();
        for (const pugi::xml_node cell : row.children()) {
            if (local_name(cell) == "c") {
                take_cell(cell);
            }
        }
        while (!cells_.empty() && cells_.back().empty()) {
            cells_.pop_back();
        }
        if (!cells_.empty() && cells_.size() < header_.size()) {
            cells_.resize(header_.size());
        }
        fields_.assign(cells_.begin(), cells_.end());
        for (const CellProblem& problem : problems_) {
            complain(
                *problem.rule,
                row_,
                name_of_column(problem.column),
                problem.value,
                sentence(*problem.rule)
            );
        }
        return problems_.empty();
    }

    std::string name_of_column(std::size_t column) const {
        if (column < header_.size()) {
            return header_[column];
        }
        std::string letters;
        for (std::size_t rest = column + 1; rest != 0; rest = (rest - 1) / 26) {
            letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
        }
        return letters;
    }

    void take_cell(const pugi::xml_node& cell) {
        const auto reference = cell.attribute("r");
        const auto column = reference ? column_of(reference.value()) : std::optional{cells_.size()};
        if (!column || *column < cells_.size() || *column >= last_sheet_column) {
            problems_.push_back({&rules::no_workbook, cells_.size(), reference.value()});
            return;
        }
        cells_.resize(*column + 1);
        std::string& text = cells_.back();
        const ImportRule* const problem = read_value(cell, text);
        if (problem == nullptr && !is_utf8(text)) {
            problems_.push_back({&rules::not_utf8, *column, {}});
        } else if (problem != nullptr) {
            problems_.push_back({problem, *column, std::exchange(text, {})});
        }
    }

    /// Puts the value of the cell into `text`. Gives the rule that it breaks, or null.
    const ImportRule* read_value(const pugi::xml_node& cell, std::string& text) const {
        const std::string_view type = cell.attribute("t").value();
        const std::string_view value = child_of(cell, "v").text().get();
        if (type == "inlineStr") {
            append_rich_text(text, child_of(cell, "is"));
            return nullptr;
        }
        if (value.empty()) {
            const bool is_formula = static_cast<bool>(child_of(cell, "f"));
            return is_formula && type != "str" ? &rules::no_result : nullptr;
        }
        if (type == "s") {
            const auto index = parse_whole(value);
            const auto shared = index ? workbook_->text(*index) : std::nullopt;
            text = shared.value_or(value);
            return shared ? nullptr : &rules::no_workbook;
        }
        return read_plain(cell, type, value, text);
    }

    const ImportRule* read_plain(
        const pugi::xml_node& cell,
        std::string_view type,
        std::string_view value,
        std::string& text
    ) const {
        const bool is_shown = workbook_->shown == Shown::as_in_program;
        if (type == "str") {
            append_text(text, value);
        } else if (type == "b") {
            text = value == "1" ? "TRUE" : "FALSE";
        } else if (type == "e") {
            text = value;
            return is_shown ? nullptr : &rules::error_cell;
        } else if (type == "d" || is_date(cell.attribute("s").as_uint())) {
            text = value;
            if (!is_shown) {
                return &rules::date_cell;
            }
            text = type == "d"
                       ? std::string(value)
                       : day_text(value, workbook_->counts_from_1904).value_or(number_text(value));
        } else {
            text = number_text(value);
        }
        return nullptr;
    }

    bool is_date(unsigned style) const {
        return style < workbook_->style_is_date.size() && workbook_->style_is_date[style];
    }

    std::shared_ptr<const Workbook> workbook_;
    std::string file_;
    ImportReport* report_;
    std::uint64_t size_;
    XmlElements rows_;
    std::uint64_t row_ = 0;
    std::vector<std::string> header_;
    std::vector<std::string> cells_;
    std::vector<std::string_view> fields_;
    std::vector<CellProblem> problems_;
};

/// Finds the parts of a workbook and opens its sheets.
class WorkbookOpener {
  public:
    WorkbookOpener(
        const std::filesystem::path& path,
        ImportReport& report,
        Shown shown = Shown::not_at_all
    )
        : path_(path)
        , file_(path.filename().string())
        , report_(&report)
        , shown_(shown) {}

    PackageInput open() {
        const auto opened = open_parts();
        PackageInput package;
        if (opened) {
            package.is_open = true;
            take_properties(opened->workbook->zip, package);
            for (const pugi::xml_node sheet : sheets_of(*opened)) {
                open_sheet(*opened, sheet, package);
            }
        }
        return package;
    }

    std::vector<SheetInput> open_all() {
        const auto opened = open_parts();
        std::vector<SheetInput> sheets;
        if (!opened) {
            return sheets;
        }
        for (const pugi::xml_node sheet : sheets_of(*opened)) {
            const std::string name = sheet.attribute("name").value();
            if (name == "read me") {
                continue;
            }
            std::string label = file_ + ", sheet " + name;
            if (auto rows = rows_in(*opened, sheet, label)) {
                sheets.push_back({name, std::move(label), std::move(rows)});
            } else {
                complain(rules::no_workbook);
            }
        }
        return sheets;
    }

  private:
    struct Parts {
        std::map<std::string, std::string> by_id;
        std::string texts;
        std::string styles;
    };

    struct Opened {
        std::shared_ptr<const Workbook> workbook;
        Parts parts;
        std::unique_ptr<pugi::xml_document> document;
    };

    /// Empty: reported.
    std::optional<Opened> open_parts() {
        WorkbookZip::Refusal why{};
        std::optional<WorkbookZip> zip = WorkbookZip::open(path_, why);
        if (!zip) {
            const bool is_large = why == WorkbookZip::Refusal::too_large;
            complain(is_large ? rules::workbook_too_large : rules::no_workbook);
            return std::nullopt;
        }
        auto workbook =
            std::make_shared<Workbook>(Workbook{*std::move(zip), {}, {}, {}, file_, shown_});
        const std::string part = main_part(workbook->zip);
        auto document = workbook->zip.document(part);
        Parts parts = related_parts(workbook->zip, part);
        if (document == nullptr || !read_texts(*workbook, parts)) {
            complain(rules::no_workbook);
            return std::nullopt;
        }
        workbook->style_is_date = read_styles(workbook->zip, parts.styles);
        workbook->counts_from_1904 =
            child_of(document->document_element(), "workbookPr").attribute("date1904").as_bool();
        return Opened{std::move(workbook), std::move(parts), std::move(document)};
    }

    static pugi::xml_object_range<pugi::xml_node_iterator> sheets_of(const Opened& opened) {
        return child_of(opened.document->document_element(), "sheets").children();
    }

    /// Null if the workbook lacks the part.
    std::unique_ptr<TableRows>
    rows_in(const Opened& opened, const pugi::xml_node& sheet, const std::string& label) const {
        const auto part = opened.parts.by_id.find(relation_of(sheet));
        if (part == opened.parts.by_id.end()
            || opened.workbook->zip.part(part->second) == nullptr) {
            return nullptr;
        }
        return std::make_unique<SheetRows>(opened.workbook, part->second, label, *report_);
    }

    void complain(const ImportRule& rule) {
        report_->add({Severity::error, rule.id, file_, 0, {}, {}, sentence(rule)});
    }

    /// A target is relative to the folder of the part that names it, or starts at the root with
    /// '/'.
    static std::string resolved(const std::string& part, const std::string& target) {
        if (target.starts_with('/')) {
            return target.substr(1);
        }
        const std::filesystem::path folder = std::filesystem::path(part).parent_path();
        return (folder / target).lexically_normal().generic_string();
    }

    static std::string main_part(const WorkbookZip& zip) {
        const auto relations = zip.document("_rels/.rels");
        if (relations != nullptr) {
            for (const pugi::xml_node relation : relations->document_element().children()) {
                if (std::string_view(relation.attribute("Type").value())
                        .ends_with("/officeDocument")) {
                    return resolved("", relation.attribute("Target").value());
                }
            }
        }
        return "xl/workbook.xml";
    }

    static Parts related_parts(const WorkbookZip& zip, const std::string& part) {
        const std::filesystem::path path(part);
        const auto relations = zip.document(
            (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string()
        );
        Parts parts;
        if (relations == nullptr) {
            return parts;
        }
        for (const pugi::xml_node relation : relations->document_element().children()) {
            const std::string target = resolved(part, relation.attribute("Target").value());
            const std::string_view type = relation.attribute("Type").value();
            parts.by_id[relation.attribute("Id").value()] = target;
            if (type.ends_with("/sharedStrings")) {
                parts.texts = target;
            } else if (type.ends_with("/styles")) {
                parts.styles = target;
            }
        }
        return parts;
    }

    static bool read_texts(Workbook& workbook, const Parts& parts) {
        if (parts.texts.empty()) {
            return true;
        }
        if (workbook.zip.size_of(parts.texts) > largest_texts) {
            return false;
        }
        XmlElements texts(workbook.zip.part(parts.texts), "si");
        for (pugi::xml_node text = texts.next(); text; text = texts.next()) {
            append_rich_text(workbook.texts, text);
            workbook.text_ends.push_back(workbook.texts.size());
        }
        return !texts.is_broken();
    }

    /// The map's name and title are the subject and title of the document.
    void take_properties(const WorkbookZip& zip, PackageInput& package) const {
        package.name = path_.stem().string();
        if (const auto core = zip.document("docProps/core.xml")) {
            const pugi::xml_node root = core->document_element();
            package.title = child_of(root, "title").text().get();
            const std::string_view subject = child_of(root, "subject").text().get();
            package.name = subject.empty() ? package.name : std::string(subject);
        }
    }

    void open_sheet(const Opened& opened, const pugi::xml_node& sheet, PackageInput& package) {
        const std::string name = sheet.attribute("name").value();
        if (name == "read me") {
            return;
        }
        const Table* const table = find_table(name);
        if (table == nullptr) {
            report_unknown_table(*report_, file_, name);
            return;
        }
        if (std::ranges::find(package.tables, table, &TableInput::table) != package.tables.end()) {
            complain(rules::table_twice);
            return;
        }
        std::string label = file_ + ", sheet " + name;
        auto rows = rows_in(opened, sheet, label);
        if (rows == nullptr) {
            complain(rules::no_workbook);
            package.unreadable.push_back(table);
            return;
        }
        package.tables.push_back({table, std::move(label), std::move(rows)});
    }

    /// The attribute r:id, whatever the prefix is called.
    static std::string relation_of(const pugi::xml_node& sheet) {
        for (const pugi::xml_attribute attribute : sheet.attributes()) {
            if (std::string_view(attribute.name()).ends_with(":id")) {
                return attribute.value();
            }
        }
        return {};
    }

    std::filesystem::path path_;
    std::string file_;
    ImportReport* report_;
    Shown shown_;
};

}  // namespace

PackageInput open_workbook(const std::filesystem::path& path, ImportReport& report) {
    return WorkbookOpener(path, report).open();
}

std::vector<SheetInput>
open_sheets(const std::filesystem::path& path, ImportReport& report, Shown shown) {
    return WorkbookOpener(path, report, shown).open_all();
}

}  // namespace adic::ingest
