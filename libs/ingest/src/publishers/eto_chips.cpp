#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

// CSET/ETO's supply chain of advanced chips: inputs, which goes into which, and who provides each.
// Only ever read from the user's own copy.
namespace adic::ingest {
namespace {

using model::Confidence;

constexpr int first_edition = 2019;

struct Provider {
    const StateNames::State* state = nullptr;  ///< itself, or where the firm is
    bool firm = false;
    std::string name;
};

struct KindOf {
    std::string_view type;
    model::ItemKind kind;
};

constexpr std::array kinds{
    KindOf{"process", model::ItemKind::service},
    KindOf{"tool_resource", model::ItemKind::tool},
    KindOf{"material_resource", model::ItemKind::material},
    KindOf{"design_resource", model::ItemKind::software},
    KindOf{"ultimate_output", model::ItemKind::component},
    KindOf{"stage", model::ItemKind::service},
};

class EtoReader {
  public:
    EtoReader(Fragment& fragment, const PublisherOptions& options)
        : fragment_(fragment)
        , options_(options) {}

    void read_inputs(PublishedTable table);
    void read_stages(PublishedTable table);
    void read_providers(PublishedTable table);
    void read_provision(PublishedTable table);
    void read_sequence(PublishedTable table);

  private:
    /// The suppliers of one input, states and firms apart.
    struct Provision {
        GroupPlace place;
        std::vector<PublishedSupply> of_states;
        std::vector<PublishedSupply> of_firms;
    };

    void add_item(const std::string& id, const std::string& name, model::ItemKind kind, int year);
    std::optional<model::ItemIndex> item_of(PublishedTable& table, std::size_t column);
    void take_provision(PublishedTable& table, const Provider& provider, Provision& provision);
    model::OrganisationIndex firm_of(std::string_view id, const Provider& provider);
    void add_need(model::ItemIndex item, model::ItemIndex input, model::NeedGroup group);

