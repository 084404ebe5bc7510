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

/// Who asked for a job.
struct JobOwner {
    std::string account;
    std::string state;  ///< that the account belongs to; empty: none
};

/// A job that waits or runs, as an administrator of its state sees it: not what it was asked, nor
/// what it finds.
struct JobOfState {
    std::string id;
    std::string account;
    std::string analysis;
    JobState state = JobState::queued;
    std::chrono::sys_seconds asked_at = {};
    std::optional<std::chrono::sys_seconds> started_at = {};  ///< empty: it waits

    friend bool operator==(const JobOfState&, const JobOfState&) = default;
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

/// Long calculations that run beside the requests. What a job is asked, does and gives is shown to
/// the account that asked for it alone; to others it is not there. That it is there at all, an
/// administrator of the account's state sees while it waits or runs.
class JobBoard {
  public:
    using Ask = std::function<Result<AnalysisAnswer>(const AnalysisQuestion& question)>;

    JobBoard(JobBoardOptions options, Ask ask);
    JobBoard(const JobBoard&) = delete;
    JobBoard& operator=(const JobBoard&) = delete;

    /// Asks what runs to stop, and waits for it.
    ~JobBoard();

    /// Errors: unavailable if too many wait already.
    Result<JobView> add(const JobOwner& owner, AnalysisQuestion question, bool can_go_on);

    std::vector<JobView> list(const std::string& owner) const;

    /// Empty: it is not there, or another's.
    std::optional<JobView> find(const std::string& owner, const std::string& id) const;

    /// The answer of a job that is done; empty: there is none.
    std::shared_ptr<const std::string> result(const std::string& owner, const std::string& id)
        const;

    std::optional<JobView> stop(const std::string& owner, const std::string& id);

    /// Those of the accounts of a state that wait or run, the oldest first.
    /// Requires: state is not empty, as for the next.
    std::vector<JobOfState> list_of_state(const std::string& state) const;

    /// Asks such a job to stop. Empty: it is not there, is over, or another state's.
    std::optional<JobOfState> stop_of_state(const std::string& state, const std::string& id);

    /// Goes on with a job that was stopped. Errors: not_found; conflict if it cannot go on.
    Result<JobView> go_on(const std::string& owner, const std::string& id);

    /// Forgets a job that is over. False: it is not there, or not over.
    bool remove(const std::string& owner, const std::string& id);

    std::size_t running() const;
    std::size_t waiting() const;

  private:
    struct Job {
        std::string owner;
        std::string state;
        std::optional<std::chrono::sys_seconds> started_at;
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
    void ask_to_stop(const std::shared_ptr<Job>& job);
    static JobOfState of_state(const Job& job);

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
