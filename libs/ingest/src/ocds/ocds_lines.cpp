#include "ocds/ocds_lines.hpp"

#include "adic/base/json_text.hpp"
#include "adic/ingest/ocds_reader.hpp"

#include "json_input.hpp"
#include "json_lines.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace adic::ingest {
namespace {

using model::Record;
using nlohmann::json;

constexpr std::string_view blanks = " \t\r";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(blanks) == std::string_view::npos;
}

/// Lines, one at a time. Of a line that is too long the rest is passed over.
class LineSource {
  public:
    explicit LineSource(ByteSource& source) : source_(source), block_(std::size_t{64} << 10U) {}

    /// False at the end. The line has at most a byte more than a document may have.
    bool next(std::string& line) {
        line.clear();
        bool is_there = false;
        while (at_ < end_ || fill()) {
            is_there = true;
            const std::string_view held(block_.data() + at_, end_ - at_);
            const std::size_t length = std::min(held.find('\n'), held.size());
            line += held.substr(0, std::min(length, largest_ocds + 1 - line.size()));
            at_ += std::min(length + 1, held.size());
            if (length < held.size()) {
                break;
            }
        }
        if (number_++ == 0 && line.starts_with("\xEF\xBB\xBF")) {
            line.erase(0, 3);
        }
        return is_there;
    }

    std::uint64_t number() const { return number_; }

  private:
    bool fill() {
        at_ = 0;
        end_ = source_.read(block_);
        return end_ > 0;
    }

    ByteSource& source_;
    std::vector<char> block_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::uint64_t number_ = 0;
};

std::string ocid_of(const json& object) {
    const auto found = object.is_object() ? object.find("ocid") : object.end();
    const bool is_there = object.is_object() && found != object.end();
    const auto* text = is_there ? found->get_ptr<const std::string*>() : nullptr;
    return text == nullptr ? std::string{} : *text;
}

/// The list of a package, by its name; empty: a release by itself, or nothing that is read.
std::string_view list_of(const json& root) {
    for (const char* list : {"releases", "records"}) {
        const auto found = root.find(list);
        if (found != root.end()) {
            return found->is_array() ? list : "";
        }
    }
    return "";
}

/// The processes that a line speaks of.
std::set<std::string> processes_in(const json& root) {
    std::set<std::string> processes;
    if (const std::string_view list = list_of(root); !list.empty()) {
        for (const json& one : root[std::string(list)]) {
            processes.insert(ocid_of(one));
        }
    } else {
        processes.insert(ocid_of(root));
    }
    processes.erase("");
    return processes;
}

class LinesReader {
  public:
    LinesReader(const ReadDocument& read, OcdsComplaints& complaints)
        : read_(read)
        , complaints_(complaints) {}

    /// First, what is no JSON, and which processes stand in several lines.
    void count(std::string_view line) {
        const auto root = parsed(line, complaints_);
        for (const RepeatedKey& repeated :
             root ? find_json_lines(line, {}).repeated : std::vector<RepeatedKey>{}) {
            complaints_.add(
                rules::ocds_repeated,
                repeated.object,
                repeated.key.substr(0, 80),
                "stands in this object twice; take one out"
            );
        }
        for (const std::string& ocid : root ? processes_in(*root) : std::set<std::string>{}) {
            ++lines_of_[ocid];
        }
    }

    /// Then each line: what is of this line alone is read, the rest is held.
    void take(std::string_view line) {
        OcdsComplaints again;  // `count` has said it, unless the file has changed since
        auto root = parsed(line, again);
        if (!root) {
            if (!complaints_.has_errors()) {
                complaints_.take_errors(again);
            }
            return;
        }
        const auto processes = processes_in(*root);
        const bool is_whole = std::ranges::none_of(processes, [&](const std::string& ocid) {
            return lines_of_[ocid] > 1;
        });
        if (is_whole) {
            add(read_(*root, complaints_));
            return;
        }
        check(*root);
        hold(*std::move(root));
    }

    std::vector<Record> finish() && {
        for (auto& [ocid, package] : held_) {
            if (complaints_.has_errors()) {
                break;
            }
            complaints_.at_line(package.line);
            add(read_(package.root, complaints_));
        }
        complaints_.at_line(0);
        std::vector<Record> all;
        for (auto& [id, records] : records_) {
            std::ranges::move(records, std::back_inserter(all));
        }
        return complaints_.has_errors() ? std::vector<Record>{} : std::move(all);
    }

  private:
    struct Held {
        json root;
        std::uint64_t line;
    };

