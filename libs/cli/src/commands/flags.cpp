#include "adic/procure/flags.hpp"

#include "adic/base/say.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_computing.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::uint64_t most_threads = 1'024;

using procure::FlagFence;
using procure::FlagFindings;
using procure::FlagTraits;
using procure::RaisedFlag;

constexpr std::array flag_columns{
    Column{"flag", "flag", "code of the indicator", Show::word},
    Column{"subject", "what", "process, buyer, procuring_entity or tenderer", Show::word},
    Column{"id", "identifier", "of the process, or the organisation"},
    Column{
        "value",
        "figure",
        "the flag's own figure; of a tenderer named with processes, how many",
        Show::significant,
        6},
    Column{"figures", "because", "what raised the flag", Show::sentence},
};

constexpr std::array indicator_columns{
    Column{"flag", "flag", "code of the indicator", Show::word},
    Column{"title", "", "what it is about", Show::text, 0, In::data},
    Column{"subject", "of", "what is judged by it", Show::word},
    Column{"judged", "judged", "how many could be judged", Show::count},
    Column{"raised", "raised", "how many were flagged", Show::count},
    Column{
        "first_quartile",
        "Q1",
        "of the figure; empty where a setting or a rule goes before it",
        Show::significant,
        4},
    Column{"third_quartile", "Q3", "likewise", Show::significant, 4},
    Column{"lower_fence", "at most", "flagged at or below it", Show::significant, 4},
    Column{
        "upper_fence",
        "at least",
        "flagged at or above it; of R025, how many bids make a top tenderer",
        Show::significant,
        4},
    Column{
        "idle",
        "",
        "the fence is at or below zero: nothing is an outlier",
        Show::word,
        0,
        In::data},
};

constexpr std::array shapes{
    Shape{"flags", flag_columns},
    Shape{"indicators", indicator_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "Eleven red flags on tenders, of the open-contracting indicator set: each with the process or "
    "the organisation and the figures that raised it, and the quartiles and fences behind them. A "
    "flag is a reason to look, not a finding.",
    "FILE holds contracting processes of the Open Contracting Data Standard with the extension for "
    "bids: JSON Lines of compiled releases, a release or record package, or an array; plain, gzip "
    "or "
    "zstd. Without it, 240 made-up processes that come with the program.",
    "docs/explanation/red-flags.md has the rules, docs/reference/flags.md the settings."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "contracting processes with bids",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--settings",
        .value = "FILE",
        .help =
            "what counts as odd, as a table of flag, setting and value; without it, the standard "
            "settings of data/procure/flags.csv",
        .completes = Completes::file},
    Option{
        .name = "--most",
        .value = "N",
        .help = "rows of each flag that a table or page shows; CSV and JSON have all",
        .standard = "10"},
    threads_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic flags", "The processes that come with the program."},
    Example{"adic flags my-tenders.jsonl --most 3", "Your own, three rows of each flag."},
    Example{"adic flags my-tenders.jsonl --format csv > flags.csv", "Every flag as a row."},
};

Row row_of(const RaisedFlag& flag) {
    return {
        std::string(procure::name_of(flag.code)),
        std::string(procure::name_of(flag.subject)),
        flag.id,
        flag.value,
        flag.figures};
}

std::vector<const RaisedFlag*> flags_of(const FlagFindings& findings, procure::FlagCode code) {
    std::vector<const RaisedFlag*> flags;
    for (const RaisedFlag& flag : findings.flags) {
        if (flag.code == code) {
            flags.push_back(&flag);
        }
    }
    return flags;
}

/// A section for each flag that was raised: one shape, so that CSV has them all in one table.
std::vector<Section> flag_sections(const FlagFindings& findings, std::size_t most) {
    std::vector<Section> sections;
    for (const FlagTraits& traits : procure::list_flags()) {
        const std::vector<const RaisedFlag*> flags = flags_of(findings, traits.code);
        if (flags.empty()) {
            continue;
        }
        Section section{
            fmt::format("{}: {} (figure: {})", traits.name, traits.title, traits.value),
            &shapes[0],
            {},
            "",
            {}};
        for (const RaisedFlag* flag : std::span(flags).first(std::min(most, flags.size()))) {
            section.rows.push_back(row_of(*flag));
        }
        if (flags.size() > most) {
            section.notes.push_back(say("flags-more", {{"more", flags.size() - most}}));
        }
        sections.push_back(std::move(section));
    }
    if (sections.empty()) {
        sections.push_back({"", &shapes[0], {}, "No flag was raised.", {}});
    }
    return sections;
}

