#include "adic/ingest/publishers/state_names.hpp"

#include "adic/base/text.hpp"

#include "published_table.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::size_t numeric_digits = 3;

/// Lower case; every run of blanks, also the unbreakable kind, is one blank; one kind of
/// apostrophe.
std::string folded(std::string_view name) {
    constexpr std::string_view unbreakable = "\xC2\xA0";
    constexpr std::string_view curly = "\xE2\x80\x99";
    std::string result;
    while (!name.empty()) {
        std::size_t taken = 1;
        char character = name.front();
        if (name.starts_with(unbreakable)) {
            taken = unbreakable.size();
            character = ' ';
        } else if (name.starts_with(curly)) {
            taken = curly.size();
            character = '\'';
        }
        name.remove_prefix(taken);
        if (character != ' ' || (!result.empty() && result.back() != ' ')) {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
        }
    }
    if (result.ends_with(' ')) {
        result.pop_back();
    }
    return result;
}

/// A numeric code with its leading zeros.
std::string padded(std::string_view code) {
    const bool numeric =
        !code.empty() && code.size() < numeric_digits
        && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    return std::string(numeric ? numeric_digits - code.size() : 0, '0') + std::string(code);
}

std::vector<std::string> list_of(std::string_view cell) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(cell, ';')) {
        if (!part.empty()) {
            parts.emplace_back(part);
        }
    }
    return parts;
}

}  // namespace

std::optional<Error> StateNames::add(State state, std::string_view codes, std::string_view names) {
    const std::size_t position = states_.size();
    const auto claim = [&](auto& table, const std::string& key) {
        const auto [found, added] = table.emplace(key, position);
        return added || found->second == position;
    };
    bool unique = claim(by_code_, state.id) && claim(by_name_, folded(state.name));
    for (const std::string& code : list_of(codes)) {
        unique = claim(by_code_, padded(code)) && unique;
    }
    for (const std::string& name : list_of(names)) {
        unique = claim(by_name_, folded(name)) && unique;
    }
    states_.push_back(std::move(state));
    if (unique) {
        return std::nullopt;
    }
    return Error{
        ErrorCode::invalid_argument,
        fmt::format("a spelling or code of '{}' also stands for another state", states_.back().id),
        {}};
}

Result<StateNames> StateNames::read(const std::filesystem::path& path) {
    enum Column { id, name, codes, other_names, blocs };

    constexpr std::array<ColumnSpec, 5> columns{
        {{"id"}, {"name"}, {"codes"}, {"other_names"}, {"blocs"}}};
    ImportReport report;
    ADIC_TRY(PublishedTable table, PublishedTable::open(path, columns, report));
    StateNames names;
    while (table.next()) {
        State state{
            std::string(table.cell(id)),
            std::string(table.cell(name)),
            list_of(table.cell(blocs))};
        auto error = names.add(std::move(state), table.cell(codes), table.cell(other_names));
        if (error) {
            return *std::move(error);
        }
    }
    if (!report.may_commit()) {
        const Issue& issue = report.issues().front();
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("{}, row {}: {}", issue.file, issue.row, issue.message),
            {}};
    }
    return names;
}

const StateNames::State* StateNames::find_by_name(std::string_view name) const {
    const auto found = by_name_.find(folded(name));
    return found == by_name_.end() ? nullptr : &states_[found->second];
}

const StateNames::State* StateNames::find_by_code(std::string_view code) const {
    const auto found = by_code_.find(padded(code));
    return found == by_code_.end() ? nullptr : &states_[found->second];
}

std::vector<std::string> StateNames::members_of(std::string_view bloc) const {
    std::vector<std::string> members;
    for (const State& state : states_) {
        if (std::find(state.blocs.begin(), state.blocs.end(), bloc) != state.blocs.end()) {
            members.push_back(state.id);
        }
    }
    std::sort(members.begin(), members.end());
    return members;
}

}  // namespace adic::ingest
