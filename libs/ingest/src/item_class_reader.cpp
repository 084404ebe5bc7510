#include "adic/ingest/item_class_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using model::ItemClass;
using model::ItemClasses;
using model::PropertySpec;
using Kind = PropertySpec::Kind;

enum Column {
    class_key,
    version,
    class_title,
    property,
    title,
    type,
    unit,
    least,
    most,
    choices,
    required,
    source,
    confidence,
    note
};

constexpr std::array<std::string_view, 14> columns{
    "class",
    "version",
    "class_title",
    "property",
    "title",
    "type",
    "unit",
    "least",
    "most",
    "choices",
    "required",
    "source",
    "confidence",
    "note"};

constexpr std::array kinds{Kind::number, Kind::whole, Kind::text, Kind::choice, Kind::yes_no};

class ClassTable {
  public:
    ClassTable(CsvReader reader, ImportReport& report)
        : reader_(std::move(reader))
        , report_(report) {}

    Result<ItemClasses> read() {
        if (!reader_.next() || !std::ranges::equal(reader_.fields(), columns)) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{}: its columns are {}", reader_.name(), fmt::join(columns, ", ")),
                {}};
        }
        while (reader_.next()) {
            if (reader_.fields().size() == columns.size()) {
                read_row();
            } else {
                complain(class_key, "the row has to have as many cells as the first row");
            }
        }
        std::vector<ItemClass> all;
        for (auto& [name, one] : classes_) {
            all.push_back(std::move(one));
        }
        return report_.may_commit() ? ItemClasses(std::move(all)) : ItemClasses{};
    }

  private:
    std::string_view cell(Column column) const { return trimmed(reader_.fields()[column]); }

    void complain(Column column, std::string message) {
        report_.add(
            {Severity::error,
             rules::record_class.id,
             reader_.name(),
             reader_.row(),
             std::string(columns.at(column)),
             column < reader_.fields().size() ? std::string(cell(column)) : std::string{},
             std::move(message)}
        );
    }

    void read_row() {
        const auto number = parse_whole(cell(version));
        if (!model::is_property_key(cell(class_key))) {
            complain(class_key, "write small letters, digits and hyphens, a letter first");
        } else if (!number || *number == 0) {
            complain(version, "write a whole number of at least 1");
        } else {
            read_property(
                ItemClass{std::string(cell(class_key)), *number, std::string(cell(class_title)), {}}
            );
        }
    }

    void read_property(ItemClass named) {
        std::string name = named.name();
        ItemClass& of = classes_.try_emplace(std::move(name), std::move(named)).first->second;
        PropertySpec spec{std::string(cell(property)), std::string(cell(title))};
        if (!model::is_property_key(spec.key)) {
            complain(property, "write small letters, digits and hyphens, a letter first");
        } else if (of.find(spec.key) != nullptr) {
            complain(property, "the class has it in an earlier row too");
        }
        read_kind(spec);
        read_range(spec);
        spec.source = cell(source);
        spec.note = cell(note);
        const auto letter = model::parse_confidence(cell(confidence));
        if (spec.source.empty() || !letter) {
            complain(spec.source.empty() ? source : confidence, "a source, and a letter A to E");
        }
        spec.confidence = letter.value_or(model::Confidence::e);
        if (cell(required) != "yes" && cell(required) != "no") {
            complain(required, "write yes or no");
        }
        spec.is_required = cell(required) == "yes";
        of.properties.push_back(std::move(spec));
    }

    void read_kind(PropertySpec& spec) {
        const auto* const kind = std::ranges::find(kinds, cell(type), model::name_of);
        if (kind == kinds.end()) {
            complain(type, "write number, whole, text, choice or yes_no");
            return;
        }
        spec.kind = *kind;
        spec.unit = cell(unit);
        const bool is_figure = spec.kind == Kind::number || spec.kind == Kind::whole;
        if (!spec.unit.empty() && (!is_figure || model::find_property_unit(spec.unit) == nullptr)) {
            complain(unit, "no such unit, or no figure: docs/reference/records.md lists them");
        }
        for (const std::string_view choice : split(cell(choices), '|')) {
            if (!trimmed(choice).empty()) {
                spec.choices.emplace_back(trimmed(choice));
            }
        }
        if ((spec.kind == Kind::choice) == spec.choices.empty()) {
            complain(choices, "a choice has several, with '|' between; others have none");
        }
    }

    std::optional<double> end_of_range(Column column) {
        if (cell(column).empty()) {
            return std::nullopt;
        }
        const auto number = parse_decimal(cell(column));
        if (!number) {
            complain(column, "write a number with a decimal point");
        }
        return number;
    }

    void read_range(PropertySpec& spec) {
        spec.least = end_of_range(least);
        spec.most = end_of_range(most);
        const bool is_figure = spec.kind == Kind::number || spec.kind == Kind::whole;
        if ((spec.least || spec.most) && !is_figure) {
            complain(least, "only figures have a range");
        } else if (spec.least && spec.most && *spec.least > *spec.most) {
            complain(least, "is above the most");
        }
    }

    CsvReader reader_;
    ImportReport& report_;
    std::map<std::string, ItemClass> classes_;
};

}  // namespace

Result<ItemClasses> read_item_classes(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader reader, CsvReader::open(file, report));
    return ClassTable(std::move(reader), report).read();
}

Result<ItemClasses>
parse_item_classes(std::string_view text, const std::string& name, ImportReport& report) {
    return ClassTable(CsvReader::over(name, text, report), report).read();
}

}  // namespace adic::ingest
