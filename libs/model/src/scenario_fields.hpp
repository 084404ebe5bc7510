#pragma once

#include "adic/model/record.hpp"

#include <array>

namespace adic::model {

// What happens stands in one field: a reader who is not shown all of it must not run a part of it
// and take that for the whole.
inline constexpr std::array scenario_fields{
    FieldSpec{
        .key = "name",
        .title = "Title",
        .help = "what people call the scenario",
        .is_required = true},
    FieldSpec{.key = "about", .title = "What it is about", .help = "a few sentences"},
    FieldSpec{
        .key = "start",
        .title = "First day",
        .help = "from which days are counted",
        .kind = FieldKind::date,
        .generalisation = Generalisation::year,
        .is_required = true},
    FieldSpec{
        .key = "horizon_days",
        .title = "Horizon",
        .help = "how long is looked at",
        .kind = FieldKind::whole,
        .generalisation = Generalisation::band,
        .is_required = true,
        .of = "days"},
    FieldSpec{
        .key = "content",
        .title = "What happens",
        .help = "events, common causes and sources of a scenario file, as JSON; a long one goes on "
                "in the next text",
        .is_required = true,
        .takes_several = true},
};

}  // namespace adic::model
