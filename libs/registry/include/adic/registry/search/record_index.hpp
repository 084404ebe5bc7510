#pragma once

#include "adic/model/record.hpp"
#include "adic/registry/release/gate.hpp"
#include "adic/registry/release/released.hpp"
#include "adic/registry/release/seen_record.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace adic::registry {

/// Figures of a field between two ends, both of them in it; an end that is empty is open.
struct FigureRange {
    std::string field;  ///< of numbers, or a property: "properties.length"
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::string unit = {};  ///< of the ends of a property; empty: that of each item
};

/// What a reader looks for; what is empty does not matter. A field is one of the record or one of
/// its properties, as "properties.length".
struct SearchQuery {
    std::vector<std::string> types = {};  ///< of one of these; empty: of any
    std::vector<std::string> ids = {};    ///< one of these; empty: any
    std::string owner = {};
    bool is_own = false;    ///< only records on whose owner's side the reader is
    std::string text = {};  ///< words, each of which has to begin a word of the record
    /// Fields, and words that each have to stand in them.
    std::vector<std::pair<std::string, std::string>> fields = {};
    std::vector<FigureRange> ranges = {};  ///< that each have to hold
    std::string sort = {};                 ///< field to order by; empty: by identifier
    bool is_descending = false;
    std::uint64_t first = 0;  ///< how many to pass over
    std::size_t most = 50;
    /// Fields whose values are counted; `owner` counts the records of each state.
    std::vector<std::string> facets = {};
};

struct FacetValue {
    std::string value;
    std::uint64_t count = 0;

    friend bool operator==(const FacetValue&, const FacetValue&) = default;
};

struct Facet {
    std::string field;
    std::vector<FacetValue> values;  ///< the most frequent first, at most 100

    friend bool operator==(const Facet&, const Facet&) = default;
};

struct FoundRecord {
    Released<SeenRecord> record;
    /// Of those that are stored, for the audit log. Never shown: it would tell how often the owner
    /// changes what is hidden.
    std::uint64_t version = 0;
};

/// How many records of one type a state shows a reader.
struct RecordCount {
    std::string owner;
    std::string type;
    std::uint64_t records = 0;

    friend bool operator==(const RecordCount&, const RecordCount&) = default;
};

/// When a record was last written, whether what changed is shown or not: for programs, never shown.
struct WrittenRecord {
    std::string id;
    std::uint64_t version = 0;
    std::chrono::sys_seconds at = {};
};

struct SearchPage {
    std::vector<FoundRecord> records;
    std::uint64_t total = 0;  ///< that the reader sees and that match
    std::vector<Facet> facets;
};

/// Is told of records beside those of an answer, of whose fields the answer tells something.
using TellOf = std::function<void(const FoundRecord&)>;

/// The latest versions of all records in memory, to be searched by readers.
///
/// What is found, counted, ordered and suggested is what the release gate lets the reader see: the
/// words of fields that are not shown in full lead to nothing. May be used by several threads.
class RecordIndex {
  public:
    /// Requires: the store lives as long.
    explicit RecordIndex(const RecordStore& store);
    RecordIndex(const RecordIndex&) = delete;
    RecordIndex& operator=(const RecordIndex&) = delete;
    ~RecordIndex();

    /// Takes in what was written since the last time. Errors: those of the store.
    /// Cost: O(words) of what is new.
    std::optional<Error> refresh();

    /// Where values are asked about, by words, ranges or facets, the total and the facets tell of
    /// the records that are found and are not on the page: `others` hears of each, by identifier.
    ///
    /// Errors: invalid_argument for a field that no record has.
    /// `told`: to whom what the reader sees is told, if not to himself; see ReleaseGate.
    /// Cost: O(found records + page * fields); ordering, facets and `others` take the fields of all
    ///       that are found.
    Result<SearchPage> search(
        const model::Reader& reader,
        const SearchQuery& query,
        const std::optional<model::Reader>& told = {},
        const TellOf& others = {}
    ) const;

    /// Words of the records that the reader sees that begin so, the most frequent first. `behind`
    /// hears of the records that they are of, each once, by identifier.
    /// Cost: O(records with such words), with `behind` times their fields.
    std::vector<FacetValue> suggest(
        const model::Reader& reader,
        const std::string& type,
        const std::string& beginning,
        std::size_t most,
        const TellOf& behind = {}
    ) const;

    /// How many records the reader sees, by owner and type; none with 0. Cost: O(records).
    std::vector<RecordCount> count(const model::Reader& reader) const;

    /// The records that the reader sees and that were written since, the latest first; of those at
    /// the same time by identifier. Cost: O(records), the same for one that is hidden or old.
    std::vector<WrittenRecord>
    written_since(const model::Reader& reader, std::chrono::sys_seconds since) const;

    /// What the reader sees of one record; empty: as if it were not there.
    std::optional<FoundRecord> see(
        const model::Reader& reader,
        const std::string& id,
        const std::optional<model::Reader>& told = {}
    ) const;

  private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace adic::registry
