// The look-through of a map of 100,000 items and 1,000,000 links from the viewpoints of 11 states
// together, and where the content of one item comes from. Prints seconds and the peak of memory.

#include "adic/supply/lookthrough.hpp"

#include "large_map.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

int main() {
    using namespace adic;
    const model::SupplyMap map = bench::large_map({});
    const supply::MapIndex index{map};
    fmt::print(
        "{} items, {} links, {} supplies; map {:.0f} MiB\n",
        map.items.size(),
        map.needs.size(),
        map.supplies.size(),
        peak_mib()
    );
    const auto built = Clock::now();
    const supply::ValueNetwork network{index, {}};
    fmt::print("value network {:.3f} s\n", seconds_since(built));
    const auto start = Clock::now();
    double checksum = 0.0;
    std::vector<supply::Viewpoint> viewpoints;
    for (int s = 0; s < 11; ++s) {
        viewpoints.push_back(*supply::parse_viewpoint(map, "S" + std::to_string(s)));
    }
    for (const auto& content : supply::look_through(network, index, viewpoints)) {
        for (std::uint32_t i = 0; i < map.items.size(); ++i) {
            const Estimate inside = content.from_inside(model::ItemIndex{i});
            checksum += inside.likely() + inside.low() + inside.high();
        }
    }
    fmt::print(
        "look-through for 11 viewpoints {:.3f} s, checksum {:.6f}\n",
        seconds_since(start),
        checksum
    );
    const auto asked = Clock::now();
    const auto viewpoint = supply::parse_viewpoint(map, "ASEAN");
    const auto list = supply::list_contributions(network, index, *viewpoint, model::ItemIndex{0});
    fmt::print("{} contributions to one item {:.3f} s\n", list.size(), seconds_since(asked));
    fmt::print("peak {:.0f} MiB\n", peak_mib());
    return 0;
}
