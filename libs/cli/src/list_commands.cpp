#include "list_commands.hpp"

#include "commands/project/export.hpp"

#include <array>
#include <vector>

namespace adic::cli {
namespace {

/// In the order in which people meet them.
constexpr std::array commands{
    demo_command,
    brief_command,
    items_command,
    network_command,
    facts_command,
    indicators_command,
    lookthrough_command,
    bottlenecks_command,
    cuts_command,
    why_command,
    scenario_command,
    straits_command,
    suppliers_command,
    codes_command,
    shock_command,
    shock_episode_command,
    shock_run_command,
    shock_sweep_command,
    shock_montecarlo_command,
    shock_remedies_command,
    shock_survive_command,
    shock_shortfall_command,
    shock_backtest_command,
    flags_command,
    reciprocity_command,
    reciprocity_ledger_command,
    offset_command,
    origin_command,
    realised_command,
    return_command,
    share_command,
    pool_command,
    award_command,
    award_coalitions_command,
    project_command,
    project_export_command,
    project_show_command,
    registry_command,
    registry_add_command,
    registry_export_command,
    registry_show_command,
    registry_scenario_command,
    registry_release_command,
    registry_withdraw_command,
    registry_backup_command,
    registry_notices_command,
    registry_aggregates_command,
    registry_consent_command,
    registry_publish_command,
    registry_send_command,
    registry_receive_command,
    registry_key_command,
    registry_migrate_command,
    account_command,
    account_add_command,
    account_change_command,
    account_password_command,
    account_totp_command,
    account_token_command,
    account_lock_command,
    account_unlock_command,
    account_link_command,
    serve_command,
    template_command,
    check_command,
    import_command,
    flows_command,
    export_command,
    audit_start_command,
    audit_verify_command,
    audit_show_command,
    audit_sign_command,
    audit_key_command,
    completion_command,
    man_command,
};

}  // namespace

std::span<const Command> list_commands() {
    static const std::vector<Command> made = [] {
        std::vector<Command> all;
        all.reserve(commands.size());
        for (const auto make : commands) {
            all.push_back(make());
        }
        return all;
    }();
    return made;
}

}  // namespace adic::cli
