#include "fragment.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"

#include "rules.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace adic::ingest {

using std::chrono::year;

Fragment::Fragment(model::Source source, const StateNames& names, ImportReport& report)
    : names_(&names)
    , report_(&report) {
    map_.name = source.id;
    map_.title = source.title;
    map_.sources.add(std::move(source));
}

model::ItemIndex
Fragment::item(model::Item item, std::string_view scheme, std::string_view code_text) {
    if (const auto found = map_.items.find(item.id)) {
        return *found;
    }
    const model::ProvenanceIndex provenance = item.provenance;
    const model::ItemIndex index = *map_.items.add(std::move(item));
    map_.codes.push_back({index, std::string(scheme), std::string(code_text), provenance});
    return index;
}

void Fragment::code(
    model::ItemIndex item,
    std::string_view scheme,
    std::string_view code_text,
    const Standing& standing
) {
    map_.codes.push_back({item, std::string(scheme), std::string(code_text), fact(standing)});
}

model::StateIndex Fragment::state(const StateNames::State& state) {
    const auto found = map_.states.find(state.id);
    return found ? *found : *map_.states.add({state.id, state.name});
}

model::BlocIndex Fragment::bloc(std::string_view id, std::string_view name) {
    if (const auto found = map_.blocs.find(id)) {
        return *found;
    }
    model::Bloc bloc{std::string(id), std::string(name), {}};
    for (const std::string& member : names_->members_of(id)) {
        bloc.members.push_back(state(*names_->find_by_code(member)));
    }
    std::sort(bloc.members.begin(), bloc.members.end());
    return *map_.blocs.add(std::move(bloc));
}

model::OrganisationIndex Fragment::organisation(model::Organisation organisation) {
    const auto found = map_.organisations.find(organisation.id);
    return found ? *found : *map_.organisations.add(std::move(organisation));
}

model::ProvenanceIndex Fragment::fact(const Standing& standing) {
    const std::string key = fmt::format(
        "{} {} {}",
        model::letter(standing.confidence),
        model::to_text(standing.period),
        standing.note
    );
    const model::ProvenanceIndex next{static_cast<std::uint32_t>(map_.provenances.size())};
    const auto [found, added] = provenances_.emplace(key, next);
    if (added) {
        map_.provenances.push_back(
            {model::SourceIndex{0},
             standing.period,
             standing.confidence,
             std::nullopt,
             "public",
             standing.note}
        );
    }
    return found->second;
}

void Fragment::scale_to_one(std::vector<PublishedSupply>& supplies, const GroupPlace& place) {
    constexpr double rounding_of_sums = 1e-9;
    double sum = 0.0;
    for (const PublishedSupply& supply : supplies) {
        sum += supply.share ? supply.share->likely() : 0.0;
    }
    if (sum <= 1.0 + rounding_of_sums) {
        return;
    }
    report_->add(
        {Severity::warning,
         rules::shares_scaled.id,
         place.file,
         place.row,
         {},
         place.group,
         fmt::format(
             "the published shares add up to {:.6g} (rounding explains up to about 1.05); "
             "they are scaled to 1",
             sum
         )}
    );
    for (PublishedSupply& supply : supplies) {
        if (!supply.share) {
            continue;
        }
        const Estimate published = *supply.share;
        supply.share = *Estimate::create(
            published.low() / sum,
            published.likely() / sum,
            std::min(1.0, published.high())
        );
        supply.standing.note += fmt::format(
            "{}published as {:.6g}, scaled because all add up to {:.4g}",
            supply.standing.note.empty() ? "" : "; ",
            published.likely(),
            sum
        );
    }
}

void Fragment::supplies(
    model::ItemIndex item,
    const model::Market& market,
    std::vector<PublishedSupply> supplies,
    const GroupPlace& place
) {
    scale_to_one(supplies, place);
    for (PublishedSupply& supply : supplies) {
        map_.supplies.push_back(
            {item,
             supply.origin,
             supply.organisation,
             market,
             supply.share,
             supply.capacity,
             std::move(supply.capacity_unit),
             supply.trade_restriction,
             fact(supply.standing)}
        );
    }
}

void Fragment::trade(model::Trade trade) {
    const TradeKey key{
        trade.item,
        trade.state,
        trade.flow,
        trade.partner,
        map_[trade.provenance].period,
        trade.unit};
    const auto [found, added] = trades_.emplace(key, map_.trades.size());
    if (added) {
        map_.trades.push_back(std::move(trade));
        return;
    }
    model::Trade& known = map_.trades[found->second];
    known.amount = *Estimate::create(
        known.amount.low() + trade.amount.low(),
        known.amount.likely() + trade.amount.likely(),
        known.amount.high() + trade.amount.high()
    );
    model::Provenance both = map_[known.provenance];
    const std::string& note = map_[trade.provenance].note;
    constexpr std::size_t longest_note = 2000;
    if (both.note.size() + note.size() < longest_note && both.note != note) {
        both.note += (both.note.empty() || note.empty() ? "" : " + ") + note;
    }
    known.provenance = fact({both.period, both.confidence, both.note});
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return lower;
}

std::string identifier_of(std::string_view prefix, std::string_view text) {
    constexpr std::size_t longest = 64;
    constexpr std::size_t hash_digits = 6;
    std::string id(prefix);
    std::uint64_t hash = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        hash = mix(hash ^ byte);
        if (std::isalnum(byte) != 0) {
            id += static_cast<char>(std::tolower(byte));
        } else if (!id.ends_with('-')) {
            id += '-';
        }
    }
    while (id.ends_with('-')) {
        id.pop_back();
    }
    if (id.size() > longest) {  // cut, and told from others that start alike by a hash
        id.resize(longest - hash_digits - 1);
        id += fmt::format("-{:06x}", hash & 0xFF'FFFFU);
    }
    return id;
}

model::Period whole_years(int first, int last) {
    return {year{first} / 1 / 1, year{last} / 12 / 31};
}

model::Period whole_year(int of) {
    return whole_years(of, of);
}

model::Item public_item(std::string id, std::string name, model::ItemKind kind, std::string unit) {
    return {
        std::move(id),
        std::move(name),
        kind,
        std::move(unit),
        0,
        std::nullopt,
        {},
        model::ProvenanceIndex{0}};
}

std::optional<std::filesystem::path>
file_of(const std::filesystem::path& path, std::span<const std::string_view> names) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
        return path;
    }
    for (const std::string_view name : names) {
        for (const std::string_view packing : {"", ".gz", ".zst"}) {
            const std::filesystem::path file = path / (std::string(name) + std::string(packing));
            if (std::filesystem::exists(file, ignored)) {
                return file;
            }
        }
    }
    return std::nullopt;
}

}  // namespace adic::ingest
