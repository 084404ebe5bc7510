#include "adic/base/plain_cell.hpp"

#include "adic/base/text.hpp"

namespace adic {
namespace {

/// Whether a spreadsheet would compute it, were it not for apostrophes before it.
bool looks_computed(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != std::string_view::npos
           && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

}  // namespace

std::string to_plain_cell(std::string_view text) {
    const bool is_guarded = looks_computed(text) && !parse_decimal(text);
    return (is_guarded ? "'" : "") + std::string(text);
}

std::string_view from_plain_cell(std::string_view cell) {
    const bool is_guarded = cell.starts_with('\'') && looks_computed(cell);
    return cell.substr(is_guarded ? 1 : 0);
}

}  // namespace adic
