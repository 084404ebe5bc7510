#include "ocds/item_codes.hpp"

#include "ocds/merge_releases.hpp"
#include "rules.hpp"

#include <optional>
#include <string>
#include <utility>

namespace adic::ingest {
namespace {

using nlohmann::json;

/// "HS:852560"; empty if it lacks a part.
std::optional<std::string> code_of(const json& classification) {
    if (!classification.is_object() || !classification.contains("scheme")) {
        return std::nullopt;
    }
    const auto* scheme = classification.at("scheme").get_ptr<const std::string*>();
    const std::string id = identifier_of(classification);
    if (scheme == nullptr || id.empty() || scheme->find(':') != std::string::npos) {
        return std::nullopt;
    }
    return *scheme + ':' + id;
}

void complain_code(std::string place, const json& value, OcdsComplaints& complaints) {
    complaints.add(
        rules::ocds_type,
        std::move(place),
        shown_value(value),
        "must be an object with a scheme without a colon, and an id"
    );
}

void take_more_codes(Part& part, json others, model::Words& codes, OcdsComplaints& complaints) {
    const std::string place = part.place + "/additionalClassifications";
    if (!others.is_array() || codes.empty()) {
        complaints.add(
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
            complain_code(place + "/" + std::to_string(i), others[i], complaints);
        }
    }
    if (says_more) {
        part.object["additionalClassifications"] = std::move(others);
    }
}

}  // namespace

model::Words take_codes(Part& part, OcdsComplaints& complaints) {
    model::Words codes;
    if (auto main = take(part.object, "classification")) {
        if (const auto code = code_of(*main)) {
            codes.push_back(*code);
            if (says_more_than(*main, {"scheme", "id"})) {
                part.object["classification"] = *std::move(main);
            }
        } else {
            complain_code(part.place + "/classification", *main, complaints);
        }
    }
    if (auto others = take(part.object, "additionalClassifications")) {
        take_more_codes(part, *std::move(others), codes, complaints);
    }
    return codes;
}

}  // namespace adic::ingest
