// The one exception to the gate: what it gives, what it withholds, and that nothing else of what is
// hidden makes a difference to it.

#include "adic/registry/release/aggregate.hpp"

#include "adic/base/random.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::Aggregate;
using model::FieldValue;
using model::Record;
using std::chrono::sys_days;
using testing::ElementsAre;

constexpr sys_days today = sys_days{std::chrono::year{2026} / 11 / 25};

sys_days first_of(int year) {
    return sys_days{std::chrono::year{year} / 1 / 1};
}

Record record_of(
    std::string_view type,
    const std::string& id,
    const std::string& owner,
    const std::map<std::string_view, FieldValue>& values
) {
    Record record;
    record.id = id;
    record.type = model::find_record_type(type);
    record.owner = owner;
    record.fields.resize(record.type->fields.size());
    for (const auto& [key, value] : values) {
        record.fields[*record.type->find_field(key)] = value;
    }
    return record;
}

Record demand(
    const std::string& id,
    const std::string& owner,
    FieldValue quantity,
    int year = 2027,
    const std::string& item = "radio"
) {
    return record_of(
        "demand",
        id,
        owner,
        {{"item", item}, {"quantity", std::move(quantity)}, {"first", first_of(year)}}
    );
}

Aggregate radios() {
    Aggregate question;
    question.id = "VNM.radios";
    question.owner = "VNM";
    question.name = "radios";
    question.measure = "demand.quantity";
    question.item = "radio";
    question.first_year = 2027;
    question.last_year = 2028;
    question.smallest_group = 3;
    question.protection = 10;
    question.rounding = 1;
    question.audience = "ASEAN";
    return question;
}

Record definition_of(const Aggregate& question) {
    return record_of(
        model::aggregate_type,
        question.id,
        question.owner,
        {{"name", question.name},
         {"measure", question.measure},
         {"item", question.item},
         {"first_year", question.first_year},
         {"last_year", question.last_year},
         {"smallest_group", question.smallest_group},
         {"protection", question.protection},
         {"rounding", question.rounding},
         {"audience", question.audience}}
    );
}

Record consent_of(
    const std::string& state,
    const Aggregate& question,
    sys_days from = today,
    sys_days until = today + std::chrono::days{30}
) {
    return record_of(
        model::consent_type,
        consent_id(state, question.id),
        state,
        {{"aggregate", question.id},
         {"definition", mark_of(question)},
         {"from", from},
         {"until", until}}
    );
}

Record result_of(const Aggregate& question, const model::Words& states) {
    return record_of(
        model::aggregate_result_type,
        result_id(question.id),
        question.owner,
        {{"aggregate", question.id},
         {"definition", mark_of(question)},
         {"measure", question.measure},
         {"item", question.item},
         {"first_year", question.first_year},
         {"last_year", question.last_year},
         {"smallest_group", question.smallest_group},
         {"rounding", question.rounding},
         {"states", states},
         {"published", today},
         {"outcome", std::string("withheld")}}
    );
}

std::vector<Consent> consents_of(const std::vector<std::string>& states) {
    std::vector<Consent> consents;
    for (const std::string& state : states) {
        consents.push_back(
            {consent_id(state, "VNM.radios"), state, today, today + std::chrono::days{30}}
        );
    }
    return consents;
}

std::optional<double> total(
    const std::vector<Record>& records,
    const std::vector<std::string>& states,
    const Aggregate& question = radios()
) {
    return ReleaseGate::total_of(question, consents_of(states), records, today)->total;
}

/// What an official sees of records, each released to all.
std::vector<SeenRecord> seen(std::vector<Record> records) {
    for (Record& record : records) {
        record.policy.record = {model::Grant{}};
    }
    const ReleaseGate gate{{"MYS", {}, {}, true, today}, [&](std::string_view id) {
                               const auto found = std::ranges::find(records, id, &Record::id);
                               return found == records.end() ? nullptr : &*found;
                           }};
    return *gate.see_all(records);
}

