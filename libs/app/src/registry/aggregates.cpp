#include "adic/app/aggregates.hpp"

#include "registry/known_grants.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::app {
namespace {

using model::Aggregate;
using model::FieldValue;
using model::Reader;
using model::Record;
using model::RecordVersion;
using registry::Consent;
using registry::RecordStore;
using registry::RecordWrite;
using registry::SeenRecord;
using std::chrono::sys_days;

Error not_seen(const std::string& id) {
    return {ErrorCode::not_found, fmt::format("there is no aggregate '{}' that you see", id), {}};
}

Error conflict(std::string message) {
    return {ErrorCode::conflict, std::move(message), {}};
}

std::string years_of(const Aggregate& question) {
    return question.first_year == question.last_year
               ? std::to_string(question.first_year)
               : fmt::format("{} to {}", question.first_year, question.last_year);
}

model::Grant to_state(const std::string& state) {
    return {{model::Audience::Kind::state, state}};
}

/// Who has to see a consent: those who will see the result, and who publishes it.
std::vector<model::Grant>
who_sees_consents(const Aggregate& question, std::vector<model::Grant> audience) {
    audience.push_back(to_state(question.owner));
    return model::normalised({std::move(audience), {}}).record;
}

bool is_released_to(const Record& record, const std::vector<model::Grant>& wanted) {
    const auto has = [&](const model::Grant& grant) {
        return std::ranges::find(record.policy.record, grant) != record.policy.record.end();
    };
    return has({}) || std::ranges::all_of(wanted, has);  // `{}`: in full, to everyone
}

/// What one reader sees of the records that aggregates are made of, and of what its own state has
/// that they ask for.
struct Board {
    std::vector<SeenRecord> records;
    std::vector<Aggregate> questions;
    std::vector<SeenRecord> own;
};

std::optional<Error>
read_own(const RecordStore& store, const Reader& reader, const Viewing& viewing, Board& board) {
    const auto is_asked_for = [&](const SeenRecord& record) {
        return std::ranges::any_of(board.questions, [&](const Aggregate& question) {
            return registry::asks_for(question, record);
        });
    };
    for (const model::Measure& measure : model::measures()) {
        const RecordQuery query{std::string(measure.type), {}, is_asked_for, reader.state};
        auto seen = list_records(store, reader, query, viewing);
        if (!seen) {
            return seen.error();
        }
        std::ranges::move(**std::move(seen), std::back_inserter(board.own));
    }
    return std::nullopt;
}

Result<Board> read_board(const RecordStore& store, const Reader& reader, const Viewing& viewing) {
    Viewing own = viewing;
    own.bundles = nullptr;  // what came in a bundle is of another registry
    Board board;
    for (const std::string_view type :
         {model::aggregate_type, model::consent_type, model::aggregate_result_type}) {
        ADIC_TRY(auto seen, list_records(store, reader, {std::string(type), {}, {}, {}}, own));
        std::ranges::move(*std::move(seen), std::back_inserter(board.records));
    }
    for (const SeenRecord& record : board.records) {
        if (auto question = registry::aggregate_in(record)) {
            board.questions.push_back(*std::move(question));
        }
    }
    if (reader.is_official && !board.questions.empty()) {
        if (auto problem = read_own(store, reader, own, board)) {
            return *std::move(problem);
        }
    }
    return board;
}

/// The consents of the reader's own state that are not released to who has to see them: they do not
/// count yet, though the state sees them.
Result<bool>
waits(const RecordStore& store, const Consent& consent, const std::vector<model::Grant>& audience) {
    ADIC_TRY(const auto version, store.latest(consent.id));
    return version && !is_released_to(version->record, audience);
}

/// Why the state cannot agree to be counted; empty: it can.
std::string obstacle_of(
    const AggregateStanding& standing,
    const Reader& reader,
    const std::vector<model::Grant>& audience,
    const Board& board
) {
    const Aggregate& question = standing.question;
    if (standing.result) {
        return "it has been published, and is published once";
    }
    const bool is_shown_it = reader.state == question.owner
                             || model::disclosed_to(reader, audience) == model::Disclosure::full;
    if (!is_shown_it) {
        return fmt::format(
            "{} is not of its audience, {}, and would not be shown the result",
            reader.state,
            question.audience
        );
    }
    const auto other = registry::other_use(question, reader.state, board.records, reader.on);
    return other ? fmt::format(
               "what {} has recorded of this item for these years is for '{}', and is "
               "counted once: with two totals, one could be taken from the other",
               reader.state,
               *other
           )
                 : std::string{};
}

Result<AggregateStanding> standing_of(
    const RecordStore& store,
    const Reader& reader,
    const std::filesystem::path& data,
    const Aggregate& question,
    const Board& board
) {
    AggregateStanding standing{question, registry::mark_of(question)};
    standing.result = registry::find_result(question, board.records);
    ADIC_TRY(const auto audience, known_grants(data, question.audience));
    for (Consent& consent : registry::consents_to(question, board.records, reader.on)) {
        if (reader.is_official && consent.state == reader.state) {
            ADIC_TRY(
                const bool is_waiting,
                waits(store, consent, who_sees_consents(question, audience))
            );
            standing.own_consent = is_waiting ? OwnConsent::waiting : OwnConsent::given;
            if (is_waiting) {
                continue;
            }
        }
        standing.consents.push_back(std::move(consent));
    }
    if (reader.is_official) {
        standing.obstacle = obstacle_of(standing, reader, audience, board);
        standing.own = registry::own_part(question, reader.state, board.own);
    }
    return standing;
}

/// A record of a type with the fields that are given, and the rest empty.
Record record_of(
    std::string_view type,
    std::string id,
    std::string owner,
    const std::map<std::string_view, FieldValue>& values
) {
    Record record;
    record.id = std::move(id);
    record.type = model::find_record_type(type);
    record.owner = std::move(owner);
    record.fields.resize(record.type->fields.size());
    for (const auto& [key, value] : values) {
        record.fields[*record.type->find_field(key)] = value;
    }
    return record;
}

Result<Reader> official_of(
    const std::filesystem::path& data,
    const std::string& state,
    std::chrono::sys_seconds at
) {
    return find_reader(data, state, std::chrono::floor<std::chrono::days>(at));
}

}  // namespace

