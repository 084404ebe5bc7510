#include "adic/ingest/merge_maps.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/provenance_table.hpp"

#include "join_items.hpp"
#include "rules.hpp"
#include "shares.hpp"
#include "units.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace adic::ingest {
namespace {

using model::BlocIndex;
using model::GroupIndex;
using model::ItemIndex;
using model::Market;
using model::OrganisationIndex;
using model::ProvenanceIndex;
using model::SourceIndex;
using model::StateIndex;
using model::Subject;
using model::SupplyMap;

template <typename Index>
using Translation = std::vector<std::optional<Index>>;  ///< of the fragment's indices; empty: none

class Merge {
  public:
    Merge(SupplyMap& into, const SupplyMap& fragment, ImportReport& report, MergeOptions options)
        : into_(&into)
        , fragment_(&fragment)
        , report_(&report)
        , options_(options)
        , provenances_(into.provenances)
        , known_provenances_(fragment.provenances.size()) {}

    MergeOutcome run() {
        merge_sources();
        merge_states();
        merge_blocs();
        merge_organisations();
        merge_items();
        merge_codes();
        merge_needs();
        merge_supplies();
        merge_stocks();
        merge_subject_facts();
        merge_trades();
        merge_figures();
        return std::move(outcome_);
    }

  private:
    void complain(
        Severity severity,
        const ImportRule& rule,
        std::string_view table,
        std::string_view what,
        std::string message
    ) {
        report_->add(
            {severity,
             rule.id,
             fragment_->name + ", " + std::string(table),
             0,
             {},
             std::string(what),
             std::move(message)}
        );
    }

    // --- catalogues -------------------------------------------------------------------------

    void merge_sources() {
        for (const model::Source& source : fragment_->sources) {
            const auto known = into_->sources.find(source.id);
            sources_.push_back(known ? known : into_->sources.add(source));
            if (!known) {
                ++outcome_.counts.added;
                continue;
            }
            const model::Source& old = into_->sources[*known];
            const auto work = [](const model::Source& s) {
                return std::tie(s.title, s.publisher, s.year);
            };
            if (work(old) != work(source)) {
                sources_.back() = std::nullopt;  // facts must not cite another work
                complain(
                    Severity::error,
                    rules::other_source,
                    "sources",
                    source.id,
                    "the map has another work under this id, '" + old.title
                        + "'; give the new one another id"
                );
            }
        }
    }

    void merge_states() {
        for (const model::State& state : fragment_->states) {
            if (into_->blocs.find(state.id)) {
                states_.emplace_back(std::nullopt);
                complain(
                    Severity::error,
                    rules::other_kind,
                    "states",
                    state.id,
                    "the map has a bloc of this id; a state needs an id of its own"
                );
                continue;
            }
            const auto known = into_->states.find(state.id);
            states_.push_back(known ? known : into_->states.add(state));
            outcome_.counts.added += known ? 0U : 1U;
        }
    }

    void merge_blocs() {
        for (const model::Bloc& bloc : fragment_->blocs) {
            if (into_->states.find(bloc.id)) {
                blocs_.emplace_back(std::nullopt);
                complain(
                    Severity::error,
                    rules::other_kind,
                    "blocs",
                    bloc.id,
                    "the map has a state of this id; a bloc needs an id of its own"
                );
                continue;
            }
            std::vector<StateIndex> members;
            for (const StateIndex member : bloc.members) {
                if (const auto state = states_[member.value()]) {
                    members.push_back(*state);
                }
            }
            std::ranges::sort(members);
            const auto known = into_->blocs.find(bloc.id);
            if (!known) {
                blocs_.push_back(into_->blocs.add({bloc.id, bloc.name, std::move(members)}));
                ++outcome_.counts.added;
                continue;
            }
            blocs_.push_back(known);
            if (into_->blocs[*known].members != members) {
                ++outcome_.counts.kept;
                complain(
                    Severity::warning,
                    rules::other_members,
                    "blocs",
                    bloc.id,
                    "the map has other members for this bloc; they were kept"
                );
            }
        }
    }

