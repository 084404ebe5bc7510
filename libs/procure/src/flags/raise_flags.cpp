#include "adic/base/say.hpp"

#include "flags/flag_tally.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

/// How far outside the quartiles an outlier lies.
/// Source: Tukey (1977), "Exploratory Data Analysis", ch. 2C.
constexpr double fence_factor = 1.5;

constexpr std::size_t named_processes = 5;

std::vector<double> sorted(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values;
}

/// The quartiles, and the fence on one side of them, of values above zero or zero.
void add_quartiles(FlagFence& fence, const std::vector<double>& values) {
    if (!values.empty()) {
        fence.first_quartile = quantile(values, 0.25);
        fence.third_quartile = quantile(values, 0.75);
    }
}

/// Fused, as in the implementation that users compare with: a value on the fence itself counts.
void add_lower_fence(
    FlagFence& fence,
    const std::vector<double>& values,
    const std::optional<double>& setting
) {
    fence.lower = setting;
    if (!setting && !values.empty()) {
        add_quartiles(fence, values);
        const double spread = *fence.third_quartile - *fence.first_quartile;
        fence.lower = std::fma(spread, -fence_factor, *fence.first_quartile);
        fence.is_idle = *fence.first_quartile <= 0.0;
    }
    fence.is_idle = fence.is_idle || !fence.lower || *fence.lower <= 0.0;
}

void add_upper_fence(
    FlagFence& fence,
    const std::vector<double>& values,
    const std::optional<double>& setting
) {
    fence.upper = setting;
    if (!setting && !values.empty()) {
        add_quartiles(fence, values);
        const double spread = *fence.third_quartile - *fence.first_quartile;
        fence.upper = std::fma(spread, fence_factor, *fence.third_quartile);
    }
    fence.is_idle = !fence.upper || *fence.upper <= 0.0;
}

template <typename T>
std::vector<std::pair<std::string, T>> sorted_entries(const ByText<T>& map) {
    std::vector<std::pair<std::string, T>> entries(map.begin(), map.end());
    std::ranges::sort(entries, {}, [](const auto& entry) { return std::string_view(entry.first); });
    return entries;
}

template <typename T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void add_fractions(ByText<Fraction>& to, const ByText<Fraction>& from) {
    for (const auto& [id, fraction] : from) {
        Fraction& place = value_of(to, id);
        place.part += fraction.part;
        place.whole += fraction.whole;
    }
}

/// A flag of a tenderer for each process becomes one: how many, and the first of them.
RaisedFlag joined(std::span<const RaisedFlag> flags) {
    std::vector<std::string> processes;
    for (const RaisedFlag& flag : flags) {
        if (processes.empty() || processes.back() != flag.figures.text) {
            processes.push_back(flag.figures.text);
        }
    }
    const std::size_t named = std::min(processes.size(), named_processes);
    RaisedFlag all = flags.front();
    all.value = static_cast<double>(processes.size());
    const std::size_t more = processes.size() - named;
    processes.resize(named);
    std::vector<Said> values{{"processes", std::move(processes)}};
    if (more > 0) {
        values.emplace_back("more", more);
    }
    all.figures = say("flag-processes", values);
    return all;
}

bool is_of_processes(const RaisedFlag& flag) {
    return flag.subject == FlagSubject::tenderer && flag.code != FlagCode::r025
           && flag.code != FlagCode::r038 && flag.code != FlagCode::r048;
}

void put_in_order(std::vector<RaisedFlag>& flags) {
    const auto key = [](const RaisedFlag& flag) {
        return std::tuple(flag.code, flag.subject, std::string_view(flag.id));
    };
    std::ranges::stable_sort(flags, {}, key);
    std::vector<RaisedFlag> once;
    for (auto begin = flags.begin(); begin != flags.end();) {
        const auto end = std::find_if(begin, flags.end(), [&](const RaisedFlag& flag) {
            return key(flag) != key(*begin);
        });
        once.push_back(is_of_processes(*begin) ? joined(std::span(begin, end)) : *begin);
        begin = end;
    }
    flags = std::move(once);
}

std::uint64_t count_repeated(std::vector<std::uint64_t> seen) {
    std::sort(seen.begin(), seen.end());
    const auto end = std::unique(seen.begin(), seen.end());
    return static_cast<std::uint64_t>(std::distance(end, seen.end()));
}

