#include "adic/ingest/map_package.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

using adic::fuzz::require;
using adic::ingest::ImportReport;

namespace {

constexpr std::string_view marker = "=== ";  // `=== items.csv` starts the file of that name

/// A name that stays in the folder, whatever the fuzzer writes.
std::string file_name(std::string_view line) {
    std::string name(line.substr(0, 40));
    std::erase_if(name, [](char c) { return (c < 'a' || c > 'z') && c != '_' && c != '.'; });
    return name.empty() || name.front() == '.' ? "x" + name : name;
}

/// One text holds all files of a package, so that a mutation can move a line from one to another.
void unpack(std::string_view text, const adic::fuzz::Scratch& scratch) {
    while (text.starts_with(marker)) {
        text.remove_prefix(marker.size());
        const std::size_t line_end = std::min(text.find('\n'), text.size());
        const std::string name = file_name(text.substr(0, line_end));
        text.remove_prefix(std::min(line_end + 1, text.size()));
        const std::size_t next = text.find("\n=== ");
        const std::size_t size = next == std::string_view::npos ? text.size() : next + 1;
        scratch.write(name, text.substr(0, size));
        text.remove_prefix(size);
    }
}

}  // namespace

/// Reading and checking find the same, and a map that was read is written as one that is read again
/// without an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    scratch.empty();
    unpack(adic::fuzz::text_of(data, size), scratch);

    ImportReport read_report;
    const auto map = adic::ingest::read_map_package(scratch.path(), read_report);
    ImportReport check_report;
    const auto counts = adic::ingest::check_map_package(scratch.path(), check_report);
    require(read_report.errors() == check_report.errors());
    require(static_cast<bool>(map) == (counts && check_report.may_commit()));
    if (map) {
        const auto folder = scratch.path() / "again";
        require(static_cast<bool>(adic::ingest::write_map_package(*map, folder)));
        ImportReport again;
        require(static_cast<bool>(adic::ingest::read_map_package(folder, again)));
        require(again.errors() == 0);
    }
    return 0;
}
