#include "adic/shock/montecarlo/montecarlo.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include "dynamics/item_structure.hpp"
#include "montecarlo/block.hpp"
#include "montecarlo/problem.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace adic::shock {
namespace {

Error refused(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

void add(ByteWriter& writer, Estimate estimate) {
    writer.number(estimate.low());
    writer.number(estimate.likely());
    writer.number(estimate.high());
}

void add(ByteWriter& writer, const std::optional<model::ScenarioFigure>& figure) {
    writer.whole(figure ? 1 : 0);
    if (figure) {
        add(writer, figure->value);
    }
}

void add_event(ByteWriter& writer, const ResolvedEvent& resolved) {
    const model::ShockEvent& event = resolved.event;
    writer.text(event.id);
    writer.whole(static_cast<std::uint64_t>(event.kind));
    writer.number(event.start_day);
    add(writer, event.severity);
    add(writer, event.rate);
    add(writer, event.duration_days);
    add(writer, event.recovery.days);
    writer.whole(static_cast<std::uint64_t>(event.recovery.shape));
    add(writer, resolved.probability);
    if (event.control) {
        writer.whole(event.control->phase_in_days);
        add(writer, event.control->processing_days.value);
        add(writer, event.control->approved_share.value);
        add(writer, event.control->quota);
        add(writer, event.control->backlog_share);
        add(writer, event.control->backlog_days);
    }
}

void add_scenario(ByteWriter& writer, const ResolvedScenario& scenario) {
    writer.whole(scenario.horizon_days);
    for (const ResolvedEvent& event : scenario.events) {
        add_event(writer, event);
    }
    for (const EventGroup& group : scenario.groups) {
        writer.text(group.id);
        add(writer, group.cause.value_or(Estimate::exactly(-1)));
        add(writer, group.correlation.value_or(Estimate::exactly(-1)));
        for (const EventGroup::Member& member : group.members) {
            writer.whole(member.event);
            add(writer, member.conditional);
        }
    }
    for (const SupplyEffect& effect : scenario.supply_effects) {
        writer.whole(effect.supply);
        writer.whole(effect.event);
        add(writer, effect.part);
        writer.number(effect.detour_days.value_or(-1));
    }
    for (const ItemEffect& effect : scenario.item_effects) {
        writer.whole(effect.item.value());
        writer.whole(effect.event);
    }
    for (const StockEffect& effect : scenario.stock_effects) {
        writer.whole(effect.stock);
        writer.whole(effect.event);
        add(writer, effect.part);
    }
}

void add_lines(ByteWriter& writer, std::span<const ItemLine> lines) {
    writer.whole(lines.size());
    for (const ItemLine& line : lines) {
        writer.whole(line.source);
        writer.whole(line.choice);
        writer.whole(line.lead);
        writer.number(line.weight);
    }
}

void add_network(ByteWriter& writer, const ItemStructure& structure) {
    for (std::uint32_t node = 0; node < structure.size(); ++node) {
        const ItemRates& rates = structure.rates[node];
        writer.text(structure.index->map().items[structure.items[node]].id);
        for (const double rate :
             {rates.reorder,
              rates.surge,
              rates.ramp,
              rates.wear,
              rates.spare,
              rates.cover,
              rates.store,
              rates.enough}) {
            writer.number(rate);
        }
        add_lines(writer, structure.essential.of(node));
        add_lines(writer, structure.equipment.of(node));
        add_lines(writer, structure.extra.of(node));
        for (const SeenSupply& supply : structure.supplies.of(node)) {
            writer.whole(supply.supply);
            add(writer, supply.share.value_or(Estimate::exactly(-1)));
        }
    }
    for (const ItemChoice& choice : structure.choices) {
        writer.whole(choice.take);
        for (std::uint32_t a = choice.first; a < choice.last; ++a) {
            writer.whole(structure.alternatives[a].node);
            writer.whole(structure.alternatives[a].lead);
        }
    }
    for (const SeenStore& store : structure.stores) {
        writer.whole(store.stock);
        add(writer, store.weeks);
    }
    for (const ItemChange& change : structure.options.changes) {
        writer.whole(static_cast<std::uint64_t>(change.kind));
        writer.whole(change.item.value());
        writer.number(change.amount);
        add(writer, change.week);
        writer.whole(change.other ? std::uint64_t{change.other->value()} + 1 : 0);
        writer.whole(change.key);
        writer.whole(change.supplies.size());
        for (const std::uint32_t supply : change.supplies) {
            writer.whole(supply);
        }
    }
    for (const std::uint32_t target : structure.targets) {
        writer.whole(target);
    }
    writer.whole(static_cast<std::uint64_t>(structure.options.reading));
    writer.number(structure.options.whole);
}

std::string digest_of(const MonteCarloProblem& problem) {
    ByteWriter writer;
    writer.text("adic item monte carlo 1");
    const MonteCarloOptions& options = problem.options;
    writer.whole(options.seed);
    writer.whole(static_cast<std::uint64_t>(options.sampling));
    writer.whole(static_cast<std::uint64_t>(options.spread));
    writer.whole(static_cast<std::uint64_t>(options.unrecorded));
    writer.whole(static_cast<std::uint64_t>(options.starts));
    writer.whole(static_cast<std::uint64_t>(options.weekly));
    writer.number(options.raise_to);
    add(writer, options.cover_factor);
    add_scenario(writer, problem.scenario);
    add_network(writer, problem.network.structure());
    return sha256(std::move(writer).bytes());
}

/// Every figure that a run may draw.
void prepare_spreads(MonteCarloProblem& problem) {
    Spreads& spreads = problem.spreads;
    const auto prepare = [&](const std::optional<model::ScenarioFigure>& figure) {
        if (figure) {
            spreads.prepare(figure->value);
        }
    };
    spreads.prepare(*Estimate::create(0, 0.5, 1));  // how far an event reaches
    spreads.prepare(problem.options.cover_factor);
    for (const ResolvedEvent& resolved : problem.scenario.events) {
        const model::ShockEvent& event = resolved.event;
        spreads.prepare(resolved.probability);
        for (const auto* figure : {&event.severity, &event.rate, &event.duration_days}) {
            prepare(*figure);
        }
        prepare(event.recovery.days);
        if (event.control) {
            prepare(event.control->processing_days);
            prepare(event.control->approved_share);
            prepare(event.control->quota);
            prepare(event.control->backlog_share);
            prepare(event.control->backlog_days);
        }
    }
    for (const EventGroup& group : problem.scenario.groups) {
        spreads.prepare(group.cause.value_or(Estimate::exactly(0)));
        spreads.prepare(group.correlation.value_or(Estimate::exactly(0)));
        for (const EventGroup::Member& member : group.members) {
            spreads.prepare(member.conditional);
        }
    }
    for (std::uint32_t node = 0; node < problem.network.size(); ++node) {
        for (const SeenSupply& supply : problem.network.supplies_of(node)) {
            spreads.prepare(supply.share.value_or(Estimate::exactly(0)));
        }
    }
    for (const SeenStore& store : problem.network.stores()) {
        spreads.prepare(store.weeks);
    }
    for (const ItemChange& change : problem.network.options().changes) {
        spreads.prepare(change.week);
    }
}

Uniforms::Counts counts_of(const ItemNetwork& network, const ResolvedScenario& scenario) {
    const model::SupplyMap& map = network.map();
    const auto events = static_cast<std::uint32_t>(scenario.events.size());
    const auto groups = static_cast<std::uint32_t>(scenario.groups.size());
    Uniforms::Counts counts;
    counts.fill(events);
    const auto set = [&](Drawn what, std::size_t count) {
        counts[static_cast<std::size_t>(what)] = static_cast<std::uint32_t>(count);
    };
    for (const Drawn of_group :
         {Drawn::cause, Drawn::common_factor, Drawn::cause_probability, Drawn::correlation}) {
        set(of_group, groups);
    }
    set(Drawn::cover, map.items.size());
    set(Drawn::store, map.stocks.size());
    set(Drawn::share, map.supplies.size());
    set(Drawn::unrecorded, map.items.size());
    std::uint32_t keys = 0;
    for (const ItemChange& change : network.options().changes) {
        keys = std::max(keys, change.key + 1);
    }
    set(Drawn::change, keys);
    return counts;
}

/// Empty if the scenario and the options can be drawn.
std::string fault_of(
    const ItemNetwork& network,
    const ResolvedScenario& scenario,
    const MonteCarloOptions& options
) {
    constexpr double most_raised = 0.99;  // the part that is not raised must be drawn now and then
    constexpr std::uint32_t most_weeks = 5'200;
    if (!(options.raise_to >= 0 && options.raise_to <= most_raised)) {
        return "probabilities can be raised to between 0 and 0.99";
    }
    if (!(options.cover_factor.low() >= 0)) {
        return "a stock must be at least 0";
    }
    if (scenario.horizon_days == 0 || scenario.weeks() > most_weeks) {
        return "a run must have between 1 and 5,200 weeks";
    }
    const model::SupplyMap& map = network.map();
    const auto fits = [](const auto& effects, const auto& position, std::size_t size) {
        return std::ranges::all_of(effects, [&](const auto& e) { return position(e) < size; });
    };
    const bool all_fit = fits(
                             scenario.supply_effects,
                             [](const auto& e) { return e.supply; },
                             map.supplies.size()
                         )
                         && fits(
                             scenario.item_effects,
                             [](const auto& e) { return e.item.value(); },
                             map.items.size()
                         )
                         && fits(
                             scenario.stock_effects,
                             [](const auto& e) { return e.stock; },
                             map.stocks.size()
                         );
    return all_fit ? "" : "the scenario was read against another map";
}

/// Without the texts that no run reads.
ResolvedScenario without_reasons(ResolvedScenario scenario) {
    const auto clear = [](auto& effects) {
        for (auto& effect : effects) {
            effect.reason = {};
        }
    };
    clear(scenario.supply_effects);
    clear(scenario.item_effects);
    clear(scenario.stock_effects);
    scenario.notes.clear();
    return scenario;
}

std::string bytes_of(const std::vector<std::uint16_t>& weeks) {
    std::string bytes;
    for (const std::uint16_t week : weeks) {
        bytes += static_cast<char>(week & 0xFFU);
        bytes += static_cast<char>(week >> 8U);
    }
    return bytes;
}

bool is_level(std::uint8_t level) {
    return level <= RunBlock::output_levels;
}

std::vector<std::uint16_t> weeks_of(std::string_view bytes) {
    std::vector<std::uint16_t> weeks;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto low = static_cast<unsigned char>(bytes[i]);
        const auto high = static_cast<unsigned char>(bytes[i + 1]);
        weeks.push_back(static_cast<std::uint16_t>(low | (high << 8U)));
    }
    return weeks;
}

}  // namespace

