#include "adic/procure/offset.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;

enum ObligationColumn : std::size_t {
    obligation,
    state,
    supplier,
    policy,
    version,
    signed_on,
    due,
    currency,
    contract_value,
    agreed
};

constexpr std::array obligation_columns{
    NamedColumn{"obligation"},
    NamedColumn{"state"},
    NamedColumn{"supplier"},
    NamedColumn{"policy"},
    NamedColumn{"version", false},
    NamedColumn{"signed_on"},
    NamedColumn{"due"},
    NamedColumn{"currency"},
    NamedColumn{"contract_value"},
    NamedColumn{"agreed", false},
};

enum TransactionColumn : std::size_t {
    line,
    under,
    day,
    deed,
    category,
    nominal,
    claimed,
    baseline,
    local_share,
    causality,
    core,
    audited,
    audited_on,
    line_currency
};

constexpr std::array transaction_columns{
    NamedColumn{"line"},
    NamedColumn{"obligation"},
    NamedColumn{"day"},
    NamedColumn{"deed"},
    NamedColumn{"category"},
    NamedColumn{"nominal"},
    NamedColumn{"claimed", false},
    NamedColumn{"baseline", false},
    NamedColumn{"local_share", false},
    NamedColumn{"causality", false},
    NamedColumn{"core", false},
    NamedColumn{"audited", false},
    NamedColumn{"audited_on", false},
    NamedColumn{"currency", false},
};

constexpr std::array<std::string_view, 2> yes_or_no{"yes", "no"};
/// Of all claims of a book, and of all contracts: with a multiplier of at most 20 the sums of
/// cents stay far below 2^63.
constexpr Cents most_in_all = 100'000'000'000'000'000;

bool is_currency(std::string_view code) {
    return code.size() == 3
           && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

class BookReader {
  public:
    BookReader(std::vector<OffsetPolicy> policies, const ExchangeRates& rates, ImportReport& report)
        : rates_(rates)
        , report_(report) {
        book_.policies = std::move(policies);
    }

    void read_obligations(CsvReader rows) {
        NamedRows row(std::move(rows), obligation_columns, report_);
        while (row.next()) {
            OffsetObligation one = take_obligation(row);
            if (!places_.emplace(one.id, book_.obligations.size()).second) {
                row.complain(obligation, "is there already, in this book or in another");
            }
            book_.obligations.push_back(std::move(one));
        }
    }

    void read_transactions(CsvReader rows) {
        NamedRows row(std::move(rows), transaction_columns, report_);
        while (row.next()) {
            OffsetTransaction one = take_transaction(row);
            if (!lines_.emplace(one.id).second) {
                row.complain(line, "is there already, in this book or in another");
            }
            book_.transactions.push_back(std::move(one));
        }
    }

    OffsetBook take() && { return std::move(book_); }

  private:
    OffsetObligation take_obligation(NamedRows& row) {
        OffsetObligation one;
        one.id = row.text(obligation);
        one.state = row.text(state);
        one.supplier = row.text(supplier);
        one.signed_on = row.day(signed_on).value_or(std::chrono::sys_days{});
        one.due = row.day(due).value_or(one.signed_on);
        one.currency = row.text(currency);
        one.contract_value = row.cents(contract_value).value_or(1);
        one.agreed = row.cents(agreed);
        if (!is_currency(one.currency)) {
            row.complain(currency, "must be the three letters of a currency (ISO 4217), as USD");
        }
        if (one.due < one.signed_on) {
            row.complain(due, "is before the day of signature");
        }
        if (one.contract_value == 0) {
            row.complain(contract_value, "must be above 0");
        }
        contracts_ += std::min(std::max(one.contract_value, one.agreed.value_or(0)), most_in_all);
        if (contracts_ > most_in_all) {
            row.complain(contract_value, "and those above are more than 10^15 together");
            contracts_ = 0;
        }
        find_policy(row, one);
        return one;
    }

    void find_policy(NamedRows& row, OffsetObligation& one) {
        const std::string_view id = row.text(policy);
        const std::string_view named = row.text(version);
        std::optional<std::size_t> found;
        bool is_known = false;
        for (std::size_t i = 0; i < book_.policies.size(); ++i) {
            const OffsetPolicy& each = book_.policies[i];
            if (each.id == id) {
                is_known = true;
                if (named.empty() ? each.from <= one.signed_on : each.version == named) {
                    found = i;
                }
            }
        }
        one.policy = found.value_or(0);
        if (!is_known) {
            row.complain(policy, "is none of the policies that were read");
        } else if (!found && named.empty()) {
            row.complain(signed_on, "is before the first version of the policy");
        } else if (!found) {
            row.complain(version, "is no version of the policy");
        } else if (!one.agreed && !book_.policies[*found].quota) {
            row.complain(agreed, "must say what is owed: the policy states no quota");
        }
    }

    OffsetTransaction take_transaction(NamedRows& row) {
        OffsetTransaction one;
        one.id = row.text(line);
        one.day = row.day(day).value_or(std::chrono::sys_days{});
        one.deed = row.text(deed);
        one.category = row.text(category);
        one.nominal = row.cents(nominal).value_or(0);
        one.claimed = row.cents(claimed).value_or(one.nominal);
        one.baseline = row.cents(baseline).value_or(0);
        one.local_share = row.fraction_or(local_share, 1, 1);
        one.causality = row.fraction_or(causality, 1, 1);
        one.audited = row.cents(audited);
        one.audited_on = row.day(audited_on);
        if (one.audited.has_value() != one.audited_on.has_value()) {
            row.complain(audited, "and audited_on go together");
        }
        if (one.audited.value_or(0) > one.claimed) {
            row.complain(audited, "is more than what is claimed");
        }
        if (one.audited_on.value_or(one.day) < one.day) {
            row.complain(audited_on, "is before the day on which it was done");
        }
        find_obligation(row, one);
        exchange(row, one);
        claims_ += std::min(std::max(one.claimed, one.nominal), most_in_all);
        if (claims_ > most_in_all) {
            row.complain(nominal, "and those above are more than 10^15 together");
            claims_ = 0;
        }
        return one;
    }

    void exchange(NamedRows& row, OffsetTransaction& one) const {
        const std::string_view from = row.text(line_currency);
        if (from.empty() || one.obligation >= book_.obligations.size()) {
            return;
        }
        const std::string& to = book_.obligations[one.obligation].currency;
        auto found = rates_.find(from, to, one.day);
        if (!found) {
            row.complain(
                line_currency,
                fmt::format("has no rate to {} that holds on the day; give them by --rates", to)
            );
            return;
        }
        one.exchange = *std::move(found);
        const Cents audited_value = one.audited.value_or(0);
        for (const Cents amount : {one.nominal, one.claimed, one.baseline, audited_value}) {
            if (amount * one.exchange.rate > most_in_all) {
                row.complain(nominal, "is more than 10^15 in the currency of the obligation");
                return;
            }
        }
        one.nominal = nearest(one.nominal * one.exchange.rate);
        one.claimed = nearest(one.claimed * one.exchange.rate);
        one.baseline = nearest(one.baseline * one.exchange.rate);
        if (one.audited) {
            one.audited = nearest(audited_value * one.exchange.rate);
        }
    }

    void find_obligation(NamedRows& row, OffsetTransaction& one) {
        const auto place = places_.find(std::string(row.text(under)));
        if (place == places_.end()) {
            row.complain(under, "is no obligation of obligations.csv");
            return;
        }
        one.obligation = place->second;
        const OffsetObligation& of = book_.obligations[one.obligation];
        if (one.day < of.signed_on) {
            row.complain(day, "is before the obligation was signed");
        }
        if (of.policy >= book_.policies.size()) {
            return;
        }
        const auto& categories = book_.policies[of.policy].categories;
        const auto counted = std::ranges::find(categories, one.category, &OffsetCategory::id);
        const std::string_view says = row.word(core, yes_or_no);
        if (counted == categories.end()) {
            row.complain(category, "is no category of the policy's version");
        } else if (counted->is_core && !says.empty()) {
            row.complain(core, "is said by the category already");
        } else {
            one.is_core = counted->is_core.value_or(says == "yes");
        }
    }

    const ExchangeRates& rates_;
    ImportReport& report_;
    OffsetBook book_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::set<std::string, std::less<>> lines_;
    Cents contracts_ = 0;
    Cents claims_ = 0;
};

}  // namespace

