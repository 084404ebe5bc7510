#include "adic/server/job_board.hpp"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace adic::server {
namespace {

bool is_over(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

}  // namespace

std::string_view name_of(JobState state) {
    switch (state) {
    case JobState::queued: return "queued";
    case JobState::running: return "running";
    case JobState::done: return "done";
    case JobState::failed: return "failed";
    case JobState::stopped: return "stopped";
    }
    std::abort();
}

const Analysis* find_analysis(const Analyses& analyses, std::string_view name) {
    const auto found = std::ranges::find(analyses.list, name, &Analysis::name);
    return found == analyses.list.end() ? nullptr : &*found;
}

JobBoard::JobBoard(JobBoardOptions options, Ask ask)
    : options_(std::move(options))
    , ask_(std::move(ask)) {
    for (std::size_t w = 0; w < options_.workers; ++w) {
        workers_.emplace_back([this](const std::stop_token& leave) { work(leave); });
    }
}

JobBoard::~JobBoard() {
    {
        const std::lock_guard lock(using_);
        for (const auto& [id, job] : jobs_) {
            job->stop.request_stop();
        }
    }
    for (std::jthread& worker : workers_) {
        worker.request_stop();
    }
    workers_.clear();
}

Result<JobView> JobBoard::add(const JobOwner& owner, AnalysisQuestion question, bool can_go_on) {
    const std::lock_guard lock(using_);
    if (auto problem = make_room(owner.account)) {
        return *std::move(problem);
    }
    auto job = std::make_shared<Job>();
    job->owner = owner.account;
    job->state = owner.state;
    job->view.id = options_.new_identifier();
    job->view.analysis = question.analysis;
    job->view.format = question.format;
    job->view.asked_at = options_.now();
    job->view.can_go_on = can_go_on;
    question.workplace = options_.folder / job->view.id;
    job->question = std::move(question);
    std::error_code failed;
    std::filesystem::create_directories(job->question.workplace, failed);
    if (failed) {
        return Error{ErrorCode::unavailable, "the server has no room for jobs", failed.message()};
    }
    std::filesystem::permissions(
        job->question.workplace,
        std::filesystem::perms::owner_all,
        failed
    );
    jobs_.emplace(job->view.id, job);
    queue_.push_back(job);
    changed_.notify_one();
    return job->view;
}

std::vector<JobView> JobBoard::list(const std::string& owner) const {
    const std::lock_guard lock(using_);
    std::vector<JobView> views;
    for (const auto& [id, job] : jobs_) {
        if (job->owner == owner) {
            views.push_back(job->view);
        }
    }
    std::ranges::sort(views, [](const JobView& a, const JobView& b) {
        return std::tie(a.asked_at, a.id) < std::tie(b.asked_at, b.id);
    });
    return views;
}

std::optional<JobView> JobBoard::find(const std::string& owner, const std::string& id) const {
    const std::lock_guard lock(using_);
    const auto job = own(owner, id);
    return job ? std::optional{job->view} : std::nullopt;
}

std::shared_ptr<const std::string> JobBoard::result(const std::string& owner, const std::string& id)
    const {
    const std::lock_guard lock(using_);
    const auto job = own(owner, id);
    return job ? job->result : nullptr;
}

std::optional<JobView> JobBoard::stop(const std::string& owner, const std::string& id) {
    const std::lock_guard lock(using_);
    const auto job = own(owner, id);
    if (!job) {
        return std::nullopt;
    }
    ask_to_stop(job);
    return job->view;
}

std::vector<JobOfState> JobBoard::list_of_state(const std::string& state) const {
    const std::lock_guard lock(using_);
    std::vector<JobOfState> list;
    for (const auto& [id, job] : jobs_) {
        if (job->state == state && !is_over(job->view.state)) {
            list.push_back(of_state(*job));
        }
    }
    std::ranges::sort(list, [](const JobOfState& a, const JobOfState& b) {
        return std::tie(a.asked_at, a.id) < std::tie(b.asked_at, b.id);
    });
    return list;
}

std::optional<JobOfState> JobBoard::stop_of_state(const std::string& state, const std::string& id) {
    const std::lock_guard lock(using_);
    const auto found = jobs_.find(id);
    const bool is_there = found != jobs_.end() && found->second->state == state
                          && !is_over(found->second->view.state);
    if (!is_there) {
        return std::nullopt;
    }
    ask_to_stop(found->second);
    return of_state(*found->second);
}

Result<JobView> JobBoard::go_on(const std::string& owner, const std::string& id) {
    const std::lock_guard lock(using_);
    const auto job = own(owner, id);
    if (!job) {
        return Error{ErrorCode::not_found, "there is no such job", {}};
    }
    if (job->view.state != JobState::stopped || !job->view.can_go_on) {
        return Error{ErrorCode::conflict, "only a job that was stopped can go on", {}};
    }
    job->stop = std::stop_source{};
    job->started_at.reset();
    job->view.state = JobState::queued;
    ++job->view.changes;
    queue_.push_back(job);
    changed_.notify_one();
    return job->view;
}

bool JobBoard::remove(const std::string& owner, const std::string& id) {
    const std::lock_guard lock(using_);
    const auto job = own(owner, id);
    if (!job || !is_over(job->view.state)) {
        return false;
    }
    forget(id);
    return true;
}

std::size_t JobBoard::running() const {
    const std::lock_guard lock(using_);
    return running_;
}

std::size_t JobBoard::waiting() const {
    const std::lock_guard lock(using_);
    return queue_.size();
}

/// Requires: the board is locked, as for all that follow.
std::shared_ptr<JobBoard::Job> JobBoard::own(const std::string& owner, const std::string& id)
    const {
    const auto found = jobs_.find(id);
    return found == jobs_.end() || found->second->owner != owner ? nullptr : found->second;
}

std::optional<Error> JobBoard::make_room(const std::string& owner) {
    const auto waits = [&](const std::shared_ptr<Job>& job) { return job->owner == owner; };
    const auto waiting = static_cast<std::size_t>(std::ranges::count_if(queue_, waits));
    if (waiting >= options_.most_waiting_of_an_owner || queue_.size() >= options_.most_waiting) {
        return Error{ErrorCode::unavailable, "too many jobs are waiting: try again later", {}};
    }
    std::vector<JobView> over;
    for (const auto& [id, job] : jobs_) {
        if (job->owner == owner && is_over(job->view.state)) {
            over.push_back(job->view);
        }
    }
    if (over.size() >= options_.most_kept_of_an_owner) {
        forget(std::ranges::min_element(over, {}, &JobView::asked_at)->id);
    }
    return std::nullopt;
}

/// What waits is stopped at once, what runs as soon as it looks.
void JobBoard::ask_to_stop(const std::shared_ptr<Job>& job) {
    job->stop.request_stop();
    const auto waiting = std::ranges::find(queue_, job);
    if (waiting != queue_.end()) {
        queue_.erase(waiting);
        job->view.state = JobState::stopped;
        ++job->view.changes;
    }
}

JobOfState JobBoard::of_state(const Job& job) {
    return {
        job.view.id,
        job.owner,
        job.view.analysis,
        job.view.state,
        job.view.asked_at,
        job.started_at};
}

void JobBoard::forget(const std::string& id) {
    const auto found = jobs_.find(id);
    std::error_code ignored;
    std::filesystem::remove_all(found->second->question.workplace, ignored);
    jobs_.erase(found);
}

void JobBoard::work(const std::stop_token& leave) {
    while (true) {
        std::unique_lock lock(using_);
        if (!changed_.wait(lock, leave, [&] { return !queue_.empty(); })) {
            return;
        }
        const std::shared_ptr<Job> job = queue_.front();
        queue_.pop_front();
        job->view.state = JobState::running;
        job->started_at = options_.now();
        ++job->view.changes;
        ++running_;
        lock.unlock();
        run(*job);
    }
}

void JobBoard::run(Job& job) {
    AnalysisQuestion question = job.question;
    question.stop = job.stop.get_token();
    question.progress = [this, &job](std::string_view step, double part) {
        const std::lock_guard lock(using_);
        job.view.step = step;
        job.view.part = std::clamp(part, 0.0, 1.0);
        ++job.view.changes;
    };
    try {
        finish(job, ask_(question));
    } catch (const std::exception& bug) {
        finish(job, Error{ErrorCode::internal, "an error in the program", bug.what()});
    }
}

void JobBoard::finish(Job& job, Result<AnalysisAnswer> answer) {
    const std::lock_guard lock(using_);
    --running_;
    ++job.view.changes;
    if (answer) {
        job.view.state = JobState::done;
        job.view.part = 1.0;
        job.result = std::make_shared<const std::string>((*std::move(answer)).text);
    } else if (answer.error().code == ErrorCode::interrupted) {
        job.view.state = JobState::stopped;
    } else {
        job.view.state = JobState::failed;
        job.view.error = std::move(answer).error();
    }
}

}  // namespace adic::server
