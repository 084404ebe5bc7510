#include "adic/app/blocks/kept_answers.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

constexpr std::chrono::seconds save_every{30};  // of work that a power cut may cost

/// A digest.
constexpr std::size_t key_bytes = 32;

}  // namespace

std::optional<Error> KeptAnswers::take(const Checkpoint& checkpoint) {
    for (const auto& answer : checkpoint.answers) {
        if (!answer || answer->size() < key_bytes) {
            return Error{
                ErrorCode::invalid_argument,
                "the checkpoint is one of another kind of calculation",
                {}};
        }
        std::string key = answer->substr(0, key_bytes);
        if (place_of_.emplace(std::move(key), work_.answers.size()).second) {
            work_.answers.push_back(answer);
        }
    }
    return std::nullopt;
}

std::optional<Error> KeptAnswers::open(std::string_view inputs) {
    ByteWriter versioned;
    versioned.text(ADIC_VERSION);
    versioned.text(inputs);
    work_ = {to_hex(sha256(std::move(versioned).bytes())), {}};
    place_of_.clear();
    saved_at_ = std::chrono::steady_clock::now();
    if (computing_.checkpoint.empty()) {
        return std::nullopt;
    }
    auto kept = load_checkpoint(computing_.checkpoint, work_.inputs);
    if (!kept) {
        return kept.error();
    }
    auto problem = take(*kept);
    saved_ = work_.answers.size();
    return problem;
}

std::optional<std::string_view> KeptAnswers::find(std::string_view key) const {
    const auto found = place_of_.find(key);
    if (found == place_of_.end()) {
        return std::nullopt;
    }
    return std::string_view(*work_.answers[found->second]).substr(key_bytes);
}

std::optional<Error> KeptAnswers::keep(std::string_view key, std::string answer) {
    place_of_.emplace(key, work_.answers.size());
    work_.answers.emplace_back(std::string(key) + answer);
    const bool is_time = std::chrono::steady_clock::now() - saved_at_ >= save_every;
    return is_time && !computing_.checkpoint.empty() ? save(computing_.checkpoint) : std::nullopt;
}

std::optional<Error> KeptAnswers::save(const std::filesystem::path& path) {
    if (work_.answers.size() == saved_) {
        return std::nullopt;
    }
    if (auto problem = save_checkpoint(path, work_)) {
        return problem;
    }
    saved_ = work_.answers.size();
    saved_at_ = std::chrono::steady_clock::now();
    return std::nullopt;
}

std::optional<Error> KeptAnswers::finish() {
    return computing_.checkpoint.empty() ? std::nullopt : save(computing_.checkpoint);
}

Error KeptAnswers::stop(Error reason) {
    if (work_.answers.empty()) {
        reason.message += "\nNothing was finished yet.";
        return reason;
    }
    std::filesystem::path path = computing_.checkpoint;
    if (path.empty()) {
        path = fallback_checkpoint(work_.inputs);
        if (const auto earlier = load_checkpoint(path, work_.inputs)) {
            static_cast<void>(take(*earlier));  // one of another kind adds nothing
        }
    }
    if (const auto problem = save(path)) {
        reason.message += '\n' + problem->message;
        return reason;
    }
    reason.message += fmt::format(
        "\n{} results are computed and kept in '{}'.",
        work_.answers.size(),
        path.string()
    );
    if (computing_.resuming) {
        reason.message += "\nTo go on from there: " + computing_.resuming(path);
    }
    return reason;
}

}  // namespace adic::app
