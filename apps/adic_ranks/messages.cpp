#include "messages.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#define OMPI_SKIP_MPICXX 1
#include <mpi.h>

namespace adic::ranks {
namespace {

constexpr int first = 0;

/// What a run may send in one piece: far below what MPI counts in an int.
constexpr std::size_t piece = std::size_t{64} << 20U;

}  // namespace

Ranks::Ranks(int& argc, char**& argv) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &own_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
}

Ranks::~Ranks() {
    MPI_Finalize();
}

void Ranks::send(int to, Tag tag, std::string_view bytes) const {
    MPI_Send(
        bytes.data(),
        static_cast<int>(bytes.size()),
        MPI_BYTE,
        to,
        static_cast<int>(tag),
        MPI_COMM_WORLD
    );
}

std::optional<Message> Ranks::receive() const {
    int is_there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
    if (is_there == 0) {
        return std::nullopt;
    }
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    Message message{
        status.MPI_SOURCE,
        static_cast<Tag>(status.MPI_TAG),
        std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Recv(
        message.bytes.data(),
        size,
        MPI_BYTE,
        status.MPI_SOURCE,
        status.MPI_TAG,
        MPI_COMM_WORLD,
        MPI_STATUS_IGNORE
    );
    return message;
}

std::string Ranks::broadcast(std::string bytes) const {
    std::uint64_t size = bytes.size();
    MPI_Bcast(&size, 1, MPI_UINT64_T, first, MPI_COMM_WORLD);
    bytes.resize(size);
    for (std::size_t begin = 0; begin < size; begin += piece) {
        const auto part = static_cast<int>(std::min<std::uint64_t>(piece, size - begin));
        MPI_Bcast(bytes.data() + begin, part, MPI_BYTE, first, MPI_COMM_WORLD);
    }
    return bytes;
}

std::vector<std::string> Ranks::gather(std::string_view bytes) const {
    constexpr int slot = 256;
    std::array<char, slot> own{};
    std::copy_n(bytes.begin(), std::min<std::size_t>(bytes.size(), slot - 1), own.begin());
    std::vector<char> all(static_cast<std::size_t>(count_) * slot);
    MPI_Gather(own.data(), slot, MPI_BYTE, all.data(), slot, MPI_BYTE, first, MPI_COMM_WORLD);
    std::vector<std::string> texts;
    for (std::size_t rank = 0; rank < static_cast<std::size_t>(count_); ++rank) {
        texts.emplace_back(&all[rank * slot]);
    }
    return texts;
}

void Ranks::abort() {
    MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    std::abort();
}

}  // namespace adic::ranks
