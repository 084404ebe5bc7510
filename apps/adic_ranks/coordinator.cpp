#include "coordinator.hpp"

#include "adic/app/hosts/frames.hpp"
#include "adic/base/bytes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace adic::ranks {
namespace {

using app::FrameKind;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds nap{1};
constexpr std::chrono::seconds beat{1};

int connected(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const int line = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (line < 0 || path.size() >= sizeof(address.sun_path)) {
        return -1;
    }
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    // NOLINTNEXTLINE(*-reinterpret-cast): sockets are made so
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    return ::connect(line, generic, sizeof(address)) == 0 ? line : -1;
}

/// Blocks handed out in the order of the order, and answers handed on.
class Desk {
  public:
    Desk(
        const Ranks& ranks,
        const Line& line,
        const Order& order,
        const std::vector<std::string>& hosts
    )
        : ranks_(ranks)
        , line_(line)
        , order_(order)
        , hosts_(hosts)
        , heard_(hosts.size(), Clock::now()) {}

    bool is_done() const { return answered_ == order_.blocks.size(); }

    /// False if nobody has said anything.
    bool serve() {
        const auto message = ranks_.receive();
        if (!message) {
            return false;
        }
        heard_[static_cast<std::size_t>(message->from)] = Clock::now();
        switch (message->tag) {
        case Tag::answer:
            ++answered_;
            line_.say(static_cast<int>(FrameKind::answer), message->bytes);
            hand_out(message->from);
            break;
        case Tag::ask: hand_out(message->from); break;
        case Tag::failed: line_.give_up(name_of(message->from) + ": " + message->bytes);
        case Tag::alive:
        case Tag::work:
        case Tag::leave: break;
        }
        return true;
    }

    void miss_the_silent(std::chrono::seconds silence) const {
        for (int rank = 1; rank < ranks_.count(); ++rank) {
            if (Clock::now() - heard_[static_cast<std::size_t>(rank)] > silence) {
                line_.give_up(fmt::format(
                    "lost {}: nothing was heard of it for {} s",
                    name_of(rank),
                    silence.count()
                ));
            }
        }
    }

  private:
    void hand_out(int rank) {
        ByteWriter block;
        if (next_ < order_.blocks.size()) {
            block.whole(order_.blocks[next_++]);
        }
        ranks_.send(rank, Tag::work, std::move(block).bytes());
    }

    std::string name_of(int rank) const {
        return fmt::format("rank {} on {}", rank, hosts_[static_cast<std::size_t>(rank)]);
    }

    const Ranks& ranks_;
    const Line& line_;
    const Order& order_;
    const std::vector<std::string>& hosts_;
    std::vector<Clock::time_point> heard_;
    std::size_t next_ = 0;
    std::size_t answered_ = 0;
};

}  // namespace

Line::Line(const std::string& socket) : socket_(connected(socket)) {
    if (socket_ < 0) {
        std::cerr << "adic_ranks: the first rank is not on the host of the program that it works "
                     "for, or that has gone\n";
        Ranks::abort();
    }
}

Line::~Line() {
    ::close(socket_);
}

Order Line::read_order() const {
    app::FrameReader frames;
    std::string buffer(std::size_t{1} << 16U, '\0');
    while (true) {
        const ssize_t read = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (read <= 0) {
            Ranks::abort();
        }
        frames.add(std::string_view{buffer}.substr(0, static_cast<std::size_t>(read)));
        if (const auto frame = frames.next()) {
            ByteReader reader{frame->bytes};
            Order order;
            order.job = reader.text();
            order.fingerprint = reader.text();
            order.blocks.resize(std::min<std::uint64_t>(reader.whole(), reader.left().size() / 8));
            std::ranges::generate(order.blocks, [&] { return reader.whole(); });
            return order;
        }
    }
}

void Line::say(int kind, std::string_view bytes) const {
    const std::string frame = app::write_frame(static_cast<FrameKind>(kind), bytes);
    std::string_view left = frame;
    while (!left.empty()) {
        const ssize_t sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            Ranks::abort();
        }
        left.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Line::give_up(const std::string& reason) const {
    constexpr int patience = 1000;
    say(static_cast<int>(FrameKind::failed), reason);
    for (int waited = 0; waited < patience && !is_lost(); ++waited) {
        std::this_thread::sleep_for(10 * nap);
    }
    Ranks::abort();
}

bool Line::is_lost() const {
    pollfd watched{socket_, POLLIN, 0};
    return ::poll(&watched, 1, 0) > 0;  // it says nothing after the order, so this is the end
}

std::vector<std::string>
hosts_of(const Line& line, const Order& order, const std::vector<std::string>& introductions) {
    std::vector<std::string> hosts;
    for (const std::string& introduction : introductions) {
        const std::size_t space = introduction.find(' ');
        hosts.push_back(introduction.substr(space + 1));
        if (introduction.substr(0, space) != order.fingerprint) {
            line.give_up(fmt::format(
                "{} computes otherwise than this host: the program is of another version there, or "
                "its processor has other mathematical functions, which can differ in the last "
                "digit; docs/reference/hosts.md says what helps",
                hosts.back()
            ));
        }
    }
    return hosts;
}

void coordinate(
    const Ranks& ranks,
    const Line& line,
    const Order& order,
    const std::vector<std::string>& hosts,
    std::chrono::seconds silence
) {
    Desk desk{ranks, line, order, hosts};
    auto beaten = Clock::now();
    while (!desk.is_done()) {
        if (!desk.serve()) {
            std::this_thread::sleep_for(nap);
        }
        if (Clock::now() - beaten > beat) {
            beaten = Clock::now();
            line.say(static_cast<int>(FrameKind::alive), {});
            desk.miss_the_silent(silence);
        }
        if (line.is_lost()) {
            Ranks::abort();
        }
    }
    for (int rank = 1; rank < ranks.count(); ++rank) {
        ranks.send(rank, Tag::leave);
    }
    line.say(static_cast<int>(FrameKind::done), {});
}

}  // namespace adic::ranks
