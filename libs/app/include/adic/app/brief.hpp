#pragma once

#include "adic/app/run_scenario.hpp"
#include "adic/app/shock_map.hpp"
#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/supply/bottlenecks.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/map_index.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct BriefRequest {
    std::vector<model::ItemIndex> targets;
    std::vector<supply::Viewpoint> viewpoints;  ///< at least one; the chain is drawn for the first
    supply::BottleneckOptions options = {};
    std::vector<Episode> shocks = {};  ///< under the names by which the reader asked for them
    std::filesystem::path data = {};   ///< the folder with the sea routes; only for shocks
};

/// An item asked about, and how well its chain is known.
struct BriefTarget {
    model::ItemIndex item;
    std::uint32_t items;                        ///< in its chain, itself included
    std::uint32_t items_with_shares;            ///< of which some supplier's share is known
    std::vector<model::StateIndex> stopped_by;  ///< states outside that stop it alone
    std::optional<double> stop_probability;     ///< within a year
    std::optional<double> at_most;  ///< whatever the probabilities are that nobody knows
};

/// The same map from one seat.
struct BriefView {
    supply::Viewpoint viewpoint;
    std::vector<BriefTarget> targets;
    supply::BottleneckRanking ranking;
    std::uint32_t stopped_by_one;  ///< bottlenecks that one state outside stops at likely shares
};

/// A box of the drawing. Columns go from what is asked about on the left to what it is made of.
struct ChainNode {
    model::ItemIndex item;
    std::uint32_t column;
    bool is_target;
    std::optional<std::uint32_t> rank;    ///< among the bottlenecks
    std::optional<double> concentration;  ///< sum of squared shares; empty: no share is known
    double inside_share;
    double known_share;
    std::optional<supply::LargestOutside> largest;
};

/// A need, or a chain of needs through items that are not drawn.
struct ChainLink {
    std::uint32_t from;  ///< positions in the nodes
    std::uint32_t to;
    bool is_direct;
};

struct Chain {
    std::vector<ChainNode> nodes;
    std::vector<ChainLink> links;
    std::uint32_t columns;
};

/// A finding in words, and the command that proves it.
struct Finding {
    std::string sentence;
    std::string basis;  ///< a sentence: on which confidence it rests, the weakest first
    std::string command;
    std::optional<model::Confidence> confidence;  ///< of the weakest fact; empty: it rests on none
};

/// What an episode does to what is asked about, week by week, from the first viewpoint.
struct BriefShock {
    Episode episode;
    ShockMapAnswer answer;
    double enough =
        0;  ///< part of its usual output below which an item stops, unless it has its own
    double stock_days = 0;  ///< of use, that each holder is taken to keep where the map has none
    std::string basis;      ///< as that of a finding
    std::string command;
};

/// One page about a map: what is asked about, what can stop it, how it hangs together, how sure we
/// are; and what episodes do to it, if some are asked about.
struct Brief {
    std::string title;
    std::vector<BriefView> views;
    Chain chain;
    std::vector<Finding> findings;
    std::vector<model::SourceIndex> sources;  ///< of the facts about the chains, most used first
    std::optional<model::Period> period;      ///< from the first to the last day of the figures
    std::vector<BriefShock> shocks = {};
};

/// Errors: those of `shock_map`, with the name of the episode; invalid_argument if there are shocks
///         and nothing is asked about.
/// Cost:   that of `rank_bottlenecks` and `analyse_cuts` for each viewpoint, and of `shock_map` for
///         each shock.
Result<Brief> make_brief(
    const supply::MapIndex& index,
    const BriefRequest& request,
    const Progress& progress = {}
);

/// The brief as a page of HTML 5 that prints on one sheet of A4, and each shock on about half of
/// another: no scripts, nothing from outside.
std::string to_html(const model::SupplyMap& map, const Brief& brief);

/// The boxes and needs between the targets and the first few bottlenecks of the view.
Chain draw_chain(const supply::MapIndex& index, const BriefView& view);

}  // namespace adic::app
