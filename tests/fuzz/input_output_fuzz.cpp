// Any bytes as the two matrices of an input-output table, cut at a line of "--": read without a
// crash; a table without a complaint is whole.
#include "fuzz.hpp"
#include "scratch.hpp"
#include "whole_table.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    constexpr std::string_view cut = "--\n";
    const std::string_view text = adic::fuzz::text_of(data, size);
    const std::size_t end = text.find(cut);
    scratch.write("Z.csv", text.substr(0, end));
    scratch.write("Y.csv", end == std::string_view::npos ? "" : text.substr(end + cut.size()));
    adic::fuzz::require_whole_table(scratch.path());
    return 0;
}
