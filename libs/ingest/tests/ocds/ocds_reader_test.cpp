#include "adic/ingest/ocds_reader.hpp"

#include "adic/base/random.hpp"
#include "adic/model/provenance.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::ingest {
namespace {

using model::FieldValue;
using model::Record;
using model::Words;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

RecordDefaults defaults() {
    RecordDefaults made;
    made.owner = "MYS";
    return made;
}

struct Read {
    std::vector<Record> records;
    ImportReport report;

    const Record& record(std::string_view id) const {
        const auto found = std::ranges::find(records, id, &Record::id);
        if (found == records.end()) {
            throw std::logic_error("no record " + std::string(id));
        }
        return *found;
    }

    FieldValue value(std::string_view id, std::string_view field) const {
        const Record& of = record(id);
        return of.fields[*of.type->find_field(field)];
    }

    /// "OC-002 /releases/0/tender/value/amount".
    std::vector<std::string> issues(Severity severity) const {
        std::vector<std::string> texts;
        for (const Issue& issue : report.issues()) {
            if (issue.severity == severity) {
                texts.push_back(std::string(issue.rule) + " " + issue.column);
            }
        }
        return texts;
    }

    std::vector<std::string> errors() const { return issues(Severity::error); }

    std::vector<std::string> warnings() const { return issues(Severity::warning); }
};

Read read(std::string_view text) {
    Read made;
    made.records = parse_ocds(text, "file.json", defaults(), made.report);
    return made;
}

Read read_release(const std::string& members) {
    return read(
        R"({"releases": [{"ocid": "ocds-1-a", "date": "2026-01-05T00:00:00Z", )" + members + "}]}"
    );
}

TEST(ReadOcds, GivesEachThingItsRecord) {
    Read file;
    file.records =
        *read_ocds(ADIC_SOURCE_DIR "/tests/golden/maps/ocds/tender.json", defaults(), file.report);
    EXPECT_THAT(file.errors(), IsEmpty());
    EXPECT_THAT(file.records, SizeIs(5));
    const std::string id = "MYS.ocds-213czf-radio-7";
    const auto day = [](std::chrono::sys_days value) { return FieldValue{value}; };
    const auto text = [](std::string value) { return FieldValue{std::move(value)}; };
    EXPECT_EQ(file.value(id, "name"), text("Field radios"));
    EXPECT_EQ(file.value(id, "ocid"), text("ocds-213czf-radio-7"));
    EXPECT_EQ(file.value(id, "stage"), text("contract"));
    EXPECT_EQ(file.value(id, "status"), text("complete")) << "the later release says so";
    EXPECT_EQ(file.value(id, "buyer"), text("Navy stores"));
    EXPECT_EQ(file.value(id, "buyer_id"), text("MY-NAVY"));
    EXPECT_EQ(file.value(id, "method"), text("open"));
    EXPECT_EQ(file.value(id, "budget"), FieldValue{900000.0});
    EXPECT_EQ(file.value(id, "value"), FieldValue{850000.5});
    EXPECT_EQ(file.value(id, "currency"), text("MYR"));
    EXPECT_EQ(file.value(id, "tender_until"), day(2026y / 2 / 20));
    EXPECT_EQ(file.value(id, "published"), day(2026y / 3 / 1));
    const Words codes{"HS:852560", "UNSPSC:43191510"};
    EXPECT_EQ(file.value(id + "/items/1", "codes"), FieldValue{codes});
    EXPECT_EQ(file.value(id + "/items/1", "quantity"), FieldValue{120.0});
    EXPECT_EQ(file.value(id + "/items/1", "unit_price"), FieldValue{6500.0});
    EXPECT_EQ(file.value(id + "/items/2", "lot"), text("B"));
    EXPECT_EQ(file.value(id + "/items/2", "procurement"), text(id));
    EXPECT_EQ(file.value(id + "/awards/A1", "suppliers"), FieldValue{Words{"Acme Radios Sdn Bhd"}});
    EXPECT_EQ(file.value(id + "/awards/A1", "supplier_ids"), FieldValue{Words{"MY-SSM-1"}});
    EXPECT_EQ(file.value(id + "/contracts/C1", "award"), text("A1"));
    EXPECT_EQ(file.value(id + "/contracts/C1", "ends"), day(2027y / 3 / 31));
    EXPECT_THAT(file.record(id).source, HasSubstr("Procurement office of the harbour"));
    for (const Record& record : file.records) {
        EXPECT_EQ(record.owner, "MYS");
        EXPECT_THAT(record.policy.record, IsEmpty());
        EXPECT_THAT(model::problems_of(record), IsEmpty());
    }
}

TEST(ReadOcds, KeepsForTheOwnerAloneWhatNoFieldTakes) {
    const Read file = read_release(
        R"("language": "ms", "tender": {"id": "t", "title": "Boats", "documents": [{"id": "x"}]},
           "awards": [{"id": "1", "suppliers": [{"id": "s", "name": "Yard"}], "amendments": [{"id": "z"}]}],
           "parties": [{"id": "s", "name": "Yard", "roles": ["supplier"], "details": {"scale": "sme"}}])"
    );
    EXPECT_THAT(file.errors(), IsEmpty());
    EXPECT_THAT(
        file.warnings(),
        ElementsAre(
            "OC-006 awards/*/amendments",
            "OC-006 awards/*/parties",
            "OC-006 language",
            "OC-006 tender/documents",
            "OC-006 tender/id"
        )
    );
    const Words kept{R"({"language":"ms","tender":{"documents":[{"id":"x"}],"id":"t"}})"};
    EXPECT_EQ(file.value("MYS.ocds-1-a", "more"), FieldValue{kept});
    // What is known of the supplier goes with the award, for whoever may see that.
    const auto of_award = file.value("MYS.ocds-1-a/awards/1", "more");
    EXPECT_THAT(std::get<Words>(of_award).front(), HasSubstr("sme"));
    const std::vector<model::FieldRelease> nobody{{"more", {}}};
    EXPECT_EQ(file.record("MYS.ocds-1-a").policy.fields, nobody);
}

