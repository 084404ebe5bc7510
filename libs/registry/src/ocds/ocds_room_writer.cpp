#include "adic/registry/ocds_room_writer.hpp"

#include "adic/model/ocds.hpp"
#include "adic/model/project_words.hpp"

#include "ocds/ocds_parts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using Json = nlohmann::json;
using model::OcdsLayout;
using Records = std::vector<const SeenRecord*>;

const OcdsLayout& layout_in(std::string_view list) {
    return *std::ranges::find(model::ocds_room_layouts(), list, &OcdsLayout::list);
}

constexpr std::string_view documents = "planning/documents";
constexpr std::string_view awards = "awards";
constexpr std::string_view contracts = "contracts";

/// Which of the lists takes papers of the kind; empty for no kind.
std::string_view list_of(const std::string& kind) {
    if (kind == model::agreement_kinds[0] || kind == model::agreement_kinds[1]) {
        return documents;
    }
    if (kind == model::agreement_kinds[2]) {
        return awards;
    }
    return kind == model::agreement_kinds[3] ? contracts : std::string_view{};
}

/// The records of one project, by what each stands in.
class Room {
  public:
    Room(std::span<const Released<std::vector<SeenRecord>>> records, const std::string& project) {
        for (const auto& seen : records) {
            for (const SeenRecord& record : *seen) {
                by_type_[record.type->key].push_back(&record);
            }
        }
        for (auto& [type, of_type] : by_type_) {
            std::ranges::sort(of_type, {}, &SeenRecord::id);
        }
        for (const SeenRecord* record : by_type_["project"]) {
            const Shown shown{*record};
            if (record->id == project && !shown.text("name").empty()
                && !shown.text("item").empty()) {
                project_ = record;
            }
        }
    }

    /// Null: it is not there.
    const SeenRecord* project() const { return project_; }

    Records parts() { return firsts("participation", "project", project_->id); }

    Records papers(std::string_view list) {
        Records papers = of("agreement", "project", project_->id);
        std::erase_if(papers, [&](const SeenRecord* paper) {
            return list_of(Shown{*paper}.text("kind")) != list;
        });
        return papers;
    }

    Records signatures(const SeenRecord& paper) {
        return firsts("signature", "agreement", paper.id);
    }

    Records lines() {
        Records lines = of("requirement", "project", project_->id);
        std::erase_if(lines, [&](const SeenRecord* line) {
            return line->owner != project_->owner;
        });
        return lines;
    }

    Records positions(const SeenRecord& line) { return firsts("position", "requirement", line.id); }

  private:
    Records of(std::string_view type, std::string_view field, const std::string& id) {
        Records found;
        for (const SeenRecord* record : by_type_[type]) {
            if (Shown{*record}.text(field) == id) {
                found.push_back(record);
            }
        }
        return found;
    }

    /// The first of each state alone.
    Records firsts(std::string_view type, std::string_view field, const std::string& id) {
        Records found = of(type, field, id);
        std::set<std::string> owners;
        std::erase_if(found, [&](const SeenRecord* record) {
            return !owners.insert(record->owner).second;
        });
        return found;
    }

    std::map<std::string_view, Records> by_type_;
    const SeenRecord* project_ = nullptr;
};

/// The members of one record, and whose it is.
Json object_of(const OcdsLayout& layout, const SeenRecord& record) {
    const Shown shown{record};
    Json object = Json::object();
    for (const model::OcdsPlace& place : layout.places) {
        if (shown.is_full(place.field)) {
            *place_in(object, place.path) = json_of(shown.field(place.field).value);
        } else {
            note_part(shown, place, object);
        }
    }
    add_required(layout, object);
    add_provenance(shown, object);
    object["id"] = record.id;
    object["adic_owner"] = record.owner;
    return object;
}

/// Records have money in USD.
void add_currency(Json& object, const char* member) {
    if (object.contains(member)) {
        object[member]["currency"] = "USD";
    }
}

Json reference_to(const std::string& state) {
    return {{"id", state}, {"name", state}};
}

class RoomWriter {
  public:
    explicit RoomWriter(Room& room)
        : room_(room)
        , project_(*room.project())
        , item_(Shown{project_}.text("item")) {
        const model::Words members = Shown{project_}.words("members");
        members_ = {members.begin(), members.end()};
    }

    Json write(const OcdsPackage& package) && {
        Json release = object_of(layout_in(""), project_);
        if (release.contains("adic_terms") && release["adic_terms"].contains("nonRecurring")) {
            add_currency(release["adic_terms"], "nonRecurring");
        }
        release["ocid"] = project_.id;
        release["initiationType"] = "tender";
        release["tender"]["id"] = project_.id;
        release["tender"]["procuringEntity"] = reference_to(project_.owner);
        roles_[project_.owner].insert("procuringEntity");
        release["tender"]["items"] = Json::array({item()});
        add_specification(release["tender"]);
        add_papers(release, documents);
        add_papers(release, awards);
        add_papers(release, contracts);
        add_parties(release);
        release["tag"] = Json::array({tag_of(release)});
        release["date"] = time_text(package.at);
        add_name(release);
        return release;
    }

