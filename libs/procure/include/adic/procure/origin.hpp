#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/fraction.hpp"
#include "adic/procure/money.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// What a rule of origin sets against what.
enum class OriginMethod : std::uint8_t {
    build_down,      ///< price less materials from outside, over price (indirect method)
    build_up,        ///< materials, labour, overhead, other and profit inside, over price (direct)
    parts_of_price,  ///< materials inside, over price
    parts_of_parts   ///< materials inside, over all materials
};

std::string_view name_of(OriginMethod method);

/// A rule by which a product is of a group of states, or not.
struct OriginRule {
    std::string id;
    std::string name;
    OriginMethod method = OriginMethod::build_down;
    std::string group;                 ///< as the file says: a group's name, or "own"
    std::vector<std::string> members;  ///< sorted; empty for "own": the state of the producer
    Fraction threshold = 0;            ///< at least
    Fraction step = 0;                 ///< that the threshold rises by
    std::int32_t step_years = 0;       ///< after as many years, again and again; 0: never
    std::chrono::sys_days from;
    /// Cumulation: a material from another state of the group counts whole from the threshold on,
    /// by its own content from here on, and not at all below. Empty: its origin decides.
    std::optional<Fraction> partial_from = {};
    std::string article = {};
    std::string publisher = {};
    std::string title = {};
    std::string year = {};
    std::string licence = {};
    std::string confidence = {};
    std::string note = {};
};

/// The threshold on a day; without one, that from which the rule started.
Fraction threshold_on(const OriginRule& rule, std::optional<std::chrono::sys_days> day);

enum class CostKind : std::uint8_t { material, labour, overhead, other, profit };

struct CostLine {
    std::string id;
    CostKind kind = CostKind::material;
    std::string origin;                      ///< state in which it was made, or done
    Cents value = 0;                         ///< materials: CIF; a loss is a profit below 0
    std::optional<Fraction> content = {};    ///< of a material: its own part from the group
    std::optional<Cents> inside_value = {};  ///< what the same from inside the group would cost
};

struct CostedProduct {
    std::string id;
    std::string producer;  ///< state in which it is made
    Cents price = 0;       ///< FOB, above 0; where none was given, the sum of the lines
    std::vector<CostLine> lines = {};
};

/// Reads `rules.csv` and `groups.csv` of a folder (docs/reference/origin.md). With an error in the
/// report there are none.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<std::vector<OriginRule>>
read_origin_rules(const std::filesystem::path& folder, ingest::ImportReport& report);

std::vector<OriginRule>
parse_origin_rules(std::string_view rules, std::string_view groups, ingest::ImportReport& report);

/// Reads the cost lines of products; products are in the order in which they first stand there.
Result<std::vector<CostedProduct>>
read_cost_lines(const std::filesystem::path& file, ingest::ImportReport& report);

std::vector<CostedProduct>
parse_cost_lines(std::string_view text, const std::string& name, ingest::ImportReport& report);

/// What it would take to keep a rule that is not kept.
struct OriginRemedy {
    enum class Kind : std::uint8_t {
        cheapest,     ///< of all sets of lines with a price from inside
        cheap,        ///< found, and not proven to be the cheapest: too many lines
        fewest,       ///< prices from inside do not suffice; the fewest lines, at the same price
        out_of_reach  ///< with all materials from inside it would still not be kept
    };

    Kind kind = Kind::out_of_reach;
    std::vector<std::size_t> lines = {};  ///< that would have to come from inside
    Cents extra = 0;                      ///< what that costs more; the price rises by it
    Fraction share = 0;                   ///< afterwards
};

struct OriginVerdict {
    Fraction inside = 0;  ///< cents
    Cents base = 0;       ///< what it is held against
    Fraction share = 0;
    Fraction threshold = 0;
    bool is_kept = false;  ///< share >= threshold, exactly
    Cents missing = 0;     ///< value that would have to be inside besides, rounded up
    std::optional<OriginRemedy> remedy = {};  ///< of a rule that is not kept
};

/// Holds a product against a rule.
///
/// Source:   ASEAN Trade in Goods Agreement (2009), articles 28 to 30; docs/explanation/origin.md,
///           equations N1 to N5.
/// Errors:   invalid_argument if the rule has nothing to hold against: no materials at all.
/// Cost:     O(n log n) in the lines; the cheapest set takes at most 100,000 steps.
Result<OriginVerdict> judge_origin(
    const CostedProduct& product,
    const OriginRule& rule,
    std::optional<std::chrono::sys_days> day = {}
);

}  // namespace adic::procure
