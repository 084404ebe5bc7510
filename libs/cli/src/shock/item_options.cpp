#include "shock/item_options.hpp"

#include "adic/app/run_scenario.hpp"
#include "adic/base/say.hpp"

namespace adic::cli {

Result<std::optional<model::Scenario>>
chosen_futures(const Invocation& words, const std::filesystem::path& data) {
    if (words.text("WHAT") == "hazards") {
        return std::optional<model::Scenario>{};
    }
    ADIC_TRY(model::Scenario scenario, app::find_scenario(data, words.text("WHAT")));
    return std::optional{std::move(scenario)};
}

Sentence shock_asked(
    const std::optional<model::Scenario>& scenario,
    const supply::Viewpoint& viewpoint,
    std::uint32_t weeks
) {
    std::vector<Said> values{{"viewpoint", viewpoint.label}, {"weeks", weeks}};
    if (scenario) {
        values.emplace_back("scenario", scenario->title);
    }
    return say("shock-asked", values);
}

Result<std::uint32_t> chosen_weeks(const Invocation& words) {
    constexpr std::uint64_t longest = 1040;  // twenty years
    if (!words.has("--weeks")) {
        return std::uint32_t{0};
    }
    ADIC_TRY(const std::uint64_t weeks, words.whole("--weeks", 1, longest));
    return static_cast<std::uint32_t>(weeks);
}

Result<shock::ItemDynamicsOptions> chosen_item_options(const Invocation& words) {
    constexpr double most_days = 36'500.0;
    shock::ItemDynamicsOptions options;
    if (words.has("--stock-days")) {
        ADIC_TRY(options.usual.cover_days, words.number("--stock-days", 0.0, most_days));
    }
    ADIC_TRY(options.enough, words.number("--enough", 0.0, 1.0));
    options.equipment =
        words.has("--no-equipment") ? supply::Equipment::left_out : supply::Equipment::counts;
    return options;
}

}  // namespace adic::cli
