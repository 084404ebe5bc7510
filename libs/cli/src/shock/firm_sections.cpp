#include "shock/firm_sections.hpp"

#include "adic/app/words.hpp"

#include "frame/chosen_rows.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::RiskBracket;
using app::ShockFirmsAnswer;

Row row_of(Cell closed, Cell sector, const RiskBracket& risk) {
    return {
        std::move(closed),
        std::move(sector),
        risk.replaced.total,
        risk.alone.total,
        risk.replaced.downstream,
        risk.replaced.upstream,
        risk.broken_off.total,
        std::uint64_t{risk.replaced.steps}};
}

std::string shown_of(std::size_t shown, std::size_t all) {
    return shown == all ? counted(all, "firm") + '.'
                        : fmt::format("The first {} of {}; --top shows more.", shown, all);
}

/// What holds the firm at its level.
std::string_view reason_of(const ShockFirmsAnswer& answer, std::uint32_t firm) {
    const double downstream = answer.replaced_levels.downstream[firm];
    const double upstream = answer.replaced_levels.upstream[firm];
    const bool is_shocked = std::ranges::any_of(answer.shock, [&](const auto& loss) {
        return loss.firm == firm && std::min(downstream, upstream) == 1.0 - loss.lost;
    });
    if (is_shocked) {
        return "the shock";
    }
    return downstream <= upstream ? "inputs are short" : "customers fail";
}

}  // namespace

std::string size_of(const model::FirmNetwork& network) {
    return fmt::format(
        "{} firms, {} links, {} sectors.",
        network.firms(),
        network.links().size(),
        network.sectors()
    );
}

Section sweep_section(const app::SweepFirmsAnswer& answer, std::uint64_t top) {
    Section section{"", &risk_shape, {}, "The network has no firm.", {}};
    const std::size_t shown = rows_shown(top, answer.risks.size());
    for (const RiskBracket& risk : std::span{answer.risks}.first(shown)) {
        const std::uint32_t sector = answer.network.sector_of(risk.firm);
        section.rows.push_back(
            row_of(answer.network.name_of(risk.firm), std::to_string(sector), risk)
        );
    }
    section.notes.push_back(shown_of(shown, answer.risks.size()));
    return section;
}

Section shock_section(const ShockFirmsAnswer& answer, const std::string& closed) {
    return {"", &risk_shape, {row_of(closed, {}, answer.risk)}, "", {}};
}

Section fallen_section(const ShockFirmsAnswer& answer, std::uint64_t top) {
    Section section{"Who is left with what", &firm_shape, {}, "No firm falls.", {}};
    const auto& with = answer.replaced_levels;
    const auto& alone = answer.alone_levels;
    const auto level = [](const shock::FirmLevels& levels, std::uint32_t firm) {
        return std::min(levels.downstream[firm], levels.upstream[firm]);
    };
    std::vector<std::uint32_t> fallen;
    for (std::uint32_t firm = 0; firm < answer.network.firms(); ++firm) {
        if (level(alone, firm) < 1.0 || level(with, firm) < 1.0) {
            fallen.push_back(firm);
        }
    }
    std::ranges::stable_sort(fallen, [&](std::uint32_t a, std::uint32_t b) {
        return level(with, a) < level(with, b);
    });
    const std::size_t shown = rows_shown(top, fallen.size());
    for (const std::uint32_t firm : std::span{fallen}.first(shown)) {
        section.rows.push_back(
            {answer.network.name_of(firm),
             std::to_string(answer.network.sector_of(firm)),
             level(with, firm),
             level(alone, firm),
             std::string(reason_of(answer, firm))}
        );
    }
    section.notes.push_back(fmt::format(
        "{} of {} firms fall{}",
        fallen.size(),
        answer.network.firms(),
        shown == fallen.size() ? "." : fmt::format("; the first {} are shown.", shown)
    ));
    return section;
}

std::vector<Sentence> risk_remarks(const std::vector<RiskBracket>& risks) {
    double at_rest = 0.0;
    double broken_off = 0.0;
    std::uint64_t restless = 0;
    for (const RiskBracket& risk : risks) {
        at_rest += risk.replaced.total;
        broken_off += risk.broken_off.total;
        restless += risk.replaced.settled && risk.alone.settled ? 0U : 1U;
    }
    std::vector<Sentence> notes;
    if (at_rest > 0.0) {
        notes.push_back(fmt::format(
            "Broken off at the customary tolerance of 0.01, cascades show {} of the risk at rest.",
            app::percent(broken_off / at_rest)
        ));
    }
    if (restless > 0) {
        notes.push_back(fmt::format("{} did not come to rest.", counted(restless, "cascade")));
    }
    return notes;
}

}  // namespace adic::cli
