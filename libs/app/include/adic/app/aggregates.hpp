#pragma once

#include "adic/app/registry.hpp"
#include "adic/registry/release/aggregate.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// Where a state stands towards an aggregate.
enum class OwnConsent {
    none,
    waiting,  ///< it is written, and not yet released to those who have to see it
    given
};

/// An aggregate as a reader sees it.
struct AggregateStanding {
    model::Aggregate question;
    std::string mark;                              ///< of its definition
    std::vector<registry::Consent> consents = {};  ///< in force today, by state
    std::optional<registry::SeenResult> result = {};
    /// For officials of a state: what it would have counted today, and whether it has agreed.
    std::optional<registry::OwnPart> own = {};
    OwnConsent own_consent = OwnConsent::none;
    /// Why the reader's state cannot consent to it, as a sentence. Empty: it can.
    std::string obstacle = {};

    bool has_enough() const {
        return consents.size() >= static_cast<std::size_t>(question.smallest_group);
    }
};

/// The aggregates of which the reader sees the whole definition, by identifier. Nothing is added up
/// for it but what its own state has recorded.
/// Errors: as `list_records`.
Result<std::vector<AggregateStanding>> list_aggregates(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::filesystem::path& data,
    const Viewing& viewing = {}
);

/// One of them. Errors: as `list_records`; not_found, in the same words whether there is one that
/// the reader does not see or none.
Result<AggregateStanding> open_aggregate(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::filesystem::path& data,
    const std::string& id,
    const Viewing& viewing = {}
);

/// What a consent gives away, and what it does not: sentences for who is about to agree.
std::vector<std::string> effects_of_consent(const AggregateStanding& standing);

/// Who has to see a consent: the audience of the result, and the owner of the definition.
/// Errors: invalid_argument for an audience of states that nobody knows.
Result<std::vector<model::Grant>>
audience_of_consent(const std::filesystem::path& data, const model::Aggregate& question);

struct ConsentRequest {
    std::string id;    ///< of the aggregate
    std::string mark;  ///< of the definition that was looked at; empty: as it is now
    std::optional<std::chrono::sys_days> from = {};   ///< empty: today
    std::optional<std::chrono::sys_days> until = {};  ///< has to be there to be saved
    std::filesystem::path data;
    bool is_confirmed = false;  ///< otherwise it is only said what it would mean
    /// Releases it to those who have to see it, too. Otherwise it stays with its owner, and counts
    /// when it is released by another way: by two people.
    bool is_released = true;
};

struct ConsentAnswer {
    AggregateStanding standing;
    std::string consent;  ///< identifier of its record
    std::string release;  ///< who has to see it, as people write it
    bool is_saved = false;
};

/// A state agrees to be counted in an aggregate, or is told what it would mean.
/// Errors: not_found as `open_aggregate`; conflict if it cannot (`AggregateStanding::obstacle`), or
///         the definition is another than that of the mark; invalid_argument for days in no order;
///         those of the store.
Result<ConsentAnswer> consent_to_aggregate(
    registry::RecordStore& store,
    const ConsentRequest& request,
    const Authorship& authorship
);

/// Takes a consent back. What was published with it stays.
/// Errors: not_found if the state has not consented; those of the store.
std::optional<Error> withdraw_consent(
    registry::RecordStore& store,
    const std::string& aggregate,
    const Authorship& authorship
);

struct PublishRequest {
    std::string id;
    std::filesystem::path data;
    bool is_confirmed = false;  ///< otherwise it is only said who would be counted
    /// Asked about who would be shown the result; empty: it may be published.
    std::function<bool(const std::vector<model::Grant>& audience)> may_publish = {};
};

struct PublishAnswer {
    AggregateStanding standing;  ///< with its result, if it was published
    bool is_published = false;
    bool is_refused = false;  ///< by `may_publish`
};

/// Computes the total of the consenting states, once, and keeps it as a record that is released to
/// the audience of the definition. By its owner alone. Until the states are enough it says so, from
/// consents that the owner sees, and looks at nothing else.
/// Errors: not_found for an aggregate that is not the owner's; conflict if it has been published,
///         or too few have consented; invalid_argument for a store that does not read all records;
///         those of the store.
Result<PublishAnswer> publish_aggregate(
    registry::RecordStore& store,
    const PublishRequest& request,
    const Authorship& authorship
);

}  // namespace adic::app
