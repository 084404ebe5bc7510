#include "adic/app/survive.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using app::SurviveAnswer;
using shock::Certainty;

constexpr std::array columns{
    Column{"fails", "fails", "what fails: all its sites at once"},
    Column{
        "survive_days",
        "survive",
        "days for which all demand is met (TTS)",
        Show::number,
        1,
        In::all,
        true},
    Column{
        "recover_days",
        "recover",
        "days until it is back (TTR)",
        Show::number,
        0,
        In::all,
        true},
    Column{"at_risk", "at risk", "demand runs short first: no, possible, certain", Show::word},
    Column{
        "exposure",
        "exposure",
        "what is lost until it is back, as a part of the largest such loss",
        Show::share,
        0,
        In::all,
        true},
    Column{"binding", "what decides it", "the binding constraint"},
};

constexpr std::array shapes{Shape{"disruptions", columns}, issue_shape};

constexpr std::array<std::string_view, 3> description{
    "How long demand is met after something fails (time to survive), how long it takes to be back "
    "(time to recover), and what is lost in between, by linear programs over all that can still be "
    "made. Where time to survive is the shorter, there is a risk.",
    "On a map, items are counted in days of normal use: each supplier makes its share, and a "
    "recorded stock lasts its days. Where no stock is recorded none is counted, unless "
    "--stock-days says what to assume; where no recovery is recorded, 26 weeks are.",
    "With --sites the network comes from three tables instead: docs/reference/site-networks.md."};

constexpr std::array arguments{Argument{
    .name = "ITEM",
    .help = "identifier or name of an item that is wanted; without any, what the map is about",
    .is_required = false,
    .is_repeated = true}};

constexpr std::array<std::string_view, 4> kinds{"state", "organisation", "item", "site"};

constexpr std::array options{
    Option{
        .name = "--by",
        .value = "WHAT",
        .help = "what fails: a state with all its suppliers, an organisation, all sources of an "
                "item, or one site",
        .standard = "state",
        .choices = kinds},
    Option{
        .name = "--stock-days",
        .value = "DAYS",
        .help = "days of normal use in store of each item of which no stock is recorded"},
    Option{
        .name = "--sites",
        .value = "PATH",
        .help = "a site network instead of a map: a folder, or the beginning of its three files",
        .completes = Completes::file},
    Option{
        .name = "--threads",
        .value = "N",
        .help = "0 takes as many as the machine has. The answer is the same",
        .standard = "0"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many rows to show; 0 shows all",
        .standard = "15"},
    one_inside_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock survive coastal-patrol-boat --stock-days 60",
        "Which state's failure stops the boat, and when, with two months of everything in store."},
    Example{
        "adic shock survive relief-drone --by item --format csv > drone.csv",
        "How long the drone lasts without each of the items in it."},
    Example{"adic shock survive --sites my-network --by site", "A network of plants of your own."},
};

model::SubjectKind kind_of(std::string_view word) {
    if (word == "organisation") {
        return model::SubjectKind::organisation;
    }
    if (word == "item") {
        return model::SubjectKind::part;
    }
    return word == "site" ? model::SubjectKind::site : model::SubjectKind::place;
}

std::string_view word_of(Certainty certainty) {
    switch (certainty) {
    case Certainty::no: return "no";
    case Certainty::possible: return "possible";
    case Certainty::certain: break;
    }
    return "certain";
}

Result<SurviveAnswer>
on_map(const Invocation& words, const Session& session, const shock::Run& run) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const supply::Viewpoint viewpoint, chosen_viewpoint(words, session, opened->map()));
    ADIC_TRY(const auto items, app::find_targets(opened->index(), words.texts("ITEM")));
    std::optional<double> stock_days;
    if (words.has("--stock-days")) {
        constexpr double most = 36'500.0;
        ADIC_TRY(stock_days, words.number("--stock-days", 0.0, most));
    }
    const model::SubjectKind kind = kind_of(words.text("--by"));
    return app::survive_on_map(opened->index(), viewpoint, items, stock_days, kind, run);
}

Section disruptions_section(const SurviveAnswer& answer, std::uint64_t top) {
    Section section{"", &shapes[0], {}, "Nothing outside can fail.", {}};
    const std::vector<std::uint32_t>& ranking = answer.analysis.ranking;
    const std::size_t shown =
        top == 0 ? ranking.size() : std::min<std::size_t>(top, ranking.size());
    std::uint64_t at_risk = 0;
    for (const shock::DisruptionImpact& impact : answer.analysis.impacts) {
        at_risk += impact.at_risk == Certainty::no ? 0U : 1U;
    }
    for (const std::uint32_t d : std::span{ranking}.first(shown)) {
        const shock::DisruptionImpact& impact = answer.analysis.impacts[d];
        section.rows.push_back(
            {answer.disruptions[d].name,
             impact.survive_days,
             impact.recover_days,
             std::string(word_of(impact.at_risk)),
             impact.exposure,
             shock::explain_binding(answer.network, impact)}
        );
    }
    section.notes.push_back(fmt::format(
        "{} can fail; of {} demand may run short before it is back.{}",
        counted(ranking.size(), "thing"),
        at_risk,
        shown < ranking.size() ? fmt::format(" The first {} are shown.", shown) : ""
    ));
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_threads = 4096;
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const std::uint64_t threads, words.whole("--threads", 0, most_threads));
    const shock::Run how{.threads = threads, .progress = session.progress, .stop = {}};
    ADIC_TRY(
        const SurviveAnswer answer,
        words.has("--sites")
            ? app::survive_in_files(words.text("--sites"), kind_of(words.text("--by")), how)
            : on_map(words, session, how)
    );
    if (!answer.report.may_commit()) {
        Section issues = issues_section(answer.report, "");
        issues.shape = &shapes[1];
        const int code = traits(ErrorCode::invalid_argument).exit_code;
        return Outcome{
            Report{{"The network cannot be used as it is."}, {std::move(issues)}, {}},
            code};
    }
    return Outcome{
        Report{{}, {disruptions_section(answer, top)}, {answer.notes.begin(), answer.notes.end()}}};
}

}  // namespace

Command shock_survive_command() {
    return {
        .name = "shock survive",
        .summary = "how long demand is met after something fails, against how long it is away",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
