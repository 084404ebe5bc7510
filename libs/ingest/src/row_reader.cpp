#include "row_reader.hpp"

#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace adic::ingest {
namespace {

constexpr std::size_t unknown_cell = static_cast<std::size_t>(-1);
constexpr std::size_t longest_identifier = 64;
constexpr std::size_t longest_text = 32'767;  // of a spreadsheet cell

bool is_identifier(std::string_view text) {
    const auto is_allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
               || c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= longest_identifier
           && std::ranges::all_of(text, is_allowed);
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\n' && c != '\r' && c != '\t') || byte == 0x7FU;
}

std::string in_words(const Range& range) {
    const bool has_low = std::isfinite(range.low);
    const bool has_high = std::isfinite(range.high);
    std::string text = "must be ";
    if (has_low) {
        text += range.without_low ? "above " : "at least ";
        text += to_shortest(range.low);
    }
    if (has_high) {
        text += (has_low ? " and at most " : "at most ") + to_shortest(range.high);
    }
    if (has_high && range.high == 1.0) {
        text += " (a part of one: 35 % is 0.35)";
    }
    return text;
}

bool is_within(const Range& range, double value) {
    const bool high_enough = range.without_low ? value > range.low : value >= range.low;
    return high_enough && value <= range.high;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t longest_shown = 80;
    return "'" + std::string(text.substr(0, longest_shown)) + "'";
}

}  // namespace

RowReader::RowReader(const Table& table, std::string file, Import& import)
    : table_(&table)
    , file_(std::move(file))
    , import_(&import)
    , names_(cell_names(table)) {
    std::size_t cell = 0;
    for (const Column& column : table.columns) {
        first_cell_.push_back(cell);
        cell += column.kind == CellKind::estimate ? 3 : 1;
    }
    cells_.resize(cell);
}

// --- the first row ------------------------------------------------------------------------------

std::optional<std::size_t> RowReader::cell_of(std::string_view name) const {
    const auto found = std::ranges::find(names_, name);
    return found == names_.end() ? std::nullopt
                                 : std::optional{static_cast<std::size_t>(found - names_.begin())};
}

bool RowReader::bind(std::span<const std::string_view> header, std::uint64_t row) {
    row_ = row;
    const std::vector<std::string_view> known(names_.begin(), names_.end());
    std::vector<bool> given(names_.size(), false);
    for (const std::string_view name : header) {
        const auto cell = cell_of(name);
        cell_of_field_.push_back(cell.value_or(unknown_cell));
        if (!cell) {
            complain(
                rules::unknown_column,
                {Severity::error,
                 {},
                 {},
                 row,
                 std::string(name),
                 std::string(name),
                 "the table " + std::string(table_->name) + " has no such column"
                     + import_->suggester.suggest(name, known)}
            );
        } else if (given[*cell]) {
            complain(
                rules::column_twice,
                {Severity::error,
                 {},
                 {},
                 row,
                 std::string(name),
                 std::string(name),
                 "the column is given twice; take one out"}
            );
        } else {
            given[*cell] = true;
        }
    }
    report_missing_columns(row);
    return is_good_;
}

void RowReader::report_missing_columns(std::uint64_t row) {
    for (std::size_t i = 0; i < table_->columns.size(); ++i) {
        const Column& column = table_->columns[i];
        const std::size_t likely = first_cell_[i] + (column.kind == CellKind::estimate ? 1U : 0U);
        if (column.must == Must::yes
            && std::ranges::find(cell_of_field_, likely) == cell_of_field_.end()) {
            complain(
                rules::missing_column,
                {Severity::error,
                 {},
                 {},
                 row,
                 std::string(column.name),
                 {},
                 "the column '" + std::string(column.name)
                     + "' is missing: " + std::string(column.help)}
            );
        }
    }
}

// --- each row -----------------------------------------------------------------------------------

