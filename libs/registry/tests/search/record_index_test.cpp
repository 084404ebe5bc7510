#include "adic/registry/search/record_index.hpp"

#include "adic/base/random.hpp"
#include "adic/model/property.hpp"
#include "adic/registry/release/seen_property.hpp"
#include "adic/registry/search/search_words.hpp"

#include "search/memory_store.hpp"

#include <array>

#include <gmock/gmock.h>

namespace adic::registry {
namespace {

using model::Reader;
using model::Record;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::sys_days today = 2026y / 6 / 15;

Reader official(std::string state) {
    return {std::move(state), {"ASEAN"}, {}, true, today};
}

std::vector<model::Grant> grants(std::string_view text) {
    return *model::parse_grants(text, {"ASEAN"});
}

Record product(std::string id, std::string name, std::string owner, std::string_view release) {
    Record record;
    record.id = std::move(id);
    record.type = model::find_record_type("product");
    record.owner = std::move(owner);
    record.fields.resize(record.type->fields.size());
    record.fields[*record.type->find_field("name")] = std::move(name);
    record.fields[*record.type->find_field("kind")] = std::string("item of production");
    record.policy.record = grants(release);
    return record;
}

void set(Record& record, std::string_view key, model::FieldValue value) {
    record.fields[*record.type->find_field(key)] = std::move(value);
}

void write(
    test::MemoryStore& store,
    Record record,
    std::uint64_t follows = 0,
    bool is_withdrawal = false
) {
    const RecordWrite write{std::move(record), follows, is_withdrawal, "an officer", "new"};
    ASSERT_FALSE(store.write(std::span(&write, 1), {}));
}

std::vector<std::string> ids(const SearchPage& page) {
    std::vector<std::string> all;
    for (const auto& record : page.records) {
        all.push_back(record.record->id);
    }
    return all;
}

SearchPage search(const RecordIndex& index, const Reader& reader, const SearchQuery& query) {
    auto page = index.search(reader, query);
    EXPECT_TRUE(page);
    return *std::move(page);
}

class Search : public testing::Test {
  protected:
    Search() {
        Record radio = product("MYS.radio", "Tactical Radio", "MYS", "ASEAN");
        radio.policy.fields = {{"part_number", {}}};
        set(radio, "part_number", std::string("XK-99"));
        set(radio, "price", 1200.0);
        write(store_, radio);
        Record boat = product("IDN.boat", "Kapal Patroli", "IDN", "ASEAN");
        set(boat, "price", 5.0);
        write(store_, boat);
        write(store_, product("IDN.secret", "Secret Radio", "IDN", ""));
        write(store_, product("VNM.radio", "Đài vô tuyến radio", "VNM", "MYS"));
        EXPECT_FALSE(index_.refresh());
    }

