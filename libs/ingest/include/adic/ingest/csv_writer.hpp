#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Writes records as RFC 4180, with LF at the end of lines; quotes only the fields that need it.
/// What CsvReader reads back is what was written.
class CsvWriter {
  public:
    /// The stream must outlive the writer; its state tells whether writing failed.
    explicit CsvWriter(std::ostream& out, char separator = ',')
        : out_(&out)
        , separator_(separator) {}

    /// Requires: at least one field; no NUL bytes in them.
    void write(std::span<const std::string_view> fields);

  private:
    void append(std::string_view field);

    std::ostream* out_;
    char separator_;
    std::string line_;
};

}  // namespace adic::ingest
