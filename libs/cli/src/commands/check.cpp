#include "adic/ingest/map_package.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array count_columns{
    Column{"table", "table", "name of the table", Show::word},
    Column{"rows", "rows", "how many rows it has, right or wrong", Show::count},
};

constexpr std::array shapes{issue_shape, Shape{"tables", count_columns}};

constexpr std::array<std::string_view, 2> description{
    "Reads every table and lists every problem at once: file or sheet, row, column, the value, and "
    "what would be right. Nothing is changed. Ends with exit code 2 if there are errors; warnings "
    "alone are no failure.",
    "docs/reference/map-package.md says what a map looks like, docs/reference/import-rules.md "
    "explains "
    "each rule."};

constexpr std::array arguments{Argument{
    .name = "PATH",
    .help =
        "a folder with datapackage.json, or an XLSX workbook; without it, the map that ADIC_MAP "
        "names, or the sample",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{format_option};

constexpr std::array examples{
    Example{"adic check map.xlsx", "Every problem of a workbook, by sheet and row."},
    Example{"adic check my-map --format csv > problems.csv", "The same list for a spreadsheet."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    std::filesystem::path path = words.text("PATH");
    if (path.empty()) {
        ADIC_TRY(path, chosen_path(words, session));
    }
    ingest::ImportReport report;
    ADIC_TRY(
        const ingest::MapCounts counts,
        ingest::check_map_package(path, report, session.progress)
    );
    Section tables{"", &shapes[1], {}, "There are no tables.", {}};
    for (const ingest::TableCount& count : counts) {
        tables.rows.push_back({std::string(count.table), count.rows});
    }
    Section issues = issues_section(report, "No problems.");
    issues.shape = &shapes[0];
    const std::string verdict = fmt::format(
        "{}: {}, {}.",
        path.string(),
        counted(report.errors(), "error"),
        counted(report.warnings(), "warning")
    );
    const int code = report.may_commit() ? 0 : traits(ErrorCode::invalid_argument).exit_code;
    return Outcome{Report{{}, {std::move(issues), std::move(tables)}, {verdict}}, code};
}

}  // namespace

Command check_command() {
    return {
        .name = "check",
        .summary = "list every problem of a map",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
