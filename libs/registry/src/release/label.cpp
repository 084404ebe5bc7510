#include "adic/registry/release/label.hpp"

#include "adic/model/provenance.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <tuple>
#include <utility>

#include <pugixml.hpp>

namespace adic::registry {
namespace {

using model::Audience;
using model::Disclosure;
using model::Grant;
using model::ReleasePolicy;
using std::chrono::sys_days;

constexpr const char* name_space = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0";
constexpr const char* policy_name = "ASEAN-ADIC/1";
constexpr const char* root_name = "ReleaseLabels";
constexpr const char* label_name = "originatorConfidentialityLabel";
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

constexpr const char* category_field = "Field";
constexpr const char* category_disclosure = "Disclosure";
constexpr const char* category_from = "ReleasableFrom";
constexpr const char* category_until = "ReleasableUntil";

/// By audience kind: the category that lists it, and the classification of a label whose widest
/// audience it is.
struct KindWords {
    const char* category;
    const char* classification;
};

constexpr std::array<KindWords, 4> kinds{
    KindWords{"ReleasableToOrganisation", "NAMED-STATES"},
    KindWords{"ReleasableTo", "NAMED-STATES"},
    KindWords{"ReleasableToBloc", "ADIC"},
    KindWords{"ReleasableToAll", "PUBLIC"}};

constexpr const char* owner_alone = "OWN-STATE";
constexpr const char* everyone = "everyone";

/// What the audiences of one label have in common.
using Way = std::tuple<Disclosure, std::optional<sys_days>, std::optional<sys_days>>;

std::string day_text(sys_days day) {
    return model::to_text(model::Period{{day}, {day}});
}

std::string time_text(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock{time - day};
    const auto two = [](auto count) {
        const std::string digits = std::to_string(count);
        return digits.size() < 2 ? "0" + digits : digits;
    };
    return day_text(day) + 'T' + two(clock.hours().count()) + ':' + two(clock.minutes().count())
           + ':' + two(clock.seconds().count()) + 'Z';
}

void add_text(pugi::xml_node parent, const char* name, std::string_view text) {
    parent.append_child(name).text().set(std::string(text).c_str());
}

pugi::xml_node add_category(pugi::xml_node information, const char* tag, const char* type) {
    pugi::xml_node category = information.append_child("Category");
    category.append_attribute("TagName") = tag;
    category.append_attribute("Type") = type;
    return category;
}

void add_informative(pugi::xml_node information, const char* tag, std::string_view value) {
    add_text(add_category(information, tag, "INFORMATIVE"), "GenericValue", value);
}

/// A label for a field (empty: the record) and one way of releasing it.
void add_label(
    pugi::xml_node root,
    std::string_view field,
    const Way& way,
    const std::vector<Audience>& audiences,
    const std::string& created
) {
    pugi::xml_node label = root.append_child(label_name);
    pugi::xml_node information = label.append_child("ConfidentialityInformation");
    const ReleasePolicy alone{
        audiences.empty() ? std::vector<Grant>{} : std::vector{Grant{audiences.back()}},
        {}};
    add_text(information, "PolicyIdentifier", policy_name);
    add_text(
        information,
        "Classification",
        audiences.empty() ? owner_alone
                          : kinds.at(static_cast<std::size_t>(audiences.back().kind)).classification
    );
    add_text(information, "PrivacyMark", model::traffic_light_of(alone));
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        pugi::xml_node category;
        for (const Audience& audience : audiences) {
            if (static_cast<std::size_t>(audience.kind) == kind) {
                category = category
                               ? category
                               : add_category(information, kinds.at(kind).category, "PERMISSIVE");
                add_text(category, "GenericValue", audience.id.empty() ? everyone : audience.id);
            }
        }
    }
    const auto& [disclosure, from, until] = way;
    if (!field.empty()) {
        add_informative(information, category_field, field);
    }
    if (disclosure != Disclosure::full) {
        add_informative(information, category_disclosure, model::name_of(disclosure));
    }
    if (from) {
        add_informative(information, category_from, day_text(*from));
    }
    if (until) {
        add_informative(information, category_until, day_text(*until));
    }
    add_text(label, "CreationDateTime", created);
}

void add_labels(
    pugi::xml_node root,
    std::string_view field,
    const std::vector<Grant>& grants,
    const std::string& created
) {
    std::map<Way, std::vector<Audience>> ways;
    for (const Grant& grant : grants) {
        ways[{grant.disclosure, grant.from, grant.until}].push_back(grant.audience);
    }
    if (ways.empty()) {
        add_label(root, field, {Disclosure::full, {}, {}}, {}, created);
    }
    for (auto& [way, audiences] : ways) {
        std::ranges::sort(audiences);
        add_label(root, field, way, audiences, created);
    }
}

Error no_label(const std::string& what) {
    return Error{ErrorCode::invalid_argument, "the release label cannot be read: " + what, {}};
}

/// What one label says.
struct LabelContent {
    std::string field;
    Grant way;  ///< without its audience
    std::vector<Audience> audiences;
    bool is_owner_alone = false;
};

Result<std::optional<sys_days>> read_day(std::string_view text) {
    const auto period = model::parse_period(text);
    if (!period || period->first != period->last) {
        return no_label("'" + std::string(text) + "' is no day");
    }
    return std::optional{sys_days{period->first}};
}

std::optional<Error>
read_audiences(pugi::xml_node category, std::size_t kind, LabelContent& content) {
    for (const pugi::xml_node value : category.children("GenericValue")) {
        Audience audience{static_cast<Audience::Kind>(kind), value.text().get()};
        if (audience.kind == Audience::Kind::everyone) {
            if (audience.id != everyone) {
                return no_label("'" + audience.id + "' is not everyone");
            }
            audience.id.clear();
        } else if (audience.id.empty()) {
            return no_label("an audience has no name");
        }
        content.audiences.push_back(std::move(audience));
    }
    return std::nullopt;
}

std::optional<Error>
read_informative(std::string_view tag, std::string_view value, LabelContent& content) {
    if (tag == category_field && content.field.empty() && !value.empty()) {
        content.field = value;
        return std::nullopt;
    }
    if (tag == category_disclosure) {
        const auto disclosure = model::parse_disclosure(value);
        content.way.disclosure = disclosure.value_or(Disclosure::none);
        return disclosure ? std::nullopt
                          : std::optional{no_label("no disclosure '" + std::string(value) + "'")};
    }
    if (tag == category_from || tag == category_until) {
        const auto day = read_day(value);
        if (!day) {
            return day.error();
        }
        (tag == category_from ? content.way.from : content.way.until) = *day;
        return std::nullopt;
    }
    return no_label("the policy has no category '" + std::string(tag) + "'");
}

std::optional<Error> read_category(pugi::xml_node category, LabelContent& content) {
    const std::string_view tag = category.attribute("TagName").value();
    const std::string_view type = category.attribute("Type").value();
    const auto* const kind = std::ranges::find(kinds, tag, &KindWords::category);
    if (kind != kinds.end()) {
        return type == "PERMISSIVE" ? read_audiences(
                   category,
                   static_cast<std::size_t>(kind - kinds.begin()),
                   content
               )
                                    : no_label("'" + std::string(tag) + "' is not PERMISSIVE");
    }
    if (type != "INFORMATIVE") {
        return no_label("the policy has no category '" + std::string(tag) + "'");
    }
    return read_informative(tag, category.child("GenericValue").text().get(), content);
}

Result<LabelContent> read_content(pugi::xml_node label) {
    LabelContent content;
    const pugi::xml_node information = label.child("ConfidentialityInformation");
    if (std::string_view(information.child("PolicyIdentifier").text().get()) != policy_name) {
        return no_label(std::string("its policy is not ") + policy_name);
    }
    const std::string_view classification = information.child("Classification").text().get();
    const bool is_known = std::ranges::any_of(kinds, [&](const KindWords& words) {
        return classification == words.classification;
    });
    content.is_owner_alone = classification == owner_alone;
    if (!is_known && !content.is_owner_alone) {
        return no_label("no classification '" + std::string(classification) + "'");
    }
    for (const pugi::xml_node category : information.children("Category")) {
        if (auto problem = read_category(category, content)) {
            return *std::move(problem);
        }
    }
    if (content.is_owner_alone != content.audiences.empty()) {
        return no_label("its classification and its audiences contradict each other");
    }
    return content;
}

std::vector<Grant>& grants_of(ReleasePolicy& policy, const std::string& field) {
    if (field.empty()) {
        return policy.record;
    }
    const auto found = std::ranges::find(policy.fields, field, &model::FieldRelease::field);
    return found == policy.fields.end()
               ? policy.fields.emplace_back(model::FieldRelease{field, {}}).grants
               : found->grants;
}

}  // namespace

