// Any bytes as a table of remedies for a small map: read without a crash; a remedy without a
// complaint is within what the engines rely on.
#include "adic/ingest/remedies_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <algorithm>
#include <cstdint>

namespace {

/// A battery that needs antimony and lead, two states and their bloc.
adic::model::SupplyMap small_map() {
    using namespace adic::model;
    constexpr ProvenanceIndex unsaid{0};
    SupplyMap map;
    map.sources.add({"judgement", "Judgement", "", 2025, "", "", ""});
    for (const char* id : {"IDN", "THA"}) {
        map.states.add({id, id});
    }
    map.blocs.add({"ASEAN", "ASEAN", {StateIndex{0}, StateIndex{1}}});
    for (const char* id : {"starter-battery", "antimony", "lead"}) {
        map.items.add({id, id, ItemKind::material, "kg", 0, {}, {}, unsaid});
    }
    map.groups.push_back({ItemIndex{0}, "all", 2, Role::consumed, Essential::yes});
    for (const std::uint32_t input : {1U, 2U}) {
        map.needs.push_back({GroupIndex{0}, ItemIndex{input}, {}, {}, unsaid});
    }
    return map;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    using adic::model::RemedyKind;
    static const adic::fuzz::Scratch scratch;
    static const adic::model::SupplyMap map = small_map();
    const auto file = scratch.write("remedies.csv", adic::fuzz::text_of(data, size));
    adic::ingest::ImportReport report;
    const auto remedies = adic::ingest::read_remedies(file, map, report);
    require(static_cast<bool>(remedies));
    require(report.may_commit() || remedies->empty());
    for (const adic::model::Remedy& remedy : *remedies) {
        require(remedy.item.value() < map.items.size());
        require(remedy.amount > 0 && remedy.most >= 1);
        require(std::ranges::is_sorted(remedy.states));
        require(remedy.cost.low() >= 0 && remedy.upkeep.low() >= 0);
        const bool has_other =
            remedy.kind == RemedyKind::substitution || remedy.kind == RemedyKind::redesign;
        require(remedy.other.has_value() == has_other);
        require(!adic::model::describe(remedy, map.items).text.empty());
    }
    return 0;
}
