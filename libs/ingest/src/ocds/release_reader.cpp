#include "ocds/release_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/model/ocds.hpp"
#include "adic/model/provenance.hpp"

#include "ocds/merge_releases.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

using model::FieldKind;
using model::FieldSpec;
using model::FieldValue;
using model::OcdsLayout;
using model::Record;
using nlohmann::json;

constexpr std::string_view more_field = "more";

/// The last tag of a release says how far the process is.
constexpr std::array<std::string_view, 5> stages{
    "planning",
    "tender",
    "award",
    "contract",
    "implementation"};

/// An object that is taken apart, and where it stands in the file.
struct Part {
    json object;
    std::string place;
};

/// Takes the value at the path out of the object, and whatever is empty then. Empty: it is not
/// there, or null.
std::optional<json> take(json& object, std::string_view path) {
    std::vector<json*> opened{&object};
    const auto members = split(path, '/');
    for (const std::string_view member : members) {
        json& last = *opened.back();
        const auto found = last.is_object() ? last.find(std::string(member)) : last.end();
        if (found == last.end()) {
            return std::nullopt;
        }
        opened.push_back(&*found);
    }
    json value = std::move(*opened.back());
    opened.pop_back();
    for (std::size_t m = members.size(); m > 0; --m) {
        opened.back()->erase(std::string(members[m - 1]));
        if (!opened.back()->empty()) {
            break;
        }
        opened.pop_back();
    }
    return value.is_null() ? std::nullopt : std::optional{std::move(value)};
}

/// Puts back what was taken.
void put(json& object, std::string_view path, json value) {
    json* at = &object;
    for (const std::string_view member : split(path, '/')) {
        at = &(*at)[std::string(member)];
    }
    *at = std::move(value);
}

std::optional<std::chrono::sys_days> day_of(const std::string& text) {
    constexpr std::size_t letters = 10;
    const std::string day = text.substr(0, letters);
    const bool is_alone = text.size() == letters || (text.size() > letters && text[letters] == 'T');
    const auto period =
        is_alone && day.size() == letters ? model::parse_period(day) : model::parse_period("");
    const bool is_day = period && period->first == period->last;
    return is_day ? std::optional{std::chrono::sys_days{period->first}} : std::nullopt;
}

/// Whether a day says as much.
bool is_whole_day(const std::string& text) {
    const std::size_t letters = 10;
    const std::string_view rest = std::string_view(text).substr(letters);
    return rest.empty() || rest == "T00:00:00Z" || rest == "T00:00:00+00:00";
}

/// A whole number beyond this has more digits than a number of ours keeps.
bool is_kept_exactly(const json& value) {
    constexpr std::int64_t largest = std::int64_t{1} << 53U;
    if (value.is_number_unsigned()) {
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(largest);
    }
    return !value.is_number_integer()
           || (value.get<std::int64_t>() <= largest && value.get<std::int64_t>() >= -largest);
}

/// ASCII, without what a table of records parts values by; no part begins or ends with a blank.
model::Words parts_of(const json& rest) {
    constexpr std::size_t longest = 8'000;
    std::string text;
    for (const char c : rest.dump(-1, ' ', true)) {
        text += c == '|' ? std::string("\\u007c") : std::string(1, c);
    }
    model::Words parts;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = std::min(longest, text.size() - at);
        while (at + size < text.size() && size > 1
               && (text[at + size] == ' ' || text[at + size - 1] == ' ')) {
            --size;
        }
        parts.push_back(text.substr(at, size));
        at += size;
    }
    return parts;
}

/// Fills the fields of one record from its object.
class RecordFiller {
  public:
    RecordFiller(
        const OcdsLayout& layout,
        Part& part,
        const RecordDefaults& defaults,
        OcdsComplaints& complaints
    )
        : part_(part)
        , complaints_(complaints) {
        record_.type = model::find_record_type(layout.type);
        record_.owner = defaults.owner;
        record_.policy.record = defaults.release;
        record_.fields.resize(record_.type->fields.size());
        for (const model::OcdsPlace& place : layout.places) {
            fill(place);
        }
        take_provenance();
    }

    Record& record() { return record_; }

    void set(std::string_view field, FieldValue value) {
        record_.fields[*record_.type->find_field(field)] = std::move(value);
    }

    std::string text(std::string_view field) const {
        const auto* text =
            std::get_if<std::string>(&record_.fields[*record_.type->find_field(field)]);
        return text == nullptr ? std::string{} : *text;
    }