Result<std::vector<AggregateStanding>> list_aggregates(
    const RecordStore& store,
    const Reader& reader,
    const std::filesystem::path& data,
    const Viewing& viewing
) {
    ADIC_TRY(const Board board, read_board(store, reader, viewing));
    std::vector<AggregateStanding> all;
    for (const Aggregate& question : board.questions) {
        ADIC_TRY(AggregateStanding standing, standing_of(store, reader, data, question, board));
        all.push_back(std::move(standing));
    }
    return all;
}

Result<AggregateStanding> open_aggregate(
    const RecordStore& store,
    const Reader& reader,
    const std::filesystem::path& data,
    const std::string& id,
    const Viewing& viewing
) {
    ADIC_TRY(const Board board, read_board(store, reader, viewing));
    const auto found = std::ranges::find(board.questions, id, &Aggregate::id);
    if (found == board.questions.end()) {
        return not_seen(id);
    }
    return standing_of(store, reader, data, *found, board);
}

std::vector<std::string> effects_of_consent(const AggregateStanding& standing) {
    const Aggregate& question = standing.question;
    const registry::OwnPart own = standing.own.value_or(registry::OwnPart{});
    std::vector<std::string> effects{
        fmt::format(
            "{} and {} would be shown one figure: how many of '{}' all who consent plan for {}, by "
            "the first day on which they want them, to the nearest {}. What is hidden counts too. "
            "Who consented is shown, and not who has how much, or anything at all.",
            question.audience,
            question.owner,
            question.item,
            years_of(question),
            question.rounding
        ),
        fmt::format(
            "Today you would add {} in {} of your records{}.",
            own.quantity,
            own.records,
            own.undated == 0
                ? std::string{}
                : fmt::format("; {} more have no first day and do not count", own.undated)
        ),
        fmt::format(
            "Each who consents can take its own part from the total: with {} states it learns the "
            "sum of {} others. All the others together would learn yours, to the nearest {}.",
            question.smallest_group,
            question.smallest_group - 1,
            question.rounding
        ),
        fmt::format(
            "The total is withheld if it would tell the largest part to within {} %, if there is "
            "nothing to add up, and for a few reasons more; that it is withheld is shown, and why "
            "is not. Even that tells a little.",
            question.protection
        ),
        "Until it is published you can take your consent back. A result is not taken back, and "
        "what "
        "it counts is counted in no other."};
    return effects;
}

