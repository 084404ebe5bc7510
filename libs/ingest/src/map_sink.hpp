#pragma once

#include "adic/ingest/provenance_table.hpp"
#include "adic/model/supply_map.hpp"

#include <utility>

namespace adic::ingest {

/// Where checked rows go. It gets nothing any more once an error was found.
class MapSink {
  public:
    MapSink() = default;
    MapSink(const MapSink&) = delete;
    MapSink& operator=(const MapSink&) = delete;
    MapSink(MapSink&&) = delete;
    MapSink& operator=(MapSink&&) = delete;
    virtual ~MapSink() = default;

    virtual model::ProvenanceIndex keep(const model::Provenance& provenance) = 0;
    virtual void add(model::Source row) = 0;
    virtual void add(model::State row) = 0;
    virtual void add(model::Bloc row) = 0;
    virtual void add(model::Organisation row) = 0;
    virtual void add(model::Item row) = 0;
    virtual void add(model::ItemCode row) = 0;
    virtual void add(model::NeedGroup row) = 0;
    virtual void add(const model::Need& row) = 0;
    virtual void add(model::Supply row) = 0;
    virtual void add(model::Stock row) = 0;
    virtual void add(const model::Recovery& row) = 0;
    virtual void add(const model::Hazard& row) = 0;
    virtual void add(model::Trade row) = 0;
    virtual void add(model::Figure row) = 0;
};

/// Fills a map.
class MapBuilder final : public MapSink {
  public:
    explicit MapBuilder(model::SupplyMap& map) : map_(&map), provenances_(map.provenances) {}

    model::ProvenanceIndex keep(const model::Provenance& provenance) override {
        return provenances_.index_of(provenance);
    }

    void add(model::Source row) override { map_->sources.add(std::move(row)); }

    void add(model::State row) override { map_->states.add(std::move(row)); }

    void add(model::Bloc row) override { map_->blocs.add(std::move(row)); }

    void add(model::Organisation row) override { map_->organisations.add(std::move(row)); }

    void add(model::Item row) override { map_->items.add(std::move(row)); }

    void add(model::ItemCode row) override { map_->codes.push_back(std::move(row)); }

    void add(model::NeedGroup row) override { map_->groups.push_back(std::move(row)); }

    void add(const model::Need& row) override { map_->needs.push_back(row); }

    void add(model::Supply row) override { map_->supplies.push_back(std::move(row)); }

    void add(model::Stock row) override { map_->stocks.push_back(std::move(row)); }

    void add(const model::Recovery& row) override { map_->recoveries.push_back(row); }

    void add(const model::Hazard& row) override { map_->hazards.push_back(row); }

    void add(model::Trade row) override { map_->trades.push_back(std::move(row)); }

    void add(model::Figure row) override { map_->figures.push_back(std::move(row)); }

  private:
    model::SupplyMap* map_;
    ProvenanceTable provenances_;
};

/// Lets everything go: only the check matters.
class NoSink final : public MapSink {
  public:
    model::ProvenanceIndex keep(const model::Provenance& /*provenance*/) override {
        return model::ProvenanceIndex{0};
    }

    void add(model::Source /*row*/) override {}

    void add(model::State /*row*/) override {}

    void add(model::Bloc /*row*/) override {}

    void add(model::Organisation /*row*/) override {}

    void add(model::Item /*row*/) override {}

    void add(model::ItemCode /*row*/) override {}

    void add(model::NeedGroup /*row*/) override {}

    void add(const model::Need& /*row*/) override {}

    void add(model::Supply /*row*/) override {}

    void add(model::Stock /*row*/) override {}

    void add(const model::Recovery& /*row*/) override {}

    void add(const model::Hazard& /*row*/) override {}

    void add(model::Trade /*row*/) override {}

    void add(model::Figure /*row*/) override {}
};

}  // namespace adic::ingest
