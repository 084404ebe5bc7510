#include "scan.hpp"

#include "entry_stream.hpp"

#include <algorithm>

namespace adic::audit {
namespace {

constexpr std::size_t most_problems = 20;

Hash hash_of(std::string_view bytes) {
    Hash hash{};
    std::transform(bytes.begin(), bytes.end(), hash.begin(), [](char byte) {
        return static_cast<unsigned char>(byte);
    });
    return hash;
}

/// One pass over a log.
class Scanner {
  public:
    Scanner(const OpenLog& log, std::optional<SignedHead> head)
        : stored_(log.hashes)
        , purpose_(log.purpose)
        , take_(log.take) {
        scan_.state.head = std::move(head);
        if (scan_.state.head) {
            head_tree_ = scan_.state.head->head.tree;
        }
    }

    std::optional<Error> take_entries(EntryStream& entries) {
        scan_.state.origin = entries.origin();
        if (scan_.state.head && scan_.state.head->head.origin != entries.origin()) {
            add_problem("the head is that of another log");
        }
        check_head_root();
        while (true) {
            const Result<bool> found = entries.next();
            if (!found) {
                return found.error();
            }
            if (!*found) {
                break;
            }
            if (auto problem = take_entry(entries)) {
                return problem;
            }
        }
        scan_.entries_end = entries.end();
        scan_.state.size = scan_.frontier.size();
        scan_.state.root = scan_.frontier.root();
        return std::nullopt;
    }

    Scan finished(const std::string& torn, std::uint64_t hashes_bytes) && {
        const std::uint64_t size = scan_.state.size;
        scan_.hashes_bytes = hashes_bytes;
        if (size < head_tree_.size) {
            add_problem(
                "there are " + std::to_string(size) + " whole entries, and the head is over "
                + std::to_string(head_tree_.size)
            );
        }
        // Hashes are written when their entries are on the disk: an entry that is gone was cut off
        // by somebody, and not by a machine that stopped.
        if (hashes_bytes > stored_hashes(size) * hash_bytes) {
            add_problem("there are hashes of entries that are not there");
        }
        if (!torn.empty() && !scan_.state.problems.empty()) {
            scan_.state.problems.insert(
                scan_.state.problems.begin(),
                "entry " + std::to_string(size) + ": " + torn
            );
            scan_.state.problems.resize(std::min(scan_.state.problems.size(), most_problems));
        } else {
            scan_.state.torn = torn.empty() ? missing_ : torn;
        }
        return std::move(scan_);
    }

  private:
    void add_problem(std::string problem) {
        if (scan_.state.problems.size() < most_problems) {
            scan_.state.problems.push_back(std::move(problem));
        }
    }

    void check_head_root() {
        if (scan_.state.head && scan_.frontier.size() == head_tree_.size
            && scan_.frontier.root() != head_tree_.root) {
            add_problem(
                "the first " + std::to_string(head_tree_.size)
                + " entries are not those that the head is over"
            );
        }
    }

    std::optional<Error> take_entry(const EntryStream& entries) {
        check_event(entries.entry());
        completed_.clear();
        scan_.frontier.append(entries.leaf(), completed_);
        check_head_root();
        for (const Hash& hash : completed_) {
            if (auto problem = take_hash(hash)) {
                return problem;
            }
        }
        return std::nullopt;
    }

    void check_event(std::string_view entry) {
        const std::string which = "entry " + std::to_string(scan_.frontier.size());
        const Result<Event> event = parse_event(entry);
        if (!event) {
            add_problem(which + ": " + event.error().message);
            return;
        }
        std::uint64_t& last = scan_.state.numbers[event->owner];
        if (event->number != last + 1) {
            add_problem(
                which + ": has number " + std::to_string(event->number) + " of " + event->owner
                + ", after " + std::to_string(last)
            );
        }
        last = event->number;
        if (take_) {
            take_(*event);
        }
    }

    std::optional<Error> take_hash(const Hash& hash) {
        const std::uint64_t position = position_++;
        if (!is_behind_) {
            const auto bytes = stored_.peek(hash_bytes);
            if (!bytes) {
                return bytes.error();
            }
            if (bytes->size() == hash_bytes && hash_of(*bytes) == hash) {
                stored_.skip(hash_bytes);
                scan_.good_hashes = position + 1;
                return std::nullopt;
            }
            is_behind_ = true;
            const bool is_missing = bytes->find_first_not_of('\0') == std::string_view::npos
                                    || bytes->size() < hash_bytes;
            const std::string what = "the stored hash " + std::to_string(position) + " is "
                                     + (is_missing ? "missing" : "not that of its entries");
            if (position < stored_hashes(head_tree_.size) || !is_missing) {
                add_problem(what);
            } else {
                missing_ = what;
            }
        }
        if (purpose_ == ScanFor::repair && position >= stored_hashes(head_tree_.size)) {
            scan_.later_hashes.push_back(hash);
        }
        return std::nullopt;
    }

    Scan scan_;
    TreeHead head_tree_;
    Window stored_;
    ScanFor purpose_;
    const std::function<void(const Event& event)>& take_;
    std::uint64_t position_ = 0;
    bool is_behind_ = false;  ///< of the stored hashes, behind the entries
    std::string missing_;     ///< as a machine leaves it that stopped between the two files
    std::vector<Hash> completed_;
};

}  // namespace

Result<Hash> read_stored(const File& hashes, std::uint64_t position) {
    ADIC_TRY(const std::string bytes, hashes.read(position * hash_bytes, hash_bytes));
    if (bytes.size() != hash_bytes) {
        return Error{ErrorCode::conflict, "the stored hashes end too early", {}};
    }
    return hash_of(bytes);
}

Result<std::optional<SignedHead>> read_head(const std::filesystem::path& path) {
    const Result<std::string> text = read_small_file(path, longest_note);
    if (!text && text.error().code == ErrorCode::not_found) {
        return std::optional<SignedHead>{};
    }
    if (!text) {
        return text.error();
    }
    ADIC_TRY(SignedHead head, parse_signed_head(*text));
    return std::optional{std::move(head)};
}

Result<Scan> scan_log(const OpenLog& log, std::optional<SignedHead> head) {
    ADIC_TRY(const std::uint64_t hashes_bytes, log.hashes.size());
    ADIC_TRY(EntryStream stream, EntryStream::open(log.entries));
    Scanner scanner(log, std::move(head));
    if (auto problem = scanner.take_entries(stream)) {
        return *std::move(problem);
    }
    return std::move(scanner).finished(stream.torn(), hashes_bytes);
}

}  // namespace adic::audit
