#include "adic/ingest/import_report.hpp"

#include <utility>

namespace adic::ingest {

void ImportReport::add(Issue issue) {
    constexpr std::size_t longest_value = 80;
    ++(issue.severity == Severity::error ? errors_ : warnings_);
    if (issues_.size() == kept_issues) {
        return;
    }
    if (issue.value.size() > longest_value) {
        issue.value.resize(longest_value);
    }
    issues_.push_back(std::move(issue));
}

}  // namespace adic::ingest