Result<std::vector<model::Grant>>
audience_of_consent(const std::filesystem::path& data, const Aggregate& question) {
    ADIC_TRY(auto audience, known_grants(data, question.audience));
    return who_sees_consents(question, std::move(audience));
}

Result<ConsentAnswer> consent_to_aggregate(
    RecordStore& store,
    const ConsentRequest& request,
    const Authorship& authorship
) {
    ADIC_TRY(const Reader reader, official_of(request.data, authorship.owner, authorship.at));
    ConsentAnswer answer;
    ADIC_TRY(answer.standing, open_aggregate(store, reader, request.data, request.id));
    const Aggregate& question = answer.standing.question;
    ADIC_TRY(const auto release, audience_of_consent(request.data, question));
    answer.consent = registry::consent_id(reader.state, question.id);
    answer.release = model::to_text(release);
    if (!answer.standing.obstacle.empty()) {
        return conflict(fmt::format("no consent to '{}': {}", question.id, answer.standing.obstacle)
        );
    }
    if (!request.mark.empty() && request.mark != answer.standing.mark) {
        return conflict(fmt::format("the definition of '{}' is another one now", question.id));
    }
    if (!request.is_confirmed) {
        return answer;
    }
    const sys_days from = request.from.value_or(reader.on);
    if (!request.until || *request.until <= from || *request.until <= reader.on) {
        return Error{
            ErrorCode::invalid_argument,
            "a consent ends on a day that is said, after the one on which it begins and after "
            "today",
            {}};
    }
    Record record = record_of(
        model::consent_type,
        answer.consent,
        reader.state,
        {{"aggregate", question.id},
         {"definition", answer.standing.mark},
         {"from", from},
         {"until", *request.until}}
    );
    record.policy.record = request.is_released ? release : std::vector<model::Grant>{};
    ADIC_TRY(const auto before, store.latest(record.id));
    const RecordWrite write{
        std::move(record),
        before ? before->number : 0,
        false,
        authorship.by,
        authorship.why};
    if (auto problem = store.write(std::span(&write, 1), authorship.at)) {
        return *std::move(problem);
    }
    answer.is_saved = true;
    ADIC_TRY(answer.standing, open_aggregate(store, reader, request.data, request.id));
    return answer;
}

std::optional<Error>
withdraw_consent(RecordStore& store, const std::string& aggregate, const Authorship& authorship) {
    return withdraw_record(store, registry::consent_id(authorship.owner, aggregate), authorship);
}

