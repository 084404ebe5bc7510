#include "adic/app/project_rooms.hpp"
#include "adic/app/project_shares.hpp"

#include "list_commands.hpp"
#include "registry/project_words.hpp"
#include "registry/registry_parts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

constexpr std::array participant_columns{
    Column{"state", "state", "who", Show::word},
    Column{"standing", "standing", "member, asks to join, interested, left, approved"},
    Column{"quantity", "pieces", "a band where the number is not shown", Show::word},
    Column{"variant", "variant", "of the common specification"},
    Column{"need_by", "needed by", "the day", Show::word},
};

constexpr std::array paper_columns{
    Column{"id", "paper", "identifier of its record", Show::word},
    Column{"name", "title", "of the paper"},
    Column{"kind", "kind", "letter of intent, technical arrangement, frame agreement, call-off"},
    Column{"state", "state", "waits, in force, expired, delivered", Show::word},
    Column{"signed_by", "signed by", "states, each by its own record"},
    Column{"missing", "missing", "parties that have not signed"},
    Column{"quantity", "pieces", "of a frame agreement: at most", Show::word},
    Column{"left", "left", "of a frame agreement, less the call-offs", Show::word},
    Column{"until", "until", "the last day", Show::word},
};

constexpr std::array line_columns{
    Column{"requirement", "requirement", "what is asked for"},
    Column{"weight", "weight", "must or should", Show::word},
    Column{"value", "common", "the value of the common specification"},
    Column{"standard", "", "by which it is shown", Show::text, 0, In::data},
    Column{"state", "state", "a member", Show::word},
    Column{"answer", "answer", "accepts, needs a variant, cannot accept; empty: silent"},
    Column{"needs", "needs", "the value that it needs instead"},
    Column{"reason", "reason", "in short"},
};

constexpr std::array share_columns{
    Column{"state", "state", "a member", Show::word},
    Column{"quantity", "pieces", "that it takes", Show::number},
    Column{"alone", "alone", "what it would pay by itself", Show::number, 2},
    Column{"rule", "rule", "by which it is shared; * is the one that was chosen", Show::word},
    Column{"pays", "pays", "of what all pay together, to the cent", Show::number, 2},
};

constexpr std::array change_columns{
    Column{"change", "if", "who leaves or joins", Show::word},
    Column{"together", "together", "what those who then buy pay", Show::number, 2},
    Column{"state", "state", "one of them", Show::word},
    Column{"piece", "a piece", "what one costs it then", Show::number, 2},
    Column{"pays", "pays", "then, by the rule of the project", Show::number, 2},
    Column{"more", "more", "than it pays now; not known: it joins", Show::number, 2},
};

constexpr std::array step_columns{Column{"step", "step", "what has to happen"}};

constexpr std::array rule_columns{
    Column{"state", "state", "whose rule it is", Show::word},
    Column{"rule", "rule", "law, regulation or policy"},
    Column{"stage", "stage", "of a project, at which it has to be kept"},
    Column{"text", "what it says", "in short"},
    Column{"link", "", "where it stands", Show::text, 0, In::data},
    Column{"source", "", "of the record", Show::text, 0, In::data},
    Column{"confidence", "sure", "A to E", Show::word},
};

constexpr std::array shapes{
    Shape{"participants", participant_columns},
    Shape{"papers", paper_columns},
    Shape{"specification", line_columns},
    Shape{"shares", share_columns},
    Shape{"changes", change_columns},
    Shape{"steps", step_columns},
    Shape{"rules", rule_columns}};

constexpr std::array<std::string_view, 3> description{
    "The room of one project, as a reader sees it: who takes how much, the papers from the letter "
    "of intent to the call-offs and whose signature they wait for, the common specification with "
    "what each member says to each line, who pays what by each rule and what changes if one leaves "
    "or joins, what comes next, and the rules of the members' states "
    "for the stage that it is at.",
    "A state signs and answers by a record of its own: nobody can say for another that it has "
    "signed.",
    "What a state has not released is not in the room, and nothing in it says so."};

constexpr std::array arguments{
    Argument{.name = "PROJECT", .help = "identifier of the project's record"}};

constexpr std::array options{
    reader_option,
    store_option,
    audit_option,
    bundles_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic project show MYS.patrol-craft --as PHL --store my-registry.db",
        "The room of a project of Malaysia's, as the Philippines sees it."},
};

Section participants_section(const procure::Project& project) {
    Section section{"Who takes part", &shapes[0], {}, "Nobody has said so.", {}};
    for (const procure::Participant& one : procure::participants_of(project)) {
        section.rows.push_back(
            {one.state,
             std::string(procure::name_of(one.standing)),
             range_text(one.quantity),
             one.variant,
             day_text(one.need_by)}
        );
    }
    return section;
}

std::string signed_text(const procure::Paper& paper) {
    std::vector<std::string> signatures;
    for (const procure::Signature& one : paper.signatures) {
        signatures.push_back(one.state + " " + day_text(one.day));
    }
    return fmt::format("{}", fmt::join(signatures, ", "));
}

