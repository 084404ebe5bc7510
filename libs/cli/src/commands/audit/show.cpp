#include "adic/audit/bridge.hpp"
#include "adic/audit/evidence.hpp"
#include "adic/audit/log.hpp"

#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>
#include <fstream>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using audit::Event;
using audit::LogReader;
using audit::SignedHead;

constexpr std::array entry_columns{
    Column{"index", "entry", "its place in the log, from 0", Show::count},
    Column{"number", "number", "counts the entries of the owner", Show::count, 0, In::data},
    Column{"at", "when", "by the server's clock", Show::word},
    Column{"kind", "what", "written, released, recalled, shown, told, ..."},
    Column{"record", "record", "the record, or the account that it is about"},
    Column{"reader", "to whom", "who saw it, or was told"},
    Column{"fields", "fields", "the names of the fields that were seen or released"},
    Column{"actor", "by", "the account that did it", Show::text, 0, In::data},
    Column{"detail", "", "a version, a digest or a role", Show::text, 0, In::data},
};

constexpr std::array shapes{Shape{"entries", entry_columns}};

constexpr std::array<std::string_view, 3> description{
    "With --owner, lists what was done with the records of a state up to the signed head of the "
    "log, and with --out writes it as evidence: each entry with the proof that it is in the log. "
    "Whoever has the keys can check it without the log: adic audit verify.",
    "With --since, writes a bridge: the proof that the head continues the log as it was with so "
    "many entries. A witness that does not have the log needs one to co-sign.",
    "The log is read as a whole and refused if a byte of it is not as it was written."};

constexpr std::array arguments{
    Argument{.name = "LOG", .help = "the folder of the log", .completes = Completes::folder}};

constexpr std::array<std::string_view, 9> kinds{
    "account",
    "acknowledged",
    "exported",
    "imported",
    "recalled",
    "released",
    "shown",
    "told",
    "written"};

constexpr std::array options{
    Option{
        .name = "--owner",
        .value = "STATE",
        .help = "whose records: a state as three capital letters"},
    Option{
        .name = "--kind",
        .value = "KIND",
        .help = "list only these; the evidence has all",
        .choices = kinds},
    Option{
        .name = "--record",
        .value = "RECORD",
        .help = "list only what was done with this one; the evidence has all"},
    Option{
        .name = "--since",
        .value = "SIZE",
        .help = "write a bridge from so many entries, 0 for all"},
    Option{
        .name = "--head",
        .value = "HEAD",
        .help = "a signed head of the log to prove up to, instead of the one in its folder",
        .completes = Completes::file},
    Option{
        .name = "--out",
        .value = "FILE",
        .help = "where to write the evidence or the bridge",
        .completes = Completes::file},
    Option{
        .name = "--top",
        .value = "N",
        .help = "how many of the last entries to list; 0 lists all",
        .standard = "50"},
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic audit show my-log --owner IDN --kind shown",
        "Who was shown which of Indonesia's records."},
    Example{
        "adic audit show my-log --owner IDN --out my-log/evidence",
        "The same and all else, as evidence to keep or to hand on."},
    Example{
        "adic audit show my-log --since 1200 --out my-log/bridge",
        "What a witness needs that co-signed at 1,200 entries."},
};

/// Evidence may be larger than memory: it is written as it is made, beside its place, which it
/// takes at the end.
class EvidenceFile {
  public:
    explicit EvidenceFile(const std::filesystem::path& path) : path_(path), beside_(path) {
        if (!path.empty()) {
            beside_ += ".part";
            file_.open(beside_, std::ios::binary);
        }
    }

    EvidenceFile(const EvidenceFile&) = delete;
    EvidenceFile& operator=(const EvidenceFile&) = delete;
    EvidenceFile(EvidenceFile&&) = delete;
    EvidenceFile& operator=(EvidenceFile&&) = delete;

    ~EvidenceFile() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove(beside_, ignored);
        }
    }

    std::optional<Error> take(std::string_view text) {
        if (path_.empty()) {
            return std::nullopt;
        }
        file_ << text;
        return file_.good() ? std::nullopt : std::optional{cannot_write()};
    }

    std::optional<Error> finish() {
        if (path_.empty()) {
            return std::nullopt;
        }
        file_ << std::flush;
        std::error_code failed;
        if (file_.good()) {
            std::filesystem::rename(beside_, path_, failed);
        }
        return file_.good() && !failed ? std::nullopt : std::optional{cannot_write()};
    }

  private:
    Error cannot_write() const {
        return Error{
            ErrorCode::unavailable,
            "'" + path_.string() + "' cannot be written: is the folder there, is there room?",
            {}};
    }

    std::filesystem::path path_;
    std::filesystem::path beside_;
    std::ofstream file_;
};

