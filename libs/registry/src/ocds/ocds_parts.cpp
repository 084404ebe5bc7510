#include "ocds/ocds_parts.hpp"

#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace adic::registry {
namespace {

using Json = nlohmann::json;
using model::Disclosure;

struct ToJson {
    Json operator()(std::monostate /*nothing*/) const { return nullptr; }

    Json operator()(const std::string& text) const { return text; }

    Json operator()(double number) const {
        constexpr double largest = 9007199254740992.0;  // 2^53
        const bool is_whole =
            number
            == static_cast<double>(static_cast<std::int64_t>(std::clamp(number, -largest, largest))
            );
        return is_whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
    }

    Json operator()(std::int64_t whole) const { return whole; }

    Json operator()(bool yes) const { return yes; }

    Json operator()(std::chrono::sys_days day) const { return day_text(day); }

    Json operator()(const model::Words& words) const { return words; }
};

/// A name of the releases that follows from their bytes.
/// Source: RFC 6920, 3.
std::string content_uri(const std::string& bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    constexpr unsigned of_letter = 6;
    for (const char byte : sha256(bytes)) {
        waiting = (waiting << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        for (; bits >= of_letter; bits -= of_letter) {
            text += letters[(waiting >> (bits - of_letter)) & 0x3FU];
        }
    }
    if (bits > 0) {
        text += letters[(waiting << (of_letter - bits)) & 0x3FU];
    }
    return "ni:///sha-256;" + text;
}

}  // namespace

std::string day_text(std::chrono::sys_days day) {
    return model::to_text(model::Period{{day}, {day}}) + "T00:00:00Z";
}

std::string time_text(std::chrono::sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time{at - day};
    const auto two = [](auto count) {
        const std::string text = std::to_string(count);
        return text.size() < 2 ? "0" + text : text;
    };
    return model::to_text(model::Period{{day}, {day}}) + "T" + two(time.hours().count()) + ":"
           + two(time.minutes().count()) + ":" + two(time.seconds().count()) + "Z";
}

Json json_of(const model::FieldValue& value) {
    return std::visit(ToJson{}, value);
}

Json* place_in(Json& object, std::string_view path) {
    Json* at = &object;
    for (const std::string_view member : split(path, '/')) {
        if (!at->is_object()) {
            *at = Json::object();
        }
        at = &(*at)[std::string(member)];
    }
    return at;
}

void note_part(const Shown& shown, const model::OcdsPlace& place, Json& object) {
    const SeenField& field = shown.field(place.field);
    if (field.disclosure == Disclosure::generalised) {
        object["adic_generalised"][std::string(place.path)] = json_of(field.value);
    } else if (field.disclosure == Disclosure::exists) {
        Json& list = object["adic_withheld"];
        list = list.is_null() ? Json::array() : std::move(list);
        list.push_back(place.path);
    }
}

void add_required(const model::OcdsLayout& layout, Json& object) {
    for (const model::OcdsPlace& place : layout.places) {
        if (place.is_required && place_in(object, place.path)->is_null()) {
            *place_in(object, place.path) = model::ocds_not_stated;
        }
    }
}

void add_provenance(const Shown& shown, Json& object) {
    for (const std::string_view key :
         {model::field_source, model::field_period, model::field_confidence, model::field_note}) {
        if (const std::string text = shown.text(key); !text.empty()) {
            object["adic_" + std::string(key)] = text;
        }
    }
}

void add_name(Json& release) {
    release.erase("id");
    constexpr std::size_t digits = 32;
    release["id"] = to_hex(sha256(release.dump())).substr(0, digits);
}

std::string
package_text(Json releases, const std::set<std::string>& owners, const OcdsPackage& package) {
    std::string name;
    for (const std::string& owner : owners) {
        name += (name.empty() ? "" : ", ") + owner;
    }
    const Json document = {
        {"uri", content_uri(releases.dump())},
        {"version", "1.1"},
        {"publishedDate", time_text(package.at)},
        {"publisher", {{"name", name.empty() ? "adic" : name}}},
        {"adic_releasedTo", package.reader},
        {"releases", std::move(releases)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace adic::registry