    Fragment& fragment_;
    const PublisherOptions& options_;
    std::map<std::string, Provider, std::less<>> providers_;
};

int year_of(std::string_view text) {
    const auto year = parse_whole(text);
    return year && *year > 1900 && *year < 2200 ? static_cast<int>(*year) : first_edition;
}

void EtoReader::add_item(
    const std::string& id,
    const std::string& name,
    model::ItemKind kind,
    int year
) {
    model::Item item = public_item(identifier_of("eto-", id), name, kind, "USD");
    item.provenance = fragment_.fact({whole_year(year), Confidence::c});
    fragment_.item(std::move(item), "ETO", id);
}

void EtoReader::read_inputs(PublishedTable table) {
    enum Column { id, name, type, year };

    while (table.next()) {
        const auto* const kind = std::find_if(kinds.begin(), kinds.end(), [&](const KindOf& each) {
            return each.type == table.cell(type);
        });
        if (kind == kinds.end()) {
            table.complain(
                Severity::error,
                rules::published_word.id,
                type,
                "not a type of input that is known"
            );
            continue;
        }
        add_item(
            std::string(table.cell(id)),
            std::string(table.cell(name)),
            kind->kind,
            year_of(table.cell(year))
        );
    }
}

void EtoReader::read_stages(PublishedTable table) {
    enum Column { id, name };

    while (table.next()) {
        add_item(
            std::string(table.cell(id)),
            fmt::format("Chip {} (stage)", lower_case(table.cell(name))),
            model::ItemKind::service,
            first_edition
        );
    }
}

void EtoReader::read_providers(PublishedTable table) {
    enum Column { name, alias, id, type, country };

    while (table.next()) {
        const bool firm = table.cell(type) == "organization";
        const std::string_view code = firm ? table.cell(country) : table.cell(name);
        const auto* const state = fragment_.names().find_by_code(code);
        if (state == nullptr && !code.empty()) {
            table.complain(
                Severity::warning,
                rules::not_a_state.id,
                firm ? country : name,
                "not one state; its part stays in the remainder that is not known"
            );
        }
        providers_.emplace(table.cell(id), Provider{state, firm, std::string(table.cell(name))});
    }
}

std::optional<model::ItemIndex> EtoReader::item_of(PublishedTable& table, std::size_t column) {
    const auto item = fragment_.map().items.find(identifier_of("eto-", table.cell(column)));
    if (!item) {
        table.complain(
            Severity::error,
            rules::published_word.id,
            column,
            "not an input_id of inputs.csv"
        );
    }
    return item;
}

model::OrganisationIndex EtoReader::firm_of(std::string_view id, const Provider& provider) {
    model::Organisation firm{
        identifier_of("eto-", id),
        provider.name,
        std::nullopt,
        fragment_.fact({whole_year(first_edition), Confidence::c})};
    if (provider.state != nullptr) {
        firm.state = fragment_.state(*provider.state);
    }
    return fragment_.organisation(std::move(firm));
}

/// Half a unit of the last printed digit more or less. A printed 1 is also what the publisher makes
/// of anything between 0 and 1 (technical_notes.md of the set).
Estimate share_of(std::string_view text, double printed) {
    constexpr double percent = 0.01;
    const std::size_t point = text.find('.');
    const double half_unit =
        point == std::string_view::npos
            ? 0.5
            : 0.5 * std::pow(10.0, -static_cast<double>(text.size() - point - 1));
    const double low = text == "1" ? 0.0 : std::max(0.0, printed - half_unit);
    return *Estimate::create(
        low * percent,
        printed * percent,
        std::min(1.0, (printed + half_unit) * percent)
    );
}

void EtoReader::take_provision(
    PublishedTable& table,
    const Provider& provider,
    Provision& provision
) {
    enum Column { provider_id, provided_id, share, year };

    const auto printed = table.amount(share);
    if (printed && !(*printed >= 0.0 && *printed <= 100.0)) {
        table
            .complain(Severity::error, rules::published_number.id, share, "not a share in percent");
        return;
    }
    PublishedSupply supply;
    supply.standing = {whole_year(year_of(table.cell(year))), Confidence::c};
    if (printed) {
        supply.share = share_of(table.cell(share), *printed);
    } else {
        supply.standing.note = "provider without a published share";
    }
    if (provider.state != nullptr) {
        supply.origin = fragment_.state(*provider.state);
    }
    if (provider.firm) {
        supply.organisation = firm_of(table.cell(provider_id), provider);
        provision.of_firms.push_back(std::move(supply));
    } else if (provider.state != nullptr) {
        provision.of_states.push_back(std::move(supply));
    }
}

void EtoReader::read_provision(PublishedTable table) {
    enum Column { provider_id, provided_id };

    std::map<std::uint32_t, Provision> provisions;
    while (table.next()) {
        const auto item = item_of(table, provided_id);
        const auto provider = providers_.find(table.cell(provider_id));
        if (provider == providers_.end()) {
            table.complain(
                Severity::error,
                rules::published_word.id,
                provider_id,
                "not a provider_id of providers.csv"
            );
        }
        if (!item || provider == providers_.end()) {
            continue;
        }
        Provision& provision = provisions[item->value()];
        if (provision.place.row == 0) {
            provision.place = {table.file(), table.row(), fragment_.map().items[*item].name};
        }
        take_provision(table, provider->second, provision);
    }
    for (auto& [item, provision] : provisions) {
        const bool states_wanted = options_.level == SupplierLevel::states;
        // Where only the other level was published, it is better than nothing.
        const bool states =
            provision.of_firms.empty() || (states_wanted && !provision.of_states.empty());
        fragment_.supplies(
            model::ItemIndex{item},
            {},
            std::move(states ? provision.of_states : provision.of_firms),
            provision.place
        );
    }
}

void EtoReader::add_need(model::ItemIndex item, model::ItemIndex input, model::NeedGroup group) {
    group.item = item;
    model::SupplyMap& map = fragment_.map();
    const auto found =
        std::find_if(map.groups.begin(), map.groups.end(), [&](const model::NeedGroup& each) {
            return each.item == item && each.name == group.name;
        });
    const auto position = static_cast<std::uint32_t>(found - map.groups.begin());
    if (found == map.groups.end()) {
        map.groups.push_back(std::move(group));
    }
    map.needs.push_back(
        {model::GroupIndex{position},
         input,
         std::nullopt,
         std::nullopt,
         fragment_.fact({whole_year(first_edition), Confidence::c})}
    );
}

void EtoReader::read_sequence(PublishedTable table) {
    enum Column { input_id, goes_into, is_type_of };

    while (table.next()) {
        const bool into = !table.cell(goes_into).empty();
        const auto input = item_of(table, input_id);
        const auto item = item_of(table, into ? goes_into : is_type_of);
        if (!input || !item) {
            continue;
        }
        const bool tool = fragment_.map().items[*input].kind == model::ItemKind::tool;
        const model::Role role = tool ? model::Role::equipment : model::Role::consumed;
        if (into) {
            const std::string name = identifier_of("", table.cell(input_id));
            add_need(*item, *input, {*item, name, 1, role, model::Essential::yes});
            continue;
        }
        // The kinds of a category: the category is had if one of them is. Which kinds a certain
        // process must have, the publisher does not say; so losing one makes it worse, no more.
        add_need(*item, *input, {*item, "kinds", 1, role, model::Essential::no});
    }
}

}  // namespace

Result<model::SupplyMap> read_eto_chips(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 4> input_columns{
        {{"input_id"}, {"input_name"}, {"type"}, {"year", Presence::optional}}};
    constexpr std::array<ColumnSpec, 2> stage_columns{{{"stage_id"}, {"stage_name"}}};
    constexpr std::array<ColumnSpec, 5> provider_columns{
        {{"provider_name"}, {"alias"}, {"provider_id"}, {"provider_type"}, {"country"}}};
    constexpr std::array<ColumnSpec, 4> provision_columns{
        {{"provider_id"}, {"provided_id"}, {"share_provided"}, {"year", Presence::optional}}};
    constexpr std::array<ColumnSpec, 3> sequence_columns{
        {{"input_id"}, {"goes_into_id"}, {"is_type_of_id"}}};
    std::error_code error;
    const std::filesystem::path folder =
        std::filesystem::is_directory(path, error) ? path : path.parent_path();
    const auto open = [&](std::string_view name, std::span<const ColumnSpec> columns) {
        return PublishedTable::open(folder / name, columns, report);
    };
    ADIC_TRY(PublishedTable inputs, open("inputs.csv", input_columns));
    ADIC_TRY(PublishedTable stages, open("stages.csv", stage_columns));
    ADIC_TRY(PublishedTable providers, open("providers.csv", provider_columns));
    ADIC_TRY(PublishedTable provision, open("provision.csv", provision_columns));
    ADIC_TRY(PublishedTable sequence, open("sequence.csv", sequence_columns));
    Fragment fragment(
        {"eto-chips-2026",
         "Advanced Semiconductor Supply Chain Dataset",
         "Emerging Technology Observatory, Georgetown CSET",
         2026,
         "CC BY-NC 4.0: for non-commercial use, not for embedding",
         "https://eto.tech/dataset-docs/chipexplorer",
         "read from the user's own copy"},
        states,
        report
    );
    EtoReader reader(fragment, options);
    reader.read_inputs(std::move(inputs));
    reader.read_stages(std::move(stages));
    reader.read_providers(std::move(providers));
    reader.read_provision(std::move(provision));
    reader.read_sequence(std::move(sequence));
    return std::move(fragment.map());
}

}  // namespace adic::ingest
