// Any bytes as a file of monthly exports: read without a crash, every column as long as the others,
// every position within its names, no amount below zero.
#include "adic/ingest/monthly_flow_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cmath>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    adic::ingest::ImportReport report;
    const auto flows = adic::ingest::read_monthly_flows(
        scratch.write("flows.csv", adic::fuzz::text_of(data, size)),
        report
    );
    if (!flows) {
        require(!flows.error().message.empty());
        return 0;
    }
    const std::size_t rows = flows->size();
    require(flows->exporter.size() == rows && flows->importer.size() == rows);
    require(flows->product.size() == rows);
    require(flows->quantity.size() == rows && flows->value.size() == rows);
    for (std::size_t i = 0; i < rows; ++i) {
        require(flows->month[i].ok());
        require(flows->exporter[i] < flows->states.size());
        require(flows->importer[i] < flows->states.size());
        require(flows->product[i] < flows->products.size());
        require(std::isnan(flows->quantity[i]) || flows->quantity[i] >= 0.0);
        require(flows->value[i] >= 0.0);
    }
    return 0;
}
