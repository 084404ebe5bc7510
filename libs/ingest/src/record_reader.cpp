#include "adic/ingest/record_reader.hpp"

#include "adic/base/plain_cell.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "new_record.hpp"
#include "package_input.hpp"
#include "rules.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace adic::ingest {
namespace {

using model::FieldKind;
using model::FieldSpec;
using model::FieldValue;
using model::Record;

/// A field may have 1 000 texts of 10 000 bytes; a scenario of 4 MiB has all its quotes twice.
constexpr CsvFormat format{.longest_record = std::size_t{16} << 20U};

constexpr std::string_view release_prefix = "release.";
constexpr std::array<std::string_view, 7>
    common_columns{"id", "organisation", "source", "period", "confidence", "note", "release"};

/// Several values stand in one cell, each in its own line, or with a bar between.
model::Words words_of(std::string_view cell) {
    model::Words words;
    for (const std::string_view line : split(cell, '\n')) {
        for (const std::string_view word : split(line, '|')) {
            if (!trimmed(word).empty()) {
                words.emplace_back(trimmed(word));
            }
        }
    }
    return words;
}

/// A cell as a value of the field; empty if it is none.
std::optional<FieldValue> value_of(const FieldSpec& field, std::string_view cell) {
    if (field.takes_several) {
        model::Words words = words_of(cell);
        return words.empty() ? std::nullopt : std::optional{FieldValue{std::move(words)}};
    }
    switch (field.kind) {
    case FieldKind::number: {
        const auto number = parse_decimal(cell);
        return number ? std::optional{FieldValue{*number}} : std::nullopt;
    }
    case FieldKind::whole: {
        const auto whole = parse_whole(cell);
        const bool fits = whole && *whole <= static_cast<std::uint64_t>(INT64_MAX);
        return fits ? std::optional{FieldValue{static_cast<std::int64_t>(*whole)}} : std::nullopt;
    }
    case FieldKind::yes_no:
        return cell == "yes" || cell == "no" ? std::optional{FieldValue{cell == "yes"}}
                                             : std::nullopt;
    case FieldKind::date: {
        const auto period = model::parse_period(cell);
        return period && period->first == period->last
                   ? std::optional{FieldValue{std::chrono::sys_days{period->first}}}
                   : std::nullopt;
    }
    case FieldKind::text:
    case FieldKind::state:
    case FieldKind::code:
    case FieldKind::choice:
    case FieldKind::reference:
    case FieldKind::grants:
    case FieldKind::properties: break;
    }
    return FieldValue{std::string(cell)};
}

std::string_view wanted_form(const FieldSpec& field) {
    if (field.takes_several) {
        return "write one in each line, or '|' between them";
    }
    switch (field.kind) {
    case FieldKind::number: return "write a number with a decimal point, as in 1250.5";
    case FieldKind::whole: return "write a whole number of at least 0";
    case FieldKind::yes_no: return "write yes or no";
    case FieldKind::date: return "write a day as in 2026-01-31";
    case FieldKind::text:
    case FieldKind::state:
    case FieldKind::code:
    case FieldKind::choice:
    case FieldKind::reference:
    case FieldKind::grants:
    case FieldKind::properties: break;
    }
    return "write a text";
}

/// The text that a cell stands for: a workbook says what is text, CSV may have an apostrophe.
using CellText = std::string_view (*)(std::string_view cell);

class RecordTable {
  public:
    RecordTable(
        std::unique_ptr<TableRows> rows,
        std::string name,
        CellText cell_text,
        const RecordDefaults& defaults,
        ImportReport& report
    )
        : rows_(std::move(rows))
        , name_(std::move(name))
        , cell_text_(cell_text)
        , defaults_(defaults)
        , report_(report)
        , properties_(defaults.type->find_field("properties"))
        , class_(defaults.type->find_field("class")) {}

    std::vector<Record> read() {
        std::vector<Record> records;
        if (!rows_->next()) {
            complain(rules::record_column, {}, {}, "the first row has to name the columns");
            return records;
        }
        if (!read_head()) {
            return records;
        }
        while (rows_->next()) {
            if (rows_->fields().size() != columns_.size()) {
                complain(
                    rules::record_cell,
                    {},
                    {},
                    "the row has " + std::to_string(rows_->fields().size())
                        + " cells, the first row " + std::to_string(columns_.size())
                );
                continue;
            }
            records.push_back(read_record());
        }
        return report_.may_commit() ? std::move(records) : std::vector<Record>{};
    }

  private:
    void complain(
        const ImportRule& rule,
        std::string_view column,
        std::string_view value,
        std::string message
    ) {
        constexpr std::size_t shown = 80;
        report_.add(
            {Severity::error,
             rule.id,
             name_,
             rows_->row(),
             std::string(column),
             std::string(value.substr(0, shown)),
             std::move(message)}
        );
    }

