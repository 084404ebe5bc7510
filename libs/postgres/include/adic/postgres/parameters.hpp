#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::postgres {

/// The values of a statement, in the binary form of the protocol: $1, $2, ... in the order in which
/// they are added. Texts are of UTF-8 without U+0000; the server refuses others.
/// Source: PostgreSQL 15, src/backend/utils/adt/arrayfuncs.c, array_recv.
class Parameters {
  public:
    Parameters& add(std::string_view text);
    Parameters& add(std::int64_t number);
    Parameters& add(std::span<const std::string_view> texts);
    Parameters& add(std::span<const std::int64_t> numbers);

    struct Value {
        unsigned type;  ///< number of the type in the catalogue of the server
        std::string bytes;
    };

    std::span<const Value> values() const { return values_; }

  private:
    std::vector<Value> values_;
};

}  // namespace adic::postgres
