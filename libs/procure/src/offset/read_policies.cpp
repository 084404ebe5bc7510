#include "adic/procure/offset.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;

enum PolicyColumn : std::size_t {
    policy,
    version,
    from,
    name,
    quota,
    core_quota,
    core_share,
    may_bank,
    bank_years,
    penalty,
    article,
    publisher,
    title,
    year,
    licence,
    confidence,
    note
};

constexpr std::array policy_columns{
    NamedColumn{"policy"},
    NamedColumn{"version"},
    NamedColumn{"from"},
    NamedColumn{"name"},
    NamedColumn{"quota", false},
    NamedColumn{"core_quota", false},
    NamedColumn{"core_share", false},
    NamedColumn{"may_bank"},
    NamedColumn{"bank_years", false},
    NamedColumn{"penalty", false},
    NamedColumn{"article", false},
    NamedColumn{"publisher"},
    NamedColumn{"title"},
    NamedColumn{"year"},
    NamedColumn{"licence"},
    NamedColumn{"confidence"},
    NamedColumn{"note", false},
};

enum CategoryColumn : std::size_t {
    of_policy,
    of_version,
    category,
    multiplier,
    uplift,
    is_core,
    category_confidence,
    category_note
};

constexpr std::array category_columns{
    NamedColumn{"policy"},
    NamedColumn{"version", false},
    NamedColumn{"category"},
    NamedColumn{"multiplier"},
    NamedColumn{"uplift", false},
    NamedColumn{"core", false},
    NamedColumn{"confidence"},
    NamedColumn{"note", false},
};

constexpr std::array<std::string_view, 2> yes_or_no{"yes", "no"};
constexpr std::array<std::string_view, 5> letters{"A", "B", "C", "D", "E"};
constexpr std::uint32_t most_quota = 2;
constexpr std::uint32_t most_multiplier = 10;
constexpr double most_years = 100.0;
/// Every category may belong to every version: a table of either is short.
constexpr std::size_t most_versions = 200;
constexpr std::size_t most_categories = 2'000;

OffsetPolicy take_policy(NamedRows& row) {
    OffsetPolicy one;
    one.id = row.text(policy);
    one.version = row.text(version);
    one.from = row.day(from).value_or(std::chrono::sys_days{});
    one.name = row.text(name);
    one.quota = row.fraction(quota, most_quota);
    one.core_quota = row.fraction(core_quota, most_quota);
    one.core_share = row.fraction(core_share, 1);
    one.may_bank = row.word(may_bank, yes_or_no) == "yes";
    if (const auto years = row.number(bank_years, {1.0, most_years})) {
        one.bank_years = static_cast<std::int32_t>(*years);
    }
    one.penalty = row.fraction(penalty, 1);
    one.article = row.text(article);
    one.publisher = row.text(publisher);
    one.title = row.text(title);
    one.year = row.text(year);
    one.licence = row.text(licence);
    one.confidence = row.word(confidence, letters);
    one.note = row.text(note);
    return one;
}

std::vector<OffsetPolicy> read_versions(CsvReader rows, ImportReport& report) {
    NamedRows row(std::move(rows), policy_columns, report);
    std::vector<OffsetPolicy> policies;
    std::set<std::pair<std::string, std::string>> versions;
    std::set<std::pair<std::string, std::chrono::sys_days>> days;
    while (row.next()) {
        OffsetPolicy one = take_policy(row);
        if (!versions.emplace(one.id, one.version).second) {
            row.complain(version, "is there already");
        }
        if (!days.emplace(one.id, one.from).second) {
            row.complain(from, "is the day of another version: which of them holds?");
        }
        if (one.core_quota && one.core_share) {
            row.complain(core_share, "stands beside core_quota; a policy has one of them");
        }
        if (one.bank_years && !one.may_bank) {
            row.complain(bank_years, "is for policies with may_bank = yes");
        }
        if (policies.size() == most_versions) {
            row.complain(
                policy,
                fmt::format("follows {} versions; no more are read", most_versions)
            );
            break;
        }
        policies.push_back(std::move(one));
    }
    std::ranges::sort(policies, [](const OffsetPolicy& a, const OffsetPolicy& b) {
        return std::tie(a.id, a.from) < std::tie(b.id, b.from);
    });
    return policies;
}

/// The versions that a category is of: the one that it names, or all of its policy.
std::vector<std::size_t> versions_of(
    const std::vector<OffsetPolicy>& policies,
    std::string_view of,
    std::string_view in_version
) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < policies.size(); ++i) {
        if (policies[i].id == of && (in_version.empty() || policies[i].version == in_version)) {
            found.push_back(i);
        }
    }
    return found;
}

void read_categories(CsvReader rows, std::vector<OffsetPolicy>& policies, ImportReport& report) {
    NamedRows row(std::move(rows), category_columns, report);
    std::set<std::pair<std::size_t, std::string>> seen;
    std::size_t rows_read = 0;
    while (row.next()) {
        OffsetCategory one;
        one.id = row.text(category);
        one.multiplier = row.fraction_or(multiplier, most_multiplier, 1);
        one.uplift = row.fraction_or(uplift, 1, 0);
        const std::string_view core = row.word(is_core, yes_or_no);
        one.is_core = core.empty() ? std::nullopt : std::optional{core == "yes"};
        one.confidence = row.word(category_confidence, letters);
        one.note = row.text(category_note);
        const auto versions = versions_of(policies, row.text(of_policy), row.text(of_version));
        if (versions.empty()) {
            row.complain(of_policy, "and version are not in policies.csv");
        }
        bool is_new = true;
        for (const std::size_t to : versions) {
            is_new &= seen.emplace(to, one.id).second;
            policies[to].categories.push_back(one);
        }
        if (!is_new) {
            row.complain(category, "is there already");
        }
        if (++rows_read == most_categories) {
            row.complain(category, fmt::format("is the {}th; no more are read", most_categories));
            break;
        }
    }
}

}  // namespace

std::vector<OffsetPolicy> parse_offset_policies(
    std::string_view policies,
    std::string_view categories,
    ImportReport& report
) {
    const std::uint64_t errors = report.errors();
    auto read = read_versions(CsvReader::over("policies.csv", policies, report), report);
    read_categories(CsvReader::over("categories.csv", categories, report), read, report);
    return report.errors() == errors ? std::move(read) : std::vector<OffsetPolicy>{};
}

Result<std::vector<OffsetPolicy>>
read_offset_policies(const std::filesystem::path& folder, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ADIC_TRY(CsvReader versions, CsvReader::open(folder / "policies.csv", report));
    auto policies = read_versions(std::move(versions), report);
    ADIC_TRY(CsvReader categories, CsvReader::open(folder / "categories.csv", report));
    read_categories(std::move(categories), policies, report);
    return report.errors() == errors ? std::move(policies) : std::vector<OffsetPolicy>{};
}

}  // namespace adic::procure