TEST(AggregateTotal, IsOfThoseWhoConsentAndOfWhatIsAskedFor) {
    struct Row {
        const char* what;
        Record more;
        double expected;
    };

    const std::vector<Record> three{
        demand("IDN.a", "IDN", 40.0),
        demand("SGP.a", "SGP", 30.0),
        demand("THA.a", "THA", 20.0)};
    const std::vector<Row> rows{
        {"a second plan of a state", demand("IDN.b", "IDN", 5.0), 95.0},
        {"the last year", demand("IDN.b", "IDN", 5.0, 2028), 95.0},
        {"the year before", demand("IDN.b", "IDN", 5.0, 2026), 90.0},
        {"the year after", demand("IDN.b", "IDN", 5.0, 2029), 90.0},
        {"another item", demand("IDN.b", "IDN", 5.0, 2027, "radio set"), 90.0},
        {"the item in other letters", demand("IDN.b", "IDN", 5.0, 2027, "  RADIO"), 95.0},
        {"the item with accents",
         demand(
             "IDN.b",
             "IDN",
             5.0,
             2027,
             "r\xC3\xA1"
             "dio"
         ),
         95.0},
        {"who has not consented", demand("VNM.b", "VNM", 5.0), 90.0},
        {"a quantity that nobody said", demand("IDN.b", "IDN", FieldValue{}), 90.0},
    };
    for (const Row& row : rows) {
        std::vector<Record> records = three;
        records.push_back(row.more);
        EXPECT_EQ(total(records, {"IDN", "SGP", "THA"}), row.expected) << row.what;
    }
}

TEST(AggregateTotal, IsWithheldWhereItTellsTooMuch) {
    struct Row {
        const char* what;
        std::vector<double> parts;
        std::int64_t protection;
        std::optional<double> expected;
    };

    constexpr double huge = 9007199254740992.0;
    const std::vector<Row> rows{
        {"nothing at all", {0, 0, 0}, 10, std::nullopt},
        {"one has all", {50, 0, 0}, 10, std::nullopt},
        {"two have all", {50, 40, 0}, 10, std::nullopt},
        {"the rest is 9 of 100, p 10 %", {100, 100, 9}, 10, std::nullopt},
        {"the rest is 10 of 100, p 10 %", {100, 100, 10}, 10, 210.0},
        {"the rest is 10 of 100, p 11 %", {100, 100, 10}, 11, std::nullopt},
        {"all alike, p 100 %", {7, 7, 7}, 100, 21.0},
        {"a rest of several", {100, 90, 6, 5}, 10, 201.0},
        {"one below zero", {100, 90, 80, -1}, 10, std::nullopt},
        {"a total that is not exact", {huge, huge, huge}, 10, std::nullopt},
        {"a total that overflows",
         {std::numeric_limits<double>::max(),
          std::numeric_limits<double>::max(),
          std::numeric_limits<double>::max()},
         10,
         std::nullopt},
    };
    const std::vector<std::string> states{"IDN", "SGP", "THA", "VNM"};
    for (const Row& row : rows) {
        std::vector<Record> records;
        std::vector<std::string> consenting;
        for (std::size_t p = 0; p < row.parts.size(); ++p) {
            consenting.push_back(states[p]);
            if (row.parts[p] != 0.0) {
                records.push_back(demand(states[p] + ".a", states[p], row.parts[p]));
            }
        }
        Aggregate question = radios();
        question.protection = row.protection;
        EXPECT_EQ(total(records, consenting, question), row.expected) << row.what;
    }
}

TEST(AggregateTotal, IsRoundedAndNeverToNothing) {
    const auto rounded = [](double each, std::int64_t step) {
        Aggregate question = radios();
        question.rounding = step;
        return total(
            {demand("IDN.a", "IDN", each),
             demand("SGP.a", "SGP", each),
             demand("THA.a", "THA", each)},
            {"IDN", "SGP", "THA"},
            question
        );
    };
    EXPECT_EQ(rounded(8, 10), 20.0);
    EXPECT_EQ(rounded(5, 10), 20.0);
    EXPECT_EQ(rounded(0.5, 1), 2.0);
    EXPECT_EQ(rounded(1, 10), std::nullopt) << "3 to the nearest 10";
}

