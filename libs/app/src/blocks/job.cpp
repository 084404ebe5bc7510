#include "adic/app/blocks/job.hpp"

#include "adic/app/simulate_map.hpp"
#include "adic/app/sweep_firms.hpp"
#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

namespace adic::app {
namespace {

constexpr std::string_view magic = "adic job 1\n";
constexpr std::size_t most_parts = 10'000;

Error no_job() {
    return Error{ErrorCode::invalid_argument, "these bytes are no job of this program", {}};
}

bool is_plain_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".."
           && name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

Error no_room() {
    return Error{
        ErrorCode::unavailable,
        "there is no room for temporary files; TMPDIR says where they go",
        {}};
}

}  // namespace

std::string write_job(const Job& job) {
    ByteWriter body;
    body.text(job.kind);
    body.whole(job.options.size());
    for (const JobOption& option : job.options) {
        body.text(option.name);
        body.text(option.value);
    }
    body.whole(job.files.size());
    for (const JobFile& file : job.files) {
        body.text(file.name);
        body.text(file.contents);
    }
    return std::string(magic) + std::move(body).bytes();
}

Result<Job> parse_job(std::string_view bytes) {
    if (!bytes.starts_with(magic)) {
        return no_job();
    }
    ByteReader reader{bytes.substr(magic.size())};
    Job job;
    job.kind = reader.text();
    const std::uint64_t options = reader.whole();
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(options, most_parts); ++i) {
        std::string name{reader.text()};
        job.options.push_back({std::move(name), std::string(reader.text())});
    }
    const std::uint64_t files = reader.whole();
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(files, most_parts); ++i) {
        std::string name{reader.text()};
        job.files.push_back({std::move(name), std::string(reader.text())});
    }
    if (!reader.is_done() || options > most_parts || files > most_parts) {
        return no_job();
    }
    return job;
}

std::string digest_of(const Job& job) {
    ByteWriter versioned;
    versioned.text(ADIC_VERSION);
    versioned.text(write_job(job));
    return to_hex(sha256(std::move(versioned).bytes()));
}

Result<JobFile> read_job_file(const std::filesystem::path& path, std::string name) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream contents;
    contents << file.rdbuf();
    if (!file.is_open() || file.bad()) {
        return Error{ErrorCode::unavailable, fmt::format("'{}' cannot be read", path.string()), {}};
    }
    return JobFile{std::move(name), std::move(contents).str()};
}

std::string_view option_of(const Job& job, std::string_view name) {
    const auto found = std::ranges::find(job.options, name, &JobOption::name);
    return found == job.options.end() ? std::string_view{} : std::string_view{found->value};
}

Result<JobFolder> JobFolder::create(const Job& job) {
    std::error_code failed;
    const auto root = std::filesystem::temp_directory_path(failed);
    std::string name = (root / "adic-job-XXXXXX").string();
    if (failed || ::mkdtemp(name.data()) == nullptr) {
        return no_room();
    }
    JobFolder folder{std::filesystem::path(name)};
    for (const JobFile& file : job.files) {
        if (!is_plain_name(file.name)) {
            return no_job();
        }
        std::ofstream written(folder.path() / file.name, std::ios::binary);
        written << file.contents << std::flush;
        if (!written.good()) {
            return no_room();
        }
    }
    return folder;
}

JobFolder::JobFolder(JobFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

JobFolder& JobFolder::operator=(JobFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

JobFolder::~JobFolder() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
}

Result<BlockWork> open_job(const Job& job) {
    if (job.kind == firm_sweep_kind) {
        return open_firm_sweep(job);
    }
    if (job.kind == map_simulation_kind) {
        return open_map_simulation(job);
    }
    return no_job();
}

}  // namespace adic::app
