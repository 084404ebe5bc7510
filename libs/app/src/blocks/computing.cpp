#include "adic/app/blocks/computing.hpp"

#include "hosts/rank_crew.hpp"

#include <memory>

namespace adic::app {
namespace {

Result<std::unique_ptr<Crew>>
crew_of(const Job& job, const BlockWork& work, const Computing& computing) {
    if (computing.hosts.empty()) {
        return std::unique_ptr<Crew>(std::make_unique<ThreadCrew>(work, computing.threads));
    }
    return create_rank_crew({computing.hosts, computing.threads, computing.ranks, write_job(job)});
}

}  // namespace

std::optional<Error> compute(
    const Job& job,
    const BlockWork& work,
    const MergeBlock& merge,
    const Computing& computing,
    std::string_view step
) {
    auto crew = crew_of(job, work, computing);
    if (!crew) {
        return crew.error();
    }
    BlockRun run;
    run.step = step;
    run.progress = computing.progress;
    run.stop = computing.stop;
    run.inputs = digest_of(job);
    run.checkpoint = computing.checkpoint;
    run.resuming = computing.resuming;
    return run_blocks(work.blocks, **crew, merge, run);
}

}  // namespace adic::app
