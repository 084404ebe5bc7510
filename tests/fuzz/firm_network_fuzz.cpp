// Any bytes as the three tables of a firm network, cut at lines of "--": read without a crash, and
// a network without a complaint keeps its promises.
#include "adic/ingest/firm_network_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cmath>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    constexpr std::string_view cut = "--\n";
    std::string_view rest = adic::fuzz::text_of(data, size);
    for (const char* name : {"edges.csv", "sectors.csv", "essential.csv"}) {
        const std::size_t end = rest.find(cut);
        scratch.write(name, rest.substr(0, end));
        rest = end == std::string_view::npos ? "" : rest.substr(end + cut.size());
    }
    adic::ingest::ImportReport report;
    const auto network = adic::ingest::read_firm_network(scratch.path(), report);
    if (!network) {
        require(!network.error().message.empty());
        return 0;
    }
    require(report.may_commit() || network->firms() == 0);
    for (std::uint32_t firm = 0; firm < network->firms(); ++firm) {
        require(network->sector_of(firm) < network->sectors());
        for (const adic::model::FirmLink& sale : network->sales_of(firm)) {
            require(sale.supplier == firm && sale.customer < network->firms());
            require(sale.weight > 0.0 && std::isfinite(sale.weight));
        }
    }
    return 0;
}
