#include "adic/procure/offset.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace adic::procure {
namespace {

using std::chrono::sys_days;

constexpr std::array<std::string_view, 6>
    steps{"credited", "late", "banked", "drawn", "missing", "lapsed"};

/// The same day some years on; the last of February for one that is not there.
sys_days years_after(sys_days day, std::int32_t years) {
    const std::chrono::year_month_day date{day};
    const auto later = date + std::chrono::years{years};
    return later.ok() ? sys_days{later}
                      : sys_days{later.year() / later.month() / std::chrono::last};
}

const OffsetCategory* find_category(const OffsetPolicy& policy, std::string_view id) {
    const auto found = std::ranges::find(policy.categories, id, &OffsetCategory::id);
    return found == policy.categories.end() ? nullptr : &*found;
}

/// (F2): what is additional, local and caused by the obligation.
Fraction transferred_of(const OffsetTransaction& line, Cents value) {
    const Fraction additional = Fraction{value} * line.local_share - line.baseline;
    return additional > 0 ? Fraction{additional * line.causality} : Fraction{0};
}

/// (F3)
Cents credit_of(const Fraction& transferred, const OffsetCategory& category) {
    return nearest(transferred * category.multiplier * (1 + category.uplift));
}

/// Whole cents that are not above the amount, which is not below zero.
Cents whole_part(const Fraction& amount) {
    return static_cast<Cents>(numerator(amount) / denominator(amount));
}

/// A surplus in the bank.
struct Lot {
    std::size_t obligation;
    Cents left;
};

/// What a supplier has in the bank of a state in a currency, by the last day on which it can be
/// drawn.
struct Account {
    std::multimap<sys_days, Lot> lots;
    Cents balance = 0;
};

class Books {
  public:
    Books(const OffsetBook& book, sys_days day) : book_(book) {
        ledger_.day = day;
        ledger_.credits.resize(book.transactions.size());
        for (std::size_t i = 0; i < book.obligations.size(); ++i) {
            places_.push_back(ledger_.standings.size());
            if (book.obligations[i].signed_on <= day) {
                ledger_.standings.push_back({i});
                ledger_.standings.back().owed = owed_of(i, book.obligations[i].policy).value_or(0);
                ledger_.standings.back().missing = ledger_.standings.back().owed;
            }
        }
    }

    OffsetLedger close() && {
        find_order();
        accept_claims();
        value_lines();
        go_through_days();
        find_clashes();
        for (OffsetStanding& standing : ledger_.standings) {
            finish(standing);
        }
        read_by_versions();
        return std::move(ledger_);
    }

  private:
    const OffsetPolicy& policy_of(std::size_t obligation) const {
        return book_.policies[book_.obligations[obligation].policy];
    }

    OffsetStanding& standing_of(std::size_t obligation) {
        return ledger_.standings[places_[obligation]];
    }

    /// (F1)
    std::optional<Cents> owed_of(std::size_t obligation, std::size_t policy) const {
        const OffsetObligation& one = book_.obligations[obligation];
        const auto& quota = book_.policies[policy].quota;
        if (one.agreed) {
            return one.agreed;
        }
        return quota ? std::optional{nearest(*quota * one.contract_value)} : std::nullopt;
    }

    /// Lines by the day on which something was done; of one day, in their order.
    void find_order() {
        for (std::size_t i = 0; i < book_.transactions.size(); ++i) {
            if (book_.transactions[i].day <= ledger_.day) {
                ledger_.credits[i].counts = true;
                order_.push_back(i);
            }
        }
        std::ranges::stable_sort(order_, {}, [&](std::size_t i) {
            return book_.transactions[i].day;
        });
    }

    /// A deed is there once: who comes first has it. Parts of it add up in any currency.
    void accept_claims() {
        for (const std::size_t i : order_) {
            lines_of_[book_.transactions[i].deed].push_back(i);
        }
        for (const auto& [deed, lines] : lines_of_) {
            Fraction left = 1;
            for (const std::size_t i : lines) {
                const OffsetTransaction& line = book_.transactions[i];
                OffsetCredit& credit = ledger_.credits[i];
                credit.accepted = std::min(line.claimed, whole_part(left * line.nominal));
                credit.refused = line.claimed - credit.accepted;
                left -= line.nominal == 0 ? Fraction{0} : Fraction(credit.accepted, line.nominal);
            }
        }
    }

