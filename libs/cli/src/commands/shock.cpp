#include "adic/app/shock_firms.hpp"
#include "adic/app/words.hpp"
#include "adic/base/text.hpp"

#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::RiskBracket;
using app::ShockFirmsAnswer;
using shock::SystemicRisk;

constexpr std::array risk_columns{
    Column{"firm", "closed", "of a sweep the firm that is closed; of a run what --close says"},
    Column{"sector", "sector", "of a sweep: its sector's number", Show::word},
    Column{
        "risk",
        "risk",
        "part of all sales that is lost, while a sector's firms replace each other (C7)",
        Show::share},
    Column{"risk_alone", "if none is replaced", "the same, while nobody is replaced", Show::share},
    Column{"downstream", "downstream", "the part lost for want of inputs", Show::share},
    Column{"upstream", "upstream", "the part lost for want of customers", Show::share},
    Column{
        "risk_broken_off",
        "at 0.01",
        "the risk when the cascade is broken off at the customary tolerance of 0.01",
        Show::share},
    Column{"steps", "steps", "of the cascade until it is at rest", Show::count},
};

constexpr std::array firm_columns{
    Column{"firm", "firm", "as the network names it"},
    Column{"sector", "sector", "its sector's number", Show::word},
    Column{
        "level",
        "still makes",
        "part of its output, while a sector's firms replace each other",
        Show::share},
    Column{"level_alone", "if none is replaced", "the same, while nobody is replaced", Show::share},
    Column{"because", "because", "what holds it there: the shock itself, inputs or customers"},
};

constexpr std::array shapes{
    Shape{"risks", risk_columns},
    Shape{"firms", firm_columns},
    issue_shape,
};

constexpr std::array<std::string_view, 3> description{
    "How the failure of some firms spreads through a network of firms: customers lack an input, "
    "suppliers lack a customer, and fall in turn. 'run' shocks the firms named by --close and "
    "shows "
    "who is left with what; 'sweep' closes every firm, each alone, and ranks them by the part of "
    "all sales that it takes (the economic systemic risk index).",
    "The network is three tables, in a folder or with one beginning: edges.csv (supplier, "
    "customer, "
    "weight), sectors.csv (firm, sector) and essential.csv (2, 1 or 0 for each pair of sectors).",
    "Two assumptions decide the figure, so both ends are shown: whether a sector's firms replace "
    "each other, and how long the cascade is followed. docs/explanation/shock-cascade.md has the "
    "equations."};

constexpr std::array<std::string_view, 2> actions{"run", "sweep"};

constexpr std::array arguments{
    Argument{.name = "ACTION", .help = "run or sweep", .choices = actions},
    Argument{
        .name = "NETWORK",
        .help = "the folder of the network, or the beginning of its three files",
        .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--close",
        .value = "FIRMS",
        .help = "of a run: the firms that fail, separated by commas; NAME=0.4 loses only the part "
                "0.4 of its output"},
    Option{
        .name = "--tolerance",
        .value = "PART",
        .help = "the cascade is at rest after the step in which no firm falls by more",
        .standard = "1e-6"},
    Option{
        .name = "--threads",
        .value = "N",
        .help = "threads of a sweep; 0 takes as many as the machine has. The answer is the same",
        .standard = "0"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many rows to show; 0 shows all",
        .standard = "20"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock run my-network --close yard,steel=0.4",
        "The yard stops and the steelworks loses two fifths: who is left with what."},
    Example{
        "adic shock sweep my-network --format csv > risks.csv",
        "The systemic risk of every firm, for a spreadsheet."},
};

/// "steel", "steel=0.4".
Result<app::NamedLoss> parse_loss(std::string_view text) {
    const std::size_t sign = text.rfind('=');
    app::NamedLoss loss{std::string(trimmed(text.substr(0, sign)))};
    if (sign != std::string_view::npos) {
        const auto part = parse_decimal(trimmed(text.substr(sign + 1)));
        if (!part || *part < 0.0 || *part > 1.0) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("--close: '{}' has no part between 0 and 1 after '='", text),
                {}};
        }
        loss.lost = *part;
    }
    return loss;
}

