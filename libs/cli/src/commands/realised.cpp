#include "adic/procure/realised.hpp"

#include "adic/base/say.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rates.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "procure/saving_sections.hpp"

#include <array>
#include <map>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::Cents;
using procure::PaidPurchase;
using procure::RealisedPurchase;

constexpr std::array saving_columns{
    Column{"purchase", "purchase", "by its identifier; all: a sum", Show::word},
    Column{"state", "", "who bought", Show::word, 0, In::data},
    Column{"claimed_low", "low", "saving that was claimed", Show::number, 2},
    Column{"claimed_likely", "likely", "saving that was claimed", Show::number, 2},
    Column{"claimed_high", "high", "saving that was claimed", Show::number, 2},
    Column{"realised", "realised", "at rates and prices of the plan", Show::number, 2},
    Column{"verdict", "verdict", "below, within or above it", Show::word},
};

constexpr std::array effect_columns{
    Column{"purchase", "purchase", "by its identifier; all: a sum", Show::word},
    Column{"state", "", "who bought", Show::word, 0, In::data},
    Column{"plan_saving", "by the plan", "quantity and prices of the plan", Show::number, 2},
    Column{"volume_effect", "by volume", "more or less was bought", Show::number, 2},
    Column{"price_effect", "by price", "a piece was cheaper or dearer", Show::number, 2},
    Column{"realised", "realised", "at rates and prices of the plan", Show::number, 2},
};

constexpr std::array spend_columns{
    Column{"purchase", "purchase", "by its identifier; all: a sum", Show::word},
    Column{"state", "", "who bought", Show::word, 0, In::data},
    Column{"planned", "planned", "spend", Show::number, 2},
    Column{"volume", "volume", "because more or less was bought", Show::number, 2},
    Column{"price", "price", "in prices of the plan", Show::number, 2},
    Column{"inflation", "inflation", "because prices in general rose", Show::number, 2},
    Column{"exchange", "exchange", "because the currency did", Show::number, 2},
    Column{"paid", "paid", "spend", Show::number, 2},
    Column{"planned_at", "", "rates, and their days", Show::text, 0, In::data},
    Column{"paid_at", "", "rates, and their days", Show::text, 0, In::data},
};

constexpr std::array shapes{
    Shape{"savings", saving_columns},
    Shape{"effects", effect_columns},
    Shape{"spend", spend_columns},
    issue_shape};

constexpr std::array<std::string_view, 2> description{
    "What became of savings that were claimed: low, likely and high against what was realised at "
    "the "
    "exchange rates and prices of the plan; and the difference between planned and paid, split "
    "into "
    "volume, price, inflation and exchange rate, to the cent.",
    "FILE is a table of purchases (docs/reference/realised.md); without it, three made-up "
    "purchases "
    "and rates that come with the program. docs/explanation/realised.md has the equations."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "a table of purchases, as planned and as paid",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--currency",
        .value = "CODE",
        .help = "of the answer and of the claims",
        .standard = "USD"},
    rates_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic realised", "The purchases that come with the program."},
    Example{"adic realised --currency EUR", "In euro."},
    Example{"adic realised my-purchases.csv --rates my-eurofxref-hist.csv", "Your own."},
};

double money(Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

std::string verdict_of(const RealisedPurchase& one) {
    if (one.realised < one.claimed_low) {
        return "below";
    }
    return one.realised > one.claimed_high ? "above" : "within";
}

Row saving_row(const std::string& id, const std::string& state, const RealisedPurchase& one) {
    return {
        id,
        state,
        money(one.claimed_low),
        money(one.claimed_likely),
        money(one.claimed_high),
        money(one.realised),
        verdict_of(one)};
}

Row effect_row(const std::string& id, const std::string& state, const RealisedPurchase& one) {
    return {
        id,
        state,
        money(one.plan_saving),
        money(one.volume_effect),
        money(one.price_effect),
        money(one.realised)};
}

Row spend_row(const std::string& id, const std::string& state, const RealisedPurchase& one) {
    return {
        id,
        state,
        money(one.planned),
        money(one.volume),
        money(one.price),
        money(one.inflation),
        money(one.exchange),
        money(one.paid),
        procure::text_of(one.planned_at),
        procure::text_of(one.paid_at)};
}

/// Which rates were taken, of which day.
std::vector<Sentence>
exchanges_of(const std::vector<PaidPurchase>& purchases, const std::vector<RealisedPurchase>& all) {
    std::vector<Sentence> notes;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].paid_at.steps.empty()) {
            notes.push_back(
                say("realised-exchanged",
                    {{"purchase", purchases[i].id},
                     exchange_said("planned", {&all[i].planned_at, 1}),
                     exchange_said("paid", {&all[i].paid_at, 1})})
            );
        }
    }
    return notes;
}

Report report_of(
    const std::vector<PaidPurchase>& purchases,
    const std::vector<RealisedPurchase>& realised,
    const std::string& currency
) {
    Section savings{"", &shapes[0], {}, "Nothing was bought.", {}};
    Section effects{"From the saving of the plan to what was realised", &shapes[1], {}, "", {}};
    Section spend{
        "From what was planned to what was paid",
        &shapes[2],
        {},
        "",
        exchanges_of(purchases, realised)};
    const auto add = [&](const std::string& id, const std::string& of, const RealisedPurchase& one
                     ) {
        savings.rows.push_back(saving_row(id, of, one));
        effects.rows.push_back(effect_row(id, of, one));
        spend.rows.push_back(spend_row(id, of, one));
    };
    std::map<std::string, std::vector<RealisedPurchase>> by_state;
    for (std::size_t i = 0; i < purchases.size(); ++i) {
        add(purchases[i].id, purchases[i].state, realised[i]);
        by_state[purchases[i].state].push_back(realised[i]);
    }
    for (const auto& [state, ones] : by_state) {
        add("all " + state, state, procure::total_of(ones));
    }
    add("all", "all", procure::total_of(realised));
    return {
        {say("realised-currency", {{"currency", currency}})},
        {std::move(savings), std::move(effects), std::move(spend)},
        {say("realised-low-claims")}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const std::filesystem::path own = data / "procure" / "savings";
    const bool is_sample = !words.has("FILE");
    ingest::ImportReport report;
    ADIC_TRY(
        const procure::ExchangeRates rates,
        is_sample && !words.has("--rates") ? procure::read_exchange_rates(own / "rates.csv", report)
                                           : chosen_rates(words, report)
    );
    ADIC_TRY(
        const std::vector<PaidPurchase> purchases,
        procure::read_paid_purchases(
            is_sample ? own / "purchases.csv" : std::filesystem::path(words.text("FILE")),
            report
        )
    );
    if (!report.may_commit()) {
        return refused_input("The purchases or rates cannot be used.", report);
    }
    const std::string& currency = words.text("--currency");
    ADIC_TRY(
        const std::vector<RealisedPurchase> realised,
        procure::realised_savings(purchases, rates, currency)
    );
    return Outcome{report_of(purchases, realised, currency)};
}

}  // namespace

Command realised_command() {
    return {
        .name = "realised",
        .summary = "hold savings that were claimed against what was realised",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
