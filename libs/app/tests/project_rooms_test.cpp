#include "adic/app/project_rooms.hpp"

#include "adic/app/project_shares.hpp"
#include "adic/app/registry.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "place.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using test::noon;
using test::official;
using testing::ElementsAre;
using testing::IsEmpty;

/// A registry in memory with tables added to it.
class Registry {
  public:
    Registry() : store_(*registry::open_sqlite_store(scratch_.path() / "registry.db")) {}

    /// How many records of the table were written.
    std::uint64_t add(const std::string& owner, const std::string& type, const std::string& table) {
        AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = ADIC_SOURCE_DIR "/data";
        request.new_identifier = [] { return std::string("new"); };
        const auto added = add_records(*store_, request, {owner, "an officer", "new", noon});
        return added ? added->added : 0;
    }

    registry::RecordStore& store() { return *store_; }

    ProjectRoom room(const std::string& reader) {
        auto room = open_project(*store_, official(reader), "MYS.craft");
        return room ? *std::move(room) : ProjectRoom{};
    }

  private:
    test::ScratchFolder scratch_;
    std::unique_ptr<registry::RecordStore> store_;
};

void fill(Registry& registry) {
    registry.add(
        "MYS",
        "project",
        "id,name,item,stage,members,release\ncraft,craft,boat,interest,MYS|PHL,ASEAN\n"
    );
    registry.add(
        "MYS",
        "participation",
        "id,project,wish,quantity,release\np,MYS.craft,joins,7,ASEAN\n"
    );
    registry.add(
        "PHL",
        "participation",
        "id,project,wish,quantity,release,release.quantity\n"
        "p,MYS.craft,joins,9,ASEAN,ASEAN:generalised;MYS\n"
    );
    registry.add(
        "MYS",
        "agreement",
        "id,name,project,kind,parties,release\n"
        "intent,intent,MYS.craft,letter of intent,MYS|PHL,ASEAN\n"
    );
    registry
        .add("PHL", "signature", "id,agreement,signed,release\ns,MYS.intent,2026-10-01,ASEAN\n");
    registry.add(
        "MYS",
        "requirement",
        "id,name,project,weight,value,release\nrange,range,MYS.craft,must,40 km,ASEAN\n"
    );
    registry.add(
        "PHL",
        "position",
        "id,requirement,answer,value,release\nsaid,MYS.range,needs a variant,60 km,MYS\n"
    );
    registry.add(
        "PHL",
        "rule",
        "id,name,stage,text,release\nr,local firms first,frame agreement,prefer them,ASEAN\n"
    );
}

TEST(ProjectRooms, PutTogetherWhatEachStateSaysForItself) {
    Registry registry;
    fill(registry);
    const ProjectRoom room = registry.room("MYS");
    const auto members = procure::members_of(room.project);
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(procure::quantity_of(members), (procure::Range{16, 16}));
    ASSERT_EQ(room.project.papers.size(), 1U);
    EXPECT_THAT(procure::missing_signatures(room.project.papers[0]), ElementsAre("MYS"));
    ASSERT_EQ(room.project.specification.size(), 1U);
    EXPECT_EQ(procure::gap_of(room.project.specification[0], members), procure::Gap::variant);
    ASSERT_EQ(room.rules.size(), 1U);
    EXPECT_EQ(room.rules[0].name, "local firms first");
}

TEST(ProjectRooms, ShowABandWhereTheNumberIsNotReleased) {
    Registry registry;
    fill(registry);
    const auto members = procure::members_of(registry.room("SGP").project);
    EXPECT_EQ(procure::quantity_of(members), (procure::Range{12, 17}));
}

