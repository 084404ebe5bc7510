#include "adic/base/sha256.hpp"
#include "adic/procure/reciprocity.hpp"

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

enum EntryColumn : std::size_t {
    number,
    year,
    buyer,
    seller,
    amount,
    kind,
    corrects,
    evidence,
    seal
};

constexpr std::array entry_columns{
    NamedColumn{"number"},
    NamedColumn{"year"},
    NamedColumn{"buyer"},
    NamedColumn{"seller"},
    NamedColumn{"amount"},
    NamedColumn{"kind", false},
    NamedColumn{"corrects", false},
    NamedColumn{"evidence", false},
    NamedColumn{"seal", false},
};

constexpr std::array<std::string_view, 2> kinds{"purchase", "correction"};
constexpr double most_lines = 1e9;

std::string_view name_of(EntryKind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}

class LedgerReader {
  public:
    LedgerReader(CsvReader rows, ImportReport& report)
        : row_(std::move(rows), entry_columns, report)
        , report_(report)
        , errors_(report.errors()) {}

    std::vector<LedgerEntry> read() && {
        while (row_.next()) {
            LedgerEntry entry = take();
            if (row_.is_good()) {
                check(entry);
            }
            seal_before_ = seal_of(entry, seal_before_);
            entries_.push_back(std::move(entry));
        }
        return report_.errors() == errors_ ? std::move(entries_) : std::vector<LedgerEntry>{};
    }

  private:
    LedgerEntry take() {
        LedgerEntry entry;
        entry.number =
            static_cast<std::uint64_t>(row_.number(number, {1.0, most_lines}).value_or(0.0));
        entry.year = row_.year(year).value_or(0);
        entry.buyer = row_.text(buyer);
        entry.seller = row_.text(seller);
        entry.kind =
            row_.word(kind, kinds) == "correction" ? EntryKind::correction : EntryKind::purchase;
        entry.amount = row_.cents(amount, entry.kind == EntryKind::correction).value_or(0);
        if (const auto line = row_.number(corrects, {1.0, most_lines})) {
            entry.corrects = static_cast<std::uint64_t>(*line);
        }
        entry.evidence = row_.text(evidence);
        entry.seal = row_.text(seal);
        return entry;
    }

    void check(const LedgerEntry& entry) {
        if (entry.number != entries_.size() + 1) {
            row_.complain(
                number,
                fmt::format("must be {}: lines are numbered without gaps", entries_.size() + 1)
            );
        }
        if (!entries_.empty() && entry.year < entries_.back().year) {
            row_.complain(year, "is before the year of the line above: lines are only added");
        }
        if (entry.buyer == entry.seller) {
            row_.complain(seller, "must be another state than the buyer");
        }
        if (entry.kind == EntryKind::correction) {
            check_correction(entry);
        } else if (entry.corrects) {
            row_.complain(corrects, "is for lines whose kind is 'correction'");
        } else {
            left_.emplace(entry.number, entry.amount);
        }
        if (!entry.seal.empty() && entry.seal != seal_of(entry, seal_before_)) {
            row_.complain(
                seal,
                "is not that of this line and those above: one of them was changed, or taken out"
            );
        }
        if (entry.seal.empty() && !entries_.empty() && !entries_.back().seal.empty()) {
            is_open_ = true;
        } else if (!entry.seal.empty() && is_open_) {
            row_.complain(seal, "follows lines without a seal; seal them first");
        }
    }

    void check_correction(const LedgerEntry& entry) {
        const auto left = entry.corrects ? left_.find(*entry.corrects) : left_.end();
        if (left == left_.end()) {
            row_.complain(corrects, "must be the number of a purchase above");
            return;
        }
        const LedgerEntry& first = entries_[*entry.corrects - 1];
        if (first.buyer != entry.buyer || first.seller != entry.seller) {
            row_.complain(corrects, "is a purchase between others");
        }
        if (left->second + entry.amount < 0) {
            row_.complain(
                amount,
                fmt::format("takes back more than the {} that are left", money_text(left->second))
            );
        } else {
            left->second += entry.amount;
        }
    }

    NamedRows row_;
    ImportReport& report_;
    std::uint64_t errors_;
    std::vector<LedgerEntry> entries_;
    std::map<std::uint64_t, Cents> left_;
    std::string seal_before_;
    bool is_open_ = false;
};

/// A balance of one year, as far as later ones have not used it up.
struct Lot {
    std::int32_t year;
    Cents left;
};

/// Uses up lots of the other sign, the oldest first, and keeps what is left as a lot.
void settle(std::vector<Lot>& lots, std::int32_t year, Cents balance) {
    for (Lot& lot : lots) {
        if ((lot.left > 0) != (balance > 0) && lot.left != 0 && balance != 0) {
            const Cents used = std::min(std::abs(lot.left), std::abs(balance));
            lot.left += lot.left > 0 ? -used : used;
            balance += balance > 0 ? -used : used;
        }
    }
    std::erase_if(lots, [](const Lot& lot) { return lot.left == 0; });
    if (balance != 0) {
        lots.push_back({year, balance});
    }
}

