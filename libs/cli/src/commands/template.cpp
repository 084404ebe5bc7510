#include "adic/ingest/map_package.hpp"

#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 1> description{
    "The workbook has a sheet for each table of a map, help on every column, lists to choose from, "
    "and examples. Fill it in with any spreadsheet program, then run 'adic check' on it."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "the workbook to write; its name ends in .xlsx",
    .completes = Completes::file}};

constexpr std::array options{replace_option};

constexpr std::array examples{Example{"adic template map.xlsx", "An empty workbook to fill in."}};

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::filesystem::path path = words.text("FILE");
    if (path.extension() != ".xlsx") {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' does not end in .xlsx, as a workbook does", path.string()),
            {}};
    }
    if (auto problem = stands_in_the_way(path, words)) {
        return *std::move(problem);
    }
    ADIC_TRY(const std::filesystem::path written, ingest::write_template(path));
    return Outcome{fmt::format(
        "{} is ready to be filled in. 'adic check {}' finds what is wrong in it.\n",
        written.string(),
        written.string()
    )};
}

}  // namespace

Command template_command() {
    return {
        .name = "template",
        .summary = "write an empty workbook to fill in",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
