#pragma once

#include "adic/model/record.hpp"

#include <array>
#include <string_view>

// What firms say for themselves. An interest is of who would supply, or asks about what is offered,
// and its owner alone says what came of it. A claim is of the organisation that speaks for itself
// in it; the answer is the state's, and no account of an organisation writes it.

namespace adic::model {

/// What came of an interest, in the order in which it can.
inline constexpr std::array<std::string_view, 5> interest_outcomes{
    "waiting",
    "talks",
    "offer made",
    "contract",
    "nothing came of it"};

inline constexpr std::array interest_fields{
    FieldSpec{
        .key = "about",
        .title = "About",
        .help = "the record that asks for something, or offers it",
        .kind = FieldKind::reference,
        .is_required = true},
    FieldSpec{
        .key = "firm",
        .title = "Firm",
        .help = "that is interested: its record; empty: the state itself",
        .kind = FieldKind::reference,
        .of = "organisation"},
    FieldSpec{
        .key = "message",
        .title = "Message",
        .help = "in a sentence or two; it is no offer, and binds nobody"},
    FieldSpec{.key = "contact", .title = "Contact", .help = "an office, not a person"},
    FieldSpec{
        .key = "since",
        .title = "Since",
        .help = "a day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "outcome",
        .title = "What came of it",
        .help = "as who is interested sees it; empty: it waits for an answer",
        .kind = FieldKind::choice,
        .choices = interest_outcomes},
};

inline constexpr std::array<std::string_view, 2> claim_answers{"accepted", "refused"};

inline constexpr std::array claim_fields{
    FieldSpec{
        .key = "firm",
        .title = "Firm",
        .help = "that is claimed: its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "organisation"},
    FieldSpec{
        .key = "national_number",
        .title = "National number",
        .help = "of the state's own registry of companies: by it the claim is checked"},
    FieldSpec{.key = "contact", .title = "Contact", .help = "an office, not a person"},
    FieldSpec{.key = "message", .title = "Message", .help = "what else shows that it is this firm"},
    FieldSpec{
        .key = "since",
        .title = "Since",
        .help = "a day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "answer",
        .title = "Answer of the state",
        .help = "accepted or refused; empty: not yet",
        .kind = FieldKind::choice,
        .choices = claim_answers,
        .is_for_officials = true},
    FieldSpec{
        .key = "reason",
        .title = "Reason",
        .help = "why it is refused, for who claims",
        .is_for_officials = true},
    FieldSpec{
        .key = "answered",
        .title = "Answered",
        .help = "a day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .is_for_officials = true},
};

}  // namespace adic::model
