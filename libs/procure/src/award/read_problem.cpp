#include "adic/base/text.hpp"
#include "adic/model/cost_game.hpp"
#include "adic/procure/award.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;
using model::BreakRule;

constexpr std::int64_t most_pieces = 1'000'000'000;
constexpr std::int64_t most_years = 100;

/// Names of things, and where they stand.
class Names {
  public:
    /// Whether the name is new. An empty one is complained of by the row.
    bool add(std::string_view name, std::size_t position) {
        return name.empty() || positions_.emplace(std::string(name), position).second;
    }

    std::optional<std::size_t> find(std::string_view name) const {
        const auto found = positions_.find(name);
        return found == positions_.end() ? std::nullopt : std::optional{found->second};
    }

    std::string nearest(std::string_view name) const {
        std::vector<std::string_view> known;
        for (const auto& [one, position] : positions_) {
            known.emplace_back(one);
        }
        const auto near = nearest_word(name, known);
        return near ? fmt::format(", did you mean '{}'?", *near) : std::string{};
    }

  private:
    std::map<std::string, std::size_t, std::less<>> positions_;
};

/// Gives the rows of a table by its file's name; nothing where an optional one is not there.
using OpenTable = std::function<Result<std::optional<CsvReader>>(const AwardTable& table)>;

class ProblemReader {
  public:
    explicit ProblemReader(ImportReport& report) : report_(report) {}

    std::optional<Error> read(const OpenTable& open);

    AwardProblem taken() { return std::move(problem_); }

  private:
    void read_items(CsvReader rows);
    void read_suppliers(CsvReader rows);
    void read_demands(CsvReader rows);
    void read_offers(CsvReader rows);
    void read_breaks(CsvReader rows);
    void read_contents(CsvReader rows);
    void read_packages(CsvReader rows);
    void read_rules(CsvReader rows);
    void check_breaks(NamedRows& row, const AwardOffer& offer, AwardBreak added);
    void check_sums(std::string name);
    AwardRule rule_of(NamedRows& row, std::string_view kind);
    void read_value(NamedRows& row, std::string_view kind, AwardRule& rule);

    std::size_t state_at(std::string_view name);
    std::optional<std::size_t> item_in(NamedRows& row, std::size_t column);
    std::optional<std::size_t> supplier_in(NamedRows& row, std::size_t column);

    ImportReport& report_;
    AwardProblem problem_;
    Names items_;
    Names suppliers_;
    Names states_;
    Names packages_;
    std::set<std::string, std::less<>> blocs_;
    std::set<std::string, std::less<>> places_;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> offers_;
};

/// A whole number of a cell.
std::optional<std::int64_t>
whole(NamedRows& row, std::size_t column, std::int64_t from, std::int64_t up_to) {
    const std::string_view cell = row.text(column);
    if (cell.empty()) {
        return std::nullopt;
    }
    const auto value = parse_whole(cell);
    if (!value || *value > static_cast<std::uint64_t>(up_to)
        || static_cast<std::int64_t>(*value) < from) {
        row.complain(column, fmt::format("must be a whole number from {} to {}", from, up_to));
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*value);
}

/// A share of a cell in millionths.
std::optional<Millionths> share(NamedRows& row, std::size_t column) {
    const auto value = row.number(column, {0.0, 1.0});
    if (!value) {
        return std::nullopt;
    }
    constexpr double rounding = 1e-3;
    const double millionths = *value * static_cast<double>(whole_in_millionths);
    if (std::abs(millionths - std::round(millionths)) > rounding) {
        row.complain(column, "must be a share from 0 to 1 with at most six decimals, as 0.35");
        return std::nullopt;
    }
    return std::llround(millionths);
}

std::optional<std::size_t>
named_in(NamedRows& row, std::size_t column, const Names& names, std::string_view file) {
    const std::string_view cell = row.text(column);
    if (cell.empty()) {
        return std::nullopt;
    }
    const auto found = names.find(cell);
    if (!found) {
        row.complain(column, fmt::format("is not in {}{}", file, names.nearest(cell)));
    }
    return found;
}

std::optional<std::size_t> ProblemReader::item_in(NamedRows& row, std::size_t column) {
    return named_in(row, column, items_, "items.csv");
}

