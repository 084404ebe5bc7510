#pragma once

#include "adic/server/message.hpp"

#include <string_view>

namespace adic::server {

/// Whether the browser says that it reads this coding: "gzip", "br". What it says of its weight is
/// not gone into, but for a flat no.
bool takes_coding(const Request& request, std::string_view coding);

/// Packs what a GET answers where that makes it shorter and the browser takes it, under a weak
/// entity tag. Never what goes with a secret: its length would tell of it to whoever can have
/// words of his own in the same answer.
///
/// Source: RFC 1952; Gluck, Harris and Prado, "BREACH" (2013).
/// Cost: O(body), about 10 ms for a megabyte.
void pack(const Request& request, Response& response);

}  // namespace adic::server
