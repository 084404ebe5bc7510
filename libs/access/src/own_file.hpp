#pragma once

#include "adic/base/result.hpp"

#include <filesystem>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace adic::access {

/// A plain file, open, that nobody but its owner, who is ours, may read or write.
class OwnFile {
  public:
    /// `what`: the noun for messages, "book of accounts". A file that is made is its owner's alone
    /// before a byte is in it.
    /// Errors: not_found; conflict if others may read or write it; unavailable.
    static Result<OwnFile>
    open(const std::filesystem::path& path, std::string_view what, bool may_make);

    OwnFile(OwnFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

    OwnFile& operator=(OwnFile&&) = delete;
    OwnFile(const OwnFile&) = delete;
    OwnFile& operator=(const OwnFile&) = delete;

    ~OwnFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    int descriptor() const { return descriptor_; }

  private:
    explicit OwnFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace adic::access
