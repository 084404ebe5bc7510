#include "procure/saving_sections.hpp"

#include "adic/base/say.hpp"
#include "adic/procure/day.hpp"

#include "frame/chosen_rates.hpp"
#include "render/cells.hpp"

#include <chrono>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {

Section saving_section(const procure::SavingRange& saving) {
    return {
        "What it saves, from low to high",
        &saving_shape,
        {{saving.apart, saving.together, saving.saving, saving.share}},
        "",
        {}};
}

Section splits_section(const std::vector<procure::SplitCost>& splits) {
    Section section{"What a split of the work costs", &split_shape, {}, "", {}};
    for (const procure::SplitCost& split : splits) {
        section.rows.push_back(
            {std::uint64_t{split.lines}, split.cost, split.costs_more, cell_of(split.of_saving)}
        );
    }
    if (!splits.empty()) {
        section.notes.push_back(say("split-by-module"));
    }
    return section;
}

Section
lots_section(const std::vector<procure::LotOnLine>& lots, const std::vector<std::string>& states) {
    Section section{"On the learning curve, lot by lot", &lot_shape, {}, "", {}};
    for (const procure::LotOnLine& lot : lots) {
        section.rows.push_back(
            {lot.state ? states[*lot.state] : std::string("all"),
             std::string(lot.is_together ? "together" : "alone"),
             lot.first,
             lot.last,
             cell_of(lot.midpoint),
             cell_of(lot.asher),
             lot.piece_cost,
             lot.cost}
        );
    }
    return section;
}

Result<procure::OfferTerms>
chosen_offer_terms(const Invocation& words, const Session& session, ingest::ImportReport& report) {
    procure::OfferExchange exchange;
    exchange.currency = words.text("--currency");
    exchange.day = std::chrono::floor<std::chrono::days>(session.around.now);
    if (words.has("--on")) {
        const auto day = procure::parse_day(words.text("--on"));
        if (!day) {
            return Error{ErrorCode::invalid_argument, "--on must be a day, as 2026-12-31", {}};
        }
        exchange.day = *day;
    }
    ADIC_TRY(exchange.rates, chosen_rates(words, report));
    if (!report.may_commit()) {
        return procure::OfferTerms{};
    }
    return procure::read_offer_terms(words.text("--terms"), report, exchange);
}

Result<std::monostate> check_exchange_words(const Invocation& words) {
    for (const std::string_view word : {"--rates", "--on", "--currency"}) {
        if (words.has(word) && !words.has("--terms")) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{} goes with the table of --terms, whose amounts it exchanges", word),
                {}};
        }
    }
    return std::monostate{};
}

Said exchange_said(std::string_view place, std::span<const procure::Exchange> exchanges) {
    Words english;
    Words plain;
    for (const procure::Exchange& exchange : exchanges) {
        english.push_back(procure::text_of(exchange));
        for (const procure::ExchangeStep& step : exchange.steps) {
            plain.push_back(fmt::format(
                "1 {} = {:.6g} {} ({})",
                step.from,
                procure::to_double(step.rate),
                step.to,
                procure::day_text(step.day)
            ));
        }
    }
    Said said{place, fmt::format("{}", fmt::join(english, "; "))};
    said.plain = std::move(plain);
    return said;
}

std::vector<Sentence> exchange_notes(const procure::OfferTerms& terms, const std::string& source) {
    if (terms.currency.empty()) {
        return {};
    }
    if (terms.exchanges.empty()) {
        return {say("amounts-in", {{"currency", terms.currency}})};
    }
    return {say(
        "amounts-exchanged",
        {{"currency", terms.currency}, exchange_said("rates", terms.exchanges), {"source", source}}
    )};
}

std::vector<Sentence> supply_notes(const procure::OfferTerms& terms) {
    constexpr double single = 0.99;
    if (terms.supplier_hhi.high() < single) {
        return {};
    }
    return {say("single-supplier")};
}

}  // namespace adic::cli
