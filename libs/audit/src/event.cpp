#include "adic/audit/event.hpp"

#include "adic/base/text.hpp"

#include "owner.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace adic::audit {
namespace {

/// What an event of a kind has apart from time, actor, owner, number and record.
struct KindTraits {
    EventKind kind;
    std::string_view name;
    bool has_reader;
    bool has_fields;
};

constexpr std::array<KindTraits, 10> kinds{
    KindTraits{EventKind::account, "account", false, false},
    KindTraits{EventKind::acknowledged, "acknowledged", true, false},
    KindTraits{EventKind::counted, "counted", false, false},
    KindTraits{EventKind::exported, "exported", true, true},
    KindTraits{EventKind::imported, "imported", false, false},
    KindTraits{EventKind::recalled, "recalled", false, false},
    KindTraits{EventKind::released, "released", false, true},
    KindTraits{EventKind::shown, "shown", true, true},
    KindTraits{EventKind::told, "told", true, false},
    KindTraits{EventKind::written, "written", false, false},
};

constexpr std::size_t longest_text = 256;
constexpr std::size_t longest_name = 64;
constexpr std::size_t most_fields = 512;
/// Whole numbers of JSON that every reader keeps: RFC 8785, 3.2.2.3.
constexpr std::uint64_t largest_number = (std::uint64_t{1} << 53U) - 1;

const KindTraits& traits_of(EventKind kind) {
    return *std::ranges::find(kinds, kind, &KindTraits::kind);
}

Error invalid(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

/// Texts of people and systems: no control characters, so that only two characters need an escape
/// and what is read is what is written.
bool is_plain_text(std::string_view text) {
    const auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; };
    return !text.empty() && text.size() <= longest_text && std::ranges::none_of(text, is_control)
           && is_utf8(text) && !has_steering_character(text);
}

/// A name within a system, in which no sentence and no value of a field can hide.
bool is_name(std::string_view text) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || std::string_view{"_.:-/"}.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, is_letter);
}

std::optional<Error> problem_with_fields(const Event& event) {
    if (event.fields.empty() || event.fields.size() > most_fields) {
        return invalid("an event of this kind names from 1 to 512 fields");
    }
    for (std::size_t i = 0; i < event.fields.size(); ++i) {
        if (!is_name(event.fields[i])) {
            return invalid("a field is named by letters, digits and _.:-/, at most 64");
        }
        if (i > 0 && event.fields[i - 1] >= event.fields[i]) {
            return invalid("the fields of an event stand in order, none of them twice");
        }
    }
    return std::nullopt;
}

std::optional<Error> problem_with(const Event& event) {
    const KindTraits& traits = traits_of(event.kind);
    if (!is_plain_text(event.actor) || !is_plain_text(event.record)) {
        return invalid("an event says who did it and with what, in at most 256 bytes each");
    }
    if (!is_owner(event.owner)) {
        return invalid("the owner of an event is a state, in three capital letters");
    }
    if (event.number == 0 || event.number > largest_number) {
        return invalid("the events of an owner are counted from 1");
    }
    if (traits.has_reader ? !is_plain_text(event.reader) : !event.reader.empty()) {
        return invalid(
            "an event has a reader if it is 'shown', 'exported', 'told' or 'acknowledged', and "
            "else none"
        );
    }
    if (!traits.has_fields && !event.fields.empty()) {
        return invalid("an event of this kind names no fields");
    }
    if (!event.detail.empty() && !is_name(event.detail)) {
        return invalid("the detail of an event is a word of letters, digits and _.:-/, at most 64");
    }
    return traits.has_fields ? problem_with_fields(event) : std::nullopt;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

std::string fields_text(const std::vector<std::string>& fields) {
    std::string text = "[";
    for (const std::string& field : fields) {
        text += text.size() > 1 ? "," : "";
        text += quoted(field);
    }
    return text + ']';
}

template <std::size_t digits>
void add_digits(std::string& text, unsigned value) {
    const std::string plain = std::to_string(value);
    text.append(digits - std::min(digits, plain.size()), '0');
    text += plain;
}

/// Takes an event apart in the order in which it is written. After the first thing that is not as
/// it should be everything is empty, and `has_failed` stays true.
class EventReader {
  public:
    explicit EventReader(std::string_view text) : left_(text) {}

    bool has_failed() const { return has_failed_; }

    bool is_done() const { return !has_failed_ && left_.empty(); }

    bool begins_with(std::string_view text) const { return left_.starts_with(text); }

    void expect(std::string_view text) {
        if (has_failed_ || !left_.starts_with(text)) {
            has_failed_ = true;
            return;
        }
        left_.remove_prefix(text.size());
    }

    std::string text() {
        std::string result;
        expect("\"");
        while (!has_failed_ && !left_.empty() && left_.front() != '"') {
            if (left_.front() == '\\') {
                left_.remove_prefix(1);
                has_failed_ = !(left_.starts_with('"') || left_.starts_with('\\'));
            }
            if (!has_failed_) {
                result += left_.front();
                left_.remove_prefix(1);
            }
        }
        expect("\"");
        return result;
    }

    std::uint64_t whole() {
        const std::size_t digits = std::min(left_.find_first_not_of("0123456789"), left_.size());
        const auto value = parse_whole(left_.substr(0, digits));
        has_failed_ = has_failed_ || !value || left_.front() == '0';
        left_.remove_prefix(has_failed_ ? 0 : digits);
        return value.value_or(0);
    }

    std::vector<std::string> texts() {
        std::vector<std::string> result;
        expect("[");
        result.push_back(text());
        while (!has_failed_ && begins_with(",") && result.size() <= most_fields) {
            expect(",");
            result.push_back(text());
        }
        expect("]");
        return result;
    }

    void fail() { has_failed_ = true; }

  private:
    std::string_view left_;
    bool has_failed_ = false;
};

template <typename T>
T taken(EventReader& reader, Result<T> value) {
    if (!value) {
        reader.fail();
        return T{};
    }
    return *std::move(value);
}

}  // namespace

