#pragma once

#include "adic/ingest/import_report.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// A column or row of a table of industries: "IDN_c4" is sector c4 of IDN.
struct IndustryLabel {
    std::string region;
    std::string sector;

    friend bool operator==(const IndustryLabel&, const IndustryLabel&) = default;
};

/// Nobody publishes more; their matrix takes 3.2 GB.
inline constexpr std::size_t most_industries = 20'000;

/// "IDN_c4", at the first underscore; codes of sectors may hold others. Empty if it is none.
std::optional<IndustryLabel> split_at_underscore(std::string_view text);

/// "IDN4", before the digits at its end. Empty if it is none.
std::optional<IndustryLabel> split_before_number(std::string_view text);

/// The industries of a table in their order: all sectors of a region, then of the next.
struct IndustryAxis {
    std::vector<std::string> regions;
    std::vector<std::string> sectors;

    std::size_t size() const { return regions.size() * sectors.size(); }

    /// Whether `label` stands at this position.
    bool has_at(std::size_t position, const IndustryLabel& label) const;

    /// "IDN c4".
    std::string name_of(std::size_t position) const;
};

/// Takes the industries from the front of `columns`: they end where a region comes a second time,
/// which is where final demand starts, or with the columns. Empty, and reported for the row
/// `header` of the file, unless there are several regions, all with the same sectors in the same
/// order.
std::optional<IndustryAxis> industries_in(
    std::span<const IndustryLabel> columns,
    const std::string& file,
    std::uint64_t header,
    ImportReport& report
);

}  // namespace adic::ingest
