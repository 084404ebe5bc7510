#include "adic/base/say.hpp"

#include "adic/base/text.hpp"

#include <cassert>
#include <cstddef>

namespace adic {
namespace {

using Values = std::vector<Said>;

/// Where the brace is closed that opens at `open`.
std::size_t closing(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '{') {
            ++depth;
        } else if (text[at] == '}' && --depth == 0) {
            return at;
        }
    }
    return text.size();
}

/// The branch of that name, or `other`: of "one {# cascade} other {# cascades}".
std::string_view branch_of(std::string_view options, std::string_view name) {
    std::string_view other;
    for (std::size_t at = 0; at < options.size();) {
        const std::size_t open = options.find('{', at);
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t end = closing(options, open);
        const std::string_view own = trimmed(options.substr(at, open - at));
        const std::string_view branch = options.substr(open + 1, end - open - 1);
        if (own == name) {
            return branch;
        }
        other = own == "other" ? branch : other;
        at = end + 1;
    }
    return other;
}

std::string written(std::string_view pattern, const Values& values, std::string_view count);

/// A place: a name, its kind, and for some kinds what may be said there.
std::string placed(std::string_view place, const Values& values) {
    const std::size_t comma = place.find(',');
    const std::string_view name = trimmed(place.substr(0, comma));
    const auto value = std::ranges::find(values, name, &Said::name);
    const std::string_view rest =
        comma == std::string_view::npos ? std::string_view{} : place.substr(comma + 1);
    const std::size_t second = rest.find(',');
    if (second == std::string_view::npos) {
        assert(value != values.end());
        return value == values.end() ? std::string{} : value->english;
    }
    const std::string_view options = rest.substr(second + 1);
    if (value == values.end()) {
        return written(branch_of(options, "none"), values, {});
    }
    const std::string_view plain = value->plain.empty() ? std::string_view{} : value->plain.front();
    if (trimmed(rest.substr(0, second)) == "plural") {
        return written(branch_of(options, plain == "1" ? "one" : "other"), values, value->english);
    }
    return written(branch_of(options, plain), values, {});
}

std::string written(std::string_view pattern, const Values& values, std::string_view count) {
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '{') {
            const std::size_t end = closing(pattern, at);
            text += placed(pattern.substr(at + 1, end - at - 1), values);
            at = end;
        } else if (pattern[at] == '#') {
            text += count;
        } else {
            text += pattern[at];
        }
    }
    return text;
}

std::string listed(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) {
        list += (list.empty() ? "" : ", ") + text;
    }
    return list;
}

}  // namespace

Said::Said(std::string_view place, std::vector<std::string> texts)
    : name(place)
    , english(listed(texts))
    , plain(std::move(texts)) {}

Said::Said(std::string_view place, std::string text, double figure)
    : name(place)
    , english(std::move(text))
    , plain{to_shortest(figure)} {}

Sentence say(SayingOf saying, const std::vector<Said>& values) {
    Sentence sentence(written((*saying).english, values, {}));
    sentence.code = (*saying).code;
    for (const Said& value : values) {
        sentence.values.emplace_back(value.name, value.plain);
    }
    return sentence;
}

Sentence joined(std::vector<Sentence> parts, std::string_view between, std::string_view end) {
    Sentence whole;
    for (const Sentence& part : parts) {
        whole.text += whole.text.empty() ? std::string_view{} : between;
        whole.text += part.text;
    }
    if (!whole.text.empty()) {
        whole.text += end;
    }
    whole.parts = std::move(parts);
    return whole;
}

}  // namespace adic
