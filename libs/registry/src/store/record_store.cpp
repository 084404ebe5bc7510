#include "adic/registry/store/record_store.hpp"

#include <set>

namespace adic::registry {

std::optional<Error> problem_of(std::span<const RecordWrite> writes) {
    std::string message;
    std::set<std::string_view> ids;
    for (const RecordWrite& write : writes) {
        for (const std::string& problem : model::problems_of(write.record)) {
            message += "\nrecord '" + write.record.id + "': " + problem;
        }
        if (!ids.insert(write.record.id).second) {
            message += "\nrecord '" + write.record.id + "': is written twice";
        }
    }
    if (message.empty()) {
        return std::nullopt;
    }
    return Error{ErrorCode::invalid_argument, "these records are not right:" + message, {}};
}

}  // namespace adic::registry
