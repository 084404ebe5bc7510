#pragma once

#include "adic/ingest/flow_reader.hpp"
#include "adic/ingest/import_report.hpp"

#include "flow_layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Short codes, each packed into one number, in the order of their first appearance.
class CodeTable {
  public:
    static constexpr std::size_t longest_code = 8;

    /// Position of the code, which is added if it is new.
    std::uint32_t position_of(std::uint64_t packed) {
        if (packed == last_code_) {
            return last_position_;
        }
        last_position_ = find_or_add(packed);
        last_code_ = packed;
        return last_position_;
    }

    const std::vector<std::uint64_t>& codes() const { return codes_; }

    void clear();

  private:
    std::uint32_t find_or_add(std::uint64_t packed);
    void grow();

    std::vector<std::uint64_t> codes_;
    std::vector<std::uint32_t> slots_;  ///< position + 1 in `codes_`; 0: free
    std::uint64_t last_code_ = 0;       ///< 0 is no code: codes have at least one character
    std::uint32_t last_position_ = 0;
};

/// The characters of a code of at most eight bytes as one number, and back.
std::uint64_t packed_code(std::string_view code);
std::string unpacked_code(std::uint64_t packed);

/// What one block of a file holds, in columns. Codes and lines count from the start of the block.
struct FlowBlock {
    CodeTable states;
    CodeTable products;
    std::vector<std::uint16_t> year;
    std::vector<std::uint32_t> exporter;
    std::vector<std::uint32_t> importer;
    std::vector<std::uint32_t> product;
    std::vector<double> value;
    std::vector<double> quantity;  ///< NaN: not known

    std::size_t bytes = 0;
    std::uint64_t lines = 0;
    std::vector<Issue> issues;  ///< the first `ImportReport::kept_issues`; rows from 1 in the block
    std::uint64_t more_issues = 0;

    std::uint64_t restored_zeros = 0;
    std::uint64_t other_end = 0;   ///< rows that the other end of the flow reported
    std::uint64_t incomplete = 0;  ///< rows of groups that are not complete

    void clear();
};

struct FlowSettings {
    FlowLayout layout;
    std::string file;
    ReportedBy reported_by = ReportedBy::importer;
    bool complete_groups_only = false;
};

/// Reads a text that starts and ends at the bounds of records.
void read_flow_block(std::string_view text, const FlowSettings& settings, FlowBlock& block);

}  // namespace adic::ingest
