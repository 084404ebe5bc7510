#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/sentence.hpp"
#include "adic/model/catalogue.hpp"
#include "adic/model/ids.hpp"
#include "adic/model/item.hpp"
#include "adic/model/provenance.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// What can be done about a shortage before it comes.
enum class RemedyKind {
    stockpile,      ///< weeks of normal use are put in store
    second_source,  ///< a state makes it that made none, or little
    capacity,       ///< who makes it can make more
    recycling,      ///< it is won back, which takes none of its inputs
    substitution,   ///< another item takes its place in everything that needs it
    redesign        ///< it no longer needs one of its inputs
};

inline constexpr std::array all_remedy_kinds{
    RemedyKind::stockpile,
    RemedyKind::second_source,
    RemedyKind::capacity,
    RemedyKind::recycling,
    RemedyKind::substitution,
    RemedyKind::redesign,
};

std::string_view name_of(RemedyKind kind);
std::optional<RemedyKind> parse_remedy_kind(std::string_view text);

/// Part of the bill of a remedy that a state takes.
struct Payer {
    StateIndex state;
    double weight;  ///< > 0; parts are weights of their sum
};

/// Something that can be bought against shortages of an item: what it does, what it costs, when it
/// works, and who pays.
struct Remedy {
    std::string id;
    RemedyKind kind;
    ItemIndex item;
    /// Who holds or makes it; several share it. Sorted, each once; empty: everybody inside.
    std::vector<StateIndex> states;
    /// What the cost buys once. Of a stockpile weeks of normal use of those who hold it; of the
    /// others a part of the usual supply, use or output. > 0.
    double amount;
    std::uint32_t most = 1;  ///< how many times it can be bought: to the limit of the file
    Estimate cost;           ///< million USD, once
    Estimate upkeep;         ///< million USD a year
    Estimate delay_weeks;    ///< from the decision until it works
    /// Of a substitution the item that takes its place; of a redesign the input that is no longer
    /// needed.
    std::optional<ItemIndex> other;
    std::vector<Payer> payers;  ///< by state; empty: `states` in equal parts
    Provenance provenance;
};

/// Unit: million USD for one purchase, with the upkeep of so many years.
Estimate cost_over(const Remedy& remedy, double years);

/// "8 weeks of antimony in store", for lists and reasons; `times` is how often it is bought.
Sentence
describe(const Remedy& remedy, const Catalogue<Item, ItemIndex>& items, std::uint32_t times = 1);

}  // namespace adic::model
