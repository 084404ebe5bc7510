#include "adic/audit/evidence.hpp"

#include "files.hpp"
#include "owner.hpp"
#include "text_parts.hpp"

namespace adic::audit {
namespace {

constexpr std::string_view first_line = "adic audit evidence 1";

Error no_evidence(std::string_view why) {
    return Error{ErrorCode::invalid_argument, "this is not evidence: " + std::string(why), {}};
}

/// "entry 17 {...}" in its parts.
struct EntryLine {
    std::uint64_t index;
    std::string_view entry;
};

std::optional<EntryLine> parse_entry_line(std::string_view line) {
    const std::size_t brace = line.find(" {");
    const auto index = brace == std::string_view::npos
                           ? std::nullopt
                           : number_after("entry", line.substr(0, brace));
    if (!index) {
        return std::nullopt;
    }
    return EntryLine{*index, line.substr(brace + 1)};
}

/// Checks evidence line by line.
class Checker {
  public:
    Checker(LineStream lines, const Policy& policy, const TakeProven& take)
        : lines_(std::move(lines))
        , policy_(policy)
        , take_(take) {}

    Result<EvidenceVerdict> check() && {
        ADIC_TRY(const std::string_view begin, lines_.expect());
        if (begin != first_line) {
            return no_evidence("it does not begin with 'adic audit evidence 1'");
        }
        if (auto problem = take_rest()) {
            if (problem->code != ErrorCode::invalid_argument) {
                return *std::move(problem);
            }
            verdict_.problems.push_back(problem->message);
        }
        verdict_.is_gapless = verdict_.entries == last_number_;
        if (verdict_.problems.empty() && !verdict_.is_gapless) {
            verdict_.problems.push_back(
                "entries of " + verdict_.owner + " are left out: there are "
                + std::to_string(verdict_.entries) + ", and the last has number "
                + std::to_string(last_number_)
            );
        }
        return std::move(verdict_);
    }

  private:
    /// Errors: the first thing that is wrong.
    std::optional<Error> take_rest() {
        if (auto problem = take_beginning()) {
            return problem;
        }
        while (true) {
            Result<std::string_view> line = lines_.expect();
            if (!line) {
                return line.error();
            }
            if (const auto count = number_after("end", *line)) {
                return end(*count);
            }
            if (auto problem = take_entry(*line)) {
                return problem;
            }
        }
    }

    std::optional<Error> take_beginning() {
        const Result<std::string_view> line = lines_.expect();
        if (!line) {
            return line.error();
        }
        if (!line->starts_with("owner ") || !is_owner(line->substr(6))) {
            return no_evidence("the owner comes second");
        }
        verdict_.owner = line->substr(6);
        Result<SignedHead> head = read_head_block(lines_);
        if (!head) {
            return head.error();
        }
        verdict_.head = *std::move(head);
        verdict_.signatures = judge(verdict_.head, policy_);
        return std::nullopt;
    }

    std::optional<Error> take_entry(std::string_view line) {
        const auto parts = parse_entry_line(line);
        if (!parts) {
            return no_evidence("there is a line that is neither an entry nor the end");
        }
        const std::string which = "entry " + std::to_string(parts->index) + ": ";
        const Result<Event> event = parse_event(parts->entry);
        if (!event) {
            return Error{ErrorCode::invalid_argument, which + event.error().message, {}};
        }
        const Hash leaf = leaf_hash(parts->entry);
        const std::uint64_t index = parts->index;
        if (event->owner != verdict_.owner || (verdict_.entries > 0 && index <= last_index_)
            || event->number <= last_number_) {
            return Error{
                ErrorCode::invalid_argument,
                which + "it is another owner's, or does not stand in order",
                {}};
        }
        const Result<Proof> proof = next_proof();
        if (!proof) {
            return proof.error();
        }
        if (!proves_inclusion(leaf, index, *proof, verdict_.head.head.tree)) {
            return Error{
                ErrorCode::invalid_argument,
                which + "the proof does not lead from it to the head",
                {}};
        }
        last_index_ = index;
        last_number_ = event->number;
        ++verdict_.entries;
        if (take_) {
            take_(index, *event);
        }
        return std::nullopt;
    }

