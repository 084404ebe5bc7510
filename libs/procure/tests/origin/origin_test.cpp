#include "adic/procure/origin.hpp"

#include "adic/base/random.hpp"
#include "adic/procure/day.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

std::vector<OriginRule> shipped_rules() {
    ingest::ImportReport report;
    auto rules = read_origin_rules(ADIC_SOURCE_DIR "/data/procure/origin", report);
    EXPECT_TRUE(report.may_commit());
    return rules ? *rules : std::vector<OriginRule>{};
}

OriginRule rule_of(std::string_view id) {
    for (OriginRule& rule : shipped_rules()) {
        if (rule.id == id) {
            return rule;
        }
    }
    ADD_FAILURE() << "no rule " << id;
    return {};
}

CostedProduct product_of(const std::string& lines) {
    ingest::ImportReport report;
    auto products = parse_cost_lines(
        "product,producer,line,kind,origin,value,content,inside_value\n" + lines,
        "costs.csv",
        report
    );
    for (const ingest::Issue& issue : report.issues()) {
        ADD_FAILURE() << issue.row << ' ' << issue.column << ' ' << issue.message;
    }
    return products.empty() ? CostedProduct{} : products.front();
}

OriginVerdict judged(
    const CostedProduct& product,
    const OriginRule& rule,
    std::optional<std::string_view> day = {}
) {
    const auto verdict =
        judge_origin(product, rule, day ? parse_day(*day) : std::optional<std::chrono::sys_days>{});
    EXPECT_TRUE(static_cast<bool>(verdict));
    return verdict ? *verdict : OriginVerdict{};
}

// ASEAN Trade in Goods Agreement (2009), article 29. FOB 1000 and 560 of materials from outside:
// (1000 - 560) / 1000 = 0.44. 180 + 120 + 60 + 30 + 50 = 440 of 1000 = 0.44.
const std::string radio =
    "r,MYS,price,price,,1000,,\n"
    "r,MYS,boards,material,JPN,560,,\n"
    "r,MYS,case,material,VNM,180,,\n"
    "r,MYS,work,labour,,120,,\n"
    "r,MYS,plant,overhead,,60,,\n"
    "r,MYS,freight,other,,30,,\n"
    "r,MYS,profit,profit,,50,,\n";

TEST(Origin, BothMethodsGiveThePrintedExample) {
    for (const std::string_view id : {"RVC40-DOWN", "RVC40-UP"}) {
        const OriginVerdict verdict = judged(product_of(radio), rule_of(id));
        EXPECT_EQ(verdict.share, Fraction(11, 25)) << id;
        EXPECT_TRUE(verdict.is_kept);
        EXPECT_FALSE(verdict.remedy);
    }
}

TEST(Origin, TheThresholdIsKeptExactly) {
    struct Case {
        std::string_view outside;
        bool is_kept;
        Cents missing;
    };

    for (const Case& c : {Case{"600.00", true, 0}, Case{"600.01", false, 1}}) {
        const OriginVerdict verdict = judged(
            product_of(fmt::format("r,MYS,p,price,,1000,,\nr,MYS,m,material,USA,{},,\n", c.outside)
            ),
            rule_of("RVC40-DOWN")
        );
        EXPECT_EQ(verdict.is_kept, c.is_kept) << c.outside;
        EXPECT_EQ(verdict.missing, c.missing) << c.outside;
    }
    // A third of 65 % is not a decimal: 0.65 of 3 cents is 1.95, so two cents keep it.
    const CostedProduct small =
        product_of("r,MYS,a,material,THA,0.02,,\nr,MYS,b,material,USA,0.01,,\n");
    EXPECT_TRUE(judged(small, rule_of("PARTS65-PARTS")).is_kept);
    EXPECT_EQ(judged(small, rule_of("PARTS65-PARTS")).share, Fraction(2, 3));
}

// Article 30: a material that is originating counts whole; from 20 % of content on in proportion.
TEST(Origin, CumulatesAcrossStatesByContent) {
    struct Case {
        std::string_view origin;
        std::string_view content;
        Fraction inside;
    };

    for (const Case& c :
         {Case{"VNM", "", 100},
          Case{"VNM", "0.4", 100},
          Case{"VNM", "0.399999999", Fraction(399999999, 10000000)},
          Case{"VNM", "0.2", 20},
          Case{"VNM", "0.199999999", 0},
          Case{"TLS", "0.9", 0},
          Case{"USA", "0.9", 0}}) {
        const CostedProduct product = product_of(fmt::format(
            "r,MYS,m,material,{},1.00,{},\nr,MYS,w,labour,USA,1.00,,\n",
            c.origin,
            c.content
        ));
        EXPECT_EQ(judged(product, rule_of("RVC40-UP")).inside, c.inside) << c.origin << c.content;
        EXPECT_EQ(judged(product, rule_of("RVC40-DOWN")).inside, c.inside + 100)
            << "build-down looks at materials alone";
    }
}

