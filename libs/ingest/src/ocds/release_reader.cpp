#include "ocds/release_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/model/ocds.hpp"

#include "ocds/item_codes.hpp"
#include "ocds/json_part.hpp"
#include "ocds/merge_releases.hpp"
#include "ocds/parties.hpp"
#include "ocds/record_filler.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

using model::OcdsLayout;
using model::Record;
using nlohmann::json;

/// The last tag of a release says how far the process is.
constexpr std::array<std::string_view, 5> stages{
    "planning",
    "tender",
    "award",
    "contract",
    "implementation"};

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
        share_out_parties(release_, lists["awards"], defaults_.owner, complaints_);
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

    void read_part(const OcdsLayout& layout, Part& part, const std::string& number) {
        model::Words codes;
        std::vector<Supplier> suppliers;
        if (layout.list == "tender/items") {
            codes = take_codes(part, complaints_);
        } else if (layout.list == "awards") {
            suppliers = take_suppliers(part, complaints_);
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
