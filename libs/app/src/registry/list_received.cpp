#include "adic/app/bundles.hpp"
#include "adic/registry/release/gate.hpp"

namespace adic::app {

Result<registry::Released<std::vector<registry::ReceivedRecord>>> list_received(
    const registry::BundleStore& bundles,
    const model::Reader& reader,
    const Viewing& viewing
) {
    ADIC_TRY(const auto all, bundles.received());
    const registry::ReleaseGate gate{reader, [](std::string_view) -> const model::Record* {
                                         return nullptr;
                                     }};
    auto received = gate.see_received(all);
    std::vector<ShownRecord> shown;
    for (const registry::ReceivedRecord& one : *received) {
        shown.push_back(shown_received(one.versions.back().record, one.number));
    }
    if (viewing.log != nullptr) {
        if (auto refused = viewing.log->disclose({reader, viewing.actor, viewing.at}, shown)) {
            return *std::move(refused);
        }
    }
    return received;
}

}  // namespace adic::app
