#include "hosts/rank_crew.hpp"

#include "adic/app/hosts/frames.hpp"
#include "adic/base/bytes.hpp"
#include "adic/base/text.hpp"

#include "hosts/process.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace adic::app {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

/// Long enough for a slow login on a busy host; a person who waits longer looks for the reason.
constexpr seconds start_patience{90};

constexpr seconds standard_silence{30};

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value == nullptr ? std::string{} : std::string{value};
}

/// ADIC_HOST_SILENCE: how long a rank may say nothing before it counts as lost.
seconds silence() {
    constexpr std::uint64_t most = 86'400;
    const auto given = parse_whole(environment("ADIC_HOST_SILENCE"));
    return given && *given > 0 && *given <= most ? seconds{*given} : standard_silence;
}

std::optional<Error> problem_of(const std::string& host) {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    if (host.empty() || host[0] == '-' || host.find_first_not_of(letters) != std::string::npos) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("--hosts: '{}' is no name of a host", host),
            {}};
    }
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, nullptr, &found) != 0) {
        return Error{
            ErrorCode::not_found,
            fmt::format("--hosts: the host '{}' cannot be found: it has no address", host),
            {}};
    }
    ::freeaddrinfo(found);
    return std::nullopt;
}

/// A socket in a folder of its own, on which the first rank calls back.
class CallBack {
  public:
    static Result<CallBack> create() {
        std::error_code failed;
        const auto root = std::filesystem::temp_directory_path(failed);
        std::string folder = (root / "adic-ranks-XXXXXX").string();
        CallBack made;
        if (!failed && ::mkdtemp(folder.data()) != nullptr) {
            made.folder_ = folder;
            made.listen();
        }
        if (!made.socket_.is_open()) {
            return Error{
                ErrorCode::unavailable,
                "there is no room for a socket in the folder of temporary files; TMPDIR says "
                "which",
                {}};
        }
        return made;
    }

    CallBack(CallBack&& other) noexcept
        : folder_(std::exchange(other.folder_, {}))
        , socket_(std::move(other.socket_)) {}

    CallBack& operator=(CallBack&&) = delete;
    CallBack(const CallBack&) = delete;
    CallBack& operator=(const CallBack&) = delete;

    ~CallBack() {
        std::error_code ignored;
        if (!folder_.empty()) {
            std::filesystem::remove_all(folder_, ignored);
        }
    }

    std::filesystem::path path() const { return folder_ / "socket"; }

    const Descriptor& socket() const { return socket_; }

  private:
    CallBack() = default;

    void listen() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string name = path().string();
        if (name.size() >= sizeof(address.sun_path)) {
            return;
        }
        std::copy(name.begin(), name.end(), std::begin(address.sun_path));
        Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        // NOLINTNEXTLINE(*-reinterpret-cast): sockets are made so
        const auto* generic = reinterpret_cast<const sockaddr*>(&address);
        if (socket.is_open() && ::bind(socket.number(), generic, sizeof(address)) == 0
            && ::listen(socket.number(), 1) == 0) {
            socket_ = std::move(socket);
        }
    }

    std::filesystem::path folder_;
    Descriptor socket_;
};

std::vector<std::string>
command_line(const RankCrewOptions& options, const std::filesystem::path& call_back) {
    // The first rank hands out the blocks. It is here, where the answers go.
    std::string hosts = "localhost:1";
    for (const std::string& host : options.hosts) {
        hosts += fmt::format(",{}:1", host);
    }
    std::vector<std::string> words{
        "mpirun",
        "--host",
        hosts,
        "-n",
        std::to_string(options.hosts.size() + 1)};
    const auto add = [&](std::initializer_list<std::string_view> more) {
        words.insert(words.end(), more.begin(), more.end());
    };
    add({"--bind-to", "none", "--oversubscribe"});
    // Who waits leaves the processor to who computes.
    add({"--mca", "mpi_yield_when_idle", "1"});
    // A host that is gone is noticed in seconds, not in the two hours of TCP.
    add({"--mca", "oob_tcp_keepalive_time", "10", "--mca", "oob_tcp_keepalive_intvl", "5"});
    add({"--mca", "oob_tcp_keepalive_probes", "3"});
    add({"--mca", "plm_rsh_no_tree_spawn", "1"});
    add({"--mca", "btl_base_warn_component_unused", "0"});
    add({"--mca", "btl_vader_single_copy_mechanism", "none"});
    if (environment("OMPI_MCA_plm_rsh_agent").empty()
        && environment("OMPI_MCA_plm_rsh_args").empty()) {
        add({"--mca", "plm_rsh_args", "-o BatchMode=yes -o ConnectTimeout=15"});
    }
    add({options.program.string(), call_back.string()});
    words.push_back(std::to_string(options.threads));
    words.push_back(std::to_string(silence().count()));
    return words;
}

