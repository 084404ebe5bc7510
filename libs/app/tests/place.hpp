#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/audit/log.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "blocks/scratch_folder.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::test {

inline constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + std::chrono::hours{12};

inline model::Record product(std::string id, std::string_view release, double price = 100) {
    model::Record record;
    record.id = std::move(id);
    record.owner = record.id.substr(0, 3);
    record.type = model::find_record_type("product");
    record.fields.resize(record.type->fields.size());
    const auto set = [&](std::string_view key, model::FieldValue value) {
        record.fields[*record.type->find_field(key)] = std::move(value);
    };
    set("name", std::string("Field radio"));
    set("kind", std::string("item of production"));
    set("price", price);
    record.policy.record = *model::parse_grants(release, {"ASEAN"});
    return record;
}

inline registry::RecordWrite first(model::Record record) {
    return {std::move(record), 0, false, "an officer", "new"};
}

inline registry::RecordWrite
next(model::Record record, std::uint64_t follows, bool is_withdrawal = false) {
    return {std::move(record), follows, is_withdrawal, "an officer", "again"};
}

inline model::Reader official(std::string state) {
    return {std::move(state), {"ASEAN"}, {}, true, std::chrono::floor<std::chrono::days>(noon)};
}

/// A registry with a log, in a folder.
struct Place {
    Place() { EXPECT_TRUE(audit::LogWriter::create(log(), "registry.example/audit")); }

    std::unique_ptr<app::AuditedStore> open() const {
        auto audited = app::AuditedStore::open(*registry::open_sqlite_store(store()), log());
        EXPECT_TRUE(audited) << audited.error().message;
        return *std::move(audited);
    }

    std::filesystem::path store() const { return scratch.path() / "registry.db"; }

    std::filesystem::path log() const { return scratch.path() / "log"; }

    std::vector<audit::Event> entries() const {
        std::vector<audit::Event> all;
        const auto reader = audit::LogReader::open(log());
        EXPECT_TRUE(reader);
        const auto problem =
            reader->each_entry([&](std::uint64_t, std::string_view, const audit::Event& event) {
                all.push_back(event);
                return Result<bool>{true};
            });
        EXPECT_FALSE(problem);
        return all;
    }

    ScratchFolder scratch;
};

}  // namespace adic::test
