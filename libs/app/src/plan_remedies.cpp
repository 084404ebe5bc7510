#include "adic/app/plan_remedies.hpp"

#include "adic/app/blocks/kept_answers.hpp"
#include "adic/ingest/remedies_reader.hpp"
#include "adic/ingest/scenario_file.hpp"
#include "adic/registry/release/gate.hpp"

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

Result<OpenedRemedies> open_remedies(
    const std::filesystem::path& map,
    const std::filesystem::path& file,
    std::string_view reader,
    ingest::ImportReport& report,
    const Progress& progress
) {
    ADIC_TRY(model::SupplyMap all, read_clean_map(map, progress));
    ADIC_TRY(std::vector<model::Remedy> remedies, ingest::read_remedies(file, all, report));
    if (reader.empty()) {
        return OpenedRemedies{
            std::make_unique<const OpenedMap>(std::move(all)),
            std::move(remedies)};
    }
    ADIC_TRY(const model::Reader who, find_reader(all, reader));
    registry::MapWithRemedies seen = *registry::ReleaseGate(who, {}).see(all, remedies);
    return OpenedRemedies{
        std::make_unique<const OpenedMap>(std::move(seen.map)),
        std::move(seen.remedies)};
}

Result<shock::RemedyAnswer> plan_remedies(
    const supply::MapIndex& index,
    const PlanRemediesRequest& request,
    const Computing& computing
) {
    ingest::ImportReport report;
    ADIC_TRY(
        const model::SeaRoutes routes,
        ingest::read_sea_routes(request.data / "reference", report)
    );
    shock::RemedyQuestion question = request.question;
    question.scenario = scenario_of(request, routes);
    question.draws.starts = request.scenario ? shock::Starts::as_stated : shock::Starts::anywhere;
    KeptAnswers kept(computing);
    const shock::Run run{computing.threads, computing.progress, computing.stop, &kept};
    auto studied = shock::study_remedies(index.map(), question, run);
    if (!studied) {
        return studied.error().code == ErrorCode::interrupted
                   ? kept.stop({ErrorCode::interrupted, "interrupted before the end", {}})
                   : studied.error();
    }
    if (auto problem = kept.finish()) {
        return *std::move(problem);
    }
    shock::RemedyAnswer answer = *std::move(studied);
    ADIC_TRY(const shock::ResolvedScenario resolved, question.scenario(index, question.together));
    answer.notes.insert(answer.notes.begin(), resolved.notes.begin(), resolved.notes.end());
    return answer;
}

}  // namespace adic::app
