#include "adic/access/password.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace adic::access {
namespace {

constexpr std::size_t fewest_distinct = 5;
constexpr std::size_t longest_unit = 7;   ///< that a password may not be the repetition of
constexpr std::size_t fewest_left = 5;    ///< letters and figures beside obvious words and runs
constexpr std::size_t shortest_name = 4;  ///< a shorter one is in many passwords by chance
constexpr std::size_t shortest_run = 4;

/// What people put into a password first, each as `plain` spells it.
constexpr std::array<std::string_view, 44> obvious_words{
    "password", "passwort", "passphrase", "passcode",
    "pass",     "secret",   "rahasia",    "sandi",
    "matkhau",  "senha",    "login",      "letmein",
    "welcome",  "selamat",  "admin",      "administrator",
    "root",     "user",     "guest",      "test",
    "demo",     "default",  "changeme",   "change",
    "qwerty",   "azerty",   "qwertz",     "iloveyou",
    "sayang",   "monkey",   "dragon",     "master",
    "football", "sunshine", "princess",   "superman",
    "batman",   "shadow",   "trustno",    "asean",
    "defence",  "defense",  "ministry",   "correcthorsebatterystaple"};

/// Along the alphabet, the figures and the rows of keyboards.
constexpr std::array<std::string_view, 7> tracks{
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm"};

std::string lower(std::string_view text) {
    std::string small{text};
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return small;
}

/// Letters that stand for each other in passwords become one.
std::string plain(std::string_view text) {
    constexpr std::string_view from = "l1!|03@45$78";
    constexpr std::string_view to = "iiiioeaasstb";
    std::string spelt = lower(text);
    std::ranges::transform(spelt, spelt.begin(), [=](char c) {
        const std::size_t at = from.find(c);
        return at == std::string_view::npos ? c : to[at];
    });
    return spelt;
}

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
        const bool goes_on =
            i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
        if (!goes_on) {
            characters.push_back(text.substr(begin, i - begin));
            begin = i;
        }
    }
    return characters;
}

/// Several spaces one after the other count as one: they add length and no secret.
std::size_t counted(const std::vector<std::string_view>& characters) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const bool goes_on = i > 0 && characters[i] == " " && characters[i - 1] == " ";
        count += goes_on ? 0U : 1U;
    }
    return count;
}

bool repeats_itself(const std::vector<std::string_view>& characters) {
    for (std::size_t unit = 1; unit <= longest_unit; ++unit) {
        bool is_same = true;
        for (std::size_t i = unit; i < characters.size() && is_same; ++i) {
            is_same = characters[i] == characters[i - unit];
        }
        if (is_same) {
            return true;
        }
    }
    return false;
}

/// Marks every place where `word` stands.
void cover(std::string_view text, std::string_view word, std::vector<bool>& covered) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
    }
}

/// Marks runs of at least four along the tracks, forwards and backwards.
void cover_runs(std::string_view text, std::vector<bool>& covered) {
    for (const std::string_view track : tracks) {
        const std::string backwards(track.rbegin(), track.rend());
        for (std::size_t i = 0; i + shortest_run <= track.size(); ++i) {
            cover(text, track.substr(i, shortest_run), covered);
            cover(text, std::string_view(backwards).substr(i, shortest_run), covered);
        }
    }
}

/// Years of the last and of this century.
void cover_years(std::string_view text, std::vector<bool>& covered) {
    constexpr std::size_t year = 4;
    const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 0; i + year <= text.size(); ++i) {
        const std::string_view century = text.substr(i, 2);
        if ((century == "19" || century == "20") && is_digit(i + 2) && is_digit(i + 3)) {
            std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(i), year, true);
        }
    }
}

/// Letters and figures that are in no obvious word, run or name. Characters beyond ASCII count.
std::size_t left_over(std::string_view password, const std::vector<std::string>& names) {
    const std::string small = lower(password);
    const std::string spelt = plain(password);
    std::vector<bool> covered(password.size(), false);
    cover_runs(small, covered);
    cover_years(small, covered);
    for (const std::string_view word : obvious_words) {
        cover(spelt, plain(word), covered);
    }
    for (const std::string& name : names) {
        cover(spelt, plain(name), covered);
    }
    std::size_t left = 0;
    for (std::size_t i = 0; i < small.size(); ++i) {
        const auto byte = static_cast<unsigned char>(small[i]);
        const bool counts =
            (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0xC0U;
        left += counts && !covered[i] ? 1U : 0U;
    }
    return left;
}

/// The words that the account is known by.
std::vector<std::string> names_of(const Account& account) {
    std::vector<std::string> names{"adic"};
    const std::array texts{account.name, account.display_name, account.organisation};
    for (const std::string& text : texts) {
        std::string word;
        for (const char c : text + ' ') {
            const bool ends = std::string_view(" .-_@,:").find(c) != std::string_view::npos;
            if (!ends) {
                word += c;
                continue;
            }
            if (word.size() >= shortest_name) {
                names.push_back(word);
            }
            word.clear();
        }
    }
    return names;
}

}  // namespace

std::optional<std::string>
problem_of_password(std::string_view password, const Account& account, const PasswordRules& rules) {
    constexpr std::size_t most_bytes_of_a_character = 4;
    if (password.size() > rules.most_characters * most_bytes_of_a_character) {
        return "a password has at most " + std::to_string(rules.most_characters) + " characters";
    }
    if (!is_utf8(password)) {
        return "a password is text in UTF-8";
    }
    const std::vector<std::string_view> characters = characters_of(password);
    if (counted(characters) < rules.least_characters) {
        return "a password has at least " + std::to_string(rules.least_characters)
               + " characters: four words that do not belong together are easy to keep in mind";
    }
    if (characters.size() > rules.most_characters) {
        return "a password has at most " + std::to_string(rules.most_characters) + " characters";
    }
    const std::set<std::string_view> distinct(characters.begin(), characters.end());
    if (distinct.size() < fewest_distinct || repeats_itself(characters)) {
        return "this password repeats itself";
    }
    if (left_over(password, names_of(account)) < fewest_left) {
        return "this password is among the first that somebody tries: obvious words, names of "
               "yours, or keys that lie in a row";
    }
    if (rules.is_known && rules.is_known(password)) {
        return "this password is on a list of those that others use";
    }
    return std::nullopt;
}

}  // namespace adic::access