TEST(AggregateTotal, IsWithheldWhereAStateIsCountedElsewhere) {
    const std::vector<Record> three{
        demand("IDN.a", "IDN", 40.0),
        demand("SGP.a", "SGP", 30.0),
        demand("THA.a", "THA", 20.0)};
    Aggregate other = radios();
    other.id = "PHL.radios";
    other.owner = "PHL";
    other.item = "RADIO";
    other.first_year = 2028;
    other.last_year = 2030;
    Aggregate later = other;
    later.id = "PHL.later";
    later.first_year = 2029;
    Aggregate reworded = other;
    reworded.name = "the same in other words";
    const std::vector<std::string> states{"IDN", "SGP", "THA"};
    const auto with = [&](std::vector<Record> more) {
        more.insert(more.end(), three.begin(), three.end());
        return total(more, states);
    };
    EXPECT_EQ(with({}), 90.0);
    EXPECT_EQ(with({definition_of(other), consent_of("SGP", other)}), std::nullopt);
    EXPECT_EQ(with({result_of(other, {"BRN", "MYS", "THA"})}), std::nullopt);
    EXPECT_EQ(with({definition_of(other), consent_of("BRN", other)}), 90.0) << "another state";
    EXPECT_EQ(with({result_of(other, {"BRN", "MYS", "PHL"})}), 90.0) << "other states";
    EXPECT_EQ(with({definition_of(later), consent_of("SGP", later)}), 90.0) << "other years";
    EXPECT_EQ(with({result_of(later, states)}), 90.0) << "other years";
    EXPECT_EQ(with({definition_of(other), consent_of("SGP", reworded)}), 90.0) << "void";
    EXPECT_EQ(
        with({definition_of(other), consent_of("SGP", other, today - std::chrono::days{9}, today)}),
        90.0
    ) << "it has ended";
    EXPECT_EQ(
        with(
            {definition_of(other),
             consent_of("SGP", other, today + std::chrono::days{5}, today + std::chrono::days{9})}
        ),
        std::nullopt
    ) << "it may still be counted there";
}

TEST(AggregateConsents, AreOfTheDefinitionAsItIsWordedAndOfTheDay) {
    const Aggregate question = radios();
    Aggregate wider = question;
    wider.audience = "public";
    const auto day = [](int days) { return today + std::chrono::days{days}; };
    std::vector<Record> records{
        definition_of(question),
        consent_of("THA", question),
        consent_of("IDN", question, today, day(1)),
        consent_of("SGP", question, day(1), day(9)),
        consent_of("MYS", question, day(-9), today),
        consent_of("PHL", wider)};
    // A copy of another state's consent under a name of one's own.
    Record copied = consent_of("THA", question);
    copied.id = "BRN.copied";
    copied.owner = "BRN";
    records.push_back(copied);
    std::vector<std::string> states;
    for (const Consent& consent : consents_to(question, seen(records), today)) {
        states.push_back(consent.state);
    }
    EXPECT_THAT(states, ElementsAre("IDN", "THA"));
}

TEST(AggregateConsents, DoNotCountWhereLessThanAllIsSeen) {
    const Aggregate question = radios();
    for (const char* field : {"aggregate", "definition", "from", "until"}) {
        std::vector<Record> records{definition_of(question), consent_of("THA", question)};
        records[0].policy.record = records[1].policy.record = {model::Grant{}};
        records[1].policy.fields = {{field, {}}};
        const ReleaseGate gate{{"MYS", {}, {}, true, today}, [&](std::string_view id) {
                                   return id == records[0].id ? &records[0] : nullptr;
                               }};
        EXPECT_TRUE(consents_to(question, *gate.see_all(records), today).empty()) << field;
    }
}

TEST(AggregateMark, IsOfEverythingThatTheDefinitionSays) {
    const std::vector<void (*)(Aggregate&)> changes{
        [](Aggregate& a) { a.id += "x"; },
        [](Aggregate& a) { a.owner = "THA"; },
        [](Aggregate& a) { a.name += "x"; },
        [](Aggregate& a) { a.measure += "x"; },
        [](Aggregate& a) { a.item += "x"; },
        [](Aggregate& a) { a.audience = "public"; },
        [](Aggregate& a) { --a.first_year; },
        [](Aggregate& a) { ++a.last_year; },
        [](Aggregate& a) { ++a.smallest_group; },
        [](Aggregate& a) { ++a.protection; },
        [](Aggregate& a) { ++a.rounding; },
        // Two texts that are one when they are written behind each other.
        [](Aggregate& a) {
            a.name = "radio";
            a.item = "s" + a.item;
        }};
    std::vector<std::string> marks{mark_of(radios())};
    for (const auto& change : changes) {
        Aggregate changed = radios();
        change(changed);
        marks.push_back(mark_of(changed));
    }
    std::ranges::sort(marks);
    EXPECT_EQ(std::ranges::adjacent_find(marks), marks.end());
}

