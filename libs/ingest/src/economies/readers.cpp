#include "economies/readers.hpp"

#include "adic/base/text.hpp"

#include "rules.hpp"

#include <cmath>
#include <string>

namespace adic::ingest {

double flow_in(
    std::string_view cell,
    std::string_view column,
    const CsvReader& reader,
    ImportReport& report
) {
    const auto value = parse_decimal(trimmed(cell));
    if (value && std::abs(*value) <= largest_flow) {
        return *value;
    }
    report.add(
        {Severity::error,
         rules::table_number.id,
         reader.name(),
         reader.row(),
         std::string(column),
         std::string(cell),
         "write a number with a decimal point, as in 1250.5"}
    );
    return 0.0;
}

}  // namespace adic::ingest