    /// What nobody took, for the owner alone. `list` says where the object stands.
    void keep_rest(std::string_view list) {
        if (part_.object.empty()) {
            return;
        }
        json unread = part_.object;
        for (const std::string_view path : hours_) {  // of which the days are in fields
            static_cast<void>(take(unread, path));
        }
        for (const auto& [key, value] : unread.items()) {
            const std::string path = list.empty() ? key : std::string(list) + "/*/" + key;
            if (list.empty() && value.is_object()) {
                for (const auto& [inner, ignored] : value.items()) {
                    complaints_.note_kept(path.substr(0, 80) + "/" + inner.substr(0, 80));
                }
            } else {
                complaints_.note_kept(path.substr(0, 160));
            }
        }
        set(more_field, parts_of(part_.object));
        record_.policy.fields.push_back({std::string(more_field), {}});
    }

    /// Whatever the fields and their checks say.
    void check() {
        for (std::string& problem : model::problems_of(record_)) {
            complaints_.add(rules::record_not_right, part_.place, {}, std::move(problem));
        }
    }

  private:
    void complain(std::string_view path, const json& value, std::string message) {
        complaints_.add(
            rules::ocds_type,
            part_.place + "/" + std::string(path),
            shown_value(value),
            std::move(message)
        );
    }

    void fill(const model::OcdsPlace& place) {
        const auto value = take(part_.object, place.path);
        if (!value) {
            return;
        }
        const std::size_t field = *record_.type->find_field(place.field);
        switch (record_.type->fields[field].kind) {
        case FieldKind::number: fill_number(place, *value); break;
        case FieldKind::date: fill_day(place, *value); break;
        case FieldKind::choice: fill_choice(place, record_.type->fields[field], *value); break;
        case FieldKind::text:
        case FieldKind::whole:
        case FieldKind::yes_no:
        case FieldKind::state:
        case FieldKind::code:
        case FieldKind::reference:
        case FieldKind::grants: fill_text(place, *value); break;
        }
    }

    void fill_number(const model::OcdsPlace& place, const json& value) {
        const bool is_number = value.is_number() && std::isfinite(value.get<double>());
        if (!is_number || !is_kept_exactly(value)) {
            complain(
                place.path,
                value,
                is_number ? "has more digits than can be kept: at most 2^53"
                          : "must be a number, without quotes or currency"
            );
            return;
        }
        set(place.field, value.get<double>());
    }

    /// With an hour, the text is kept beside the day.
    void fill_day(const model::OcdsPlace& place, const json& value) {
        const auto* text = value.get_ptr<const std::string*>();
        const auto day = text == nullptr ? std::nullopt : day_of(*text);
        if (!day) {
            complain(place.path, value, "must be a date such as \"2026-01-31T00:00:00Z\"");
            return;
        }
        set(place.field, *day);
        if (!is_whole_day(*text)) {
            put(part_.object, place.path, value);
            hours_.push_back(place.path);
        }
    }

    void fill_choice(const model::OcdsPlace& place, const FieldSpec& field, const json& value) {
        const auto* text = value.get_ptr<const std::string*>();
        if (text == nullptr || std::ranges::find(field.choices, *text) == field.choices.end()) {
            std::string list;
            for (const std::string_view choice : field.choices) {
                list += (list.empty() ? "" : ", ") + std::string(choice);
            }
            complaints_.add(
                rules::ocds_code,
                part_.place + "/" + std::string(place.path),
                shown_value(value),
                "is none of " + list
            );
            return;
        }
        set(place.field, *text);
    }

    void fill_text(const model::OcdsPlace& place, const json& value) {
        const bool is_identifier = place.path.ends_with("id") || place.path.ends_with("ID");
        if (const auto* text = value.get_ptr<const std::string*>()) {
            if (!text->empty()) {
                set(place.field, *text);
            }
        } else if (is_identifier && value.is_number_integer()) {
            set(place.field, value.dump());
        } else {
            complain(place.path, value, "must be a text, in quotes");
        }
    }

    /// What an adic that wrote the file said of the record.
    void take_provenance() {
        if (auto text = take_text("adic_source")) {
            record_.source = *std::move(text);
        }
        if (auto text = take_text("adic_note")) {
            record_.note = *std::move(text);
        }
        if (const auto text = take_text("adic_confidence")) {
            const auto confidence = model::parse_confidence(*text);
            record_.confidence = confidence.value_or(model::Confidence::e);
            if (!confidence) {
                complain("adic_confidence", *text, "must be a letter from A to E");
            }
        }
        if (const auto text = take_text("adic_period")) {
            const auto period = model::parse_period(*text);
            record_.period = period ? std::optional{*period} : std::nullopt;
            if (!period) {
                complain("adic_period", *text, period.error().message);
            }
        }
    }

