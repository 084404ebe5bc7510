#include "adic/shock/cascade/cascade.hpp"

#include "adic/base/parallel.hpp"

#include "batch.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

namespace adic::shock {
namespace {

constexpr std::size_t grain = 8 * lanes;

/// Tells the watcher how many of the cascades are done, from any thread.
class Count {
  public:
    Count(const Progress& progress, std::size_t all) : progress_(progress), all_(all) {}

    void add(std::size_t done) {
        if (!progress_) {
            return;
        }
        const std::lock_guard lock(mutex_);
        done_ += done;
        progress_("cascades", static_cast<double>(done_) / static_cast<double>(all_));
    }

  private:
    const Progress& progress_;
    std::size_t all_;
    std::size_t done_ = 0;
    std::mutex mutex_;
};

}  // namespace

std::vector<bool> nobody_replaceable(const model::FirmNetwork& network) {
    return std::vector<bool>(network.sectors(), false);
}

Cascade::Cascade(const model::FirmNetwork& network, const CascadeOptions& options)
    : network_(std::make_unique<const Network>(network, options))
    , options_(options) {}

Cascade::Cascade(Cascade&&) noexcept = default;
Cascade& Cascade::operator=(Cascade&&) noexcept = default;
Cascade::~Cascade() = default;

std::uint32_t Cascade::firms() const {
    return network_->firms;
}

std::span<const std::uint32_t> Cascade::sweep_order() const {
    return network_->sweep_order;
}

/// Batches that no thread is using: making one costs as much as a few short cascades.
class Cascade::Spares {
  public:
    Spares(const Network& network, const CascadeOptions& options)
        : network_(network)
        , options_(options) {}

    std::unique_ptr<Batch> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!spares_.empty()) {
                std::unique_ptr<Batch> batch = std::move(spares_.back());
                spares_.pop_back();
                return batch;
            }
        }
        return std::make_unique<Batch>(network_, options_);
    }

    void give_back(std::unique_ptr<Batch> batch) {
        const std::lock_guard lock(mutex_);
        spares_.push_back(std::move(batch));
    }

  private:
    const Network& network_;
    const CascadeOptions& options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Batch>> spares_;
};

std::vector<SystemicRisk>
Cascade::risks(std::span<const std::vector<CapacityLoss>> shocks, const Run& run) const {
    std::vector<SystemicRisk> risks(shocks.size());
    Count count(run.progress, shocks.size());
    Spares spares(*network_, options_);
    const auto run_range = [&](std::size_t begin, std::size_t end) {
        if (run.stop.stop_requested()) {
            return;
        }
        std::unique_ptr<Batch> batch = spares.take();
        for (std::size_t first = begin; first < end && !run.stop.stop_requested(); first += lanes) {
            const std::size_t size = std::min(lanes, end - first);
            std::array<std::span<const CapacityLoss>, lanes> some;
            std::ranges::copy(shocks.subspan(first, size), some.begin());
            batch->run(std::span{some}.first(size), std::span{risks}.subspan(first, size));
            count.add(size);
        }
        spares.give_back(std::move(batch));
    };
    parallel_ranges(shocks.size(), grain, run_range, run.threads);
    return risks;
}

std::vector<SystemicRisk>
Cascade::risks_of_closing(std::span<const std::uint32_t> firms, const Run& run) const {
    std::vector<std::vector<CapacityLoss>> shocks;
    shocks.reserve(firms.size());
    for (const std::uint32_t firm : firms) {
        shocks.push_back({{firm, 1.0}});
    }
    return risks(shocks, run);
}

SystemicRisk Cascade::risk(std::span<const CapacityLoss> shock) const {
    Batch batch(*network_, options_);
    const std::array<std::span<const CapacityLoss>, 1> shocks{shock};
    std::array<SystemicRisk, 1> risk;
    batch.run(shocks, risk);
    return risk.front();
}

FirmLevels Cascade::levels(std::span<const CapacityLoss> shock) const {
    Batch batch(*network_, options_);
    const std::array<std::span<const CapacityLoss>, 1> shocks{shock};
    std::array<SystemicRisk, 1> risk;
    batch.run(shocks, risk);
    return batch.levels();
}

}  // namespace adic::shock
