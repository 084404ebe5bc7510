#include "adic/audit/log.hpp"
#include "adic/audit/merkle.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <algorithm>
#include <cstdint>

/// The input is a file of entries, then two bytes that say how long the file of hashes at its end
/// is. A log that is read without a problem can be proven, and a writer that opens it leaves one
/// that is sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    const std::string_view text = adic::fuzz::text_of(data, size);
    std::size_t hashes = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(2, size); ++i) {
        hashes = hashes * 256 + data[size - 1 - i];
    }
    const std::string_view body = text.substr(0, size - std::min<std::size_t>(2, size));
    hashes = std::min(hashes, body.size());
    scratch.write("entries", body.substr(0, body.size() - hashes));
    scratch.write("hashes", body.substr(body.size() - hashes));
    const auto state = adic::audit::inspect_log(scratch.path());
    if (!state) {
        return 0;
    }
    require(state->problems.size() <= 20);
    const auto reader = adic::audit::LogReader::open(scratch.path());
    require(static_cast<bool>(reader) == state->problems.empty());
    if (reader && state->torn.empty()) {
        const auto root = adic::audit::root_at(state->size, reader->stored());
        require(root && *root == state->root);
    }
    const auto writer = adic::audit::LogWriter::open(scratch.path());
    require(static_cast<bool>(writer) == state->problems.empty());
    if (writer) {
        const auto after = adic::audit::inspect_log(scratch.path());
        require(after && after->problems.empty() && after->torn.empty());
        require(after->root == state->root);
    }
    return 0;
}
