#include "store/store_contract.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace adic::test {

TEST_P(StoreContract, GivesBackWhatWasWritten) {
    const RecordWrite write = first(product("a", "Field radio"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    const auto version = *store_->latest("a");
    ASSERT_TRUE(version);
    EXPECT_EQ(version->record, write.record);
    EXPECT_EQ(version->number, 1U);
    EXPECT_EQ(version->at, noon);
    EXPECT_EQ(version->by, "an officer");
    EXPECT_EQ(version->why, "new");
    EXPECT_FALSE(version->is_withdrawn);
    EXPECT_FALSE(*store_->latest("b"));
}

TEST_P(StoreContract, KeepsEveryVersion) {
    for (std::uint64_t number = 0; number < 5; ++number) {
        RecordWrite write = first(product("a", "name " + std::to_string(number)));
        write.follows = number;
        ASSERT_FALSE(store_->write(std::span(&write, 1), noon + std::chrono::seconds{number}));
    }
    const auto history = *store_->history("a");
    ASSERT_EQ(history.size(), 5U);
    for (std::uint64_t number = 0; number < 5; ++number) {
        EXPECT_EQ(history[number].number, number + 1);
        EXPECT_EQ(
            history[number].record.fields[0],
            model::FieldValue{"name " + std::to_string(number)}
        );
    }
    EXPECT_EQ((*store_->latest("a"))->number, 5U);
    EXPECT_TRUE(store_->history("b")->empty());
}

TEST_P(StoreContract, RefusesAChangeOfWhatSomebodyElseHasChanged) {
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    for (const std::uint64_t follows :
         {std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{1} << 63U, ~std::uint64_t{0}}) {
        RecordWrite late = write;
        late.follows = follows;
        const auto problem = store_->write(std::span(&late, 1), noon);
        ASSERT_TRUE(problem);
        EXPECT_EQ(problem->code, ErrorCode::conflict);
        EXPECT_EQ(
            problem->message,
            "record 'a' has been changed by somebody else since: it is at version 1, and this "
            "change follows version "
                + std::to_string(follows)
        );
    }
    EXPECT_EQ(store_->history("a")->size(), 1U);
}

TEST_P(StoreContract, WritesAllOrNothing) {
    const RecordWrite one = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&one, 1), noon));
    const std::vector<RecordWrite> both{first(product("b", "two")), first(product("a", "again"))};
    EXPECT_TRUE(store_->write(both, noon));
    EXPECT_THAT(ids(), testing::ElementsAre("a"));
    EXPECT_TRUE(store_->history("b")->empty());
}

TEST_P(StoreContract, RefusesRecordsThatAreNotRightWithAllThatIsWrong) {
    std::vector<RecordWrite> writes{first(product("a", "one")), first(product("a", "two"))};
    writes[0].record.fields[0] = {};
    const auto problem = store_->write(writes, noon);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
    EXPECT_THAT(problem->message, testing::HasSubstr("'name': has to be filled in"));
    EXPECT_THAT(problem->message, testing::HasSubstr("is written twice"));
    EXPECT_TRUE(ids().empty());
}

TEST_P(StoreContract, LetsNobodyTakeOverARecord) {
    RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    write.follows = 1;
    write.record.owner = "SGP";
    const auto problem = store_->write(std::span(&write, 1), noon);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::conflict);
    EXPECT_EQ(problem->message, "record 'a' keeps its owner and its type");
}

TEST_P(StoreContract, WritesNothingThatWasThoughtOutFromWhatHasChanged) {
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    std::vector<RecordWrite> both{first(product("b", "two")), first(product("c", "three"))};
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{2}, ~std::uint64_t{0}}) {
        both[1].given = {{"a", number}};
        const auto problem = store_->write(both, noon);
        ASSERT_TRUE(problem) << number;
        EXPECT_EQ(problem->code, ErrorCode::conflict);
        EXPECT_EQ(problem->message, "record 'a' has been changed since it was looked at");
    }
    both[1].given = {{"a", 1}, {"none", 1}};
    EXPECT_TRUE(store_->write(both, noon)) << "of a record that is not there";
    EXPECT_THAT(ids(), testing::ElementsAre("a"));
    both[1].given = {{"a", 1}, {"none", 0}};
    EXPECT_FALSE(store_->write(both, noon));
    EXPECT_THAT(ids(), testing::ElementsAre("a", "b", "c"));
    RecordWrite own = write;
    own.follows = 1;
    own.given = {{"a", 1}};
    EXPECT_FALSE(store_->write(std::span(&own, 1), noon)) << "as it was before the set";
}

