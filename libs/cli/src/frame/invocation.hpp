#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::cli {

struct Command;

/// The words of one command line, by the name of the argument or option. Values are as typed;
/// options that were not given have their standard value.
class Invocation {
  public:
    /// Errors: invalid_argument for an unknown option, a missing or surplus word, a value that is
    /// not among the choices.
    static Result<Invocation> parse(const Command& command, std::span<const std::string> words);

    bool has(std::string_view name) const;

    /// Whether the option stands on the command line; its standard value does not count.
    bool was_typed(std::string_view name) const;

    /// The value; empty if there is none. References into the invocation: parts that are cut out of
    /// a value live as long as it does.
    const std::string& text(std::string_view name) const;
    const std::vector<std::string>& texts(std::string_view name) const;

    /// Errors: invalid_argument if the value is not a number, or outside the range.
    Result<double> number(std::string_view name, double above, double up_to) const;
    Result<std::uint64_t> whole(std::string_view name, std::uint64_t from, std::uint64_t up_to)
        const;

  private:
    /// Gives options that were not typed their standard value.
    void fill_in(const Command& command);

    std::map<std::string, std::vector<std::string>, std::less<>> values_;
    std::set<std::string, std::less<>> typed_;
};

}  // namespace adic::cli
