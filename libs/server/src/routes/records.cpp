#include "adic/app/registry.hpp"
#include "adic/base/text.hpp"
#include "adic/model/property.hpp"
#include "adic/model/scenario.hpp"

#include "api/list_table.hpp"
#include "api/record_parts.hpp"
#include "api/route.hpp"
#include "api/sent_file.hpp"
#include "api/sheet_parts.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using registry::SearchQuery;

constexpr std::array<std::string_view, 2> directions{"ascending", "descending"};

constexpr std::array list_words{
    RouteWord{"type", "only records of this type; may be repeated"},
    RouteWord{"id", "only this record, if it is seen; may be repeated"},
    RouteWord{"owner", "only records of this state"},
    RouteWord{
        "mine",
        "yes: only what is the reader's own to keep, for its state or its organisation"},
    RouteWord{"q", "words, each of which has to begin a word that the reader sees"},
    RouteWord{"field", "FIELD:WORDS, all of which have to stand in the field; may be repeated"},
    RouteWord{
        "range",
        "FIELD:LEAST..MOST of figures, as in price:..500 or properties.length:20..40 m; "
        "may be repeated"},
    RouteWord{"sort", "field to order by; without it, by identifier"},
    RouteWord{"direction", "of the order", "string", directions},
    RouteWord{"offset", "how many to pass over", "integer"},
    RouteWord{"limit", "how many at most, up to 500", "integer"},
    RouteWord{
        "facet",
        "field whose values are counted, or owner for the records of each state; may be repeated"},
    RouteWord{
        "view_as",
        "of the own records, what another reader sees: a state, org:NAME, everyone; without "
        "references to records of third states"},
};

constexpr std::array suggest_words{
    RouteWord{"type", "only records of this type"},
    RouteWord{"q", "the beginning of a word"},
    RouteWord{"limit", "how many at most, up to 50", "integer"},
};

constexpr std::array one_words{
    RouteWord{"view_as", "of an own record, what another reader sees"},
};

constexpr std::array add_words{
    RouteWord{"type", "of the records"},
    RouteWord{"why", "for the history"},
    RouteWord{"release", "of rows without one; without it, the owner alone"},
    RouteWord{
        "keep_release",
        "yes: releases stay as they are, new records are the owner's alone, and the table may not "
        "release"},
    RouteWord{"dry_run", "yes: only says what would be added, and what is wrong"},
};

constexpr std::array why_words{RouteWord{"why", "for the history"}};

/// The fields and words of "field=FIELD:WORDS".
Result<std::vector<std::pair<std::string, std::string>>> asked_fields(const Call& call) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& [name, value] : call.query) {
        if (name != "field") {
            continue;
        }
        const auto colon = value.find(':');
        if (colon == std::string::npos) {
            return Error{ErrorCode::invalid_argument, "'field' is FIELD:WORDS", {}};
        }
        fields.emplace_back(value.substr(0, colon), value.substr(colon + 1));
    }
    return fields;
}

Error no_range() {
    return {
        ErrorCode::invalid_argument,
        "'range' is FIELD:LEAST..MOST, with a unit after it if need be, as in "
        "properties.length:20..40 m",
        {}};
}

/// One end of a range; an empty one is open.
Result<std::optional<double>> end_of(std::string_view text) {
    if (text.empty()) {
        return std::optional<double>{};
    }
    const auto number = parse_decimal(text);
    return number ? Result(number) : no_range();
}

/// "price:100..500", "properties.length:20..40 m"
Result<registry::FigureRange> range_of(const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::size_t dots = colon == std::string::npos ? colon : text.find("..", colon);
    if (dots == std::string::npos) {
        return no_range();
    }
    registry::FigureRange range;
    range.field = text.substr(0, colon);
    const std::string_view after = std::string_view(text).substr(dots + 2);
    const std::size_t blank = after.find(' ');
    if (blank != std::string_view::npos) {
        range.unit = trimmed(after.substr(blank));
    }
    const bool is_known = range.unit.empty() || model::find_property_unit(range.unit) != nullptr;
    if (!is_known) {
        return no_range();
    }
    ADIC_TRY(range.least, end_of(std::string_view(text).substr(colon + 1, dots - colon - 1)));
    ADIC_TRY(range.most, end_of(after.substr(0, blank)));
    return range;
}

