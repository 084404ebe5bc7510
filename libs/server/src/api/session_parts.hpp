#pragma once

#include "api/call.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace adic::server {

/// A cookie that scripts of the page cannot read and other places cannot send.
std::string set_cookie(const Request& request, std::string_view secret, std::chrono::seconds lasts);

/// Puts into the audit log who comes in. If that fails nobody does: the admission is void.
std::optional<Error> write_down_sign_in(const Call& call, const Admission& admission);

/// Who asks, and what it may do.
Response session_response(const Call& call);

/// The same of whoever has just come in, with the cookie.
Response admitted(const Call& call, const Admission& admission);

}  // namespace adic::server