    std::optional<std::string> take_text(std::string_view member) {
        const auto value = take(part_.object, member);
        if (!value) {
            return std::nullopt;
        }
        if (const auto* text = value->get_ptr<const std::string*>()) {
            return *text;
        }
        complain(member, *value, "must be a text, in quotes");
        return std::nullopt;
    }

    Part& part_;
    OcdsComplaints& complaints_;
    Record record_;
    std::vector<std::string_view> hours_;  ///< places of days that were written with an hour
};

/// What a list of the release says of one supplier.
struct Supplier {
    std::string id;
    std::string name;
};

class ReleaseReader {
  public:
    ReleaseReader(
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
        if (!take_identity()) {
            return {};
        }
        std::map<std::string_view, std::vector<Part>> lists;
        for (const OcdsLayout& layout : model::ocds_layouts().subspan(1)) {
            lists[layout.list] = take_list(layout.list);
        }
        note_sections(lists);
        share_out_parties(lists["awards"]);
        read_part(model::ocds_layouts().front(), release_, {});
        for (const OcdsLayout& layout : model::ocds_layouts().subspan(1)) {
            for (Part& part : lists[layout.list]) {
                read_part(layout, part, identifier_of(part.object));
            }
        }
        return std::move(records_);
    }

  private:
    /// The identifier of the process, and what is said about the file rather than the process.
    bool take_identity() {
        json& release = release_.object;
        const auto ocid = release.find("ocid");
        const auto* text = ocid == release.end() ? nullptr : ocid->get_ptr<const std::string*>();
        if (text == nullptr || !is_good_identifier(*text)) {
            complaints_.add(
                rules::ocds_missing,
                release_.place + "/ocid",
                ocid == release.end() ? std::string{} : shown_value(*ocid),
                "a release has an ocid: 1 to 200 letters, digits and signs without blanks"
            );
            return false;
        }
        id_ = defaults_.owner + '.' + *text;
        take_tags(release);
        if (const auto type = take(release, "initiationType"); type && *type != "tender") {
            release["initiationType"] = *type;
        }
        if (const auto tender = take(release, "tender/id"); tender && *tender != *text) {
            put(release, "tender/id", *tender);
        }
        static_cast<void>(take(release, "id"));
        if (const auto owner = take(release, "adic_owner"); owner && *owner != defaults_.owner) {
            complaints_.note_left_out(
                release_.place + "/adic_owner",
                "the file says that this is of " + shown_value(*owner) + "; it is added as of "
                    + defaults_.owner
            );
        }
        return true;
    }

    static bool is_good_identifier(const std::string& text) {
        constexpr std::size_t longest = 200;
        return !text.empty() && text.size() <= longest && is_utf8(text)
               && std::ranges::none_of(text, [](char c) {
                      return static_cast<unsigned char>(c) <= ' ' || c == '#' || c == '\x7f';
                  });
    }

    /// The stage that the furthest tag names.
    void take_tags(json& release) {
        const auto tags = take(release, "tag");
        for (std::size_t s = 0; tags && tags->is_array() && s < stages.size(); ++s) {
            for (const json& tag : *tags) {
                const auto* text = tag.get_ptr<const std::string*>();
                if (text != nullptr && text->starts_with(stages[s])) {
                    stage_ = stages[s];
                }
            }
        }
    }

    std::vector<Part> take_list(std::string_view path) {
        const std::string place = release_.place + "/" + std::string(path);
        auto list = take(release_.object, path);
        std::vector<Part> parts;
        if (!list) {
            return parts;
        }
        if (!list->is_array()) {
            complaints_.add(rules::ocds_type, place, shown_value(*list), "must be a list, [ ... ]");
            return parts;
        }
        std::set<std::string> seen;
        for (std::size_t i = 0; i < list->size(); ++i) {
            json& element = (*list)[i];
            const std::string at = place + "/" + std::to_string(i);
            const std::string id = element.is_object() ? identifier_of(element) : std::string{};
            if (!is_good_identifier(id)) {
                complaints_.add(
                    rules::ocds_missing,
                    at + "/id",
                    {},
                    "must be an object with an id: 1 to 200 letters, digits and signs without "
                    "blanks"
                );
            } else if (!seen.insert(id).second) {
                complaints_.add(
                    rules::ocds_repeated,
                    at + "/id",
                    id.substr(0, 80),
                    "stands in this list twice"
                );
            } else {
                parts.push_back({std::move(element), at});
            }
        }
        return parts;
    }

