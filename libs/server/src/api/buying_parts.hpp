#pragma once

#include "adic/base/sentence.hpp"
#include "adic/procure/project.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// Sets a member of the object, if there is something to say: a text, {"low", "high"}, or a day.
void put(nlohmann::ordered_json& object, const char* key, const std::string& text);
void put(
    nlohmann::ordered_json& object,
    const char* key,
    const std::optional<procure::Range>& range
);
void put(
    nlohmann::ordered_json& object,
    const char* key,
    const std::optional<std::chrono::sys_days>& day
);

/// As the schema Sentence has them.
nlohmann::ordered_json sentences_json(std::span<const Sentence> sentences);

}  // namespace adic::server
