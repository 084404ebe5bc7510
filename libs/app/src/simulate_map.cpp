#include "adic/app/simulate_map.hpp"

#include "adic/app/opened_map.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "scenario_over.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using shock::ItemMonteCarlo;
using supply::MapIndex;

constexpr std::string_view scenario_file = "scenario.json";

/// A scenario resolved against a map, and the futures that are drawn from it.
struct Simulation {
    shock::ResolvedScenario resolved;
    ItemMonteCarlo futures;
    std::vector<Sentence> notes;
};

/// A byte for each run, week and item: more than this does not fit beside everything else.
std::optional<Error> problem_of_room(const SimulateMapRequest& request, std::uint32_t weeks) {
    constexpr std::uint64_t most_bytes = std::uint64_t{1} << 29U;
    const std::uint64_t each = std::uint64_t{weeks} * request.targets.size();
    const std::uint64_t most_runs = most_bytes / std::max<std::uint64_t>(1, each);
    if (request.draws.weekly == shock::WeeklyOutput::mean || request.rule.runs <= most_runs) {
        return std::nullopt;
    }
    return Error{
        ErrorCode::invalid_argument,
        fmt::format(
            "bands over {} weeks of {} items can be kept of {} runs at most",
            weeks,
            request.targets.size(),
            most_runs
        ),
        {}};
}

/// Errors: those of `simulate_map`. `folder` holds the sea routes.
Result<Simulation> prepare(
    const MapIndex& index,
    const SimulateMapRequest& request,
    const std::filesystem::path& folder
) {
    ingest::ImportReport report;
    ADIC_TRY(const model::SeaRoutes routes, ingest::read_sea_routes(folder, report));
    ADIC_TRY(
        const model::Scenario scenario,
        scenario_over(index, request.viewpoint, request.scenario, request.weeks)
    );
    ADIC_TRY(
        shock::ResolvedScenario resolved,
        shock::resolve(scenario, index, routes, request.viewpoint)
    );
    ADIC_TRY(
        const shock::ItemNetwork network,
        shock::ItemNetwork::create(index, request.viewpoint, request.targets, request.items)
    );
    if (auto problem = problem_of_room(request, resolved.weeks())) {
        return *std::move(problem);
    }
    ADIC_TRY(ItemMonteCarlo futures, ItemMonteCarlo::create(network, resolved, request.draws));
    std::vector<Sentence> notes = resolved.notes;
    notes.insert(notes.end(), network.notes().begin(), network.notes().end());
    return Simulation{std::move(resolved), std::move(futures), std::move(notes)};
}

// --- as a job -----------------------------------------------------------------------------------

/// A folder for a moment.
class ScratchFolder {
  public:
    static Result<ScratchFolder> create() {
        ADIC_TRY(JobFolder folder, JobFolder::create({}));
        return ScratchFolder{std::move(folder)};
    }

    std::filesystem::path path() const { return folder_.path() / "map"; }

  private:
    explicit ScratchFolder(JobFolder folder) : folder_(std::move(folder)) {}

    JobFolder folder_;
};

/// The map as a package, whatever it was read from.
Result<std::vector<JobFile>> map_files(const model::SupplyMap& map) {
    ADIC_TRY(const ScratchFolder scratch, ScratchFolder::create());
    ADIC_TRY(const auto counts, ingest::write_map_package(map, scratch.path()));
    static_cast<void>(counts);
    std::set<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
        paths.insert(entry.path());
    }
    std::vector<JobFile> files;
    for (const auto& path : paths) {
        ADIC_TRY(JobFile file, read_job_file(path, path.filename().string()));
        files.push_back(std::move(file));
    }
    return files;
}

template <class Enum>
std::string number_of(Enum value) {
    return std::to_string(static_cast<int>(value));
}

