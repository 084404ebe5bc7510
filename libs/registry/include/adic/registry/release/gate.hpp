#pragma once

#include "adic/model/record.hpp"
#include "adic/model/remedy.hpp"
#include "adic/model/supply_map.hpp"
#include "adic/registry/bundle/received.hpp"
#include "adic/registry/release/aggregate.hpp"
#include "adic/registry/release/released.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace adic::registry {

/// The record with this identifier; null if there is none.
using FindRecord = std::function<const model::Record*(std::string_view id)>;

/// A map, and remedies for its items.
struct MapWithRemedies {
    model::SupplyMap map;
    std::vector<model::Remedy> remedies;
};

/// Whether the reader is on the owner's side: an official of the owner state, or of an organisation
/// of that state that speaks for itself in the record. A name alone does not do: another state
/// may have an organisation that is called so.
bool is_on_owners_side(const model::Reader& reader, const model::Record& record);

/// How much of a field of the record the reader is shown: the least of what the record and the
/// field grant.
model::Disclosure
disclosed(const model::Reader& reader, const model::Record& record, std::string_view field);

/// The one place where stored records become what a reader may know. Whatever is computed, counted,
/// sorted, searched, exported or logged for a reader starts from what came out of it.
///
/// It is a pure function of the reader, the records and the day: what it gives is the same, byte
/// for byte, whether a record that the reader may not see is there or not.
class ReleaseGate {
  public:
    /// `find` is asked for records that fields refer to: a reference to a record that the reader
    /// does not see is not there.
    ReleaseGate(model::Reader reader, FindRecord find);

    /// What the reader sees, told to somebody else: an owner who looks through another's eyes, or
    /// sends another what he sees. A reference counts only if `told` sees its target, and knows by
    /// its own policy, or because the target is the reader's, that the reader does. So nobody
    /// learns what a state has, or to whom it releases it, by pointing at it.
    ReleaseGate(model::Reader reader, model::Reader told, FindRecord find);

    /// Empty: as if the record were not there.
    /// Cost: O(fields * grants).
    std::optional<Released<SeenRecord>> see(const model::Record& record) const;

    /// One field of a record, as `see` has it among all of them.
    /// Requires: field < seen_fields(*record.type).
    Released<SeenField> see_field(const model::Record& record, std::size_t field) const;

    /// Those that the reader sees, in the same order. `wanted` is asked of what is seen, never of
    /// what is stored.
    Released<std::vector<SeenRecord>> see_all(
        std::span<const model::Record> records,
        const std::function<bool(const SeenRecord&)>& wanted = {}
    ) const;

    /// Versions of one record, the oldest first. A version is seen as both its own policy and
    /// today's allow, so that releasing a record does not release its past, and recalling it
    /// recalls its past. A version that another one replaced before its embargo ended is never
    /// seen; what did not change for the reader is no version.
    Released<std::vector<SeenVersion>> see_history(std::span<const model::RecordVersion> versions
    ) const;

    /// What bundles gave to the reader: to the recipient alone, for no sender allows more. Of a
    /// record that came for several recipients the one that stands last. Requires: sorted by
    /// identifier.
    Released<std::vector<ReceivedRecord>> see_received(std::span<const ReceivedRecord> received
    ) const;

    /// Two parts of what one reader sees, by identifier; of two with the same the first is taken.
    static Released<std::vector<SeenRecord>>
    joined(Released<std::vector<SeenRecord>> first, Released<std::vector<SeenRecord>> second);

    /// What was given, as it is now, as far as it is wanted.
    static Released<std::vector<SeenRecord>> latest_of(
        const Released<std::vector<ReceivedRecord>>& received,
        const std::function<bool(const SeenRecord&)>& wanted
    );

    /// The past of what was given; empty if it was not.
    static Released<std::vector<SeenVersion>>
    past_of(const Released<std::vector<ReceivedRecord>>& received, std::string_view id);

    /// The map without the facts that the reader may not see, and without what only they mention.
    /// What a hidden fact said is unknown, not absent.
    /// Cost: O(rows).
    Released<model::SupplyMap> see(const model::SupplyMap& map) const;

    /// The same, with the remedies that the reader may see, for items that it may see, in the same
    /// order.
    Released<MapWithRemedies>
    see(const model::SupplyMap& map, std::span<const model::Remedy> remedies) const;

    /// The one exception, and the only place where what is hidden is added up: the total of what
    /// the consenting states have recorded, released or not, or that it is withheld. It is withheld
    /// where it would tell too much of one part (the p% rule), where there is nothing to add up or
    /// a part is negative or too large, and where plans of one of the states are counted in another
    /// aggregate that overlaps, or may be. Which of these it was is not told.
    ///
    /// Looks at the consenting states alone: what others have makes no difference.
    /// Requires: a definition that is right; consents of different states, as many as it asks for;
    ///           all records of the registry that are of the measure's type, and all aggregates,
    ///           consents and results.
    /// Source:   docs/decisions/0027-aggregates.md.
    /// Cost:     O(records * states).
    static Released<AggregateTotal> total_of(
        const model::Aggregate& aggregate,
        std::span<const Consent> consents,
        std::span<const model::Record> records,
        std::chrono::sys_days on
    );

    const model::Reader& reader() const { return reader_; }

  private:
    std::optional<SeenRecord> seen(const model::Record& record, const model::ReleasePolicy& today)
        const;
    SeenField seen_field(
        const model::Record& record,
        const model::ReleasePolicy& today,
        std::size_t field
    ) const;
    SeenField seen_properties(
        const model::Record& record,
        const model::ReleasePolicy& today,
        std::size_t field
    ) const;
    model::FieldValue
    without_hidden_references(const model::FieldSpec& field, const model::FieldValue& value) const;

    bool is_seen(const model::Record& target) const;
    void add_reference(
        SeenRecord& seen,
        const model::Record& record,
        const model::ReleasePolicy& today,
        std::size_t field
    ) const;

    model::Reader reader_;
    std::optional<model::Reader> told_;
    FindRecord find_;
};

}  // namespace adic::registry
