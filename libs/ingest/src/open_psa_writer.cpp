#include "adic/base/text.hpp"
#include "adic/ingest/open_psa.hpp"
#include "adic/model/threshold.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

namespace adic::ingest {

namespace {

using model::FaultGate;
using model::FaultNode;
using model::GateKind;

/// Decisions that one gate may be written out as.
constexpr std::size_t decision_limit = 100'000;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// An identifier as other programs want it: a letter, then letters, digits, single '-' and '_'.
std::string identifier_from(std::string_view name) {
    std::string result;
    for (const char c : name) {
        const bool is_dash = c == '-' && !result.empty() && result.back() != '-';
        result += is_letter(c) || is_digit(c) || is_dash ? c : '_';
    }
    if (result.empty() || !is_letter(result[0])) {
        result.insert(0, "n");
    }
    if (result.back() == '-') {
        result.back() = '_';
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        default: result += static_cast<unsigned char>(c) < 0x20 ? '_' : c; break;
        }
    }
    return result;
}

class Writer {
  public:
    explicit Writer(const model::FaultTree& tree) : tree_(tree) {}

    Result<std::string> run() {
        if (tree_.top >= tree_.gates.size()) {
            return invalid("the tree has no top gate");
        }
        name_all();
        text_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n  <define-fault-tree name=\"";
        text_ += identifier_from(tree_.name.empty() ? "tree" : tree_.name) + "\">\n";
        for (std::uint32_t i = 0; i < tree_.gates.size(); ++i) {
            if (std::string problem = write_gate(i); !problem.empty()) {
                return invalid(problem);
            }
        }
        for (std::uint32_t i = 0; i < tree_.events.size(); ++i) {
            write_event(i);
        }
        text_ += "  </define-fault-tree>\n</opsa-mef>\n";
        return std::move(text_);
    }

  private:
    static Error invalid(const std::string& message) {
        return {ErrorCode::invalid_argument, message, {}};
    }

    std::string unique_name(std::string_view wanted) {
        const std::string base = identifier_from(wanted);
        std::string name = base;
        // One counter for all names, so that a thousand equal ones take no quadratic time.
        while (!taken_.insert(name).second) {
            name = base + "_" + std::to_string(++copies_);
        }
        return name;
    }

    /// The top first, since it must keep its place as the one that is meant.
    void name_all() {
        for (const FaultGate& gate : tree_.gates) {
            gate_names_.push_back(unique_name(gate.name));
        }
        for (const model::FaultEvent& event : tree_.events) {
            event_names_.push_back(unique_name(event.name));
        }
    }

    bool is_house(std::uint32_t gate) const {
        return tree_.gates[gate].children.empty() && gate != tree_.top;
    }

    std::string reference(FaultNode node) const {
        if (node.kind == FaultNode::Kind::event) {
            return "<basic-event name=\"" + event_names_[node.index] + "\"/>";
        }
        return (is_house(node.index) ? "<house-event name=\"" : "<gate name=\"")
               + gate_names_[node.index] + "\"/>";
    }

    static std::string gate_reference(const std::string& name) {
        return "<gate name=\"" + name + "\"/>";
    }

    void open_definition(const char* kind, const std::string& name) {
        text_ += std::string("    <define-") + kind + " name=\"" + name + "\">\n";
    }

    void close_definition(const char* kind) {
        text_ += std::string("    </define-") + kind + ">\n";
    }

    /// What only we read: the name where it is no identifier, and the ends of an estimate.
    void write_attributes(const std::vector<std::pair<std::string_view, std::string>>& attributes) {
        if (attributes.empty()) {
            return;
        }
        text_ += "      <attributes>\n";
        for (const auto& [name, value] : attributes) {
            text_ += "        <attribute name=\"" + std::string(name) + "\" value=\""
                     + escaped(value) + "\"/>\n";
        }
        text_ += "      </attributes>\n";
    }

    void write_name(const std::string& written, const std::string& name) {
        if (written != name && !name.empty()) {
            write_attributes({{"adic-name", name}});
        }
    }

    /// `and` or `or` of the arguments, each once; one argument stands for itself.
    void write_arguments(const char* op, std::vector<std::string> arguments) {
        std::unordered_set<std::string> seen;
        std::erase_if(arguments, [&](const std::string& argument) {
            return !seen.insert(argument).second;
        });
        if (arguments.size() == 1) {
            text_ += "      " + arguments[0] + "\n";
            return;
        }
        text_ += std::string("      <") + op + ">\n";
        for (const std::string& argument : arguments) {
            text_ += "        " + argument + "\n";
        }
        const std::string_view whole = op;
        text_ += "      </" + std::string(whole.substr(0, whole.find(' '))) + ">\n";
    }

    /// Empty, or what is wrong.
    std::string write_gate(std::uint32_t index) {
        const FaultGate& gate = tree_.gates[index];
        std::vector<std::string> arguments;
        for (const FaultNode child : gate.children) {
            const bool is_event = child.kind == FaultNode::Kind::event;
            if (child.index >= (is_event ? tree_.events.size() : tree_.gates.size())) {
                return "gate '" + gate.name + "' names a child that does not exist";
            }
            arguments.push_back(reference(child));
        }
        const auto size = static_cast<std::uint32_t>(arguments.size());
        const bool is_vote = gate.kind == GateKind::at_least && gate.count > 1 && gate.count < size;
        if (gate.kind == GateKind::weighted || (is_vote && has_repetition(arguments))) {
            return write_decisions(index, arguments);
        }
        if (size == 0) {
            write_constant(index, gate.kind == GateKind::all_of);
            return {};
        }
        open_definition("gate", gate_names_[index]);
        write_name(gate_names_[index], gate.name);
        if (is_vote) {
            write_arguments(
                ("atleast min=\"" + std::to_string(gate.count) + "\"").c_str(),
                std::move(arguments)
            );
        } else {
            const bool is_any = gate.kind == GateKind::any_of
                                || (gate.kind == GateKind::at_least && gate.count < 2);
            write_arguments(is_any ? "or" : "and", std::move(arguments));
        }
        close_definition("gate");
        return {};
    }