std::optional<std::size_t> ProblemReader::supplier_in(NamedRows& row, std::size_t column) {
    return named_in(row, column, suppliers_, "suppliers.csv");
}

std::size_t ProblemReader::state_at(std::string_view name) {
    if (const auto found = states_.find(name)) {
        return *found;
    }
    states_.add(name, problem_.states.size());
    problem_.states.emplace_back(name);
    return problem_.states.size() - 1;
}

void ProblemReader::read_items(CsvReader rows) {
    enum : std::size_t { item, storage };

    static constexpr std::array columns{NamedColumn{"item"}, NamedColumn{"storage", false}};
    NamedRows row(std::move(rows), columns, report_);
    while (row.next()) {
        AwardItem one{std::string(row.text(item)), row.cents(storage)};
        if (!items_.add(one.id, problem_.items.size())) {
            row.complain(item, "is there already");
            continue;
        }
        problem_.items.push_back(std::move(one));
    }
}

void ProblemReader::read_suppliers(CsvReader rows) {
    enum : std::size_t { supplier, bloc, fixed_cost, capacity, exposure };

    static constexpr std::array columns{
        NamedColumn{"supplier"},
        NamedColumn{"bloc", false},
        NamedColumn{"fixed_cost", false},
        NamedColumn{"capacity", false},
        NamedColumn{"exposure", false}};
    NamedRows row(std::move(rows), columns, report_);
    while (row.next()) {
        AwardSupplier one{std::string(row.text(supplier)), std::string(row.text(bloc))};
        one.fixed_cost = row.cents(fixed_cost).value_or(0);
        one.capacity = whole(row, capacity, 0, most_pieces * 1000);
        one.exposure = share(row, exposure);
        if (!suppliers_.add(one.id, problem_.suppliers.size())) {
            row.complain(supplier, "is there already");
            continue;
        }
        blocs_.insert(one.bloc);
        problem_.suppliers.push_back(std::move(one));
    }
}

void ProblemReader::read_demands(CsvReader rows) {
    enum : std::size_t { item, state, year, pieces };

    static constexpr std::array columns{
        NamedColumn{"item"},
        NamedColumn{"state"},
        NamedColumn{"year"},
        NamedColumn{"pieces"}};
    NamedRows row(std::move(rows), columns, report_);
    std::set<std::tuple<std::size_t, std::size_t, std::int32_t>> seen;
    while (row.next()) {
        const auto which = item_in(row, item);
        const std::string_view who = row.text(state);
        const auto when = row.year(year);
        const auto many = whole(row, pieces, 0, most_pieces);
        if (!row.is_good() || !which || !when || !many || *many == 0) {
            continue;
        }
        const AwardDemand one{*which, state_at(who), *when, *many};
        const std::int32_t first = problem_.demands.empty() ? one.year : problem_.demands[0].year;
        if (std::abs(one.year - first) > most_years) {
            row.complain(year, fmt::format("must be within {} years of {}", most_years, first));
        }
        if (!seen.insert({one.item, one.state, one.year}).second) {
            row.complain(state, "and this item and year are there already");
        }
        problem_.demands.push_back(one);
    }
}

void ProblemReader::read_offers(CsvReader rows) {
    enum : std::size_t { item, supplier, price, breaks, fixed, least, lot, capacity, lead, load };

    static constexpr std::array columns{
        NamedColumn{"item"},
        NamedColumn{"supplier"},
        NamedColumn{"price"},
        NamedColumn{"breaks", false},
        NamedColumn{"fixed_cost", false},
        NamedColumn{"least", false},
        NamedColumn{"lot", false},
        NamedColumn{"capacity", false},
        NamedColumn{"lead_time", false},
        NamedColumn{"load", false}};
    static constexpr std::array<std::string_view, 2> break_rules{"all-units", "incremental"};
    NamedRows row(std::move(rows), columns, report_);
    while (row.next()) {
        const auto which = item_in(row, item);
        const auto who = supplier_in(row, supplier);
        AwardOffer one{which.value_or(0), who.value_or(0), {{1, row.cents(price).value_or(0)}}};
        if (row.word(breaks, break_rules) == "incremental") {
            one.rule = BreakRule::incremental;
        }
        one.fixed_cost = row.cents(fixed).value_or(0);
        one.least = whole(row, least, 1, most_pieces).value_or(1);
        one.lot = whole(row, lot, 1, most_pieces).value_or(1);
        one.capacity = whole(row, capacity, 0, most_pieces);
        one.lead_time = static_cast<std::int32_t>(whole(row, lead, 0, most_years).value_or(0));
        one.load = whole(row, load, 0, 1'000'000).value_or(1);
        if (!row.is_good() || !which || !who) {
            continue;
        }
        if (!offers_.emplace(std::pair{one.item, one.supplier}, problem_.offers.size()).second) {
            row.complain(supplier, "offers this item already");
            continue;
        }
        problem_.offers.push_back(std::move(one));
    }
}

