#include "adic/ingest/ocds_reader.hpp"

#include "adic/base/json_text.hpp"

#include "byte_source.hpp"
#include "json_input.hpp"
#include "json_lines.hpp"
#include "ocds/merge_releases.hpp"
#include "ocds/ocds_lines.hpp"
#include "ocds/release_reader.hpp"
#include "rules.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace adic::ingest {
namespace {

using model::Record;
using nlohmann::json;

/// A release of the file, and where it stands.
struct FoundRelease {
    const json* value;
    std::string place;
};

std::string text_of(const json& object, const char* member) {
    const auto found = object.find(member);
    const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
    return text == nullptr ? std::string{} : *text;
}

class OcdsReader {
  public:
    OcdsReader(const json& root, const RecordDefaults& defaults, OcdsComplaints& complaints)
        : root_(root)
        , defaults_(defaults)
        , complaints_(complaints) {}

    std::vector<Record> read() && {
        if (!root_.is_object()) {
            refuse("", "is no object, { ... }");
            return {};
        }
        note_package();
        if (const auto releases = root_.find("releases"); releases != root_.end()) {
            take_releases(*releases, "/releases");
        } else if (const auto records = root_.find("records"); records != root_.end()) {
            take_records(*records);
        } else if (root_.contains("ocid")) {
            by_process_[text_of(root_, "ocid")].push_back({&root_, ""});
        } else {
            refuse("", "has neither releases nor records nor an ocid");
        }
        for (auto& [ocid, releases] : by_process_) {
            read_process(releases);
        }
        return std::move(records_);
    }

  private:
    void refuse(std::string place, std::string message) {
        complaints_.add(rules::ocds_layout, std::move(place), {}, std::move(message));
    }

    /// What the package says of itself is the source of its records, unless they name their own.
    void note_package() {
        const json publisher = root_.value("publisher", json());
        if (publisher.is_object() && !root_.contains("adic_releasedTo")) {
            source_ = text_of(publisher, "name");
            for (const char* member : {"uri", "license"}) {
                if (const std::string said = text_of(root_, member); !said.empty()) {
                    source_ += (source_.empty() ? "" : ", ") + said;
                }
            }
        }
        note_version();
        note_members();
    }

    void note_version() {
        const std::string version = text_of(root_, "version");
        if (!version.empty() && version != "1.0" && version != "1.1") {
            complaints_.note_left_out(
                "/version",
                "is read as 1.1: '" + version.substr(0, 20) + "' is another version"
            );
        }
    }

    /// What the package says beside, which is about no process.
    void note_members() {
        static const std::set<std::string_view> known{
            "uri",
            "version",
            "publishedDate",
            "publisher",
            "license",
            "releases",
            "records",
            "packages",
            "adic_releasedTo"};
        const bool is_package = root_.contains("releases") || root_.contains("records");
        for (const auto& [member, value] : root_.items()) {
            if (is_package && !known.contains(member)) {
                complaints_.note_left_out(
                    "/" + escaped_member(member),
                    "is about the package, not about a process: it is left out"
                );
            }
        }
    }

    void take_releases(const json& releases, const std::string& place) {
        if (!releases.is_array()) {
            refuse(place, "must be a list, [ ... ]");
            return;
        }
        for (std::size_t i = 0; i < releases.size(); ++i) {
            const std::string at = place + "/" + std::to_string(i);
            if (releases[i].is_object()) {
                by_process_[text_of(releases[i], "ocid")].push_back({&releases[i], at});
            } else {
                complaints_.add(
                    rules::ocds_type,
                    at,
                    shown_value(releases[i]),
                    "must be an object, { ... }"
                );
            }
        }
    }

    void take_records(const json& records) {
        if (!records.is_array()) {
            refuse("/records", "must be a list, [ ... ]");
            return;
        }
        std::set<std::string> seen;
        for (std::size_t i = 0; i < records.size(); ++i) {
            const std::string at = "/records/" + std::to_string(i);
            if (!records[i].is_object()) {
                complaints_.add(
                    rules::ocds_type,
                    at,
                    shown_value(records[i]),
                    "must be an object, { ... }"
                );
            } else if (const std::string ocid = text_of(records[i], "ocid");
                       !seen.insert(ocid).second) {
                complaints_.add(
                    rules::ocds_repeated,
                    at + "/ocid",
                    ocid.substr(0, 80),
                    "has a record already"
                );
            } else {
                take_record(records[i], at);
            }
        }
    }

