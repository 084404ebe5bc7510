#include "adic/base/say.hpp"
#include "adic/procure/day.hpp"
#include "adic/procure/demand.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

/// Names as people compare them: in small letters, blanks once.
std::string plain(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const bool is_blank = c == ' ' || c == '\t';
        if (!is_blank || (!kept.empty() && kept.back() != ' ')) {
            kept += is_blank ? ' ' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
    }
    while (kept.ends_with(' ')) {
        kept.pop_back();
    }
    return kept;
}

/// A code without what people put between its digits.
std::string digits_of(std::string_view code) {
    std::string digits;
    std::ranges::copy_if(code, std::back_inserter(digits), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    });
    return digits;
}

/// The first of the class that an item is in.
std::size_t root_of(std::vector<std::size_t>& parents, std::size_t item) {
    while (parents[item] != item) {
        parents[item] = parents[parents[item]];
        item = parents[item];
    }
    return item;
}

void unite(std::vector<std::size_t>& parents, std::size_t a, std::size_t b) {
    a = root_of(parents, a);
    b = root_of(parents, b);
    parents[std::max(a, b)] = std::min(a, b);
}

bool has_window(const PlannedDemand& demand) {
    return demand.first || demand.last;
}

/// The days of the window on which the demand is wanted; empty: none of them.
std::optional<BuyingWindow> shared(const PlannedDemand& demand, const BuyingWindow& within) {
    const BuyingWindow both{
        std::max(demand.first.value_or(within.first), within.first),
        std::min(demand.last.value_or(within.last), within.last)};
    return both.first <= both.last ? std::optional{both} : std::nullopt;
}

/// What keeps two demands apart in time; empty: nothing does.
std::optional<Sentence> apart(const PlannedDemand& demand, const BuyingWindow& within) {
    if (!has_window(demand)) {
        return say("time-unknown");
    }
    if (demand.first && demand.last && *demand.last < *demand.first) {
        return say("ends-before-it-begins");
    }
    if (demand.first && *demand.first > within.last) {
        return say(
            "begins-too-late",
            {{"begins", day_text(*demand.first)}, {"last", day_text(within.last)}}
        );
    }
    if (demand.last && *demand.last < within.first) {
        return say(
            "ends-too-soon",
            {{"ends", day_text(*demand.last)}, {"first", day_text(within.first)}}
        );
    }
    return std::nullopt;
}

std::vector<std::string>
missing_in(const std::vector<std::string>& standards, const std::vector<std::string>& others) {
    std::set<std::string> there;
    for (const std::string& other : others) {
        there.insert(plain(other));
    }
    std::vector<std::string> missing;
    std::ranges::copy_if(standards, std::back_inserter(missing), [&](const std::string& one) {
        return !there.contains(plain(one));
    });
    return missing;
}

/// What one asks for and the other does not.
std::vector<Sentence> differences(const PlannedDemand& wanted, const PlannedDemand& other) {
    std::vector<Sentence> found;
    if (const auto more = missing_in(other.standards, wanted.standards); !more.empty()) {
        found.push_back(say("also-has-to-meet", {{"standards", more}}));
    }
    if (const auto less = missing_in(wanted.standards, other.standards); !less.empty()) {
        found.push_back(say("does-not-ask-for", {{"standards", less}}));
    }
    if (!wanted.variant.empty() && !other.variant.empty()
        && plain(wanted.variant) != plain(other.variant)) {
        found.push_back(say("another-variant", {{"variant", other.variant}}));
    }
    return found;
}

/// A code by which two demands are alike: its name, and what is said of it.
struct CodeKind {
    std::string_view name;
    SayingOf alike;
    SayingOf alike_with_standard;
};

constexpr CodeKind unspsc_code{"UNSPSC code", "same-unspsc", "same-unspsc-and-standard"};
constexpr CodeKind hs_code{"HS code", "same-hs", "same-hs-and-standard"};
constexpr CodeKind class_code{"class", "same-class", "same-class-and-standard"};

}  // namespace

Interchange::Interchange(std::span<const CatalogueItem> catalogue)
    : items_(catalogue.begin(), catalogue.end())
    , chain_(catalogue.size()) {
    std::ranges::sort(items_, {}, &CatalogueItem::id);
    std::iota(chain_.begin(), chain_.end(), std::size_t{0});
    std::map<std::string_view, std::size_t> first_of;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        // An older item need not be there itself: two that replace it are in one chain.
        for (const std::string_view id :
             {std::string_view{items_[i].id}, std::string_view{items_[i].replaces}}) {
            if (!id.empty()) {
                unite(chain_, i, first_of.emplace(id, i).first->second);
            }
        }
    }
    chain_length_.resize(chain_.size());
    for (std::size_t i = 0; i < chain_.size(); ++i) {
        chain_[i] = root_of(chain_, i);
        ++chain_length_[chain_[i]];
        named_.emplace("id " + items_[i].id, i);
        named_.emplace("name " + plain(items_[i].name), i);
        named_.emplace("nsn " + digits_of(items_[i].nsn), i);
    }
}

std::vector<std::size_t> Interchange::named(const PlannedDemand& demand) const {
    std::set<std::size_t> found;
    const auto add = [&](const std::string& name) {
        const auto [begin, end] = named_.equal_range(name);
        for (auto one = begin; one != end; ++one) {
            found.insert(one->second);
        }
    };
    add("id " + demand.item);
    add("name " + plain(demand.item));
    if (!demand.nsn.empty()) {
        add("nsn " + digits_of(demand.nsn));
    }
    return {found.begin(), found.end()};
}

