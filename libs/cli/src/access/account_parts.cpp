#include "access/account_parts.hpp"

#include <fmt/format.h>

namespace adic::cli {

Result<access::AccountBook>
open_chosen_book(const Invocation& words, access::AccountBook::IfMissing missing) {
    const std::string& file = words.text("--accounts");
    auto book = access::AccountBook::open(file, missing);
    if (!book && book.error().code == ErrorCode::not_found) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "there is no book of accounts '{}'; 'adic account add' makes one, --accounts names "
                "another",
                file
            ),
            {}};
    }
    return book;
}

std::string chosen_account(const Invocation& words) {
    return access::account_name_of(words.text("NAME"));
}

access::Actor chosen_actor(const Invocation& words) {
    return access::Actor::owner_of_file(words.text("--by"));
}

std::optional<model::Audience::Kind> chosen_cap(const Invocation& words) {
    return words.has("--cap") ? access::parse_cap(words.text("--cap")) : std::nullopt;
}

Result<Outcome> set_enabled(const Invocation& words, const Session& session, bool enabled) {
    ADIC_TRY(
        access::AccountBook book,
        open_chosen_book(words, access::AccountBook::IfMissing::refuse)
    );
    ADIC_TRY(
        const access::Account account,
        book.change(
            chosen_account(words),
            {.is_enabled = enabled},
            chosen_actor(words),
            session.around.now
        )
    );
    return Outcome{fmt::format(
        "The account '{}' is {}.\n",
        account.name,
        enabled ? "unlocked" : "locked, and its sessions have ended"
    )};
}

}  // namespace adic::cli
