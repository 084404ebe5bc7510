// Any bytes as a flow file: read without a crash, every column as long as the others, every total
// what the rows add up to.
#include "adic/ingest/flow_reader.hpp"
#include "adic/ingest/flow_totals.hpp"

#include "fuzz.hpp"

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

using adic::fuzz::require;

std::filesystem::path written(std::string_view bytes) {
    const std::filesystem::path path = std::filesystem::temp_directory_path()
                                       / ("adic_flows_fuzz_" + std::to_string(::getpid()) + ".csv");
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic::ingest;  // NOLINT(google-build-using-namespace)
    const std::string_view bytes = adic::fuzz::text_of(data, size);
    const std::filesystem::path path = written(bytes);
    ImportReport report;
    FlowOptions options;
    options.longest_record = 4096;
    const auto flows = read_flows(path, report, options);
    std::filesystem::remove(path);
    if (!flows) {
        require(!flows.error().message.empty());
        return 0;
    }
    const std::size_t rows = flows->size();
    require(flows->year.size() == rows && flows->product.size() == rows);
    require(flows->exporter.size() == rows && flows->importer.size() == rows);
    require(flows->quantity.empty() || flows->quantity.size() == rows);
    double sum = 0.0;
    for (std::size_t i = 0; i < rows; ++i) {
        require(flows->exporter[i] < flows->states.size());
        require(flows->importer[i] < flows->states.size());
        require(flows->product[i] < flows->products.size());
        require(flows->value[i] >= 0.0 && std::isfinite(flows->value[i]));
        sum += flows->value[i];
    }
    const FlowTotals totals = aggregate_flows(*flows, {});
    require(totals.size() == (rows == 0 ? 0U : 1U));
    require(rows == 0 || totals.value[0] == sum);
    return 0;
}
