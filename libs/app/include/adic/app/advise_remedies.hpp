#pragma once

#include "adic/app/simulate_map.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/remedy.hpp"
#include "adic/shock/remedies/advice.hpp"
#include "adic/shock/remedies/portfolio.hpp"
#include "adic/shock/remedies/second_source.hpp"
#include "adic/shock/run.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct AdviseRemediesRequest {
    SimulateMapRequest simulation;    ///< `rule.runs` and `rule.confidence` count of its rule
    std::filesystem::path remedies;   ///< as `ingest::read_remedies` takes it
    double budget_musd = 0.0;         ///< > 0; over the horizon
    std::vector<double> values = {};  ///< of a lost week of each target; empty: 1 each
    /// Losses computed in the search for the best list, at most; but four for each remedy that can
    /// be bought, as fewer find next to nothing.
    std::size_t evaluations = 150;
    bool compares_pooling = true;  ///< also every state alone: takes a search for each
};

/// A remedy bought once, alone.
struct RemedyAlone {
    std::size_t remedy;  ///< position in the file
    Estimate cost;       ///< million USD over the horizon
    shock::Avoided avoided;
    /// Weeks that it would avoid if it worked from the first day: more than `avoided`, the delay
    /// holds it back.
    double without_delay = 0.0;
};

/// What is bought of one remedy.
struct Bought {
    std::size_t remedy;
    std::uint32_t times;
    std::int64_t cents;
};

/// The best list for a budget.
struct ListAdvice {
    shock::Portfolio portfolio;
    std::vector<Bought> bought;  ///< in the order of the file
    shock::Avoided avoided;
};

/// A state's part: what it pays, and what it loses from its own seat.
struct StatePart {
    model::StateIndex state;
    std::int64_t pays_cents = 0;
    /// Weeks, mean; empty: it is outside, and only pays.
    std::optional<double> lost_without = {};
    std::optional<double> lost_with = {};   ///< with the common list
    std::optional<double> lost_alone = {};  ///< with the best that it can buy with its part alone
};

/// An item of which too little is left, and who inside could make it.
struct CouldMake {
    model::ItemIndex item;
    std::vector<shock::SecondSource> sources;  ///< empty: nobody that the map knows of
};

struct RemedyAdvice {
    ingest::ImportReport report;  ///< with an error there is nothing else
    std::vector<model::Remedy> remedies;
    std::vector<model::ItemIndex> nodes;  ///< items of the causes
    std::uint32_t weeks = 0;
    std::uint64_t runs = 0;
    double lost_without = 0.0;                      ///< mean, weighted by the values
    std::vector<RemedyAlone> alone;                 ///< the most avoided for a dollar first
    std::optional<double> first_beats_second = {};  ///< confidence
    ListAdvice list;
    ListAdvice doubled;                             ///< for twice the budget
    std::vector<StatePart> states;                  ///< inside, by the map's order
    std::optional<double> pooling_gain = {};        ///< weeks, mean over the states (R12)
    Estimate reserve_saved = Estimate::exactly(0);  ///< weeks of use (R13), of stores in the list
    std::vector<shock::RootCause> left;             ///< why what is still lost is lost
    std::vector<CouldMake> could_make;              ///< for the first five of these items
    std::vector<std::string> held_back;             ///< what binds, in sentences
    std::vector<std::string> notes;
};

/// Which remedies are worth their money: each alone, the best list for the budget and for twice of
/// it, who pays and who gains, and what states gain by acting together.
///
/// Errors: those of `simulate_map`, of reading the remedies, and of the search; invalid_argument
///         for a budget that is not above 0, or above 10^6 million.
/// Cost:   the runs once; then for each of up to 2 `evaluations` lists the runs in which something
///         is lost, eight lists at a time; the same again for each state inside, with a fourth of
///         the lists.
Result<RemedyAdvice> advise_remedies(
    const supply::MapIndex& index,
    const AdviseRemediesRequest& request,
    const shock::Run& run = {}
);

}  // namespace adic::app