    static bool has_repetition(std::vector<std::string> arguments) {
        std::ranges::sort(arguments);
        return std::ranges::adjacent_find(arguments) != arguments.end();
    }

    /// A gate without children is a house event; a top stands for one.
    void write_constant(std::uint32_t index, bool failed) {
        std::string name = gate_names_[index];
        if (!is_house(index)) {
            const std::string house = unique_name(name + "_constant");
            open_definition("gate", name);
            write_name(name, tree_.gates[index].name);
            text_ += "      <house-event name=\"" + house + "\"/>\n";
            close_definition("gate");
            name = house;
        }
        open_definition("house-event", name);
        if (is_house(index)) {
            write_name(name, tree_.gates[index].name);
        }
        text_ += std::string("      <constant value=\"") + (failed ? "true" : "false") + "\"/>\n";
        close_definition("house-event");
    }

    /// Each decision is (input and if_failed) or if_not; the last one carries the gate's name.
    std::string write_decisions(std::uint32_t index, const std::vector<std::string>& inputs) {
        const FaultGate& gate = tree_.gates[index];
        const auto diagram = gate.kind == GateKind::weighted
                                 ? model::weighted_diagram(gate.weights, gate.limit, decision_limit)
                                 : model::vote_diagram(
                                     static_cast<std::uint32_t>(inputs.size()),
                                     gate.count,
                                     decision_limit
                                 );
        if (!diagram) {
            return "gate '" + gate.name + "' is too large to be written out as and and or";
        }
        if (diagram->root < model::ThresholdDiagram::first_node) {
            write_constant_gate(index, diagram->root == model::ThresholdDiagram::always);
            return {};
        }
        std::vector<std::string> names{{}, {}};
        for (std::size_t i = 0; i < diagram->nodes.size(); ++i) {
            const bool is_root = i + 1 == diagram->nodes.size();
            names.push_back(is_root ? gate_names_[index] : unique_name(gate_names_[index] + "_d"));
            write_decision(names, diagram->nodes[i], inputs);
        }
        return {};
    }

    /// A weighted gate that is always or never failed is no house event, since others name a gate.
    void write_constant_gate(std::uint32_t index, bool failed) {
        const std::string house = unique_name(gate_names_[index] + "_constant");
        open_definition("gate", gate_names_[index]);
        write_name(gate_names_[index], tree_.gates[index].name);
        text_ += "      <house-event name=\"" + house + "\"/>\n";
        close_definition("gate");
        open_definition("house-event", house);
        text_ += std::string("      <constant value=\"") + (failed ? "true" : "false") + "\"/>\n";
        close_definition("house-event");
    }

    void write_decision(
        const std::vector<std::string>& names,
        const model::ThresholdNode& node,
        const std::vector<std::string>& inputs
    ) {
        const std::string& name = names.back();
        std::string failed = inputs[node.input];
        const bool has_both = node.if_failed != model::ThresholdDiagram::always
                              && node.if_not != model::ThresholdDiagram::never;
        if (has_both) {
            const std::string both = unique_name(name + "_and");
            open_definition("gate", both);
            write_arguments("and", {failed, gate_reference(names[node.if_failed])});
            close_definition("gate");
            failed = gate_reference(both);
        }
        open_definition("gate", name);
        if (node.if_not != model::ThresholdDiagram::never) {
            write_arguments("or", {failed, gate_reference(names[node.if_not])});
        } else if (node.if_failed != model::ThresholdDiagram::always) {
            write_arguments("and", {failed, gate_reference(names[node.if_failed])});
        } else {
            write_arguments("or", {failed});
        }
        close_definition("gate");
    }

    void write_event(std::uint32_t index) {
        const model::FaultEvent& event = tree_.events[index];
        std::vector<std::pair<std::string_view, std::string>> attributes;
        if (event_names_[index] != event.name && !event.name.empty()) {
            attributes.emplace_back("adic-name", event.name);
        }
        if (event.probability && !event.probability->is_exact()) {
            attributes.emplace_back("adic-low", to_shortest(event.probability->low()));
            attributes.emplace_back("adic-high", to_shortest(event.probability->high()));
        }
        if (attributes.empty() && !event.probability) {
            text_ += "    <define-basic-event name=\"" + event_names_[index] + "\"/>\n";
            return;
        }
        open_definition("basic-event", event_names_[index]);
        write_attributes(attributes);
        if (event.probability) {
            text_ += "      <float value=\"" + to_shortest(event.probability->likely()) + "\"/>\n";
        }
        close_definition("basic-event");
    }

    const model::FaultTree& tree_;
    std::string text_;
    std::unordered_set<std::string> taken_;
    std::size_t copies_ = 0;
    std::vector<std::string> gate_names_;
    std::vector<std::string> event_names_;
};

}  // namespace

Result<std::string> write_open_psa(const model::FaultTree& tree) {
    return Writer(tree).run();
}

}  // namespace adic::ingest
