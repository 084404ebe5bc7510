#include "adic/app/blocks/block_run.hpp"

#include "adic/app/blocks/checkpoint.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::app {
namespace {

using Clock = std::chrono::steady_clock;

/// A run under way: what is finished, and how far it is merged.
class Running {
  public:
    Running(Checkpoint kept, const MergeBlock& merge, const BlockRun& run)
        : work_(std::move(kept))
        , finished_(work_.finished())
        , saved_(finished_)
        , saved_at_(Clock::now())
        , merge_(merge)
        , run_(run) {}

    std::vector<std::size_t> blocks_left() const {
        std::vector<std::size_t> left;
        for (std::size_t block = 0; block < work_.answers.size(); ++block) {
            if (!work_.answers[block]) {
                left.push_back(block);
            }
        }
        return left;
    }

    /// Merges what is finished, up to the first block that is not. False: no more is wanted.
    bool merge_on() {
        while (!is_complete() && work_.answers[merged_]) {
            const auto merged = merge_(merged_, *work_.answers[merged_]);
            if (!merged) {
                failure_ = merged.error();
                return false;
            }
            ++merged_;
            has_enough_ = *merged == Merged::has_enough;
        }
        return !is_complete();
    }

    bool take(std::size_t block, std::string answer) {
        work_.answers[block] = std::move(answer);
        ++finished_;
        if (run_.progress) {
            const auto all = static_cast<double>(work_.answers.size());
            run_.progress(run_.step, static_cast<double>(finished_) / all);
        }
        const bool wants_more = merge_on();
        if (!run_.checkpoint.empty() && Clock::now() - saved_at_ >= run_.save_every) {
            save_into(run_.checkpoint);
        }
        return wants_more && !failure_;
    }

    /// A failure to save ends the run: whoever named a file relies on it.
    void save_into(const std::filesystem::path& path) {
        if (finished_ == saved_) {
            return;
        }
        if (auto problem = save_checkpoint(path, work_)) {
            failure_ = failure_ ? failure_ : std::move(problem);
            return;
        }
        saved_ = finished_;
        saved_at_ = Clock::now();
    }

    /// Takes over what an earlier run on the same inputs had kept.
    void add(Checkpoint other) {
        for (std::size_t block = 0; block < work_.answers.size(); ++block) {
            if (!work_.answers[block] && other.answers[block]) {
                work_.answers[block] = std::move(other.answers[block]);
                ++finished_;
            }
        }
    }

    bool is_complete() const { return has_enough_ || merged_ == work_.answers.size(); }

    std::size_t finished() const { return finished_; }

    std::size_t blocks() const { return work_.answers.size(); }

    const std::optional<Error>& failure() const { return failure_; }

  private:
    Checkpoint work_;
    std::size_t finished_;
    std::size_t saved_;
    Clock::time_point saved_at_;
    std::size_t merged_ = 0;
    bool has_enough_ = false;
    std::optional<Error> failure_;
    const MergeBlock& merge_;
    const BlockRun& run_;
};

/// Keeps what is finished, and says where it is and how to go on.
Error kept(Running& running, const BlockRun& run, Error reason) {
    if (running.finished() == 0) {
        reason.message += "\nNothing was finished yet.";
        return reason;
    }
    const std::filesystem::path path =
        run.checkpoint.empty() ? fallback_checkpoint(run.inputs) : run.checkpoint;
    if (run.checkpoint.empty()) {
        if (auto earlier = load_checkpoint(path, run.inputs, running.blocks())) {
            running.add(*std::move(earlier));
        }
    }
    running.save_into(path);
    if (running.failure()) {
        reason.message += '\n' + running.failure()->message;
        return reason;
    }
    reason.message += fmt::format(
        "\n{} of {} blocks are finished and kept in '{}'.",
        running.finished(),
        running.blocks(),
        path.string()
    );
    if (run.resuming) {
        reason.message += "\nTo go on from there: " + run.resuming(path);
    }
    return reason;
}

Result<Checkpoint> begin(std::size_t blocks, const BlockRun& run) {
    if (run.checkpoint.empty()) {
        return Checkpoint{run.inputs, std::vector<std::optional<std::string>>(blocks)};
    }
    return load_checkpoint(run.checkpoint, run.inputs, blocks);
}

}  // namespace

std::optional<Error>
run_blocks(std::size_t blocks, Crew& crew, const MergeBlock& merge, const BlockRun& run) {
    auto start = begin(blocks, run);
    if (!start) {
        return start.error();
    }
    Running running{*std::move(start), merge, run};
    std::optional<Error> of_crew;
    if (running.merge_on()) {
        of_crew = crew.compute(
            running.blocks_left(),
            [&](std::size_t block, std::string answer) {
                return running.take(block, std::move(answer));
            },
            run.stop
        );
    }
    if (running.failure()) {
        return running.failure();
    }
    if (running.is_complete()) {
        if (!run.checkpoint.empty()) {
            running.save_into(run.checkpoint);
        }
        return running.failure();
    }
    return kept(
        running,
        run,
        of_crew.value_or(Error{ErrorCode::interrupted, "interrupted before the end", {}})
    );
}

}  // namespace adic::app
