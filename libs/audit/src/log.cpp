#include "adic/audit/log.hpp"

#include "entry_stream.hpp"
#include "files.hpp"
#include "lines.hpp"
#include "scan.hpp"
#include "text_parts.hpp"

#include <algorithm>
#include <cassert>

namespace adic::audit {
namespace {

constexpr std::size_t largest_batch = std::size_t{1} << 20U;

Error damaged(const std::filesystem::path& folder, const LogState& state) {
    return Error{
        ErrorCode::conflict,
        "the log in '" + folder.string() + "' is not as it was written: " + state.problems.front(),
        {}};
}

Result<Scan> scan_folder(const OpenLog& log, const LogPaths& paths) {
    auto head = read_head(paths.head);
    if (!head && head.error().code != ErrorCode::invalid_argument) {
        return head.error();
    }
    const std::string problem = head ? "" : head.error().message;
    ADIC_TRY(Scan scan, scan_log(log, head ? *std::move(head) : std::nullopt));
    if (!problem.empty()) {
        scan.state.problems.insert(scan.state.problems.begin(), problem);
    }
    return scan;
}

constexpr std::string_view announced_first_line = "adic audit announced 1";

/// Events that are announced, with the size of the log before them.
Result<std::string> announced_text(std::uint64_t size, std::vector<Event>& events) {
    std::string text = std::string(announced_first_line) + "\nafter " + std::to_string(size) + '\n';
    for (Event& event : events) {
        event.number = 1;  // it gets its own when it is added
        ADIC_TRY(const std::string entry, write_event(event));
        text += entry + '\n';
    }
    return text;
}

/// What was announced, less what was added before the machine stopped.
Result<std::vector<Event>> read_announced(const std::filesystem::path& path, std::uint64_t size) {
    const Result<File> file = File::open(path, File::Mode::read);
    if (!file && file.error().code == ErrorCode::not_found) {
        return std::vector<Event>{};
    }
    if (!file) {
        return file.error();
    }
    ADIC_TRY(const std::uint64_t bytes, file->size());
    ADIC_TRY(const std::string text, file->read(0, bytes));
    LineReader lines(text);
    const bool is_one = lines.next() == announced_first_line;
    const auto after = number_after("after", lines.next());
    if (!is_one || !after) {
        return Error{ErrorCode::conflict, "'" + path.string() + "' is not as it was written", {}};
    }
    std::vector<Event> events;
    for (std::uint64_t index = *after; !lines.is_done(); ++index) {
        ADIC_TRY(Event event, parse_event(lines.next()));
        if (index >= size) {
            events.push_back(std::move(event));
        }
    }
    return events;
}

std::string bytes_of(const std::vector<Hash>& hashes) {
    std::string bytes;
    bytes.reserve(hashes.size() * hash_bytes);
    for (const Hash& hash : hashes) {
        bytes.append(hash.begin(), hash.end());
    }
    return bytes;
}

}  // namespace

Result<LogState> inspect_log(const std::filesystem::path& folder) {
    const LogPaths paths(folder);
    ADIC_TRY(const File entries, File::open(paths.entries, File::Mode::read));
    ADIC_TRY(const File hashes, File::open(paths.hashes, File::Mode::read));
    ADIC_TRY(Scan scan, scan_folder({entries, hashes, ScanFor::reading}, paths));
    return std::move(scan.state);
}

Result<LogReader> LogReader::open(const std::filesystem::path& folder) {
    LogReader reader;
    reader.folder_ = folder;
    ADIC_TRY(reader.state_, inspect_log(folder));
    if (!reader.state_.problems.empty()) {
        return damaged(folder, reader.state_);
    }
    ADIC_TRY(File hashes, File::open(LogPaths(folder).hashes, File::Mode::read));
    reader.stored_ = [file = std::make_shared<File>(std::move(hashes))](std::uint64_t position) {
        return read_stored(*file, position);
    };
    return reader;
}

std::optional<Error> LogReader::each_entry(const TakeEntry& take) const {
    const Result<File> file = File::open(LogPaths(folder_).entries, File::Mode::read);
    if (!file) {
        return file.error();
    }
    Result<EntryStream> stream = EntryStream::open(*file);
    if (!stream) {
        return stream.error();
    }
    EntryStream entries = *std::move(stream);
    for (std::uint64_t index = 0; index < state_.size; ++index) {
        const Result<bool> found = entries.next();
        const Result<Event> event = parse_event(entries.entry());
        if (!found || !*found || !event) {
            return Error{ErrorCode::conflict, "the log was changed while it was read", {}};
        }
        const Result<bool> goes_on = take(index, entries.entry(), *event);
        if (!goes_on) {
            return goes_on.error();
        }
        if (!*goes_on) {
            break;
        }
    }
    return std::nullopt;
}

struct LogWriter::Files {
    std::filesystem::path folder;
    File entries;
    File hashes;
    std::string origin;
    Frontier frontier;
    std::map<std::string, std::uint64_t, std::less<>> numbers;
    std::optional<SignedHead> head;
    std::uint64_t entries_end;
    std::uint64_t committed = 0;  ///< entries on the disk
    std::uint64_t cut_bytes = 0;
    std::string batch{};
    std::vector<Hash> batch_hashes{};
    std::vector<Event> announced{};
    std::optional<Error> failure{};

