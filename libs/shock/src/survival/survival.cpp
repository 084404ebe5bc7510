#include "adic/shock/survival/survival.hpp"

#include "adic/base/parallel.hpp"

#include "case.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <numeric>
#include <utility>

namespace adic::shock {
namespace {

using model::SiteNetwork;

/// In the order in which answers stand.
constexpr std::array all_cases{Harshness::likely, Harshness::harsh, Harshness::mild};

/// The network in all three cases; once where they are the same.
struct Cases {
    std::vector<SurvivalCase> solved;
    std::size_t answers;  ///< 1 where recovery is exact too, else 3
};

/// What a disruption does in each of the cases.
struct Answers {
    std::vector<CaseAnswer> by_case;
};

Estimate ordered(double harsh, double likely, double mild) {
    const double low = std::min({harsh, likely, mild});
    const double high = std::max({harsh, likely, mild});
    return *Estimate::create(low, likely, high);
}

/// One figure of all cases.
template <typename Figure>
Estimate over_cases(const Answers& answers, const Figure& figure) {
    const double likely = figure(answers.by_case[0]);
    if (answers.by_case.size() == 1) {
        return Estimate::exactly(likely);
    }
    return ordered(figure(answers.by_case[1]), likely, figure(answers.by_case[2]));
}

// --- checks -------------------------------------------------------------------------------------

Error not_a_disruption(const Disruption& disruption, const std::string& why) {
    return {ErrorCode::invalid_argument, "the disruption '" + disruption.name + "' " + why, {}};
}

Result<std::monostate>
check(const SiteNetwork& network, const Disruption& disruption, double longest_days) {
    if (!std::ranges::is_sorted(disruption.sites)
        || std::ranges::adjacent_find(disruption.sites) != disruption.sites.end()) {
        return not_a_disruption(disruption, "does not name its sites in order and once");
    }
    if (!disruption.sites.empty() && disruption.sites.back().value() >= network.sites.size()) {
        return not_a_disruption(disruption, "hits a site that is not there");
    }
    const Estimate& recovery = disruption.recovery_days;
    if (!(recovery.low() > 0.0 && recovery.high() <= longest_days)) {
        return not_a_disruption(
            disruption,
            "must take more than 0 days to recover from, and no more than the longest time asked"
        );
    }
    if (disruption.severity.low() < 0.0 || disruption.severity.high() > 1.0) {
        return not_a_disruption(disruption, "has a severity outside 0 to 1");
    }
    return std::monostate{};
}

Result<std::monostate> check_all(
    const SiteNetwork& network,
    std::span<const Disruption> disruptions,
    const SurvivalOptions& options
) {
    ADIC_TRY(const std::monostate checked, model::check_site_network(network));
    (void)checked;
    if (!(options.longest_days > 0.0 && options.longest_days <= 1e6)) {
        return Error{ErrorCode::invalid_argument, "the longest time is 1 to 1,000,000 days", {}};
    }
    const auto is_wanted = [](const model::PartDemand& demand) {
        return demand.per_day.likely() > 0.0;
    };
    if (std::ranges::none_of(network.demands, is_wanted)) {
        return Error{
            ErrorCode::invalid_argument,
            "nothing is demanded of the network, so nothing can fail",
            {}};
    }
    for (const Disruption& disruption : disruptions) {
        ADIC_TRY(const std::monostate good, check(network, disruption, options.longest_days));
        (void)good;
    }
    return std::monostate{};
}

bool is_exact(const SiteNetwork& network) {
    const auto is_known = [](const auto& estimate) { return !estimate || estimate->is_exact(); };
    return std::ranges::all_of(network.parts, is_known, &model::Part::total_per_day)
           && std::ranges::all_of(
               network.sites,
               [](const model::Site& site) {
                   return site.capacity_per_day.is_exact() && site.stock.is_exact()
                          && site.ownership == model::Ownership::known;
               }
           )
           && std::ranges::all_of(
               network.groups,
               [](const model::InputGroup& group) {
                   return std::ranges::all_of(group.choices, [](const model::InputChoice& c) {
                       return c.quantity.is_exact();
                   });
               }
           )
           && std::ranges::all_of(network.demands, [](const model::PartDemand& demand) {
                  return demand.per_day.is_exact() && demand.margin.is_exact();
              });
}

// --- many disruptions ---------------------------------------------------------------------------

/// Asks all cases about all disruptions, on several threads.
class Asking {
  public:
    Asking(const Cases& cases, std::span<const Disruption> disruptions, const Run& run)
        : cases_(&cases)
        , disruptions_(disruptions)
        , run_(&run)
        , answers_(disruptions.size()) {}

