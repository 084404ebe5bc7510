#include "adic/model/record.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Record product() {
    Record record;
    record.id = "r-1";
    record.type = find_record_type("product");
    record.owner = "MYS";
    record.fields.resize(record.type->fields.size());
    record.fields[*record.type->find_field("name")] = std::string("Field radio");
    record.fields[*record.type->find_field("kind")] = std::string("item of production");
    return record;
}

FieldValue& field(Record& record, std::string_view key) {
    return record.fields[*record.type->find_field(key)];
}

TEST(RecordTypes, HaveFieldsThatAreNamedOnceAndSayWhatTheyAre) {
    for (const RecordType& type : record_types()) {
        std::set<std::string_view> keys;
        for (const FieldSpec& spec : type.fields) {
            EXPECT_TRUE(keys.insert(spec.key).second) << type.key << '.' << spec.key;
            EXPECT_FALSE(spec.title.empty() || spec.help.empty()) << type.key << '.' << spec.key;
            EXPECT_EQ(spec.kind == FieldKind::choice, !spec.choices.empty()) << spec.key;
            EXPECT_EQ(spec.kind == FieldKind::code && spec.of.empty(), false) << spec.key;
        }
        EXPECT_EQ(find_record_type(type.key), &type);
    }
    EXPECT_EQ(find_record_type("weapon plan"), nullptr);
}

/// What a firm must not say of itself, written out a second time.
TEST(RecordTypes, HaveFieldsThatTheStateAloneSays) {
    std::set<std::string> fields;
    for (const RecordType& type : record_types()) {
        for (const FieldSpec& spec : type.fields) {
            if (spec.is_for_officials) {
                fields.insert(std::string(type.key) + '.' + std::string(spec.key));
            }
        }
    }
    const std::set<std::string> expected{
        "organisation.verified",
        "claim.answer",
        "claim.reason",
        "claim.answered"};
    EXPECT_EQ(fields, expected);
}

TEST(Record, OfAnInterestHasAnOutcomeOfTheList) {
    Record record;
    record.id = "i-1";
    record.type = find_record_type("interest");
    record.owner = "MYS";
    record.fields.resize(record.type->fields.size());
    EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("'about'")));
    field(record, "about") = std::string("IDN.wanted");
    field(record, "outcome") = std::string("talks");
    EXPECT_THAT(problems_of(record), IsEmpty());
    field(record, "outcome") = std::string("sold");
    EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("nothing came of it")));
}

TEST(Record, ThatIsRightHasNoProblems) {
    Record record = product();
    field(record, "hs") = std::string("852560");
    field(record, "price") = 1200.5;
    field(record, "lead_time") = std::int64_t{90};
    field(record, "properties") = Words{"range: 40 km", "mass: 5 kg"};
    field(record, "price_breaks") = Words{"10: 1150", "one that came before it was checked"};
    EXPECT_THAT(problems_of(record), IsEmpty());
}

TEST(Record, SaysAllThatIsWrongAtOnce) {
    Record record = product();
    field(record, "name") = {};
    field(record, "kind") = std::string("thing");
    field(record, "hs") = std::string("85256");
    field(record, "price") = std::string("dear");
    field(record, "lead_time") = std::int64_t{-1};
    field(record, "properties") = Words{};
    record.policy.fields = {{"prise", {}}, {"price", {}}};
    EXPECT_THAT(
        problems_of(record),
        ElementsAre(
            HasSubstr("'name': has to be filled in"),
            HasSubstr("'thing' is none of 'item of supply', 'item of production'"),
            HasSubstr("'85256' is no HS: 2, 4, 6, 8 or 10 digits"),
            HasSubstr("'properties': takes 1 to 1 000 texts"),
            HasSubstr("'price': takes a number"),
            HasSubstr("'lead_time': takes a whole number of at least 0"),
            HasSubstr("release of 'prise': there is no such field"),
            HasSubstr("release of 'price': each field once, in order")
        )
    );
}

struct Impossible {
    std::string_view type;
    std::string_view field;
    FieldValue value;
    bool is_possible;
};

