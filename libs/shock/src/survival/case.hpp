#pragma once

#include "adic/shock/survival/survival.hpp"
#include "adic/solver/session.hpp"

#include "program.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace adic::shock {

/// What one disruption does in one case.
struct CaseAnswer {
    double survive_days = 0.0;
    bool survives = false;  ///< all of the longest time
    double loss = 0.0;
    std::vector<double> lost;  ///< by demand
    BindingConstraint binding = {};
    std::uint64_t programs = 0;
};

enum class WithBinding { no, yes };

/// One case of a network, ready to be asked about disruptions. It is solved undisturbed first, and
/// every question starts from there: most disruptions are a few steps away.
class SurvivalCase {
  public:
    static Result<SurvivalCase> open(
        const model::SiteNetwork& network,
        const NeededParts& needed,
        Harshness harshness,
        const SurvivalOptions& options
    );

    /// What a thread asks with.
    struct Sessions {
        std::unique_ptr<solver::LinearSession> survive;
        std::unique_ptr<solver::LinearSession> lose;
    };

    Sessions open_sessions() const { return {survive_->clone(), lose_->clone()}; }

    /// Time to survive; nothing lost so far.
    Result<CaseAnswer>
    survive(Sessions& sessions, const Disruption& disruption, WithBinding with_binding) const;

    /// Adds what is lost until all is back.
    Result<std::monostate> lose(
        Sessions& sessions,
        const Disruption& disruption,
        double recovery_days,
        CaseAnswer& answer
    ) const;

    const SurvivalProgram& program() const { return program_; }

  private:
    SurvivalCase(
        const model::SiteNetwork& network,
        const NeededParts& needed,
        Harshness harshness,
        const SurvivalOptions& options
    )
        : network_(&network)
        , needed_(&needed)
        , options_(options)
        , program_(network, needed, harshness, options.longest_days) {}

    Result<std::monostate> solve_undisturbed();
    bool changes_nothing(const std::vector<PartLeft>& left) const;
    Result<CaseAnswer> ask_survival(
        Sessions& sessions,
        const std::vector<PartLeft>& left,
        WithBinding with_binding
    ) const;
    Result<BindingConstraint> binding_at_once(Sessions& sessions, const std::vector<PartLeft>& left)
        const;
    Result<solver::LinearOptimum> least_loss(
        solver::LinearSession& session,
        const std::vector<PartLeft>& left,
        double days
    ) const;
    BindingConstraint binding_of(
        const solver::LinearOptimum& optimum,
        const std::vector<PartLeft>& left,
        double days
    ) const;

    const model::SiteNetwork* network_;
    const NeededParts* needed_;
    SurvivalOptions options_;
    SurvivalProgram program_;
    std::unique_ptr<solver::LinearSession> survive_;
    std::unique_ptr<solver::LinearSession> lose_;
    std::vector<double> used_;  ///< of undisturbed; empty: it does not survive a moment
    CaseAnswer undisturbed_;
};

}  // namespace adic::shock
