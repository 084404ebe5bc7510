// Starts a server of PostgreSQL for the tests of a run of ctest, and stops it.
//
//   keep_server start FILE   FILE gets the folder of the server
//   keep_server stop FILE
#include "postgres_server.hpp"

#include <chrono>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A file in the folder of the server asks for its end.
constexpr const char* request = "stop";

void leave_the_terminal() {
    ::setsid();
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(nowhere, stream);
    }
}

/// Runs the server until somebody asks for its end, or nobody can still be waiting for it.
void keep(int told) {
    std::string answer;
    try {
        const adic::test::PostgresServer server;
        answer = '+' + server.folder().string();
        static_cast<void>(::write(told, answer.data(), answer.size()));
        ::close(told);
        leave_the_terminal();
        const auto end = std::chrono::steady_clock::now() + 2h;
        while (!fs::exists(server.folder() / request) && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(50ms);
        }
    } catch (const std::exception& problem) {
        answer = problem.what();
        static_cast<void>(::write(told, answer.data(), answer.size()));
    }
}

std::string all_of(int stream) {
    std::string text;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(stream, buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(size));
    }
    return text;
}

int stop(const fs::path& file) {
    std::string folder;
    std::getline(std::ifstream(file), folder);
    if (!folder.empty() && fs::exists(folder)) {
        std::ofstream(fs::path(folder) / request).put('\n');
        for (int trial = 0; trial < 400 && fs::exists(folder); ++trial) {
            std::this_thread::sleep_for(50ms);
        }
    }
    fs::remove(file);
    return folder.empty() || !fs::exists(folder) ? 0 : 1;
}

int start(const fs::path& file) {
    stop(file);  // that of a run which was cut off
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return 1;
    }
    const pid_t keeper = ::fork();
    if (keeper == 0) {
        ::close(ends[0]);
        keep(ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    const std::string answer = all_of(ends[0]);
    if (!answer.starts_with('+')) {
        std::cerr << answer << '\n';
        return 1;
    }
    std::ofstream stream(file);
    stream << answer.substr(1) << std::flush;
    return stream ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    const std::string verb = count == 3 ? words[1] : "";
    if (verb != "start" && verb != "stop") {
        std::cerr << "keep_server start|stop FILE\n";
        return 2;
    }
    return verb == "start" ? start(words[2]) : stop(words[2]);
}
