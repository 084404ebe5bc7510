#include "adic/postgres/parameters.hpp"

namespace adic::postgres {
namespace {

/// Numbers of types in the catalogue, which are the same on every server.
constexpr unsigned bigint_type = 20;
constexpr unsigned text_type = 25;
constexpr unsigned bigint_array_type = 1016;
constexpr unsigned text_array_type = 1009;

/// The most significant byte first.
template <typename Number>
void put(std::string& bytes, Number number) {
    constexpr unsigned byte = 8;
    for (unsigned shift = sizeof number * byte; shift > 0; shift -= byte) {
        bytes += static_cast<char>((static_cast<std::uint64_t>(number) >> (shift - byte)) & 0xFFU);
    }
}

/// An array of one dimension, without NULL. One without elements has no dimension.
std::string array_head(unsigned element, std::size_t size) {
    std::string bytes;
    put(bytes, std::int32_t{size == 0 ? 0 : 1});
    put(bytes, std::int32_t{0});
    put(bytes, static_cast<std::int32_t>(element));
    if (size != 0) {
        put(bytes, static_cast<std::int32_t>(size));
        put(bytes, std::int32_t{1});
    }
    return bytes;
}

}  // namespace

Parameters& Parameters::add(std::string_view text) {
    values_.push_back({text_type, std::string(text)});
    return *this;
}

Parameters& Parameters::add(std::int64_t number) {
    values_.push_back({bigint_type, {}});
    put(values_.back().bytes, number);
    return *this;
}

Parameters& Parameters::add(std::span<const std::string_view> texts) {
    std::string bytes = array_head(text_type, texts.size());
    for (const std::string_view text : texts) {
        put(bytes, static_cast<std::int32_t>(text.size()));
        bytes += text;
    }
    values_.push_back({text_array_type, std::move(bytes)});
    return *this;
}

Parameters& Parameters::add(std::span<const std::int64_t> numbers) {
    std::string bytes = array_head(bigint_type, numbers.size());
    for (const std::int64_t number : numbers) {
        put(bytes, static_cast<std::int32_t>(sizeof number));
        put(bytes, number);
    }
    values_.push_back({bigint_array_type, std::move(bytes)});
    return *this;
}

}  // namespace adic::postgres