    void merge_organisations() {
        for (const model::Organisation& organisation : fragment_->organisations) {
            const auto state = translated(organisation.state, states_);
            const auto provenance = translated(organisation.provenance);
            const auto known = into_->organisations.find(organisation.id);
            if (known) {
                organisations_.push_back(known);
                const bool same = state && into_->organisations[*known].state == *state;
                if (!same) {
                    ++outcome_.counts.kept;
                    complain(
                        Severity::warning,
                        rules::kept_old,
                        "organisations",
                        organisation.id,
                        "the map has this organisation in another state; it was kept"
                    );
                }
            } else if (!state || !provenance) {
                organisations_.emplace_back(std::nullopt);
                leave_out("organisations", organisation.id);
            } else {
                organisations_.push_back(into_->organisations.add(
                    {organisation.id, organisation.name, *state, *provenance}
                ));
                ++outcome_.counts.added;
            }
        }
    }

    void merge_items() {
        ItemMatches matches = match_items(*into_, *fragment_);
        for (const AmbiguousItem& item : matches.ambiguous) {
            complain(
                Severity::warning,
                rules::ambiguous_code,
                "items",
                fragment_->items[item.item].id,
                item.reason + "; it was added as an item of its own"
            );
        }
        outcome_.joined = std::move(matches.joined);
        for (std::uint32_t i = 0; i < fragment_->items.size(); ++i) {
            const model::Item& item = fragment_->items[ItemIndex{i}];
            const std::optional<ItemIndex> known = matches.known[i];
            items_.push_back(known ? accept(item, *known) : add(item));
            factors_.push_back(known ? conversion(item.unit, into_->items[*known].unit) : 1.0);
        }
    }

    /// The item of the map that the fragment's stands for.
    std::optional<ItemIndex> accept(const model::Item& item, ItemIndex known) {
        const model::Item& old = into_->items[known];
        if (old.id == item.id && old.kind != item.kind) {
            ++outcome_.counts.kept;
            complain(
                Severity::warning,
                rules::kept_old,
                "items",
                item.id,
                "the map has this item as " + std::string(name_of(old.kind)) + ", not "
                    + std::string(name_of(item.kind)) + "; it was kept"
            );
        }
        return known;
    }

    /// An amount of an item in the unit that the map counts it in; `unit` is changed with it.
    /// Amounts in a unit of their own, such as a currency, stay as they are. Empty, and reported
    /// once for the item, if the units do not measure the same.
    std::optional<Estimate>
    in_unit_of_map(ItemIndex of, const Estimate& amount, std::string& unit) {
        const model::Item& item = fragment_->items[of];
        if (unit != item.unit || !items_[of.value()]) {
            return amount;
        }
        const auto factor = factors_[of.value()];
        const auto converted = factor ? scaled(amount, *factor) : std::nullopt;
        if (!converted) {
            report_other_unit(of);
            return std::nullopt;
        }
        unit = into_->items[*items_[of.value()]].unit;
        return converted;
    }

    /// How much of an input one unit of an item takes, both in the units of the map.
    std::optional<Estimate> in_units_of_map(const model::Need& need, const Estimate& quantity) {
        const ItemIndex item = (*fragment_)[need.group].item;
        const auto of_item = factors_[item.value()];
        const auto of_input = factors_[need.input.value()];
        const auto converted =
            of_item && of_input ? scaled(quantity, *of_input / *of_item) : std::nullopt;
        if (!converted) {
            report_other_unit(of_item ? need.input : item);
        }
        return converted;
    }

    void report_other_unit(ItemIndex of) {
        if (!other_unit_reported_.insert(of.value()).second) {
            return;
        }
        const model::Item& item = fragment_->items[of];
        const model::Item& old = into_->items[*items_[of.value()]];
        complain(
            Severity::error,
            rules::other_unit,
            "items",
            item.id,
            "the map counts '" + old.id + "' in '" + old.unit + "', the fragment in '" + item.unit
                + "'; its amounts were left out"
        );
    }

    std::optional<ItemIndex> add(const model::Item& item) {
        const auto provenance = translated(item.provenance);
        if (!provenance) {
            leave_out("items", item.id);
            return std::nullopt;
        }
        model::Item copy = item;
        copy.provenance = *provenance;
        ++outcome_.counts.added;
        return into_->items.add(std::move(copy));
    }

    // --- from indices of the fragment to indices of the map; empty: could not be merged ----------

    std::optional<ProvenanceIndex> translated(ProvenanceIndex index) {
        KnownProvenance& known = known_provenances_[index.value()];
        if (!known.is_known) {
            known = {true, translated((*fragment_)[index])};
        }
        return known.index;
    }

