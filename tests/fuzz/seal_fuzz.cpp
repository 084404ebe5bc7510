#include "adic/audit/sealing.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// What is sealed opens as the text that it was; nothing else opens, whatever it says of itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    namespace audit = adic::audit;
    static const auto from = *audit::SigningKey::create("a", audit::KeyKind::sender);
    static const auto to = *audit::SigningKey::create("b", audit::KeyKind::recipient);
    const std::string text{adic::fuzz::text_of(data, size)};
    if (const auto claimed = audit::claimed_sender(text)) {
        require(!audit::unseal(text, to, *claimed));
    }
    require(!audit::unseal(text, to, from.verifying()));
    const auto sealed = audit::seal(text, from, to.verifying());
    require(sealed && *audit::unseal(*sealed, to, from.verifying()) == text);
    return 0;
}