    Result<std::vector<Answers>> ask() {
        constexpr std::size_t most_at_once = 64;  // opening sessions is then lost in their work
        const std::size_t grain = std::clamp<std::size_t>(answers_.size() / 16, 1, most_at_once);
        parallel_ranges(
            answers_.size(),
            grain,
            [this](std::size_t begin, std::size_t end) { ask_range(begin, end); },
            run_->threads
        );
        if (error_) {
            return *std::move(error_);
        }
        return std::move(answers_);
    }

  private:
    void ask_range(std::size_t begin, std::size_t end) {
        std::vector<SurvivalCase::Sessions> sessions;
        for (const SurvivalCase& one : cases_->solved) {
            sessions.push_back(one.open_sessions());
        }
        for (std::size_t d = begin; d < end && !failed_; ++d) {
            if (run_->stop.stop_requested()) {
                fail(0, {ErrorCode::unavailable, "stopped before all was computed", {}});
                return;
            }
            ask_one(d, sessions);
        }
    }

    void ask_one(std::size_t d, std::vector<SurvivalCase::Sessions>& sessions) {
        for (std::size_t c = 0; c < cases_->answers; ++c) {
            auto answer = ask_case(d, c, sessions);
            if (!answer) {
                fail(d, std::move(answer).error());
                return;
            }
            answers_[d].by_case.push_back(*std::move(answer));
        }
        count();
    }

    Result<CaseAnswer>
    ask_case(std::size_t d, std::size_t c, std::vector<SurvivalCase::Sessions>& sessions) const {
        const Disruption& disruption = disruptions_[d];
        const std::size_t network = std::min(c, sessions.size() - 1);
        const SurvivalCase& asked = cases_->solved[network];
        CaseAnswer answer;
        if (c == network) {
            const auto binding = c == 0 ? WithBinding::yes : WithBinding::no;
            ADIC_TRY(answer, asked.survive(sessions[network], disruption, binding));
        } else {  // the same network, so the same time to survive
            const CaseAnswer& likely = answers_[d].by_case.front();
            answer.survive_days = likely.survive_days;
            answer.survives = likely.survives;
            answer.lost.assign(likely.lost.size(), 0.0);
        }
        const double recovery = bad(disruption.recovery_days, all_cases[c]);
        ADIC_TRY(
            const std::monostate done,
            asked.lose(sessions[network], disruption, recovery, answer)
        );
        (void)done;
        return answer;
    }

    void fail(std::size_t d, Error error) {
        const std::lock_guard lock(mutex_);
        if (!error_ || d < failed_at_) {
            error_ = std::move(error);
            failed_at_ = d;
        }
        failed_ = true;
    }

    void count() {
        if (!run_->progress) {
            return;
        }
        const std::lock_guard lock(mutex_);
        ++done_;
        run_->progress(
            "disruptions",
            static_cast<double>(done_) / static_cast<double>(answers_.size())
        );
    }

