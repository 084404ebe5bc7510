#include "flow_block.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "record_bounds.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr double largest_amount = 1e18;  ///< so that no sum of flows overflows
constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_code_character(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/// Ten to the powers that a double holds exactly.
constexpr std::array exact_powers{
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/// A decimal number without sign and exponent of at most 15 digits; empty for any other, which
/// `parse_decimal` takes. Both give the double nearest to the text: up to 2^53 the digits and the
/// power of ten are exact, so that their quotient is rounded once.
/// Source: Clinger (1990), "How to read floating point numbers accurately", PLDI.
std::optional<double> parse_plain_decimal(std::string_view text) {
    constexpr std::size_t exact_digits = 15;
    if (text.empty() || text.size() > exact_digits + 1) {
        return std::nullopt;
    }
    std::uint64_t digits = 0;
    std::size_t point = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            digits = digits * 10 + static_cast<std::uint64_t>(text[i] - '0');
        } else if (text[i] == '.' && point == text.size()) {
            point = i;
        } else {
            return std::nullopt;
        }
    }
    if (point == text.size()) {
        return text.size() > exact_digits ? std::nullopt
                                          : std::optional{static_cast<double>(digits)};
    }
    const std::size_t decimals = text.size() - point - 1;
    // A number must have a digit on both sides of its point, as in RFC 8259.
    if (point == 0 || decimals == 0) {
        return std::nullopt;
    }
    return static_cast<double>(digits) / exact_powers[decimals];
}

std::optional<double> parse_amount(std::string_view text) {
    if (const auto plain = parse_plain_decimal(text)) {
        return plain;
    }
    const auto amount = parse_decimal(trimmed(text));
    return amount && *amount >= 0.0 && *amount <= largest_amount ? amount : std::nullopt;
}

std::optional<std::uint16_t> parse_year(std::string_view text) {
    const std::string_view year = trimmed(text);
    if (year.size() != 4 || !std::all_of(year.begin(), year.end(), is_digit)) {
        return std::nullopt;
    }
    unsigned value = 0;
    for (const char c : year) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return static_cast<std::uint16_t>(value);
}

/// The packed code of a state; 0 if it is none.
std::uint64_t parse_state(std::string_view text) {
    const std::string_view code = trimmed(text);
    const bool well_formed = !code.empty() && code.size() <= CodeTable::longest_code
                             && std::all_of(code.begin(), code.end(), is_code_character);
    return well_formed ? packed_code(code) : 0;
}

/// The records of one block, one after the other.
class BlockReader {
  public:
    BlockReader(std::string_view text, const FlowSettings& settings, FlowBlock& block)
        : rest_(text)
        , settings_(settings)
        , block_(block)
        , fields_(settings.layout.columns) {}

    void read_all() {
        while (!rest_.empty()) {
            record_line_ = block_.lines + 1;
            if (split_record()) {
                take_record();
            }
        }
    }

  private:
    struct Row {
        std::uint16_t year = 0;
        std::uint64_t exporter = 0;
        std::uint64_t importer = 0;
        std::uint64_t product = 0;
        double value = 0.0;
        double quantity = not_known;
    };

    /// Cuts the next record into its fields; false if there is none to take.
    bool split_record();
    std::optional<std::size_t> split_plain();
    void end_line(std::string_view text);
    bool split_with_csv_reader();
    bool has_all_columns(std::size_t found);

    void take_record();
    bool is_wanted();
    void keep(const Row& row);

    bool read_year(Row& row);
    bool read_states(Row& row);
    bool read_product(Row& row);
    bool read_amounts(Row& row);

    std::string_view text_of(FlowField field) const {
        const auto column = settings_.layout.column(field);
        return column ? fields_[*column] : std::string_view{};
    }

    void complain(FlowField field, std::string message);
    void complain_about_record(std::string message);
    void keep_issue(Issue issue);

    std::string_view rest_;
    const FlowSettings& settings_;
    FlowBlock& block_;
    std::vector<std::string_view> fields_;
    std::string unquoted_;  ///< holds the fields of a record that CsvReader took apart
    std::uint64_t record_line_ = 0;
};

/// The field at the start of a text, and what follows it.
struct PlainField {
    std::string_view text;
    std::size_t length;  ///< with its quotes
};

/// Empty if the field has a quote that does more than enclose it: then the full rules are needed.
std::optional<PlainField> plain_field(std::string_view text) {
    if (text.starts_with('"')) {
        std::size_t last = 1;
        while (last < text.size() && text[last] != '"' && text[last] != '\n') {
            ++last;
        }
        if (last == text.size() || text[last] == '\n') {
            return std::nullopt;
        }
        return PlainField{text.substr(1, last - 1), last + 1};
    }
    std::size_t last = 0;
    while (last < text.size() && text[last] != ',' && text[last] != '\n' && text[last] != '"') {
        ++last;
    }
    const bool line_end = last == text.size() || text[last] == '\n';
    const std::size_t length = line_end && last > 0 && text[last - 1] == '\r' ? last - 1 : last;
    return PlainField{text.substr(0, length), length};
}

