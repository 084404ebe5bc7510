#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "input_values.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>

namespace adic::supply {
namespace {

using List = std::string_view;

void add_lists(const ItemFacts& facts, model::ItemIndex item, std::vector<List>& lists) {
    if (!facts.context().tables().is_listed(item)) {
        return;
    }
    for (const std::uint32_t row : facts.context().tables().control_codes_of(item)) {
        lists.emplace_back(facts.context().map().codes[row].scheme);
    }
}

bool is_on(const ItemFacts& facts, model::ItemIndex item, List list) {
    if (!facts.context().tables().is_listed(item)) {
        return false;
    }
    const auto rows = facts.context().tables().control_codes_of(item);
    return std::ranges::any_of(rows, [&](std::uint32_t row) {
        return facts.context().map().codes[row].scheme == list;
    });
}

/// The lists that name the item or one of its consumed inputs.
std::vector<List> lists_of(const ItemFacts& facts) {
    std::vector<List> lists;
    add_lists(facts, facts.item(), lists);
    for_each_input(facts.context().index(), facts.item(), [&](const model::Need& need) {
        add_lists(facts, need.input, lists);
    });
    std::ranges::sort(lists);
    lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
    return lists;
}

Estimate part_on(const ItemFacts& facts, List list, double open) {
    if (is_on(facts, facts.item(), list)) {
        return Estimate::exactly(1.0);
    }
    const Amount sum =
        sum_of_inputs(facts.context().index(), facts.item(), [&](const model::Need& need) {
            return ShareRange::exactly(is_on(facts, need.input, list) ? 1.0 : 0.0);
        });
    const double likely = std::min(1.0, sum.likely);
    return bracket(sum.low, likely, std::min(1.0, sum.high + open));
}

void add_sources(const ItemFacts& facts, ReadingBuilder& reading) {
    const auto add_codes = [&](model::ItemIndex item) {
        if (!facts.context().tables().is_listed(item)) {
            return;
        }
        for (const std::uint32_t row : facts.context().tables().control_codes_of(item)) {
            reading.uses(facts.context().map().codes[row].provenance);
        }
    };
    add_codes(facts.item());
    for_each_input(facts.context().index(), facts.item(), [&](const model::Need& need) {
        reading.uses(need.provenance);
        add_codes(need.input);
    });
}

Reading evaluate_exposure(const ItemFacts& facts) {
    ReadingBuilder reading{direct_exposure_indicator, facts};
    const std::vector<List> lists = lists_of(facts);
    if (lists.empty()) {
        return reading.unknown("neither the item nor an input carries a control-list code");
    }
    add_sources(facts, reading);
    const InputValues& values = facts.input_values();
    const bool listed_itself = facts.context().tables().is_listed(facts.item());
    if (!listed_itself && values.likely <= 0.0) {
        return reading.unknown(no_values);
    }
    std::vector<std::pair<List, Estimate>> parts;
    for (const List list : lists) {
        parts.emplace_back(list, part_on(facts, list, values.open));
    }
    std::ranges::stable_sort(parts, [](const auto& a, const auto& b) {
        return a.second.likely() > b.second.likely();
    });
    double low = 0.0;
    double high = 0.0;
    for (const auto& [list, part] : parts) {
        low = std::max(low, part.low());
        high = std::max(high, part.high());
        reading.factor(list, part);
    }
    const double covered = listed_itself ? 1.0 : values.valued / values.groups;
    return reading.value(bracket(low, parts.front().second.likely(), high), covered);
}

}  // namespace

const Indicator direct_exposure_indicator{
    .name = "direct-exposure",
    .title = "Value under one control list",
    .unit = "1",
    .equation = "E_r = sum_k v_k [k in scope of r], largest over r",
    .source = "definition",
    .threshold = &IndicatorParameters::direct_exposure,
    .higher_is_worse = true,
    .evaluate = evaluate_exposure,
    .hangs_on = {},
};

double direct_exposure(std::span<const ScopedValue> items) {
    double reached = 0.0;
    double all = 0.0;
    for (const ScopedValue& item : items) {
        reached += item.in_scope ? item.value : 0.0;
        all += item.value;
    }
    assert(all > 0.0);
    return reached / all;
}

}  // namespace adic::supply
