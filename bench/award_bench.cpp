// A purchase of 200 items by 11 states from 40 suppliers (large_purchase.hpp, seed 1, or the first
// argument): the plan in parts after several limits of the clock; then what CBC and GLPK make of
// the plain model (plain_award.hpp) in the longest of them. GLPK is asked by its program glpsol,
// where there is one. Prints seconds by the clock and of the processor, cost, bound and gap.

#include "adic/procure/award.hpp"

#include "large_purchase.hpp"
#include "plain_award.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace adic::procure;
using Clock = std::chrono::steady_clock;

constexpr double percent = 100.0;
constexpr double longest_s = 60.0;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double processor_s() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void run(const AwardProblem& problem, double limit_s) {
    AwardOptions options;
    options.method = AwardMethod::in_parts;
    options.time_limit_s = limit_s;
    options.relative_gap = 1e-3;
    options.with_prices = false;
    const auto start = Clock::now();
    const double cpu = processor_s();
    const auto outcome = award(problem, options);
    std::printf(
        "adic, in parts  limit %5.1f s  took %6.2f s, %6.2f s of CPU  ",
        limit_s,
        seconds_since(start),
        processor_s() - cpu
    );
    if (!outcome) {
        std::printf("%s\n", outcome.error().message.c_str());
    } else if (const auto* plan = std::get_if<AwardPlan>(&*outcome)) {
        std::printf(
            "cost %s  bound %s  gap %.3f %%\n",
            money_text(plan->bill.total).c_str(),
            money_text(plan->bound).c_str(),
            percent * plan->gap()
        );
    } else if (const auto* none = std::get_if<NoAwardInTime>(&*outcome)) {
        std::printf("no plan, bound %s\n", money_text(none->bound).c_str());
    } else {
        std::printf("there is no plan\n");
    }
}

void run_cbc(const adic::solver::LinearModel& model) {
    const auto start = Clock::now();
    const auto outcome = adic::solver::solve_with_cbc(model, {longest_s, 1e-3});
    std::printf("CBC, plain      limit %5.1f s  took %6.2f s  ", longest_s, seconds_since(start));
    if (!outcome) {
        std::printf("%s\n", outcome.error().message.c_str());
    } else if (const auto* optimum = std::get_if<adic::solver::Optimum>(&*outcome)) {
        const double gap = (optimum->objective - optimum->bound) / optimum->objective;
        std::printf(
            "cost %.2f  bound %.2f  gap %.3f %%\n",
            optimum->objective,
            optimum->bound,
            percent * gap
        );
    } else if (const auto* late = std::get_if<adic::solver::OutOfTime>(&*outcome)) {
        const double gap = (late->objective - late->bound) / late->objective;
        if (late->best.empty()) {
            std::printf("no plan, bound %.2f\n", late->bound);
        } else {
            std::printf(
                "cost %.2f  bound %.2f  gap %.3f %%\n",
                late->objective,
                late->bound,
                percent * gap
            );
        }
    } else {
        std::printf("there is no plan\n");
    }
}

/// The last line of glpsol's report of its search that begins so; empty: none.
std::string last_line(const std::filesystem::path& report, std::string_view begin) {
    std::ifstream file(report);
    std::string found;
    for (std::string line; std::getline(file, line);) {
        found = line.starts_with(begin) ? line : found;
    }
    return found;
}

void run_glpk(const adic::solver::LinearModel& model) {
    if (std::system("command -v glpsol >/dev/null") != 0) {
        std::printf("GLPK, plain     not measured: there is no glpsol (tools/setup --benches)\n");
        return;
    }
    const auto folder = std::filesystem::temp_directory_path() / "adic-award-bench";
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "plain.lp").string();
    const std::string report = (folder / "report.txt").string();
    adic::bench::write_lp_file(model, file);
    const auto start = Clock::now();
    const std::string command =
        "glpsol --lp " + file + " --tmlim 60 --mipgap 0.001 --cuts >" + report;
    const bool is_done = std::system(command.c_str()) == 0;
    std::printf("GLPK, plain     limit %5.1f s  took %6.2f s  ", longest_s, seconds_since(start));
    const std::string best = last_line(report, "+");
    std::printf("%s: %s\n", is_done ? "its last line" : "it failed", best.c_str());
    std::filesystem::remove_all(folder);
}

}  // namespace

int main(int count, char** words) {
    const std::uint64_t seed = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1;
    const AwardProblem problem = adic::bench::make_purchase({}, seed);
    for (const double limit_s : {2.0, 5.0, 10.0, longest_s}) {
        run(problem, limit_s);
    }
    const adic::solver::LinearModel plain = adic::bench::plain_award(problem);
    std::printf(
        "plain model: %zu variables, %zu constraints\n",
        plain.variables.size(),
        plain.constraints.size()
    );
    run_cbc(plain);
    run_glpk(plain);
}
