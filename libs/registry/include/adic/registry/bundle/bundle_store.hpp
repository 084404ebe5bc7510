#pragma once

#include "adic/base/result.hpp"
#include "adic/registry/bundle/bundle.hpp"
#include "adic/registry/bundle/received.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adic::registry {

/// A bundle by its place in its series.
struct BundlePlace {
    std::string series;
    std::uint64_t number = 0;  ///< 0: none
    std::string digest;
    std::chrono::sys_seconds at;
};

/// What a recipient has of a record: its type, and the digest of its lines.
struct GivenRecord {
    std::string type;
    std::string digest;
};

/// By identifier.
using Given = std::map<std::string, GivenRecord, std::less<>>;

/// The digest of a record's lines, as `Given` has it.
std::string digest_of_past(const SeenPast& past);

/// What a registry has sent in bundles and what it has received, in a file of its own: received
/// records are kept apart from those of the registry. To be used by several threads.
class BundleStore {
  public:
    /// The file is made if it is not there.
    /// Errors: invalid_argument if it is something else; unavailable.
    static Result<std::unique_ptr<BundleStore>> open(const std::filesystem::path& file);

    ~BundleStore();
    BundleStore(const BundleStore&) = delete;
    BundleStore& operator=(const BundleStore&) = delete;

    /// The bundle sent last from a state to a recipient. Errors: unavailable.
    Result<BundlePlace> last_sent(const std::string& from, const std::string& to) const;

    /// Bundle `number` of a series, if it was sent. Errors: unavailable.
    Result<std::optional<BundlePlace>> find_sent(const std::string& series, std::uint64_t number)
        const;

    /// What the recipient has once it has imported a bundle of the series and those that it goes on
    /// from. Errors: unavailable.
    Result<Given> given_by(const std::string& series, std::uint64_t number) const;

    /// Keeps that a bundle is sent, on the disk when it returns.
    /// Errors: conflict if there is one of its number; unavailable.
    std::optional<Error> add_sent(const Bundle& bundle, const std::string& digest);

    /// The bundle imported last from a state to a recipient. Errors: unavailable.
    Result<BundlePlace> last_imported(const std::string& from, const std::string& to) const;

    /// A bundle that was imported at any time. Errors: unavailable.
    Result<std::optional<BundlePlace>>
    find_imported(const std::string& series, std::uint64_t number) const;

    /// Takes a bundle in as a whole. One that begins a series takes the place of all that came from
    /// the same state for the same recipient.
    ///
    /// Errors: conflict if it does not go on from `last_imported`; unavailable.
    std::optional<Error> import(
        const Bundle& bundle,
        const std::string& digest,
        std::string_view by,
        std::chrono::sys_seconds at
    );

    /// What came from a state for a recipient; each if it is empty. By identifier, then by
    /// recipient. Errors: unavailable; invalid_argument if what is stored cannot be read.
    Result<std::vector<ReceivedRecord>>
    received(const std::string& from = {}, const std::string& to = {}) const;

  private:
    struct Parts;

    explicit BundleStore(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace adic::registry
