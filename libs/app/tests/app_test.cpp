#include "adic/app/asked_tree.hpp"
#include "adic/app/brief.hpp"
#include "adic/app/explain.hpp"
#include "adic/app/failures.hpp"
#include "adic/app/list_items.hpp"
#include "adic/app/opened_map.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace adic::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The small map of the golden command lines.
const OpenedMap& harbour() {
    static const auto opened =
        *open_map(std::string(ADIC_SOURCE_DIR) + "/tests/golden/maps/harbour");
    return *opened;
}

std::vector<std::string> words_of(const std::vector<supply::FailureSubject>& subjects) {
    std::vector<std::string> words;
    for (const supply::FailureSubject& subject : subjects) {
        words.push_back(word_of(harbour().map(), subject));
    }
    return words;
}

TEST(OpenMap, SaysWhatIsWrongAndHowToSeeItAll) {
    const auto missing = open_map("nowhere");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    const auto broken = open_map(std::string(ADIC_SOURCE_DIR) + "/tests/golden/maps/broken");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(broken.error().message, HasSubstr("5 errors"));
    EXPECT_THAT(broken.error().message, HasSubstr("adic check"));
}

TEST(FindItem, TakesIdentifiersAndNamesInAnyCase) {
    const model::SupplyMap& map = harbour().map();
    for (const std::string_view text :
         {"rare-earths", "Rare earths", "RARE EARTHS", "Rare-Earths"}) {
        const auto item = find_item(map, text);
        ASSERT_TRUE(item) << text;
        EXPECT_EQ(map.items[*item].id, "rare-earths");
    }
    const auto unknown = find_item(map, "rare-earth");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("did you mean 'rare-earths'?"));
}

TEST(FindTargets, AreTheSystemsIfNoneIsNamed) {
    const auto targets = *find_targets(harbour().index(), {});
    std::vector<std::string> ids;
    for (const model::ItemIndex item : targets) {
        ids.push_back(harbour().map().items[item].id);
    }
    EXPECT_THAT(ids, ElementsAre("boat", "radio"));
    const std::vector<std::string> twice{"tin", "Tin"};
    EXPECT_EQ(find_targets(harbour().index(), twice)->size(), 1U);
}

TEST(FindViewpoints, TakesTheStandardOnesThatTheMapKnows) {
    std::vector<std::string> labels;
    const auto standard = *find_viewpoints(harbour().map(), "");
    for (const supply::Viewpoint& viewpoint : standard) {
        labels.push_back(viewpoint.label);
    }
    EXPECT_THAT(labels, ElementsAre("ASEAN", "IDN"));
    EXPECT_EQ(find_viewpoints(model::SupplyMap{}, "")->front().label, "nobody");
    EXPECT_FALSE(find_viewpoints(harbour().map(), "ASEAN,Atlantis"));
}

TEST(ParseFailures, ReadsBackTheWordsThatItWrites) {
    const model::SupplyMap& map = harbour().map();
    const auto subjects = *parse_failures(map, "CHN + northern-motors+magnet+gallium@CHN");
    EXPECT_THAT(words_of(subjects), ElementsAre("CHN", "northern-motors", "magnet", "gallium@CHN"));
    EXPECT_THAT(words_of(*parse_failures(map, "ASEAN")), ElementsAre("IDN", "MYS", "THA", "VNM"));
    for (const std::string_view wrong : {"", "CHM", "gallium@", "@CHN", "gallium@CHM", "CHN+"}) {
        EXPECT_FALSE(parse_failures(map, wrong)) << wrong;
    }
}

TEST(ListItems, CountsTiersFromTheSystems) {
    const auto answer = list_items(harbour().index(), {.words = {"RARE", "earth"}});
    ASSERT_EQ(answer.items.size(), 2U);
    EXPECT_EQ(answer.items[0].tier, 2U);  // boat, generator, magnet
    EXPECT_EQ(answer.items[1].tier, 3U);
    EXPECT_NEAR(answer.items[1].known_share, 0.69 + 0.12 + 0.04 + 0.02, 1e-12);
    EXPECT_EQ(answer.items_of_map, 14U);
}

TEST(Explain, IsAsSureAsItsWeakestLink) {
    const auto answer =
        *explain(harbour().index(), {.item = "boat", .without = "CHN", .inside = "ASEAN"});
    ASSERT_FALSE(answer.links.empty());
    EXPECT_EQ(answer.weakest, model::Confidence::d);
    const auto none =
        *explain(harbour().index(), {.item = "boat", .without = "USA", .inside = "ASEAN"});
    EXPECT_THAT(none.links, IsEmpty());
    EXPECT_FALSE(none.weakest);
}

TEST(AskedTree, HasAWordAndANameForEachEvent) {
    const auto nobody = *supply::parse_viewpoint(harbour().map(), "nobody");
    const auto asked = *tree_of_item(harbour().index(), nobody, "radio", {});
    EXPECT_EQ(asked.words.size(), asked.tree.events.size());
    EXPECT_EQ(asked.names.size(), asked.tree.events.size());
    EXPECT_FALSE(tree_of_item(harbour().index(), nobody, "submarine", {}));
    const auto read = tree_of_file(std::string(ADIC_SOURCE_DIR) + "/tests/golden/maps/barrere.xml");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->words.size(), 7U);
}

