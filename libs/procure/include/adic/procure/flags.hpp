#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/ingest/import_report.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// The red flags of the open-contracting indicator set that can be told from bids and awards.
enum class FlagCode : std::uint8_t {
    r003,
    r018,
    r024,
    r025,
    r028,
    r030,
    r035,
    r036,
    r038,
    r048,
    r058
};

inline constexpr std::size_t flag_count = 11;

/// What a flag speaks of.
enum class FlagSubject : std::uint8_t { process, buyer, procuring_entity, tenderer };

struct FlagTraits {
    FlagCode code;
    std::string_view name;   ///< "R003"
    std::string_view title;  ///< a noun phrase
    std::string_view value;  ///< what the figure of a process, or of the one it judges, is
};

/// All of them, in the order of FlagCode.
std::span<const FlagTraits> list_flags();

std::string_view name_of(FlagCode code);
std::string_view name_of(FlagSubject subject);

using WordSet = std::set<std::string, std::less<>>;

/// What counts as odd. The standard values are those of the public implementation.
///
/// Source: Cardinal (open-contracting/cardinal-rs) 0.0.8, documentation of the indicators.
struct FlagSettings {
    std::set<FlagCode> left_out = {};
    std::string currency = {};         ///< of bids that are compared; empty: the first one found
    WordSet passed_over = {};          ///< national methods whose processes are not judged
    WordSet no_price_comparison = {};  ///< national methods that do not compare prices
    WordSet price_comparison = {};     ///< if any: the only ones that do

    std::int64_t least_days = 15;  ///< R003: fewer whole days are flagged
    std::map<std::string, std::int64_t, std::less<>> least_days_of = {};  ///< by national method
    WordSet short_methods = {};                           ///< R003: empty: all methods
    WordSet competitive_methods = {"open", "selective"};  ///< R018
    std::optional<double> close_price = {};               ///< R024: instead of the lower fence
    double top_percentile = 75.0;            ///< R025: who bids at least so often is looked at
    std::optional<double> low_success = {};  ///< R025: instead of the lower fence
    std::uint64_t least_disqualified = 1;    ///< R035: tenderers
    std::optional<double> high_disqualified = {};    ///< R038: instead of the upper fence
    std::uint64_t least_bids_of_tenderer = 2;        ///< R038
    std::uint64_t least_bids_of_buyer = 2;           ///< R038: bids that were submitted to it
    std::uint64_t code_digits = 2;                   ///< R048: that tell two kinds of item apart
    std::optional<std::uint64_t> high_variety = {};  ///< R048: instead of the upper fence
    std::uint64_t least_processes = 20;              ///< R048: of a supplier
    std::optional<double> deep_discount = {};        ///< R058: instead of the upper fence

    friend bool operator==(const FlagSettings&, const FlagSettings&) = default;
};

/// Reads settings from a table `flag,setting,value` (docs/reference/flags.md). What is not in it
/// stays as it is standard; with an error nothing is read.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<FlagSettings>
read_flag_settings(const std::filesystem::path& file, ingest::ImportReport& report);

FlagSettings
parse_flag_settings(std::string_view text, const std::string& name, ingest::ImportReport& report);

struct RaisedFlag {
    FlagCode code;
    FlagSubject subject;
    std::string id;      ///< of the process, or the organisation
    double value = 0.0;  ///< as FlagTraits says; of tenderers of flagged processes: how many
    Sentence figures;    ///< that raised it

    friend bool operator==(const RaisedFlag&, const RaisedFlag&) = default;
};

/// Against what a flag of a distribution was told.
struct FlagFence {
    FlagCode code;
    FlagSubject subject;
    std::uint64_t judged = 0;
    std::optional<double> first_quartile = {};  ///< empty where a setting goes before it
    std::optional<double> third_quartile = {};
    std::optional<double> lower = {};
    std::optional<double> upper = {};
    bool is_idle = false;  ///< half of the values are alike at zero: nothing is an outlier

    friend bool operator==(const FlagFence&, const FlagFence&) = default;
};

struct FlagFindings {
    std::uint64_t processes = 0;
    std::uint64_t cancelled = 0;        ///< not judged
    std::uint64_t passed_over = 0;      ///< by their national method
    std::uint64_t with_bids = 0;        ///< of those that were judged
    std::uint64_t repeated = 0;         ///< processes that were there before; each was judged alone
    std::string currency = {};          ///< of the bids that were compared
    std::uint64_t other_currency = 0;   ///< processes left out of a comparison for their currency
    std::vector<std::uint64_t> judged;  ///< for each flag: what could be judged at all
    std::vector<RaisedFlag> flags;      ///< by code, subject, id
    std::vector<FlagFence> fences;      ///< by code, subject
};

struct FlagReading {
    std::size_t threads = 0;  ///< 0: as many as the machine has
    Progress progress = {};
};

/// Reads a file of contracting processes (ingest::read_bid_processes) and raises the flags.
///
/// The same bytes come out whatever the number of threads.
/// Errors: not_found, unavailable for a file that cannot be read. What is wrong in it is in the
///         report; the rest is judged.
/// Cost:   O(bytes + n log n) for n organisations; memory for each organisation and each process
///         whose prices are compared, not for the file.
Result<FlagFindings> find_flags(
    const std::filesystem::path& file,
    const FlagSettings& settings,
    const FlagReading& how,
    ingest::ImportReport& report
);

/// The same of a text in memory; `name` stands for the file in the report.
Result<FlagFindings> find_flags_in(
    std::string_view text,
    const std::string& name,
    const FlagSettings& settings,
    const FlagReading& how,
    ingest::ImportReport& report
);

/// The part of the values below which `part` of them lie, between two of them in proportion.
///
/// Source:   Hyndman and Fan (1996), "Sample Quantiles in Statistical Packages", definition 8:
///           h = (n + 1/3) part + 1/3, x_floor(h) + (h - floor(h)) (x_floor(h)+1 - x_floor(h)).
/// Requires: `sorted` is not empty and in order; `part` in [0, 1].
/// Cost:     O(1).
double quantile(std::span<const double> sorted, double part);

/// The instant of a date and time of RFC 3339 with an offset, in milliseconds since 1970 UTC; empty
/// if it is none: a day alone is no instant.
std::optional<std::int64_t> instant_of(std::string_view text);

}  // namespace adic::procure
