#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace adic::ingest {

struct CsvFormat {
    char separator = ',';
    std::size_t longest_record = 1U << 20U;  ///< bytes; a longer one is an error, not an allocation
};

/// Streams the records of a CSV file (RFC 4180): quoted fields with line breaks, CRLF or LF, UTF-8
/// with or without byte order mark; plain, gzip or zstd, told apart by their first bytes.
///
/// Malformed text (a stray quote, bytes that are not UTF-8, an unclosed quote, a truncated
/// compressed stream) is reported, once for each record, and the record left out.
///
/// Cost: memory of one record and one block of the file, however long the file is.
class CsvReader {
  public:
    /// Fails if the file cannot be opened.
    static Result<CsvReader>
    open(const std::filesystem::path& path, ImportReport& report, const CsvFormat& format = {});

    /// Over a text in memory; `name` stands for the file in the report.
    static CsvReader over(
        std::string name,
        std::string_view text,
        ImportReport& report,
        const CsvFormat& format = {}
    );

    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    ~CsvReader();

    /// Moves to the next record; false at the end. An empty line is no record.
    bool next();

    /// The fields of the record, without quotes; valid until the next call of `next`.
    std::span<const std::string_view> fields() const;

    /// 1-based line of the file on which the record starts.
    std::uint64_t row() const;

    /// Part of the file that was read, in [0, 1].
    double done() const;

    const std::string& name() const;

  private:
    struct State;
    explicit CsvReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace adic::ingest