TEST(AggregateDefinition, IsThereIfAllOfItIsSeen) {
    Record record = definition_of(radios());
    EXPECT_EQ(aggregate_in(seen({record}).front()), radios());
    record.policy.record = {model::Grant{}};
    record.policy.fields = {{"protection", {}}};
    const ReleaseGate gate{{"MYS", {}, {}, true, today}, {}};
    EXPECT_FALSE(aggregate_in(**gate.see(record)));
}

// --- any registry -------------------------------------------------------------------------------

const std::vector<std::string> states{"IDN", "MYS", "PHL", "SGP", "THA", "VNM"};

/// Plans, definitions, consents and results drawn by a seed.
class RandomRegistry {
  public:
    explicit RandomRegistry(std::uint64_t seed) : random_(seed, 0) {
        question = radios();
        question.last_year = 2027 + static_cast<int>(random_.below(2));
        question.protection = 10 + static_cast<int>(random_.below(60));
        question.rounding = std::vector{1, 5, 10, 100}[random_.below(4)];
        for (std::uint64_t d = random_.below(30); d > 0; --d) {
            records.push_back(plan("p" + std::to_string(d)));
        }
        for (int o = 0; o < 2; ++o) {
            add_other("o" + std::to_string(o));
        }
        consenting = some_states(3);
    }

    Record plan(const std::string& id) {
        const std::string owner = states[random_.below(states.size())];
        Record made = demand(
            owner + '.' + id,
            owner,
            static_cast<double>(random_.below(60)),
            static_cast<int>(2026 + random_.below(4)),
            std::vector<std::string>{"radio", "Radio", "radio", "boat"}[random_.below(4)]
        );
        if (random_.below(8) == 0) {
            made.fields[*made.type->find_field("first")] = {};
        }
        if (random_.below(3) == 0) {
            made.policy.record = {model::Grant{}};
        }
        return made;
    }

    std::vector<std::string> some_states(std::size_t least) {
        std::vector<std::string> some = states;
        while (some.size() > least && random_.below(3) > 0) {
            some.erase(some.begin() + static_cast<std::ptrdiff_t>(random_.below(some.size())));
        }
        return some;
    }

    Aggregate question;
    std::vector<Record> records;
    std::vector<std::string> consenting;

  private:
    void add_other(const std::string& name) {
        Aggregate other = radios();
        other.id = "PHL." + name;
        other.owner = "PHL";
        other.item = random_.below(3) == 0 ? "radio" : "boat";
        other.first_year = static_cast<int>(2026 + random_.below(4));
        other.last_year = other.first_year;
        records.push_back(definition_of(other));
        if (random_.below(4) == 0) {
            records.push_back(consent_of(states[random_.below(states.size())], other));
        }
        if (random_.below(6) == 0) {
            records.push_back(result_of(other, some_states(3)));
        }
    }

    RandomStream random_;
};

template <typename T>
T value_in(const Record& record, std::string_view key) {
    const auto* value = std::get_if<T>(&record.fields[*record.type->find_field(key)]);
    return value == nullptr ? T{} : *value;
}