namespace {

/// The versions at which consents are, by identifier.
using ConsentNumbers = std::map<std::string, std::uint64_t, std::less<>>;

Result<ConsentNumbers> consent_numbers(const RecordStore& store) {
    ConsentNumbers numbers;
    auto problem =
        store.scan({std::string(model::consent_type), {}}, [&](const RecordVersion& version) {
            numbers.emplace(version.record.id, version.number);
            return true;
        });
    if (problem) {
        return *std::move(problem);
    }
    return numbers;
}

/// All records that the gate looks at, in the order that keeps two publications apart: a result
/// that came between is seen by whoever reads it after the consents.
Result<std::vector<Record>> hidden_records(const RecordStore& store, const Aggregate& question) {
    const auto measure =
        std::ranges::find(model::measures(), question.measure, &model::Measure::key);
    std::vector<Record> records;
    for (const std::string_view type :
         {model::aggregate_type,
          model::consent_type,
          model::aggregate_result_type,
          measure->type}) {
        auto problem = store.scan({std::string(type), {}}, [&](const RecordVersion& version) {
            records.push_back(version.record);
            return true;
        });
        if (problem) {
            return *std::move(problem);
        }
    }
    return records;
}

Record result_of(
    const AggregateStanding& standing,
    const registry::AggregateTotal& total,
    std::vector<model::Grant> audience,
    sys_days on
) {
    const Aggregate& question = standing.question;
    model::Words states;
    for (const Consent& consent : standing.consents) {
        states.push_back(consent.state);
    }
    Record record = record_of(
        model::aggregate_result_type,
        registry::result_id(question.id),
        question.owner,
        {{"aggregate", question.id},
         {"definition", standing.mark},
         {"measure", question.measure},
         {"item", question.item},
         {"first_year", question.first_year},
         {"last_year", question.last_year},
         {"smallest_group", question.smallest_group},
         {"rounding", question.rounding},
         {"states", std::move(states)},
         {"published", on},
         {"outcome", std::string(total.total ? "published" : "withheld")}}
    );
    if (total.total) {
        record.fields[*record.type->find_field("total")] = *total.total;
    }
    record.confidence = model::Confidence::c;
    record.policy = model::normalised({std::move(audience), {}});
    return record;
}

Error too_few(const AggregateStanding& standing) {
    std::vector<std::string> states;
    std::ranges::transform(standing.consents, std::back_inserter(states), &Consent::state);
    return conflict(fmt::format(
        "'{}' takes the consent of at least {} states, and has that of {}{}",
        standing.question.id,
        standing.question.smallest_group,
        states.size(),
        states.empty() ? std::string{} : fmt::format(": {}", fmt::join(states, ", "))
    ));
}

/// One try: empty if a consent or the definition was changed meanwhile.
Result<std::optional<PublishAnswer>>
try_to_publish(RecordStore& store, const PublishRequest& request, const Authorship& authorship) {
    ADIC_TRY(const Reader reader, official_of(request.data, authorship.owner, authorship.at));
    ADIC_TRY(const RecordVersion own, own_version(store, request.id, authorship.owner));
    // Before they are looked at: what changes after this keeps the result from being written.
    ADIC_TRY(const ConsentNumbers numbers, consent_numbers(store));
    PublishAnswer answer;
    ADIC_TRY(answer.standing, open_aggregate(store, reader, request.data, request.id));
    const AggregateStanding& standing = answer.standing;
    ADIC_TRY(const auto audience, known_grants(request.data, standing.question.audience));
    if (standing.result) {
        return conflict(fmt::format("'{}' has been published, and is published once", request.id));
    }
    if (!request.is_confirmed) {
        return std::optional{std::move(answer)};
    }
    if (!standing.has_enough()) {
        return too_few(standing);
    }
    if (request.may_publish && !request.may_publish(audience)) {
        answer.is_refused = true;
        return std::optional{std::move(answer)};
    }
    ADIC_TRY(const std::vector<Record> records, hidden_records(store, standing.question));
    const auto total =
        registry::ReleaseGate::total_of(standing.question, standing.consents, records, reader.on);
    RecordWrite write{
        result_of(standing, *total, audience, reader.on),
        0,
        false,
        authorship.by,
        authorship.why,
        {{own.record.id, own.number}}};
    for (const Consent& consent : standing.consents) {
        const auto number = numbers.find(consent.id);
        write.given.push_back({consent.id, number == numbers.end() ? 0 : number->second});
    }
    if (auto problem = store.write(std::span(&write, 1), authorship.at)) {
        return problem->code == ErrorCode::conflict
                   ? Result<std::optional<PublishAnswer>>{std::optional<PublishAnswer>{}}
                   : *std::move(problem);
    }
    ADIC_TRY(answer.standing, open_aggregate(store, reader, request.data, request.id));
    answer.is_published = true;
    return std::optional{std::move(answer)};
}

}  // namespace

Result<PublishAnswer>
publish_aggregate(RecordStore& store, const PublishRequest& request, const Authorship& authorship) {
    constexpr int most_tries = 5;
    if (!store.reads_all()) {
        return Error{
            ErrorCode::invalid_argument,
            "a total is published by who reads all records, the server of all states: this login "
            "sees what is its own or was released to it, and would leave the rest out",
            {}};
    }
    for (int trial = 0; trial < most_tries; ++trial) {
        ADIC_TRY(auto answer, try_to_publish(store, request, authorship));
        if (answer) {
            return *std::move(answer);
        }
    }
    return conflict(
        "consents were changed while they were read, time and again: look at them, and try again"
    );
}

}  // namespace adic::app
