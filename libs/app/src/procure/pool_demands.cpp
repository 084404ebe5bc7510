#include "adic/app/pool_demands.hpp"

#include "adic/app/project_rooms.hpp"
#include "adic/app/registry.hpp"
#include "adic/app/share_costs.hpp"
#include "adic/base/text.hpp"

#include "procure/seen_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace adic::app {
namespace {

using procure::CatalogueItem;
using procure::Interchange;
using procure::PlannedDemand;
using registry::SeenRecord;
using Records = registry::Released<std::vector<SeenRecord>>;

/// "1800000: 9"; empty: one of the lines is none, so that the tiers are not known.
std::vector<procure::PriceTier> tiers_of(const std::vector<std::string>& lines) {
    std::vector<procure::PriceTier> tiers;
    for (const std::string& line : lines) {
        const auto parts = split(line, ':');
        const auto price = parts.size() == 2 ? parse_decimal(trimmed(parts[0])) : std::nullopt;
        const auto quantity = parts.size() == 2 ? parse_decimal(trimmed(parts[1])) : std::nullopt;
        if (!price || !quantity || *price < 0.0 || *quantity < 0.0) {
            return {};
        }
        tiers.push_back({*price, *quantity});
    }
    return tiers;
}

PlannedDemand demand_of(const SeenRecord& record) {
    const SeenFields fields{record};
    PlannedDemand demand;
    demand.id = record.id;
    demand.state = record.owner;
    demand.item = fields.text("item");
    demand.nsn = fields.text("nsn");
    demand.hs = fields.text("hs");
    demand.unspsc = fields.text("unspsc");
    demand.quantity = fields.range("quantity");
    demand.tiers = tiers_of(fields.words("tiers"));
    demand.first = fields.day("first", SeenFields::OfYear::first);
    demand.last = fields.day("last", SeenFields::OfYear::last);
    demand.standards = fields.words("standards");
    demand.variant = fields.text("variant");
    return demand;
}

CatalogueItem item_of(const SeenRecord& record) {
    const SeenFields fields{record};
    return {
        record.id,
        fields.text("name"),
        fields.text("nsn"),
        fields.text("hs"),
        fields.text("unspsc"),
        fields.text("class"),
        fields.text("replaces")};
}

std::vector<std::string> states_of(const std::vector<PlannedDemand>& demands) {
    std::set<std::string> states;
    for (const PlannedDemand& demand : demands) {
        states.insert(demand.state);
    }
    return {states.begin(), states.end()};
}

/// The item as most call it; of several names, the first.
std::string usual_name(const std::vector<PlannedDemand>& demands) {
    std::map<std::string, std::size_t> names;
    for (const PlannedDemand& demand : demands) {
        ++names[demand.item];
    }
    const auto most =
        std::ranges::max_element(names, {}, [](const auto& pair) { return pair.second; });
    return most == names.end() ? std::string{} : most->first;
}

PoolGroup group_of(std::vector<PlannedDemand> demands, const procure::BuyingWindow& within) {
    PoolGroup group;
    group.item = usual_name(demands);
    group.states = states_of(demands);
    group.quantity = procure::quantity_of(demands);
    group.unknown = procure::unknown_quantities(demands);
    for (procure::BuyingPeriod& period : procure::buying_periods(demands, within)) {
        if (!group.busiest || period.states.size() > group.busiest->states.size()) {
            group.busiest = std::move(period);
        }
    }
    group.demands = std::move(demands);
    return group;
}

bool is_within(const PlannedDemand& demand, const procure::BuyingWindow& within) {
    return !procure::buying_periods({&demand, 1}, within).empty();
}

/// Groups of what is wanted within the window, most states first.
std::vector<PoolGroup> groups_of(
    const std::vector<PlannedDemand>& demands,
    const Interchange& interchange,
    const procure::BuyingWindow& within
) {
    std::vector<PoolGroup> groups;
    for (const std::vector<std::size_t>& members : interchange.group(demands)) {
        std::vector<PlannedDemand> wanted;
        for (const std::size_t member : members) {
            if (is_within(demands[member], within)) {
                wanted.push_back(demands[member]);
            }
        }
        if (!wanted.empty()) {
            groups.push_back(group_of(std::move(wanted), within));
        }
    }
    std::ranges::stable_sort(groups, [](const PoolGroup& a, const PoolGroup& b) {
        return std::tuple(b.states.size(), std::string_view{a.item})
               < std::tuple(a.states.size(), std::string_view{b.item});
    });
    return groups;
}

/// What is looked for: the demand of that identifier, or whatever is called so.
PlannedDemand
wanted_by(const std::vector<PlannedDemand>& demands, const std::string& item, PoolAnswer& answer) {
    const auto found = std::ranges::find(demands, item, &PlannedDemand::id);
    if (found != demands.end()) {
        answer.wanted = *found;
        return *found;
    }
    PlannedDemand wanted;
    wanted.item = item;
    constexpr std::size_t digits_of_a_stock_number = 13;
    const auto digits = std::ranges::count_if(item, [](char c) { return c >= '0' && c <= '9'; });
    if (static_cast<std::size_t>(digits) == digits_of_a_stock_number) {
        wanted.nsn = item;
    }
    return wanted;
}

std::vector<PoolMatch> matches_of(
    const std::vector<procure::Overlap>& overlaps,
    const std::vector<PlannedDemand>& demands,
    const std::string& own_state
) {
    std::vector<PoolMatch> matches;
    for (const procure::Overlap& overlap : overlaps) {
        const PlannedDemand& demand = demands[overlap.demand];
        matches.push_back({demand, overlap, demand.state == own_state});
    }
    return matches;
}

/// The projects that buy what one of these asks for.
std::vector<procure::Project> projects_for(
    const PlannedDemand& wanted,
    const std::vector<PlannedDemand>& together,
    const std::vector<procure::Project>& projects,
    const Interchange& interchange
) {
    std::vector<procure::Project> found;
    for (const procure::Project& project : projects) {
        PlannedDemand bought;
        bought.item = project.item;
        const auto is_it = [&](const PlannedDemand& demand) {
            return interchange.is_one_for(bought, demand);
        };
        if (is_it(wanted) || std::ranges::any_of(together, is_it)) {
            found.push_back(project);
        }
    }
    return found;
}

/// A band as pieces: whole ones, and the middle counts as likely.
procure::WantedPieces pieces_of(const procure::Range& range) {
    const double low = std::max(1.0, std::ceil(range.low));
    const double high = std::max(low, std::floor(range.high));
    return *Estimate::create(low, std::round((low + high) / 2.0), high);
}

/// What the offer saves those whose quantity is known, each state's plans together.
Result<std::monostate> add_saving(
    const procure::OfferTerms& offer,
    const std::vector<PlannedDemand>& together,
    PoolAnswer& answer
) {
    std::map<std::string, procure::Range> by_state;
    for (const PlannedDemand& demand : together) {
        if (demand.quantity && demand.quantity->high > 0.0) {
            procure::Range& sum = by_state[demand.state];
            sum = {sum.low + demand.quantity->low, sum.high + demand.quantity->high};
        }
    }
    std::vector<procure::WantedPieces> wanted;
    for (const auto& [state, range] : by_state) {
        answer.counted.push_back(state);
        wanted.push_back(pieces_of(range));
    }
    if (wanted.size() < 2) {
        return std::monostate{};
    }
    ADIC_TRY(answer.saving, procure::range_of(offer, wanted));
    ADIC_TRY(answer.lots, procure::lots_on_line(offer, wanted));
    ADIC_TRY(
        answer.splits,
        procure::split_cost(offer, wanted, std::min(wanted.size(), most_split_lines))
    );
    return std::monostate{};
}

/// The identifiers of the records that an answer comes from.
std::set<std::string> records_behind(const PoolAnswer& answer, const Interchange& interchange) {
    std::set<std::string> ids(answer.projects.begin(), answer.projects.end());
    const auto add = [&](const PlannedDemand& demand) {
        ids.insert(demand.id);
        for (std::string& item : interchange.items_behind(demand)) {
            ids.insert(std::move(item));
        }
    };
    for (const PoolGroup& group : answer.groups) {
        std::ranges::for_each(group.demands, add);
    }
    for (const PoolMatch& near : answer.near_misses) {
        add(near.demand);
    }
    std::ranges::for_each(answer.together.demands, add);
    return ids;
}

/// Writes down that the reader was shown these records, and what other records say of them.
Result<std::monostate> write_down(
    const registry::RecordStore& store,
    const model::Reader& reader,
    std::set<std::string> ids,
    const Viewing& viewing
) {
    if (viewing.log == nullptr) {
        return std::monostate{};
    }
    constexpr std::array<std::string_view, 6>
        types{"demand", "product", "project", "participation", "agreement", "signature"};
    for (const std::string_view type : types) {
        const auto is_behind = [&](const SeenRecord& record) {
            bool is_named = ids.contains(record.id);
            for (const std::string_view key : {"project", "agreement"}) {
                is_named =
                    is_named
                    || (record.type->find_field(key) && ids.contains(SeenFields{record}.text(key)));
            }
            if (is_named) {
                ids.insert(record.id);
            }
            return is_named;
        };
        ADIC_TRY(
            [[maybe_unused]] const auto shown,
            list_records(store, reader, {.type = std::string(type), .wanted = is_behind}, viewing)
        );
    }
    return std::monostate{};
}

template <typename T, typename Make>
Result<std::vector<T>> read_all(
    const registry::RecordStore& store,
    const model::Reader& reader,
    std::string_view type,
    const Viewing& viewing,
    const Make& make
) {
    ADIC_TRY(const auto records, list_records(store, reader, {.type = std::string(type)}, viewing));
    std::vector<T> all;
    for (const SeenRecord& record : *records) {
        all.push_back(make(record));
    }
    return all;
}

}  // namespace