Cents take_lapsed(std::vector<Lot>& lots, std::int32_t oldest) {
    Cents lapsed = 0;
    for (const Lot& lot : lots) {
        lapsed += lot.year < oldest ? lot.left : 0;
    }
    std::erase_if(lots, [&](const Lot& lot) { return lot.year < oldest; });
    return lapsed;
}

}  // namespace

std::string seal_of(const LedgerEntry& entry, std::string_view seal_before) {
    const std::string text = fmt::format(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        seal_before,
        entry.number,
        entry.year,
        entry.buyer,
        entry.seller,
        money_text(entry.amount),
        name_of(entry.kind),
        entry.corrects.value_or(0),
        entry.evidence
    );
    return to_hex(sha256(text));
}

std::vector<LedgerEntry>
parse_reciprocity_ledger(std::string_view text, const std::string& name, ImportReport& report) {
    return LedgerReader(CsvReader::over(name, text, report), report).read();
}

Result<std::vector<LedgerEntry>>
read_reciprocity_ledger(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return LedgerReader(std::move(rows), report).read();
}

std::string sealed_ledger(const std::vector<LedgerEntry>& entries) {
    const auto cell = [](const std::string& text) {
        if (text.find_first_of(",\"\n\r") == std::string::npos) {
            return text;
        }
        std::string quoted = "\"";
        for (const char c : text) {
            quoted += c == '"' ? "\"\"" : std::string(1, c);
        }
        return quoted + '"';
    };
    std::string text = "number,year,buyer,seller,amount,kind,corrects,evidence,seal\n";
    std::string seal;
    for (const LedgerEntry& entry : entries) {
        seal = seal_of(entry, seal);
        text += fmt::format(
            "{},{},{},{},{},{},{},{},{}\n",
            entry.number,
            entry.year,
            cell(entry.buyer),
            cell(entry.seller),
            money_text(entry.amount),
            name_of(entry.kind),
            entry.corrects ? std::to_string(*entry.corrects) : "",
            cell(entry.evidence),
            seal
        );
    }
    return text;
}

std::vector<StateYear> balances_of(const std::vector<LedgerEntry>& entries, std::int32_t expiry) {
    std::map<std::pair<std::int32_t, std::string>, StateYear> sums;
    std::set<std::string> states;
    for (const LedgerEntry& entry : entries) {
        states.insert({entry.buyer, entry.seller});
        sums[{entry.year, entry.buyer}].bought += entry.amount;
        sums[{entry.year, entry.seller}].sold += entry.amount;
    }
    std::vector<StateYear> years;
    std::map<std::string, std::vector<Lot>> lots;
    if (entries.empty()) {
        return years;
    }
    for (std::int32_t when = entries.front().year; when <= entries.back().year; ++when) {
        for (const std::string& id : states) {
            StateYear one = sums[{when, id}];
            one.year = when;
            one.state = id;
            std::vector<Lot>& own = lots[id];
            one.lapsed = take_lapsed(own, when - expiry);
            settle(own, when, one.bought - one.sold);
            for (const Lot& lot : own) {
                one.carry += lot.left;
            }
            years.push_back(std::move(one));
        }
    }
    return years;
}

std::vector<Claim>
claims_of(const std::vector<LedgerEntry>& entries, std::optional<std::int32_t> year) {
    std::map<std::pair<std::string, std::string>, Cents> sums;
    for (const LedgerEntry& entry : entries) {
        if (!year || entry.year == *year) {
            sums[{entry.seller, entry.buyer}] += entry.amount;
        }
    }
    std::vector<Claim> claims;
    for (const auto& [pair, amount] : sums) {
        if (amount != 0) {
            claims.push_back({pair.first, pair.second, amount});
        }
    }
    return claims;
}

Netting net_claims(const std::vector<Claim>& claims) {
    std::map<std::string, Cents> net;
    Netting netting;
    for (const Claim& claim : claims) {
        netting.gross += claim.amount;
        net[claim.creditor] += claim.amount;
        net[claim.debtor] -= claim.amount;
    }
    std::vector<NetPosition> creditors;
    std::vector<NetPosition> debtors;
    for (const auto& [state, amount] : net) {
        netting.positions.push_back({state, amount});
        if (amount > 0) {
            netting.settled += amount;
            creditors.push_back({state, amount});
        } else if (amount < 0) {
            debtors.push_back({state, -amount});
        }
    }
    std::size_t paying = 0;
    for (NetPosition& creditor : creditors) {
        while (creditor.net > 0) {
            NetPosition& debtor = debtors[paying];
            const Cents paid = std::min(creditor.net, debtor.net);
            netting.payments.push_back({creditor.state, debtor.state, paid});
            creditor.net -= paid;
            debtor.net -= paid;
            paying += debtor.net == 0 ? 1 : 0;
        }
    }
    return netting;
}

}  // namespace adic::procure
