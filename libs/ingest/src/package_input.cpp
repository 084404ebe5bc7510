#include "package_input.hpp"

#include "adic/base/json_text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "rules.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::ingest {
namespace {

using nlohmann::json;

constexpr std::string_view descriptor_name = "datapackage.json";
constexpr std::uintmax_t longest_descriptor = std::uintmax_t{4} << 20U;  // bytes
constexpr int deepest_descriptor = 32;

class CsvRows final : public TableRows {
  public:
    explicit CsvRows(CsvReader reader) : reader_(std::move(reader)) {}

    bool next() override { return reader_.next(); }

    std::span<const std::string_view> fields() const override { return reader_.fields(); }

    std::uint64_t row() const override { return reader_.row(); }

    double done() const override { return reader_.done(); }

  private:
    CsvReader reader_;
};

/// Reads `datapackage.json` and opens what it names.
class Descriptor {
  public:
    Descriptor(std::filesystem::path folder, ImportReport& report)
        : folder_(std::move(folder))
        , report_(&report) {}

    PackageInput open(const std::string& text) {
        const std::optional<json> root = parse(text);
        if (!root) {
            return {};
        }
        PackageInput package;
        package.is_open = true;
        package.name = text_at(*root, "name", "/name", Must::yes);
        package.title = text_at(*root, "title", "/title", Must::no);
        const auto resources = root->find("resources");
        if (resources == root->end() || !resources->is_array() || resources->empty()) {
            complain("/resources", {}, "must be a list of at least one resource");
            package.is_open = false;
            return package;
        }
        for (std::size_t i = 0; i < resources->size(); ++i) {
            open_resource((*resources)[i], "/resources/" + std::to_string(i), package);
        }
        warn_of_unlisted_files(package);
        return package;
    }

  private:
    void complain(const std::string& place, std::string_view value, std::string message) {
        report(rules::bad_descriptor, place, value, std::move(message));
    }

    void report(
        const ImportRule& rule,
        const std::string& place,
        std::string_view value,
        std::string message
    ) {
        report_->add(
            {Severity::error,
             rule.id,
             std::string(descriptor_name),
             0,
             place,
             std::string(value),
             std::move(message)}
        );
    }

    std::optional<json> parse(const std::string& text) {
        const bool too_deep = is_nested_deeper(text, deepest_descriptor);
        json root = too_deep ? json() : json::parse(text, nullptr, false);
        if (root.is_discarded() || too_deep) {
            complain({}, {}, too_deep ? "is nested too deeply" : "is no well-formed JSON");
            return std::nullopt;
        }
        if (!root.is_object()) {
            complain({}, {}, "must be a JSON object with name and resources");
            return std::nullopt;
        }
        return root;
    }

    std::string text_at(const json& object, const char* key, const std::string& place, Must must) {
        const auto found = object.find(key);
        if (found == object.end()) {
            if (must == Must::yes) {
                complain(place, {}, "is missing");
            }
            return {};
        }
        const auto* text = found->get_ptr<const std::string*>();
        if (text == nullptr || text->empty()) {
            complain(place, found->dump().substr(0, 80), "must be a text that is not empty");
            return {};
        }
        return *text;
    }

    void open_resource(const json& resource, const std::string& place, PackageInput& package) {
        if (!resource.is_object()) {
            complain(place, {}, "must be an object with name and path");
            return;
        }
        const std::string name = text_at(resource, "name", place + "/name", Must::yes);
        if (name.empty()) {
            return;
        }
        const Table* const table = find_table(name);
        if (table == nullptr) {
            report_unknown_table(*report_, descriptor_name, name);
            return;
        }
        if (is_known(package, *table)) {
            report(rules::table_twice, place + "/name", name, "the table is given twice");
            return;
        }
        check_form(resource, place);
        const std::string path = text_at(resource, "path", place + "/path", Must::yes);
        std::unique_ptr<TableRows> rows = path.empty() ? nullptr : open_rows(path, place);
        if (rows == nullptr) {
            package.unreadable.push_back(table);
        } else {
            package.tables.push_back({table, path, std::move(rows)});
        }
    }

    static bool is_known(const PackageInput& package, const Table& table) {
        const auto is_table = [&](const TableInput& input) { return input.table == &table; };
        return std::ranges::any_of(package.tables, is_table)
               || std::ranges::find(package.unreadable, &table) != package.unreadable.end();
    }

    /// Anything that would make the file read otherwise than as docs/reference/map-package.md says.
    void check_form(const json& resource, const std::string& place) {
        if (const auto dialect = resource.find("dialect"); dialect != resource.end()) {
            const bool is_plain = dialect->is_object()
                                  && dialect->value("delimiter", json(",")) == ","
                                  && dialect->value("quoteChar", json("\"")) == "\""
                                  && dialect->value("header", json(true)) == true;
            if (!is_plain) {
                complain(
                    place + "/dialect",
                    dialect->dump().substr(0, 80),
                    "must be comma, double quotes and a header, as in RFC 4180"
                );
            }
        }
        if (const auto encoding = resource.find("encoding"); encoding != resource.end()) {
            if (*encoding != "utf-8" && *encoding != "UTF-8" && *encoding != "utf8") {
                complain(place + "/encoding", encoding->dump().substr(0, 80), "must be utf-8");
            }
        }
    }