Result<app::ShockFirmsRequest> request_of(const Invocation& words) {
    constexpr std::uint64_t most_threads = 4096;
    app::ShockFirmsRequest request;
    request.network = words.text("NETWORK");
    ADIC_TRY(request.tolerance, words.number("--tolerance", 0.0, 1.0));
    ADIC_TRY(const std::uint64_t threads, words.whole("--threads", 0, most_threads));
    request.threads = threads;
    const bool is_run = words.text("ACTION") == "run";
    if (is_run != words.has("--close")) {
        return Error{
            ErrorCode::invalid_argument,
            is_run ? "name the firms that fail: --close NAME,..."
                   : "a sweep closes every firm; --close belongs to 'run'",
            {}};
    }
    for (const std::string_view part : split(words.text("--close"), ',')) {
        if (is_run) {
            ADIC_TRY(app::NamedLoss loss, parse_loss(part));
            request.losses.push_back(std::move(loss));
        }
    }
    return request;
}

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

std::size_t rows_shown(std::uint64_t top, std::size_t all) {
    return top == 0 ? all : static_cast<std::size_t>(std::min<std::uint64_t>(top, all));
}

std::string shown_of(std::size_t shown, std::size_t all) {
    return shown == all ? counted(all, "firm") + '.'
                        : fmt::format("The first {} of {}; --top shows more.", shown, all);
}

Section sweep_section(const ShockFirmsAnswer& answer, std::uint64_t top) {
    Section section{"", &shapes[0], {}, "The network has no firm.", {}};
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

Section run_section(const ShockFirmsAnswer& answer, const std::string& closed) {
    return {"", &shapes[0], {row_of(closed, {}, answer.risks.front())}, "", {}};
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

/// The firms that fall, the lowest first.
Section firms_section(const ShockFirmsAnswer& answer, std::uint64_t top) {
    Section section{"Who is left with what", &shapes[1], {}, "No firm falls.", {}};
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

/// What the customary tolerance hides, and firms that did not come to rest.
std::vector<std::string> remarks(const ShockFirmsAnswer& answer) {
    double at_rest = 0.0;
    double broken_off = 0.0;
    std::uint64_t restless = 0;
    for (const RiskBracket& risk : answer.risks) {
        at_rest += risk.replaced.total;
        broken_off += risk.broken_off.total;
        restless += risk.replaced.settled && risk.alone.settled ? 0U : 1U;
    }
    std::vector<std::string> notes;
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

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_rows = 1'000'000'000;
    ADIC_TRY(const app::ShockFirmsRequest request, request_of(words));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, most_rows));
    ADIC_TRY(const ShockFirmsAnswer answer, app::shock_firms(request, session.progress));
    if (!answer.report.may_commit()) {
        Section issues = issues_section(answer.report, "");
        issues.shape = &shapes[2];
        const int code = traits(ErrorCode::invalid_argument).exit_code;
        return Outcome{
            Report{{"The network cannot be used as it is."}, {std::move(issues)}, {}},
            code};
    }
    Report report{
        {fmt::format(
            "{} firms, {} links, {} sectors.",
            answer.network.firms(),
            answer.network.links().size(),
            answer.network.sectors()
        )},
        {},
        remarks(answer)};
    if (words.text("ACTION") == "sweep") {
        report.sections.push_back(sweep_section(answer, top));
    } else {
        report.sections.push_back(run_section(answer, words.text("--close")));
        report.sections.push_back(firms_section(answer, top));
    }
    return Outcome{std::move(report)};
}

}  // namespace

Command shock_command() {
    return {
        .name = "shock",
        .summary = "follow the failure of firms through a network of firms",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
