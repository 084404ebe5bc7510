#include "adic/postgres/address.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <libpq-fe.h>

namespace adic::postgres {
namespace {

bool is_here(std::string_view host) {
    constexpr std::array<std::string_view, 4> names{"", "localhost", "127.0.0.1", "::1"};
    return host.starts_with('/') || host.starts_with('@')
           || std::ranges::find(names, host) != names.end();
}

std::string from_environment(const char* variable) {
    const char* const value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? "" : value;
}

/// All hosts that the address or, where it names none, the environment names.
std::vector<std::string> hosts_of(const Address& address) {
    std::vector<std::string> hosts;
    for (const auto& [word, variable] :
         {std::pair{"host", "PGHOST"}, std::pair{"hostaddr", "PGHOSTADDR"}}) {
        const std::string_view said = address.value_of(word);
        const std::string list = said.empty() ? from_environment(variable) : std::string(said);
        for (const std::string_view host : split(list, ',')) {
            hosts.emplace_back(host);
        }
    }
    return hosts;
}

/// Whether nobody has said how to know the server.
bool leaves_proof_open(const Address& address) {
    return address.value_of("sslmode").empty() && address.value_of("service").empty()
           && from_environment("PGSSLMODE").empty() && from_environment("PGSERVICE").empty();
}

}  // namespace

bool is_address(std::string_view text) {
    return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

Result<Address> Address::parse(const std::string& uri) {
    const auto free_options = [](PQconninfoOption* options) { PQconninfoFree(options); };
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(free_options)> options{
        is_address(uri) && uri.find('\0') == std::string::npos
            ? PQconninfoParse(uri.c_str(), &message)
            : nullptr,
        free_options};
    PQfreemem(message);  // it may repeat a part of the password
    if (!options) {
        return Error{
            ErrorCode::invalid_argument,
            "the address of the database cannot be read; it looks like "
            "postgresql://USER@HOST:5432/DATABASE, with % and two digits for what is special",
            {}};
    }
    Address address;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) {
            address.words_.emplace_back(option->keyword, option->val);
        }
    }
    if (leaves_proof_open(address) && !std::ranges::all_of(hosts_of(address), is_here)) {
        address.words_.emplace_back("sslmode", "verify-full");
    }
    return address;
}

std::string Address::shown() const {
    std::string text = "postgresql://";
    text += value_of("host");
    if (!value_of("port").empty()) {
        text += ':';
        text += value_of("port");
    }
    text += '/';
    text += value_of("dbname");
    return text;
}

std::string_view Address::value_of(std::string_view word) const {
    const auto found = std::ranges::find(words_, word, [](const auto& pair) {
        return std::string_view{pair.first};
    });
    return found == words_.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace adic::postgres
