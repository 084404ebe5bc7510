#include "store/stored_version.hpp"

#include "adic/registry/store/record_json.hpp"

#include <utility>

namespace adic::registry {

Result<model::RecordVersion> version_of(StoredVersion stored) {
    const std::string name = stored.id + " version " + std::to_string(stored.number);
    model::Record record;
    record.id = std::move(stored.id);
    record.type = model::find_record_type(stored.type);
    record.owner = std::move(stored.owner);
    if (record.type == nullptr) {
        return Error{
            ErrorCode::invalid_argument,
            "a stored record has a type that this version of adic does not know",
            name + ": " + stored.type};
    }
    model::RecordVersion version;
    version.number = static_cast<std::uint64_t>(stored.number);
    version.at = std::chrono::sys_seconds{std::chrono::seconds{stored.at_s}};
    version.by = std::move(stored.by);
    version.why = std::move(stored.why);
    version.is_withdrawn = stored.is_withdrawn;
    auto read = parse_record_body(stored.body, std::move(record));
    if (!read) {
        Error problem = std::move(read).error();
        problem.detail = name;
        return problem;
    }
    version.record = *std::move(read);
    return version;
}

Error changed_since(const RecordWrite& write, std::uint64_t latest) {
    return Error{
        ErrorCode::conflict,
        "record '" + write.record.id
            + "' has been changed by somebody else since: it is at version "
            + std::to_string(latest) + ", and this change follows version "
            + std::to_string(write.follows),
        {}};
}

Error no_longer_given(const RecordStand& given) {
    return Error{
        ErrorCode::conflict,
        "record '" + given.id + "' has been changed since it was looked at",
        {}};
}

Error keeps_owner_and_type(const RecordWrite& write) {
    return Error{
        ErrorCode::conflict,
        "record '" + write.record.id + "' keeps its owner and its type",
        {}};
}

}  // namespace adic::registry
