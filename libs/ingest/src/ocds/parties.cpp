#include "ocds/parties.hpp"

#include "ocds/merge_releases.hpp"
#include "rules.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

using nlohmann::json;

/// Where a supplier is named first.
struct Reference {
    Part* award;
    const json* supplier;
};

std::map<std::string, Reference> references_in(std::vector<Part>& awards) {
    std::map<std::string, Reference> references;
    for (Part& award : awards) {
        const auto suppliers = award.object.find("suppliers");
        if (suppliers == award.object.end() || !suppliers->is_array()) {
            continue;
        }
        for (const json& supplier : *suppliers) {
            if (supplier.is_object()) {
                references.emplace(identifier_of(supplier), Reference{&award, &supplier});
            }
        }
    }
    return references;
}

bool is_buyer(const json& party) {
    const auto roles = party.find("roles");
    if (roles == party.end() || !roles->is_array()) {
        return false;
    }
    for (const json& role : *roles) {
        if (role == "buyer") {
            return true;
        }
    }
    return false;
}

/// What the release would say of a party if it were only referred to.
json as_referred(const json& reference, std::string_view role) {
    json made = {{"roles", json::array({role})}};
    for (const char* member : {"id", "name"}) {
        if (reference.contains(member)) {
            made[member] = reference[member];
        }
    }
    return made;
}

json without_own_state(json party, const std::string& owner) {
    if (party.is_object() && party.value("adic_state", json()) == json(owner)) {
        party.erase("adic_state");
    }
    return party;
}

void complain_list(std::string place, const json& value, OcdsComplaints& complaints) {
    complaints
        .add(rules::ocds_type, std::move(place), shown_value(value), "must be a list, [ ... ]");
}

/// Both empty: it names nobody.
Supplier supplier_of(const json& reference) {
    if (!reference.is_object()) {
        return {};
    }
    Supplier supplier{identifier_of(reference), {}};
    const auto name = reference.find("name");
    if (name != reference.end() && name->is_string()) {
        supplier.name = name->get<std::string>();
    }
    supplier.name = supplier.name.empty() ? supplier.id : supplier.name;
    supplier.id = supplier.id.empty() ? supplier.name : supplier.id;
    return supplier;
}

}  // namespace

std::vector<Supplier> take_suppliers(Part& award, OcdsComplaints& complaints) {
    std::vector<Supplier> suppliers;
    auto list = take(award.object, "suppliers");
    if (!list) {
        return suppliers;
    }
    const std::string place = award.place + "/suppliers";
    if (!list->is_array()) {
        complain_list(place, *list, complaints);
        return suppliers;
    }
    bool says_more = false;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json& one = (*list)[i];
        Supplier supplier = supplier_of(one);
        if (supplier.id.empty()) {
            complaints.add(
                rules::ocds_missing,
                place + "/" + std::to_string(i),
                shown_value(one),
                "must be an object with a name or an id"
            );
            continue;
        }
        says_more = says_more || says_more_than(one, {"id", "name"});
        suppliers.push_back(std::move(supplier));
    }
    if (says_more) {
        award.object["suppliers"] = *std::move(list);
    }
    return suppliers;
}

void share_out_parties(
    Part& release,
    std::vector<Part>& awards,
    const std::string& owner,
    OcdsComplaints& complaints
) {
    const auto parties = take(release.object, "parties");
    if (!parties) {
        return;
    }
    if (!parties->is_array()) {
        complain_list(release.place + "/parties", *parties, complaints);
        return;
    }
    const auto references = references_in(awards);
    const auto buyer = release.object.find("buyer");
    const json as_buyer =
        buyer != release.object.end() && buyer->is_object() ? as_referred(*buyer, "buyer") : json();
    for (const json& party : *parties) {
        const bool is_object = party.is_object();
        const auto found = references.find(is_object ? identifier_of(party) : std::string{});
        const bool is_supplier = found != references.end() && is_object && !is_buyer(party);
        Part& with = is_supplier ? *found->second.award : release;
        const json made = is_supplier ? as_referred(*found->second.supplier, "supplier") : as_buyer;
        if (without_own_state(party, owner) != made) {
            with.object["parties"].push_back(party);
        }
    }
}

}  // namespace adic::ingest
