#pragma once

#include "adic/supply/lookthrough.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::supply::test {

/// A map of items, value shares and origins, written by name.
class ValueMap {
  public:
    ValueMap() {
        map_.provenances.push_back(
            {model::SourceIndex{0}, {}, model::Confidence::d, {}, "public", ""}
        );
    }

    model::StateIndex state(std::string_view id) {
        if (const auto found = map_.states.find(id)) {
            return *found;
        }
        return *map_.states.add({std::string(id), std::string(id)});
    }

    model::ItemIndex item(std::string_view id) {
        if (const auto found = map_.items.find(id)) {
            return *found;
        }
        return *map_.items.add(
            {std::string(id),
             std::string(id),
             model::ItemKind::component,
             "piece",
             0,
             {},
             "",
             fact()}
        );
    }

    struct Input {
        std::string id;
        std::optional<Estimate> share;
    };

    struct Group {
        std::uint32_t take = 1;
        model::Role role = model::Role::consumed;
    };

    void needs(std::string_view taker, const std::vector<Input>& inputs, Group kind) {
        const model::ItemIndex owner = item(taker);
        const model::GroupIndex group{static_cast<std::uint32_t>(map_.groups.size())};
        map_.groups.push_back(
            {owner, std::to_string(group.value()), kind.take, kind.role, model::Essential::yes}
        );
        for (const Input& input : inputs) {
            map_.needs.push_back({group, item(input.id), {}, input.share, fact()});
        }
    }

    void needs(std::string_view taker, std::string_view input, double share) {
        needs(taker, {{std::string(input), Estimate::exactly(share)}}, {});
    }

    void needs(std::string_view taker, std::string_view input) {
        needs(taker, {{std::string(input), {}}}, {});
    }

    void comes_from(std::string_view id, std::string_view origin, Estimate share) {
        map_.supplies.push_back({item(id), state(origin), {}, {}, share, {}, "", {}, fact()});
    }

    void comes_from(std::string_view id, std::string_view origin, double share = 1.0) {
        comes_from(id, origin, Estimate::exactly(share));
    }

    model::SupplyMap& map() { return map_; }

  private:
    static model::ProvenanceIndex fact() { return model::ProvenanceIndex{0}; }

    model::SupplyMap map_;
};

/// A map looked through from one viewpoint.
struct Seen {
    Seen(const model::SupplyMap& map, std::string_view from, LookthroughOptions options = {})
        : index(map)
        , viewpoint(*parse_viewpoint(map, from))
        , network(index, options)
        , content(look_through(network, index, viewpoint)) {}

    model::ItemIndex item(std::string_view id) const { return *index.map().items.find(id); }

    Estimate part(std::string_view id, std::string_view state) const {
        return content.from(item(id), *index.map().states.find(state));
    }

    MapIndex index;
    Viewpoint viewpoint;
    ValueNetwork network;
    Lookthrough content;
};

}  // namespace adic::supply::test
