#include "key_map.hpp"
#include "rules.hpp"
#include "shares.hpp"
#include "table_reader.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace adic::ingest {
namespace {

/// An index as part of a key; 0 for none.
template <typename Index>
std::uint64_t key_of(const std::optional<Index>& index) {
    return index ? std::uint64_t{index->value()} + 1 : 0;
}

struct KeyOfAny {
    std::uint64_t kinds;
    std::uint64_t kind;

    std::uint64_t operator()(std::monostate /*none*/) const { return 0; }

    template <typename Index>
    std::uint64_t operator()(Index index) const {
        return (std::uint64_t{index.value()} + 1) * kinds + kind;
    }
};

/// A number for each value of a variant of indices; 0 for none.
template <typename Variant>
std::uint64_t key_of_any(const Variant& variant) {
    return std::visit(KeyOfAny{std::variant_size_v<Variant>, variant.index()}, variant);
}

std::uint64_t key_of_text(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

std::uint64_t key_of_period(const model::Period& period) {
    const auto day = [](std::chrono::year_month_day date) {
        return std::chrono::sys_days{date}.time_since_epoch().count();
    };
    return static_cast<std::uint64_t>(day(period.first)) << 32U
           ^ static_cast<std::uint64_t>(day(period.last));
}

/// The rows in which facts stand, by key.
class FactRows {
  public:
    /// The row that has this key already; 0 if there is none, and then the key is taken by `row`.
    std::uint32_t take(std::uint64_t key, std::uint64_t row) {
        constexpr std::uint64_t last = std::numeric_limits<std::uint32_t>::max();
        const auto [first_row, is_new] = rows_.emplace(key);
        if (is_new) {
            *first_row = static_cast<std::uint32_t>(std::min(row, last));
        }
        return is_new ? 0 : *first_row;
    }

  private:
    KeyMap<std::uint32_t> rows_;
};

/// Reports the row if another one has its key.
void check_once(RowReader& row, FactRows& rows, std::uint64_t key, std::size_t column) {
    if (const std::uint32_t first = rows.take(key, row.row()); first != 0) {
        row.complain(
            rules::fact_twice,
            column,
            "row " + std::to_string(first) + " states this already"
        );
    }
}

std::string_view unit_of(RowReader& row, std::optional<model::ItemIndex> item) {
    return item ? std::string_view{row.import().ids.item_units[item->value()]} : std::string_view{};
}

void complain_of_unit(
    RowReader& row,
    std::size_t column,
    std::string_view item_unit,
    std::string_view other
) {
    row.complain(
        rules::wrong_unit,
        column,
        "the item is counted in '" + std::string(item_unit.substr(0, 80)) + "'; use that, or "
            + std::string(other)
    );
}

// --- supplies -----------------------------------------------------------------------------------

class SuppliesReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::supplies;
        const auto item = row.item(at(supplies, "item"));
        const auto origin = row.state(at(supplies, "origin"));
        const auto organisation = row.organisation(at(supplies, "organisation"));
        const auto market = row.market(at(supplies, "market"));
        const bool has_key = row.is_good();
        const auto share = row.estimate(at(supplies, "share"));
        const auto capacity = row.estimate(at(supplies, "capacity"));
        const std::string_view unit = row.text(at(supplies, "capacity_unit"));
        const auto restriction = row.number(at(supplies, "trade_restriction"));
        const auto provenance = row.provenance();
        check_capacity(row);
        check_restriction(row, restriction);
        if (has_key) {
            check_once(
                row,
                rows_,
                fingerprint(
                    item->value(),
                    key_of(origin),
                    key_of(organisation),
                    key_of_any(*market)
                ),
                at(supplies, "item")
            );
            add_share(row, *item, *market, share ? share->likely() : 0.0);
        }
        if (row.is_wanted()) {
            row.import().sink->add(model::Supply{
                *item,
                origin,
                organisation,
                *market,
                share,
                capacity,
                std::string(unit),
                restriction,
                row.keep(*provenance)});
        }
    }

    void finish(RowReader& row) override {
        for (const Overfull& market : overfull_) {
            row.complain(
                rules::shares_too_large,
                {Severity::error,
                 {},
                 {},
                 market.row,
                 "share",
                 to_shortest(*sums_.emplace(market.key).first),
                 "the likely shares of '" + row.import().ids.items.id_of(market.item)
                     + "' on one market add up to more than 1, from this row on"}
            );
        }
    }