OffsetBook parse_offset_book(
    std::string_view obligations,
    std::string_view transactions,
    std::vector<OffsetPolicy> policies,
    const ExchangeRates& rates,
    ImportReport& report
) {
    const std::uint64_t errors = report.errors();
    BookReader reader(std::move(policies), rates, report);
    reader.read_obligations(CsvReader::over("obligations.csv", obligations, report));
    reader.read_transactions(CsvReader::over("transactions.csv", transactions, report));
    return report.errors() == errors ? std::move(reader).take() : OffsetBook{};
}

Result<OffsetBook> read_offset_books(
    std::span<const std::filesystem::path> folders,
    std::vector<OffsetPolicy> policies,
    const ExchangeRates& rates,
    ImportReport& report
) {
    const std::uint64_t errors = report.errors();
    BookReader reader(std::move(policies), rates, report);
    for (const std::filesystem::path& folder : folders) {
        ADIC_TRY(CsvReader rows, CsvReader::open(folder / "obligations.csv", report));
        reader.read_obligations(std::move(rows));
    }
    for (const std::filesystem::path& folder : folders) {
        ADIC_TRY(CsvReader rows, CsvReader::open(folder / "transactions.csv", report));
        reader.read_transactions(std::move(rows));
    }
    return report.errors() == errors ? std::move(reader).take() : OffsetBook{};
}

std::optional<std::chrono::sys_days> last_day_of(const OffsetBook& book) {
    std::optional<std::chrono::sys_days> last;
    const auto see = [&](std::chrono::sys_days day) { last = std::max(last.value_or(day), day); };
    for (const OffsetObligation& one : book.obligations) {
        see(one.signed_on);
    }
    for (const OffsetTransaction& one : book.transactions) {
        see(one.audited_on.value_or(one.day));
    }
    return last;
}

}  // namespace adic::procure
