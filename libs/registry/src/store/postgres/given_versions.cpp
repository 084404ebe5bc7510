#include "store/postgres/given_versions.hpp"

#include "adic/registry/store/record_json.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace adic::registry {

GivenVersions::GivenVersions(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
    : writes_(writes) {
    static constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    std::vector<std::string> bodies;
    bodies.reserve(writes.size());
    for (const RecordWrite& write : writes) {
        bodies.push_back(write_record_body(write.record));
    }
    std::vector<std::string_view> texts(writes.size());
    std::vector<std::int64_t> numbers(writes.size());
    const auto add_texts = [&](auto text_of) {
        std::ranges::transform(writes, texts.begin(), text_of);
        parameters_.add(texts);
    };
    const auto add_numbers = [&](auto number_of) {
        std::ranges::transform(writes, numbers.begin(), number_of);
        parameters_.add(numbers);
    };
    using View = std::string_view;
    add_texts([](const RecordWrite& write) { return View{write.record.id}; });
    // No version has the largest number, so what follows it or a later one is a conflict.
    add_numbers([](const RecordWrite& write) {
        return static_cast<std::int64_t>(std::min(write.follows, largest));
    });
    add_texts([](const RecordWrite& write) { return write.record.type->key; });
    add_texts([](const RecordWrite& write) { return View{write.record.owner}; });
    add_texts([](const RecordWrite& write) { return View{write.by}; });
    add_texts([](const RecordWrite& write) { return View{write.why}; });
    add_numbers([](const RecordWrite& write) { return std::int64_t{write.is_withdrawal ? 1 : 0}; });
    std::ranges::copy(bodies, texts.begin());
    parameters_.add(texts);
    parameters_.add(std::int64_t{at.time_since_epoch().count()});
}

std::vector<std::span<const RecordWrite>> GivenVersions::parts_of(
    std::span<const RecordWrite> writes
) {
    constexpr std::size_t most = 4'000;
    std::vector<std::span<const RecordWrite>> parts;
    for (std::size_t begin = 0; begin < writes.size(); begin += most) {
        parts.push_back(writes.subspan(begin, std::min(most, writes.size() - begin)));
    }
    return parts;
}

}  // namespace adic::registry
