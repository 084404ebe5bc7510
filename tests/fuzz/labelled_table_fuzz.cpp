// Any bytes as an input-output table in one file, in the layouts of OECD and WIOD: read without a
// crash; a table without a complaint is whole.
#include "fuzz.hpp"
#include "scratch.hpp"
#include "whole_table.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    const auto file = scratch.write("table.csv", adic::fuzz::text_of(data, size));
    adic::fuzz::require_whole_table(file);
    return 0;
}
