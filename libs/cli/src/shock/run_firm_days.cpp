#include "adic/app/shock_firm_days.hpp"
#include "adic/base/text.hpp"

#include "frame/report_issues.hpp"
#include "shock/run_parts.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::OutputLoss;
using app::ShockFirmDaysAnswer;

constexpr std::uint64_t longest = 36'500;  ///< days

Result<app::ShockFirmDaysRequest> request_of(const Invocation& words) {
    constexpr std::uint32_t days_of_week = 7;
    app::ShockFirmDaysRequest request{.network = words.text("WHAT")};
    request.final_demand = words.text("--final-demand");
    request.losses_file = words.text("--losses");
    if (words.has("--close") || !words.has("--losses")) {
        ADIC_TRY(const std::vector<NamedPart> closed, closed_parts(words));
        for (const NamedPart& one : closed) {
            request.losses.push_back({one.name, one.part});
        }
    }
    if (words.has("--weeks")) {
        ADIC_TRY(const std::uint64_t weeks, words.whole("--weeks", 1, longest / days_of_week));
        request.days = static_cast<std::uint32_t>(weeks) * days_of_week;
    }
    if (words.has("--stock-days")) {
        ADIC_TRY(request.stock_days, numbers_of(words, "--stock-days"));
    }
    if (words.has("--restock-days")) {
        ADIC_TRY(request.restock_days, words.number("--restock-days", 0.0, double{longest}));
        request.restock_days = std::max(1.0, request.restock_days);
    }
    if (words.has("--repair-days")) {
        ADIC_TRY(const std::uint64_t repair, words.whole("--repair-days", 0, longest));
        request.repair_days = static_cast<std::uint32_t>(repair);
    }
    return request;
}

Section days_section(const ShockFirmDaysAnswer& answer) {
    Section section{"", &firm_day_shape, {}, "", {}};
    std::vector<double> output;
    std::vector<double> unmet;
    for (std::size_t day = 0; day < answer.run.steps(); ++day) {
        const double made = answer.run.production[day];
        const double before = answer.run.production_before;
        output.push_back(before > 0.0 ? made / before : 1.0);
        // Rounding leaves parts of 1e-16 that nobody wants to read.
        const double part = std::max(0.0, answer.unmet_part(day));
        unmet.push_back(part < 1e-12 ? 0.0 : part);
        section.rows.push_back(
            {std::uint64_t{day}, made, answer.run.consumption[day], output.back(), unmet.back()}
        );
    }
    section.charts.push_back(days_chart(output, unmet));
    section.shown = In::data;
    return section;
}

Section sectors_section(const ShockFirmDaysAnswer& answer) {
    Section section{"Sectors", &sector_loss_shape, {}, "No sector makes anything.", {}};
    std::vector<std::uint64_t> firms(answer.network.sectors(), 0);
    for (std::uint32_t firm = 0; firm < answer.network.firms(); ++firm) {
        ++firms[answer.network.sector_of(firm)];
    }
    for (const OutputLoss& loss : answer.sectors) {
        section.rows.push_back(
            {std::to_string(loss.position),
             firms[loss.position],
             loss.days_lost,
             loss.lowest,
             std::uint64_t{loss.lowest_day}}
        );
    }
    return section;
}

Section firms_section(const ShockFirmDaysAnswer& answer, std::uint64_t top) {
    Section section{"Who loses most", &firm_loss_shape, {}, "No firm makes anything.", {}};
    const std::size_t all = answer.firms.size();
    const std::size_t shown = top == 0 ? all : std::min<std::size_t>(top, all);
    for (const OutputLoss& loss : std::span{answer.firms}.first(shown)) {
        section.rows.push_back(
            {answer.network.name_of(loss.position),
             std::to_string(answer.network.sector_of(loss.position)),
             loss.days_lost,
             loss.lowest,
             std::uint64_t{loss.lowest_day}}
        );
    }
    if (shown < all) {
        section.notes.push_back(fmt::format("The first {} of {} firms.", shown, all));
    }
    return section;
}

Section sector_days_section(const ShockFirmDaysAnswer& answer) {
    Section section{"", &sector_day_shape, {}, "", {}};
    const std::size_t sectors = answer.network.sectors();
    for (std::size_t day = 0; day < answer.run.steps(); ++day) {
        for (const OutputLoss& loss : answer.sectors) {
            const double made = answer.output_by_sector[day * sectors + loss.position];
            section.rows.push_back(
                {std::uint64_t{day}, std::to_string(loss.position), made / loss.usual}
            );
        }
    }
    section.shown = In::data;
    return section;
}

std::vector<Sentence> remarks(const ShockFirmDaysAnswer& answer) {
    double unmet = 0.0;
    for (std::size_t day = 0; day < answer.run.steps(); ++day) {
        unmet += answer.unmet_part(day);
    }
    std::vector<Sentence> notes{fmt::format(
        "Lost in {} days: {:.2f} days of all output, {:.2f} days of final demand.",
        answer.run.steps(),
        answer.run.steps_of_output_lost(),
        unmet
    )};
    if (answer.run.collapse) {
        notes.push_back(fmt::format(
            "The run collapses by itself: on day {} output does not recover although every firm "
            "has "
            "its capacity back. Firms order by what they made last, so a network that has fallen "
            "far does not come back; try larger stocks.",
            *answer.run.collapse
        ));
    }
    return notes;
}

}  // namespace

Result<Outcome> run_firm_days(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::ShockFirmDaysRequest request, request_of(words));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const ShockFirmDaysAnswer answer, app::shock_firm_days(request, session.progress));
    if (!answer.report.may_commit()) {
        return refused_input("The network cannot be used as it is.", answer.report);
    }
    return Outcome{Report{
        {size_of(answer.network)},
        {days_section(answer),
         sectors_section(answer),
         firms_section(answer, top),
         sector_days_section(answer)},
        remarks(answer)}};
}

}  // namespace adic::cli
