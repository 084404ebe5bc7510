#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/provenance.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// Type of the records that hold a scenario.
inline constexpr std::string_view scenario_type = "scenario";

/// What an event does to a supply.
enum class ShockKind {
    halt,            ///< nothing comes
    capacity_loss,   ///< the part `severity` does not come
    licence_delay,   ///< every export waits for a licence; `severity` is the part refused
    export_control,  ///< licences by destination, with the part approved, quotas and re-exports
    tariff,          ///< it comes, and costs the part `rate` more
    stock_loss       ///< the part `severity` of what lies in store is gone
};

inline constexpr std::array all_shock_kinds{
    ShockKind::halt,
    ShockKind::capacity_loss,
    ShockKind::licence_delay,
    ShockKind::export_control,
    ShockKind::tariff,
    ShockKind::stock_loss,
};

std::string_view name_of(ShockKind kind);
std::optional<ShockKind> parse_shock_kind(std::string_view text);

/// How the loss dies away after the end of an event.
enum class RecoveryShape {
    step,         ///< all is back at once
    linear,       ///< evenly over `days`
    exponential,  ///< a twentieth is left after `days`
    s_curve       ///< slowly, fast, slowly, over `days`: 1 - 3x^2 + 2x^3 is left
};

inline constexpr std::array all_recovery_shapes{
    RecoveryShape::step,
    RecoveryShape::linear,
    RecoveryShape::exponential,
    RecoveryShape::s_curve,
};

std::string_view name_of(RecoveryShape shape);
std::optional<RecoveryShape> parse_recovery_shape(std::string_view text);

/// What a probability counts for: the scenario's horizon, or each year of it.
enum class ProbabilitySpan { horizon, year };

std::string_view name_of(ProbabilitySpan span);
std::optional<ProbabilitySpan> parse_probability_span(std::string_view text);

/// A number of a scenario, and how anybody knows it.
struct ScenarioFigure {
    Estimate value;
    Confidence confidence = Confidence::d;  ///< judgement, unless somebody says better
    std::string source = {};                ///< id of one of the scenario's sources, or empty
    std::string note = {};

    friend bool operator==(const ScenarioFigure&, const ScenarioFigure&) = default;
};

/// Where the facts of a scenario were read.
struct ScenarioSource {
    std::string id;
    std::string title;
    std::string publisher;
    int year;
    std::string url;

    friend bool operator==(const ScenarioSource&, const ScenarioSource&) = default;
};

/// All codes of a scheme that start with a text: HS "2504" is graphite in all its subheadings.
struct CodePrefix {
    std::string scheme;
    std::string prefix;  ///< empty: every item that has a code of the scheme (a whole list)

    friend bool operator==(const CodePrefix&, const CodePrefix&) = default;
};

/// Items by their ids and by their codes; empty means every item.
struct ItemList {
    std::string name = {};  ///< as its regime calls it
    std::vector<std::string> ids = {};
    std::vector<CodePrefix> codes = {};

    bool is_empty() const { return ids.empty() && codes.empty(); }

    friend bool operator==(const ItemList&, const ItemList&) = default;
};

/// A way of goods. Empty ends mean from anywhere, to anywhere.
struct TradeRoute {
    std::string from = {};  ///< state or bloc
    std::string to = {};    ///< state or bloc

    friend bool operator==(const TradeRoute&, const TradeRoute&) = default;
};

/// What an event hits: what satisfies every list that is not empty. `origins` CHN and the items of
/// HS 2504 are China's graphite and nothing else. Of a stock loss `origins` are the holders.
struct ShockTarget {
    std::vector<std::string> origins = {};        ///< states and blocs where it is made
    std::vector<std::string> organisations = {};  ///< suppliers
    ItemList items = {};
    std::vector<std::string> chokepoints = {};  ///< of data/reference/sea_routes.csv
    std::vector<TradeRoute> routes = {};

    friend bool operator==(const ShockTarget&, const ShockTarget&) = default;
};

struct RecoveryCurve {
    RecoveryShape shape = RecoveryShape::step;
    std::optional<ScenarioFigure> days = {};  ///< > 0; empty only of a step

