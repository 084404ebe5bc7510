#pragma once

#include "adic/audit/keys.hpp"

#include <sodium.h>

namespace adic::audit {

/// In memory that is locked and fenced, and overwritten when it is freed.
struct SigningKey::Secret {
    Secret() : bytes(static_cast<unsigned char*>(sodium_malloc(crypto_sign_SECRETKEYBYTES))) {}

    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&&) = delete;
    Secret& operator=(Secret&&) = delete;

    ~Secret() { sodium_free(bytes); }

    unsigned char* bytes;
};

}  // namespace adic::audit
