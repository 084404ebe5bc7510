#include "adic/app/changes.hpp"

#include "adic/app/project_rooms.hpp"
#include "adic/app/registry.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "place.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::app {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::official;
using testing::ElementsAre;
using testing::IsEmpty;

class Changes : public testing::Test {
  protected:
    void add(std::chrono::sys_seconds at, const std::string& type, const std::string& table) {
        AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = ADIC_SOURCE_DIR "/data";
        request.new_identifier = [] { return std::string("new"); };
        const auto added = add_records(*store_, request, {"MYS", "an officer", "new", at});
        ASSERT_TRUE(added && added->report.may_commit());
    }

    /// "MYS.radio 2": the record, and the hours after noon; a star where it is the first time.
    std::vector<std::string> seen(const std::string& reader, std::size_t most = 20) {
        EXPECT_FALSE(index_.refresh());
        const auto changes = changes_for(*store_, index_, official(reader), {noon, most});
        std::vector<std::string> all;
        for (const SeenChange& one : changes ? *changes : std::vector<SeenChange>{}) {
            const auto hours = std::chrono::duration_cast<std::chrono::hours>(one.at - noon);
            all.push_back(
                one.record.id + ' ' + std::to_string(hours.count()) + (one.is_first ? "*" : "")
            );
        }
        return all;
    }

    std::chrono::sys_seconds last(const std::string& reader, const std::string& id) {
        const auto at = last_change_for(*store_, official(reader), id);
        return at && *at ? **at : std::chrono::sys_seconds{};
    }

    registry::RecordStore& store() { return *store_; }

    registry::RecordIndex& index() { return index_; }

  private:
    test::ScratchFolder scratch_;
    std::unique_ptr<registry::RecordStore> store_ =
        *registry::open_sqlite_store(scratch_.path() / "registry.db");
    registry::RecordIndex index_{*store_};
};

constexpr const char* head = "id,name,kind,price,release,release.price\n";

TEST_F(Changes, AreThoseOfWhatTheReaderIsShownTheLatestFirst) {
    const std::string columns(head);
    add(noon + 1h, "product", columns + "radio,radio,item of supply,7,ASEAN,nobody\n");
    add(noon + 2h, "product", columns + "tent,tent,item of supply,7,ASEAN,\n");
    add(noon + 3h, "product", columns + "secret,secret,item of supply,7,nobody,\n");
    EXPECT_THAT(seen("SGP"), ElementsAre("MYS.tent 2*", "MYS.radio 1*"));
    EXPECT_THAT(seen("MYS"), ElementsAre("MYS.secret 3*", "MYS.tent 2*", "MYS.radio 1*"));
    add(noon + 4h, "product", columns + "radio,field radio,item of supply,7,ASEAN,nobody\n");
    EXPECT_THAT(seen("SGP"), ElementsAre("MYS.radio 4", "MYS.tent 2*"));
    EXPECT_THAT(seen("SGP", 1), ElementsAre("MYS.radio 4"));
    EXPECT_THAT(seen("SGP", 0), IsEmpty());
}

TEST_F(Changes, OfWhatIsNotShownAreNone) {
    const std::string columns(head);
    add(noon + 1h, "product", columns + "radio,radio,item of supply,7,ASEAN,nobody\n");
    add(noon + 2h, "product", columns + "tent,tent,item of supply,7,ASEAN,\n");
    for (int hour = 3; hour < 9; ++hour) {
        const std::string price = std::to_string(hour);
        add(noon + std::chrono::hours{hour},
            "product",
            columns + "radio,radio,item of supply," + price + ",ASEAN,nobody\n");
    }
    EXPECT_THAT(seen("SGP"), ElementsAre("MYS.tent 2*", "MYS.radio 1*"));
    EXPECT_THAT(seen("SGP", 1), ElementsAre("MYS.tent 2*")) << "hidden changes take no place";
    EXPECT_EQ(last("SGP", "MYS.radio"), noon + 1h);
    EXPECT_EQ(last("MYS", "MYS.radio"), noon + 8h);
    EXPECT_EQ(last("SGP", "MYS.none"), std::chrono::sys_seconds{});
}

/// Counts how often the past of a record is read, which is what takes time.
class StoreThatCounts : public registry::RecordStore {
  public:
    explicit StoreThatCounts(registry::RecordStore& store) : store_(store) {}

    std::optional<Error>
    write(std::span<const registry::RecordWrite> writes, std::chrono::sys_seconds at) override {
        return store_.write(writes, at);
    }

    Result<std::optional<model::RecordVersion>> latest(const std::string& id) const override {
        ++read;
        return store_.latest(id);
    }

    Result<std::vector<model::RecordVersion>> history(const std::string& id) const override {
        ++read;
        return store_.history(id);
    }

    std::optional<Error> scan(
        const registry::RecordFilter& filter,
        const std::function<bool(const model::RecordVersion&)>& visit
    ) const override {
        return store_.scan(filter, visit);
    }

    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t sequence, const model::RecordVersion&)>& visit
    ) const override {
        return store_.changes_since(sequence, visit);
    }

    mutable int read = 0;

  private:
    registry::RecordStore& store_;
};

TEST_F(Changes, OfWhatIsHiddenTakeNoTime) {
    const std::string columns(head);
    add(noon + 1h, "product", columns + "tent,tent,item of supply,7,ASEAN,\n");
    const auto reads = [&] {
        StoreThatCounts counting{store()};
        EXPECT_FALSE(index().refresh());
        EXPECT_TRUE(changes_for(counting, index(), official("SGP"), {noon, 20}));
        return counting.read;
    };
    const int before = reads();
    for (int hour = 2; hour < 9; ++hour) {
        const std::string id = "secret-" + std::to_string(hour);
        add(noon + std::chrono::hours{hour},
            "product",
            columns + id + ",secret,item of supply,7,nobody,\n");
    }
    EXPECT_EQ(reads(), before);
}

TEST_F(Changes, OfAProjectAreThoseOfAllThatIsShownOfIt) {
    add(noon + 1h, "project", "id,name,item,members,release\ncraft,craft,boat,MYS|PHL,ASEAN\n");
    const std::string columns("id,name,project,weight,release\n");
    add(noon + 2h, "requirement", columns + "range,range,MYS.craft,must,ASEAN\n");
    add(noon + 3h, "requirement", columns + "draught,draught,MYS.craft,must,PHL\n");
    const auto changed = [&](const char* reader) {
        const auto projects = list_projects(store(), official(reader));
        return projects && !projects->empty() ? projects->front().changed : std::nullopt;
    };
    EXPECT_EQ(changed("SGP"), noon + 2h);
    EXPECT_EQ(changed("PHL"), noon + 3h);
    const auto room = open_project(store(), official("SGP"), "MYS.craft");
    ASSERT_TRUE(room);
    EXPECT_EQ(room->project.changed, noon + 2h);
}

}  // namespace
}  // namespace adic::app