Brief brief_of(const OpenedMap& opened, const std::string& inside) {
    BriefRequest request;
    request.targets = *find_targets(opened.index(), {});
    request.viewpoints = *find_viewpoints(opened.map(), inside);
    request.options.draws = 20;
    return *make_brief(opened.index(), request);
}

TEST(Brief, DrawsEveryTargetOnceAndLeadsToBottlenecks) {
    const Brief brief = brief_of(harbour(), "ASEAN,IDN");
    ASSERT_EQ(brief.views.size(), 2U);
    EXPECT_EQ(std::ranges::count(brief.chain.nodes, true, &ChainNode::is_target), 2);
    EXPECT_EQ(brief.findings.size(), 3U);
    std::set<model::ItemIndex> items;
    for (const ChainNode& node : brief.chain.nodes) {
        EXPECT_TRUE(items.insert(node.item).second);
        EXPECT_LT(node.column, brief.chain.columns);
    }
    for (const ChainNode& node : brief.chain.nodes) {
        EXPECT_EQ(node.column == 0, node.is_target) << harbour().map().items[node.item].id;
    }
    for (const ChainLink& link : brief.chain.links) {
        EXPECT_LT(link.from, brief.chain.nodes.size());
        EXPECT_LT(link.to, brief.chain.nodes.size());
        EXPECT_NE(link.from, link.to);
    }
}

TEST(Brief, SaysOnWhichConfidenceEachFindingRests) {
    // One need of the harbour boat is judgement (D), and so are the hazards; all else is better.
    const Brief brief = brief_of(harbour(), "ASEAN,IDN");
    const auto explained =
        *explain(harbour().index(), {.item = "boat", .without = "CHN", .inside = "ASEAN"});
    ASSERT_TRUE(explained.weakest);
    EXPECT_GE(brief.findings[0].confidence, explained.weakest);
    for (const Finding& finding : brief.findings) {
        ASSERT_TRUE(finding.confidence) << finding.sentence;
        const std::string letter(1, model::letter(*finding.confidence));
        EXPECT_THAT(finding.basis, HasSubstr("(confidence " + letter + ")"));
    }
}

TEST(Brief, NeverPutsWhatIsNeededBeforeWhatNeedsIt) {
    const auto sample = *open_map(std::string(ADIC_SOURCE_DIR) + "/data/sample");
    const auto targets = *find_targets(sample->index(), {});
    const auto viewpoints = *find_viewpoints(sample->map(), "ASEAN");
    for (const model::ItemIndex target : targets) {
        BriefRequest request{{target}, viewpoints, {}};
        request.options.draws = 1;
        const Chain chain = make_brief(sample->index(), request)->chain;
        EXPECT_LE(chain.columns, 5U);
        for (const ChainNode& node : chain.nodes) {
            EXPECT_EQ(node.column == 0, node.is_target) << sample->map().items[node.item].id;
        }
    }
}

/// The names of the elements that are open at the end, and whether each end had its begin.
std::vector<std::string> unclosed(const std::string& page) {
    static const std::set<std::string>
        empty{"!DOCTYPE", "meta", "rect", "path", "circle", "line", "polyline", "polygon"};
    std::vector<std::string> open;
    for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
        const auto end = page.find_first_of(" >/", at + 2);
        const bool closes = page[at + 1] == '/';
        const std::string name = page.substr(at + (closes ? 2 : 1), end - at - (closes ? 2 : 1));
        if (!closes && !empty.contains(name)) {
            open.push_back(name);
        } else if (closes && (open.empty() || open.back() != name)) {
            return {"</" + name};
        } else if (closes) {
            open.pop_back();
        }
    }
    return open;
}

TEST(BriefHtml, IsWellFormedAndLoadsNothing) {
    const std::string page = to_html(harbour().map(), brief_of(harbour(), "ASEAN,IDN"));
    EXPECT_THAT(unclosed(page), IsEmpty());
    EXPECT_TRUE(is_utf8(page));
    EXPECT_THAT(page, testing::StartsWith("<!DOCTYPE html>"));
    for (const char* loads : {"<script", "src=", "href=", "@import", "http"}) {
        EXPECT_THAT(page, Not(HasSubstr(loads)));
    }
}

const std::vector<std::string> drone{"relief-drone"};

/// The sample's drone, and what happens to it.
Brief brief_of_drone(const OpenedMap& opened, const std::vector<std::string>& episodes) {
    const std::filesystem::path data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
    BriefRequest request;
    request.targets = *find_targets(opened.index(), drone);
    request.viewpoints = *find_viewpoints(opened.map(), "ASEAN,IDN");
    request.options.draws = 1;
    request.data = data;
    for (const std::string& name : episodes) {
        request.shocks.push_back({name, *find_scenario(data, name)});
    }
    return *make_brief(opened.index(), request);
}