  private:
    /// With what each state takes, and the sum of the members' if all of it is shown.
    Json item() {
        Json item = {{"id", "1"}, {"description", item_}};
        const OcdsLayout& layout = layout_in("tender/items/0/adic_buyerQuantities");
        Json list = Json::array();
        double sum = 0.0;
        std::size_t counted = 0;
        for (const SeenRecord* part : room_.parts()) {
            const Shown shown{*part};
            Json one = object_of(layout, *part);
            one["buyer"] = reference_to(part->owner);
            list.push_back(std::move(one));
            const bool is_member = shown.text("wish") == "joins" && members_.contains(part->owner);
            roles_[part->owner].insert(is_member ? "buyer" : "interestedParty");
            const auto* quantity = std::get_if<double>(&shown.field("quantity").value);
            if (is_member && quantity != nullptr) {
                sum += *quantity;
                ++counted;
            }
        }
        if (counted > 0 && counted == members_.size()) {
            item["quantity"] = json_of(sum);
        }
        if (!list.empty()) {
            item["adic_buyerQuantities"] = std::move(list);
        }
        return item;
    }

    void add_specification(Json& tender) {
        const OcdsLayout& of_line = layout_in("tender/criteria/0/requirementGroups/0/requirements");
        Json requirements = Json::array();
        for (const SeenRecord* line : room_.lines()) {
            Json one = object_of(of_line, *line);
            for (const SeenRecord* position : room_.positions(*line)) {
                one["adic_positions"].push_back(object_of(layout_in("adic_positions"), *position));
            }
            requirements.push_back(std::move(one));
        }
        if (!requirements.empty()) {
            Json group = {{"id", "1"}, {"requirements", std::move(requirements)}};
            tender["criteria"] = Json::array(
                {{{"id", "1"},
                  {"title", "common specification"},
                  {"requirementGroups", Json::array({std::move(group)})}}}
            );
        }
    }

    void add_papers(Json& release, std::string_view list) {
        Json papers = Json::array();
        for (const SeenRecord* paper : room_.papers(list)) {
            Json one = object_of(layout_in(list), *paper);
            const Records signatures = room_.signatures(*paper);
            for (const SeenRecord* signature : signatures) {
                one["adic_signatures"].push_back(object_of(layout_in("adic_signatures"), *signature)
                );
            }
            if (list == documents) {
                const bool is_letter = Shown{*paper}.text("kind") == model::agreement_kinds[0];
                one["documentType"] = is_letter ? "letterOfIntent" : "technicalArrangement";
                add_currency(one, "adic_value");
            } else {
                add_purchase(list, *paper, signatures, one);
                add_currency(one, "value");
            }
            papers.push_back(std::move(one));
        }
        if (!papers.empty()) {
            *place_in(release, list) = std::move(papers);
        }
    }

    /// Of a frame agreement or a call-off: how many, whether it is signed, whether it is there.
    void add_purchase(
        std::string_view list,
        const SeenRecord& paper,
        const Records& signatures,
        Json& one
    ) const {
        const Shown shown{paper};
        const model::Words parties = shown.words("parties");
        if (shown.is_full("quantity")) {
            Json item = {
                {"id", "1"},
                {"description", item_},
                {"quantity", json_of(shown.field("quantity").value)}};
            if (parties.size() == 1) {
                item["adic_buyerQuantities"] = Json::array(
                    {{{"buyer", reference_to(parties.front())}, {"quantity", item["quantity"]}}}
                );
            }
            one["items"] = Json::array({std::move(item)});
        } else {
            note_part(shown, {"quantity", "items/0/quantity"}, one);
        }
        const bool is_signed =
            !parties.empty() && std::ranges::all_of(parties, [&](const std::string& party) {
                return std::ranges::find(signatures, party, &SeenRecord::owner) != signatures.end();
            });
        one["status"] = is_signed ? "active" : "pending";
        constexpr model::OcdsPlace milestone{"delivered", "implementation/milestones/0/dateMet"};
        if (list == contracts && shown.is_full("delivered")) {
            Json met = {
                {"id", "delivery"},
                {"type", "delivery"},
                {"status", "met"},
                {"dateMet", json_of(shown.field("delivered").value)}};
            one["implementation"]["milestones"] = Json::array({std::move(met)});
            one["status"] = is_signed ? "terminated" : "pending";
        } else if (list == contracts) {
            note_part(shown, milestone, one);
        }
    }

    void add_parties(Json& release) const {
        for (const auto& [state, roles] : roles_) {
            Json party = reference_to(state);
            party["roles"] = roles;
            party["adic_state"] = state;
            release["parties"].push_back(std::move(party));
        }
    }

    std::string_view tag_of(const Json& release) const {
        const auto stage = std::ranges::find(model::project_stages, Shown{project_}.text("stage"));
        switch (stage - model::project_stages.begin()) {
        case 3: return "award";
        case 4: return "contract";
        case 5:
        case 6: return "implementation";
        case 7:
            return release.contains(contracts) ? "contract"
                   : release.contains(awards)  ? "award"
                                               : "planning";
        default: return "planning";
        }
    }

    Room& room_;
    const SeenRecord& project_;
    std::string item_;
    std::set<std::string> members_;
    std::map<std::string, std::set<std::string>> roles_;  ///< by state
};

}  // namespace

std::optional<std::string> write_ocds_room(
    std::span<const Released<std::vector<SeenRecord>>> records,
    const std::string& project,
    const OcdsPackage& package
) {
    Room room{records, project};
    if (room.project() == nullptr) {
        return std::nullopt;
    }
    const std::set<std::string> owners{room.project()->owner};
    return package_text(Json::array({RoomWriter{room}.write(package)}), owners, package);
}

}  // namespace adic::registry
