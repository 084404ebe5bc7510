#include "adic/procure/day.hpp"
#include "adic/procure/offer_terms.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

enum TermColumn : std::size_t { term, from, low, likely, high, text, currency };

constexpr std::array columns{
    NamedColumn{"term"},
    NamedColumn{"from", false},
    NamedColumn{"low", false},
    NamedColumn{"likely", false},
    NamedColumn{"high", false},
    NamedColumn{"text", false},
    NamedColumn{"currency", false},
};

constexpr Limits money{0.0, 1e12};
constexpr Limits part{0.0, 1.0};

/// A term that is an estimate, and what it may be.
struct NumberTerm {
    std::string_view name;
    Limits limits;
    Estimate OfferTerms::*place;
    bool is_money = false;
};

constexpr std::array number_terms{
    NumberTerm{"first_unit", money, &OfferTerms::first_unit, true},
    NumberTerm{"slope", {1e-3, 1.0}, &OfferTerms::slope},
    NumberTerm{"made_before", {0.0, most_pieces_of_a_line}, &OfferTerms::made_before},
    NumberTerm{"learning_lost", part, &OfferTerms::learning_lost},
    NumberTerm{"non_recurring", money, &OfferTerms::non_recurring, true},
    NumberTerm{"coordination", part, &OfferTerms::coordination},
    NumberTerm{"line_setup", money, &OfferTerms::line_setup, true},
    NumberTerm{"supplier_hhi", part, &OfferTerms::supplier_hhi},
    NumberTerm{"drag", part, &OfferTerms::drag},
};

constexpr std::array<std::string_view, 12> names{
    "price",
    "break_rule",
    "learning",
    "first_unit",
    "slope",
    "made_before",
    "learning_lost",
    "non_recurring",
    "coordination",
    "line_setup",
    "supplier_hhi",
    "drag"};

constexpr std::array<std::string_view, 2> break_rules{"all-units", "incremental"};
constexpr std::array<std::string_view, 2> theories{"crawford", "wright"};

class TermsReader {
  public:
    TermsReader(ingest::CsvReader rows, ingest::ImportReport& report, const OfferExchange& exchange)
        : rows_(std::move(rows), columns, report)
        , report_(report)
        , exchange_(exchange)
        , errors_(report.errors()) {
        terms_.currency = exchange.currency;
    }

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
            take_number(*std::ranges::find(number_terms, name, &NumberTerm::name));
        }
    }

    void take_number(const NumberTerm& known) {
        if (!known.is_money && !rows_.text(currency).empty()) {
            rows_.complain(currency, "is for amounts of money alone");
            return;
        }
        const auto value = known.is_money ? amount() : estimate(known.limits);
        if (!value) {
            return;
        }
        terms_.*(known.place) = *value;
        const bool is_whole = std::floor(value->low()) == value->low()
                              && std::floor(value->likely()) == value->likely()
                              && std::floor(value->high()) == value->high();
        if (known.name == "made_before" && !is_whole) {
            rows_.complain(likely, "is not in whole pieces");
        }
    }

    /// Money, in the currency of the answer.
    std::optional<Estimate> amount() {
        const auto value = estimate(money);
        if (!value) {
            return std::nullopt;
        }
        const std::string from_currency(rows_.text(currency));
        if (from_currency.empty()) {
            has_nameless_ = true;
            return value;
        }
        if (!is_code(from_currency)) {
            rows_.complain(currency, "is no code of a currency, as EUR");
            return std::nullopt;
        }
        names_currency_ = true;
        if (terms_.currency.empty()) {
            terms_.currency = from_currency;
        }
        return from_currency == terms_.currency ? value : exchanged(*value, from_currency);
    }

    static bool is_code(std::string_view name) {
        return name.size() == 3
               && std::ranges::all_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    }

    std::optional<Estimate> exchanged(const Estimate& value, const std::string& from_currency) {
        auto found = exchange_.rates.find(from_currency, terms_.currency, exchange_.day);
        if (!found) {
            rows_.complain(
                currency,
                fmt::format(
                    "has no rate to {} that holds on {}: give rates of that day or the week before "
                    "it, or the day of those you have",
                    terms_.currency,
                    day_text(exchange_.day)
                )
            );
            return std::nullopt;
        }
        const double rate = to_double(found->rate);
        if (seen_currencies_.insert(from_currency).second) {
            terms_.exchanges.push_back(*std::move(found));
        }
        if (value.high() * rate > money.high) {
            rows_.complain(
                likely,
                fmt::format("is above a trillion {} when it is exchanged", terms_.currency)
            );
            return std::nullopt;
        }
        return *Estimate::create(value.low() * rate, value.likely() * rate, value.high() * rate);
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
        const auto price = amount();
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
        if (has_nameless_ && names_currency_) {
            rows_.complain(currency, "is missing: if one amount names its currency, each does");
        } else if (!names_currency_ && !exchange_.currency.empty()) {
            rows_.complain(
                currency,
                fmt::format(
                    "is missing: in {} is asked for, of which nothing is known without it",
                    exchange_.currency
                )
            );
        }
        if (has_curve != terms_.prices.empty()) {
            rows_.complain(term, "either prices or the first_unit and slope of a learning curve");
        } else if (has_curve != seen_.contains("slope")) {
            rows_.complain(term, "first_unit and slope go together");
        } else if (seen_.contains("made_before") && !has_curve) {
            rows_.complain(term, "made_before goes with a learning curve");
        } else if (seen_.contains("learning_lost") && !seen_.contains("made_before")) {
            rows_.complain(term, "learning_lost goes with made_before: it was learnt on those");
        } else if (seen_.contains("supplier_hhi") != seen_.contains("drag")) {
            rows_.complain(term, "supplier_hhi and drag go together");
        }
    }

    NamedRows rows_;
    ingest::ImportReport& report_;
    const OfferExchange& exchange_;
    std::uint64_t errors_;
    OfferTerms terms_;
    std::set<std::string> seen_;
    std::set<std::string> seen_currencies_;
    bool names_currency_ = false;
    bool has_nameless_ = false;
};

}  // namespace

Result<OfferTerms> read_offer_terms(
    const std::filesystem::path& file,
    ingest::ImportReport& report,
    const OfferExchange& exchange
) {
    ADIC_TRY(ingest::CsvReader rows, ingest::CsvReader::open(file, report));
    return TermsReader(std::move(rows), report, exchange).read();
}

OfferTerms parse_offer_terms(
    std::string_view text,
    const std::string& name,
    ingest::ImportReport& report,
    const OfferExchange& exchange
) {
    return TermsReader(ingest::CsvReader::over(name, text, report), report, exchange).read();
}

}  // namespace adic::procure