/// The last lines that say something of what mpirun printed.
std::string last_lines(std::string_view text) {
    constexpr std::size_t shown = 12;
    std::vector<std::string_view> lines;
    for (const std::string_view line : split(text, '\n')) {
        const std::string_view words = trimmed(line);
        if (!words.empty() && words.find_first_not_of("-=") != std::string_view::npos) {
            lines.push_back(words);
        }
    }
    const std::size_t skipped = lines.size() - std::min(lines.size(), shown);
    std::string result;
    for (const std::string_view line : std::span{lines}.subspan(skipped)) {
        result += fmt::format("\n  mpirun: {}", line);
    }
    return result;
}

/// One round of work by ranks.
class Round {
  public:
    Round(
        const RankCrewOptions& options,
        CallBack call_back,
        Process mpirun,
        const TakeBlock& take,
        std::stop_token stop
    )
        : options_(options)
        , call_back_(std::move(call_back))
        , mpirun_(std::move(mpirun))
        , take_(take)
        , stop_(std::move(stop))
        , heard_(Clock::now()) {}

    std::optional<Error> run(std::span<const std::size_t> blocks) {
        wanted_ = blocks.size();
        while (!is_over_ && !problem_ && !has_enough_ && !stop_.stop_requested()) {
            look(blocks);
            mind_the_time();
        }
        // Who is done leaves by himself; who is not wanted any more is shown out.
        constexpr std::chrono::milliseconds patience{5000};
        for (auto waited = nap; is_over_ && waited < patience && !mpirun_.has_ended();
             waited += nap) {
            rest(nap);
        }
        mpirun_.end(patience);
        if (problem_ && !is_explained_) {
            read_printed();
            problem_->message += last_lines(printed_);
        }
        return std::move(problem_);
    }

  private:
    static constexpr std::chrono::milliseconds nap{50};

    static void rest(std::chrono::milliseconds time) {
        static_cast<void>(::poll(nullptr, 0, static_cast<int>(time.count())));
    }

    void look(std::span<const std::size_t> blocks) {
        const bool is_called = line_.is_open();
        std::array<pollfd, 2> watched{
            pollfd{is_called ? line_.number() : call_back_.socket().number(), POLLIN, 0},
            pollfd{has_printed_all_ ? -1 : mpirun_.printed().number(), POLLIN, 0}};
        ::poll(watched.data(), watched.size(), static_cast<int>(nap.count()));
        if (watched[1].revents != 0) {
            read_printed();
        }
        if (watched[0].revents != 0 && !is_called) {
            answer_call(blocks);
        } else if (watched[0].revents != 0) {
            read_frames();
        } else if (mpirun_.has_ended() && !is_over_) {
            fail(
                is_ready_ ? "a rank was lost, and the others were stopped"
                          : fmt::format("no ranks could be started on {}", hosts_text())
            );
        }
    }

