#include "adic/procure/origin.hpp"

#include "adic/base/say.hpp"
#include "adic/procure/day.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::CostedProduct;
using procure::OriginRemedy;
using procure::OriginRule;
using procure::OriginVerdict;

constexpr std::array verdict_columns{
    Column{"product", "product", "by its identifier", Show::word},
    Column{"rule", "rule", "by its identifier", Show::word},
    Column{"method", "", "what is set against what", Show::word, 0, In::data},
    Column{"inside", "inside", "value that counts", Show::number, 2},
    Column{"base", "", "value that it is held against", Show::number, 2, In::data},
    Column{"share", "share", "inside over what it is held against", Show::number, 4},
    Column{"threshold", "at least", "by the rule", Show::number, 4},
    Column{"kept", "kept", "exactly", Show::word},
    Column{"missing", "missing", "that would have to be inside besides", Show::number, 2},
};

constexpr std::array remedy_columns{
    Column{"product", "product", "by its identifier", Show::word},
    Column{"rule", "rule", "that is not kept", Show::word},
    Column{"remedy", "what it takes", "cheapest, cheap, fewest, or out of reach", Show::word},
    Column{"lines", "from inside", "materials that would have to come from inside"},
    Column{"extra", "costs more", "empty: no price from inside is known", Show::number, 2},
    Column{"share", "share then", "afterwards", Show::number, 4},
};

constexpr std::array rule_columns{
    Column{"rule", "rule", "by its identifier", Show::word},
    Column{"name", "says", "in words"},
    Column{"group", "group", "of states that are inside", Show::word},
    Column{"title", "title", "of the source"},
    Column{"article", "article", "of the source"},
    Column{"publisher", "publisher", "of the source", Show::text, 0, In::data},
    Column{"licence", "licence", "of the source", Show::text, 0, In::data},
    Column{"confidence", "conf.", "A to E, as docs/dictionary.md", Show::word},
    Column{"note", "note", "what to know before relying on it", Show::text, 0, In::data},
};

