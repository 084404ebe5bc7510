#include "adic/server/accounts.hpp"
#include "adic/server/application.hpp"
#include "adic/server/http_server.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/scratch_folder.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"
#include "serve/desks.hpp"
#include "serve/login_service.hpp"
#include "serve/offered_analyses.hpp"
#include "serve/sample_registry.hpp"

#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> description{
    "Without options it opens the sample: its map, and a registry with records of firms that is "
    "made anew each time. Everybody at this computer may look at it as any state; what is written "
    "is gone when it stops.",
    "With --store it opens a registry. For one person at this computer --desk says who that is, "
    "and "
    "the address that is printed holds a key that lets nobody else in. For a ministry or the "
    "region --accounts names the accounts (adic account), and --certificate and --key the TLS.",
    "docs/guides/server.md shows both, docs/reference/api.md the API. Ctrl-C stops it: what is "
    "being answered is finished first."};

constexpr std::array options{
    Option{
        .name = "--port",
        .value = "PORT",
        .help = "where it listens; 0 takes any that is free",
        .standard = "8080"},
    Option{
        .name = "--address",
        .value = "ADDRESS",
        .help = "the network that it listens on; anything but 127.0.0.1 and ::1 takes --accounts",
        .standard = "127.0.0.1"},
    Option{
        .name = "--name",
        .value = "LIST",
        .help = "names by which browsers call it, with the port where it is not the usual one, "
                "separated by commas; without it, the address and localhost"},
    Option{
        .name = "--store",
        .value = "FILE",
        .help = "the registry: a file, or the address of a database; without it, the sample",
        .completes = Completes::file},
    audit_option,
    bundles_option,
    Option{
        .name = "--sign-with",
        .value = "KEY",
        .help = "the file of a sender's secret key, for bundles that are made here",
        .completes = Completes::file},
    Option{
        .name = "--open-with",
        .value = "KEY",
        .help = "the file of a recipient's secret key, for bundles that are sealed",
        .completes = Completes::file},
    Option{
        .name = "--from",
        .value = "SENDERS",
        .help = "a file that says whose keys speak for which states, for bundles that come in",
        .completes = Completes::file},
    Option{
        .name = "--audit-key",
        .value = "KEY",
        .help = "the key of the audit log: auditors may have its head signed",
        .completes = Completes::file},
    Option{
        .name = "--policy",
        .value = "FILE",
        .help = "whose signatures under the head of the audit log count: evidence is checked by it",
        .completes = Completes::file},
    Option{
        .name = "--backups",
        .value = "FOLDER",
        .help = "where administrators may have copies of the registry made",
        .completes = Completes::folder},
    Option{
        .name = "--accounts",
        .value = "FILE",
        .help = "who may sign in",
        .completes = Completes::file},
    Option{
        .name = "--known-passwords",
        .value = "FILE",
        .help = "passwords that others use, one on each line: none of them is taken, and who has "
                "one changes it when signing in",
        .completes = Completes::file},
    Option{
        .name = "--oidc",
        .value = "FILE",
        .help = "a login service that signs accounts in: docs/reference/oidc.md",
        .completes = Completes::file},
    Option{
        .name = "--desk",
        .value = "READER",
        .help = "who sits at this computer: an official of a state (MYS), an organisation "
                "(org:NAME), or everyone"},
    Option{
        .name = "--certificate",
        .value = "FILE",
        .help = "chain of certificates in PEM; with --key the server speaks TLS itself",
        .completes = Completes::file},
    Option{
        .name = "--key",
        .value = "FILE",
        .help = "its private key in PEM",
        .completes = Completes::file},
    Option{
        .name = "--behind-tls",
        .value = "",
        .help = "a proxy in front speaks TLS: cookies are for encrypted connections alone"},
    Option{
        .name = "--log",
        .value = "FILE",
        .help = "a line of JSON for each request, without data; a dash is standard error",
        .completes = Completes::file},
    Option{
        .name = "--workers",
        .value = "N",
        .help = "requests that are computed at the same time",
        .standard = "4"},
    map_option,
};

constexpr std::array examples{
    Example{"adic serve", "The sample, at http://127.0.0.1:8080/."},
    Example{
        "adic serve --store my-registry.db --desk MYS",
        "A registry of one's own, for one person at this computer."},
    Example{
        "adic serve --store my-registry.db --accounts my-accounts.db --address 0.0.0.0 "
        "--name adic.example --certificate my-chain.pem --key my-key.pem",
        "For several people, in a network."},
};

/// Where the lines about requests go.
class RequestLog {
  public:
    static Result<std::unique_ptr<RequestLog>> open(const std::string& name) {
        auto log = std::make_unique<RequestLog>();
        log->is_on_ = !name.empty();
        if (log->is_on_ && name != "-") {
            log->file_.open(name, std::ios::app);
            if (!log->file_) {
                return Error{ErrorCode::unavailable, "'" + name + "' cannot be written", {}};
            }
        }
        return log;
    }

