#include "frame/chosen_computing.hpp"

#include "adic/base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace adic::cli {
namespace {

std::string shell_word(std::string_view word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) {
        return std::string(word);
    }
    std::string quoted = "'";
    for (const char c : word) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

/// The command line that goes on from a checkpoint: the one that was typed, with the checkpoint.
std::string resuming(std::span<const std::string> typed, const std::filesystem::path& checkpoint) {
    std::vector<std::string> words(typed.begin(), typed.end());
    const bool is_there = std::ranges::any_of(words, [](const std::string& word) {
        return word == "--checkpoint" || word.starts_with("--checkpoint=");
    });
    if (!is_there) {
        const auto end = std::ranges::find(words, "--");
        words.insert(end, {"--checkpoint", checkpoint.string()});
    }
    return as_typed(words);
}

}  // namespace

std::string as_typed(std::span<const std::string> words) {
    std::string text = "adic";
    for (const std::string& word : words) {
        text += ' ' + shell_word(word);
    }
    return text;
}

Result<app::Computing> chosen_computing(const Invocation& words, const Session& session) {
    constexpr std::uint64_t most_threads = 4096;
    app::Computing computing;
    ADIC_TRY(const std::uint64_t threads, words.whole("--threads", 0, most_threads));
    computing.threads = threads;
    if (words.has("--hosts")) {
        for (const std::string_view host : split(words.text("--hosts"), ',')) {
            computing.hosts.emplace_back(trimmed(host));
        }
    }
    computing.ranks = session.around.ranks;
    computing.progress = session.progress;
    computing.stop = session.watch();
    computing.checkpoint = words.text("--checkpoint");
    const std::vector<std::string> typed(session.typed.begin(), session.typed.end());
    computing.resuming = [typed](const std::filesystem::path& path) {
        return resuming(typed, path);
    };
    return computing;
}

}  // namespace adic::cli
