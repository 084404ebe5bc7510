#include "adic/base/say.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/item_structure.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

std::uint32_t lead_of(const ItemStructure& structure, std::uint32_t user, const Binding& binding) {
    const auto in = [&](std::span<const ItemLine> lines) -> std::uint32_t {
        for (const ItemLine& line : lines) {
            if (line.group != binding.group) {
                continue;
            }
            if (line.choice == none && line.source == binding.node) {
                return line.lead;
            }
            if (line.choice != none) {
                const ItemChoice& choice = structure.choices[line.choice];
                for (std::uint32_t a = choice.first; a < choice.last; ++a) {
                    if (structure.alternatives[a].node == binding.node) {
                        return structure.alternatives[a].lead;
                    }
                }
            }
        }
        return 0;
    };
    return binding.kind == Binding::Kind::input ? in(structure.essential.of(user))
                                                : in(structure.equipment.of(user));
}

/// The last week up to `week` in which something bound the node; equipment is missed long after.
std::uint32_t last_bound(const ItemRun& run, std::uint32_t node, std::uint32_t week) {
    while (week > 0 && run.binding_of(node, week).kind == Binding::Kind::nothing) {
        --week;
    }
    return week;
}

std::string percent(double part) {
    return std::to_string(std::lround(100 * part)) + " %";
}

}  // namespace

std::vector<CauseLink> list_causes(
    const ItemNetwork& network,
    const ItemRun& run,
    std::uint32_t node,
    std::uint32_t week
) {
    std::vector<CauseLink> chain;
    while (true) {
        const Binding& binding = run.binding_of(node, week);
        chain.push_back({node, week, run.output_of(node, week), binding});
        const bool goes_on =
            binding.kind == Binding::Kind::input || binding.kind == Binding::Kind::equipment;
        const std::uint32_t lead = goes_on ? lead_of(network.structure(), node, binding) : 0;
        if (!goes_on || lead > week) {
            return chain;
        }
        node = binding.node;
        week = binding.kind == Binding::Kind::equipment ? last_bound(run, node, week - lead)
                                                        : week - lead;
    }
}

Sentence explain(const ItemNetwork& network, std::span<const CauseLink> causes) {
    std::vector<Sentence> parts;
    for (const CauseLink& link : causes) {
        parts.push_back(
            say(parts.empty() ? SayingOf("cause-first") : SayingOf("cause-next"),
                {{"item", network.map().items[network.item(link.node)].id},
                 {"output", percent(link.output), link.output},
                 {"week", link.week + 1}})
        );
        if (link.binding.kind == Binding::Kind::supply) {
            parts.push_back(say("cause-supply"));
        }
        if (link.binding.kind == Binding::Kind::equipment) {
            parts.push_back(say("cause-equipment"));
        }
    }
    return joined(std::move(parts), ", ", ".");
}

}  // namespace adic::shock
