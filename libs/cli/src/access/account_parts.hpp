#pragma once

#include "adic/access/account_book.hpp"

#include "frame/command.hpp"
#include "frame/common_options.hpp"

#include <array>

namespace adic::cli {

inline constexpr Option accounts_option{
    .name = "--accounts",
    .value = "FILE",
    .help = "the book of accounts of the registry: one file, which its owner alone may read",
    .standard = "accounts.db",
    .completes = Completes::file};

inline constexpr Option changed_by_option{
    .name = "--by",
    .value = "NAME",
    .help = "who changes it, for the history",
    .standard = "somebody at this computer"};

inline constexpr Option roles_option{
    .name = "--roles",
    .value = "ROLES",
    .help = "reader, editor, releaser, auditor, administrator, separated by commas"};

inline constexpr std::array<std::string_view, 4> cap_choices{
    "organisations",
    "states",
    "blocs",
    "everyone"};

inline constexpr Option cap_option{
    .name = "--cap",
    .value = "AUDIENCE",
    .help = "the widest audience that it may release to",
    .choices = cap_choices};

inline constexpr std::array account_arguments{
    Argument{.name = "NAME", .help = "name of the account"}};

/// The book of --accounts.
Result<access::AccountBook>
open_chosen_book(const Invocation& words, access::AccountBook::IfMissing missing);

/// The account NAME, as one types it.
std::string chosen_account(const Invocation& words);

/// Whoever may open the file owns the machine: --by.
access::Actor chosen_actor(const Invocation& words);

/// --cap. Empty: not given.
std::optional<model::Audience::Kind> chosen_cap(const Invocation& words);

/// Locks or unlocks the account NAME.
Result<Outcome> set_enabled(const Invocation& words, const Session& session, bool enabled);

}  // namespace adic::cli