TEST(Record, HasNoValuesThatNothingHas) {
    const auto day = [](int year) {
        using namespace std::chrono;
        return FieldValue{sys_days{std::chrono::year{year} / January / 1}};
    };
    const std::vector<Impossible> cases{
        {"demand", "quantity", -6.0, false},
        {"demand", "quantity", 0.0, true},
        {"demand", "budget", -0.01, false},
        {"product", "price", -5.0, false},
        {"facility", "capacity", -1.0, false},
        {"supply", "share", 1.5, false},
        {"supply", "share", -0.1, false},
        {"supply", "share", 1.0, true},
        {"project", "coordination", 1.01, false},
        {"award", "value", -5.0, true},  // OCDS: what the supplier pays
        {"procurement-item", "quantity", -5.0, false},
        {"product", "hs", std::string("85"), false},
        {"product", "hs", std::string("8525"), true},
        {"demand", "last", day(2027), false},
        {"demand", "last", day(2029), true},
        {"project", "last", day(2027), false},
        {"contract", "ends", day(2027), false},
        {"procurement", "tender_until", day(2027), false},
    };
    for (const Impossible& one : cases) {
        Record record = product();
        record.type = find_record_type(one.type);
        record.fields.assign(record.type->fields.size(), {});
        for (const std::string_view first : {"first", "starts", "tender_from"}) {
            if (record.type->find_field(first)) {
                field(record, first) = day(2029);
            }
        }
        field(record, one.field) = one.value;
        const auto found = impossible_values_of(record);
        ASSERT_EQ(found.empty(), one.is_possible) << one.type << ' ' << one.field;
        if (!one.is_possible) {
            EXPECT_EQ(found[0].field, one.field);
            EXPECT_FALSE(found[0].value.empty() || found[0].message.empty());
        }
    }
}

TEST(Record, NamesOnlyFieldsOfItsOwnThatADateIsNotBefore) {
    for (const RecordType& type : record_types()) {
        for (const FieldSpec& spec : type.fields) {
            const auto other =
                spec.not_before.empty() ? std::nullopt : type.find_field(spec.not_before);
            if (!spec.not_before.empty()) {
                ASSERT_TRUE(other) << type.key << '.' << spec.key;
                EXPECT_EQ(spec.kind, FieldKind::date);
                EXPECT_EQ(type.fields[*other].kind, FieldKind::date);
            }
        }
    }
}

TEST(Record, HasAConfidenceOnlyOfACodeThatItHas) {
    Record record = product();
    field(record, "hs.confidence") = std::string("C");
    field(record, "nsn") = std::string("1905012345678");
    field(record, "nsn.confidence") = std::string("F");
    EXPECT_THAT(
        problems_of(record),
        ElementsAre(
            HasSubstr("'nsn.confidence': 'F' is none of 'A', 'B', 'C', 'D', 'E'"),
            HasSubstr("'hs.confidence': there is no 'hs' that it speaks of")
        )
    );
}

TEST(Record, NeedsAnIdentifierATypeAndAnOwner) {
    Record record = product();
    record.owner.clear();
    EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("an owner")));
    record = product();
    record.fields.pop_back();
    EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("one value for each field")));
}

TEST(Record, HasTextsThatEveryStoreKeepsAsTheyAre) {
    using namespace std::string_literals;
    for (const std::string& text : {"a\0b"s, "\xFF"s, "\xED\xA0\x80"s, std::string(10'001, 'x')}) {
        EXPECT_FALSE(is_storable_text(text));
        for (std::string Record::*member :
             {&Record::id, &Record::owner, &Record::organisation, &Record::source, &Record::note}) {
            Record record = product();
            record.*member = text;
            EXPECT_EQ(problems_of(record).size(), 1U) << text;
        }
        Record record = product();
        field(record, "name") = text;
        EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("without U+0000"))) << text;
        record = product();
        record.policy.record = {{{Audience::Kind::organisation, text}}};
        EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("an audience"))) << text;
        record.policy = {{}, {{"name", {{{Audience::Kind::state, text}}}}}};
        EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("an audience"))) << text;
    }
    EXPECT_TRUE(is_storable_text(""));
    EXPECT_TRUE(is_storable_text(std::string(10'000, 'x')));
    EXPECT_TRUE(is_storable_text("\xF0\x9F\x9A\xA2\n\t'\"\\"));
    EXPECT_TRUE(is_storable_text("radio \u202Egnp.exe")) << "an owner can recall what it wrote";
    Record record = product();
    record.id = std::string(501, 'x');
    EXPECT_THAT(problems_of(record), ElementsAre(HasSubstr("a name")));
}

}  // namespace
}  // namespace adic::model
