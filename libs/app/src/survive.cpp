#include "adic/app/survive.hpp"

#include "adic/ingest/site_network_reader.hpp"

#include <utility>

namespace adic::app {
namespace {

Result<SurviveAnswer>
analysed(SurviveAnswer answer, model::SubjectKind failing, const shock::Run& run) {
    answer.disruptions = shock::list_disruptions(answer.network, failing);
    ADIC_TRY(answer.analysis, shock::analyse_survival(answer.network, answer.disruptions, {}, run));
    return answer;
}

}  // namespace

Result<SurviveAnswer> survive_in_files(
    const std::filesystem::path& path,
    model::SubjectKind failing,
    const shock::Run& run
) {
    SurviveAnswer answer;
    ADIC_TRY(answer.network, ingest::read_site_network(path, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    return analysed(std::move(answer), failing, run);
}

Result<SurviveAnswer> survive_on_map(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::vector<model::ItemIndex>& items,
    std::optional<double> stock_days,
    model::SubjectKind failing,
    const shock::Run& run
) {
    std::vector<shock::WantedItem> wanted;
    for (const model::ItemIndex item : items) {
        wanted.push_back({item});
    }
    shock::MapSitesOptions options;
    if (stock_days) {
        options.assumed_stock_days = Estimate::exactly(*stock_days);
    }
    ADIC_TRY(shock::MapSites sites, shock::sites_of_map(index, viewpoint, wanted, options));
    SurviveAnswer answer;
    answer.network = std::move(sites.network);
    answer.notes = std::move(sites.notes);
    return analysed(std::move(answer), failing, run);
}

}  // namespace adic::app
