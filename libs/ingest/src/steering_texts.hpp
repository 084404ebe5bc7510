#pragma once

#include "adic/model/record.hpp"

#include <string_view>
#include <vector>

namespace adic::ingest {

/// The names of what steers, in a record that is written anew, the text that is read around it
/// (has_steering_character). A record that is kept already is not asked: its owner can recall it
/// whatever it says. Requires: the texts are UTF-8.
std::vector<std::string_view> steering_texts_of(const model::Record& record);

inline constexpr std::string_view steering_problem =
    "has a sign that shows nothing and makes what is around it read as something else: a control, "
    "or a forced direction of writing such as U+202E; leave it out";

}  // namespace adic::ingest