Result<SearchQuery> query_of(const Call& call) {
    constexpr std::uint64_t most_offset = 10'000'000;
    constexpr std::uint64_t most_limit = 500;
    constexpr std::uint64_t usual_limit = 50;
    SearchQuery query;
    query.owner = call.asked("owner").value_or("");
    query.is_own = call.asked("mine") == "yes";
    query.text = call.asked("q").value_or("");
    query.sort = call.asked("sort").value_or("");
    const std::string direction = call.asked("direction").value_or("ascending");
    if (direction != "ascending" && direction != "descending") {
        return Error{ErrorCode::invalid_argument, "'direction' is ascending or descending", {}};
    }
    query.is_descending = direction == "descending";
    ADIC_TRY(query.fields, asked_fields(call));
    ADIC_TRY(query.first, call.whole("offset", 0, 0, most_offset));
    ADIC_TRY(query.most, call.whole("limit", usual_limit, 1, most_limit));
    for (const auto& [name, value] : call.query) {
        if (name == "facet") {
            query.facets.push_back(value);
        } else if (name == "type" && !value.empty()) {
            if (model::find_record_type(value) == nullptr) {
                return Error{ErrorCode::invalid_argument, "there is no such type of records", {}};
            }
            query.types.push_back(value);
        } else if (name == "id" && !value.empty()) {
            query.ids.push_back(value);
        } else if (name == "range") {
            ADIC_TRY(registry::FigureRange range, range_of(value));
            query.ranges.push_back(std::move(range));
        }
    }
    return query;
}

/// The reader that is asked for, and whether only the own records may be looked at through it.
struct Eyes {
    model::Reader reader;
    std::optional<model::Reader> told = {};  ///< who looks through another's eyes
    bool is_other = false;
};

Result<Eyes> eyes_of(const Call& call) {
    const auto other = call.asked("view_as");
    if (!other) {
        return Eyes{call.caller.reader};
    }
    if (!call.caller.reader.is_official) {
        return Error{ErrorCode::invalid_argument, "only officials of a state view as others", {}};
    }
    const auto today = std::chrono::floor<std::chrono::days>(call.now());
    ADIC_TRY(model::Reader reader, app::find_reader(call.house.parts.data, *other, today));
    if (!reader.organisation.empty() && reader.state.empty()) {
        reader.state = call.caller.reader.state;  // so the most is shown that one called so may see
    }
    return Eyes{std::move(reader), call.caller.reader, true};
}

/// A page, and what the log is told: the records of the page, and those of whose fields the total
/// and the facets tell something.
struct WrittenPage {
    registry::SearchPage page;
    std::vector<app::ShownRecord> shown;
};

Result<WrittenPage> page_of(const Call& call) {
    ADIC_TRY(SearchQuery query, query_of(call));
    ADIC_TRY(const Eyes eyes, eyes_of(call));
    if (eyes.is_other) {
        query.owner = call.caller.reader.state;
    }
    if (auto problem = call.house.index.refresh()) {
        return *std::move(problem);
    }
    WrittenPage found;
    const auto note = [&](const registry::FoundRecord& one) {
        found.shown.push_back(app::shown_record(*one.record, one.version));
    };
    const bool is_written = call.house.parts.audit != nullptr;
    ADIC_TRY(
        found.page,
        call.house.index
            .search(eyes.reader, query, eyes.told, is_written ? registry::TellOf(note) : nullptr)
    );
    if (is_written) {
        std::ranges::for_each(found.page.records, note);
    }
    return found;
}

Response get_records(const Call& call) {
    const auto page = page_of(call);
    if (!page) {
        return error_response(page.error());
    }
    if (auto problem = write_down(call, page->shown)) {
        return error_response(*problem);
    }
    if (const auto form = table_form(call.request)) {
        return table_response(call, sheet_of(page->page.records), *form);
    }
    return with_tag(call.request, json_text(json_of(page->page)));
}

