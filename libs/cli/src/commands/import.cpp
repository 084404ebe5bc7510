#include "adic/app/import_data.hpp"
#include "adic/base/text.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array change_columns{
    Column{"change", "what happens", "added, same, kept, replaced, left out or unreadable"},
    Column{"facts", "facts", "how many", Show::count},
};

constexpr std::array joined_columns{
    Column{"item", "item of the file", "its identifier in the file"},
    Column{"as", "is the map's", "the identifier of the item of the map", Show::word},
    Column{"scheme", "", "of the code that both have", Show::word, 0, In::data},
    Column{"code", "", "that both have, and no other item of either", Show::word, 0, In::data},
    Column{"why", "since both have", "", Show::text, 0, In::table},
};

constexpr std::array publisher_columns{
    Column{"publisher", "publisher", "what to type", Show::word},
    Column{"title", "title", "the work"},
    Column{"takes", "takes", "which file or folder"},
    Column{"licence", "licence", "under which the figures may be used"},
};

constexpr std::array shapes{
    issue_shape,
    Shape{"changes", change_columns},
    Shape{"publishers", publisher_columns},
    Shape{"joined", joined_columns},
};

constexpr std::array<std::string_view, 3> description{
    "Reads a file as its publisher gives it, turns its figures into facts with their source, and "
    "adds "
    "them to a map. Items are told by their identifiers, and else by a code that identifies them, "
    "so that figures for HS 8505.11 find the magnets of your map: HS of six digits, NSN, GTIN, "
    "CAS, "
    "commodities of UNSPSC and the series of a publisher, if one item on each side has the code. "
    "What was joined is listed with its code, what was in doubt as MG-006.",
    "Without --write or --out nothing is changed: the answer says what would be. A fact of the map "
    "never gives way to another one of the same key unless you say --replace; every conflict is "
    "listed. "
    "Whatever is written is complete or not there at all.",
    "Without PUBLISHER, the publishers that can be read are listed. With 'auto', the publisher is "
    "told "
    "by the headings of the file."};

constexpr std::array arguments{
    Argument{
        .name = "PUBLISHER",
        .help = "whose file it is, as in the list that 'adic import' prints, or auto",
        .is_required = false},
    Argument{
        .name = "FILE",
        .help = "the file or folder as published",
        .is_required = false,
        .completes = Completes::file},
};

constexpr std::array options{
    Option{
        .name = "--into",
        .value = "MAP",
        .help = "the map to add to; without it, a new map",
        .completes = Completes::file},
    Option{.name = "--write", .value = "", .help = "change the map that --into names"},
    Option{
        .name = "--out",
        .value = "PATH",
        .help =
            "leave that map as it is and write the new one here: a workbook if it ends in .xlsx, "
            "else a folder",
        .completes = Completes::file},
    year_option,
    Option{
        .name = "--markets",
        .value = "LIST",
        .help = "of trade flows: only these importers, separated by commas"},
    products_option,
    Option{
        .name = "--replace",
        .value = "",
        .help = "where a fact of the file and one of the map have the same key, take the file's"},
    Option{
        .name = "--leave-out",
        .value = "",
        .help = "write although rows of the file could not be read, and leave those out"},
    format_option,
};

constexpr std::array examples{
    Example{"adic import", "The publishers that can be read."},
    Example{
        "adic import usgs-mcs MCS2025_World_Data.csv --into my-map",
        "What the world's mine production would add to your map."},
    Example{
        "adic import baci BACI_HS17_Y2022.csv --products 8505,8507 --out magnets",
        "Suppliers of magnets and batteries by HS code, as a new map."},
};

