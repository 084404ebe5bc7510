#include "adic/procure/offset.hpp"

#include "adic/base/say.hpp"
#include "adic/procure/day.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rates.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "procure/saving_sections.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::Cents;
using procure::OffsetBook;
using procure::OffsetClash;
using procure::OffsetLedger;
using procure::OffsetStanding;

constexpr std::array standing_columns{
    Column{"obligation", "obligation", "by its identifier", Show::word},
    Column{"state", "state", "to which it is owed", Show::word, 0, In::data},
    Column{"supplier", "supplier", "who owes it", Show::text, 0, In::data},
    Column{"policy", "policy", "that it is counted by", Show::word, 0, In::data},
    Column{"version", "version", "of the policy", Show::word, 0, In::data},
    Column{"currency", "", "of all amounts of the row", Show::word, 0, In::data},
    Column{"contract_value", "", "of the main contract", Show::number, 2, In::data},
    Column{"owed", "", "credit that is owed", Show::number, 2, In::data},
    Column{"nominal", "nominal", "value claimed, before any multiplier", Show::number, 2},
    Column{"refused", "", "of it: claimed already by other lines", Show::number, 2, In::data},
    Column{"credited", "credited", "in time, with multipliers", Show::number, 2},
    Column{"credited_share", "of owed", "credited over owed", Show::share, 1},
    Column{
        "transferred",
        "transferred",
        "real value that reached the state, as audited where it was audited",
        Show::number,
        2},
    Column{
        "real_ratio",
        "real ratio",
        "transferred over the contract value: multipliers are not money",
        Show::share,
        1},
};

constexpr std::array balance_columns{
    Column{"obligation", "obligation", "by its identifier", Show::word},
    Column{"due", "due", "the day", Show::word},
    Column{"owed", "owed", "credit that is owed", Show::number, 2},
    Column{"applied", "", "of its own credit", Show::number, 2, In::data},
    Column{"drawn", "", "from the bank, earned by others", Show::number, 2, In::data},
    Column{"missing", "missing", "of what is owed", Show::number, 2},
    Column{"penalty", "", "empty: not due, or the policy states none", Show::number, 2, In::data},
    Column{"lent", "", "of its surplus: drawn by others", Show::number, 2, In::data},
    Column{"bank", "bank", "of its surplus: can still be drawn", Show::number, 2},
    Column{"lapsed", "lapsed", "of its surplus: can be drawn no more", Show::number, 2},
    Column{"late", "", "credit after it was due: cut", Show::number, 2, In::data},
    Column{"audited", "", "credit that the audited values give", Show::number, 2, In::data},
    Column{"unaudited", "", "credit that nobody has audited", Show::number, 2, In::data},
};

constexpr std::array line_columns{
    Column{"line", "line", "of the transactions", Show::word},
    Column{"obligation", "", "under which it is claimed", Show::word, 0, In::data},
    Column{"day", "", "on which it was done", Show::word, 0, In::data},
    Column{"deed", "deed", "what was done"},
    Column{"category", "", "of the policy", Show::word, 0, In::data},
    Column{"claimed", "claimed", "value before any multiplier", Show::number, 2},
    Column{"refused", "", "claimed already by other lines", Show::number, 2, In::data},
    Column{"transferred", "transferred", "real value, as audited if it was", Show::number, 2},
    Column{"credit", "credit", "with the multiplier", Show::number, 2},
    Column{"audited_credit", "audited", "credit by the audited value", Show::number, 2},
    Column{"late", "", "yes: no credit", Show::word, 0, In::data},
    Column{"exchange", "", "by which rates; empty: not at all", Show::text, 0, In::data},
};

constexpr std::array movement_columns{
    Column{"day", "day", "on which it happened", Show::word},
    Column{"obligation", "obligation", "whose ledger it is in", Show::word},
    Column{"step", "step", "credited, late, banked, drawn, missing or lapsed", Show::word},
    Column{"amount", "amount", "of the step", Show::number, 2},
    Column{"by", "by", "the line, or the obligation whose surplus is drawn", Show::word},
    Column{"open", "still owed", "by the obligation, afterwards", Show::number, 2},
    Column{"bank", "", "of supplier, state and currency", Show::number, 2, In::data},
};

