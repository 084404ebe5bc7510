#include "adic/model/identifiers.hpp"

#include <algorithm>
#include <array>

namespace adic::model {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_alphanumeric(char c) {
    return is_digit(c) || is_capital(c);
}

/// '#' a digit, '*' a digit or capital letter, 'A' a capital letter; anything else is itself.
bool has_form(std::string_view code, std::string_view form) {
    const auto fits = [](char c, char place) {
        switch (place) {
        case '#': return is_digit(c);
        case '*': return is_alphanumeric(c);
        case 'A': return is_capital(c);
        default: return c == place;
        }
    };
    return std::ranges::equal(code, form, fits);
}

bool are_digits(std::string_view code) {
    return !code.empty() && std::ranges::all_of(code, is_digit);
}

bool is_nsn(std::string_view code) {
    return has_form(code, "####-##-*##-####") || has_form(code, "######*######");
}

/// Five characters; the United States have digits at both ends, others a letter at one or both.
bool is_ncage(std::string_view code) {
    return has_form(code, "*****") && std::ranges::any_of(code, is_digit);
}

/// ISO/IEC 7064 MOD 97-10: letters count as 10 to 35, and the number leaves 1.
bool is_lei(std::string_view code) {
    constexpr std::size_t length = 20;
    if (code.size() != length || !std::ranges::all_of(code, is_alphanumeric)
        || !are_digits(code.substr(length - 2))) {
        return false;
    }
    constexpr int modulus = 97;
    int rest = 0;
    for (const char c : code) {
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % modulus
                           : (rest * 100 + (c - 'A' + 10)) % modulus;
    }
    return rest == 1;
}

/// From the right, digits count once and three times in turn; the sum is a multiple of ten.
bool is_gtin(std::string_view code) {
    constexpr std::array<std::size_t, 4> lengths{8, 12, 13, 14};
    if (std::ranges::find(lengths, code.size()) == lengths.end() || !are_digits(code)) {
        return false;
    }
    int sum = 0;
    int weight = 1;
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit) {
        sum += weight * (*digit - '0');
        weight = 4 - weight;
    }
    return sum % 10 == 0;
}

bool is_hs(std::string_view code) {
    return are_digits(code) && code.size() >= 2 && code.size() <= 10 && code.size() % 2 == 0;
}

bool is_unspsc(std::string_view code) {
    return has_form(code, "########");
}

bool is_fsc(std::string_view code) {
    return has_form(code, "####");
}

/// Category 0 to 9, product group A to E, three digits; then, set off by a dot, what is below it.
bool is_dual_use(std::string_view code) {
    return code.size() >= 5 && has_form(code.substr(0, 5), "#A###") && code[1] <= 'E'
           && (code.size() == 5 || code[5] == '.');
}

constexpr std::array schemes{
    CodeScheme{"NSN", "13 characters as in 5905-00-734-5199", is_nsn},
    CodeScheme{"NCAGE", "5 digits and capital letters, at least one digit", is_ncage},
    CodeScheme{"LEI", "20 digits and capital letters with two check digits at the end", is_lei},
    CodeScheme{"GTIN", "8, 12, 13 or 14 digits, the last a check digit", is_gtin},
    CodeScheme{"HS", "2, 4, 6, 8 or 10 digits", is_hs},
    CodeScheme{"UNSPSC", "8 digits", is_unspsc},
    CodeScheme{"FSC", "4 digits, as an NSN begins", is_fsc},
    CodeScheme{"dual-use", "a category, a group and three digits, as in 3A001", is_dual_use},
};

}  // namespace

std::span<const CodeScheme> code_schemes() {
    return schemes;
}

std::string_view form_broken(std::string_view scheme, std::string_view code) {
    const auto* const found = std::ranges::find(schemes, scheme, &CodeScheme::key);
    return found == schemes.end() || found->is_code(code) ? std::string_view{} : found->form;
}

}  // namespace adic::model
