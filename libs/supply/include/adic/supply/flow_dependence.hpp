#pragma once

#include "adic/base/result.hpp"
#include "adic/model/flow_table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply {

struct FlowDependenceOptions {
    std::uint16_t first_year = 0;      ///< flows before it are left out; 0: none are
    std::uint16_t last_year = 0xFFFF;  ///< flows after it are left out
    /// Positions in FlowTable::states that count as inside for CDI1-3; shorter than the table: the
    /// rest are outside; empty: no CDI is computed.
    std::vector<bool> bloc = {};
    double concentration = 0.4;         ///< of imports: CDI1 of SWD(2021) 352, and CEPII GeoDep
    double export_concentration = 0.4;  ///< of world exports: CEPII GeoDep
    double weight = 0.5;                ///< of outside suppliers: CDI2 of SWD(2021) 352
    double substitution = 1.0;          ///< imports over exports: CDI3 of SWD(2021) 352, and GeoDep
    double no_exports = 9999.0;  ///< imports over exports where there are none, as printed there
};

/// How much one state's purchases of one product depend on few suppliers.
struct ImporterDependence {
    std::uint16_t importer;      ///< position in FlowTable::states
    std::uint16_t top_supplier;  ///< largest supplier; among equals the lowest position
    std::uint32_t product;       ///< position in FlowTable::products
    std::uint32_t suppliers;     ///< states that it bought from
    bool geodep;                 ///< all three criteria of CEPII GeoDep hold in these years
    double imports;
    double exports;
    double hhi;  ///< sum of squared supplier shares of its imports
    double top_share;
    double import_export_ratio;
    double world_export_hhi;  ///< the same over the world's exporters of the product
};

/// Strategic dependency of a bloc on outside suppliers of one product.
struct BlocDependence {
    std::uint32_t product;
    double outside_imports;
    double all_imports;  ///< trade between members included
    double exports;      ///< of members, to each other included
    double cdi1;         ///< HHI of suppliers outside; 0 if there are none
    double cdi2;         ///< outside_imports / all_imports
    double cdi3;         ///< outside_imports / exports
    bool dependent;      ///< all three are above their thresholds
};

struct FlowDependence {
    std::vector<ImporterDependence>
        importers;                     ///< by importer, then product; only where it imports
    std::vector<BlocDependence> bloc;  ///< by product; only where the bloc imports
};

/// Concentration and dependence of every importer and product, and of one bloc, from bilateral
/// flows. Rows that agree in importer, exporter and product are added up in the order of the table,
/// wherever they stand and whatever their year; rows of value 0 name no supplier.
///
/// Unit:     values in the currency of the table; the rest 1.
/// Source:   European Commission SWD(2021) 352 (CDI1-3); CEPII GeoDep (2024).
/// Errors:   invalid_argument for columns of different length, a position outside its list, or a
///           value that is negative or not finite; names the row.
/// Cost:     two passes over the rows and 16 bytes for each; O(rows + importers * products). The
/// same
///           bytes on any number of threads.
Result<FlowDependence>
flow_dependence(const model::FlowTable& flows, const FlowDependenceOptions& options = {});

/// For each importer and product of any of `years`: whether it is GeoDep in at least `least` of
/// them, the persistence that CEPII asks for (two years of three). Sorted by importer, then
/// product.
struct PersistentDependence {
    std::uint16_t importer;
    std::uint32_t product;
    std::uint32_t years;  ///< in which it is GeoDep

    friend bool operator==(const PersistentDependence&, const PersistentDependence&) = default;
};

std::vector<PersistentDependence>
persistent_dependence(std::span<const FlowDependence> years, std::uint32_t least = 2);

}  // namespace adic::supply