void raise_fractions(
    const ByText<Fraction>& fractions,
    FlagSubject subject,
    std::uint64_t least,
    const std::optional<double>& setting,
    FlagFindings& findings
) {
    std::vector<std::pair<std::string, Fraction>> judged = sorted_entries(fractions);
    std::erase_if(judged, [&](const auto& entry) { return entry.second.whole < least; });
    std::vector<double> ratios;
    for (const auto& [id, fraction] : judged) {
        ratios.push_back(fraction.ratio());
    }
    FlagFence fence{FlagCode::r038, subject, judged.size()};
    add_upper_fence(fence, sorted(std::move(ratios)), setting);
    for (const auto& [id, fraction] : judged) {
        if (!fence.is_idle && fraction.ratio() >= *fence.upper) {
            findings.flags.push_back(
                {FlagCode::r038,
                 subject,
                 id,
                 fraction.ratio(),
                 say("flag-disqualified", {{"part", fraction.part}, {"whole", fraction.whole}})}
            );
        }
    }
    findings.judged[static_cast<std::size_t>(FlagCode::r038)] += judged.size();
    findings.fences.push_back(fence);
}

}  // namespace

double quantile(std::span<const double> sorted, double part) {
    const auto n = static_cast<double>(sorted.size());
    const double h = (n + 1.0 / 3.0) * part + 1.0 / 3.0;
    if (h < 1.0 || part <= 0.0) {
        return sorted.front();
    }
    if (h >= n || part >= 1.0) {
        return sorted.back();
    }
    const auto below = static_cast<std::size_t>(h);
    const double a = sorted[below - 1];
    const double b = sorted[below];
    return a + (h - static_cast<double>(below)) * (b - a);
}

void FlagTally::merge(FlagTally&& later) {
    processes_ += later.processes_;
    cancelled_ += later.cancelled_;
    passed_over_ += later.passed_over_;
    with_bids_ += later.with_bids_;
    for (std::size_t i = 0; i < judged_.size(); ++i) {
        judged_.at(i) += later.judged_.at(i);
    }
    if (currency_.empty() || (!later.currency_.empty() && later.currency_line_ < currency_line_)) {
        currency_ = later.currency_;
        currency_line_ = later.currency_line_;
    }
    append(seen_, later.seen_);
    append(raised_, later.raised_);
    append(gaps_, later.gaps_);
    append(lowest_, later.lowest_);
    for (const auto& [currency, count] : later.lowest_judged_) {
        value_of(lowest_judged_, currency) += count;
    }
    add_fractions(success_, later.success_);
    add_fractions(disqualified_of_tenderer_, later.disqualified_of_tenderer_);
    add_fractions(disqualified_of_buyer_, later.disqualified_of_buyer_);
    add_fractions(disqualified_of_entity_, later.disqualified_of_entity_);
    for (auto& [id, variety] : later.varieties_) {
        Variety& place = value_of(varieties_, id);
        place.processes += variety.processes;
        place.kinds.merge(variety.kinds);
    }
}

FlagFindings FlagTally::finish() && {
    FlagFindings findings;
    findings.processes = processes_;
    findings.cancelled = cancelled_;
    findings.passed_over = passed_over_;
    findings.with_bids = with_bids_;
    findings.repeated = count_repeated(std::move(seen_));
    findings.currency = settings_->currency.empty() ? currency_ : settings_->currency;
    findings.judged.assign(judged_.begin(), judged_.end());
    findings.flags = std::move(raised_);
    raise_gaps(findings);
    raise_success(findings);
    raise_lowest(findings);
    raise_disqualified(findings);
    raise_variety(findings);
    put_in_order(findings.flags);
    std::ranges::stable_sort(findings.fences, {}, [](const FlagFence& fence) {
        return std::pair(fence.code, fence.subject);
    });
    return findings;
}

void FlagTally::raise_lowest(FlagFindings& findings) const {
    for (const auto& [currency, count] : lowest_judged_) {
        (currency == findings.currency ? findings.judged[static_cast<std::size_t>(FlagCode::r036)]
                                       : findings.other_currency) += count;
    }
    for (const LowestLost& one : lowest_) {
        if (one.currency == findings.currency) {
            std::vector<Said> values{
                {"currency", one.currency},
                {"price", price(one.lost), one.lost},
                {"valid", price(one.lowest_valid), one.lowest_valid}};
            if (!one.tenderer.empty()) {
                values.emplace_back("tenderer", one.tenderer);
            }
            findings.flags.push_back(
                {FlagCode::r036,
                 FlagSubject::process,
                 one.ocid,
                 one.lost,
                 say("flag-lowest-lost", values)}
            );
        }
    }
}

