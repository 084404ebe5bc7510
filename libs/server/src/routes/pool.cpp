#include "adic/app/pool_demands.hpp"
#include "adic/procure/day.hpp"

#include "api/body_tables.hpp"
#include "api/buying_parts.hpp"
#include "api/problems.hpp"
#include "api/record_parts.hpp"
#include "api/route.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Json window_json(const procure::BuyingWindow& window) {
    Json one;
    put(one, "from", std::optional{window.first});
    put(one, "until", std::optional{window.last});
    return one;
}

Json period_json(const procure::BuyingPeriod& period) {
    Json one = window_json(period.window);
    one["states"] = period.states;
    put(one, "quantity", period.quantity);
    one["unknown"] = period.unknown;
    return one;
}

Json group_json(const app::PoolGroup& group) {
    Json one{{"item", group.item}, {"states", group.states}, {"plans", group.demands.size()}};
    put(one, "quantity", group.quantity);
    one["unknown"] = group.unknown;
    if (group.busiest) {
        one["busiest"] = period_json(*group.busiest);
    }
    return one;
}

Json demand_json(const procure::PlannedDemand& demand) {
    Json one{{"state", demand.state}, {"demand", demand.id}, {"item", demand.item}};
    put(one, "quantity", demand.quantity);
    put(one, "variant", demand.variant);
    one["standards"] = demand.standards;
    return one;
}

Json match_json(const app::PoolMatch& match) {
    Json one = demand_json(match.demand);
    const auto& window = match.overlap.window;
    put(one, "from", window ? std::optional{window->first} : match.demand.first);
    put(one, "until", window ? std::optional{window->last} : match.demand.last);
    one["own"] = match.is_own;
    one["because"] = sentences_json(match.overlap.because);
    one["but"] = sentences_json(match.overlap.but);
    return one;
}

template <typename T, typename Make>
Json list_json(const std::vector<T>& all, const Make& make) {
    Json list = Json::array();
    for (const T& one : all) {
        list.push_back(make(one));
    }
    return list;
}

Json break_json(const procure::BreakReached& step) {
    Json one{{"from", step.step.from}, {"price", step.step.price}};
    put(one, "wanted", std::optional{step.wanted});
    one["reached"] = step.is_reached ? "yes" : step.may_be_reached ? "perhaps" : "no";
    return one;
}

Json funnel_json(const procure::FunnelStep& step) {
    Json one{{"stage", procure::name_of(step.stage)}, {"states", step.states}};
    put(one, "quantity", step.quantity);
    return one;
}

Json estimate_json(const Estimate& estimate) {
    return {{"low", estimate.low()}, {"likely", estimate.likely()}, {"high", estimate.high()}};
}

Json saving_json(const procure::SavingRange& saving) {
    return {
        {"apart", estimate_json(saving.apart)},
        {"together", estimate_json(saving.together)},
        {"saving", estimate_json(saving.saving)},
        {"share", estimate_json(saving.share)}};
}

Json split_json(const procure::SplitCost& split) {
    Json one{
        {"lines", split.lines},
        {"cost", estimate_json(split.cost)},
        {"costs_more", estimate_json(split.costs_more)}};
    if (split.of_saving) {
        one["of_saving"] = estimate_json(*split.of_saving);
    }
    return one;
}

Json lot_json(const procure::LotOnLine& lot, const std::vector<std::string>& states) {
    Json one{
        {"lot", lot.state ? states[*lot.state] : std::string("all")},
        {"bought", lot.is_together ? "together" : "alone"},
        {"first_piece", lot.first},
        {"last_piece", lot.last}};
    if (lot.midpoint) {
        one["midpoint"] = *lot.midpoint;
        one["midpoint_asher"] = *lot.asher;
    }
    one["piece_cost"] = estimate_json(lot.piece_cost);
    one["lot_cost"] = estimate_json(lot.cost);
    return one;
}

