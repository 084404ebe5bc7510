#include "cuts/modules.hpp"

#include "cuts/simplify.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace adic::supply::cuts {

namespace {

constexpr std::uint32_t no_date = std::numeric_limits<std::uint32_t>::max();

/// Marks the gates that are the only way into all that is below them.
class ModuleSearch {
  public:
    explicit ModuleSearch(const Circuit& circuit)
        : circuit_(circuit)
        , components_(components_of(circuit))
        , dates_(circuit.events + components_.members.size())
        , entry_(components_.members.size(), never)
        , entries_(components_.members.size(), 0) {}

    /// The roots of the modules, children first; the top is the last of them.
    std::vector<Ref> run() {
        visit_all();
        std::vector<Ref> roots;
        std::vector<Dates> below(dates_.size());
        for (std::uint32_t i = 0; i < components_.members.size(); ++i) {
            const std::uint32_t node = circuit_.events + i;
            for_each_child(i, [&](std::uint32_t child) {
                below[node].include(dates_[child]);
                below[node].include(below[child]);
            });
            if (entries_[i] == 1 && below[node].first > dates_[node].first
                && below[node].last < finish_[i]) {
                roots.push_back(entry_[i]);
            }
        }
        return roots;
    }

  private:
    struct Dates {
        std::uint32_t first = no_date;
        std::uint32_t last = 0;

        void include(const Dates& other) {
            first = std::min(first, other.first);
            last = std::max(last, other.last);
        }
    };

    struct Frame {
        std::uint32_t component;
        std::size_t member = 0;
        std::size_t child = 0;
    };

    /// An event by its own number, a gate by the number of its component after the events.
    std::uint32_t node_of(Ref ref) const {
        return circuit_.is_event(ref)
                   ? ref
                   : circuit_.events + components_.of_gate[ref - circuit_.events];
    }

    template <typename Visit>
    void for_each_child(std::uint32_t component, const Visit& visit) const {
        for (const Ref member : components_.members[component]) {
            for (const Ref child : circuit_.gate(member).children) {
                if (node_of(child) != circuit_.events + component) {
                    visit(node_of(child));
                }
            }
        }
    }

    void touch(std::uint32_t node) {
        ++clock_;
        dates_[node].include({clock_, clock_});
    }

    void note_entry(Ref gate) {
        const std::uint32_t component = components_.of_gate[gate - circuit_.events];
        if (entry_[component] != gate) {
            entry_[component] = gate;
            ++entries_[component];
        }
    }

    void visit_all() {
        finish_.assign(components_.members.size(), 0);
        std::vector<Frame> path;
        const auto enter = [&](Ref ref) {
            const std::uint32_t node = node_of(ref);
            const bool is_new = dates_[node].first == no_date;
            touch(node);
            if (circuit_.is_gate(ref)) {
                note_entry(ref);
                if (is_new) {
                    path.push_back({node - circuit_.events});
                }
            }
        };
        enter(circuit_.top);
        while (!path.empty()) {
            Frame& frame = path.back();
            const auto& members = components_.members[frame.component];
            if (frame.member == members.size()) {
                finish_[frame.component] = ++clock_;
                dates_[circuit_.events + frame.component].last = clock_;
                path.pop_back();
                continue;
            }
            const auto& children = circuit_.gate(members[frame.member]).children;
            if (frame.child == children.size()) {
                ++frame.member;
                frame.child = 0;
                continue;
            }
            const Ref child = children[frame.child++];
            if (node_of(child) != circuit_.events + frame.component) {
                enter(child);
            }
        }
    }

    const Circuit& circuit_;
    Components components_;
    std::vector<Dates> dates_;  ///< events, then components: first and last visit
    std::vector<std::uint32_t> finish_;
    std::vector<Ref> entry_;
    std::vector<std::uint32_t> entries_;  ///< gates through which a component is entered
    std::uint32_t clock_ = 0;
};

/// Copies the part of `whole` below a gate, down to events and to the modules inside.
class Cutter {
  public:
    explicit Cutter(const Module& whole)
        : whole_(whole)
        , built_(whole.circuit.gates.size())
        , name_(whole.circuit.names(), never) {}

    /// From now on `gate` is cut off and stands as `leaf`.
    void replace(Ref gate, Module::Leaf leaf) { built_[gate - whole_.circuit.events] = leaf; }

    Module cut(Ref root) {
        Module part;
        collect(root, part);
        part.circuit.events = static_cast<std::uint32_t>(part.leaves.size());
        for (std::size_t i = 0; i < gates_.size(); ++i) {
            name_[gates_[i]] = part.circuit.events + static_cast<Ref>(i);
        }
        for (const Ref ref : gates_) {
            Gate gate = whole_.circuit.gate(ref);
            for (Ref& child : gate.children) {
                child = name_[child];
            }
            part.circuit.gates.push_back(std::move(gate));
        }
        part.circuit.top = name_[root];
        forget();
        return part;
    }

  private:
    std::optional<Module::Leaf> leaf_of(Ref ref) const {
        return whole_.circuit.is_event(ref) ? whole_.leaves[ref]
                                            : built_[ref - whole_.circuit.events];
    }

