#include "adic/ingest/game_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "plain_tables.hpp"
#include "row_reader.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace adic::ingest {
namespace {

using model::Coalition;
using model::CostGame;
using PlayerIndex = Index<struct PlayerTag>;

constexpr double largest = static_cast<double>(model::largest_amount) / 100.0;
constexpr Range any_amount{.low = -largest, .high = largest};
constexpr Range any_quantity{.low = 0.0, .high = 1e9, .without_low = true};

enum GameColumn { coalition_column, amount_column };

constexpr std::array game_columns{
    Column{
        .name = "coalition",
        .must = Must::yes,
        .help = "states that buy together, with `+` between them",
        .example = "MYS+PHL"},
    Column{
        .name = "amount",
        .kind = CellKind::number,
        .must = Must::yes,
        .help = "what they pay together, or save, to the cent",
        .example = "1250000.50",
        .range = any_amount},
};

enum QuantityColumn { state_column, quantity_column };

constexpr std::array quantity_columns{
    Column{
        .name = "state",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "who buys, once",
        .example = "MYS"},
    Column{
        .name = "quantity",
        .kind = CellKind::number,
        .must = Must::yes,
        .help = "pieces that it wants",
        .example = "12",
        .range = any_quantity},
};

constexpr Table game_table{"game", "", "coalition", Must::yes, false, game_columns};
constexpr Table quantities_table{"quantities", "", "state", Must::yes, false, quantity_columns};

class GameReader {
  public:
    explicit GameReader(ImportReport& report) : import_{&report, nullptr, report.errors()} {}

    CostGame read(CsvReader rows) && {
        const std::string file = rows.name();
        read_rows(std::move(rows), game_table, import_, names_, [this](RowReader& row) {
            take(row);
        });
        if (import_.is_clean()) {
            check_all_there(file);
        }
        return import_.is_clean() ? game() : CostGame{};
    }

  private:
    void take(RowReader& row) {
        const auto coalition = read_coalition(row);
        const auto amount = row.number(amount_column);
        if (!coalition || !amount) {
            return;
        }
        constexpr double cents = 100.0;
        constexpr double rounding = 1e-3;
        const double whole = std::round(*amount * cents);
        if (std::abs(*amount * cents - whole) > rounding) {
            row.complain(rules::game_not_cents, amount_column, "write it to the cent");
            return;
        }
        const auto [first, is_new] = rows_.emplace(*coalition, row.row());
        if (!is_new) {
            row.complain(
                rules::taken_identifier,
                coalition_column,
                "row " + std::to_string(first->second) + " has this coalition already"
            );
            return;
        }
        amounts_.emplace(*coalition, static_cast<std::int64_t>(whole));
    }

    /// Players that are new get the next bit.
    std::optional<Coalition> read_coalition(RowReader& row) {
        const std::string_view text = row.text(coalition_column);
        if (text.empty()) {
            return std::nullopt;
        }
        Coalition coalition = 0;
        for (const std::string_view part : split(text, '+')) {
            const std::string_view name = trimmed(part);
            if (name.empty()) {
                row.complain(rules::game_coalition, coalition_column, "a name is missing");
                return std::nullopt;
            }
            const auto player = player_of(name);
            if (!player) {
                row.complain(
                    rules::game_coalition,
                    coalition_column,
                    "a game has at most " + std::to_string(model::most_exact_players) + " players"
                );
                return std::nullopt;
            }
            if ((coalition >> *player & 1U) != 0) {
                row.complain(
                    rules::game_coalition,
                    coalition_column,
                    "a player stands there twice"
                );
                return std::nullopt;
            }
            coalition |= Coalition{1} << *player;
        }
        return coalition;
    }

    std::optional<std::size_t> player_of(std::string_view name) {
        const auto found = std::ranges::find(players_, name);
        if (found != players_.end()) {
            return static_cast<std::size_t>(found - players_.begin());
        }
        if (players_.size() == model::most_exact_players) {
            return std::nullopt;
        }
        players_.emplace_back(name);
        return players_.size() - 1;
    }

    void check_all_there(const std::string& file) {
        constexpr std::size_t named = 20;
        RowReader row(game_table, file, import_);
        const auto complain = [&](std::string message) {
            row.complain(
                rules::game_incomplete,
                {Severity::error, {}, {}, 0, {}, {}, std::move(message)}
            );
        };
        if (players_.size() < 2) {
            complain("a game has at least two players");
            return;
        }
        const std::size_t all = (std::size_t{1} << players_.size()) - 1;
        const CostGame names{players_, {}};
        std::size_t missing = all - amounts_.size();
        std::size_t said = 0;
        for (Coalition coalition = 1; coalition <= all && said < std::min(missing, named);
             ++coalition) {
            if (!amounts_.contains(coalition)) {
                complain("there is no row of '" + model::name_of(names, coalition) + "'");
                ++said;
            }
        }
        if (missing > said) {
            complain("nor of " + std::to_string(missing - said) + " others");
        }
    }

    CostGame game() {
        CostGame game{players_, std::vector<std::int64_t>(std::size_t{1} << players_.size(), 0)};
        for (const auto& [coalition, amount] : amounts_) {
            game.costs[coalition] = amount;
        }
        return game;
    }

    Import import_;
    IdTable<PlayerIndex> names_;
    std::vector<std::string> players_;
    std::map<Coalition, std::int64_t> amounts_;
    std::map<Coalition, std::uint64_t> rows_;
};

class QuantitiesReader {
  public:
    explicit QuantitiesReader(ImportReport& report) : import_{&report, nullptr, report.errors()} {}

    std::vector<StateQuantity> read(CsvReader rows) && {
        const std::string file = rows.name();
        read_rows(std::move(rows), quantities_table, import_, names_, [this](RowReader& row) {
            take(row);
        });
        if (import_.is_clean() && (found_.size() < 2 || found_.size() > most)) {
            RowReader(quantities_table, file, import_)
                .complain(
                    rules::game_incomplete,
                    {Severity::error, {}, {}, 0, {}, {}, "2 to 100 states buy together"}
                );
        }
        return import_.is_clean() ? std::move(found_) : std::vector<StateQuantity>{};
    }

  private:
    static constexpr std::size_t most = 100;

    void take(RowReader& row) {
        const auto state = row.identifier(state_column);
        const auto quantity = row.number(quantity_column);
        if (state && add_name(row, state_column, *state, names_) && quantity) {
            found_.push_back({std::string(*state), *quantity});
        }
    }

    Import import_;
    IdTable<PlayerIndex> names_;
    std::vector<StateQuantity> found_;
};

}  // namespace

Result<CostGame> read_game(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return GameReader(report).read(std::move(rows));
}

CostGame parse_game(std::string name, std::string_view text, ImportReport& report) {
    return GameReader(report).read(CsvReader::over(std::move(name), text, report));
}

Result<std::vector<StateQuantity>>
read_quantities(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return QuantitiesReader(report).read(std::move(rows));
}

std::vector<StateQuantity>
parse_quantities(std::string name, std::string_view text, ImportReport& report) {
    return QuantitiesReader(report).read(CsvReader::over(std::move(name), text, report));
}

}  // namespace adic::ingest
