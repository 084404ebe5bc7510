#include "adic/app/plan_remedies.hpp"

#include "adic/ingest/remedies_reader.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "scenario_over.hpp"

#include <utility>

namespace adic::app {
namespace {

/// The scenario as the states inside a viewpoint feel it; hazards spare what is inside.
shock::ScenarioOf scenario_of(const PlanRemediesRequest& request, const model::SeaRoutes& routes) {
    return [&request, &routes](const supply::MapIndex& index, const supply::Viewpoint& viewpoint)
               -> Result<shock::ResolvedScenario> {
        ADIC_TRY(
            const model::Scenario scenario,
            scenario_over(index, viewpoint, request.scenario, request.weeks)
        );
        return shock::resolve(scenario, index, routes, viewpoint);
    };
}

}  // namespace

Result<std::vector<model::Remedy>> read_remedies(
    const std::filesystem::path& file,
    const model::SupplyMap& map,
    ingest::ImportReport& report
) {
    return ingest::read_remedies(file, map, report);
}

Result<shock::RemedyAnswer> plan_remedies(
    const supply::MapIndex& index,
    const PlanRemediesRequest& request,
    const shock::Run& run
) {
    ingest::ImportReport report;
    ADIC_TRY(
        const model::SeaRoutes routes,
        ingest::read_sea_routes(request.data / "reference", report)
    );
    shock::RemedyQuestion question = request.question;
    question.scenario = scenario_of(request, routes);
    question.draws.starts = request.scenario ? shock::Starts::as_stated : shock::Starts::anywhere;
    ADIC_TRY(shock::RemedyAnswer answer, shock::study_remedies(index.map(), question, run));
    ADIC_TRY(const shock::ResolvedScenario resolved, question.scenario(index, question.together));
    answer.notes.insert(answer.notes.begin(), resolved.notes.begin(), resolved.notes.end());
    return answer;
}

}  // namespace adic::app