    void write(std::string_view line) {
        if (!is_on_) {
            return;
        }
        const std::lock_guard lock(using_);
        (file_.is_open() ? file_ : std::cerr) << line << '\n' << std::flush;
    }

  private:
    bool is_on_ = false;
    std::mutex using_;
    std::ofstream file_;
};

bool is_loopback(const std::string& address) {
    return address == "127.0.0.1" || address == "::1";
}

std::optional<Error> problem_with(const Invocation& words) {
    const auto wrong = [](std::string message) {
        return Error{ErrorCode::invalid_argument, std::move(message), {}};
    };
    if (words.has("--desk") && words.has("--accounts")) {
        return wrong("--desk is for one person at this computer, --accounts for several: give one");
    }
    if (words.has("--store") && !words.has("--desk") && !words.has("--accounts")) {
        return wrong("--store takes --desk, for one person at this computer, or --accounts");
    }
    if (words.has("--accounts") && !words.has("--store")) {
        return wrong("--accounts takes --store: the sample is for everybody");
    }
    if (words.has("--oidc") && !words.has("--accounts")) {
        return wrong("--oidc takes --accounts: a login service signs accounts in");
    }
    if (words.has("--known-passwords") && !words.has("--accounts")) {
        return wrong("--known-passwords takes --accounts: nobody else has a password");
    }
    if (!is_loopback(words.text("--address")) && !words.has("--accounts")) {
        return wrong("only a server with --accounts listens to other computers");
    }
    if (words.has("--certificate") != words.has("--key")) {
        return wrong("--certificate and --key go together");
    }
    return std::nullopt;
}

/// Host names that are taken for this server's own.
std::vector<std::string> names_of(const Invocation& words, std::uint16_t port) {
    std::vector<std::string> names = chosen_list(words, "--name");
    if (names.empty()) {
        const std::string& address = words.text("--address");
        const std::string host =
            address.find(':') == std::string::npos ? address : '[' + address + ']';
        for (const std::string& name : {host, std::string("localhost")}) {
            names.push_back(fmt::format("{}:{}", name, port));
        }
    }
    return names;
}

/// What a server stands on, in the order in which it is taken down again.
struct Ground {
    ScratchFolder scratch;
    ChosenRegistry registry;
    std::optional<access::AccountBook> book;
    std::unique_ptr<server::Accounts> accounts;
    std::unique_ptr<server::Oidc> oidc;
    std::unique_ptr<server::Door> door;
    std::unique_ptr<RequestLog> log;
    Desks desks;
    std::string key;  ///< of the desk
};

/// Readers of today that have been found before: each request asks for one, and the list of states
/// is a file.
server::FindReader reader_finder(const fs::path& data) {
    struct Known {
        std::mutex using_;
        std::chrono::sys_days day;
        std::map<std::string, model::Reader, std::less<>> readers;
    };

    constexpr std::size_t most = 10'000;
    return [data = fs::absolute(data),
            known = std::make_shared<Known>(
            )](std::string_view name, std::chrono::sys_days today) -> Result<model::Reader> {
        const std::lock_guard lock(known->using_);
        if (known->day != today || known->readers.size() >= most) {
            known->day = today;
            known->readers.clear();
        }
        const auto found = known->readers.find(name);
        if (found != known->readers.end()) {
            return found->second;
        }
        ADIC_TRY(model::Reader reader, app::find_reader(data, name, today));
        known->readers.emplace(name, reader);
        return reader;
    };
}

std::optional<Error> open_door(Ground& ground, const Invocation& words, const Session& session) {
    const auto find_reader = reader_finder(session.around.data);
    const auto& new_secret = session.around.new_identifier;
    if (words.has("--accounts")) {
        auto book = access::AccountBook::open(
            words.text("--accounts"),
            access::AccountBook::IfMissing::refuse
        );
        if (!book) {
            return book.error();
        }
        ground.book = *std::move(book);
        access::PasswordRules rules;
        if (words.has("--known-passwords")) {
            auto with_list = access::rules_with_list(words.text("--known-passwords"));
            if (!with_list) {
                return with_list.error();
            }
            rules = *std::move(with_list);
        }
        ground.accounts = std::make_unique<server::Accounts>(
            *ground.book,
            access::system_random(),
            std::move(rules)
        );
        ground.door = server::open_accounts_door(*ground.accounts, find_reader);
        return std::nullopt;
    }
    if (!words.has("--desk")) {
        ground.door = server::open_sample_door(find_reader, new_secret);
        return std::nullopt;
    }
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    if (const auto reader = find_reader(words.text("--desk"), today); !reader) {
        return reader.error();
    }
    ground.key = new_secret();
    ground.door = server::open_desk_door(words.text("--desk"), ground.key, find_reader, new_secret);
    return std::nullopt;
}