void ProblemReader::check_breaks(NamedRows& row, const AwardOffer& offer, AwardBreak added) {
    enum : std::size_t { from = 2, price };

    const AwardBreak& last = offer.breaks.back();
    if (added.from <= last.from) {
        row.complain(from, fmt::format("must be above {}, the break before it", last.from));
    }
    if (offer.rule == BreakRule::incremental && added.price > offer.breaks.front().price) {
        row.complain(price, "must not be above the first price where breaks are incremental");
    }
}

void ProblemReader::read_breaks(CsvReader rows) {
    enum : std::size_t { item, supplier, from, price };

    static constexpr std::array columns{
        NamedColumn{"item"},
        NamedColumn{"supplier"},
        NamedColumn{"from"},
        NamedColumn{"price"}};
    NamedRows row(std::move(rows), columns, report_);
    while (row.next()) {
        const auto which = item_in(row, item);
        const auto who = supplier_in(row, supplier);
        const AwardBreak one{
            whole(row, from, 2, most_pieces).value_or(0),
            row.cents(price).value_or(0)};
        if (!row.is_good() || !which || !who) {
            continue;
        }
        const auto offer = offers_.find({*which, *who});
        if (offer == offers_.end()) {
            row.complain(supplier, "has no offer of this item in offers.csv");
            continue;
        }
        check_breaks(row, problem_.offers[offer->second], one);
        if (row.is_good()) {
            problem_.offers[offer->second].breaks.push_back(one);
        }
    }
}

void ProblemReader::read_contents(CsvReader rows) {
    enum : std::size_t { supplier, item, place, part };

    static constexpr std::array columns{
        NamedColumn{"supplier"},
        NamedColumn{"item", false},
        NamedColumn{"place"},
        NamedColumn{"share"}};
    NamedRows row(std::move(rows), columns, report_);
    std::set<std::tuple<std::size_t, std::optional<std::size_t>, std::string>> seen;
    while (row.next()) {
        const auto who = supplier_in(row, supplier);
        const auto which = item_in(row, item);
        AwardContent one{who.value_or(0), which, std::string(row.text(place))};
        one.share = share(row, part).value_or(0);
        if (!seen.insert({one.supplier, one.item, one.place}).second) {
            row.complain(place, "of this supplier and item is there already");
        }
        places_.insert(one.place);
        problem_.contents.push_back(std::move(one));
    }
}

void ProblemReader::read_packages(CsvReader rows) {
    enum : std::size_t { package, supplier, item, year, pieces, price };

    static constexpr std::array columns{
        NamedColumn{"package"},
        NamedColumn{"supplier"},
        NamedColumn{"item"},
        NamedColumn{"year"},
        NamedColumn{"pieces"},
        NamedColumn{"price"}};
    NamedRows row(std::move(rows), columns, report_);
    while (row.next()) {
        const std::string_view name = row.text(package);
        const auto who = supplier_in(row, supplier);
        const auto which = item_in(row, item);
        const auto when = row.year(year);
        const auto many = whole(row, pieces, 1, most_pieces);
        const auto cost = row.cents(price);
        if (!row.is_good() || !who || !which || !when || !many || !cost) {
            continue;
        }
        if (packages_.add(name, problem_.packages.size())) {
            problem_.packages.push_back({std::string(name), *who, {}});
        }
        AwardPackage& one = problem_.packages[*packages_.find(name)];
        if (one.supplier != *who) {
            row.complain(supplier, "is another one than in the rows before of this package");
        }
        const bool is_twice = std::ranges::any_of(one.rows, [&](const AwardPackageRow& other) {
            return other.item == *which && other.year == *when;
        });
        if (is_twice) {
            row.complain(item, "and this year are in the package already");
        }
        one.rows.push_back({*which, *when, *many, *cost});
    }
}