    test::MemoryStore store_;
    RecordIndex index_{store_};
};

TEST_F(Search, FindsWordsAndTheirBeginningsWithinWhatIsSeen) {
    EXPECT_THAT(
        ids(search(index_, official("MYS"), {.text = "radio"})),
        ElementsAre("MYS.radio", "VNM.radio")
    );
    EXPECT_THAT(ids(search(index_, official("SGP"), {.text = "RAD"})), ElementsAre("MYS.radio"));
    EXPECT_THAT(
        ids(search(index_, official("IDN"), {.text = "radio"})),
        ElementsAre("IDN.secret", "MYS.radio")
    );
    EXPECT_THAT(
        ids(search(index_, official("MYS"), {.text = "dai tuyen"})),
        ElementsAre("VNM.radio")
    );
    EXPECT_THAT(ids(search(index_, official("MYS"), {.text = "radio boat"})), IsEmpty());
}

TEST_F(Search, LeadsNobodyToAFieldThatIsNotShown) {
    EXPECT_THAT(ids(search(index_, official("MYS"), {.text = "xk"})), ElementsAre("MYS.radio"));
    EXPECT_THAT(ids(search(index_, official("SGP"), {.text = "xk"})), IsEmpty());
    EXPECT_THAT(
        ids(search(index_, official("SGP"), {.fields = {{"part_number", "XK-99"}}})),
        IsEmpty()
    );
    EXPECT_THAT(index_.suggest(official("SGP"), {}, "xk", 5), IsEmpty());
    EXPECT_THAT(index_.suggest(official("MYS"), {}, "xk", 5), ElementsAre(FacetValue{"xk", 1}));
    EXPECT_THAT(index_.suggest(official("SGP"), {}, "secr", 5), IsEmpty());
}

TEST_F(Search, CountsAndPagesWhatIsSeen) {
    const auto page = search(index_, official("MYS"), {.most = 1});
    EXPECT_EQ(page.total, 3U);
    EXPECT_THAT(ids(page), ElementsAre("IDN.boat"));
    EXPECT_THAT(
        ids(search(index_, official("MYS"), {.first = 2, .most = 5})),
        ElementsAre("VNM.radio")
    );
    EXPECT_THAT(ids(search(index_, official("MYS"), {.first = 9})), IsEmpty());
}

TEST_F(Search, OrdersByAFieldWithWhatIsNotShownLast) {
    const SearchQuery by_price{.sort = "price"};
    EXPECT_THAT(
        ids(search(index_, official("MYS"), by_price)),
        ElementsAre("IDN.boat", "MYS.radio", "VNM.radio")
    );
    EXPECT_THAT(
        ids(search(index_, official("MYS"), {.sort = "price", .is_descending = true})),
        ElementsAre("MYS.radio", "IDN.boat", "VNM.radio")
    );
    EXPECT_FALSE(index_.search(official("MYS"), {.sort = "colour"}));
}

TEST_F(Search, CountsTheValuesOfAFacet) {
    const auto page = search(index_, official("SGP"), {.facets = {"kind", "part_number"}});
    EXPECT_THAT(
        page.facets,
        ElementsAre(Facet{"kind", {{"item of production", 2}}}, Facet{"part_number", {}})
    );
}

TEST_F(Search, CountsTheRecordsOfEachStateThatTheReaderSees) {
    const auto page = search(index_, official("SGP"), {.most = 1, .facets = {"owner"}});
    EXPECT_EQ(page.records.size(), 1U);
    EXPECT_THAT(page.facets, ElementsAre(Facet{"owner", {{"IDN", 1}, {"MYS", 1}}}));
    const auto own = search(index_, official("IDN"), {.facets = {"owner"}});
    EXPECT_GT(own.facets.at(0).values.at(0).count, 1U) << "its secret is its own";
}

TEST_F(Search, TakesAnyOfTheTypesThatAreNamed) {
    const auto all = search(index_, official("MYS"), {});
    EXPECT_EQ(ids(search(index_, official("MYS"), {.types = {"product", "demand"}})), ids(all));
    EXPECT_THAT(ids(search(index_, official("MYS"), {.types = {"demand"}})), IsEmpty());
    EXPECT_THAT(ids(search(index_, official("MYS"), {.types = {"rule", "demand"}})), IsEmpty());
}

TEST_F(Search, TakesTheRecordsThatAreNamedIfTheyAreSeen) {
    const SearchQuery named{.ids = {"VNM.radio", "IDN.secret", "IDN.boat", "IDN.none"}};
    const auto found = [&](const std::string& state) {
        return ids(search(index_, official(state), named));
    };
    EXPECT_THAT(found("MYS"), ElementsAre("IDN.boat", "VNM.radio"));
    EXPECT_THAT(found("SGP"), ElementsAre("IDN.boat"));
    EXPECT_THAT(found("IDN"), ElementsAre("IDN.boat", "IDN.secret"));
    EXPECT_EQ(search(index_, official("SGP"), named).total, 1U);
}

TEST_F(Search, FollowsChangesAndWithdrawals) {
    write(store_, product("MYS.radio", "Antenna", "MYS", "ASEAN"), 1);
    write(store_, product("VNM.radio", "Radio", "VNM", "MYS"), 1, true);
    EXPECT_FALSE(index_.refresh());
    EXPECT_THAT(ids(search(index_, official("MYS"), {.text = "radio"})), ElementsAre("MYS.radio"))
        << "its identifier has the word";
    EXPECT_THAT(
        ids(search(index_, official("MYS"), {.text = "antenna"})),
        ElementsAre("MYS.radio")
    );
    EXPECT_FALSE(index_.see(official("VNM"), "VNM.radio"));
    EXPECT_TRUE(index_.see(official("IDN"), "IDN.secret"));
    EXPECT_FALSE(index_.see(official("MYS"), "IDN.secret"));
}

/// A registry drawn at random: few words and owners, so that much is found.
class RandomRegistry {
  public:
    explicit RandomRegistry(std::uint64_t seed) : random_(seed, 0) {}

