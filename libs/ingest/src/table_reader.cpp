#include "table_reader.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

namespace adic::ingest {
namespace {

struct Entry {
    std::string_view table;
    std::unique_ptr<TableReader> (*make)();
};

constexpr std::array readers{
    Entry{"sources", sources_reader},
    Entry{"states", states_reader},
    Entry{"blocs", blocs_reader},
    Entry{"organisations", organisations_reader},
    Entry{"items", items_reader},
    Entry{"codes", codes_reader},
    Entry{"needs", needs_reader},
    Entry{"supplies", supplies_reader},
    Entry{"stocks", stocks_reader},
    Entry{"recoveries", recoveries_reader},
    Entry{"hazards", hazards_reader},
    Entry{"trade", trade_reader},
    Entry{"figures", figures_reader},
};

}  // namespace

std::unique_ptr<TableReader> reader_of(const Table& table) {
    for (const Entry& entry : readers) {
        if (entry.table == table.name) {
            return entry.make();
        }
    }
    std::abort();
}

}  // namespace adic::ingest
