#include "adic/app/screen_flows.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/flow_reader.hpp"
#include "adic/ingest/publishers/state_names.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using ingest::StateNames;
using supply::BlocDependence;
using supply::ImporterDependence;

/// Identifiers of the states that "ASEAN", "IDN" or "IDN+MYS" name.
Result<std::set<std::string>> states_inside(const StateNames& states, std::string_view text) {
    std::set<std::string> inside;
    for (const std::string_view name : split(text, '+')) {
        const std::vector<std::string> members = states.members_of(name);
        inside.insert(members.begin(), members.end());
        const StateNames::State* state = states.find_by_code(name);
        if (state != nullptr) {
            inside.insert(state->id);
        } else if (members.empty()) {
            return Error{
                ErrorCode::not_found,
                fmt::format("'{}' is neither a state nor a bloc of the table of states", name),
                {}};
        }
    }
    return inside;
}

Result<std::uint16_t> year_of(const model::FlowTable& flows, std::optional<std::uint16_t> asked) {
    if (flows.size() == 0) {
        return Error{ErrorCode::invalid_argument, "the file holds no flow that can be read", {}};
    }
    const std::uint16_t latest = *std::ranges::max_element(flows.year);
    if (asked && std::ranges::count(flows.year, *asked) == 0) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "the file has no flow of {}; it goes from {} to {}",
                *asked,
                *std::ranges::min_element(flows.year),
                latest
            ),
            {}};
    }
    return asked.value_or(latest);
}

/// For each product of the table, whether it was asked for.
std::vector<bool>
products_asked(const model::FlowTable& flows, const std::vector<std::string>& beginnings) {
    std::vector<bool> asked;
    asked.reserve(flows.products.size());
    for (const std::string& product : flows.products) {
        const auto begins = [&](const std::string& start) { return product.starts_with(start); };
        asked.push_back(beginnings.empty() || std::ranges::any_of(beginnings, begins));
    }
    return asked;
}

/// The findings of interest, flagged ones first, then the largest, then in the order of the table.
template <typename Finding, typename IsWanted, typename IsFlagged, typename SizeOf>
std::vector<Finding> worst_first(
    const std::vector<Finding>& all,
    const IsWanted& is_wanted,
    const IsFlagged& is_flagged,
    const SizeOf& size_of
) {
    std::vector<Finding> found;
    std::ranges::copy_if(all, std::back_inserter(found), is_wanted);
    std::ranges::stable_sort(found, std::greater{}, [&](const Finding& finding) {
        return std::pair{is_flagged(finding), size_of(finding)};
    });
    return found;
}

void let_rows_go(model::FlowTable& flows) {
    model::FlowTable names;
    names.states = std::move(flows.states);
    names.products = std::move(flows.products);
    flows = std::move(names);
}

}  // namespace

Result<ScreenFlowsAnswer>
screen_flows(const ScreenFlowsRequest& request, const Progress& progress) {
    ADIC_TRY(const StateNames states, StateNames::read(request.states));
    ADIC_TRY(const std::set<std::string> inside, states_inside(states, request.inside));
    ScreenFlowsAnswer answer;
    if (progress) {
        progress("reading flows", 0.0);
    }
    ADIC_TRY(
        answer.flows,
        ingest::read_flows(
            request.file,
            answer.report,
            {.states = &states, .complete_groups_only = true}
        )
    );
    ADIC_TRY(answer.year, year_of(answer.flows, request.year));
    answer.flows_read = answer.flows.size();

    supply::FlowDependenceOptions options{.first_year = answer.year, .last_year = answer.year};
    for (const std::string& state : answer.flows.states) {
        options.bloc.push_back(inside.contains(state));
    }
    if (progress) {
        progress("screening", 0.9);
    }
    ADIC_TRY(const supply::FlowDependence found, supply::flow_dependence(answer.flows, options));
    const std::vector<bool> asked = products_asked(answer.flows, request.products);
    answer.products = worst_first(
        found.bloc,
        [&](const BlocDependence& p) {
            return asked[p.product] && (p.dependent || !request.only_flagged);
        },
        [](const BlocDependence& p) { return p.dependent; },
        [](const BlocDependence& p) { return p.outside_imports; }
    );
    answer.importers = worst_first(
        found.importers,
        [&](const ImporterDependence& i) {
            return asked[i.product] && options.bloc[i.importer]
                   && (i.geodep || !request.only_flagged);
        },
        [](const ImporterDependence& i) { return i.geodep; },
        [](const ImporterDependence& i) { return i.imports; }
    );
    answer.dependent = static_cast<std::uint64_t>(
        std::ranges::count_if(answer.products, [](const auto& p) { return p.dependent; })
    );
    let_rows_go(answer.flows);
    return answer;
}

}  // namespace adic::app
