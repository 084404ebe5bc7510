#pragma once

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace adic::test {

/// The published schema of a release package of OCDS 1.1.5, with that of the releases in it, and
/// with our extension as the standard adds one: by a merge patch (RFC 7396).
class OfficialOcds {
  public:
    OfficialOcds() {
        release_.merge_patch(extension("release-schema.json"));
        package_.merge_patch(extension("release-package-schema.json"));
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
        parser.populateSchema(
            Adapter(package_),
            schema_,
            [this](const std::string&) { return &release_; },
            [](const nlohmann::json*) {}
        );
    }

    /// What is wrong with a package, a line each; empty: nothing. So is a member of ours that the
    /// extension does not have.
    std::string problems_of(const nlohmann::json& package) const {
        valijson::Validator validator;
        valijson::ValidationResults results;
        validator.validate(schema_, Adapter(package), &results);
        std::string problems = unknown_members(package);
        valijson::ValidationResults::Error error;
        while (results.popError(error)) {
            for (const std::string& part : error.context) {
                problems += part;
            }
            problems += ": " + error.description + '\n';
        }
        return problems;
    }

  private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as a package
    std::string unknown_members(const nlohmann::json& value) const {
        std::string unknown;
        for (const auto& [key, inner] : value.items()) {
            const bool is_ours = value.is_object() && key.starts_with("adic_");
            unknown += is_ours && !members_.contains(key) ? key + ": not in the extension\n" : "";
            unknown += inner.is_structured() ? unknown_members(inner) : "";
        }
        return unknown;
    }

    // NOLINTNEXTLINE(misc-no-recursion): as deep as a schema
    static std::set<std::string> members_of(const nlohmann::json& schema) {
        std::set<std::string> members;
        for (const auto& [key, inner] : schema.items()) {
            if (key == "properties") {
                for (const auto& [member, description] : inner.items()) {
                    members.insert(member);
                }
            }
            if (inner.is_structured()) {
                members.merge(members_of(inner));
            }
        }
        return members;
    }

    using Adapter = valijson::adapters::NlohmannJsonAdapter;

    static nlohmann::json read(const std::filesystem::path& path) {
        std::ifstream file(path);
        return nlohmann::json::parse(file);
    }

    static nlohmann::json standard(const char* name) {
        return read(std::filesystem::path(ADIC_TEST_DATA) / "ocds-1.1.5" / name);
    }

    static nlohmann::json extension(const char* name) {
        return read(
            std::filesystem::path(ADIC_SOURCE_DIR) / "docs/reference/ocds-extension" / name
        );
    }

    nlohmann::json package_ = standard("release-package-schema.json");
    nlohmann::json release_ = standard("release-schema.json");
    std::set<std::string> members_ = [] {
        std::set<std::string> all = members_of(extension("release-schema.json"));
        all.merge(members_of(extension("release-package-schema.json")));
        return all;
    }();
    valijson::Schema schema_;
};

}  // namespace adic::test
