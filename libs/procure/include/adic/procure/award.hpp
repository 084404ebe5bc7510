#pragma once

#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/purchase.hpp"
#include "adic/procure/money.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::procure {

/// A part of a whole in millionths: rules are kept exactly.
using Millionths = std::int64_t;

inline constexpr Millionths whole_in_millionths = 1'000'000;

/// What is bought. With a price of storage, pieces may be delivered before they are needed.
struct AwardItem {
    std::string id;
    std::optional<Cents> storage = {};  ///< of one piece for a year
};

/// Pieces of an item that a state needs in a year.
struct AwardDemand {
    std::size_t item = 0;
    std::size_t state = 0;
    std::int32_t year = 0;
    std::int64_t pieces = 0;  ///< above 0
};

struct AwardSupplier {
    std::string id;
    std::string bloc = {};
    Cents fixed_cost = 0;                       ///< once, if it delivers anything at all
    std::optional<std::int64_t> capacity = {};  ///< load in a year, over all items
    /// The part of its supply that measures of third states can stop; empty: not said, counts as 0.
    std::optional<Millionths> exposure = {};
};

struct AwardBreak {
    std::int64_t from = 1;  ///< pieces of one order
    Cents price = 0;        ///< of one
};

/// On what terms a supplier delivers an item. An order is what all states together get of an item
/// from a supplier in a year.
struct AwardOffer {
    std::size_t item = 0;
    std::size_t supplier = 0;
    std::vector<AwardBreak> breaks;  ///< rising, the first from 1
    model::BreakRule rule = model::BreakRule::all_units;
    Cents fixed_cost = 0;                       ///< of each order
    std::int64_t least = 1;                     ///< pieces of an order
    std::int64_t lot = 1;                       ///< an order is a multiple of it
    std::optional<std::int64_t> capacity = {};  ///< pieces of an order
    std::int32_t lead_time = 0;                 ///< years from the award to the first delivery
    std::int64_t load = 1;                      ///< of one piece on the supplier's capacity
};

/// Where what a supplier is paid is earned: part of it in a place (a state, or a region).
struct AwardContent {
    std::size_t supplier = 0;
    std::optional<std::size_t> item = {};  ///< empty: what has no row of its own
    std::string place;
    Millionths share = 0;
};

/// Pieces of one item in a package bid, and what they cost in it.
struct AwardPackageRow {
    std::size_t item = 0;
    std::int32_t year = 0;
    std::int64_t pieces = 0;
    Cents price = 0;  ///< of all of them
};

/// A bid on several items together: all of it, or none.
struct AwardPackage {
    std::string id;
    std::size_t supplier = 0;
    std::vector<AwardPackageRow> rows;
};

enum class AwardRuleKind : std::uint8_t {
    budget,           ///< of a state: what its pieces cost, at most
    veto,             ///< of a state, or of all: no pieces of this supplier
    least_suppliers,  ///< of an item
    most_share,       ///< of a supplier, a bloc, or any supplier
    least_content,    ///< of what is paid, in a place
    most_exposure     ///< of what is paid, weighted with the suppliers' exposure
};

/// What a plan has to keep. What it does not name is meant in sum: without a year, all years.
///
/// `most_share` of an item is a part of the pieces that are needed of it; all other shares are
/// parts of what is paid for pieces, without fixed costs and storage.
struct AwardRule {
    AwardRuleKind kind = AwardRuleKind::budget;
    std::optional<std::size_t> item = {};
    std::optional<std::size_t> state = {};
    std::optional<std::size_t> supplier = {};
    std::string bloc = {};
    std::string place = {};
    std::optional<std::int32_t> year = {};
    std::int64_t value = 0;  ///< cents, suppliers, or millionths
};

/// A purchase of several states: what they need, who offers it on what terms, what has to be kept.
struct AwardProblem {
    std::vector<AwardItem> items;
    std::vector<std::string> states;
    std::vector<AwardSupplier> suppliers;
    std::vector<AwardDemand> demands;  ///< one for each item, state and year at most
    std::vector<AwardOffer> offers;    ///< one for each item and supplier at most
    std::vector<AwardContent> contents;
    std::vector<AwardPackage> packages;
    std::vector<AwardRule> rules;
    std::optional<std::int32_t> awarded_in = {};  ///< empty: the first year that needs something
};

/// A table of a problem's folder.
struct AwardTable {
    std::string_view file;     ///< "demands.csv"
    bool is_required;          ///< to be there
    std::string_view example;  ///< a small one that, with the others', is a problem
};

std::span<const AwardTable> list_award_tables();

/// Reads the tables of a folder (docs/reference/awards.md). With an error in the report the problem
/// is empty.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<AwardProblem>
read_award_problem(const std::filesystem::path& folder, ingest::ImportReport& report);

/// The same of texts in memory, by the names of the files.
AwardProblem parse_award_problem(
    const std::map<std::string, std::string, std::less<>>& tables,
    ingest::ImportReport& report
);