Response get_suggestions(const Call& call) {
    constexpr std::uint64_t most = 50;
    constexpr std::uint64_t usual = 10;
    const auto limit = call.whole("limit", usual, 1, most);
    if (!limit) {
        return error_response(limit.error());
    }
    if (auto problem = call.house.index.refresh()) {
        return error_response(*problem);
    }
    std::vector<app::ShownRecord> behind;
    const auto note = [&](const registry::FoundRecord& one) {
        behind.push_back(app::shown_record(*one.record, one.version));
    };
    const auto suggested = call.house.index.suggest(
        call.caller.reader,
        call.asked("type").value_or(""),
        call.asked("q").value_or(""),
        *limit,
        call.house.parts.audit != nullptr ? registry::TellOf(note) : nullptr
    );
    if (auto problem = write_down(call, behind)) {
        return error_response(*problem);
    }
    Json words = Json::array();
    for (const registry::FacetValue& value : suggested) {
        words.push_back({{"word", value.value}, {"count", value.count}});
    }
    return json_response({{"words", words}});
}

Response get_coverage(const Call& call) {
    if (auto problem = call.house.index.refresh()) {
        return error_response(*problem);
    }
    Json list = Json::array();
    for (const registry::RecordCount& one : call.house.index.count(call.caller.reader)) {
        list.push_back({{"state", one.owner}, {"type", one.type}, {"records", one.records}});
    }
    return with_tag(call.request, json_response({{"coverage", list}}));
}

Error not_there() {
    return {ErrorCode::not_found, "there is no such record", {}};
}

Result<registry::FoundRecord> seen_record(const Call& call) {
    ADIC_TRY(const Eyes eyes, eyes_of(call));
    if (auto problem = call.house.index.refresh()) {
        return *std::move(problem);
    }
    auto seen = call.house.index.see(eyes.reader, call.word("id"), eyes.told);
    const bool is_own = seen && seen->record->owner == call.caller.reader.state;
    if (!seen || (eyes.is_other && !is_own)) {
        return not_there();
    }
    return *std::move(seen);
}

Response get_record(const Call& call) {
    const auto seen = seen_record(call);
    if (!seen) {
        return error_response(seen.error());
    }
    if (auto problem =
            write_down(call, std::array{app::shown_record(*seen->record, seen->version)})) {
        return error_response(*problem);
    }
    return with_tag(call.request, json_text(registry::to_json(*seen->record) + '\n'));
}

Response get_history(const Call& call) {
    const auto seen = app::record_history(
        call.house.parts.store,
        call.caller.reader,
        call.word("id"),
        viewing_of(call)
    );
    if (!seen) {
        return error_response(seen.error());
    }
    if ((*seen)->empty()) {
        return error_response(not_there());
    }
    Json versions = Json::array();
    for (const registry::SeenVersion& version : **seen) {
        Json one;
        one["number"] = version.number;
        one["at"] = time_text(version.at);
        if (!version.by.empty()) {
            one["by"] = version.by;
            one["why"] = version.why;
        }
        one["record"] = Json::parse(registry::to_json(version.record));
        versions.push_back(std::move(one));
    }
    return json_response({{"versions", versions}});
}

Response add_table(const Call& call, std::string table) {
    app::AddRecordsRequest request;
    request.type = model::find_record_type(call.asked("type").value_or(""));
    request.release = call.asked("release").value_or("");
    request.table = std::move(table);
    return add_records(call, std::move(request));
}

Response add_workbook(const Call& call) {
    const SentFile sent(call, ".xlsx");
    if (const auto problem = sent.problem()) {
        return error_response(*problem);
    }
    app::AddRecordsRequest request;
    request.file = sent.path();
    request.type = model::find_record_type(call.asked("type").value_or(""));
    request.release = call.asked("release").value_or("");
    return add_records(call, std::move(request));
}

