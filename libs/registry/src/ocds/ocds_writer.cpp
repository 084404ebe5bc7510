#include "adic/registry/ocds_writer.hpp"

#include "adic/base/json_text.hpp"
#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"
#include "adic/model/ocds.hpp"
#include "adic/model/provenance.hpp"

#include "ocds/ocds_parts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using Json = nlohmann::json;
using model::Disclosure;
using model::OcdsLayout;

/// Where a field that is made of several members stands, for what is said of it in part.
constexpr std::array<model::OcdsPlace, 4> made_places{
    model::OcdsPlace{"stage", "tag"},
    model::OcdsPlace{"codes", "classification"},
    model::OcdsPlace{"suppliers", "suppliers"},
    model::OcdsPlace{"supplier_ids", "suppliers"},
};

Json code_json(const std::string& code) {
    const std::size_t colon = code.find(':');
    if (colon == std::string::npos) {
        return {{"id", code}};
    }
    return {{"scheme", code.substr(0, colon)}, {"id", code.substr(colon + 1)}};
}

/// "HS:852560", the first as the classification.
void add_codes(const Shown& shown, Json& object) {
    const model::Words codes = shown.words("codes");
    for (std::size_t c = 0; c < codes.size(); ++c) {
        if (c == 0) {
            object["classification"] = code_json(codes[c]);
        } else {
            object["additionalClassifications"].push_back(code_json(codes[c]));
        }
    }
}

/// Names and identifiers belong together if both are shown.
void add_suppliers(const Shown& shown, Json& object) {
    const model::Words names = shown.words("suppliers");
    const model::Words ids = shown.words("supplier_ids");
    for (std::size_t s = 0; s < std::max(names.size(), ids.size()); ++s) {
        Json supplier = Json::object();
        if (s < ids.size()) {
            supplier["id"] = ids[s];
        }
        if (s < names.size()) {
            supplier["name"] = names[s];
            supplier["id"] = s < ids.size() ? ids[s] : names[s];
        }
        object["suppliers"].push_back(std::move(supplier));
    }
}

Json own_members(const OcdsLayout& layout, const Shown& shown) {
    Json object = Json::object();
    for (const model::OcdsPlace& place : layout.places) {
        if (shown.is_full(place.field)) {
            *place_in(object, place.path) = json_of(shown.field(place.field).value);
        } else {
            note_part(shown, place, object);
        }
    }
    for (const model::OcdsPlace& place : made_places) {
        note_part(shown, place, object);
    }
    add_codes(shown, object);
    add_suppliers(shown, object);
    add_provenance(shown, object);
    return object;
}

// --- what is kept under `more`
// --------------------------------------------------------------------

/// The object that was kept; an empty one if it is not shown, or is none any more.
Json kept_of(const Shown& shown) {
    std::string text;
    for (const std::string& part : shown.words("more")) {
        text += part;
    }
    constexpr int deepest = 40;
    if (is_nested_deeper(text, deepest)) {
        return Json::object();
    }
    Json kept = Json::parse(text, nullptr, false);
    return kept.is_object() ? kept : Json::object();
}

void erase_at(Json& object, std::string_view path) {
    Json* at = &object;
    const auto members = split(path, '/');
    for (std::size_t m = 0; m + 1 < members.size(); ++m) {
        const auto found = at->find(std::string(members[m]));
        if (found == at->end() || !found->is_object()) {
            return;
        }
        at = &*found;
    }
    at->erase(std::string(members.back()));
}

/// Whether the names and identifiers of those in `parties` are shown.
bool are_parties_shown(const OcdsLayout& layout, const Shown& shown) {
    return layout.list.empty() ? shown.is_full("buyer") && shown.is_full("buyer_id")
                               : shown.is_full("suppliers") && shown.is_full("supplier_ids");
}

/// What a reader is not shown of a field must not come in by what was kept beside it.
void hide_in(Json& kept, const OcdsLayout& layout, const Shown& shown) {
    for (const model::OcdsPlace& place : layout.places) {
        if (!shown.is_full(place.field)) {
            erase_at(kept, place.path);
        }
    }
    if (!shown.is_full("codes")) {
        kept.erase("classification");
        kept.erase("additionalClassifications");
    }
    if (!shown.is_full("suppliers") || !shown.is_full("supplier_ids")) {
        kept.erase("suppliers");
    }
    if (!are_parties_shown(layout, shown)) {
        kept.erase("parties");
    }
}

