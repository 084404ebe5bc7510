#pragma once

#include "adic/base/text.hpp"
#include "adic/procure/project.hpp"
#include "adic/registry/release/generalise.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::app {

/// A seen record, read by the keys of its type.
class SeenFields {
  public:
    explicit SeenFields(const registry::SeenRecord& record) : record_(record) {}

    /// What is shown in full; empty if it is not, or is of another kind.
    template <typename T>
    std::optional<T> value(std::string_view key) const {
        const registry::SeenField& field = at(key);
        const auto* const value = std::get_if<T>(&field.value);
        return field.disclosure == model::Disclosure::full && value != nullptr
                   ? std::optional{*value}
                   : std::nullopt;
    }

    std::string text(std::string_view key) const {
        return value<std::string>(key).value_or(std::string{});
    }

    std::vector<std::string> words(std::string_view key) const {
        return value<model::Words>(key).value_or(model::Words{});
    }

    /// The number, or the band that is shown in its place.
    std::optional<procure::Range> range(std::string_view key) const {
        if (const auto number = value<double>(key)) {
            return procure::Range{*number, *number};
        }
        const registry::SeenField& field = at(key);
        const auto* const band = std::get_if<std::string>(&field.value);
        if (field.disclosure != model::Disclosure::generalised || band == nullptr) {
            return std::nullopt;
        }
        const auto ends = registry::read_band(*band);
        return ends ? std::optional{procure::Range{ends->first, ends->second}} : std::nullopt;
    }

    /// A day; of a year that is shown in its place, the first day or the last.
    enum class OfYear { first, last };

    std::optional<std::chrono::sys_days> day(std::string_view key, OfYear which) const {
        using namespace std::chrono;
        if (const auto known = value<sys_days>(key)) {
            return known;
        }
        const registry::SeenField& field = at(key);
        const auto* const text = std::get_if<std::string>(&field.value);
        const auto shown = field.disclosure == model::Disclosure::generalised && text != nullptr
                               ? parse_whole(*text)
                               : std::nullopt;
        if (!shown || *shown > 9999U) {
            return std::nullopt;
        }
        const std::chrono::year in{static_cast<int>(*shown)};
        return which == OfYear::first ? sys_days{in / January / 1} : sys_days{in / December / 31};
    }

  private:
    const registry::SeenField& at(std::string_view key) const {
        return record_.fields[*record_.type->find_field(key)];
    }

    const registry::SeenRecord& record_;
};

}  // namespace adic::app
