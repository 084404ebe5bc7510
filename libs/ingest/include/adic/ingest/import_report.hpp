#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

enum class Severity { error, warning };

/// One complaint about one cell of one file, so that a ministry can mend its sheet in one pass.
struct Issue {
    Severity severity;
    std::string_view rule;  ///< stable, listed in docs/reference/import-rules.md ("MP-014")
    std::string file;       ///< file, or "workbook.xlsx, sheet items"
    std::uint64_t row;      ///< 1-based, as a spreadsheet or editor shows it; 0: the whole file
    std::string column;     ///< empty: the whole row
    std::string value;      ///< the offending value, as found, at most 80 bytes of it
    std::string message;    ///< what is wrong and what would be right
};

/// Every problem of an import. A file of ten million bad rows must not fill the memory: the first
/// `kept_issues` are kept, all are counted.
class ImportReport {
  public:
    static constexpr std::size_t kept_issues = 10'000;

    void add(Issue issue);

    /// No error, only warnings.
    bool may_commit() const { return errors_ == 0; }

    std::uint64_t errors() const { return errors_; }

    std::uint64_t warnings() const { return warnings_; }

    const std::vector<Issue>& issues() const { return issues_; }

  private:
    std::vector<Issue> issues_;
    std::uint64_t errors_ = 0;
    std::uint64_t warnings_ = 0;
};

}  // namespace adic::ingest
