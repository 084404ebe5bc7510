#include "adic/procure/offer_terms.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace adic::procure {
namespace {

enum TermColumn : std::size_t { term, from, low, likely, high, text };

constexpr std::array columns{
    NamedColumn{"term"},
    NamedColumn{"from", false},
    NamedColumn{"low", false},
    NamedColumn{"likely", false},
    NamedColumn{"high", false},
    NamedColumn{"text", false},
};

constexpr Limits money{0.0, 1e12};
constexpr Limits part{0.0, 1.0};

/// A term that is an estimate, and what it may be.
struct NumberTerm {
    std::string_view name;
    Limits limits;
    Estimate OfferTerms::*place;
};

constexpr std::array number_terms{
    NumberTerm{"first_unit", money, &OfferTerms::first_unit},
    NumberTerm{"slope", {1e-3, 1.0}, &OfferTerms::slope},
    NumberTerm{"non_recurring", money, &OfferTerms::non_recurring},
    NumberTerm{"coordination", part, &OfferTerms::coordination},
    NumberTerm{"line_setup", money, &OfferTerms::line_setup},
    NumberTerm{"supplier_hhi", part, &OfferTerms::supplier_hhi},
    NumberTerm{"drag", part, &OfferTerms::drag},
};

constexpr std::array<std::string_view, 10> names{
    "price",
    "break_rule",
    "learning",
    "first_unit",
    "slope",
    "non_recurring",
    "coordination",
    "line_setup",
    "supplier_hhi",
    "drag"};

constexpr std::array<std::string_view, 2> break_rules{"all-units", "incremental"};
constexpr std::array<std::string_view, 2> theories{"crawford", "wright"};

class TermsReader {
  public:
    TermsReader(ingest::CsvReader rows, ingest::ImportReport& report)
        : rows_(std::move(rows), columns, report)
        , report_(report)
        , errors_(report.errors()) {}

    OfferTerms read() && {
        while (rows_.next()) {
            take();
        }
        check_all();
        return report_.errors() == errors_ ? std::move(terms_) : OfferTerms{};
    }

  private:
    void take() {
        const std::string name(rows_.word(term, names));
        if (!rows_.is_good()) {
            return;
        }
        if (name == "price") {
            take_price();
        } else if (!seen_.insert(name).second) {
            rows_.complain(term, "is there already");
        } else if (name == "break_rule") {
            terms_.rule = rows_.word(text, break_rules) == "incremental" ? BreakRule::incremental
                                                                         : BreakRule::all_units;
        } else if (name == "learning") {
            terms_.theory = rows_.word(text, theories) == "wright" ? LearningTheory::wright
                                                                   : LearningTheory::crawford;
        } else {
            const auto known = std::ranges::find(number_terms, name, &NumberTerm::name);
            if (const auto value = estimate(known->limits)) {
                terms_.*(known->place) = *value;
            }
        }
    }

    /// The figure of a row; with `likely` alone it is known.
    std::optional<Estimate> estimate(Limits limits) {
        const auto middle = rows_.number(likely, limits);
        const auto below = rows_.number(low, limits);
        const auto above = rows_.number(high, limits);
        if (!middle) {
            if (rows_.is_good()) {
                rows_.complain(likely, "is missing");
            }
            return std::nullopt;
        }
        const auto value =
            Estimate::create(below.value_or(*middle), *middle, above.value_or(*middle));
        if (!value) {
            rows_.complain(likely, "is not between low and high");
            return std::nullopt;
        }
        return *value;
    }

    void take_price() {
        const auto quantity = rows_.number(from, {0.0, 1e9});
        const auto price = estimate(money);
        if (!quantity || !price) {
            if (rows_.is_good()) {
                rows_.complain(from, "is missing: from how many pieces on the price counts");
            }
            return;
        }
        const bool is_first = terms_.prices.empty();
        if (is_first ? *quantity > 1.0 : *quantity <= terms_.prices.back().from) {
            rows_.complain(
                from,
                is_first ? "is above 1: the first price counts from the first piece"
                         : "does not rise"
            );
            return;
        }
        terms_.prices.push_back({*quantity, *price});
    }

    void check_all() {
        const bool has_curve = seen_.contains("first_unit");
        if (report_.errors() != errors_) {
            return;
        }
        if (has_curve != terms_.prices.empty()) {
            rows_.complain(term, "either prices or the first_unit and slope of a learning curve");
        } else if (has_curve != seen_.contains("slope")) {
            rows_.complain(term, "first_unit and slope go together");
        } else if (seen_.contains("supplier_hhi") != seen_.contains("drag")) {
            rows_.complain(term, "supplier_hhi and drag go together");
        }
    }

    NamedRows rows_;
    ingest::ImportReport& report_;
    std::uint64_t errors_;
    OfferTerms terms_;
    std::set<std::string> seen_;
};

}  // namespace

Result<OfferTerms>
read_offer_terms(const std::filesystem::path& file, ingest::ImportReport& report) {
    ADIC_TRY(ingest::CsvReader rows, ingest::CsvReader::open(file, report));
    return TermsReader(std::move(rows), report).read();
}

OfferTerms
parse_offer_terms(std::string_view text, const std::string& name, ingest::ImportReport& report) {
    return TermsReader(ingest::CsvReader::over(name, text, report), report).read();
}

}  // namespace adic::procure