    std::optional<ProvenanceIndex> translated(model::Provenance provenance) {
        const auto source = sources_[provenance.source.value()];
        const auto owner = translated(provenance.owner, states_);
        if (!source || !owner || !keeps_meaning(provenance.release)) {
            return std::nullopt;
        }
        provenance.source = *source;
        provenance.owner = *owner;
        return provenances_.index_of(provenance);
    }

    /// A release must not come to name somebody else: each name in it must have been merged.
    bool keeps_meaning(std::string_view release) const {
        const auto names = split(release, ';');
        return std::ranges::all_of(names, [&](std::string_view name) {
            const auto state = fragment_->states.find(name);
            const auto bloc = fragment_->blocs.find(name);
            return (!state || states_[state->value()]) && (!bloc || blocs_[bloc->value()]);
        });
    }

    template <typename Index>
    static std::optional<std::optional<Index>>
    translated(std::optional<Index> index, const Translation<Index>& by) {
        if (!index) {
            return std::optional<Index>{};  // empty in both
        }
        const auto there = by[index->value()];
        return there ? std::optional{there} : std::nullopt;
    }

    /// Any variant of indices, such as a market, a holder or a subject.
    template <typename Variant>
    std::optional<Variant> translated_any(const Variant& variant) const {
        return std::visit(
            [&](const auto& index) -> std::optional<Variant> {
                if constexpr (std::is_same_v<std::decay_t<decltype(index)>, std::monostate>) {
                    return variant;
                } else {
                    const auto there = table_of(index)[index.value()];
                    return there ? std::optional<Variant>{*there} : std::nullopt;
                }
            },
            variant
        );
    }

    const Translation<StateIndex>& table_of(StateIndex /*of*/) const { return states_; }

    const Translation<BlocIndex>& table_of(BlocIndex /*of*/) const { return blocs_; }

    const Translation<ItemIndex>& table_of(ItemIndex /*of*/) const { return items_; }

    const Translation<OrganisationIndex>& table_of(OrganisationIndex /*of*/) const {
        return organisations_;
    }

    std::string id_of(const Subject& subject) const {
        struct Visitor {
            const SupplyMap& map;

            std::string operator()(ItemIndex i) const { return map.items[i].id; }

            std::string operator()(StateIndex i) const { return map.states[i].id; }

            std::string operator()(OrganisationIndex i) const { return map.organisations[i].id; }

            std::string operator()(BlocIndex i) const { return map.blocs[i].id; }
        };

        return std::visit(Visitor{*into_}, subject);
    }

    void leave_out(std::string_view table, std::string_view what) {
        ++outcome_.counts.left_out;
        complain(
            Severity::error,
            rules::left_out,
            table,
            what,
            "was left out, since something that it speaks of could not be merged"
        );
    }

    // --- facts ------------------------------------------------------------------------------

    /// Whether a row of this key may be added. Counts, and reports the conflict, if it may not.
    /// `place` is the row that has the key; `row` is written over it if that was asked for.
    template <typename Row>
    void settle(Row& place, Row row, std::string_view table, const std::string& what) {
        if (same(place, row)) {
            ++outcome_.counts.same;
        } else if (options_.replace) {
            place = std::move(row);
            ++outcome_.counts.replaced;
        } else {
            ++outcome_.counts.kept;
            complain(
                Severity::warning,
                rules::kept_old,
                table,
                what,
                "the map has another record of this; it was kept"
            );
        }
    }

    /// Adds rows that have a key each. `key_of(row)` gives a comparable key, `what_of(row)` its
    /// text.
    template <typename Row, typename KeyOf, typename WhatOf>
    void merge_rows(
        std::vector<Row>& rows,
        const std::vector<std::optional<Row>>& fresh,
        std::string_view table,
        const KeyOf& key_of,
        const WhatOf& what_of
    ) {
        std::map<decltype(key_of(rows.front())), std::size_t> by_key;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            by_key.emplace(key_of(rows[i]), i);
        }
        for (const std::optional<Row>& row : fresh) {
            if (!row) {
                leave_out(table, {});
                continue;
            }
            const auto [place, is_new] = by_key.emplace(key_of(*row), rows.size());
            if (is_new) {
                rows.push_back(*row);
                ++outcome_.counts.added;
            } else {
                settle(rows[place->second], *row, table, what_of(*row));
            }
        }
    }

