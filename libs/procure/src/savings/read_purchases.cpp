#include "adic/procure/realised.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;
using std::chrono::sys_days;

enum Place : std::size_t {
    purchase,
    state,
    currency,
    planned_on,
    paid_on,
    reference_price,
    planned_price,
    paid_price,
    planned_quantity,
    paid_quantity,
    price_index,
    claimed_low,
    claimed_likely,
    claimed_high
};

constexpr std::array columns{
    NamedColumn{"purchase"},
    NamedColumn{"state"},
    NamedColumn{"currency"},
    NamedColumn{"planned_on"},
    NamedColumn{"paid_on"},
    NamedColumn{"reference_price"},
    NamedColumn{"planned_price"},
    NamedColumn{"paid_price"},
    NamedColumn{"planned_quantity"},
    NamedColumn{"paid_quantity"},
    NamedColumn{"price_index", false},
    NamedColumn{"claimed_low", false},
    NamedColumn{"claimed_likely", false},
    NamedColumn{"claimed_high", false},
};

constexpr std::uint32_t most_pieces = 1'000'000'000;
constexpr std::uint32_t most_index = 1'000'000;
constexpr Cents most_claimed = 100'000'000'000'000'000;

class PurchaseReader {
  public:
    PurchaseReader(CsvReader rows, ImportReport& report)
        : row_(std::move(rows), columns, report)
        , report_(report)
        , errors_(report.errors()) {}

    std::vector<PaidPurchase> read() && {
        while (row_.next()) {
            purchases_.push_back(take());
            check(purchases_.back());
        }
        return report_.errors() == errors_ ? std::move(purchases_) : std::vector<PaidPurchase>{};
    }

  private:
    PaidPurchase take() {
        PaidPurchase one;
        one.id = row_.text(purchase);
        one.state = row_.text(state);
        one.currency = row_.text(currency);
        one.planned_on = row_.day(planned_on).value_or(sys_days{});
        one.paid_on = row_.day(paid_on).value_or(one.planned_on);
        one.reference_price = row_.cents(reference_price).value_or(0);
        one.planned_price = row_.cents(planned_price).value_or(0);
        one.paid_price = row_.cents(paid_price).value_or(0);
        one.planned_quantity = row_.fraction_or(planned_quantity, most_pieces, 0);
        one.paid_quantity = row_.fraction_or(paid_quantity, most_pieces, 0);
        one.price_index = row_.fraction_or(price_index, most_index, 1);
        one.claimed_low = row_.cents(claimed_low, true);
        one.claimed_likely = row_.cents(claimed_likely, true);
        one.claimed_high = row_.cents(claimed_high, true);
        return one;
    }

    void check(PaidPurchase& one) {
        if (!seen_.insert(one.id).second) {
            row_.complain(purchase, "is there already");
        }
        if (one.price_index == 0) {
            row_.complain(price_index, "must be above 0");
        }
        if (one.claimed_low.has_value() != one.claimed_high.has_value()) {
            row_.complain(claimed_low, "and claimed_high go together");
        } else if (one.claimed_low && *one.claimed_low > *one.claimed_high) {
            row_.complain(claimed_low, "is above claimed_high");
        } else if (one.claimed_likely && one.claimed_low && (*one.claimed_likely < *one.claimed_low || *one.claimed_likely > *one.claimed_high)) {
            row_.complain(claimed_likely, "is not between claimed_low and claimed_high");
        }
        for (const auto& claim : {one.claimed_low, one.claimed_likely, one.claimed_high}) {
            claimed_ += std::min(std::abs(claim.value_or(0)), most_claimed);
        }
        if (claimed_ > most_claimed) {
            row_.complain(claimed_likely, "and those above are more than 10^15 together");
            claimed_ = 0;
        }
    }

    NamedRows row_;
    ImportReport& report_;
    std::uint64_t errors_;
    std::set<std::string, std::less<>> seen_;
    std::vector<PaidPurchase> purchases_;
    Cents claimed_ = 0;
};

}  // namespace

std::vector<PaidPurchase>
parse_paid_purchases(std::string_view text, const std::string& name, ImportReport& report) {
    return PurchaseReader(CsvReader::over(name, text, report), report).read();
}

Result<std::vector<PaidPurchase>>
read_paid_purchases(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return PurchaseReader(std::move(rows), report).read();
}

}  // namespace adic::procure
