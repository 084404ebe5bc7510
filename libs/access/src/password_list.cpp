#include "adic/access/password.hpp"
#include "adic/base/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <memory>

namespace adic::access {
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{1} << 30U;
constexpr std::size_t longest_line = 4096;

std::uint64_t hash_of(std::string_view password) {
    std::string small{password};
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::string digest = sha256(small);
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        hash = (hash << 8U) | static_cast<unsigned char>(digest[i]);
    }
    return hash;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace

Result<PasswordList>
PasswordList::read(const std::filesystem::path& file, std::size_t least_characters) {
    const std::string name = "'" + file.string() + "'";
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed)) {
        return Error{ErrorCode::not_found, "there is no list of passwords " + name, {}};
    }
    if (std::filesystem::file_size(file, failed) > largest_file || failed) {
        return Error{
            ErrorCode::invalid_argument,
            "the list of passwords " + name + " is larger than 1 GiB",
            {}};
    }
    std::ifstream lines(file, std::ios::binary);
    PasswordList list;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (line.size() <= longest_line && characters_in(line) >= least_characters) {
            list.hashes_.push_back(hash_of(line));
        }
    }
    if (!lines.eof()) {
        return Error{ErrorCode::unavailable, name + " cannot be read", {}};
    }
    std::ranges::sort(list.hashes_);
    const auto end = std::unique(list.hashes_.begin(), list.hashes_.end());
    list.hashes_.erase(end, list.hashes_.end());
    return list;
}

Result<PasswordRules> rules_with_list(const std::filesystem::path& file) {
    PasswordRules rules;
    ADIC_TRY(auto read, PasswordList::read(file, rules.least_characters));
    const auto list = std::make_shared<const PasswordList>(std::move(read));
    rules.is_known = [list](std::string_view password) { return list->has(password); };
    return rules;
}

bool PasswordList::has(std::string_view password) const {
    return std::ranges::binary_search(hashes_, hash_of(password));
}

}  // namespace adic::access
