#include "adic/registry/release/aggregate.hpp"

#include "adic/base/sha256.hpp"
#include "adic/registry/release/gate.hpp"
#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

namespace adic::registry {
namespace {

using model::Aggregate;
using model::Disclosure;
using model::FieldValue;
using model::Record;
using std::chrono::sys_days;

/// A record as the functions below read it: stored, or what is seen in full of one.
struct Fields {
    std::string_view id;
    const model::RecordType& type;
    std::string_view owner;
    std::function<const FieldValue*(std::size_t)> value;

    template <typename T>
    const T* find(std::string_view key) const {
        const auto field = type.find_field(key);
        const FieldValue* found = field ? value(*field) : nullptr;
        return found == nullptr ? nullptr : std::get_if<T>(found);
    }
};

Fields fields_of(const Record& record) {
    return {record.id, *record.type, record.owner, [&record](std::size_t field) {
                return &record.fields[field];
            }};
}

Fields fields_of(const SeenRecord& record) {
    return {record.id, *record.type, record.owner, [&record](std::size_t field) {
                const SeenField& seen = record.fields[field];
                return seen.disclosure == Disclosure::full ? &seen.value : nullptr;
            }};
}

/// Names as they are compared: a key for each, so that two items are one or have nothing in common.
std::string key_of(std::string_view item) {
    std::string key;
    for (const std::string& word : search_words(item)) {
        key += (key.empty() ? "" : " ") + word;
    }
    return key.empty() ? std::string(item) : key;
}

/// Copies fields by their names; false as soon as one is not there.
class Reading {
  public:
    explicit Reading(const Fields& fields) : fields_(fields) {}

    template <typename T>
    Reading& take(std::string_view key, T& into) {
        const T* found = fields_.find<T>(key);
        is_whole_ = is_whole_ && found != nullptr;
        if (found != nullptr) {
            into = *found;
        }
        return *this;
    }

    bool is_whole() const { return is_whole_; }

