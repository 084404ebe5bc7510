#include "adic/base/say.hpp"

#include "flags/flag_tally.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using model::Award;
using model::AwardStatus;
using model::Bid;
using model::BidProcess;
using model::BidStatus;
using Names = std::vector<std::string_view>;

constexpr std::int64_t ms_per_day = 86'400'000;

bool is_final(AwardStatus status) {
    return status != AwardStatus::pending && status != AwardStatus::other;
}

/// The awards in force, if no award can still change; null otherwise.
std::optional<std::vector<const Award*>> final_awards(const BidProcess& process) {
    if (!process.has_awards || !process.has_bids) {
        return std::nullopt;
    }
    std::vector<const Award*> active;
    for (const Award& award : process.awards) {
        if (!is_final(award.status)) {
            return std::nullopt;
        }
        if (award.status == AwardStatus::active) {
            active.push_back(&award);
        }
    }
    return active;
}

/// The one supplier of the one award; empty where there are several, as nobody can tell then which
/// bids competed with each other.
std::string_view only_supplier(const BidProcess& process) {
    const auto awards = final_awards(process);
    if (!awards || awards->size() != 1) {
        return {};
    }
    const model::NameRange suppliers = awards->front()->suppliers;
    return suppliers.listed == 1 && suppliers.count == 1 ? process.names_of(suppliers).front()
                                                         : std::string_view{};
}

std::string_view only_tenderer(const BidProcess& process, const Bid& bid) {
    return bid.tenderers.listed == 1 && bid.tenderers.count == 1
               ? process.names_of(bid.tenderers).front()
               : std::string_view{};
}

void keep_each_once(Names& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

void add_names(Names& names, std::span<const std::string_view> more) {
    names.insert(names.end(), more.begin(), more.end());
}

Names suppliers_in_force(const BidProcess& process) {
    Names names;
    for (const Award& award : process.awards) {
        if (award.status == AwardStatus::active) {
            add_names(names, process.names_of(award.suppliers));
        }
    }
    keep_each_once(names);
    return names;
}

Names tenderers_with(const BidProcess& process, BidStatus status) {
    Names names;
    for (const Bid& bid : process.bids) {
        if (bid.status == status) {
            add_names(names, process.names_of(bid.tenderers));
        }
    }
    keep_each_once(names);
    return names;
}

bool matches(std::string_view details, const WordSet& only, const WordSet& without) {
    return only.empty() ? !without.contains(details) : only.contains(details);
}

}  // namespace

std::string price(double amount) {
    return std::trunc(amount) == amount ? fmt::format("{:.0f}", amount)
                                        : fmt::format("{:.2f}", amount);
}

void FlagTally::take(std::uint64_t line, const BidProcess& process) {
    ++processes_;
    seen_.push_back(TextHash{}(process.ocid));
    if (process.tender_status == "cancelled") {
        ++cancelled_;
        return;
    }
    if (settings_->passed_over.contains(process.details)) {
        ++passed_over_;
        return;
    }
    with_bids_ += process.bids.empty() ? 0U : 1U;
    note_currency(line, process);
    check_period(process);
    check_single_bid(process);
    check_late(process);
    check_disqualified_others(process);
    check_prices(process);
    note_success(process);
    note_disqualified(process);
    note_variety(process);
}

void FlagTally::raise(
    FlagCode code,
    const BidProcess& process,
    double value,
    Sentence figures,
    std::span<const std::string_view> tenderers
) {
    const std::string ocid(process.ocid);
    raised_.push_back({code, FlagSubject::process, ocid, value, std::move(figures)});
    for (const std::string_view tenderer : tenderers) {
        raised_.push_back({code, FlagSubject::tenderer, std::string(tenderer), 1.0, ocid});
    }
}

void FlagTally::note_currency(std::uint64_t line, const BidProcess& process) {
    if (!settings_->currency.empty() || !currency_.empty()) {
        return;
    }
    const auto found = std::ranges::find_if(process.bids, [](const Bid& bid) {
        return bid.is_submitted() && bid.amount && !bid.currency.empty();
    });
    if (found != process.bids.end()) {
        currency_ = found->currency;
        currency_line_ = line;
    }
}

void FlagTally::check_period(const BidProcess& process) {
    if (!is_in(FlagCode::r003)
        || !(
            settings_->short_methods.empty() || settings_->short_methods.contains(process.method)
        )) {
        return;
    }
    const auto opens = instant_of(process.opens);
    const auto closes = instant_of(process.closes);
    if (!opens || !closes) {
        return;
    }
    count(FlagCode::r003);
    const std::int64_t days = (*closes - *opens) / ms_per_day;
    const auto own = settings_->least_days_of.find(process.details);
    const std::int64_t least =
        own == settings_->least_days_of.end() ? settings_->least_days : own->second;
    if (days < least) {
        raise(
            FlagCode::r003,
            process,
            static_cast<double>(days),
            say("flag-few-days",
                {{"opens", process.opens},
                 {"closes", process.closes},
                 {"days", days},
                 {"least", least}})
        );
    }
}

