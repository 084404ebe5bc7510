#include "adic/registry/search/record_index.hpp"

#include "adic/base/text.hpp"
#include "adic/model/property.hpp"
#include "adic/registry/release/seen_property.hpp"
#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <tuple>
#include <unordered_map>

namespace adic::registry {
namespace {

using model::Disclosure;
using model::FieldKind;
using model::FieldValue;
using model::Reader;
using model::Record;
using Ordinal = std::uint32_t;
using Ordinals = std::vector<Ordinal>;

/// The texts of a value; none for figures, which are not searched by words.
std::vector<std::string_view> texts_of(const FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return {*text};
    }
    if (const auto* words = std::get_if<model::Words>(&value)) {
        return {words->begin(), words->end()};
    }
    return {};
}

/// A list of it; empty for none.
std::vector<std::string> of_one(const std::string& word) {
    return word.empty() ? std::vector<std::string>{} : std::vector{word};
}

/// What counts the records of each state among the facets; no type has such a field.
constexpr std::string_view owner_facet = "owner";

void add_words(std::vector<std::string>& all, std::string_view text) {
    for (std::string& word : search_words(text)) {
        all.push_back(std::move(word));
    }
}

std::vector<std::string> words_of(const FieldValue& value) {
    std::vector<std::string> words;
    for (const std::string_view text : texts_of(value)) {
        add_words(words, text);
    }
    return words;
}

/// Fields of a record as bits, in the order of `seen_field_key`; the last bit is the identifier.
using FieldBits = std::uint64_t;
constexpr std::size_t identifier_bit = 63;

constexpr FieldBits bit(std::size_t field) {
    return FieldBits{1} << field;
}

/// Every word that some reader may find the record by, and the fields that it stands in.
/// References are not among them: whether one is seen hangs on another record.
std::map<std::string, FieldBits> words_of(const Record& record) {
    std::map<std::string, FieldBits> words;
    const auto add = [&](std::string_view text, std::size_t field) {
        for (std::string& word : search_words(text)) {
            words[std::move(word)] |= bit(field);
        }
    };
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (record.type->fields[f].kind != FieldKind::reference) {
            for (const std::string_view text : texts_of(record.fields[f])) {
                add(text, f);
            }
        }
    }
    for (std::size_t f = record.fields.size(); f < seen_fields(*record.type); ++f) {
        const std::string_view key = seen_field_key(*record.type, f);
        if (key == model::field_source) {
            add(record.source, f);
        } else if (key == model::field_note) {
            add(record.note, f);
        }
    }
    add(record.id, identifier_bit);
    return words;
}

/// A field that is asked for by name: "price", or "properties.length".
struct AskedField {
    std::string field;
    std::string property = {};  ///< empty: the field itself

    static AskedField of(const std::string& name) {
        if (!name.starts_with(model::property_prefix)) {
            return {name};
        }
        const std::size_t dot = model::property_prefix.size() - 1;
        return {name.substr(0, dot), name.substr(dot + 1)};
    }
};

/// The value of a property as people read it: "28 m".
std::string value_text(const SeenProperty& seen) {
    constexpr std::size_t separator = 2;
    if (seen.disclosure == Disclosure::full) {
        return model::to_text(seen.property).substr(seen.property.key.size() + separator);
    }
    return seen.property.unit.empty() ? seen.property.words
                                      : seen.property.words + ' ' + seen.property.unit;
}

/// A record that has a word, and the fields that it stands in.
struct Posting {
    Ordinal record;
    FieldBits fields;
};

using Postings = std::vector<Posting>;

/// A value as it is ordered: figures before texts, and what is not shown last.
struct SortKey {
    int rank = 2;
    double number = 0.0;
    std::string text = {};

    friend auto operator<=>(const SortKey&, const SortKey&) = default;
};

