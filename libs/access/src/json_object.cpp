#include "json_object.hpp"

#include <set>
#include <vector>

namespace adic::access {
namespace {

using nlohmann::json;

/// Whether it is JSON, not nested too deeply, without a name that stands twice. It goes over the
/// text first: a parser with a callback takes the square of the length of a list.
class Watch : public nlohmann::json_sax<json> {
  public:
    bool null() override { return true; }

    bool boolean(bool /*value*/) override { return true; }

    bool number_integer(number_integer_t /*value*/) override { return true; }

    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }

    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }

    bool string(string_t& /*value*/) override { return true; }

    bool binary(binary_t& /*value*/) override { return false; }

    bool start_object(std::size_t /*size*/) override { return open(); }

    bool key(string_t& name) override { return names_.back().insert(name).second; }

    bool end_object() override { return close(); }

    bool start_array(std::size_t /*size*/) override { return open(); }

    bool end_array() override { return close(); }

    bool parse_error(
        std::size_t /*position*/,
        const std::string& /*token*/,
        const nlohmann::detail::exception& /*error*/
    ) override {
        return false;
    }

  private:
    bool open() {
        constexpr std::size_t deepest = 16;
        names_.emplace_back();
        return names_.size() <= deepest;
    }

    bool close() {
        names_.pop_back();
        return true;
    }

    std::vector<std::set<std::string>> names_;
};

}  // namespace

Result<json> parse_json_object(std::string_view text, std::size_t most, std::string_view what) {
    if (text.size() > most) {
        return Error{ErrorCode::invalid_argument, std::string(what) + " is too long", {}};
    }
    Watch watch;
    json object;
    if (json::sax_parse(text, &watch)) {
        object = json::parse(text, nullptr, false);
    }
    if (!object.is_object()) {
        return Error{ErrorCode::invalid_argument, std::string(what) + " is no JSON object", {}};
    }
    return object;
}

std::optional<std::string> text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) {
        return std::nullopt;
    }
    return found->get<std::string>();
}

const json::array_t* list_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : found->get_ptr<const json::array_t*>();
}

}  // namespace adic::access
