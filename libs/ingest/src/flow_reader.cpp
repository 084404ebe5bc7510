#include "adic/ingest/flow_reader.hpp"

#include "adic/base/parallel.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/publishers/state_names.hpp"

#include "byte_source.hpp"
#include "flows/flow_block.hpp"
#include "flows/flow_states.hpp"
#include "flows/record_batches.hpp"
#include "flows/record_bounds.hpp"
#include "rules.hpp"

#include <algorithm>
#include <future>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::size_t most_products = 1'000'000;  ///< codes of six digits
constexpr std::size_t most_states = 32'768;  ///< two of them, a year and an HS code fit in 64 bits

/// Position in the table of the file of each code of a block.
template <typename Position>
class CodeMerger {
  public:
    CodeMerger(std::vector<std::string>& names, std::size_t most) : names_(names), most_(most) {}

    /// Empty if the file has too many codes.
    std::optional<std::vector<Position>> positions_of(const CodeTable& block) {
        std::vector<Position> positions;
        positions.reserve(block.codes().size());
        for (const std::uint64_t code : block.codes()) {
            const std::uint32_t position = all_.position_of(code);
            if (position >= most_) {
                return std::nullopt;
            }
            if (position == names_.size()) {
                names_.push_back(unpacked_code(code));
            }
            positions.push_back(static_cast<Position>(position));
        }
        return positions;
    }

  private:
    CodeTable all_;
    std::vector<std::string>& names_;
    std::size_t most_;
};

struct Counts {
    std::uint64_t restored_zeros = 0;
    std::uint64_t other_end = 0;
    std::uint64_t incomplete = 0;
};

/// Puts the blocks of a file together, in their order.
class TableBuilder {
  public:
    TableBuilder(const FlowSettings& settings, std::uint64_t file_size, ImportReport& report)
        : settings_(settings)
        , file_size_(file_size)
        , report_(report)
        , states_(table_.states, most_states)
        , products_(table_.products, most_products) {}

    const FlowSettings& settings() const { return settings_; }

    /// Errors: too many different states.
    std::optional<Error> append(std::span<const FlowBlock> blocks);

    void add_header(std::string_view header) {
        lines_ += static_cast<std::uint64_t>(std::count(header.begin(), header.end(), '\n'));
    }

    void report_too_long();

    model::FlowTable finish();

  private:
    struct Place {
        std::size_t first_row;
        std::vector<std::uint16_t> states;
        std::vector<std::uint32_t> products;
    };

    void report_issues(const FlowBlock& block);
    void reserve_for_file(std::span<const FlowBlock> first_blocks);
    void resize(std::size_t rows);
    void copy(const FlowBlock& block, const Place& place);

    const FlowSettings& settings_;
    std::uint64_t file_size_;
    ImportReport& report_;
    model::FlowTable table_;
    CodeMerger<std::uint16_t> states_;
    CodeMerger<std::uint32_t> products_;
    std::uint64_t lines_ = 0;
    Counts counts_;
};

void TableBuilder::report_issues(const FlowBlock& block) {
    for (const Issue& issue : block.issues) {
        Issue placed = issue;
        placed.row += lines_;
        report_.add(std::move(placed));
    }
    for (std::uint64_t i = 0; i < block.more_issues; ++i) {
        report_.add({Severity::error, rules::flow_cell.id, {}, 0, {}, {}, {}}
        );  // counted, not kept
    }
}

void TableBuilder::report_too_long() {
    ++lines_;
    report_.add(
        {Severity::error,
         rules::flow_too_long.id,
         settings_.file,
         lines_,
         {},
         {},
         "the record is too long, perhaps because a quote is not closed; its first line is left "
         "out"}
    );
}

