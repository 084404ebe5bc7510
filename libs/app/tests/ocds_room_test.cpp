#include "adic/app/project_rooms.hpp"
#include "adic/app/registry.hpp"
#include "adic/base/random.hpp"
#include "adic/ingest/ocds_reader.hpp"
#include "adic/model/project_words.hpp"
#include "adic/registry/ocds_room_writer.hpp"
#include "adic/registry/release/gate.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "official_ocds.hpp"
#include "place.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace adic::app {
namespace {

using model::Record;
using nlohmann::json;
using registry::Released;
using registry::SeenRecord;
using test::noon;
using test::official;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::array<std::string_view, 4> states{"MYS", "PHL", "SGP", "VNM"};

/// What one state takes out of a file.
std::vector<Record>
records_of(const std::string& text, const std::string& owner, ingest::ImportReport& report) {
    ingest::RecordDefaults defaults;
    defaults.type = model::find_record_type("project");
    defaults.owner = owner;
    return ingest::parse_ocds(text, "room.json", defaults, report);
}

std::string room_for(const std::vector<Record>& records, const model::Reader& reader) {
    const registry::ReleaseGate gate{reader, [&](std::string_view id) {
                                         const auto found =
                                             std::ranges::find(records, id, &Record::id);
                                         return found == records.end() ? nullptr : &*found;
                                     }};
    std::vector<Released<std::vector<SeenRecord>>> seen;
    seen.push_back(gate.see_all(records));
    return registry::write_ocds_room(seen, "MYS.craft", {reader.state, noon}).value_or("");
}

/// Rooms at random, with what every state says in them.
class RandomRoom {
  public:
    explicit RandomRoom(std::uint64_t seed) : random_(seed, 3) {}

    std::vector<Record> records() {
        Record& project = add("project", "MYS", "MYS.craft");
        fill(project, "name");
        fill(project, "item");
        for (const std::string_view state : states) {
            if (random_.below(4) != 0) {
                add("participation", state, id(state));
                set("project", std::string("MYS.craft"));
                fill(records_.back(), "wish");
            }
        }
        for (std::uint64_t p = random_.below(7); p > 0; --p) {
            const std::string_view owner = states[random_.below(2)];
            const std::string paper = id(owner);
            add("agreement", owner, paper);
            set("project", std::string("MYS.craft"));
            if (!last_paper_.empty() && random_.below(2) == 0) {
                set("under", last_paper_);
            }
            last_paper_ = paper;
            fill(records_.back(), "name");
            fill(records_.back(), "kind");
            answers("signature", "agreement", "signed", paper);
        }
        for (std::uint64_t l = random_.below(4); l > 0; --l) {
            const std::string line = id("MYS");
            add("requirement", "MYS", line);
            set("project", std::string("MYS.craft"));
            fill(records_.back(), "name");
            answers("position", "requirement", "answer", line);
        }
        std::ranges::sort(records_, {}, &Record::id);
        return records_;
    }

  private:
    std::string id(std::string_view owner) {
        return std::string(owner) + ".r" + std::to_string(++words_);
    }

    /// A record with some of its fields filled in.
    Record& add(std::string_view type, std::string_view owner, const std::string& name) {
        Record record;
        record.id = name;
        record.type = model::find_record_type(type);
        record.owner = owner;
        record.fields.resize(record.type->fields.size());
        record.note = random_.below(3) == 0 ? word() : "";
        record.source = random_.below(3) == 0 ? word() : "";
        record.confidence = random_.below(2) == 0 ? model::Confidence::b : model::Confidence::e;
        records_.push_back(record);
        for (const model::FieldSpec& field : record.type->fields) {
            if (field.kind != model::FieldKind::reference && random_.below(3) != 0) {
                fill(records_.back(), field.key);
            }
        }
        return records_.back();
    }

    void answers(
        std::string_view type,
        std::string_view reference,
        std::string_view required,
        const std::string& of
    ) {
        for (const std::string_view state : states) {
            if (random_.below(2) == 0) {
                add(type, state, id(state));
                set(reference, of);
                fill(records_.back(), required);
            }
        }
    }

    void set(std::string_view field, model::FieldValue value) {
        Record& record = records_.back();
        record.fields[*record.type->find_field(field)] = std::move(value);
    }