bool is_owner(std::string_view text) {
    return text.size() == 3
           && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view name_of(EventKind kind) {
    return traits_of(kind).name;
}

Result<EventKind> parse_event_kind(std::string_view name) {
    const auto* const found = std::ranges::find(kinds, name, &KindTraits::name);
    if (found == kinds.end()) {
        return invalid("'" + std::string(name.substr(0, longest_name)) + "' is no kind of event");
    }
    return found->kind;
}

std::string to_rfc3339(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::string text;
    add_digits<4>(text, static_cast<unsigned>(static_cast<int>(date.year())));
    text += '-';
    add_digits<2>(text, static_cast<unsigned>(date.month()));
    text += '-';
    add_digits<2>(text, static_cast<unsigned>(date.day()));
    text += 'T';
    add_digits<2>(text, static_cast<unsigned>(clock.hours().count()));
    text += ':';
    add_digits<2>(text, static_cast<unsigned>(clock.minutes().count()));
    text += ':';
    add_digits<2>(text, static_cast<unsigned>(clock.seconds().count()));
    return text + 'Z';
}

Result<std::chrono::sys_seconds> parse_rfc3339(std::string_view text) {
    const Error wrong = invalid("a time is written like 2026-11-25T09:30:00Z");
    if (text.size() != 20) {
        return wrong;
    }
    const auto part = [&](std::size_t from, std::size_t digits) {
        return static_cast<unsigned>(parse_whole(text.substr(from, digits)).value_or(10'000));
    };
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(part(0, 4))},
        std::chrono::month{part(5, 2)},
        std::chrono::day{part(8, 2)}};
    if (!date.ok() || date.year() < std::chrono::year{1970}) {
        return wrong;
    }
    const std::chrono::sys_seconds time =
        std::chrono::sys_days{date} + std::chrono::hours{part(11, 2)}
        + std::chrono::minutes{part(14, 2)} + std::chrono::seconds{part(17, 2)};
    if (to_rfc3339(time) != text) {  // signs, separators, a 25th hour
        return wrong;
    }
    return time;
}

Result<std::string> write_event(const Event& event) {
    if (auto problem = problem_with(event)) {
        return *std::move(problem);
    }
    const std::string at = to_rfc3339(event.at);
    if (!parse_rfc3339(at)) {
        return invalid("an event happens in the years 1970 to 9999");
    }
    std::string text = R"({"actor":)" + quoted(event.actor) + R"(,"at":")" + at + '"';
    if (!event.detail.empty()) {
        text += R"(,"detail":)" + quoted(event.detail);
    }
    if (!event.fields.empty()) {
        text += R"(,"fields":)" + fields_text(event.fields);
    }
    text += R"(,"kind":)" + quoted(name_of(event.kind));
    text += R"(,"number":)" + std::to_string(event.number);
    text += R"(,"owner":)" + quoted(event.owner);
    if (!event.reader.empty()) {
        text += R"(,"reader":)" + quoted(event.reader);
    }
    text += R"(,"record":)" + quoted(event.record) + '}';
    return text;
}

Result<Event> parse_event(std::string_view text) {
    Event event;
    EventReader reader(text.substr(0, longest_entry));
    reader.expect(R"({"actor":)");
    event.actor = reader.text();
    reader.expect(R"(,"at":)");
    event.at = taken(reader, parse_rfc3339(reader.text()));
    if (reader.begins_with(R"(,"detail":)")) {
        reader.expect(R"(,"detail":)");
        event.detail = reader.text();
    }
    if (reader.begins_with(R"(,"fields":)")) {
        reader.expect(R"(,"fields":)");
        event.fields = reader.texts();
    }
    reader.expect(R"(,"kind":)");
    event.kind = taken(reader, parse_event_kind(reader.text()));
    reader.expect(R"(,"number":)");
    event.number = reader.whole();
    reader.expect(R"(,"owner":)");
    event.owner = reader.text();
    if (reader.begins_with(R"(,"reader":)")) {
        reader.expect(R"(,"reader":)");
        event.reader = reader.text();
    }
    reader.expect(R"(,"record":)");
    event.record = reader.text();
    reader.expect("}");
    if (!reader.is_done()) {
        return invalid("an entry is not an event in its one spelling");
    }
    ADIC_TRY(const std::string again, write_event(event));
    if (again != text) {  // an empty text, for one, is written by leaving it out
        return invalid("an entry is not an event in its one spelling");
    }
    return event;
}

}  // namespace adic::audit