std::vector<JobOption>
job_options(const SimulateMapRequest& request, const MapIndex& index, const Simulation& made) {
    const shock::MonteCarloOptions& draws = request.draws;
    std::vector<JobOption> options{
        {"inside", request.viewpoint.label},
        {"weeks", std::to_string(request.weeks)},
        {"cover_days", to_shortest(request.items.usual.cover_days)},
        {"enough", to_shortest(request.items.enough)},
        {"equipment", number_of(request.items.equipment)},
        {"seed", std::to_string(draws.seed)},
        {"sampling", number_of(draws.sampling)},
        {"spread", number_of(draws.spread)},
        {"unrecorded", number_of(draws.unrecorded)},
        {"starts", number_of(draws.starts)},
        {"raise_to", to_shortest(draws.raise_to)},
        {"weekly", number_of(draws.weekly)},
        {"runs", std::to_string(request.rule.runs)},
        {"digest", made.futures.digest()},
    };
    for (const model::ItemIndex target : request.targets) {
        options.push_back({"target", index.map().items[target].id});
    }
    return options;
}

Result<Job>
job_of(const MapIndex& index, const SimulateMapRequest& request, const Simulation& made) {
    Job job{std::string(map_simulation_kind), job_options(request, index, made), {}};
    ADIC_TRY(job.files, map_files(index.map()));
    for (const char* name : {"chokepoints.csv", "sea_routes.csv"}) {
        ADIC_TRY(JobFile file, read_job_file(request.data / "reference" / name, name));
        job.files.push_back(std::move(file));
    }
    if (request.scenario) {
        job.files.push_back({std::string(scenario_file), ingest::write_scenario(*request.scenario)}
        );
    }
    return job;
}

/// Reads settings of a job, and remembers whether one of them could not be read.
class JobSettings {
  public:
    explicit JobSettings(const Job& job) : job_(job) {}

    double number(std::string_view name) {
        const auto value = parse_decimal(option_of(job_, name));
        is_good_ = is_good_ && value.has_value();
        return value.value_or(0.0);
    }

    std::uint64_t whole(std::string_view name) {
        const auto value = parse_whole(option_of(job_, name));
        is_good_ = is_good_ && value.has_value();
        return value.value_or(0);
    }

    template <class Enum>
    Enum one_of(std::string_view name, Enum last) {
        const std::uint64_t value = whole(name);
        is_good_ = is_good_ && value <= static_cast<std::uint64_t>(last);
        return static_cast<Enum>(value);
    }

    bool is_good() const { return is_good_; }

  private:
    const Job& job_;
    bool is_good_ = true;
};

Error unusable_job() {
    return Error{ErrorCode::invalid_argument, "the job's map or settings cannot be used", {}};
}

Result<SimulateMapRequest>
request_of(const Job& job, const MapIndex& index, const std::filesystem::path& folder) {
    JobSettings settings{job};
    SimulateMapRequest request;
    ADIC_TRY(request.viewpoint, supply::parse_viewpoint(index.map(), option_of(job, "inside")));
    for (const JobOption& option : job.options) {
        if (option.name == "target") {
            ADIC_TRY(const model::ItemIndex item, find_item(index.map(), option.value));
            request.targets.push_back(item);
        }
    }
    if (std::ranges::find(job.files, scenario_file, &JobFile::name) != job.files.end()) {
        ingest::ImportReport report;
        ADIC_TRY(request.scenario, ingest::read_scenario(folder / scenario_file, report));
    }
    request.weeks = static_cast<std::uint32_t>(settings.whole("weeks"));
    request.items.usual.cover_days = settings.number("cover_days");
    request.items.enough = settings.number("enough");
    request.items.equipment = settings.one_of("equipment", supply::Equipment::left_out);
    request.draws.seed = settings.whole("seed");
    request.draws.sampling = settings.one_of("sampling", shock::Sampling::quasi_random);
    request.draws.spread = settings.one_of("spread", shock::Spread::triangular);
    request.draws.unrecorded = settings.one_of("unrecorded", shock::UnrecordedShare::spread);
    request.draws.starts = settings.one_of("starts", shock::Starts::anywhere);
    request.draws.raise_to = settings.number("raise_to");
    request.draws.weekly = settings.one_of("weekly", shock::WeeklyOutput::spread);
    request.rule.runs = settings.whole("runs");
    return settings.is_good() ? Result(std::move(request)) : unusable_job();
}

// --- the answer ---------------------------------------------------------------------------------