TEST(ProjectRooms, ArePricedFromWhatTheReaderSees) {
    Registry registry;
    fill(registry);
    registry.add(
        "MYS",
        "project",
        "id,name,item,members,price_breaks,non_recurring,sharing_rule,release,"
        "release.non_recurring\n"
        "craft,craft,boat,MYS|PHL,1: 100|10: 90.5,1000,nucleolus,ASEAN,PHL\n"
    );
    const ProjectRoom room = registry.room("MYS");
    ASSERT_TRUE(room.project.terms);
    EXPECT_EQ(room.project.terms->prices->breaks.size(), 2U);
    EXPECT_EQ(shares_of(room.project).together, 16 * 9'050 + 100'000);
    EXPECT_EQ(shares_of(room.project).rule, "nucleolus");
    EXPECT_THAT(room.project.left_out, ElementsAre("coordination"));
    const ProjectRoom seen = registry.room("SGP");
    EXPECT_THAT(seen.project.left_out, ElementsAre("non-recurring cost", "coordination"));
    EXPECT_THAT(shares_of(seen.project).why_not, testing::HasSubstr("PHL"))
        << "it sees a band of what PHL takes";
}

TEST(ProjectRooms, ShowNothingOfWhatIsNotReleasedToTheReader) {
    Registry registry;
    fill(registry);
    const ProjectRoom room = registry.room("SGP");
    EXPECT_THAT(room.project.specification[0].positions, IsEmpty());
    Registry without;
    without.add("MYS", "project", "id,name,item,release\ncraft,craft,boat,MYS\n");
    Registry empty;
    EXPECT_EQ(
        open_project(without.store(), official("SGP"), "MYS.craft").error().message,
        open_project(empty.store(), official("SGP"), "MYS.craft").error().message
    );
    EXPECT_THAT(*list_projects(without.store(), official("SGP")), IsEmpty());
}

/// Who writes that another has signed, answered or joined, writes it of itself.
TEST(ProjectRooms, LetNoStateSpeakForAnother) {
    Registry registry;
    fill(registry);
    registry
        .add("SGP", "signature", "id,agreement,signed,release\ns,MYS.intent,2026-10-02,ASEAN\n");
    registry.add(
        "SGP",
        "requirement",
        "id,name,project,weight,value,release\nspeed,speed,MYS.craft,must,90 kn,ASEAN\n"
    );
    const ProjectRoom room = registry.room("MYS");
    EXPECT_THAT(procure::missing_signatures(room.project.papers[0]), ElementsAre("MYS"));
    EXPECT_EQ(room.project.specification.size(), 1U) << "the lead's lines alone";
}

TEST(ProjectRooms, TakeTheFirstOfTwoPartsOfAState) {
    Registry registry;
    fill(registry);
    registry.add(
        "PHL",
        "participation",
        "id,project,wish,quantity,release\nq,MYS.craft,leaves,1,ASEAN\n"
    );
    EXPECT_EQ(procure::members_of(registry.room("MYS").project).size(), 2U);
}

/// A reference leads to a record of the type that it is about.
TEST(ProjectRooms, DoNotTakeALineForAPaper) {
    Registry registry;
    fill(registry);
    registry.add("PHL", "signature", "id,agreement,signed,release\nx,MYS.range,2026-10-02,ASEAN\n");
    registry.add(
        "PHL",
        "position",
        "id,requirement,answer,release\nx,MYS.intent,cannot accept,ASEAN\n"
    );
    const ProjectRoom room = registry.room("MYS");
    EXPECT_EQ(room.project.papers[0].signatures.size(), 1U);
    EXPECT_EQ(room.project.specification[0].positions.size(), 1U);
}

TEST(ProjectRooms, AreInTheLogWithTheRecordsThatAreInThem) {
    test::Place place;
    auto log = place.open();
    const auto write = [&](const std::string& type, const std::string& table) {
        AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = ADIC_SOURCE_DIR "/data";
        request.new_identifier = [] { return std::string("new"); };
        return bool(add_records(*log, request, {"MYS", "an officer", "new", noon}));
    };
    ASSERT_TRUE(write("project", "id,name,item,release\ncraft,craft,boat,ASEAN\n"));
    ASSERT_TRUE(write("project", "id,name,item,release\nother,other,boat,ASEAN\n"));
    ASSERT_TRUE(open_project(*log, official("SGP"), "MYS.craft", {log.get(), "a clerk", noon}));
    std::vector<std::string> shown;
    for (const audit::Event& event : place.entries()) {
        if (event.kind == audit::EventKind::shown) {
            shown.push_back(event.record);
        }
    }
    EXPECT_THAT(shown, ElementsAre("MYS.craft"));
}

}  // namespace
}  // namespace adic::app