Json pool_json(const app::PoolAnswer& answer, const app::PoolRequest& request) {
    Json body = window_json(request.within);
    if (request.item.empty()) {
        body["groups"] = list_json(answer.groups, group_json);
        return body;
    }
    body["item"] = request.item;
    if (answer.wanted) {
        body["wanted"] = demand_json(*answer.wanted);
        put(body["wanted"], "from", answer.wanted->first);
        put(body["wanted"], "until", answer.wanted->last);
    }
    body["others"] = answer.others;
    body["together"] = group_json(answer.together);
    body["matches"] = list_json(answer.matches, match_json);
    body["near_misses"] = list_json(answer.near_misses, match_json);
    body["periods"] = list_json(answer.periods, period_json);
    body["breaks"] = list_json(answer.breaks, break_json);
    body["funnel"] = list_json(answer.funnel, funnel_json);
    body["projects"] = answer.projects;
    if (request.offer) {
        body["counted"] = answer.counted;
        body["splits"] = list_json(answer.splits, split_json);
        body["lots"] = list_json(answer.lots, [&](const procure::LotOnLine& lot) {
            return lot_json(lot, answer.counted);
        });
        put(body, "currency", request.offer->currency);
        if (!request.offer->exchanges.empty()) {
            body["exchanged"] = list_json(request.offer->exchanges, procure::text_of);
        }
    }
    if (answer.saving) {
        body["saving"] = saving_json(*answer.saving);
    }
    return body;
}

constexpr std::uint64_t standard_years = 3;
constexpr std::uint64_t most_years = 50;

/// All but the prices.
app::PoolRequest request_for(const Call& call, std::string item, std::uint64_t years) {
    app::PoolRequest request;
    request.item = std::move(item);
    request.today = std::chrono::floor<std::chrono::days>(call.now());
    request.within = procure::years_from(request.today, static_cast<int>(years));
    return request;
}

Result<app::PoolRequest> request_of(const Call& call) {
    ADIC_TRY(const std::uint64_t years, call.whole("years", standard_years, 1, most_years));
    app::PoolRequest request = request_for(call, call.asked("item").value_or(""), years);
    if (const auto breaks = call.asked("price_breaks")) {
        ADIC_TRY(request.prices, procure::parse_price_breaks(*breaks));
    }
    return request;
}

Error wrong(const char* message) {
    return {ErrorCode::invalid_argument, message, {}};
}

/// Prices are the likely ones of the offer, unless they are given.
void add_terms(procure::OfferTerms offer, app::PoolRequest& request) {
    if (!request.prices && !offer.prices.empty()) {
        request.prices = procure::terms_at(offer, Bound::likely).prices;
    }
    request.offer = std::move(offer);
}

/// Into which currency the terms are exchanged, and at which rates. What is wrong with those is in
/// the report.
Result<procure::OfferExchange>
exchange_of(const Call& call, const nlohmann::json& body, ingest::ImportReport& report) {
    procure::OfferExchange exchange;
    exchange.day = std::chrono::floor<std::chrono::days>(call.now());
    for (const char* name : {"on", "currency"}) {
        if (body.contains(name) && !body[name].is_string()) {
            return wrong("'on' is a day and 'currency' a code, both texts");
        }
    }
    exchange.currency = body.value("currency", "");
    if (body.contains("on")) {
        const auto day = procure::parse_day(body.value("on", ""));
        if (!day) {
            return wrong("'on' is a day, as 2026-12-31");
        }
        exchange.day = *day;
    }
    if (body.contains("rates")) {
        ADIC_TRY(const std::string rates, table_of("rates", rate_columns, body["rates"]));
        exchange.rates = procure::parse_exchange_rates(rates, "rates", report);
    }
    return exchange;
}

