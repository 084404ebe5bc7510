#include "frame/chosen.hpp"

#include "adic/base/text.hpp"

#include "frame/map_shelf.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

std::string viewpoint_text(const Invocation& words, const Session& session) {
    return words.has("--inside") ? words.text("--inside") : session.around.inside;
}

supply::Completion completion_of(std::string_view text) {
    if (text == "certain") {
        return supply::Completion::certain;
    }
    return text == "possible" ? supply::Completion::possible : supply::Completion::likely;
}

}  // namespace

Result<std::filesystem::path> chosen_path(const Invocation& words, const Session& session) {
    if (words.has("--map")) {
        return std::filesystem::path{words.text("--map")};
    }
    if (!session.around.map.empty()) {
        return session.around.map;
    }
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    return data / "sample";
}

Result<std::filesystem::path> data_folder(const Session& session) {
    if (session.around.data.empty()) {
        return Error{
            ErrorCode::not_found,
            "no map to read: give --map PATH\nThe data that comes with the program was looked for "
            "in "
                + session.around.data_search + '.',
            {}};
    }
    return session.around.data;
}

Result<std::shared_ptr<const app::OpenedMap>>
open_chosen_map(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path path, chosen_path(words, session));
    if (session.maps != nullptr) {
        return session.maps->open(path, words.text("--as"));
    }
    return open_map_as(path, words.text("--as"), session.progress);
}

Result<std::vector<supply::Viewpoint>>
chosen_viewpoints(const Invocation& words, const Session& session, const model::SupplyMap& map) {
    return app::find_viewpoints(map, viewpoint_text(words, session));
}

Result<supply::Viewpoint>
chosen_viewpoint(const Invocation& words, const Session& session, const model::SupplyMap& map) {
    ADIC_TRY(
        const std::vector<supply::Viewpoint> viewpoints,
        chosen_viewpoints(words, session, map)
    );
    if (words.has("--inside") && viewpoints.size() > 1) {
        return Error{
            ErrorCode::invalid_argument,
            "this command answers for one viewpoint at a time; join states that are inside "
            "together with '+'",
            {}};
    }
    return viewpoints.front();
}

Result<supply::FailureOptions> chosen_failure_options(const Invocation& words) {
    supply::FailureOptions options;
    ADIC_TRY(options.enough, words.number("--enough", 0.0, 1.0));
    options.completion = completion_of(words.text("--shares"));
    options.equipment =
        words.has("--no-equipment") ? supply::Equipment::left_out : supply::Equipment::counts;
    return options;
}

std::vector<std::string> chosen_list(const Invocation& words, std::string_view option) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(words.text(option), ',')) {
        if (!trimmed(part).empty()) {
            parts.emplace_back(trimmed(part));
        }
    }
    return parts;
}

Result<procure::PriceList> chosen_price_list(const Invocation& words) {
    auto prices = procure::parse_price_breaks(words.text("--price-breaks"));
    if (!prices) {
        return Error{prices.error().code, "--price-breaks: " + prices.error().message, {}};
    }
    return prices;
}

Result<std::optional<std::uint16_t>> chosen_year(const Invocation& words) {
    if (!words.has("--year")) {
        return std::optional<std::uint16_t>{};
    }
    constexpr std::uint64_t latest = 9999;
    ADIC_TRY(const std::uint64_t year, words.whole("--year", 1, latest));
    return std::optional{static_cast<std::uint16_t>(year)};
}

Words sources_of(const model::SupplyMap& map, const std::vector<model::ProvenanceIndex>& facts) {
    Words ids;
    for (const model::ProvenanceIndex fact : facts) {
        const std::string& id = map.sources[map[fact].source].id;
        if (std::ranges::find(ids, id) == ids.end()) {
            ids.push_back(id);
        }
    }
    return ids;
}

std::string
confidence_of(const model::SupplyMap& map, const std::vector<model::ProvenanceIndex>& facts) {
    if (facts.empty()) {
        return {};
    }
    auto weakest = model::Confidence::a;
    for (const model::ProvenanceIndex fact : facts) {
        weakest = std::max(weakest, map[fact].confidence);
    }
    return std::string(1, model::letter(weakest));
}

std::string seen_from(const supply::Viewpoint& viewpoint) {
    return fmt::format("seen with {} inside", viewpoint.label);
}

std::string seen_from(std::span<const supply::Viewpoint> viewpoints) {
    Words labels;
    for (const supply::Viewpoint& viewpoint : viewpoints) {
        labels.push_back(viewpoint.label);
    }
    return fmt::format("seen with {} inside", fmt::join(labels, " or "));
}

Words ids_of(const model::SupplyMap& map, const std::vector<model::ItemIndex>& items) {
    Words ids;
    for (const model::ItemIndex item : items) {
        ids.push_back(map.items[item].id);
    }
    return ids;
}

}  // namespace adic::cli
