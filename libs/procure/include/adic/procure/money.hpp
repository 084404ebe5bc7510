#pragma once

#include <cstdint>
#include <string>

namespace adic::procure {

/// Money of one currency, exact: ledgers close to the cent.
using Cents = std::int64_t;

/// "1234.50".
std::string money_text(Cents cents);

}  // namespace adic::procure