TEST(Origin, TheEuropeanRuleHasTwoBases) {
    // 65 of parts from ASEAN, 35 from outside, 100 of labour: 65 % of parts, 32.5 % of the price.
    const CostedProduct product =
        product_of("r,MYS,a,material,THA,65,,\nr,MYS,b,material,USA,35,,\nr,MYS,w,labour,,100,,\n");
    EXPECT_TRUE(judged(product, rule_of("PARTS65-PARTS")).is_kept);
    EXPECT_EQ(judged(product, rule_of("PARTS65-PRICE")).share, Fraction(13, 40));
    const CostedProduct service = product_of("s,MYS,w,labour,,100,,\n");
    EXPECT_FALSE(static_cast<bool>(judge_origin(service, rule_of("PARTS65-PARTS"))));
}

// Law 16/2012 of Indonesia, article 43(5) f: 35 %, 10 points more every five years.
TEST(Origin, AThresholdRisesWithTheYears) {
    struct Case {
        std::string_view day;
        Fraction threshold;
    };

    const OriginRule rule = rule_of("LOCAL35-IDN");
    for (const Case& c :
         {Case{"2012-10-05", Fraction(7, 20)},
          Case{"2017-10-04", Fraction(7, 20)},
          Case{"2017-10-05", Fraction(9, 20)},
          Case{"2026-01-01", Fraction(11, 20)},
          Case{"2099-01-01", Fraction(1)}}) {
        EXPECT_EQ(threshold_on(rule, parse_day(c.day)), c.threshold) << c.day;
    }
    EXPECT_EQ(threshold_on(rule, std::nullopt), Fraction(7, 20));
    const CostedProduct product = product_of("b,IDN,w,labour,,45,,\nb,IDN,m,material,MYS,55,,\n");
    EXPECT_TRUE(judged(product, rule, "2020-01-01").is_kept);
    EXPECT_FALSE(judged(product, rule, "2023-01-01").is_kept);
    EXPECT_TRUE(judged(product, rule_of("LOCAL35-OWN")).is_kept);
}

