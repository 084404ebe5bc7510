#include "ocds/ocds_complaints.hpp"

#include "json_lines.hpp"
#include "rules.hpp"

#include <algorithm>
#include <utility>

namespace adic::ingest {
namespace {

constexpr std::size_t kept_value = 80;

}  // namespace

std::string escaped_member(std::string_view member) {
    std::string text;
    for (const char c : member.substr(0, kept_value)) {
        text += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
    }
    return text;
}

std::string shown_value(const nlohmann::json& value) {
    if (const auto* text = value.get_ptr<const std::string*>()) {
        return text->substr(0, kept_value);
    }
    if (value.is_structured()) {
        return value.is_array() ? "[...]" : "{...}";
    }
    return value.dump().substr(0, kept_value);
}

void OcdsComplaints::add(
    const ImportRule& rule,
    std::string place,
    std::string value,
    std::string message
) {
    ++errors_;
    if (complaints_.size() < ImportReport::kept_issues) {
        complaints_.push_back(
            {Severity::error, &rule, std::move(place), std::move(value), std::move(message), line_}
        );
    }
}

void OcdsComplaints::note_left_out(std::string place, std::string message) {
    if (complaints_.size() < ImportReport::kept_issues) {
        complaints_.push_back(
            {Severity::warning,
             &rules::ocds_left_out,
             std::move(place),
             {},
             std::move(message),
             line_}
        );
    }
}

void OcdsComplaints::take_errors(const OcdsComplaints& other) {
    for (const Complaint& complaint : other.complaints_) {
        if (complaint.severity == Severity::error) {
            add(*complaint.rule, complaint.place, complaint.value, complaint.message);
        }
    }
}

void OcdsComplaints::report(std::string_view text, const std::string& name, ImportReport& report)
    const {
    std::vector<std::string> places;
    std::uint64_t errors = 0;
    for (const Complaint& complaint : complaints_) {
        places.push_back(complaint.place);
        errors += complaint.severity == Severity::error ? 1U : 0U;
    }
    // Of JSON Lines there is no text: each complaint knows its line.
    const JsonLines found = text.empty() ? JsonLines{} : find_json_lines(text, places);
    for (const RepeatedKey& repeated : found.repeated) {
        report.add(
            {Severity::error,
             rules::ocds_repeated.id,
             name,
             repeated.line,
             repeated.object,
             repeated.key.substr(0, kept_value),
             "stands in this object twice; take one out"}
        );
    }
    std::vector<std::pair<std::uint64_t, const Complaint*>> by_line;
    for (const Complaint& complaint : complaints_) {
        const auto line = found.lines.find(complaint.place);
        const std::uint64_t looked_up = line == found.lines.end() ? 0 : line->second;
        by_line.emplace_back(complaint.line > 0 ? complaint.line : looked_up, &complaint);
    }
    std::ranges::stable_sort(by_line, {}, &std::pair<std::uint64_t, const Complaint*>::first);
    for (const auto& [line, complaint] : by_line) {
        report.add(
            {complaint->severity,
             complaint->rule->id,
             name,
             line,
             complaint->place,
             complaint->value,
             complaint->message}
        );
    }
    for (; errors < errors_; ++errors) {
        report.add({Severity::error, rules::ocds_type.id, name, 0, {}, {}, {}}
        );  // counted, not kept
    }
    for (const auto& [path, times] : kept_) {
        report.add(
            {Severity::warning,
             rules::ocds_kept.id,
             name,
             0,
             path,
             {},
             "is kept under 'more', for the owner alone ("
                 + (times == 1 ? std::string("once") : std::to_string(times) + " times") + ")"}
        );
    }
}

}  // namespace adic::ingest