void FlagTally::check_single_bid(const BidProcess& process) {
    const WordSet& methods = settings_->competitive_methods;
    if (!is_in(FlagCode::r018) || !process.tenderer_count
        || !(methods.empty() || methods.contains(process.method))) {
        return;
    }
    count(FlagCode::r018);
    if (*process.tenderer_count == 1) {
        raise(FlagCode::r018, process, 1.0, say("flag-one-tenderer", {{"method", process.method}}));
    }
}

void FlagTally::check_late(const BidProcess& process) {
    const auto closes = instant_of(process.closes);
    if (!is_in(FlagCode::r030) || !closes) {
        return;
    }
    const Names winners = suppliers_in_force(process);
    Names late;
    std::int64_t latest = 0;
    bool is_judged = false;
    for (const Bid& bid : process.bids) {
        const auto came = bid.status == BidStatus::valid ? instant_of(bid.date) : std::nullopt;
        if (!came) {
            continue;
        }
        for (const std::string_view tenderer : process.names_of(bid.tenderers)) {
            if (std::ranges::binary_search(winners, tenderer)) {
                is_judged = true;
                if (*came > *closes) {
                    late.push_back(tenderer);
                    latest = std::max(latest, *came - *closes);
                }
            }
        }
    }
    if (is_judged) {
        count(FlagCode::r030);
    }
    if (!late.empty()) {
        keep_each_once(late);
        const double days = static_cast<double>(latest) / static_cast<double>(ms_per_day);
        raise(
            FlagCode::r030,
            process,
            days,
            say("flag-late-bid",
                {{"closes", process.closes},
                 {"tenderer", late.front()},
                 {"days", fmt::format("{:.2f}", days), days}}),
            late
        );
    }
}

void FlagTally::check_disqualified_others(const BidProcess& process) {
    const auto awards = final_awards(process);
    if (!is_in(FlagCode::r035) || !awards) {
        return;
    }
    const Names valid = tenderers_with(process, BidStatus::valid);
    if (valid.size() != 1 || valid != suppliers_in_force(process)) {
        return;
    }
    count(FlagCode::r035);
    Names others = tenderers_with(process, BidStatus::disqualified);
    std::erase(others, valid.front());
    if (!others.empty() && others.size() >= settings_->least_disqualified) {
        raise(
            FlagCode::r035,
            process,
            static_cast<double>(others.size()),
            say("flag-one-left", {{"tenderers", others.size()}, {"left", valid.front()}}),
            valid
        );
    }
}

void FlagTally::check_prices(const BidProcess& process) {
    if (!matches(process.details, settings_->price_comparison, settings_->no_price_comparison)) {
        return;
    }
    priced_.clear();
    for (std::size_t i = 0; i < process.bids.size(); ++i) {
        if (process.bids[i].is_submitted() && process.bids[i].amount) {
            priced_.push_back({&process.bids[i], i});
        }
    }
    std::ranges::sort(priced_, {}, [](const Priced& one) {
        return std::tuple(one.bid->currency, *one.bid->amount, one.order);
    });
    if (is_in(FlagCode::r028) && priced_.size() > 1) {
        count(FlagCode::r028);
    }
    for (auto begin = priced_.begin(); begin != priced_.end();) {
        const auto end = std::find_if(begin, priced_.end(), [&](const Priced& one) {
            return one.bid->currency != begin->bid->currency;
        });
        check_currency(process, std::span(begin, end));
        begin = end;
    }
}

/// `bids` are those of one currency, cheapest first.
void FlagTally::check_currency(const BidProcess& process, std::span<const Priced> bids) {
    for (auto begin = bids.begin(); begin != bids.end();) {
        const auto end = std::find_if(begin, bids.end(), [&](const Priced& one) {
            return *one.bid->amount != *begin->bid->amount;
        });
        check_same_price(process, std::span(begin, end));
        begin = end;
    }
    const std::string_view currency = bids.front().bid->currency;
    if (settings_->currency.empty() || currency == settings_->currency) {
        note_gap(process, bids);
        note_lowest(process, bids);
    }
}

void FlagTally::check_same_price(const BidProcess& process, std::span<const Priced> bids) {
    if (!is_in(FlagCode::r028) || bids.size() < 2) {
        return;
    }
    std::vector<Names> bidders;
    for (const Priced& one : bids) {
        Names names;
        add_names(names, process.names_of(one.bid->tenderers));
        keep_each_once(names);
        if (!names.empty()) {
            bidders.push_back(std::move(names));
        }
    }
    const bool is_alike =
        std::ranges::all_of(bidders, [&](const Names& names) { return names == bidders.front(); });
    if (is_alike) {
        return;
    }
    Names all;
    for (const Names& names : bidders) {
        add_names(all, names);
    }
    keep_each_once(all);
    const Bid& bid = *bids.front().bid;
    raise(
        FlagCode::r028,
        process,
        static_cast<double>(bidders.size()),
        say("flag-same-price",
            {{"bids", bidders.size()},
             {"currency", bid.currency},
             {"price", price(*bid.amount), *bid.amount}}),
        all
    );
}