bool ends_line(std::string_view text) {
    return text.empty() || text.front() == '\n' || text == "\r" || text.starts_with("\r\n");
}

/// Cuts the record at the start of the text into its fields and takes it, with its line break, off
/// the text; gives how many fields there are. Empty, and nothing is taken, if the full rules of
/// quotes are needed.
std::optional<std::size_t> BlockReader::split_plain() {
    std::string_view text = rest_;
    for (std::size_t found = 0;; ++found) {
        const auto field = plain_field(text);
        if (!field) {
            return std::nullopt;
        }
        if (found < fields_.size()) {
            fields_[found] = field->text;
        }
        text.remove_prefix(field->length);
        if (ends_line(text)) {
            end_line(text);
            return found + 1;
        }
        if (text.front() != ',') {
            return std::nullopt;
        }
        text.remove_prefix(1);
    }
}

/// Goes on behind the line break at the start of the text.
void BlockReader::end_line(std::string_view text) {
    const std::size_t length = text.starts_with('\r') ? 2 : 1;
    rest_ = text.substr(std::min(length, text.size()));
    ++block_.lines;
}

bool BlockReader::split_record() {
    const auto found = split_plain();
    if (!found) {
        return split_with_csv_reader();
    }
    if (*found == 1 && fields_[0].empty()) {
        return false;  // an empty line
    }
    return has_all_columns(*found);
}

bool BlockReader::has_all_columns(std::size_t found) {
    if (found == fields_.size()) {
        return true;
    }
    complain_about_record(fmt::format("{} columns; the header has {}", found, fields_.size()));
    return false;
}

bool BlockReader::split_with_csv_reader() {
    const std::string_view record = rest_.substr(0, record_end(rest_, 0, 1));
    rest_.remove_prefix(record.size());
    const auto lines = static_cast<std::uint64_t>(std::count(record.begin(), record.end(), '\n'));
    block_.lines += lines + (record.ends_with('\n') ? 0U : 1U);

    ImportReport report;
    CsvReader reader = CsvReader::over(settings_.file, record, report);
    const bool read = reader.next();
    for (Issue issue : report.issues()) {
        issue.row += record_line_ - 1;
        keep_issue(std::move(issue));
    }
    if (!read) {
        return false;
    }
    const std::span<const std::string_view> found = reader.fields();
    if (!has_all_columns(found.size())) {
        return false;
    }
    unquoted_.clear();
    for (const std::string_view field : found) {
        unquoted_ += field;
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        fields_[i] = std::string_view(unquoted_).substr(at, found[i].size());
        at += found[i].size();
    }
    return true;
}

bool BlockReader::is_wanted() {
    if (settings_.layout.column(FlowField::flow)) {
        const std::string_view flow = trimmed(text_of(FlowField::flow));
        const std::string_view wanted = settings_.reported_by == ReportedBy::importer ? "Mm" : "Xx";
        const std::string_view word =
            settings_.reported_by == ReportedBy::importer ? "Import" : "Export";
        const bool ours =
            flow == word || (flow.size() == 1 && wanted.find(flow[0]) != std::string_view::npos);
        block_.other_end += ours ? 0U : 1U;
        if (!ours) {
            return false;
        }
    }
    if (settings_.complete_groups_only && settings_.layout.column(FlowField::complete)) {
        const bool complete = trimmed(text_of(FlowField::complete)) == "1";
        block_.incomplete += complete ? 0U : 1U;
        return complete;
    }
    return true;
}

void BlockReader::take_record() {
    if (!is_wanted()) {
        return;
    }
    Row row;
    // Every field is read even if another is bad, so that all problems are reported at once.
    const bool year = read_year(row);
    const bool states = read_states(row);
    const bool product = read_product(row);
    const bool amounts = read_amounts(row);
    if (year && states && product && amounts) {
        keep(row);
    }
}

void BlockReader::keep(const Row& row) {
    block_.year.push_back(row.year);
    block_.exporter.push_back(block_.states.position_of(row.exporter));
    block_.importer.push_back(block_.states.position_of(row.importer));
    block_.product.push_back(block_.products.position_of(row.product));
    block_.value.push_back(row.value);
    block_.quantity.push_back(row.quantity);
}

