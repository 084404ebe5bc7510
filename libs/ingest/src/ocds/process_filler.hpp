#pragma once

#include "adic/model/bid_process.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <simdjson.h>

namespace adic::ingest {

/// Makes processes of releases. Its memory is used again from one to the next.
class ProcessFiller {
  public:
    using Take = std::function<void(const model::BidProcess&)>;

    /// Hands out each process of a document: a release, a package, or an array of these. Gives how
    /// many releases were passed over, as they have no ocid.
    std::uint64_t each_process(simdjson::dom::element document, const Take& take);

  private:
    using Element = simdjson::dom::element;

    /// A release, and what it is put together by.
    struct Found {
        Element release;
        std::string_view ocid;
        std::string_view date;
    };

    void find(Element unit);
    void find_in_record(Element record);
    void find_each(simdjson::dom::array releases, std::string_view ocid);
    void find_release(Element release, std::string_view ocid);
    void take_together(std::vector<Found>& releases, const Take& take);

    void start(std::string_view ocid);
    void add_release(Element release);
    void add_tender(Element tender);
    void add_bids(Element bids);
    void add_bid(Element bid);
    void add_award(Element award);
    model::NameRange identifiers_of(Element list);
    model::NameRange codes_of(Element items);
    std::string_view identifier(Element value);
    std::string_view identifier_in(Element object);

    model::Bid& bid_named(std::string_view id);
    model::Award& award_named(std::string_view id);
    void note_names();

    std::vector<Found> found_;
    std::uint64_t passed_ = 0;
    model::BidProcess process_;
    std::deque<std::string> numbers_;  ///< identifiers that are written as numbers
    bool is_later_release_ = false;
    std::unordered_map<std::string_view, std::size_t> bids_by_id_;
    std::unordered_map<std::string_view, std::size_t> awards_by_id_;
};

}  // namespace adic::ingest