    Record record(std::size_t number) {
        const std::string owner = pick(states);
        Record drawn =
            product(owner + ".r" + std::to_string(number), text(), owner, pick(releases));
        set(drawn, "part_number", text());
        set(drawn, "price", static_cast<double>(random_.below(5)));
        drawn.note = text();
        set(drawn,
            "properties",
            model::Words{
                "hull: " + text(),
                "length: " + std::to_string(random_.below(4)) + (random_.below(2) ? " m" : " km"),
                "sort: " + word()});
        if (random_.below(2) == 0) {
            drawn.policy.fields = {
                {"name", grants(pick(releases))},
                {"note", grants(pick(releases))},
                {"properties.hull", grants(pick(releases))},
                {"properties.length", grants(pick(releases))}};
        }
        return drawn;
    }

    std::string word() { return pick(words); }

    std::string state() { return pick(states); }

  private:
    static constexpr std::array states{"IDN", "MYS", "SGP"};
    static constexpr std::array words{"radio", "radar", "hull", "steel", "rare", "kapal"};
    static constexpr std::array
        releases{"", "ASEAN", "MYS", "public", "SGP:exists", "ASEAN:generalised;IDN"};

    template <std::size_t N>
    std::string pick(const std::array<const char*, N>& from) {
        return from[random_.below(N)];
    }

    std::string text() { return word() + ' ' + word(); }

