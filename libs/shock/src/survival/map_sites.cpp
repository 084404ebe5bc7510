#include "adic/shock/survival/map_sites.hpp"

#include "adic/supply/indicators/shares.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <variant>

namespace adic::shock {
namespace {

using model::InputGroup;
using model::ItemIndex;
using model::OrganisationIndex;
using model::PartIndex;
using model::Site;
using model::StateIndex;
using model::SubjectKind;
using model::Supply;
using model::SupplyMap;
using supply::ShareRange;

Estimate to_estimate(const ShareRange& range) {
    const double likely = std::clamp(range.likely, range.low, range.high);
    return *Estimate::create(range.low, likely, range.high);
}

Estimate scaled(const Estimate& estimate, double low, double likely, double high) {
    return *Estimate::create(
        estimate.low() * low,
        estimate.likely() * likely,
        estimate.high() * high
    );
}

/// The newest record of how long each state, organisation and item takes to be back.
class Recoveries {
  public:
    explicit Recoveries(const SupplyMap& map) : map_(&map) {
        for (const model::Recovery& recovery : map.recoveries) {
            const auto [known, is_new] = newest_.emplace(recovery.subject, &recovery);
            if (!is_new && last_day(recovery) >= last_day(*known->second)) {
                known->second = &recovery;
            }
        }
    }

    std::optional<Estimate> find(const model::Subject& subject) const {
        const auto known = newest_.find(subject);
        const bool is_usable = known != newest_.end() && known->second->days.low() > 0.0;
        return is_usable ? std::optional{known->second->days} : std::nullopt;
    }

    /// Of a supplier: its own, else its state's, else the item's.
    std::optional<Estimate> of(const Supply& row) const {
        std::optional<Estimate> days;
        if (row.organisation) {
            days = find(*row.organisation);
        }
        if (!days && row.origin) {
            days = find(*row.origin);
        }
        return days ? days : find(row.item);
    }

    void append_to(std::vector<model::SubjectRecovery>& recoveries) const {
        for (const auto& [subject, record] : newest_) {
            if (!(record->days.low() > 0.0)) {
                continue;
            }
            if (const auto* state = std::get_if<StateIndex>(&subject)) {
                recoveries.push_back({SubjectKind::place, map_->states[*state].id, record->days});
            } else if (const auto* item = std::get_if<ItemIndex>(&subject)) {
                recoveries.push_back({SubjectKind::part, map_->items[*item].id, record->days});
            } else if (const auto* firm = std::get_if<OrganisationIndex>(&subject)) {
                recoveries.push_back(
                    {SubjectKind::organisation, map_->organisations[*firm].id, record->days}
                );
            }
        }
    }

  private:
    std::chrono::year_month_day last_day(const model::Recovery& recovery) const {
        return (*map_)[recovery.provenance].period.last;
    }

    const SupplyMap* map_;
    std::map<model::Subject, const model::Recovery*> newest_;
};

class MapSitesBuilder {
  public:
    MapSitesBuilder(
        const supply::MapIndex& index,
        const supply::Viewpoint& viewpoint,
        const MapSitesOptions& options
    )
        : index_(&index)
        , viewpoint_(&viewpoint)
        , options_(&options)
        , recoveries_(index.map()) {}

    MapSites build(std::span<const WantedItem> wanted) {
        for (const WantedItem& one : wanted) {
            made_.network.demands.push_back({part_of(one.item), one.use, one.weight});
        }
        for (std::size_t next = 0; next < made_.items.size(); ++next) {
            add_needs(PartIndex{static_cast<std::uint32_t>(next)});
        }
        divide_among_uses();
        for (std::uint32_t part = 0; part < made_.items.size(); ++part) {
            add_suppliers(PartIndex{part});
        }
        add_stocks();
        recoveries_.append_to(made_.network.recoveries);
        return std::move(made_);
    }

  private:
    const SupplyMap& map() const { return index_->map(); }

    ItemIndex item_of(PartIndex part) const { return made_.items[part.value()]; }

    PartIndex part_of(ItemIndex item) {
        const PartIndex next{static_cast<std::uint32_t>(made_.items.size())};
        const auto [part, is_new] = part_of_item_.emplace(item, next);
        if (is_new) {
            made_.items.push_back(item);
            made_.network.parts.push_back({map().items[item].id, "days", std::nullopt});
        }
        return part->second;
    }

    // --- needs --------------------------------------------------------------------------------

    void add_needs(PartIndex part) {
        for (const std::uint32_t row : index_->groups_of(item_of(part))) {
            const model::NeedGroup& group = map().groups[row];
            const bool counts = group.role == model::Role::consumed
                                || options_->equipment == supply::Equipment::counts;
            if (group.essential != model::Essential::yes || !counts) {
                continue;
            }
            InputGroup made{part, group.take, {}};
            for (const std::uint32_t need : index_->needs_of(model::GroupIndex{row})) {
                const PartIndex input = part_of(map().needs[need].input);
                made.choices.push_back({input, Estimate::exactly(1.0)});
            }
            made_.network.groups.push_back(std::move(made));
        }
    }

