#include "worker.hpp"

#include "adic/app/blocks/job.hpp"
#include "adic/base/bytes.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace adic::ranks {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds nap{1};
constexpr std::chrono::seconds beat{1};

/// Threads that open the job and then compute what is put in, in whatever order they get to it.
class Pool {
  public:
    Pool(std::string job, std::size_t threads) {
        helpers_.emplace_back([this, job = std::move(job), threads](const std::stop_token& stop) {
            open(job, threads, stop);
        });
    }

    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    ~Pool() {
        for (std::jthread& helper : helpers_) {
            helper.request_stop();
        }
        changed_.notify_all();
    }

    struct Finished {
        std::size_t block;
        std::string answer;
    };

    void put(std::size_t block) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(block);
        }
        changed_.notify_one();
    }

    std::vector<Finished> take_finished() {
        const std::lock_guard lock(mutex_);
        return std::exchange(finished_, {});
    }

    /// Empty unless the job cannot be computed.
    std::string problem() {
        const std::lock_guard lock(mutex_);
        return problem_;
    }

    bool is_open() {
        const std::lock_guard lock(mutex_);
        return is_open_;
    }

  private:
    void fail(std::string problem) {
        const std::lock_guard lock(mutex_);
        problem_ = std::move(problem);
    }

    /// The first helper opens the job, which can take a while, and calls the others.
    void open(const std::string& bytes, std::size_t threads, const std::stop_token& stop) {
        const auto job = app::parse_job(bytes);
        auto opened = job ? app::open_job(*job) : Result<BlockWork>{job.error()};
        if (!opened) {
            fail(opened.error().message);
            return;
        }
        work_ = *std::move(opened);
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < threads; ++t) {
            others.emplace_back([this, stop] { help(stop); });
        }
        {
            const std::lock_guard lock(mutex_);
            is_open_ = true;
        }
        help(stop);
    }

    void help(const std::stop_token& stop) {
        while (true) {
            std::size_t block = 0;
            {
                std::unique_lock lock(mutex_);
                if (!changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
                    return;
                }
                block = waiting_.front();
                waiting_.pop_front();
            }
            compute(block, stop);
        }
    }

    void compute(std::size_t block, const std::stop_token& stop) {
        try {
            std::optional<std::string> answer = work_.compute(block, stop);
            const std::lock_guard lock(mutex_);
            if (answer) {
                finished_.push_back({block, *std::move(answer)});
            }
        } catch (const std::exception& bug) {
            fail(bug.what());
        }
    }

    BlockWork work_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::size_t> waiting_;
    std::vector<Finished> finished_;
    std::string problem_;
    bool is_open_ = false;
    std::vector<std::jthread> helpers_;  ///< last: they end before what they use goes
};

void send_answer(const Ranks& ranks, const Pool::Finished& finished) {
    ByteWriter bytes;
    bytes.whole(finished.block);
    bytes.text(finished.answer);
    ranks.send(0, Tag::answer, std::move(bytes).bytes());
}

/// Keeps one block for each thread in the pool, as long as there are blocks.
class Talk {
  public:
    Talk(const Ranks& ranks, Pool& pool, std::size_t threads)
        : ranks_(ranks)
        , pool_(pool)
        , threads_(threads)
        , beaten_(Clock::now()) {}

    void run() {
        while (!is_over_) {
            if (!hear() && !tell()) {
                std::this_thread::sleep_for(nap);
            }
            if (Clock::now() - beaten_ > beat) {
                ranks_.send(0, Tag::alive);
                beaten_ = Clock::now();
            }
        }
    }

  private:
    bool hear() {
        const auto message = ranks_.receive();
        if (message && message->tag == Tag::leave) {
            is_over_ = true;
        } else if (message && !message->bytes.empty()) {
            ByteReader reader{message->bytes};
            pool_.put(reader.whole());
        }
        return message.has_value();
    }

    bool tell() {
        if (!has_failed_ && !pool_.problem().empty()) {
            ranks_.send(0, Tag::failed, pool_.problem());
            has_failed_ = true;
            return true;
        }
        if (!has_asked_ && pool_.is_open()) {
            for (std::size_t t = 0; t < threads_; ++t) {
                ranks_.send(0, Tag::ask);
            }
            has_asked_ = true;
            return true;
        }
        const auto finished = pool_.take_finished();
        for (const Pool::Finished& one : finished) {
            send_answer(ranks_, one);
        }
        return !finished.empty();
    }

    const Ranks& ranks_;
    Pool& pool_;
    std::size_t threads_;
    Clock::time_point beaten_;
    bool has_asked_ = false;
    bool has_failed_ = false;
    bool is_over_ = false;
};

}  // namespace

void work(const Ranks& ranks, std::string job, std::size_t threads) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t chosen = threads == 0 ? cores : threads;
    Pool pool{std::move(job), chosen};
    Talk{ranks, pool, chosen}.run();
}

}  // namespace adic::ranks
