#pragma once

#include "adic/base/result.hpp"
#include "adic/model/ids.hpp"

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace adic::model {

/// A work that a figure was read from.
struct Source {
    std::string id;
    std::string title;
    std::string publisher;
    int year;  ///< of publication
    std::string licence;
    std::string url;
    std::string note;
};

/// How sure the recorder of a fact is. The letters are the ones of docs/dictionary.md.
enum class Confidence {
    a,  ///< primary record, checked against a second one
    b,  ///< figure of an official publisher
    c,  ///< published estimate, or a figure derived from an official one
    d,  ///< judgement of somebody who knows the field
    e   ///< unverified
};

char letter(Confidence confidence);
std::optional<Confidence> parse_confidence(std::string_view text);

/// The days that a fact speaks of, both included.
struct Period {
    std::chrono::year_month_day first;
    std::chrono::year_month_day last;

    friend constexpr auto operator<=>(const Period&, const Period&) = default;
};

/// Reads ISO 8601 in reduced precision: "2024", "2024-06", "2024-06-30", or two of them as
/// "2016/2020", the earlier first.
Result<Period> parse_period(std::string_view text);

/// The shortest text that `parse_period` reads as the same days.
std::string to_text(const Period& period);

/// Where a fact comes from, whose it is, and who may see it.
///
/// The release is kept as written ("", "public", or a ';'-separated list of state and bloc
/// identifiers). An empty release means: its owner alone.
struct Provenance {
    SourceIndex source;
    Period period;
    Confidence confidence;
    std::optional<StateIndex> owner;  ///< empty: a public record that no state owns
    std::string release;
    std::string note;

    friend bool operator==(const Provenance&, const Provenance&) = default;
};

}  // namespace adic::model
