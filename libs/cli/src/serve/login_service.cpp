#include "serve/login_service.hpp"

#include "adic/base/json_text.hpp"
#include "adic/base/text.hpp"
#include "adic/server/https_fetch.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array<std::string_view, 9> members{
    "issuer",
    "client_id",
    "client_secret_file",
    "redirect_uri",
    "state",
    "scopes",
    "second_factor_methods",
    "account_claim",
    "authorities_file"};

Error wrong(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

Result<std::string> read_small(const fs::path& file) {
    constexpr std::size_t largest = std::size_t{64} << 10U;
    std::ifstream stream(file, std::ios::binary);
    std::string text(largest, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(largest));
    if (!stream.eof()) {
        return Error{
            ErrorCode::unavailable,
            fmt::format("'{}' cannot be read, or is larger than 64 KiB", file.string()),
            {}};
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Result<json> object_in(const std::string& text) {
    constexpr int deepest = 4;
    if (is_nested_deeper(text, deepest)) {
        return wrong("the file of the login service is nested too deeply");
    }
    json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return wrong("the file of the login service is no object of JSON");
    }
    for (const auto& [name, value] : object.items()) {
        if (std::ranges::find(members, name) == members.end()) {
            return wrong(fmt::format("the file of the login service has an unknown '{}'", name));
        }
    }
    return object;
}

Result<std::string> text_in(const json& object, std::string_view name) {
    const auto found = object.find(std::string(name));
    if (found == object.end()) {
        return std::string{};
    }
    if (!found->is_string()) {
        return wrong(fmt::format("'{}' of the login service is a text", name));
    }
    return found->get<std::string>();
}

Result<std::vector<std::string>>
texts_in(const json& object, std::string_view name, std::vector<std::string> standard) {
    const auto found = object.find(std::string(name));
    if (found == object.end()) {
        return standard;
    }
    const bool is_list = found->is_array() && std::ranges::all_of(*found, [](const json& one) {
                             return one.is_string();
                         });
    if (!is_list) {
        return wrong(fmt::format("'{}' of the login service is a list of texts", name));
    }
    return found->get<std::vector<std::string>>();
}

Result<access::OidcProvider> provider_in(const json& object, const fs::path& beside) {
    access::OidcProvider provider;
    ADIC_TRY(provider.issuer, text_in(object, "issuer"));
    ADIC_TRY(provider.client_id, text_in(object, "client_id"));
    ADIC_TRY(provider.redirect_uri, text_in(object, "redirect_uri"));
    ADIC_TRY(provider.state, text_in(object, "state"));
    ADIC_TRY(provider.account_claim, text_in(object, "account_claim"));
    ADIC_TRY(provider.scopes, texts_in(object, "scopes", {"openid"}));
    ADIC_TRY(provider.second_factor_methods, texts_in(object, "second_factor_methods", {}));
    ADIC_TRY(const std::string secret_file, text_in(object, "client_secret_file"));
    if (!secret_file.empty()) {
        ADIC_TRY(const std::string secret, read_small(beside / secret_file));
        provider.client_secret = trimmed(secret);
        if (provider.client_secret.empty()) {
            return wrong("the file of the client's secret is empty");
        }
    }
    if (auto problem = access::problem_of(provider)) {
        return *std::move(problem);
    }
    return provider;
}

}  // namespace

Result<std::unique_ptr<server::Oidc>> open_login_service(const fs::path& file) {
    const fs::path beside = fs::absolute(file).parent_path();
    ADIC_TRY(const std::string text, read_small(file));
    ADIC_TRY(const json object, object_in(text));
    ADIC_TRY(access::OidcProvider provider, provider_in(object, beside));
    ADIC_TRY(const std::string authorities, text_in(object, "authorities_file"));
    server::FetchOptions fetching;
    if (!authorities.empty()) {
        fetching.authorities = beside / authorities;
        ADIC_TRY([[maybe_unused]] const std::string there, read_small(fetching.authorities));
    }
    return std::make_unique<server::Oidc>(
        std::move(provider),
        server::https_fetch(std::move(fetching)),
        access::system_random()
    );
}

}  // namespace adic::cli
