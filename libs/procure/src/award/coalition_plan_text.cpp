#include "adic/procure/award_coalitions.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

/// Whole numbers, each followed by a space.
class Numbers {
  public:
    explicit Numbers(std::string_view bytes) : bytes_(bytes) {}

    /// The next one, within the range of its type; from then on none if it is not there.
    template <typename Number>
    Number next() {
        Number value{};
        const auto [end, error] =
            std::from_chars(bytes_.data(), bytes_.data() + bytes_.size(), value);
        const auto read = static_cast<std::size_t>(end - bytes_.data());
        if (error != std::errc{} || read >= bytes_.size() || bytes_[read] != ' ') {
            is_good_ = false;
            bytes_ = {};
            return Number{};
        }
        bytes_.remove_prefix(read + 1);
        return value;
    }

    /// A position, or none: written as one more, and 0.
    std::optional<std::size_t> next_position() {
        const auto value = next<std::size_t>();
        return value == 0 ? std::nullopt : std::optional{value - 1};
    }

    bool is_good() const { return is_good_; }

    bool is_at_end() const { return bytes_.empty(); }

  private:
    std::string_view bytes_;
    bool is_good_ = true;
};

std::size_t position(const std::optional<std::size_t>& one) {
    return one ? *one + 1 : 0;
}

}  // namespace

std::string write_coalition_plan(const CoalitionPlan& plan) {
    std::string bytes =
        fmt::format("{} {} {} ", static_cast<unsigned>(plan.kind), plan.cost, plan.bound);
    for (const AwardDelivery& one : plan.deliveries) {
        bytes += fmt::format(
            "{} {} {} {} {} {} {} ",
            one.item,
            one.supplier,
            position(one.package),
            one.year,
            position(one.state),
            one.needed,
            one.pieces
        );
    }
    return bytes;
}

std::optional<CoalitionPlan> parse_coalition_plan(std::string_view bytes) {
    Numbers numbers(bytes);
    CoalitionPlan plan;
    const auto kind = numbers.next<unsigned>();
    plan.kind = static_cast<CoalitionPlan::Kind>(kind);
    plan.cost = numbers.next<Cents>();
    plan.bound = numbers.next<Cents>();
    while (numbers.is_good() && !numbers.is_at_end()) {
        AwardDelivery one;
        one.item = numbers.next<std::size_t>();
        one.supplier = numbers.next<std::size_t>();
        one.package = numbers.next_position();
        one.year = numbers.next<std::int32_t>();
        one.state = numbers.next_position();
        one.needed = numbers.next<std::int32_t>();
        one.pieces = numbers.next<std::int64_t>();
        plan.deliveries.push_back(one);
    }
    const bool is_kind = kind <= static_cast<unsigned>(CoalitionPlan::Kind::not_found);
    return numbers.is_good() && is_kind ? std::optional{std::move(plan)} : std::nullopt;
}

}  // namespace adic::procure