    /// "proof 3" and that many hashes.
    Result<Proof> next_proof() {
        ADIC_TRY(const std::string_view begin, lines_.expect());
        const auto count = number_after("proof", begin);
        if (!count || *count > longest_proof) {
            return no_evidence("a proof comes after each entry");
        }
        Proof proof;
        for (std::uint64_t i = 0; i < *count; ++i) {
            ADIC_TRY(const std::string_view line, lines_.expect());
            ADIC_TRY(const Hash hash, parse_hash(line));
            proof.push_back(hash);
        }
        return proof;
    }

    std::optional<Error> end(std::uint64_t count) {
        const auto more = lines_.next();
        if (!more) {
            return more.error();
        }
        if (count != verdict_.entries || *more) {
            return no_evidence("it does not end where it says that it does");
        }
        return std::nullopt;
    }

    LineStream lines_;
    const Policy& policy_;
    const TakeProven& take_;
    EvidenceVerdict verdict_;
    std::uint64_t last_index_ = 0;
    std::uint64_t last_number_ = 0;
};

/// An entry with its proof, as text.
Result<std::string>
proven_text(const LogReader& log, const Head& head, std::uint64_t index, std::string_view entry) {
    ADIC_TRY(const Proof proof, inclusion_proof(index, head.tree.size, log.stored()));
    if (!proves_inclusion(leaf_hash(entry), index, proof, head.tree)) {
        return Error{ErrorCode::conflict, "the head is not one of this log", {}};
    }
    std::string text = "entry " + std::to_string(index) + ' ' + std::string(entry) + "\nproof "
                       + std::to_string(proof.size()) + '\n';
    for (const Hash& hash : proof) {
        text += to_base64(hash) + '\n';
    }
    return text;
}

}  // namespace

Result<std::uint64_t> write_evidence(
    const LogReader& log,
    std::string_view owner,
    const SignedHead& head,
    const TakeText& take
) {
    if (head.head.origin != log.state().origin || head.head.tree.size > log.state().size) {
        return Error{ErrorCode::conflict, "the head is not one of this log", {}};
    }
    ADIC_TRY(const Hash root, root_at(head.head.tree.size, log.stored()));
    if (root != head.head.tree.root) {
        return Error{ErrorCode::conflict, "the head is not one of this log", {}};
    }
    if (!is_owner(owner)) {
        return Error{
            ErrorCode::invalid_argument,
            "an owner is a state, in three capital letters",
            {}};
    }
    if (auto problem = take(
            std::string(first_line) + "\nowner " + std::string(owner) + '\n' + head_block(head)
        )) {
        return *std::move(problem);
    }
    std::uint64_t entries = 0;
    const auto take_entry = [&](std::uint64_t index, std::string_view entry, const Event& event
                            ) -> Result<bool> {
        if (index >= head.head.tree.size) {
            return false;
        }
        if (event.owner != owner) {
            return true;
        }
        ADIC_TRY(const std::string text, proven_text(log, head.head, index, entry));
        if (auto problem = take(text)) {
            return *std::move(problem);
        }
        ++entries;
        return true;
    };
    if (auto problem = log.each_entry(take_entry)) {
        return *std::move(problem);
    }
    if (auto problem = take("end " + std::to_string(entries) + '\n')) {
        return *std::move(problem);
    }
    return entries;
}

Result<EvidenceVerdict>
check_evidence(const std::filesystem::path& path, const Policy& policy, const TakeProven& take) {
    ADIC_TRY(const File file, File::open(path, File::Mode::read));
    return Checker(LineStream{Window(file)}, policy, take).check();
}

Result<EvidenceVerdict>
check_evidence_text(std::string_view text, const Policy& policy, const TakeProven& take) {
    return Checker(LineStream{Window(text)}, policy, take).check();
}

}  // namespace adic::audit
