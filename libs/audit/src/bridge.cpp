#include "adic/audit/bridge.hpp"

#include "files.hpp"
#include "text_parts.hpp"

namespace adic::audit {
namespace {

constexpr std::string_view first_line = "adic audit bridge 1";

Error no_bridge(std::string_view why) {
    return Error{ErrorCode::invalid_argument, "this is not a bridge: " + std::string(why), {}};
}

/// "from 17 ROOT"
Result<TreeHead> parse_from(std::string_view line) {
    const std::size_t space = line.rfind(' ');
    const auto size = space == std::string_view::npos ? std::nullopt
                                                      : number_after("from", line.substr(0, space));
    if (!size) {
        return no_bridge("'from', a size and a root come first");
    }
    ADIC_TRY(const Hash root, parse_hash(line.substr(space + 1)));
    return TreeHead{*size, root};
}

}  // namespace

Result<Bridge> make_bridge(const LogReader& log, std::uint64_t size, const SignedHead& later) {
    const Head& head = later.head;
    const Error other_log{ErrorCode::conflict, "the head is not one of this log", {}};
    if (head.origin != log.state().origin || head.tree.size > log.state().size) {
        return other_log;
    }
    if (size > head.tree.size) {
        return Error{
            ErrorCode::conflict,
            "the head has " + std::to_string(head.tree.size)
                + " entries: no bridge leads back to it from " + std::to_string(size),
            {}};
    }
    ADIC_TRY(const Hash root, root_at(head.tree.size, log.stored()));
    if (root != head.tree.root) {
        return other_log;
    }
    Bridge bridge{{size, {}}, later, {}};
    ADIC_TRY(bridge.earlier.root, root_at(size, log.stored()));
    ADIC_TRY(bridge.proof, consistency_proof(size, head.tree.size, log.stored()));
    return bridge;
}

std::string write_bridge(const Bridge& bridge) {
    std::string text = std::string(first_line) + "\nfrom " + std::to_string(bridge.earlier.size)
                       + ' ' + to_base64(bridge.earlier.root) + '\n' + head_block(bridge.later);
    for (const Hash& hash : bridge.proof) {
        text += to_base64(hash) + '\n';
    }
    return text + "end " + std::to_string(bridge.proof.size()) + '\n';
}

Result<Bridge> parse_bridge(std::string_view text) {
    if (text.size() > longest_bridge) {
        return no_bridge("it is too long");
    }
    LineStream lines{Window(text)};
    ADIC_TRY(const std::string_view begin, lines.expect());
    if (begin != first_line) {
        return no_bridge("it does not begin with 'adic audit bridge 1'");
    }
    Bridge bridge;
    ADIC_TRY(const std::string_view from, lines.expect());
    ADIC_TRY(bridge.earlier, parse_from(from));
    ADIC_TRY(bridge.later, read_head_block(lines));
    ADIC_TRY(std::string_view line, lines.expect());
    while (!line.starts_with("end ") && bridge.proof.size() < longest_proof) {
        ADIC_TRY(const Hash hash, parse_hash(line));
        bridge.proof.push_back(hash);
        ADIC_TRY(line, lines.expect());
    }
    if (write_bridge(bridge) != text) {
        return no_bridge("it is not written in the one way there is");
    }
    return bridge;
}

Result<Bridge> read_bridge_file(const std::filesystem::path& path) {
    return parsed_file(path, longest_bridge, parse_bridge);
}

}  // namespace adic::audit
