#include "adic/base/random.hpp"
#include "adic/registry/release/gate.hpp"

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::ItemIndex;
using model::ProvenanceIndex;
using model::Reader;
using model::StateIndex;
using model::SupplyMap;

/// A fact to be put into a map, by names: so that a map without it is built, and not cut.
struct Fact {
    enum class Kind { item, organisation, need, supply, stock, hazard, figure, code };

    Kind kind;
    std::string name;   ///< of an item or organisation; of others what they are about
    std::string other;  ///< input, organisation
    int owner;          ///< state, or -1
    std::string release;
    int source;
};

constexpr int states = 3;

std::string state_name(int state) {
    return std::vector<std::string>{"IDN", "MYS", "SGP"}[static_cast<std::size_t>(state)];
}

/// What a map has whoever reads it: states, a bloc, and those sources that some fact names.
class MapBuilder {
  public:
    explicit MapBuilder(const std::vector<Fact>& facts) {
        for (int state = 0; state < states; ++state) {
            map_.states.add({state_name(state), state_name(state)});
        }
        map_.blocs.add({"ASEAN", "ASEAN", {StateIndex{0}, StateIndex{1}, StateIndex{2}}});
        std::set<int> named;
        for (const Fact& fact : facts) {
            named.insert(fact.source);
        }
        for (const int source : named) {
            map_.sources.add({"source-" + std::to_string(source), "", "", 2024, "", "", ""});
        }
        for (const Fact& fact : facts) {
            add(fact);
        }
    }

    SupplyMap map() { return std::move(map_); }

  private:
    ProvenanceIndex provenance(const Fact& fact) {
        model::Provenance made{
            *map_.sources.find("source-" + std::to_string(fact.source)),
            *model::parse_period("2024"),
            model::Confidence::c,
            fact.owner < 0 ? std::nullopt
                           : std::optional{StateIndex{static_cast<std::uint32_t>(fact.owner)}},
            fact.release,
            {}};
        map_.provenances.push_back(std::move(made));
        return ProvenanceIndex{static_cast<std::uint32_t>(map_.provenances.size() - 1)};
    }

    void add(const Fact& fact) {
        const ProvenanceIndex from = provenance(fact);
        if (fact.kind == Fact::Kind::item) {
            map_.items.add(
                {fact.name, fact.name, model::ItemKind::component, "piece", 0, {}, "", from}
            );
            return;
        }
        if (fact.kind == Fact::Kind::organisation) {
            map_.organisations.add({fact.name, fact.name, {}, from});
            return;
        }
        const auto item = *map_.items.find(fact.name);
        const auto organisation = map_.organisations.find(fact.other);
        switch (fact.kind) {
        case Fact::Kind::need: {
            const model::GroupIndex group{static_cast<std::uint32_t>(map_.groups.size())};
            map_.groups.push_back({item, fact.other, 1, model::Role::consumed, {}});
            map_.needs.push_back({group, *map_.items.find(fact.other), {}, {}, from});
            break;
        }
        case Fact::Kind::supply:
            map_.supplies.push_back(
                {item, StateIndex{0}, organisation, {}, Estimate::exactly(0.25), {}, "", {}, from}
            );
            break;
        case Fact::Kind::stock:
            map_.stocks.push_back(
                {item, StateIndex{1}, organisation, Estimate::exactly(5.0), "days", from}
            );
            break;
        case Fact::Kind::hazard:
            map_.hazards.push_back({item, Estimate::exactly(0.1), from});
            break;
        case Fact::Kind::figure:
            map_.figures.push_back({item, "rate", Estimate::exactly(0.2), "", from});
            break;
        case Fact::Kind::code: map_.codes.push_back({item, "HS", "854231", from}); break;
        case Fact::Kind::item:
        case Fact::Kind::organisation: break;
        }
    }

    SupplyMap map_;
};

/// Everything that a map holds, as a text.
std::string text_of(const SupplyMap& map) {
    std::ostringstream text;
    const auto from = [&](ProvenanceIndex index) {
        const model::Provenance& p = map[index];
        text << " from " << map.sources[p.source].id << ' ' << p.release << ' '
             << (p.owner ? map.states[*p.owner].id : "-") << '\n';
    };
    const auto organisation = [&](const std::optional<model::OrganisationIndex>& index) {
        return index ? map.organisations[*index].id : std::string("-");
    };
    text << map.sources.size() << ' ' << map.provenances.size() << ' ' << map.states.size() << ' '
         << map.blocs.size() << '\n';
    for (const auto& source : map.sources) {
        text << "source " << source.id << '\n';
    }
    for (const auto& item : map.items) {
        text << "item " << item.id;
        from(item.provenance);
    }
    for (const auto& one : map.organisations) {
        text << "organisation " << one.id;
        from(one.provenance);
    }
    for (const auto& code : map.codes) {
        text << "code " << map.items[code.item].id << code.code;
        from(code.provenance);
    }
    for (const auto& group : map.groups) {
        text << "group " << map.items[group.item].id << group.name << group.take << '\n';
    }
    for (const auto& need : map.needs) {
        text << "need " << map[need.group].name << ' ' << map.items[need.input].id;
        from(need.provenance);
    }
    for (const auto& supply : map.supplies) {
        text << "supply " << map.items[supply.item].id << organisation(supply.organisation);
        from(supply.provenance);
    }
    for (const auto& stock : map.stocks) {
        text << "stock " << map.items[stock.item].id << organisation(stock.organisation);
        from(stock.provenance);
    }
    for (const auto& hazard : map.hazards) {
        text << "hazard " << map.items[std::get<ItemIndex>(hazard.subject)].id;
        from(hazard.provenance);
    }
    for (const auto& figure : map.figures) {
        text << "figure " << map.items[std::get<ItemIndex>(figure.subject)].id;
        from(figure.provenance);
    }
    return text.str();
}

