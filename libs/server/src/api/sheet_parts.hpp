#pragma once

#include "api/call.hpp"

namespace adic::server {

/// {"sheets": [{"name", "rows": [{"row", "cells"}]}]} of the workbook that was sent; 422 with what
/// is wrong with it.
Response post_sheets(const Call& call);

}  // namespace adic::server