SortKey sort_key(const SeenField& field) {
    if (field.disclosure != Disclosure::full) {
        return {};
    }
    if (const auto* number = std::get_if<double>(&field.value)) {
        return {0, *number, {}};
    }
    if (const auto* whole = std::get_if<std::int64_t>(&field.value)) {
        return {0, static_cast<double>(*whole), {}};
    }
    if (const auto* day = std::get_if<std::chrono::sys_days>(&field.value)) {
        return {0, static_cast<double>(day->time_since_epoch().count()), {}};
    }
    if (const auto* yes = std::get_if<bool>(&field.value)) {
        return {0, *yes ? 1.0 : 0.0, {}};
    }
    std::string text;
    for (const std::string& word : words_of(field.value)) {
        text += word + ' ';
    }
    return text.empty() ? SortKey{} : SortKey{1, 0.0, std::move(text)};
}

/// Figures of one property in different units are compared in the first unit of their dimension.
SortKey sort_key(const SeenProperty& seen) {
    if (seen.disclosure != Disclosure::full) {
        return {};
    }
    if (!seen.property.figure) {
        return sort_key(SeenField{seen.disclosure, seen.property.words});
    }
    const model::PropertyUnit* unit = model::find_property_unit(seen.property.unit);
    const double figure = *seen.property.figure;
    return {0, unit == nullptr ? figure : figure * unit->size + unit->zero, {}};
}

/// The most frequent first, then by name.
std::vector<FacetValue>
most_frequent(const std::map<std::string, std::uint64_t>& counts, std::size_t most) {
    std::vector<FacetValue> values;
    for (const auto& [value, count] : counts) {
        values.push_back({value, count});
    }
    std::ranges::sort(values, [](const FacetValue& a, const FacetValue& b) {
        return std::tie(b.count, a.value) < std::tie(a.count, b.value);
    });
    values.resize(std::min(values.size(), most));
    return values;
}

/// What a reader sees of each record on a day, as `fields_in_full`; brought up to date when it is
/// used. So the gate is asked once for each record and reader, and not by each search.
struct View {
    std::mutex updating;
    std::size_t seen_changes = 0;
    std::vector<FieldBits> in_full;
};

/// Readers with the same of these see the same.
std::string key_of(const Reader& reader) {
    std::string key = reader.is_official ? "official\n" : "\n";
    key += reader.state + '\n' + reader.organisation + '\n';
    key += std::to_string(reader.on.time_since_epoch().count());
    for (const std::string& bloc : reader.blocs) {
        key += '\n' + bloc;
    }
    return key;
}

std::optional<std::size_t> seen_field_of(const model::RecordType& type, std::string_view key) {
    for (std::size_t f = 0; f < seen_fields(type); ++f) {
        if (seen_field_key(type, f) == key) {
            return f;
        }
    }
    return std::nullopt;
}

/// The fields of a record that the reader sees in full: what it may be found by. Of a record that
/// it sees at all the identifier is one; 0: it sees nothing.
FieldBits fields_in_full(const Reader& reader, const Record& record) {
    if (is_on_owners_side(reader, record)) {
        return ~FieldBits{0};
    }
    const Disclosure of_record = disclosed(reader, record, {});
    if (of_record != Disclosure::full) {
        return of_record == Disclosure::none ? 0 : bit(identifier_bit);
    }
    FieldBits fields = ~FieldBits{0};
    for (const model::FieldRelease& release : record.policy.fields) {
        const auto field = seen_field_of(*record.type, AskedField::of(release.field).field);
        if (field && disclosed(reader, record, release.field) != Disclosure::full) {
            fields &= ~bit(*field);
        }
    }
    for (std::size_t f = 0; f < record.type->fields.size() && !record.policy.fields.empty(); ++f) {
        const model::FieldSpec& field = record.type->fields[f];
        if (!field.no_wider_than.empty()
            && disclosed(reader, record, field.key) != Disclosure::full) {
            fields &= ~bit(f);
        }
    }
    return fields;
}

}  // namespace

class RecordIndex::Inside {
  public:
    explicit Inside(const RecordStore& store) : store_(store) {}

    std::optional<Error> refresh() {
        const std::lock_guard one_at_a_time(refreshing_);
        std::vector<model::RecordVersion> versions;
        const auto last = store_.changes_since(
            sequence_,
            [&](std::uint64_t, const model::RecordVersion& version) {
                versions.push_back(version);
                return true;
            }
        );
        if (!last) {
            return last.error();
        }
        if (!versions.empty()) {
            const std::unique_lock lock(using_);
            const std::size_t known = records_.size();
            for (model::RecordVersion& version : versions) {
                take(std::move(version));
            }
            order_from(known);
        }
        sequence_ = *last;
        return std::nullopt;
    }

