#pragma once

#include "adic/server/web_application.hpp"

#include "api/call.hpp"

#include <optional>

namespace adic::server {

/// The answer to an address of the browser application; empty: it has no such address.
///
/// The files are the same for everybody and hold no data, so nobody is asked who they are.
std::optional<Response> web_response(const WebApplication& web, const Request& request);

/// What a browser is answered at an address that is none, outside of the API: the page, which says
/// so. Empty: a program asks, or there is no browser application.
std::optional<Response> no_such_page(const WebApplication& web, const Request& request);

}  // namespace adic::server
