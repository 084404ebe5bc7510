#include "case.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace adic::shock {
namespace {

using solver::LinearOptimum;
using solver::LinearSession;

/// A price below this part of the largest is rounding.
constexpr double no_price = 1e-9;

/// Where the questions about losses start from: any time would do, a near one is quicker.
constexpr double usual_recovery_days = 182.0;

/// A time so short that only what has no stock at all matters.
constexpr double moment_days = 1e-6;

/// The optimum of the program as it now is; null if it has no point.
Result<std::unique_ptr<LinearOptimum>> solve(LinearSession& session, double time_limit_s) {
    auto outcome = session.solve({time_limit_s});
    if (!outcome) {
        return std::move(outcome).error();
    }
    if (const auto* optimum = std::get_if<LinearOptimum>(&*outcome)) {
        return std::make_unique<LinearOptimum>(*optimum);
    }
    if (std::holds_alternative<solver::Infeasible>(*outcome)) {
        return std::unique_ptr<LinearOptimum>{};
    }
    if (std::holds_alternative<solver::OutOfTime>(*outcome)) {
        return Error{ErrorCode::unavailable, "a program of time to survive took too long", {}};
    }
    return Error{ErrorCode::internal, "a program of time to survive has no optimum", {}};
}

/// Puts what is left into the program for the life of this object.
class Applied {
  public:
    Applied(
        LinearSession& session,
        const SurvivalProgram& program,
        const std::vector<PartLeft>& left
    )
        : session_(&session)
        , program_(&program)
        , left_(&left) {
        for (const PartLeft& part : left) {
            put(part);
        }
    }

    Applied(const Applied&) = delete;
    Applied& operator=(const Applied&) = delete;
    Applied(Applied&&) = delete;
    Applied& operator=(Applied&&) = delete;

    ~Applied() {
        for (const PartLeft& part : *left_) {
            put(program_->undisturbed()[part.row]);
        }
    }

  private:
    void put(const PartLeft& part) {
        session_
            ->set_variable_bounds(program_->output(part.row), 0.0, program_->output_limit(part));
        session_->set_coefficient(part.row, SurvivalProgram::inverse_time, program_->cover(part));
    }

    LinearSession* session_;
    const SurvivalProgram* program_;
    const std::vector<PartLeft>* left_;
};

}  // namespace

Result<SurvivalCase> SurvivalCase::open(
    const model::SiteNetwork& network,
    const NeededParts& needed,
    Harshness harshness,
    const SurvivalOptions& options
) {
    SurvivalCase made(network, needed, harshness, options);
    ADIC_TRY(made.survive_, solver::open_clp_session(made.program_.time_to_survive()));
    ADIC_TRY(made.lose_, solver::open_clp_session(made.program_.least_loss()));
    ADIC_TRY(const std::monostate done, made.solve_undisturbed());
    (void)done;
    return made;
}

Result<std::monostate> SurvivalCase::solve_undisturbed() {
    ADIC_TRY(const auto optimum, solve(*survive_, options_.time_limit_s));
    if (optimum) {
        survive_->keep_start();
        used_ = optimum->values;
        undisturbed_.survive_days =
            options_.longest_days / std::max(1.0, used_[SurvivalProgram::inverse_time]);
        undisturbed_.survives = used_[SurvivalProgram::inverse_time] <= 1.0 + 1e-9;
        undisturbed_.binding = binding_of(*optimum, {}, undisturbed_.survive_days);
    }
    ADIC_TRY(const LinearOptimum start, least_loss(*lose_, {}, usual_recovery_days));
    (void)start;
    lose_->keep_start();
    return std::monostate{};
}

/// Whether the undisturbed optimum still has what it uses: then it is one here too, as less never
/// helps.
bool SurvivalCase::changes_nothing(const std::vector<PartLeft>& left) const {
    return !used_.empty() && std::ranges::all_of(left, [&](const PartLeft& part) {
        return used_[program_.output(part.row)] <= program_.output_limit(part)
               && part.stock == program_.undisturbed()[part.row].stock;
    });
}

Result<CaseAnswer> SurvivalCase::survive(
    Sessions& sessions,
    const Disruption& disruption,
    WithBinding with_binding
) const {
    const std::vector<PartLeft> left = program_.left_by(disruption);
    CaseAnswer answer = undisturbed_;
    if (!changes_nothing(left)) {
        ADIC_TRY(answer, ask_survival(sessions, left, with_binding));
    }
    answer.lost.assign(network_->demands.size(), 0.0);
    return answer;
}

// --- time to survive ----------------------------------------------------------------------------