/// With keys or senders for bundles there is a file of bundles, too.
Result<ChosenRegistry> open_served_registry(const Invocation& words, const Session& session) {
    const bool exchanges =
        words.has("--sign-with") || words.has("--open-with") || words.has("--from");
    return exchanges ? open_registry_with_bundles(words, session, true)
                     : open_chosen_store(words, session, true);
}

Result<std::unique_ptr<Ground>> prepare(const Invocation& words, const Session& session) {
    auto ground = std::make_unique<Ground>();
    if (ground->scratch.path().empty()) {
        return Error{ErrorCode::unavailable, "there is no room for temporary files", {}};
    }
    ADIC_TRY(const fs::path data, data_folder(session));
    if (words.has("--store")) {
        ADIC_TRY(ground->registry, open_served_registry(words, session));
        if (auto problem = open_desks(ground->desks, ground->registry, words)) {
            return *std::move(problem);
        }
    } else {
        ADIC_TRY(
            ground->registry.store,
            open_sample_registry(data, ground->scratch.path() / "registry.db", session.around)
        );
        const fs::path& scratch = ground->scratch.path();
        auto problem = open_sample_desks(ground->desks, ground->registry, scratch, data);
        if (problem) {
            return *std::move(problem);
        }
    }
    ADIC_TRY(ground->log, RequestLog::open(words.text("--log")));
    if (auto problem = open_door(*ground, words, session)) {
        return *std::move(problem);
    }
    if (words.has("--oidc")) {
        ADIC_TRY(ground->oidc, open_login_service(words.text("--oidc")));
    }
    return ground;
}

Result<server::HttpOptions> http_options(const Invocation& words) {
    constexpr std::uint64_t most_workers = 256;
    constexpr std::uint64_t last_port = 65535;
    server::HttpOptions listening;
    listening.address = words.text("--address");
    ADIC_TRY(const std::uint64_t port, words.whole("--port", 0, last_port));
    listening.port = static_cast<std::uint16_t>(port);
    ADIC_TRY(listening.workers, words.whole("--workers", 1, most_workers));
    listening.certificate = words.text("--certificate");
    listening.key = words.text("--key");
    listening.is_behind_tls = words.has("--behind-tls");
    return listening;
}

/// The map, as a path that stays right from another folder.
Result<Surroundings> around_of_analyses(const Invocation& words, const Session& session) {
    Surroundings around = session.around;
    ADIC_TRY(const fs::path map, chosen_path(words, session));
    around.map = fs::absolute(map);
    around.data = fs::absolute(around.data);
    return around;
}

std::string where(const Invocation& words, const Ground& ground, std::uint16_t port) {
    const bool is_secure = words.has("--certificate");
    const std::string address =
        fmt::format("{}://{}/", is_secure ? "https" : "http", names_of(words, port).front());
    return ground.key.empty() ? address : address + "?key=" + ground.key;
}

std::chrono::sys_seconds clock_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void wait_for(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds nap{50};
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(nap);
    }
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (auto problem = problem_with(words)) {
        return *std::move(problem);
    }
    const std::stop_token stop = session.watch();
    ADIC_TRY(const auto ground, prepare(words, session));
    ADIC_TRY(const Surroundings around, around_of_analyses(words, session));
    ADIC_TRY(server::HttpOptions listening, http_options(words));
    // Names of episodes and items are looked for as files, too: here there are none.
    const fs::path empty = ground->scratch.path() / "empty";
    fs::create_directory(empty);
    fs::current_path(empty);
    std::unique_ptr<server::Application> application;
    ADIC_TRY(
        const auto http,
        server::HttpServer::listen(
            std::move(listening),
            {[&](const server::Request& head) { return application->largest_body(head); },
             [&](const server::Request& request) { return application->answer(request); }}
        )
    );
    application = std::make_unique<server::Application>(server::Parts{
        *ground->registry.store,
        *ground->door,
        ground->registry.viewing.log,
        ground->accounts.get(),
        offered_analyses(around),
        around.data,
        ground->scratch.path() / "jobs",
        names_of(words, http->port()),
        clock_now,
        session.around.new_identifier,
        [&](std::string_view line) { ground->log->write(line); },
        1,
        ground->oidc.get(),
        server::built_web_application(),
        &ground->desks.bundles,
        &ground->desks.audit,
        ground->desks.backups});
    http->start();
    session.say(fmt::format("adic serves {}", where(words, *ground, http->port())));
    wait_for(stop);
    application->close();
    constexpr std::chrono::milliseconds patience{10'000};
    http->stop(patience);
    return Outcome{std::string("stopped\n")};
}

}  // namespace

Command serve_command() {
    return {
        .name = "serve",
        .summary = "serve a registry and its analyses to browsers and programs",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