TEST(Origin, FindsTheCheapestWayToKeepARule) {
    // 590 of 1000 may be missing; 800 are outside, so 200 and 0.6 of what it costs more are needed.
    const CostedProduct product = product_of(
        "r,MYS,a,material,USA,400,,425\n"  // 25 more: enough alone
        "r,MYS,b,material,USA,120,,130\n"  // 10 more
        "r,MYS,c,material,USA,100,,108\n"  // 8 more: b and c together are the cheapest
        "r,MYS,d,material,USA,180,,240\n"
        "r,MYS,w,labour,,200,,\n"
    );
    const OriginVerdict verdict = judged(product, rule_of("RVC40-DOWN"));
    EXPECT_EQ(verdict.missing, 20'000);
    ASSERT_TRUE(verdict.remedy);
    EXPECT_EQ(verdict.remedy->kind, OriginRemedy::Kind::cheapest);
    EXPECT_THAT(verdict.remedy->lines, testing::ElementsAre(1U, 2U));
    EXPECT_EQ(verdict.remedy->extra, 1'800);
    EXPECT_EQ(verdict.remedy->share, Fraction(438, 1018));
}

TEST(Origin, SaysWhatItTakesWithoutPricesAndWhatIsOutOfReach) {
    const CostedProduct product = product_of(
        "r,MYS,a,material,USA,300,,\nr,MYS,b,material,USA,250,,\nr,MYS,c,material,USA,150,,\n"
        "r,MYS,d,material,USA,100,,\nr,MYS,w,labour,,200,,\n"
    );
    const OriginVerdict verdict = judged(product, rule_of("RVC40-UP"));
    EXPECT_EQ(verdict.remedy->kind, OriginRemedy::Kind::fewest);
    EXPECT_THAT(verdict.remedy->lines, testing::ElementsAre(1U)) << "the smallest that suffices";
    EXPECT_EQ(verdict.remedy->share, Fraction(9, 20));
    const CostedProduct foreign =
        product_of("r,MYS,a,material,USA,10,,\nr,MYS,w,labour,USA,90,,\n");
    EXPECT_EQ(judged(foreign, rule_of("RVC40-UP")).remedy->kind, OriginRemedy::Kind::out_of_reach);
}

CostedProduct drawn_product(std::uint64_t seed) {
    RandomStream random(seed, 0);
    constexpr std::array<std::string_view, 4> states{"MYS", "THA", "USA", "JPN"};
    CostedProduct product{"p", "MYS", 0};
    for (std::uint64_t i = 0; i < 1 + random.below(9); ++i) {
        CostLine line;
        line.id = fmt::format("{}", i);
        line.kind = random.below(4) == 0 ? CostKind::labour : CostKind::material;
        line.origin = states[random.below(4)];
        line.value = 1 + static_cast<Cents>(random.below(1000));
        product.price += line.value;
        if (line.kind == CostKind::material) {
            if (random.below(3) == 0) {
                line.content = Fraction(random.below(11), 10);
            }
            if (i % 4 != 0 && (line.origin == "USA" || line.origin == "JPN")) {
                line.inside_value = line.value - std::min<Cents>(line.value - 1, 20)
                                    + static_cast<Cents>(random.below(400));
            }
        }
        product.lines.push_back(std::move(line));
    }
    return product;
}

/// The product with some lines bought inside, for what that costs.
CostedProduct switched(const CostedProduct& product, std::uint64_t set) {
    CostedProduct changed = product;
    for (std::size_t i = 0; i < changed.lines.size(); ++i) {
        CostLine& line = changed.lines[i];
        if ((set >> i & 1U) != 0) {
            changed.price += *line.inside_value - line.value;
            line.value = *line.inside_value;
            line.origin = "MYS";
            line.content = {};
        }
    }
    return changed;
}

/// Of each line: it has a price from inside, and to pay that brings the product nearer to the rule.
std::vector<bool> lines_that_help(const CostedProduct& product, const OriginRule& rule) {
    const auto lacking = [&](const CostedProduct& of) {
        const OriginVerdict verdict = judged(of, rule);
        return Fraction{verdict.threshold * verdict.base - verdict.inside};
    };
    std::vector<bool> helps;
    for (std::size_t i = 0; i < product.lines.size(); ++i) {
        helps.push_back(
            product.lines[i].inside_value
            && lacking(switched(product, std::uint64_t{1} << i)) < lacking(product)
        );
    }
    return helps;
}

TEST(Origin, NoSetOfLinesIsCheaperThanTheCheapest) {
    int priced = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const CostedProduct product = drawn_product(seed);
        for (const std::string_view id : {"RVC40-DOWN", "RVC40-UP", "PARTS65-PRICE"}) {
            const OriginRule rule = rule_of(id);
            const OriginVerdict verdict = judged(product, rule);
            if (verdict.is_kept) {
                continue;
            }
            const std::vector<bool> helps = lines_that_help(product, rule);
            std::optional<Cents> best;
            for (std::uint64_t set = 0; set < 1U << product.lines.size(); ++set) {
                bool is_possible = true;
                for (std::size_t i = 0; i < product.lines.size(); ++i) {
                    is_possible &= (set >> i & 1U) == 0 || helps[i];
                }
                const CostedProduct changed = is_possible ? switched(product, set) : product;
                if (judged(changed, rule).is_kept) {
                    const Cents extra = changed.price - product.price;
                    best = std::min(best.value_or(extra), extra);
                }
            }
            const OriginRemedy& remedy = *verdict.remedy;
            EXPECT_EQ(best.has_value(), remedy.kind == OriginRemedy::Kind::cheapest) << seed << id;
            if (best) {
                ++priced;
                std::uint64_t set = 0;
                for (const std::size_t line : remedy.lines) {
                    set |= std::uint64_t{1} << line;
                }
                const OriginVerdict after = judged(switched(product, set), rule);
                EXPECT_TRUE(after.is_kept) << seed << id;
                EXPECT_EQ(after.share, remedy.share);
                EXPECT_EQ(remedy.extra, *best) << seed << id;
            }
        }
    }
    EXPECT_GT(priced, 50);
}

TEST(Origin, TheMethodsAgreeWhereTheBooksBalance) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CostedProduct product = drawn_product(seed);
        for (CostLine& line : product.lines) {
            line.origin = line.kind == CostKind::material ? line.origin : "MYS";
        }
        EXPECT_EQ(
            judged(product, rule_of("RVC40-DOWN")).share,
            judged(product, rule_of("RVC40-UP")).share
        );
    }
}

TEST(Origin, SaysEverythingThatIsWrong) {
    ingest::ImportReport report;
    const auto products = parse_cost_lines(
        "product,producer,line,kind,origin,value,content,inside_value\n"
        "a,MYS,1,material,,1,,\n"
        "a,THA,1,material,USA,1,1.5,\n"
        "a,MYS,2,labour,,-1,0.5,\n"
        "a,MYS,3,price,,0,,\n"
        "a,MYS,4,price,,2,,\n"
        "a,MYS,5,magic,USA,2,,\n",
        "costs.csv",
        report
    );
    EXPECT_TRUE(products.empty());
    std::vector<std::string> columns;
    for (const ingest::Issue& issue : report.issues()) {
        columns.push_back(fmt::format("{} {}", issue.row, issue.column));
    }
    EXPECT_THAT(
        columns,
        testing::ElementsAre(
            "2 origin",
            "3 producer",
            "3 line",
            "3 content",
            "4 value",
            "4 kind",
            "5 value",
            "6 kind",
            "7 kind"
        )
    );
    ingest::ImportReport rules;
    EXPECT_TRUE(parse_origin_rules(
                    "rule,name,method,group,threshold,step,from,publisher,title,year,licence,"
                    "confidence\n"
                    "R,n,build-up,X,0.4,,2020-01-01,p,t,2020,l,A\n"
                    "R,n,sideways,own,2,0.1,2020-01-01,p,t,2020,l,A\n",
                    "group,state\nown,MYS\nA,THA\nA,THA\n",
                    rules
    )
                    .empty());
    EXPECT_EQ(rules.errors(), 7U);
}

}  // namespace
}  // namespace adic::procure