    static auto fields(const model::ItemCode& c) { return std::tie(c.item, c.scheme, c.code); }

    static auto fields(const model::Need& n) {
        return std::tie(n.group, n.input, n.quantity, n.value_share, n.provenance);
    }

    static auto fields(const model::Supply& s) {
        return std::tie(
            s.item,
            s.origin,
            s.organisation,
            s.market,
            s.share,
            s.capacity,
            s.capacity_unit,
            s.trade_restriction,
            s.provenance
        );
    }

    static auto fields(const model::Stock& s) {
        return std::tie(s.item, s.holder, s.organisation, s.quantity, s.unit, s.provenance);
    }

    static auto fields(const model::Recovery& r) {
        return std::tie(r.subject, r.days, r.provenance);
    }

    static auto fields(const model::Hazard& h) {
        return std::tie(h.subject, h.probability, h.provenance);
    }

    static auto fields(const model::Trade& t) {
        return std::tie(t.item, t.state, t.flow, t.partner, t.amount, t.unit, t.provenance);
    }

    static auto fields(const model::Figure& f) {
        return std::tie(f.subject, f.measure, f.value, f.unit, f.provenance);
    }

    template <typename Row>
    static bool same(const Row& a, const Row& b) {
        return fields(a) == fields(b);
    }

    void merge_codes() {
        std::vector<std::optional<model::ItemCode>> fresh;
        for (model::ItemCode code : fragment_->codes) {
            const auto item = items_[code.item.value()];
            const auto provenance = translated(code.provenance);
            if (item && provenance) {
                code.item = *item;
                code.provenance = *provenance;
                fresh.emplace_back(std::move(code));
            } else {
                fresh.emplace_back(std::nullopt);
            }
        }
        // A code is the same whoever says it: a second source is no conflict.
        std::map<std::tuple<ItemIndex, std::string, std::string>, bool> known;
        for (const model::ItemCode& code : into_->codes) {
            known.emplace(fields(code), true);
        }
        for (std::optional<model::ItemCode>& code : fresh) {
            if (!code) {
                leave_out("codes", {});
            } else if (known.emplace(fields(*code), true).second) {
                into_->codes.push_back(*std::move(code));
                ++outcome_.counts.added;
            } else {
                ++outcome_.counts.same;
            }
        }
    }

    std::optional<model::Supply> translated(model::Supply supply) {
        const auto item = items_[supply.item.value()];
        const auto origin = translated(supply.origin, states_);
        const auto organisation = translated(supply.organisation, organisations_);
        const auto market = translated_any(supply.market);
        const auto provenance = translated(supply.provenance);
        if (!item || !origin || !organisation || !market || !provenance) {
            return std::nullopt;
        }
        if (supply.capacity && factors_[supply.item.value()]) {  // else it keeps its own unit
            supply.capacity = in_unit_of_map(supply.item, *supply.capacity, supply.capacity_unit);
        }
        supply.item = *item;
        supply.origin = *origin;
        supply.organisation = *organisation;
        supply.market = *market;
        supply.provenance = *provenance;
        return supply;
    }

    using SupplyKey =
        std::tuple<ItemIndex, Market, std::optional<StateIndex>, std::optional<OrganisationIndex>>;
    using MarketKey = std::pair<ItemIndex, Market>;

    static SupplyKey key_of(const model::Supply& s) {
        return {s.item, s.market, s.origin, s.organisation};
    }

    static double likely(const std::optional<Estimate>& share) {
        return share ? share->likely() : 0.0;
    }

    void merge_supplies() {
        std::map<SupplyKey, double> shares;  // as they will be
        for (const model::Supply& supply : into_->supplies) {
            shares[key_of(supply)] = likely(supply.share);
        }
        std::vector<std::optional<model::Supply>> fresh;
        for (const model::Supply& supply : fragment_->supplies) {
            fresh.push_back(translated(supply));
            if (fresh.back()) {
                const auto [place, is_new] =
                    shares.emplace(key_of(*fresh.back()), likely(fresh.back()->share));
                if (!is_new && options_.replace) {
                    place->second = likely(fresh.back()->share);
                }
            }
        }
        std::map<MarketKey, double> sums;
        for (const auto& [key, share] : shares) {
            sums[{std::get<ItemIndex>(key), std::get<Market>(key)}] += share;
        }
        drop_overfull(fresh, sums);
        merge_rows(
            into_->supplies,
            fresh,
            "supplies",
            [](const model::Supply& s) { return key_of(s); },
            [&](const model::Supply& s) {
                return into_->items[s.item].id + " from "
                       + (s.origin ? into_->states[*s.origin].id : std::string("unspecified"));
            }
        );
    }