constexpr std::array clash_columns{
    Column{"deed", "deed", "what was done"},
    Column{"kind", "what", "claimed twice, shared, or given unlike values", Show::word},
    Column{"lines", "lines", "that claim it"},
    Column{"states", "states", "to which they are owed"},
    Column{"refused", "refused", "value above that of the deed", Show::number, 2},
};

constexpr std::array reading_columns{
    Column{"obligation", "obligation", "by its identifier", Show::word},
    Column{"policy", "", "that it is counted by", Show::word, 0, In::data},
    Column{"version", "version", "of the policy; * is the obligation's own", Show::word},
    Column{"article", "article", "where it says so"},
    Column{"owed", "", "empty: nothing was agreed", Show::number, 2, In::data},
    Column{"credited", "credited", "without the bank", Show::number, 2},
    Column{"core", "core", "of it, local content or offset proper", Show::number, 2},
    Column{"core_needed", "core needed", "empty: the policy asks for none", Show::number, 2},
    Column{"met", "met", "both", Show::word},
};

constexpr std::array policy_columns{
    Column{"policy", "policy", "by its identifier", Show::word},
    Column{"version", "version", "of the policy", Show::word},
    Column{"from", "from", "the day on which it begins to hold", Show::word},
    Column{"title", "title", "of the source"},
    Column{"publisher", "publisher", "of the source"},
    Column{"licence", "licence", "of the source", Show::text, 0, In::data},
    Column{"confidence", "conf.", "A to E, as docs/dictionary.md", Show::word},
    Column{"note", "note", "what to know before relying on it", Show::text, 0, In::data},
};

constexpr std::array shapes{
    Shape{"obligations", standing_columns},
    Shape{"balances", balance_columns},
    Shape{"clashes", clash_columns},
    Shape{"readings", reading_columns},
    Shape{"lines", line_columns},
    Shape{"movements", movement_columns},
    Shape{"policies", policy_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "The ledger of offsets: what suppliers owe states for their contracts, what they did, and what "
    "it counts for by each state's policy. Nominal, credited and audited values stand side by "
    "side, "
    "with what is in the bank, what lapsed and what is missing on a day, to the cent; and always "
    "the real value that reached the state, because multipliers are not money.",
    "BOOK is a folder with obligations.csv and transactions.csv (docs/reference/offset.md). Give "
    "the books of several states, and what was claimed in two of them shows. Without one, a "
    "made-up "
    "book that comes with the program.",
    "Policies are data: those that come with the program name their source and how sure it is. "
    "docs/explanation/offset.md has the equations."};

constexpr std::array arguments{Argument{
    .name = "BOOK",
    .help = "a folder with obligations.csv and transactions.csv",
    .is_required = false,
    .is_repeated = true,
    .completes = Completes::folder}};

constexpr std::array options{
    Option{
        .name = "--on",
        .value = "DAY",
        .help = "the ledger at the end of this day, as 2026-12-31; without it, of the last day on "
                "which something was signed, done or audited"},
    Option{
        .name = "--policies",
        .value = "FOLDER",
        .help = "policies.csv and categories.csv to count by; without it, those of the program",
        .completes = Completes::folder},
    rates_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic offset", "The book that comes with the program."},
    Example{"adic offset --on 2027-01-31", "When all of it was due."},
    Example{"adic offset my-book their-book --format json", "Two states' books, as data."},
};

double money(Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Cell money_of(const std::optional<Cents>& cents) {
    return cents ? Cell{money(*cents)} : Cell{};
}

std::string yes_no(bool is_so) {
    return is_so ? "yes" : "no";
}

Section standings_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"", &shapes[0], {}, "Nothing is owed by then.", {}};
    for (const OffsetStanding& one : ledger.standings) {
        const procure::OffsetObligation& of = book.obligations[one.obligation];
        const procure::OffsetPolicy& policy = book.policies[of.policy];
        section.rows.push_back(
            {of.id,
             of.state,
             of.supplier,
             policy.id,
             policy.version,
             of.currency,
             money(of.contract_value),
             money(one.owed),
             money(one.nominal),
             money(one.refused),
             money(one.credit),
             one.owed == 0 ? Cell{} : Cell{money(one.credit) / money(one.owed)},
             money(one.transferred),
             procure::to_double(one.real_ratio(of))}
        );
    }
    return section;
}