void FlagTally::note_gap(const BidProcess& process, std::span<const Priced> bids) {
    const std::string_view supplier = only_supplier(process);
    if (supplier.empty()) {
        return;
    }
    PriceGap gap;
    bool has_winner = false;
    bool has_second = false;
    for (const Priced& one : bids) {
        const std::string_view tenderer = only_tenderer(process, *one.bid);
        if (one.bid->status != BidStatus::valid || tenderer.empty()) {
            continue;
        }
        if (tenderer == supplier && !has_winner) {
            has_winner = true;
            gap.winning = *one.bid->amount;
        } else if (tenderer != supplier && !has_second) {
            has_second = true;
            gap.second = *one.bid->amount;
            gap.runner_up = tenderer;
        }
    }
    // Where the lowest bid did not win, price was not all that counted.
    if (has_winner && has_second && gap.winning > 0.0 && gap.second >= gap.winning) {
        gap.ocid = process.ocid;
        gap.currency = bids.front().bid->currency;
        gap.winner = supplier;
        gaps_.push_back(std::move(gap));
    }
}

void FlagTally::note_lowest(const BidProcess& process, std::span<const Priced> bids) {
    const bool has_award = std::ranges::any_of(process.awards, [](const Award& award) {
        return award.status == AwardStatus::active;
    });
    const auto valid = std::ranges::find_if(bids, [](const Priced& one) {
        return one.bid->status == BidStatus::valid;
    });
    if (!is_in(FlagCode::r036) || !has_award || valid == bids.end()) {
        return;
    }
    const Bid& lowest = *bids.front().bid;
    ++value_of(lowest_judged_, lowest.currency);
    if (lowest.status == BidStatus::disqualified) {
        const auto names = process.names_of(lowest.tenderers);
        lowest_.push_back(
            {std::string(process.ocid),
             std::string(lowest.currency),
             names.empty() ? std::string{} : std::string(names.front()),
             *lowest.amount,
             *valid->bid->amount}
        );
    }
}

void FlagTally::note_success(const BidProcess& process) {
    const std::string_view supplier = only_supplier(process);
    if (!is_in(FlagCode::r025) || supplier.empty()) {
        return;
    }
    Names tenderers;
    for (const Bid& bid : process.bids) {
        const std::string_view tenderer = only_tenderer(process, bid);
        if (bid.status == BidStatus::valid && !tenderer.empty()) {
            tenderers.push_back(tenderer);
        }
    }
    keep_each_once(tenderers);
    for (const std::string_view tenderer : tenderers) {
        Fraction& fraction = value_of(success_, tenderer);
        fraction.part += tenderer == supplier ? 1U : 0U;
        ++fraction.whole;
    }
}

void FlagTally::note_disqualified(const BidProcess& process) {
    if (!is_in(FlagCode::r038)) {
        return;
    }
    Fraction all;
    for (const Bid& bid : process.bids) {
        if (!bid.is_submitted()) {
            continue;
        }
        const std::uint64_t part = bid.status == BidStatus::disqualified ? 1 : 0;
        all.part += part;
        ++all.whole;
        for (const std::string_view tenderer : process.names_of(bid.tenderers)) {
            Fraction& own = value_of(disqualified_of_tenderer_, tenderer);
            own.part += part;
            ++own.whole;
        }
    }
    const auto add = [&](ByText<Fraction>& fractions, std::string_view id) {
        if (all.whole > 0 && !id.empty()) {
            Fraction& fraction = value_of(fractions, id);
            fraction.part += all.part;
            fraction.whole += all.whole;
        }
    };
    add(disqualified_of_buyer_, process.buyer);
    add(disqualified_of_entity_, process.procuring_entity);
}

void FlagTally::note_variety(const BidProcess& process) {
    if (!is_in(FlagCode::r048)) {
        return;
    }
    Names seen;
    for (const Award& award : process.awards) {
        const bool has_one = award.suppliers.listed == 1 && award.suppliers.count == 1;
        if (award.status != AwardStatus::active || !has_one || award.item_codes.count == 0) {
            continue;
        }
        const std::string_view supplier = process.names_of(award.suppliers).front();
        seen.push_back(supplier);
        Variety& variety = value_of(varieties_, supplier);
        for (const std::string_view code : process.names_of(award.item_codes)) {
            const std::string_view kind = code.substr(0, settings_->code_digits);
            if (!variety.kinds.contains(kind)) {
                variety.kinds.emplace(kind);
            }
        }
    }
    keep_each_once(seen);
    for (const std::string_view supplier : seen) {
        ++value_of(varieties_, supplier).processes;
    }
}

}  // namespace adic::procure