std::string small_letters(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

bool may_be_counted(const Record& record, const Aggregate& question) {
    return small_letters(value_in<std::string>(record, "item")) == question.item
           && value_in<std::int64_t>(record, "first_year") <= question.last_year
           && value_in<std::int64_t>(record, "last_year") >= question.first_year;
}

/// Whether another aggregate stands in the way, record by record, by the words of the decision.
bool is_counted_elsewhere(const RandomRegistry& registry, const std::string& state) {
    for (const Record& record : registry.records) {
        if (record.type->key == model::aggregate_result_type
            && may_be_counted(record, registry.question)) {
            for (const std::string& counted : value_in<model::Words>(record, "states")) {
                if (counted == state) {
                    return true;
                }
            }
        }
        if (record.type->key == model::consent_type && record.owner == state) {
            const auto about = std::ranges::find(
                registry.records,
                value_in<std::string>(record, "aggregate"),
                &Record::id
            );
            if (may_be_counted(*about, registry.question)) {
                return true;
            }
        }
    }
    return false;
}

/// The total by whole numbers and in another order, without any of the code that is tested.
std::optional<double> slow_total(const RandomRegistry& registry) {
    std::vector<std::int64_t> parts;
    for (const std::string& state : registry.consenting) {
        if (is_counted_elsewhere(registry, state)) {
            return std::nullopt;
        }
        std::int64_t part = 0;
        for (const Record& record : registry.records) {
            if (record.type->key != "demand" || record.owner != state
                || small_letters(value_in<std::string>(record, "item")) != "radio") {
                continue;
            }
            const auto first = value_in<sys_days>(record, "first");
            for (std::int64_t year = registry.question.first_year;
                 year <= registry.question.last_year;
                 ++year) {
                part += first == first_of(static_cast<int>(year))
                            ? static_cast<std::int64_t>(value_in<double>(record, "quantity"))
                            : 0;
            }
        }
        parts.push_back(part);
    }
    std::int64_t all = 0;
    for (const std::int64_t part : parts) {
        all += part;
    }
    const auto largest = std::ranges::max_element(parts);
    const std::int64_t most = *largest;
    parts.erase(largest);
    const std::int64_t second = *std::ranges::max_element(parts);
    if (most == 0 || 100 * (all - most - second) < registry.question.protection * most) {
        return std::nullopt;
    }
    const std::int64_t step = registry.question.rounding;
    const std::int64_t rounded = (2 * all + step) / (2 * step) * step;
    return rounded == 0 ? std::nullopt : std::optional{static_cast<double>(rounded)};
}

TEST(AnyRegistry, GivesTheTotalThatASlowComputationGives) {
    std::size_t published = 0;
    std::size_t withheld = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const RandomRegistry registry(seed);
        const auto found = total(registry.records, registry.consenting, registry.question);
        ASSERT_EQ(found, slow_total(registry)) << seed;
        ++(found ? published : withheld);
    }
    EXPECT_GT(published, 200U) << "the comparison is of something";
    EXPECT_GT(withheld, 200U);
}

/// What those have who did not consent, and what nobody asked for, makes no difference; nor does
/// to whom anything is released.
TEST(AnyRegistry, GivesTheSameWhateverOthersHave) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        RandomRegistry registry(seed);
        const auto before = total(registry.records, registry.consenting, registry.question);
        std::vector<Record> changed;
        for (const Record& record : registry.records) {
            const bool is_plan = record.type->key == "demand";
            const bool consents =
                std::ranges::find(registry.consenting, record.owner) != registry.consenting.end();
            if (is_plan && !consents) {
                continue;
            }
            changed.push_back(record);
            changed.back().policy = {};
        }
        for (int more = 0; more < 9; ++more) {
            Record extra = registry.plan("x" + std::to_string(more));
            const bool consents =
                std::ranges::find(registry.consenting, extra.owner) != registry.consenting.end();
            if (consents) {
                extra.fields[*extra.type->find_field("item")] = std::string("submarine");
            }
            changed.push_back(extra);
        }
        ASSERT_EQ(total(changed, registry.consenting, registry.question), before) << seed;
    }
}

/// No second largest part can tell the largest one to within p per cent, whatever is published.
TEST(AnyRegistry, KeepsTheLargestPartFromTheSecondLargest) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        RandomRegistry registry(seed);
        registry.question.rounding = 1;
        const auto found = total(registry.records, registry.consenting, registry.question);
        if (!found) {
            continue;
        }
        std::vector<double> parts;
        for (const std::string& state : registry.consenting) {
            parts.push_back(own_part(registry.question, state, seen(registry.records)).quantity);
        }
        std::ranges::sort(parts, std::greater<>{});
        const double guess = *found - parts[1];
        ASSERT_GE(
            guess,
            parts[0] * (1.0 + static_cast<double>(registry.question.protection) / 100.0) - 1e-9
        ) << seed;
    }
}

}  // namespace
}  // namespace adic::registry