Section balances_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"What is missing, and what is in the bank", &shapes[1], {}, "", {}};
    for (const OffsetStanding& one : ledger.standings) {
        const procure::OffsetObligation& of = book.obligations[one.obligation];
        section.rows.push_back(
            {of.id,
             procure::day_text(of.due),
             money(one.owed),
             money(one.applied),
             money(one.drawn),
             money(one.missing),
             money_of(one.penalty),
             money(one.lent),
             money(one.bank),
             money(one.lapsed),
             money(one.late),
             money(one.audited),
             money(one.unaudited)}
        );
    }
    return section;
}

std::string name_of(OffsetClash::Kind kind) {
    switch (kind) {
    case OffsetClash::Kind::claimed_twice: return "claimed twice";
    case OffsetClash::Kind::shared: return "shared";
    case OffsetClash::Kind::unlike_values: return "unlike values";
    }
    std::abort();
}

Section clashes_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{
        "What several lines claim",
        &shapes[2],
        {},
        "No deed is claimed more than once.",
        {}};
    for (const OffsetClash& one : ledger.clashes) {
        std::vector<std::string> lines;
        std::vector<std::string> states;
        for (const std::size_t line : one.lines) {
            const procure::OffsetTransaction& of = book.transactions[line];
            const std::string& state = book.obligations[of.obligation].state;
            lines.push_back(fmt::format("{} ({})", of.id, book.obligations[of.obligation].id));
            if (std::ranges::find(states, state) == states.end()) {
                states.push_back(state);
            }
        }
        section.rows.push_back({one.deed, name_of(one.kind), lines, states, money(one.refused)});
    }
    return section;
}

Section readings_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"By every version of the policy", &shapes[3], {}, "", {}};
    for (const procure::OffsetReading& one : ledger.readings) {
        const procure::OffsetPolicy& policy = book.policies[one.policy];
        section.rows.push_back(
            {book.obligations[one.obligation].id,
             policy.id,
             policy.version + (one.is_its_own ? " *" : ""),
             policy.article,
             money_of(one.owed),
             money(one.credit),
             money(one.core_credit),
             one.has_core ? Cell{money(one.core_needed)} : Cell{},
             yes_no(one.is_met)}
        );
    }
    return section;
}

Section lines_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"What each line is worth", &shapes[4], {}, "Nothing was done by then.", {}};
    for (std::size_t i = 0; i < book.transactions.size(); ++i) {
        const procure::OffsetTransaction& line = book.transactions[i];
        const procure::OffsetCredit& credit = ledger.credits[i];
        if (credit.counts) {
            section.rows.push_back(
                {line.id,
                 book.obligations[line.obligation].id,
                 procure::day_text(line.day),
                 line.deed,
                 line.category,
                 money(line.claimed),
                 money(credit.refused),
                 money(credit.transferred),
                 money(credit.credit),
                 money_of(credit.audited_credit),
                 yes_no(credit.is_late),
                 procure::text_of(line.exchange)}
            );
        }
    }
    return section;
}

Section movements_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"Day by day", &shapes[5], {}, "", {}};
    for (const procure::OffsetMovement& one : ledger.movements) {
        section.rows.push_back(
            {procure::day_text(one.day),
             book.obligations[one.obligation].id,
             std::string(procure::name_of(one.step)),
             money(one.amount),
             one.by,
             money(one.open),
             money(one.bank)}
        );
    }
    return section;
}