MonteCarloOptions::MonteCarloOptions() : cover_factor(*Estimate::create(0.5, 1, 2)) {}

Result<ItemMonteCarlo> ItemMonteCarlo::create(
    const ItemNetwork& network,
    const ResolvedScenario& scenario,
    const MonteCarloOptions& options
) {
    if (std::string fault = fault_of(network, scenario, options); !fault.empty()) {
        return refused(std::move(fault));
    }
    MonteCarloProblem problem{
        network,
        without_reasons(scenario),
        options,
        Spreads(options.spread),
        Uniforms(options.seed, options.sampling, counts_of(network, scenario)),
        std::vector<std::uint32_t>(network.map().supplies.size(), none),
        std::vector<std::uint32_t>(network.map().supplies.size(), 0),
        {}};
    for (std::uint32_t node = 0; node < network.size(); ++node) {
        const std::span<const SeenSupply> supplies = network.supplies_of(node);
        for (std::uint32_t slot = 0; slot < supplies.size(); ++slot) {
            problem.node_of_supply[supplies[slot].supply] = node;
            problem.slot_of_supply[supplies[slot].supply] = slot;
        }
    }
    prepare_spreads(problem);
    problem.digest = digest_of(problem);
    return ItemMonteCarlo{std::make_shared<const MonteCarloProblem>(std::move(problem))};
}

