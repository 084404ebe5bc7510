#pragma once

#include "adic/server/web_application.hpp"

#include "api/call.hpp"

#include <optional>

namespace adic::server {

/// The answer to an address of the browser application; empty: it has no such address.
///
/// The files are the same for everybody and hold no data, so nobody is asked who they are.
std::optional<Response> web_response(const WebApplication& web, const Request& request);

}  // namespace adic::server
