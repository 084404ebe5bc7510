#include "adic/ingest/sheet_reader.hpp"

#include "package_input.hpp"
#include "rules.hpp"

#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;
constexpr std::size_t bytes_of_cell = sizeof(std::string);

class SheetTaker {
  public:
    /// False: there would be too many of them.
    bool take(SheetInput& sheet) {
        SheetCells& taken = sheets_.emplace_back();
        taken.name = sheet.name;
        while (sheet.rows->next()) {
            SheetCells::Row row{sheet.rows->row(), {}};
            for (const std::string_view cell : sheet.rows->fields()) {
                bytes_ += cell.size() + bytes_of_cell;
                row.cells.emplace_back(cell);
            }
            taken.rows.push_back(std::move(row));
            if (bytes_ > most_bytes) {
                return false;
            }
        }
        return true;
    }

    std::vector<SheetCells> taken() && { return std::move(sheets_); }

  private:
    std::vector<SheetCells> sheets_;
    std::size_t bytes_ = 0;
};

}  // namespace

std::vector<SheetCells> read_sheets(const std::filesystem::path& path, ImportReport& report) {
    SheetTaker taker;
    for (SheetInput& sheet : open_sheets(path, report, Shown::as_in_program)) {
        if (!taker.take(sheet)) {
            report.add(
                {Severity::error,
                 rules::workbook_too_large.id,
                 sheet.file,
                 0,
                 {},
                 {},
                 sentence(rules::workbook_too_large)}
            );
            return {};
        }
    }
    return report.may_commit() ? std::move(taker).taken() : std::vector<SheetCells>{};
}

}  // namespace adic::ingest
