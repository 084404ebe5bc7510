#include "adic/supply/indicators/readings_by_viewpoint.hpp"

#include "adic/base/parallel.hpp"
#include "adic/supply/indicators/item_facts.hpp"

#include <algorithm>
#include <cassert>
#include <memory>
#include <optional>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;

/// For each of `count` contexts the first one that is equal to it by `equal(a, b)`.
template <typename Equal>
std::vector<std::uint32_t> classes_by(std::size_t count, const Equal& equal) {
    std::vector<std::uint32_t> first;
    for (std::uint32_t a = 0; a < count; ++a) {
        std::uint32_t b = 0;
        while (b < a && !(first[b] == b && equal(a, b))) {
            ++b;
        }
        first.push_back(b);
    }
    return first;
}

}  // namespace

std::vector<IndicatorContext> contexts_of(
    const MapIndex& index,
    std::span<const Viewpoint> viewpoints,
    const IndicatorParameters& parameters
) {
    const auto tables = std::make_shared<const IndicatorTables>(index, parameters);
    std::vector<IndicatorContext> contexts;
    contexts.reserve(viewpoints.size());
    for (const Viewpoint& viewpoint : viewpoints) {
        contexts.emplace_back(tables, viewpoint);
    }
    return contexts;
}

ReadingsByViewpoint::ReadingsByViewpoint(std::span<const IndicatorContext> contexts)
    : contexts_(contexts)
    , tables_(contexts.empty() ? nullptr : &contexts.front().tables())
    , inside_(contexts.size())
    , control_(contexts.size())
    , has_trade_(contexts.size())
    , found_inside_(contexts.size())
    , reading_of_(contexts.size() * indicators().size()) {
    const std::size_t count = contexts.size();
    near_ =
        classes_by(count, [&](auto a, auto b) { return contexts[a].near() == contexts[b].near(); });
    unwillingness_ = classes_by(count, [&](auto a, auto b) {
        return contexts[a].unwillingness() == contexts[b].unwillingness();
    });
    contexts_inside_.resize(tables_ == nullptr ? 0 : tables_->map().states.size());
    for (std::uint32_t c = 0; c < count; ++c) {
        assert(&contexts[c].tables() == tables_);
        for (const StateIndex state : contexts[c].inside()) {
            contexts_inside_[state.value()].push_back(c);
        }
    }
}

/// Contexts agree where the same of these states are inside. Each state is passed once.
template <typename States>
void ReadingsByViewpoint::divide_by_inside(const States& states, Classes& classes) {
    for (auto& found : found_inside_) {
        found.clear();
    }
    for (const auto& entry : states) {
        for (const std::uint32_t c : contexts_inside_[entry.state.value()]) {
            found_inside_[c].push_back(entry.state);
        }
    }
    classes = classes_by(contexts_.size(), [&](auto a, auto b) {
        return found_inside_[a] == found_inside_[b];
    });
}

void ReadingsByViewpoint::divide_by_trade(ItemIndex item) {
    has_trade_.assign(contexts_.size(), false);
    for (const std::uint32_t row : tables_->index().trades_of(item)) {
        for (const std::uint32_t c : contexts_inside_[tables_->map().trades[row].state.value()]) {
            has_trade_[c] = true;
        }
    }
}

bool ReadingsByViewpoint::agree(std::size_t a, std::size_t b, const HangsOn& on, ItemIndex item)
    const {
    const bool has_markets = tables_->market_slot(item).has_value();
    const bool has_input_markets = tables_->has_inputs_with_markets(item);
    return !on.viewpoint && !(on.market && has_markets) && !(on.input_markets && has_input_markets)
           && !(on.figures && tables_->has_figures(item))
           && !(on.trade && (has_trade_[a] || has_trade_[b]))
           && !(on.inside && inside_[a] != inside_[b])
           && !(on.control && control_[a] != control_[b]) && !(on.near && near_[a] != near_[b])
           && !(on.unwillingness && unwillingness_[a] != unwillingness_[b]);
}

std::size_t
ReadingsByViewpoint::first_alike(std::size_t context, const Indicator& by, ItemIndex item) const {
    std::size_t other = 0;
    while (other < context && !agree(other, context, by.hangs_on, item)) {
        ++other;
    }
    return other;
}

void ReadingsByViewpoint::read(ItemIndex item) {
    readings_.clear();
    if (contexts_.empty()) {
        return;
    }
    const ItemRecord record{*tables_, item};
    divide_by_inside(record.world().known, inside_);
    divide_by_inside(record.input_control().by_state, control_);
    divide_by_trade(item);
    const std::span all = indicators();
    for (std::size_t c = 0; c < contexts_.size(); ++c) {
        std::optional<ItemFacts> facts;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::size_t alike = first_alike(c, *all[i], item);
            if (alike < c) {
                reading_of_[c * all.size() + i] = reading_of_[alike * all.size() + i];
                continue;
            }
            if (!facts) {
                facts.emplace(contexts_[c], record);
            }
            reading_of_[c * all.size() + i] = static_cast<std::uint32_t>(readings_.size());
            readings_.push_back(all[i]->evaluate(*facts));
        }
    }
}

void read_all_items(
    std::span<const IndicatorContext> contexts,
    const std::function<void(ItemIndex item, const ReadingsByViewpoint& readings)>& visit,
    std::size_t threads
) {
    constexpr std::size_t grain = 512;  // items: enough work to pay for an evaluator
    const std::size_t items = contexts.empty() ? 0 : contexts.front().map().items.size();
    const auto read = [&](std::size_t begin, std::size_t end) {
        ReadingsByViewpoint readings{contexts};
        for (std::size_t i = begin; i < end; ++i) {
            const ItemIndex item{static_cast<std::uint32_t>(i)};
            readings.read(item);
            visit(item, readings);
        }
    };
    parallel_ranges(items, grain, read, threads);
}

}  // namespace adic::supply