Result<PoolAnswer> pool_of(
    const std::vector<PlannedDemand>& demands,
    const std::vector<CatalogueItem>& catalogue,
    const std::vector<procure::Project>& projects,
    const std::string& own_state,
    const PoolRequest& request
) {
    PoolAnswer answer;
    const Interchange interchange(catalogue);
    if (request.item.empty()) {
        answer.groups = groups_of(demands, interchange, request.within);
        return answer;
    }
    const PlannedDemand wanted = wanted_by(demands, request.item, answer);
    const procure::Overlaps found = interchange.find_overlaps(wanted, demands, request.within);
    answer.matches = matches_of(found.matches, demands, own_state);
    answer.near_misses = matches_of(found.near_misses, demands, own_state);
    std::vector<PlannedDemand> together;
    const bool is_timeless = !wanted.first && !wanted.last;
    if (answer.wanted && (is_timeless || is_within(wanted, request.within))) {
        together.push_back(wanted);
    }
    for (const PoolMatch& match : answer.matches) {
        together.push_back(match.demand);
    }
    answer.periods = procure::buying_periods(together, request.within);
    if (request.prices) {
        answer.breaks = procure::breaks_reached(together, *request.prices);
    }
    answer.others = states_of(together);
    std::erase(answer.others, own_state);
    const auto bought = projects_for(wanted, together, projects, interchange);
    for (const procure::Project& project : bought) {
        answer.projects.push_back(project.id);
    }
    answer.funnel = procure::funnel_of(together, bought, request.today);
    if (request.offer) {
        ADIC_TRY([[maybe_unused]] const auto added, add_saving(*request.offer, together, answer));
    }
    answer.together = group_of(std::move(together), request.within);
    return answer;
}

Result<PoolAnswer> pool_demands(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const PoolRequest& request,
    const Viewing& viewing
) {
    // Which records are shown is known only when all have been looked at; the log has those alone.
    Viewing looking = viewing;
    looking.log = nullptr;
    ADIC_TRY(auto demands, read_all<PlannedDemand>(store, reader, "demand", looking, demand_of));
    // What does not say what it is about is of no use here.
    std::erase_if(demands, [](const PlannedDemand& demand) { return demand.item.empty(); });
    ADIC_TRY(
        const auto catalogue,
        read_all<CatalogueItem>(store, reader, "product", looking, item_of)
    );
    ADIC_TRY(const auto projects, list_projects(store, reader, looking));
    const std::string own = reader.is_official ? reader.state : std::string{};
    ADIC_TRY(PoolAnswer answer, pool_of(demands, catalogue, projects, own, request));
    ADIC_TRY(
        [[maybe_unused]] const auto done,
        write_down(store, reader, records_behind(answer, Interchange(catalogue)), viewing)
    );
    return answer;
}

}  // namespace adic::app
