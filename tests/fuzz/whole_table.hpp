#pragma once

#include "adic/ingest/input_output_reader.hpp"

#include "fuzz.hpp"

#include <cmath>
#include <filesystem>

namespace adic::fuzz {

/// What is read at `path` is a whole table without a complaint, or none with one.
inline void require_whole_table(const std::filesystem::path& path) {
    ingest::ImportReport report;
    const auto table = ingest::read_input_output_table(path, report);
    if (!table) {
        require(!table.error().message.empty());
        return;
    }
    require(report.may_commit() == (table->industries() > 0));
    for (std::size_t i = 0; i < table->industries(); ++i) {
        require(table->sales_of(i).size() == table->industries());
        require(table->output()[i] >= 0.0 && std::isfinite(table->output()[i]));
        require(table->final_demand()[i] >= 0.0);
    }
}

}  // namespace adic::fuzz