    /// Takes out the new supplies of each market whose shares would add up to more than 1.
    void drop_overfull(
        std::vector<std::optional<model::Supply>>& fresh,
        const std::map<MarketKey, double>& sums
    ) {
        std::map<MarketKey, bool> reported;
        const auto is_overfull = [&](const std::optional<model::Supply>& supply) {
            if (!supply) {
                return false;
            }
            const MarketKey key{supply->item, supply->market};
            if (sums.at(key) <= 1.0 + share_rounding) {
                return false;
            }
            ++outcome_.counts.left_out;
            if (reported.emplace(key, true).second) {
                complain(
                    Severity::error,
                    rules::overfull,
                    "supplies",
                    into_->items[supply->item].id,
                    "together with those of the map, the shares on this market would add up to "
                    "more than 1; the new ones were left out"
                );
            }
            return true;
        };
        fresh.erase(std::remove_if(fresh.begin(), fresh.end(), is_overfull), fresh.end());
    }

    void merge_stocks() {
        std::vector<std::optional<model::Stock>> fresh;
        for (model::Stock stock : fragment_->stocks) {
            const auto item = items_[stock.item.value()];
            const auto holder = translated_any(stock.holder);
            const auto organisation = translated(stock.organisation, organisations_);
            const auto provenance = translated(stock.provenance);
            const auto quantity = in_unit_of_map(stock.item, stock.quantity, stock.unit);
            if (item && holder && organisation && provenance && quantity) {
                stock.quantity = *quantity;
                stock.item = *item;
                stock.holder = *holder;
                stock.organisation = *organisation;
                stock.provenance = *provenance;
                fresh.emplace_back(std::move(stock));
            } else {
                fresh.emplace_back(std::nullopt);
            }
        }
        merge_rows(
            into_->stocks,
            fresh,
            "stocks",
            [](const model::Stock& s) { return std::tuple(s.item, s.holder, s.organisation); },
            [&](const model::Stock& s) { return into_->items[s.item].id; }
        );
    }

    /// Facts that have nothing but a subject and a provenance to translate.
    template <typename Row>
    std::vector<std::optional<Row>> translated_subjects(const std::vector<Row>& rows) {
        std::vector<std::optional<Row>> fresh;
        for (Row row : rows) {
            const auto subject = translated_any(row.subject);
            const auto provenance = translated(row.provenance);
            if (subject && provenance) {
                row.subject = *subject;
                row.provenance = *provenance;
                fresh.emplace_back(std::move(row));
            } else {
                fresh.emplace_back(std::nullopt);
            }
        }
        return fresh;
    }

    void merge_subject_facts() {
        const auto key_of_any = [](const auto& row) { return row.subject; };
        const auto what_of_any = [&](const auto& row) { return id_of(row.subject); };
        merge_rows(
            into_->recoveries,
            translated_subjects(fragment_->recoveries),
            "recoveries",
            key_of_any,
            what_of_any
        );
        merge_rows(
            into_->hazards,
            translated_subjects(fragment_->hazards),
            "hazards",
            key_of_any,
            what_of_any
        );
    }

    void merge_trades() {
        std::vector<std::optional<model::Trade>> fresh;
        for (model::Trade trade : fragment_->trades) {
            const auto item = items_[trade.item.value()];
            const auto state = states_[trade.state.value()];
            const auto partner = translated(trade.partner, states_);
            const auto provenance = translated(trade.provenance);
            const auto amount = in_unit_of_map(trade.item, trade.amount, trade.unit);
            if (item && state && partner && provenance && amount) {
                trade.amount = *amount;
                trade.item = *item;
                trade.state = *state;
                trade.partner = *partner;
                trade.provenance = *provenance;
                fresh.emplace_back(std::move(trade));
            } else {
                fresh.emplace_back(std::nullopt);
            }
        }
        merge_rows(
            into_->trades,
            fresh,
            "trade",
            [&](const model::Trade& t) {
                return std::tuple(
                    t.item,
                    t.state,
                    t.flow,
                    t.partner,
                    t.unit,
                    (*into_)[t.provenance].period
                );
            },
            [&](const model::Trade& t) {
                return into_->items[t.item].id + ", " + into_->states[t.state].id;
            }
        );
    }

