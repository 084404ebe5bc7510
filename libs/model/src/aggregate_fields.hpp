#pragma once

#include "adic/model/record.hpp"

#include <array>

// The listed exception to the release gate: a total over what states hide, by consent
// (docs/decisions/0027-aggregates.md). The state that asks owns the definition and the result, each
// state its own consent.

namespace adic::model {

inline constexpr std::array<std::string_view, 1> measure_keys{"demand.quantity"};

inline constexpr std::array<std::string_view, 2> aggregate_outcomes{"published", "withheld"};

inline constexpr FieldSpec measure_field{
    .key = "measure",
    .title = "What is summed",
    .help = "a field of a type of records",
    .kind = FieldKind::choice,
    .is_required = true,
    .choices = measure_keys};

inline constexpr FieldSpec summed_item_field{
    .key = "item",
    .title = "Item",
    .help = "as the records name it; letters and accents in any case",
    .is_required = true};

inline constexpr FieldSpec first_year_field{
    .key = "first_year",
    .title = "From year",
    .help = "the first: what is wanted from a day of it on counts",
    .kind = FieldKind::whole,
    .is_required = true};

inline constexpr FieldSpec last_year_field{
    .key = "last_year",
    .title = "To year",
    .help = "the last, counted too",
    .kind = FieldKind::whole,
    .is_required = true};

inline constexpr FieldSpec smallest_group_field{
    .key = "smallest_group",
    .title = "Smallest group",
    .help = "states that have to consent, at least 3",
    .kind = FieldKind::whole,
    .is_required = true,
    .of = "states"};

inline constexpr FieldSpec rounding_field{
    .key = "rounding",
    .title = "Rounded to",
    .help = "the total is a multiple of it, at least 1",
    .kind = FieldKind::whole,
    .is_required = true};

inline constexpr std::array aggregate_fields{
    FieldSpec{
        .key = "name",
        .title = "Name",
        .help = "what people call the question",
        .is_required = true},
    measure_field,
    summed_item_field,
    first_year_field,
    last_year_field,
    smallest_group_field,
    FieldSpec{
        .key = "protection",
        .title = "Protection",
        .help =
            "p of the p% rule, from 10 to 100: the total is withheld if the second largest part "
            "could tell the largest one more closely than to so many per cent",
        .kind = FieldKind::whole,
        .is_required = true,
        .of = "%"},
    rounding_field,
    FieldSpec{
        .key = "audience",
        .title = "Audience",
        .help = "who is shown the result, as in 'ASEAN' or 'MYS;IDN;THA'; who consents is of it",
        .kind = FieldKind::grants,
        .is_required = true},
};

inline constexpr std::array consent_fields{
    FieldSpec{
        .key = "aggregate",
        .title = "Aggregate",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "aggregate"},
    FieldSpec{
        .key = "definition",
        .title = "Definition",
        .help = "digest of what was agreed to: another definition has another one",
        .is_required = true},
    FieldSpec{
        .key = "from",
        .title = "From",
        .help = "the first day on which it holds",
        .kind = FieldKind::date,
        .is_required = true},
    FieldSpec{
        .key = "until",
        .title = "Until",
        .help = "the first day on which it no longer does",
        .kind = FieldKind::date,
        .is_required = true},
};

inline constexpr std::array aggregate_result_fields{
    FieldSpec{
        .key = "aggregate",
        .title = "Aggregate",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "aggregate"},
    FieldSpec{
        .key = "definition",
        .title = "Definition",
        .help = "digest of the definition that the states agreed to",
        .is_required = true},
    measure_field,
    summed_item_field,
    first_year_field,
    last_year_field,
    smallest_group_field,
    rounding_field,
    FieldSpec{
        .key = "states",
        .title = "States",
        .help = "that consented, with or without something to count",
        .kind = FieldKind::state,
        .is_required = true,
        .takes_several = true},
    FieldSpec{
        .key = "published",
        .title = "Published",
        .help = "the day",
        .kind = FieldKind::date,
        .is_required = true},
    FieldSpec{
        .key = "outcome",
        .title = "Outcome",
        .help = "published, or withheld for a reason that is not said",
        .kind = FieldKind::choice,
        .is_required = true,
        .choices = aggregate_outcomes},
    FieldSpec{
        .key = "total",
        .title = "Total",
        .help = "of all of them, rounded; of what is withheld there is none",
        .kind = FieldKind::number},
};

}  // namespace adic::model
