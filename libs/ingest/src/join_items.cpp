#include "join_items.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using model::ItemIndex;
using model::SupplyMap;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, is_digit);
}

/// The last digit makes the sum, weighted 3 and 1 in turn from it on, a multiple of ten.
/// Source: GS1 General Specifications (2024), section 7.9.1.
bool is_gtin(std::string_view code) {
    constexpr std::array<std::size_t, 4> lengths{8, 12, 13, 14};
    if (std::ranges::find(lengths, code.size()) == lengths.end() || !is_digits(code, code.size())) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const bool is_odd = (code.size() - 1 - i) % 2 == 1;
        sum += (code[i] - '0') * (is_odd ? 3 : 1);
    }
    return sum % 10 == 0 && code.find_first_not_of('0') != std::string_view::npos;
}

/// Two to seven digits, two, and a last one: the sum of the others, weighted by their place from
/// the right, modulo ten. Source: Chemical Abstracts Service, "Check Digit Verification".
bool is_cas(std::string_view code) {
    constexpr std::size_t shortest = 7;  // 50-00-0
    constexpr std::size_t longest = 12;
    if (code.size() < shortest || code.size() > longest || code[code.size() - 2] != '-'
        || code[code.size() - 5] != '-') {
        return false;
    }
    std::string digits(code);
    std::erase(digits, '-');
    if (!is_digits(digits, code.size() - 2)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        sum += (digits[i] - '0') * static_cast<int>(digits.size() - 1 - i);
    }
    return sum % 10 == digits.back() - '0';
}

using Code = std::pair<std::string_view, std::string_view>;  ///< scheme, code

/// The codes of each item that can join it, and the items that have each code.
struct CodeBook {
    explicit CodeBook(const SupplyMap& map) : by_item(map.items.size()) {
        for (const model::ItemCode& code : map.codes) {
            if (kind_of_code(code.scheme, code.code) != CodeKind::coarse) {
                const Code key{code.scheme, code.code};
                by_item[code.item.value()].insert(key);
                by_code[key].insert(code.item);
            }
        }
    }

    std::vector<std::set<Code>> by_item;
    std::map<Code, std::set<ItemIndex>> by_code;
};

/// What the codes of one kind say of an item of the fragment.
struct Evidence {
    std::map<ItemIndex, Code> candidates;
    std::string doubt;  ///< why a code that both maps have does not join; empty: none

    bool is_silent() const { return candidates.empty() && doubt.empty(); }
};

class Matching {
  public:
    Matching(const SupplyMap& into, const SupplyMap& fragment)
        : into_(&into)
        , fragment_(&fragment)
        , old_(into)
        , new_(fragment) {}

    ItemMatches run() {
        match_by_id();
        for (std::uint32_t i = 0; i < fragment_->items.size(); ++i) {
            if (!matches_.known[i]) {
                propose(ItemIndex{i});
            }
        }
        settle();
        return std::move(matches_);
    }

  private:
    struct Proposal {
        ItemIndex item;  ///< of the fragment
        ItemIndex as;    ///< of the map
        Code code;
    };

    void match_by_id() {
        for (const model::Item& item : fragment_->items) {
            const auto known = into_->items.find(item.id);
            matches_.known.push_back(known);
            if (known) {
                ++claims_[*known];
            }
        }
    }

    const std::string& old_id(ItemIndex item) const { return into_->items[item].id; }

    const std::string& new_id(ItemIndex item) const { return fragment_->items[item].id; }

    static std::string words(const Code& code) {
        return fmt::format("{} {}", code.first, code.second);
    }

    /// Two articles are two things, whatever subheading they share.
    bool are_two_articles(ItemIndex item, ItemIndex as) const {
        std::set<std::string_view> schemes;
        for (const Code& code : new_.by_item[item.value()]) {
            if (kind_of_code(code.first, code.second) == CodeKind::article) {
                schemes.insert(code.first);
            }
        }
        const std::set<Code>& codes = old_.by_item[as.value()];
        return std::ranges::any_of(codes, [&](const Code& code) {
            return kind_of_code(code.first, code.second) == CodeKind::article
                   && schemes.contains(code.first) && !new_.by_item[item.value()].contains(code);
        });
    }

