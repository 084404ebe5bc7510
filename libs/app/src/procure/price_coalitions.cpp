#include "adic/app/price_coalitions.hpp"

#include "adic/app/blocks/kept_answers.hpp"
#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

namespace adic::app {
namespace {

using procure::AwardProblem;
using procure::CoalitionPlan;

/// Of the way in which sets are planned. With another way the plans can be others, so that plans
/// that were kept do not go with those that come after.
constexpr std::uint64_t method = 2;

/// All that the plans depend on, as bytes.
class ProblemBytes {
  public:
    std::string of(const AwardProblem& problem, double relative_gap) && {
        bytes_.whole(method);
        bytes_.number(relative_gap);
        for (const auto& item : problem.items) {
            bytes_.text(item.id);
            optional(item.storage);
        }
        for (const std::string& state : problem.states) {
            bytes_.text(state);
        }
        for (const auto& supplier : problem.suppliers) {
            bytes_.text(supplier.id);
            bytes_.text(supplier.bloc);
            optional(supplier.capacity);
            numbers({supplier.fixed_cost, supplier.exposure.value_or(0)});
        }
        for (const auto& demand : problem.demands) {
            positions({demand.item, demand.state});
            numbers({demand.year, demand.pieces});
        }
        optional(problem.awarded_in);
        add_offers(problem);
        add_rules(problem);
        return std::move(bytes_).bytes();
    }

  private:
    void numbers(std::initializer_list<std::int64_t> values) {
        for (const std::int64_t value : values) {
            bytes_.whole(static_cast<std::uint64_t>(value));
        }
    }

    void positions(std::initializer_list<std::size_t> values) {
        for (const std::size_t value : values) {
            bytes_.whole(value);
        }
    }

    template <typename Number>
    void optional(const std::optional<Number>& value) {
        bytes_.whole(value ? 1 : 0);
        bytes_.whole(value ? static_cast<std::uint64_t>(*value) : 0);
    }

    void add_offers(const AwardProblem& problem) {
        for (const auto& offer : problem.offers) {
            positions({offer.item, offer.supplier, offer.breaks.size()});
            for (const auto& step : offer.breaks) {
                numbers({step.from, step.price});
            }
            optional(offer.capacity);
            numbers({static_cast<std::int64_t>(offer.rule), offer.fixed_cost, offer.least});
            numbers({offer.lot, offer.lead_time, offer.load});
        }
        for (const auto& content : problem.contents) {
            bytes_.whole(content.supplier);
            optional(content.item);
            bytes_.text(content.place);
            numbers({content.share});
        }
        for (const auto& package : problem.packages) {
            bytes_.text(package.id);
            positions({package.supplier, package.rows.size()});
            for (const auto& row : package.rows) {
                bytes_.whole(row.item);
                numbers({row.year, row.pieces, row.price});
            }
        }
    }

    void add_rules(const AwardProblem& problem) {
        for (const auto& rule : problem.rules) {
            numbers({static_cast<std::int64_t>(rule.kind), rule.value});
            optional(rule.item);
            optional(rule.state);
            optional(rule.supplier);
            optional(rule.year);
            bytes_.text(rule.bloc);
            bytes_.text(rule.place);
        }
    }

    ByteWriter bytes_ = {};
};

std::string key_of(procure::Coalition set) {
    ByteWriter writer;
    writer.text("coalition");
    writer.whole(set);
    return sha256(std::move(writer).bytes());
}

/// Whether a kept plan names only what is there.
bool is_of(const AwardProblem& problem, const CoalitionPlan& plan) {
    return std::ranges::all_of(plan.deliveries, [&](const procure::AwardDelivery& one) {
        return one.item < problem.items.size() && one.supplier < problem.suppliers.size()
               && (!one.package || *one.package < problem.packages.size())
               && (!one.state || *one.state < problem.states.size());
    });
}

}  // namespace

Result<std::vector<CoalitionPlan>>
price_coalitions(const AwardProblem& problem, double relative_gap, const Computing& computing) {
    KeptAnswers kept(computing);
    if (auto failed = kept.open(ProblemBytes().of(problem, relative_gap))) {
        return *std::move(failed);
    }
    const auto sets = static_cast<double>(std::size_t{1} << procure::buying_states(problem).size());
    double done = 0.0;
    procure::CoalitionRun run{relative_gap, computing.threads, computing.stop};
    const auto count = [&] {
        done += 1.0;
        if (computing.progress) {
            computing.progress("planning sets of states", done / sets);
        }
    };
    run.find = [&](procure::Coalition set) -> std::optional<CoalitionPlan> {
        const auto found = kept.find(key_of(set));
        auto plan = found ? procure::parse_coalition_plan(*found) : std::nullopt;
        if (!plan || !is_of(problem, *plan)) {
            return std::nullopt;
        }
        count();
        return plan;
    };
    run.keep = [&](procure::Coalition set, const CoalitionPlan& plan) {
        count();
        return kept.keep(key_of(set), procure::write_coalition_plan(plan));
    };
    auto plans = procure::plan_coalitions(problem, run);
    if (!plans) {
        return plans.error().code == ErrorCode::interrupted ? kept.stop(plans.error())
                                                            : plans.error();
    }
    if (auto failed = kept.finish()) {
        return *std::move(failed);
    }
    return plans;
}

}  // namespace adic::app
