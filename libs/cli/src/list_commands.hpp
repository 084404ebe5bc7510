#pragma once

#include "frame/command.hpp"

#include <span>

namespace adic::cli {

/// Each command is one file of commands/.
Command demo_command();
Command brief_command();
Command check_command();
Command serve_command();
Command template_command();
Command import_command();
Command flows_command();
Command export_command();
Command items_command();
Command network_command();
Command facts_command();
Command straits_command();
Command suppliers_command();
Command codes_command();
Command shock_episode_command();
Command indicators_command();
Command lookthrough_command();
Command bottlenecks_command();
Command cuts_command();
Command why_command();
Command scenario_command();
Command shock_command();
Command shock_run_command();
Command shock_sweep_command();
Command shock_montecarlo_command();
Command shock_remedies_command();
Command shock_survive_command();
Command shock_shortfall_command();
Command shock_backtest_command();
Command audit_start_command();
Command audit_verify_command();
Command audit_show_command();
Command audit_sign_command();
Command audit_key_command();
Command flags_command();
Command reciprocity_command();
Command reciprocity_ledger_command();
Command offset_command();
Command origin_command();
Command realised_command();
Command return_command();
Command registry_command();
Command registry_add_command();
Command registry_export_command();
Command share_command();
Command pool_command();
Command award_command();
Command award_coalitions_command();
Command project_command();
Command project_show_command();
Command registry_show_command();
Command registry_scenario_command();
Command registry_release_command();
Command registry_backup_command();
Command registry_withdraw_command();
Command registry_notices_command();
Command registry_aggregates_command();
Command registry_consent_command();
Command registry_publish_command();
Command registry_send_command();
Command registry_receive_command();
Command registry_key_command();
Command registry_migrate_command();
Command account_command();
Command account_add_command();
Command account_change_command();
Command account_password_command();
Command account_totp_command();
Command account_token_command();
Command account_lock_command();
Command account_unlock_command();
Command account_link_command();
Command man_command();
Command completion_command();

/// Every command of the program, in the order in which a reader should meet them.
std::span<const Command> list_commands();

}  // namespace adic::cli