TEST(ReadOcds, KeepsTheHourBesideTheDay) {
    const Read file =
        read_release(R"("tender": {"tenderPeriod": {"endDate": "2026-02-20T17:00:00+08:00"}})");
    EXPECT_THAT(file.warnings(), IsEmpty());
    EXPECT_EQ(
        file.value("MYS.ocds-1-a", "tender_until"),
        FieldValue{std::chrono::sys_days{2026y / 2 / 20}}
    );
    const Words kept{R"({"tender":{"tenderPeriod":{"endDate":"2026-02-20T17:00:00+08:00"}}})"};
    EXPECT_EQ(file.value("MYS.ocds-1-a", "more"), FieldValue{kept});
}

TEST(ReadOcds, KeepsLongRestsInSeveralParts) {
    const std::string text(30'000, 'x');
    const Read file = read_release(R"("note": "a | b )" + text + R"(")");
    const Words parts = std::get<Words>(file.value("MYS.ocds-1-a", "more"));
    EXPECT_EQ(parts.size(), 4U);
    std::string joined;
    for (const std::string& part : parts) {
        EXPECT_NE(part.front(), ' ');
        EXPECT_NE(part.back(), ' ');
        EXPECT_EQ(part.find('|'), std::string::npos) << "values are parted by it in tables";
        joined += part;
    }
    EXPECT_EQ(joined, R"({"note":"a \u007c b )" + text + R"("})");
}

TEST(ReadOcds, MergesReleasesInTheOrderOfTheirDates) {
    const Read file = read(R"({"releases": [
        {"ocid": "p", "date": "2026-03-01T00:00:00Z", "tag": ["award"], "tender": {"title": null, "status": "complete",
          "items": [{"id": "2", "quantity": 5}, {"id": "3", "quantity": 1}]}},
        {"ocid": "p", "date": "2026-01-01T00:00:00Z", "tag": ["tender"], "tender": {"title": "Old", "status": "active",
          "items": [{"id": "1", "quantity": 1}, {"id": "2", "quantity": 2, "unit": {"name": "box"}}]}}
    ]})");
    EXPECT_THAT(file.errors(), IsEmpty());
    EXPECT_THAT(file.records, SizeIs(4));
    EXPECT_EQ(file.value("MYS.p", "name"), FieldValue{}) << "null takes it away";
    EXPECT_EQ(file.value("MYS.p", "status"), FieldValue{std::string("complete")});
    EXPECT_EQ(file.value("MYS.p", "stage"), FieldValue{std::string("award")});
    EXPECT_EQ(file.value("MYS.p/items/2", "quantity"), FieldValue{5.0});
    EXPECT_EQ(file.value("MYS.p/items/2", "unit"), FieldValue{std::string("box")});
    EXPECT_EQ(file.value("MYS.p/items/1", "quantity"), FieldValue{1.0});
}