std::string key_of(const Json& element) {
    std::string key;
    for (const char* member : {"scheme", "id"}) {
        key += element.is_object() && element.contains(member) ? element[member].dump() : "";
        key += ' ';
    }
    return key;
}

bool is_same_day(const Json& day, const Json& time) {
    constexpr std::size_t letters = 10;
    const auto* first = day.get_ptr<const std::string*>();
    const auto* second = time.get_ptr<const std::string*>();
    return first != nullptr && second != nullptr && first->size() > letters
           && second->compare(0, letters, *first, 0, letters) == 0;
}

void add_kept(Json& own, const Json& kept);

/// Elements of a list are the same if scheme and id are.
void add_kept_list(Json& own, const Json& kept) {  // NOLINT(misc-no-recursion)
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < own.size(); ++i) {
        places.emplace(key_of(own[i]), i);
    }
    for (const Json& element : kept) {
        const auto place = places.find(key_of(element));
        const bool is_known = place != places.end() && element.is_object();
        if (is_known && own[place->second].is_object()) {
            add_kept(own[place->second], element);
        } else {
            own.push_back(element);
        }
    }
}

/// What the record says goes before what was kept, which may only add; but it may know the hour of
/// a day. As deep as what was kept.
void add_kept(Json& own, const Json& kept) {  // NOLINT(misc-no-recursion)
    for (const auto& [key, value] : kept.items()) {
        if (!own.contains(key)) {
            own[key] = value;
        } else if (own[key].is_object() && value.is_object()) {
            add_kept(own[key], value);
        } else if (own[key].is_array() && value.is_array()) {
            add_kept_list(own[key], value);
        } else if (is_same_day(own[key], value)) {
            own[key] = value;
        }
    }
}

/// What other records say, and what the writer says of each release.
void leave_out_made(Json& kept) {
    for (const char* member :
         {"id", "tag", "initiationType", "awards", "contracts", "adic_owner"}) {
        kept.erase(member);
    }
    for (const char* member : {"tender", "buyer"}) {
        if (kept.contains(member) && !kept[member].is_object()) {
            kept.erase(member);
        }
    }
    if (kept.contains("tender")) {
        kept["tender"].erase("items");
    }
    if (kept.contains("parties") && !kept["parties"].is_array()) {
        kept.erase("parties");
    }
}

Json object_of(const OcdsLayout& layout, const Shown& shown) {
    Json object = own_members(layout, shown);
    Json kept = kept_of(shown);
    hide_in(kept, layout, shown);
    if (layout.list.empty()) {
        leave_out_made(kept);
    }
    add_kept(object, kept);
    add_required(layout, object);
    return object;
}

// --- a release
// ------------------------------------------------------------------------------------

/// A process with its parts, by the lists that they stand in.
struct Process {
    const SeenRecord* record = nullptr;
    std::map<std::string_view, std::vector<const SeenRecord*>> parts;
};

void add_party(Json& release, const Json& reference, std::string_view role, const Json& more) {
    Json party = {{"roles", Json::array({role})}};
    for (const char* member : {"id", "name"}) {
        if (reference.contains(member)) {
            party[member] = reference[member];
        }
    }
    party.update(more);
    Json& parties = release["parties"];
    parties = parties.is_null() ? Json::array() : std::move(parties);
    parties.push_back(std::move(party));
}

/// The roles of both, sorted.
Json roles_of(const Json& first, const Json& second) {
    std::set<Json> roles;
    for (const Json* party : {&first, &second}) {
        const Json said = party->value("roles", Json::array());
        for (const Json& role : said) {
            roles.insert(role);
        }
    }
    return Json(roles);
}

/// Parties that stand there several times become one, with all their roles.
void join_parties(Json& release) {
    if (!release.contains("parties")) {
        return;
    }
    Json joined = Json::array();
    std::map<std::string, std::size_t> places;
    for (const Json& party : release["parties"]) {
        const bool has_id = party.is_object() && party.contains("id");
        const std::string id = has_id ? party["id"].dump() : std::string{};
        if (!has_id || places.emplace(id, joined.size()).second) {
            joined.push_back(party);
            continue;
        }
        Json& with = joined[places.at(id)];
        Json roles = roles_of(with, party);
        add_kept(with, party);
        with["roles"] = std::move(roles);
    }
    release["parties"] = std::move(joined);
}

