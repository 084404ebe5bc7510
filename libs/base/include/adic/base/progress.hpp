#pragma once

#include <functional>
#include <string_view>

namespace adic {

/// What a long calculation calls now and then: the step it is in, and how much of it is done, in
/// [0, 1]. An empty function means that nobody watches.
using Progress = std::function<void(std::string_view step, double done)>;

}  // namespace adic
