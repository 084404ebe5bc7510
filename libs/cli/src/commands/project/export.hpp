#pragma once

#include "frame/command.hpp"

namespace adic::cli {

/// The command 'project export'.
Command project_export_command();

}  // namespace adic::cli