TEST(ReadOcds, TakesRecordPackagesAndSingleReleases) {
    const Read compiled = read(R"({"version": "1.1", "records": [{"ocid": "p",
        "compiledRelease": {"ocid": "p", "tag": ["compiled"], "contracts": [{"id": 7, "awardID": 2}]},
        "releases": [{"url": "https://example.org/1"}]}]})");
    EXPECT_THAT(compiled.errors(), IsEmpty());
    EXPECT_THAT(compiled.warnings(), ElementsAre("OC-007 /records/0"));
    EXPECT_EQ(compiled.value("MYS.p", "stage"), FieldValue{std::string("contract")});
    EXPECT_EQ(compiled.value("MYS.p/contracts/7", "award"), FieldValue{std::string("2")});
    EXPECT_THAT(
        read(R"({"records": [{"ocid": "p", "releases": [{"ocid": "p"}]}]})").records,
        SizeIs(1)
    );
    EXPECT_THAT(read(R"({"ocid": "p", "tender": {"id": "p"}})").records, SizeIs(1));
    EXPECT_THAT(
        read(R"({"records": [{"ocid": "p", "releases": [{"url": "https://example.org/1"}]}]})")
            .errors(),
        ElementsAre("OC-001 /records/0")
    );
    EXPECT_THAT(
        read(R"({"records": [{"ocid": "p", "releases": []}, {"ocid": "p", "releases": []}]})")
            .errors(),
        ElementsAre("OC-005 /records/1/ocid")
    );
}

TEST(ReadOcds, SaysAllThatIsWrongAndWhere) {
    const Read file = read(R"({"releases": [
  {"ocid": "a", "tender": {"status": "open", "value": {"amount": "5"}, "items": [{"id": "1"}, {"id": "1"}, {}]}},
  {"ocid": "b", "date": "soon", "awards": {}, "contracts": [{"id": "c", "dateSigned": "2026-02-30T00:00:00Z"}]},
  {"tender": {}},
  5,
  {"ocid": "c", "tender": {"items": [{"id": "1", "classification": {"scheme": "HS"}}]},
   "awards": [{"id": "1", "suppliers": [{}]}]}
]})");
    EXPECT_THAT(file.records, IsEmpty()) << "all or none";
    EXPECT_THAT(
        file.errors(),
        testing::UnorderedElementsAre(
            "OC-002 /releases/3",
            "OC-003 /releases/2/ocid",
            "OC-005 /releases/0/tender/items/1/id",
            "OC-003 /releases/0/tender/items/2/id",
            "OC-004 /releases/0/tender/status",
            "OC-002 /releases/0/tender/value/amount",
            "OC-002 /releases/1/awards",
            "OC-002 /releases/1/date",
            "OC-002 /releases/1/contracts/0/dateSigned",
            "OC-002 /releases/4/tender/items/0/classification",
            "OC-003 /releases/4/awards/0/suppliers/0"
        )
    );
    EXPECT_EQ(file.report.issues().front().row, 2U) << "in the order of the lines";
    EXPECT_EQ(file.report.issues().back().row, 7U);
}

