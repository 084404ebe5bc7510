#pragma once

#include "adic/model/record.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

struct FieldProblem {
    std::string_view field;  ///< empty: the message names it
    std::string message;
    std::string value = {};  ///< what stands there, as a table has it; empty: not said
};

/// What is wrong with a record that is written anew: what no record may be (model::problems_of),
/// and what is asked of new ones alone. One that is kept already is not asked for more than it was
/// when it came: its owner can narrow and recall it whatever it says.
/// Cost: O(bytes).
std::vector<FieldProblem> problems_of_new(const model::Record& record);

inline constexpr std::string_view steering_problem =
    "has a sign that shows nothing and makes what is around it read as something else: a control, "
    "or a forced direction of writing such as U+202E; leave it out";

}  // namespace adic::ingest
