#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// How publishers write the names of states: "Burma", "Congo (Kinshasa)", "Turkyie", 842. A table
/// of data, `data/reference/states.csv`, so that a spelling is added without a new program.
class StateNames {
  public:
    struct State {
        std::string id;  ///< ISO 3166-1 alpha-3 where there is one
        std::string name;
        std::vector<std::string> blocs;
    };

    /// Columns: id, name, codes, other_names, blocs; lists are separated by semicolons.
    /// Errors: the file cannot be read, a column is missing, or a spelling stands for two states.
    static Result<StateNames> read(const std::filesystem::path& path);

    /// By any of its spellings, whatever the case, the kind of blanks and of apostrophes.
    const State* find_by_name(std::string_view name) const;

    /// By its id, ISO 3166-1 numeric code ("4", "004") or a code of the United Nations' trade
    /// statistics (842 for the United States).
    const State* find_by_code(std::string_view code) const;

    /// Ids of the states of a bloc, sorted.
    std::vector<std::string> members_of(std::string_view bloc) const;

  private:
    std::optional<Error> add(State state, std::string_view codes, std::string_view names);

    std::vector<State> states_;
    std::map<std::string, std::size_t, std::less<>> by_name_;  ///< folded spelling
    std::map<std::string, std::size_t, std::less<>> by_code_;
};

}  // namespace adic::ingest