    void collect(Ref root, Module& part) {
        std::vector<Ref> open{root};
        name_[root] = 0;
        named_.push_back(root);
        while (!open.empty()) {
            const Ref ref = open.back();
            open.pop_back();
            gates_.push_back(ref);
            for (const Ref child : whole_.circuit.gate(ref).children) {
                if (name_[child] != never) {
                    continue;
                }
                named_.push_back(child);
                if (const auto leaf = leaf_of(child)) {
                    name_[child] = static_cast<Ref>(part.leaves.size());
                    part.leaves.push_back(*leaf);
                } else {
                    name_[child] = 0;
                    open.push_back(child);
                }
            }
        }
    }

    void forget() {
        for (const Ref ref : named_) {
            name_[ref] = never;
        }
        named_.clear();
        gates_.clear();
    }

    const Module& whole_;
    std::vector<std::optional<Module::Leaf>> built_;
    std::vector<Ref> name_;
    std::vector<Ref> named_;
    std::vector<Ref> gates_;
};

/// The leader of each group of children of the top that share an event or a gate.
std::vector<Ref> groups_of_children(const Circuit& circuit) {
    const auto& children = circuit.gate(circuit.top).children;
    std::vector<Ref> leader(circuit.names(), never);
    std::vector<Ref> group(children.size());
    std::iota(group.begin(), group.end(), 0U);
    const auto find = [&](Ref member) {
        while (group[member] != member) {
            member = group[member] = group[group[member]];
        }
        return member;
    };
    for (Ref i = 0; i < children.size(); ++i) {
        std::vector<Ref> open{children[i]};
        while (!open.empty()) {
            const Ref ref = open.back();
            open.pop_back();
            if (leader[ref] != never) {
                group[find(leader[ref])] = find(i);
                continue;
            }
            leader[ref] = i;
            if (circuit.is_gate(ref)) {
                const auto& below = circuit.gate(ref).children;
                open.insert(open.end(), below.begin(), below.end());
            }
        }
    }
    for (Ref i = 0; i < children.size(); ++i) {
        group[i] = find(i);
    }
    return group;
}

/// Parts inside parts are found one level at a time; no sensible map is deeper than this.
constexpr int depth_limit = 40;

class Splitter {
  public:
    Structure run(Module whole) {
        const Module::Leaf top = take_apart(whole, 0);
        if (!top.is_module) {
            structure_.modules.push_back({Circuit{1, {}, 0}, {top}});
        }
        return std::move(structure_);
    }

  private:
    /// Requires: simplified.
    Module::Leaf take_apart(const Module& whole, int depth) {
        if (whole.circuit.is_event(whole.circuit.top)) {
            return whole.leaves[whole.circuit.top];
        }
        Cutter cutter(whole);
        Module::Leaf last{false, 0};
        for (const Ref root : ModuleSearch(whole.circuit).run()) {
            last = add(cutter.cut(root), depth);
            cutter.replace(root, last);
        }
        return last;
    }

    /// Requires: no module inside `part` but itself.
    Module::Leaf add(Module part, int depth) {
        if (part.circuit.gates.size() > 1 && depth < depth_limit) {
            if (hoist_deciding_events(part.circuit)) {
                return take_apart(part, depth + 1);
            }
            split_top(part, depth);
        }
        structure_.modules.push_back(std::move(part));
        return {true, static_cast<std::uint32_t>(structure_.modules.size() - 1)};
    }

    /// Children of the top that share nothing with its other children become modules.
    void split_top(Module& part, int depth) {
        const std::vector<Ref> group = groups_of_children(part.circuit);
        std::vector<std::vector<Ref>> members(group.size());
        const auto& children = part.circuit.gate(part.circuit.top).children;
        for (std::size_t i = 0; i < group.size(); ++i) {
            members[group[i]].push_back(children[i]);
        }
        std::erase_if(members, [](const auto& list) { return list.empty(); });
        if (members.size() < 2) {
            return;
        }
        const Op op = part.circuit.gate(part.circuit.top).op;
        Gate top{op, {}};
        std::vector<Ref> roots;
        for (auto& list : members) {
            if (list.size() == 1) {
                top.children.push_back(list[0]);
            } else {
                roots.push_back(part.circuit.add({op, std::move(list)}));
                top.children.push_back(roots.back());
            }
        }
        part.circuit.gate(part.circuit.top) = std::move(top);
        Cutter cutter(part);
        for (const Ref root : roots) {
            cutter.replace(root, add(cutter.cut(root), depth + 1));
        }
        part = cutter.cut(part.circuit.top);
    }

    Structure structure_;
};

}  // namespace

Structure split_into_modules(Circuit circuit) {
    Module whole{std::move(circuit), {}};
    for (std::uint32_t event = 0; event < whole.circuit.events; ++event) {
        whole.leaves.push_back({false, event});
    }
    simplify(whole.circuit);
    if (whole.circuit.top == always || whole.circuit.top == never) {
        return {
            whole.circuit.top == always ? Structure::Top::has_failed : Structure::Top::cannot_fail,
            {}};
    }
    return Splitter().run(std::move(whole));
}

}  // namespace adic::supply::cuts
