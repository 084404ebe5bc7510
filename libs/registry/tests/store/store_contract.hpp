#pragma once

#include "adic/registry/store/record_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::test {

using registry::RecordFilter;
using registry::RecordStore;
using registry::RecordWrite;

inline model::Record product(std::string id, std::string name, std::string owner = "MYS") {
    model::Record record;
    record.id = std::move(id);
    record.type = model::find_record_type("product");
    record.owner = std::move(owner);
    record.fields.resize(record.type->fields.size());
    const auto set = [&](std::string_view key, model::FieldValue value) {
        record.fields[*record.type->find_field(key)] = std::move(value);
    };
    set("name", std::move(name));
    set("kind", std::string("item of production"));
    set("price", 1234.5);
    set("lead_time", std::int64_t{90});
    set("properties", model::Words{"range: 40 km", "mass: 5 kg \xE2\x80\x94 about"});
    record.source = "catalogue";
    record.period = *model::parse_period("2025");
    record.confidence = model::Confidence::b;
    record.policy.record = *model::parse_grants("ASEAN:generalised;org:PTX@2026-01-01/", {"ASEAN"});
    record.policy.fields = {{"price", {}}};
    return record;
}

inline RecordWrite first(model::Record record) {
    return {std::move(record), 0, false, "an officer", "new"};
}

inline constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + std::chrono::hours{12};

/// How a store of one kind is made: the same one again, or a new one.
class StoreMaker {
  public:
    StoreMaker() = default;
    StoreMaker(const StoreMaker&) = delete;
    StoreMaker& operator=(const StoreMaker&) = delete;
    virtual ~StoreMaker() = default;

    /// Opens the store of this maker.
    virtual std::unique_ptr<RecordStore> open() = 0;
};

/// What every store has to do.
class StoreContract
    : public ::testing::TestWithParam<std::function<std::unique_ptr<StoreMaker>()>> {
  protected:
    StoreContract() : maker_(GetParam()()), store_(maker_->open()) {}

    std::vector<std::string> ids(const RecordFilter& filter = {}) const {
        std::vector<std::string> found;
        const auto problem = store_->scan(filter, [&](const model::RecordVersion& version) {
            found.push_back(version.record.id);
            return true;
        });
        EXPECT_FALSE(problem);
        return found;
    }

    struct Change {
        std::uint64_t sequence;
        model::RecordVersion version;
    };

    std::vector<Change> changes(std::uint64_t since) const {
        std::vector<Change> found;
        const auto last = store_->changes_since(
            since,
            [&](std::uint64_t sequence, const model::RecordVersion& version) {
                found.push_back({sequence, version});
                return true;
            }
        );
        EXPECT_TRUE(last);
        return found;
    }

    std::unique_ptr<StoreMaker> maker_;
    std::unique_ptr<RecordStore> store_;
};

}  // namespace adic::test