    /// Brings the files to what `scan` says they should be.
    std::optional<Error> repair(const Scan& scan) {
        const auto size = entries.size();
        if (!size) {
            return size.error();
        }
        cut_bytes = *size - entries_end;
        if (cut_bytes > 0) {
            if (auto problem = entries.cut(entries_end)) {
                return problem;
            }
        }
        if (auto problem = entries.sync()) {
            return problem;
        }
        if (auto problem = hashes.cut(scan.good_hashes * hash_bytes)) {
            return problem;
        }
        if (auto problem =
                hashes.write(scan.good_hashes * hash_bytes, bytes_of(scan.later_hashes))) {
            return problem;
        }
        return hashes.sync();
    }

    std::optional<Error> write_batch() const {
        if (auto problem = entries.write(entries_end, batch)) {
            return problem;
        }
        if (auto problem = entries.sync()) {
            return problem;
        }
        const std::uint64_t position = stored_hashes(committed) * hash_bytes;
        if (auto problem = hashes.write(position, bytes_of(batch_hashes))) {
            return problem;
        }
        return hashes.sync();
    }
};

LogWriter::LogWriter(std::unique_ptr<Files> files) : files_(std::move(files)) {}

LogWriter::LogWriter(LogWriter&&) noexcept = default;
LogWriter& LogWriter::operator=(LogWriter&&) noexcept = default;
LogWriter::~LogWriter() = default;

Result<LogWriter> LogWriter::create(const std::filesystem::path& folder, std::string_view origin) {
    if (!is_key_name(origin)) {
        return Error{
            ErrorCode::invalid_argument,
            "a log is named by 1 to 128 visible ASCII characters without '+'",
            {}};
    }
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const LogPaths paths(folder);
    // The entries come last: a folder without them is no log, and can be made one again.
    if (std::filesystem::exists(paths.entries, failed)) {
        return Error{
            ErrorCode::conflict,
            "there is a log in '" + folder.string() + "' already",
            {}};
    }
    if (auto problem = replace_file(paths.hashes, "")) {
        return *std::move(problem);
    }
    if (auto problem = replace_file(paths.entries, entries_header(origin))) {
        return *std::move(problem);
    }
    return open(folder);
}

Result<LogWriter> LogWriter::open(const std::filesystem::path& folder, const OpenForWriting& how) {
    const LogPaths paths(folder);
    ADIC_TRY(File entries, File::open(paths.entries, File::Mode::write));
    if (auto problem = entries.lock(how.wait)) {
        return *std::move(problem);
    }
    ADIC_TRY(File hashes, File::open(paths.hashes, File::Mode::write));
    ADIC_TRY(Scan scan, scan_folder({entries, hashes, ScanFor::repair, how.take}, paths));
    if (!scan.state.problems.empty()) {
        return damaged(folder, scan.state);
    }
    ADIC_TRY(auto announced, read_announced(paths.announced, scan.state.size));
    auto files = std::make_unique<Files>(Files{
        .folder = std::filesystem::absolute(folder),  // the program may go to another one
        .entries = std::move(entries),
        .hashes = std::move(hashes),
        .origin = scan.state.origin,
        .frontier = scan.frontier,
        .numbers = scan.state.numbers,
        .head = scan.state.head,
        .entries_end = scan.entries_end,
        .committed = scan.state.size,
        .announced = std::move(announced)});
    if (auto problem = files->repair(scan)) {
        return *std::move(problem);
    }
    return LogWriter(std::move(files));
}

const std::string& LogWriter::origin() const {
    return files_->origin;
}

std::uint64_t LogWriter::size() const {
    return files_->frontier.size();
}

Hash LogWriter::root() const {
    return files_->frontier.root();
}

const std::optional<SignedHead>& LogWriter::head() const {
    return files_->head;
}

std::uint64_t LogWriter::cut_bytes() const {
    return files_->cut_bytes;
}

Result<std::uint64_t> LogWriter::append(Event event) {
    if (files_->failure) {
        return *files_->failure;
    }
    const auto last = files_->numbers.find(event.owner);
    event.number = last == files_->numbers.end() ? 1 : last->second + 1;
    ADIC_TRY(const std::string entry, write_event(event));
    files_->numbers[event.owner] = event.number;
    const Hash leaf = leaf_hash(entry);
    const std::uint64_t index = size();
    files_->batch += framed(entry, leaf);
    files_->frontier.append(leaf, files_->batch_hashes);
    if (files_->batch.size() > largest_batch) {
        if (auto problem = commit()) {
            return *std::move(problem);
        }
    }
    return index;
}

std::optional<Error> LogWriter::commit() {
    if (files_->failure || files_->batch.empty()) {
        return files_->failure;
    }
    files_->failure = files_->write_batch();
    if (files_->failure) {
        return files_->failure;
    }
    files_->entries_end += files_->batch.size();
    files_->committed = size();
    files_->batch.clear();
    files_->batch_hashes.clear();
    return std::nullopt;
}

std::optional<Error> LogWriter::announce(std::vector<Event> events) {
    assert(files_->announced.empty() && files_->batch.empty());
    if (files_->failure) {
        return files_->failure;
    }
    const Result<std::string> text = announced_text(size(), events);
    if (!text) {
        return text.error();
    }
    if (auto problem = replace_file(LogPaths(files_->folder).announced, *text)) {
        return problem;
    }
    files_->announced = std::move(events);
    return std::nullopt;
}

const std::vector<Event>& LogWriter::announced() const {
    return files_->announced;
}

std::optional<Error> LogWriter::confirm() {
    for (const Event& event : files_->announced) {
        if (const auto index = append(event); !index) {
            return index.error();
        }
    }
    if (auto problem = commit()) {
        return problem;
    }
    return retract();
}

std::optional<Error> LogWriter::retract() {
    files_->announced.clear();
    return remove_file(LogPaths(files_->folder).announced);
}

ReadStored LogWriter::stored() const {
    return [files = files_.get()](std::uint64_t position) {
        return read_stored(files->hashes, position);
    };
}

std::optional<Error> LogWriter::publish(const SignedHead& signed_head) {
    const Head& head = signed_head.head;
    const auto refused = [](std::string why) {
        return Error{ErrorCode::conflict, "the head is not taken: " + std::move(why), {}};
    };
    if (head.origin != origin() || head.tree.size > files_->committed) {
        return refused("it is not one of this log");
    }
    if (files_->head && head.tree.size < files_->head->head.tree.size) {
        return refused("it is of fewer entries than the one that is there");
    }
    const Result<Hash> root = root_at(head.tree.size, stored());
    if (!root) {
        return root.error();
    }
    if (*root != head.tree.root) {
        return refused("it is over other entries");
    }
    if (auto problem =
            replace_file(LogPaths(files_->folder).head, write_signed_head(signed_head))) {
        return problem;
    }
    files_->head = signed_head;
    return std::nullopt;
}

}  // namespace adic::audit
