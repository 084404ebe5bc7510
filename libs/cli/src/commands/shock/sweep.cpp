#include "adic/app/sweep_firms.hpp"

#include "frame/chosen_computing.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "shock/firm_sections.hpp"

#include <array>
#include <utility>

namespace adic::cli {
namespace {

constexpr std::array shapes{risk_shape, issue_shape};

constexpr std::array<std::string_view, 3> description{
    "Closes every firm of a network, each alone, and ranks them by the part of all sales that it "
    "takes: the economic systemic risk index. Customers lack an input, suppliers lack a customer, "
    "and fall in turn.",
    "The network is three tables, in a folder or with one beginning: edges.csv (supplier, "
    "customer, weight), sectors.csv (firm, sector) and essential.csv (2, 1 or 0 for each pair of "
    "sectors): docs/reference/firm-networks.md.",
    "Two assumptions decide the figure, so both ends are shown: whether a sector's firms replace "
    "each other, and how long the cascade is followed. docs/explanation/shock-cascade.md has the "
    "equations."};

constexpr std::array arguments{Argument{
    .name = "NETWORK",
    .help = "the folder of the network, or the beginning of its three files",
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--tolerance",
        .value = "PART",
        .help = "the cascade is at rest after the step in which no firm falls by more",
        .standard = "1e-6"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many rows to show; 0 shows all",
        .standard = "20"},
    threads_option,
    hosts_option,
    checkpoint_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock sweep my-network --format csv --top 0 > risks.csv",
        "The systemic risk of every firm, for a spreadsheet."},
    Example{
        "adic shock sweep my-network --hosts alpha,beta,gamma --checkpoint risks.checkpoint",
        "A large network on three hosts; the same line goes on after an interruption."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_rows = 1'000'000'000;
    app::SweepFirmsRequest request;
    request.network = words.text("NETWORK");
    ADIC_TRY(request.tolerance, words.number("--tolerance", 0.0, 1.0));
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, most_rows));
    ADIC_TRY(const app::Computing computing, chosen_computing(words, session));
    ADIC_TRY(const app::SweepFirmsAnswer answer, app::sweep_firms(request, computing));
    if (!answer.report.may_commit()) {
        return refused_input("The network cannot be used as it is.", answer.report);
    }
    return Outcome{Report{
        {size_of(answer.network)},
        {sweep_section(answer, top)},
        risk_remarks(answer.risks)}};
}

}  // namespace

Command shock_sweep_command() {
    return {
        .name = "shock sweep",
        .summary = "close each firm of a network in turn, and rank them by the harm",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
