#pragma once

#include "adic/procure/award.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

namespace adic::procure {

using Tables = std::map<std::string, std::string, std::less<>>;

/// A problem of tables that have nothing wrong in them.
inline AwardProblem problem_of(const Tables& tables) {
    ingest::ImportReport report;
    AwardProblem problem = parse_award_problem(tables, report);
    for (const ingest::Issue& issue : report.issues()) {
        ADD_FAILURE() << issue.file << ":" << issue.row << " " << issue.column << " '"
                      << issue.value << "' " << issue.message;
    }
    return problem;
}

/// The plan of a problem that has one, proven to be the cheapest.
inline AwardPlan plan_of(const AwardProblem& problem, bool with_prices = false) {
    AwardOptions options;
    options.with_prices = with_prices;
    const auto outcome = award(problem, options);
    if (!outcome || !std::holds_alternative<AwardPlan>(*outcome)) {
        ADD_FAILURE() << (outcome ? "no plan" : outcome.error().message + outcome.error().detail);
        return {};
    }
    AwardPlan plan = std::get<AwardPlan>(*outcome);
    EXPECT_TRUE(check_award(problem, plan.deliveries).breaches.empty());
    EXPECT_FALSE(plan.is_out_of_time);
    EXPECT_EQ(plan.bound, plan.bill.total);
    return plan;
}

inline AwardConflict conflict_of(const AwardProblem& problem) {
    const auto outcome = award(problem, {});
    if (!outcome || !std::holds_alternative<AwardConflict>(*outcome)) {
        ADD_FAILURE() << (outcome ? "there is a plan" : outcome.error().message);
        return {};
    }
    return std::get<AwardConflict>(*outcome);
}

}  // namespace adic::procure
