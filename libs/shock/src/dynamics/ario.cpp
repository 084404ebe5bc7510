#include "adic/shock/dynamics/ario.hpp"

#include "ario_engine.hpp"
#include "ario_table.hpp"
#include "recovery.hpp"

#include <numeric>

namespace adic::shock {
Ario::Ario(const model::InputOutputTable& table, const ArioOptions& options)
    : table_(std::make_unique<const Table>(table, options))
    , options_(options) {}

Ario::Ario(Ario&&) noexcept = default;
Ario& Ario::operator=(Ario&&) noexcept = default;
Ario::~Ario() = default;

ArioRun Ario::run(const EconomyShock& shock, const Run& how) const {
    Engine engine(*table_, options_, shock, how.threads);
    ArioRun run;
    run.industries = table_->industries;
    run.output_before = std::accumulate(table_->output.begin(), table_->output.end(), 0.0);
    Recovery recovery;
    for (std::uint32_t day = 0; day < options_.days && !how.stop.stop_requested(); ++day) {
        engine.step(day);
        const auto made = std::span(engine.produced()).first(run.industries);
        run.production.insert(run.production.end(), made.begin(), made.end());
        run.unmet_demand.push_back(engine.unmet_demand());
        run.capital_lost.push_back(engine.capital_lost());
        for (std::size_t i = 0; options_.price_rise > 0.0 && i < run.industries; ++i) {
            run.price.push_back(engine.price_of(i));
        }
        const double output = std::accumulate(made.begin(), made.end(), 0.0);
        const bool is_whole = engine.is_whole(day);
        if (recovery.has_failed(is_whole, output, run.output_before) && !run.collapse) {
            run.collapse = day;
        }
        if (how.progress) {
            how.progress("days", (day + 1.0) / options_.days);
        }
    }
    return run;
}

double ArioRun::days_of_output_lost() const {
    const double made = std::accumulate(production.begin(), production.end(), 0.0);
    return output_before > 0.0 ? static_cast<double>(days()) - made / output_before : 0.0;
}

}  // namespace adic::shock
