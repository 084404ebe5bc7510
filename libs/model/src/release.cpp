#include "adic/model/release.hpp"

#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace adic::model {
namespace {

using std::chrono::sys_days;

constexpr std::array<std::string_view, 4> disclosure_names{"none", "exists", "generalised", "full"};
constexpr std::string_view organisation_prefix = "org:";
constexpr std::string_view everyone = "public";

Error problem(std::string_view part, std::string_view what) {
    return Error{
        ErrorCode::invalid_argument,
        "'" + std::string(part) + "': " + std::string(what),
        {}};
}

/// Day, as a period that begins and ends on it.
Result<std::optional<sys_days>> parse_day(std::string_view text, std::string_view part) {
    if (text.empty()) {
        return std::optional<sys_days>{};
    }
    const auto period = parse_period(text);
    if (!period || period->first != period->last) {
        return problem(part, "write days as 2026-01-31, from/until, either of them open");
    }
    return std::optional{sys_days{period->first}};
}

std::optional<Audience> audience_of(std::string_view name, const std::vector<std::string>& blocs) {
    if (name == everyone) {
        return Audience{};
    }
    if (name.starts_with(organisation_prefix)) {
        const std::string_view id = name.substr(organisation_prefix.size());
        return id.empty() ? std::nullopt
                          : std::optional{Audience{Audience::Kind::organisation, std::string(id)}};
    }
    if (name.empty() || name.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    const bool is_bloc = std::ranges::find(blocs, name) != blocs.end();
    return Audience{is_bloc ? Audience::Kind::bloc : Audience::Kind::state, std::string(name)};
}

/// NAME[:DISCLOSURE][@FROM/UNTIL].
Result<Grant> parse_grant(std::string_view part, const std::vector<std::string>& blocs) {
    Grant grant;
    std::string_view name = part.substr(0, part.find('@'));
    if (name.size() < part.size()) {
        const std::string_view days = part.substr(name.size() + 1);
        const std::size_t slash = days.find('/');
        if (slash == std::string_view::npos || days == "/") {
            return problem(part, "write days as from/until, either of them open: @2026-01-31/");
        }
        ADIC_TRY(grant.from, parse_day(days.substr(0, slash), part));
        ADIC_TRY(grant.until, parse_day(days.substr(slash + 1), part));
        if (grant.from && grant.until && *grant.from >= *grant.until) {
            return problem(part, "the first day has to come before the day on which it ends");
        }
    }
    const std::size_t colon = name.rfind(':');
    if (colon != std::string_view::npos) {
        if (const auto given = parse_disclosure(name.substr(colon + 1))) {
            grant.disclosure = *given;
            name = name.substr(0, colon);
        }
    }
    const auto audience = audience_of(name, blocs);
    if (!audience) {
        return problem(
            part,
            "write 'public', a state, a bloc or org:NAME, then, if it is less than all, ':exists' "
            "or ':generalised'"
        );
    }
    grant.audience = *audience;
    return grant;
}

std::string day_text(const std::optional<sys_days>& day) {
    return day ? to_text(Period{{*day}, {*day}}) : std::string{};
}

/// Whether everything that `less` gives is given by `more` too.
bool covers(const Grant& more, const Grant& less) {
    const bool starts = !more.from || (less.from && *more.from <= *less.from);
    const bool lasts = !more.until || (less.until && *more.until >= *less.until);
    return more.audience == less.audience && more.disclosure >= less.disclosure && starts && lasts;
}

std::vector<Grant> without_repetition(std::vector<Grant> grants) {
    std::ranges::sort(grants);
    std::vector<Grant> kept;
    for (std::size_t g = 0; g < grants.size(); ++g) {
        bool is_needed = grants[g].disclosure != Disclosure::none;
        for (std::size_t other = 0; other < grants.size() && is_needed; ++other) {
            // Of two that cover each other the first stays.
            const bool is_twin = covers(grants[g], grants[other]);
            is_needed = other == g || !covers(grants[other], grants[g]) || (is_twin && g < other);
        }
        if (is_needed) {
            kept.push_back(grants[g]);
        }
    }
    return kept;
}

template <class Visit>
void visit_grants(const ReleasePolicy& policy, const Visit& visit) {
    for (const Grant& grant : policy.record) {
        visit(grant);
    }
    for (const FieldRelease& field : policy.fields) {
        for (const Grant& grant : field.grants) {
            visit(grant);
        }
    }
}

}  // namespace

std::string_view name_of(Disclosure disclosure) {
    return disclosure_names.at(static_cast<std::size_t>(disclosure));
}

std::optional<Disclosure> parse_disclosure(std::string_view text) {
    const auto* const found = std::ranges::find(disclosure_names, text);
    return found == disclosure_names.end()
               ? std::nullopt
               : std::optional{static_cast<Disclosure>(found - disclosure_names.begin())};
}

bool belongs_to(const Reader& reader, const Audience& audience) {
    switch (audience.kind) {
    case Audience::Kind::everyone: return true;
    case Audience::Kind::organisation:
        return !audience.id.empty() && reader.organisation == audience.id;
    case Audience::Kind::state:
        return reader.is_official && !audience.id.empty() && reader.state == audience.id;
    case Audience::Kind::bloc: break;
    }
    return reader.is_official && std::ranges::find(reader.blocs, audience.id) != reader.blocs.end();
}

Disclosure disclosed_to(const Reader& reader, const std::vector<Grant>& grants) {
    Disclosure most = Disclosure::none;
    for (const Grant& grant : grants) {
        const bool is_in_force =
            (!grant.from || *grant.from <= reader.on) && (!grant.until || reader.on < *grant.until);
        if (is_in_force && belongs_to(reader, grant.audience)) {
            most = std::max(most, grant.disclosure);
        }
    }
    return most;
}

Result<std::vector<Grant>>
parse_grants(std::string_view text, const std::vector<std::string>& blocs) {
    std::vector<Grant> grants;
    if (trimmed(text).empty()) {
        return grants;
    }
    for (const std::string_view part : split(text, ';')) {
        ADIC_TRY(Grant grant, parse_grant(trimmed(part), blocs));
        grants.push_back(std::move(grant));
    }
    return grants;
}

std::optional<std::string> unknown_state(
    const std::vector<Grant>& grants,
    const std::function<bool(std::string_view id)>& is_state
) {
    for (const Grant& grant : grants) {
        if (grant.audience.kind == Audience::Kind::state && !is_state(grant.audience.id)) {
            return grant.audience.id;
        }
    }
    return std::nullopt;
}

std::string to_text(const std::vector<Grant>& grants) {
    std::string text;
    for (const Grant& grant : grants) {
        text += text.empty() ? "" : ";";
        switch (grant.audience.kind) {
        case Audience::Kind::everyone: text += everyone; break;
        case Audience::Kind::organisation:
            text += organisation_prefix;
            text += grant.audience.id;
            break;
        case Audience::Kind::state:
        case Audience::Kind::bloc: text += grant.audience.id; break;
        }
        if (grant.disclosure != Disclosure::full) {
            text += ':';
            text += name_of(grant.disclosure);
        }
        if (grant.from || grant.until) {
            text += '@' + day_text(grant.from) + '/' + day_text(grant.until);
        }
    }
    return text;
}

ReleasePolicy normalised(ReleasePolicy policy) {
    policy.record = without_repetition(std::move(policy.record));
    for (FieldRelease& field : policy.fields) {
        field.grants = without_repetition(std::move(field.grants));
    }
    std::ranges::stable_sort(policy.fields, {}, &FieldRelease::field);
    return policy;
}

std::vector<sys_days> days_of_change(const ReleasePolicy& policy) {
    std::vector<sys_days> days;
    visit_grants(policy, [&](const Grant& grant) {
        for (const auto& day : {grant.from, grant.until}) {
            if (day) {
                days.push_back(*day);
            }
        }
    });
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

std::string_view traffic_light_of(const ReleasePolicy& policy) {
    constexpr std::array<std::string_view, 4> words{
        "TLP:AMBER+STRICT",
        "TLP:AMBER",
        "TLP:GREEN",
        "TLP:CLEAR"};
    std::optional<Audience::Kind> widest;
    for (const Grant& grant : policy.record) {
        if (grant.disclosure != Disclosure::none) {
            widest = std::max(widest.value_or(grant.audience.kind), grant.audience.kind);
        }
    }
    return widest ? words.at(static_cast<std::size_t>(*widest)) : "TLP:RED";
}

}  // namespace adic::model
