#include "adic/procure/geographic_return.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;

enum Place : std::size_t { programme, year, state, kind, amount, technology, weight };

constexpr std::array columns{
    NamedColumn{"programme"},
    NamedColumn{"year"},
    NamedColumn{"state"},
    NamedColumn{"kind"},
    NamedColumn{"amount"},
    NamedColumn{"class", false},
    NamedColumn{"weight", false},
};

constexpr std::array<std::string_view, 2> kinds{"contribution", "work"};
constexpr std::uint32_t most_weight = 1000;
constexpr std::int32_t most_years = 100;
constexpr Cents most_together = 100'000'000'000'000'000;

class EntryReader {
  public:
    EntryReader(CsvReader rows, ImportReport& report)
        : row_(std::move(rows), columns, report)
        , report_(report)
        , errors_(report.errors()) {}

    std::vector<ReturnEntry> read() && {
        while (row_.next()) {
            entries_.push_back(take());
            check(entries_.back());
        }
        return report_.errors() == errors_ ? std::move(entries_) : std::vector<ReturnEntry>{};
    }

  private:
    ReturnEntry take() {
        ReturnEntry one;
        one.programme = row_.text(programme);
        one.year = row_.year(year).value_or(0);
        one.state = row_.text(state);
        one.is_work = row_.word(kind, kinds) == kinds[1];
        one.amount = row_.cents(amount).value_or(0);
        one.technology = row_.text(technology);
        one.weight = row_.fraction_or(weight, most_weight, 1);
        return one;
    }

    void check(const ReturnEntry& one) {
        if (!one.is_work && !row_.text(technology).empty()) {
            row_.complain(technology, "is for work; a contribution has none");
        }
        if (!one.is_work && !row_.text(weight).empty()) {
            row_.complain(weight, "is for work; a contribution counts as it is");
        }
        together_ += std::min(one.amount, most_together);
        if (together_ > most_together) {
            row_.complain(amount, "and those above are more than 10^15 together");
            together_ = 0;
        }
        if (row_.is_good()) {
            first_ = std::min(first_, one.year);
            last_ = std::max(last_, one.year);
            if (last_ - first_ >= most_years) {
                row_.complain(year, fmt::format("and those above span more than {}", most_years));
                first_ = last_ = one.year;
            }
        }
    }

    NamedRows row_;
    ImportReport& report_;
    std::uint64_t errors_;
    std::vector<ReturnEntry> entries_;
    Cents together_ = 0;
    std::int32_t first_ = 9999;
    std::int32_t last_ = 0;
};

}  // namespace

std::vector<ReturnEntry>
parse_return_entries(std::string_view text, const std::string& name, ImportReport& report) {
    return EntryReader(CsvReader::over(name, text, report), report).read();
}

Result<std::vector<ReturnEntry>>
read_return_entries(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return EntryReader(std::move(rows), report).read();
}

}  // namespace adic::procure
