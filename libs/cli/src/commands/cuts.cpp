#include "adic/app/asked_tree.hpp"
#include "adic/app/words.hpp"
#include "adic/ingest/open_psa.hpp"
#include "adic/supply/cuts/cheapest_cut.hpp"

#include "answers/cut_sections.hpp"
#include "frame/chosen.hpp"
#include "frame/chosen_rows.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 4> description{
    "A cut is a set of failures that together stop the item, of which none can be left out. Cuts "
    "of "
    "one failure are single points of failure. The list has the small cuts; the counts are of all "
    "there are, with the exact probability of a stop where every failure has one, and how much "
    "each "
    "failure matters for it.",
    "What can fail is chosen with --by: states (each with everything it supplies), suppliers (each "
    "organisation; where none is named, one state's supply of one item), or items, whoever "
    "supplies "
    "them. What is inside never fails.",
    "Where cuts are too many to list, --cheapest finds one with the fewest failures and "
    "--most-likely "
    "the one that is most likely to happen, each proven.",
    "Instead of an item, a fault tree of your own in the Open-PSA exchange format is taken as "
    "well, and "
    "--write hands the item's tree to other programs in that format."};

constexpr std::array arguments{Argument{
    .name = "ITEM",
    .help = "identifier or name of an item, or a file that ends in .xml",
    .completes = Completes::file}};

constexpr std::array<std::string_view, 3> kinds{"state", "supplier", "item"};

constexpr std::array options{
    Option{
        .name = "--by",
        .value = "WHAT",
        .help = "what can fail",
        .standard = "state",
        .choices = kinds},
    Option{
        .name = "--order",
        .value = "N",
        .help = "list cuts of up to so many failures",
        .standard = "3"},
    top_option("15", "how many rows to show of each table; 0 shows all that were found"),
    Option{.name = "--cheapest", .value = "", .help = "only one cut: one with the fewest failures"},
    Option{
        .name = "--most-likely",
        .value = "",
        .help = "only one cut: the one most likely to happen"},
    Option{
        .name = "--write",
        .value = "FILE",
        .help = "write the fault tree in the Open-PSA format, and nothing else; a dash writes it "
                "to standard output",
        .completes = Completes::file},
    one_inside_option,
    enough_option,
    shares_option,
    equipment_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic cuts coastal-patrol-boat",
        "The states, pairs and triples of states that stop it, and how likely that is."},
    Example{
        "adic cuts vhf-field-radio --by item --order 1 --inside nobody",
        "The items that stop a field radio all by themselves."},
    Example{
        "adic cuts ration-pack --most-likely",
        "The failures that are most likely to stop it together."},
    Example{
        "adic cuts relief-drone --write drone.xml",
        "The tree behind the answer, for an independent program."},
    Example{"adic cuts tree.xml", "A published fault tree."},
};

Result<app::AskedTree>
tree_in_map(const Invocation& words, const Session& session, std::string& seen) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const supply::Viewpoint viewpoint, chosen_viewpoint(words, session, opened->map()));
    ADIC_TRY(supply::FailureOptions failure, chosen_failure_options(words));
    const std::string by = words.text("--by");
    failure.events = {
        .states = by == "state",
        .suppliers = by == "supplier",
        .items = by == "item"};
    seen = fmt::format(", by {}, {}", by, seen_from(viewpoint));
    return app::tree_of_item(opened->index(), viewpoint, words.text("ITEM"), failure);
}

/// The tree, and in `seen` how it is looked at: nothing to say of a tree from a file.
Result<app::AskedTree>
asked_tree(const Invocation& words, const Session& session, std::string& seen) {
    const std::string item = words.text("ITEM");
    return item.ends_with(".xml") ? app::tree_of_file(item) : tree_in_map(words, session, seen);
}

std::string names_of(const app::AskedTree& asked, const std::vector<std::uint32_t>& events) {
    std::string text;
    for (const std::uint32_t event : events) {
        text += (text.empty() ? "" : ", ") + asked.words[event];
    }
    return text;
}

/// One cut, or why there is none, of either search.
struct OneCut {
    const app::AskedTree& asked;
    bool most_likely;
    Section section;