    /// Empty if the path stays in the package; else what is wrong with it.
    std::string problem_of(const std::string& path) const {
        if (path.find("://") != std::string::npos) {
            return "is an address on the network; a package is read from this disk only";
        }
        if (path.front() == '/' || path.find_first_of("\\:") != std::string::npos
            || path.find('\0') != std::string::npos) {
            return "must be relative to the package's folder, with '/' between folders";
        }
        const std::filesystem::path parts(path);
        if (std::ranges::find(parts, std::filesystem::path("..")) != parts.end()) {
            return "must not go up with '..'";
        }
        std::error_code error;
        const auto root = std::filesystem::weakly_canonical(folder_, error);
        const auto file = std::filesystem::weakly_canonical(folder_ / parts, error);
        const auto [root_end, _] =
            std::mismatch(root.begin(), root.end(), file.begin(), file.end());
        return root_end == root.end() && !error ? std::string{}
                                                : "leads out of the package by a symbolic link";
    }

    std::unique_ptr<TableRows> open_rows(const std::string& path, const std::string& place) {
        if (std::string problem = problem_of(path); !problem.empty()) {
            report(rules::path_outside, place + "/path", path, std::move(problem));
            return nullptr;
        }
        Result<CsvReader> reader = CsvReader::open(folder_ / path, *report_);
        if (!reader) {
            report(rules::missing_file, place + "/path", path, "the file cannot be read");
            return nullptr;
        }
        return std::make_unique<CsvRows>(*std::move(reader));
    }

    void warn_of_unlisted_files(const PackageInput& package) {
        for (const Table& table : map_tables()) {
            for (const std::string_view ending : {".csv", ".csv.gz", ".csv.zst"}) {
                const std::string file = std::string(table.name) + std::string(ending);
                std::error_code error;
                if (!is_known(package, table) && std::filesystem::exists(folder_ / file, error)) {
                    report_->add(
                        {Severity::warning,
                         rules::unlisted_file.id,
                         std::string(descriptor_name),
                         0,
                         "/resources",
                         file,
                         sentence(rules::unlisted_file)}
                    );
                }
            }
        }
    }

    std::filesystem::path folder_;
    ImportReport* report_;
};

Result<std::string> read_descriptor(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return Error{
            ErrorCode::not_found,
            "there is no " + path.string()
                + "; a map is a folder with a datapackage.json, or an .xlsx",
            {}};
    }
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error || size > longest_descriptor) {
        return Error{
            ErrorCode::invalid_argument,
            path.string() + " is larger than 4 MiB; it names tables only",
            {}};
    }
    std::string text(size, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(text.data(), static_cast<std::streamsize>(size));
    if (!file) {
        return Error{ErrorCode::unavailable, path.string() + " cannot be read", {}};
    }
    return text;
}

bool is_workbook_name(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    return ending == ".xlsx" || ending == ".XLSX" || ending == ".xlsm";
}

}  // namespace

std::unique_ptr<TableRows> rows_of(CsvReader reader) {
    return std::make_unique<CsvRows>(std::move(reader));
}

void report_unknown_table(ImportReport& report, std::string_view file, std::string_view name) {
    std::vector<std::string_view> names;
    for (const Table& table : map_tables()) {
        names.push_back(table.name);
    }
    const std::string suggestion = Suggester{}.suggest(name, names);
    const bool is_slip = !suggestion.empty();
    std::string message = "is no table of a map package";
    message += is_slip ? suggestion : "; it was not read. The tables are " + listed(names);
    report.add(
        {is_slip ? Severity::error : Severity::warning,
         rules::unknown_table.id,
         std::string(file),
         0,
         {},
         std::string(name),
         std::move(message)}
    );
}

Result<PackageInput> open_package(const std::filesystem::path& path, ImportReport& report) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return Error{ErrorCode::not_found, "there is no " + path.string(), {}};
    }
    const bool is_folder = std::filesystem::is_directory(path, error);
    if (!is_folder && is_workbook_name(path)) {
        return open_workbook(path, report);
    }
    if (!is_folder && path.extension() != ".json") {
        return Error{
            ErrorCode::invalid_argument,
            path.string() + " is no map: give a folder with a datapackage.json, or an .xlsx",
            {}};
    }
    const std::filesystem::path file = is_folder ? path / descriptor_name : path;
    ADIC_TRY(const std::string text, read_descriptor(file));
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    return Descriptor(folder, report).open(text);
}

}  // namespace adic::ingest