bool RowReader::take(std::span<const std::string_view> fields, std::uint64_t row) {
    row_ = row;
    is_good_ = true;
    if (std::ranges::all_of(fields, &std::string_view::empty)) {
        return false;
    }
    if (fields.size() != cell_of_field_.size()) {
        complain(
            rules::wrong_width,
            {Severity::error,
             {},
             {},
             row,
             {},
             std::string(fields.front()),
             "the row has " + std::to_string(fields.size()) + " cells, the first row names "
                 + std::to_string(cell_of_field_.size()) + " columns"}
        );
        return false;
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        cells_[cell_of_field_[i]] = fields[i];
    }
    return true;
}

std::string_view RowReader::raw(std::size_t column) const {
    const bool is_estimate = table_->columns[column].kind == CellKind::estimate;
    return cells_[first_cell_[column] + (is_estimate ? 1U : 0U)];
}

void RowReader::complain(const ImportRule& rule, std::size_t column, std::string message) {
    const bool is_estimate = table_->columns[column].kind == CellKind::estimate;
    report_cell(rule, first_cell_[column] + (is_estimate ? 1U : 0U), std::move(message));
}

void RowReader::report_cell(const ImportRule& rule, std::size_t cell, std::string message) {
    complain(
        rule,
        {Severity::error, {}, {}, row_, names_[cell], std::string(cells_[cell]), std::move(message)}
    );
}

void RowReader::complain(const ImportRule& rule, Issue place) {
    place.rule = rule.id;
    place.file = file_;
    is_good_ = is_good_ && place.severity != Severity::error;
    import_->report->add(std::move(place));
}

std::string_view RowReader::required(std::size_t column) {
    const std::string_view text = raw(column);
    if (text.empty() && table_->columns[column].must == Must::yes) {
        complain(
            rules::empty_cell,
            column,
            "must have a value: " + std::string(table_->columns[column].help)
        );
    }
    return text;
}

std::string_view RowReader::text(std::size_t column) {
    const std::string_view text = required(column);
    if (text.empty()) {
        return text;
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        complain(rules::bad_text, column, "holds only spaces; leave it empty, or fill it in");
    } else if (std::ranges::any_of(text, is_control)) {
        complain(rules::bad_text, column, "holds a control character; type the text again");
    } else if (text.size() > longest_text) {
        complain(
            rules::bad_text,
            column,
            "is " + std::to_string(text.size()) + " bytes long; a cell holds 32,767"
        );
    }
    return text;
}

std::optional<std::string_view> RowReader::identifier(std::size_t column) {
    const std::string_view text = required(column);
    if (text.empty()) {
        return std::nullopt;
    }
    if (!is_identifier(text)) {
        complain(
            rules::bad_identifier,
            column,
            quoted(text) + " is no identifier; use 1 to 64 of A-Z a-z 0-9 . _ -"
        );
        return std::nullopt;
    }
    return text;
}

std::string_view RowReader::checked_word(std::size_t column) {
    const std::string_view text = required(column);
    if (text.empty()) {
        return {};
    }
    const std::vector<std::string_view> words = split(table_->columns[column].words, '|');
    if (std::ranges::find(words, text) != words.end()) {
        return text;
    }
    complain(
        rules::unknown_word,
        column,
        quoted(text) + " is none of " + listed(words) + import_->suggester.suggest(text, words)
    );
    return {};
}

// --- numbers ------------------------------------------------------------------------------------

void RowReader::report_bad_number(std::size_t cell) {
    const std::string_view text = cells_[cell];
    std::string message = quoted(text) + " is not a number";
    if (text.find('%') != std::string_view::npos) {
        message += "; write parts of one: 35 % is 0.35";
    } else if (text.find(',') != std::string_view::npos) {
        message += "; write a decimal point and no thousands separator: 1234.5";
    } else {
        message += "; write digits with a decimal point, without unit or space";
    }
    report_cell(rules::bad_number, cell, std::move(message));
}

void RowReader::report_range(std::size_t column, std::size_t cell) {
    report_cell(rules::out_of_range, cell, in_words(table_->columns[column].range));
}

std::optional<double> RowReader::number_in(std::size_t column, std::size_t cell) {
    const auto value = parse_decimal(cells_[cell]);
    if (!value) {
        report_bad_number(cell);
    } else if (!is_within(table_->columns[column].range, *value)) {
        report_range(column, cell);
        return std::nullopt;
    }
    return value;
}

