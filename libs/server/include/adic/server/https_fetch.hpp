#pragma once

#include "adic/access/oidc.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>

namespace adic::server {

struct FetchOptions {
    std::filesystem::path authorities = {};      ///< in PEM; empty: those that the system trusts
    std::chrono::milliseconds patience{10'000};  ///< from asking for the address to the last byte
    std::size_t largest_body = std::size_t{1} << 20U;
};

/// Asks over HTTPS, with the certificate and its name checked; http:// is taken for this machine
/// alone. It follows no redirects, and waits for the answer.
///
/// Errors: invalid_argument for an address that is none; unavailable if nobody answers, the
///         certificate does not hold, or the answer is too large or too late; not_found for a
///         status other than 200.
access::Fetch https_fetch(FetchOptions options = {});

}  // namespace adic::server