void FlagTally::raise_gaps(FlagFindings& findings) const {
    std::vector<const PriceGap*> gaps;
    std::vector<double> ratios;
    for (const PriceGap& gap : gaps_) {
        if (gap.currency == findings.currency) {
            gaps.push_back(&gap);
            ratios.push_back(gap.ratio());
        } else if (!is_in(FlagCode::r036)) {
            ++findings.other_currency;
        }
    }
    ratios = sorted(std::move(ratios));
    const auto raise = [&](FlagCode code, const PriceGap& gap) {
        findings.flags.push_back(
            {code,
             FlagSubject::process,
             gap.ocid,
             gap.ratio(),
             say("flag-price-gap",
                 {{"winner", gap.winner},
                  {"currency", gap.currency},
                  {"price", price(gap.winning), gap.winning},
                  {"second", gap.runner_up},
                  {"second_price", price(gap.second), gap.second}})}
        );
        findings.flags.push_back({code, FlagSubject::tenderer, gap.winner, 1.0, gap.ocid});
        if (code == FlagCode::r024) {
            findings.flags.push_back({code, FlagSubject::tenderer, gap.runner_up, 1.0, gap.ocid});
        }
    };
    for (const FlagCode code : {FlagCode::r024, FlagCode::r058}) {
        if (!is_in(code)) {
            continue;
        }
        FlagFence fence{code, FlagSubject::process, gaps.size()};
        if (code == FlagCode::r024) {
            add_lower_fence(fence, ratios, settings_->close_price);
        } else {
            add_upper_fence(fence, ratios, settings_->deep_discount);
        }
        for (const PriceGap* gap : gaps) {
            if (!fence.is_idle
                && (fence.lower ? gap->ratio() <= *fence.lower : gap->ratio() >= *fence.upper)) {
                raise(code, *gap);
            }
        }
        findings.judged[static_cast<std::size_t>(code)] = gaps.size();
        findings.fences.push_back(fence);
    }
}

void FlagTally::raise_success(FlagFindings& findings) const {
    if (!is_in(FlagCode::r025)) {
        return;
    }
    const std::vector<std::pair<std::string, Fraction>> entries = sorted_entries(success_);
    std::vector<double> ratios;
    std::vector<double> counts;
    for (const auto& [id, fraction] : entries) {
        ratios.push_back(fraction.ratio());
        counts.push_back(static_cast<double>(fraction.whole));
    }
    FlagFence fence{FlagCode::r025, FlagSubject::tenderer, entries.size()};
    add_lower_fence(fence, sorted(std::move(ratios)), settings_->low_success);
    if (!counts.empty()) {
        fence.upper = quantile(sorted(std::move(counts)), settings_->top_percentile / 100.0);
    }
    for (const auto& [id, fraction] : entries) {
        if (!fence.is_idle && static_cast<double>(fraction.whole) >= *fence.upper
            && fraction.ratio() <= *fence.lower) {
            findings.flags.push_back(
                {FlagCode::r025,
                 FlagSubject::tenderer,
                 id,
                 fraction.ratio(),
                 say("flag-won", {{"part", fraction.part}, {"whole", fraction.whole}})}
            );
        }
    }
    findings.judged[static_cast<std::size_t>(FlagCode::r025)] = entries.size();
    findings.fences.push_back(fence);
}

void FlagTally::raise_disqualified(FlagFindings& findings) const {
    if (!is_in(FlagCode::r038)) {
        return;
    }
    const FlagSettings& limits = *settings_;
    const auto raise =
        [&](const ByText<Fraction>& fractions, FlagSubject subject, std::uint64_t least) {
            raise_fractions(fractions, subject, least, limits.high_disqualified, findings);
        };
    raise(disqualified_of_buyer_, FlagSubject::buyer, limits.least_bids_of_buyer);
    raise(disqualified_of_entity_, FlagSubject::procuring_entity, limits.least_bids_of_buyer);
    raise(disqualified_of_tenderer_, FlagSubject::tenderer, limits.least_bids_of_tenderer);
}

void FlagTally::raise_variety(FlagFindings& findings) const {
    if (!is_in(FlagCode::r048)) {
        return;
    }
    std::vector<std::pair<std::string, Variety>> judged = sorted_entries(varieties_);
    std::erase_if(judged, [&](const auto& entry) {
        return entry.second.processes < settings_->least_processes;
    });
    std::vector<double> counts;
    for (const auto& [id, variety] : judged) {
        counts.push_back(static_cast<double>(variety.kinds.size()));
    }
    FlagFence fence{FlagCode::r048, FlagSubject::tenderer, judged.size()};
    const auto setting = settings_->high_variety;
    add_upper_fence(
        fence,
        sorted(std::move(counts)),
        setting ? std::optional{static_cast<double>(*setting)} : std::nullopt
    );
    for (const auto& [id, variety] : judged) {
        const auto kinds = static_cast<double>(variety.kinds.size());
        if (fence.upper && kinds >= *fence.upper) {
            findings.flags.push_back(
                {FlagCode::r048,
                 FlagSubject::tenderer,
                 id,
                 kinds,
                 say("flag-kinds",
                     {{"kinds", variety.kinds.size()}, {"processes", variety.processes}})}
            );
        }
    }
    findings.judged[static_cast<std::size_t>(FlagCode::r048)] = judged.size();
    findings.fences.push_back(fence);
}

}  // namespace adic::procure
