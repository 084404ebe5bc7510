#include "adic/ingest/open_psa.hpp"

#include "adic/base/text.hpp"

#include "byte_source.hpp"
#include "rules.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <pugixml.hpp>

namespace adic::ingest {

namespace {

using model::FaultGate;
using model::FaultNode;
using model::GateKind;

constexpr std::size_t size_limit = std::size_t{512} << 20U;

/// No published tree nests formulas more than ten deep.
constexpr int depth_limit = 200;

/// Names of a tree that are mistyped are compared with so many others at most.
constexpr std::size_t kept_value = 80;

constexpr std::array<std::string_view, 7>
    not_monotone{"not", "xor", "nand", "nor", "iff", "imply", "cardinality"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

struct Definition {
    enum class Kind { gate, basic_event, house_event };

    Kind kind;
    FaultNode node;
    std::uint64_t line;
};

class Reader {
  public:
    Reader(
        std::string_view text,
        const std::string& name,
        ImportReport& report,
        const OpenPsaOptions& options
    )
        : text_(text)
        , file_(name)
        , report_(report)
        , options_(options) {}

    Result<model::FaultTree> run() {
        const std::uint64_t errors = report_.errors();
        read();
        if (report_.errors() != errors) {
            return Error{
                ErrorCode::invalid_argument,
                "'" + file_ + "' is not a fault tree that can be read: "
                    + std::to_string(report_.errors() - errors) + " errors",
                {}};
        }
        return std::move(tree_);
    }

  private:
    // --- reporting ------------------------------------------------------------------------------

    std::uint64_t line_of(std::ptrdiff_t offset) {
        if (line_ends_.empty()) {
            for (std::size_t i = 0; i < text_.size(); ++i) {
                if (text_[i] == '\n') {
                    line_ends_.push_back(i);
                }
            }
            line_ends_.push_back(text_.size());
        }
        const auto place = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
        const auto end = std::ranges::lower_bound(line_ends_, place);
        return static_cast<std::uint64_t>(end - line_ends_.begin()) + 1;
    }

    struct Complaint {
        const ImportRule& rule;
        std::string_view value = {};
        std::string message = {};  ///< empty: the sentence of the rule
        Severity severity = Severity::error;
    };

    void complain(const Complaint& complaint, std::ptrdiff_t offset, std::string_view column) {
        std::string value(complaint.value.substr(0, kept_value));
        report_.add(
            {complaint.severity,
             complaint.rule.id,
             file_,
             line_of(offset),
             std::string(column),
             std::move(value),
             complaint.message.empty() ? sentence(complaint.rule) : complaint.message}
        );
    }

    void complain(const Complaint& complaint, pugi::xml_node at) {
        complain(complaint, at.offset_debug(), at.name());
    }

    // --- the document --------------------

    void read() {
        if (text_.size() > size_limit || !is_utf8(text_)) {
            complain({rules::psa_not_xml}, 0, {});
            return;
        }
        const unsigned flags = pugi::parse_default | pugi::parse_doctype;
        const auto outcome =
            document_.load_buffer(text_.data(), text_.size(), flags, pugi::encoding_utf8);
        if (!outcome) {
            complain(
                {rules::psa_not_xml, {}, std::string(outcome.description()) + "."},
                outcome.offset,
                {}
            );
            return;
        }
        for (const pugi::xml_node node : document_) {
            if (node.type() == pugi::node_doctype
                && std::strpbrk(node.value(), "[\"'") != nullptr) {
                complain({rules::psa_doctype}, node.offset_debug(), {});
                return;
            }
        }
        const pugi::xml_node root = document_.document_element();
        if (std::string_view(root.name()) != "opsa-mef") {
            complain({rules::psa_no_tree, root.name()}, root);
            return;
        }
        read_model(root);
    }

    void read_model(pugi::xml_node root) {
        const std::uint64_t errors = report_.errors();
        collect(root);
        if (tree_.gates.empty()) {
            complain({rules::psa_no_tree}, root);
            return;
        }
        for (const auto& [index, node] : event_nodes_) {
            read_event(tree_.events[index], node);
        }
        const std::size_t defined = tree_.gates.size();
        for (std::size_t i = 0; i < defined; ++i) {
            if (gate_nodes_[i]) {
                read_gate(static_cast<std::uint32_t>(i), gate_nodes_[i]);
            }
        }
        if (report_.errors() == errors) {
            find_top(root, defined);
        }
    }

    /// Finds all definitions, so that references may stand before them.
    void collect(pugi::xml_node root) {
        std::vector<std::pair<pugi::xml_node, int>> open{{root, 0}};
        while (!open.empty()) {
            const auto [parent, depth] = open.back();
            open.pop_back();
            if (depth > depth_limit) {
                complain({rules::psa_depth}, parent);
                return;
            }
            std::vector<std::pair<pugi::xml_node, int>> inner;
            for (const pugi::xml_node node : parent.children()) {
                if (node.type() == pugi::node_element && collect_one(node, depth)) {
                    inner.emplace_back(node, depth + 1);
                }
            }
            open.insert(open.end(), inner.rbegin(), inner.rend());
        }
    }

    /// Whether the element holds more definitions.
    bool collect_one(pugi::xml_node node, int depth) {
        const std::string_view kind = node.name();
        if (kind == "define-fault-tree" || kind == "define-component" || kind == "model-data") {
            if (kind == "define-fault-tree" && tree_.name.empty()) {
                tree_.name = node.attribute("name").value();
            }
            return true;
        }
        if (kind == "define-gate") {
            define(node, Definition::Kind::gate);
        } else if (kind == "define-basic-event") {
            define(node, Definition::Kind::basic_event);
        } else if (kind == "define-house-event") {
            define(node, Definition::Kind::house_event);
        } else if (kind == "define-parameter") {
            define_parameter(node);
        } else if (kind != "label" && kind != "attributes") {
            pass_over(node, depth);
        }
        return false;
    }

    void pass_over(pugi::xml_node node, int depth) {
        constexpr std::array<std::string_view, 9> other_studies{
            "define-event-tree",
            "define-functional-event",
            "define-initiating-event",
            "define-sequence",
            "define-consequence",
            "define-consequence-group",
            "define-rule",
            "define-alignment",
            "define-extern-library"};
        if (depth == 0 && is_one_of(node.name(), other_studies)) {
            complain({rules::psa_passed_over, node.name(), {}, Severity::warning}, node);
        } else {
            complain({rules::psa_element, node.name()}, node);
        }
    }

    /// What the writer keeps where a name is no identifier goes before the name.
    static std::string_view attribute_of(pugi::xml_node node, std::string_view name) {
        for (const pugi::xml_node entry : node.child("attributes").children("attribute")) {
            if (entry.attribute("name").value() == name) {
                return entry.attribute("value").value();
            }
        }
        return {};
    }

    void define(pugi::xml_node node, Definition::Kind kind) {
        const std::string_view name = node.attribute("name").value();
        const std::uint64_t line = line_of(node.offset_debug());
        const bool is_event = kind == Definition::Kind::basic_event;
        const auto index =
            static_cast<std::uint32_t>(is_event ? tree_.events.size() : tree_.gates.size());
        const Definition definition{
            kind,
            {is_event ? FaultNode::Kind::event : FaultNode::Kind::gate, index},
            line};
        if (name.empty()) {
            complain({rules::psa_name, {}, "A definition has no name. Give it one."}, node);
            return;
        }
        const auto [first, is_new] = definitions_.try_emplace(name, definition);
        if (!is_new) {
            complain(
                {rules::psa_name,
                 name,
                 "The name is defined before, on line " + std::to_string(first->second.line)
                     + ". Give each its own name."},
                node
            );
            return;
        }
        const std::string_view kept = attribute_of(node, "adic-name");
        add_definition(node, definition, std::string(kept.empty() ? name : kept));
    }

    void add_definition(pugi::xml_node node, const Definition& definition, std::string name) {
        if (definition.kind == Definition::Kind::basic_event) {
            event_nodes_.emplace_back(definition.node.index, node);
            tree_.events.push_back({std::move(name), {}});
            return;
        }
        FaultGate gate;
        gate.name = std::move(name);
        gate.kind = GateKind::any_of;
        if (definition.kind == Definition::Kind::house_event) {
            const pugi::xml_node constant = formula_of(node);
            gate.kind = constant ? constant_kind(constant) : GateKind::any_of;
            gate_nodes_.emplace_back();
        } else {
            gate_nodes_.push_back(node);
        }
        tree_.gates.push_back(std::move(gate));
    }

    // --- probabilities --------------------

    void define_parameter(pugi::xml_node node) {
        const std::string_view name = node.attribute("name").value();
        if (name.empty() || !parameters_.try_emplace(name, Parameter{node, {}, false}).second) {
            complain({rules::psa_name, name}, node);
        }
    }

    void read_event(model::FaultEvent& event, pugi::xml_node node) {
        const pugi::xml_node expression = formula_of(node);
        if (!expression) {
            return;
        }
        const std::optional<double> value = value_of(expression, 0);
        if (!value) {
            return;
        }
        if (!(*value >= 0.0 && *value <= 1.0)) {
            complain({rules::psa_probability, to_shortest(*value)}, expression);
            return;
        }
        const double low = parse_decimal(attribute_of(node, "adic-low")).value_or(*value);
        const double high = parse_decimal(attribute_of(node, "adic-high")).value_or(*value);
        auto estimate = Estimate::create(low, *value, high);
        if (!estimate || low < 0.0 || high > 1.0) {
            complain({rules::psa_probability, attribute_of(node, "adic-low")}, node);
            return;
        }
        event.probability = *estimate;
    }

    /// Reports and gives nothing where the expression cannot be read.
    std::optional<double> value_of(pugi::xml_node node, int depth) {
        const std::string_view kind = node.name();
        const std::string_view text = node.attribute("value").value();
        if (depth > depth_limit) {
            complain({rules::psa_depth, kind}, node);
            return std::nullopt;
        }
        if (kind == "float" || kind == "int") {
            const std::optional<double> value = parse_decimal(text);
            if (!value) {
                complain({rules::psa_expression, text}, node);
            }
            return value;
        }
        if ((kind == "bool" || kind == "constant") && (text == "true" || text == "false")) {
            return text == "true" ? 1.0 : 0.0;
        }
        if (kind == "parameter") {
            return value_of_parameter(node, depth);
        }
        return value_of_operation(node, depth);
    }

    std::optional<double> value_of_parameter(pugi::xml_node node, int depth) {
        const std::string_view name = node.attribute("name").value();
        const auto found = parameters_.find(name);
        if (found == parameters_.end()) {
            complain({rules::psa_reference, name}, node);
            return std::nullopt;
        }
        Parameter& parameter = found->second;
        if (parameter.is_open) {
            complain({rules::psa_depth, name}, node);
            return std::nullopt;
        }
        if (!parameter.value) {
            const pugi::xml_node expression = formula_of(parameter.node);
            if (!expression) {
                complain({rules::psa_expression, name}, parameter.node);
                return std::nullopt;
            }
            parameter.is_open = true;
            parameter.value = value_of(expression, depth + 1);
            parameter.is_open = false;
        }
        return parameter.value;
    }

    std::optional<double> value_of_operation(pugi::xml_node node, int depth) {
        std::vector<double> values;
        for (const pugi::xml_node child : node.children()) {
            if (child.type() == pugi::node_element) {
                const std::optional<double> value = value_of(child, depth + 1);
                if (!value) {
                    return std::nullopt;
                }
                values.push_back(*value);
            }
        }
        const std::optional<double> result = combined(node.name(), values);
        if (!result || !std::isfinite(*result)) {
            complain({rules::psa_expression, node.name()}, node);
            return std::nullopt;
        }
        return result;
    }

    static std::optional<double>
    combined(std::string_view kind, const std::vector<double>& values) {
        if (values.empty()) {
            return std::nullopt;
        }
        if (kind == "neg" && values.size() == 1) {
            return -values[0];
        }
        if (kind == "exponential" && values.size() == 2) {
            return -std::expm1(-values[0] * values[1]);  // rate and time
        }
        double result = values[0];
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (kind == "add") {
                result += values[i];
            } else if (kind == "sub") {
                result -= values[i];
            } else if (kind == "mul") {
                result *= values[i];
            } else if (kind == "div") {
                result /= values[i];
            }
        }
        const bool is_known = kind == "add" || kind == "sub" || kind == "mul" || kind == "div";
        return is_known ? std::optional(result) : std::nullopt;
    }

    // --- formulas --------------------

    /// The first element that is neither label nor attributes.
    static pugi::xml_node formula_of(pugi::xml_node definition) {
        for (const pugi::xml_node node : definition.children()) {
            const std::string_view kind = node.name();
            if (node.type() == pugi::node_element && kind != "label" && kind != "attributes") {
                return node;
            }
        }
        return {};
    }

    GateKind constant_kind(pugi::xml_node node) {
        const std::string_view value = node.attribute("value").value();
        if (std::string_view(node.name()) != "constant" || (value != "true" && value != "false")) {
            complain(
                {rules::psa_expression,
                 value,
                 "A constant is `<constant value=\"true\"/>` or false."},
                node
            );
        }
        return value == "true" ? GateKind::all_of : GateKind::any_of;
    }

    struct Task {
        std::uint32_t gate;
        pugi::xml_node formula;
        int depth;
    };

    void read_gate(std::uint32_t gate, pugi::xml_node definition) {
        const pugi::xml_node formula = formula_of(definition);
        std::size_t formulas = 0;
        for (const pugi::xml_node node : definition.children()) {
            const std::string_view kind = node.name();
            formulas +=
                node.type() == pugi::node_element && kind != "label" && kind != "attributes";
        }
        if (formulas != 1) {
            complain({rules::psa_formula, definition.attribute("name").value()}, definition);
            return;
        }
        inner_gates_ = 0;
        const std::string name = tree_.gates[gate].name;
        std::vector<Task> open{{gate, formula, 0}};
        while (!open.empty()) {
            const Task task = open.back();
            open.pop_back();
            if (task.depth > depth_limit) {
                complain({rules::psa_depth, name}, task.formula);
                return;
            }
            read_formula(task, name, open);
        }
    }

    /// Sets the gate of the task from its formula; formulas inside it become gates to be read.
    void read_formula(const Task& task, const std::string& name, std::vector<Task>& open) {
        const std::string_view kind = task.formula.name();
        FaultGate gate;
        gate.name = tree_.gates[task.gate].name;
        if (kind == "and" || kind == "or" || kind == "atleast") {
            gate.kind = kind == "or"    ? GateKind::any_of
                        : kind == "and" ? GateKind::all_of
                                        : GateKind::at_least;
            for (const pugi::xml_node child : task.formula.children()) {
                if (child.type() == pugi::node_element) {
                    add_child(gate, child, {name, task.depth, open});
                }
            }
            check_arguments(gate, task.formula);
        } else if (kind == "constant") {
            gate.kind = constant_kind(task.formula);
        } else if (is_one_of(kind, not_monotone)) {
            complain({rules::psa_operator, kind}, task.formula);
        } else {
            gate.kind = GateKind::any_of;  // the gate stands for another event
            add_child(gate, task.formula, {name, task.depth, open});
        }
        tree_.gates[task.gate] = std::move(gate);
    }

    void check_arguments(FaultGate& gate, pugi::xml_node formula) {
        if (!formula.first_child() || gate.children.empty()) {
            complain({rules::psa_formula, gate.name}, formula);
            return;
        }
        if (gate.kind != GateKind::at_least) {
            return;
        }
        const std::string_view text = formula.attribute("min").value();
        const std::optional<std::uint64_t> count = parse_whole(text);
        if (!count || *count < 1 || *count > gate.children.size()) {
            complain(
                {rules::psa_count,
                 text,
                 "The `min` of `atleast` is '" + std::string(text.substr(0, kept_value))
                     + "'; right is a whole number from 1 to "
                     + std::to_string(gate.children.size()) + "."},
                formula
            );
            return;
        }
        gate.count = static_cast<std::uint32_t>(*count);
    }

    struct Inside {
        const std::string& name;  ///< of the defined gate
        int depth;
        std::vector<Task>& open;
    };

    void add_child(FaultGate& gate, pugi::xml_node node, const Inside& inside) {
        const std::string_view kind = node.name();
        if (kind == "event" || kind == "gate" || kind == "basic-event" || kind == "house-event") {
            if (const auto child = referenced(node)) {
                gate.children.push_back(*child);
            } else {
                gate.children.push_back({FaultNode::Kind::gate, tree_.top});  // reported already
            }
            return;
        }
        if (is_one_of(kind, not_monotone)) {
            complain({rules::psa_operator, kind}, node);
        } else if (kind != "and" && kind != "or" && kind != "atleast" && kind != "constant") {
            complain({rules::psa_element, kind}, node);
        }
        const auto index = static_cast<std::uint32_t>(tree_.gates.size());
        FaultGate inner;
        inner.name = inner_name(inside.name);
        inner.kind = GateKind::any_of;
        tree_.gates.push_back(std::move(inner));
        gate.children.push_back({FaultNode::Kind::gate, index});
        if (kind == "and" || kind == "or" || kind == "atleast" || kind == "constant") {
            inside.open.push_back({index, node, inside.depth + 1});
        }
    }

    std::string inner_name(const std::string& gate) {
        std::string name;
        do {
            name = gate + "." + std::to_string(++inner_gates_);
        } while (definitions_.contains(name));
        return name;
    }

    std::optional<FaultNode> referenced(pugi::xml_node node) {
        const std::string_view name = node.attribute("name").value();
        auto found = definitions_.find(name);
        if (found == definitions_.end()) {
            // A path through fault trees and components: the last part is the name.
            const std::size_t dot = name.rfind('.');
            found = dot == std::string_view::npos ? found : definitions_.find(name.substr(dot + 1));
        }
        if (found == definitions_.end()) {
            complain_about_unknown(node, name);
            return std::nullopt;
        }
        const std::string_view kind = node.name();
        const Definition& definition = found->second;
        const std::string_view right = definition.kind == Definition::Kind::gate ? "gate"
                                       : definition.kind == Definition::Kind::basic_event
                                           ? "basic-event"
                                           : "house-event";
        if (kind != "event" && kind != right) {
            complain(
                {rules::psa_reference,
                 name,
                 "It is defined on line " + std::to_string(definition.line) + " as a "
                     + std::string(right) + "; write `<" + std::string(right) + " name=...>`."},
                node
            );
        }
        if (definition.node.kind == FaultNode::Kind::gate) {
            is_named_.resize(
                std::max<std::size_t>(is_named_.size(), definition.node.index + 1),
                false
            );
            is_named_[definition.node.index] = true;
        }
        return definition.node;
    }

    void complain_about_unknown(pugi::xml_node node, std::string_view name) {
        if (!complained_.insert_or_assign(std::string(name), true).second) {
            return;  // once for each name is enough to mend it
        }
        if (candidates_.empty()) {
            for (const auto& [candidate, definition] : definitions_) {
                candidates_.push_back(candidate);
            }
            std::ranges::sort(candidates_);
        }
        std::string message = "Nothing of this name is defined";
        message += suggester_.suggest(name, candidates_);
        message += ". Correct the name, or add its definition.";
        complain({rules::psa_reference, name, std::move(message)}, node);
    }

    // --- the top --------------------

    void find_top(pugi::xml_node root, std::size_t defined) {
        if (!options_.top.empty()) {
            const auto found = definitions_.find(options_.top);
            if (found == definitions_.end() || found->second.kind != Definition::Kind::gate) {
                complain({rules::psa_top, options_.top, "There is no gate of this name."}, root);
                return;
            }
            tree_.top = found->second.node.index;
            return;
        }
        is_named_.resize(defined, false);
        std::vector<std::uint32_t> tops;
        std::vector<std::string_view> names;
        for (std::uint32_t i = 0; i < defined; ++i) {
            if (gate_nodes_[i] && !is_named_[i]) {
                tops.push_back(i);
                names.push_back(tree_.gates[i].name);
            }
        }
        if (tops.size() == 1) {
            tree_.top = tops[0];
            return;
        }
        constexpr std::size_t shown = 10;
        const std::string which =
            tops.empty() ? "Every gate is named by another one."
                         : "Several gates are named by no other: "
                               + listed(std::span(names).first(std::min(shown, names.size())))
                               + (names.size() > shown ? ", ..." : "") + ".";
        complain({rules::psa_top, {}, which + " " + std::string(rules::psa_top.remedy)}, root);
    }

    struct Parameter {
        pugi::xml_node node;
        std::optional<double> value;
        bool is_open;
    };

    std::string_view text_;
    const std::string& file_;
    ImportReport& report_;
    const OpenPsaOptions& options_;
    pugi::xml_document document_;
    model::FaultTree tree_;
    std::vector<std::size_t> line_ends_;
    std::unordered_map<std::string_view, Definition> definitions_;
    std::unordered_map<std::string_view, Parameter> parameters_;
    std::vector<std::pair<std::uint32_t, pugi::xml_node>> event_nodes_;
    std::vector<pugi::xml_node> gate_nodes_;  ///< one per defined gate; empty for house events
    std::vector<bool> is_named_;              ///< gates that another one names
    std::unordered_map<std::string, bool> complained_;
    std::vector<std::string_view> candidates_;
    Suggester suggester_;
    std::size_t inner_gates_ = 0;
};

}  // namespace

Result<model::FaultTree> parse_open_psa(
    std::string_view text,
    const std::string& name,
    ImportReport& report,
    const OpenPsaOptions& options
) {
    return Reader(text, name, report, options).run();
}

Result<model::FaultTree> read_open_psa(
    const std::filesystem::path& path,
    ImportReport& report,
    const OpenPsaOptions& options
) {
    ADIC_TRY(const auto source, open_bytes(path));
    constexpr std::size_t block = std::size_t{1} << 18U;
    std::string text;
    std::size_t read = 1;
    while (read > 0 && text.size() <= size_limit) {
        const std::size_t before = text.size();
        text.resize(before + block);
        read = source->read(std::span(text).subspan(before));
        text.resize(before + read);
    }
    if (!source->problem().empty()) {
        return Error{
            ErrorCode::unavailable,
            "'" + path.string() + "' cannot be read",
            std::string(source->problem())};
    }
    return parse_open_psa(text, path.filename().string(), report, options);
}

}  // namespace adic::ingest
