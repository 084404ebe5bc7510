// Any bytes as the three tables of a site network, cut at lines of "--": read without a crash, and
// a network without a complaint is one.
#include "adic/ingest/site_network_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    constexpr std::string_view cut = "--\n";
    std::string_view rest = adic::fuzz::text_of(data, size);
    for (const char* name : {"sites.csv", "bom.csv", "demand.csv"}) {
        const std::size_t end = rest.find(cut);
        scratch.write(name, rest.substr(0, end));
        rest = end == std::string_view::npos ? "" : rest.substr(end + cut.size());
    }
    adic::ingest::ImportReport report;
    const auto network = adic::ingest::read_site_network(scratch.path(), report);
    if (!network) {
        require(!network.error().message.empty());
        return 0;
    }
    require(report.may_commit() || (network->parts.empty() && network->sites.empty()));
    require(static_cast<bool>(adic::model::check_site_network(*network)));
    return 0;
}
