// Any bytes as the four tables of material plans, cut at lines of "--": read without a crash; a
// plan without a complaint has its years in order, and figures within their ranges.
#include "adic/ingest/material_plan_reader.hpp"
#include "adic/shock/survival/shortfall.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    constexpr std::string_view cut = "--\n";
    std::string_view rest = adic::fuzz::text_of(data, size);
    for (const char* name : {"materials.csv", "years.csv", "foreign.csv", "measures.csv"}) {
        const std::size_t end = rest.find(cut);
        scratch.write(name, rest.substr(0, end));
        rest = end == std::string_view::npos ? "" : rest.substr(end + cut.size());
    }
    adic::ingest::ImportReport report;
    const auto plans = adic::ingest::read_material_plans(scratch.path(), report);
    require(static_cast<bool>(plans));
    require(report.may_commit() || plans->empty());
    for (const adic::model::MaterialPlan& plan : *plans) {
        const auto shortfall = adic::shock::material_shortfall(plan);
        require(!shortfall || shortfall->open.low() >= 0.0);
        require(shortfall || plan.years.empty() || !shortfall.error().message.empty());
    }
    return 0;
}