    Result<SearchPage> search(
        const Reader& reader,
        const SearchQuery& query,
        const std::optional<Reader>& told,
        const TellOf& others
    ) const {
        const std::shared_lock lock(using_);
        const ReleaseGate gate = gate_for(reader, told);
        ADIC_TRY(Ordinals found, found_by(gate, query));
        SearchPage page;
        page.total = found.size();
        for (const std::string& field : query.facets) {
            ADIC_TRY(Facet facet, facet_of(gate, found, field));
            page.facets.push_back(std::move(facet));
        }
        const bool tells_of_all = others && asks_about_values(query);
        Ordinals all = tells_of_all ? found : Ordinals{};
        ADIC_TRY(found, page_of(gate, std::move(found), query));
        for (const Ordinal o : found) {
            if (auto seen = gate.see(records_[o])) {
                page.records.push_back({*std::move(seen), numbers_[o]});
            }
        }
        const std::set<Ordinal> on_page(found.begin(), found.end());
        std::erase_if(all, [&](Ordinal o) { return on_page.contains(o); });
        tell(gate, std::move(all), others);
        return page;
    }

    std::vector<FacetValue> suggest(
        const Reader& reader,
        const std::string& type,
        const std::string& beginning,
        std::size_t most,
        const TellOf& behind
    ) const {
        const std::shared_lock lock(using_);
        const std::vector<std::string> words = search_words(beginning);
        if (words.size() != 1) {
            return {};
        }
        const auto view = view_for(reader);
        const WantedKind kind = kind_of(of_one(type), {});
        std::map<std::string, std::uint64_t> counts;
        for (auto word = postings_.lower_bound(words[0]);
             word != postings_.end() && word->first.starts_with(words[0]);
             ++word) {
            for (const Posting& one : word->second) {
                const bool is_seen = (one.fields & view->in_full[one.record]) != 0;
                counts[word->first] += is_seen && kind.takes(kinds_[one.record]) ? 1U : 0U;
            }
        }
        std::erase_if(counts, [](const auto& one) { return one.second == 0; });
        std::vector<FacetValue> suggested = most_frequent(counts, most);
        if (behind) {
            const auto is_of = [&](const Posting& one) {
                return (one.fields & view->in_full[one.record]) != 0
                       && kind.takes(kinds_[one.record]);
            };
            std::set<Ordinal> all;
            for (const FacetValue& word : suggested) {
                for (const Posting& one : postings_.find(word.value)->second) {
                    if (is_of(one)) {
                        all.insert(one.record);
                    }
                }
            }
            tell(gate_for(reader, {}), {all.begin(), all.end()}, behind);
        }
        return suggested;
    }

    std::vector<RecordCount> count(const Reader& reader) const {
        const std::shared_lock lock(using_);
        const auto view = view_for(reader);
        std::map<std::pair<std::string, std::string_view>, std::uint64_t> counts;
        for (const Ordinal o : by_id_) {
            if (view->in_full[o] != 0) {
                ++counts[{records_[o].owner, records_[o].type->key}];
            }
        }
        std::vector<RecordCount> all;
        for (const auto& [what, records] : counts) {
            all.push_back({what.first, std::string(what.second), records});
        }
        return all;
    }

    std::vector<WrittenRecord> written_since(const Reader& reader, std::chrono::sys_seconds since)
        const {
        const std::shared_lock lock(using_);
        const auto view = view_for(reader);
        std::vector<WrittenRecord> written;
        for (const Ordinal o : by_id_) {
            if (view->in_full[o] != 0 && times_[o] >= since) {
                written.push_back({records_[o].id, numbers_[o], times_[o]});
            }
        }
        std::ranges::stable_sort(written, std::ranges::greater{}, &WrittenRecord::at);
        return written;
    }

    std::optional<FoundRecord>
    see(const Reader& reader, const std::string& id, const std::optional<Reader>& told) const {
        const std::shared_lock lock(using_);
        const Record* record = find(id);
        auto seen = record == nullptr ? std::nullopt : gate_for(reader, told).see(*record);
        return seen ? std::optional{FoundRecord{*std::move(seen), numbers_[ordinals_.at(id)]}}
                    : std::nullopt;
    }