    /// Figures of items in the map's units; one that cannot be converted keeps its own unit.
    std::vector<std::optional<model::Figure>> translated_figures() {
        std::vector<model::Figure> figures = fragment_->figures;
        for (model::Figure& figure : figures) {
            const auto* const item = std::get_if<ItemIndex>(&figure.subject);
            if (item == nullptr || !factors_[item->value()]) {
                continue;
            }
            if (const auto value = in_unit_of_map(*item, figure.value, figure.unit)) {
                figure.value = *value;
            }
        }
        return translated_subjects(figures);
    }

    void merge_figures() {
        merge_rows(
            into_->figures,
            translated_figures(),
            "figures",
            [&](const model::Figure& f) {
                return std::tuple(f.subject, f.measure, (*into_)[f.provenance].period);
            },
            [&](const model::Figure& f) { return f.measure + " of " + id_of(f.subject); }
        );
    }

    // --- needs ------------------------------------------------------------------------------

    void merge_needs() {
        const std::vector<bool> overfull = items_with_too_much_value();
        merge_groups(overfull);
        std::vector<std::optional<model::Need>> fresh;
        for (model::Need need : fragment_->needs) {
            const auto item = items_[(*fragment_)[need.group].item.value()];
            if (item && overfull[item->value()]) {
                ++outcome_.counts.left_out;  // reported once, for the item
                continue;
            }
            const auto group = groups_[need.group.value()];
            const auto input = items_[need.input.value()];
            const auto provenance = translated(need.provenance);
            const auto quantity = need.quantity && item && input
                                      ? in_units_of_map(need, *need.quantity)
                                      : need.quantity;
            const bool convertible = quantity.has_value() == need.quantity.has_value();
            if (group && input && provenance && convertible) {
                need.quantity = quantity;
                need.group = *group;
                need.input = *input;
                need.provenance = *provenance;
                fresh.emplace_back(std::move(need));
            } else {
                fresh.emplace_back(std::nullopt);
            }
        }
        merge_rows(
            into_->needs,
            fresh,
            "needs",
            [](const model::Need& n) { return std::pair(n.group, n.input); },
            [&](const model::Need& n) {
                return into_->items[(*into_)[n.group].item].id + " needs "
                       + into_->items[n.input].id;
            }
        );
        drop_empty_groups();
    }

    /// Items whose value shares, the map's and the fragment's together, add up to more than 1.
    /// Errs on the side of care: an input that both know counts with the larger.
    std::vector<bool> items_with_too_much_value() {
        std::map<std::tuple<ItemIndex, std::string, ItemIndex>, double> shares;
        std::map<std::pair<ItemIndex, std::string>, std::uint32_t> take;
        for (const model::Need& need : into_->needs) {
            const model::NeedGroup& group = (*into_)[need.group];
            shares[{group.item, group.name, need.input}] = likely(need.value_share);
            take[{group.item, group.name}] = group.take;
        }
        for (const model::Need& need : fragment_->needs) {
            const model::NeedGroup& group = (*fragment_)[need.group];
            const auto item = items_[group.item.value()];
            const auto input = items_[need.input.value()];
            if (item && input) {
                double& share = shares[{*item, group.name, *input}];
                share = std::max(share, likely(need.value_share));
                take.emplace(std::pair{*item, group.name}, group.take);
            }
        }
        std::map<std::pair<ItemIndex, std::string>, std::vector<double>> by_group;
        for (const auto& [key, share] : shares) {
            by_group[{std::get<0>(key), std::get<1>(key)}].push_back(share);
        }
        std::vector<double> sums(into_->items.size(), 0.0);
        for (auto& [key, list] : by_group) {
            sums[key.first.value()] += sum_of_largest(list, take.at(key));
        }
        return report_too_much_value(sums);
    }

