#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ranks {

/// What ranks tell each other. Only the first rank hears `ask` to `failed`, only the others the
/// rest.
enum class Tag : int {
    ask = 1,  ///< I have nothing to do
    answer,   ///< a block and its answer; then I have nothing to do
    alive,
    failed,  ///< why I cannot go on
    work,    ///< a block to compute; empty: there is none left for who asked
    leave    ///< everything is answered
};

struct Message {
    int from;
    Tag tag;
    std::string bytes;
};

/// The ranks of this run, from the start of MPI to its end. One thread talks.
class Ranks {
  public:
    Ranks(int& argc, char**& argv);
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;
    ~Ranks();

    int own() const { return own_; }

    int count() const { return count_; }

    void send(int to, Tag tag, std::string_view bytes = {}) const;

    /// A message that has come; empty if none has.
    std::optional<Message> receive() const;

    /// What the first rank gives, on all.
    std::string broadcast(std::string bytes) const;

    /// What each rank gives, by rank, on the first. Requires: at most 255 bytes each.
    std::vector<std::string> gather(std::string_view bytes) const;

    /// Ends all ranks now.
    [[noreturn]] static void abort();

  private:
    int own_ = 0;
    int count_ = 0;
};

}  // namespace adic::ranks