    friend bool operator==(const RecoveryCurve&, const RecoveryCurve&) = default;
};

/// The terms under which the controlled goods still go out. The controllers are the origins of the
/// event's target, the goods its items; the control is in force from the event's start.
struct ExportControl {
    std::optional<std::chrono::sys_days> announced = {};
    std::vector<std::string> destinations = {};  ///< states and blocs; empty: all but the exempt
    std::vector<std::string> exempt = {};        ///< states and blocs; goes before `destinations`
    std::uint32_t phase_in_days = 0;             ///< until old contracts have run out, evenly
    ScenarioFigure processing_days{Estimate::exactly(0)};  ///< from application to licence
    ScenarioFigure approved_share{Estimate::exactly(0)};   ///< part of what is applied for
    std::optional<ScenarioFigure> quota = {};  ///< most that goes out, as part of what used to
    /// Part of what waited for a licence that is delivered later; empty: it is lost.
    std::optional<ScenarioFigure> backlog_share = {};
    std::optional<ScenarioFigure> backlog_days = {};  ///< over which it is delivered
    /// Goods made elsewhere fall under the control too if at least this part of their value is
    /// controlled goods of the controllers; empty: the control ends at the border.
    std::optional<double> de_minimis = {};

    friend bool operator==(const ExportControl&, const ExportControl&) = default;
};

/// One thing that happens.
///
/// A figure that the kind does not use is absent: `severity` belongs to capacity_loss,
/// licence_delay, stock_loss, and to a halt in which not all stops (absent: 1); `rate` to tariff;
/// `control` to licence_delay and export_control.
struct ShockEvent {
    std::string id;
    std::string title = {};
    ShockKind kind;
    ShockTarget target;
    std::optional<ScenarioFigure> severity = {};       ///< in [0, 1]
    std::optional<ScenarioFigure> rate = {};           ///< part of the price, >= 0
    std::int32_t start_day = 0;                        ///< after Scenario::start
    std::optional<ScenarioFigure> duration_days = {};  ///< > 0; empty: until after the horizon
    RecoveryCurve recovery = {};
    std::optional<ScenarioFigure> probability = {};  ///< in [0, 1]; empty: it is sure to happen
    ProbabilitySpan per = ProbabilitySpan::horizon;
    std::optional<ExportControl> control = {};
    /// A map without any such supply is no reason to refuse the scenario.
    bool may_miss = false;
    std::vector<std::string> sources = {};  ///< ids of the scenario's sources
    std::string note = {};

    friend bool operator==(const ShockEvent&, const ShockEvent&) = default;
};

/// An event of a group.
struct CauseMember {
    std::string event;
    /// In [0, 1]: given that the cause has happened. Empty: the event states its probability, which
    /// is then at most the cause's; always empty in a correlation.
    std::optional<ScenarioFigure> conditional = {};

    friend bool operator==(const CauseMember&, const CauseMember&) = default;
};

/// Events that happen together more often than by chance. Each event is in at most one group.
///
/// Either a cause with a probability of its own: given that it has happened, each member follows
/// independently of the others, and none happens without it. Or a correlation of members that state
/// their own probabilities: a Gaussian copula with one factor.
struct CommonCause {
    std::string id;
    std::string title = {};
    std::optional<ScenarioFigure> probability = {};  ///< of a cause, in [0, 1]
    ProbabilitySpan per = ProbabilitySpan::horizon;
    std::optional<ScenarioFigure> correlation = {};  ///< of a correlation, in [0, 1)
    std::vector<CauseMember> members;                ///< at least one; of a correlation, two

    friend bool operator==(const CommonCause&, const CommonCause&) = default;
};

/// What could happen, as a file states it: names, not positions, so that one scenario is read
/// against many maps.
///
/// It may be impossible, or may not fit a map: whoever reads one checks both.
struct Scenario {
    std::string id;
    std::string title;
    std::string description = {};
    std::vector<ScenarioSource> sources = {};
    std::chrono::sys_days start;
    std::uint32_t horizon_days;
    std::vector<ShockEvent> events;
    std::vector<CommonCause> causes = {};

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

}  // namespace adic::model
