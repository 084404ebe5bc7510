#include "adic/ingest/item_class_reader.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// Whatever was read is found by its name, and fits what it makes of its own properties.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{adic::fuzz::text_of(data, size)};
    adic::ingest::ImportReport report;
    const auto classes = adic::ingest::parse_item_classes(text, "item_classes.csv", report);
    if (!classes) {
        return 0;
    }
    for (const adic::model::ItemClass& one : classes->all()) {
        adic::fuzz::require(classes->find(one.name()) == &one);
        std::vector<std::string> given;
        for (const adic::model::PropertySpec& spec : one.properties) {
            given.push_back(spec.key + ": 7" + (spec.unit.empty() ? "" : ' ' + spec.unit));
        }
        const auto once = adic::model::fitted(one, given);
        if (once.problems.empty()) {
            const auto again = adic::model::fitted(one, once.properties);
            adic::fuzz::require(again.problems.empty() && again.properties == once.properties);
        }
    }
    return 0;
}