TEST(ReadOcds, RefusesWhatIsNoReleaseOrTooMuch) {
    EXPECT_THAT(read("{").errors(), ElementsAre("OC-001 "));
    EXPECT_THAT(read("[]").errors(), ElementsAre("OC-001 "));
    EXPECT_THAT(read("{}").errors(), ElementsAre("OC-001 "));
    EXPECT_THAT(read(R"({"releases": 1})").errors(), ElementsAre("OC-001 /releases"));
    const std::string deep(40, '[');
    const std::string nested = R"({"ocid": "a", "x": )" + deep + std::string(40, ']') + "}";
    EXPECT_THAT(read(nested).errors(), SizeIs(1));
    EXPECT_THAT(read(std::string(largest_ocds + 1, ' ')).errors(), SizeIs(1));
    EXPECT_THAT(read(R"({"ocid": "a", "ocid": "b"})").errors(), ElementsAre("OC-005 "));
    EXPECT_THAT(read(R"({"ocid": "a b"})").errors(), ElementsAre("OC-003 /ocid"));
    EXPECT_THAT(
        read(R"({"ocid": "a", "tender": {"value": {"amount": 9007199254740993}}})").errors(),
        ElementsAre("OC-002 /tender/value/amount")
    );
}

TEST(ReadOcds, TakesWhatOurExtensionSays) {
    const Read file = read(R"({"adic_releasedTo": "SGP", "publisher": {"name": "IDN"}, "releases": [
        {"ocid": "p", "adic_owner": "IDN", "adic_confidence": "B", "adic_source": "gazette", "adic_period": "2026",
         "adic_note": "late", "buyer": {"id": "b", "name": "Navy"},
         "parties": [{"id": "b", "name": "Navy", "roles": ["buyer"], "adic_state": "MYS"}]}]})");
    EXPECT_THAT(file.warnings(), ElementsAre("OC-007 /releases/0/adic_owner"));
    const Record& record = file.record("MYS.p");
    EXPECT_EQ(record.confidence, model::Confidence::b);
    EXPECT_EQ(record.source, "gazette");
    EXPECT_EQ(record.note, "late");
    EXPECT_EQ(record.period, *model::parse_period("2026"));
    EXPECT_EQ(file.value("MYS.p", "more"), FieldValue{}) << "the party says no more than the buyer";
    EXPECT_THAT(
        read(R"({"ocid": "p", "adic_confidence": "Z", "adic_period": "x"})").errors(),
        SizeIs(2)
    );
}

/// Releases of five processes, of which each may have several, with days that order them.
std::vector<std::string> drawn_releases(RandomStream& random) {
    std::vector<std::string> releases;
    for (std::uint64_t r = 0; r < 12; ++r) {
        releases.push_back(
            R"({"ocid":"ocds-1-)" + std::to_string(random.below(5)) + R"(","date":"2026-01-)"
            + std::to_string(10 + r) + R"(T00:00:00Z","language":"en","tender":{"id":"t","title":")"
            + std::to_string(random.below(9)) + R"(","items":[{"id":")"
            + std::to_string(random.below(3)) + R"(","quantity":)" + std::to_string(r) + "}]}}"
        );
    }
    return releases;
}

/// Each line a release, or a package of the next few.
std::string as_lines(const std::vector<std::string>& releases, RandomStream& random) {
    std::string text;
    for (std::size_t r = 0; r < releases.size();) {
        std::size_t count = random.below(4);
        if (count == 0) {
            text += releases[r++] + "\n";
            continue;
        }
        std::string list;
        for (; count > 0 && r < releases.size(); --count) {
            list += (list.empty() ? "" : ",") + releases[r++];
        }
        text += R"({"releases":[)" + list + "]}\r\n\n";
    }
    return text;
}

