#include "adic/procure/reciprocity.hpp"

#include "tables/named_rows.hpp"

#include <array>
#include <set>
#include <utility>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;

enum StateColumn : std::size_t { state, demand, capacity, outside_premium, carry, band };

constexpr std::array state_columns{
    NamedColumn{"state"},
    NamedColumn{"demand"},
    NamedColumn{"capacity"},
    NamedColumn{"outside_premium"},
    NamedColumn{"carry", false},
    NamedColumn{"band", false},
};

enum PairColumn : std::size_t { buyer, seller, premium, most };

constexpr std::array pair_columns{
    NamedColumn{"buyer"},
    NamedColumn{"seller"},
    NamedColumn{"premium"},
    NamedColumn{"most", false},
};

constexpr Limits part{-1.0, 10.0};
constexpr Limits any{-1e15, 1e15};

void read_states(CsvReader rows, ImportReport& report, ReciprocityPlan& plan) {
    NamedRows row(std::move(rows), state_columns, report);
    std::set<std::string, std::less<>> seen;
    while (row.next()) {
        TradingState one;
        one.id = row.text(state);
        one.demand = row.number(demand).value_or(0.0);
        one.capacity = row.number(capacity).value_or(0.0);
        one.outside_premium = row.number(outside_premium, part).value_or(0.0);
        one.carry = row.number(carry, any).value_or(0.0);
        one.band = row.number(band);
        if (!one.id.empty() && !seen.insert(one.id).second) {
            row.complain(state, "is there already");
        }
        plan.states.push_back(std::move(one));
    }
}

void read_pairs(CsvReader rows, ImportReport& report, ReciprocityPlan& plan) {
    NamedRows row(std::move(rows), pair_columns, report);
    std::set<std::string, std::less<>> states;
    for (const TradingState& one : plan.states) {
        states.insert(one.id);
    }
    std::set<std::pair<std::string, std::string>> seen;
    while (row.next()) {
        TradingPair one;
        one.buyer = row.text(buyer);
        one.seller = row.text(seller);
        one.premium = row.number(premium, part).value_or(0.0);
        one.most = row.number(most);
        for (const std::size_t column : {std::size_t{buyer}, std::size_t{seller}}) {
            const std::string_view id = row.text(column);
            if (!id.empty() && !states.contains(id)) {
                row.complain(column, "is no state of states.csv");
            }
        }
        if (!one.buyer.empty() && one.buyer == one.seller) {
            row.complain(seller, "buys from itself; a pair has two states");
        }
        if (!seen.emplace(one.buyer, one.seller).second) {
            row.complain(buyer, "and this seller are there already");
        }
        plan.pairs.push_back(std::move(one));
    }
}

}  // namespace

Result<ReciprocityPlan>
read_reciprocity_plan(const std::filesystem::path& folder, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ReciprocityPlan plan;
    ADIC_TRY(CsvReader states, CsvReader::open(folder / "states.csv", report));
    read_states(std::move(states), report, plan);
    ADIC_TRY(CsvReader pairs, CsvReader::open(folder / "pairs.csv", report));
    read_pairs(std::move(pairs), report, plan);
    return report.errors() == errors ? std::move(plan) : ReciprocityPlan{};
}

}  // namespace adic::procure
