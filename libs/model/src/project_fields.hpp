#pragma once

#include "adic/model/project_words.hpp"
#include "adic/model/record.hpp"

#include <array>

// A project by which several states buy together. No state writes what another one says: the lead
// owns the project, its papers and the lines of the common specification; each state owns its own
// part, its signatures and its answers, and takes them back by itself.

namespace adic::model {

inline constexpr std::array project_fields{
    FieldSpec{
        .key = "name",
        .title = "Project",
        .help = "what people call it",
        .is_required = true},
    FieldSpec{
        .key = "item",
        .title = "Item",
        .help = "of the catalogue or map, or its name",
        .is_required = true},
    FieldSpec{
        .key = "stage",
        .title = "Stage",
        .help = "how far it is, from interest to delivered",
        .kind = FieldKind::choice,
        .choices = project_stages},
    FieldSpec{
        .key = "members",
        .title = "Members",
        .help = "states whose part the lead has approved",
        .kind = FieldKind::state,
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "price_breaks",
        .title = "Price breaks",
        .help = "one in each line: from how many pieces, and what one costs, as in '50: 92000'",
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "break_rule",
        .title = "Breaks count for",
        .help = "all units, or only those above the break (incremental)",
        .kind = FieldKind::choice,
        .choices = price_break_rules},
    FieldSpec{
        .key = "non_recurring",
        .title = "Non-recurring cost",
        .help = "of design and tooling, paid once for all",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .of = "USD",
        .least = 0.0},
    FieldSpec{
        .key = "coordination",
        .title = "Coordination",
        .help = "what buying together adds, as a share of the cost, from 0 to 1",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .least = 0.0,
        .most = 1.0},
    FieldSpec{
        .key = "sharing_rule",
        .title = "Sharing rule",
        .help = "the rule that the members chose",
        .kind = FieldKind::choice,
        .choices = sharing_rules},
    FieldSpec{
        .key = "first",
        .title = "From",
        .help = "the first day of delivery",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "last",
        .title = "Until",
        .help = "the last day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .not_before = "first"},
};

inline constexpr std::array participation_fields{
    FieldSpec{
        .key = "project",
        .title = "Project",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "project"},
    FieldSpec{
        .key = "wish",
        .title = "Wish",
        .help = "interested, joins or leaves; it is a member when the project names it too",
        .kind = FieldKind::choice,
        .is_required = true,
        .choices = participation_wishes},
    FieldSpec{
        .key = "quantity",
        .title = "Quantity",
        .help = "that the owner would take",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .of = "pieces",
        .least = 0.0},
    FieldSpec{.key = "variant", .title = "Variant", .help = "of the common specification"},
    FieldSpec{
        .key = "need_by",
        .title = "Needed by",
        .help = "the day on which it has to be there",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
};

inline constexpr std::array nomination_fields{
    FieldSpec{
        .key = "project",
        .title = "Project",
        .help = "its record; empty: the item alone is meant",
        .kind = FieldKind::reference,
        .of = "project"},
    FieldSpec{
        .key = "item",
        .title = "Item",
        .help = "of the catalogue or map, or its name",
        .is_required = true},
    FieldSpec{
        .key = "state",
        .title = "State",
        .help = "that would lead, or whose firm would",
        .kind = FieldKind::state,
        .is_required = true},
    FieldSpec{
        .key = "firm",
        .title = "Firm",
        .help = "that would lead: its record; empty: the state names it later",
        .kind = FieldKind::reference,
        .of = "organisation"},
    FieldSpec{.key = "work", .title = "Work", .help = "that it would lead, in short"},
    FieldSpec{
        .key = "status",
        .title = "Status",
        .help = "offered, nominated, accepted or declined; nobody leads who has not accepted",
        .kind = FieldKind::choice,
        .is_required = true,
        .choices = nomination_statuses},
    FieldSpec{
        .key = "since",
        .title = "Since",
        .help = "a day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
};

inline constexpr std::array agreement_fields{
    FieldSpec{.key = "name", .title = "Title", .help = "of the paper", .is_required = true},
    FieldSpec{
        .key = "project",
        .title = "Project",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "project"},
    FieldSpec{
        .key = "kind",
        .title = "Kind",
        .help = "letter of intent, technical arrangement, frame agreement or call-off",
        .kind = FieldKind::choice,
        .is_required = true,
        .choices = agreement_kinds},
    FieldSpec{
        .key = "parties",
        .title = "Parties",
        .help = "states that are to sign it",
        .kind = FieldKind::state,
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "under",
        .title = "Under",
        .help = "the frame agreement that a call-off is under",
        .kind = FieldKind::reference,
        .of = "agreement"},
    FieldSpec{
        .key = "procurement",
        .title = "Process",
        .help = "by which it is bought: its record, as it came from the national system",
        .kind = FieldKind::reference,
        .of = "procurement"},
    FieldSpec{
        .key = "quantity",
        .title = "Quantity",
        .help = "that is called off, or at most under a frame agreement",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .of = "pieces",
        .least = 0.0},
    FieldSpec{
        .key = "value",
        .title = "Value",
        .help = "of all of it",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .of = "USD",
        .least = 0.0},
    FieldSpec{
        .key = "until",
        .title = "In force until",
        .help = "the last day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "delivered",
        .title = "Delivered",
        .help = "the day on which all of it was there",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{.key = "text", .title = "What it says", .help = "in short"},
};

inline constexpr std::array signature_fields{
    FieldSpec{
        .key = "agreement",
        .title = "Paper",
        .help = "that the owner signs: its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "agreement"},
    FieldSpec{
        .key = "signed",
        .title = "Signed",
        .help = "a day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .is_required = true},
    FieldSpec{.key = "office", .title = "Office", .help = "that signed, not a person"},
};

inline constexpr std::array requirement_fields{
    FieldSpec{
        .key = "name",
        .title = "Requirement",
        .help = "what is asked for, as in 'range'",
        .is_required = true},
    FieldSpec{
        .key = "project",
        .title = "Project",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "project"},
    FieldSpec{
        .key = "weight",
        .title = "Weight",
        .help = "must or should",
        .kind = FieldKind::choice,
        .choices = requirement_weights},
    FieldSpec{.key = "value", .title = "Value", .help = "with its unit, as in 'at least 40 km'"},
    FieldSpec{.key = "standard", .title = "Standard", .help = "by which it is shown"},
};

inline constexpr std::array position_fields{
    FieldSpec{
        .key = "requirement",
        .title = "Requirement",
        .help = "its record",
        .kind = FieldKind::reference,
        .is_required = true,
        .of = "requirement"},
    FieldSpec{
        .key = "answer",
        .title = "Answer",
        .help = "accepts, needs a variant or cannot accept",
        .kind = FieldKind::choice,
        .is_required = true,
        .choices = position_answers},
    FieldSpec{.key = "value", .title = "Value", .help = "that the owner needs instead"},
    FieldSpec{.key = "reason", .title = "Reason", .help = "in short"},
};

}  // namespace adic::model