    void add(const supply::Cut& cut) {
        const std::optional<double> probability =
            most_likely ? std::optional{std::exp(-cut.cost)} : std::nullopt;
        section.rows.push_back(cut_row(asked, cut.events, probability));
    }

    void operator()(const supply::Cut& cut) { add(cut); }

    void operator()(const supply::NoCut& /*none*/) {}

    void operator()(const supply::CutOutOfTime& late) {
        add(late.best);
        section.notes.push_back(
            most_likely ? fmt::format(
                "Time ran out: no cut is likelier than {}.",
                app::percent(std::exp(-late.bound))
            )
                        : fmt::format(
                            "Time ran out: no cut takes fewer than {:.0f} failures.",
                            std::ceil(late.bound)
                        )
        );
    }

    void operator()(const supply::ProbabilityMissing& missing) {
        section.if_empty = "Without their probabilities no cut is the most likely: "
                           + names_of(asked, missing.events) + '.';
    }
};

Result<Outcome>
one_cut(const Invocation& words, const app::AskedTree& asked, const std::string& seen) {
    OneCut answer{asked, words.has("--most-likely"), {}};
    answer.section = {
        fmt::format(
            "The {} {}{}",
            answer.most_likely ? "most likely cut of" : "fewest failures that stop",
            asked.name,
            seen
        ),
        &cut_shapes[0],
        {},
        "Nothing stops it, not even everything together.",
        {}};
    if (answer.most_likely) {
        ADIC_TRY(const auto found, supply::likeliest_cut(asked.tree, {}));
        std::visit([&](const auto& outcome) { answer(outcome); }, found);
    } else {
        const std::vector<double> costs(asked.tree.events.size(), 1.0);
        ADIC_TRY(const auto found, supply::cheapest_cut(asked.tree, costs, {}));
        std::visit([&](const auto& outcome) { answer(outcome); }, found);
    }
    return Outcome{Report{{}, {std::move(answer.section)}, {}}};
}

Result<Outcome> written(const app::AskedTree& asked, const std::string& file) {
    ADIC_TRY(std::string text, ingest::write_open_psa(asked.tree));
    if (file == "-") {
        return Outcome{std::move(text)};
    }
    if (auto problem = write_file(file, text)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "The fault tree is in {}: {} gates, {} events.\n",
        file,
        asked.tree.gates.size(),
        asked.tree.events.size()
    )};
}

Result<supply::CutOptions> cut_options(const Invocation& words) {
    constexpr std::uint64_t highest_order = 64;
    constexpr std::size_t most_listed = 100'000;
    supply::CutOptions chosen;
    ADIC_TRY(const std::uint64_t order, words.whole("--order", 1, highest_order));
    chosen.list_order = static_cast<std::uint32_t>(order);
    chosen.list_limit = most_listed;
    return chosen;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const supply::CutOptions chosen, cut_options(words));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    std::string seen;
    ADIC_TRY(const app::AskedTree asked, asked_tree(words, session, seen));
    if (words.has("--write")) {
        return written(asked, words.text("--write"));
    }
    if (words.has("--cheapest") || words.has("--most-likely")) {
        return one_cut(words, asked, seen);
    }
    ADIC_TRY(const supply::CutAnalysis analysis, supply::analyse_cuts(asked.tree, chosen));
    const CutsAnswer answer{asked, analysis, top};
    Report report{
        {},
        {cuts_section(answer, fmt::format("What stops {}{}", asked.name, seen)),
         counts_section(answer),
         probability_section(answer),
         importance_section(answer)},
        {analysis.remarks.begin(), analysis.remarks.end()}};
    if (!asked.sources.empty()) {
        report.sections.push_back(hazard_sources_section(answer));
    }
    if (asked.coverage) {
        report.notes.push_back(fmt::format(
            "Suppliers' shares are known for {} of the {} items in the chain.",
            asked.coverage->items_with_shares,
            asked.coverage->items
        ));
    }
    return Outcome{std::move(report)};
}

}  // namespace

Command cuts_command() {
    return {
        .name = "cuts",
        .summary = "list the smallest sets of failures that stop an item",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = cut_shapes,
        .run = run};
}

}  // namespace adic::cli