/// However they meet: a write that stands on a record comes before the change of it, or not at all.
TEST_P(StoreContract, KeepsAWriteBeforeTheChangeOfWhatItStandsOn) {
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    constexpr int rounds = 20;
    for (int round = 0; round < rounds; ++round) {
        const std::string name = "result " + std::to_string(round);
        const auto number = (*store_->latest("a"))->number;
        RecordWrite change = first(product("a", "change " + name));
        change.follows = number;
        RecordWrite result = first(product(name, "x"));
        result.given = {{"a", number}};
        std::optional<Error> refused;
        std::thread other([&] { refused = maker_->open()->write(std::span(&change, 1), noon); });
        const auto problem = store_->write(std::span(&result, 1), noon);
        other.join();
        EXPECT_FALSE(refused) << "nobody else changes it";
        std::uint64_t changed_at = 0;
        std::uint64_t written_at = 0;
        for (const Change& one : changes(0)) {
            const bool is_change = one.version.record.id == "a" && one.version.number == number + 1;
            changed_at = is_change ? one.sequence : changed_at;
            written_at = one.version.record.id == name ? one.sequence : written_at;
        }
        EXPECT_EQ(written_at == 0, problem.has_value());
        EXPECT_LT(written_at, changed_at);
    }
}

/// What is published of several states is one record of one of them, and not its to change.
TEST_P(StoreContract, KeepsAResultAsItWasWritten) {
    RecordWrite result = first(product("VNM.a.result", "x", "VNM"));
    result.record.type = model::find_record_type("aggregate-result");
    result.record.fields.assign(result.record.type->fields.size(), {});
    result.record.policy = {};
    const auto set = [&](std::string_view key, model::FieldValue value) {
        result.record.fields[*result.record.type->find_field(key)] = std::move(value);
    };
    set("aggregate", std::string("VNM.a"));
    set("definition", std::string("digest"));
    set("measure", std::string("demand.quantity"));
    set("item", std::string("radio"));
    for (const char* key : {"first_year", "last_year", "smallest_group", "rounding"}) {
        set(key, std::int64_t{2027});
    }
    set("states", model::Words{"IDN", "SGP", "THA"});
    set("published", std::chrono::floor<std::chrono::days>(noon));
    set("outcome", std::string("published"));
    set("total", 90.0);
    ASSERT_FALSE(store_->write(std::span(&result, 1), noon));
    for (const bool is_withdrawal : {false, true}) {
        RecordWrite changed = result;
        changed.follows = 1;
        changed.is_withdrawal = is_withdrawal;
        const auto problem = store_->write(std::span(&changed, 1), noon);
        ASSERT_TRUE(problem);
        EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
        EXPECT_THAT(problem->message, testing::HasSubstr("neither changed nor taken back"));
    }
    EXPECT_EQ((*store_->latest("VNM.a.result"))->number, 1U);
}

TEST_P(StoreContract, ReadsAllForWhoActsForAll) {
    EXPECT_TRUE(store_->reads_all());
}

/// Names are compared byte by byte, in no language.
TEST_P(StoreContract, ScansInTheOrderOfBytes) {
    const std::vector<std::string> names{"B", "Z.1", "Z.10", "Z.2", "a", "b", "z", "\xC3\xA9"};
    for (const std::string& name : {names[5], names[2], names[7], names[0], names[3], names[6]}) {
        const RecordWrite write = first(product(name, "x"));
        ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    }
    const std::vector<RecordWrite> rest{
        first(product(names[4], "x")),
        first(product(names[1], "x"))};
    ASSERT_FALSE(store_->write(rest, noon));
    EXPECT_EQ(ids(), names);
}