  private:
    /// By words, ranges or facets: then what is counted tells of fields.
    static bool asks_about_values(const SearchQuery& query) {
        return !query.text.empty() || !query.fields.empty() || !query.ranges.empty()
               || std::ranges::any_of(query.facets, [](const std::string& field) {
                      return field != owner_facet;
                  });
    }

    /// By identifier, whatever was written first.
    void tell(const ReleaseGate& gate, Ordinals of, const TellOf& listener) const {
        std::ranges::sort(of, {}, [this](Ordinal o) -> const std::string& {
            return records_[o].id;
        });
        for (const Ordinal o : of) {
            if (auto seen = gate.see(records_[o])) {
                listener({*std::move(seen), numbers_[o]});
            }
        }
    }

    const Record* find(std::string_view id) const {
        const auto found = ordinals_.find(std::string(id));
        return found == ordinals_.end() || is_withdrawn_[found->second] ? nullptr
                                                                        : &records_[found->second];
    }

    ReleaseGate gate_for(const Reader& reader, const std::optional<Reader>& told) const {
        const auto find_one = [this](std::string_view id) { return find(id); };
        return told ? ReleaseGate{reader, *told, find_one} : ReleaseGate{reader, find_one};
    }

    /// Requires: nobody else uses the index, as for `post` and `unpost`.
    void take(model::RecordVersion version) {
        const std::string& id = version.record.id;
        const auto [entry, is_new] =
            ordinals_.try_emplace(id, static_cast<Ordinal>(records_.size()));
        const Ordinal o = entry->second;
        if (is_new) {
            records_.push_back(std::move(version.record));
            kinds_.push_back(kept_kind(records_.back()));
            is_withdrawn_.push_back(version.is_withdrawn);
            numbers_.push_back(version.number);
            times_.push_back(version.at);
        } else {
            unpost(o);
            records_[o] = std::move(version.record);
            kinds_[o] = kept_kind(records_[o]);
            is_withdrawn_[o] = version.is_withdrawn;
            numbers_[o] = version.number;
            times_[o] = version.at;
        }
        post(o);
        changes_.push_back(o);
    }

    /// Puts the records from that ordinal on into the order of identifiers: few are inserted, many
    /// are sorted with the rest.
    void order_from(std::size_t known) {
        const auto id = [this](Ordinal o) -> const std::string& { return records_[o].id; };
        constexpr std::size_t few = 16;
        const bool are_few = records_.size() - known <= few;
        for (std::size_t o = known; o < records_.size(); ++o) {
            const auto ordinal = static_cast<Ordinal>(o);
            const auto place =
                are_few ? std::ranges::lower_bound(by_id_, id(ordinal), {}, id) : by_id_.end();
            by_id_.insert(place, ordinal);
        }
        if (!are_few) {
            std::ranges::sort(by_id_, {}, id);
        }
    }

    void post(Ordinal o) {
        for (const auto& [word, fields] : words_of(records_[o])) {
            Postings& postings = postings_[word];
            postings.insert(
                std::ranges::lower_bound(postings, o, {}, &Posting::record),
                {o, fields}
            );
        }
    }

    void unpost(Ordinal o) {
        for (const auto& [word, fields] : words_of(records_[o])) {
            const auto found = postings_.find(word);
            std::erase_if(found->second, [o](const Posting& one) { return one.record == o; });
            if (found->second.empty()) {
                postings_.erase(found);
            }
        }
    }

    /// What every search looks at first, apart from the records: sixteen fit a line of the cache.
    struct Kind {
        std::uint16_t type;
        std::uint16_t owner;
    };

    struct WantedKind {
        std::uint64_t types = ~std::uint64_t{0};  ///< a bit for each
        std::optional<std::uint16_t> owner;
        bool is_known = true;  ///< there are records of that owner

        bool takes(const Kind& kind) const {
            return is_known && (types >> kind.type & 1U) != 0 && (!owner || *owner == kind.owner);
        }
    };

    Kind kept_kind(const Record& record) {
        const auto number = [](auto& numbers, const std::string& word) {
            return numbers.try_emplace(word, static_cast<std::uint16_t>(numbers.size()))
                .first->second;
        };
        return {number(types_, std::string(record.type->key)), number(owners_, record.owner)};
    }

