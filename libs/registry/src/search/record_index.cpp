#include "adic/registry/search/record_index.hpp"

#include "adic/registry/search/search_words.hpp"

#include <algorithm>
#include <map>
#include <mutex>
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

void sort_unique(std::vector<std::string>& words) {
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
}

/// Every word that some reader may find the record by. References are not among them: whether one
/// is seen hangs on another record.
std::vector<std::string> words_of(const Record& record) {
    std::vector<std::string> words;
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (record.type->fields[f].kind != FieldKind::reference) {
            for (const std::string_view text : texts_of(record.fields[f])) {
                add_words(words, text);
            }
        }
    }
    add_words(words, record.id);
    add_words(words, record.source);
    add_words(words, record.note);
    sort_unique(words);
    return words;
}

bool begins_one_of(const std::vector<std::string>& words, std::string_view beginning) {
    return std::ranges::any_of(words, [&](const std::string& word) {
        return word.starts_with(beginning);
    });
}

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

/// Which records a reader sees on a day, as one bit each; brought up to date when it is used.
struct View {
    std::mutex updating;
    std::size_t seen_changes = 0;
    std::vector<bool> is_visible;
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
            for (model::RecordVersion& version : versions) {
                take(std::move(version));
            }
            std::ranges::sort(by_id_, {}, [&](Ordinal o) -> const std::string& {
                return records_[o].id;
            });
        }
        sequence_ = *last;
        return std::nullopt;
    }

    Result<SearchPage> search(const Reader& reader, const SearchQuery& query) const {
        const std::shared_lock lock(using_);
        const ReleaseGate gate = gate_for(reader);
        ADIC_TRY(Ordinals found, found_by(gate, query));
        SearchPage page;
        page.total = found.size();
        for (const std::string& field : query.facets) {
            ADIC_TRY(Facet facet, facet_of(gate, found, field));
            page.facets.push_back(std::move(facet));
        }
        ADIC_TRY(found, page_of(gate, std::move(found), query));
        for (const Ordinal o : found) {
            if (auto seen = gate.see(records_[o])) {
                page.records.push_back({*std::move(seen), numbers_[o]});
            }
        }
        return page;
    }

    std::vector<FacetValue> suggest(
        const Reader& reader,
        const std::string& type,
        const std::string& beginning,
        std::size_t most
    ) const {
        const std::shared_lock lock(using_);
        const std::vector<std::string> words = search_words(beginning);
        if (words.size() != 1) {
            return {};
        }
        const ReleaseGate gate = gate_for(reader);
        const auto view = view_for(reader);
        std::map<std::string, std::uint64_t> counts;
        for (auto word = postings_.lower_bound(words[0]);
             word != postings_.end() && word->first.starts_with(words[0]);
             ++word) {
            for (const Ordinal o : word->second) {
                const bool is_seen = view->is_visible[o] && is_of_type(o, type)
                                     && (is_whole(gate, o) || shows(gate, o, word->first, true));
                counts[word->first] += is_seen ? 1 : 0;
            }
        }
        std::erase_if(counts, [](const auto& one) { return one.second == 0; });
        return most_frequent(counts, most);
    }

    std::optional<FoundRecord> see(const Reader& reader, const std::string& id) const {
        const std::shared_lock lock(using_);
        const Record* record = find(id);
        auto seen = record == nullptr ? std::nullopt : gate_for(reader).see(*record);
        return seen ? std::optional{FoundRecord{*std::move(seen), numbers_[ordinals_.at(id)]}}
                    : std::nullopt;
    }

  private:
    const Record* find(std::string_view id) const {
        const auto found = ordinals_.find(std::string(id));
        return found == ordinals_.end() || is_withdrawn_[found->second] ? nullptr
                                                                        : &records_[found->second];
    }

    ReleaseGate gate_for(const Reader& reader) const {
        return ReleaseGate{reader, [this](std::string_view id) { return find(id); }};
    }

    /// Requires: nobody else uses the index, as for `post` and `unpost`.
    void take(model::RecordVersion version) {
        const std::string& id = version.record.id;
        const auto [entry, is_new] =
            ordinals_.try_emplace(id, static_cast<Ordinal>(records_.size()));
        const Ordinal o = entry->second;
        if (is_new) {
            by_id_.push_back(o);
            records_.push_back(std::move(version.record));
            is_withdrawn_.push_back(version.is_withdrawn);
            numbers_.push_back(version.number);
        } else {
            unpost(o);
            records_[o] = std::move(version.record);
            is_withdrawn_[o] = version.is_withdrawn;
            numbers_[o] = version.number;
        }
        post(o);
        changes_.push_back(o);
    }

    void post(Ordinal o) {
        for (std::string& word : words_of(records_[o])) {
            Ordinals& ordinals = postings_[std::move(word)];
            ordinals.insert(std::ranges::lower_bound(ordinals, o), o);
        }
    }

    void unpost(Ordinal o) {
        for (const std::string& word : words_of(records_[o])) {
            const auto found = postings_.find(word);
            std::erase(found->second, o);
            if (found->second.empty()) {
                postings_.erase(found);
            }
        }
    }

    bool is_of_type(Ordinal o, const std::string& type) const {
        return type.empty() || records_[o].type->key == type;
    }

    /// The view is stable as long as the index is held: only a change of the index changes it.
    std::shared_ptr<const View> view_for(const Reader& reader) const {
        constexpr std::size_t most_views = 256;
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
        view->is_visible.resize(records_.size());
        for (; view->seen_changes < changes_.size(); ++view->seen_changes) {
            const Ordinal o = changes_[view->seen_changes];
            view->is_visible[o] =
                !is_withdrawn_[o] && disclosed(reader, records_[o], {}) != Disclosure::none;
        }
        return view;
    }

    /// Whether the reader sees all fields in full, so that whatever was found is seen.
    bool is_whole(const ReleaseGate& gate, Ordinal o) const {
        const Record& record = records_[o];
        return is_on_owners_side(gate.reader(), record)
               || (record.policy.fields.empty()
                   && disclosed(gate.reader(), record, {}) == Disclosure::full);
    }

    /// Whether some field that the reader sees in full has a word that is this, or begins so.
    bool shows(const ReleaseGate& gate, Ordinal o, std::string_view word, bool is_exact) const {
        const Record& record = records_[o];
        const auto is_it = [&](const std::vector<std::string>& words) {
            return is_exact ? std::ranges::find(words, word) != words.end()
                            : begins_one_of(words, word);
        };
        if (is_it(search_words(record.id))) {
            return true;
        }
        for (std::size_t f = 0; f < seen_fields(*record.type); ++f) {
            if (f < record.fields.size() && record.type->fields[f].kind == FieldKind::reference) {
                continue;
            }
            const SeenField field = *gate.see_field(record, f);
            if (field.disclosure == Disclosure::full && is_it(words_of(field.value))) {
                return true;
            }
        }
        return false;
    }

    /// Records with a word that begins so, in order.
    Ordinals begun_by(const std::string& beginning) const {
        Ordinals all;
        std::size_t words = 0;
        for (auto word = postings_.lower_bound(beginning);
             word != postings_.end() && word->first.starts_with(beginning);
             ++word, ++words) {
            all.insert(all.end(), word->second.begin(), word->second.end());
        }
        if (words > 1) {
            std::ranges::sort(all);
            all.erase(std::unique(all.begin(), all.end()), all.end());
        }
        return all;
    }

    /// Those that may match, in order: the list of the rarest word, less those that others lack.
    std::optional<Ordinals> candidates(const std::vector<std::string>& words) const {
        std::optional<Ordinals> found;
        for (const std::string& word : words) {
            Ordinals next = begun_by(word);
            if (!found) {
                found = std::move(next);
                continue;
            }
            Ordinals both;
            std::ranges::set_intersection(*found, next, std::back_inserter(both));
            found = std::move(both);
        }
        return found;
    }

    /// A field and the words that have to stand in it.
    struct Wanted {
        std::string field;
        std::vector<std::string> words;
    };

    bool has_wanted(const ReleaseGate& gate, Ordinal o, const Wanted& wanted) const {
        const auto f = seen_field_of(*records_[o].type, wanted.field);
        if (!f) {
            return false;
        }
        const SeenField field = *gate.see_field(records_[o], *f);
        if (field.disclosure != Disclosure::full) {
            return false;
        }
        const std::vector<std::string> words = words_of(field.value);
        return std::ranges::all_of(wanted.words, [&](const std::string& word) {
            return std::ranges::find(words, word) != words.end();
        });
    }

    static std::optional<std::size_t>
    seen_field_of(const model::RecordType& type, std::string_view key) {
        for (std::size_t f = 0; f < seen_fields(type); ++f) {
            if (seen_field_key(type, f) == key) {
                return f;
            }
        }
        return std::nullopt;
    }

    static std::optional<Error> problem_with(const std::string& type, const std::string& field) {
        for (const model::RecordType& one : model::record_types()) {
            if ((type.empty() || one.key == type) && seen_field_of(one, field)) {
                return std::nullopt;
            }
        }
        return Error{ErrorCode::invalid_argument, "there is no field '" + field + "'", {}};
    }

    Result<Ordinals> found_by(const ReleaseGate& gate, const SearchQuery& query) const {
        const std::vector<std::string> words = search_words(query.text);
        std::vector<std::string> all = words;
        std::vector<Wanted> wanted;
        for (const auto& [field, value] : query.fields) {
            if (auto problem = problem_with(query.type, field)) {
                return *std::move(problem);
            }
            wanted.push_back({field, search_words(value)});
            const bool has_postings = !is_reference(field);
            all.insert(
                all.end(),
                wanted.back().words.begin(),
                has_postings ? wanted.back().words.end() : wanted.back().words.begin()
            );
        }
        const auto view = view_for(gate.reader());
        const auto narrowed = candidates(all);
        Ordinals found;
        for (const Ordinal o : narrowed ? *narrowed : by_id_) {
            const bool is_found =
                view->is_visible[o] && is_of_type(o, query.type)
                && (query.owner.empty() || records_[o].owner == query.owner)
                && (is_whole(gate, o)
                    || std::ranges::all_of(
                        words,
                        [&](const std::string& word) { return shows(gate, o, word, false); }
                    ))
                && std::ranges::all_of(wanted, [&](const Wanted& one) {
                       return has_wanted(gate, o, one);
                   });
            if (is_found) {
                found.push_back(o);
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
        if (auto problem = problem_with({}, field)) {
            return *std::move(problem);
        }
        constexpr std::size_t most_values = 100;
        std::map<std::string, std::uint64_t> counts;
        for (const Ordinal o : found) {
            const auto f = seen_field_of(*records_[o].type, field);
            if (!f) {
                continue;
            }
            const SeenField seen = *gate.see_field(records_[o], *f);
            if (seen.disclosure != Disclosure::full && seen.disclosure != Disclosure::generalised) {
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
        if (auto problem = problem_with(query.type, query.sort)) {
            return *std::move(problem);
        }
        std::vector<std::pair<SortKey, Ordinal>> keyed;
        for (const Ordinal o : found) {
            const auto f = seen_field_of(*records_[o].type, query.sort);
            keyed.emplace_back(f ? sort_key(*gate.see_field(records_[o], *f)) : SortKey{}, o);
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
    std::vector<bool> is_withdrawn_;
    std::vector<std::uint64_t> numbers_;  ///< of the versions
    std::unordered_map<std::string, Ordinal> ordinals_;
    Ordinals by_id_;
    Ordinals changes_;  ///< every ordinal that was taken in, for views to catch up
    std::map<std::string, Ordinals, std::less<>> postings_;

    mutable std::mutex choosing_;
    mutable std::map<std::string, std::shared_ptr<View>> views_;
};

RecordIndex::RecordIndex(const RecordStore& store) : inside_(std::make_unique<Inside>(store)) {}

RecordIndex::~RecordIndex() = default;

std::optional<Error> RecordIndex::refresh() {
    return inside_->refresh();
}

Result<SearchPage> RecordIndex::search(const Reader& reader, const SearchQuery& query) const {
    return inside_->search(reader, query);
}

std::vector<FacetValue> RecordIndex::suggest(
    const Reader& reader,
    const std::string& type,
    const std::string& beginning,
    std::size_t most
) const {
    return inside_->suggest(reader, type, beginning, most);
}

std::optional<FoundRecord> RecordIndex::see(const Reader& reader, const std::string& id) const {
    return inside_->see(reader, id);
}

}  // namespace adic::registry