constexpr std::array shapes{
    Shape{"verdicts", verdict_columns},
    Shape{"remedies", remedy_columns},
    Shape{"rules", rule_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "Whether products are of a region by its rules of origin: regional value content of 40 %, "
    "build-down and build-up, with cumulation across states; 65 % of components; 35 % local "
    "content "
    "that rises with the years. Each verdict with its numbers, exact at the threshold; and for a "
    "rule that is not kept, the cheapest set of materials to buy inside.",
    "FILE is a table of cost lines (docs/reference/origin.md); without it, two made-up products "
    "that come with the program.",
    "Rules are data with their sources. They count value; changes of tariff heading, and what a "
    "customs office decides, are not in them. docs/explanation/origin.md has the equations."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "a table of cost lines",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{.name = "--rule", .value = "LIST", .help = "only these rules, separated by commas"},
    Option{
        .name = "--on",
        .value = "DAY",
        .help = "the day, as 2026-12-31, for rules that rise with the years; without it, their "
                "thresholds at the start"},
    Option{
        .name = "--rules",
        .value = "FOLDER",
        .help = "rules.csv and groups.csv to judge by; without it, those of the program",
        .completes = Completes::folder},
    format_option,
};

constexpr std::array examples{
    Example{"adic origin", "Two products that come with the program, by all rules."},
    Example{"adic origin --rule RVC40-DOWN,RVC40-UP", "By the two methods of ASEAN's agreement."},
    Example{"adic origin my-costs.csv --on 2026-12-31", "Your own, with today's thresholds."},
};

double money(const procure::Fraction& cents) {
    return procure::to_double(cents / 100);
}

std::string_view name_of(OriginRemedy::Kind kind) {
    constexpr std::array<std::string_view, 4> names{"cheapest", "cheap", "fewest", "out of reach"};
    return names.at(static_cast<std::size_t>(kind));
}

Row verdict_row(
    const CostedProduct& product,
    const OriginRule& rule,
    const OriginVerdict& verdict
) {
    return {
        product.id,
        rule.id,
        std::string(procure::name_of(rule.method)),
        money(verdict.inside),
        money(verdict.base),
        procure::to_double(verdict.share),
        procure::to_double(verdict.threshold),
        std::string(verdict.is_kept ? "yes" : "no"),
        verdict.is_kept ? Cell{} : Cell{money(verdict.missing)}};
}

Row remedy_row(const CostedProduct& product, const OriginRule& rule, const OriginRemedy& remedy) {
    Words lines;
    for (const std::size_t line : remedy.lines) {
        lines.push_back(fmt::format("{} ({})", product.lines[line].id, product.lines[line].origin));
    }
    const bool is_priced =
        remedy.kind == OriginRemedy::Kind::cheapest || remedy.kind == OriginRemedy::Kind::cheap;
    const bool is_reached = remedy.kind != OriginRemedy::Kind::out_of_reach;
    return {
        product.id,
        rule.id,
        std::string(name_of(remedy.kind)),
        std::move(lines),
        is_priced ? Cell{money(remedy.extra)} : Cell{},
        is_reached ? Cell{procure::to_double(remedy.share)} : Cell{}};
}

Section rules_section(const std::vector<OriginRule>& rules) {
    Section section{"Rules", &shapes[2], {}, "", {}};
    for (const OriginRule& rule : rules) {
        section.rows.push_back(
            {rule.id,
             rule.name,
             rule.group,
             fmt::format("{}, {}", rule.title, rule.year),
             rule.article,
             rule.publisher,
             rule.licence,
             rule.confidence,
             rule.note}
        );
    }
    return section;
}

Report report_of(
    const std::vector<CostedProduct>& products,
    const std::vector<OriginRule>& rules,
    std::optional<std::chrono::sys_days> day
) {
    Section verdicts{"", &shapes[0], {}, "No product is there.", {}};
    Section remedies{
        "What it would take",
        &shapes[1],
        {},
        "Every rule is kept.",
        {say("origin-fewest")}};
    std::vector<Sentence> notes;
    for (const CostedProduct& product : products) {
        for (const OriginRule& rule : rules) {
            const auto verdict = procure::judge_origin(product, rule, day);
            if (!verdict) {  // the only way to fail
                notes.push_back(
                    say("origin-no-materials", {{"product", product.id}, {"rule", rule.id}})
                );
                continue;
            }
            verdicts.rows.push_back(verdict_row(product, rule, *verdict));
            if (verdict->remedy) {
                remedies.rows.push_back(remedy_row(product, rule, *verdict->remedy));
            }
        }
    }
    return {{}, {std::move(verdicts), std::move(remedies), rules_section(rules)}, std::move(notes)};
}

std::filesystem::path
chosen_or(std::string_view word, const Invocation& words, const std::filesystem::path& standard) {
    return words.has(word) ? std::filesystem::path(words.text(word)) : standard;
}

Result<std::vector<OriginRule>>
chosen_rules(const Invocation& words, std::vector<OriginRule> rules) {
    if (!words.has("--rule")) {
        return rules;
    }
    std::vector<OriginRule> chosen;
    for (const std::string& id : chosen_list(words, "--rule")) {
        const auto found = std::ranges::find(rules, id, &OriginRule::id);
        if (found == rules.end()) {
            return Error{ErrorCode::invalid_argument, fmt::format("there is no rule '{}'", id), {}};
        }
        chosen.push_back(*found);
    }
    return chosen;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const std::filesystem::path standard = data / "procure" / "origin";
    const std::filesystem::path folder = chosen_or("--rules", words, standard);
    const std::filesystem::path file = chosen_or("FILE", words, standard / "sample.csv");
    std::optional<std::chrono::sys_days> day;
    if (words.has("--on")) {
        day = procure::parse_day(words.text("--on"));
        if (!day) {
            return Error{ErrorCode::invalid_argument, "--on must be a day, as 2026-12-31", {}};
        }
    }
    ingest::ImportReport report;
    ADIC_TRY(std::vector<OriginRule> known, procure::read_origin_rules(folder, report));
    if (!report.may_commit()) {
        return refused_input("The rules cannot be used.", report);
    }
    ADIC_TRY(const std::vector<OriginRule> rules, chosen_rules(words, std::move(known)));
    ADIC_TRY(const std::vector<CostedProduct> products, procure::read_cost_lines(file, report));
    if (!report.may_commit()) {
        return refused_input("The cost lines cannot be used.", report);
    }
    return Outcome{report_of(products, rules, day)};
}

}  // namespace

Command origin_command() {
    return {
        .name = "origin",
        .summary = "hold products against rules of origin, and find the cheapest way to keep them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
