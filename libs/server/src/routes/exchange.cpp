#include "adic/app/changes.hpp"
#include "adic/app/recall.hpp"
#include "adic/app/registry.hpp"
#include "adic/audit/head.hpp"
#include "adic/audit/log.hpp"
#include "adic/base/text.hpp"

#include "api/made_file.hpp"
#include "api/record_parts.hpp"
#include "api/route.hpp"
#include "api/sent_file.hpp"

#include <array>
#include <deque>
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Response get_procurements(const Call& call) {
    const auto package = app::export_ocds(
        call.house.parts.store,
        call.caller.reader,
        call.caller.reader_name,
        call.now(),
        viewing_of(call)
    );
    return package ? with_tag(call.request, json_text(*package)) : error_response(package.error());
}

Response get_workbook(const Call& call) {
    auto bytes = bytes_of_file(call, ".xlsx", [&](const std::filesystem::path& file) {
        return app::export_workbook(
            call.house.parts.store,
            call.caller.reader,
            file,
            viewing_of(call)
        );
    });
    if (!bytes) {
        return error_response(bytes.error());
    }
    Response response;
    response.headers = {
        {"Content-Type", std::string(workbook_type)},
        {"Content-Disposition", "attachment; filename=\"records.xlsx\""}};
    response.body = *std::move(bytes);
    return response;
}

/// The field that says what people call a record; empty where the reader is not shown that.
std::optional<std::size_t> find_name(const registry::SeenRecord& record) {
    for (const std::string_view key : {"name", "item"}) {
        const auto field = record.type->find_field(key);
        if (field && record.fields[*field].disclosure == model::Disclosure::full) {
            return field;
        }
    }
    return std::nullopt;
}

std::string name_of_record(const registry::SeenRecord& record) {
    const auto field = find_name(record);
    return field ? registry::to_text(record.fields[*field], ", ") : std::string{};
}

Response get_changes(const Call& call) {
    constexpr std::uint64_t most_days = 3660;
    constexpr std::uint64_t usual_days = 30;
    constexpr std::uint64_t most = 200;
    constexpr std::uint64_t usual = 20;
    const auto days = call.whole("days", usual_days, 1, most_days);
    const auto limit = call.whole("limit", usual, 1, most);
    if (!days || !limit) {
        return error_response(!days ? days.error() : limit.error());
    }
    const app::ChangeQuery query{
        call.now() - std::chrono::days{static_cast<int>(*days)},
        static_cast<std::size_t>(*limit)};
    if (auto problem = call.house.index.refresh()) {
        return error_response(*problem);
    }
    const auto changes = app::changes_for(
        call.house.parts.store,
        call.house.index,
        call.caller.reader,
        query,
        viewing_of(call)
    );
    if (!changes) {
        return error_response(changes.error());
    }
    Json list = Json::array();
    for (const app::SeenChange& change : *changes) {
        Json one{{"record", change.record.id}, {"type", change.record.type->key}};
        one["owner"] = change.record.owner;
        if (const std::string name = name_of_record(change.record); !name.empty()) {
            one["name"] = name;
        }
        one["at"] = time_text(change.at);
        one["first"] = change.is_first;
        list.push_back(std::move(one));
    }
    return with_tag(call.request, json_response({{"changes", list}}));
}

Json notice_json(const app::RecallNotice& notice) {
    Json one;
    one["record"] = notice.record;
    one["type"] = notice.type;
    one["owner"] = notice.owner;
    one["at"] = time_text(notice.at);
    one["fields"] = notice.fields;
    one["acknowledged"] = notice.is_acknowledged;
    return one;
}

/// Without a log nobody knows who was shown what: there are no notices.
Response get_notices(const Call& call) {
    Json list = Json::array();
    if (call.house.parts.audit != nullptr) {
        const auto notices =
            app::notices_for(*call.house.parts.audit, call.caller.reader, viewing_of(call));
        if (!notices) {
            return error_response(notices.error());
        }
        for (const app::RecallNotice& notice : *notices) {
            list.push_back(notice_json(notice));
        }
    }
    return json_response({{"notices", list}});
}

Response acknowledge(const Call& call) {
    constexpr int no_content = 204;
    if (call.house.parts.audit == nullptr) {
        return error_response({ErrorCode::not_found, "there is no such notice", {}});
    }
    const auto problem = app::acknowledge_notice(
        *call.house.parts.audit,
        call.caller.reader,
        call.word("id"),
        viewing_of(call)
    );
    return problem ? error_response(*problem) : Response{no_content, {}, {}, {}};
}

Json event_json(const audit::Event& event) {
    Json one;
    one["number"] = event.number;
    one["at"] = audit::to_rfc3339(event.at);
    one["kind"] = audit::name_of(event.kind);
    one["record"] = event.record;
    one["reader"] = event.reader;
    one["fields"] = event.fields;
    one["actor"] = event.actor;
    one["detail"] = event.detail;
    return one;
}