Result<SignedHead> chosen_head(const Invocation& words, const LogReader& log) {
    if (words.has("--head")) {
        return audit::read_head_file(words.text("--head"));
    }
    if (!log.state().head) {
        return Error{
            ErrorCode::not_found,
            "the log has no signed head, so nothing can be proven yet: adic audit sign makes one",
            {}};
    }
    return *log.state().head;
}

Row row_of(std::uint64_t index, const Event& event) {
    return {
        index,
        event.number,
        audit::to_rfc3339(event.at),
        std::string(audit::name_of(event.kind)),
        event.record,
        event.reader,
        Words(event.fields),
        event.actor,
        event.detail};
}

/// Whether a line is asked for.
bool is_wanted(const Event& event, const Invocation& words) {
    const std::string& kind = words.text("--kind");
    const std::string& record = words.text("--record");
    return event.owner == words.text("--owner")
           && (kind.empty() || kind == audit::name_of(event.kind))
           && (record.empty() || record == event.record);
}

/// The last `top` entries of the owner, and how many there are.
Result<Section> entries_section(
    const LogReader& log,
    const SignedHead& head,
    const Invocation& words,
    std::uint64_t top
) {
    std::vector<Row> rows;
    std::uint64_t count = 0;
    const auto take = [&](std::uint64_t index, std::string_view, const Event& event
                      ) -> Result<bool> {
        if (index < head.head.tree.size && is_wanted(event, words)) {
            ++count;
            rows.push_back(row_of(index, event));
        }
        if (top > 0 && rows.size() >= 2 * top) {
            rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(top));
        }
        return index < head.head.tree.size;
    };
    if (auto problem = log.each_entry(take)) {
        return *std::move(problem);
    }
    if (top > 0 && rows.size() > top) {
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(top));
    }
    Section section{"", &shapes[0], std::move(rows), "There are no such entries.", {}};
    if (section.rows.size() < count) {
        section.notes.push_back(fmt::format("The last {} of {} are shown.", top, count));
    }
    return section;
}

Result<Outcome> show_owner(const Invocation& words, const LogReader& log) {
    ADIC_TRY(const std::uint64_t top, words.whole("--top", 0, UINT32_MAX));
    ADIC_TRY(const SignedHead head, chosen_head(words, log));
    EvidenceFile file(words.text("--out"));
    const auto take = [&](std::string_view text) { return file.take(text); };
    ADIC_TRY(
        const std::uint64_t entries,
        audit::write_evidence(log, words.text("--owner"), head, take)
    );
    if (auto problem = file.finish()) {
        return *std::move(problem);
    }
    ADIC_TRY(Section section, entries_section(log, head, words, top));
    std::vector<Sentence> notes{fmt::format(
        "Of {} entries of {} under the signed head, {} are about records of {}.",
        head.head.tree.size,
        head.head.origin,
        entries,
        words.text("--owner")
    )};
    if (words.has("--out")) {
        notes.push_back("The evidence is in " + words.text("--out") + '.');
    }
    return Outcome{Report{{}, {std::move(section)}, std::move(notes)}};
}

Result<Outcome> show_bridge(const Invocation& words, const LogReader& log) {
    ADIC_TRY(const std::uint64_t since, words.whole("--since", 0, UINT64_MAX));
    ADIC_TRY(const SignedHead head, chosen_head(words, log));
    ADIC_TRY(const audit::Bridge bridge, audit::make_bridge(log, since, head));
    if (!words.has("--out")) {
        return Outcome{audit::write_bridge(bridge)};
    }
    if (auto problem = write_file(words.text("--out"), audit::write_bridge(bridge))) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "A bridge from {} to {} entries of {} is in {}.\n",
        since,
        head.head.tree.size,
        head.head.origin,
        words.text("--out")
    )};
}

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    if (words.has("--owner") == words.has("--since")) {
        return Error{
            ErrorCode::invalid_argument,
            "either --owner STATE, for the entries of an owner, or --since SIZE, for a bridge",
            {}};
    }
    if (words.has("--out")) {
        if (auto problem = stands_in_the_way(words.text("--out"), words)) {
            return *std::move(problem);
        }
    }
    ADIC_TRY(const LogReader log, LogReader::open(words.text("LOG")));
    return words.has("--owner") ? show_owner(words, log) : show_bridge(words, log);
}

}  // namespace

Command audit_show_command() {
    return {
        .name = "audit show",
        .summary = "list who was shown which records of an owner, and prove it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