  private:
    struct Overfull {
        std::uint64_t key;
        model::ItemIndex item;
        std::uint64_t row;
    };

    static void check_capacity(RowReader& row) {
        constexpr std::size_t unit = at(tables::supplies, "capacity_unit");
        const bool has_capacity = !row.raw(at(tables::supplies, "capacity")).empty();
        if (has_capacity && row.raw(unit).empty()) {
            row.complain(rules::capacity_without_unit, unit, "the capacity needs a unit");
        } else if (!has_capacity && !row.raw(unit).empty()) {
            row.complain(
                rules::capacity_without_unit,
                unit,
                "there is no capacity that has this unit"
            );
        }
    }

    static void check_restriction(RowReader& row, std::optional<double> restriction) {
        if (restriction && *restriction > 0.8 && *restriction < 1.0) {
            row.complain(
                rules::out_of_range,
                at(tables::supplies, "trade_restriction"),
                "must be 0.8, 1, or above 1"
            );
        }
    }

    void
    add_share(RowReader& row, model::ItemIndex item, const model::Market& market, double share) {
        if (share == 0.0) {
            return;
        }
        constexpr double most = 1.0 + share_rounding;
        const std::uint64_t key = std::uint64_t{item.value()} << 32U | key_of_any(market);
        double& sum = *sums_.emplace(key).first;
        const bool was_full = sum > most;
        sum += share;
        if (!was_full && sum > most) {
            overfull_.push_back({key, item, row.row()});
        }
    }

    FactRows rows_;
    KeyMap<double> sums_;  ///< of likely shares, by item and market
    std::vector<Overfull> overfull_;
};

// --- stocks -------------------------------------------------------------------------------------

class StocksReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::stocks;
        constexpr std::size_t unit_column = at(stocks, "unit");
        const auto item = row.item(at(stocks, "item"));
        const auto holder = row.market(at(stocks, "holder"));
        const auto organisation = row.organisation(at(stocks, "organisation"));
        const bool has_key = row.is_good();
        const auto quantity = row.estimate(at(stocks, "quantity"));
        const std::string_view unit = row.text(unit_column);
        const auto provenance = row.provenance();
        if (item && !unit.empty() && unit != "days" && unit != unit_of(row, item)) {
            complain_of_unit(row, unit_column, unit_of(row, item), "'days' of normal use");
        }
        if (has_key) {
            check_once(
                row,
                rows_,
                fingerprint(item->value(), key_of_any(*holder), key_of(organisation)),
                at(stocks, "item")
            );
        }
        if (row.is_wanted()) {
            const auto* state = std::get_if<model::StateIndex>(&*holder);
            using Holder = std::variant<model::StateIndex, model::BlocIndex>;
            row.import().sink->add(model::Stock{
                *item,
                state != nullptr ? Holder{*state} : Holder{std::get<model::BlocIndex>(*holder)},
                organisation,
                *quantity,
                std::string(unit),
                row.keep(*provenance)});
        }
    }

  private:
    FactRows rows_;
};

// --- facts about subjects -----------------------------------------------------------------------

class RecoveriesReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::recoveries;
        constexpr std::size_t subject_column = at(recoveries, "subject");
        const auto subject = row.subject(at(recoveries, "subject_kind"), subject_column);
        const auto days = row.estimate(at(recoveries, "days"));
        const auto provenance = row.provenance();
        if (subject) {
            check_once(row, rows_, key_of_any(*subject), subject_column);
        }
        if (row.is_wanted()) {
            row.import().sink->add(model::Recovery{*subject, *days, row.keep(*provenance)});
        }
    }

  private:
    FactRows rows_;
};

class HazardsReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::hazards;
        constexpr std::size_t subject_column = at(hazards, "subject");
        const auto subject = row.subject(at(hazards, "subject_kind"), subject_column);
        const auto probability = row.estimate(at(hazards, "probability"));
        const auto provenance = row.provenance();
        if (subject) {
            check_once(row, rows_, key_of_any(*subject), subject_column);
        }
        if (row.is_wanted()) {
            row.import().sink->add(model::Hazard{*subject, *probability, row.keep(*provenance)});
        }
    }

  private:
    FactRows rows_;
};

class FiguresReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::figures;
        const auto subject = row.subject(at(figures, "subject_kind"), at(figures, "subject"));
        const std::string_view measure = row.text(at(figures, "measure"));
        const auto value = row.estimate(at(figures, "value"));
        const std::string_view unit = row.text(at(figures, "unit"));
        const auto provenance = row.provenance();
        if (!row.is_good()) {
            return;
        }
        warn_of_repetition(
            row,
            fingerprint(
                key_of_any(*subject),
                key_of_text(measure),
                key_of_period(provenance->period)
            )
        );
        if (row.is_wanted()) {
            row.import().sink->add(model::Figure{
                *subject,
                std::string(measure),
                *value,
                std::string(unit),
                row.keep(*provenance)});
        }
    }

  private:
    void warn_of_repetition(RowReader& row, std::uint64_t key) {
        constexpr std::size_t column = at(tables::figures, "measure");
        if (const std::uint32_t first = rows_.take(key, row.row()); first != 0) {
            row.complain(
                rules::figure_twice,
                {Severity::warning,
                 {},
                 {},
                 row.row(),
                 "measure",
                 std::string(row.raw(column)),
                 "row " + std::to_string(first)
                     + " gives this figure for the same period; the later row counts"}
            );
        }
    }

    FactRows rows_;
};

// --- trade --------------------------------------------------------------------------------------

bool is_currency(std::string_view unit) {
    return unit.size() == 3
           && std::ranges::all_of(unit, [](char c) { return c >= 'A' && c <= 'Z'; });
}

class TradeReader final : public TableReader {
  public:
    void read(RowReader& row) override {
        using tables::trade;
        const auto item = row.item(at(trade, "item"));
        const auto state = row.state(at(trade, "state"));
        const auto flow = row.word(at(trade, "flow"), &model::parse_flow);
        const auto partner = row.state(at(trade, "partner"));
        const auto amount = row.estimate(at(trade, "amount"));
        const std::string_view unit = row.text(at(trade, "unit"));
        const auto provenance = row.provenance();
        check_amount(row, flow, amount);
        check_unit(row, item, unit);
        if (!row.is_good()) {
            return;
        }
        check_once(
            row,
            rows_,
            fingerprint(
                item->value(),
                state->value(),
                static_cast<std::uint64_t>(*flow),
                key_of(partner),
                key_of_text(unit),
                key_of_period(provenance->period)
            ),
            at(trade, "item")
        );
        if (row.is_wanted()) {
            row.import().sink->add(model::Trade{
                *item,
                *state,
                *flow,
                partner,
                *amount,
                std::string(unit),
                row.keep(*provenance)});
        }
    }

  private:
    static void
    check_amount(RowReader& row, std::optional<model::Flow> flow, std::optional<Estimate> amount) {
        if (flow && amount && *flow != model::Flow::stock_release && amount->low() < 0.0) {
            row.complain(
                rules::out_of_range,
                at(tables::trade, "amount"),
                "must be at least 0; only a stock_release may be below"
            );
        }
    }

    static void
    check_unit(RowReader& row, std::optional<model::ItemIndex> item, std::string_view unit) {
        if (item && !unit.empty() && !is_currency(unit) && unit != unit_of(row, item)) {
            complain_of_unit(
                row,
                at(tables::trade, "unit"),
                unit_of(row, item),
                "a currency code such as USD"
            );
        }
    }

    FactRows rows_;
};

}  // namespace

std::unique_ptr<TableReader> supplies_reader() {
    return std::make_unique<SuppliesReader>();
}

std::unique_ptr<TableReader> stocks_reader() {
    return std::make_unique<StocksReader>();
}

std::unique_ptr<TableReader> recoveries_reader() {
    return std::make_unique<RecoveriesReader>();
}

std::unique_ptr<TableReader> hazards_reader() {
    return std::make_unique<HazardsReader>();
}

std::unique_ptr<TableReader> trade_reader() {
    return std::make_unique<TradeReader>();
}

std::unique_ptr<TableReader> figures_reader() {
    return std::make_unique<FiguresReader>();
}

}  // namespace adic::ingest
