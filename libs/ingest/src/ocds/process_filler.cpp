#include "ocds/process_filler.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace adic::ingest {
namespace {

using model::AwardStatus;
using model::Bid;
using model::BidStatus;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

template <typename Status>
using StatusWords = std::array<std::pair<std::string_view, Status>, 5>;

constexpr StatusWords<BidStatus> bid_words{{
    {"valid", BidStatus::valid},
    {"disqualified", BidStatus::disqualified},
    {"pending", BidStatus::pending},
    {"invited", BidStatus::invited},
    {"withdrawn", BidStatus::withdrawn},
}};

constexpr StatusWords<AwardStatus> award_words{{
    {"active", AwardStatus::active},
    {"cancelled", AwardStatus::cancelled},
    {"unsuccessful", AwardStatus::unsuccessful},
    {"pending", AwardStatus::pending},
    {"", AwardStatus::other},
}};

template <typename Status>
Status status_of(std::string_view word, const StatusWords<Status>& words) {
    if (word.empty()) {
        return Status::none;
    }
    const auto* found = std::ranges::find(words, word, &std::pair<std::string_view, Status>::first);
    return found == words.end() ? Status::other : found->second;
}

std::optional<std::string_view> text_of(element value) {
    std::string_view text;
    return value.get(text) == simdjson::SUCCESS ? std::optional{text} : std::nullopt;
}

void put_text(element value, std::string_view& place) {
    if (const auto text = text_of(value)) {
        place = *text;
    }
}

std::optional<object> object_of(element value) {
    object found;
    return value.get(found) == simdjson::SUCCESS ? std::optional{found} : std::nullopt;
}

std::optional<array> array_of(element value) {
    array found;
    return value.get(found) == simdjson::SUCCESS ? std::optional{found} : std::nullopt;
}

std::string_view text_member(element value, std::string_view member) {
    std::string_view text;
    const auto error = value[member].get(text);
    return error == simdjson::SUCCESS ? text : std::string_view{};
}

void put_amount(element value, Bid& bid) {
    double amount = 0.0;
    std::string_view currency;
    if (value["amount"].get(amount) == simdjson::SUCCESS
        && value["currency"].get(currency) == simdjson::SUCCESS) {
        bid.amount = amount;
        bid.currency = currency;
    }
}

}  // namespace

std::uint64_t ProcessFiller::each_process(element document, const Take& take) {
    found_.clear();
    passed_ = 0;
    if (const auto list = array_of(document)) {
        for (const element unit : *list) {
            find(unit);
        }
    } else {
        find(document);
    }
    if (found_.size() == 1) {
        take_together(found_, take);
        return passed_;
    }
    std::unordered_map<std::string_view, std::size_t> places;
    std::vector<std::vector<Found>> processes;
    for (const Found& found : found_) {
        const auto [place, is_new] = places.emplace(found.ocid, processes.size());
        if (is_new) {
            processes.emplace_back();
        }
        processes[place->second].push_back(found);
    }
    for (std::vector<Found>& releases : processes) {
        std::ranges::stable_sort(releases, {}, &Found::date);
        take_together(releases, take);
    }
    return passed_;
}

/// A package, a record, or a release.
void ProcessFiller::find(element unit) {
    array list;
    element compiled;
    if (unit["releases"].get(list) == simdjson::SUCCESS
        && unit["ocid"].error() != simdjson::SUCCESS) {
        find_each(list, {});
    } else if (unit["records"].get(list) == simdjson::SUCCESS) {
        for (const element record : list) {
            find_in_record(record);
        }
    } else if (unit["compiledRelease"].get(compiled) == simdjson::SUCCESS || unit["releases"].error() == simdjson::SUCCESS) {
        find_in_record(unit);
    } else {
        find_release(unit, {});
    }
}

void ProcessFiller::find_in_record(element record) {
    element compiled;
    array releases;
    const std::string_view ocid = text_member(record, "ocid");
    if (record["compiledRelease"].get(compiled) == simdjson::SUCCESS) {
        find_release(compiled, ocid);
    } else if (record["releases"].get(releases) == simdjson::SUCCESS) {
        find_each(releases, ocid);
    } else {
        ++passed_;
    }
}

void ProcessFiller::find_each(array releases, std::string_view ocid) {
    for (const element release : releases) {
        find_release(release, ocid);
    }
}

void ProcessFiller::find_release(element release, std::string_view ocid) {
    const std::string_view own = text_member(release, "ocid");
    if (own.empty() && ocid.empty()) {
        ++passed_;
    } else {
        found_.push_back({release, own.empty() ? ocid : own, text_member(release, "date")});
    }
}

void ProcessFiller::take_together(std::vector<Found>& releases, const Take& take) {
    start(releases.front().ocid);
    for (const Found& found : releases) {
        if (is_later_release_ && bids_by_id_.empty() && awards_by_id_.empty()) {
            note_names();
        }
        add_release(found.release);
        is_later_release_ = true;
    }
    take(process_);
}

void ProcessFiller::start(std::string_view ocid) {
    std::vector<model::Bid> bids = std::move(process_.bids);
    std::vector<model::Award> awards = std::move(process_.awards);
    std::vector<std::string_view> names = std::move(process_.names);
    bids.clear();
    awards.clear();
    names.clear();
    process_ = model::BidProcess{
        .ocid = ocid,
        .bids = std::move(bids),
        .awards = std::move(awards),
        .names = std::move(names)};
    numbers_.clear();
    bids_by_id_.clear();
    awards_by_id_.clear();
    is_later_release_ = false;
}

