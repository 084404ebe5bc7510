#pragma once

#include "adic/base/blocks.hpp"
#include "adic/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// A file that a job reads, under the name by which its reader finds it in a folder.
struct JobFile {
    std::string name;  ///< without a folder
    std::string contents;

    friend bool operator==(const JobFile&, const JobFile&) = default;
};

/// A setting of a job.
struct JobOption {
    std::string name;
    std::string value;

    friend bool operator==(const JobOption&, const JobOption&) = default;
};

/// A long calculation as a value: all that its blocks depend on and nothing else. It is what other
/// hosts are sent, and its digest is what a checkpoint belongs to.
struct Job {
    std::string kind;                     ///< one of those that `open_job` knows
    std::vector<JobOption> options = {};  ///< in a fixed order
    std::vector<JobFile> files = {};      ///< likewise

    friend bool operator==(const Job&, const Job&) = default;
};

std::string write_job(const Job& job);

/// Errors: invalid_argument if the bytes are no job.
/// Cost:   O(bytes).
Result<Job> parse_job(std::string_view bytes);

/// SHA-256 of the job and of the program's version, in hexadecimal.
std::string digest_of(const Job& job);

/// The file at `path` as a file of a job.
/// Errors: unavailable if it cannot be read.
Result<JobFile> read_job_file(const std::filesystem::path& path, std::string name);

/// The value of an option; empty if it is not there.
std::string_view option_of(const Job& job, std::string_view name);

/// The job's files in a folder of their own, which goes when this does.
class JobFolder {
  public:
    /// Errors: invalid_argument for a name that would leave the folder; unavailable if there is no
    ///         room for temporary files.
    static Result<JobFolder> create(const Job& job);

    JobFolder(JobFolder&& other) noexcept;
    JobFolder& operator=(JobFolder&& other) noexcept;
    JobFolder(const JobFolder&) = delete;
    JobFolder& operator=(const JobFolder&) = delete;
    ~JobFolder();

    const std::filesystem::path& path() const { return path_; }

  private:
    explicit JobFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

/// The job's work, made from its files: what a rank computes. The same job gives the same answers
/// to the same blocks everywhere.
///
/// Errors: invalid_argument for a job of another kind or whose files cannot be used.
Result<BlockWork> open_job(const Job& job);

}  // namespace adic::app