    bool has_property(std::string_view field) const {
        return properties_ && field.starts_with(model::property_prefix)
               && model::is_property_key(field.substr(model::property_prefix.size()));
    }

    bool is_known(std::string_view column) const {
        const std::string_view field =
            column.starts_with(release_prefix) ? column.substr(release_prefix.size()) : column;
        return has_property(field) || defaults_.type->find_field(field)
               || std::ranges::find(common_columns, column) != common_columns.end()
               || (field != column
                   && std::ranges::find(common_columns, field) != common_columns.end());
    }

    bool read_head() {
        bool is_right = true;
        std::set<std::string_view> taken;
        std::vector<std::string_view> names(common_columns.begin(), common_columns.end());
        for (const FieldSpec& field : defaults_.type->fields) {
            names.push_back(field.key);
        }
        for (const std::string_view name : rows_->fields()) {
            columns_.emplace_back(trimmed(name));
        }
        for (const std::string& column : columns_) {
            if (!is_known(column)) {
                std::string message = "records of this type have no such column";
                if (const auto nearest = nearest_word(column, names)) {
                    message += "; did you mean '" + std::string(*nearest) + "'?";
                }
                complain(rules::record_column, column, column, std::move(message));
                is_right = false;
            } else if (!taken.insert(column).second) {
                complain(rules::record_column, column, column, "the column is there twice");
                is_right = false;
            }
        }
        return is_right;
    }

    Record read_record() {
        Record record;
        record.type = defaults_.type;
        record.owner = defaults_.owner;
        record.fields.resize(record.type->fields.size());
        record.policy.record = defaults_.release;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::string_view cell = cell_text_(trimmed(rows_->fields()[c]));
            if (!cell.empty()) {
                read_cell(columns_[c], cell, record);
            }
        }
        if (record.id.empty()) {
            record.id = own_id(defaults_.new_identifier());
        } else if (record.id = own_id(record.id); !ids_.insert(record.id).second) {
            complain(rules::record_not_right, "id", record.id, "stands in an earlier row too");
        }
        std::ranges::sort(record.policy.fields, {}, &model::FieldRelease::field);
        if (properties_) {
            fit_properties(record);
        }
        for (FieldProblem& problem : problems_of_new(record)) {
            complain(
                rules::record_not_right,
                problem.field,
                problem.value,
                std::move(problem.message)
            );
        }
        return record;
    }

    /// With the owner before it: two owners may use the same name without hearing of each other.
    std::string own_id(const std::string& id) const {
        const std::string prefix = defaults_.owner + '.';
        return id.starts_with(prefix) ? id : prefix + id;
    }

    /// One property, where the class has its unit and its kind: 28, or '28 m'.
    void read_property(std::string_view column, std::string_view cell, Record& record) {
        const std::string key(column.substr(model::property_prefix.size()));
        const auto property = model::parse_property(key + ": " + std::string(cell));
        if (!property) {
            complain(rules::record_cell, column, cell, "write a number and its unit, or words");
            return;
        }
        FieldValue& value = record.fields[*properties_];
        if (!std::holds_alternative<model::Words>(value)) {
            value = model::Words{};
        }
        std::get<model::Words>(value).push_back(to_text(*property));
    }

    /// In the one spelling; what is none stays, to be complained of with the record.
    static void spell(model::Words& words) {
        for (std::string& word : words) {
            if (const auto property = model::parse_property(word)) {
                word = to_text(*property);
            }
        }
    }

    void fit_properties(Record& record) {
        auto* words = std::get_if<model::Words>(&record.fields[*properties_]);
        if (words != nullptr) {
            spell(*words);
        }
        auto* name = class_ ? std::get_if<std::string>(&record.fields[*class_]) : nullptr;
        if (name == nullptr) {
            return;
        }
        const model::ItemClass* of =
            defaults_.classes == nullptr ? nullptr : defaults_.classes->find(*name);
        if (of == nullptr) {
            complain(rules::record_class, "class", *name, "there is no such class of items");
            return;
        }
        *name = of->name();
        auto fit = model::fitted(*of, words == nullptr ? model::Words{} : *words);
        for (model::PropertyProblem& problem : fit.problems) {
            const std::string column = std::string(model::property_prefix) + problem.key;
            complain(rules::record_class, column, problem.value, std::move(problem.message));
        }
        if (fit.problems.empty()) {
            record.fields[*properties_] =
                fit.properties.empty() ? FieldValue{} : FieldValue{std::move(fit.properties)};
        }
    }

    void read_cell(std::string_view column, std::string_view cell, Record& record) {
        if (has_property(column)) {
            read_property(column, cell, record);
            return;
        }
        if (const auto field = record.type->find_field(column)) {
            const FieldSpec& spec = record.type->fields[*field];
            if (spec.kind == FieldKind::grants && !grants_in(column, cell)) {
                return;
            }
            if (auto value = value_of(spec, cell)) {
                add_value(record.fields[*field], *std::move(value));
            } else {
                complain(rules::record_cell, column, cell, std::string(wanted_form(spec)));
            }
            return;
        }
        if (column == "release" || column.starts_with(release_prefix)) {
            read_release(column, cell, record);
            return;
        }
        read_common(column, cell, record);
    }

