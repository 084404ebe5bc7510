#include "adic/ingest/remedies_reader.hpp"

#include "map_files.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using testing::Folder;
using testing::write_file;

constexpr std::string_view header =
    "remedy,kind,item,states,amount,limit,cost_musd,upkeep_musd,delay_weeks_low,delay_weeks,"
    "delay_weeks_high,replaced_by,without,payers,source,period,confidence,owner,release,note\n";
constexpr std::string_view said = ",judgement,2025,D,,public,\n";

const model::SupplyMap& sample() {
    static const model::SupplyMap map = [] {
        ImportReport report;
        return *read_map_package(ADIC_SOURCE_DIR "/data/sample", report);
    }();
    return map;
}

/// The remedies of a table with these rows, each without its provenance.
struct Read {
    explicit Read(const std::vector<std::string>& rows) {
        const Folder folder;
        std::string text(header);
        for (const std::string& row : rows) {
            text += row + std::string(said);
        }
        write_file(folder / "remedies.csv", text);
        remedies = *read_remedies(folder / "remedies.csv", sample(), report);
    }

    std::vector<std::string> rules() const {
        std::vector<std::string> ids;
        for (const Issue& issue : report.issues()) {
            ids.push_back(std::string(issue.rule) + " " + issue.column);
        }
        return ids;
    }

    ImportReport report;
    std::vector<Remedy> remedies;
};

StateIndex state(std::string_view id) {
    return *sample().states.find(id);
}

TEST(RemediesReader, ReadsWhatARemedyDoesAndWhoPays) {
    const Read read(
        {"store,stockpile,antimony,MYS;IDN,4,12,2,0.1,8,13,26,,,IDN:2;MYS",
         "lens,substitution,germanium-lens,,0.5,,7,0,39,52,78,chalcogenide-lens,,"}
    );
    EXPECT_THAT(read.rules(), ::testing::IsEmpty());
    ASSERT_EQ(read.remedies.size(), 2U);
    const Remedy& store = read.remedies[0];
    EXPECT_EQ(store.kind, RemedyKind::stockpile);
    EXPECT_EQ(store.states, (std::vector{state("IDN"), state("MYS")}));
    EXPECT_EQ(store.most, 3U);
    EXPECT_EQ(store.delay_weeks, *Estimate::create(8, 13, 26));
    ASSERT_EQ(store.payers.size(), 2U);
    EXPECT_EQ(store.payers[0].state, state("IDN"));
    EXPECT_EQ(store.payers[0].weight, 2.0);
    EXPECT_EQ(store.payers[1].weight, 1.0);
    EXPECT_NEAR(model::cost_over(store, 3).likely(), 2.3, 1e-12);
    EXPECT_EQ(model::describe(store, sample().items, 2).text, "8 weeks of antimony in store");
    const Remedy& lens = read.remedies[1];
    EXPECT_EQ(lens.most, 1U);
    EXPECT_EQ(lens.other, sample().items.find("chalcogenide-lens"));
    EXPECT_EQ(
        model::describe(lens, sample().items).text,
        "chalcogenide-lens for 50 % of germanium-lens"
    );
}

TEST(RemediesReader, TakesABlocAsItsMembers) {
    const Read read({"a,recycling,antimony,ASEAN,0.1,,2,0.1,0,0,0,,,"});
    ASSERT_EQ(read.remedies.size(), 1U);
    EXPECT_EQ(read.remedies[0].states.size(), 11U);
}

TEST(RemediesReader, ReportsEveryProblemAtOnce) {
    const Read read(
        {"a,stockpile,antimonny,IDN,4,,2,0,8,13,26,,,",
         "a,recycling,antimony,IDN,0.1,1.5,2,0,0,0,0,,,",
         "b,substitution,antimony,IDN,0.1,,2,0,0,0,0,,lead,",
         "c,redesign,starter-battery,IDN;IDN,0.5,,2,0,0,0,0,,gallium,",
         "d,capacity,antimony,XXX,0.1,0.05,-2,0,9,8,7,,,IDN:0"}
    );
    EXPECT_TRUE(read.remedies.empty());
    EXPECT_THAT(
        read.rules(),
        ::testing::UnorderedElementsAre(
            "MP-023 item",
            "MP-024 remedy",
            "MP-016 limit",
            "MP-013 replaced_by",
            "RM-001 without",
            "MP-028 states",
            "RM-001 without",
            "MP-023 states",
            "MP-016 cost_musd",
            "MP-019 delay_weeks",
            "MP-015 payers",
            "MP-016 limit"
        )
    );
}

TEST(RemediesReader, RefusesMorePurchasesThanAnybodyLooksAt) {
    const Read read({"a,stockpile,antimony,IDN,1,17,2,0,0,0,0,,,"});
    EXPECT_THAT(read.rules(), ::testing::ElementsAre("MP-016 limit"));
}

TEST(RemediesReader, ReadsTheSample) {
    ImportReport report;
    const auto remedies =
        read_remedies(ADIC_SOURCE_DIR "/data/remedies/sample.csv", sample(), report);
    ASSERT_TRUE(remedies);
    EXPECT_TRUE(report.issues().empty());
    EXPECT_EQ(remedies->size(), 24U);
    for (const Remedy& remedy : *remedies) {
        EXPECT_EQ(remedy.provenance.confidence, model::Confidence::d) << remedy.id;
        EXPECT_THAT(remedy.provenance.note, ::testing::StartsWith("illustrative: "));
    }
}

}  // namespace
}  // namespace adic::ingest
