#include "adic/registry/bundle/bundle.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// The content of a bundle that was read is written to the byte, once it is signed it is read
/// again, and a reader who does not trust its signer takes nothing of it. Text that is no content
/// is tried as a signed bundle, as the lines of a record, and as a list of senders.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    namespace audit = adic::audit;
    namespace registry = adic::registry;
    static const auto key =
        *audit::SigningKey::create("mys.example/sender", audit::KeyKind::sender);
    const std::string text{adic::fuzz::text_of(data, size)};
    const registry::TrustedSender trusted{"MYS", key.verifying()};
    require(!registry::read_signed_bundle(text, {}));
    if (const auto past = registry::parse_past(text)) {
        require(registry::write_past(*past) == text);
    }
    if (const auto senders = registry::parse_senders(text)) {
        require(senders->size() <= text.size());
    }
    const auto bundle = registry::parse_bundle_content(text);
    if (!bundle) {
        require(!registry::read_signed_bundle(text, std::span(&trusted, 1)));
        return 0;
    }
    const std::string again = registry::sign_bundle(*bundle, key);
    const auto read = registry::read_signed_bundle(again, std::span(&trusted, 1));
    require(static_cast<bool>(read) == (bundle->from == "MYS"));
    require(!read || *read == *bundle);
    require(!registry::read_signed_bundle(again, {}));
    return 0;
}
