#include "ocds/room_reader.hpp"

#include "adic/model/ocds.hpp"
#include "adic/model/project_words.hpp"

#include "ocds/json_part.hpp"
#include "ocds/merge_releases.hpp"
#include "ocds/record_filler.hpp"
#include "rules.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

using model::OcdsLayout;
using model::Record;
using nlohmann::json;

const OcdsLayout& layout_in(std::string_view list) {
    return *std::ranges::find(model::ocds_room_layouts(), list, &OcdsLayout::list);
}

std::string text_at(const json& object, const char* member) {
    const auto found = object.is_object() ? object.find(member) : object.end();
    const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
    return text == nullptr ? std::string{} : *text;
}

/// What an object is made of beside its fields, and what the writer makes of others.
constexpr std::initializer_list<const char*> made_members{
    "id",
    "adic_owner",
    "buyer",
    "documentType",
    "status",
    "items",
    "implementation",
    "ocid",
    "tag",
    "date",
    "initiationType",
    "parties"};

class RoomReader {
  public:
    RoomReader(
        json release,
        const std::string& place,
        const std::string& source,
        const RecordDefaults& defaults,
        OcdsComplaints& complaints
    )
        : release_{std::move(release), place}
        , source_(source)
        , defaults_(defaults)
        , complaints_(complaints) {}

