#include "adic/app/run_scenario.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/scenario_file.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::ItemIndex;
using shock::Harshness;
using shock::ScenarioPaths;
using shock::SupplyPath;
using supply::MapIndex;
using supply::Viewpoint;

std::vector<std::filesystem::path> scenario_files(const std::filesystem::path& data) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(data / "scenarios", none)) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// The scenario, or every problem of its file.
Result<model::Scenario> read_clean_scenario(const std::filesystem::path& file) {
    ingest::ImportReport report;
    auto scenario = ingest::read_scenario(file, report);
    if (report.may_commit()) {
        return scenario;
    }
    std::string message = fmt::format("'{}' is no scenario that can be read", file.string());
    for (const ingest::Issue& issue : report.issues()) {
        message += fmt::format("\n{}:{}: {} ", issue.file, issue.row, issue.column);
        message += issue.value.empty() ? "" : fmt::format("'{}': ", issue.value);
        message += issue.message;
    }
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

/// Three courses of the scenario: mild, likely, harsh.
struct Courses {
    explicit Courses(const shock::ResolvedScenario& resolved) {
        constexpr std::array ends{Harshness::mild, Harshness::likely, Harshness::harsh};
        for (const Harshness end : ends) {
            paths.push_back(shock::trace_paths(resolved, shock::list_outcomes(resolved, end)));
        }
    }

    const ScenarioPaths& likely() const { return paths[1]; }

    std::vector<ScenarioPaths> paths;
};

double at_most_usual(double part) {
    return std::min(1.0, part);
}

/// One item's supply: recorded rows by their likely shares, and the rest.
class Follower {
  public:
    Follower(const MapIndex& index, const Viewpoint& viewpoint, ItemIndex item)
        : index_(index)
        , rows_(index.supplies_seen(item, viewpoint))
        , item_(item) {
        for (const std::uint32_t row : rows_) {
            const auto& share = index.map().supplies[row].share;
            recorded_ += share ? share->likely() : 0.0;
        }
    }

    /// Part of the usual that comes in the week. Suppliers without a share are in the rest; with
    /// `rest_is_worst` all of it is theirs, and as badly hit as any of them.
    double supply_in(const ScenarioPaths& paths, std::uint32_t week, bool rest_is_worst) const {
        const double whole = std::max(1.0, recorded_);
        double left = 0.0;
        double worst = 1.0;
        for (const std::uint32_t row : rows_) {
            const auto& share = index_.map().supplies[row].share;
            const SupplyPath* path = paths.find(row);
            const double part =
                path == nullptr ? 1.0 : at_most_usual(path->availability[week] + path->late[week]);
            left += (share ? share->likely() : 0.0) / whole * part;
            worst = share ? worst : std::min(worst, part);
        }
        const double rest = std::max(0.0, 1.0 - recorded_ / whole);
        return left + rest * std::min(rest_in(paths, week), rest_is_worst ? worst : 1.0);
    }

    void add_price_and_delay(const ScenarioPaths& paths, ItemUnderScenario& answer) const {
        for (const std::uint32_t row : rows_) {
            if (const SupplyPath* path = paths.find(row)) {
                answer.price = std::max(answer.price, *std::ranges::max_element(path->price));
                answer.delay_days =
                    std::max(answer.delay_days, *std::ranges::max_element(path->delay_days));
            }
        }
    }

  private:
    double rest_in(const ScenarioPaths& paths, std::uint32_t week) const {
        const auto found = std::ranges::find(paths.items, item_, &shock::ItemPath::item);
        return found == paths.items.end() ? 1.0 : at_most_usual(found->availability[week]);
    }

    const MapIndex& index_;
    std::vector<std::uint32_t> rows_;
    ItemIndex item_;
    double recorded_ = 0.0;
};

/// Whatever takes the item, over any number of tiers, and is a system.
std::vector<ItemIndex> systems_above(const MapIndex& index, ItemIndex item) {
    const model::SupplyMap& map = index.map();
    std::vector<bool> seen(map.items.size(), false);
    std::vector<ItemIndex> waiting{item};
    std::vector<ItemIndex> systems;
    seen[item.value()] = true;
    while (!waiting.empty()) {
        const ItemIndex next = waiting.back();
        waiting.pop_back();
        if (map.items[next].kind == model::ItemKind::system) {
            systems.push_back(next);
        }
        for (const std::uint32_t need : index.uses_of(next)) {
            const ItemIndex taker = map.groups[map.needs[need].group.value()].item;
            if (!seen[taker.value()]) {
                seen[taker.value()] = true;
                waiting.push_back(taker);
            }
        }
    }
    std::ranges::sort(systems);
    return systems;
}

/// The items whose supply the scenario reaches.
std::set<ItemIndex> items_reached(const MapIndex& index, const ScenarioPaths& paths) {
    std::set<ItemIndex> items;
    for (const SupplyPath& path : paths.supplies) {
        items.insert(index.map().supplies[path.supply].item);
    }
    for (const shock::ItemPath& path : paths.items) {
        items.insert(path.item);
    }
    return items;
}

ItemUnderScenario follow(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    ItemIndex item,
    const Courses& courses,
    double enough
) {
    const Follower follower(index, viewpoint, item);
    ItemUnderScenario answer{item, {}, 0, 0, 1.0, 0.0, systems_above(index, item)};
    const double needed = index.map().items[item].enough.value_or(enough);
    for (std::uint32_t week = 0; week < courses.likely().weeks; ++week) {
        const double mild = follower.supply_in(courses.paths[0], week, false);
        const double likely = follower.supply_in(courses.paths[1], week, false);
        const double harsh = follower.supply_in(courses.paths[2], week, true);
        // A licence that comes late fills a later week: there the harsh course can be the better.
        answer.weeks.push_back(*Estimate::create(
            std::min({mild, likely, harsh}),
            likely,
            std::max({mild, likely, harsh})
        ));
        answer.weeks_short += likely < needed ? 1U : 0U;
        const auto badness = [](const Estimate& e) { return std::pair(e.likely(), e.low()); };
        if (badness(answer.weeks[week]) < badness(answer.weeks[answer.worst_week])) {
            answer.worst_week = week;
        }
    }
    follower.add_price_and_delay(courses.likely(), answer);
    return answer;
}

}  // namespace

