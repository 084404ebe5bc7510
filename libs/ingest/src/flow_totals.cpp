#include "adic/ingest/flow_totals.hpp"

#include "adic/base/parallel.hpp"
#include "adic/base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace adic::ingest {
namespace {

/// A group's fields packed into one number whose order is the order of the groups.
class GroupKeys {
  public:
    GroupKeys(const model::FlowTable& flows, const FlowGrouping& by)
        : flows_(flows)
        , by_(by)
        , product_bits_(by.product ? bits_for(flows.products.size()) : 0)
        , importer_bits_(by.importer ? bits_for(flows.states.size()) : 0)
        , exporter_bits_(by.exporter ? bits_for(flows.states.size()) : 0) {
        if (by.year && flows.size() > 0) {
            const auto [first, last] = std::minmax_element(flows.year.begin(), flows.year.end());
            first_year_ = *first;
            year_bits_ = bits_for(std::size_t{*last} - *first + 1);
        }
    }

    unsigned bits() const { return product_bits_ + importer_bits_ + exporter_bits_ + year_bits_; }

    std::uint64_t of_row(std::size_t row) const {
        std::uint64_t key = by_.year ? flows_.year[row] - first_year_ : 0U;
        key = key << exporter_bits_ | (by_.exporter ? flows_.exporter[row] : 0U);
        key = key << importer_bits_ | (by_.importer ? flows_.importer[row] : 0U);
        return key << product_bits_ | (by_.product ? flows_.product[row] : 0U);
    }

    void append_fields(std::uint64_t key, FlowTotals& totals) const {
        const auto take = [&](unsigned bits) {
            const std::uint64_t field = key & ((std::uint64_t{1} << bits) - 1);
            key >>= bits;
            return field;
        };
        if (by_.product) {
            totals.product.push_back(static_cast<std::uint32_t>(take(product_bits_)));
        }
        if (by_.importer) {
            totals.importer.push_back(static_cast<std::uint16_t>(take(importer_bits_)));
        }
        if (by_.exporter) {
            totals.exporter.push_back(static_cast<std::uint16_t>(take(exporter_bits_)));
        }
        if (by_.year) {
            totals.year.push_back(static_cast<std::uint16_t>(key + first_year_));
        }
    }

  private:
    static unsigned bits_for(std::size_t count) {
        return std::max(1U, static_cast<unsigned>(std::bit_width(count == 0 ? 0 : count - 1)));
    }

    const model::FlowTable& flows_;
    FlowGrouping by_;
    unsigned product_bits_;
    unsigned importer_bits_;
    unsigned exporter_bits_;
    unsigned year_bits_ = 0;
    unsigned first_year_ = 0;
};

struct Entry {
    std::uint64_t key;
    double value;
    double quantity;
};

struct Group {
    std::uint64_t key;
    double value = 0.0;
    double quantity = 0.0;
    std::uint32_t flows = 0;
    std::uint32_t quantity_known = 0;

    void add(const Entry& entry) {
        value += entry.value;
        ++flows;
        if (!std::isnan(entry.quantity)) {
            quantity += entry.quantity;
            ++quantity_known;
        }
    }
};

/// Sums by key, by open addressing.
class GroupTable {
  public:
    void add(const Entry& entry) {
        std::size_t slot = slot_of(entry.key);
        if (slots_[slot] == free_slot) {
            if ((groups_.size() + 1) * 2 > slots_.size()) {
                grow();
                slot = slot_of(entry.key);
            }
            groups_.push_back({entry.key});
            slots_[slot] = static_cast<std::uint32_t>(groups_.size());
        }
        groups_[slots_[slot] - 1].add(entry);
    }

    /// The groups in the order of their keys.
    std::vector<Group> take() && {
        std::sort(groups_.begin(), groups_.end(), [](const Group& a, const Group& b) {
            return a.key < b.key;
        });
        return std::move(groups_);
    }

  private:
    static constexpr std::uint32_t free_slot = 0;
    static constexpr std::size_t smallest = 64;