std::vector<Interchange::Mark> Interchange::marks_of(const PlannedDemand& demand) const {
    std::vector<Mark> marks;
    const auto add = [&](std::string kind, const std::string& value, Sentence words) {
        if (!value.empty()) {
            marks.push_back({kind + ':' + value, std::move(words), true});
        }
    };
    const auto add_code = [&](const CodeKind& kind, const std::string& value) {
        if (value.empty()) {
            return;
        }
        marks.push_back(
            {fmt::format("{}:{}", kind.name, value), say(kind.alike, {{"code", value}}), false}
        );
        for (const std::string& standard : demand.standards) {
            marks.push_back(
                {fmt::format("{}:{}+{}", kind.name, value, plain(standard)),
                 say(kind.alike_with_standard, {{"code", value}, {"standard", standard}}),
                 true}
            );
        }
    };
    const auto add_codes = [&](const auto& of) {
        constexpr std::size_t subheading = 6;
        add("nsn", digits_of(of.nsn), say("same-nsn", {{"code", of.nsn}}));
        add_code(unspsc_code, digits_of(of.unspsc));
        add_code(hs_code, digits_of(of.hs).substr(0, subheading));
    };
    add("item", plain(demand.item), say("same-item-by-name"));
    add_codes(demand);
    for (const std::size_t i : named(demand)) {
        const CatalogueItem& item = items_[i];
        add("item", plain(item.name), say("same-item", {{"item", item.name}}));
        add_codes(item);
        add_code(class_code, item.item_class.substr(0, item.item_class.find('/')));
        if (chain_length_[chain_[i]] > 1) {
            const std::string& first = items_[chain_[i]].id;
            add("chain", first, say("same-chain", {{"item", first}}));
        }
    }
    std::ranges::stable_sort(marks);
    const auto repeated = std::ranges::unique(marks);
    marks.erase(repeated.begin(), repeated.end());
    return marks;
}

Overlaps Interchange::find_overlaps(
    const PlannedDemand& wanted,
    std::span<const PlannedDemand> demands,
    const BuyingWindow& within
) const {
    Overlaps found;
    const std::vector<Mark> own = marks_of(wanted);
    const auto when = has_window(wanted) ? shared(wanted, within) : std::optional{within};
    for (std::size_t d = 0; d < demands.size(); ++d) {
        const PlannedDemand& other = demands[d];
        std::vector<Mark> common;
        std::ranges::set_intersection(own, marks_of(other), std::back_inserter(common));
        if (other.id == wanted.id || common.empty()) {
            continue;
        }
        const bool is_enough = std::ranges::any_of(common, &Mark::is_enough);
        Overlap overlap{d, {}, {}, {}};
        for (const Mark& mark : common) {
            if (mark.is_enough == is_enough) {
                overlap.because.push_back(mark.words);
            }
        }
        if (!is_enough) {
            overlap.but.push_back(say("no-common-standard"));
        }
        const std::optional<Sentence> gap =
            when ? apart(other, *when) : say("asked-at-another-time");
        if (gap) {
            overlap.but.push_back(*gap);
        }
        if (!overlap.but.empty()) {
            found.near_misses.push_back(std::move(overlap));
            continue;
        }
        overlap.but = differences(wanted, other);
        overlap.window = shared(other, *when);
        found.matches.push_back(std::move(overlap));
    }
    const auto by_state = [&](const Overlap& overlap) {
        return std::tie(demands[overlap.demand].state, demands[overlap.demand].id);
    };
    std::ranges::sort(found.matches, {}, by_state);
    std::ranges::sort(found.near_misses, {}, by_state);
    return found;
}

bool Interchange::is_one_for(const PlannedDemand& a, const PlannedDemand& b) const {
    std::vector<Mark> common;
    std::ranges::set_intersection(marks_of(a), marks_of(b), std::back_inserter(common));
    return std::ranges::any_of(common, &Mark::is_enough);
}

std::vector<std::vector<std::size_t>> Interchange::group(std::span<const PlannedDemand> demands
) const {
    std::vector<std::size_t> parents(demands.size());
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    std::map<std::string, std::size_t> first_with;
    for (std::size_t d = 0; d < demands.size(); ++d) {
        for (const Mark& mark : marks_of(demands[d])) {
            if (mark.is_enough) {
                unite(parents, d, first_with.emplace(mark.key, d).first->second);
            }
        }
    }
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t d = 0; d < demands.size(); ++d) {
        groups[root_of(parents, d)].push_back(d);
    }
    std::vector<std::vector<std::size_t>> listed;
    for (auto& [root, members] : groups) {
        listed.push_back(std::move(members));
    }
    return listed;
}

std::vector<std::string> Interchange::items_behind(const PlannedDemand& demand) const {
    std::set<std::size_t> chains;
    std::set<std::string> ids;
    for (const std::size_t i : named(demand)) {
        chains.insert(chain_[i]);
    }
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (chains.contains(chain_[i])) {
            ids.insert(items_[i].id);
        }
    }
    return {ids.begin(), ids.end()};
}

}  // namespace adic::procure