Response post_records(const Call& call) {
    const std::string_view type = call.request.header("content-type");
    if (model::find_record_type(call.asked("type").value_or("")) == nullptr) {
        return error_response({ErrorCode::invalid_argument, "'type' names no type of records", {}});
    }
    if (type.starts_with(workbook_type)) {
        return add_workbook(call);
    }
    if (type.starts_with("text/csv")) {
        return add_table(call, call.request.body);
    }
    const bool may_be_ocds = call.asked("type") == "procurement" || call.asked("type") == "project";
    const bool may_be_scenario = call.asked("type") == model::scenario_type;
    if (type.starts_with("application/jsonl") && may_be_ocds) {
        return add_table(call, call.request.body);
    }
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    if (may_be_ocds && (!body->contains("records") || body->contains("uri"))) {
        return add_table(call, call.request.body);
    }
    if (may_be_scenario && body->contains("events")) {
        return add_table(call, call.request.body);
    }
    auto table = table_of(*body);
    return table ? add_table(call, *std::move(table)) : error_response(table.error());
}

/// The latest version of a record that the caller may change: of its own state, and for an
/// organisation's account one that speaks for it. Errors: not_found, as for one that is not there.
Result<model::RecordVersion> own_record(const Call& call) {
    const access::Principal& who = call.caller.principal;
    auto version = app::own_version(call.house.parts.store, call.word("id"), who.state);
    if (!version) {
        return not_there();
    }
    const access::Target target{version->record.owner, version->record.organisation, {}};
    return access::may(who, access::Permission::edit, target)
               ? std::move(version)
               : Result<model::RecordVersion>{not_there()};
}

/// What the owner had before is what it says it had, or nothing is changed.
std::optional<Response> precondition(const Call& call) {
    constexpr int required = 428;
    constexpr int failed = 412;
    const std::string_view wanted = call.request.header("if-match");
    if (wanted.empty()) {
        return error_response(
            required,
            "precondition_required",
            "send the ETag of the record that you have seen in If-Match"
        );
    }
    if (auto problem = call.house.index.refresh()) {
        return error_response(*problem);
    }
    const auto seen = call.house.index.see(call.caller.reader, call.word("id"));
    if (!seen || !own_record(call)) {
        return error_response(not_there());
    }
    const std::string tag = entity_tag(registry::to_json(*seen->record) + '\n');
    // Where the answer was packed on its way its tag is a weak one, of the same record.
    if (wanted != tag && wanted != "W/" + tag) {
        return error_response(failed, "changed", "somebody has changed the record since");
    }
    return std::nullopt;
}

Response put_record(const Call& call) {
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    if (auto refusal = precondition(call)) {
        return *std::move(refusal);
    }
    const auto version = own_record(call);
    if (!version) {
        return error_response(not_there());
    }
    auto table = table_of({{"records", nlohmann::json::array({with_id(*body, call.word("id"))})}});
    if (!table) {
        return error_response(table.error());
    }
    app::AddRecordsRequest request;
    request.type = version->record.type;
    request.table = *std::move(table);
    request.follows = version->number;
    request.keeps_release = true;
    return add_records(call, std::move(request));
}

Response delete_record(const Call& call) {
    constexpr int no_content = 204;
    if (auto refusal = precondition(call)) {
        return *std::move(refusal);
    }
    auto& store = call.house.parts.store;
    if (auto problem = app::withdraw_record(store, call.word("id"), authorship_of(call))) {
        return error_response(*problem);
    }
    return Response{no_content, {}, {}, {}};
}

Response get_types(const Call& call) {
    return with_tag(call.request, json_text(record_types_json()));
}

Response get_classes(const Call& call) {
    const auto classes = app::item_classes(call.house.parts.data);
    return classes ? with_tag(call.request, json_text(item_classes_json(*classes)))
                   : error_response(classes.error());
}

constexpr std::size_t largest_table = 64 * 1024 * 1024;

/// A scenario of 4 MiB, in texts of JSON.
constexpr std::size_t largest_record = 16 * 1024 * 1024;