void ProcessFiller::add_release(element release) {
    const auto members = object_of(release);
    if (!members) {
        return;
    }
    for (const auto [key, value] : *members) {
        if (key == "buyer") {
            process_.buyer = identifier_in(value);
        } else if (key == "tender") {
            add_tender(value);
        } else if (key == "bids") {
            add_bids(value);
        } else if (key == "awards") {
            if (const auto awards = array_of(value)) {
                process_.has_awards = true;
                for (const element award : *awards) {
                    add_award(award);
                }
            }
        }
    }
}

void ProcessFiller::add_tender(element tender) {
    const auto members = object_of(tender);
    if (!members) {
        return;
    }
    for (const auto [key, value] : *members) {
        if (key == "status") {
            put_text(value, process_.tender_status);
        } else if (key == "procurementMethod") {
            put_text(value, process_.method);
        } else if (key == "procurementMethodDetails") {
            put_text(value, process_.details);
        } else if (key == "procuringEntity") {
            process_.procuring_entity = identifier_in(value);
        } else if (key == "numberOfTenderers") {
            std::uint64_t count = 0;
            if (value.get(count) == simdjson::SUCCESS) {
                process_.tenderer_count = count;
            }
        } else if (key == "tenderPeriod") {
            process_.opens = text_member(value, "startDate");
            process_.closes = text_member(value, "endDate");
        }
    }
}

void ProcessFiller::add_bids(element bids) {
    array details;
    if (bids["details"].get(details) != simdjson::SUCCESS) {
        return;
    }
    process_.has_bids = true;
    for (const element bid : details) {
        add_bid(bid);
    }
}

void ProcessFiller::add_bid(element bid) {
    const auto members = object_of(bid);
    if (!members) {
        return;
    }
    Bid& place = bid_named(is_later_release_ ? identifier_in(bid) : std::string_view{});
    for (const auto [key, value] : *members) {
        if (key == "id") {
            place.id = identifier(value);
        } else if (key == "status") {
            if (const auto word = text_of(value)) {
                place.status = status_of(*word, bid_words);
            }
        } else if (key == "tenderers") {
            place.tenderers = identifiers_of(value);
        } else if (key == "value") {
            put_amount(value, place);
        } else if (key == "date") {
            put_text(value, place.date);
        }
    }
}

void ProcessFiller::add_award(element award) {
    const auto members = object_of(award);
    if (!members) {
        return;
    }
    model::Award& place =
        award_named(is_later_release_ ? identifier_in(award) : std::string_view{});
    for (const auto [key, value] : *members) {
        if (key == "id") {
            place.id = identifier(value);
        } else if (key == "status") {
            if (const auto word = text_of(value)) {
                place.status = status_of(*word, award_words);
            }
        } else if (key == "suppliers") {
            place.suppliers = identifiers_of(value);
        } else if (key == "items") {
            place.item_codes = codes_of(value);
        }
    }
}

model::NameRange ProcessFiller::identifiers_of(element list) {
    model::NameRange range{static_cast<std::uint32_t>(process_.names.size()), 0, 0};
    if (const auto elements = array_of(list)) {
        for (const element one : *elements) {
            ++range.listed;
            if (const std::string_view id = identifier_in(one); !id.empty()) {
                process_.names.push_back(id);
                ++range.count;
            }
        }
    }
    return range;
}

model::NameRange ProcessFiller::codes_of(element items) {
    model::NameRange range{static_cast<std::uint32_t>(process_.names.size()), 0, 0};
    if (const auto elements = array_of(items)) {
        for (const element item : *elements) {
            element classification;
            ++range.listed;
            if (item["classification"].get(classification) == simdjson::SUCCESS) {
                if (const std::string_view id = identifier_in(classification); !id.empty()) {
                    process_.names.push_back(id);
                    ++range.count;
                }
            }
        }
    }
    return range;
}

std::string_view ProcessFiller::identifier(element value) {
    if (const auto text = text_of(value)) {
        return *text;
    }
    if (value.is_int64() || value.is_uint64()) {
        return numbers_.emplace_back(simdjson::to_string(value));
    }
    return {};
}

std::string_view ProcessFiller::identifier_in(element object) {
    element id;
    return object["id"].get(id) == simdjson::SUCCESS ? identifier(id) : std::string_view{};
}

/// The bid to fill: a later release speaks of the bids that are there.
Bid& ProcessFiller::bid_named(std::string_view id) {
    if (!id.empty()) {
        const auto [place, is_new] = bids_by_id_.emplace(id, process_.bids.size());
        if (!is_new) {
            return process_.bids[place->second];
        }
    }
    return process_.bids.emplace_back();
}

model::Award& ProcessFiller::award_named(std::string_view id) {
    if (!id.empty()) {
        const auto [place, is_new] = awards_by_id_.emplace(id, process_.awards.size());
        if (!is_new) {
            return process_.awards[place->second];
        }
    }
    return process_.awards.emplace_back();
}

/// Before the second release: what the first one has is found by its identifiers from now on.
void ProcessFiller::note_names() {
    for (std::size_t i = 0; i < process_.bids.size(); ++i) {
        if (!process_.bids[i].id.empty()) {
            bids_by_id_.emplace(process_.bids[i].id, i);
        }
    }
    for (std::size_t i = 0; i < process_.awards.size(); ++i) {
        if (!process_.awards[i].id.empty()) {
            awards_by_id_.emplace(process_.awards[i].id, i);
        }
    }
}

}  // namespace adic::ingest