    /// Without a tag that says it, the furthest part that is there.
    void note_sections(const std::map<std::string_view, std::vector<Part>>& lists) {
        if (!stage_.empty()) {
            return;
        }
        stage_ = release_.object.contains("tender") || !lists.at("tender/items").empty()
                     ? "tender"
                     : "planning";
        stage_ = lists.at("awards").empty() ? stage_ : "award";
        stage_ = lists.at("contracts").empty() ? stage_ : "contract";
    }

    /// What is known of a supplier goes with the first award that names it, for whoever may see
    /// that.
    void share_out_parties(std::vector<Part>& awards) {
        const auto parties = take(release_.object, "parties");
        if (!parties) {
            return;
        }
        if (!parties->is_array()) {
            complaints_.add(
                rules::ocds_type,
                release_.place + "/parties",
                shown_value(*parties),
                "must be a list, [ ... ]"
            );
            return;
        }

        struct Reference {
            Part* award;
            const json* supplier;
        };

        std::map<std::string, Reference> award_of;
        for (Part& award : awards) {
            const auto suppliers = award.object.find("suppliers");
            if (suppliers == award.object.end() || !suppliers->is_array()) {
                continue;
            }
            for (const json& supplier : *suppliers) {
                if (supplier.is_object()) {
                    award_of.emplace(identifier_of(supplier), Reference{&award, &supplier});
                }
            }
        }
        for (const json& party : *parties) {
            const std::string id = party.is_object() ? identifier_of(party) : std::string{};
            const auto award = award_of.find(id);
            const bool is_supplier = award != award_of.end() && !has_role(party, "buyer");
            Part& with = is_supplier ? *award->second.award : release_;
            const json* reference =
                is_supplier ? award->second.supplier : buyer_of(release_.object);
            if (reference == nullptr
                || !says_no_more(party, *reference, is_supplier ? "supplier" : "buyer")) {
                with.object["parties"].push_back(party);
            }
        }
    }

    static bool has_role(const json& party, std::string_view role) {
        const auto roles = party.find("roles");
        return roles != party.end() && roles->is_array()
               && std::ranges::find(*roles, json(role)) != roles->end();
    }

    static const json* buyer_of(const json& release) {
        const auto buyer = release.find("buyer");
        return buyer != release.end() && buyer->is_object() ? &*buyer : nullptr;
    }

    /// Whether the reference to the party says all that its entry says.
    bool says_no_more(const json& party, const json& reference, std::string_view role) const {
        if (!party.is_object()) {
            return false;
        }
        json said = party;
        if (said.value("adic_state", json()) == json(defaults_.owner)) {
            said.erase("adic_state");
        }
        json made = {{"roles", json::array({role})}};
        for (const char* member : {"id", "name"}) {
            if (reference.contains(member)) {
                made[member] = reference[member];
            }
        }
        return said == made;
    }

    void read_part(const OcdsLayout& layout, Part& part, const std::string& number) {
        model::Words codes;
        std::vector<Supplier> suppliers;
        if (layout.list == "tender/items") {
            codes = take_codes(part);
        } else if (layout.list == "awards") {
            suppliers = take_suppliers(part);
        }
        RecordFiller filler(layout, part, defaults_, complaints_);
        Record& record = filler.record();
        if (layout.list.empty()) {
            record.id = id_;
            filler.set("stage", stage_);
        } else {
            const std::string_view list = layout.list.substr(layout.list.rfind('/') + 1);
            record.id = id_ + '/' + std::string(list) + '/' + number;
            filler.set("procurement", id_);
        }
        if (!codes.empty()) {
            filler.set("codes", std::move(codes));
        }
        set_suppliers(filler, suppliers);
        record.source = record.source.empty() ? source_ : record.source;
        filler.keep_rest(layout.list);
        filler.check();
        records_.push_back(std::move(record));
    }

    static void set_suppliers(RecordFiller& filler, const std::vector<Supplier>& suppliers) {
        if (suppliers.empty()) {
            return;
        }
        model::Words names;
        model::Words ids;
        for (const Supplier& supplier : suppliers) {
            names.push_back(supplier.name);
            ids.push_back(supplier.id);
        }
        filler.set("suppliers", std::move(names));
        filler.set("supplier_ids", std::move(ids));
    }

