#pragma once

#include "adic/base/estimate.hpp"
#include "adic/supply/indicators/parameters.hpp"
#include "adic/supply/map_index.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::supply {

class IndicatorContext;
class ItemFacts;

/// Why an indicator has no figure for an item.
struct NoFigure {
    enum class Kind {
        undefined,  ///< the inputs are there and the formula has no value (apparent use is not
                    ///< positive)
        unknown     ///< the map does not hold the inputs
    };

    Kind kind;
    std::string_view reason;  ///< in the reader's words

    friend bool operator==(const NoFigure&, const NoFigure&) = default;
};

/// Where the interval of a reading lies against its threshold. Bounds hold for every consistent
/// completion of what is missing, so `certain` and `no` are proofs.
enum class Flag {
    no,        ///< the whole interval is on the good side, or there is no threshold or no figure
    possible,  ///< the interval touches both sides
    certain    ///< the whole interval is on the bad side
};

std::string_view name_of(Flag flag);

/// One of the parts that a reading is made of.
struct Factor {
    std::string_view label;
    std::optional<Estimate> value;           ///< empty: not known
    std::optional<model::StateIndex> state;  ///< whom it speaks of, if it speaks of one state
    std::optional<model::BlocIndex> bloc;    ///< or of one bloc

    friend bool operator==(const Factor&, const Factor&) = default;
};

/// What an indicator says about an item from a viewpoint.
///
/// `low` and `high` of the figure hold for every consistent completion of missing and interval
/// inputs. `likely` takes the recorded figures as they are; unknown suppliers count as many small
/// ones, as the publishers of the methods count them.
struct Reading {
    std::variant<Estimate, NoFigure> figure = NoFigure{NoFigure::Kind::unknown, ""};
    double covered = 0.0;        ///< share of its inputs that is recorded, in [0, 1]
    bool thinly_covered = true;  ///< `covered` is below IndicatorParameters::least_covered
    Flag flag = Flag::no;
    std::optional<double> threshold;
    std::vector<Factor> factors;          ///< what makes it up, most telling first
    std::vector<std::string_view> notes;  ///< what a reader must know: a stand-in, an assumption
    std::vector<model::ProvenanceIndex> facts;  ///< of every fact used, sorted, each once

    const Estimate* value() const { return std::get_if<Estimate>(&figure); }

    const NoFigure* absence() const { return std::get_if<NoFigure>(&figure); }

    friend bool operator==(const Reading&, const Reading&) = default;
};

/// What of a viewpoint a reading hangs on. Viewpoints that agree in it have the same reading.
struct HangsOn {
    bool viewpoint = false;      ///< something that is not listed here: no two agree
    bool market = false;         ///< which supplies of the item are seen
    bool inside = false;         ///< which of its origins are inside
    bool trade = false;          ///< the item's trade by those inside
    bool figures = false;        ///< figures about those inside, together with some about the item
    bool input_markets = false;  ///< which supplies of its inputs are seen
    bool control = false;        ///< which of the states that control any of its content are inside
    bool near = false;           ///< who is inside or in the region
    bool unwillingness = false;  ///< how unwilling others are to supply those inside
};

/// A figure about one item as seen from a viewpoint. An indicator is one source file that defines
/// one of these, one line in `indicators()` and one page under docs/reference/indicators/.
struct Indicator {
    std::string_view name;  ///< stable: commands and files match on it
    std::string_view title;
    std::string_view unit;
    std::string_view equation;
    std::string_view source;
    double IndicatorParameters::*threshold;  ///< null: none is in use
    bool higher_is_worse;
    Reading (*evaluate)(const ItemFacts&);
    HangsOn hangs_on = {.viewpoint = true};  ///< all that is left out cannot change the reading
    bool reached_is_bad = false;  ///< a figure on the threshold is on the bad side already
};

/// All indicators, in the order in which they are shown.
std::span<const Indicator* const> indicators();

/// The indicator of this name; null if there is none.
const Indicator* find_indicator(std::string_view name);

std::optional<double>
threshold_of(const Indicator& indicator, const IndicatorParameters& parameters);

/// What `indicator` says about `item`. For many items make one IndicatorContext and use the
/// overloads below: this one makes one for the call, in O(states + codes).
Reading evaluate(
    const Indicator& indicator,
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex item,
    const IndicatorParameters& parameters = {}
);

/// The same for one of many items. Cost: O(r log r) for the r rows about the item and its inputs.
Reading
evaluate(const Indicator& indicator, const IndicatorContext& context, model::ItemIndex item);

/// What every indicator says about `item`, in the order of `indicators()`.
std::vector<Reading> evaluate_all(const IndicatorContext& context, model::ItemIndex item);

}  // namespace adic::supply
