#pragma once

#include "adic/ingest/import_rules.hpp"

/// Each rule by name. import_rules.cpp lists them; a test holds list and page together.
namespace adic::ingest::rules {

// --- CSV text -------------------------------------------------------------------------------
inline constexpr ImportRule damaged_stream{
    "CSV-001",
    "The file could not be read or decompressed to its end.",
    "Copy the file again, or write it without compression."};
inline constexpr ImportRule not_utf8{
    "CSV-002",
    "The text is not UTF-8.",
    "Save the file with the encoding UTF-8 ('CSV UTF-8')."};
inline constexpr ImportRule unclosed_quote{
    "CSV-003",
    "A quote that opens a field is never closed.",
    "Close the field with a quote. What follows the opening quote was not read."};
inline constexpr ImportRule stray_quote{
    "CSV-004",
    "A quote stands inside a field, or text follows a closing quote.",
    "Put the whole field in quotes, without spaces before them, and double the quotes inside it."};
inline constexpr ImportRule nul_byte{
    "CSV-005",
    "The record holds a NUL byte.",
    "Export the table again as plain text."};
inline constexpr ImportRule lone_return{
    "CSV-006",
    "A carriage return stands without a line feed.",
    "End lines with LF or CR LF, and put a field that holds a line break in quotes."};
inline constexpr ImportRule overlong_record{
    "CSV-007",
    "A record is longer than a record may be (1 MiB).",
    "Look for a quote that opens a field and is not closed."};

// --- the package as a whole -----------------------------------------------------------------
inline constexpr ImportRule bad_descriptor{
    "MP-001",
    "`datapackage.json` is not what docs/reference/map-package.schema.json says.",
    "Mend the place that the message names."};
inline constexpr ImportRule path_outside{
    "MP-002",
    "The path of a resource leaves the package, or is not on this disk.",
    "Put the file into the package's folder and give its path relative to it."};
inline constexpr ImportRule missing_file{
    "MP-003",
    "The file of a resource cannot be read.",
    "Add the file, or take the resource out."};
inline constexpr ImportRule unknown_table{
    "MP-004",
    "A resource or sheet has the name of no table.",
    "Give it the name of a table. A name far from all tables is only warned of, and not read."};
inline constexpr ImportRule missing_table{
    "MP-005",
    "`sources`, `states` or `items` is missing.",
    "Add the table."};
inline constexpr ImportRule table_twice{
    "MP-006",
    "A table is given twice.",
    "Put all rows into one file or sheet."};
inline constexpr ImportRule unlisted_file{
    "MP-007",
    "The folder holds a file with the name of a table that no resource names.",
    "Add a resource for it to `datapackage.json`, or take the file away."};

// --- columns --------------------------------------------------------------------------------
inline constexpr ImportRule no_header{
    "MP-008",
    "A table has no first row that names its columns.",
    "Add the row."};
inline constexpr ImportRule unknown_column{
    "MP-009",
    "A column has a name that the table does not know.",
    "Correct the name, or take the column out."};
inline constexpr ImportRule column_twice{
    "MP-010",
    "A column is given twice.",
    "Take one of them out."};
inline constexpr ImportRule missing_column{
    "MP-011",
    "A column that every row needs is missing.",
    "Add the column."};
inline constexpr ImportRule wrong_width{
    "MP-012",
    "A row has more or fewer cells than the first row names columns.",
    "Look for a missing quote, or a comma too many."};

// --- cells ----------------------------------------------------------------------------------
inline constexpr ImportRule empty_cell{
    "MP-013",
    "A cell that must have a value is empty.",
    "Fill it in."};
inline constexpr ImportRule bad_identifier{
    "MP-014",
    "An identifier is not 1 to 64 of `A-Z a-z 0-9 . _ -`.",
    "Choose another identifier."};
inline constexpr ImportRule bad_number{
    "MP-015",
    "A cell is not a number.",
    "Write a decimal point, no thousands separator, no unit, no percent sign."};
inline constexpr ImportRule out_of_range{
    "MP-016",
    "A number is outside the range of its column.",
    "Correct it; shares are parts of one."};
inline constexpr ImportRule unknown_word{
    "MP-017",
    "A cell is none of the words of its column.",
    "Use one of them."};
inline constexpr ImportRule bad_period{
    "MP-018",
    "A cell is not a period.",
    "Write `2024`, `2024-06`, `2024-06-30`, or two of them as `2016/2020`."};
inline constexpr ImportRule bad_estimate{
    "MP-019",
    "The three cells of an estimate do not go together.",
    "Fill in none of them, only the middle one, or all three with low <= likely <= high."};
inline constexpr ImportRule bad_text{
    "MP-020",
    "A text is only spaces, holds control characters, or is longer than a spreadsheet cell.",
    "Correct it; a text may be 32,767 bytes long."};
inline constexpr ImportRule bad_code{
    "MP-021",
    "A code does not have the form of its scheme.",
    "HS: 2, 4 or 6 digits; FSC: 4; NSN: 13; UNSPSC: 8; CPV: 8. Digits only, leading zeros kept."};
inline constexpr ImportRule bad_release{
    "MP-022",
    "A release is not what it may be.",
    "Write `public`, or states and blocs separated by `;`, each once. A record without owner must "
    "be `public`."};

// --- references and identifiers -------------------------------------------------------------
inline constexpr ImportRule unknown_reference{
    "MP-023",
    "A cell names something that its table does not have.",
    "Correct the name, or add the row to the table that is named."};
inline constexpr ImportRule taken_identifier{
    "MP-024",
    "Two rows of a table have the same identifier.",
    "Give each its own."};
inline constexpr ImportRule taken_name{
    "MP-025",
    "A state or bloc is called `public` or `nobody`, or a bloc like a state.",
    "Choose another identifier: releases, markets and viewpoints could not tell them apart."};
inline constexpr ImportRule odd_state{
    "MP-026",
    "A state's identifier is not three capital letters (warning).",
    "Use the code of ISO 3166-1 alpha-3, if there is one."};
inline constexpr ImportRule bloc_disagrees{
    "MP-027",
    "The rows of a bloc carry different names.",
    "Give all of them one name."};
inline constexpr ImportRule member_twice{
    "MP-028",
    "A bloc has a state twice.",
    "Take one row out."};

// --- facts ----------------------------------------------------------------------------------
inline constexpr ImportRule group_disagrees{
    "MP-029",
    "The rows of a group differ in `take`, `role` or `essential`.",
    "Give all rows of the group the same, or make two groups."};
inline constexpr ImportRule input_twice{
    "MP-030",
    "A group names an input twice.",
    "Take one row out."};
inline constexpr ImportRule takes_too_many{
    "MP-031",
    "A group takes more inputs than it has rows.",
    "Lower `take`, or add the rows."};
inline constexpr ImportRule value_too_large{
    "MP-032",
    "The likely value shares of an item's inputs add up to more than 1.",
    "Correct the shares. Of each group the `take` largest count; 0.001 is allowed for rounding."};
inline constexpr ImportRule shares_too_large{
    "MP-033",
    "The likely shares of an item on one market add up to more than 1.",
    "Correct the shares; 0.001 is allowed for rounding. What is missing to 1 is unknown."};
inline constexpr ImportRule capacity_without_unit{
    "MP-034",
    "A capacity has no unit, or a unit no capacity.",
    "Fill in both, or neither."};
inline constexpr ImportRule wrong_unit{
    "MP-035",
    "A unit is not one that the column allows.",
    "Stocks: the item's unit or `days`. Trade: the item's unit or a currency code such as `USD`. "
    "Sites: one unit for each part."};
inline constexpr ImportRule fact_twice{
    "MP-036",
    "Two rows of a table state the same fact.",
    "Take one out, or say in what they differ. The reference of each table names its key."};
inline constexpr ImportRule figure_twice{
    "MP-037",
    "A figure is given twice for the same subject, measure and period (warning).",
    "Take one out; the later row counts."};
inline constexpr ImportRule too_many_rows{
    "MP-038",
    "A table has more rows than can be numbered (4,294,967,294).",
    "Split the map."};

// --- workbooks ------------------------------------------------------------------------------
inline constexpr ImportRule no_workbook{
    "XL-001",
    "The file is no XLSX workbook, is damaged, or is protected by a password.",
    "Save it as 'Excel workbook (.xlsx)' without a password."};
inline constexpr ImportRule workbook_too_large{
    "XL-002",
    "The workbook unpacks to more than a workbook may (2 GiB, or 250 times its size).",
    "Write the map as a folder with CSV tables."};
inline constexpr ImportRule error_cell{
    "XL-003",
    "A cell shows an Excel error such as `#REF!`.",
    "Mend the formula, or type the value."};
inline constexpr ImportRule date_cell{
    "XL-004",
    "A cell holds an Excel date, which has lost what was typed.",
    "Format the column as text and type the period again: `2024`, `2024-06` or `2024-06-30`."};
inline constexpr ImportRule no_result{
    "XL-005",
    "A cell holds a formula without its result.",
    "Open the workbook in a spreadsheet program, let it calculate, and save it."};

// --- trade flows ----------------------------------------------------------------------------
inline constexpr ImportRule flow_columns{
    "FL-001",
    "A row of a flow file has more or fewer cells than the first row names columns.",
    "Look for a missing quote, or a comma too many. The row was left out."};
inline constexpr ImportRule flow_cell{
    "FL-002",
    "A cell of a flow is not what its column holds.",
    "Write a year of four digits, ISO 3166-1 codes of states, an HS code of six digits, and "
    "amounts of 0 or more. "
    "The row was left out."};
inline constexpr ImportRule flow_too_long{
    "FL-003",
    "A record is too long.",
    "Look for a quote that opens a field and is not closed."};
inline constexpr ImportRule flow_zero_restored{
    "FL-004",
    "HS codes have five digits: a spreadsheet ate the leading zero (warning).",
    "They were read as six digits with a leading zero; keep the column as text."};
inline constexpr ImportRule flow_other_end{
    "FL-005",
    "The file lists flows from both ends (warning).",
    "One report of each flow was read: the importer's, unless the exporter's was asked for."};
inline constexpr ImportRule flow_incomplete{
    "FL-006",
    "Groups of flows lack partners (warning).",
    "They were left out: shares of a part of the partners would be too large."};
inline constexpr ImportRule flow_ignored_columns{
    "FL-007",
    "The file has columns that are not read (warning).",
    "If one of them is a field of the flow, give it a name of docs/reference/publishers.md."};
inline constexpr ImportRule flow_unknown_states{
    "FL-008",
    "Codes stand for no state that is known (warning).",
    "They were kept as written; add them to `data/reference/states.csv` if they are states."};

// --- publishers' data -----------------------------------------------------------------------
inline constexpr ImportRule published_width{
    "PB-001",
    "A row of a publisher's table has more or fewer cells than its first row.",
    "Download the file again. The row was left out."};
inline constexpr ImportRule published_number{
    "PB-002",
    "A cell of a publisher's table is not a number, or is out of its range.",
    "Look at the publication; the row was left out."};
inline constexpr ImportRule published_word{
    "PB-003",
    "A cell of a publisher's table is none of the words or codes of its column.",
    "Look at the publication; the row was left out."};
inline constexpr ImportRule shares_scaled{
    "PB-004",
    "Published shares add up to more than 1 (warning).",
    "They were scaled to 1; each says so in its note, and keeps what was published as its upper "
    "end."};
inline constexpr ImportRule published_unit{
    "PB-005",
    "A unit of a publisher's table is not known.",
    "Report it, so that it is added; the row was left out."};
inline constexpr ImportRule misprint{
    "PB-006",
    "The publisher misprinted a name or left out a unit (warning).",
    "It was read as the message says."};
inline constexpr ImportRule no_world_total{
    "PB-007",
    "No world total is published (warning).",
    "Suppliers are known, their shares are not."};
inline constexpr ImportRule total_contradicted{
    "PB-008",
    "The states add up to more than the printed world total (warning).",
    "Shares are parts of the states' sum; look at the publication for the right total."};
inline constexpr ImportRule only_lower_bound{
    "PB-009",
    "Only a lower bound is published, as in `>1000` (warning).",
    "The figure was left out."};
inline constexpr ImportRule not_a_state{
    "PB-010",
    "A name or code does not stand for one state (warning).",
    "Its part is in the remainder that is not known; add the spelling to "
    "`data/reference/states.csv` if it is a state."};
inline constexpr ImportRule published_twice{
    "PB-011",
    "A publisher's table has several rows for the same fact that disagree.",
    "Look at the publication; the fact was left out."};
inline constexpr ImportRule code_disagrees{
    "PB-012",
    "The name and the code of a state disagree (warning).",
    "The name was followed."};

// --- input-output tables --------------------------------------------------------------------
inline constexpr ImportRule table_industries{
    "IO-001",
    "The columns do not name the same sectors, in the same order, for each of several regions, and "
    "final demand after them.",
    "Take the table as the publisher has it; docs/reference/input-output-tables.md shows the "
    "layouts."};
inline constexpr ImportRule table_row{
    "IO-002",
    "A row is missing, too many, at the wrong place, or has more or fewer cells than the first.",
    "Rows stand in the order of the columns, each with a cell for each column."};
inline constexpr ImportRule table_number{
    "IO-003",
    "A cell is not a number, or is out of its range.",
    "Write it as in 1250.5. A cell without a delivery holds 0, and none is empty."};
inline constexpr ImportRule table_sum{
    "IO-004",
    "What an industry sells does not add up to the output that the file states, by more than "
    "rounding explains.",
    "Download the file again, or correct the row."};
inline constexpr ImportRule table_negative{
    "IO-005",
    "An industry sells less than nothing to another (a warning up to a hundredth of its sales).",
    "It counts as 0. Larger amounts are no deliveries; look at the publication."};
inline constexpr ImportRule table_demand_below_zero{
    "IO-006",
    "Final demand for an industry is below 0 in all, since stocks fall (warning).",
    "It counts as 0; the output of the industry is larger by as much."};

// --- merging --------------------------------------------------------------------------------
inline constexpr ImportRule other_source{
    "MG-001",
    "The same source id stands for different works.",
    "Give the new work another id."};
inline constexpr ImportRule other_kind{
    "MG-002",
    "The same id is a state in one map and a bloc in the other.",
    "Rename one of them."};
inline constexpr ImportRule other_members{
    "MG-003",
    "A bloc has other members in the map (warning); they were kept.",
    "Rename the bloc, or correct its members."};
inline constexpr ImportRule other_unit{
    "MG-004",
    "An item is counted in units that do not measure the same, such as `t` and `piece`.",
    "Convert the amounts, or rename the item. Shares and amounts of money were merged."};
inline constexpr ImportRule other_group{
    "MG-005",
    "A group of needs has another `take`, `role` or `essential` in the map.",
    "Make them agree, or rename the group."};
inline constexpr ImportRule ambiguous_code{
    "MG-006",
    "A code of the new item is that of several items (warning); it was not joined to one of them.",
    "Give the item the id of the one that it is, or leave it as an item of its own."};
inline constexpr ImportRule kept_old{
    "MG-007",
    "The map has another record of the same fact (warning); it was kept.",
    "Merge again with replacement, if the new one is better."};
inline constexpr ImportRule left_out{
    "MG-008",
    "A record hangs on something that could not be merged, and was left out.",
    "Solve the conflict that was reported before it."};
inline constexpr ImportRule overfull{
    "MG-009",
    "Old and new shares together would add up to more than 1; the new were left out.",
    "Take the old ones out, or merge only one of the two sources for this item."};

// --- Open-PSA fault trees -------------------------------------------------------------------
inline constexpr ImportRule psa_not_xml{
    "OP-001",
    "The file is not well-formed XML in UTF-8, or larger than 512 MiB.",
    "Mend it at the line that is named; an XML editor shows the place."};
inline constexpr ImportRule psa_doctype{
    "OP-002",
    "The document type declares entities or names another file.",
    "Take the `<!DOCTYPE ...>` out; nothing of it is ever read."};
inline constexpr ImportRule psa_no_tree{
    "OP-003",
    "The file is no Open-PSA model, or defines no gate.",
    "Right is `<opsa-mef>` with a `<define-fault-tree>` that defines the top gate."};
inline constexpr ImportRule psa_element{
    "OP-004",
    "An element stands where it cannot be read.",
    "Correct its name, or take it out."};
inline constexpr ImportRule psa_name{
    "OP-005",
    "A name is missing, or given twice among gates, basic events and house events.",
    "Give each its own name."};
inline constexpr ImportRule psa_reference{
    "OP-006",
    "An event, gate or parameter is named but not defined, or defined as something else.",
    "Correct the name, or add its definition."};
inline constexpr ImportRule psa_operator{
    "OP-007",
    "A gate is not monotone: `not`, `xor`, `nand`, `nor`, `iff`, `imply`, `cardinality`.",
    "Write it with `and`, `or` and `atleast`: here a failure never repairs anything."};
inline constexpr ImportRule psa_count{
    "OP-008",
    "The `min` of `atleast` is not from 1 to the number of its arguments.",
    "Correct the number."};
inline constexpr ImportRule psa_formula{
    "OP-009",
    "A gate, or an operator in it, has no argument, or a gate has several formulas.",
    "Give the gate one formula, and each operator at least one argument."};
inline constexpr ImportRule psa_expression{
    "OP-010",
    "An expression is not a constant that can be read.",
    "Write `<float value=\"0.01\"/>`."};
inline constexpr ImportRule psa_probability{
    "OP-011",
    "A probability is outside 0 to 1.",
    "Correct it."};
inline constexpr ImportRule psa_depth{
    "OP-012",
    "Elements, or parameters that name each other, are nested more than 200 deep, or in a circle.",
    "Give the inner formulas names of their own."};
inline constexpr ImportRule psa_top{
    "OP-013",
    "It is not clear which gate is the top.",
    "Say which gate is meant, or keep only one that no other gate names."};
inline constexpr ImportRule psa_passed_over{
    "OP-014",
    "Part of the file is not about fault trees, and was not read (warning).",
    "Nothing is to be done if only the fault tree is of interest."};

// --- scenarios ------------------------------------------------------------------------------
inline constexpr ImportRule scenario_not_json{
    "SC-001",
    "The file is not well-formed JSON in UTF-8, is larger than 4 MiB, or is nested too deep.",
    "Mend it at the line that is named; an editor that knows JSON shows the place."};
inline constexpr ImportRule scenario_missing{
    "SC-002",
    "A member that cannot be left out is missing.",
    "Add it; docs/reference/scenarios.md says what it holds."};
inline constexpr ImportRule scenario_unknown{
    "SC-003",
    "A member has a name that is not read, or stands there twice.",
    "Correct the name, or take it out."};
inline constexpr ImportRule scenario_type{
    "SC-004",
    "A value is not of the type of its member.",
    "Write what the message says: a text, a number, a date such as `2023-12-01`, a list."};
inline constexpr ImportRule scenario_range{
    "SC-005",
    "A number is outside its range.",
    "Correct it; parts and probabilities are from 0 to 1, 30 % is 0.3."};
inline constexpr ImportRule scenario_word{
    "SC-006",
    "A text is none of the words of its member.",
    "Use one of them."};
inline constexpr ImportRule scenario_estimate{
    "SC-007",
    "The ends of an estimate do not go together.",
    "State `likely` alone, or all three with low <= likely <= high."};
inline constexpr ImportRule scenario_identifier{
    "SC-008",
    "An id is not 1 to 64 of `A-Z a-z 0-9 . _ -`, or is taken.",
    "Choose another."};
inline constexpr ImportRule scenario_reference{
    "SC-009",
    "A name stands for nothing in the scenario.",
    "Correct the name, or add the source or event that it names."};
inline constexpr ImportRule scenario_figure{
    "SC-010",
    "A figure that the kind of event needs is missing, or one that has no meaning for it is there.",
    "Add it, take it out, or choose another kind."};
inline constexpr ImportRule scenario_time{
    "SC-011",
    "An event ends before it starts, or is never felt.",
    "Correct its days; all count from the scenario's start."};
inline constexpr ImportRule scenario_target{
    "SC-012",
    "A target names nothing, or contradicts itself.",
    "Name what the event hits."};
inline constexpr ImportRule scenario_control{
    "SC-013",
    "The terms of an export control contradict each other.",
    "Correct them by the text of the control."};
inline constexpr ImportRule scenario_group{
    "SC-014",
    "Events cannot happen together as a common cause says.",
    "Correct the probabilities, or take the event out of the group."};

// --- games ----------------------------------------------------------------------------------
inline constexpr ImportRule game_coalition{
    "GM-001",
    "A coalition is not a list of different players.",
    "Write the names of the players with `+` between them, each once, as in `MYS+PHL`."};
inline constexpr ImportRule game_incomplete{
    "GM-002",
    "Not every set of players has an amount, or there are too few players or too many.",
    "Add a row for each set of players, single ones and all of them too."};
inline constexpr ImportRule game_not_cents{
    "GM-003",
    "An amount has parts of a cent.",
    "Round it to two decimals, or give all amounts in a smaller unit."};

// --- remedies -------------------------------------------------------------------------------
inline constexpr ImportRule remedy_disagrees{
    "RM-001",
    "The cells of a remedy contradict its kind, or the map.",
    "Only a substitution is `replaced_by` another item, only a redesign does `without` an input "
    "that "
    "the item needs."};

// --- records --------------------------------------------------------------------------------
inline constexpr ImportRule record_column{
    "RC-001",
    "A column of a table of records is not one of its type, or is there twice.",
    "Name the columns as docs/reference/records.md has them; leave out what is not filled in."};
inline constexpr ImportRule record_cell{
    "RC-002",
    "A cell of a record is not what its field takes.",
    "Write it as the message says; an empty cell is 'not known'."};
inline constexpr ImportRule record_class{
    "RC-004",
    "A property of an item is none of its class, or does not fit it; or a class is not right.",
    "Write the property in its unit and within its range, as the class has it."};
inline constexpr ImportRule record_not_right{
    "RC-003",
    "A record lacks what it has to have, or has a value that cannot be.",
    "Fill in what is missing, and correct codes and choices."};

// --- lists of codes -------------------------------------------------------------------------
inline constexpr ImportRule listed_code{
    "CL-001",
    "A row of a list of codes lacks something, or its code is none of its scheme or there twice.",
    "Give scheme, code, title and source; write the code as its scheme has it."};

// --- procurements in OCDS ---------------------------------------------------------------------
inline constexpr ImportRule ocds_layout{
    "OC-001",
    "The file is no JSON of the Open Contracting Data Standard that can be read.",
    "Give a release package, a record package with releases in it, or one release; at most 32 MiB "
    "and 32 levels deep."};
inline constexpr ImportRule ocds_type{
    "OC-002",
    "A value is not of the type that the standard gives it.",
    "Write it as the message says."};
inline constexpr ImportRule ocds_missing{
    "OC-003",
    "Something is missing without which the rest cannot be told apart.",
    "Add the identifier; each is there once in its list."};
inline constexpr ImportRule ocds_code{
    "OC-004",
    "A value is none of the closed list that the standard gives.",
    "Use a value of the list; the national word belongs into the field for details."};
inline constexpr ImportRule ocds_repeated{
    "OC-005",
    "Something stands twice where it may stand once.",
    "Take one out, or give it an identifier of its own."};
inline constexpr ImportRule ocds_kept{
    "OC-006",
    "Records have no field for a part of the release (warning); it is kept under `more`.",
    "Nothing has to be done. Look at it before you release `more`."};
inline constexpr ImportRule ocds_left_out{
    "OC-007",
    "A part of the file is left out (warning).",
    "Read the message; keep the file if you need it."};

inline constexpr ImportRule process_line{
    "OC-008",
    "A line, or the file, has no contracting process that can be judged.",
    "Write each line as one JSON text: a compiled release, a release or a package, with `ocid`."};

// --- tables of joint procurement ---------------------------------------------------------------
inline constexpr ImportRule procure_columns{
    "PR-001",
    "A table of purchases, obligations or components does not name its columns as it should.",
    "Name them as the message says; their order does not matter."};
inline constexpr ImportRule procure_cell{
    "PR-002",
    "A cell of a table of purchases, obligations or components is not what its column holds.",
    "Write it as the message says. Lines of a ledger are only added, never changed."};

// --- settings of red flags --------------------------------------------------------------------
inline constexpr ImportRule flag_setting{
    "TF-001",
    "A row of the settings of red flags is none that there is, or has a value that it cannot take.",
    "Correct it as the message says; docs/reference/flags.md lists the settings."};

// --- sea routes -----------------------------------------------------------------------------
inline constexpr ImportRule route_cell{
    "SR-001",
    "A cell of the sea routes is not what its column holds.",
    "Write ids, days above 0, shares above 0 up to 1, and detours above 0 or nothing."};
inline constexpr ImportRule route_chokepoint{
    "SR-002",
    "A route names a chokepoint that `chokepoints.csv` does not have, or one twice.",
    "Correct the name, or add the chokepoint."};
inline constexpr ImportRule route_disagrees{
    "SR-003",
    "A chokepoint or a pair of states is there twice, with different figures.",
    "Keep the rows of a route together, with the same days in each."};

}  // namespace adic::ingest::rules
