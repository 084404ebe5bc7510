#pragma once

#include "adic/model/ocds.hpp"
#include "adic/model/record.hpp"
#include "adic/registry/ocds_writer.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace adic::registry {

/// A record with its fields by name.
class Shown {
  public:
    explicit Shown(const SeenRecord& record) : record_(record) {}

    const SeenField& field(std::string_view key) const {
        static const SeenField nothing;
        for (std::size_t f = 0; f < record_.fields.size(); ++f) {
            if (seen_field_key(*record_.type, f) == key) {
                return record_.fields[f];
            }
        }
        return nothing;
    }

    bool is_full(std::string_view key) const {
        return field(key).disclosure == model::Disclosure::full;
    }

    /// Empty if it is not shown in full.
    std::string text(std::string_view key) const {
        const auto* text = std::get_if<std::string>(&field(key).value);
        return text != nullptr && is_full(key) ? *text : std::string{};
    }

    model::Words words(std::string_view key) const {
        const auto* words = std::get_if<model::Words>(&field(key).value);
        return words != nullptr && is_full(key) ? *words : model::Words{};
    }

    const SeenRecord& record() const { return record_; }

  private:
    const SeenRecord& record_;
};

/// As the standard has it: "2026-01-31T00:00:00Z".
std::string day_text(std::chrono::sys_days day);
std::string time_text(std::chrono::sys_seconds at);

/// A whole number without a point, a day as a time.
nlohmann::json json_of(const model::FieldValue& value);

/// The value at a path of members, parted by '/'; objects on the way are made.
nlohmann::json* place_in(nlohmann::json& object, std::string_view path);

/// Of a field that is shown in part: what is shown of it, or that there is something.
void note_part(const Shown& shown, const model::OcdsPlace& place, nlohmann::json& object);

/// Says of members that the standard requires and that are not there that they are not stated.
void add_required(const model::OcdsLayout& layout, nlohmann::json& object);

void add_provenance(const Shown& shown, nlohmann::json& object);

/// Puts in the name of a release that follows from its bytes.
void add_name(nlohmann::json& release);

/// The package around the releases of these owners.
std::string package_text(
    nlohmann::json releases,
    const std::set<std::string>& owners,
    const OcdsPackage& package
);

}  // namespace adic::registry
