#include "adic/ingest/import_rules.hpp"

#include "rules.hpp"

#include <array>

namespace adic::ingest {
namespace {

constexpr std::array all_rules{
    rules::listed_code,
    rules::damaged_stream,
    rules::not_utf8,
    rules::unclosed_quote,
    rules::stray_quote,
    rules::nul_byte,
    rules::lone_return,
    rules::overlong_record,
    rules::flow_columns,
    rules::flow_cell,
    rules::flow_too_long,
    rules::flow_zero_restored,
    rules::flow_other_end,
    rules::flow_incomplete,
    rules::flow_ignored_columns,
    rules::flow_unknown_states,
    rules::game_coalition,
    rules::game_incomplete,
    rules::game_not_cents,
    rules::table_industries,
    rules::table_row,
    rules::table_number,
    rules::table_sum,
    rules::table_negative,
    rules::table_demand_below_zero,
    rules::other_source,
    rules::other_kind,
    rules::other_members,
    rules::other_unit,
    rules::other_group,
    rules::ambiguous_code,
    rules::kept_old,
    rules::left_out,
    rules::overfull,
    rules::bad_descriptor,
    rules::path_outside,
    rules::missing_file,
    rules::unknown_table,
    rules::missing_table,
    rules::table_twice,
    rules::unlisted_file,
    rules::no_header,
    rules::unknown_column,
    rules::column_twice,
    rules::missing_column,
    rules::wrong_width,
    rules::empty_cell,
    rules::bad_identifier,
    rules::bad_number,
    rules::out_of_range,
    rules::unknown_word,
    rules::bad_period,
    rules::bad_estimate,
    rules::bad_text,
    rules::bad_code,
    rules::bad_release,
    rules::unknown_reference,
    rules::taken_identifier,
    rules::taken_name,
    rules::odd_state,
    rules::bloc_disagrees,
    rules::member_twice,
    rules::group_disagrees,
    rules::input_twice,
    rules::takes_too_many,
    rules::value_too_large,
    rules::shares_too_large,
    rules::capacity_without_unit,
    rules::wrong_unit,
    rules::fact_twice,
    rules::figure_twice,
    rules::too_many_rows,
    rules::ocds_layout,
    rules::ocds_type,
    rules::ocds_missing,
    rules::ocds_code,
    rules::ocds_repeated,
    rules::ocds_kept,
    rules::ocds_left_out,
    rules::process_line,
    rules::psa_not_xml,
    rules::psa_doctype,
    rules::psa_no_tree,
    rules::psa_element,
    rules::psa_name,
    rules::psa_reference,
    rules::psa_operator,
    rules::psa_count,
    rules::psa_formula,
    rules::psa_expression,
    rules::psa_probability,
    rules::psa_depth,
    rules::psa_top,
    rules::psa_passed_over,
    rules::published_width,
    rules::published_number,
    rules::published_word,
    rules::shares_scaled,
    rules::published_unit,
    rules::misprint,
    rules::no_world_total,
    rules::total_contradicted,
    rules::only_lower_bound,
    rules::not_a_state,
    rules::published_twice,
    rules::code_disagrees,
    rules::procure_columns,
    rules::procure_cell,
    rules::record_column,
    rules::record_cell,
    rules::record_not_right,
    rules::record_class,
    rules::remedy_disagrees,
    rules::scenario_not_json,
    rules::scenario_missing,
    rules::scenario_unknown,
    rules::scenario_type,
    rules::scenario_range,
    rules::scenario_word,
    rules::scenario_estimate,
    rules::scenario_identifier,
    rules::scenario_reference,
    rules::scenario_figure,
    rules::scenario_time,
    rules::scenario_target,
    rules::scenario_control,
    rules::scenario_group,
    rules::route_cell,
    rules::route_chokepoint,
    rules::route_disagrees,
    rules::flag_setting,
    rules::no_workbook,
    rules::workbook_too_large,
    rules::error_cell,
    rules::date_cell,
    rules::no_result,
};

constexpr std::string_view page_start = R"(# Import rules

Every complaint of an import names a rule. An id never changes its meaning and is never used again.
`CSV` rules are about the text of a CSV file, `FL` about trade flows, `IO` about input-output tables, `MG` about merging two maps, `MP`
about the tables of map packages, site networks, material plans and remedies, `OC` about procurements in OCDS, `OP` about Open-PSA fault trees, `PB` about publishers' data, `RC` about records, `RM` about remedies, `SC` about scenarios, `SR` about sea routes, `XL` about
XLSX workbooks. Rules are errors unless marked as warnings; nothing is imported while there
is an error.

| Rule | What is wrong | What to do |
| --- | --- | --- |
)";

}  // namespace

std::span<const ImportRule> import_rules() {
    return all_rules;
}

std::string sentence(const ImportRule& rule) {
    return std::string(rule.what) + " " + std::string(rule.remedy);
}

std::string import_rules_page() {
    std::string page(page_start);
    for (const ImportRule& rule : all_rules) {
        page.append("| ").append(rule.id).append(" | ").append(rule.what);
        page.append(" | ").append(rule.remedy).append(" |\n");
    }
    return page;
}

}  // namespace adic::ingest
