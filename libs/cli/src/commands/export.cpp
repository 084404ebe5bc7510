#include "adic/app/import_data.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array count_columns{
    Column{"table", "table", "name of the table", Show::word},
    Column{"rows", "rows", "how many rows were written", Show::count},
};

constexpr std::array shapes{Shape{"tables", count_columns}};

constexpr std::array<std::string_view, 1> description{
    "A workbook becomes a folder of CSV tables, and the other way round. Every fact goes along "
    "with "
    "its source, period, confidence, owner and release. The target is complete or not there at "
    "all."};

constexpr std::array arguments{Argument{
    .name = "TARGET",
    .help = "a workbook if it ends in .xlsx, else a folder",
    .completes = Completes::file}};

constexpr std::array options{replace_option, map_option, as_option, format_option};

constexpr std::array examples{
    Example{"adic export sample.xlsx", "The sample as a workbook, to look at or to start from."},
    Example{"adic export my-map --map map.xlsx", "A workbook as a folder of CSV tables."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    const std::filesystem::path target = words.text("TARGET");
    if (auto problem = stands_in_the_way(target, words)) {
        return *std::move(problem);
    }
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const ingest::MapCounts counts, app::write_map(opened->map(), target));
    Section tables{"", &shapes[0], {}, "The map has no tables.", {}};
    for (const ingest::TableCount& count : counts) {
        tables.rows.push_back({std::string(count.table), count.rows});
    }
    return Outcome{Report{{}, {std::move(tables)}, {"Written to " + target.string() + '.'}}};
}

}  // namespace

Command export_command() {
    return {
        .name = "export",
        .summary = "write a map as a folder or as a workbook",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