  private:
    const Fields& fields_;
    bool is_whole_ = true;
};

std::optional<Aggregate> definition_in(const Fields& fields) {
    if (fields.type.key != model::aggregate_type) {
        return std::nullopt;
    }
    Aggregate made;
    made.id = fields.id;
    made.owner = fields.owner;
    Reading reading(fields);
    reading.take("name", made.name).take("measure", made.measure).take("item", made.item);
    reading.take("first_year", made.first_year).take("last_year", made.last_year);
    reading.take("smallest_group", made.smallest_group).take("protection", made.protection);
    reading.take("rounding", made.rounding).take("audience", made.audience);
    return reading.is_whole() ? std::optional{std::move(made)} : std::nullopt;
}

/// What a result counts, as a question: only what `overlap` looks at.
std::optional<Aggregate> question_of_result(const Fields& fields) {
    if (fields.type.key != model::aggregate_result_type) {
        return std::nullopt;
    }
    Aggregate made;
    Reading reading(fields);
    reading.take("measure", made.measure).take("item", made.item);
    reading.take("first_year", made.first_year).take("last_year", made.last_year);
    return reading.is_whole() ? std::optional{std::move(made)} : std::nullopt;
}

bool counts(const Fields& result, std::string_view state) {
    const auto* states = result.find<model::Words>("states");
    return states != nullptr && std::ranges::find(*states, state) != states->end();
}

struct FoundConsent {
    std::string aggregate;
    std::string mark;
    Consent consent;
};

std::optional<FoundConsent> consent_in(const Fields& fields) {
    if (fields.type.key != model::consent_type) {
        return std::nullopt;
    }
    FoundConsent made{{}, {}, {std::string(fields.id), std::string(fields.owner), {}, {}}};
    Reading reading(fields);
    reading.take("aggregate", made.aggregate).take("definition", made.mark);
    reading.take("from", made.consent.from).take("until", made.consent.until);
    return reading.is_whole() ? std::optional{std::move(made)} : std::nullopt;
}

/// The other aggregate in which plans of the state that this one asks for are counted, or may be.
template <typename AnyRecord>
std::optional<std::string> find_other_use(
    const Aggregate& aggregate,
    std::string_view state,
    std::span<const AnyRecord> records,
    sys_days on
) {
    std::map<std::string, Aggregate, std::less<>> others;
    for (const AnyRecord& record : records) {
        auto other = definition_in(fields_of(record));
        if (other && other->id != aggregate.id && overlap(*other, aggregate)) {
            others.emplace(record.id, *std::move(other));
        }
    }
    for (const AnyRecord& record : records) {
        const Fields fields = fields_of(record);
        const auto question = question_of_result(fields);
        if (question && fields.id != result_id(aggregate.id) && overlap(*question, aggregate)
            && counts(fields, state)) {
            return std::string(fields.id);
        }
        const auto agreed = consent_in(fields);
        if (!agreed || agreed->consent.state != state || agreed->consent.until <= on) {
            continue;
        }
        const auto other = others.find(agreed->aggregate);
        if (other != others.end() && agreed->mark == mark_of(other->second)) {
            return other->first;
        }
    }
    return std::nullopt;
}

struct Part {
    double quantity = 0.0;
    std::size_t records = 0;
    std::size_t undated = 0;
    bool has_negative = false;
};

const model::Measure& measure_of(const Aggregate& aggregate) {
    return *std::ranges::find(model::measures(), aggregate.measure, &model::Measure::key);
}

bool is_of_item(const Fields& fields, const model::Measure& measure, std::string_view item_key) {
    const auto* name = fields.type.key == measure.type ? fields.find<std::string>("item") : nullptr;
    return name != nullptr && key_of(*name) == item_key;
}

/// What each state has that is asked for. A record counts by the year of its first day, so that it
/// counts in one of two windows that have no year in common.
template <typename AnyRecord>
std::map<std::string, Part, std::less<>>
parts_of(const Aggregate& aggregate, std::span<const AnyRecord> records) {
    const model::Measure& measure = measure_of(aggregate);
    const std::string item = key_of(aggregate.item);
    std::map<std::string, Part, std::less<>> parts;
    for (const AnyRecord& record : records) {
        const Fields fields = fields_of(record);
        if (!is_of_item(fields, measure, item)) {
            continue;
        }
        const auto* quantity = fields.find<double>(measure.field);
        const auto* first = fields.find<sys_days>("first");
        Part& part = parts[std::string(fields.owner)];
        if (quantity == nullptr || first == nullptr) {
            part.undated += quantity == nullptr ? 0 : 1;
            continue;
        }
        const int year{std::chrono::year_month_day{*first}.year()};
        if (year >= aggregate.first_year && year <= aggregate.last_year) {
            part.quantity += *quantity;
            part.has_negative = part.has_negative || *quantity < 0.0;
            ++part.records;
        }
    }
    return parts;
}

/// The total of parts of at least 0, or nothing if it would tell too much of one of them: it is
/// nothing at all, or what is left of it without the two largest parts is less than p per cent of
/// the largest, which the second largest could then tell to within p per cent.
///
/// Source: Hundepool et al., Statistical Disclosure Control (2012), 4.2.2: the p% rule.
std::optional<double> protected_total(std::vector<double> parts, const Aggregate& aggregate) {
    constexpr double whole_percent = 100.0;
    constexpr double largest_total = 9007199254740992.0;  // whole numbers up to 2^53 are exact
    const double total = std::accumulate(parts.begin(), parts.end(), 0.0);
    std::ranges::sort(parts, std::greater<>{});
    const bool is_counted = parts.size() >= static_cast<std::size_t>(model::fewest_states)
                            && parts.front() > 0.0 && total <= largest_total;
    if (!is_counted) {
        return std::nullopt;
    }
    const double rest = std::accumulate(parts.begin() + 2, parts.end(), 0.0);
    if (rest < parts.front() * static_cast<double>(aggregate.protection) / whole_percent) {
        return std::nullopt;
    }
    const auto step = static_cast<double>(aggregate.rounding);
    const double rounded = std::round(total / step) * step;
    return rounded > 0.0 ? std::optional{rounded} : std::nullopt;
}

}  // namespace

std::string consent_id(std::string_view state, std::string_view aggregate) {
    return std::string(state) + ".consent." + std::string(aggregate);
}

std::string result_id(std::string_view aggregate) {
    return std::string(aggregate) + ".result";
}

std::string mark_of(const Aggregate& aggregate) {
    std::string text = "adic aggregate 1\n";
    const auto add = [&](std::string_view word) {
        text += std::to_string(word.size()) + ':' + std::string(word) + '\n';
    };
    for (const std::string* word :
         {&aggregate.id,
          &aggregate.owner,
          &aggregate.name,
          &aggregate.measure,
          &aggregate.item,
          &aggregate.audience}) {
        add(*word);
    }
    for (const std::int64_t number :
         {aggregate.first_year,
          aggregate.last_year,
          aggregate.smallest_group,
          aggregate.protection,
          aggregate.rounding}) {
        add(std::to_string(number));
    }
    return to_hex(sha256(text));
}

bool overlap(const Aggregate& a, const Aggregate& b) {
    return a.measure == b.measure && a.first_year <= b.last_year && b.first_year <= a.last_year
           && key_of(a.item) == key_of(b.item);
}

std::optional<Aggregate> aggregate_in(const SeenRecord& record) {
    return definition_in(fields_of(record));
}

std::vector<Consent>
consents_to(const Aggregate& aggregate, std::span<const SeenRecord> records, sys_days on) {
    const std::string mark = mark_of(aggregate);
    std::vector<Consent> consents;
    for (const SeenRecord& record : records) {
        auto found = consent_in(fields_of(record));
        if (found && found->aggregate == aggregate.id && found->mark == mark
            && record.id == consent_id(record.owner, aggregate.id) && found->consent.from <= on
            && on < found->consent.until) {
            consents.push_back(std::move(found->consent));
        }
    }
    std::ranges::sort(consents, {}, &Consent::state);
    return consents;
}

std::optional<SeenResult>
find_result(const Aggregate& aggregate, std::span<const SeenRecord> records) {
    const auto found = std::ranges::find(records, result_id(aggregate.id), &SeenRecord::id);
    if (found == records.end() || found->type->key != model::aggregate_result_type) {
        return std::nullopt;
    }
    const Fields fields = fields_of(*found);
    SeenResult result;
    result.id = found->id;
    std::string outcome;
    Reading reading(fields);
    reading.take("published", result.published).take("outcome", outcome);
    reading.take("states", result.states);
    if (const auto* total = fields.find<double>("total")) {
        result.total.total = *total;
    }
    return reading.is_whole() ? std::optional{std::move(result)} : std::nullopt;
}

bool asks_for(const Aggregate& aggregate, const SeenRecord& record) {
    return is_of_item(fields_of(record), measure_of(aggregate), key_of(aggregate.item));
}

OwnPart
own_part(const Aggregate& aggregate, std::string_view state, std::span<const SeenRecord> records) {
    const auto parts = parts_of(aggregate, records);
    const auto own = parts.find(state);
    return own == parts.end()
               ? OwnPart{}
               : OwnPart{own->second.quantity, own->second.records, own->second.undated};
}

std::optional<std::string> other_use(
    const Aggregate& aggregate,
    std::string_view state,
    std::span<const SeenRecord> records,
    sys_days on
) {
    return find_other_use(aggregate, state, records, on);
}

Released<AggregateTotal> ReleaseGate::total_of(
    const Aggregate& aggregate,
    std::span<const Consent> consents,
    std::span<const Record> records,
    sys_days on
) {
    const auto parts = parts_of(aggregate, records);
    std::vector<double> counted;
    for (const Consent& consent : consents) {
        const auto part = parts.find(consent.state);
        const bool is_used = find_other_use(aggregate, consent.state, records, on).has_value();
        if (is_used || (part != parts.end() && part->second.has_negative)) {
            return Released<AggregateTotal>{AggregateTotal{}};
        }
        counted.push_back(part == parts.end() ? 0.0 : part->second.quantity);
    }
    return Released<AggregateTotal>{AggregateTotal{protected_total(std::move(counted), aggregate)}};
}

}  // namespace adic::registry
