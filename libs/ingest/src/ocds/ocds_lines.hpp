#pragma once

#include "adic/base/result.hpp"
#include "adic/model/record.hpp"

#include "byte_source.hpp"
#include "ocds/ocds_complaints.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// Opens the same bytes from their beginning, each time that it is called.
using OpenBytes = std::function<Result<std::unique_ptr<ByteSource>>()>;

/// The records of one document: a package or a release.
using ReadDocument =
    std::function<std::vector<model::Record>(const nlohmann::json& root, OcdsComplaints&)>;

/// Whether it is JSON Lines: its first line is an object that ends on it, and the next line that
/// is not blank begins another one.
/// Errors: those of `open`.
Result<bool> holds_ocds_lines(const OpenBytes& open);

/// Reads JSON Lines, each line a package or a release, one line at a time: what is held beside the
/// records is a line, and the releases of processes that several lines speak of, which are merged
/// as if they stood in one package. A record of a record package stands in one line. What is wrong
/// is said by its line; with an error there are no records.
///
/// Errors: those of `open`.
/// Cost:   O(bytes * log bytes); the bytes are read twice.
Result<std::vector<model::Record>>
read_ocds_lines(const OpenBytes& open, const ReadDocument& read, OcdsComplaints& complaints);

}  // namespace adic::ingest
