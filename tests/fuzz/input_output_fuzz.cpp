// Any bytes as the two matrices of an input-output table, cut at a line of "--": read without a
// crash; a table without a complaint is whole.
#include "adic/ingest/input_output_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cmath>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    static const adic::fuzz::Scratch scratch;
    constexpr std::string_view cut = "--\n";
    const std::string_view text = adic::fuzz::text_of(data, size);
    const std::size_t end = text.find(cut);
    scratch.write("Z.csv", text.substr(0, end));
    scratch.write("Y.csv", end == std::string_view::npos ? "" : text.substr(end + cut.size()));
    adic::ingest::ImportReport report;
    const auto table = adic::ingest::read_input_output_table(scratch.path(), report);
    if (!table) {
        require(!table.error().message.empty());
        return 0;
    }
    require(report.may_commit() == (table->industries() > 0));
    for (std::size_t i = 0; i < table->industries(); ++i) {
        require(table->sales_of(i).size() == table->industries());
        require(table->output()[i] >= 0.0 && std::isfinite(table->output()[i]));
        require(table->final_demand()[i] >= 0.0);
    }
    return 0;
}
