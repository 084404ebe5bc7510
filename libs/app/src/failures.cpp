#include "adic/app/failures.hpp"

#include "adic/base/text.hpp"

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::SupplyMap;
using supply::FailureSubject;

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

Error unknown_failure(const SupplyMap& map, std::string_view word) {
    std::vector<std::string_view> names;
    const auto add = [&](const auto& table) {
        for (const auto& record : table) {
            names.push_back(record.id);
        }
    };
    add(map.states);
    add(map.blocs);
    add(map.items);
    add(map.organisations);
    std::string message = fmt::format(
        "'{}' is neither a state, a bloc, an organisation nor an item of this map",
        word
    );
    if (const auto nearest = nearest_word(word, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, std::move(message), {}};
}

Result<std::vector<FailureSubject>> parse_word(const SupplyMap& map, std::string_view word) {
    if (const auto at = word.find('@'); at != std::string_view::npos) {
        const auto item = map.items.find(word.substr(0, at));
        const auto state = map.states.find(word.substr(at + 1));
        if (!item || !state) {
            return unknown_failure(map, item ? word.substr(at + 1) : word.substr(0, at));
        }
        return std::vector<FailureSubject>{supply::UnnamedSupplier{*item, *state}};
    }
    if (const auto state = map.states.find(word)) {
        return std::vector<FailureSubject>{*state};
    }
    if (const auto bloc = map.blocs.find(word)) {
        const auto& members = map.blocs[*bloc].members;
        return std::vector<FailureSubject>(members.begin(), members.end());
    }
    if (const auto organisation = map.organisations.find(word)) {
        return std::vector<FailureSubject>{*organisation};
    }
    if (const auto item = map.items.find(word)) {
        return std::vector<FailureSubject>{*item};
    }
    return unknown_failure(map, word);
}

}  // namespace

Result<std::vector<FailureSubject>> parse_failures(const SupplyMap& map, std::string_view text) {
    std::vector<FailureSubject> subjects;
    for (const std::string_view word : split(text, '+')) {
        ADIC_TRY(const std::vector<FailureSubject> found, parse_word(map, trimmed(word)));
        subjects.insert(subjects.end(), found.begin(), found.end());
    }
    return subjects;
}

std::string word_of(const SupplyMap& map, const FailureSubject& subject) {
    return std::visit(
        Overloaded{
            [&](model::StateIndex state) { return map.states[state].id; },
            [&](model::OrganisationIndex firm) { return map.organisations[firm].id; },
            [&](model::ItemIndex item) { return map.items[item].id; },
            [&](const supply::UnnamedSupplier& unnamed) {
                return map.items[unnamed.item].id + '@' + map.states[unnamed.origin].id;
            }},
        subject
    );
}

std::string name_of(const SupplyMap& map, const FailureSubject& subject) {
    return std::visit(
        Overloaded{
            [&](model::StateIndex state) { return map.states[state].name; },
            [&](model::OrganisationIndex firm) { return map.organisations[firm].name; },
            [&](model::ItemIndex item) { return map.items[item].name; },
            [&](const supply::UnnamedSupplier& unnamed) {
                return map.items[unnamed.item].name + " from " + map.states[unnamed.origin].name;
            }},
        subject
    );
}

supply::EventKinds kinds_of(const std::vector<FailureSubject>& subjects) {
    supply::EventKinds kinds{.states = false, .suppliers = false, .items = false};
    for (const FailureSubject& subject : subjects) {
        kinds.states |= std::holds_alternative<model::StateIndex>(subject);
        kinds.items |= std::holds_alternative<model::ItemIndex>(subject);
        kinds.suppliers |= std::holds_alternative<model::OrganisationIndex>(subject)
                           || std::holds_alternative<supply::UnnamedSupplier>(subject);
    }
    return kinds;
}

}  // namespace adic::app
