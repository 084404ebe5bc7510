#include "render/render.hpp"

#include <nlohmann/json.hpp>

namespace adic::cli {
namespace {

using Json = nlohmann::ordered_json;

/// As the schema Sentence of the API has it: what a sentence lacks is left out.
Json sentence_json(const Sentence& sentence) {
    Json one{{"text", sentence.text}};
    if (!sentence.code.empty()) {
        one["code"] = sentence.code;
        one["values"] = Json::object();
    }
    for (const auto& [name, texts] : sentence.values) {
        one["values"][std::string(name)] = texts;
    }
    for (const Sentence& part : sentence.parts) {
        one["parts"].push_back(sentence_json(part));
    }
    return one;
}

struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }

    Json operator()(const std::string& text) const { return text; }

    Json operator()(const Words& words) const { return words; }

    Json operator()(const Sentence& sentence) const { return sentence_json(sentence); }

    Json operator()(double value) const { return value; }

    Json operator()(std::uint64_t value) const { return value; }

    Json operator()(bool value) const { return value; }

    Json operator()(const Estimate& value) const {
        return Json{{"low", value.low()}, {"likely", value.likely()}, {"high", value.high()}};
    }

    /// A number as long as every reader can hold it (2^53), and its digits beyond.
    Json operator()(const WholeNumber& value) const {
        constexpr std::size_t exact_digits = 15;
        if (value.digits.size() <= exact_digits) {
            return std::stoull(value.digits);
        }
        return value.digits;
    }
};

Json to_object(const Row& row, const Shape& shape) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
        if (shape.columns[c].in != In::table) {
            object[std::string(shape.columns[c].key)] = std::visit(ToJson{}, row[c]);
        }
    }
    return object;
}

void add_rows(Json& answer, const Section& section) {
    Json& array = answer[std::string(section.shape->name)];
    if (array.is_null()) {
        array = Json::array();
    }
    for (const Row& row : section.rows) {
        array.push_back(to_object(row, *section.shape));
    }
}

Json notes_of(const Report& report) {
    Json notes = Json::array();
    const auto add = [&](const std::vector<Sentence>& sentences) {
        for (const Sentence& sentence : sentences) {
            notes.push_back(sentence_json(sentence));
        }
    };
    add(report.introduction);
    for (const Section& section : report.sections) {
        add(section.notes);
    }
    add(report.notes);
    return notes;
}

}  // namespace

std::string to_json(const Report& report, std::string_view command) {
    Json answer = Json::object();
    answer["command"] = command;
    for (const Section& section : report.sections) {
        add_rows(answer, section);
    }
    answer["notes"] = notes_of(report);
    return answer.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace adic::cli