RunBlock ItemMonteCarlo::block(std::size_t index) const {
    return BlockMaker(*problem_).make(index);
}

BlockWork ItemMonteCarlo::work(std::uint64_t runs) const {
    return {blocks_of(runs), [problem = *this](std::size_t index, const std::stop_token& /*stop*/) {
                return to_bytes(problem.block(index));
            }};
}

std::size_t ItemMonteCarlo::blocks_of(std::uint64_t runs) const {
    const std::uint64_t blocks =
        std::max<std::uint64_t>(1, (runs + runs_per_block - 1) / runs_per_block);
    const bool in_replicates = problem_->options.sampling == Sampling::quasi_random;
    return in_replicates ? (blocks + replicates - 1) / replicates * replicates : blocks;
}

const ItemNetwork& ItemMonteCarlo::network() const {
    return problem_->network;
}

const MonteCarloOptions& ItemMonteCarlo::options() const {
    return problem_->options;
}

std::uint32_t ItemMonteCarlo::weeks() const {
    return problem_->scenario.weeks();
}

std::span<const ResolvedEvent> ItemMonteCarlo::events() const {
    return problem_->scenario.events;
}

const std::string& ItemMonteCarlo::digest() const {
    return problem_->digest;
}

std::string to_bytes(const RunBlock& block) {
    ByteWriter writer;
    for (const auto* numbers :
         {&block.weights,
          &block.weeks_lost,
          &block.output,
          &block.items_lost,
          &block.events,
          &block.events_lost}) {
        for (const double number : *numbers) {
            writer.number(number);
        }
    }
    writer.text(bytes_of(block.first_reduced));
    writer.text(bytes_of(block.first_stopped));
    writer.text(std::string{block.levels.begin(), block.levels.end()});
    return std::move(writer).bytes();
}

