#pragma once

#include "adic/model/bid_process.hpp"
#include "adic/procure/flags.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace adic::procure {

/// So that views find texts without a copy.
struct TextHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// By text. Nothing is ever listed from it without being sorted.
template <typename T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// The value of a text, made if it is not there.
template <typename T>
T& value_of(ByText<T>& map, std::string_view text) {
    const auto found = map.find(text);
    return found == map.end() ? map.emplace(std::string(text), T{}).first->second : found->second;
}

/// Prices are read by people: cents only where there are any.
std::string price(double amount);

struct Fraction {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;

    double ratio() const { return static_cast<double>(part) / static_cast<double>(whole); }
};

struct Variety {
    std::uint64_t processes = 0;
    std::set<std::string, std::less<>> kinds;
};

/// The winning price of a process and the lowest one beside it, in one currency.
struct PriceGap {
    std::string ocid;
    std::string currency;
    std::string winner;
    std::string runner_up;
    double winning = 0.0;
    double second = 0.0;

    double ratio() const { return (second - winning) / winning; }
};

/// A lowest bid that was disqualified, in one currency.
struct LowestLost {
    std::string ocid;
    std::string currency;
    std::string tenderer;
    double lost = 0.0;
    double lowest_valid = 0.0;
};

/// What is kept of the processes that were read. Tallies of parts of a file are merged in the order
/// of the parts.
class FlagTally {
  public:
    explicit FlagTally(const FlagSettings& settings) : settings_(&settings) {}

    void take(std::uint64_t line, const model::BidProcess& process);
    void merge(FlagTally&& later);
    FlagFindings finish() &&;

  private:
    struct Priced {
        const model::Bid* bid;
        std::size_t order;
    };

    bool is_in(FlagCode code) const { return !settings_->left_out.contains(code); }

    void count(FlagCode code) { ++judged_.at(static_cast<std::size_t>(code)); }

    void raise(
        FlagCode code,
        const model::BidProcess& process,
        double value,
        Sentence figures,
        std::span<const std::string_view> tenderers = {}
    );

    void check_period(const model::BidProcess& process);
    void check_single_bid(const model::BidProcess& process);
    void check_late(const model::BidProcess& process);
    void check_disqualified_others(const model::BidProcess& process);
    void check_prices(const model::BidProcess& process);
    void check_same_price(const model::BidProcess& process, std::span<const Priced> bids);
    void check_currency(const model::BidProcess& process, std::span<const Priced> bids);
    void note_gap(const model::BidProcess& process, std::span<const Priced> bids);
    void note_lowest(const model::BidProcess& process, std::span<const Priced> bids);
    void note_success(const model::BidProcess& process);
    void note_disqualified(const model::BidProcess& process);
    void note_variety(const model::BidProcess& process);
    void note_currency(std::uint64_t line, const model::BidProcess& process);

    void raise_lowest(FlagFindings& findings) const;
    void raise_gaps(FlagFindings& findings) const;
    void raise_success(FlagFindings& findings) const;
    void raise_disqualified(FlagFindings& findings) const;
    void raise_variety(FlagFindings& findings) const;

    const FlagSettings* settings_;
    std::uint64_t processes_ = 0;
    std::uint64_t cancelled_ = 0;
    std::uint64_t passed_over_ = 0;
    std::uint64_t with_bids_ = 0;
    std::array<std::uint64_t, flag_count> judged_ = {};
    std::string currency_;
    std::uint64_t currency_line_ = 0;
    std::vector<std::uint64_t> seen_;  ///< a hash of each ocid
    std::vector<RaisedFlag> raised_;
    std::vector<PriceGap> gaps_;
    std::vector<LowestLost> lowest_;
    ByText<std::uint64_t> lowest_judged_;  ///< processes by currency
    ByText<Fraction> success_;
    ByText<Fraction> disqualified_of_tenderer_;
    ByText<Fraction> disqualified_of_buyer_;
    ByText<Fraction> disqualified_of_entity_;
    ByText<Variety> varieties_;
    std::vector<Priced> priced_;  ///< of the process at hand
};

}  // namespace adic::procure
