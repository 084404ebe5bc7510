#include "adic/procure/origin.hpp"

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

enum RuleColumn : std::size_t {
    rule,
    name,
    method,
    group,
    threshold,
    step,
    step_years,
    from,
    partial_from,
    article,
    publisher,
    title,
    year,
    licence,
    confidence,
    note
};

constexpr std::array rule_columns{
    NamedColumn{"rule"},
    NamedColumn{"name"},
    NamedColumn{"method"},
    NamedColumn{"group"},
    NamedColumn{"threshold"},
    NamedColumn{"step", false},
    NamedColumn{"step_years", false},
    NamedColumn{"from"},
    NamedColumn{"partial_from", false},
    NamedColumn{"article", false},
    NamedColumn{"publisher"},
    NamedColumn{"title"},
    NamedColumn{"year"},
    NamedColumn{"licence"},
    NamedColumn{"confidence"},
    NamedColumn{"note", false},
};

enum GroupColumn : std::size_t { group_name, member };

constexpr std::array group_columns{NamedColumn{"group"}, NamedColumn{"state"}};

enum CostColumn : std::size_t {
    product,
    producer,
    line,
    kind,
    origin,
    value,
    content,
    inside_value
};

constexpr std::array cost_columns{
    NamedColumn{"product"},
    NamedColumn{"producer"},
    NamedColumn{"line"},
    NamedColumn{"kind"},
    NamedColumn{"origin", false},
    NamedColumn{"value"},
    NamedColumn{"content", false},
    NamedColumn{"inside_value", false},
};

constexpr std::array<std::string_view, 4> methods{
    "build-down",
    "build-up",
    "parts of price",
    "parts of parts"};
constexpr std::array<std::string_view, 6>
    kinds{"material", "labour", "overhead", "other", "profit", "price"};
constexpr std::array<std::string_view, 5> letters{"A", "B", "C", "D", "E"};
constexpr double most_years = 100.0;
constexpr std::string_view own = "own";
/// Of all lines of a file: sums of cents stay far below 2^63.
constexpr Cents most_in_all = 100'000'000'000'000'000;

template <std::size_t n>
std::size_t place_in(const std::array<std::string_view, n>& words, std::string_view word) {
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? 0 : static_cast<std::size_t>(found - words.begin());
}

using Groups = std::map<std::string, std::set<std::string>, std::less<>>;

Groups read_groups(CsvReader rows, ImportReport& report) {
    NamedRows row(std::move(rows), group_columns, report);
    Groups groups;
    while (row.next()) {
        const std::string_view of = row.text(group_name);
        if (of == own) {
            row.complain(group_name, "is the name of the producer's state alone");
        }
        if (!groups[std::string(of)].emplace(row.text(member)).second) {
            row.complain(member, "is in the group already");
        }
    }
    return groups;
}

OriginRule take_rule(NamedRows& row, const Groups& groups) {
    OriginRule one;
    one.id = row.text(rule);
    one.name = row.text(name);
    one.method = static_cast<OriginMethod>(place_in(methods, row.word(method, methods)));
    one.group = row.text(group);
    if (const auto found = groups.find(one.group); found != groups.end()) {
        one.members = {found->second.begin(), found->second.end()};
    } else if (one.group != own && !one.group.empty()) {
        row.complain(group, "is no group of groups.csv, and not 'own'");
    }
    one.threshold = row.fraction_or(threshold, 1, 0);
    one.step = row.fraction_or(step, 1, 0);
    one.step_years =
        static_cast<std::int32_t>(row.number(step_years, {1.0, most_years}).value_or(0.0));
    one.from = row.day(from).value_or(std::chrono::sys_days{});
    one.partial_from = row.fraction(partial_from, 1);
    one.article = row.text(article);
    one.publisher = row.text(publisher);
    one.title = row.text(title);
    one.year = row.text(year);
    one.licence = row.text(licence);
    one.confidence = row.word(confidence, letters);
    one.note = row.text(note);
    if ((one.step > 0) != (one.step_years > 0)) {
        row.complain(step, "and step_years go together");
    }
    return one;
}

std::vector<OriginRule> read_rules(CsvReader rows, const Groups& groups, ImportReport& report) {
    NamedRows row(std::move(rows), rule_columns, report);
    std::vector<OriginRule> rules;
    std::set<std::string, std::less<>> seen;
    while (row.next()) {
        OriginRule one = take_rule(row, groups);
        if (!seen.insert(one.id).second) {
            row.complain(rule, "is there already");
        }
        rules.push_back(std::move(one));
    }
    return rules;
}

