#pragma once

#include <array>
#include <string_view>

// The words of joint projects, as records, files and answers have them.

namespace adic::model {

/// How far a project is, in order.
inline constexpr std::array<std::string_view, 7> project_stages{
    "interest",
    "letter of intent",
    "technical arrangement",
    "frame agreement",
    "call-offs",
    "delivered",
    "ended"};

/// What a price break counts for.
inline constexpr std::array<std::string_view, 2> price_break_rules{"all units", "incremental"};

/// How members share what they pay.
inline constexpr std::array<std::string_view, 5> sharing_rules{
    "equal price",
    "proportional",
    "separable costs",
    "Shapley",
    "nucleolus"};

/// What a state says of its own part.
inline constexpr std::array<std::string_view, 3> participation_wishes{
    "interested",
    "joins",
    "leaves"};

/// How far it is that somebody leads: by its own offer, or because others ask it to.
inline constexpr std::array<std::string_view, 4> nomination_statuses{
    "offered",
    "nominated",
    "accepted",
    "declined"};

/// Papers, in the order in which a project goes through them.
inline constexpr std::array<std::string_view, 4> agreement_kinds{
    "letter of intent",
    "technical arrangement",
    "frame agreement",
    "call-off"};

inline constexpr std::array<std::string_view, 2> requirement_weights{"must", "should"};

/// What a state says to a line of the common specification.
inline constexpr std::array<std::string_view, 3> position_answers{
    "accepts",
    "needs a variant",
    "cannot accept"};

}  // namespace adic::model