    void answer_call(std::span<const std::size_t> blocks) {
        line_ = Descriptor{::accept4(call_back_.socket().number(), nullptr, nullptr, SOCK_CLOEXEC)};
        ByteWriter job;
        job.text(options_.job);
        job.text(fingerprint());
        job.whole(blocks.size());
        for (const std::size_t block : blocks) {
            job.whole(block);
        }
        send(write_frame(FrameKind::job, std::move(job).bytes()));
    }

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(line_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                fail("the first rank has hung up");
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    void read_frames() {
        constexpr std::size_t size = 1U << 16U;
        buffer_.resize(size);
        const ssize_t read = ::recv(line_.number(), buffer_.data(), buffer_.size(), 0);
        if (read <= 0) {
            // The ranks go down together: what mpirun says about it comes a moment later.
            rest(10 * nap);
            fail("a rank was lost, and the others were stopped");
            return;
        }
        heard_ = Clock::now();
        frames_.add(std::string_view{buffer_}.substr(0, static_cast<std::size_t>(read)));
        while (const auto frame = frames_.next()) {
            follow(*frame);
        }
        if (frames_.is_broken()) {
            fail("the first rank says what nobody understands: is it of another version?");
        }
    }

    void follow(const Frame& frame) {
        switch (frame.kind) {
        case FrameKind::hello: is_ready_ = true; break;
        case FrameKind::answer: take(frame.bytes); break;
        case FrameKind::failed:
            is_explained_ = !problem_;
            fail(frame.bytes);
            break;
        case FrameKind::done: is_over_ = true; break;
        case FrameKind::alive:
        case FrameKind::job: break;
        }
    }

    void take(std::string_view bytes) {
        ByteReader reader{bytes};
        const std::uint64_t block = reader.whole();
        const std::string_view answer = reader.text();
        if (!reader.is_done()) {
            fail("the first rank sent an answer that is cut off");
            return;
        }
        ++taken_;
        // After the last one the ranks say goodbye themselves.
        has_enough_ = !take_(block, std::string(answer)) && taken_ < wanted_;
    }

    void mind_the_time() {
        const auto since = Clock::now() - heard_;
        if (!is_ready_ && since > start_patience) {
            fail(fmt::format(
                "the ranks on {} were not ready after {} s",
                hosts_text(),
                start_patience.count()
            ));
        } else if (is_ready_ && since > silence() + seconds{5}) {
            fail(fmt::format("nothing was heard of the first rank for {} s", silence().count()));
        }
    }

    void read_printed() {
        constexpr std::size_t most = 1U << 16U;
        std::array<char, 4096> part{};
        while (!has_printed_all_) {
            const ssize_t read = ::read(mpirun_.printed().number(), part.data(), part.size());
            if (read <= 0) {
                has_printed_all_ = read == 0;
                return;
            }
            printed_.append(part.data(), static_cast<std::size_t>(read));
            if (printed_.size() > 2 * most) {
                printed_.erase(0, printed_.size() - most);
            }
        }
    }

    void fail(std::string message) {
        if (!problem_) {
            problem_ = Error{ErrorCode::unavailable, std::move(message), {}};
        }
    }

    std::string hosts_text() const { return fmt::format("{}", fmt::join(options_.hosts, ", ")); }

    const RankCrewOptions& options_;
    CallBack call_back_;
    Process mpirun_;
    const TakeBlock& take_;
    std::stop_token stop_;
    Clock::time_point heard_;  ///< when the first rank last said something
    Descriptor line_;
    FrameReader frames_;
    std::string buffer_;
    std::string printed_;
    bool has_printed_all_ = false;
    bool is_ready_ = false;
    bool is_over_ = false;
    bool has_enough_ = false;
    bool is_explained_ = false;  ///< the problem is, by the first rank
    std::size_t wanted_ = 0;
    std::size_t taken_ = 0;
    std::optional<Error> problem_;
};

class RankCrew : public Crew {
  public:
    explicit RankCrew(RankCrewOptions options) : options_(std::move(options)) {}

    std::optional<Error> compute(
        std::span<const std::size_t> blocks,
        const TakeBlock& take,
        std::stop_token stop
    ) override {
        auto call_back = CallBack::create();
        if (!call_back) {
            return call_back.error();
        }
        auto mpirun = Process::start(command_line(options_, call_back->path()));
        if (!mpirun) {
            return Error{
                ErrorCode::unavailable,
                "--hosts needs OpenMPI's mpirun, and it is not here (Debian package openmpi-bin)",
                {}};
        }
        Round round{options_, *std::move(call_back), *std::move(mpirun), take, std::move(stop)};
        return round.run(blocks);
    }

  private:
    RankCrewOptions options_;
};

}  // namespace

Result<std::unique_ptr<Crew>> create_rank_crew(RankCrewOptions options) {
    constexpr std::size_t most_hosts = 4096;
    if (options.program.empty()) {
        return Error{
            ErrorCode::unavailable,
            "--hosts needs the program adic_ranks beside adic; it is built where OpenMPI is "
            "(Debian packages libopenmpi-dev, openmpi-bin)",
            {}};
    }
    if (options.hosts.size() > most_hosts) {
        return Error{ErrorCode::invalid_argument, "--hosts: more than 4096 hosts", {}};
    }
    for (const std::string& host : options.hosts) {
        if (auto problem = problem_of(host)) {
            return *std::move(problem);
        }
    }
    return std::unique_ptr<Crew>(std::make_unique<RankCrew>(std::move(options)));
}

}  // namespace adic::app