/// Pieces on their way: from an offer or a package to a state, or to nobody yet.
struct AwardDelivery {
    std::size_t item = 0;
    std::size_t supplier = 0;
    std::optional<std::size_t> package = {};  ///< empty: by the supplier's offer
    std::int32_t year = 0;                    ///< in which they are ordered and delivered
    std::optional<std::size_t> state = {};    ///< empty: spare, that nobody needs
    std::int32_t needed = 0;                  ///< the year; of spare ones, that of delivery
    std::int64_t pieces = 0;

    friend auto operator<=>(const AwardDelivery&, const AwardDelivery&) = default;
};

struct AwardOrder {
    std::size_t item = 0;
    std::size_t supplier = 0;
    std::int32_t year = 0;
    std::int64_t pieces = 0;
    std::int64_t spare = 0;  ///< of them
    Cents price = 0;         ///< of all pieces
    Cents fixed_cost = 0;
};

/// What an offer asks for at least so many pieces in one order: with its fixed cost, and spare ones
/// where a lot or a least order asks for them. Empty: its capacity is too small.
std::optional<Cents> asked_for(const AwardOffer& offer, std::int64_t pieces);

/// What deliveries cost, and which of the problem's demands they break.
struct AwardBill {
    std::vector<AwardOrder> orders;     ///< by offers; sorted by item, year and supplier
    std::vector<std::size_t> packages;  ///< that are bought
    Cents pieces = 0;
    Cents order_costs = 0;
    Cents supplier_costs = 0;
    Cents storage = 0;
    Cents total = 0;
    std::vector<std::string> breaches;  ///< in plain words; empty: the plan is good
};

/// Adds up what deliveries cost and looks for demands that they break: by whole numbers and exact
/// fractions from the problem alone, without the model that found them.
/// Requires: positions within the problem.
/// Cost:     O(deliveries log deliveries + rules (deliveries + contents)).
AwardBill check_award(const AwardProblem& problem, const std::vector<AwardDelivery>& deliveries);

/// What a demand of the problem costs: one of its rules or capacities, or all rules together.
struct AwardPrice {
    Sentence demand;   ///< in plain words
    std::string unit;  ///< "0.01", "a piece", "a percentage point"
    /// What one unit less strict saves while orders stay in their price brackets: the linear
    /// program that is left when it is settled who is ordered from, solved again with it.
    double price = 0.0;
    std::optional<Cents> without = {};  ///< what the plan would cost without it, by solving again
};

enum class AwardMethod : std::uint8_t {
    automatic,  ///< in parts from 2,000 sources of pieces on
    whole,      ///< one program: the cheapest plan, proven
    in_parts    ///< item by item and some items together: a good plan, and how good
};

struct AwardOptions {
    AwardMethod method = AwardMethod::automatic;
    double time_limit_s = 60.0;  ///< of the clock; an analyst waits a minute
    double relative_gap = 1e-9;  ///< a cheapest plan is proven, unless the caller asks for less
    bool with_prices = true;     ///< of the demands that hold
    double price_time_limit_s = 10.0;  ///< for all that is solved again without a demand
};

struct AwardPlan {
    std::vector<AwardDelivery> deliveries;  ///< sorted
    AwardBill bill;
    Cents bound = 0;              ///< no plan is cheaper
    bool is_out_of_time = false;  ///< the clock stopped the search: another run may find another
    std::vector<AwardPrice> prices;
    /// The prices say what the plan would cost without a demand: of a plan that is proven to be the
    /// cheapest, of a purchase that is not too large to be planned again for each.
    bool is_solved_without = false;

    /// (cost - bound) / cost.
    double gap() const;
};

/// No plan keeps all demands: these together cannot be kept, but without any one of them the rest
/// can.
struct AwardConflict {
    std::vector<Sentence> demands;
    bool is_least = true;  ///< false: the clock stopped the search for a smaller set
};

struct NoAwardInTime {
    Cents bound = 0;  ///< no plan is cheaper
};

using AwardOutcome = std::variant<AwardPlan, AwardConflict, NoAwardInTime>;

/// The cheapest plan that gives every state what it needs and keeps every rule.
///
/// Source: supplier selection with price brackets, fixed costs and capacities: Aissaoui, Haouari
///         and Hassini (2007), "Supplier selection and order lot sizing modeling: A review",
///         Computers & Operations Research 34(12); the equations: docs/explanation/award.md.
/// Errors: internal if an answer of the solver does not pass the check.
/// Cost:   as a whole, a mixed-integer program with a binary variable for each order and price
///         bracket; in parts, its linear relaxation and about ten small programs for each item and
///         year. In parts, what time is given changes no plan that is found in it.
Result<AwardOutcome> award(const AwardProblem& problem, const AwardOptions& options);

}  // namespace adic::procure
