#include "adic/app/brief.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"

#include <array>
#include <utility>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 3> description{
    "One page of HTML for people who do not use this program: three findings, how much is known, "
    "the "
    "chain drawn from the items down to the bottlenecks, the worst of them for each viewpoint, and "
    "the "
    "sources. It prints on one sheet of A4, in grey as well, and loads nothing from elsewhere.",
    "The chain is drawn for the first viewpoint.",
    "--shock adds what an episode, or a scenario of your own, does to the items week by week: a "
    "chart, when each stops, what is lost, why, on what that rests, and the episode's sources."};

constexpr std::array arguments{items_argument};

constexpr std::array options{
    Option{
        .name = "--into",
        .value = "FILE",
        .help = "where the page is written; a dash writes it to standard output",
        .standard = "adic-brief.html",
        .completes = Completes::file},
    Option{
        .name = "--shock",
        .value = "LIST",
        .help = "add what these do to the items: episodes ('adic shock' lists them) or scenario "
                "files, separated by commas",
        .completes = Completes::file},
    inside_option,
    enough_option,
    map_option,
    as_option,
};

constexpr std::array examples{
    Example{"adic brief coastal-patrol-boat --into boat.html", "One page about one item."},
    Example{
        "adic brief relief-drone --shock gallium-germanium-2023,malacca-closure",
        "The same, and what two episodes do to it."},
    Example{"adic brief --inside IDN,ASEAN", "All systems of the map, drawn for Indonesia."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    app::BriefRequest request;
    ADIC_TRY(request.targets, app::find_targets(opened->index(), words.texts("ITEM")));
    ADIC_TRY(request.viewpoints, chosen_viewpoints(words, session, opened->map()));
    ADIC_TRY(request.options.failure.enough, words.number("--enough", 0.0, 1.0));
    ADIC_TRY(request.data, data_folder(session));
    for (const std::string& name : chosen_list(words, "--shock")) {
        ADIC_TRY(model::Scenario scenario, app::find_scenario(request.data, name));
        request.shocks.push_back({name, std::move(scenario)});
    }
    ADIC_TRY(const app::Brief brief, app::make_brief(opened->index(), request, session.progress));
    return put_into(words.text("--into"), app::to_html(opened->map(), brief), "The brief is");
}

}  // namespace

Command brief_command() {
    return {
        .name = "brief",
        .summary = "write one printable page about items and what can stop them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