bool BlockReader::read_year(Row& row) {
    const auto year = parse_year(text_of(FlowField::year));
    if (!year) {
        complain(FlowField::year, "not a year; write four digits, as in 2024");
        return false;
    }
    row.year = *year;
    return true;
}

bool BlockReader::read_states(Row& row) {
    row.exporter = parse_state(text_of(FlowField::exporter));
    row.importer = parse_state(text_of(FlowField::importer));
    const std::string message = "not a state; write its ISO 3166-1 code: IDN, or 360";
    if (row.exporter == 0) {
        complain(FlowField::exporter, message);
    }
    if (row.importer == 0) {
        complain(FlowField::importer, message);
    }
    return row.exporter != 0 && row.importer != 0;
}

bool BlockReader::read_product(Row& row) {
    constexpr std::size_t digits = 6;
    const std::string_view code = trimmed(text_of(FlowField::product));
    const bool all_digits = std::all_of(code.begin(), code.end(), is_digit);
    if (all_digits && code.size() == digits) {
        row.product = packed_code(code);
        return true;
    }
    if (all_digits && code.size() == digits - 1) {
        std::array<char, digits> restored{'0'};
        std::copy(code.begin(), code.end(), restored.begin() + 1);
        row.product = packed_code({restored.data(), restored.size()});
        ++block_.restored_zeros;
        return true;
    }
    complain(FlowField::product, "not an HS code of six digits, as in 854231");
    return false;
}

bool BlockReader::read_amounts(Row& row) {
    const auto value = parse_amount(text_of(FlowField::value));
    if (!value) {
        complain(FlowField::value, "not an amount; write a number of 0 or more, as in 1250.5");
    }
    const std::string_view text = trimmed(text_of(FlowField::quantity));
    const bool quantity_known = !text.empty() && text != "NA";
    const auto quantity = quantity_known ? parse_amount(text) : std::optional{not_known};
    if (!quantity) {
        complain(
            FlowField::quantity,
            "not an amount; write a number of 0 or more, or leave the cell empty if it is not known"
        );
    }
    row.value = value.value_or(0.0);
    row.quantity = quantity.value_or(not_known);
    return value && quantity;
}

void BlockReader::complain(FlowField field, std::string message) {
    keep_issue(
        {Severity::error,
         rules::flow_cell.id,
         settings_.file,
         record_line_,
         settings_.layout.name(field),
         std::string(text_of(field).substr(0, 80)),
         std::move(message)}
    );
}

void BlockReader::complain_about_record(std::string message) {
    keep_issue(
        {Severity::error,
         rules::flow_columns.id,
         settings_.file,
         record_line_,
         {},
         {},
         std::move(message)}
    );
}

void BlockReader::keep_issue(Issue issue) {
    if (block_.issues.size() == ImportReport::kept_issues) {
        ++block_.more_issues;
        return;
    }
    block_.issues.push_back(std::move(issue));
}

}  // namespace

std::uint64_t packed_code(std::string_view code) {
    std::uint64_t packed = 0;
    std::memcpy(&packed, code.data(), std::min(code.size(), sizeof packed));
    return packed;
}

std::string unpacked_code(std::uint64_t packed) {
    std::array<char, sizeof packed + 1> text{};
    std::memcpy(text.data(), &packed, sizeof packed);
    return text.data();
}

void CodeTable::clear() {
    codes_.clear();
    std::fill(slots_.begin(), slots_.end(), 0U);
    last_code_ = 0;
}

std::uint32_t CodeTable::find_or_add(std::uint64_t packed) {
    if ((codes_.size() + 1) * 2 > slots_.size()) {
        grow();
    }
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = mix(packed) & mask;
    while (slots_[slot] != 0) {
        if (codes_[slots_[slot] - 1] == packed) {
            return slots_[slot] - 1;
        }
        slot = (slot + 1) & mask;
    }
    codes_.push_back(packed);
    slots_[slot] = static_cast<std::uint32_t>(codes_.size());
    return slots_[slot] - 1;
}

void CodeTable::grow() {
    constexpr std::size_t smallest = 256;
    slots_.assign(std::max(smallest, slots_.size() * 2), 0U);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        std::size_t slot = mix(codes_[i]) & mask;
        while (slots_[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

void FlowBlock::clear() {
    states.clear();
    products.clear();
    year.clear();
    exporter.clear();
    importer.clear();
    product.clear();
    value.clear();
    quantity.clear();
    lines = 0;
    issues.clear();
    more_issues = 0;
    restored_zeros = 0;
    other_end = 0;
    incomplete = 0;
}

void read_flow_block(std::string_view text, const FlowSettings& settings, FlowBlock& block) {
    block.clear();
    block.bytes = text.size();
    BlockReader(text, settings, block).read_all();
}

}  // namespace adic::ingest
