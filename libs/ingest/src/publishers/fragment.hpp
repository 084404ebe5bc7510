#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/ingest/publishers/state_names.hpp"
#include "adic/model/supply_map.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace adic::ingest {

/// When, how sure, and what else a publisher says of a figure.
struct Standing {
    model::Period period;
    model::Confidence confidence;
    std::string note{};
};

/// One supplier of an item on one market, as published.
struct PublishedSupply {
    std::optional<model::StateIndex> origin;
    std::optional<model::OrganisationIndex> organisation{};
    std::optional<Estimate> share{};
    std::optional<Estimate> capacity{};
    std::string capacity_unit{};
    std::optional<double> trade_restriction{};
    Standing standing{};
};

/// Where in a file a problem with a group of rows is shown.
struct GroupPlace {
    std::string file;
    std::uint64_t row;
    std::string group;  ///< how the publisher calls the item
};

/// A fragment of a map under construction, from one source.
class Fragment {
  public:
    Fragment(model::Source source, const StateNames& names, ImportReport& report);

    const StateNames& names() const { return *names_; }

    ImportReport& report() { return *report_; }

    /// The item of that id, which is added with the code if it is new.
    model::ItemIndex item(model::Item item, std::string_view scheme, std::string_view code);

    model::StateIndex state(const StateNames::State& state);

    model::BlocIndex bloc(std::string_view id, std::string_view name);

    model::OrganisationIndex organisation(model::Organisation organisation);

    model::ProvenanceIndex fact(const Standing& standing);

    void
    code(model::ItemIndex item, std::string_view scheme, std::string_view code, const Standing&);

    /// The supplies of one item on one market, in one call. Shares that add up to more than 1 are
    /// scaled to 1, with a warning and a note on each: what was published stays their upper end.
    void supplies(
        model::ItemIndex item,
        const model::Market& market,
        std::vector<PublishedSupply> supplies,
        const GroupPlace& place
    );

    /// An amount of trade; amounts of the same item, state, flow, partner, period and unit are
    /// added up, as a publisher may give them in several lines.
    void trade(model::Trade trade);

    model::SupplyMap& map() { return map_; }

  private:
    void scale_to_one(std::vector<PublishedSupply>& supplies, const GroupPlace& place);

    const StateNames* names_;
    ImportReport* report_;
    model::SupplyMap map_;
    using TradeKey = std::tuple<
        model::ItemIndex,
        model::StateIndex,
        model::Flow,
        std::optional<model::StateIndex>,
        model::Period,
        std::string>;

    std::map<std::string, model::ProvenanceIndex> provenances_;
    std::map<TradeKey, std::size_t> trades_;
};

/// An identifier of a map package from any text: "usgs-tungsten-mine-production".
std::string identifier_of(std::string_view prefix, std::string_view text);

/// `text` in lower case, as far as it is ASCII.
std::string lower_case(std::string_view text);

model::Period whole_year(int year);
model::Period whole_years(int first, int last);

/// An item of a publisher's table, all public.
model::Item public_item(std::string id, std::string name, model::ItemKind kind, std::string unit);

/// The file itself, or of a folder the first of the named files that is there.
std::optional<std::filesystem::path>
file_of(const std::filesystem::path& path, std::span<const std::string_view> names);

}  // namespace adic::ingest
