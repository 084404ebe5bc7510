#include "adic/registry/store/record_store.hpp"

#include "adic/model/aggregate.hpp"

#include <set>

namespace adic::registry {
namespace {

/// A message does not repeat an identifier that is none.
std::string name_in_message(const RecordWrite& write, std::size_t position) {
    constexpr std::size_t longest = 500;
    const std::string& id = write.record.id;
    return id.size() <= longest && model::is_storable_text(id)
               ? "record '" + id + "'"
               : "record " + std::to_string(position + 1) + " of the set";
}

}  // namespace

Result<std::vector<std::optional<model::RecordVersion>>> RecordStore::latest_of(
    std::span<const std::string> ids
) const {
    std::vector<std::optional<model::RecordVersion>> versions;
    for (const std::string& id : ids) {
        ADIC_TRY(auto version, latest(id));
        versions.push_back(std::move(version));
    }
    return versions;
}

std::optional<Error> problem_of(std::span<const RecordWrite> writes) {
    std::string message;
    std::set<std::string_view> ids;
    for (std::size_t w = 0; w < writes.size(); ++w) {
        const RecordWrite& write = writes[w];
        std::vector<std::string> problems = model::problems_of(write.record);
        if (!model::is_storable_text(write.by) || !model::is_storable_text(write.why)) {
            problems.emplace_back(
                "who writes, and why, have at most 10 000 bytes of UTF-8 without U+0000"
            );
        }
        const bool is_result =
            write.record.type != nullptr && write.record.type->key == model::aggregate_result_type;
        if (is_result && (write.follows > 0 || write.is_withdrawal)) {
            problems.emplace_back(
                "a result belongs to all who consented: it is neither changed nor taken back"
            );
        }
        if (!ids.insert(write.record.id).second) {
            problems.emplace_back("is written twice");
        }
        for (const std::string& problem : problems) {
            message += '\n' + name_in_message(write, w) + ": " + problem;
        }
    }
    if (message.empty()) {
        return std::nullopt;
    }
    return Error{ErrorCode::invalid_argument, "these records are not right:" + message, {}};
}

}  // namespace adic::registry
