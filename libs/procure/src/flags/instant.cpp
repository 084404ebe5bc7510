#include "adic/procure/flags.hpp"

#include <chrono>

namespace adic::procure {
namespace {

/// Takes numbers and signs from the front of a text; once something is amiss, nothing more.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = next();
            is_good_ = is_good_ && c >= '0' && c <= '9';
            value = value * 10 + (c - '0');
        }
        return is_good_ ? value : 0;
    }

    char one_of(std::string_view choices) {
        const char c = next();
        is_good_ = is_good_ && choices.find(c) != std::string_view::npos;
        return c;
    }

    bool skip(char wanted) {
        const bool found = at_ < text_.size() && text_[at_] == wanted;
        at_ += found ? 1 : 0;
        return found;
    }

    /// Digits of a fraction of a second, as milliseconds.
    int milliseconds() {
        int value = 0;
        int weight = 100;
        std::size_t seen = 0;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_, ++seen) {
            value += weight * (text_[at_] - '0');
            weight /= 10;
        }
        is_good_ = is_good_ && seen > 0;
        return value;
    }

    void require(bool holds) { is_good_ = is_good_ && holds; }

    bool is_done() const { return is_good_ && at_ == text_.size(); }

  private:
    char next() {
        const char c = at_ < text_.size() ? text_[at_] : '\0';
        ++at_;
        return c;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool is_good_ = true;
};

int offset_minutes(Scanner& text) {
    const char sign = text.one_of("Zz+-");
    if (sign != '+' && sign != '-') {
        return 0;
    }
    const int hours = text.digits(2);
    text.one_of(":");
    const int minutes = text.digits(2);
    text.require(hours <= 23 && minutes <= 59);
    return (sign == '-' ? -1 : 1) * (60 * hours + minutes);
}

}  // namespace

std::optional<std::int64_t> instant_of(std::string_view given) {
    Scanner text(given);
    const int year = text.digits(4);
    text.one_of("-");
    const int month = text.digits(2);
    text.one_of("-");
    const int day = text.digits(2);
    text.one_of("Tt ");
    const int hour = text.digits(2);
    text.one_of(":");
    const int minute = text.digits(2);
    text.one_of(":");
    const int second = text.digits(2);
    const int fraction = text.skip('.') ? text.milliseconds() : 0;
    const int offset = offset_minutes(text);
    text.require(hour <= 23 && minute <= 59 && second <= 60);
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!text.is_done() || !date.ok()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t minutes = days * 1440 + hour * 60 + minute - offset;
    return (minutes * 60 + second) * 1000 + fraction;
}

}  // namespace adic::procure
