#include "adic/base/text.hpp"

#include "fuzz.hpp"
#include "test_house.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace {

using adic::fuzz::require;
using adic::server::Request;
using adic::server::Response;

bool is_visible(std::string_view text) {
    return !text.empty() && text.find_first_of(" \t\r\n\x7F") == std::string_view::npos
           && std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' '; });
}

/// Decoding never makes a text longer, and leaves what has nothing to decode as it is.
void try_decoding(std::string_view text) {
    for (const bool plus_is_blank : {false, true}) {
        const auto bytes = adic::server::decoded(text, plus_is_blank);
        const bool is_plain = text.find_first_of("%+") == std::string_view::npos;
        require(bytes || !is_plain);
        require(!bytes || bytes->size() <= text.size());
        require(!is_plain || *bytes == text);
    }
}

/// A pair for each part that is not empty; none is invented.
void try_query(std::string_view text) {
    const auto pairs = adic::server::parse_query(text);
    std::size_t parts = 0;
    bool is_right = true;
    for (const std::string_view part : adic::split(text, '&')) {
        parts += part.empty() ? 0U : 1U;
        const auto equals = part.find('=');
        const auto name = adic::server::decoded(part.substr(0, equals), true);
        is_right = is_right && name && adic::server::decoded(part, true);
        if (pairs && !part.empty()) {
            require(name && (*pairs)[parts - 1].first == *name);
        }
    }
    require(pairs.has_value() == is_right);
    require(!pairs || pairs->size() == parts);
}

/// A cookie is a piece of the header, and stops where the next one begins.
void try_cookie(std::string_view text) {
    const std::string_view value = adic::server::cookie(text, "adic_session");
    require(value.find(';') == std::string_view::npos);
    require(value.empty() || (value.data() > text.data() && value.size() < text.size()));
    const std::string before = "adic_session=first; " + std::string(text);
    require(adic::server::cookie(before, "adic_session") == "first");
}

/// "METHOD TARGET", lines of headers, an empty line and a body. What no parser of HTTP lets through
/// is left out.
Request request_of(const adic::test::House& house, std::string_view text) {
    const auto end_of_line = text.find('\n');
    const std::string_view first = text.substr(0, end_of_line);
    const auto blank = first.find(' ');
    const std::string_view method = first.substr(0, blank);
    const std::string_view target =
        blank == std::string_view::npos ? std::string_view{} : first.substr(blank + 1);
    Request request = house.request(
        is_visible(method) ? std::string(method) : "GET",
        is_visible(target) ? std::string(target) : "/"
    );
    std::string_view rest =
        end_of_line == std::string_view::npos ? std::string_view{} : text.substr(end_of_line + 1);
    while (!rest.empty() && rest.front() != '\n') {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        const auto colon = line.find(':');
        const std::string_view value =
            colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
        if (colon != std::string_view::npos && is_visible(line.substr(0, colon))
            && (value.empty() || is_visible(value))) {
            request.headers.emplace_back(line.substr(0, colon), value);
        }
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    request.body = std::string(rest.empty() ? rest : rest.substr(1));
    return request;
}

void check(const Response& response) {
    constexpr int internal_error = 500;
    require(response.status != internal_error);
    require(adic::server::reason_of(response.status) != "Status");
    bool is_json = false;
    for (const auto& [name, value] : response.headers) {
        require(name.find_first_of(":\r\n") == std::string::npos);
        require(value.find_first_of("\r\n") == std::string::npos);
        is_json = is_json || (name == "Content-Type" && value.starts_with("application/json"));
    }
    require(!is_json || response.body.empty() || nlohmann::json::accept(response.body));
    if (response.next) {
        for (int part = 0; part < 4 && response.next(); ++part) {
        }
    }
}

/// One sample for all inputs, in which records and jobs pile up as they do in a server that runs.
adic::test::House& furnished_house() {
    static adic::test::House house;
    static const bool is_furnished = [] {
        house.add("MYS", "product", "id,name,kind,price\nown,radio,item of supply,5\n");
        house.add("IDN", "product", "id,name,kind,price\nhidden,radio,item of supply,5\n");
        return true;
    }();
    require(is_furnished);
    return house;
}

}  // namespace

/// What anybody sends: a reader on the first line, then requests with a line "---" between them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr int most_requests = 4;
    constexpr std::string_view between = "\n---\n";
    std::string_view text = adic::fuzz::text_of(data, size);
    try_decoding(text);
    try_query(text);
    try_cookie(text);
    adic::test::House& house = furnished_house();
    const auto end = std::min(text.find('\n'), text.size());
    house.leave();
    if (text.substr(0, end) == "MYS" || text.substr(0, end) == "IDN") {
        house.enter_as(std::string(text.substr(0, end)));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
    for (int r = 0; r < most_requests && !text.empty(); ++r) {
        const auto cut = text.find(between);
        const Request request = request_of(house, text.substr(0, cut));
        static_cast<void>(house.application().largest_body(request));
        check(house.ask(request));
        text =
            cut == std::string_view::npos ? std::string_view{} : text.substr(cut + between.size());
    }
    return 0;
}