    /// No types and an empty owner take all.
    WantedKind kind_of(const std::vector<std::string>& types, const std::string& owner) const {
        WantedKind kind;
        if (!types.empty()) {
            kind.types = 0;
        }
        for (const std::string& type : types) {
            if (const auto found = types_.find(type); found != types_.end()) {
                kind.types |= std::uint64_t{1} << found->second;
            }
        }
        if (const auto found = owners_.find(owner); found != owners_.end()) {
            kind.owner = found->second;
        }
        kind.is_known = owner.empty() || kind.owner;
        return kind;
    }

    /// The view is stable as long as the index is held: only a change of the index changes it.
    std::shared_ptr<const View> view_for(const Reader& reader) const {
        constexpr std::size_t most_views = 64;
        std::shared_ptr<View> view;
        {
            const std::lock_guard lock(choosing_);
            if (views_.size() >= most_views) {
                views_.clear();
            }
            auto& kept = views_[key_of(reader)];
            kept = kept ? kept : std::make_shared<View>();
            view = kept;
        }
        const std::lock_guard lock(view->updating);
        view->in_full.resize(records_.size());
        for (; view->seen_changes < changes_.size(); ++view->seen_changes) {
            const Ordinal o = changes_[view->seen_changes];
            view->in_full[o] = is_withdrawn_[o] ? 0 : fields_in_full(reader, records_[o]);
        }
        return view;
    }

    /// Records with a word that begins so, in order. Lists of several words are merged by a place
    /// for each record: short beginnings have thousands of words, and sorting would take longer.
    Postings begun_by(const std::string& beginning) const {
        const auto first = postings_.lower_bound(beginning);
        auto last = first;
        std::size_t words = 0;
        while (last != postings_.end() && last->first.starts_with(beginning)) {
            ++last;
            ++words;
        }
        if (words <= 1) {
            return words == 0 ? Postings{} : first->second;
        }
        std::vector<FieldBits> fields(records_.size());
        for (auto word = first; word != last; ++word) {
            for (const Posting& one : word->second) {
                fields[one.record] |= one.fields;
            }
        }
        Postings all;
        for (Ordinal o = 0; o < fields.size(); ++o) {
            if (fields[o] != 0) {
                all.push_back({o, fields[o]});
            }
        }
        return all;
    }

    Postings with_word(const std::string& word) const {
        const auto found = postings_.find(word);
        return found == postings_.end() ? Postings{} : found->second;
    }

    /// A word that has to be found: where it stands, and in which field it has to.
    struct Wanted {
        Postings postings;
        std::string word;
        std::string field = {};    ///< empty: any
        bool is_beginning = true;  ///< that a word begins so is enough
    };

    /// The fields that a record may have it in.
    FieldBits fields_for(const Wanted& wanted, Ordinal o) const {
        if (wanted.field.empty()) {
            return ~FieldBits{0};
        }
        const auto field = seen_field_of(*records_[o].type, wanted.field);
        return field ? bit(*field) : 0;
    }

    /// Whether a record has a wanted word in a field that is seen in full.
    bool has(const ReleaseGate& gate, Ordinal o, const Wanted& wanted, FieldBits in_full) const {
        const auto found = std::ranges::lower_bound(wanted.postings, o, {}, &Posting::record);
        if (found == wanted.postings.end() || found->record != o) {
            return false;
        }
        const FieldBits fields = found->fields & fields_for(wanted, o);
        if ((fields & in_full) != 0) {
            return true;
        }
        // No property is seen in full of a record that is not.
        const bool may_be_property = fields != 0 && in_full != bit(identifier_bit);
        return may_be_property && is_in_shown_property(gate, o, fields, wanted);
    }

    /// Of properties some may be shown and others not: they are looked at as they are seen.
    bool is_in_shown_property(
        const ReleaseGate& gate,
        Ordinal o,
        FieldBits fields,
        const Wanted& wanted
    ) const {
        const Record& record = records_[o];
        const auto f = record.type->find_field("properties");
        if (!f || !are_properties(*record.type, *f) || (fields & bit(*f)) == 0) {
            return false;
        }
        for (const SeenProperty& one : properties_of(*gate.see_field(record, *f))) {
            if (one.disclosure != Disclosure::full) {
                continue;
            }
            for (const std::string& word : search_words(to_text(one))) {
                if (wanted.is_beginning ? word.starts_with(wanted.word) : word == wanted.word) {
                    return true;
                }
            }
        }
        return false;
    }

