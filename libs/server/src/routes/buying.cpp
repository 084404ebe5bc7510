#include "api/analysis_parts.hpp"
#include "api/body_tables.hpp"
#include "api/route.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Body = nlohmann::json;

/// How a member of the body reaches the analysis.
enum class As {
    value,   ///< as a word
    breaks,  ///< a list of {"from", "price"}, as in 1:100,50:92
    table,   ///< a list of objects, as a file with a row for each
};

struct Member {
    std::string_view name;       ///< in the body
    std::string_view parameter;  ///< of the analysis
    As as = As::value;
    std::span<const std::string_view> columns = {};  ///< of a table
    std::string_view file = {};  ///< of a table in a folder; empty: the table is the parameter
};

constexpr std::array<std::string_view, 2> game_columns{"coalition", "amount"};
constexpr std::array<std::string_view, 2> quantity_columns{"state", "quantity"};
constexpr std::array<std::string_view, 6>
    state_columns{"state", "demand", "capacity", "outside_premium", "carry", "band"};
constexpr std::array<std::string_view, 4> pair_columns{"buyer", "seller", "premium", "most"};

constexpr std::array share_members{
    Member{"game", "game", As::table, game_columns},
    Member{"savings", "savings"},
    Member{"quantities", "quantities", As::table, quantity_columns},
    Member{"price_breaks", "price-breaks", As::breaks},
    Member{"breaks_for", "breaks-for"},
    Member{"first_unit", "first-unit"},
    Member{"slope", "slope"},
    Member{"learning", "learning"},
    Member{"non_recurring", "non-recurring"},
    Member{"coordination", "coordination"},
    Member{"made_before", "made-before"},
    Member{"learning_lost", "learning-lost"},
    Member{"terms", "terms", As::table, term_columns},
    Member{"rates", "rates", As::table, rate_columns},
    Member{"on", "on"},
    Member{"currency", "currency"},
    Member{"draws", "draws"},
    Member{"proof", "proof"},
};

constexpr std::array reciprocity_members{
    Member{"states", "plan", As::table, state_columns, "states.csv"},
    Member{"pairs", "plan", As::table, pair_columns, "pairs.csv"},
    Member{"band", "band"},
    Member{"ratio", "ratio"},
    Member{"premium_cap", "premium-cap"},
};