/// The question of an object. What is wrong with the terms is in the report.
Result<app::PoolRequest>
request_of(const Call& call, const nlohmann::json& body, ingest::ImportReport& report) {
    constexpr std::array<std::string_view, 7>
        members{"item", "years", "price_breaks", "terms", "rates", "on", "currency"};
    if (!call.request.query.empty()) {
        return wrong("a question in the body has no words in the address");
    }
    std::string item;
    std::uint64_t years = standard_years;
    for (const auto& [key, value] : body.items()) {
        if (std::ranges::find(members, key) == members.end()) {
            return wrong(
                "the body takes item, years, price_breaks, terms, rates, on, currency, "
                "and nothing else"
            );
        }
        if (key == "item" && !value.is_string()) {
            return wrong("'item' is a text");
        }
        if (key == "years" && (!value.is_number_unsigned() || value == 0U || value > most_years)) {
            return wrong("'years' is a whole number from 1 to 50");
        }
    }
    item = body.value("item", item);
    years = body.value("years", years);
    app::PoolRequest request = request_for(call, std::move(item), years);
    if (body.contains("price_breaks")) {
        ADIC_TRY(const std::string breaks, breaks_of("price_breaks", body["price_breaks"]));
        ADIC_TRY(request.prices, procure::parse_price_breaks(breaks));
    }
    for (const char* name : {"rates", "on", "currency"}) {
        if (body.contains(name) && !body.contains("terms")) {
            return wrong("rates, on and currency go with terms, whose amounts they exchange");
        }
    }
    if (body.contains("terms")) {
        ADIC_TRY(const std::string terms, table_of("terms", term_columns, body["terms"]));
        ADIC_TRY(const procure::OfferExchange exchange, exchange_of(call, body, report));
        if (report.may_commit()) {
            add_terms(procure::parse_offer_terms(terms, "terms", report, exchange), request);
        }
    }
    return request;
}

Response answer_to(const Call& call, const app::PoolRequest& request) {
    const auto answer =
        app::pool_demands(call.house.parts.store, call.caller.reader, request, viewing_of(call));
    return answer ? json_response(pool_json(*answer, request)) : error_response(answer.error());
}

Response get_pool(const Call& call) {
    const auto request = request_of(call);
    if (!request) {
        return error_response(request.error());
    }
    Response response = answer_to(call, *request);
    constexpr int ok = 200;
    return response.status == ok ? with_tag(call.request, std::move(response)) : response;
}

Response post_pool(const Call& call) {
    ingest::ImportReport report;
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    const auto request = request_of(call, *body, report);
    if (!request) {
        return error_response(request.error());
    }
    return report.may_commit() ? answer_to(call, *request) : problems_response(report);
}

constexpr std::array pool_words{
    RouteWord{
        "item",
        "a plan or an item by its identifier, a stock number, or a name; without it, all groups"},
    RouteWord{"years", "how many from today are looked at; 3", "integer"},
    RouteWord{"price_breaks", "from how many pieces on one costs how much, as in 1:100,50:92"},
};

constexpr std::size_t largest_table = std::size_t{1} << 20U;

constexpr std::array<std::string_view, 2> pool_lists{"groups", "matches"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/pool",
        .summary = "who else plans to buy the same, and when",
        .help = "Plans to buy that one product could meet, each with the reason, and near misses "
                "with theirs; when most want it, which price breaks all reach together, and how "
                "far they have come. All of it from what the reader sees of demands, products and "
                "projects.",
        .needs = access::Permission::read,
        .query = pool_words,
        .gives = "Pool",
        .lists = pool_lists,
        .answer = get_pool},
    Route{
        .method = "POST",
        .path = "/api/v1/pool",
        .summary = "what buying the same together would save",
        .help = "As GET; the terms of an offer, each figure low, likely and high, add what the "
                "states save, and what a split of the work costs. The saving counts states whose "
                "quantity the reader sees. What is wrong with the terms (docs/reference/terms.md) "
                "comes as 422 with every problem; the first of them is row 2. Nothing is kept.",
        .needs = access::Permission::read,
        .takes = "PoolQuestion",
        .gives = "Pool",
        .only_asks = true,
        .largest_body = largest_table,
        .answer = post_pool},
};

}  // namespace

std::span<const Route> pool_routes() {
    return routes;
}

}  // namespace adic::server
