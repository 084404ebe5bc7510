// Any bytes as the texts of an EXIOBASE folder, cut at lines of "--": matrix, final demand, output.
// If the matrix begins with "A" it holds coefficients. Read without a crash; a table without a
// complaint is whole.
#include "fuzz.hpp"
#include "scratch.hpp"
#include "whole_table.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    scratch.empty();
    constexpr std::string_view cut = "--\n";
    std::string_view rest = adic::fuzz::text_of(data, size);
    const bool has_coefficients = rest.substr(0, 1) == "A";
    rest.remove_prefix(has_coefficients ? 1 : 0);
    for (const char* name : {has_coefficients ? "A.txt" : "Z.txt", "Y.txt", "x.txt"}) {
        const std::size_t end = rest.find(cut);
        scratch.write(name, rest.substr(0, end));
        rest = end == std::string_view::npos ? "" : rest.substr(end + cut.size());
    }
    adic::fuzz::require_whole_table(scratch.path());
    return 0;
}