    void value_lines() {
        for (const std::size_t i : order_) {
            const OffsetTransaction& line = book_.transactions[i];
            const OffsetObligation& obligation = book_.obligations[line.obligation];
            OffsetCredit& credit = ledger_.credits[i];
            const OffsetCategory* category =
                find_category(policy_of(line.obligation), line.category);
            const bool is_audited = line.audited_on && *line.audited_on <= ledger_.day;
            const Fraction claimed = transferred_of(line, credit.accepted);
            credit.is_late = line.day > obligation.due;
            credit.credit = credit_of(claimed, *category);
            credit.transferred = nearest(claimed);
            if (is_audited) {
                const Fraction found =
                    transferred_of(line, std::min(credit.accepted, *line.audited));
                credit.transferred = nearest(found);
                credit.audited_credit = credit_of(found, *category);
            }
            add(standing_of(line.obligation), line, credit);
        }
    }

    static void
    add(OffsetStanding& standing, const OffsetTransaction& line, const OffsetCredit& credit) {
        standing.nominal += line.claimed;
        standing.refused += credit.refused;
        standing.transferred += credit.transferred;
        if (credit.is_late) {
            standing.late += credit.credit;
            return;
        }
        standing.credit += credit.credit;
        standing.core_credit += line.is_core ? credit.credit : 0;
        standing.audited += credit.audited_credit.value_or(0);
        standing.unaudited += credit.audited_credit ? 0 : credit.credit;
    }

    /// On each day what was done is credited first, then what is due is settled.
    void go_through_days() {
        struct Event {
            sys_days day;
            bool is_due;
            std::size_t of;
        };

        std::vector<Event> events;
        for (const std::size_t i : order_) {
            events.push_back({book_.transactions[i].day, false, i});
        }
        for (const OffsetStanding& standing : ledger_.standings) {
            const sys_days due = book_.obligations[standing.obligation].due;
            if (due <= ledger_.day) {
                events.push_back({due, true, standing.obligation});
            }
        }
        std::ranges::stable_sort(events, {}, [](const Event& event) {
            return std::pair{event.day, event.is_due};
        });
        for (const Event& event : events) {
            if (event.is_due) {
                settle(event.of, event.day);
            } else {
                credit(event.of);
            }
        }
        for (auto& [owner, account] : bank_) {
            let_lapse(account, ledger_.day);
            for (const auto& [until, lot] : account.lots) {
                standing_of(lot.obligation).bank += lot.left;
            }
        }
        std::ranges::stable_sort(ledger_.movements, {}, &OffsetMovement::day);
    }

    Account& account_of(std::size_t obligation) {
        const OffsetObligation& one = book_.obligations[obligation];
        return bank_[{one.state, one.supplier, one.currency}];
    }

    void note(sys_days day, std::size_t obligation, OffsetStep step, Cents amount, std::string by) {
        const Cents open = standing_of(obligation).missing;
        const Cents bank = account_of(obligation).balance;
        ledger_.movements.push_back({day, obligation, step, amount, std::move(by), open, bank});
    }

    void credit(std::size_t line) {
        const OffsetTransaction& one = book_.transactions[line];
        const OffsetCredit& worth = ledger_.credits[line];
        OffsetStanding& standing = standing_of(one.obligation);
        let_lapse(account_of(one.obligation), one.day);
        if (worth.is_late) {
            note(one.day, one.obligation, OffsetStep::late, worth.credit, one.id);
            return;
        }
        const Cents applied = std::min(worth.credit, standing.missing);
        standing.applied += applied;
        standing.missing -= applied;
        note(one.day, one.obligation, OffsetStep::credited, applied, one.id);
        const Cents surplus = worth.credit - applied;
        if (surplus > 0) {
            bank(one, surplus);
        }
    }

    void bank(const OffsetTransaction& line, Cents surplus) {
        const OffsetPolicy& policy = policy_of(line.obligation);
        if (!policy.may_bank) {
            standing_of(line.obligation).lapsed += surplus;
            note(line.day, line.obligation, OffsetStep::lapsed, surplus, line.id);
            return;
        }
        const sys_days until =
            policy.bank_years ? years_after(line.day, *policy.bank_years) : sys_days::max();
        Account& account = account_of(line.obligation);
        account.lots.emplace(until, Lot{line.obligation, surplus});
        account.balance += surplus;
        note(line.day, line.obligation, OffsetStep::banked, surplus, line.id);
    }

    /// (F4): what is missing is drawn from the bank, what lapses first before the rest.
    void settle(std::size_t obligation, sys_days day) {
        OffsetStanding& standing = standing_of(obligation);
        Account& account = account_of(obligation);
        let_lapse(account, day);
        standing.is_due = true;
        while (standing.missing > 0 && !account.lots.empty()) {
            Lot& lot = account.lots.begin()->second;
            const Cents drawn = std::min(lot.left, standing.missing);
            lot.left -= drawn;
            account.balance -= drawn;
            standing.missing -= drawn;
            standing.drawn += drawn;
            standing_of(lot.obligation).lent += drawn;
            note(day, obligation, OffsetStep::drawn, drawn, book_.obligations[lot.obligation].id);
            if (lot.left == 0) {
                account.lots.erase(account.lots.begin());
            }
        }
        if (standing.missing > 0) {
            note(day, obligation, OffsetStep::missing, standing.missing, "");
            if (const auto& part = policy_of(obligation).penalty) {
                standing.penalty = nearest(*part * standing.missing);
            }
        }
    }