std::optional<Error> TableBuilder::append(std::span<const FlowBlock> blocks) {
    std::vector<Place> places;
    std::size_t rows = table_.size();
    for (const FlowBlock& block : blocks) {
        report_issues(block);
        lines_ += block.lines;
        counts_.restored_zeros += block.restored_zeros;
        counts_.other_end += block.other_end;
        counts_.incomplete += block.incomplete;
        auto states = states_.positions_of(block.states);
        auto products = products_.positions_of(block.products);
        if (!states || !products) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("'{}' names more than {} states", settings_.file, most_states),
                {}};
        }
        places.push_back({rows, *std::move(states), *std::move(products)});
        rows += block.value.size();
    }
    if (table_.size() == 0) {
        reserve_for_file(blocks);
    }
    resize(rows);
    parallel_ranges(blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            copy(blocks[i], places[i]);
        }
    });
    return std::nullopt;
}

/// Room for all rows at once, as many as the density of rows in the first batch promises: columns
/// that grow by doubling would need half as much memory again.
void TableBuilder::reserve_for_file(std::span<const FlowBlock> first_blocks) {
    std::size_t bytes = 0;
    std::size_t found = 0;
    for (const FlowBlock& block : first_blocks) {
        bytes += block.bytes;
        found += block.value.size();
    }
    if (bytes == 0 || file_size_ <= bytes) {
        return;
    }
    constexpr double slack = 1.02;  // the density of rows varies a little
    const double files = static_cast<double>(file_size_) / static_cast<double>(bytes);
    const auto rows = static_cast<std::size_t>(static_cast<double>(found) * files * slack);
    table_.year.reserve(rows);
    table_.exporter.reserve(rows);
    table_.importer.reserve(rows);
    table_.product.reserve(rows);
    table_.value.reserve(rows);
    if (settings_.layout.column(FlowField::quantity)) {
        table_.quantity.reserve(rows);
    }
}

void TableBuilder::resize(std::size_t rows) {
    table_.year.resize(rows);
    table_.exporter.resize(rows);
    table_.importer.resize(rows);
    table_.product.resize(rows);
    table_.value.resize(rows);
    if (settings_.layout.column(FlowField::quantity)) {
        table_.quantity.resize(rows);
    }
}

void TableBuilder::copy(const FlowBlock& block, const Place& place) {
    const std::size_t rows = block.value.size();
    for (std::size_t i = 0; i < rows; ++i) {
        table_.exporter[place.first_row + i] = place.states[block.exporter[i]];
        table_.importer[place.first_row + i] = place.states[block.importer[i]];
        table_.product[place.first_row + i] = place.products[block.product[i]];
    }
    const auto to = [&](auto& column) {
        return column.begin() + static_cast<std::ptrdiff_t>(place.first_row);
    };
    std::copy(block.year.begin(), block.year.end(), to(table_.year));
    std::copy(block.value.begin(), block.value.end(), to(table_.value));
    if (!table_.quantity.empty()) {
        std::copy(block.quantity.begin(), block.quantity.end(), to(table_.quantity));
    }
}

model::FlowTable TableBuilder::finish() {
    const auto warn = [&](std::string_view rule, std::uint64_t rows, std::string_view what) {
        if (rows > 0) {
            report_.add(
                {Severity::warning,
                 rule,
                 settings_.file,
                 0,
                 {},
                 {},
                 fmt::format("{} rows {}", rows, what)}
            );
        }
    };
    warn(
        rules::flow_zero_restored.id,
        counts_.restored_zeros,
        "have an HS code of five digits; read as six with a leading zero"
    );
    warn(
        rules::flow_other_end.id,
        counts_.other_end,
        "are the other end's report of a flow; left out"
    );
    warn(
        rules::flow_incomplete.id,
        counts_.incomplete,
        "are of groups that lack partners; left out"
    );
    return std::move(table_);
}

/// Reads the header off the start of the first block.
Result<FlowSettings> settings_of(
    std::string_view header,
    const std::string& file,
    ImportReport& report,
    const FlowOptions& options
) {
    CsvReader reader = CsvReader::over(file, header, report);
    if (!reader.next()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' has no row of column names", file),
            {}};
    }
    const bool importer = options.reported_by == ReportedBy::importer;
    auto layout =
        flow_layout_of(reader.fields(), importer ? ReporterIs::importer : ReporterIs::exporter);
    if (!layout) {
        Error error = std::move(layout).error();
        error.message = fmt::format("'{}': {}", file, error.message);
        return error;
    }
    if (!layout->ignored.empty()) {
        report.add(
            {Severity::warning,
             rules::flow_ignored_columns.id,
             file,
             1,
             {},
             {},
             fmt::format("columns that are not read: {}", fmt::join(layout->ignored, ", "))}
        );
    }
    return FlowSettings{
        *std::move(layout),
        file,
        options.reported_by,
        options.complete_groups_only};
}

