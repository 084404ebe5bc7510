#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/audit/keys.hpp"
#include "adic/audit/last_signed.hpp"
#include "adic/audit/policy.hpp"
#include "adic/registry/bundle/bundle.hpp"
#include "adic/registry/bundle/bundle_store.hpp"
#include "adic/registry/store/record_store.hpp"
#include "adic/server/accounts.hpp"
#include "adic/server/analyses.hpp"
#include "adic/server/door.hpp"
#include "adic/server/job_board.hpp"
#include "adic/server/message.hpp"
#include "adic/server/oidc.hpp"
#include "adic/server/web_application.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::server {

/// What a server exchanges bundles with. Secret keys sign and open here; they are never sent.
struct BundleDesk {
    registry::BundleStore* store = nullptr;  ///< empty: nothing is exchanged
    std::optional<audit::SigningKey> signs = {};
    std::optional<audit::SigningKey> opens = {};
    std::vector<registry::TrustedSender> senders = {};
};

/// Whose signatures count under heads of the audit log, and the log's own key.
struct AuditDesk {
    std::optional<audit::Policy> policy = {};
    std::optional<audit::Signer> signs = {};
    std::mutex using_ = {};
};

/// Where copies of the registry go.
struct BackupPlace {
    std::filesystem::path folder = {};  ///< empty: none are made
    std::function<std::optional<Error>(const std::filesystem::path& into)> make = {};
};

/// What the application is put together from. All of it outlives the application.
struct Parts {
    registry::RecordStore& store;
    Door& door;
    app::AuditedStore* audit = nullptr;  ///< the store itself, if it has an audit log
    Accounts* accounts = nullptr;        ///< empty: nobody has one
    Analyses analyses;
    std::filesystem::path data;      ///< that comes with the program
    std::filesystem::path folder;    ///< for jobs; of this server alone
    std::vector<std::string> names;  ///< hosts by which it may be called: "127.0.0.1:8080"
    std::function<std::chrono::sys_seconds()> now;
    std::function<std::string()> new_secret;              ///< 128 random bits or more, as text
    std::function<void(std::string_view line)> log = {};  ///< a line of JSON for each request
    std::size_t job_workers = 1;
    Oidc* oidc = nullptr;  ///< empty: no login service signs anybody in
    WebApplication web = {};
    BundleDesk* bundles = nullptr;
    AuditDesk* audit_desk = nullptr;
    BackupPlace backups = {};
};

/// The registry and its analyses as answers to requests: sessions, rights, routes, jobs.
///
/// It opens no socket: what HttpServer reads goes in, what it writes comes out, so tests ask it
/// directly. Whatever a caller is answered starts from what the release gate gave for that caller.
class Application {
  public:
    explicit Application(Parts parts);
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    ~Application();

    /// How many bytes of body the request may bring: few before somebody has come in.
    std::size_t largest_body(const Request& head) const;

    Response answer(const Request& request);

    /// Requests that change something are refused from now on: the server is being stopped.
    void close();

  private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

/// The OpenAPI 3.1 document of the routes.
std::string openapi_document(const Analyses& analyses);

/// An address of the API: its method, and its path with names in braces.
struct RouteName {
    std::string_view method;
    std::string_view path;
};

/// All of them, in the order of the document.
std::vector<RouteName> route_names();

}  // namespace adic::server
