// What is left of a log when its process is killed at any moment, or its disk is full.
#include "adic/audit/evidence.hpp"
#include "adic/audit/log.hpp"
#include "adic/base/random.hpp"

#include "scratch.hpp"

#include <array>
#include <csignal>
#include <cstdint>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using adic::RandomStream;
using adic::audit::LogState;
using adic::audit::LogWriter;
using adic::audit::Signer;
using adic::audit::test::event_of;
using adic::audit::test::Scratch;
using adic::audit::test::SmallLog;

namespace audit = adic::audit;

namespace {

/// What a child process has acknowledged: two numbers, written at once into a pipe.
struct Acknowledged {
    std::uint64_t committed = 0;
    std::uint64_t signed_size = 0;
};

void acknowledge(int pipe, const Acknowledged& done) {
    if (write(pipe, &done, sizeof done) != sizeof done) {
        _exit(3);
    }
}

/// Adds batches and signs heads until it is killed.
[[noreturn]] void add_for_ever(const SmallLog& log, int pipe, std::uint64_t seed) {
    RandomStream random(seed, 1);
    LogWriter writer = *LogWriter::open(log.folder);
    Signer signer = *Signer::open(log.keys / "log");
    Acknowledged done{writer.size(), 0};
    while (true) {
        for (std::uint64_t more = random.below(9); more > 0; --more) {
            if (!writer.append(event_of(writer.size()))) {
                _exit(1);
            }
        }
        if (writer.commit()) {
            _exit(2);
        }
        done.committed = writer.size();
        acknowledge(pipe, done);
        if (random.below(4) == 0) {
            if (!audit::sign_log(writer, signer)) {
                _exit(4);
            }
            done.signed_size = writer.size();
            acknowledge(pipe, done);
        }
    }
}

/// Starts a child on the log, kills it after some time, and gives what it acknowledged last.
Acknowledged killed_while_adding(const SmallLog& log, std::uint64_t seed, useconds_t after) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        add_for_ever(log, ends[1], seed);
    }
    close(ends[1]);
    Acknowledged last;
    Acknowledged next;
    if (read(ends[0], &next, sizeof next) == sizeof next) {  // it has begun
        last = next;
    }
    usleep(after);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself, with " << WEXITSTATUS(status);
    while (read(ends[0], &next, sizeof next) == sizeof next) {
        last = next;
    }
    close(ends[0]);
    return last;
}

}  // namespace

TEST(Stop, LosesNothingThatWasAcknowledged) {
    const Scratch scratch;
    const SmallLog log(scratch);
    RandomStream random(7, 0);
    for (std::uint64_t round = 0; round < 25; ++round) {
        const auto after = static_cast<useconds_t>(random.below(20'000));
        const Acknowledged done = killed_while_adding(log, round, after);
        {
            const auto writer = LogWriter::open(log.folder);
            ASSERT_TRUE(writer) << writer.error().message;
            ASSERT_GE(writer->size(), done.committed);
            ASSERT_TRUE(
                done.signed_size == 0 || writer->head()->head.tree.size >= done.signed_size
            );
        }
        const LogState state = *audit::inspect_log(log.folder);
        ASSERT_TRUE(state.problems.empty() && state.torn.empty());
        // The key remembers at least what the log shows, so it goes on where it was.
        ASSERT_TRUE(audit::is_signed_by_log(log.sign(), log.policy));
    }
}

TEST(Stop, IsNotNeededForEvidence) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(30);
    log.sign();
    const audit::SignedHead head = log.cosign("a");
    const pid_t child = fork();
    if (child == 0) {
        add_for_ever(log, open("/dev/null", O_WRONLY), 5);  // NOLINT: POSIX
    }
    std::uint64_t last_size = 0;
    // Until it has grown, however slowly the child is served.
    for (int round = 0; round < 60 || (last_size < 100 && round < 20'000); ++round) {
        const auto reader = audit::LogReader::open(log.folder);
        ASSERT_TRUE(reader) << reader.error().message;
        ASSERT_GE(reader->state().size, last_size);
        last_size = reader->state().size;
        std::string text;
        const auto take = [&](std::string_view part) -> std::optional<adic::Error> {
            text += part;
            return std::nullopt;
        };
        ASSERT_EQ(*audit::write_evidence(*reader, "BBB", head, take), 10U);
        ASSERT_TRUE(audit::check_evidence_text(text, log.policy)->holds());
    }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_GT(last_size, 30U) << "it was added to meanwhile";
}

TEST(Stop, OnAFullDiskIsAnErrorAndLosesNothing) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(20);
    log.sign();
    for (const rlim_t room : {rlim_t{1}, rlim_t{40}, rlim_t{500}, rlim_t{4000}}) {
        const std::uint64_t before = audit::inspect_log(log.folder)->size;
        const auto bytes = std::filesystem::file_size(log.folder / "entries");
        const pid_t child = fork();
        if (child == 0) {
            // No file may grow beyond this, as on a disk without room.
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{bytes + room, bytes + room};
            LogWriter writer = *LogWriter::open(log.folder);
            setrlimit(RLIMIT_FSIZE, &limit);
            for (int i = 0; i < 50; ++i) {
                if (!writer.append(event_of(writer.size()))) {
                    _exit(1);
                }
            }
            const bool is_refused = writer.commit().has_value()
                                    && !writer.append(event_of(0))  // and so is what comes after
                                    && writer.commit().has_value();
            _exit(is_refused ? 0 : 2);
        }
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(WIFEXITED(status));
        ASSERT_EQ(WEXITSTATUS(status), 0);
        const auto writer = LogWriter::open(log.folder);
        ASSERT_TRUE(writer) << writer.error().message;
        EXPECT_GE(writer->size(), before);
        EXPECT_LT(writer->size(), before + 50);
    }
    log.add(3);
    log.sign();
    const LogState state = *audit::inspect_log(log.folder);
    EXPECT_TRUE(state.problems.empty() && state.torn.empty());
}