/// Takes the header record off the batch.
std::string_view take_header(RecordBatch& batch) {
    if (batch.blocks.empty()) {
        return {};
    }
    std::string_view& block = batch.blocks.front();
    const std::string_view header = block.substr(0, record_end(block, 0, 1));
    block.remove_prefix(header.size());
    return header;
}

void read_blocks(
    const RecordBatch& batch,
    const FlowSettings& settings,
    std::vector<FlowBlock>& blocks
) {
    if (blocks.size() < batch.blocks.size()) {
        blocks.resize(batch.blocks.size());
    }
    parallel_ranges(batch.blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            read_flow_block(batch.blocks[i], settings, blocks[i]);
        }
    });
}

/// The next batch is read, and unpacked, while this one is taken apart.
std::future<Result<RecordBatch>> start_reading(RecordBatches& batches, RecordBatch used) {
    return std::async(std::launch::async, [&batches, used = std::move(used)]() mutable {
        return batches.next(std::move(used));
    });
}

/// Reads on from the first batch to the end of the file.
std::optional<Error> read_all(RecordBatches& batches, RecordBatch batch, TableBuilder& builder) {
    std::vector<FlowBlock> blocks;
    RecordBatch spare;
    while (true) {
        std::future<Result<RecordBatch>> following;
        if (!batch.last) {
            following = start_reading(batches, std::move(spare));
        }
        read_blocks(batch, builder.settings(), blocks);
        if (auto error = builder.append(std::span(blocks).first(batch.blocks.size()))) {
            return error;
        }
        if (batch.too_long) {
            builder.report_too_long();
        }
        if (batch.last) {
            return std::nullopt;
        }
        spare = std::move(batch);
        Result<RecordBatch> next = following.get();
        if (!next) {
            return std::move(next).error();
        }
        batch = *std::move(next);
    }
}

void name_states(
    model::FlowTable& flows,
    const StateNames& names,
    const std::string& file,
    ImportReport& report
) {
    const auto unknown = rename_states(flows, [&](std::string_view code) {
        const auto* const state = names.find_by_code(code);
        return state == nullptr ? std::nullopt : std::optional{state->id};
    });
    if (!unknown.empty()) {
        report.add(
            {Severity::warning,
             rules::flow_unknown_states.id,
             file,
             0,
             {},
             fmt::format("{}", fmt::join(unknown, " ")),
             "codes of no state that is known; kept as written"}
        );
    }
}

/// A small file needs no large buffer, even if its compression made it 30 times smaller.
std::size_t batch_for(std::uint64_t source_size, std::size_t largest) {
    constexpr std::uint64_t smallest = 1U << 16U;
    constexpr std::uint64_t compression = 32;
    return source_size > largest / compression ? largest
                                               : std::max(smallest, source_size * compression);
}

}  // namespace

Result<model::FlowTable>
read_flows(const std::filesystem::path& path, ImportReport& report, const FlowOptions& options) {
    const std::string file = path.filename().string();
    ADIC_TRY(auto source, open_bytes(path));
    const std::uint64_t source_size = source->size();
    BatchSizes sizes;
    sizes.longest_record = options.longest_record;
    sizes.batch = batch_for(source_size, sizes.batch);
    RecordBatches batches(std::move(source), sizes);
    ADIC_TRY(RecordBatch batch, batches.next({}));

    const std::string_view header = take_header(batch);
    ADIC_TRY(const FlowSettings settings, settings_of(header, file, report, options));
    TableBuilder builder(settings, source_size, report);
    builder.add_header(header);
    if (auto error = read_all(batches, std::move(batch), builder)) {
        return *std::move(error);
    }
    model::FlowTable flows = builder.finish();
    if (options.states != nullptr) {
        name_states(flows, *options.states, file, report);
    }
    return flows;
}

}  // namespace adic::ingest