Result<CaseAnswer> SurvivalCase::ask_survival(
    Sessions& sessions,
    const std::vector<PartLeft>& left,
    WithBinding with_binding
) const {
    CaseAnswer answer;
    answer.programs = 1;
    const Applied applied(*sessions.survive, program_, left);
    ADIC_TRY(const auto optimum, solve(*sessions.survive, options_.time_limit_s));
    if (optimum) {
        const double inverse = optimum->values[SurvivalProgram::inverse_time];
        answer.survive_days = options_.longest_days / inverse;
        answer.survives = inverse <= 1.0 + 1e-9;
        if (with_binding == WithBinding::yes) {
            answer.binding = binding_of(*optimum, left, answer.survive_days);
        }
        return answer;
    }
    if (with_binding == WithBinding::yes) {  // not even for a moment: survive_days is 0
        ADIC_TRY(answer.binding, binding_at_once(sessions, left));
        ++answer.programs;
    }
    return answer;
}

/// What is short when some part has no stock and demand is not met for a moment.
Result<BindingConstraint>
SurvivalCase::binding_at_once(Sessions& sessions, const std::vector<PartLeft>& left) const {
    ADIC_TRY(const LinearOptimum optimum, least_loss(*sessions.lose, left, moment_days));
    BindingConstraint binding = binding_of(optimum, left, 0.0);
    std::erase_if(binding.stocks, [](const StockLimit& stock) { return stock.stock > 0.0; });
    return binding;
}

/// Equations (S9) and (S10): what one more unit of capacity or stock is worth, from the prices.
BindingConstraint SurvivalCase::binding_of(
    const LinearOptimum& optimum,
    const std::vector<PartLeft>& left,
    double days
) const {
    BindingConstraint binding;
    if (days >= options_.longest_days * (1.0 - 1e-9)) {
        return binding;
    }
    const auto rows = static_cast<std::uint32_t>(needed_->parts().size());
    double largest = 0.0;
    for (std::uint32_t row = 0; row < rows; ++row) {
        largest = std::max({largest, optimum.prices[row], -optimum.reduced_costs[1 + row]});
    }
    auto touched = left.begin();
    for (std::uint32_t row = 0; row < rows; ++row) {
        const bool is_touched = touched != left.end() && touched->row == row;
        const PartLeft& part = is_touched ? *touched++ : program_.undisturbed()[row];
        const model::PartIndex index{needed_->parts()[row]};
        const double output_price = -optimum.reduced_costs[program_.output(row)];
        const double per_unit = days / (program_.scale(row) * options_.longest_days);
        if (output_price > no_price * largest) {
            const auto needed =
                needed_->has_fixed_need(row) ? std::optional{program_.scale(row)} : std::nullopt;
            const double gained = days * per_unit * output_price;
            binding.capacities.push_back({index, part.capacity_per_day, needed, gained});
        }
        if (optimum.prices[row] > no_price * largest) {
            binding.stocks.push_back({index, part.stock, per_unit * optimum.prices[row]});
        }
    }
    const auto capacity_worth = [](const CapacityLimit& limit) {
        return limit.days_gained * limit.needed_per_day.value_or(limit.left_per_day);
    };
    const auto stock_worth = [](const StockLimit& limit) {
        return limit.days_gained * limit.stock;
    };
    std::ranges::stable_sort(binding.capacities, std::ranges::greater{}, capacity_worth);
    std::ranges::stable_sort(binding.stocks, std::ranges::greater{}, stock_worth);
    return binding;
}

// --- least loss ---------------------------------------------------------------------------------

Result<LinearOptimum> SurvivalCase::least_loss(
    LinearSession& session,
    const std::vector<PartLeft>& left,
    double days
) const {
    const double inverse = options_.longest_days / days;
    const Applied applied(session, program_, left);
    session.set_variable_bounds(SurvivalProgram::inverse_time, inverse, inverse);
    ADIC_TRY(const auto optimum, solve(session, options_.time_limit_s));
    if (!optimum) {  // to lose everything is always possible
        return Error{ErrorCode::internal, "a program of least loss has no point", {}};
    }
    return *optimum;
}

Result<std::monostate> SurvivalCase::lose(
    Sessions& sessions,
    const Disruption& disruption,
    double recovery_days,
    CaseAnswer& answer
) const {
    if (answer.survive_days >= recovery_days) {
        return std::monostate{};
    }
    const std::vector<PartLeft> left = program_.left_by(disruption);
    ADIC_TRY(const LinearOptimum optimum, least_loss(*sessions.lose, left, recovery_days));
    ++answer.programs;
    answer.loss = optimum.objective * program_.total_margin() * recovery_days;
    for (std::size_t d = 0; d < answer.lost.size(); ++d) {
        const std::uint32_t variable = program_.lost(d);
        if (variable != NeededParts::none) {
            const std::uint32_t row = needed_->row_of(network_->demands[d].part);
            answer.lost[d] = optimum.values[variable] * program_.scale(row) * recovery_days;
        }
    }
    return std::monostate{};
}

}  // namespace adic::shock