    /// Takes what can be drawn no more on `day` out of the bank.
    void let_lapse(Account& account, sys_days day) {
        while (!account.lots.empty() && account.lots.begin()->first < day) {
            const auto [until, lot] = *account.lots.begin();
            account.lots.erase(account.lots.begin());
            account.balance -= lot.left;
            standing_of(lot.obligation).lapsed += lot.left;
            note(until + std::chrono::days{1}, lot.obligation, OffsetStep::lapsed, lot.left, "");
        }
    }

    void find_clashes() {
        for (const auto& [deed, lines] : lines_of_) {
            OffsetClash clash{OffsetClash::Kind::shared, deed, lines, 0};
            bool has_one_value = true;
            bool has_one_obligation = true;
            for (const std::size_t i : lines) {
                const OffsetTransaction& first = book_.transactions[lines.front()];
                clash.refused += ledger_.credits[i].refused;
                has_one_value &= book_.transactions[i].nominal == first.nominal
                                 || currency_of(i) != currency_of(lines.front());
                has_one_obligation &= book_.transactions[i].obligation == first.obligation;
            }
            if (clash.refused > 0) {
                clash.kind = OffsetClash::Kind::claimed_twice;
            } else if (!has_one_value) {
                clash.kind = OffsetClash::Kind::unlike_values;
            } else if (has_one_obligation) {
                continue;
            }
            ledger_.clashes.push_back(std::move(clash));
        }
    }

    const std::string& currency_of(std::size_t line) const {
        return book_.obligations[book_.transactions[line].obligation].currency;
    }

    struct Core {
        std::optional<bool> is_there;
        Cents needed = 0;
    };

    /// (F5)
    static Core
    core_of(const OffsetPolicy& policy, Cents contract_value, Cents credit, Cents core_credit) {
        if (policy.core_quota) {
            const Cents needed = nearest(*policy.core_quota * contract_value);
            return {core_credit >= needed, needed};
        }
        if (policy.core_share) {
            const Fraction limit = *policy.core_share * credit;
            return {credit > 0 && core_credit > limit, nearest(limit)};
        }
        return {};
    }

    void finish(OffsetStanding& standing) const {
        const Core core = core_of(
            policy_of(standing.obligation),
            book_.obligations[standing.obligation].contract_value,
            standing.credit,
            standing.core_credit
        );
        standing.has_core = core.is_there;
        standing.core_needed = core.needed;
    }

    void read_by_versions() {
        for (const OffsetStanding& standing : ledger_.standings) {
            for (std::size_t p = 0; p < book_.policies.size(); ++p) {
                if (book_.policies[p].id == policy_of(standing.obligation).id) {
                    ledger_.readings.push_back(reading_of(standing.obligation, p));
                }
            }
        }
    }

    OffsetReading reading_of(std::size_t obligation, std::size_t policy) const {
        const OffsetPolicy& version = book_.policies[policy];
        OffsetReading reading{obligation, policy, book_.obligations[obligation].policy == policy};
        reading.owed = owed_of(obligation, policy);
        for (const std::size_t i : order_) {
            const OffsetTransaction& line = book_.transactions[i];
            const OffsetCategory* category = find_category(version, line.category);
            if (line.obligation == obligation && category != nullptr
                && !ledger_.credits[i].is_late) {
                const Cents credit =
                    credit_of(transferred_of(line, ledger_.credits[i].accepted), *category);
                reading.credit += credit;
                reading.core_credit += category->is_core.value_or(line.is_core) ? credit : 0;
            }
        }
        const Core core = core_of(
            version,
            book_.obligations[obligation].contract_value,
            reading.credit,
            reading.core_credit
        );
        reading.core_needed = core.needed;
        reading.has_core = core.is_there;
        reading.is_met =
            reading.owed && reading.credit >= *reading.owed && core.is_there.value_or(true);
        return reading;
    }

    const OffsetBook& book_;
    OffsetLedger ledger_;
    std::vector<std::size_t> places_;  ///< of an obligation among the standings
    std::vector<std::size_t> order_;
    std::map<std::string, std::vector<std::size_t>> lines_of_;
    std::map<std::tuple<std::string, std::string, std::string>, Account> bank_;
};

}  // namespace

std::string_view name_of(OffsetStep step) {
    return steps.at(static_cast<std::size_t>(step));
}

OffsetLedger offset_ledger(const OffsetBook& book, sys_days day) {
    return Books(book, day).close();
}

}  // namespace adic::procure
