// Any bytes as the final demand of firms and as what they lose: read without a crash; without a
// complaint every firm has its figure, within its range.
#include "adic/ingest/firm_figures_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    static const adic::model::FirmNetwork network(
        {"mill", "yard", "0"},
        {0, 0, 0},
        1,
        {adic::model::InputClass::essential},
        {{0, 1, 5.0}}
    );
    const auto file = scratch.write("figures.csv", adic::fuzz::text_of(data, size));
    adic::ingest::ImportReport report;
    if (const auto demand = adic::ingest::read_final_demand(file, network, report)) {
        require(report.may_commit() == (demand->size() == network.firms()));
        for (const double value : *demand) {
            require(value >= 0.0 && value <= 1e18);
        }
    }
    adic::ingest::ImportReport of_losses;
    if (const auto losses = adic::ingest::read_capacity_losses(file, network, of_losses)) {
        require(of_losses.may_commit() || losses->empty());
        require(losses->size() <= network.firms());
        for (const adic::model::FirmFigure& loss : *losses) {
            require(loss.value >= 0.0 && loss.value <= 1.0);
        }
    }
    return 0;
}