    /// (S13), (S14): each use of an item takes the same part of it, and an alternative can carry
    /// its group alone; at worst it is made only for its part of the group.
    void divide_among_uses() {
        struct Uses {
            double all = 0.0;
            double usual = 0.0;
        };

        model::SiteNetwork& network = made_.network;
        std::vector<Uses> uses(network.parts.size());
        for (const model::PartDemand& demand : network.demands) {
            uses[demand.part.value()].all += 1.0;
            uses[demand.part.value()].usual += 1.0;
        }
        for (const InputGroup& group : network.groups) {
            for (const model::InputChoice& choice : group.choices) {
                Uses& of = uses[choice.input.value()];
                of.all += 1.0;
                of.usual +=
                    static_cast<double>(group.take) / static_cast<double>(group.choices.size());
            }
        }
        for (InputGroup& group : network.groups) {
            for (model::InputChoice& choice : group.choices) {
                choice.quantity = Estimate::exactly(1.0 / uses[choice.input.value()].all);
            }
        }
        for (model::PartDemand& demand : network.demands) {
            const double share = 1.0 / uses[demand.part.value()].all;
            demand.per_day = scaled(demand.per_day, share, share, share);
            demand.margin = scaled(demand.margin, 1.0 / share, 1.0 / share, 1.0 / share);
        }
        for (std::size_t part = 0; part < uses.size(); ++part) {
            network.parts[part].total_per_day =
                *Estimate::create(std::min(1.0, uses[part].usual / uses[part].all), 1.0, 1.0);
        }
    }

    // --- suppliers ----------------------------------------------------------------------------

    void add_suppliers(PartIndex part) {
        const std::vector<std::uint32_t> rows = index_->supplies_seen(item_of(part), *viewpoint_);
        const std::vector<ShareRange> shares = shares_of(rows);
        std::vector<ShareRange> named;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Supply& row = map().supplies[rows[i]];
            if (place_of(row)) {
                named.push_back(shares[i]);
                add_supplier(part, row, made_of(part, shares[i]));
            }
        }
        const ShareRange unknown =
            supply::unknown_part(named, ShareRange::exactly(0.0), rounding_of_shares);
        if (unknown.high > 0.0) {
            Site site = site_for(part, "unknown");
            site.capacity_per_day = made_of(part, unknown);
            site.ownership = model::Ownership::unknown;
            made_.network.sites.push_back(std::move(site));
        }
        if (named.empty() && index_->groups_of(item_of(part)).empty()) {
            ++blind_;
        }
    }

    /// A share of all that is made of the part, which is at worst less than is normally used.
    Estimate made_of(PartIndex part, const ShareRange& share) const {
        const double least = made_.network[part].total_per_day->low();
        return scaled(to_estimate(share), least, 1.0, 1.0);
    }

    /// Recorded shares; where none is, shares of the capacities, if these are in one unit.
    std::vector<ShareRange> shares_of(const std::vector<std::uint32_t>& rows) const {
        std::vector<ShareRange> shares;
        std::vector<supply::AmountRange> capacities;
        bool any_share = false;
        bool one_unit = true;
        const std::string* unit = nullptr;
        for (const std::uint32_t position : rows) {
            const Supply& row = map().supplies[position];
            const Estimate share = row.share.value_or(Estimate::exactly(0.0));
            any_share = any_share || row.share.has_value();
            shares.push_back({share.low(), share.likely(), share.high()});
            const Estimate capacity = row.capacity.value_or(Estimate::exactly(0.0));
            capacities.push_back({capacity.low(), capacity.likely(), capacity.high()});
            if (row.capacity) {
                one_unit = one_unit && (unit == nullptr || *unit == row.capacity_unit);
                unit = &row.capacity_unit;
            }
        }
        if (any_share || unit == nullptr || !one_unit) {
            return shares;
        }
        const supply::MarketShares market = supply::shares_of_amounts(capacities, {0.0, 0.0, 0.0});
        for (std::size_t i = 0; i < shares.size(); ++i) {
            shares[i] = market.known[i].share;
        }
        return shares;
    }

    std::optional<StateIndex> place_of(const Supply& row) const {
        if (!row.origin && row.organisation) {
            return map().organisations[*row.organisation].state;
        }
        return row.origin;
    }

    Site site_for(PartIndex part, const std::string& where) const {
        return {
            map().items[item_of(part)].id + "@" + where,
            part,
            "",
            "",
            Estimate::exactly(0.0),
            Estimate::exactly(0.0)};
    }

    void add_supplier(PartIndex part, const Supply& row, Estimate share) {
        const StateIndex place = *place_of(row);
        const std::string organisation =
            row.organisation ? map().organisations[*row.organisation].id : std::string{};
        const std::string& state = map().states[place].id;
        Site site = site_for(part, organisation.empty() ? state : state + "/" + organisation);
        site.place = state;
        site.organisation = organisation;
        site.capacity_per_day = share;
        site.recovery_days = recoveries_.of(row);
        site.inside = viewpoint_->is_inside(place);
        made_.network.sites.push_back(std::move(site));
    }