    /// Where the key is, or would go.
    std::size_t slot_of(std::uint64_t key) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = mix(key) & mask;
        while (slots_[slot] != free_slot && groups_[slots_[slot] - 1].key != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    void grow() {
        slots_.assign(slots_.size() * 4, free_slot);
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            slots_[slot_of(groups_[i].key)] = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::vector<Group> groups_;
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(smallest, free_slot);
};

/// Sums of entries, each group's in the order of the entries.
std::vector<Group> sums_of(std::span<const Entry> entries) {
    GroupTable table;
    for (const Entry& entry : entries) {
        table.add(entry);
    }
    return std::move(table).take();
}

/// The entries of a table in the order of their part, and within a part in the order of the table.
/// Parts are runs of keys: the keys of a part are all below the keys of the next.
class Parts {
  public:
    Parts(const model::FlowTable& flows, const GroupKeys& keys)
        : flows_(flows)
        , keys_(keys)
        , shift_(keys.bits() > part_bits ? keys.bits() - part_bits : 0)
        , ranges_((flows.size() + range_rows - 1) / range_rows)
        , entries_(flows.size()) {
        count();
        scatter();
    }

    static constexpr std::size_t count_of_parts = 1024;

    std::span<const Entry> part(std::size_t part) const {
        return std::span(entries_).subspan(begin_[part], begin_[part + 1] - begin_[part]);
    }

  private:
    static constexpr unsigned part_bits = 10;
    static constexpr std::size_t range_rows = 1U << 18U;

    std::size_t part_of(std::uint64_t key) const { return key >> shift_; }

    std::span<std::size_t> places_of(std::size_t range) {
        return std::span(next_).subspan(range * count_of_parts, count_of_parts);
    }

    /// next_[range][part]: where the next entry of the part from the range of rows goes.
    void count() {
        next_.assign(ranges_ * count_of_parts, 0);
        parallel_ranges(flows_.size(), range_rows, [&](std::size_t begin, std::size_t end) {
            const std::span<std::size_t> counts = places_of(begin / range_rows);
            for (std::size_t row = begin; row < end; ++row) {
                ++counts[part_of(keys_.of_row(row))];
            }
        });
        std::size_t sum = 0;
        for (std::size_t part = 0; part < count_of_parts; ++part) {
            begin_[part] = sum;
            for (std::size_t range = 0; range < ranges_; ++range) {
                sum += std::exchange(next_[range * count_of_parts + part], sum);
            }
        }
        begin_[count_of_parts] = sum;
    }

    void scatter() {
        const bool quantities = !flows_.quantity.empty();
        parallel_ranges(flows_.size(), range_rows, [&](std::size_t begin, std::size_t end) {
            const std::span<std::size_t> next = places_of(begin / range_rows);
            for (std::size_t row = begin; row < end; ++row) {
                const std::uint64_t key = keys_.of_row(row);
                const double quantity =
                    quantities ? flows_.quantity[row] : std::numeric_limits<double>::quiet_NaN();
                entries_[next[part_of(key)]++] = {key, flows_.value[row], quantity};
            }
        });
    }

    const model::FlowTable& flows_;
    const GroupKeys& keys_;
    unsigned shift_;
    std::size_t ranges_;
    std::vector<Entry> entries_;
    std::vector<std::size_t> next_;
    std::array<std::size_t, count_of_parts + 1> begin_{};
};

void append(const Group& group, const GroupKeys& keys, FlowTotals& totals) {
    keys.append_fields(group.key, totals);
    totals.value.push_back(group.value);
    totals.quantity.push_back(
        group.quantity_known == 0 ? std::numeric_limits<double>::quiet_NaN() : group.quantity
    );
    totals.flows.push_back(group.flows);
    totals.quantity_known.push_back(group.quantity_known);
}

/// The groups of each part; the entries that they come from are gone when it returns.
std::vector<std::vector<Group>> groups_of(const model::FlowTable& flows, const GroupKeys& keys) {
    const Parts parts(flows, keys);
    std::vector<std::vector<Group>> groups(Parts::count_of_parts);
    parallel_ranges(Parts::count_of_parts, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t part = begin; part < end; ++part) {
            groups[part] = sums_of(parts.part(part));
        }
    });
    return groups;
}

void reserve(FlowTotals& totals, std::size_t rows, const FlowGrouping& by) {
    totals.year.reserve(by.year ? rows : 0);
    totals.exporter.reserve(by.exporter ? rows : 0);
    totals.importer.reserve(by.importer ? rows : 0);
    totals.product.reserve(by.product ? rows : 0);
    totals.value.reserve(rows);
    totals.quantity.reserve(rows);
    totals.flows.reserve(rows);
    totals.quantity_known.reserve(rows);
}

}  // namespace

FlowTotals aggregate_flows(const model::FlowTable& flows, const FlowGrouping& by) {
    const GroupKeys keys(flows, by);
    assert(keys.bits() <= 64);
    std::vector<std::vector<Group>> groups = groups_of(flows, keys);
    std::size_t rows = 0;
    for (const std::vector<Group>& of_part : groups) {
        rows += of_part.size();
    }
    FlowTotals totals;
    reserve(totals, rows, by);
    for (std::vector<Group>& of_part : groups) {
        for (const Group& group : of_part) {
            append(group, keys, totals);
        }
        std::vector<Group>().swap(of_part);
    }
    return totals;
}

}  // namespace adic::ingest
