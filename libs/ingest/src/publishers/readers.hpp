#pragma once

#include "adic/ingest/publishers/publisher.hpp"

#include <span>
#include <string_view>

// The readers behind the list in publishers.cpp, one file each.
namespace adic::ingest {

/// That a folder has none of the files that a reader takes.
Error missing_file(const std::filesystem::path& folder, std::span<const std::string_view> names);

using PublisherReader = Result<model::SupplyMap>(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
);

PublisherReader read_usgs_mcs;
PublisherReader read_eu_crm;
PublisherReader read_world_mining_data;
PublisherReader read_comtrade;
PublisherReader read_baci;
PublisherReader read_wgi;
PublisherReader read_chpl;
PublisherReader read_hs_names;
PublisherReader read_eto_chips;
PublisherReader read_sipri;

}  // namespace adic::ingest