    // --- stocks -------------------------------------------------------------------------------

    void add_stocks() {
        std::vector<bool> has_stock(made_.items.size(), false);
        for (const model::Stock& stock : map().stocks) {
            const auto part = part_of_item_.find(stock.item);
            if (part != part_of_item_.end()) {
                has_stock[part->second.value()] =
                    add_stock(part->second, stock) || has_stock[part->second.value()];
            }
        }
        std::size_t without = 0;
        for (std::uint32_t part = 0; part < has_stock.size(); ++part) {
            if (!has_stock[part]) {
                ++without;
                add_assumed_stock(PartIndex{part});
            }
        }
        add_notes(without);
    }

    /// False if it does not count.
    bool add_stock(PartIndex part, const model::Stock& stock) {
        const double reach = part_inside(stock.holder);
        if (reach == 0.0) {
            return false;
        }
        Site site = site_for(part, holder_id(stock) + "/stock");
        if (stock.unit == "days") {
            // (S15): days of the holder's use; of how much of the use of all inside, nobody says.
            const bool is_all = reach == 1.0;
            site.stock = scaled(stock.quantity, is_all ? 1.0 : 0.0, reach, 1.0);
        } else if (const Estimate* use = normal_use(stock.item)) {
            site.stock = *Estimate::create(
                stock.quantity.low() / use->high(),
                stock.quantity.likely() / use->likely(),
                stock.quantity.high() / use->low()
            );
        } else {
            made_.notes.push_back(
                "The stock of " + map().items[stock.item].id + " held by " + holder_id(stock)
                + " is recorded in '" + stock.unit
                + "' and how much is used a day is not known: it was not counted."
            );
            return false;
        }
        site.place = holder_id(stock);
        site.inside = true;
        made_.network.sites.push_back(std::move(site));
        return true;
    }

    std::string holder_id(const model::Stock& stock) const {
        if (const auto* state = std::get_if<StateIndex>(&stock.holder)) {
            return map().states[*state].id;
        }
        return map().blocs[std::get<model::BlocIndex>(stock.holder)].id;
    }

    /// What part of the states inside the holder is; 0 for one that is not wholly inside.
    double part_inside(const std::variant<StateIndex, model::BlocIndex>& holder) const {
        const auto inside = static_cast<double>(std::ranges::count(viewpoint_->inside, true));
        if (const auto* state = std::get_if<StateIndex>(&holder)) {
            return viewpoint_->is_inside(*state) ? 1.0 / inside : 0.0;
        }
        const model::Bloc& bloc = map().blocs[std::get<model::BlocIndex>(holder)];
        const bool is_inside = std::ranges::all_of(bloc.members, [&](StateIndex member) {
            return viewpoint_->is_inside(member);
        });
        const auto members = static_cast<double>(bloc.members.size());
        return is_inside && members > 0.0 ? members / inside : 0.0;
    }

    const Estimate* normal_use(ItemIndex item) const {
        const auto found = std::ranges::find(options_->normal_uses, item, &NormalUse::item);
        return found == options_->normal_uses.end() ? nullptr : &found->units_per_day;
    }

    void add_assumed_stock(PartIndex part) {
        if (options_->assumed_stock_days) {
            Site site = site_for(part, "assumed/stock");
            site.stock = *options_->assumed_stock_days;
            site.inside = true;
            made_.network.sites.push_back(std::move(site));
        }
    }

    void add_notes(std::size_t without_stock) {
        const std::string of_all = " of " + std::to_string(made_.items.size()) + " items";
        if (without_stock > 0) {
            made_.notes.push_back(
                "No stock is recorded of " + std::to_string(without_stock) + of_all
                + (options_->assumed_stock_days ? "; the assumed one was taken."
                                                : "; none was counted.")
            );
        }
        if (blind_ > 0) {
            made_.notes.push_back(
                "No supplier and no input is recorded of " + std::to_string(blind_) + of_all
                + "; no disruption reaches them."
            );
        }
    }

    static constexpr double rounding_of_shares = 0.001;

    const supply::MapIndex* index_;
    const supply::Viewpoint* viewpoint_;
    const MapSitesOptions* options_;
    Recoveries recoveries_;
    MapSites made_;
    std::map<ItemIndex, PartIndex> part_of_item_;
    std::size_t blind_ = 0;
};

}  // namespace

Result<MapSites> sites_of_map(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::span<const WantedItem> wanted,
    const MapSitesOptions& options
) {
    std::vector<ItemIndex> items;
    for (const WantedItem& one : wanted) {
        items.push_back(one.item);
    }
    std::ranges::sort(items);
    if (items.empty() || std::ranges::adjacent_find(items) != items.end()) {
        return Error{ErrorCode::invalid_argument, "name the items that are wanted, each once", {}};
    }
    for (const NormalUse& use : options.normal_uses) {
        if (!(use.units_per_day.low() > 0.0)) {
            return Error{ErrorCode::invalid_argument, "a normal use must be above 0", {}};
        }
    }
    return MapSitesBuilder(index, viewpoint, options).build(wanted);
}

}  // namespace adic::shock
