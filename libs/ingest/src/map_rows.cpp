#include "map_rows.hpp"

#include "adic/base/text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::ingest {
namespace {

using model::SupplyMap;

/// Fills the cells of one row by the position of columns.
class RowCells {
  public:
    RowCells(const SupplyMap& map, const Table& table) : map_(&map), table_(&table) {
        std::size_t cell = 0;
        for (const Column& column : table.columns) {
            first_cell_.push_back(cell);
            cell += column.kind == CellKind::estimate ? 3 : 1;
        }
        cells_.resize(cell);
    }

    std::span<const std::string> cells() const { return cells_; }

    const SupplyMap& map() const { return *map_; }

    void put(std::size_t column, std::string_view text) { cells_[first_cell_[column]] = text; }

    void put(std::size_t column, std::optional<double> value) {
        put(column, value ? plain_number(*value) : std::string{});
    }

    void put(std::size_t column, std::optional<Estimate> value) {
        const std::size_t first = first_cell_[column];
        const bool has_bounds = value && !value->is_exact();
        cells_[first] = has_bounds ? plain_number(value->low()) : std::string{};
        cells_[first + 1] = value ? plain_number(value->likely()) : std::string{};
        cells_[first + 2] = has_bounds ? plain_number(value->high()) : std::string{};
    }

    void put(std::size_t column, std::optional<model::StateIndex> state) {
        put(column, state ? std::string_view{map_->states[*state].id} : std::string_view{});
    }

    void put(std::size_t column, std::optional<model::OrganisationIndex> organisation) {
        put(column,
            organisation ? std::string_view{map_->organisations[*organisation].id}
                         : std::string_view{});
    }

    void put(std::size_t column, model::ItemIndex item) { put(column, map_->items[item].id); }

    template <typename... Indices>
    void put_any(std::size_t column, const std::variant<Indices...>& variant) {
        put(column, std::visit(IdOf{*map_}, variant));
    }

    void put(std::size_t kind_column, std::size_t column, const model::Subject& subject) {
        constexpr std::array<std::string_view, 4> kinds{"item", "state", "organisation", "bloc"};
        put(kind_column, kinds[subject.index()]);
        put_any(column, subject);
    }

    void put(model::ProvenanceIndex index) {
        using tables::provenance;
        const model::Provenance& facts = (*map_)[index];
        const std::size_t first = table_->columns.size() - provenance.size();
        put(first + at(provenance, "source"), map_->sources[facts.source].id);
        put(first + at(provenance, "period"), to_text(facts.period));
        const char confidence = letter(facts.confidence);
        put(first + at(provenance, "confidence"), std::string_view{&confidence, 1});
        put(first + at(provenance, "owner"), facts.owner);
        put(first + at(provenance, "release"), facts.release);
        put(first + at(provenance, "note"), facts.note);
    }

  private:
    struct IdOf {
        const SupplyMap& map;

        std::string_view operator()(std::monostate /*none*/) const { return {}; }

        std::string_view operator()(model::ItemIndex i) const { return map.items[i].id; }

        std::string_view operator()(model::StateIndex i) const { return map.states[i].id; }

        std::string_view operator()(model::BlocIndex i) const { return map.blocs[i].id; }

        std::string_view operator()(model::OrganisationIndex i) const {
            return map.organisations[i].id;
        }
    };

