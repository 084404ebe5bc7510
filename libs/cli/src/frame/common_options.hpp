#pragma once

#include "frame/command.hpp"

#include <array>

namespace adic::cli {

/// Options that several commands take, spelled and explained once.
inline constexpr std::array<std::string_view, 5> formats{"table", "csv", "xlsx", "json", "html"};

inline constexpr Argument items_argument{
    .name = "ITEM",
    .help = "identifier or name of an item; without any, all systems of the map",
    .is_required = false,
    .is_repeated = true};

inline constexpr Option format_option{
    .name = "--format",
    .value = "FORMAT",
    .help =
        "how the answer is written; html is a page with charts that prints, xlsx a "
        "workbook with a sheet for each table",
    .standard = "table",
    .choices = formats};

inline constexpr Option map_option{
    .name = "--map",
    .value = "PATH",
    .help =
        "the map to read: a folder with datapackage.json, or an XLSX workbook; when it is not "
        "given, the one that ADIC_MAP names, or else the sample that comes with the program",
    .completes = Completes::file};

inline constexpr Option as_option{
    .name = "--as",
    .value = "READER",
    .help =
        "answer as this reader would be answered, from what the map releases to it: an official of "
        "a state (MYS), an organisation (org:NAME), or everyone; without it, from all of the map"};

inline constexpr Option inside_option{
    .name = "--inside",
    .value = "WHO",
    .help =
        "who counts as inside, as states and blocs of the map: ASEAN, IDN, IDN+MYS, or nobody; "
        "commas separate viewpoints that are shown one after the other; when it is not given, "
        "ADIC_INSIDE, or else ASEAN,IDN as far as the map has them"};

inline constexpr Option side_by_side_option{
    .name = "--side-by-side",
    .value = "",
    .help = "one table with columns for each viewpoint, instead of one table after the other"};

inline constexpr Option one_inside_option{
    .name = "--inside",
    .value = "WHO",
    .help =
        "who counts as inside, as states and blocs of the map: ASEAN, IDN, IDN+MYS, or nobody; "
        "when it is not given, the first of ADIC_INSIDE, or else ASEAN if the map has it"};

inline constexpr Option enough_option{
    .name = "--enough",
    .value = "SHARE",
    .help =
        "part of an item's supply, above 0 and at most 1, below which the item is short; an "
        "item's own level in the map goes before it",
    .standard = "0.35"};

inline constexpr std::array<std::string_view, 3> completions{"certain", "likely", "possible"};

inline constexpr Option shares_option{
    .name = "--shares",
    .value = "WHICH",
    .help =
        "how shares that are not known exactly are read (certain: what holds then holds "
        "whatever the truth is; possible: what is unknown fails too)",
    .standard = "likely",
    .choices = completions};

inline constexpr Option equipment_option{
    .name = "--no-equipment",
    .value = "",
    .help = "leave out the machines that make things, and ask only about what goes into them"};

inline constexpr Option year_option{
    .name = "--year",
    .value = "YEAR",
    .help = "the year to take; without it, the latest"};

inline constexpr Option products_option{
    .name = "--products",
    .value = "LIST",
    .help = "of trade flows: only these HS codes, or codes that begin so, separated by commas"};

inline constexpr Option replace_option{
    .name = "--replace",
    .value = "",
    .help = "replace what stands there already"};

}  // namespace adic::cli