    void take_record(const json& record, const std::string& at) {
        const auto compiled = record.find("compiledRelease");
        if (compiled != record.end() && compiled->is_object()) {
            by_process_[text_of(*compiled, "ocid")].push_back({&*compiled, at + "/compiledRelease"}
            );
            if (record.contains("releases") || record.contains("versionedRelease")) {
                complaints_.note_left_out(
                    at,
                    "of this record the compiled release is read; its history is left out"
                );
            }
            return;
        }
        const auto releases = record.find("releases");
        const bool is_linked = releases != record.end() && releases->is_array()
                               && std::ranges::any_of(*releases, [](const json& one) {
                                      return one.is_object() && one.contains("url");
                                  });
        if (releases == record.end() || is_linked) {
            refuse(
                at,
                "has neither a compiled release nor releases in it; nothing is fetched from links"
            );
            return;
        }
        take_releases(*releases, at + "/releases");
    }

    /// Each release by itself, so that complaints have its place; then all of them together.
    void read_process(std::vector<FoundRelease>& releases) {
        if (releases.size() == 1) {
            add(*releases.front().value, releases.front().place);
            return;
        }
        std::ranges::stable_sort(releases, {}, [](const FoundRelease& release) {
            return text_of(*release.value, "date");
        });
        OcdsComplaints of_each;
        for (const FoundRelease& release : releases) {
            static_cast<void>(
                records_of_release(*release.value, release.place, source_, defaults_, of_each)
            );
        }
        if (of_each.has_errors()) {
            complaints_.take_errors(of_each);
            return;
        }
        std::vector<const json*> values;
        for (const FoundRelease& release : releases) {
            values.push_back(release.value);
        }
        add(merge_releases(values), releases.back().place);
    }

    void add(json release, const std::string& place) {
        std::vector<Record> read =
            records_of_release(std::move(release), place, source_, defaults_, complaints_);
        std::ranges::move(read, std::back_inserter(records_));
    }

    const json& root_;
    const RecordDefaults& defaults_;
    OcdsComplaints& complaints_;
    std::string source_;
    std::map<std::string, std::vector<FoundRelease>> by_process_;
    std::vector<Record> records_;
};

/// Each line a document.
Result<std::vector<Record>> lines_of(
    const OpenBytes& open,
    const std::string& name,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    OcdsComplaints complaints;
    auto records = read_ocds_lines(
        open,
        [&](const json& root, OcdsComplaints& of_line) {
            return OcdsReader(root, defaults, of_line).read();
        },
        complaints
    );
    complaints.report({}, name, report);
    return records;
}

}  // namespace

std::vector<Record> parse_ocds(
    std::string_view text,
    const std::string& name,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    const OpenBytes open = [&] { return Result<std::unique_ptr<ByteSource>>{bytes_over(text)}; };
    if (const auto lines = holds_ocds_lines(open); lines && *lines) {
        auto records = lines_of(open, name, defaults, report);
        return records ? *std::move(records) : std::vector<Record>{};
    }
    const std::uint64_t errors = report.errors();
    const ParsedJson parsed = parse_json(
        text,
        {largest_ocds, "is larger than 32 MiB; divide it into several packages", deepest_ocds}
    );
    if (!parsed.root) {
        report.add(
            {Severity::error,
             rules::ocds_layout.id,
             name,
             line_of_byte(text, parsed.byte == 0 ? 0 : parsed.byte - 1),
             {},
             {},
             parsed.message}
        );
        return {};
    }
    // In a package, as it is written again, a release stands two levels deeper.
    const bool is_release = parsed.root->is_object() && parsed.root->contains("ocid");
    if (is_release && is_nested_deeper(text, deepest_ocds - 2)) {
        report.add(
            {Severity::error,
             rules::ocds_layout.id,
             name,
             1,
             {},
             {},
             "is nested more than " + std::to_string(deepest_ocds - 2) + " deep"}
        );
        return {};
    }
    OcdsComplaints complaints;
    std::vector<Record> records = OcdsReader(*parsed.root, defaults, complaints).read();
    complaints.report(text, name, report);
    return report.errors() == errors ? std::move(records) : std::vector<Record>{};
}

Result<std::vector<Record>>
read_ocds(const std::filesystem::path& file, const RecordDefaults& defaults, ImportReport& report) {
    const OpenBytes open = [&] { return open_bytes(file); };
    ADIC_TRY(const bool is_lines, holds_ocds_lines(open));
    if (is_lines) {
        return lines_of(open, file.filename().string(), defaults, report);
    }
    ADIC_TRY(const auto source, open_bytes(file));
    std::string text;
    std::vector<char> block(std::size_t{64} << 10U);
    while (text.size() <= largest_ocds) {
        const std::size_t taken = source->read(block);
        if (taken == 0) {
            break;
        }
        text.append(block.data(), taken);
    }
    if (!source->problem().empty()) {
        return Error{
            ErrorCode::unavailable,
            "'" + file.filename().string() + "' " + std::string(source->problem()),
            {}};
    }
    return parse_ocds(text, file.filename().string(), defaults, report);
}

}  // namespace adic::ingest