    /// References are compared as they are seen, one by one: they have no postings.
    bool refers(const ReleaseGate& gate, Ordinal o, const std::string& field, const std::string& id)
        const {
        const auto f = seen_field_of(*records_[o].type, field);
        if (!f) {
            return false;
        }
        const SeenField seen = *gate.see_field(records_[o], *f);
        const std::vector<std::string_view> ids = texts_of(seen.value);
        return seen.disclosure == Disclosure::full && std::ranges::find(ids, id) != ids.end();
    }

    static std::optional<Error>
    problem_with(const std::vector<std::string>& types, const std::string& name) {
        const AskedField asked = AskedField::of(name);
        const bool names_property =
            name.starts_with(model::property_prefix) && model::is_property_key(asked.property);
        for (const model::RecordType& one : model::record_types()) {
            const auto field = seen_field_of(one, asked.field);
            const bool is_right =
                field && (asked.field == name || (names_property && are_properties(one, *field)));
            if ((types.empty() || std::ranges::find(types, one.key) != types.end()) && is_right) {
                return std::nullopt;
            }
        }
        return Error{ErrorCode::invalid_argument, "there is no field '" + name + "'", {}};
    }

    static bool are_properties(const model::RecordType& type, std::size_t field) {
        return field < type.fields.size() && type.fields[field].kind == FieldKind::properties;
    }

    /// What the gate shows of it; nothing where the type has no such field.
    SeenField seen_value(const ReleaseGate& gate, Ordinal o, const std::string& field) const {
        const auto f = seen_field_of(*records_[o].type, field);
        return f ? *gate.see_field(records_[o], *f) : SeenField{};
    }

    SeenProperty seen_property(const ReleaseGate& gate, Ordinal o, const AskedField& asked) const {
        for (SeenProperty& one : properties_of(seen_value(gate, o, asked.field))) {
            if (one.property.key == asked.property) {
                return std::move(one);
            }
        }
        return {};
    }

    /// Whether the words stand in the property as it is seen in full. Postings know only that they
    /// stand in some property of the record.
    bool has_words(
        const ReleaseGate& gate,
        Ordinal o,
        const std::pair<std::string, std::string>& wanted
    ) const {
        const SeenProperty seen = seen_property(gate, o, AskedField::of(wanted.first));
        if (seen.disclosure != Disclosure::full) {
            return false;
        }
        const std::vector<std::string> there = search_words(value_text(seen));
        return std::ranges::all_of(search_words(wanted.second), [&](const std::string& word) {
            return std::ranges::find(there, word) != there.end();
        });
    }

    static std::optional<double> figure_of(const SeenField& seen) {
        if (seen.disclosure != Disclosure::full) {
            return std::nullopt;
        }
        if (const auto* whole = std::get_if<std::int64_t>(&seen.value)) {
            return static_cast<double>(*whole);
        }
        const auto* number = std::get_if<double>(&seen.value);
        return number == nullptr ? std::nullopt : std::optional{*number};
    }

    static std::optional<double> figure_of(const SeenProperty& seen, const std::string& unit) {
        return unit.empty() || !seen.property.figure
                   ? seen.property.figure
                   : model::converted(*seen.property.figure, seen.property.unit, unit);
    }

    /// Whether a figure that is seen in full lies in the range.
    bool is_within(const ReleaseGate& gate, Ordinal o, const FigureRange& range) const {
        const AskedField asked = AskedField::of(range.field);
        const std::optional<double> figure =
            asked.property.empty() ? figure_of(seen_value(gate, o, asked.field))
                                   : figure_of(seen_property(gate, o, asked), range.unit);
        return figure && (!range.least || *figure >= *range.least)
               && (!range.most || *figure <= *range.most);
    }

