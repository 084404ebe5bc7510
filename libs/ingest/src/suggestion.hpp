#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace adic::ingest {

/// "; did you mean 'x'?", or nothing. Spends a budget, so that a table full of unknown names costs
/// no more than linear time.
class Suggester {
  public:
    std::string suggest(std::string_view word, std::span<const std::string_view> candidates);

    /// Whether there is any budget left to go through so many candidates.
    bool may_search(std::string_view word, std::size_t candidates) const;

  private:
    std::uint64_t left_ = 100'000'000;  ///< letters compared; about a second
};

/// "one, two, three".
std::string listed(std::span<const std::string_view> words);

}  // namespace adic::ingest