    std::vector<bool> report_too_much_value(const std::vector<double>& sums) {
        std::vector<bool> in_fragment(into_->items.size(), false);
        for (const model::Need& need : fragment_->needs) {
            if (const auto item = items_[(*fragment_)[need.group].item.value()]) {
                in_fragment[item->value()] = true;
            }
        }
        std::vector<bool> overfull(into_->items.size(), false);
        for (std::uint32_t i = 0; i < sums.size(); ++i) {
            overfull[i] = in_fragment[i] && sums[i] > 1.0 + share_rounding;
            if (overfull[i]) {
                complain(
                    Severity::error,
                    rules::overfull,
                    "needs",
                    into_->items[ItemIndex{i}].id,
                    "together with those of the map, the value shares of this item's inputs would "
                    "add up to more than 1; the new needs were left out"
                );
            }
        }
        return overfull;
    }

    void merge_groups(const std::vector<bool>& overfull) {
        std::map<std::pair<ItemIndex, std::string>, GroupIndex> by_name;
        first_new_group_ = into_->groups.size();
        for (std::uint32_t g = 0; g < into_->groups.size(); ++g) {
            by_name.emplace(std::pair{into_->groups[g].item, into_->groups[g].name}, GroupIndex{g});
        }
        for (const model::NeedGroup& group : fragment_->groups) {
            const auto item = items_[group.item.value()];
            if (!item || overfull[item->value()]) {
                groups_.emplace_back(std::nullopt);
                continue;
            }
            const GroupIndex next{static_cast<std::uint32_t>(into_->groups.size())};
            const auto [place, is_new] = by_name.emplace(std::pair{*item, group.name}, next);
            if (is_new) {
                into_->groups.push_back(group);
                into_->groups.back().item = *item;
                groups_.emplace_back(next);
            } else {
                groups_.push_back(agreeing(place->second, group));
            }
        }
    }

    /// The group of the map, if the fragment's is of the same kind.
    std::optional<GroupIndex> agreeing(GroupIndex known, const model::NeedGroup& group) {
        const model::NeedGroup& old = (*into_)[known];
        const auto kind = [](const model::NeedGroup& g) {
            return std::tie(g.take, g.role, g.essential);
        };
        if (kind(old) == kind(group)) {
            return known;
        }
        complain(
            Severity::error,
            rules::other_group,
            "needs",
            into_->items[old.item].id + ", " + old.name,
            "the map has this group with another take, role or essential; its new inputs were left "
            "out"
        );
        return std::nullopt;
    }

    /// A new group none of whose inputs could be merged, or fewer than it takes, is no group.
    void drop_empty_groups() {
        std::vector<std::uint32_t> inputs(into_->groups.size(), 0);
        for (const model::Need& need : into_->needs) {
            ++inputs[need.group.value()];
        }
        std::vector<GroupIndex> moved;
        std::vector<model::NeedGroup> groups;
        std::vector<bool> gone(into_->groups.size(), false);
        for (std::uint32_t g = 0; g < into_->groups.size(); ++g) {
            gone[g] = g >= first_new_group_ && inputs[g] < into_->groups[g].take;
            moved.emplace_back(static_cast<std::uint32_t>(groups.size()));
            if (!gone[g]) {
                groups.push_back(into_->groups[g]);
            }
        }
        std::erase_if(into_->needs, [&](const model::Need& n) { return gone[n.group.value()]; });
        for (model::Need& need : into_->needs) {
            need.group = moved[need.group.value()];
        }
        into_->groups = std::move(groups);
    }

    struct KnownProvenance {
        bool is_known = false;
        std::optional<ProvenanceIndex> index;
    };

    SupplyMap* into_;
    const SupplyMap* fragment_;
    ImportReport* report_;
    MergeOptions options_;
    ProvenanceTable provenances_;
    MergeOutcome outcome_;
    std::vector<KnownProvenance> known_provenances_;  ///< by index of the fragment
    Translation<SourceIndex> sources_;
    Translation<StateIndex> states_;
    Translation<BlocIndex> blocs_;
    Translation<OrganisationIndex> organisations_;
    Translation<ItemIndex> items_;
    /// How many of the map's units one of the fragment's is; empty: they do not measure the same.
    std::vector<std::optional<double>> factors_;
    std::set<std::uint32_t> other_unit_reported_;
    Translation<GroupIndex> groups_;
    std::size_t first_new_group_ = 0;
};

}  // namespace

MergeOutcome merge_maps(
    SupplyMap& into,
    const SupplyMap& fragment,
    ImportReport& report,
    const MergeOptions& options
) {
    return Merge(into, fragment, report, options).run();
}

}  // namespace adic::ingest