    /// What is asked for, taken apart. The rarest word comes first.
    struct Search {
        std::vector<Wanted> words;
        std::vector<std::pair<std::string, std::string>> references;
        std::vector<std::pair<std::string, std::string>> properties;  ///< and words in them
        std::vector<FigureRange> ranges;
    };

    Result<Search> search_of(const SearchQuery& query) const {
        Search search;
        for (const std::string& word : search_words(query.text)) {
            search.words.push_back({begun_by(word), word});
        }
        for (const auto& [field, value] : query.fields) {
            if (auto problem = problem_with(query.types, field)) {
                return *std::move(problem);
            }
            if (is_reference(field)) {
                search.references.emplace_back(field, value);
                continue;
            }
            const AskedField asked = AskedField::of(field);
            if (!asked.property.empty()) {
                search.properties.emplace_back(field, value);
            }
            for (const std::string& word : search_words(value)) {
                search.words.push_back({with_word(word), word, asked.field, false});
            }
        }
        for (const FigureRange& range : query.ranges) {
            if (auto problem = problem_with(query.types, range.field)) {
                return *std::move(problem);
            }
        }
        search.ranges = query.ranges;
        std::ranges::sort(search.words, {}, [](const Wanted& one) { return one.postings.size(); });
        return search;
    }

    Result<Ordinals> found_by(const ReleaseGate& gate, const SearchQuery& query) const {
        ADIC_TRY(const Search search, search_of(query));
        const auto view = view_for(gate.reader());
        const WantedKind kind = kind_of(query.types, query.owner);
        Ordinals found;
        const auto look_at = [&](Ordinal o) {
            const FieldBits in_full = view->in_full[o];
            if (in_full == 0 || !kind.takes(kinds_[o])
                || (query.is_own && !is_on_owners_side(gate.reader(), records_[o]))) {
                return;
            }
            const auto has_word = [&](const Wanted& one) { return has(gate, o, one, in_full); };
            const auto has_reference = [&](const auto& one) {
                return refers(gate, o, one.first, one.second);
            };
            const auto has_property = [&](const auto& one) { return has_words(gate, o, one); };
            const auto has_figure = [&](const auto& one) { return is_within(gate, o, one); };
            if (std::ranges::all_of(search.words, has_word)
                && std::ranges::all_of(search.references, has_reference)
                && std::ranges::all_of(search.properties, has_property)
                && std::ranges::all_of(search.ranges, has_figure)) {
                found.push_back(o);
            }
        };
        if (!query.ids.empty()) {
            for (const std::string& id : std::set(query.ids.begin(), query.ids.end())) {
                if (const auto asked = ordinals_.find(id); asked != ordinals_.end()) {
                    look_at(asked->second);
                }
            }
        } else if (search.words.empty()) {
            std::ranges::for_each(by_id_, look_at);
        } else {
            for (const Posting& one : search.words.front().postings) {
                look_at(one.record);
            }
        }
        return found;
    }

    /// Whether some type has a field of that name that refers to records: it has no postings.
    static bool is_reference(std::string_view field) {
        return std::ranges::any_of(model::record_types(), [&](const model::RecordType& type) {
            const auto found = type.find_field(field);
            return found && type.fields[*found].kind == FieldKind::reference;
        });
    }

    Result<Facet> facet_of(const ReleaseGate& gate, const Ordinals& found, const std::string& field)
        const {
        constexpr std::size_t most_values = 100;
        std::map<std::string, std::uint64_t> counts;
        if (field == owner_facet) {
            for (const Ordinal o : found) {
                ++counts[records_[o].owner];
            }
            return Facet{field, most_frequent(counts, most_values)};
        }
        if (auto problem = problem_with({}, field)) {
            return *std::move(problem);
        }
        const AskedField asked = AskedField::of(field);
        for (const Ordinal o : found) {
            if (!asked.property.empty()) {
                const SeenProperty seen = seen_property(gate, o, asked);
                if (seen.disclosure >= Disclosure::generalised) {
                    ++counts[value_text(seen)];
                }
                continue;
            }
            const SeenField seen = seen_value(gate, o, field);
            if (seen.disclosure < Disclosure::generalised) {
                continue;
            }
            for (const std::string_view text : texts_of(seen.value)) {
                ++counts[std::string(text)];
            }
        }
        return Facet{field, most_frequent(counts, most_values)};
    }

