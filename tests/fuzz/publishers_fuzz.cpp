// Any bytes as the file of a publisher: the first byte says of which. Read without a crash, and
// what is read keeps the rules of a map: shares within [0, 1] that add up to at most 1.
#include "adic/ingest/publishers/publisher.hpp"

#include "fuzz.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace {

using adic::fuzz::require;

using namespace adic::ingest;  // NOLINT(google-build-using-namespace)
namespace model = adic::model;

void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

const std::filesystem::path& folder() {
    static const std::filesystem::path path = [] {
        const auto made = std::filesystem::temp_directory_path()
                          / ("adic_publishers_fuzz_" + std::to_string(::getpid()));
        std::filesystem::create_directories(made);
        return made;
    }();
    return path;
}

const StateNames& state_names() {
    static const StateNames names = [] {
        const std::filesystem::path path = folder() / "states.csv";
        write(
            path,
            "id,name,codes,other_names,blocs\n"
            "CHN,China,156,,\nIDN,Indonesia,360,,ASEAN\nDEU,Germany,276,,EU\nUSA,United "
            "States,840,USA,\n"
        );
        return *StateNames::read(path);
    }();
    return names;
}

/// The parts of an input that is a whole folder are separated by form feeds.
void write_folder(std::string_view bytes) {
    constexpr std::array files{
        "inputs.csv",
        "stages.csv",
        "providers.csv",
        "provision.csv",
        "sequence.csv"};
    for (const char* const file : files) {
        const std::size_t end = bytes.find('\f');
        write(folder() / file, bytes.substr(0, end));
        bytes = end == std::string_view::npos ? std::string_view{} : bytes.substr(end + 1);
    }
}

void check(const model::SupplyMap& map) {
    std::map<std::pair<model::ItemIndex, model::Market>, double> sums;
    for (const model::Supply& supply : map.supplies) {
        require(supply.item.value() < map.items.size());
        require(!supply.origin || supply.origin->value() < map.states.size());
        if (supply.share) {
            require(supply.share->low() >= 0.0 && supply.share->high() <= 1.0);
            sums[{supply.item, supply.market}] += supply.share->likely();
        }
    }
    for (const auto& [key, sum] : sums) {
        require(sum <= 1.0 + 1e-6);
    }
    for (const model::Trade& trade : map.trades) {
        require(trade.amount.low() >= 0.0);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes = adic::fuzz::text_of(data, size).substr(1);
    const Publisher& publisher = publishers()[(data[0] - std::size_t{'a'}) % publishers().size()];
    std::filesystem::path path = folder() / "input.csv";
    if (publisher.name == "eto-chips") {
        write_folder(bytes);
        path = folder();
    } else {
        write(path, bytes);
    }
    ImportReport report;
    const auto map = publisher.read(path, state_names(), {}, report);
    if (map) {
        check(*map);
    } else {
        require(!map.error().message.empty());
    }
    return 0;
}
