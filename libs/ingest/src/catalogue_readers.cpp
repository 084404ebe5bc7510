#include "key_map.hpp"
#include "rules.hpp"
#include "table_reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

std::string of_row(std::uint64_t row) {
    return "row " + std::to_string(row);
}

/// Puts the identifier of the row into its table; reports one that is taken. A bad one goes in too,
/// so that rows that name it are not reported for it.
template <typename Index>
std::optional<Index> register_id(RowReader& row, std::size_t column, IdTable<Index>& ids) {
    const bool is_good = row.identifier(column).has_value();
    const std::string_view id = row.raw(column);
    if (id.empty()) {
        return std::nullopt;
    }
    const auto [index, is_new] = ids.add(id, row.row());
    if (!is_new && is_good) {
        row.complain(
            rules::taken_identifier,
            column,
            of_row(ids.row_of(index)) + " has this identifier already"
        );
    }
    return is_new ? std::optional{index} : std::nullopt;
}

/// States, blocs and `public` stand side by side in releases, markets and viewpoints.
void check_free_name(RowReader& row, std::size_t column, std::string_view id) {
    if (id == "public" || id == "nobody") {
        row.complain(
            rules::taken_name,
            column,
            "'" + std::string(id) + "' has a meaning of its own; choose another identifier"
        );
    }
}

class SourcesReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::sources;
        register_id(row, at(sources, "id"), row.import().ids.sources);
        const std::string_view title = row.text(at(sources, "title"));
        const std::string_view publisher = row.text(at(sources, "publisher"));
        const auto year = row.whole(at(sources, "year"));
        const std::string_view licence = row.text(at(sources, "licence"));
        const std::string_view url = row.text(at(sources, "url"));
        const std::string_view note = row.text(at(sources, "note"));
        if (row.is_wanted()) {
            row.import().sink->add(model::Source{
                std::string(row.raw(at(sources, "id"))),
                std::string(title),
                std::string(publisher),
                static_cast<int>(*year),
                std::string(licence),
                std::string(url),
                std::string(note)});
        }
    }
};

class StatesReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        constexpr std::size_t id_column = at(tables::states, "id");
        const auto index = register_id(row, id_column, row.import().ids.states);
        const std::string id(row.raw(id_column));
        if (index) {
            check_free_name(row, id_column, id);
        }
        if (index && row.is_good()) {
            warn_of_odd_form(row, id);
        }
        const std::string_view name = row.text(at(tables::states, "name"));
        if (row.is_wanted()) {
            row.import().sink->add(model::State{id, std::string(name)});
        }
    }

  private:
    static void warn_of_odd_form(RowReader& row, const std::string& id) {
        const bool is_alpha3 =
            id.size() == 3 && std::ranges::all_of(id, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!is_alpha3) {
            row.complain(
                rules::odd_state,
                {Severity::warning,
                 {},
                 {},
                 row.row(),
                 "id",
                 id,
                 "is no code of ISO 3166-1 alpha-3, such as IDN; records of others may not match"}
            );
        }
    }
};

class BlocsReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        constexpr std::size_t id_column = at(tables::blocs, "bloc");
        constexpr std::size_t name_column = at(tables::blocs, "name");
        const auto id = row.identifier(id_column);
        const std::string_view name = row.text(name_column);
        const auto state = row.state(at(tables::blocs, "state"));
        if (!id) {
            return;
        }
        Identifiers& ids = row.import().ids;
        const auto [index, is_new] = ids.blocs.add(*id, row.row());
        if (is_new) {
            blocs_.push_back({std::string(*id), std::string(name), {}});
            check_free_name(row, id_column, *id);
            check_no_state(row, id_column, *id);
        }
        model::Bloc& bloc = blocs_[index.value()];
        if (!name.empty() && name != bloc.name) {
            row.complain(
                rules::bloc_disagrees,
                name_column,
                of_row(ids.blocs.row_of(index)) + " calls the bloc '" + bloc.name.substr(0, 80)
                    + "'"
            );
        }
        if (state) {
            add_member(row, bloc, *state);
        }
    }

    void finish(RowReader& row) override {
        for (model::Bloc& bloc : blocs_) {
            std::ranges::sort(bloc.members);
            if (row.import().is_clean()) {
                row.import().sink->add(std::move(bloc));
            }
        }
    }

  private:
    static void check_no_state(RowReader& row, std::size_t column, std::string_view id) {
        if (row.import().ids.states.find(id)) {
            row.complain(
                rules::taken_name,
                column,
                "a state has this identifier; a bloc needs one of its own"
            );
        }
    }

    void add_member(RowReader& row, model::Bloc& bloc, model::StateIndex state) {
        const auto bloc_number = static_cast<std::uint64_t>(&bloc - blocs_.data());
        const auto [first_row, is_new] = members_.emplace(bloc_number << 32U | state.value());
        if (is_new) {
            *first_row = row.row();
            bloc.members.push_back(state);
        } else {
            row.complain(
                rules::member_twice,
                at(tables::blocs, "state"),
                of_row(*first_row) + " has this member already"
            );
        }
    }

    std::vector<model::Bloc> blocs_;
    KeyMap<std::uint64_t> members_;  ///< bloc and state -> row
};

class OrganisationsReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::organisations;
        register_id(row, at(organisations, "id"), row.import().ids.organisations);
        const std::string_view name = row.text(at(organisations, "name"));
        const auto state = row.state(at(organisations, "state"));
        const auto provenance = row.provenance();
        if (row.is_wanted()) {
            row.import().sink->add(model::Organisation{
                std::string(row.raw(at(organisations, "id"))),
                std::string(name),
                state,
                row.keep(*provenance)});
        }
    }
};

class ItemsReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::items;
        const auto index = register_id(row, at(items, "id"), row.import().ids.items);
        const std::string_view name = row.text(at(items, "name"));
        const auto kind = row.word(at(items, "kind"), &model::parse_item_kind);
        const std::string_view unit = row.text(at(items, "unit"));
        const auto sensitivity = row.whole(at(items, "sensitivity"));
        const auto enough = row.number(at(items, "enough"));
        const std::string_view description = row.text(at(items, "description"));
        const auto provenance = row.provenance();
        if (index) {
            row.import().ids.item_units.emplace_back(unit);
        }
        if (row.is_wanted()) {
            row.import().sink->add(model::Item{
                std::string(row.raw(at(items, "id"))),
                std::string(name),
                *kind,
                std::string(unit),
                static_cast<int>(*sensitivity),
                enough,
                std::string(description),
                row.keep(*provenance)});
        }
    }
};

struct Scheme {
    std::string_view name;
    std::array<std::size_t, 3> lengths;  ///< digits; 0: none
};

constexpr std::array schemes{
    Scheme{"HS", {2, 4, 6}},
    Scheme{"FSC", {4, 0, 0}},
    Scheme{"NSN", {13, 0, 0}},
    Scheme{"UNSPSC", {8, 0, 0}},
    Scheme{"CPV", {8, 0, 0}},
};

class CodesReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::codes;
        constexpr std::size_t code_column = at(codes, "code");
        const auto item = row.item(at(codes, "item"));
        const std::string_view scheme = row.text(at(codes, "scheme"));
        const std::string_view code = row.text(code_column);
        const auto provenance = row.provenance();
        if (!scheme.empty() && !code.empty()) {
            check_form(row, scheme, code);
        }
        if (item && row.is_good()) {
            const auto [first_row, is_new] =
                rows_.emplace(fingerprint(item->value(), hash(scheme), hash(code)));
            if (is_new) {
                *first_row = row.row();
            } else {
                row.complain(
                    rules::fact_twice,
                    code_column,
                    of_row(*first_row) + " gives the item this code already"
                );
            }
        }
        if (row.is_wanted()) {
            row.import().sink->add(model::ItemCode{
                *item,
                std::string(scheme),
                std::string(code),
                row.keep(*provenance)});
        }
    }

  private:
    static std::uint64_t hash(std::string_view text) { return std::hash<std::string_view>{}(text); }

    static void check_form(RowReader& row, std::string_view scheme, std::string_view code) {
        const auto known = std::ranges::find(schemes, scheme, &Scheme::name);
        if (known == schemes.end()) {
            return;
        }
        const bool has_length =
            std::ranges::find(known->lengths, code.size()) != known->lengths.end();
        const bool is_digits =
            std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
        if (has_length && is_digits) {
            return;
        }
        std::string lengths;
        for (const std::size_t length : known->lengths) {
            if (length != 0) {
                lengths.append(lengths.empty() ? "" : " or ").append(std::to_string(length));
            }
        }
        row.complain(
            rules::bad_code,
            at(tables::codes, "code"),
            "a code of " + std::string(scheme) + " has " + lengths
                + " digits, leading zeros included, and nothing else"
        );
    }

    KeyMap<std::uint64_t> rows_;
};

}  // namespace

std::unique_ptr<TableReader> sources_reader() {
    return std::make_unique<SourcesReader>();
}

std::unique_ptr<TableReader> states_reader() {
    return std::make_unique<StatesReader>();
}

std::unique_ptr<TableReader> blocs_reader() {
    return std::make_unique<BlocsReader>();
}

std::unique_ptr<TableReader> organisations_reader() {
    return std::make_unique<OrganisationsReader>();
}

std::unique_ptr<TableReader> items_reader() {
    return std::make_unique<ItemsReader>();
}

std::unique_ptr<TableReader> codes_reader() {
    return std::make_unique<CodesReader>();
}

}  // namespace adic::ingest