std::vector<Fact> random_facts(std::uint64_t seed) {
    RandomStream random{seed, 0};
    std::vector<Fact> facts;
    const std::vector<std::string> releases{"", "public", "MYS", "ASEAN", "IDN;SGP"};
    const auto add = [&](Fact::Kind kind, std::string name, std::string other) {
        const bool has_owner = random.below(3) != 0;
        facts.push_back(
            {kind,
             std::move(name),
             std::move(other),
             has_owner ? static_cast<int>(random.below(states)) : -1,
             has_owner ? releases[random.below(releases.size())] : "public",
             static_cast<int>(random.below(6))}
        );
    };
    for (const char* item : {"a", "b", "c", "d"}) {
        add(Fact::Kind::item, item, "");
    }
    add(Fact::Kind::organisation, "yard", "");
    add(Fact::Kind::organisation, "mine", "");
    for (int fact = 0; fact < 14; ++fact) {
        const auto kind = static_cast<Fact::Kind>(2 + random.below(6));
        const std::string name(1, static_cast<char>('a' + random.below(4)));
        const std::string other(1, static_cast<char>('a' + random.below(4)));
        const char* organisation = random.below(2) == 0 ? "yard" : "mine";
        add(kind, name, kind == Fact::Kind::need ? other : organisation);
    }
    return facts;
}

bool is_seen(const Fact& fact, const Reader& reader) {
    const bool owns =
        fact.owner >= 0 && reader.is_official && state_name(fact.owner) == reader.state;
    return owns || fact.release == "public"
           || (reader.is_official
               && ((";" + fact.release + ";").find(";" + reader.state + ";") != std::string::npos
                   || fact.release == "ASEAN"));
}

/// The facts that the reader may see about what the reader may see.
std::vector<Fact> without_hidden(const std::vector<Fact>& facts, const Reader& reader) {
    std::set<std::string> hidden;
    for (const Fact& fact : facts) {
        if (fact.kind <= Fact::Kind::organisation && !is_seen(fact, reader)) {
            hidden.insert(fact.name);
        }
    }
    std::vector<Fact> left;
    for (Fact fact : facts) {
        const bool about_hidden = hidden.contains(fact.name)
                                  || (fact.kind == Fact::Kind::need && hidden.contains(fact.other));
        if (!is_seen(fact, reader) || about_hidden) {
            continue;
        }
        fact.other = hidden.contains(fact.other) ? "" : fact.other;
        left.push_back(fact);
    }
    return left;
}

TEST(ReleaseGateMap, IsTheMapThatWasNeverToldWhatIsHidden) {
    const std::vector<Reader> readers{
        {"IDN", {"ASEAN"}, "", true, {}},
        {"MYS", {"ASEAN"}, "", true, {}},
        {"IDN", {"ASEAN"}, "yard", false, {}},
        {}};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const std::vector<Fact> facts = random_facts(seed);
        const SupplyMap map = MapBuilder(facts).map();
        for (const Reader& reader : readers) {
            const SupplyMap expected = MapBuilder(without_hidden(facts, reader)).map();
            const Released<SupplyMap> view = ReleaseGate(reader, {}).see(map);
            ASSERT_EQ(text_of(*view), text_of(expected)) << seed << ' ' << reader.state;
        }
    }
}

TEST(ReleaseGateMap, AsksForNoMoreAlternativesThanTheReaderSees) {
    const std::vector<Fact> items{
        {Fact::Kind::item, "boat", "", -1, "public", 0},
        {Fact::Kind::item, "engine", "", -1, "public", 0},
        {Fact::Kind::item, "motor", "", 0, "", 0}};
    SupplyMap map = MapBuilder(items).map();
    map.groups.push_back({ItemIndex{0}, "drive", 2, model::Role::consumed, {}});
    map.needs.push_back({model::GroupIndex{0}, ItemIndex{1}, {}, {}, ProvenanceIndex{0}});
    map.needs.push_back({model::GroupIndex{0}, ItemIndex{2}, {}, {}, ProvenanceIndex{0}});
    const auto stranger = ReleaseGate({}, {}).see(map);
    ASSERT_EQ(stranger->groups.size(), 1U);
    EXPECT_EQ(stranger->groups[0].take, 1U);
    EXPECT_EQ(stranger->needs.size(), 1U);
    const auto owner = ReleaseGate({"IDN", {}, "", true, {}}, {}).see(map);
    EXPECT_EQ(owner->groups[0].take, 2U);
}

}  // namespace
}  // namespace adic::registry
