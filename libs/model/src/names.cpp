#include "adic/model/item.hpp"
#include "adic/model/material_plan.hpp"
#include "adic/model/need.hpp"
#include "adic/model/provenance.hpp"
#include "adic/model/remedy.hpp"
#include "adic/model/scenario.hpp"
#include "adic/model/supply.hpp"

#include <array>
#include <cstdlib>
#include <span>

namespace adic::model {
namespace {

template <typename Value>
struct Named {
    Value value;
    std::string_view name;
};

template <typename Value>
std::string_view name_in(std::span<const Named<Value>> table, Value value) {
    for (const Named<Value>& row : table) {
        if (row.value == value) {
            return row.name;
        }
    }
    std::abort();
}

template <typename Value>
std::optional<Value> value_in(std::span<const Named<Value>> table, std::string_view name) {
    for (const Named<Value>& row : table) {
        if (row.name == name) {
            return row.value;
        }
    }
    return std::nullopt;
}

constexpr std::array<Named<ItemKind>, 7> item_kinds{{
    {ItemKind::system, "system"},
    {ItemKind::component, "component"},
    {ItemKind::material, "material"},
    {ItemKind::mineral, "mineral"},
    {ItemKind::tool, "tool"},
    {ItemKind::software, "software"},
    {ItemKind::service, "service"},
}};

constexpr std::array<Named<Role>, 2> roles{{
    {Role::consumed, "consumed"},
    {Role::equipment, "equipment"},
}};

constexpr std::array<Named<Essential>, 2> essentials{{
    {Essential::yes, "yes"},
    {Essential::no, "no"},
}};

constexpr std::array<Named<Flow>, 4> flows{{
    {Flow::production, "production"},
    {Flow::imports, "imports"},
    {Flow::exports, "exports"},
    {Flow::stock_release, "stock_release"},
}};

constexpr std::array<Named<ShockKind>, 6> shock_kinds{{
    {ShockKind::halt, "halt"},
    {ShockKind::capacity_loss, "capacity_loss"},
    {ShockKind::licence_delay, "licence_delay"},
    {ShockKind::export_control, "export_control"},
    {ShockKind::tariff, "tariff"},
    {ShockKind::stock_loss, "stock_loss"},
}};

constexpr std::array<Named<RecoveryShape>, 4> recovery_shapes{{
    {RecoveryShape::step, "step"},
    {RecoveryShape::linear, "linear"},
    {RecoveryShape::exponential, "exponential"},
    {RecoveryShape::s_curve, "s_curve"},
}};

constexpr std::array<Named<ProbabilitySpan>, 2> probability_spans{{
    {ProbabilitySpan::horizon, "horizon"},
    {ProbabilitySpan::year, "year"},
}};

constexpr std::array<Named<RemedyKind>, 6> remedy_kinds{{
    {RemedyKind::stockpile, "stockpile"},
    {RemedyKind::second_source, "second_source"},
    {RemedyKind::capacity, "capacity"},
    {RemedyKind::recycling, "recycling"},
    {RemedyKind::substitution, "substitution"},
    {RemedyKind::redesign, "redesign"},
}};

constexpr std::array<Named<MeasureKind>, 2> measure_kinds{{
    {MeasureKind::market_response, "market_response"},
    {MeasureKind::mitigation, "mitigation"},
}};

constexpr std::string_view confidence_letters = "ABCDE";

}  // namespace

std::string_view name_of(ItemKind kind) {
    return name_in<ItemKind>(item_kinds, kind);
}

std::optional<ItemKind> parse_item_kind(std::string_view text) {
    return value_in<ItemKind>(item_kinds, text);
}

std::string_view name_of(Role role) {
    return name_in<Role>(roles, role);
}

std::optional<Role> parse_role(std::string_view text) {
    return value_in<Role>(roles, text);
}

std::string_view name_of(Essential essential) {
    return name_in<Essential>(essentials, essential);
}

std::optional<Essential> parse_essential(std::string_view text) {
    return value_in<Essential>(essentials, text);
}

std::string_view name_of(Flow flow) {
    return name_in<Flow>(flows, flow);
}

std::optional<Flow> parse_flow(std::string_view text) {
    return value_in<Flow>(flows, text);
}

std::string_view name_of(ShockKind kind) {
    return name_in<ShockKind>(shock_kinds, kind);
}

std::optional<ShockKind> parse_shock_kind(std::string_view text) {
    return value_in<ShockKind>(shock_kinds, text);
}

std::string_view name_of(RecoveryShape shape) {
    return name_in<RecoveryShape>(recovery_shapes, shape);
}

std::optional<RecoveryShape> parse_recovery_shape(std::string_view text) {
    return value_in<RecoveryShape>(recovery_shapes, text);
}

std::string_view name_of(ProbabilitySpan span) {
    return name_in<ProbabilitySpan>(probability_spans, span);
}

std::optional<ProbabilitySpan> parse_probability_span(std::string_view text) {
    return value_in<ProbabilitySpan>(probability_spans, text);
}

char letter(Confidence confidence) {
    return confidence_letters[static_cast<std::size_t>(confidence)];
}

std::optional<Confidence> parse_confidence(std::string_view text) {
    const std::size_t position = confidence_letters.find(text);
    if (text.size() != 1 || position == std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<Confidence>(position);
}

std::string_view name_of(RemedyKind kind) {
    return name_in<RemedyKind>(remedy_kinds, kind);
}

std::optional<RemedyKind> parse_remedy_kind(std::string_view text) {
    return value_in<RemedyKind>(remedy_kinds, text);
}

std::string_view name_of(MeasureKind kind) {
    return name_in<MeasureKind>(measure_kinds, kind);
}

std::optional<MeasureKind> parse_measure_kind(std::string_view text) {
    return value_in<MeasureKind>(measure_kinds, text);
}

}  // namespace adic::model