TEST_P(StoreContract, ScansByTypeAndOwnerInOrderWithoutWhatWasWithdrawn) {
    std::vector<RecordWrite> writes{
        first(product("c", "x", "SGP")),
        first(product("a", "x")),
        first(product("b", "x"))};
    RecordWrite demand = first(product("d", "x"));
    demand.record.type = model::find_record_type("demand");
    demand.record.fields.assign(demand.record.type->fields.size(), {});
    demand.record.fields[0] = std::string("boat");
    demand.record.policy.fields.clear();
    writes.push_back(demand);
    ASSERT_FALSE(store_->write(writes, noon));
    EXPECT_THAT(ids(), testing::ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(ids({"product", ""}), testing::ElementsAre("a", "b", "c"));
    EXPECT_THAT(ids({"", "MYS"}), testing::ElementsAre("a", "b", "d"));
    EXPECT_THAT(ids({"product", "SGP"}), testing::ElementsAre("c"));
    RecordWrite withdrawal = writes[1];
    withdrawal.follows = 1;
    withdrawal.is_withdrawal = true;
    ASSERT_FALSE(store_->write(std::span(&withdrawal, 1), noon));
    EXPECT_THAT(ids({"product", ""}), testing::ElementsAre("b", "c"));
    EXPECT_TRUE((*store_->latest("a"))->is_withdrawn);
    withdrawal.follows = 2;
    withdrawal.is_withdrawal = false;
    ASSERT_FALSE(store_->write(std::span(&withdrawal, 1), noon));
    EXPECT_THAT(ids({"product", ""}), testing::ElementsAre("a", "b", "c"));
}

TEST_P(StoreContract, StopsAScanWhenNoMoreIsWanted) {
    const std::vector<RecordWrite> writes{first(product("a", "x")), first(product("b", "x"))};
    ASSERT_FALSE(store_->write(writes, noon));
    int seen = 0;
    ASSERT_FALSE(store_->scan({}, [&](const model::RecordVersion&) { return ++seen < 1; }));
    EXPECT_EQ(seen, 1);
}

TEST_P(StoreContract, TakesTextsAsTextsWhateverTheySay) {
    for (const std::string& text :
         {std::string("'); DROP TABLE version; --"),
          std::string("\xE0\xB8\x9B\xE0\xB8\xB7\xE0\xB8\x99"),
          std::string("line\nline\t\"quoted\" \\"),
          std::string(10'000, 'x')}) {
        constexpr std::size_t longest_name = 500;
        const std::string id = text.substr(0, longest_name);
        RecordWrite write = first(product(id, text));
        write.why = text;
        write.record.note = text;
        ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
        EXPECT_EQ((*store_->latest(id))->record, write.record);
        EXPECT_EQ((*store_->latest(id))->why, text);
        EXPECT_EQ(store_->history(id)->size(), 1U);
    }
}

TEST_P(StoreContract, KeepsRecordsOfTheLargestSize) {
    RecordWrite write = first(product("a", "x"));
    auto& words = write.record.fields[*write.record.type->find_field("certificates")];
    words = model::Words(1'000, std::string(9'998, '"') + "\xC3\xA9");
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    EXPECT_EQ((*store_->latest("a"))->record, write.record);
}

/// A text with U+0000 or bytes that are no UTF-8 is refused before any store sees it, wherever in a
/// write it stands, and nothing of its set is kept.
TEST_P(StoreContract, RefusesTextsThatNotEveryStoreKeepsAsTheyAre) {
    using namespace std::string_literals;
    for (const std::string& text : {"a\0b"s, "\xFF"s, "\xC0\x80"s, std::string(10'001, 'x')}) {
        std::vector<RecordWrite> wrong(7, first(product("b", "x")));
        wrong[0].record.id = text;
        wrong[1].record.owner = text;
        wrong[2].record.note = text;
        wrong[3].record.policy.record[0].audience.id = text;
        wrong[4].record.fields[0] = text;
        wrong[5].by = text;
        wrong[6].why = text;
        for (const RecordWrite& one : wrong) {
            const std::vector<RecordWrite> writes{first(product("a", "x")), one};
            const auto problem = store_->write(writes, noon);
            ASSERT_TRUE(problem);
            EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
            EXPECT_THAT(problem->message, testing::HasSubstr("without U+0000"));
            EXPECT_TRUE(is_utf8(problem->message));
            EXPECT_LT(problem->message.size(), 1'000U);
        }
    }
    EXPECT_TRUE(ids().empty());
}

TEST_P(StoreContract, FindsNothingUnderNamesThatNoRecordHas) {
    using namespace std::string_literals;
    const RecordWrite write = first(product("a", "x"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    for (const std::string& name :
         {""s, "a\0"s, "\0"s, "\xFF"s, "' OR ''='"s, "%"s, std::string(1'000'000, 'a')}) {
        const auto latest = store_->latest(name);
        ASSERT_TRUE(latest);
        EXPECT_FALSE(*latest);
        EXPECT_FALSE(store_->latest_of(std::span(&name, 1))->front());
        EXPECT_TRUE(store_->history(name)->empty());
        if (!name.empty()) {
            EXPECT_TRUE(ids({name, ""}).empty());
            EXPECT_TRUE(ids({"", name}).empty());
        }
    }
}

/// More than an adapter asks for at once.
TEST_P(StoreContract, GivesTheLatestOfManyAsOneByOne) {
    std::vector<RecordWrite> writes;
    std::vector<std::string> ids;
    for (int r = 0; r < 9'000; ++r) {
        ids.push_back("r" + std::to_string(r));
        if (r % 3 != 0) {
            writes.push_back(first(product(ids.back(), "name " + ids.back())));
        }
    }
    ASSERT_FALSE(store_->write(writes, noon));
    RecordWrite withdrawal = first(product("r1", "gone"));
    withdrawal.follows = 1;
    withdrawal.is_withdrawal = true;
    ASSERT_FALSE(store_->write(std::span(&withdrawal, 1), noon));
    ids.push_back("r2");
    const auto versions = store_->latest_of(ids);
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), ids.size());
    for (std::size_t r = 0; r < ids.size(); ++r) {
        const auto& version = (*versions)[r];
        ASSERT_EQ(version.has_value(), ids[r] == "r2" || r % 3 != 0) << ids[r];
        if (version) {
            ASSERT_EQ(version->record.id, ids[r]);
        }
    }
    EXPECT_TRUE((*versions)[1]->is_withdrawn);
    EXPECT_EQ((*versions)[1]->number, 2U);
    EXPECT_EQ((*versions)[2]->record, (*store_->latest("r2"))->record);
    EXPECT_TRUE(store_->latest_of({})->empty());
}

/// More than an adapter sends at once, with a conflict near the end: nothing of it is there.
TEST_P(StoreContract, WritesLargeSetsAllOrNothing) {
    constexpr std::size_t size = 9'001;
    std::vector<RecordWrite> writes;
    for (std::size_t i = 0; i < size; ++i) {
        writes.push_back(first(product(std::to_string(100'000 + i), "x")));
    }
    writes[size - 2].follows = 1;
    const auto problem = store_->write(writes, noon);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::conflict);
    EXPECT_TRUE(ids().empty());
    writes[size - 2].follows = 0;
    ASSERT_FALSE(store_->write(writes, noon));
    std::vector<std::string> names;
    for (const RecordWrite& write : writes) {
        names.push_back(write.record.id);
    }
    EXPECT_EQ(ids(), names);
    const auto told = changes(0);
    ASSERT_EQ(told.size(), size);
    EXPECT_EQ(told.back().version.record.id, names.back());
    EXPECT_FALSE(store_->write({}, noon));
}

TEST_P(StoreContract, KeepsTimesToTheSecondHoweverFarOff) {
    using std::chrono::seconds;
    using std::chrono::sys_seconds;
    std::uint64_t number = 0;
    for (const sys_seconds at :
         {sys_seconds::min(), sys_seconds{seconds{-1}}, sys_seconds::max()}) {
        RecordWrite write = first(product("a", "x"));
        write.follows = number++;
        ASSERT_FALSE(store_->write(std::span(&write, 1), at));
        EXPECT_EQ((*store_->latest("a"))->at, at);
    }
}

TEST_P(StoreContract, TellsOfEveryVersionOnceInTheOrderInWhichTheyCame) {
    EXPECT_TRUE(changes(0).empty());
    const std::vector<RecordWrite> both{first(product("b", "one")), first(product("a", "one"))};
    ASSERT_FALSE(store_->write(both, noon));
    RecordWrite withdrawal = both[0];
    withdrawal.follows = 1;
    withdrawal.is_withdrawal = true;
    ASSERT_FALSE(store_->write(std::span(&withdrawal, 1), noon - std::chrono::hours{1}));
    const auto all = changes(0);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].version.record, both[0].record);
    EXPECT_EQ(all[1].version.record, both[1].record);
    EXPECT_EQ(all[2].version.record.id, "b");
    EXPECT_EQ(all[2].version.number, 2U);
    EXPECT_TRUE(all[2].version.is_withdrawn);
    EXPECT_GT(all[0].sequence, 0U);
    EXPECT_LT(all[0].sequence, all[1].sequence);
    EXPECT_LT(all[1].sequence, all[2].sequence);
    const auto rest = changes(all[0].sequence);
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[0].sequence, all[1].sequence);
    EXPECT_TRUE(changes(all[2].sequence).empty());
}

TEST_P(StoreContract, SaysWhereToGoOnInTheFeed) {
    const std::vector<RecordWrite> both{first(product("a", "one")), first(product("b", "one"))};
    ASSERT_FALSE(store_->write(both, noon));
    const auto all = changes(0);
    const auto stop = [](std::uint64_t, const model::RecordVersion&) { return false; };
    EXPECT_EQ(*store_->changes_since(0, stop), all[0].sequence);
    EXPECT_EQ(*store_->changes_since(all[0].sequence, stop), all[1].sequence);
    const auto none = [](std::uint64_t, const model::RecordVersion&) {
        ADD_FAILURE();
        return true;
    };
    EXPECT_EQ(*store_->changes_since(all[1].sequence, none), all[1].sequence);
    for (const std::uint64_t far : {std::uint64_t{1} << 62U, ~std::uint64_t{0}}) {
        EXPECT_EQ(*store_->changes_since(far, none), far);
    }
}

/// What was refused leaves no trace, and what comes later is not put before what was told.
TEST_P(StoreContract, TellsNothingOfWritesThatWereRefused) {
    const RecordWrite one = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&one, 1), noon));
    const std::vector<RecordWrite> both{first(product("b", "two")), first(product("a", "again"))};
    ASSERT_TRUE(store_->write(both, noon));
    ASSERT_EQ(changes(0).size(), 1U);
    const std::uint64_t seen = changes(0)[0].sequence;
    ASSERT_FALSE(store_->write(std::span(both.data(), 1), noon));
    ASSERT_EQ(changes(seen).size(), 1U);
    EXPECT_EQ(changes(seen)[0].version.record.id, "b");
}

/// A reader who goes on from what it has seen, while several write in one step or in many: it meets
/// every version once, and those of one record in order.
TEST_P(StoreContract, MissesNothingInTheFeedWhileOthersWrite) {
    constexpr int writers = 4;
    constexpr int sets = 12;
    constexpr int records = 5;
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, writer] {
            const auto own = maker_->open();
            for (std::uint64_t set = 0; set < sets; ++set) {
                std::vector<RecordWrite> writes;
                for (int r = 0; r < records; ++r) {
                    const std::string id = std::to_string(writer) + '-' + std::to_string(r);
                    writes.push_back(first(product(id, "name")));
                    writes.back().follows = set;
                }
                EXPECT_FALSE(own->write(writes, noon));
            }
        });
    }
    constexpr std::size_t total = std::size_t{writers} * sets * records;
    std::map<std::string, std::uint64_t> seen;
    std::size_t told = 0;
    std::uint64_t sequence = 0;
    while (told < total && !HasFailure()) {
        const auto last = store_->changes_since(
            sequence,
            [&](std::uint64_t at, const model::RecordVersion& version) {
                EXPECT_GT(at, sequence);
                EXPECT_EQ(version.number, ++seen[version.record.id]);
                sequence = at;
                ++told;
                return told % 7 != 0;
            }
        );
        ASSERT_TRUE(last);
        EXPECT_EQ(*last, sequence);
    }
    threads.clear();
    EXPECT_EQ(told, total);
    EXPECT_EQ(seen.size(), std::size_t{writers} * records);
    EXPECT_TRUE(changes(sequence).empty());
}

