#include "adic/access/permission.hpp"
#include "adic/access/session.hpp"
#include "adic/access/throttle.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

std::string page() {
    std::ostringstream text;
    text << std::ifstream(ADIC_SOURCE_DIR "/docs/reference/access.md").rdbuf();
    return text.str();
}

/// "reader, editor"
std::string spaced(Roles roles) {
    std::string text;
    for (const char c : to_text(roles)) {
        text += c;
        text += c == ',' ? " " : "";
    }
    return text;
}

std::string row_of(const PermissionRow& row) {
    std::string where = row.reach == Reach::own_state ? "own" : "";
    if (row.is_for_officials) {
        where += where.empty() ? "officials" : ", officials";
    }
    const auto cell = [](std::string_view text) {
        return text.empty() ? std::string(" |") : " " + std::string(text) + " |";
    };
    return "|" + cell(row.name) + cell(row.says) + cell(spaced(row.roles))
           + cell(row.scope ? name_of(*row.scope) : "") + cell(where);
}

TEST(AccessReference, HasThePermissionsOfTheCode) {
    const std::string text = page();
    for (const PermissionRow& row : list_permissions()) {
        EXPECT_NE(text.find("\n" + row_of(row) + "\n"), std::string::npos) << row_of(row);
    }
    const std::size_t from = text.find("## Permissions");
    const std::string part = text.substr(from, text.find("\n## ", from + 1) - from);
    std::size_t rows = 0;
    std::istringstream lines(part);
    for (std::string line; std::getline(lines, line);) {
        rows += line.starts_with("|") ? 1U : 0U;
    }
    EXPECT_EQ(rows, list_permissions().size() + 2) << "a row that the code does not know";
    for (const RoleRow& role : list_roles()) {
        const std::string row =
            "| " + std::string(role.name) + " | " + std::string(role.says) + " |";
        EXPECT_NE(text.find(row), std::string::npos) << row;
    }
}

TEST(AccessReference, HasTheLimitsOfTheCode) {
    const std::string text = page();
    const SessionPolicy sessions;
    const ThrottlePolicy accounts;
    const ThrottlePolicy addresses = ThrottlePolicy::for_addresses();
    for (const std::string& said :
         {std::to_string(sessions.idle.count()) + " minutes without use, "
              + std::to_string(sessions.absolute.count()) + " hours",
          "| none up to | " + std::to_string(accounts.free_failures) + ": no delay | "
              + std::to_string(addresses.free_failures) + ": no delay |",
          "up to " + std::to_string(accounts.longest_delay.count()) + " seconds",
          "| from | " + std::to_string(accounts.failures_to_lock) + ": locked for "
              + std::to_string(accounts.lock.count()) + " minutes | "
              + std::to_string(addresses.failures_to_lock) + ": locked for "
              + std::to_string(addresses.lock.count()) + " minutes |"}) {
        EXPECT_NE(text.find(said), std::string::npos) << said;
    }
}

}  // namespace
}  // namespace adic::access