std::optional<double> RowReader::number(std::size_t column) {
    if (required(column).empty()) {
        return std::nullopt;
    }
    return number_in(column, first_cell_[column]);
}

std::optional<std::uint32_t> RowReader::whole(std::size_t column) {
    const auto value = number(column);
    if (value && *value != std::floor(*value)) {
        complain(rules::out_of_range, column, "must be a whole number");
        return std::nullopt;
    }
    return value ? std::optional{static_cast<std::uint32_t>(*value)} : std::nullopt;
}

std::optional<Estimate> RowReader::estimate(std::size_t column) {
    const std::size_t first = first_cell_[column];
    const std::size_t likely = first + 1;
    const bool has_low = !cells_[first].empty();
    const bool has_high = !cells_[first + 2].empty();
    if (!has_low && !has_high) {
        if (required(column).empty()) {
            return std::nullopt;
        }
        const auto value = number_in(column, likely);
        return value ? std::optional{Estimate::exactly(*value)} : std::nullopt;
    }
    if (!has_low || !has_high || cells_[likely].empty()) {
        const std::string x = names_[likely];
        complain(
            rules::bad_estimate,
            column,
            "fill in only " + x + ", or all of " + x + "_low, " + x + ", " + x + "_high, or none"
        );
        return std::nullopt;
    }
    const auto low = number_in(column, first);
    const auto middle = number_in(column, likely);
    const auto high = number_in(column, first + 2);
    if (!low || !middle || !high) {
        return std::nullopt;
    }
    const Result<Estimate> estimate = Estimate::create(*low, *middle, *high);
    if (!estimate) {
        complain(
            rules::bad_estimate,
            column,
            "must lie between its bounds, which are " + std::string(cells_[first]) + " and "
                + std::string(cells_[first + 2])
        );
        return std::nullopt;
    }
    return *estimate;
}

// --- references ---------------------------------------------------------------------------------

template <typename Index>
std::optional<Index>
RowReader::reference(std::size_t column, const IdTable<Index>& ids, std::string_view in) {
    const std::string_view text = required(column);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto found = ids.find(text);
    if (!found && ids.is_unread()) {
        is_good_ = false;
    } else if (!found) {
        std::vector<std::string_view> names;
        if (import_->suggester.may_search(text, ids.size())) {
            ids.append_to(names);
        }
        complain(
            rules::unknown_reference,
            column,
            "the table " + std::string(in) + " has no " + quoted(text)
                + import_->suggester.suggest(text, names)
        );
    }
    return found;
}

std::optional<model::SourceIndex> RowReader::source(std::size_t column) {
    return reference(column, import_->ids.sources, "sources");
}

std::optional<model::StateIndex> RowReader::state(std::size_t column) {
    return reference(column, import_->ids.states, "states");
}

std::optional<model::OrganisationIndex> RowReader::organisation(std::size_t column) {
    return reference(column, import_->ids.organisations, "organisations");
}

std::optional<model::ItemIndex> RowReader::item(std::size_t column) {
    return reference(column, import_->ids.items, "items");
}

/// What may be suggested for a name, unless going through all of it is no longer worth it.
std::vector<std::string_view> RowReader::states_and_blocs(std::string_view name) const {
    const Identifiers& ids = import_->ids;
    std::vector<std::string_view> names;
    if (import_->suggester.may_search(name, ids.states.size() + ids.blocs.size())) {
        ids.states.append_to(names);
        ids.blocs.append_to(names);
    }
    return names;
}

std::optional<model::Market> RowReader::market(std::size_t column) {
    const std::string_view text = required(column);
    if (text.empty()) {
        return std::monostate{};
    }
    const Identifiers& ids = import_->ids;
    if (const auto state = ids.states.find(text)) {
        return *state;
    }
    if (const auto bloc = ids.blocs.find(text)) {
        return *bloc;
    }
    std::vector<std::string_view> names;
    ids.states.append_to(names);
    ids.blocs.append_to(names);
    complain(
        rules::unknown_reference,
        column,
        quoted(text) + " is neither in states nor in blocs"
            + import_->suggester.suggest(text, names)
    );
    return std::nullopt;
}

