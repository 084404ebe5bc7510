#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace adic::model {

/// `none`: the bid does not say. `other`: a word that the bids extension does not have.
enum class BidStatus : std::uint8_t {
    none,
    invited,
    pending,
    valid,
    disqualified,
    withdrawn,
    other
};

/// `none`: the award does not say. `other`: a word that the standard does not have.
enum class AwardStatus : std::uint8_t { none, pending, active, cancelled, unsuccessful, other };

/// Some of the names of a process.
struct NameRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t listed = 0;  ///< how many the list has, with those that have no identifier
};

struct Bid {
    std::string_view id = {};
    BidStatus status = BidStatus::none;
    NameRange tenderers = {};
    std::optional<double> amount = {};  ///< only with a currency
    std::string_view currency = {};
    std::string_view date = {};

    /// Neither only invited nor withdrawn; a bid without status was not submitted.
    bool is_submitted() const {
        return status != BidStatus::none && status != BidStatus::invited
               && status != BidStatus::withdrawn;
    }
};

struct Award {
    std::string_view id = {};
    AwardStatus status = AwardStatus::none;
    NameRange suppliers = {};
    NameRange item_codes = {};  ///< of the items' main classifications
};

/// What a contracting process of the Open Contracting Data Standard says that red flags ask for.
/// Texts are views: they live as long as the reader says.
struct BidProcess {
    std::string_view ocid = {};
    std::string_view buyer = {};             ///< identifier
    std::string_view procuring_entity = {};  ///< identifier
    std::string_view tender_status = {};
    std::string_view method = {};   ///< open, selective, limited, direct
    std::string_view details = {};  ///< the national name of the method
    std::string_view opens = {};    ///< of the tender period
    std::string_view closes = {};
    std::optional<std::uint64_t> tenderer_count = {};
    bool has_bids = false;    ///< it has a list of bids, which may be empty
    bool has_awards = false;  ///< likewise
    std::vector<Bid> bids = {};
    std::vector<Award> awards = {};
    std::vector<std::string_view> names = {};

    std::span<const std::string_view> names_of(NameRange range) const {
        return std::span(names).subspan(range.first, range.count);
    }
};

}  // namespace adic::model
