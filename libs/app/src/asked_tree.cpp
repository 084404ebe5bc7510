#include "adic/app/asked_tree.hpp"

#include "adic/app/failures.hpp"
#include "adic/app/opened_map.hpp"
#include "adic/ingest/open_psa.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace adic::app {
namespace {

Error errors_of(const std::filesystem::path& path, const ingest::ImportReport& report) {
    const auto is_error = [](const ingest::Issue& issue) {
        return issue.severity == ingest::Severity::error;
    };
    const auto first = std::ranges::find_if(report.issues(), is_error);
    std::string message = fmt::format("'{}' is no fault tree that can be read", path.string());
    if (first != report.issues().end()) {
        message += fmt::format("\n{}:{}: {}", first->file, first->row, first->message);
    }
    if (report.errors() > 1) {
        message += fmt::format("\n{} more problems follow.", report.errors() - 1);
    }
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

/// Of the hazards that the subjects' probabilities are, each source once.
std::vector<model::Source>
hazard_sources(const model::SupplyMap& map, const std::vector<supply::FailureSubject>& subjects) {
    std::set<model::SourceIndex> found;
    for (const supply::FailureSubject& subject : subjects) {
        if (const model::Hazard* hazard = supply::newest_hazard(map, subject)) {
            found.insert(map[hazard->provenance].source);
        }
    }
    std::vector<model::Source> sources;
    for (const model::SourceIndex source : found) {
        sources.push_back(map.sources[source]);
    }
    return sources;
}

}  // namespace

Result<AskedTree> tree_of_item(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::string_view text,
    const supply::FailureOptions& options
) {
    ADIC_TRY(const model::ItemIndex item, find_item(index.map(), text));
    supply::FailureModel model = supply::failure_model(index, viewpoint, item, options);
    const model::Item& record = index.map().items[item];
    AskedTree asked{
        record.id,
        record.name,
        std::move(model.tree),
        {},
        {},
        ChainCoverage{model.items, model.items_with_shares},
        hazard_sources(index.map(), model.event_subjects)};
    for (const supply::FailureSubject& subject : model.event_subjects) {
        asked.words.push_back(word_of(index.map(), subject));
        asked.names.push_back(name_of(index.map(), subject));
    }
    return asked;
}

Result<AskedTree> tree_of_file(const std::filesystem::path& path) {
    ingest::ImportReport report;
    auto tree = ingest::read_open_psa(path, report);
    if (!tree && !report.may_commit()) {
        return errors_of(path, report);
    }
    if (!tree) {
        return tree.error();
    }
    const std::string top = tree->gates[tree->top].name;
    AskedTree asked{top, top, *std::move(tree), {}, {}, {}, {}};
    for (const model::FaultEvent& event : asked.tree.events) {
        asked.words.push_back(event.name);
        asked.names.push_back(event.name);
    }
    return asked;
}

}  // namespace adic::app