/// The buyer, and the suppliers of the awards, with what their records keep of them.
void add_parties(Json& release, const std::string& owner) {
    Json kept = std::move(release["parties"]);
    release.erase("parties");
    if (const auto buyer = release.find("buyer"); buyer != release.end()) {
        Json& reference = *buyer;
        if (!reference.contains("id") && reference.contains("name")) {
            reference["id"] = reference["name"];
        }
        add_party(release, reference, "buyer", {{"adic_state", owner}});
    }
    if (kept.is_array()) {
        for (const Json& party : kept) {
            release["parties"].push_back(party);
        }
    }
    const auto awards = release.find("awards");
    for (std::size_t a = 0; awards != release.end() && a < awards->size(); ++a) {
        Json& award = (*awards)[a];
        const Json suppliers = award.value("suppliers", Json::array());
        for (const Json& supplier : suppliers) {
            add_party(release, supplier, "supplier", Json::object());
        }
        const Json known = award.value("parties", Json::array());
        for (const Json& party : known) {
            release["parties"].push_back(party);
        }
        award.erase("parties");
    }
    join_parties(release);
}

std::string tag_of(const Shown& shown, const Json& release) {
    if (std::string stage = shown.text("stage"); !stage.empty()) {
        return stage;
    }
    for (const auto& [member, tag] :
         {std::pair{"contracts", "contract"}, {"awards", "award"}, {"tender", "tender"}}) {
        if (release.contains(member)) {
            return tag;
        }
    }
    return "planning";
}

Json release_of(const Process& process, const OcdsPackage& package) {
    const Shown shown{*process.record};
    Json release = object_of(model::ocds_layouts().front(), shown);
    for (const OcdsLayout& layout : model::ocds_layouts().subspan(1)) {
        const auto parts = process.parts.find(layout.type);
        if (parts == process.parts.end()) {
            continue;
        }
        Json list = Json::array();
        for (const SeenRecord* part : parts->second) {
            list.push_back(object_of(layout, Shown{*part}));
        }
        *place_in(release, layout.list) = std::move(list);
    }
    if (release.contains("tender") && !release["tender"].contains("id")) {
        release["tender"]["id"] = release["ocid"];
    }
    add_parties(release, process.record->owner);
    release["tag"] = Json::array({tag_of(shown, release)});
    release["initiationType"] = "tender";
    release["adic_owner"] = process.record->owner;
    if (!release.contains("date")) {
        release["date"] = time_text(package.at);
    }
    add_name(release);
    return release;
}

bool is_layout_of(const OcdsLayout& layout, const SeenRecord& record) {
    return record.type != nullptr && layout.type == record.type->key;
}

using Processes = std::map<std::string_view, Process>;

/// Puts a part into the process that it refers to, if that is of the same owner.
void add_part(const SeenRecord& record, Processes& processes) {
    const Shown shown{record};
    const auto process = processes.find(shown.text("procurement"));
    if (process == processes.end() || shown.text("number").empty()
        || process->second.record->owner != record.owner) {
        return;
    }
    for (const OcdsLayout& layout : model::ocds_layouts().subspan(1)) {
        if (is_layout_of(layout, record)) {
            process->second.parts[layout.type].push_back(&record);
        }
    }
}

/// Processes by the identifiers of their records.
Processes processes_of(std::span<const Released<std::vector<SeenRecord>>> records) {
    Processes processes;
    const OcdsLayout& first = model::ocds_layouts().front();
    for (const auto& seen : records) {
        for (const SeenRecord& record : *seen) {
            if (is_layout_of(first, record) && !Shown{record}.text("ocid").empty()) {
                processes[record.id].record = &record;
            }
        }
    }
    for (const auto& seen : records) {
        for (const SeenRecord& record : *seen) {
            add_part(record, processes);
        }
    }
    return processes;
}

}  // namespace

std::string
write_ocds(std::span<const Released<std::vector<SeenRecord>>> records, const OcdsPackage& package) {
    Json releases = Json::array();
    std::set<std::string> owners;
    for (const auto& [id, process] : processes_of(records)) {
        releases.push_back(release_of(process, package));
        owners.insert(process.record->owner);
    }
    return package_text(std::move(releases), owners, package);
}

}  // namespace adic::registry