    static bool says_more_than(const json& object, const std::set<std::string_view>& members) {
        return std::ranges::any_of(object.items(), [&](const auto& member) {
            return !members.contains(member.key());
        });
    }

    /// "HS:852560"; empty if it lacks a part.
    static std::optional<std::string> code_of(const json& classification) {
        if (!classification.is_object()) {
            return std::nullopt;
        }
        const auto scheme = classification.find("scheme");
        const std::string id = identifier_of(classification);
        const bool is_whole =
            scheme != classification.end() && scheme->is_string() && !id.empty()
            && scheme->get_ref<const std::string&>().find(':') == std::string::npos;
        if (!is_whole) {
            return std::nullopt;
        }
        return scheme->get<std::string>() + ':' + id;
    }

    model::Words take_codes(Part& part) {
        model::Words codes;
        if (auto main = take(part.object, "classification")) {
            if (const auto code = code_of(*main)) {
                codes.push_back(*code);
                if (says_more_than(*main, {"scheme", "id"})) {
                    part.object["classification"] = *std::move(main);
                }
            } else {
                complain_code(part.place + "/classification", *main);
            }
        }
        if (auto others = take(part.object, "additionalClassifications")) {
            take_more_codes(part, *std::move(others), codes);
        }
        return codes;
    }

    void take_more_codes(Part& part, json others, model::Words& codes) {
        const std::string place = part.place + "/additionalClassifications";
        if (!others.is_array() || codes.empty()) {
            complaints_.add(
                rules::ocds_type,
                place,
                shown_value(others),
                "must be a list, [ ... ], beside a classification"
            );
            return;
        }
        bool says_more = false;
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (const auto code = code_of(others[i])) {
                codes.push_back(*code);
                says_more = says_more || says_more_than(others[i], {"scheme", "id"});
            } else {
                complain_code(place + "/" + std::to_string(i), others[i]);
            }
        }
        if (says_more) {
            part.object["additionalClassifications"] = std::move(others);
        }
    }

    void complain_code(std::string place, const json& value) {
        complaints_.add(
            rules::ocds_type,
            std::move(place),
            shown_value(value),
            "must be an object with a scheme without a colon, and an id"
        );
    }

    /// The identifier stands for a name that is missing, and the name for the identifier.
    std::vector<Supplier> take_suppliers(Part& part) {
        std::vector<Supplier> suppliers;
        auto list = take(part.object, "suppliers");
        if (!list) {
            return suppliers;
        }
        bool says_more = false;
        for (std::size_t i = 0; list->is_array() && i < list->size(); ++i) {
            const json& one = (*list)[i];
            const auto name = one.is_object() ? one.find("name") : one.end();
            const bool is_named = one.is_object() && name != one.end() && name->is_string();
            Supplier supplier{
                one.is_object() ? identifier_of(one) : std::string{},
                is_named ? name->get<std::string>() : std::string{}};
            if (supplier.id.empty() && supplier.name.empty()) {
                complaints_.add(
                    rules::ocds_missing,
                    part.place + "/suppliers/" + std::to_string(i),
                    shown_value(one),
                    "must be an object with a name or an id"
                );
                continue;
            }
            says_more = says_more || says_more_than(one, {"id", "name"});
            supplier.name = supplier.name.empty() ? supplier.id : supplier.name;
            supplier.id = supplier.id.empty() ? supplier.name : supplier.id;
            suppliers.push_back(std::move(supplier));
        }
        if (!list->is_array()) {
            complaints_.add(
                rules::ocds_type,
                part.place + "/suppliers",
                shown_value(*list),
                "must be a list, [ ... ]"
            );
        } else if (says_more) {
            part.object["suppliers"] = *std::move(list);
        }
        return suppliers;
    }

    Part release_;
    const std::string& source_;
    const RecordDefaults& defaults_;
    OcdsComplaints& complaints_;
    std::string id_;
    std::string stage_;
    std::vector<Record> records_;
};

}  // namespace

std::vector<Record> records_of_release(
    json release,
    const std::string& place,
    const std::string& source,
    const RecordDefaults& defaults,
    OcdsComplaints& complaints
) {
    return ReleaseReader(std::move(release), place, source, defaults, complaints).read();
}

}  // namespace adic::ingest
