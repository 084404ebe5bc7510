#include "adic/ingest/code_list_reader.hpp"
#include "adic/registry/search/find_codes.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{
        "scheme",
        "scheme",
        "list that the code is of: FSC, HS, or one that you added",
        Show::word},
    Column{"code", "code", "as the scheme writes it", Show::word},
    Column{"title", "title", "what the code stands for"},
    Column{"by", "for the words", "words that it shares with yours"},
    Column{"includes", "", "more of what is under the code", Show::text, 0, In::data},
    Column{"source", "", "where the list comes from", Show::text, 0, In::data},
};

constexpr std::array shapes{Shape{"codes", columns}};

constexpr std::array<std::string_view, 2> description{
    "Codes of published schemes whose words are among yours, the closest first: candidates, to be "
    "confirmed by somebody who knows the thing.",
    "The program comes with the Federal Supply Classes (FSC), with which every NATO stock number "
    "begins, and with what soldiers usually carry, wear and drive in English, Indonesian and "
    "Malay, with its supply classes and codes of the Harmonized System (HS). A list that you may "
    "use, as of UNSPSC, is added as a file of data/reference/codes "
    "with the columns scheme, code, title, includes and source."};

constexpr std::array arguments{Argument{
    .name = "WORD",
    .help = "of what the thing is, in English as most lists are",
    .is_required = true,
    .is_repeated = true}};

constexpr std::array options{
    Option{.name = "--scheme", .value = "SCHEME", .help = "only codes of this scheme (FSC, HS)"},
    Option{.name = "--most", .value = "N", .help = "at most so many, 1 to 100", .standard = "5"},
    format_option};

constexpr std::array examples{
    Example{"adic codes small boats", "Supply classes of small boats."},
    Example{"adic codes body armour plates --most 3", "The three closest."}};

/// Errors: not_found if there is no list of the scheme.
Result<std::vector<model::ListedCode>>
of_scheme(std::vector<model::ListedCode> codes, const std::string& scheme) {
    std::set<std::string> schemes;
    std::ranges::transform(
        codes,
        std::inserter(schemes, schemes.end()),
        &model::ListedCode::scheme
    );
    if (!schemes.contains(scheme)) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "there is no list of codes of '{}'; there are {}",
                scheme,
                fmt::join(schemes, ", ")
            ),
            {}};
    }
    std::erase_if(codes, [&](const model::ListedCode& one) { return one.scheme != scheme; });
    return codes;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most = 100;
    ADIC_TRY(const std::uint64_t wanted, words.whole("--most", 1, most));
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ingest::ImportReport report;
    ADIC_TRY(auto codes, ingest::read_code_lists(data / "reference" / "codes", report));
    if (!report.may_commit()) {
        return refused_input("No code was looked up.", report);
    }
    if (words.has("--scheme")) {
        ADIC_TRY(codes, of_scheme(std::move(codes), words.text("--scheme")));
    }
    const std::string text = fmt::format("{}", fmt::join(words.texts("WORD"), " "));
    Section section{"", &shapes[0], {}, "No code shares a word with these.", {}};
    for (const registry::FoundCode& found : registry::find_codes(codes, text, wanted)) {
        section.rows.push_back(
            {found.code->scheme,
             found.code->code,
             found.code->title,
             Words(found.by),
             found.code->includes,
             found.code->source}
        );
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

}  // namespace

Command codes_command() {
    return {
        .name = "codes",
        .summary = "find the codes of a thing in words: supply classes and lists of your own",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
