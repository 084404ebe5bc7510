#include "api/analysis_parts.hpp"
#include "api/route.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Json job_json(const JobView& job) {
    Json one;
    one["id"] = job.id;
    one["analysis"] = job.analysis;
    one["state"] = name_of(job.state);
    one["step"] = job.step;
    one["part"] = job.part;
    one["asked_at"] = time_text(job.asked_at);
    one["can_go_on"] = job.state == JobState::stopped && job.can_go_on;
    one["error"] = nullptr;
    if (job.error) {
        one["error"] = {{"code", traits(job.error->code).name}, {"message", job.error->message}};
    }
    return one;
}

Response not_there() {
    return error_response({ErrorCode::not_found, "there is no such job", {}});
}

Result<GivenParameter> files_of(const std::string& name, const nlohmann::json& files) {
    GivenParameter given{name, {}, true};
    if (!files.is_object() || files.empty()) {
        return Error{ErrorCode::invalid_argument, "'files' is an object of names and texts", {}};
    }
    for (const auto& [file, content] : files.items()) {
        if (!content.is_string()) {
            return Error{ErrorCode::invalid_argument, "the content of a file is a text", {}};
        }
        given.files.emplace_back(file, content.get<std::string>());
    }
    return given;
}

/// A value as a text, or {"content": "..."} for what an analysis takes as a file.
Result<GivenParameter> given_of(const std::string& name, const nlohmann::json& value) {
    if (auto plain = plain_value(value)) {
        return GivenParameter{name, *std::move(plain), false};
    }
    if (value.is_object() && value.size() == 1 && value.contains("content")) {
        const nlohmann::json& content = value["content"];
        return GivenParameter{
            name,
            content.is_string() ? content.get<std::string>() : content.dump(),
            true};
    }
    if (value.is_object() && value.size() == 1 && value.contains("files")) {
        return files_of(name, value["files"]);
    }
    return Error{
        ErrorCode::invalid_argument,
        "a parameter is a text, a number, true, false, a list of them, {\"content\": ...} or "
        "{\"files\": {NAME: ...}}",
        {}};
}

Result<std::vector<GivenParameter>> parameters_of(const nlohmann::json& body) {
    std::vector<GivenParameter> given;
    const auto parameters = body.find("parameters");
    if (parameters == body.end()) {
        return given;
    }
    if (!parameters->is_object()) {
        return Error{ErrorCode::invalid_argument, "'parameters' is an object", {}};
    }
    for (const auto& [name, value] : parameters->items()) {
        if (!value.is_array()) {
            ADIC_TRY(GivenParameter one, given_of(name, value));
            given.push_back(std::move(one));
            continue;
        }
        for (const nlohmann::json& element : value) {
            ADIC_TRY(GivenParameter one, given_of(name, element));
            given.push_back(std::move(one));
        }
    }
    return given;
}

Result<JobView> added_job(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    ADIC_TRY(const std::string name, text_of(body, "analysis"));
    ADIC_TRY(std::string format, text_of(body, "format"));
    const Analysis* analysis = find_analysis(call.house.parts.analyses, name);
    if (analysis == nullptr) {
        return Error{ErrorCode::invalid_argument, "'analysis' names none that there is", {}};
    }
    ADIC_TRY(std::vector<GivenParameter> given, parameters_of(body));
    format = format.empty() ? "json" : format;
    ADIC_TRY(AnalysisQuestion question, question_of(call, *analysis, std::move(given), format));
    return call.house.jobs.add(
        {call.caller.account(), call.caller.principal.state},
        std::move(question),
        analysis->can_go_on
    );
}

Response post_job(const Call& call) {
    constexpr int accepted = 202;
    const auto job = added_job(call);
    if (!job) {
        return error_response(job.error());
    }
    Response response = json_response(job_json(*job), accepted);
    response.headers.emplace_back("Location", "/api/v1/jobs/" + job->id);
    return response;
}

Response get_jobs(const Call& call) {
    Json jobs = Json::array();
    for (const JobView& job : call.house.jobs.list(call.caller.account())) {
        jobs.push_back(job_json(job));
    }
    return json_response({{"jobs", jobs}});
}

Response get_job(const Call& call) {
    const auto job = call.house.jobs.find(call.caller.account(), call.word("id"));
    return job ? json_response(job_json(*job)) : not_there();
}

Response get_result(const Call& call) {
    constexpr int conflict = 409;
    const auto job = call.house.jobs.find(call.caller.account(), call.word("id"));
    if (!job) {
        return not_there();
    }
    const auto result = call.house.jobs.result(call.caller.account(), call.word("id"));
    if (!result) {
        return error_response(conflict, "not_done", "the job is not done");
    }
    return with_tag(call.request, analysis_response(*result, job->format));
}

/// Each change of the job as an event, until it is over.
Response get_events(const Call& call) {
    const std::string account = call.caller.account();
    const std::string id = call.word("id");
    JobBoard& jobs = call.house.jobs;
    if (!jobs.find(account, id)) {
        return not_there();
    }
    Response response;
    response.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}};
    bool is_over = false;
    std::optional<std::uint64_t> seen;
    response.next = [=, &jobs]() mutable -> std::optional<std::string> {
        const auto job = jobs.find(account, id);
        if (is_over || !job) {
            return std::nullopt;
        }
        if (seen == job->changes) {
            return std::string{};
        }
        seen = job->changes;
        is_over = job->state != JobState::queued && job->state != JobState::running;
        return fmt::format("id: {}\nevent: job\ndata: {}\n\n", *seen, job_json(*job).dump());
    };
    return response;
}