Error wrong(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

Result<GivenParameter> given_of(const Member& member, const Body& value) {
    GivenParameter given{std::string(member.parameter), {}};
    if (member.as == As::table) {
        given.is_content = true;
        ADIC_TRY(std::string table, table_of(member.name, member.columns, value));
        if (member.file.empty()) {
            given.value = std::move(table);
        } else {
            given.files.emplace_back(member.file, std::move(table));
        }
        return given;
    }
    if (member.as == As::breaks) {
        ADIC_TRY(given.value, breaks_of(member.name, value));
        return given;
    }
    auto plain = plain_value(value);
    if (!plain) {
        return wrong(fmt::format("'{}' is a text, a number, true or false", member.name));
    }
    given.value = *std::move(plain);
    return given;
}

std::vector<std::string_view> names_of(std::span<const Member> members) {
    std::vector<std::string_view> names;
    for (const Member& member : members) {
        names.push_back(member.name);
    }
    return names;
}

/// The members of the body, in the order of the table; files of one folder together.
Result<std::vector<GivenParameter>>
parameters_of(std::span<const Member> members, const Body& body) {
    for (const auto& [key, value] : body.items()) {
        if (std::ranges::find(members, key, &Member::name) == members.end()) {
            return wrong(fmt::format(
                "the body takes {}, and nothing else",
                fmt::join(names_of(members), ", ")
            ));
        }
    }
    std::vector<GivenParameter> given;
    for (const Member& member : members) {
        const auto found = body.find(std::string(member.name));
        if (found == body.end() || found->is_null()) {
            continue;
        }
        ADIC_TRY(GivenParameter one, given_of(member, *found));
        if (!given.empty() && given.back().name == one.name) {
            given.back().files.push_back(std::move(one.files.front()));
        } else {
            given.push_back(std::move(one));
        }
    }
    return given;
}

/// A folder for the files of one question; it goes with it.
class Workplace {
  public:
    explicit Workplace(std::filesystem::path path) : path_(std::move(path)) {}

    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    ~Workplace() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::optional<Error> make() const {
        std::error_code failed;
        std::filesystem::create_directories(path_, failed);
        if (failed) {
            return Error{ErrorCode::unavailable, "the server has no room for files", {}};
        }
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, failed);
        return std::nullopt;
    }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// What is wrong with the input, as for tables of records.
Response refused_response(const std::string& answer) {
    constexpr int unprocessable = 422;
    const auto said = nlohmann::ordered_json::parse(answer);
    nlohmann::ordered_json body;
    body["error"] = {
        {"code", traits(ErrorCode::invalid_argument).name},
        {"message", said["notes"].front()["text"]},
        {"problems", said["problems"]}};
    return json_response(body, unprocessable);
}

Response asked(const Call& call, std::string_view name, std::vector<GivenParameter> given) {
    const Analysis* analysis = find_analysis(call.house.parts.analyses, name);
    if (analysis == nullptr) {
        return error_response({ErrorCode::not_found, "this server does not offer it", {}});
    }
    auto checked = question_of(call, *analysis, std::move(given), "json");
    if (!checked) {
        return error_response(checked.error());
    }
    AnalysisQuestion question = *std::move(checked);
    const Workplace workplace(call.house.parts.folder / call.house.parts.new_secret());
    if (auto problem = workplace.make()) {
        return error_response(*problem);
    }
    question.workplace = workplace.path();
    auto answer = call.house.parts.analyses.ask(question);
    if (!answer) {
        return error_response(answer.error());
    }
    return answer->is_refused ? refused_response(answer->text) : json_text(answer->text);
}

Response asked(const Call& call, std::string_view name, std::span<const Member> members) {
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    auto given = parameters_of(members, *body);
    return given ? asked(call, name, *std::move(given)) : error_response(given.error());
}

Response post_share(const Call& call) {
    return asked(call, "share", share_members);
}

Response post_reciprocity(const Call& call) {
    return asked(call, "reciprocity", reciprocity_members);
}

Response post_flags(const Call& call) {
    return asked(call, "flags", {GivenParameter{"file", call.request.body, true}});
}

constexpr std::size_t megabyte = std::size_t{1} << 20U;

constexpr std::array routes{
    Route{
        .method = "POST",
        .path = "/api/v1/share",
        .summary = "share the cost of a joint purchase by every rule",
        .help = "Of a game, or of quantities with the prices, that the body brings: nothing of the "
                "registry is in it, and nothing is kept. What is wrong with the input comes as 422 "
                "with every problem; rows count from the heading of the table.",
        .needs = access::Permission::read,
        .takes = "SharingQuestion",
        .gives = "Answer_share",
        .only_asks = true,
        .largest_body = 8 * megabyte,
        .answer = post_share},
    Route{
        .method = "POST",
        .path = "/api/v1/flags",
        .summary = "raise red flags on the tenders of an OCDS file",
        .help = "The body is the file: a package or an array of releases, or JSON Lines of them. "
                "Nothing is kept.",
        .needs = access::Permission::read,
        .takes = "application/json",
        .gives = "Answer_flags",
        .only_asks = true,
        .largest_body = 32 * megabyte,
        .answer = post_flags},
    Route{
        .method = "POST",
        .path = "/api/v1/reciprocity",
        .summary = "plan purchases among states in balance",
        .help = "Of the states and pairs that the body brings; nothing is kept.",
        .needs = access::Permission::read,
        .takes = "ReciprocityQuestion",
        .gives = "Answer_reciprocity",
        .only_asks = true,
        .largest_body = megabyte,
        .answer = post_reciprocity},
};

}  // namespace

std::span<const Route> buying_routes() {
    return routes;
}

}  // namespace adic::server
