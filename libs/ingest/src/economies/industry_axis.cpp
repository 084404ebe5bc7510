#include "economies/industry_axis.hpp"

#include "rules.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The columns from the front that are of the region of the first.
std::span<const IndustryLabel> first_region(std::span<const IndustryLabel> columns) {
    const auto end = std::ranges::find_if(columns, [&](const IndustryLabel& label) {
        return label.region != columns.front().region;
    });
    return columns.first(static_cast<std::size_t>(end - columns.begin()));
}

/// What differs from the sectors of the first region; empty if nothing does.
std::string
difference(std::span<const IndustryLabel> block, const std::vector<std::string>& sectors) {
    for (std::size_t i = 0; i < std::min(block.size(), sectors.size()); ++i) {
        if (block[i].sector != sectors[i]) {
            return fmt::format(
                "sector {} of {} is '{}', of the first region '{}'",
                i + 1,
                block[i].region,
                block[i].sector,
                sectors[i]
            );
        }
    }
    if (block.size() == sectors.size()) {
        return {};
    }
    return fmt::format(
        "{} has {} sectors, the first region has {}",
        block.front().region,
        block.size(),
        sectors.size()
    );
}

/// Empty, or why the sectors of the first region are none.
std::string why_not_sectors(std::span<const IndustryLabel> block) {
    std::set<std::string_view> seen;
    for (const IndustryLabel& label : block) {
        if (!seen.insert(label.sector).second) {
            return fmt::format("{} has sector '{}' twice", label.region, label.sector);
        }
    }
    return {};
}

/// Takes all regions; the text is empty, or says what is wrong with the last one.
std::string take_regions(std::span<const IndustryLabel> columns, IndustryAxis& axis) {
    std::set<std::string_view> seen;
    while (!columns.empty() && seen.insert(columns.front().region).second) {
        const auto block = first_region(columns);
        if (axis.regions.empty()) {
            for (const IndustryLabel& label : block) {
                axis.sectors.push_back(label.sector);
            }
        }
        const std::string wrong =
            axis.regions.empty() ? why_not_sectors(block) : difference(block, axis.sectors);
        if (!wrong.empty()) {
            return wrong;
        }
        axis.regions.push_back(block.front().region);
        columns = columns.subspan(block.size());
    }
    return {};
}

}  // namespace

std::optional<IndustryLabel> split_at_underscore(std::string_view text) {
    const std::size_t at = text.find('_');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
        return std::nullopt;
    }
    return IndustryLabel{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

std::optional<IndustryLabel> split_before_number(std::string_view text) {
    std::size_t at = text.size();
    while (at > 0 && is_digit(text[at - 1])) {
        --at;
    }
    if (at == 0 || at == text.size()) {
        return std::nullopt;
    }
    return IndustryLabel{std::string(text.substr(0, at)), std::string(text.substr(at))};
}

bool IndustryAxis::has_at(std::size_t position, const IndustryLabel& label) const {
    return position < size() && regions[position / sectors.size()] == label.region
           && sectors[position % sectors.size()] == label.sector;
}

std::string IndustryAxis::name_of(std::size_t position) const {
    return regions[position / sectors.size()] + " " + sectors[position % sectors.size()];
}

std::optional<IndustryAxis> industries_in(
    std::span<const IndustryLabel> columns,
    const std::string& file,
    std::uint64_t header,
    ImportReport& report
) {
    IndustryAxis axis;
    std::string wrong = take_regions(columns, axis);
    if (wrong.empty() && axis.regions.size() < 2) {
        wrong =
            "the columns name one region only; a table of one region is read as two matrices, "
            "Z.csv and Y.csv";
    }
    if (wrong.empty() && axis.size() > most_industries) {
        wrong = fmt::format("{} industries; at most {} are read", axis.size(), most_industries);
    }
    if (wrong.empty()) {
        return axis;
    }
    report.add({Severity::error, rules::table_industries.id, file, header, {}, {}, wrong});
    return std::nullopt;
}

}  // namespace adic::ingest