TEST(OcdsLines, SayWhatOnePackageOfTheirReleasesSays) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random(seed, 0);
        std::vector<std::string> releases = drawn_releases(random);
        std::string package;
        for (const std::string& release : releases) {
            package += (package.empty() ? R"({"releases":[)" : ",") + release;
        }
        for (std::size_t r = releases.size(); r > 1; --r) {
            std::swap(releases[r - 1], releases[random.below(r)]);
        }
        const Read lines = read(as_lines(releases, random));
        const Read whole = read(package + "]}");
        ASSERT_TRUE(whole.report.may_commit()) << package;
        EXPECT_EQ(lines.errors(), whole.errors()) << seed;
        EXPECT_EQ(lines.records, whole.records) << seed;
        EXPECT_EQ(lines.warnings(), whole.warnings()) << seed;
    }
}

TEST(OcdsLines, SayTheLineOfEveryError) {
    const Read made = read(R"({"ocid":"a","date":"2026-01-01T00:00:00Z"})"
                           "\n"
                           R"({"ocid":"b","date":"yesterday"})"
                           "\n\n"
                           "{\"ocid\":\n"
                           R"({"releases":[{"ocid":"c","awards":[{"title":"x"}]}]})"
                           "\n"
                           R"({"ocid":"a","date":7})"
                           "\n"
                           R"({"ocid":"d","ocid":"e"})"
                           "\n"
                           "[1]\n");
    std::vector<std::string> said;
    for (const Issue& issue : made.report.issues()) {
        if (issue.severity == Severity::error) {
            said.push_back(std::to_string(issue.row) + " " + issue.column);
        }
    }
    EXPECT_THAT(
        said,
        ElementsAre("2 /date", "4 ", "5 /releases/0/awards/0/id", "6 /date", "7 ", "8 ")
    );
    EXPECT_THAT(made.records, IsEmpty());
}

TEST(OcdsLines, TakeARecordOfARecordPackageOnceInTheFile) {
    const std::string one = R"({"records":[{"ocid":"a","compiledRelease":{"ocid":"a"}},)"
                            R"({"ocid":"b","compiledRelease":{"ocid":"b"}}]})";
    const std::string other = R"({"records":[{"ocid":"c","compiledRelease":{"ocid":"c"}}]})";
    EXPECT_THAT(read(one + "\n" + other).records, SizeIs(3));
    const Read twice = read(one + "\n" + other + "\n" + other);
    EXPECT_THAT(twice.errors(), ElementsAre("OC-005 /records", "OC-005 /records"));
    EXPECT_EQ(twice.report.issues().front().row, 2U);
}

TEST(OcdsLines, AreToldFromADocumentThatHasSeveralLines) {
    EXPECT_THAT(read("{\"ocid\":\"a\",\n\"tender\":{\"id\":\"t\"}\n}\n").records, SizeIs(1));
    EXPECT_THAT(read("{\"ocid\":\"a\",\"tender\":{\"id\":\"t\"}}\n\n").records, SizeIs(1));
    EXPECT_THAT(read("\xEF\xBB\xBF{\"ocid\":\"a\"}\n{\"ocid\":\"b\"}").records, SizeIs(2));
}

/// A file may be larger than a document, if no line is.
TEST(OcdsLines, AreReadAtALengthThatNoDocumentHas) {
    const std::string filling(std::size_t{1} << 20U, ' ');
    std::string text;
    for (int r = 0; r < 40; ++r) {
        text += R"({"ocid":"p)" + std::to_string(r) + "\"" + filling + "}\n";
    }
    ASSERT_GT(text.size(), largest_ocds);
    EXPECT_THAT(read(text).records, SizeIs(40));
    const Read long_line = read(
        "{\"ocid\":\"a\"}\n{\"ocid\":\"b\"}\n{\"ocid\":" + std::string(largest_ocds, ' ')
        + "\"c\"}\n"
    );
    ASSERT_THAT(long_line.errors(), SizeIs(1));
    EXPECT_EQ(long_line.report.issues().front().row, 3U);
    EXPECT_THAT(long_line.report.issues().front().message, HasSubstr("32 MiB"));
}

}  // namespace
}  // namespace adic::ingest