    Result<Ordinals> page_of(const ReleaseGate& gate, Ordinals found, const SearchQuery& query)
        const {
        const auto by_identifier = [&](Ordinal a, Ordinal b) {
            return records_[a].id < records_[b].id;
        };
        const std::size_t first = std::min<std::size_t>(query.first, found.size());
        const std::size_t last = first + std::min(query.most, found.size() - first);
        const auto cut = [&](Ordinals ordered) {
            return Ordinals(
                ordered.begin() + static_cast<std::ptrdiff_t>(first),
                ordered.begin() + static_cast<std::ptrdiff_t>(last)
            );
        };
        if (query.sort.empty()) {
            if (query.is_descending) {
                std::ranges::partial_sort(
                    found,
                    found.begin() + static_cast<std::ptrdiff_t>(last),
                    [&](Ordinal a, Ordinal b) { return by_identifier(b, a); }
                );
            } else {
                std::ranges::partial_sort(
                    found,
                    found.begin() + static_cast<std::ptrdiff_t>(last),
                    by_identifier
                );
            }
            return cut(std::move(found));
        }
        if (auto problem = problem_with(query.types, query.sort)) {
            return *std::move(problem);
        }
        std::vector<std::pair<SortKey, Ordinal>> keyed;
        const AskedField asked = AskedField::of(query.sort);
        for (const Ordinal o : found) {
            keyed.emplace_back(
                asked.property.empty() ? sort_key(seen_value(gate, o, asked.field))
                                       : sort_key(seen_property(gate, o, asked)),
                o
            );
        }
        std::ranges::sort(keyed, [&](const auto& a, const auto& b) {
            if (a.first != b.first) {
                // What is not shown comes last, in either direction.
                const bool is_less = a.first < b.first;
                return query.is_descending && a.first.rank < 2 && b.first.rank < 2 ? !is_less
                                                                                   : is_less;
            }
            return by_identifier(a.second, b.second);
        });
        std::ranges::transform(keyed, found.begin(), [](const auto& one) { return one.second; });
        return cut(std::move(found));
    }

    const RecordStore& store_;
    std::mutex refreshing_;
    std::uint64_t sequence_ = 0;

    mutable std::shared_mutex using_;
    std::vector<Record> records_;
    std::vector<Kind> kinds_;
    std::map<std::string, std::uint16_t, std::less<>> types_;
    std::map<std::string, std::uint16_t, std::less<>> owners_;
    std::vector<bool> is_withdrawn_;
    std::vector<std::uint64_t> numbers_;  ///< of the versions
    std::vector<std::chrono::sys_seconds> times_;
    std::unordered_map<std::string, Ordinal> ordinals_;
    Ordinals by_id_;
    Ordinals changes_;  ///< every ordinal that was taken in, for views to catch up
    std::map<std::string, Postings, std::less<>> postings_;

    mutable std::mutex choosing_;
    mutable std::map<std::string, std::shared_ptr<View>> views_;
};

RecordIndex::RecordIndex(const RecordStore& store) : inside_(std::make_unique<Inside>(store)) {}

RecordIndex::~RecordIndex() = default;

std::optional<Error> RecordIndex::refresh() {
    return inside_->refresh();
}

Result<SearchPage> RecordIndex::search(
    const Reader& reader,
    const SearchQuery& query,
    const std::optional<Reader>& told,
    const TellOf& others
) const {
    return inside_->search(reader, query, told, others);
}

std::vector<FacetValue> RecordIndex::suggest(
    const Reader& reader,
    const std::string& type,
    const std::string& beginning,
    std::size_t most,
    const TellOf& behind
) const {
    return inside_->suggest(reader, type, beginning, most, behind);
}

std::vector<RecordCount> RecordIndex::count(const Reader& reader) const {
    return inside_->count(reader);
}

std::vector<WrittenRecord>
RecordIndex::written_since(const Reader& reader, std::chrono::sys_seconds since) const {
    return inside_->written_since(reader, since);
}

std::optional<FoundRecord> RecordIndex::see(
    const Reader& reader,
    const std::string& id,
    const std::optional<Reader>& told
) const {
    return inside_->see(reader, id, told);
}

}  // namespace adic::registry
