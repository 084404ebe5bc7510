#include "adic/app/screen_flows.hpp"
#include "adic/base/text.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array product_columns{
    Column{"product", "product", "HS code as the file writes it", Show::word},
    Column{
        "dependent",
        "dependent",
        "CDI1, CDI2 and CDI3 are all above their thresholds: 0.4, 0.5 and 1"},
    Column{"cdi1", "CDI1", "concentration of the suppliers outside, 0 to 1", Show::number, 3},
    Column{"cdi2", "CDI2", "part of imports that comes from outside, 0 to 1", Show::number, 3},
    Column{
        "cdi3",
        "CDI3",
        "imports from outside for each unit of value exported; 9999: nothing is exported",
        Show::number,
        2},
    Column{"outside_imports", "from outside", "in the file's unit of value", Show::significant, 4},
};

constexpr std::array importer_columns{
    Column{"importer", "importer", "state inside", Show::word},
    Column{"product", "product", "HS code as the file writes it", Show::word},
    Column{
        "geodep",
        "GeoDep",
        "concentration of imports above 0.4, of world exports above 0.4, and more imported than "
        "exported"},
    Column{"hhi", "HHI", "concentration of its suppliers, 0 to 1", Show::number, 3},
    Column{"top_supplier", "largest", "largest supplier", Show::word},
    Column{"top_share", "share", "its part of the imports", Show::share},
    Column{"suppliers", "suppliers", "states that it buys from", Show::count},
    Column{"imports", "imports", "in the file's unit of value", Show::significant, 4},
};

constexpr std::array shapes{
    Shape{"products", product_columns},
    Shape{"importers", importer_columns},
    issue_shape,
};

constexpr std::array<std::string_view, 2> description{
    "Screens a file of bilateral trade flows by HS code for strategic dependencies, by the "
    "criteria of "
    "the European Commission (CDI1 to CDI3) for all that is inside taken together, and of CEPII's "
    "GeoDep for each importer inside. Flagged products come first, then the largest.",
    "The file is read as published: CEPII BACI, UN Comtrade, or any CSV with the columns year, "
    "exporter, "
    "importer, hs6, value and, if there is one, quantity; plain, gzip or zstd."};

constexpr std::array arguments{
    Argument{.name = "FILE", .help = "the flows, as CSV", .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--inside",
        .value = "WHO",
        .help = "who counts as inside: a bloc, a state, or several joined by +",
        .standard = "ASEAN"},
    year_option,
    products_option,
    Option{.name = "--flagged", .value = "", .help = "only what is flagged"},
    Option{
        .name = "--top",
        .value = "N",
        .help = "at most so many rows of each table",
        .standard = "20"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic flows BACI_HS17_Y2022.csv --inside ASEAN --flagged",
        "The products for which ASEAN as a whole depends on few suppliers outside."},
    Example{
        "adic flows BACI_HS17_Y2022.csv --inside IDN --products 8505,8507 --format csv",
        "Indonesia's purchases of magnets and batteries, for a spreadsheet."},
};

Result<app::ScreenFlowsRequest> request_of(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    app::ScreenFlowsRequest request;
    request.file = words.text("FILE");
    request.states = data / "reference" / "states.csv";
    request.inside = words.text("--inside");
    request.only_flagged = words.has("--flagged");
    request.products = chosen_list(words, "--products");
    ADIC_TRY(request.year, chosen_year(words));
    return request;
}

/// "3 products.", or how many of them are shown.
std::string shown_of(std::size_t shown, std::size_t all, std::string_view noun) {
    const std::string count = counted(all, noun);
    return shown == all ? count + '.'
                        : fmt::format("The first {} of {}; --top shows more.", shown, count);
}

Section products_section(const app::ScreenFlowsAnswer& answer, std::size_t top) {
    Section section{"", &shapes[0], {}, "Nothing of this kind is imported from outside.", {}};
    const std::size_t shown = std::min(top, answer.products.size());
    for (std::size_t p = 0; p < shown; ++p) {
        const supply::BlocDependence& product = answer.products[p];
        section.rows.push_back(
            {answer.flows.products[product.product],
             product.dependent,
             product.cdi1,
             product.cdi2,
             product.cdi3,
             product.outside_imports}
        );
    }
    section.notes.push_back(shown_of(shown, answer.products.size(), "product"));
    section.notes.push_back(fmt::format("Dependent: {}.", answer.dependent));
    return section;
}

Section importers_section(const app::ScreenFlowsAnswer& answer, std::size_t top) {
    Section section{
        "What each importer inside buys",
        &shapes[1],
        {},
        "No importer inside buys any of it.",
        {}};
    const std::size_t shown = std::min(top, answer.importers.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const supply::ImporterDependence& importer = answer.importers[i];
        section.rows.push_back(
            {answer.flows.states[importer.importer],
             answer.flows.products[importer.product],
             importer.geodep,
             importer.hhi,
             answer.flows.states[importer.top_supplier],
             importer.top_share,
             std::uint64_t{importer.suppliers},
             importer.imports}
        );
    }
    section.notes.push_back(shown_of(shown, answer.importers.size(), "purchase"));
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::ScreenFlowsRequest request, request_of(words, session));
    constexpr std::uint64_t most = 10'000'000;
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 1, most));
    ADIC_TRY(const app::ScreenFlowsAnswer answer, app::screen_flows(request, session.progress));
    Report report{
        {fmt::format(
            "{} flows read; {} screened with {} inside.",
            answer.flows_read,
            answer.year,
            request.inside
        )},
        {products_section(answer, top), importers_section(answer, top)},
        {}};
    const bool has_issues = answer.report.errors() + answer.report.warnings() > 0;
    if (has_issues) {
        Section issues = issues_section(answer.report, "No problems.");
        issues.shape = &shapes[2];
        report.sections.push_back(std::move(issues));
    }
    const int code = answer.report.may_commit() ? 0 : traits(ErrorCode::invalid_argument).exit_code;
    return Outcome{std::move(report), code};
}

}  // namespace

Command flows_command() {
    return {
        .name = "flows",
        .summary = "screen a file of trade flows for strategic dependencies",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
