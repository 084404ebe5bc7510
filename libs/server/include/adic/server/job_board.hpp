#pragma once

#include "adic/base/result.hpp"
#include "adic/server/analyses.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace adic::server {

enum class JobState { queued, running, done, failed, stopped };

std::string_view name_of(JobState state);

/// A job as its owner sees it.
struct JobView {
    std::string id;
    std::string analysis;
    std::string format;
    JobState state = JobState::queued;
    std::string step;   ///< what it is doing
    double part = 0.0;  ///< of that step, in [0, 1]
    std::chrono::sys_seconds asked_at = {};
    std::optional<Error> error = {};
    bool can_go_on = false;     ///< stopped, and what was done is kept
    std::uint64_t changes = 0;  ///< grows whenever something of the above changes
};

struct JobBoardOptions {
    std::size_t workers = 1;
    std::size_t most_waiting_of_an_owner = 4;
    std::size_t most_waiting = 64;
    std::size_t most_kept_of_an_owner = 32;  ///< the oldest that are over make room
    std::filesystem::path folder;            ///< for what stopped jobs keep; is made
    std::function<std::chrono::sys_seconds()> now;
    std::function<std::string()> new_identifier;
};

/// Long calculations that run beside the requests. What a job is, does and gives is shown to the
/// account that asked for it alone; to others it is not there.
class JobBoard {
  public:
    using Ask = std::function<Result<AnalysisAnswer>(const AnalysisQuestion& question)>;

    JobBoard(JobBoardOptions options, Ask ask);
    JobBoard(const JobBoard&) = delete;
    JobBoard& operator=(const JobBoard&) = delete;

    /// Asks what runs to stop, and waits for it.
    ~JobBoard();

    /// Errors: unavailable if too many wait already.
    Result<JobView> add(const std::string& owner, AnalysisQuestion question, bool can_go_on);

    std::vector<JobView> list(const std::string& owner) const;

    /// Empty: it is not there, or another's.
    std::optional<JobView> find(const std::string& owner, const std::string& id) const;

    /// The answer of a job that is done; empty: there is none.
    std::shared_ptr<const std::string> result(const std::string& owner, const std::string& id)
        const;

    std::optional<JobView> stop(const std::string& owner, const std::string& id);

    /// Goes on with a job that was stopped. Errors: not_found; conflict if it cannot go on.
    Result<JobView> go_on(const std::string& owner, const std::string& id);

    /// Forgets a job that is over. False: it is not there, or not over.
    bool remove(const std::string& owner, const std::string& id);

    std::size_t running() const;
    std::size_t waiting() const;

  private:
    struct Job {
        std::string owner;
        AnalysisQuestion question;
        JobView view;
        std::shared_ptr<const std::string> result;
        std::stop_source stop;
    };

    using Jobs = std::map<std::string, std::shared_ptr<Job>>;

    void work(const std::stop_token& leave);
    void run(Job& job);
    void finish(Job& job, Result<AnalysisAnswer> answer);
    std::shared_ptr<Job> own(const std::string& owner, const std::string& id) const;
    std::optional<Error> make_room(const std::string& owner);
    void forget(const std::string& id);

    JobBoardOptions options_;
    Ask ask_;
    mutable std::mutex using_;
    std::condition_variable_any changed_;
    Jobs jobs_;
    std::deque<std::shared_ptr<Job>> queue_;
    std::size_t running_ = 0;
    std::vector<std::jthread> workers_;
};

}  // namespace adic::server