    std::vector<Record> read() && {
        const std::string ocid = text_at(release_.object, "ocid");
        if (ocid.empty()) {
            complain(release_.place + "/ocid", "a release has an ocid");
            return {};
        }
        lead_ = owner_of(release_.object, defaults_.owner);
        project_ = ocid.starts_with(lead_ + '.') ? ocid : lead_ + '.' + ocid;
        note_states();
        std::vector<Part> items = take_list(release_, "tender/items");
        std::vector<Part> parts;
        std::string item;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0) {
                complaints_.note_left_out(items[i].place, "a project is about one item");
                continue;
            }
            item = text_at(items[i].object, "description");
            parts = take_list(items[i], "adic_buyerQuantities");
        }
        std::vector<Part> lines = take_lines();
        std::vector<std::pair<std::string_view, std::vector<Part>>> papers;
        for (const char* list : {"planning/documents", "awards", "contracts"}) {
            papers.emplace_back(list, take_list(release_, list));
        }
        read_project(item);
        for (Part& part : parts) {
            read_part(part);
        }
        for (auto& [list, of_list] : papers) {
            for (Part& paper : of_list) {
                read_paper(list, paper);
            }
        }
        for (Part& line : lines) {
            read_line(line);
        }
        return std::move(records_);
    }

  private:
    void complain(std::string place, std::string message) {
        complaints_.add(rules::ocds_missing, std::move(place), {}, std::move(message));
    }

    /// States by the identifiers of the parties.
    void note_states() {
        const auto parties = release_.object.find("parties");
        if (parties == release_.object.end() || !parties->is_array()) {
            return;
        }
        for (const json& party : *parties) {
            if (const std::string state = text_at(party, "adic_state"); !state.empty()) {
                states_.emplace(identifier_of(party), state);
            }
        }
    }

    std::vector<Part> take_list(Part& of, std::string_view path) {
        std::vector<Part> parts;
        auto list = take(of.object, path);
        if (!list) {
            return parts;
        }
        const std::string place = of.place + "/" + std::string(path);
        if (!list->is_array()) {
            complaints_.add(rules::ocds_type, place, shown_value(*list), "must be a list, [ ... ]");
            return parts;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string at = place + "/" + std::to_string(i);
            if ((*list)[i].is_object()) {
                parts.push_back({std::move((*list)[i]), at});
            } else {
                complaints_.add(
                    rules::ocds_type,
                    at,
                    shown_value((*list)[i]),
                    "must be an object, { ... }"
                );
            }
        }
        return parts;
    }

    /// Requirements of all groups of all criteria.
    std::vector<Part> take_lines() {
        std::vector<Part> lines;
        for (Part& criterion : take_list(release_, "tender/criteria")) {
            for (Part& group : take_list(criterion, "requirementGroups")) {
                for (Part& line : take_list(group, "requirements")) {
                    lines.push_back(std::move(line));
                }
            }
        }
        return lines;
    }

    static std::string owner_of(const json& object, const std::string& otherwise) {
        const std::string owner = text_at(object, "adic_owner");
        return owner.empty() ? otherwise : owner;
    }

    /// An identifier of ours stays; another is only one within its list.
    std::string id_of(const Part& part, std::string_view list, const std::string& owner) const {
        const std::string id = identifier_of(part.object);
        if (id.starts_with(owner + '.')) {
            return id;
        }
        const bool is_of_owner = project_.starts_with(owner + '.');
        const std::string_view last = list.substr(list.rfind('/') + 1);
        return (is_of_owner ? project_ : owner + '.' + project_) + '/' + std::string(last) + '/'
               + (id.empty() ? owner : id);
    }

    /// Whether it may be read: it is the owner's own, and whole.
    bool is_own(const Part& part, const std::string& owner) {
        if (owner != defaults_.owner) {
            complaints_.note_left_out(
                part.place,
                "is for " + owner.substr(0, 80) + " to say: it is left out"
            );
            return false;
        }
        if (part.object.contains("adic_generalised") || part.object.contains("adic_withheld")) {
            complaints_.note_left_out(part.place, "is shown only in part: it is left out");
            return false;
        }
        return true;
    }

    RecordFiller filler_of(const OcdsLayout& layout, Part& part, std::string id) {
        RecordFiller filler(layout, part, defaults_, complaints_);
        filler.record().id = std::move(id);
        return filler;
    }

    void finish(RecordFiller& filler, const Part& part) {
        for (const auto& [member, value] : part.object.items()) {
            if (std::ranges::find(made_members, member) == made_members.end()) {
                complaints_.note_left_out(
                    part.place + "/" + escaped_member(member),
                    "no field of a project takes it: it is left out"
                );
            }
        }
        Record& record = filler.record();
        record.source = record.source.empty() ? source_ : record.source;
        filler.check();
        records_.push_back(std::move(record));
    }

    /// Records have money in USD, and would have it so without a word if it were in another.
    void check_currency(Part& part, std::string_view member) {
        const auto currency = take(part.object, member);
        if (currency && *currency != "USD") {
            complaints_.add(
                rules::ocds_code,
                part.place + "/" + std::string(member),
                shown_value(*currency),
                "the money of a project is in USD"
            );
        }
    }

    void read_project(const std::string& item) {
        check_currency(release_, "adic_terms/nonRecurring/currency");
        for (const char* made : {"tender/id", "tender/procuringEntity"}) {
            static_cast<void>(take(release_.object, made));
        }
        if (!is_own(release_, lead_)) {
            return;
        }
        RecordFiller filler = filler_of(layout_in(""), release_, project_);
        if (!item.empty()) {
            filler.set("item", item);
        }
        finish(filler, release_);
    }

    /// A buyer with a quantity joins, unless it says another thing.
    void read_part(Part& part) {
        constexpr std::string_view list = "tender/items/0/adic_buyerQuantities";
        const auto buyer = part.object.find("buyer");
        std::string state = buyer == part.object.end() ? std::string{} : identifier_of(*buyer);
        if (const auto known = states_.find(state); known != states_.end()) {
            state = known->second;
        }
        const std::string owner = owner_of(part.object, state);
        if (owner.empty()) {
            complain(part.place + "/buyer/id", "must name the buyer: a state or a party");
            return;
        }
        if (!is_own(part, owner)) {
            return;
        }
        if (!part.object.contains("wish")) {
            part.object["wish"] = model::participation_wishes[1];
        }
        RecordFiller filler = filler_of(layout_in(list), part, id_of(part, list, owner));
        filler.set("project", project_);
        finish(filler, part);
    }

    /// How many, and the day on which they were there.
    void take_purchase(RecordFiller& filler, std::string_view list, Part& paper) {
        const auto items = paper.object.find("items");
        if (items != paper.object.end() && items->is_array() && !items->empty()) {
            filler.fill_from((*items)[0], {"quantity", "quantity"}, "items/0/");
        }
        const auto done = paper.object.find("implementation");
        if (list != "contracts" || done == paper.object.end() || !done->is_object()) {
            return;
        }
        const auto milestones = done->find("milestones");
        for (std::size_t m = 0; milestones != done->end() && m < milestones->size(); ++m) {
            json& milestone = (*milestones)[m];
            if (text_at(milestone, "type") == "delivery") {
                filler.fill_from(
                    milestone,
                    {"delivered", "dateMet"},
                    "implementation/milestones/" + std::to_string(m) + "/"
                );
                return;
            }
        }
    }

    static std::string_view kind_of(std::string_view list, const Part& paper) {
        if (list == "awards") {
            return model::agreement_kinds[2];
        }
        if (list == "contracts") {
            return model::agreement_kinds[3];
        }
        const std::string type = text_at(paper.object, "documentType");
        if (type == "letterOfIntent") {
            return model::agreement_kinds[0];
        }
        return type == "technicalArrangement" ? model::agreement_kinds[1] : std::string_view{};
    }

    void read_paper(std::string_view list, Part& paper) {
        const std::string_view kind = kind_of(list, paper);
        if (kind.empty()) {
            complaints_.note_left_out(
                paper.place,
                "is neither a letter of intent nor a technical arrangement: it is left out"
            );
            return;
        }
        std::vector<Part> signatures = take_list(paper, "adic_signatures");
        const std::string owner = owner_of(paper.object, lead_);
        const std::string id = id_of(paper, list, owner);
        check_currency(paper, "value/currency");
        check_currency(paper, "adic_value/currency");
        if (is_own(paper, owner)) {
            RecordFiller filler = filler_of(layout_in(list), paper, id);
            filler.set("project", project_);
            filler.set("kind", std::string(kind));
            if (list != "planning/documents") {
                take_purchase(filler, list, paper);
            }
            finish(filler, paper);
        }
        read_inner("adic_signatures", "agreement", id, signatures);
    }

    void read_line(Part& line) {
        constexpr std::string_view list = "tender/criteria/0/requirementGroups/0/requirements";
        std::vector<Part> positions = take_list(line, "adic_positions");
        const std::string owner = owner_of(line.object, lead_);
        const std::string id = id_of(line, list, owner);
        if (is_own(line, owner)) {
            RecordFiller filler = filler_of(layout_in(list), line, id);
            filler.set("project", project_);
            finish(filler, line);
        }
        read_inner("adic_positions", "requirement", id, positions);
    }

    /// What states say to a paper or a line. Each must say whose it is.
    void read_inner(
        std::string_view list,
        std::string_view field,
        const std::string& of,
        std::vector<Part>& parts
    ) {
        for (Part& part : parts) {
            const std::string owner = owner_of(part.object, "");
            if (owner.empty()) {
                complain(part.place + "/adic_owner", "must name the state that says it");
            } else if (is_own(part, owner)) {
                RecordFiller filler = filler_of(layout_in(list), part, id_of(part, list, owner));
                filler.set(field, of);
                finish(filler, part);
            }
        }
    }

    Part release_;
    const std::string& source_;
    const RecordDefaults& defaults_;
    OcdsComplaints& complaints_;
    std::string lead_;
    std::string project_;
    std::map<std::string, std::string> states_;
    std::vector<Record> records_;
};

}  // namespace

std::vector<Record> records_of_room(
    json release,
    const std::string& place,
    const std::string& source,
    const RecordDefaults& defaults,
    OcdsComplaints& complaints
) {
    return RoomReader(std::move(release), place, source, defaults, complaints).read();
}

}  // namespace adic::ingest
