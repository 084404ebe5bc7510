#include "frame/report_issues.hpp"

#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

Row row_of(const ingest::Issue& issue) {
    const bool is_error = issue.severity == ingest::Severity::error;
    const std::string place =
        issue.row == 0 ? issue.file : fmt::format("{}:{}", issue.file, issue.row);
    return {
        std::string(is_error ? "error" : "warning"),
        std::string(issue.rule),
        issue.file,
        issue.row == 0 ? Cell{} : Cell{issue.row},
        is_error ? place : place + " (warning)",
        issue.column,
        issue.value,
        issue.message};
}

}  // namespace

Section issues_section(const ingest::ImportReport& report, std::string if_none) {
    Section section{"", &issue_shape, {}, std::move(if_none), {}};
    for (const ingest::Issue& issue : report.issues()) {
        section.rows.push_back(row_of(issue));
    }
    if (report.issues().size() < report.errors() + report.warnings()) {
        section.notes.push_back(fmt::format(
            "The first {} problems are listed, all are counted.",
            report.issues().size()
        ));
    }
    return section;
}

Outcome refused_input(std::string what, const ingest::ImportReport& report) {
    return {
        Report{{std::move(what)}, {issues_section(report, "")}, {}},
        traits(ErrorCode::invalid_argument).exit_code};
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace adic::cli
