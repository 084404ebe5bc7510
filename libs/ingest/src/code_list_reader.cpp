#include "adic/ingest/code_list_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/model/identifiers.hpp"

#include "rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::ingest {
namespace {

namespace fs = std::filesystem;
using model::ListedCode;

enum Column { scheme, code, title, includes, source };

constexpr std::array<std::string_view, 5> columns{"scheme", "code", "title", "includes", "source"};

class CodeTable {
  public:
    CodeTable(CsvReader reader, ImportReport& report)
        : reader_(std::move(reader))
        , report_(report) {}

    Result<std::vector<ListedCode>> read() {
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
                complain(scheme, "the row has to have as many cells as the first row");
            }
        }
        return std::move(codes_);
    }

  private:
    std::string text(Column column) const { return std::string(trimmed(reader_.fields()[column])); }

    void complain(Column column, std::string message) {
        report_.add(
            {Severity::error,
             rules::listed_code.id,
             reader_.name(),
             reader_.row(),
             std::string(columns.at(column)),
             column < reader_.fields().size() ? text(column) : std::string{},
             std::move(message)}
        );
    }

    void read_row() {
        ListedCode one{text(scheme), text(code), text(title), text(includes), text(source)};
        for (const Column column : {scheme, code, title, source}) {
            if (text(column).empty()) {
                complain(column, "must not be empty");
            }
        }
        if (const auto form = model::form_broken(one.scheme, one.code); !form.empty()) {
            complain(code, fmt::format("a code of {} is {}", one.scheme, form));
        } else if (!seen_.emplace(one.scheme, one.code).second) {
            complain(code, "an earlier row has it too");
        }
        codes_.push_back(std::move(one));
    }

    CsvReader reader_;
    ImportReport& report_;
    std::vector<ListedCode> codes_;
    std::set<std::pair<std::string, std::string>> seen_;
};

/// Without a code where a row has a problem: a list with holes would be taken for a whole one.
Result<std::vector<ListedCode>> codes_of(CsvReader reader, ImportReport& report) {
    ADIC_TRY(auto codes, CodeTable(std::move(reader), report).read());
    return report.may_commit() ? std::move(codes) : std::vector<ListedCode>{};
}

}  // namespace

Result<std::vector<ListedCode>> read_code_lists(const fs::path& folder, ImportReport& report) {
    std::error_code failed;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".csv") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<ListedCode> all;
    for (const fs::path& file : files) {
        ADIC_TRY(CsvReader reader, CsvReader::open(file, report));
        ADIC_TRY(auto codes, codes_of(std::move(reader), report));
        std::ranges::move(codes, std::back_inserter(all));
    }
    return report.may_commit() ? std::move(all) : std::vector<ListedCode>{};
}

Result<std::vector<ListedCode>>
parse_code_list(std::string_view text, const std::string& name, ImportReport& report) {
    return codes_of(CsvReader::over(name, text, report), report);
}

}  // namespace adic::ingest