enum RuleColumn : std::size_t {
    r_rule,
    r_item,
    r_state,
    r_supplier,
    r_bloc,
    r_place,
    r_year,
    r_value
};

constexpr std::array rule_columns{
    NamedColumn{"rule"},
    NamedColumn{"item", false},
    NamedColumn{"state", false},
    NamedColumn{"supplier", false},
    NamedColumn{"bloc", false},
    NamedColumn{"place", false},
    NamedColumn{"year", false},
    NamedColumn{"value", false}};

constexpr std::string_view awarded = "awarded-in";

/// What a rule takes: '!' it has to have, '+' it may have, '.' it cannot have; in the order of the
/// columns behind `rule`.
struct RuleTraits {
    std::string_view name;
    AwardRuleKind kind;
    std::string_view takes;
};

constexpr std::array rule_traits{
    RuleTraits{"budget", AwardRuleKind::budget, ".!...+!"},
    RuleTraits{"veto", AwardRuleKind::veto, "++!...."},
    RuleTraits{"least-suppliers", AwardRuleKind::least_suppliers, "!....+!"},
    RuleTraits{"most-share", AwardRuleKind::most_share, "+.++.+!"},
    RuleTraits{"least-content", AwardRuleKind::least_content, "++..!+!"},
    RuleTraits{"most-exposure", AwardRuleKind::most_exposure, "+....+!"},
    RuleTraits{awarded, AwardRuleKind::veto, ".....!."},
};

constexpr auto rule_names = [] {
    std::array<std::string_view, rule_traits.size()> names;
    std::ranges::transform(rule_traits, names.begin(), &RuleTraits::name);
    return names;
}();

/// Complains of what the rule does not take, or lacks.
void check_columns(NamedRows& row, const RuleTraits& traits) {
    for (std::size_t c = 0; c < traits.takes.size(); ++c) {
        const bool is_there = !row.text(c + 1).empty();
        if (traits.takes[c] == '!' && !is_there) {
            row.complain(c + 1, fmt::format("has to have a value for {}", traits.name));
        }
        if (traits.takes[c] == '.' && is_there) {
            row.complain(c + 1, fmt::format("has no meaning for {}: leave it empty", traits.name));
        }
    }
}

void ProblemReader::read_value(NamedRows& row, std::string_view kind, AwardRule& rule) {
    if (kind == "budget") {
        rule.value = row.cents(r_value).value_or(0);
    } else if (kind == "least-suppliers") {
        rule.value = whole(row, r_value, 1, 1000).value_or(0);
    } else if (kind != "veto" && kind != awarded) {
        rule.value = share(row, r_value).value_or(0);
    }
}

AwardRule ProblemReader::rule_of(NamedRows& row, std::string_view kind) {
    AwardRule rule;
    rule.item = item_in(row, r_item);
    rule.supplier = supplier_in(row, r_supplier);
    rule.state = named_in(row, r_state, states_, "demands.csv");
    rule.bloc = row.text(r_bloc);
    rule.place = row.text(r_place);
    rule.year = row.year(r_year);
    read_value(row, kind, rule);
    if (!rule.bloc.empty() && !blocs_.contains(rule.bloc)) {
        row.complain(r_bloc, "is no bloc of a supplier in suppliers.csv");
    }
    if (!rule.place.empty() && !places_.contains(rule.place)) {
        row.complain(r_place, "is no place in contents.csv");
    }
    if (rule.supplier && !rule.bloc.empty()) {
        row.complain(r_bloc, "and a supplier are two rules: leave one of them empty");
    }
    return rule;
}