Result<RunBlock> parse_run_block(const ItemMonteCarlo& problem, std::string_view bytes) {
    const std::size_t targets = problem.network().targets().size();
    const std::size_t events = problem.events().size();
    ByteReader reader(bytes);
    RunBlock block;
    const auto read = [&](std::vector<double>& numbers, std::size_t count) {
        for (std::size_t i = 0; i < count && !reader.has_failed(); ++i) {
            numbers.push_back(reader.number());
        }
    };
    read(block.weights, problem.options().raise_to > 0 ? runs_per_block : 0);
    read(block.weeks_lost, targets * runs_per_block);
    read(block.output, targets * problem.weeks());
    read(block.items_lost, problem.network().size());
    read(block.events, events);
    read(block.events_lost, events * targets);
    block.first_reduced = weeks_of(reader.text());
    block.first_stopped = weeks_of(reader.text());
    const std::string_view levels = reader.text();
    block.levels.assign(levels.begin(), levels.end());
    const bool has_levels = problem.options().weekly == WeeklyOutput::spread;
    const std::size_t levels_due =
        has_levels ? targets * problem.weeks() * runs_per_block : std::size_t{0};
    const bool fits = reader.is_done() && block.first_reduced.size() == targets * runs_per_block
                      && block.first_stopped.size() == targets * runs_per_block
                      && block.levels.size() == levels_due
                      && std::ranges::all_of(block.levels, is_level) && to_bytes(block) == bytes;
    const auto is_sound = [](const std::vector<double>& numbers) {
        return std::ranges::all_of(numbers, [](double x) { return std::isfinite(x) && x >= 0; });
    };
    const bool all_sound = is_sound(block.weights) && is_sound(block.weeks_lost)
                           && is_sound(block.output) && is_sound(block.items_lost)
                           && is_sound(block.events) && is_sound(block.events_lost);
    if (!fits || !all_sound) {
        return refused("these are no runs of this problem");
    }
    return block;
}

}  // namespace adic::shock
