#include "procure/saving_sections.hpp"

#include "render/cells.hpp"

namespace adic::cli {

Section saving_section(const procure::SavingRange& saving) {
    return {
        "What it saves, from low to high",
        &saving_shape,
        {{saving.apart, saving.together, saving.saving, saving.share}},
        "",
        {}};
}

Section splits_section(const std::vector<procure::SplitCost>& splits) {
    Section section{"What a split of the work costs", &split_shape, {}, "", {}};
    for (const procure::SplitCost& split : splits) {
        section.rows.push_back(
            {std::uint64_t{split.lines}, split.cost, split.costs_more, cell_of(split.of_saving)}
        );
    }
    if (!splits.empty()) {
        section.notes.emplace_back(
            "Split by module, each module on one line for all, the work is shared and the saving "
            "stays."
        );
    }
    return section;
}

std::vector<std::string> supply_notes(const procure::OfferTerms& terms) {
    constexpr double single = 0.99;
    if (terms.supplier_hhi.high() < single) {
        return {};
    }
    return {"There may be a single supplier: it can walk away from the group."};
}

}  // namespace adic::cli
