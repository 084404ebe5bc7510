#include "adic/procure/reciprocity.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::Cents;
using procure::LedgerEntry;
using procure::Netting;

constexpr std::array balance_columns{
    Column{"year", "year", "of the purchases", Show::word},
    Column{"state", "state", "who", Show::word},
    Column{"bought", "bought", "from the others, in the year", Show::number, 2},
    Column{"sold", "sold", "to the others, in the year", Show::number, 2},
    Column{"lapsed", "lapsed", "of what was carried: too old", Show::number, 2},
    Column{"carry", "carry", "bought less sold, that still counts", Show::number, 2},
};

constexpr std::array net_columns{
    Column{"state", "state", "who", Show::word},
    Column{"net", "net", "its claims less what it owes", Show::number, 2},
};

constexpr std::array payment_columns{
    Column{"debtor", "pays", "the state that pays", Show::word},
    Column{"creditor", "to", "the state that is paid", Show::word},
    Column{"amount", "amount", "that settles all", Show::number, 2},
};

constexpr std::array shapes{
    Shape{"balances", balance_columns},
    Shape{"net", net_columns},
    Shape{"payments", payment_columns},
    issue_shape};

constexpr std::array<std::string_view, 2> description{
    "The books of reciprocal purchases: what each state bought and sold in each year, what it "
    "carries "
    "over and what lapsed, to the cent; and the fewest payments that settle all claims. Lines are "
    "only "
    "ever added; a mistake is mended by a correction. With seals, a line that was changed or taken "
    "out "
    "shows.",
    "LEDGER is a table (docs/reference/reciprocity.md); without it, the one that comes with the "
    "program."};

constexpr std::array arguments{Argument{
    .name = "LEDGER",
    .help = "a table of purchases and corrections",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--year",
        .value = "YEAR",
        .help = "settle the claims of this year only; without it, those of all years"},
    Option{
        .name = "--expiry",
        .value = "YEARS",
        .help = "years after which a balance lapses",
        .standard = "5"},
    Option{
        .name = "--seal",
        .value = "FILE",
        .help = "write the ledger there with a seal on every line",
        .completes = Completes::file},
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic reciprocity ledger", "The ledger that comes with the program."},
    Example{"adic reciprocity ledger my-ledger.csv --year 2026", "Your own; claims of one year."},
    Example{"adic reciprocity ledger my-ledger.csv --seal my-sealed.csv", "Seal its lines."},
};

double money(Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Report
report_of(const std::vector<LedgerEntry>& entries, const Netting& netting, std::int32_t expiry) {
    Section balances{"", &shapes[0], {}, "The ledger is empty.", {}};
    for (const procure::StateYear& one : procure::balances_of(entries, expiry)) {
        balances.rows.push_back(
            {std::to_string(one.year),
             one.state,
             money(one.bought),
             money(one.sold),
             money(one.lapsed),
             money(one.carry)}
        );
    }
    Section net{"What each is owed in the end", &shapes[1], {}, "Nobody is owed anything.", {}};
    for (const procure::NetPosition& one : netting.positions) {
        net.rows.push_back({one.state, money(one.net)});
    }
    Section payments{"Payments that settle all", &shapes[2], {}, "None is needed.", {}};
    for (const procure::Claim& one : netting.payments) {
        payments.rows.push_back({one.debtor, one.creditor, money(one.amount)});
    }
    return {
        {},
        {std::move(balances), std::move(net), std::move(payments)},
        {fmt::format(
            "{} lines. Claims of {} are settled by {}: netting saves {:.1f} % of all payments.",
            entries.size(),
            procure::money_text(netting.gross),
            procure::money_text(netting.settled),
            100.0 * netting.efficiency()
        )}};
}

Result<std::filesystem::path> chosen_ledger(const Invocation& words, const Session& session) {
    if (words.has("LEDGER")) {
        return std::filesystem::path(words.text("LEDGER"));
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    return data / "procure" / "reciprocity" / "ledger.csv";
}

std::optional<Error> seal(const Invocation& words, const std::vector<LedgerEntry>& entries) {
    const std::filesystem::path path = words.text("--seal");
    if (auto problem = stands_in_the_way(path, words)) {
        return problem;
    }
    return write_file(path, procure::sealed_ledger(entries));
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    std::optional<std::int32_t> year;
    if (words.has("--year")) {
        ADIC_TRY(const std::uint64_t given, words.whole("--year", 1'900, 2'999));
        year = static_cast<std::int32_t>(given);
    }
    ADIC_TRY(const std::uint64_t expiry, words.whole("--expiry", 1, 100));
    ADIC_TRY(const std::filesystem::path file, chosen_ledger(words, session));
    ingest::ImportReport report;
    ADIC_TRY(
        const std::vector<LedgerEntry> entries,
        procure::read_reciprocity_ledger(file, report)
    );
    if (!report.may_commit()) {
        return refused_input("The ledger does not hold.", report);
    }
    if (words.has("--seal")) {
        if (auto problem = seal(words, entries)) {
            return *std::move(problem);
        }
    }
    const Netting netting = procure::net_claims(procure::claims_of(entries, year));
    return Outcome{report_of(entries, netting, static_cast<std::int32_t>(expiry))};
}

}  // namespace

Command reciprocity_ledger_command() {
    return {
        .name = "reciprocity ledger",
        .summary = "check the books of reciprocal purchases, and net what is owed",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