std::uint64_t raised_of(const FlagFindings& findings, const FlagFence& fence) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        findings.flags,
        [&](const RaisedFlag& flag) {
            return flag.code == fence.code && flag.subject == fence.subject;
        }
    ));
}

void add_rows(const FlagFindings& findings, const FlagTraits& traits, Section& section) {
    const auto add = [&](const FlagFence& fence) {
        section.rows.push_back(
            {std::string(traits.name),
             std::string(traits.title),
             std::string(procure::name_of(fence.subject)),
             fence.judged,
             raised_of(findings, fence),
             cell_of(fence.first_quartile),
             cell_of(fence.third_quartile),
             cell_of(fence.lower),
             cell_of(fence.upper),
             std::string(fence.is_idle ? "yes" : "no")}
        );
    };
    bool has_fence = false;
    for (const FlagFence& fence : findings.fences) {
        if (fence.code == traits.code) {
            has_fence = true;
            add(fence);
        }
    }
    if (!has_fence) {
        add(
            {traits.code,
             procure::FlagSubject::process,
             findings.judged[static_cast<std::size_t>(traits.code)]}
        );
    }
}

Section indicators_section(const FlagFindings& findings) {
    Section section{"What was judged, against what", &shapes[1], {}, "", {}};
    for (const FlagTraits& traits : procure::list_flags()) {
        add_rows(findings, traits, section);
    }
    return section;
}

std::vector<Sentence> notes_on(const FlagFindings& findings) {
    std::vector<Sentence> notes{
        say("flags-judged",
            {{"processes", findings.processes},
             {"with_bids", findings.with_bids},
             {"cancelled", findings.cancelled},
             {"passed_over", findings.passed_over}})};
    if (!findings.currency.empty()) {
        notes.push_back(
            say("flags-currency",
                {{"currency", findings.currency}, {"left_out", findings.other_currency}})
        );
    }
    if (findings.repeated > 0) {
        notes.push_back(say("flags-repeated", {{"processes", findings.repeated}}));
    }
    notes.push_back(say("flags-fair"));
    return notes;
}

Result<std::filesystem::path> chosen_file(const Invocation& words, const Session& session) {
    if (words.has("FILE")) {
        return std::filesystem::path(words.text("FILE"));
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    return data / "procure" / "bids.jsonl";
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path file, chosen_file(words, session));
    ADIC_TRY(const std::uint64_t most, words.whole("--most", 1, 1'000'000));
    ADIC_TRY(const std::uint64_t threads, words.whole("--threads", 0, most_threads));
    ingest::ImportReport report;
    procure::FlagSettings settings;
    if (words.has("--settings")) {
        ADIC_TRY(settings, procure::read_flag_settings(words.text("--settings"), report));
        if (!report.may_commit()) {
            return refused_input("The settings cannot be used.", report);
        }
    }
    ADIC_TRY(
        const FlagFindings findings,
        procure::find_flags(file, settings, {threads, session.progress}, report)
    );
    if (findings.processes == 0 && !report.may_commit()) {
        return refused_input("Nothing in the file can be judged.", report);
    }
    const bool is_for_people =
        words.text("--format") == "table" || words.text("--format") == "html";
    std::vector<Section> sections =
        flag_sections(findings, is_for_people ? most : findings.flags.size() + 1);
    sections.push_back(indicators_section(findings));
    if (!report.issues().empty()) {
        sections.push_back(issues_section(report, ""));
    }
    return Outcome{
        Report{{}, std::move(sections), notes_on(findings)},
        report.may_commit() ? 0 : traits(ErrorCode::invalid_argument).exit_code};
}

}  // namespace

Command flags_command() {
    return {
        .name = "flags",
        .summary = "raise red flags on tenders from their bids and awards",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
