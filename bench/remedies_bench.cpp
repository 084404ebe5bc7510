// Remedies for a budget: the sample with its own table against one episode and all its hazards, and
// with a longer made-up table; from the region's seat. Prints CPU seconds, how many losses of lists
// were followed, and what each of them took; then what it takes to answer from a finished
// checkpoint.
//
//   remedies_bench            the sample's remedies and 100 made-up ones, 256 futures
//   remedies_bench RUNS

#include "adic/app/blocks/checkpoint.hpp"
#include "adic/app/blocks/job.hpp"
#include "adic/app/failures.hpp"
#include "adic/app/plan_remedies.hpp"
#include "adic/app/run_scenario.hpp"
#include "adic/ingest/remedies_reader.hpp"
#include "adic/shock/remedies/study.hpp"

#include "remedy_list.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

namespace {

using namespace adic;

const std::filesystem::path data = ADIC_SOURCE_DIR "/data";

struct Measured {
    double wall_s = 0;
    double cpu_s = 0;
    shock::RemedyAnswer answer;
};

Measured measure(
    const app::OpenedMap& opened,
    const app::PlanRemediesRequest& request,
    const app::Computing& computing
) {
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    auto answer = *app::plan_remedies(opened.index(), request, computing);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {
        wall.count(),
        static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC,
        std::move(answer)};
}

/// A folder for the checkpoints, which goes at the end.
class Scratch {
  public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "adic-bench-XXXXXX").string();
        path_ = ::mkdtemp(name.data()) == nullptr ? "." : name;
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::filesystem::path file(std::string_view name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

void run(
    std::string_view name,
    const app::OpenedMap& opened,
    const app::PlanRemediesRequest& request,
    const Scratch& scratch
) {
    app::Computing one;
    one.threads = 1;
    one.checkpoint = scratch.file(name);
    const Measured alone = measure(opened, request, one);
    const auto kept = *app::parse_checkpoint(app::read_job_file(one.checkpoint, "kept")->contents);
    const Measured again = measure(opened, request, one);
    app::Computing two;
    two.threads = 2;
    const Measured both = measure(opened, request, two);
    const bool is_same = both.answer.list.found.loss == alone.answer.list.found.loss
                         && again.answer.pooling == alone.answer.pooling;
    const auto losses = static_cast<double>(kept.finished());
    fmt::print(
        "{:20} {:3} remedies: {:6.2f} s CPU, {:5} losses, {:.2f} ms each; 2 threads {:.2f} s wall; "
        "from its checkpoint {:.2f} s; gap {:.3f}{}\n",
        name,
        request.question.remedies.size(),
        alone.cpu_s,
        kept.finished(),
        1e3 * (alone.cpu_s - again.cpu_s) / losses,
        both.wall_s,
        again.cpu_s,
        alone.answer.list.found.gap(),
        is_same ? "" : "; NOT THE SAME ANSWER"
    );
}

}  // namespace

int main(int argc, char** argv) {
    const std::span words(argv, static_cast<std::size_t>(argc));
    constexpr std::uint64_t usual_runs = 256;
    const std::uint64_t runs = words.size() > 1 ? std::strtoull(words[1], nullptr, 10) : usual_runs;
    ingest::ImportReport report;
    const auto opened =
        app::open_remedies(data / "sample", data / "remedies" / "sample.csv", "", report);
    if (!opened || runs == 0) {
        fmt::print("{}\n", opened ? "how many runs?" : opened.error().message);
        return 1;
    }
    const Scratch scratch;
    const model::SupplyMap& map = opened->map->map();
    app::PlanRemediesRequest request;
    request.data = data;
    request.question.together = *supply::parse_viewpoint(map, "ASEAN");
    request.question.targets = *app::find_targets(opened->map->index(), {});
    request.question.remedies = opened->remedies;
    request.question.budget_musd = 20;
    request.question.runs = runs;
    request.scenario = *app::find_scenario(data, "heavy-rare-earths-2025");
    run("one episode", *opened->map, request, scratch);
    request.scenario.reset();
    run("all hazards", *opened->map, request, scratch);
    request.question.remedies = bench::remedy_list(map, {});
    request.question.budget_musd = 100;
    run("made-up, all hazards", *opened->map, request, scratch);
    return 0;
}
