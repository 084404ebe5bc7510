#include "cuts/evaluate.hpp"

#include <algorithm>

namespace adic::supply::cuts {

Evaluator::Evaluator(const Circuit& circuit) {
    const Components components = components_of(circuit);
    for (std::size_t i = 0; i < components.members.size(); ++i) {
        const auto first = static_cast<std::uint32_t>(steps_.size());
        for (const Ref ref : components.members[i]) {
            const Gate& gate = circuit.gate(ref);
            const auto begin = static_cast<std::uint32_t>(children_.size());
            children_.insert(children_.end(), gate.children.begin(), gate.children.end());
            steps_.push_back({ref, gate.op, begin, static_cast<std::uint32_t>(children_.size())});
        }
        const auto end = static_cast<std::uint32_t>(steps_.size());
        if (!components.cyclic[i] && !blocks_.empty() && !blocks_.back().cyclic) {
            blocks_.back().end = end;
        } else {
            blocks_.push_back({first, end, components.cyclic[i]});
        }
    }
}

void Evaluator::run_step(const Step& step, std::uint64_t* words, std::size_t width) const {
    std::uint64_t* into = words + step.gate * width;
    std::uint64_t value[8];
    for (std::size_t begin = 0; begin < width; begin += 8) {
        const std::size_t count = std::min<std::size_t>(8, width - begin);
        std::fill(value, value + 8, step.op == Op::any ? 0U : ~std::uint64_t{0});
        for (std::uint32_t i = step.first; i < step.end; ++i) {
            const std::uint64_t* from = words + children_[i] * width + begin;
            for (std::size_t k = 0; k < count; ++k) {
                value[k] = step.op == Op::any ? value[k] | from[k] : value[k] & from[k];
            }
        }
        std::copy(value, value + count, into + begin);
    }
}

void Evaluator::run_cyclic(const Block& block, std::span<std::uint64_t> words, std::size_t width)
    const {
    for (std::uint32_t i = block.first; i < block.end; ++i) {
        std::fill_n(words.begin() + static_cast<std::ptrdiff_t>(steps_[i].gate * width), width, 0U);
    }
    std::vector<std::uint64_t> before(width);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::uint32_t i = block.first; i < block.end; ++i) {
            const auto row = words.subspan(steps_[i].gate * width, width);
            std::ranges::copy(row, before.begin());
            run_step(steps_[i], words.data(), width);
            changed = changed || !std::ranges::equal(row, before);
        }
    }
}

void Evaluator::run(std::span<std::uint64_t> words, std::size_t width) const {
    for (const Block& block : blocks_) {
        if (block.cyclic) {
            run_cyclic(block, words, width);
            continue;
        }
        for (std::uint32_t i = block.first; i < block.end; ++i) {
            run_step(steps_[i], words.data(), width);
        }
    }
}

}  // namespace adic::supply::cuts