    const SupplyMap* map_;
    const Table* table_;
    std::vector<std::size_t> first_cell_;
    std::vector<std::string> cells_;
};

void put_sources(RowCells& row, const TakeRow& take) {
    using tables::sources;
    for (const model::Source& source : row.map().sources) {
        row.put(at(sources, "id"), source.id);
        row.put(at(sources, "title"), source.title);
        row.put(at(sources, "publisher"), source.publisher);
        row.put(at(sources, "year"), std::to_string(source.year));
        row.put(at(sources, "licence"), source.licence);
        row.put(at(sources, "url"), source.url);
        row.put(at(sources, "note"), source.note);
        take(row.cells());
    }
}

void put_states(RowCells& row, const TakeRow& take) {
    for (const model::State& state : row.map().states) {
        row.put(at(tables::states, "id"), state.id);
        row.put(at(tables::states, "name"), state.name);
        take(row.cells());
    }
}

void put_blocs(RowCells& row, const TakeRow& take) {
    for (const model::Bloc& bloc : row.map().blocs) {
        for (const model::StateIndex member : bloc.members) {
            row.put(at(tables::blocs, "bloc"), bloc.id);
            row.put(at(tables::blocs, "name"), bloc.name);
            row.put(at(tables::blocs, "state"), std::optional{member});
            take(row.cells());
        }
    }
}

void put_organisations(RowCells& row, const TakeRow& take) {
    using tables::organisations;
    for (const model::Organisation& organisation : row.map().organisations) {
        row.put(at(organisations, "id"), organisation.id);
        row.put(at(organisations, "name"), organisation.name);
        row.put(at(organisations, "state"), organisation.state);
        row.put(organisation.provenance);
        take(row.cells());
    }
}

void put_items(RowCells& row, const TakeRow& take) {
    using tables::items;
    for (const model::Item& item : row.map().items) {
        row.put(at(items, "id"), item.id);
        row.put(at(items, "name"), item.name);
        row.put(at(items, "kind"), name_of(item.kind));
        row.put(at(items, "unit"), item.unit);
        row.put(at(items, "sensitivity"), std::to_string(item.sensitivity));
        row.put(at(items, "enough"), item.enough);
        row.put(at(items, "description"), item.description);
        row.put(item.provenance);
        take(row.cells());
    }
}

void put_codes(RowCells& row, const TakeRow& take) {
    using tables::codes;
    for (const model::ItemCode& code : row.map().codes) {
        row.put(at(codes, "item"), code.item);
        row.put(at(codes, "scheme"), code.scheme);
        row.put(at(codes, "code"), code.code);
        row.put(code.provenance);
        take(row.cells());
    }
}

void put_needs(RowCells& row, const TakeRow& take) {
    using tables::needs;
    for (const model::Need& need : row.map().needs) {
        const model::NeedGroup& group = row.map()[need.group];
        row.put(at(needs, "item"), group.item);
        row.put(at(needs, "group"), group.name);
        row.put(at(needs, "take"), std::to_string(group.take));
        row.put(at(needs, "input"), need.input);
        row.put(at(needs, "role"), name_of(group.role));
        row.put(at(needs, "essential"), name_of(group.essential));
        row.put(at(needs, "quantity"), need.quantity);
        row.put(at(needs, "value_share"), need.value_share);
        row.put(need.provenance);
        take(row.cells());
    }
}

void put_supplies(RowCells& row, const TakeRow& take) {
    using tables::supplies;
    for (const model::Supply& supply : row.map().supplies) {
        row.put(at(supplies, "item"), supply.item);
        row.put(at(supplies, "origin"), supply.origin);
        row.put(at(supplies, "organisation"), supply.organisation);
        row.put_any(at(supplies, "market"), supply.market);
        row.put(at(supplies, "share"), supply.share);
        row.put(at(supplies, "capacity"), supply.capacity);
        row.put(at(supplies, "capacity_unit"), supply.capacity_unit);
        row.put(at(supplies, "trade_restriction"), supply.trade_restriction);
        row.put(supply.provenance);
        take(row.cells());
    }
}

void put_stocks(RowCells& row, const TakeRow& take) {
    using tables::stocks;
    for (const model::Stock& stock : row.map().stocks) {
        row.put(at(stocks, "item"), stock.item);
        row.put_any(at(stocks, "holder"), stock.holder);
        row.put(at(stocks, "organisation"), stock.organisation);
        row.put(at(stocks, "quantity"), std::optional{stock.quantity});
        row.put(at(stocks, "unit"), stock.unit);
        row.put(stock.provenance);
        take(row.cells());
    }
}

void put_recoveries(RowCells& row, const TakeRow& take) {
    using tables::recoveries;
    for (const model::Recovery& recovery : row.map().recoveries) {
        row.put(at(recoveries, "subject_kind"), at(recoveries, "subject"), recovery.subject);
        row.put(at(recoveries, "days"), std::optional{recovery.days});
        row.put(recovery.provenance);
        take(row.cells());
    }
}

void put_hazards(RowCells& row, const TakeRow& take) {
    using tables::hazards;
    for (const model::Hazard& hazard : row.map().hazards) {
        row.put(at(hazards, "subject_kind"), at(hazards, "subject"), hazard.subject);
        row.put(at(hazards, "probability"), std::optional{hazard.probability});
        row.put(hazard.provenance);
        take(row.cells());
    }
}

void put_trade(RowCells& row, const TakeRow& take) {
    using tables::trade;
    for (const model::Trade& flow : row.map().trades) {
        row.put(at(trade, "item"), flow.item);
        row.put(at(trade, "state"), std::optional{flow.state});
        row.put(at(trade, "flow"), name_of(flow.flow));
        row.put(at(trade, "partner"), flow.partner);
        row.put(at(trade, "amount"), std::optional{flow.amount});
        row.put(at(trade, "unit"), flow.unit);
        row.put(flow.provenance);
        take(row.cells());
    }
}

void put_figures(RowCells& row, const TakeRow& take) {
    using tables::figures;
    for (const model::Figure& figure : row.map().figures) {
        row.put(at(figures, "subject_kind"), at(figures, "subject"), figure.subject);
        row.put(at(figures, "measure"), figure.measure);
        row.put(at(figures, "value"), std::optional{figure.value});
        row.put(at(figures, "unit"), figure.unit);
        row.put(figure.provenance);
        take(row.cells());
    }
}

struct Entry {
    std::string_view table;
    void (*put)(RowCells&, const TakeRow&);
};

constexpr std::array writers{
    Entry{"sources", put_sources},
    Entry{"states", put_states},
    Entry{"blocs", put_blocs},
    Entry{"organisations", put_organisations},
    Entry{"items", put_items},
    Entry{"codes", put_codes},
    Entry{"needs", put_needs},
    Entry{"supplies", put_supplies},
    Entry{"stocks", put_stocks},
    Entry{"recoveries", put_recoveries},
    Entry{"hazards", put_hazards},
    Entry{"trade", put_trade},
    Entry{"figures", put_figures},
};

}  // namespace

std::string plain_number(double value) {
    constexpr double largest_plain = 1e15;  // below it, every whole number is a double
    if (std::abs(value) < largest_plain && value == std::trunc(value)) {
        return std::to_string(static_cast<std::int64_t>(value));
    }
    return to_shortest(value);
}

void for_each_row(const SupplyMap& map, const Table& table, const TakeRow& take) {
    for (const Entry& entry : writers) {
        if (entry.table == table.name) {
            RowCells row(map, table);
            entry.put(row, take);
            return;
        }
    }
    std::abort();
}

}  // namespace adic::ingest
