#pragma once

#include "adic/solver/model.hpp"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

namespace adic::solver {

/// A solver behind the port. A new one joins the suite with one INSTANTIATE_TEST_SUITE_P.
struct Backend {
    const char* name;
    Result<SolveOutcome> (*solve)(const LinearModel&, const SolveOptions&);

    friend void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }
};

class SolverContract : public testing::TestWithParam<Backend> {
  protected:
    static Result<SolveOutcome> solve(const LinearModel& model, const SolveOptions& options = {}) {
        return GetParam().solve(model, options);
    }

    /// The optimum; a failed expectation and an empty one if the outcome is another.
    static Optimum optimum(const LinearModel& model) {
        const auto outcome = solve(model);
        if (!outcome || !std::holds_alternative<Optimum>(*outcome)) {
            ADD_FAILURE() << "no optimum";
            return {};
        }
        return std::get<Optimum>(*outcome);
    }

    template <typename Outcome>
    static bool ends_in(const LinearModel& model) {
        const auto outcome = solve(model);
        return outcome && std::holds_alternative<Outcome>(*outcome);
    }
};

inline std::string name_of(const testing::TestParamInfo<Backend>& backend) {
    return backend.param.name;
}

}  // namespace adic::solver