Section papers_section(const procure::Project& project, std::chrono::sys_days today) {
    Section section{"Papers", &shapes[1], {}, "There is no paper.", {}};
    std::vector<procure::Paper> papers = project.papers;
    std::ranges::stable_sort(papers, {}, &procure::Paper::kind);
    for (const procure::Paper& paper : papers) {
        const bool is_frame = paper.kind == procure::PaperKind::frame_agreement;
        section.rows.push_back(
            {paper.id,
             paper.name,
             std::string(procure::name_of(paper.kind)),
             std::string(procure::name_of(procure::state_of(paper, today))),
             signed_text(paper),
             fmt::format("{}", fmt::join(procure::missing_signatures(paper), ", ")),
             range_text(paper.quantity),
             is_frame ? range_text(procure::left_under(project, paper, today)) : std::string{},
             day_text(paper.until)}
        );
    }
    return section;
}

void add_line(
    const procure::SpecificationLine& line,
    const std::vector<procure::Participant>& members,
    Section& section
) {
    const auto row = [&](const std::string& state, const procure::Position* position) {
        section.rows.push_back(
            {line.name,
             std::string(line.is_must ? "must" : "should"),
             line.value,
             line.standard,
             state,
             position == nullptr ? std::string{} : std::string(procure::name_of(position->answer)),
             position == nullptr ? std::string{} : position->value,
             position == nullptr ? std::string{} : position->reason}
        );
    };
    if (members.empty()) {
        row({}, nullptr);
    }
    for (const procure::Participant& member : members) {
        const auto found =
            std::ranges::find(line.positions, member.state, &procure::Position::state);
        row(member.state, found == line.positions.end() ? nullptr : &*found);
    }
}

Section specification_section(const procure::Project& project) {
    Section section{"Common specification", &shapes[2], {}, "There is no line.", {}};
    const auto members = procure::members_of(project);
    for (const procure::SpecificationLine& line : project.specification) {
        add_line(line, members, section);
    }
    return section;
}

double money(procure::Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Section shares_section(const app::ProjectShares& shares) {
    Section section{"Who pays what", &shapes[3], {}, shares.why_not, {}};
    for (const app::MembersPay& rule : shares.rules) {
        for (std::size_t i = 0; i < shares.states.size(); ++i) {
            section.rows.push_back(
                {shares.states[i],
                 shares.quantities[i],
                 money(shares.alone[i]),
                 std::string(rule.rule) + (rule.is_chosen ? " *" : ""),
                 money(rule.pays[i])}
            );
        }
    }
    if (!section.rows.empty()) {
        section.side_by_side = SideBySide{"rule", {"state", "quantity", "alone"}, {"pays"}};
    }
    if (!shares.left_out.empty()) {
        section.notes.push_back(
            fmt::format("Not known here, and left out: {}.", fmt::join(shares.left_out, ", "))
        );
    }
    return section;
}

/// What a state pays now by the rule by which changes are shared; empty: it is no member.
std::optional<double> paid_now(const app::ProjectShares& shares, const std::string& state) {
    const auto place = std::ranges::find(shares.states, state);
    const auto rule = std::ranges::find(shares.rules, shares.rule, &app::MembersPay::rule);
    if (place == shares.states.end() || rule == shares.rules.end()) {
        return std::nullopt;
    }
    return money(rule->pays[static_cast<std::size_t>(place - shares.states.begin())]);
}

Section changes_section(const app::ProjectShares& shares) {
    Section section{
        "If a member leaves, or a state joins",
        &shapes[4],
        {},
        "No other group can be priced.",
        {}};
    for (const app::ProjectChange& change : shares.changes) {
        for (std::size_t i = 0; i < change.states.size(); ++i) {
            const auto now = paid_now(shares, change.states[i]);
            section.rows.push_back(
                {change.state + (change.joins ? " joins" : " leaves"),
                 money(change.together),
                 change.states[i],
                 money(change.pays[i]) / change.quantities[i],
                 money(change.pays[i]),
                 now ? Cell{money(change.pays[i]) - *now} : Cell{}}
            );
        }
    }
    if (!section.rows.empty()) {
        section.notes.push_back(fmt::format("Shared by {}.", shares.rule));
    }
    return section;
}

Section steps_section(const procure::Project& project, std::chrono::sys_days today) {
    Section section{"What comes next", &shapes[5], {}, "Nothing that is known here.", {}};
    for (const std::string& step : texts_of(procure::next_steps(project, today))) {
        section.rows.push_back({step});
    }
    return section;
}

Section rules_section(const std::vector<procure::StateRule>& rules) {
    Section section{
        "Rules of the members",
        &shapes[6],
        {},
        "No rule of theirs is known here: that says nothing of whether there is one.",
        {}};
    for (const procure::StateRule& rule : rules) {
        section.rows.push_back(
            {rule.state, rule.name, rule.stage, rule.text, rule.link, rule.source, rule.confidence}
        );
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    const std::string& id = words.text("PROJECT");
    ADIC_TRY(const auto room, app::open_project(*registry.store, reader, id, registry.viewing));
    const procure::Project& project = room.project;
    const app::ProjectShares shares = app::shares_of(project);
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    return Outcome{Report{
        {fmt::format(
            "{}: {}. Led by {}{}.",
            project.name,
            project.item,
            project.lead,
            project.stage.empty() ? "" : ", at the stage of " + project.stage
        )},
        {participants_section(project),
         papers_section(project, today),
         specification_section(project),
         shares_section(shares),
         changes_section(shares),
         steps_section(project, today),
         rules_section(room.rules)},
        {}}};
}

}  // namespace

Command project_show_command() {
    return {
        .name = "project show",
        .summary = "show the room of one project, as a reader sees it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