Result<std::vector<Episode>> list_episodes(const std::filesystem::path& data) {
    std::vector<Episode> episodes;
    for (const std::filesystem::path& file : scenario_files(data)) {
        ADIC_TRY(model::Scenario scenario, read_clean_scenario(file));
        episodes.push_back({file.stem().string(), std::move(scenario)});
    }
    return episodes;
}

Result<model::Scenario>
find_scenario(const std::filesystem::path& data, const std::string& name_or_file) {
    std::vector<std::string> names;
    for (const std::filesystem::path& file : scenario_files(data)) {
        names.push_back(file.stem().string());
        if (names.back() == name_or_file) {
            return read_clean_scenario(file);
        }
    }
    std::error_code none;
    if (std::filesystem::exists(name_or_file, none)) {
        return read_clean_scenario(name_or_file);
    }
    std::string message = fmt::format("'{}' is neither an episode nor a file", name_or_file);
    const std::vector<std::string_view> words(names.begin(), names.end());
    if (const auto nearest = nearest_word(name_or_file, words)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, std::move(message), {}};
}

Result<ScenarioAnswer> run_scenario(
    const model::Scenario& scenario,
    const MapIndex& index,
    const Viewpoint& viewpoint,
    const std::filesystem::path& data,
    double enough
) {
    ingest::ImportReport report;
    ADIC_TRY(const model::SeaRoutes routes, ingest::read_sea_routes(data / "reference", report));
    ScenarioAnswer answer;
    ADIC_TRY(answer.resolved, shock::resolve(scenario, index, routes, viewpoint));
    const Courses courses(answer.resolved);
    for (const ItemIndex item : items_reached(index, courses.likely())) {
        answer.items.push_back(follow(index, viewpoint, item, courses, enough));
    }
    const auto badness = [](const ItemUnderScenario& item) {
        const Estimate worst = item.weeks[item.worst_week];
        const double weeks = item.weeks_short;
        return std::tuple(-weeks, worst.likely(), worst.low(), -item.price, item.item);
    };
    std::ranges::sort(answer.items, {}, badness);
    return answer;
}

}  // namespace adic::app