Response stop_job(const Call& call) {
    const auto job = call.house.jobs.stop(call.caller.account(), call.word("id"));
    return job ? json_response(job_json(*job)) : not_there();
}

Response go_on_with_job(const Call& call) {
    const auto job = call.house.jobs.go_on(call.caller.account(), call.word("id"));
    return job ? json_response(job_json(*job)) : error_response(job.error());
}

Response delete_job(const Call& call) {
    constexpr int no_content = 204;
    constexpr int conflict = 409;
    if (!call.house.jobs.find(call.caller.account(), call.word("id"))) {
        return not_there();
    }
    if (!call.house.jobs.remove(call.caller.account(), call.word("id"))) {
        return error_response(conflict, "conflict", "the job is not over: stop it first");
    }
    return Response{no_content, {}, {}, {}};
}

Json state_job_json(const JobOfState& job, std::chrono::sys_seconds now) {
    Json one;
    one["id"] = job.id;
    one["account"] = job.account;
    one["analysis"] = job.analysis;
    one["state"] = name_of(job.state);
    one["asked_at"] = time_text(job.asked_at);
    one["started_at"] = job.started_at ? Json(time_text(*job.started_at)) : Json(nullptr);
    one["seconds"] = (now - job.started_at.value_or(job.asked_at)).count();
    return one;
}

Response get_state_jobs(const Call& call) {
    Json jobs = Json::array();
    for (const JobOfState& job : call.house.jobs.list_of_state(call.caller.principal.state)) {
        jobs.push_back(state_job_json(job, call.now()));
    }
    return json_response({{"jobs", jobs}});
}

Response stop_state_job(const Call& call) {
    const auto job = call.house.jobs.stop_of_state(call.caller.principal.state, call.word("id"));
    return job ? json_response(state_job_json(*job, call.now())) : not_there();
}

constexpr std::size_t largest_question = 32 * 1024 * 1024;
constexpr auto needs = access::Permission::read;

constexpr std::array<std::string_view, 1> jobs_list{"jobs"};

constexpr std::array routes{
    Route{
        .method = "POST",
        .path = "/api/v1/jobs",
        .summary = "Ask an analysis as a job",
        .help = "It runs beside other requests; its address is in Location. Files are sent as "
                "{\"content\": \"...\"}.",
        .needs = needs,
        .takes = "NewJob",
        .gives = "Job",
        .status = 202,
        .largest_body = largest_question,
        .answer = post_job},
    Route{
        .method = "GET",
        .path = "/api/v1/jobs",
        .summary = "My jobs",
        .help = "The oldest first. Those of others are not there.",
        .needs = needs,
        .gives = "Jobs",
        .lists = jobs_list,
        .answer = get_jobs},
    Route{
        .method = "GET",
        .path = "/api/v1/jobs/{id}",
        .summary = "How far a job is",
        .help = "Its state, step and part.",
        .needs = needs,
        .gives = "Job",
        .answer = get_job},
    Route{
        .method = "GET",
        .path = "/api/v1/jobs/{id}/events",
        .summary = "Follow a job",
        .help = "Server-sent events: one for each change, until the job is over.",
        .needs = needs,
        .gives = "text/event-stream",
        .answer = get_events},
    Route{
        .method = "GET",
        .path = "/api/v1/jobs/{id}/result",
        .summary = "What a job has found",
        .help = "The answer of the analysis, in the format that was asked for.",
        .needs = needs,
        .gives = "AnalysisAnswer",
        .answer = get_result},
    Route{
        .method = "POST",
        .path = "/api/v1/jobs/{id}/stop",
        .summary = "Stop a job",
        .help = "What it has done is kept, if it can go on.",
        .needs = needs,
        .gives = "Job",
        .answer = stop_job},
    Route{
        .method = "POST",
        .path = "/api/v1/jobs/{id}/resume",
        .summary = "Go on with a job that was stopped",
        .help = "From what it had done; the answer has the same bytes as without the stop.",
        .needs = needs,
        .gives = "Job",
        .answer = go_on_with_job},
    Route{
        .method = "GET",
        .path = "/api/v1/state/jobs",
        .summary = "Jobs of the accounts of the own state",
        .help = "Those that wait or run, the oldest first: whose, which analysis and since when. "
                "What was asked and what is found stays with who asked.",
        .needs = access::Permission::manage_accounts,
        .gives = "StateJobs",
        .lists = jobs_list,
        .answer = get_state_jobs},
    Route{
        .method = "POST",
        .path = "/api/v1/state/jobs/{id}/stop",
        .summary = "Stop a job of an account of the own state",
        .help = "Who asked for it sees that it was stopped, and can go on with it if it can go on.",
        .needs = access::Permission::manage_accounts,
        .gives = "StateJob",
        .answer = stop_state_job},
    Route{
        .method = "DELETE",
        .path = "/api/v1/jobs/{id}",
        .summary = "Forget a job that is over",
        .help = "And its result.",
        .needs = needs,
        .gives = "",
        .status = 204,
        .answer = delete_job},
};

}  // namespace

std::span<const Route> job_routes() {
    return routes;
}

}  // namespace adic::server
