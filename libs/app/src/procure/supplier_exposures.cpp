#include "adic/app/supplier_exposures.hpp"

#include "adic/supply/lookthrough.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace adic::app {
namespace {

using model::ItemIndex;
using model::OrganisationIndex;
using model::StateIndex;

class ExposureReader {
  public:
    ExposureReader(const OpenedMap& opened, const supply::Viewpoint& viewpoint)
        : opened_(opened)
        , viewpoint_(viewpoint)
        , network_(opened.index(), {})
        , origins_(supply::look_through(network_, opened.index(), viewpoint)) {
        for (const model::Supply& supply : opened.map().supplies) {
            if (supply.organisation && supply.origin) {
                places_[{*supply.organisation, supply.item}].insert(*supply.origin);
            }
        }
    }

    std::optional<OrganisationIndex> organisation(const std::string& text) const {
        const auto& all = opened_.map().organisations;
        if (const auto found = all.find(text)) {
            return found;
        }
        for (std::size_t o = 0; o < all.size(); ++o) {
            const OrganisationIndex index{static_cast<std::uint32_t>(o)};
            if (all[index].name == text) {
                return index;
            }
        }
        return std::nullopt;
    }

    SupplierExposure exposure(OrganisationIndex maker, ItemIndex item) const {
        SupplierExposure found;
        found.item = opened_.map().items[item].id;
        if (network_.settlement(item) == supply::Settlement::circular) {
            found.part = found.unknown = 1.0;
            return found;
        }
        const double own = network_.own_part(item);
        const std::set<StateIndex> places = places_of(maker, item);
        found.unknown += places.empty() ? own : 0.0;
        const bool is_inside =
            !places.empty() && std::ranges::all_of(places, [&](StateIndex state) {
                return viewpoint_.is_inside(state);
            });
        found.part += is_inside ? 0.0 : own;
        for (const supply::ValueNetwork::Part& part : network_.parts_of(item.value())) {
            for (std::uint32_t i = part.first_input; i < part.last_input; ++i) {
                const supply::ValueNetwork::Input& input = network_.input(i);
                const ItemIndex taken{input.item};
                found.part += input.weight * (1.0 - origins_.from_inside(taken).likely());
                found.unknown += input.weight * origins_.unknown(taken).likely();
            }
        }
        found.part = std::clamp(found.part, 0.0, 1.0);
        found.unknown = std::clamp(found.unknown, 0.0, found.part);
        return found;
    }

  private:
    /// Where it makes the item.
    std::set<StateIndex> places_of(OrganisationIndex maker, ItemIndex item) const {
        if (const auto found = places_.find({maker, item}); found != places_.end()) {
            return found->second;
        }
        std::set<StateIndex> anywhere;
        for (auto one = places_.lower_bound({maker, ItemIndex{0}});
             one != places_.end() && one->first.first == maker;
             ++one) {
            anywhere.insert(one->second.begin(), one->second.end());
        }
        const auto& registered = opened_.map().organisations[maker].state;
        if (anywhere.empty() && registered) {
            anywhere.insert(*registered);
        }
        return anywhere;
    }

    const OpenedMap& opened_;
    const supply::Viewpoint& viewpoint_;
    supply::ValueNetwork network_;
    supply::Lookthrough origins_;
    /// Where the map has an organisation supply an item from.
    std::map<std::pair<OrganisationIndex, ItemIndex>, std::set<StateIndex>> places_ = {};
};

/// The positions of items that a supplier offers, each once.
std::set<std::size_t> items_of(const procure::AwardProblem& problem, std::size_t supplier) {
    std::set<std::size_t> items;
    for (const procure::AwardOffer& offer : problem.offers) {
        if (offer.supplier == supplier) {
            items.insert(offer.item);
        }
    }
    for (const procure::AwardPackage& package : problem.packages) {
        for (const procure::AwardPackageRow& row : package.rows) {
            if (package.supplier == supplier) {
                items.insert(row.item);
            }
        }
    }
    return items;
}

}  // namespace

std::vector<SupplierExposure> take_exposures(
    const OpenedMap& opened,
    const supply::Viewpoint& viewpoint,
    procure::AwardProblem& problem
) {
    const ExposureReader reader(opened, viewpoint);
    std::vector<SupplierExposure> taken;
    for (std::size_t s = 0; s < problem.suppliers.size(); ++s) {
        procure::AwardSupplier& supplier = problem.suppliers[s];
        const auto maker = supplier.exposure ? std::nullopt : reader.organisation(supplier.id);
        std::optional<SupplierExposure> most;
        for (const std::size_t i : maker ? items_of(problem, s) : std::set<std::size_t>{}) {
            if (const auto item = opened.map().items.find(problem.items[i].id)) {
                SupplierExposure one = reader.exposure(*maker, *item);
                one.supplier = s;
                most = !most || one.part > most->part ? std::move(one) : *std::move(most);
            }
        }
        if (most) {
            constexpr auto whole = static_cast<double>(procure::whole_in_millionths);
            supplier.exposure = std::llround(most->part * whole);
            taken.push_back(*std::move(most));
        }
    }
    return taken;
}

}  // namespace adic::app