    const Cases* cases_;
    std::span<const Disruption> disruptions_;
    const Run* run_;
    std::vector<Answers> answers_;
    std::mutex mutex_;
    std::atomic<bool> failed_ = false;
    std::optional<Error> error_;
    std::size_t failed_at_ = 0;
    std::size_t done_ = 0;
};

// --- from answers to impacts --------------------------------------------------------------------

Certainty certainty(bool at_best, bool at_worst) {
    return at_best ? Certainty::certain : at_worst ? Certainty::possible : Certainty::no;
}

DisruptionImpact
impact_of(const SiteNetwork& network, const Disruption& disruption, Answers&& answers) {
    DisruptionImpact impact;
    const auto& cases = answers.by_case;
    impact.survive_days =
        over_cases(answers, [](const CaseAnswer& one) { return one.survive_days; });
    impact.survives = certainty(
        std::ranges::all_of(cases, &CaseAnswer::survives),
        std::ranges::any_of(cases, &CaseAnswer::survives)
    );
    impact.recover_days = disruption.recovery_days;
    impact.at_risk = certainty(
        impact.survive_days.high() < impact.recover_days.low(),
        impact.survive_days.low() < impact.recover_days.high()
    );
    impact.loss = over_cases(answers, [](const CaseAnswer& one) { return one.loss; });
    for (std::size_t d = 0; d < network.demands.size(); ++d) {
        const Estimate units =
            over_cases(answers, [d](const CaseAnswer& one) { return one.lost[d]; });
        if (units.high() > 0.0) {
            impact.lost.push_back({network.demands[d].part, units});
        }
    }
    impact.binding = std::move(answers.by_case[0].binding);
    return impact;
}

/// Equation (S11). The bounds hold however the losses of the others turn out.
void set_exposures(std::vector<DisruptionImpact>& impacts) {
    struct Largest {
        double first = 0.0;
        double second = 0.0;

        void add(double loss) {
            second = std::max(second, std::min(first, loss));
            first = std::max(first, loss);
        }

        double without(double loss) const { return loss == first ? second : first; }
    };

    const auto part = [](double loss, double largest) {
        return largest > 0.0 ? loss / largest : 0.0;
    };
    Largest low;
    Largest likely;
    Largest high;
    for (const DisruptionImpact& impact : impacts) {
        low.add(impact.loss.low());
        likely.add(impact.loss.likely());
        high.add(impact.loss.high());
    }
    for (DisruptionImpact& impact : impacts) {
        const Estimate& loss = impact.loss;
        const double least = std::max(loss.low(), high.without(loss.high()));
        const double most = std::max(loss.high(), low.without(loss.low()));
        const double middle = part(loss.likely(), likely.first);
        impact.exposure = ordered(
            std::min(part(loss.low(), least), middle),
            middle,
            std::max(part(loss.high(), most), middle)
        );
    }
}

std::vector<std::uint32_t> ranked(const std::vector<DisruptionImpact>& impacts) {
    std::vector<std::uint32_t> order(impacts.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto slack = [](const DisruptionImpact& impact) {
        return impact.survive_days.likely() - impact.recover_days.likely();
    };
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const double loss_a = impacts[a].loss.likely();
        const double loss_b = impacts[b].loss.likely();
        return loss_a != loss_b ? loss_a > loss_b : slack(impacts[a]) < slack(impacts[b]);
    });
    return order;
}

Estimate longest_recovery(std::span<const Disruption> disruptions, double longest_days) {
    if (disruptions.empty()) {
        return Estimate::exactly(longest_days);
    }
    double low = 0.0;
    double likely = 0.0;
    double high = 0.0;
    for (const Disruption& disruption : disruptions) {
        low = std::max(low, disruption.recovery_days.low());
        likely = std::max(likely, disruption.recovery_days.likely());
        high = std::max(high, disruption.recovery_days.high());
    }
    return *Estimate::create(low, likely, high);
}

Result<Cases> open_cases(
    const SiteNetwork& network,
    const NeededParts& needed,
    std::span<const Disruption> disruptions,
    const SurvivalOptions& options
) {
    const auto in_part = [](const Disruption& one) { return !one.severity.is_exact(); };
    const auto for_a_time = [](const Disruption& one) { return !one.recovery_days.is_exact(); };
    const bool differ = !is_exact(network) || std::ranges::any_of(disruptions, in_part);
    const bool has_bounds = differ || std::ranges::any_of(disruptions, for_a_time);
    Cases cases{{}, has_bounds ? all_cases.size() : 1};
    for (const Harshness harshness : std::span(all_cases).first(differ ? all_cases.size() : 1)) {
        ADIC_TRY(SurvivalCase opened, SurvivalCase::open(network, needed, harshness, options));
        cases.solved.push_back(std::move(opened));
    }
    return cases;
}

}  // namespace

Result<SurvivalAnalysis> analyse_survival(
    const SiteNetwork& network,
    std::span<const Disruption> disruptions,
    const SurvivalOptions& options,
    const Run& run
) {
    ADIC_TRY(const std::monostate checked, check_all(network, disruptions, options));
    (void)checked;
    std::vector<Disruption> asked(disruptions.begin(), disruptions.end());
    asked.push_back({"nothing", {}, longest_recovery(disruptions, options.longest_days)});
    SurvivalAnalysis analysis;
    const NeededParts needed(network);
    ADIC_TRY(const Cases cases, open_cases(network, needed, asked, options));
    analysis.has_bounds = cases.answers > 1;
    ADIC_TRY(std::vector<Answers> answers, Asking(cases, asked, run).ask());
    analysis.programs = 2 * cases.solved.size();
    for (std::size_t d = 0; d < asked.size(); ++d) {
        for (const CaseAnswer& one : answers[d].by_case) {
            analysis.programs += one.programs;
        }
        analysis.impacts.push_back(impact_of(network, asked[d], std::move(answers[d])));
    }
    analysis.undisturbed = std::move(analysis.impacts.back());
    analysis.impacts.pop_back();
    set_exposures(analysis.impacts);
    analysis.ranking = ranked(analysis.impacts);
    return analysis;
}

std::vector<std::uint32_t> list_at_risk(const SurvivalAnalysis& analysis) {
    std::vector<std::uint32_t> at_risk = analysis.ranking;
    std::erase_if(at_risk, [&](std::uint32_t position) {
        return analysis.impacts[position].at_risk == Certainty::no;
    });
    return at_risk;
}

}  // namespace adic::shock