Section policies_section(const OffsetBook& book, const OffsetLedger& ledger) {
    Section section{"Policies", &shapes[6], {}, "", {}};
    for (std::size_t p = 0; p < book.policies.size(); ++p) {
        const procure::OffsetPolicy& one = book.policies[p];
        if (std::ranges::find(ledger.readings, p, &procure::OffsetReading::policy)
            != ledger.readings.end()) {
            section.rows.push_back(
                {one.id,
                 one.version,
                 procure::day_text(one.from),
                 one.title,
                 fmt::format("{}, {}", one.publisher, one.year),
                 one.licence,
                 one.confidence,
                 one.note}
            );
        }
    }
    return section;
}

/// Which rates were taken, of which day.
std::vector<Sentence> exchanges_of(const OffsetBook& book) {
    std::vector<Sentence> notes;
    for (const procure::OffsetTransaction& line : book.transactions) {
        if (!line.exchange.steps.empty()) {
            notes.push_back(
                say("offset-exchanged",
                    {{"line", line.id}, exchange_said("rates", {&line.exchange, 1})})
            );
        }
    }
    return notes;
}

Report report_of(const OffsetBook& book, const OffsetLedger& ledger) {
    std::vector<Sentence> notes = exchanges_of(book);
    notes.push_back(say("offset-meaning"));
    return {
        {say("offset-day", {{"day", procure::day_text(ledger.day)}})},
        {standings_section(book, ledger),
         balances_section(book, ledger),
         clashes_section(book, ledger),
         readings_section(book, ledger),
         lines_section(book, ledger),
         movements_section(book, ledger),
         policies_section(book, ledger)},
        std::move(notes)};
}

Result<std::vector<std::filesystem::path>>
chosen_books(const Invocation& words, const Session& session) {
    std::vector<std::filesystem::path> books;
    for (const std::string& word : words.texts("BOOK")) {
        books.emplace_back(word);
    }
    if (books.empty()) {
        ADIC_TRY(const std::filesystem::path data, data_folder(session));
        books.push_back(data / "procure" / "offset" / "sample");
    }
    return books;
}

Result<std::filesystem::path> chosen_policies(const Invocation& words, const Session& session) {
    if (words.has("--policies")) {
        return std::filesystem::path(words.text("--policies"));
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    return data / "procure" / "offset";
}

Result<std::chrono::sys_days> chosen_day(const Invocation& words, const OffsetBook& book) {
    if (!words.has("--on")) {
        return procure::last_day_of(book).value_or(std::chrono::sys_days{});
    }
    const auto day = procure::parse_day(words.text("--on"));
    if (!day) {
        return Error{ErrorCode::invalid_argument, "--on must be a day, as 2026-12-31", {}};
    }
    return *day;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path folder, chosen_policies(words, session));
    ADIC_TRY(const std::vector<std::filesystem::path> books, chosen_books(words, session));
    ingest::ImportReport report;
    ADIC_TRY(
        std::vector<procure::OffsetPolicy> policies,
        procure::read_offset_policies(folder, report)
    );
    ADIC_TRY(const procure::ExchangeRates rates, chosen_rates(words, report));
    if (!report.may_commit()) {
        return refused_input("The policies or rates cannot be used.", report);
    }
    ADIC_TRY(
        const OffsetBook book,
        procure::read_offset_books(books, std::move(policies), rates, report)
    );
    if (!report.may_commit()) {
        return refused_input("The books cannot be used.", report);
    }
    ADIC_TRY(const std::chrono::sys_days day, chosen_day(words, book));
    return Outcome{report_of(book, procure::offset_ledger(book, day))};
}

}  // namespace

Command offset_command() {
    return {
        .name = "offset",
        .summary = "keep the ledger of offsets: nominal, credited, audited, and what was real",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
