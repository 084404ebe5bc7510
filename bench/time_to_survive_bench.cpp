// Time to survive of every site and country of layered site networks (thousands of related linear
// programs), and what starting from the undisturbed basis is worth: the same programs cold.
// Prints CPU seconds, the least of three runs (one of the largest), and milliseconds for each.

#include "adic/shock/survival/survival.hpp"
#include "adic/solver/session.hpp"

#include "site_chain.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <fmt/core.h>

namespace {

using namespace adic;

/// Least CPU seconds of several runs.
double timed(int runs, const std::function<void()>& work) {
    double least = std::numeric_limits<double>::infinity();
    for (int run = 0; run < runs; ++run) {
        const std::clock_t start = std::clock();
        work();
        const auto taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        least = std::min(least, taken);
    }
    return least;
}

// --- whole analyses -----------------------------------------------------------------------------

void run_analysis(const char* name, const bench::SiteChainShape& shape, int runs) {
    const model::SiteNetwork network = bench::site_chain(shape, 1);
    auto disruptions = shock::list_disruptions(network, model::SubjectKind::site);
    const auto places = shock::list_disruptions(network, model::SubjectKind::place);
    disruptions.insert(disruptions.end(), places.begin(), places.end());
    std::uint64_t programs = 0;
    std::size_t at_risk = 0;
    const double cpu = timed(runs, [&] {
        const auto analysis = shock::analyse_survival(network, disruptions, {}, {.threads = 1});
        programs = analysis->programs;
        at_risk = shock::list_at_risk(*analysis).size();
    });
    fmt::print(
        "{}: {} parts, {} sites, {} disruptions, {} at risk, {} programs: {:.3f} s, "
        "{:.3f} ms for each program\n",
        name,
        network.parts.size(),
        network.sites.size(),
        disruptions.size(),
        at_risk,
        programs,
        cpu,
        1e3 * cpu / static_cast<double>(programs)
    );
}

// --- warm and cold ------------------------------------------------------------------------------

/// The program of docs/explanation/shock-survival.md (S4-S6) for a network in which groups have one
/// or two choices: variable 0 is the inverse time, 1 + p the output of part p.
solver::LinearModel program_of(const model::SiteNetwork& network) {
    constexpr double longest = 10'000.0;
    solver::LinearModel model;
    model.variables.push_back({1.0, solver::infinity, 1.0, {}});
    for (std::uint32_t part = 0; part < network.parts.size(); ++part) {
        model.variables.push_back({});
        model.variables.back().upper = 0.0;
        model.constraints.push_back({0.0, solver::infinity, {{0, 0.0}, {1 + part, 1.0}}});
    }
    for (const model::Site& site : network.sites) {
        model.variables[1 + site.part.value()].upper += site.capacity_per_day.likely();
        model.constraints[site.part.value()].terms[0].coefficient += site.stock.likely() / longest;
    }
    for (const model::PartDemand& demand : network.demands) {
        model.constraints[demand.part.value()].lower = demand.per_day.likely();
    }
    for (const model::InputGroup& group : network.groups) {
        solver::Constraint met{0.0, solver::infinity, {{1 + group.part.value(), -1.0}}};
        for (const model::InputChoice& choice : group.choices) {
            const auto variable = static_cast<std::uint32_t>(model.variables.size());
            model.variables.push_back({});
            met.terms.push_back({variable, 1.0});
            model.constraints[choice.input.value()].terms.push_back(
                {variable, -choice.quantity.likely()}
            );
        }
        model.constraints.push_back(std::move(met));
    }
    return model;
}

double objective_of(const solver::LinearOutcome& outcome) {
    const auto* optimum = std::get_if<solver::LinearOptimum>(&outcome);
    return optimum == nullptr ? solver::infinity : optimum->objective;
}

/// The least inverse time with each site shut in turn.
std::vector<double>
shut_each(solver::LinearSession& session, const model::SiteNetwork& network, std::size_t sites) {
    std::vector<double> inverse;
    for (std::size_t s = 0; s < sites; ++s) {
        const model::Site& site = network.sites[s];
        const std::uint32_t variable = 1 + site.part.value();
        const double upper = session.model().variables[variable].upper;
        const double left = std::max(0.0, upper - site.capacity_per_day.likely());
        session.set_variable_bounds(variable, 0.0, left);
        inverse.push_back(objective_of(*session.solve({})));
        session.set_variable_bounds(variable, 0.0, upper);
    }
    return inverse;
}

double worst_difference(const std::vector<double>& a, const std::vector<double>& b) {
    double worst = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        worst = a[i] == b[i] ? worst : std::max(worst, std::abs(a[i] - b[i]) / a[i]);
    }
    return worst;
}

void run_starts(const bench::SiteChainShape& shape, std::size_t most_sites, int runs) {
    const model::SiteNetwork network = bench::site_chain(shape, 1);
    const std::size_t sites = std::min(most_sites, network.sites.size());
    const solver::LinearModel model = program_of(network);
    const auto session = *solver::open_clp_session(model);
    std::vector<double> cold_values;
    const double cold = timed(runs, [&] { cold_values = shut_each(*session, network, sites); });
    (void)session->solve({});
    session->keep_start();
    std::vector<double> warm_values;
    const double warm = timed(runs, [&] { warm_values = shut_each(*session, network, sites); });
    const double each = 1e3 / static_cast<double>(sites);
    fmt::print(
        "{} parts, {} programs: warm {:.3f} s ({:.3f} ms each), cold {:.3f} s ({:.3f} ms each): "
        "{:.1f} times; largest relative difference {:.1e}\n",
        shape.parts,
        sites,
        warm,
        warm * each,
        cold,
        cold * each,
        cold / warm,
        worst_difference(warm_values, cold_values)
    );
}

}  // namespace

int main() {
    run_starts({.parts = 60}, 1'000, 3);
    run_starts({.parts = 500}, 200, 3);
    run_starts({.parts = 2'000}, 30, 1);
    run_analysis("small", {.parts = 60}, 3);
    run_analysis("medium", {.parts = 500}, 3);
    run_analysis("medium, with bounds", {.parts = 500, .intervals = true}, 1);
    return 0;
}