std::optional<model::Subject> RowReader::subject(std::size_t kind_column, std::size_t column) {
    const std::string_view kind = checked_word(kind_column);
    const auto as_subject = [](const auto& index) {
        return index ? std::optional<model::Subject>{*index} : std::nullopt;
    };
    if (kind == "item") {
        return as_subject(item(column));
    }
    if (kind == "state") {
        return as_subject(state(column));
    }
    if (kind == "organisation") {
        return as_subject(organisation(column));
    }
    if (kind == "bloc") {
        return as_subject(reference(column, import_->ids.blocs, "blocs"));
    }
    return std::nullopt;
}

// --- provenance ---------------------------------------------------------------------------------

/// Empty if the name may be released to; else what is wrong.
std::string RowReader::check_released_to(std::string_view name) {
    const Identifiers& ids = import_->ids;
    const bool is_unread = ids.states.is_unread() || ids.blocs.is_unread();
    if (is_unread || ids.states.find(name) || ids.blocs.find(name)) {
        return {};
    }
    if (name == "public") {
        return "'public' stands alone: who may see it is everybody already";
    }
    std::vector<std::string_view> names = states_and_blocs(name);
    names.emplace_back("public");
    return quoted(name) + " is neither public nor in states nor in blocs"
           + import_->suggester.suggest(name, names);
}

std::string RowReader::check_release(std::string_view release, bool has_owner) {
    if (release == "public") {
        return {};
    }
    if (!has_owner) {
        return "a record without owner must be released as 'public'; name the owner, or write "
               "public";
    }
    if (release.empty()) {
        return {};
    }
    std::vector<std::string_view> names = split(release, ';');
    for (const std::string_view name : names) {
        if (std::string problem = check_released_to(name); !problem.empty()) {
            return problem;
        }
    }
    std::ranges::sort(names);
    const auto twice = std::ranges::adjacent_find(names);
    return twice == names.end() ? std::string{} : quoted(*twice) + " is named twice";
}

std::optional<model::Provenance> RowReader::provenance() {
    const std::size_t first = table_->columns.size() - tables::provenance.size();
    const auto cells = std::span(cells_).last(tables::provenance.size());
    if (memo_.provenance && std::equal(cells.begin(), cells.end(), memo_.cells.begin())) {
        return memo_.provenance;
    }
    memo_.provenance.reset();
    memo_.index.reset();
    const bool was_good = std::exchange(is_good_, true);
    const auto column = [&](std::string_view name) {
        return first
               + static_cast<std::size_t>(
                   std::ranges::find(tables::provenance, name, &Column::name)
                   - tables::provenance.begin()
               );
    };
    const auto from = source(column("source"));
    const std::string_view period_text = required(column("period"));
    const Result<model::Period> period = model::parse_period(period_text);
    if (!period_text.empty() && !period) {
        complain(rules::bad_period, column("period"), period.error().message);
    }
    const auto confidence = word(column("confidence"), &model::parse_confidence);
    const auto owner = state(column("owner"));
    const std::size_t release_column = column("release");
    const std::string_view release = raw(release_column);
    const bool has_owner = !raw(column("owner")).empty();
    if (std::string problem = check_release(release, has_owner); !problem.empty()) {
        complain(rules::bad_release, release_column, std::move(problem));
    }
    const std::string_view note = text(column("note"));
    if (is_good_) {
        memo_.provenance = model::Provenance{
            *from,
            *period,
            *confidence,
            owner,
            std::string(release),
            std::string(note)};
        std::copy(cells.begin(), cells.end(), memo_.cells.begin());
    }
    is_good_ = is_good_ && was_good;
    return memo_.provenance;
}

model::ProvenanceIndex RowReader::keep(const model::Provenance& provenance) {
    if (!memo_.index) {
        memo_.index = import_->sink->keep(provenance);
    }
    return *memo_.index;
}

}  // namespace adic::ingest
