// A purchase of 200 items by 11 states from 40 suppliers (large_purchase.hpp, seed 1, or the first
// argument): the plan in parts after several limits of the clock, and what the solver makes of the
// same program as a whole in the longest of them. Prints wall seconds, cost, bound and gap.

#include "adic/procure/award.hpp"

#include "large_purchase.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace adic::procure;

void run(const AwardProblem& problem, const char* name, AwardMethod method, double limit_s) {
    constexpr double percent = 100.0;
    AwardOptions options;
    options.method = method;
    options.time_limit_s = limit_s;
    options.relative_gap = 1e-3;
    options.with_prices = false;
    const auto start = std::chrono::steady_clock::now();
    const auto outcome = award(problem, options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%-6s limit %5.1f s  took %6.2f s  ", name, limit_s, took.count());
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

}  // namespace

int main(int count, char** words) {
    const std::uint64_t seed = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1;
    const AwardProblem problem = adic::bench::make_purchase({}, seed);
    for (const double limit_s : {2.0, 5.0, 10.0, 20.0, 60.0}) {
        run(problem, "parts", AwardMethod::in_parts, limit_s);
    }
    run(problem, "whole", AwardMethod::whole, 60.0);
}