    std::optional<json> parsed(std::string_view line, OcdsComplaints& complaints) const {
        auto document =
            parse_json(line, {largest_ocds, "is a line of more than 32 MiB", deepest_ocds});
        if (document.root && !document.root->is_object()) {
            document = {std::nullopt, 0, "is no object, { ... }"};
        } else if (document.root && document.root->contains("ocid") && is_nested_deeper(line, deepest_ocds - 2)) {
            document = {
                std::nullopt,
                0,
                "is nested more than " + std::to_string(deepest_ocds - 2) + " deep"};
        }
        if (!document.root) {
            complaints.add(rules::ocds_layout, {}, {}, std::move(document.message));
        }
        return std::move(document.root);
    }

    /// Errors of a line whose releases are read later with others.
    void check(const json& root) {
        OcdsComplaints of_line;
        static_cast<void>(read_(root, of_line));
        complaints_.take_errors(of_line);
    }

    void hold(json root) {
        const std::string_view list = list_of(root);
        if (list.empty()) {
            const std::string ocid = ocid_of(root);
            hold_release(ocid, std::move(root), json::object());
            return;
        }
        json elements = std::move(root[std::string(list)]);
        root.erase(std::string(list));
        for (json& element : elements) {
            const std::string ocid = ocid_of(element);
            if (list == "records" && lines_of_[ocid] > 1) {
                complaints_.add(
                    rules::ocds_repeated,
                    "/records",
                    ocid.substr(0, 80),
                    "has a record in another line, too"
                );
                continue;
            }
            if (list == "records") {
                json alone = root;
                alone["records"] = json::array({std::move(element)});
                add(read_(alone, complaints_));
            } else {
                hold_release(ocid, std::move(element), root);
            }
        }
    }

    /// `head`: what the package says of itself; that of the last line counts.
    void hold_release(const std::string& ocid, json release, const json& head) {
        json releases = json::array();
        if (const auto before = held_.find(ocid); before != held_.end()) {
            releases = std::move(before->second.root["releases"]);
        }
        releases.push_back(std::move(release));
        json root = head;
        root["releases"] = std::move(releases);
        held_[ocid] = {std::move(root), complaints_.line()};
    }

    /// Each process begins with a record of the type of the first.
    void add(std::vector<Record> records) {
        const model::RecordType* first = records.empty() ? nullptr : records.front().type;
        std::string process;
        for (Record& record : records) {
            process = record.type == first ? record.id : process;
            records_[process].push_back(std::move(record));
        }
    }

    const ReadDocument& read_;
    OcdsComplaints& complaints_;
    std::map<std::string, std::uint64_t> lines_of_;
    std::map<std::string, Held> held_;
    std::map<std::string, std::vector<Record>> records_;
};

/// Why the bytes ended before their end; empty if they did not.
Result<std::string> each_line(
    const OpenBytes& open,
    OcdsComplaints& complaints,
    const std::function<void(std::string_view)>& take
) {
    ADIC_TRY(const auto source, open());
    LineSource lines(*source);
    std::string line;
    while (lines.next(line)) {
        complaints.at_line(lines.number());
        if (!is_blank(line)) {
            take(line);
        }
    }
    complaints.at_line(0);
    return std::string(source->problem());
}

}  // namespace

Result<bool> holds_ocds_lines(const OpenBytes& open) {
    ADIC_TRY(const auto source, open());
    LineSource lines(*source);
    std::array<std::string, 2> first;
    for (std::string& line : first) {
        while (is_blank(line) && lines.next(line)) {
        }
    }
    const auto last = first[0].find_last_not_of(blanks);
    return last != std::string::npos && first[0][last] == '}'
           && first[0].find_first_not_of(blanks) < last && !is_blank(first[1])
           && first[1][first[1].find_first_not_of(blanks)] == '{';
}

Result<std::vector<Record>>
read_ocds_lines(const OpenBytes& open, const ReadDocument& read, OcdsComplaints& complaints) {
    LinesReader reader(read, complaints);
    ADIC_TRY(std::string problem, each_line(open, complaints, [&](std::string_view line) {
                 reader.count(line);
             }));
    if (!problem.empty()) {
        complaints.add(rules::damaged_stream, {}, {}, std::move(problem));
    }
    ADIC_TRY(
        [[maybe_unused]] const std::string again,
        each_line(open, complaints, [&](std::string_view line) { reader.take(line); })
    );
    return std::move(reader).finish();
}

}  // namespace adic::ingest