    /// Lines of the column properties stand beside those that have a column of their own.
    static void add_value(FieldValue& kept, FieldValue value) {
        auto* words = std::get_if<model::Words>(&kept);
        if (words == nullptr) {
            kept = std::move(value);
        } else {
            std::ranges::move(std::get<model::Words>(value), std::back_inserter(*words));
        }
    }

    /// To states and blocs that there are; empty: it has been complained of.
    std::optional<std::vector<model::Grant>>
    grants_in(std::string_view column, std::string_view cell) {
        auto grants = model::parse_grants(cell == "nobody" ? "" : cell, defaults_.blocs);
        if (!grants) {
            complain(rules::record_cell, column, cell, grants.error().message);
            return std::nullopt;
        }
        if (const auto unknown = unknown_in(*grants)) {
            complain(
                rules::record_cell,
                column,
                cell,
                "'" + *unknown + "' is neither a state nor a bloc; an organisation is org:NAME"
            );
            return std::nullopt;
        }
        return *std::move(grants);
    }

    void read_release(std::string_view column, std::string_view cell, Record& record) {
        auto grants = grants_in(column, cell);
        if (!grants) {
            return;
        }
        if (column == "release") {
            record.policy.record = *std::move(grants);
        } else {
            record.policy.fields.push_back(
                {std::string(column.substr(release_prefix.size())), *std::move(grants)}
            );
        }
    }

    std::optional<std::string> unknown_in(const std::vector<model::Grant>& grants) const {
        return defaults_.is_state ? model::unknown_state(grants, defaults_.is_state) : std::nullopt;
    }

    void read_common(std::string_view column, std::string_view cell, Record& record) {
        if (column == "period") {
            const auto period = model::parse_period(cell);
            record.period = period ? std::optional{*period} : std::nullopt;
            if (!period) {
                complain(rules::record_cell, column, cell, period.error().message);
            }
        } else if (column == "confidence") {
            const auto confidence = model::parse_confidence(cell);
            record.confidence = confidence.value_or(model::Confidence::e);
            if (!confidence) {
                complain(rules::record_cell, column, cell, "write a letter from A to E");
            }
        } else {
            const std::map<std::string_view, std::string*> texts{
                {"id", &record.id},
                {"organisation", &record.organisation},
                {"source", &record.source},
                {"note", &record.note}};
            *texts.at(column) = cell;
        }
    }

    std::unique_ptr<TableRows> rows_;
    std::string name_;
    CellText cell_text_;
    const RecordDefaults& defaults_;
    ImportReport& report_;
    std::optional<std::size_t> properties_;  ///< the field of that kind, if the type has it
    std::optional<std::size_t> class_;
    std::vector<std::string> columns_;
    std::set<std::string> ids_;
};

std::vector<Record>
read_csv(CsvReader reader, const RecordDefaults& defaults, ImportReport& report) {
    std::string name = reader.name();
    return RecordTable(
               rows_of(std::move(reader)),
               std::move(name),
               from_plain_cell,
               defaults,
               report
    )
        .read();
}

/// The sheet that is called like the type, or the only one.
std::vector<Record> read_workbook(
    const std::filesystem::path& file,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    std::vector<SheetInput> sheets = open_sheets(file, report);
    auto sheet = std::ranges::find(sheets, defaults.type->key, &SheetInput::name);
    if (sheet == sheets.end() && sheets.size() == 1) {
        sheet = sheets.begin();
    }
    if (sheet == sheets.end()) {
        if (report.may_commit()) {
            report.add(
                {Severity::error,
                 rules::record_column.id,
                 file.filename().string(),
                 0,
                 {},
                 {},
                 "no sheet is called '" + std::string(defaults.type->key)
                     + "', and there are several"}
            );
        }
        return {};
    }
    const auto as_it_is = [](std::string_view cell) { return cell; };
    return RecordTable(std::move(sheet->rows), sheet->file, as_it_is, defaults, report).read();
}

}  // namespace

Result<std::vector<Record>> read_records(
    const std::filesystem::path& file,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    std::error_code failed;
    if (file.extension() == ".xlsx" && std::filesystem::exists(file, failed)) {
        return read_workbook(file, defaults, report);
    }
    ADIC_TRY(CsvReader reader, CsvReader::open(file, report, format));
    return read_csv(std::move(reader), defaults, report);
}

std::vector<Record> parse_records(
    std::string_view text,
    const std::string& name,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    return read_csv(CsvReader::over(name, text, report, format), defaults, report);
}

}  // namespace adic::ingest
