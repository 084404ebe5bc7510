#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace adic::model {

/// A table of records in the order they were added, each found by its unique `id`.
///
/// `Record` has a member `std::string id`; `RecordIndex` is the strong index of the table.
/// Cost: add and find O(1) on average.
template <typename Record, typename RecordIndex>
class Catalogue {
  public:
    /// The index of the new record; empty, and nothing is added, if the id is taken.
    std::optional<RecordIndex> add(Record record) {
        const RecordIndex index{static_cast<std::uint32_t>(records_.size())};
        if (!by_id_.emplace(record.id, index).second) {
            return std::nullopt;
        }
        records_.push_back(std::move(record));
        return index;
    }

    std::optional<RecordIndex> find(std::string_view id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? std::nullopt : std::optional{found->second};
    }

    const Record& operator[](RecordIndex index) const {
        assert(index.value() < records_.size());
        return records_[index.value()];
    }

    std::size_t size() const { return records_.size(); }

    bool empty() const { return records_.empty(); }

    auto begin() const { return records_.begin(); }

    auto end() const { return records_.end(); }

  private:
    struct Hash {
        using is_transparent = void;

        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::vector<Record> records_;
    std::unordered_map<std::string, RecordIndex, Hash, std::equal_to<>> by_id_;
};

}  // namespace adic::model