Outcome list_publishers() {
    Section section{"", &shapes[2], {}, "None.", {}};
    for (const ingest::Publisher& publisher : ingest::publishers()) {
        section.rows.push_back(
            {std::string(publisher.name),
             std::string(publisher.title),
             std::string(publisher.takes),
             std::string(publisher.licence)}
        );
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

Result<app::ImportRequest> request_of(const Invocation& words, const Session& session) {
    if (!words.has("FILE")) {
        return Error{ErrorCode::invalid_argument, "FILE is missing: the file as published", {}};
    }
    if (words.has("--write") && !words.has("--into")) {
        return Error{
            ErrorCode::invalid_argument,
            "--write changes the map that --into names; for a new map say --out PATH",
            {}};
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    app::ImportRequest request;
    request.publisher = words.text("PUBLISHER");
    request.file = words.text("FILE");
    request.into = words.text("--into");
    request.states = data / "reference" / "states.csv";
    request.merge.replace = words.has("--replace");
    request.options.markets = chosen_list(words, "--markets");
    request.options.products = chosen_list(words, "--products");
    ADIC_TRY(request.options.year, chosen_year(words));
    return request;
}

Section changes_section(const app::ImportAnswer& answer) {
    Section section{"", &shapes[1], {}, {}, {}};
    const auto add = [&](std::string_view what, std::uint64_t count) {
        section.rows.push_back({std::string(what), count});
    };
    add("added to the map", answer.merged.counts.added);
    add("there already, the same", answer.merged.counts.same);
    add("in conflict: the map's is kept", answer.merged.counts.kept);
    add("in conflict: the file's takes its place", answer.merged.counts.replaced);
    add("left out: would break a rule of the map", answer.merged.counts.left_out);
    add("left out: could not be read", answer.unreadable);
    return section;
}

Section joined_section(const app::ImportAnswer& answer) {
    Section section{"", &shapes[3], {}, "No item was joined to one of the map by a code.", {}};
    for (const ingest::JoinedItem& item : answer.merged.joined) {
        section.rows.push_back(
            {item.item, item.as, item.scheme, item.code, item.scheme + ' ' + item.code}
        );
    }
    return section;
}

/// Writes if that was asked for, and says what happened or how to make it happen.
Result<std::string> commit(const Invocation& words, const app::ImportAnswer& answer) {
    if (!words.has("--write") && !words.has("--out")) {
        return std::string(
            "Nothing was written. '--write' changes the map, '--out PATH' writes a new one."
        );
    }
    const std::filesystem::path target = words.text(words.has("--out") ? "--out" : "--into");
    if (answer.unreadable > 0 && !words.has("--leave-out")) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "{} could not be read, so nothing was written; without --write and --out they are "
                "listed, with --leave-out the rest is written",
                counted(answer.unreadable, "row")
            ),
            {}};
    }
    if (words.has("--out") && std::filesystem::exists(target)) {
        return Error{
            ErrorCode::conflict,
            fmt::format(
                "'{}' is there already; --out writes only where nothing stands",
                target.string()
            ),
            {}};
    }
    ADIC_TRY(const ingest::MapCounts counts, app::write_map(answer.map, target));
    std::uint64_t rows = 0;
    for (const ingest::TableCount& count : counts) {
        rows += count.rows;
    }
    return fmt::format(
        "Written to {}: {} in {}.",
        target.string(),
        counted(rows, "row"),
        counted(counts.size(), "table")
    );
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (!words.has("PUBLISHER")) {
        return list_publishers();
    }
    ADIC_TRY(const app::ImportRequest request, request_of(words, session));
    ADIC_TRY(const app::ImportAnswer answer, app::import_data(request, session.progress));
    ADIC_TRY(const std::string done, commit(words, answer));
    Section issues = issues_section(answer.report, "No problems and no conflicts.");
    issues.shape = &shapes[0];
    Report report{
        {fmt::format("{} ({}).", answer.publisher->title, answer.publisher->licence)},
        {std::move(issues), changes_section(answer)},
        {done}};
    if (words.has("--into")) {
        report.sections.insert(report.sections.begin() + 1, joined_section(answer));
    }
    const int code = answer.unreadable == 0 ? 0 : traits(ErrorCode::invalid_argument).exit_code;
    return Outcome{std::move(report), words.has("--leave-out") ? 0 : code};
}

}  // namespace

Command import_command() {
    return {
        .name = "import",
        .summary = "add the figures of a publisher's file to a map",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
