#include "adic/ingest/publishers/publisher.hpp"

#include "published_table.hpp"
#include "readers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using Headings = std::string_view;

constexpr std::array usgs_headings{
    Headings{"commodity"},
    Headings{"unit_meas"},
    Headings{"prod_notes"}};
constexpr std::array eu_headings{
    Headings{"material"},
    Headings{"stage"},
    Headings{"share"},
    Headings{"trade_restriction_t"}};
constexpr std::array wmd_headings{
    Headings{"raw_material"},
    Headings{"production"},
    Headings{"m49"}};
constexpr std::array comtrade_headings{
    Headings{"flow"},
    Headings{"reporter"},
    Headings{"partner"},
    Headings{"hs6"}};
constexpr std::array baci_headings{
    Headings{"t"},
    Headings{"i"},
    Headings{"j"},
    Headings{"k"},
    Headings{"v"},
    Headings{"q"}};
constexpr std::array wgi_headings{Headings{"year"}, Headings{"estimate"}};
constexpr std::array chpl_headings{Headings{"tier"}, Headings{"hs6"}};
constexpr std::array hs_headings{Headings{"revision"}, Headings{"code"}, Headings{"description"}};
constexpr std::array eto_headings{
    Headings{"provider_id"},
    Headings{"provided_id"},
    Headings{"share_provided"}};
constexpr std::array sipri_headings{
    Headings{"recipient"},
    Headings{"supplier"},
    Headings{"tiv_delivered"}};

constexpr std::array all{
    Publisher{
        "usgs-mcs",
        "USGS Mineral Commodity Summaries, world data",
        "MCS2025_World_Data.csv, or the folder that has it",
        "public domain (United States Government work)",
        "USGS-MCS",
        read_usgs_mcs,
        usgs_headings},
    Publisher{
        "eu-crm",
        "EU critical raw materials, shares of extraction and processing",
        "global_supply_shares.csv, eu_supply_shares.csv, or the folder that has them",
        "CC BY 4.0",
        "EU-CRM",
        read_eu_crm,
        eu_headings},
    Publisher{
        "world-mining-data",
        "World Mining Data, production by state",
        "production_*.csv, or the folder that has it and raw_material_hs_map.csv",
        "reproduction permitted if the source is named; not for embedding",
        "WMD",
        read_world_mining_data,
        wmd_headings},
    Publisher{
        "comtrade",
        "UN Comtrade, flows by HS6",
        "hs6_flows.csv, or the folder that has it",
        "UN Comtrade terms: derived figures with attribution",
        "HS",
        read_comtrade,
        comtrade_headings},
    Publisher{
        "baci",
        "CEPII BACI, reconciled flows by HS6",
        "BACI_HS*_Y*.csv (t, i, j, k, v, q), or the folder that has one and country_codes_*.csv",
        "Etalab open licence 2.0",
        "HS",
        read_baci,
        baci_headings},
    Publisher{
        "wgi",
        "Worldwide Governance Indicators",
        "a table of country, iso3, year and estimate",
        "CC BY 4.0",
        "",
        read_wgi,
        wgi_headings},
    Publisher{
        "chpl",
        "Common High Priority List",
        "common_high_priority_list.csv, or the folder that has it",
        "facts of a government list",
        "CHPL",
        read_chpl,
        chpl_headings},
    Publisher{
        "hs-names",
        "Names of the Harmonized System",
        "hs_codes.csv (revision, year, code, level, parent, description)",
        "United Nations Statistics Division, with attribution",
        "HS",
        read_hs_names,
        hs_headings},
    Publisher{
        "eto-chips",
        "CSET/ETO Advanced Semiconductor Supply Chain Dataset",
        "your own copy: the folder with inputs, providers, provision and sequence.csv",
        "CC BY-NC 4.0: for non-commercial use, not for embedding",
        "ETO",
        read_eto_chips,
        eto_headings},
    Publisher{
        "sipri",
        "SIPRI Arms Transfers Database, trade register",
        "your own copy: trade_register*.csv, or the folder that has it",
        "(c) SIPRI: for non-commercial use, not for redistribution",
        "SIPRI",
        read_sipri,
        sipri_headings},
};

bool fits(const Publisher& publisher, std::span<const std::string> headings) {
    return std::all_of(
        publisher.recognised_by.begin(),
        publisher.recognised_by.end(),
        [&](std::string_view wanted) {
            return std::find(headings.begin(), headings.end(), wanted) != headings.end();
        }
    );
}

/// The files of a folder in the order of their names; or the file alone.
std::vector<std::filesystem::path> files_at(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
        return {path};
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        if (entry.is_regular_file(error)
            && entry.path().string().find(".csv") != std::string::npos) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::span<const Publisher> publishers() {
    return all;
}

const Publisher* find_publisher(std::string_view name) {
    const auto* const found = std::find_if(all.begin(), all.end(), [&](const Publisher& publisher) {
        return publisher.name == name;
    });
    return found == all.end() ? nullptr : found;
}

const Publisher* recognise_publisher(const std::filesystem::path& path) {
    const Publisher* recognised = nullptr;
    for (const std::filesystem::path& file : files_at(path)) {
        const std::vector<std::string> headings = headings_of(file);
        for (const Publisher& publisher : all) {
            if (!fits(publisher, headings)) {
                continue;
            }
            if (recognised != nullptr && recognised != &publisher) {
                return nullptr;
            }
            recognised = &publisher;
        }
    }
    return recognised;
}

Error missing_file(const std::filesystem::path& folder, std::span<const std::string_view> names) {
    return Error{
        ErrorCode::not_found,
        fmt::format("'{}' has none of: {}", folder.string(), fmt::join(names, ", ")),
        {}};
}

}  // namespace adic::ingest