void ProblemReader::read_rules(CsvReader rows) {
    NamedRows row(std::move(rows), rule_columns, report_);
    while (row.next()) {
        const std::string_view kind = row.word(r_rule, rule_names);
        const auto traits = std::ranges::find(rule_traits, kind, &RuleTraits::name);
        if (traits == rule_traits.end()) {
            continue;
        }
        check_columns(row, *traits);
        AwardRule rule = rule_of(row, kind);
        rule.kind = traits->kind;
        if (kind != awarded) {
            problem_.rules.push_back(std::move(rule));
        } else if (problem_.awarded_in) {
            row.complain(r_rule, "is there already");
        } else {
            const std::int32_t first = problem_.demands.empty() ? 0 : problem_.demands.front().year;
            if (rule.year && first != 0 && std::abs(*rule.year - first) > most_years) {
                row.complain(
                    r_year,
                    fmt::format("must be within {} years of {}", most_years, first)
                );
            }
            problem_.awarded_in = rule.year;
        }
    }
}

/// A plan's cost has to stay an exact number.
void ProblemReader::check_sums(std::string name) {
    std::vector<double> pieces(problem_.items.size(), 0.0);
    for (const AwardDemand& demand : problem_.demands) {
        pieces[demand.item] += static_cast<double>(demand.pieces);
    }
    double worst = 0.0;
    for (const AwardOffer& offer : problem_.offers) {
        const auto dearest = std::ranges::max_element(offer.breaks, {}, &AwardBreak::price)->price;
        const double spare =
            static_cast<double>(offer.least + offer.lot + offer.breaks.back().from);
        worst += static_cast<double>(dearest) * (pieces[offer.item] + spare)
                 + static_cast<double>(offer.fixed_cost) * static_cast<double>(most_years);
    }
    for (const AwardPackage& package : problem_.packages) {
        for (const AwardPackageRow& row : package.rows) {
            worst += static_cast<double>(row.price);
        }
    }
    constexpr double most = 1e16;
    if (worst > most) {
        report_.add(
            {ingest::Severity::error,
             "PR-002",
             std::move(name),
             0,
             "price",
             "",
             "all offers together cost more than a hundred trillion: use a larger unit of money"}
        );
    }
}

std::optional<Error> ProblemReader::read(const OpenTable& open) {
    using Read = void (ProblemReader::*)(CsvReader);
    static constexpr std::array<Read, 8> readers{
        &ProblemReader::read_items,
        &ProblemReader::read_suppliers,
        &ProblemReader::read_demands,
        &ProblemReader::read_offers,
        &ProblemReader::read_breaks,
        &ProblemReader::read_contents,
        &ProblemReader::read_packages,
        &ProblemReader::read_rules};
    const auto tables = list_award_tables();
    for (std::size_t t = 0; t < tables.size(); ++t) {
        auto rows = open(tables[t]);
        if (!rows) {
            return rows.error();
        }
        std::optional<CsvReader> there = *std::move(rows);
        if (there) {
            (this->*readers[t])(*std::move(there));
        }
    }
    check_sums("offers.csv");
    return std::nullopt;
}

}  // namespace

Result<AwardProblem> read_award_problem(const std::filesystem::path& folder, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ProblemReader reader(report);
    const auto problem =
        reader.read([&](const AwardTable& table) -> Result<std::optional<CsvReader>> {
            const std::filesystem::path path = folder / table.file;
            std::error_code ignored;
            if (!table.is_required && !std::filesystem::exists(path, ignored)) {
                return std::optional<CsvReader>{};
            }
            ADIC_TRY(CsvReader rows, CsvReader::open(path, report));
            return std::optional<CsvReader>{std::move(rows)};
        });
    if (problem) {
        return *problem;
    }
    return report.errors() == errors ? reader.taken() : AwardProblem{};
}

AwardProblem parse_award_problem(
    const std::map<std::string, std::string, std::less<>>& tables,
    ImportReport& report
) {
    const std::uint64_t errors = report.errors();
    ProblemReader reader(report);
    (void)reader.read([&](const AwardTable& table) -> Result<std::optional<CsvReader>> {
        const auto found = tables.find(table.file);
        if (found == tables.end() && !table.is_required) {
            return std::optional<CsvReader>{};
        }
        const std::string_view text = found == tables.end() ? std::string_view{} : found->second;
        return std::optional{CsvReader::over(std::string(table.file), text, report)};
    });
    return report.errors() == errors ? reader.taken() : AwardProblem{};
}

}  // namespace adic::procure
