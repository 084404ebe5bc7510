#pragma once

#include "adic/registry/store/record_store.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace adic::test {

/// A store in memory, for tests of what stands above stores. It checks nothing.
class MemoryStore : public registry::RecordStore {
  public:
    std::optional<Error>
    write(std::span<const registry::RecordWrite> writes, std::chrono::sys_seconds at) override {
        for (const registry::RecordWrite& write : writes) {
            versions_.push_back(
                {write.record, write.follows + 1, at, write.by, write.why, write.is_withdrawal}
            );
        }
        return std::nullopt;
    }

    Result<std::optional<model::RecordVersion>> latest(const std::string& id) const override {
        std::optional<model::RecordVersion> found;
        for (const model::RecordVersion& version : versions_) {
            found = version.record.id == id ? std::optional{version} : found;
        }
        return found;
    }

    Result<std::vector<model::RecordVersion>> history(const std::string& id) const override {
        std::vector<model::RecordVersion> found;
        std::ranges::copy_if(versions_, std::back_inserter(found), [&](const auto& version) {
            return version.record.id == id;
        });
        return found;
    }

    std::optional<Error> scan(
        const registry::RecordFilter&,
        const std::function<bool(const model::RecordVersion&)>& visit
    ) const override {
        std::map<std::string, const model::RecordVersion*> latest;
        for (const model::RecordVersion& version : versions_) {
            latest[version.record.id] = &version;
        }
        for (const auto& [id, version] : latest) {
            if (!version->is_withdrawn && !visit(*version)) {
                break;
            }
        }
        return std::nullopt;
    }

    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t, const model::RecordVersion&)>& visit
    ) const override {
        while (sequence < versions_.size()) {
            ++sequence;
            if (!visit(sequence, versions_[sequence - 1])) {
                break;
            }
        }
        return sequence;
    }

  private:
    std::vector<model::RecordVersion> versions_;
};

}  // namespace adic::test