/// With weights so uneven that a handful of runs carry the sum, neither the estimates nor their
/// intervals mean anything: what these runs did not see is as likely as not the most of it.
std::optional<Error> problem_of_weights(const shock::MonteCarloSummary& summary) {
    constexpr double least = 100.0;
    const auto runs = static_cast<double>(summary.runs);
    if (summary.effective_runs >= std::min(runs, std::max(least, runs / least))) {
        return std::nullopt;
    }
    return Error{
        ErrorCode::invalid_argument,
        fmt::format(
            "so many events are drawn more often than they happen that {} runs say as much as "
            "{:.3g}: raise them to less, or not at all",
            summary.runs,
            summary.effective_runs
        ),
        {}};
}

std::vector<std::vector<double>>
stopped_by(const shock::MonteCarloMerge& merge, std::size_t targets, std::uint32_t weeks) {
    std::vector<std::vector<double>> chances(targets, std::vector<double>(weeks, 0.0));
    double all = 0.0;
    for (const shock::RunBlock& block : merge.blocks()) {
        const std::size_t runs = block.first_stopped.size() / targets;
        for (std::size_t run = 0; run < runs; ++run) {
            const double weight = block.weights.empty() ? 1.0 : block.weights[run];
            all += weight;
            for (std::size_t target = 0; target < targets; ++target) {
                const std::uint16_t week = block.first_stopped[target * runs + run];
                if (week != shock::RunBlock::not_at_all) {
                    chances[target][week] += weight;
                }
            }
        }
    }
    for (std::vector<double>& chance : chances) {
        double sum = 0.0;
        for (double& by_then : chance) {
            sum += by_then;
            by_then = std::min(1.0, sum / all);
        }
    }
    return chances;
}

}  // namespace

Result<SimulateMapAnswer>
simulate_map(const MapIndex& index, const SimulateMapRequest& request, const Computing& computing) {
    ADIC_TRY(Simulation made, prepare(index, request, request.data / "reference"));
    ADIC_TRY(const Job job, job_of(index, request, made));
    shock::MonteCarloMerge merge(made.futures, request.rule);
    const auto take = [&](std::size_t block, std::string_view bytes) -> Result<Merged> {
        ADIC_TRY(const bool is_enough, merge.take(block, bytes));
        return is_enough ? Merged::has_enough : Merged::wants_more;
    };
    const BlockWork work = made.futures.work(request.rule.runs);
    if (auto problem = compute(job, work, take, computing, "following many futures")) {
        return *std::move(problem);
    }
    SimulateMapAnswer answer;
    answer.weeks = made.futures.weeks();
    for (std::uint32_t node = 0; node < made.futures.network().size(); ++node) {
        answer.items.push_back(made.futures.network().item(node));
    }
    answer.summary = merge.summary();
    if (auto problem = problem_of_weights(answer.summary)) {
        return *std::move(problem);
    }
    answer.stopped_by = stopped_by(merge, request.targets.size(), answer.weeks);
    answer.resolved = std::move(made.resolved);
    answer.notes = std::move(made.notes);
    return answer;
}

Result<BlockWork> open_map_simulation(const Job& job) {
    struct Opened {
        std::unique_ptr<const OpenedMap> map;
        std::optional<Simulation> simulation;
    };

    ADIC_TRY(const JobFolder folder, JobFolder::create(job));
    const auto opened = std::make_shared<Opened>();
    ADIC_TRY(opened->map, open_map(folder.path()));
    ADIC_TRY(
        const SimulateMapRequest request,
        request_of(job, opened->map->index(), folder.path())
    );
    ADIC_TRY(opened->simulation, prepare(opened->map->index(), request, folder.path()));
    const ItemMonteCarlo& futures = opened->simulation->futures;
    if (futures.digest() != option_of(job, "digest")) {
        return unusable_job();
    }
    BlockWork work = futures.work(request.rule.runs);
    work.compute = [opened, compute = std::move(work.compute)](
                       std::size_t block,
                       const std::stop_token& stop
                   ) { return compute(block, stop); };
    return work;
}

}  // namespace adic::app