std::string write_label(const ReleasePolicy& policy, std::chrono::sys_seconds created) {
    pugi::xml_document document;
    pugi::xml_node root = document.append_child(root_name);
    root.append_attribute("xmlns") = name_space;
    const std::string time = time_text(created);
    add_labels(root, {}, policy.record, time);
    for (const model::FieldRelease& field : policy.fields) {
        add_labels(root, field.field, field.grants, time);
    }
    std::ostringstream text;
    document.save(text, "  ");
    return std::move(text).str();
}

Result<ReleasePolicy> parse_label(std::string_view xml) {
    pugi::xml_document document;
    if (xml.size() > most_bytes) {
        return no_label("it is longer than 1 MiB");
    }
    if (!document.load_buffer(xml.data(), xml.size())) {
        return no_label("it is no XML");
    }
    const pugi::xml_node root = document.document_element();
    const bool is_one = std::string_view(root.name()) == label_name;
    if (std::string_view(root.attribute("xmlns").value()) != name_space
        || (!is_one && std::string_view(root.name()) != root_name)) {
        return no_label("it is none of STANAG 4774");
    }
    ReleasePolicy policy;
    for (pugi::xml_node label = is_one ? root : root.first_child(); label;
         label = is_one ? pugi::xml_node{} : label.next_sibling()) {
        if (std::string_view(label.name()) != label_name) {
            return no_label("'" + std::string(label.name()) + "' is no label");
        }
        ADIC_TRY(const LabelContent content, read_content(label));
        std::vector<Grant>& grants = grants_of(policy, content.field);
        for (const Audience& audience : content.audiences) {
            Grant grant = content.way;
            grant.audience = audience;
            grants.push_back(std::move(grant));
        }
    }
    return model::normalised(std::move(policy));
}

}  // namespace adic::registry