TEST(Brief, FollowsTheItemsThroughEpisodesAsShockRunDoes) {
    const auto sample = *open_map(std::string(ADIC_SOURCE_DIR) + "/data/sample");
    const Brief brief = brief_of_drone(*sample, {"gallium-germanium-2023", "malacca-closure"});
    ASSERT_EQ(brief.shocks.size(), 2U);
    const BriefShock& gallium = brief.shocks[0];
    ShockMapRequest request;
    request.scenario = gallium.episode.scenario;
    request.targets = *find_targets(sample->index(), drone);
    request.viewpoint = brief.views.front().viewpoint;
    request.data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
    const ShockMapAnswer answer = *shock_map(sample->index(), request);
    EXPECT_EQ(gallium.answer.items[0].weeks_lost, answer.items[0].weeks_lost);
    EXPECT_EQ(gallium.answer.items[0].soonest_stop, answer.items[0].soonest_stop);
    EXPECT_EQ(gallium.command, "adic shock run gallium-germanium-2023 relief-drone --inside ASEAN");
    // Needs are judgement; so are some figures of the licences, none of which is worse.
    EXPECT_THAT(gallium.basis, HasSubstr("how hard and how long it hits"));
    EXPECT_THAT(gallium.basis, HasSubstr("(confidence D)"));
    EXPECT_THAT(brief.shocks[1].basis, HasSubstr("unverified statements (confidence E)"));
}

TEST(BriefHtml, ShowsWhatEpisodesDo) {
    const auto sample = *open_map(std::string(ADIC_SOURCE_DIR) + "/data/sample");
    const Brief brief = brief_of_drone(*sample, {"gallium-germanium-2023"});
    const std::string page = to_html(sample->map(), brief);
    EXPECT_THAT(unclosed(page), IsEmpty());
    for (const char* said :
         {"<h2>Gallium and germanium, 2023: licences for every export</h2>",
          "Followed for 157 weeks from 2023-07-03, with ASEAN inside.",
          "Small relief drone is not likely to stop; in the harsh course it does, from week 27.",
          "Lost are 34.7 weeks of normal output, at least 0.0, at most 80.7.",
          "<svg class=\"chart\"",
          "Licences for gallium and germanium</text>",
          "<b>Basis.</b> What needs what and how hard and how long it hits rest on judgement",
          "30 days of normal use of each input",
          "<b>Sources of the episode.</b> Announcement No. 23 of 2023"}) {
        EXPECT_THAT(page, HasSubstr(said));
    }
    EXPECT_THAT(page, Not(HasSubstr("http")));
}

TEST(BriefHtml, SaysOfAShockThatNothingStops) {
    const auto sample = *open_map(std::string(ADIC_SOURCE_DIR) + "/data/sample");
    Brief brief = brief_of_drone(*sample, {"red-sea-2023"});
    BriefShock& shock = brief.shocks[0];
    shock.answer.items[0].first_stopped = shock.answer.items[0].soonest_stop = std::nullopt;
    shock.answer.items[0].weeks_lost = Estimate::exactly(0);
    EXPECT_THAT(
        to_html(sample->map(), brief),
        HasSubstr("Small relief drone does not stop. Nothing is lost.")
    );
    shock.answer.items[0].first_stopped = 9;
    shock.answer.items[0].soonest_stop = 4;
    EXPECT_THAT(
        to_html(sample->map(), brief),
        HasSubstr("can no longer be made in sufficient numbers from week 10, and in the harsh "
                  "course from week 5.")
    );
}

TEST(Brief, RefusesAShockOfNothing) {
    const OpenedMap empty{model::SupplyMap{}};
    const std::filesystem::path data = std::filesystem::path(ADIC_SOURCE_DIR) / "data";
    BriefRequest request;
    request.viewpoints = *find_viewpoints(empty.map(), "");
    request.shocks = {{"graphite-2023", *find_scenario(data, "graphite-2023")}};
    const auto refused = make_brief(empty.index(), request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

TEST(BriefHtml, ShowsHostileNamesAsText) {
    const auto opened = *open_map(std::string(ADIC_SOURCE_DIR) + "/tests/golden/maps/hostile");
    const std::string page = to_html(opened->map(), brief_of(*opened, "nobody"));
    EXPECT_THAT(unclosed(page), IsEmpty());
    EXPECT_THAT(page, Not(HasSubstr("<b>&amp;")));
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, HasSubstr("&lt;b&gt;&amp;amp;"));
}

TEST(BriefHtml, StandsEvenForAnEmptyMap) {
    const OpenedMap empty{model::SupplyMap{}};
    const std::string page = to_html(empty.map(), brief_of(empty, ""));
    EXPECT_THAT(unclosed(page), IsEmpty());
    EXPECT_THAT(page, HasSubstr("The map has no items yet."));
}

}  // namespace
}  // namespace adic::app
