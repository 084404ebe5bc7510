#pragma once

#include "adic/app/blocks/checkpoint.hpp"
#include "adic/app/blocks/computing.hpp"
#include "adic/base/result.hpp"
#include "adic/shock/run.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace adic::app {

/// The answers of a calculation that finds out what to compute as it goes, kept in a checkpoint:
/// one block for each, a key and the answer, in the order in which they were computed.
///
/// With a file they are saved every 30 seconds; without one when the calculation is stopped, in a
/// file called after the inputs.
class KeptAnswers final : public shock::KeptWork {
  public:
    explicit KeptAnswers(const Computing& computing) : computing_(computing) {}

    /// Errors: those of `load_checkpoint`; invalid_argument if its blocks are no answers with keys.
    std::optional<Error> open(std::string_view inputs) override;

    std::optional<std::string_view> find(std::string_view key) const override;

    /// Errors: those of `save_checkpoint`: whoever names a file relies on it.
    std::optional<Error> keep(std::string_view key, std::string answer) override;

    /// The calculation is at its end.
    /// Errors: those of `save_checkpoint`.
    std::optional<Error> finish();

    /// The calculation was stopped: keeps what there is. The reason with where it is, and how to go
    /// on from there.
    Error stop(Error reason);

  private:
    std::optional<Error> take(const Checkpoint& checkpoint);
    std::optional<Error> save(const std::filesystem::path& path);

    const Computing& computing_;
    Checkpoint work_ = {};  ///< every answer is there
    std::map<std::string, std::size_t, std::less<>> place_of_;
    std::size_t saved_ = 0;
    std::chrono::steady_clock::time_point saved_at_ = {};
};

}  // namespace adic::app
