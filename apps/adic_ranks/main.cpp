// Ranks that compute blocks for `adic --hosts`. adic starts them through mpirun, not people:
//
//   mpirun --host HERE,HOST... -n RANKS adic_ranks SOCKET THREADS SILENCE
//
// The first rank is where adic is. It takes the order from SOCKET, hands out blocks to the others,
// and hands on their answers. docs/decisions/0007-hosts.md says why.
#include "adic/app/hosts/frames.hpp"
#include "adic/base/text.hpp"

#include "coordinator.hpp"
#include "messages.hpp"
#include "worker.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include <unistd.h>

namespace {

namespace ranks = adic::ranks;

struct Words {
    std::string socket;
    std::size_t threads;
    std::chrono::seconds silence;
};

std::string host_name() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

void take_part(const ranks::Ranks& all, const Words& words) {
    const std::string introduction = adic::app::fingerprint() + ' ' + host_name();
    if (all.own() != 0) {
        all.gather(introduction);
        ranks::work(all, all.broadcast({}), words.threads);
        return;
    }
    const ranks::Line line{words.socket};
    ranks::Order order = line.read_order();
    const auto hosts = ranks::hosts_of(line, order, all.gather(introduction));
    line.say(static_cast<int>(adic::app::FrameKind::hello), {});
    order.job = all.broadcast(std::move(order.job));
    ranks::coordinate(all, line, order, hosts, words.silence);
}

}  // namespace

int main(int argc, char** argv) {
    const ranks::Ranks all{argc, argv};
    const std::vector<std::string> given(argv + 1, argv + argc);
    const auto threads = given.size() == 3 ? adic::parse_whole(given[1]) : std::nullopt;
    const auto silence = given.size() == 3 ? adic::parse_whole(given[2]) : std::nullopt;
    if (!threads || !silence || all.count() < 2) {
        std::cerr << "adic_ranks is started by 'adic --hosts', with at least two ranks\n";
        ranks::Ranks::abort();
    }
    take_part(all, Words{given[0], *threads, std::chrono::seconds{*silence}});
    return EXIT_SUCCESS;
}
