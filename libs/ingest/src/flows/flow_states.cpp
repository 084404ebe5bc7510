#include "flow_states.hpp"

#include "adic/base/parallel.hpp"

#include <map>

namespace adic::ingest {

std::vector<std::string> rename_states(
    model::FlowTable& flows,
    const std::function<std::optional<std::string>(std::string_view code)>& renamed
) {
    std::vector<std::string> kept;
    std::vector<std::string> names;
    std::vector<std::uint16_t> positions;
    std::map<std::string, std::uint16_t> position_of;
    for (const std::string& code : flows.states) {
        const auto name = renamed(code);
        if (!name) {
            kept.push_back(code);
        }
        const auto next = static_cast<std::uint16_t>(names.size());
        const auto [found, added] = position_of.emplace(name.value_or(code), next);
        if (added) {
            names.push_back(found->first);
        }
        positions.push_back(found->second);
    }
    constexpr std::size_t grain = 1U << 18U;
    parallel_ranges(flows.size(), grain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            flows.exporter[row] = positions[flows.exporter[row]];
            flows.importer[row] = positions[flows.importer[row]];
        }
    });
    flows.states = std::move(names);
    return kept;
}

}  // namespace adic::ingest