TEST_P(StoreContract, IsThereAgainWhenItIsOpenedAgain) {
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(store_->write(std::span(&write, 1), noon));
    store_.reset();
    store_ = maker_->open();
    EXPECT_EQ((*store_->latest("a"))->record, write.record);
}

/// Editors who add to the same record, each from what it last saw: nobody's addition is lost.
TEST_P(StoreContract, LosesNothingOfEditorsWhoWriteAtOnce) {
    constexpr int editors = 4;
    constexpr int additions = 10;
    const RecordWrite start = first(product("a", "start"));
    ASSERT_FALSE(store_->write(std::span(&start, 1), noon));
    std::vector<std::jthread> threads;
    for (int editor = 0; editor < editors; ++editor) {
        threads.emplace_back([this, editor] {
            const auto own = editor % 2 == 0 ? nullptr : maker_->open();
            RecordStore& store = own ? *own : *store_;
            for (int done = 0; done < additions;) {
                const auto version = *store.latest("a");
                RecordWrite write = first(version->record);
                write.follows = version->number;
                auto& name = std::get<std::string>(write.record.fields[0]);
                name += ' ' + std::to_string(editor);
                done += store.write(std::span(&write, 1), noon) ? 0 : 1;
            }
        });
    }
    threads.clear();
    const auto version = *store_->latest("a");
    EXPECT_EQ(version->number, 1U + editors * additions);
    const auto& name = std::get<std::string>(version->record.fields[0]);
    for (int editor = 0; editor < editors; ++editor) {
        EXPECT_EQ(std::ranges::count(name, static_cast<char>('0' + editor)), additions);
    }
}

}  // namespace adic::test
