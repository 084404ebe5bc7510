#include "adic/ingest/csv_writer.hpp"

#include <cassert>

namespace adic::ingest {

void CsvWriter::write(std::span<const std::string_view> fields) {
    assert(!fields.empty());
    line_.clear();
    for (const std::string_view field : fields) {
        append(field);
        line_ += separator_;
    }
    line_.back() = '\n';
    // A line without any character would be read as no record at all.
    *out_ << (line_.size() == 1 ? "\"\"\n" : line_);
}

void CsvWriter::append(std::string_view field) {
    // A byte order mark at the start of the file would be taken for the file's, not the field's.
    const bool needs_quotes = field.find_first_of("\"\r\n") != std::string_view::npos
                              || field.find(separator_) != std::string_view::npos
                              || field.starts_with("\xEF\xBB\xBF");
    if (!needs_quotes) {
        line_ += field;
        return;
    }
    line_ += '"';
    for (const char c : field) {
        line_.append(c == '"' ? 2U : 1U, c);
    }
    line_ += '"';
}

}  // namespace adic::ingest
