#pragma once

#include "adic/model/record.hpp"

#include <array>
#include <string_view>

// Procurements as the Open Contracting Data Standard has them, one record for each thing that its
// owner may want to release by itself: a process, its items, awards and contracts. model/ocds.hpp
// says where each field stands in a file.

namespace adic::model {

inline constexpr std::array<std::string_view, 5> procurement_stages{
    "planning",
    "tender",
    "award",
    "contract",
    "implementation"};

inline constexpr std::array<std::string_view, 7> tender_statuses{
    "planning",
    "planned",
    "active",
    "cancelled",
    "unsuccessful",
    "complete",
    "withdrawn"};

inline constexpr std::array<std::string_view, 4> award_statuses{
    "pending",
    "active",
    "cancelled",
    "unsuccessful"};

inline constexpr std::array<std::string_view, 4> contract_statuses{
    "pending",
    "active",
    "cancelled",
    "terminated"};

inline constexpr std::array<std::string_view, 4> procurement_methods{
    "open",
    "selective",
    "limited",
    "direct"};

inline constexpr std::array<std::string_view, 3> procurement_categories{
    "goods",
    "works",
    "services"};

// Budgets, values and prices have no least one: OCDS has what comes in as a negative amount.

// Fields that several of the types have.

inline constexpr FieldSpec unread_field{
    .key = "more",
    .title = "More",
    .help = "of the file that it was read from, as JSON: for the owner alone until it is released",
    .takes_several = true};

inline constexpr FieldSpec process_field{
    .key = "procurement",
    .title = "Procurement",
    .help = "its record",
    .kind = FieldKind::reference,
    .is_required = true,
    .of = "procurement"};

inline constexpr FieldSpec number_field{
    .key = "number",
    .title = "Number",
    .help = "within the process",
    .is_required = true};

inline constexpr std::array procurement_fields{
    FieldSpec{.key = "name", .title = "Title", .help = "of the tender"},
    FieldSpec{
        .key = "ocid",
        .title = "OCID",
        .help = "open contracting identifier of the process",
        .is_required = true},
    FieldSpec{
        .key = "stage",
        .title = "Stage",
        .help = "how far it is: planning, tender, award, contract or implementation",
        .kind = FieldKind::choice,
        .choices = procurement_stages},
    FieldSpec{
        .key = "status",
        .title = "Status",
        .help = "of the tender",
        .kind = FieldKind::choice,
        .choices = tender_statuses},
    FieldSpec{.key = "description", .title = "Description", .help = "what is bought"},
    FieldSpec{.key = "buyer", .title = "Buyer", .help = "name of the office that pays"},
    FieldSpec{.key = "buyer_id", .title = "Buyer, identifier", .help = "as the process names it"},
    FieldSpec{
        .key = "method",
        .title = "Method",
        .help = "open, selective, limited or direct",
        .kind = FieldKind::choice,
        .choices = procurement_methods},
    FieldSpec{
        .key = "category",
        .title = "Category",
        .help = "goods, works or services",
        .kind = FieldKind::choice,
        .choices = procurement_categories},
    FieldSpec{
        .key = "budget",
        .title = "Budget",
        .help = "that is set aside",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band},
    FieldSpec{
        .key = "budget_currency",
        .title = "Currency of the budget",
        .help = "three letters, ISO 4217"},
    FieldSpec{
        .key = "value",
        .title = "Value",
        .help = "that the tender is estimated at",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band},
    FieldSpec{
        .key = "currency",
        .title = "Currency of the value",
        .help = "three letters, ISO 4217"},
    FieldSpec{
        .key = "tender_from",
        .title = "Tenders from",
        .help = "the first day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "tender_until",
        .title = "Tenders until",
        .help = "the last day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .not_before = "tender_from"},
    FieldSpec{
        .key = "published",
        .title = "Published",
        .help = "day of the latest release",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    unread_field,
};

inline constexpr std::array procurement_item_fields{
    FieldSpec{.key = "name", .title = "Item", .help = "what is bought"},
    process_field,
    number_field,
    FieldSpec{.key = "lot", .title = "Lot", .help = "that it belongs to"},
    FieldSpec{
        .key = "codes",
        .title = "Codes",
        .help =
            "with their schemes, as in HS:852560 or NSN:5820001234567; the first is the main one",
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "quantity",
        .title = "Quantity",
        .help = "that is bought",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band,
        .least = 0.0},
    FieldSpec{.key = "unit", .title = "Unit", .help = "of the quantity"},
    FieldSpec{
        .key = "unit_price",
        .title = "Price of one",
        .help = "or of one unit",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band},
    FieldSpec{
        .key = "currency",
        .title = "Currency of the price",
        .help = "three letters, ISO 4217"},
    unread_field,
};

inline constexpr std::array award_fields{
    FieldSpec{.key = "name", .title = "Title", .help = "of the award"},
    process_field,
    number_field,
    FieldSpec{
        .key = "status",
        .title = "Status",
        .help = "of the award",
        .kind = FieldKind::choice,
        .choices = award_statuses},
    FieldSpec{
        .key = "date",
        .title = "Date",
        .help = "on which it was made",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "value",
        .title = "Value",
        .help = "that was awarded",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band},
    FieldSpec{.key = "currency", .title = "Currency", .help = "three letters, ISO 4217"},
    FieldSpec{
        .key = "suppliers",
        .title = "Suppliers",
        .help = "names, one in each line",
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "supplier_ids",
        .title = "Suppliers, identifiers",
        .help = "in the same order",
        .generalisation = Generalisation::number_of_it,
        .takes_several = true},
    unread_field,
};

inline constexpr std::array contract_fields{
    FieldSpec{.key = "name", .title = "Title", .help = "of the contract"},
    process_field,
    number_field,
    FieldSpec{.key = "award", .title = "Award", .help = "number of the award that it follows"},
    FieldSpec{
        .key = "status",
        .title = "Status",
        .help = "of the contract",
        .kind = FieldKind::choice,
        .choices = contract_statuses},
    FieldSpec{
        .key = "signed",
        .title = "Signed",
        .help = "on which day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "starts",
        .title = "From",
        .help = "the first day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year},
    FieldSpec{
        .key = "ends",
        .title = "Until",
        .help = "the last day",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .not_before = "starts"},
    FieldSpec{
        .key = "value",
        .title = "Value",
        .help = "of the contract",
        .kind = FieldKind::number,
        .generalisation = Generalisation::band},
    FieldSpec{.key = "currency", .title = "Currency", .help = "three letters, ISO 4217"},
    unread_field,
};

}  // namespace adic::model
