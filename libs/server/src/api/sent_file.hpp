#pragma once

#include "api/call.hpp"

#include <filesystem>
#include <string_view>

namespace adic::server {

inline constexpr std::string_view workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The body of a request as a file of the server's own, for readers that need one. It is removed
/// with this object.
class SentFile {
  public:
    SentFile(const Call& call, std::string_view ending);
    SentFile(const SentFile&) = delete;
    SentFile& operator=(const SentFile&) = delete;
    SentFile(SentFile&&) = delete;
    SentFile& operator=(SentFile&&) = delete;
    ~SentFile();

    const std::filesystem::path& path() const { return path_; }

    /// Empty: it is written.
    std::optional<Error> problem() const;

  private:
    std::filesystem::path path_;
    bool is_written_ = false;
};

}  // namespace adic::server
