#pragma once

#include "adic/model/catalogue.hpp"
#include "adic/model/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::ingest {

/// The identifiers of one table, and the row of each.
template <typename Index>
class IdTable {
  public:
    /// The index of the id, and whether it is new.
    std::pair<Index, bool> add(std::string_view id, std::uint64_t row) {
        if (const auto known = rows_.find(id)) {
            return {*known, false};
        }
        return {*rows_.add({std::string(id), row}), true};
    }

    std::optional<Index> find(std::string_view id) const { return rows_.find(id); }

    const std::string& id_of(Index index) const { return rows_[index].id; }

    std::uint64_t row_of(Index index) const { return rows_[index].row; }

    std::size_t size() const { return rows_.size(); }

    /// The table could not be read: that an identifier is not here means nothing.
    void set_unread() { is_unread_ = true; }

    bool is_unread() const { return is_unread_; }

    void append_to(std::vector<std::string_view>& names) const {
        for (const Row& row : rows_) {
            names.push_back(row.id);
        }
    }

  private:
    struct Row {
        std::string id;
        std::uint64_t row;
    };

    model::Catalogue<Row, Index> rows_;
    bool is_unread_ = false;
};

/// Everything that a reference may name, and the units that amounts must be in.
struct Identifiers {
    IdTable<model::SourceIndex> sources;
    IdTable<model::StateIndex> states;
    IdTable<model::BlocIndex> blocs;
    IdTable<model::OrganisationIndex> organisations;
    IdTable<model::ItemIndex> items;
    std::vector<std::string> item_units;  ///< by ItemIndex
};

}  // namespace adic::ingest
