#include "drawn_map.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;
using model::SupplyMap;

constexpr model::ProvenanceIndex drawn{0};

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (const std::string_view part : split(text, separator)) {
        if (!trimmed(part).empty()) {
            parts.push_back(trimmed(part));
        }
    }
    return parts;
}

double number(std::string_view text) {
    const auto value = parse_decimal(text);
    if (!value) {
        throw std::invalid_argument("not a number in a drawing: " + std::string(text));
    }
    return *value;
}

/// "0.2" or "0.1..0.2..0.3".
Estimate estimate(std::string_view text) {
    std::vector<double> values;
    while (!text.empty()) {
        const std::size_t stop = std::min(text.find(".."), text.size());
        values.push_back(number(text.substr(0, stop)));
        text.remove_prefix(std::min(stop + 2, text.size()));
    }
    return *Estimate::create(values.front(), values[values.size() / 2], values.back());
}

class Drawing {
  public:
    Drawing() {
        map_.name = "drawn";
        static_cast<void>(map_.sources.add({"drawing", "Drawing", "test", 2025, "none", "", ""}));
        map_.provenances.push_back(
            {model::SourceIndex{0},
             *model::parse_period("2025"),
             model::Confidence::b,
             std::nullopt,
             "public",
             ""}
        );
    }

    void read(std::string_view line) {
        if (draw_needs(line, "<-", model::Role::consumed, model::Essential::yes)
            || draw_needs(line, "<~", model::Role::consumed, model::Essential::no)
            || draw_needs(line, "<=", model::Role::equipment, model::Essential::yes)
            || draw_supplies(line) || draw_setting(parts_of(line, ' '))) {
            return;
        }
        throw std::invalid_argument("not a statement of a drawing: " + std::string(line));
    }

    SupplyMap take() { return std::move(map_); }

  private:
    ItemIndex item(std::string_view id, std::optional<double> enough = std::nullopt) {
        if (const auto found = map_.items.find(id)) {
            return *found;
        }
        const std::string name(id);
        return *map_.items.add(
            {name, name, model::ItemKind::component, "piece", 0, enough, "", drawn}
        );
    }

    StateIndex state(std::string_view id) {
        const auto found = map_.states.find(id);
        return found ? *found : *map_.states.add({std::string(id), std::string(id)});
    }

    model::OrganisationIndex organisation(std::string_view id, StateIndex home) {
        const auto found = map_.organisations.find(id);
        return found ? *found
                     : *map_.organisations.add({std::string(id), std::string(id), home, drawn});
    }

    bool draw_needs(
        std::string_view line,
        std::string_view arrow,
        model::Role role,
        model::Essential essential
    ) {
        const std::size_t place = line.find(arrow);
        if (place == std::string_view::npos) {
            return false;
        }
        const ItemIndex user = item(trimmed(line.substr(0, place)));
        for (std::string_view group : parts_of(line.substr(place + arrow.size()), ',')) {
            std::uint32_t take = 1;
            if (const std::size_t colon = group.find(':'); colon != std::string_view::npos) {
                take = static_cast<std::uint32_t>(number(trimmed(group.substr(0, colon))));
                group.remove_prefix(colon + 1);
            }
            const model::GroupIndex index{static_cast<std::uint32_t>(map_.groups.size())};
            map_.groups.push_back({user, std::string(trimmed(group)), take, role, essential});
            for (const std::string_view input : parts_of(group, '|')) {
                map_.needs.push_back({index, item(input), std::nullopt, std::nullopt, drawn});
            }
        }
        return true;
    }

    bool draw_supplies(std::string_view line) {
        constexpr std::string_view from = " from ";
        const std::size_t place = line.find(from);
        if (place == std::string_view::npos) {
            return false;
        }
        const ItemIndex supplied = item(trimmed(line.substr(0, place)));
        for (const std::string_view supplier : parts_of(line.substr(place + from.size()), ',')) {
            draw_supplier(supplied, supplier);
        }
        return true;
    }

    void draw_supplier(ItemIndex supplied, std::string_view supplier) {
        const auto words = parts_of(supplier, ' ');
        const auto who = parts_of(words.at(0), '/');
        const StateIndex origin = state(who.at(0));
        const auto firm =
            who.size() > 1 ? std::optional{organisation(who[1], origin)} : std::nullopt;
        const auto share = words.at(1) == "?" ? std::nullopt : std::optional{estimate(words.at(1))};
        map_.supplies.push_back(
            {supplied, origin, firm, std::monostate{}, share, std::nullopt, "", std::nullopt, drawn}
        );
    }

    bool draw_setting(const std::vector<std::string_view>& words) {
        if (words.at(0) == "hazard") {
            map_.hazards.push_back({state(words.at(1)), estimate(words.at(2)), drawn});
            return true;
        }
        if (words.at(0) == "enough") {
            static_cast<void>(item(words.at(1), number(words.at(2))));
            return true;
        }
        if (words.at(0) != "bloc") {
            return false;
        }
        model::Bloc bloc{std::string(words.at(1)), std::string(words.at(1)), {}};
        for (std::size_t w = 2; w < words.size(); ++w) {
            bloc.members.push_back(state(words[w]));
        }
        std::ranges::sort(bloc.members);
        return map_.blocs.add(std::move(bloc)).has_value();
    }

    SupplyMap map_;
};

}  // namespace

SupplyMap draw_map(std::string_view picture) {
    Drawing drawing;
    for (std::string_view line : split(picture, '\n')) {
        line = trimmed(line.substr(0, line.find(" #")));
        if (!line.empty()) {
            drawing.read(line);
        }
    }
    return drawing.take();
}

ItemIndex item(const SupplyMap& map, std::string_view id) {
    return map.items.find(id).value();
}

StateIndex state(const SupplyMap& map, std::string_view id) {
    return map.states.find(id).value();
}

Viewpoint seen_from(const SupplyMap& map, std::string_view text) {
    return *parse_viewpoint(map, text);
}

}  // namespace adic::supply