    RandomStream random_;
};

/// The definition, word by word: what the gate lets through, searched one by one.
std::vector<std::string>
slow_search(const std::vector<Record>& records, const Reader& reader, const std::string& word) {
    std::vector<std::string> found;
    const ReleaseGate gate{reader, {}};
    for (const Record& record : records) {
        const auto seen = gate.see(record);
        if (!seen) {
            continue;
        }
        std::vector<std::string> words = search_words((*seen)->id);
        for (const SeenField& field : (*seen)->fields) {
            const auto* text = std::get_if<std::string>(&field.value);
            if (field.disclosure == model::Disclosure::full && text != nullptr) {
                for (std::string& one : search_words(*text)) {
                    words.push_back(std::move(one));
                }
            }
            for (const SeenProperty& one : properties_of(field)) {
                if (one.disclosure == model::Disclosure::full) {
                    std::ranges::move(search_words(to_text(one)), std::back_inserter(words));
                }
            }
        }
        if (std::ranges::any_of(words, [&](const auto& one) { return one.starts_with(word); })) {
            found.push_back(record.id);
        }
    }
    std::ranges::sort(found);
    return found;
}

/// Identifiers of those whose length, as the gate shows it, is at least so many metres.
std::vector<std::string>
slow_longer(const std::vector<Record>& records, const Reader& reader, double least) {
    std::vector<std::string> found;
    for (const Record& record : records) {
        const auto seen = ReleaseGate{reader, {}}.see(record);
        const std::size_t field = *record.type->find_field("properties");
        for (const SeenProperty& one :
             seen ? properties_of((*seen)->fields[field]) : std::vector<SeenProperty>{}) {
            if (one.property.key == "length" && one.property.figure
                && *model::converted(*one.property.figure, one.property.unit, "m") >= least) {
                found.push_back(record.id);
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

TEST(SearchLaws, CountsComparesAndFiltersPropertiesAsTheyAreSeen) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        RandomRegistry random(seed);
        test::MemoryStore store;
        std::vector<Record> records;
        for (std::size_t r = 0; r < 30; ++r) {
            records.push_back(random.record(r));
            write(store, records.back());
        }
        RecordIndex index(store);
        ASSERT_FALSE(index.refresh());
        const Reader reader = official(random.state());
        SearchQuery query;
        query.ranges = {{"properties.length", 2.0, {}, "m"}};
        query.facets = {"properties.length"};
        query.sort = "properties.length";
        const SearchPage page = search(index, reader, query);
        std::vector<std::string> found = ids(page);
        std::ranges::sort(found);
        EXPECT_EQ(found, slow_longer(records, reader, 2.0)) << seed;
        std::uint64_t counted = 0;
        for (const FacetValue& value : page.facets.at(0).values) {
            counted += value.count;
        }
        EXPECT_EQ(counted, page.total) << seed;
    }
}

TEST_F(Search, FindsItemsByTheirProperties) {
    Record boat = product("IDN.boat", "Patrol craft", "IDN", "ASEAN");
    set(boat, "properties", model::Words{"hull: marine steel", "length: 28 m", "speed: 30 kn"});
    boat.policy.fields = {
        {"properties.length", grants("SGP;ASEAN:generalised")},
        {"properties.speed", {}}};
    write(store_, boat);
    ASSERT_FALSE(index_.refresh());
    SearchQuery steel;
    steel.fields = {{"properties.hull", "steel"}};
    EXPECT_THAT(ids(search(index_, official("MYS"), steel)), ElementsAre("IDN.boat"));
    steel.fields = {{"properties.speed", "30"}};
    EXPECT_THAT(ids(search(index_, official("MYS"), steel)), IsEmpty());
    SearchQuery longer;
    longer.ranges = {{"properties.length", 90.0, 100.0, "ft"}};  // 28 m are 91.9 ft
    EXPECT_THAT(ids(search(index_, official("SGP"), longer)), ElementsAre("IDN.boat"));
    EXPECT_THAT(ids(search(index_, official("MYS"), longer)), IsEmpty()) << "only a band is shown";
    SearchQuery facets;
    facets.facets = {"properties.length"};
    EXPECT_THAT(
        search(index_, official("MYS"), facets).facets.at(0).values,
        ElementsAre(FacetValue{"20 to 50 m", 1})
    );
    facets.facets = {"properties.Length"};
    EXPECT_FALSE(index_.search(official("MYS"), facets)) << "no key";
    facets.facets = {"name.length"};
    EXPECT_FALSE(index_.search(official("MYS"), facets)) << "no field with properties";
}

TEST(SearchLaws, FindsWhatTheDefinitionFinds) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomRegistry random(seed);
        test::MemoryStore store;
        std::vector<Record> records;
        for (std::size_t r = 0; r < 30; ++r) {
            records.push_back(random.record(r));
            write(store, records.back());
        }
        RecordIndex index{store};
        ASSERT_FALSE(index.refresh());
        for (int question = 0; question < 20; ++question) {
            const std::string word = random.word().substr(0, 3);
            const Reader reader = official(random.state());
            const auto page = search(index, reader, {.text = word, .most = 100});
            EXPECT_EQ(ids(page), slow_search(records, reader, word)) << seed << ' ' << word;
            EXPECT_EQ(page.total, page.records.size());
        }
    }
}

/// All that a reader can be told about a registry, in one text.
std::string
all_that_is_told(const RecordIndex& index, const Reader& reader, const std::string& word) {
    std::string told;
    for (const SearchQuery& query :
         {SearchQuery{},
          SearchQuery{.text = word},
          SearchQuery{.sort = "price", .facets = {"name", "note", "part_number", "owner"}},
          SearchQuery{.ids = {"MYS.r1", "IDN.r2", "VNM.r3"}},
          SearchQuery{.fields = {{"name", word}}}}) {
        const auto page = search(index, reader, query);
        told += std::to_string(page.total) + '\n';
        for (const auto& record : page.records) {
            told += to_json(*record.record) + '\n';
        }
        for (const Facet& facet : page.facets) {
            for (const FacetValue& value : facet.values) {
                told += facet.field + value.value + std::to_string(value.count) + '\n';
            }
        }
    }
    for (const FacetValue& value : index.suggest(reader, {}, word.substr(0, 2), 10)) {
        told += value.value + std::to_string(value.count) + '\n';
    }
    return told;
}

TEST(SearchLaws, ToldNothingByAHiddenRecord) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomRegistry random(seed);
        test::MemoryStore with;
        test::MemoryStore without;
        const Reader reader = official("MYS");
        for (std::size_t r = 0; r < 20; ++r) {
            const Record record = random.record(r);
            write(with, record);
            if (ReleaseGate{reader, {}}.see(record)) {
                write(without, record);
            }
        }
        RecordIndex one{with};
        RecordIndex other{without};
        ASSERT_FALSE(one.refresh() || other.refresh());
        const std::string word = random.word();
        EXPECT_EQ(all_that_is_told(one, reader, word), all_that_is_told(other, reader, word))
            << seed;
    }
}

}  // namespace
}  // namespace adic::registry
