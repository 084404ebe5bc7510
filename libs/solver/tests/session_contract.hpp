#pragma once

#include "adic/solver/session.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace adic::solver {

/// An engine that solves related programs. A new one joins the suite with one
/// INSTANTIATE_TEST_SUITE_P.
struct SessionBackend {
    const char* name;
    Result<std::unique_ptr<LinearSession>> (*open)(LinearModel);

    friend void PrintTo(const SessionBackend& backend, std::ostream* out) { *out << backend.name; }
};

class SessionContract : public testing::TestWithParam<SessionBackend> {
  protected:
    static std::unique_ptr<LinearSession> open(LinearModel model) {
        auto session = GetParam().open(std::move(model));
        EXPECT_TRUE(session);
        return session ? std::move(*std::move(session)) : nullptr;
    }

    /// The optimum; a failed expectation and an empty one if the outcome is another.
    static LinearOptimum optimum(LinearSession& session) {
        auto outcome = session.solve({});
        if (!outcome || !std::holds_alternative<LinearOptimum>(*outcome)) {
            ADD_FAILURE() << "no optimum";
            return {};
        }
        return std::get<LinearOptimum>(*std::move(outcome));
    }

    template <typename Outcome>
    static bool ends_in(const LinearModel& model) {
        const auto outcome = open(model)->solve({});
        return outcome && std::holds_alternative<Outcome>(*outcome);
    }
};

inline std::string name_of_session(const testing::TestParamInfo<SessionBackend>& backend) {
    return backend.param.name;
}

}  // namespace adic::solver
