#include "adic/audit/last_signed.hpp"

#include "adic/base/text.hpp"

#include "files.hpp"
#include "lines.hpp"

#include <algorithm>
#include <array>

namespace adic::audit {
namespace {

constexpr std::string_view first_line = "adic audit heads 1";
constexpr std::size_t most_logs = 1000;
constexpr std::size_t longest_heads_file = std::size_t{1} << 18U;

std::filesystem::path beside(const std::filesystem::path& path, std::string_view ending) {
    std::filesystem::path result = path;
    result += ending;
    return result;
}

Error no_heads(std::string_view why) {
    return Error{
        ErrorCode::invalid_argument,
        "this does not say which heads a key signed last: " + std::string(why),
        {}};
}

Result<Head> next_head(LineReader& lines) {
    Head head;
    head.origin = lines.next();
    const auto size = parse_whole(lines.next());
    const auto root = parse_hash(lines.next());
    if (!is_key_name(head.origin) || !size || !root) {
        return no_heads("a head is the log's name, its size and its root, a line each");
    }
    head.tree = {*size, *root};
    return head;
}

std::string what_is_taken_back(const Head& last, const Head& next) {
    if (next.tree.size < last.tree.size) {
        return "it has " + std::to_string(next.tree.size) + " entries, and a head of "
               + std::to_string(last.tree.size) + " was signed before: was an old copy restored?";
    }
    return "it does not begin with the " + std::to_string(last.tree.size)
           + " entries of the head that was signed before: the log has been forked";
}

}  // namespace

/// The lock is on the file of the key, which is never replaced.
struct Signer::Lock {
    File file;
};

std::string write_last_heads(const std::vector<Head>& heads) {
    std::string text = std::string(first_line) + '\n';
    for (const Head& head : heads) {
        text += '\n' + note_text(head);
    }
    return text;
}

Result<std::vector<Head>> parse_last_heads(std::string_view text) {
    std::vector<Head> heads;
    LineReader lines(text.substr(0, longest_heads_file));
    if (lines.next() != first_line) {
        return no_heads("it does not begin with 'adic audit heads 1'");
    }
    while (!lines.is_done()) {
        if (!lines.next().empty() || heads.size() >= most_logs) {
            return no_heads("an empty line comes before each of at most 1,000 heads");
        }
        ADIC_TRY(Head head, next_head(lines));
        if (!heads.empty() && heads.back().origin >= head.origin) {
            return no_heads("the logs stand in order, none of them twice");
        }
        heads.push_back(std::move(head));
    }
    if (write_last_heads(heads) != text) {
        return no_heads("it is not written in the one way there is");
    }
    return heads;
}

Result<VerifyingKey>
Signer::make(const std::filesystem::path& path, std::string name, KeyKind kind) {
    const std::array others{beside(path, ".pub"), beside(path, ".heads")};
    std::error_code ignored;
    for (const std::filesystem::path& other : others) {
        if (std::filesystem::exists(other, ignored)) {
            return Error{ErrorCode::conflict, "'" + other.string() + "' is there already", {}};
        }
    }
    ADIC_TRY(const SigningKey key, SigningKey::create(std::move(name), kind));
    if (auto problem = write_key_file(path, key)) {
        return *std::move(problem);
    }
    if (auto problem = write_new_private_file(others[0], to_text(key.verifying()) + '\n')) {
        return *std::move(problem);
    }
    if (auto problem = write_new_private_file(others[1], write_last_heads({}))) {
        return *std::move(problem);
    }
    return key.verifying();
}

Result<Signer> Signer::open(const std::filesystem::path& path) {
    ADIC_TRY(SigningKey key, read_key_file(path));
    ADIC_TRY(File file, File::open(path, File::Mode::read));
    if (auto problem = file.lock()) {
        return *std::move(problem);
    }
    Signer signer(std::move(key), beside(path, ".heads"));
    signer.lock_ = std::make_shared<Lock>(Lock{std::move(file)});
    const auto text = read_small_file(signer.heads_path_, longest_heads_file);
    if (!text && text.error().code == ErrorCode::not_found) {
        return Error{
            ErrorCode::conflict,
            "'" + signer.heads_path_.string()
                + "' is gone, so it is not known which heads the key has signed: make a new "
                  "key",
            {}};
    }
    if (!text) {
        return text.error();
    }
    ADIC_TRY(signer.heads_, parse_last_heads(*text));
    return signer;
}

Head Signer::last_of(const std::string& origin) const {
    const auto found = std::ranges::find(heads_, origin, &Head::origin);
    return found == heads_.end() ? Head{origin, {}} : *found;
}

Result<Signature>
Signer::sign(const Head& head, const Proof& proof, std::chrono::sys_seconds time) {
    if (verifying().kind == KeyKind::log && verifying().name != head.origin) {
        return Error{
            ErrorCode::conflict,
            "the key '" + verifying().name + "' is not that of the log '" + head.origin + "'",
            {}};
    }
    const Head last = last_of(head.origin);
    if (!proves_consistency(last.tree, head.tree, proof)) {
        return Error{
            ErrorCode::conflict,
            "the head of '" + head.origin + "' is not signed: " + what_is_taken_back(last, head),
            {}};
    }
    std::vector<Head> heads = heads_;
    std::erase_if(heads, [&](const Head& other) { return other.origin == head.origin; });
    heads.push_back(head);
    std::ranges::sort(heads, {}, &Head::origin);
    if (auto problem = replace_file(heads_path_, write_last_heads(heads))) {
        return *std::move(problem);
    }
    heads_ = std::move(heads);
    return verifying().kind == KeyKind::log ? sign_head(head, key_) : cosign_head(head, key_, time);
}

}  // namespace adic::audit
