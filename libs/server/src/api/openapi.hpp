#pragma once

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// The schemas that routes name, as components of the document.
nlohmann::ordered_json list_schemas();

}  // namespace adic::server