constexpr std::array<std::string_view, 1> coverage_list{"coverage"};
constexpr std::array<std::string_view, 1> records_list{"records"};
constexpr std::array<std::string_view, 1> versions_list{"versions"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/record-types",
        .summary = "Types of records",
        .help = "What each type of record holds: its fields, what they take and how they are "
                "generalised.",
        .needs = {},
        .gives = "RecordTypes",
        .answer = get_types},
    Route{
        .method = "GET",
        .path = "/api/v1/item-classes",
        .summary = "Classes of items",
        .help = "The properties of each class of catalogue items, with their units, kinds and "
                "ranges; and the units that there are.",
        .needs = {},
        .gives = "ItemClasses",
        .answer = get_classes},
    Route{
        .method = "GET",
        .path = "/api/v1/records",
        .summary = "Find records",
        .help = "What the reader sees, searched, ordered, counted and paged.",
        .needs = access::Permission::read,
        .query = list_words,
        .gives = "RecordPage",
        .lists = records_list,
        .answer = get_records},
    Route{
        .method = "GET",
        .path = "/api/v1/coverage",
        .summary = "How much each state shows",
        .help =
            "How many records of each type the reader sees of each state. It says nothing about "
            "what a state keeps.",
        .needs = access::Permission::read,
        .gives = "Coverage",
        .lists = coverage_list,
        .answer = get_coverage},
    Route{
        .method = "GET",
        .path = "/api/v1/suggestions",
        .summary = "Words that begin so",
        .help = "Of the records that the reader sees, for a search box.",
        .needs = access::Permission::read,
        .query = suggest_words,
        .gives = "Suggestions",
        .answer = get_suggestions},
    Route{
        .method = "POST",
        .path = "/api/v1/records",
        .summary = "Add records, or new versions of them",
        .help =
            "A table as CSV (text/csv) or XLSX, or {\"records\": [...]} with objects whose "
            "members are the columns of the table; what an organisation's account adds speaks for "
            "it; procurements and projects also as OCDS, in "
            "JSON or JSON Lines (application/jsonl), a scenario also as its file. All or none; "
            "with 'dry_run=yes' only the "
            "problems are said.",
        .needs = access::Permission::edit,
        .query = add_words,
        .takes = "NewRecords",
        .gives = "Added",
        .status = 201,
        .largest_body = largest_table,
        .answer = post_records},
    Route{
        .method = "POST",
        .path = "/api/v1/sheets",
        .summary = "The cells of a workbook",
        .help = "Of an XLSX file, as texts, for who wants to look at them before they become "
                "records. Nothing of it is kept.",
        .needs = access::Permission::edit,
        .takes = workbook_type,
        .gives = "Sheets",
        .only_asks = true,
        .largest_body = largest_table,
        .answer = post_sheets},
    Route{
        .method = "GET",
        .path = "/api/v1/records/{id}",
        .summary = "One record",
        .help = "As the reader sees it; what is not released is not there.",
        .needs = access::Permission::read,
        .query = one_words,
        .gives = "Record",
        .answer = get_record},
    Route{
        .method = "PUT",
        .path = "/api/v1/records/{id}",
        .summary = "Write the next version of an own record",
        .help = "The whole record: what is left out is not known any more. Its release stays. "
                "If-Match has to have the ETag of the version that it follows.",
        .needs = access::Permission::edit,
        .query = why_words,
        .takes = "NewRecord",
        .gives = "Added",
        .largest_body = largest_record,
        .answer = put_record},
    Route{
        .method = "DELETE",
        .path = "/api/v1/records/{id}",
        .summary = "Take an own record back",
        .help = "Nobody but the owner sees it or its past any more. If-Match as for PUT.",
        .needs = access::Permission::edit,
        .query = why_words,
        .gives = "",
        .status = 204,
        .answer = delete_record},
    Route{
        .method = "GET",
        .path = "/api/v1/records/{id}/history",
        .summary = "The past of a record",
        .help = "The versions in which something changed for the reader. Who wrote them, and why, "
                "only the owner's side sees.",
        .needs = access::Permission::read,
        .gives = "History",
        .lists = versions_list,
        .answer = get_history},
};

}  // namespace

std::span<const Route> record_routes() {
    return routes;
}

}  // namespace adic::server