    void fill(Record& record, std::string_view key) {
        const model::FieldSpec& field = record.type->fields[*record.type->find_field(key)];
        model::FieldValue& value = record.fields[*record.type->find_field(key)];
        if (field.takes_several) {
            value = field.kind == model::FieldKind::state ? model::Words{"MYS", "PHL"}
                                                          : model::Words{"1: 100", "10: 90.5"};
        } else if (field.kind == model::FieldKind::number) {
            value = key == "coordination" ? 0.25 : static_cast<double>(random_.below(9'999)) / 4;
        } else if (field.kind == model::FieldKind::date) {
            const std::uint64_t first = field.not_before.empty() ? 20'000 : 23'000;
            value = std::chrono::sys_days{std::chrono::days{first + random_.below(3'000)}};
        } else if (field.kind == model::FieldKind::choice) {
            value = std::string(field.choices[random_.below(field.choices.size())]);
        } else {
            value = word();
        }
    }

    /// No word is there twice, so that it can be looked for.
    std::string word() { return "word-" + std::to_string(++words_) + "."; }

    RandomStream random_;
    std::uint64_t words_ = 0;
    std::string last_paper_;
    std::vector<Record> records_;
};

/// Each state reads the file that was made for it: together they have the room again.
TEST(OcdsRoom, ComesBackAsTheSameRecordsOfEachState) {
    const test::OfficialOcds standard;
    std::size_t compared = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        std::vector<Record> records = RandomRoom(seed).records();
        for (Record& record : records) {
            ASSERT_THAT(model::problems_of(record), testing::IsEmpty()) << seed;
            record.policy.record = *model::parse_grants("ASEAN", {"ASEAN"});
        }
        std::vector<Record> again;
        for (const std::string_view state : states) {
            ingest::ImportReport report;
            const std::string package = room_for(records, official(std::string(state)));
            for (Record& record : records_of(package, std::string(state), report)) {
                again.push_back(std::move(record));
            }
            ASSERT_TRUE(report.may_commit()) << seed << package;
            if (seed % 8 == 0 && !json::parse(package)["releases"].empty()) {
                ASSERT_EQ(standard.problems_of(json::parse(package)), "") << seed;
            }
        }
        std::ranges::sort(again, {}, &Record::id);
        for (Record& record : records) {
            record.policy = {};
        }
        ASSERT_EQ(again.size(), records.size()) << seed;
        for (std::size_t r = 0; r < records.size(); ++r) {
            ASSERT_EQ(again[r], records[r]) << seed << ' ' << records[r].id;
            ++compared;
        }
    }
    EXPECT_GT(compared, 2'000U);
}

/// What is hidden is in no byte, and the same file is written without it.
TEST(OcdsRoom, HasTheSameBytesWhetherAHiddenRecordIsThereOrNot) {
    std::size_t hidden = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::vector<Record> records = RandomRoom(seed).records();
        std::vector<Record> without;
        RandomStream random(seed, 4);
        for (Record& record : records) {
            const bool is_hidden =
                record.type->key != "project" && record.owner != "SGP" && random.below(3) == 0;
            record.policy.record =
                is_hidden ? std::vector<model::Grant>{} : *model::parse_grants("ASEAN", {"ASEAN"});
            hidden += is_hidden ? 1U : 0U;
            if (!is_hidden) {
                without.push_back(record);
            }
        }
        // What refers to a hidden record is of it: the reader may see it, and finds no place.
        const std::string package = room_for(records, official("SGP"));
        for (const Record& record : records) {
            const bool is_hidden = record.policy.record.empty() && record.owner != "SGP";
            for (const model::FieldValue& value : record.fields) {
                const auto* text = std::get_if<std::string>(&value);
                if (is_hidden && text != nullptr && text->starts_with("word-")) {
                    ASSERT_THAT(package, Not(HasSubstr('"' + *text + '"'))) << seed;
                }
            }
        }
        ASSERT_EQ(package, room_for(without, official("SGP"))) << seed;
    }
    EXPECT_GT(hidden, 300U);
}

/// A registry with a small room that can be read by eye.
class OcdsRoomOf : public testing::Test {
  protected:
    OcdsRoomOf() {
        add("MYS",
            "project",
            "id,name,item,stage,members,release\n"
            "craft,Common craft,boat,call-offs,MYS|PHL,ASEAN\n");
        add("MYS", "participation", "id,project,wish,quantity,release\np,MYS.craft,joins,7,ASEAN\n"
        );
        add("PHL",
            "participation",
            "id,project,wish,quantity,release,release.quantity\n"
            "p,MYS.craft,joins,9,ASEAN,ASEAN:generalised;MYS\n");
        add("MYS",
            "agreement",
            "id,name,project,kind,parties,quantity,value,release\n"
            "intent,Letter,MYS.craft,letter of intent,MYS|PHL,,,ASEAN\n"
            "frame,Frame,MYS.craft,frame agreement,MYS|PHL,20,4000000,ASEAN\n");
        add("PHL",
            "agreement",
            "id,name,project,kind,parties,under,quantity,delivered,release\n"
            "first,First five,MYS.craft,call-off,PHL,MYS.frame,5,2026-10-30,ASEAN\n");
        add("PHL", "signature", "id,agreement,signed,release\ns,PHL.first,2026-10-01,ASEAN\n");
    }

    std::uint64_t add(const std::string& owner, const std::string& type, const std::string& table) {
        AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = ADIC_SOURCE_DIR "/data";
        request.new_identifier = [] { return std::string("new"); };
        const auto added = add_records(*store_, request, {owner, "an officer", "new", noon});
        EXPECT_TRUE(added) << (added ? "" : added.error().message);
        return added ? added->added : 0;
    }

    Result<std::string> exported(const std::string& reader) {
        return export_project(*store_, official(reader), reader, "MYS.craft", noon);
    }

    json release(const std::string& reader) {
        return json::parse(*exported(reader))["releases"][0];
    }

    test::ScratchFolder scratch_;
    std::unique_ptr<registry::RecordStore> store_ =
        *registry::open_sqlite_store(scratch_.path() / "registry.db");
};

TEST_F(OcdsRoomOf, StandsWhereANationalSystemLooksForIt) {
    const json release = this->release("MYS");
    EXPECT_EQ(release["ocid"], "MYS.craft");
    EXPECT_EQ(release["tag"], json::array({"contract"}));
    EXPECT_EQ(release["tender"]["procuringEntity"]["id"], "MYS");
    EXPECT_EQ(release["parties"][0]["roles"], json::array({"buyer", "procuringEntity"}));
    EXPECT_EQ(release["parties"][1]["roles"], json::array({"buyer"}));
    EXPECT_EQ(test::OfficialOcds().problems_of(json::parse(*exported("MYS"))), "");
    const json& item = release["tender"]["items"][0];
    EXPECT_EQ(item["quantity"], 16);
    EXPECT_EQ(item["adic_buyerQuantities"][1]["buyer"]["id"], "PHL");
    EXPECT_EQ(item["adic_buyerQuantities"][1]["quantity"], 9);
    EXPECT_EQ(release["planning"]["documents"][0]["documentType"], "letterOfIntent");
    EXPECT_EQ(release["awards"][0]["value"], json({{"amount", 4'000'000}, {"currency", "USD"}}));
    EXPECT_EQ(release["awards"][0]["status"], "pending");
    const json& contract = release["contracts"][0];
    EXPECT_EQ(contract["awardID"], "MYS.frame");
    EXPECT_EQ(contract["items"][0]["adic_buyerQuantities"][0]["buyer"]["id"], "PHL");
    EXPECT_EQ(contract["status"], "terminated") << "signed by its party, and delivered";
    EXPECT_EQ(contract["implementation"]["milestones"][0]["dateMet"], "2026-10-30T00:00:00Z");
}

TEST_F(OcdsRoomOf, ShowsNoSumOfWhatIsShownAsABand) {
    const json release = this->release("SGP");
    const json& item = release["tender"]["items"][0];
    EXPECT_FALSE(item.contains("quantity"));
    EXPECT_EQ(item["adic_buyerQuantities"][1]["adic_generalised"]["quantity"], "5 to 10");
    EXPECT_FALSE(item["adic_buyerQuantities"][1].contains("quantity"));
}

TEST_F(OcdsRoomOf, ShowsNoSumWithoutEveryMember) {
    add("MYS",
        "project",
        "id,name,item,stage,members,release\n"
        "craft,Common craft,boat,call-offs,MYS|PHL|VNM,ASEAN\n");
    EXPECT_FALSE(release("MYS")["tender"]["items"][0].contains("quantity")) << "nothing of VNM";
    add("VNM", "participation", "id,project,wish,quantity,release\np,MYS.craft,joins,4,nobody\n");
    EXPECT_FALSE(release("MYS")["tender"]["items"][0].contains("quantity")) << "hidden by VNM";
    EXPECT_FALSE(release("VNM")["tender"]["items"][0].contains("quantity")) << "9 is a band";
    add("VNM", "participation", "id,project,wish,quantity,release\np,MYS.craft,joins,4,ASEAN\n");
    EXPECT_EQ(release("MYS")["tender"]["items"][0]["quantity"], 20);
}

TEST_F(OcdsRoomOf, ChangesNothingWhenItsOwnerReadsIt) {
    EXPECT_EQ(add("PHL", "project", *exported("PHL")), 0U);
    EXPECT_EQ(add("MYS", "project", *exported("MYS")), 0U);
}

TEST_F(OcdsRoomOf, IsRefusedIfItWasMadeForAnother) {
    ingest::ImportReport report;
    EXPECT_TRUE(records_of(*exported("SGP"), "PHL", report).empty());
    EXPECT_FALSE(report.may_commit());
}

TEST_F(OcdsRoomOf, IsNotThereForWhoSeesNoProject) {
    const auto nothing = export_project(*store_, official("SGP"), "SGP", "MYS.other", noon);
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().message, "there is no project 'MYS.other'");
}

/// A file of a national system, which knows nothing of our identifiers.
TEST(OcdsRoom, TakesTheOwnersQuantityOutOfAForeignFile) {
    const std::string text = R"({"releases":[{"ocid":"ocds-1","tender":{"title":"Craft","items":[
        {"id":"1","description":"boat","adic_buyerQuantities":[
            {"buyer":{"id":"B-1"},"quantity":4},{"buyer":{"id":"PHL"},"quantity":5}]}]},
        "parties":[{"id":"B-1","adic_state":"MYS"}],
        "contracts":[{"id":"1","title":"Two","items":[{"id":"1","quantity":2}],
            "value":{"amount":5,"currency":"USD"},
            "implementation":{"milestones":[{"type":"delivery","dateMet":"2026-02-01"}]}}]}]})";
    ingest::ImportReport report;
    const std::vector<Record> records = records_of(text, "MYS", report);
    ASSERT_TRUE(report.may_commit());
    std::vector<std::string> ids;
    for (const Record& record : records) {
        ids.push_back(record.id);
    }
    EXPECT_THAT(
        ids,
        ElementsAre("MYS.ocds-1", "MYS.ocds-1/adic_buyerQuantities/MYS", "MYS.ocds-1/contracts/1")
    );
    const auto value = [&](std::size_t r, std::string_view field) {
        return records[r].fields[*records[r].type->find_field(field)];
    };
    EXPECT_EQ(value(1, "quantity"), model::FieldValue(4.0));
    EXPECT_EQ(value(1, "wish"), model::FieldValue(std::string("joins")));
    EXPECT_EQ(value(2, "quantity"), model::FieldValue(2.0));
    EXPECT_EQ(
        value(2, "delivered"),
        model::FieldValue(std::chrono::sys_days{std::chrono::year{2026} / 2 / 1})
    );
}

TEST(OcdsRoom, TakesNoMoneyInAnotherCurrency) {
    ingest::ImportReport report;
    const std::string text =
        R"({"ocid":"ocds-1","tender":{"title":"Craft","items":[{"description":"boat"}]},
        "awards":[{"id":"1","title":"Frame","value":{"amount":5,"currency":"MYR"}}]})";
    EXPECT_TRUE(records_of(text, "MYS", report).empty());
    ASSERT_EQ(report.errors(), 1U);
    EXPECT_THAT(report.issues().front().message, HasSubstr("USD"));
}

}  // namespace
}  // namespace adic::app
