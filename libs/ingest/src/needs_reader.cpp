#include "key_map.hpp"
#include "rules.hpp"
#include "shares.hpp"
#include "table_reader.hpp"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

/// Needs row by row; keeps each group, and the likely value share of each row.
class NeedsReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::needs;
        const auto item = row.item(at(needs, "item"));
        const std::string_view name = row.text(at(needs, "group"));
        const auto take = row.whole(at(needs, "take"));
        const auto input = row.item(at(needs, "input"));
        const auto role = row.word(at(needs, "role"), &model::parse_role);
        const auto essential = row.word(at(needs, "essential"), &model::parse_essential);
        if (!row.is_good()) {
            read_rest(row);  // its group would be reported for what is not its fault
            return;
        }
        const std::uint32_t number =
            group_of(row, {*item, std::string(name), take.value_or(1), *role, *essential});
        check_input(row, number, *input);
        const Rest rest = read_rest(row);
        groups_[number].value_shares.push_back(rest.value_share ? rest.value_share->likely() : 0.0);
        if (row.is_wanted()) {
            row.import().sink->add(model::Need{
                model::GroupIndex{number},
                *input,
                rest.quantity,
                rest.value_share,
                row.keep(*rest.provenance)});
        }
    }

    void finish(RowReader& row) override {
        std::vector<Sum> sums;  // by item, in the order of the first groups
        std::unordered_map<std::uint32_t, std::size_t> sum_of_item;
        for (const Group& group : groups_) {
            check_take(row, group);
            const auto [place, is_new] = sum_of_item.emplace(group.head.item.value(), sums.size());
            if (is_new) {
                sums.push_back({&group, 0.0});
            }
            sums[place->second].value += sum_of_largest(group.value_shares, group.head.take);
        }
        for (const Sum& sum : sums) {
            check_sum(row, sum);
        }
    }

  private:
    struct Group {
        model::NeedGroup head;
        std::uint64_t row;  ///< the first
        std::vector<double> value_shares;
    };

    struct Sum {
        const Group* first;
        double value;
    };

    struct Rest {
        std::optional<Estimate> quantity;
        std::optional<Estimate> value_share;
        std::optional<model::Provenance> provenance;
    };

    static Rest read_rest(RowReader& row) {
        using tables::needs;
        Rest rest;
        rest.quantity = row.estimate(at(needs, "quantity"));
        rest.value_share = row.estimate(at(needs, "value_share"));
        rest.provenance = row.provenance();
        return rest;
    }

    /// The number of the group, which is new with its first row; reports a row that disagrees.
    std::uint32_t group_of(RowReader& row, model::NeedGroup head) {
        const auto next = static_cast<std::uint32_t>(groups_.size());
        const auto [place, is_new] =
            numbers_.emplace(std::to_string(head.item.value()) + ' ' + head.name, next);
        if (!is_new) {
            check_agreement(row, groups_[place->second], head);
            return place->second;
        }
        if (row.is_wanted()) {
            row.import().sink->add(head);
        }
        groups_.push_back({std::move(head), row.row(), {}});
        return next;
    }

    static void check_agreement(RowReader& row, const Group& group, const model::NeedGroup& head) {
        using tables::needs;
        const auto complain = [&](std::size_t column, std::string_view there) {
            row.complain(
                rules::group_disagrees,
                column,
                "row " + std::to_string(group.row) + " of the same group has " + std::string(there)
            );
        };
        if (head.take != group.head.take) {
            complain(at(needs, "take"), std::to_string(group.head.take));
        }
        if (head.role != group.head.role) {
            complain(at(needs, "role"), name_of(group.head.role));
        }
        if (head.essential != group.head.essential) {
            complain(at(needs, "essential"), name_of(group.head.essential));
        }
    }

    void check_input(RowReader& row, std::uint32_t group, model::ItemIndex input) {
        const auto [first_row, is_new] =
            inputs_.emplace(std::uint64_t{group} << 32U | input.value());
        if (is_new) {
            *first_row = row.row();
            return;
        }
        row.complain(
            rules::input_twice,
            at(tables::needs, "input"),
            "row " + std::to_string(*first_row) + " of the same group names this input already"
        );
    }

    static void check_take(RowReader& row, const Group& group) {
        if (group.head.take > group.value_shares.size()) {
            row.complain(
                rules::takes_too_many,
                {Severity::error,
                 {},
                 {},
                 group.row,
                 "take",
                 std::to_string(group.head.take),
                 "the group '" + group.head.name.substr(0, 80) + "' has only "
                     + std::to_string(group.value_shares.size()) + " inputs"}
            );
        }
    }

    static void check_sum(RowReader& row, const Sum& sum) {
        if (sum.value > 1.0 + share_rounding) {
            row.complain(
                rules::value_too_large,
                {Severity::error,
                 {},
                 {},
                 sum.first->row,
                 "value_share",
                 to_shortest(sum.value),
                 "the likely value shares of all inputs of '"
                     + row.import().ids.items.id_of(sum.first->head.item)
                     + "' may add up to at most 1"}
            );
        }
    }

    std::vector<Group> groups_;
    std::unordered_map<std::string, std::uint32_t> numbers_;  ///< item and name -> position
    KeyMap<std::uint64_t> inputs_;                            ///< group and input -> row
};

}  // namespace

std::unique_ptr<TableReader> needs_reader() {
    return std::make_unique<NeedsReader>();
}

}  // namespace adic::ingest
