// The document and the routes say the same, and what is answered is what the document says.

#include "test_house.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace adic::server {
namespace {

using nlohmann::json;
using test::House;

json document() {
    return json::parse(openapi_document(test::test_analyses()));
}

TEST(OpenApi, DescribesEveryRouteAndNothingElse) {
    std::set<std::string> described;
    const json read = document();
    EXPECT_EQ(read["openapi"], "3.1.0");
    for (const auto& [path, operations] : read["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            std::string upper = method;
            std::ranges::transform(upper, upper.begin(), [](char c) {
                return static_cast<char>(c - 'a' + 'A');
            });
            described.insert(upper + ' ' + path);
        }
    }
    std::set<std::string> routed;
    for (const RouteName& route : route_names()) {
        routed.insert(std::string(route.method) + ' ' + std::string(route.path));
    }
    EXPECT_EQ(described, routed);
}

TEST(OpenApi, NamesOperationsOnce) {
    std::set<std::string> names;
    const json read = document();
    for (const auto& [path, operations] : read["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            EXPECT_TRUE(names.insert(operation["operationId"]).second) << operation["operationId"];
        }
    }
}

void find_references(const json& part, std::set<std::string>& found) {
    if (part.is_object() && part.contains("$ref")) {
        found.insert(part["$ref"]);
    }
    if (part.is_structured()) {
        for (const json& inner : part) {
            find_references(inner, found);
        }
    }
}

TEST(OpenApi, RefersToSchemasThatAreThere) {
    const json read = document();
    std::set<std::string> references;
    find_references(read, references);
    EXPECT_GT(references.size(), 20U);
    for (const std::string& reference : references) {
        EXPECT_TRUE(read.contains(json::json_pointer(reference.substr(1)))) << reference;
    }
}

/// What is wrong with an answer, by the schema of that name; empty: nothing.
std::string wrong(const std::string& body, const std::string& schema_name) {
    const json read = document();
    json root = {
        {"$ref", "#/components/schemas/" + schema_name},
        {"components", read["components"]}};
    valijson::Schema schema;
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(root), schema);
    valijson::Validator validator;
    valijson::ValidationResults results;
    const json answer = json::parse(body);
    if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(answer), &results)) {
        return {};
    }
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

/// The schema of what an operation answers when all goes well; empty: it has none.
std::string schema_of(const json& read, const std::string& method, const std::string& path) {
    for (const auto& [status, response] : read["paths"][path][method]["responses"].items()) {
        if (status != "default" && response.contains("content")) {
            for (const auto& [type, content] : response["content"].items()) {
                const std::string reference =
                    content.contains("schema") ? content["schema"]["$ref"] : "";
                return reference.substr(reference.rfind('/') + 1);
            }
        }
    }
    return {};
}

TEST(OpenApi, DescribesWhatIsAnswered) {
    House house;
    house.add("MYS", "product", "id,name,kind,price\nown,radio,item of supply,5\n");
    house.add(
        "MYS",
        "aggregate",
        "id,name,measure,item,first_year,last_year,smallest_group,protection,rounding,audience\n"
        "radios,radios,demand.quantity,radio,2027,2029,3,10,10,ASEAN\n"
    );
    house.enter_as("MYS");
    const json read = document();
    const std::vector<std::array<std::string, 3>> asked{
        {"get", "/api/v1/session", "/api/v1/session"},
        {"get", "/api/v1/record-types", "/api/v1/record-types"},
        {"get", "/api/v1/item-classes", "/api/v1/item-classes"},
        {"get", "/api/v1/records", "/api/v1/records?facet=kind"},
        {"get", "/api/v1/suggestions", "/api/v1/suggestions?q=r"},
        {"get", "/api/v1/records/{id}", "/api/v1/records/MYS.own"},
        {"get", "/api/v1/records/{id}/history", "/api/v1/records/MYS.own/history"},
        {"get", "/api/v1/records/{id}/release", "/api/v1/records/MYS.own/release"},
        {"get", "/api/v1/proposals", "/api/v1/proposals"},
        {"get", "/api/v1/aggregates", "/api/v1/aggregates"},
        {"get", "/api/v1/aggregates/{id}", "/api/v1/aggregates/MYS.radios"},
        {"get", "/api/v1/analyses", "/api/v1/analyses"},
        {"get", "/api/v1/analyses/{name}", "/api/v1/analyses/echo"},
        {"get", "/api/v1/jobs", "/api/v1/jobs"},
        {"get", "/healthz", "/healthz"},
        {"get", "/readyz", "/readyz"}};
    for (const auto& [method, path, target] : asked) {
        const auto response = house.ask("GET", target);
        EXPECT_EQ(response.status, 200) << target << response.body;
        EXPECT_EQ(wrong(response.body, schema_of(read, method, path)), "") << target;
    }
    const auto added = house.ask(
        "POST",
        "/api/v1/records?type=product",
        R"({"records":[{"name":"boat","kind":"item of supply","price":2.5}]})"
    );
    EXPECT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(wrong(added.body, "Added"), "");
    const auto released =
        house.ask("POST", "/api/v1/records/MYS.own/release", R"({"release":"ASEAN"})");
    EXPECT_EQ(wrong(released.body, "ReleaseAnswer"), "");
    const auto consent = house.ask("POST", "/api/v1/aggregates/MYS.radios/consent", "{}");
    EXPECT_EQ(wrong(consent.body, "ConsentAnswer"), "") << consent.body;
    const auto total = house.ask("POST", "/api/v1/aggregates/MYS.radios/publish", "{}");
    EXPECT_EQ(wrong(total.body, "PublishAnswer"), "") << total.body;
    const auto job = house.ask("POST", "/api/v1/jobs", R"({"analysis":"echo"})");
    EXPECT_EQ(job.status, 202);
    EXPECT_EQ(wrong(job.body, "Job"), "");
    const auto problem =
        house.ask("POST", "/api/v1/records?type=product", R"({"records":[{"nam":1}]})");
    EXPECT_EQ(problem.status, 422) << problem.body;
    EXPECT_EQ(wrong(problem.body, "Problem"), "");
    EXPECT_NE(wrong(R"({"error":7})", "Problem"), "") << "the check can fail";
}

}  // namespace
}  // namespace adic::server
