#pragma once

#include "adic/cli/program.hpp"
#include "adic/server/analyses.hpp"

namespace adic::cli {

/// The commands that a server offers as analyses, each with the options that a caller may set: not
/// the map, the reader, or anything that reads or writes files of the server.
///
/// Requires: `around` names the map that they are asked of.
server::Analyses offered_analyses(const Surroundings& around);

}  // namespace adic::cli