    Evidence evidence_of(ItemIndex item, CodeKind kind) const {
        Evidence evidence;
        for (const Code& code : new_.by_item[item.value()]) {
            const auto same = old_.by_code.find(code);
            if (same == old_.by_code.end() || kind_of_code(code.first, code.second) != kind) {
                continue;
            }
            const std::set<ItemIndex>& olds = same->second;
            const std::set<ItemIndex>& news = new_.by_code.at(code);
            if (olds.size() > 1) {
                evidence.doubt = fmt::format(
                    "several items of the map have the code {} ('{}', '{}')",
                    words(code),
                    old_id(*olds.begin()),
                    old_id(*std::next(olds.begin()))
                );
            } else if (news.size() > 1) {
                evidence.doubt = fmt::format(
                    "'{}' of the map has the code {} too, and several of the new items ('{}', "
                    "'{}')",
                    old_id(*olds.begin()),
                    words(code),
                    new_id(*news.begin()),
                    new_id(*std::next(news.begin()))
                );
            } else if (!are_two_articles(item, *olds.begin())) {
                evidence.candidates.emplace(*olds.begin(), code);
            }
        }
        return evidence;
    }

    /// One candidate is what an item may be; more than one, or none in doubt, is reported.
    void propose(ItemIndex item) {
        for (const CodeKind kind : {CodeKind::article, CodeKind::product}) {
            const Evidence evidence = evidence_of(item, kind);
            if (evidence.is_silent()) {
                continue;
            }
            if (evidence.candidates.size() == 1) {
                const auto& [as, code] = *evidence.candidates.begin();
                proposals_.push_back({item, as, code});
                ++claims_[as];
            } else if (evidence.candidates.size() > 1) {
                const auto first = evidence.candidates.begin();
                doubt(
                    item,
                    fmt::format(
                        "its codes are those of several items of the map ('{}': {}, '{}': {})",
                        old_id(first->first),
                        words(first->second),
                        old_id(std::next(first)->first),
                        words(std::next(first)->second)
                    )
                );
            } else {
                doubt(item, evidence.doubt);
            }
            return;
        }
    }

    /// An item of the map stands for one item of the fragment at most.
    void settle() {
        for (const Proposal& proposal : proposals_) {
            if (claims_.at(proposal.as) == 1) {
                matches_.known[proposal.item.value()] = proposal.as;
                matches_.joined.push_back(
                    {new_id(proposal.item),
                     old_id(proposal.as),
                     std::string(proposal.code.first),
                     std::string(proposal.code.second)}
                );
            } else {
                doubt(
                    proposal.item,
                    fmt::format(
                        "'{}' of the map has its code {}, but is another of the new items as well",
                        old_id(proposal.as),
                        words(proposal.code)
                    )
                );
            }
        }
    }

    void doubt(ItemIndex item, std::string reason) {
        matches_.ambiguous.push_back({item, std::move(reason)});
    }

    const SupplyMap* into_;
    const SupplyMap* fragment_;
    CodeBook old_;
    CodeBook new_;
    std::map<ItemIndex, int> claims_;  ///< how many items of the fragment are this one of the map
    std::vector<Proposal> proposals_;
    ItemMatches matches_;
};

}  // namespace

CodeKind kind_of_code(std::string_view scheme, std::string_view code) {
    constexpr std::size_t subheading = 6;
    constexpr std::size_t stock_number = 13;
    constexpr std::size_t commodity = 8;
    constexpr std::array<std::string_view, 4> series{"USGS-MCS", "EU-CRM", "WMD", "ETO"};
    if ((scheme == "NSN" && is_digits(code, stock_number)) || (scheme == "GTIN" && is_gtin(code))
        || (scheme == "CAS" && is_cas(code))) {
        return CodeKind::article;
    }
    // 43211500 is the class of computers, 43211503 the commodity of notebooks.
    const bool is_product =
        (scheme == "HS" && is_digits(code, subheading))
        || (scheme == "UNSPSC" && is_digits(code, commodity) && !code.ends_with("00"))
        || std::ranges::find(series, scheme) != series.end();
    return is_product ? CodeKind::product : CodeKind::coarse;
}

ItemMatches match_items(const SupplyMap& into, const SupplyMap& fragment) {
    return Matching(into, fragment).run();
}

}  // namespace adic::ingest