/// What the records of entries are and are called, as far as the reader is shown them. That is a
/// disclosure as any other, and written down.
Result<Json> records_of(const Call& call, const std::deque<audit::Event>& entries) {
    if (auto problem = call.house.index.refresh()) {
        return *std::move(problem);
    }
    std::set<std::string> ids;
    for (const audit::Event& event : entries) {
        ids.insert(event.record);
    }
    Json records = Json::object();
    std::vector<app::ShownRecord> shown;
    for (const std::string& id : ids) {
        const auto seen = call.house.index.see(call.caller.reader, id);
        if (!seen) {
            continue;
        }
        const registry::SeenRecord& record = *seen->record;
        app::ShownRecord one = app::shown_record(record, seen->version);
        one.fields = {"record"};
        records[id]["type"] = record.type->key;
        if (const auto field = find_name(record)) {
            records[id]["name"] = name_of_record(record);
            one.fields.emplace(one.fields.begin(), record.type->fields[*field].key);
        }
        shown.push_back(std::move(one));
    }
    if (auto problem = write_down(call, shown)) {
        return *std::move(problem);
    }
    return records;
}

/// The last entries about the own state's records. Numbers count the owner's entries alone: those
/// of others, and so how many they are, do not show.
Result<std::deque<audit::Event>> last_entries(const Call& call) {
    constexpr std::uint64_t most = 1000;
    constexpr std::uint64_t usual = 100;
    constexpr std::uint64_t no_number = 1'000'000'000'000;
    ADIC_TRY(const std::uint64_t limit, call.whole("limit", usual, 1, most));
    ADIC_TRY(const std::uint64_t before, call.whole("before", no_number, 1, no_number));
    const std::string except = call.asked("except").value_or("");
    std::deque<audit::Event> last;
    if (call.house.parts.audit == nullptr) {
        return last;
    }
    ADIC_TRY(const auto log, audit::LogReader::open(call.house.parts.audit->folder()));
    const auto take = [&](std::uint64_t, std::string_view, const audit::Event& event
                      ) -> Result<bool> {
        const bool is_own = event.owner == call.caller.principal.state;
        const bool is_wanted = except.empty() || event.reader != except;
        if (is_own && is_wanted && event.number < before) {
            last.push_back(event);
        }
        if (last.size() > limit) {
            last.pop_front();
        }
        return true;
    };
    if (auto problem = log.each_entry(take)) {
        return *std::move(problem);
    }
    return last;
}

Response get_entries(const Call& call) {
    const auto last = last_entries(call);
    if (!last) {
        return error_response(last.error());
    }
    Json body{{"entries", Json::array()}};
    for (const audit::Event& event : *last) {
        body["entries"].push_back(event_json(event));
    }
    if (call.asked("names") == "yes" && call.caller.may(access::Permission::read)) {
        auto records = records_of(call, *last);
        if (!records) {
            return error_response(records.error());
        }
        body["records"] = *std::move(records);
    }
    return json_response(body);
}

constexpr std::array entries_words{
    RouteWord{"limit", "how many of the last, up to 1000", "integer"},
    RouteWord{
        "before",
        "only entries with a lower number: those before the ones one has",
        "integer"},
    RouteWord{
        "except",
        "a reader, as in MYS or org:NAME: without the entries of what this reader was shown"},
    RouteWord{
        "names",
        "yes: what the records are called too, as far as they are shown to whoever asks; that is "
        "written down"},
};

constexpr std::array change_words{
    RouteWord{"days", "within how many days", "integer"},
    RouteWord{"limit", "how many at most, up to 200", "integer"},
};

constexpr std::array<std::string_view, 1> changes_list{"changes"};
constexpr std::array<std::string_view, 1> notices_list{"notices"};
constexpr std::array<std::string_view, 1> entries_list{"entries"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/procurements.ocds",
        .summary = "Procurements as OCDS",
        .help = "What the reader sees of them, as a release package of OCDS 1.1.5 with the "
                "extension of "
                "docs/reference/ocds.md. They come in by POST /api/v1/records?type=procurement.",
        .needs = access::Permission::read,
        .gives = "application/json",
        .answer = get_procurements},
    Route{
        .method = "GET",
        .path = "/api/v1/records.xlsx",
        .summary = "All records as a workbook",
        .help = "What the reader sees: a sheet for each type, and one of what is shown in part.",
        .needs = access::Permission::read,
        .gives = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        .answer = get_workbook},
    Route{
        .method = "GET",
        .path = "/api/v1/changes",
        .summary = "What changed of late",
        .help = "Records that are shown to the reader for the first time, or of which what it is "
                "shown changed, the latest first. A change in what it is not shown is none.",
        .needs = access::Permission::read,
        .query = change_words,
        .gives = "Changes",
        .lists = changes_list,
        .answer = get_changes},
    Route{
        .method = "GET",
        .path = "/api/v1/notices",
        .summary = "What was taken back of what I was shown",
        .help = "By record. That the notices were read is in the audit log.",
        .needs = access::Permission::read,
        .gives = "Notices",
        .lists = notices_list,
        .answer = get_notices},
    Route{
        .method = "POST",
        .path = "/api/v1/notices/{id}/acknowledge",
        .summary = "Say that copies of a record are destroyed",
        .help = "The owner sees who has said so.",
        .needs = access::Permission::read,
        .gives = "",
        .status = 204,
        .answer = acknowledge},
    Route{
        .method = "GET",
        .path = "/api/v1/audit/entries",
        .summary = "Who wrote and who was shown the own state's records",
        .help = "The last entries of the audit log that are about them. 'adic audit show' writes "
                "evidence of them that can be checked without trust in this server.",
        .needs = access::Permission::read_audit,
        .query = entries_words,
        .gives = "AuditEntries",
        .lists = entries_list,
        .answer = get_entries},
};

}  // namespace

std::span<const Route> exchange_routes() {
    return routes;
}

}  // namespace adic::server
