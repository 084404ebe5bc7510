#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace adic::test {

/// The published schema of a release package of OCDS 1.1.5, with that of the releases in it.
class OfficialOcds {
  public:
    OfficialOcds() {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
        parser.populateSchema(
            Adapter(package_),
            schema_,
            [this](const std::string&) { return &release_; },
            [](const nlohmann::json*) {}
        );
    }

    /// What is wrong with a package, a line each; empty: nothing.
    std::string problems_of(const nlohmann::json& package) const {
        valijson::Validator validator;
        valijson::ValidationResults results;
        validator.validate(schema_, Adapter(package), &results);
        std::string problems;
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
    using Adapter = valijson::adapters::NlohmannJsonAdapter;

    static nlohmann::json read(const char* name) {
        const auto folder = std::filesystem::path(ADIC_TEST_DATA) / "ocds-1.1.5";
        std::ifstream file(folder / name);
        return nlohmann::json::parse(file);
    }

    nlohmann::json package_ = read("release-package-schema.json");
    nlohmann::json release_ = read("release-schema.json");
    valijson::Schema schema_;
};

}  // namespace adic::test
