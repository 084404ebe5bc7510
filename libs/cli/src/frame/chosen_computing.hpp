#pragma once

#include "adic/app/blocks/computing.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"

namespace adic::cli {

inline constexpr Option threads_option{
    .name = "--threads",
    .value = "N",
    .help = "threads to compute on; 0 takes as many as the machine has. The answer is the same",
    .standard = "0"};

inline constexpr Option hosts_option{
    .name = "--hosts",
    .value = "A,B,...",
    .help =
        "compute on these hosts, through OpenMPI, instead of here; a host named twice gets "
        "two ranks. The answer is the same. docs/reference/hosts.md says what it takes"};

inline constexpr Option checkpoint_option{
    .name = "--checkpoint",
    .value = "FILE",
    .help =
        "keep finished work in this file, and go on from what it has; without it, work is kept "
        "when Ctrl-C stops the run",
    .completes = Completes::file};

/// --threads, --hosts and --checkpoint, as far as the command has them, watched from here on.
Result<app::Computing> chosen_computing(const Invocation& words, const Session& session);

/// The command line as one types it into a shell.
std::string as_typed(std::span<const std::string> words);

}  // namespace adic::cli
