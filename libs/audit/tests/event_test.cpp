#include "adic/audit/event.hpp"

#include "scratch.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

using adic::audit::Event;
using adic::audit::EventKind;

namespace audit = adic::audit;

namespace {

Event shown() {
    return {
        .kind = EventKind::shown,
        .at = audit::test::second(1'764'063'000),
        .actor = "portal",
        .owner = "AAA",
        .number = 17,
        .record = "org/4711",
        .reader = "ministry of BBB",
        .fields = {"capacity", "name"}};
}

constexpr std::string_view shown_text =
    R"({"actor":"portal","at":"2025-11-25T09:30:00Z","fields":["capacity","name"],"kind":"shown",)"
    R"("number":17,"owner":"AAA","reader":"ministry of BBB","record":"org/4711"})";

}  // namespace

TEST(Event, IsWrittenAsCanonicalJson) {
    EXPECT_EQ(*audit::write_event(shown()), shown_text);
    EXPECT_EQ(*audit::parse_event(shown_text), shown());
}

TEST(Event, OfEveryKindComesBack) {
    for (std::uint64_t i = 0; i < 50; ++i) {
        Event event = audit::test::event_of(i);
        event.number = i + 1;
        const auto text = audit::write_event(event);
        ASSERT_TRUE(text) << i;
        EXPECT_EQ(*audit::parse_event(*text), event) << *text;
    }
}

TEST(Event, EscapesTheTwoCharactersThatNeedIt) {
    Event event = shown();
    event.actor = R"(a\b"c)";
    event.reader = "Phạm Thị Hương · กระทรวง";
    const std::string text = *audit::write_event(event);
    EXPECT_NE(text.find(R"("actor":"a\\b\"c")"), text.npos);
    EXPECT_EQ(*audit::parse_event(text), event);
}

TEST(Event, RefusesWhatItsKindDoesNotHave) {
    const auto with = [](auto change) {
        Event event = shown();
        change(event);
        return !audit::write_event(event);
    };
    EXPECT_FALSE(with([](Event&) {}));
    EXPECT_TRUE(with([](Event& e) { e.actor.clear(); }));
    EXPECT_TRUE(with([](Event& e) { e.actor = std::string(257, 'x'); }));
    EXPECT_TRUE(with([](Event& e) { e.actor = "line\nend"; }));
    EXPECT_TRUE(with([](Event& e) { e.actor = "\xED\xA0\x80"; }));
    EXPECT_TRUE(with([](Event& e) { e.actor = "csi \xC2\x9B"; }));
    EXPECT_TRUE(with([](Event& e) { e.actor = "turned \xE2\x80\xAE round"; }));
    EXPECT_TRUE(with([](Event& e) { e.actor = "isolated \xE2\x81\xA6 text"; }));
    EXPECT_FALSE(with([](Event& e) { e.actor = "caf\xC3\xA9 \xC2\xA0 \xE2\x80\x94 \xE2\x81\xBF"; })
    );
    EXPECT_TRUE(with([](Event& e) { e.owner = "Aaa"; }));
    EXPECT_TRUE(with([](Event& e) { e.owner = "AAAA"; }));
    EXPECT_TRUE(with([](Event& e) { e.number = 0; }));
    EXPECT_TRUE(with([](Event& e) { e.number = std::uint64_t{1} << 53U; }));
    EXPECT_TRUE(with([](Event& e) { e.record.clear(); }));
    EXPECT_TRUE(with([](Event& e) { e.reader.clear(); }));
    EXPECT_TRUE(with([](Event& e) { e.fields.clear(); }));
    EXPECT_TRUE(with([](Event& e) { e.fields = {"b", "a"}; }));
    EXPECT_TRUE(with([](Event& e) { e.fields = {"a", "a"}; }));
    EXPECT_TRUE(with([](Event& e) { e.fields = {"capacity = 400 a month"}; }));
    EXPECT_TRUE(with([](Event& e) { e.detail = "a sentence"; }));
    EXPECT_TRUE(with([](Event& e) { e.kind = EventKind::written; }));
    EXPECT_TRUE(with([](Event& e) { e.kind = EventKind::released; }));
    EXPECT_TRUE(with([](Event& e) { e.at = audit::test::second(-1); }));
    EXPECT_TRUE(with([](Event& e) { e.at = audit::test::second(253'402'300'800); }));
}

TEST(Event, HasOneSpelling) {
    const std::string text{shown_text};
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string other = text;
        other.replace(other.find(from), from.size(), to);
        return other;
    };
    const std::vector<std::string> others{
        "",
        "{}",
        text + " ",
        text + "\n",
        text.substr(0, text.size() - 1),
        replaced(",\"at\"", ", \"at\""),
        replaced("17", "017"),
        replaced("17", "1e1"),
        replaced("17", ""),
        replaced("portal", "p\\u006frtal"),
        replaced("portal", "p\\/ortal"),
        replaced("09:30", "24:30"),
        replaced("09:30", "9:300"),
        replaced("11-25", "02-30"),
        replaced("Z", "z"),
        replaced("shown", "seen"),
        replaced("[\"capacity\",\"name\"]", "[]"),
        replaced("\"capacity\",\"name\"", "\"name\",\"capacity\""),
        replaced("\"kind\"", "\"detail\":\"\",\"kind\""),
        replaced("\"number\"", "\"more\":1,\"number\""),
        replaced("\"record\":\"org/4711\"", "\"record\":\"\"")};
    for (const std::string& other : others) {
        EXPECT_FALSE(audit::parse_event(other)) << other;
    }
}

TEST(Event, ChangesWithEveryBit) {
    // A changed byte is no event, or another one: never the same.
    for (std::size_t i = 0; i < shown_text.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string text{shown_text};
            text[i] = static_cast<char>(static_cast<unsigned char>(text[i]) ^ (1U << bit));
            const auto event = audit::parse_event(text);
            ASSERT_TRUE(!event || *event != shown()) << text;
        }
    }
}

TEST(Time, IsWrittenInOneWay) {
    EXPECT_EQ(audit::to_rfc3339(audit::test::second(0)), "1970-01-01T00:00:00Z");
    // RFC 3339, 5.8, has 1985-04-12T23:20:50Z and the leap second of 1990; `date -u -d` gives
    // 482196050 for the first.
    EXPECT_EQ(audit::to_rfc3339(audit::test::second(482'196'050)), "1985-04-12T23:20:50Z");
    EXPECT_EQ(*audit::parse_rfc3339("1985-04-12T23:20:50Z"), audit::test::second(482'196'050));
    for (const std::string_view wrong :
         {"",
          "1985-04-12T23:20:50",
          "1985-04-12 23:20:50Z",
          "1990-12-31T23:59:60Z",
          "1985-02-29T00:00:00Z",
          "1969-12-31T23:59:59Z",
          "1985-04-12T23:20:+5Z",
          "1985-04-12T23:20:5 Z",
          "19850412T232050ZZZZZ"}) {
        EXPECT_FALSE(audit::parse_rfc3339(wrong)) << wrong;
    }
}
