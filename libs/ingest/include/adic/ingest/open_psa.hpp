#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/fault_tree.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace adic::ingest {

struct OpenPsaOptions {
    /// Name of the top gate; empty: the one gate that no other names.
    std::string top = {};
};

/// Reads a fault tree in the Open-PSA model exchange format (XML).
///
/// Gates `and`, `or`, `atleast` and gates that stand for one other event, nested to any sensible
/// depth; house events and constants; basic events with a constant expression (float, int, bool,
/// parameter, add, sub, mul, div, neg, exponential), or with none: then the probability is not
/// known.
/// Definitions may stand in any order, in components and in `model-data`. A house event becomes a
/// gate without children. All problems are reported at once; `not` and its like are errors, because
/// a repair never stops anything here. Event trees and other studies in the file are passed over
/// with a warning.
///
/// Source: Epstein, Rauzy (eds.) (2008), "Open-PSA Model Exchange Format", version 2.0d.
/// Errors: not_found, unavailable for a path that cannot be read; invalid_argument if the report
///         has errors from this file.
/// Cost:   O(bytes); a file of more than 512 MiB, unpacked, is an error.
Result<model::FaultTree> read_open_psa(
    const std::filesystem::path& path,
    ImportReport& report,
    const OpenPsaOptions& options = {}
);

/// The same for a text in memory; `name` stands for the file in the report.
Result<model::FaultTree> parse_open_psa(
    std::string_view text,
    const std::string& name,
    ImportReport& report,
    const OpenPsaOptions& options = {}
);

/// The tree in the same format, as other programs read it. What the format lacks is written so that
/// it means the same: a weighted gate as the `and` and `or` gates of its decisions, an estimate as
/// its likely value (the ends are attributes that only we read), a name that is no identifier as
/// one (the name itself is an attribute).
///
/// Errors: invalid_argument if a weighted gate is too large to be written out, or the tree has no
///         top or names a child that does not exist.
Result<std::string> write_open_psa(const model::FaultTree& tree);

}  // namespace adic::ingest