class CostReader {
  public:
    CostReader(CsvReader rows, ImportReport& report)
        : row_(std::move(rows), cost_columns, report)
        , report_(report)
        , errors_(report.errors()) {}

    std::vector<CostedProduct> read() && {
        while (row_.next()) {
            take();
        }
        for (std::size_t i = 0; i < products_.size() && report_.errors() == errors_; ++i) {
            CostedProduct& one = products_[i];
            for (const CostLine& each : one.lines) {
                one.price += priced_.contains(one.id) ? 0 : each.value;
            }
            if (one.price <= 0) {
                row_.complain(product, fmt::format("'{}' has no price above 0", one.id));
            }
        }
        return report_.errors() == errors_ ? std::move(products_) : std::vector<CostedProduct>{};
    }

  private:
    CostedProduct& product_of_row() {
        const std::string_view id = row_.text(product);
        const auto [place, is_new] = places_.emplace(id, products_.size());
        if (is_new) {
            products_.push_back({std::string(id), std::string(row_.text(producer))});
        } else if (products_[place->second].producer != row_.text(producer)) {
            row_.complain(producer, "is not the one of the product's first line");
        }
        return products_[place->second];
    }

    void take() {
        CostedProduct& of = product_of_row();
        const std::size_t what = place_in(kinds, row_.word(kind, kinds));
        const bool is_price = what + 1 == kinds.size();
        CostLine one;
        one.id = row_.text(line);
        one.value =
            row_.cents(value, what == static_cast<std::size_t>(CostKind::profit)).value_or(0);
        sum_ += std::min(std::abs(one.value), most_in_all);
        if (sum_ > most_in_all) {
            row_.complain(value, "and those above are more than 10^15 together");
            sum_ = 0;
        }
        if (!lines_.emplace(of.id, one.id).second) {
            row_.complain(line, "is there already");
        }
        if (is_price) {
            take_price(of, one.value);
            return;
        }
        one.kind = static_cast<CostKind>(what);
        one.origin = row_.text(origin);
        one.content = row_.fraction(content, 1);
        one.inside_value = row_.cents(inside_value);
        if (one.kind != CostKind::material) {
            if (one.content || one.inside_value) {
                row_.complain(kind, "has neither content nor inside_value: they are for materials");
            }
            one.origin = one.origin.empty() ? of.producer : one.origin;
        } else if (one.origin.empty()) {
            row_.complain(origin, "must say where the material is from; ZZZ if nobody knows");
        }
        of.lines.push_back(std::move(one));
    }

    void take_price(CostedProduct& of, Cents price) {
        if (!priced_.insert(of.id).second) {
            row_.complain(kind, "is there already: a product has one price");
        }
        if (price == 0) {
            row_.complain(value, "must be above 0");
        }
        of.price = price;
    }

    NamedRows row_;
    ImportReport& report_;
    std::uint64_t errors_;
    std::vector<CostedProduct> products_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::set<std::string, std::less<>> priced_;
    std::set<std::pair<std::string, std::string>> lines_;
    Cents sum_ = 0;
};

}  // namespace

std::vector<OriginRule>
parse_origin_rules(std::string_view rules, std::string_view groups, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    const Groups known = read_groups(CsvReader::over("groups.csv", groups, report), report);
    auto read = read_rules(CsvReader::over("rules.csv", rules, report), known, report);
    return report.errors() == errors ? std::move(read) : std::vector<OriginRule>{};
}

Result<std::vector<OriginRule>>
read_origin_rules(const std::filesystem::path& folder, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ADIC_TRY(CsvReader groups, CsvReader::open(folder / "groups.csv", report));
    const Groups known = read_groups(std::move(groups), report);
    ADIC_TRY(CsvReader rules, CsvReader::open(folder / "rules.csv", report));
    auto read = read_rules(std::move(rules), known, report);
    return report.errors() == errors ? std::move(read) : std::vector<OriginRule>{};
}

std::vector<CostedProduct>
parse_cost_lines(std::string_view text, const std::string& name, ImportReport& report) {
    return CostReader(CsvReader::over(name, text, report), report).read();
}

Result<std::vector<CostedProduct>>
read_cost_lines(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return CostReader(std::move(rows), report).read();
}

}  // namespace adic::procure
