#pragma once

#include "adic/app/registry.hpp"
#include "adic/audit/log.hpp"
#include "adic/registry/store/sqlite_store.hpp"
#include "adic/server/application.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace adic::test {

using server::Request;
using server::Response;

inline constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 25} + std::chrono::hours{12};

/// A folder of this test alone.
class Scratch {
  public:
    Scratch() {
        static std::atomic<int> count = 0;
        path_ = std::filesystem::temp_directory_path()
                / ("adic-house-" + std::to_string(::getpid()) + '-' + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// A parameter that takes the content of a file.
inline server::AnalysisParameter content(std::string name) {
    return {std::move(name), "a file", "", {}, false, false, false, true};
}

/// An analysis that says as whom it was asked and what it was given, one that lasts until it is
/// stopped, one that fails, one that refuses its input, and those that are asked with a body.
inline server::Analyses test_analyses() {
    server::Analyses analyses;
    analyses.list = {
        {"echo", "says who asked", "", {{"word", "any"}, content("file")}, {}},
        {"endless", "lasts until it is stopped", "", {}, {}, true, true},
        {"broken", "fails", "", {}, {}},
        {"share",
         "shares",
         "",
         {content("game"), {"savings", ""}, content("quantities"), {"price-breaks", ""}},
         {}},
        {"flags", "refuses", "", {content("file")}, {}},
        {"reciprocity", "plans", "", {content("plan"), {"ratio", ""}}, {}}};
    analyses.ask = [](const server::AnalysisQuestion& question) -> Result<server::AnalysisAnswer> {
        if (question.analysis == "broken") {
            return Error{ErrorCode::invalid_argument, "that cannot be asked", "a secret detail"};
        }
        if (question.analysis == "endless") {
            question.progress("waiting", 0.5);
            while (!question.stop.stop_requested()) {
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            }
            return Error{ErrorCode::interrupted, "it was stopped", {}};
        }
        if (question.analysis == "flags") {
            return server::AnalysisAnswer{
                R"({"problems":[{"row":1,"message":"no release"}],"notes":[{"text":"It cannot be used."}]})",
                true};
        }
        std::string said;
        for (const server::GivenParameter& given : question.parameters) {
            said += given.value;
            for (const auto& [file, content] : given.files) {
                said += file + ':' + content;
            }
        }
        std::ranges::replace_if(
            said,
            [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; },
            '?'
        );
        return server::AnalysisAnswer{
            R"({"command":"echo","reader":")" + question.reader + R"(","said":")" + said
            + R"(","notes":[]})" + '\n'};
    };
    return analyses;
}

/// A browser application of three files and two pages, one of which has a file of its own.
inline server::WebApplication test_web() {
    static constexpr std::array files{
        server::WebFile{
            "/index.html",
            "text/html; charset=utf-8",
            "\"page\"",
            "<!doctype html>",
            "page in gzip",
            "page in brotli"},
        server::WebFile{
            "/shock.html",
            "text/html; charset=utf-8",
            "\"shock\"",
            "<!doctype html><title>shock",
            "",
            ""},
        server::WebFile{
            "/assets/page-1.js",
            "text/javascript; charset=utf-8",
            "\"script\"",
            "1;",
            "",
            "",
            true}};
    static constexpr std::array<std::string_view, 2> pages{"chain", "shock"};
    return {files, pages};
}

/// What a house has beside its registry.
struct Beside {
    bool has_log = false;
    server::BundleDesk* bundles = nullptr;
    server::AuditDesk* audit = nullptr;
    server::BackupPlace backups = {};
};

inline constexpr const char* log_name = "house/audit";

/// The application over a store of its own, asked without a socket. Times and secrets are the same
/// in each house.
class House {
  public:
    House() : House(nullptr) {}

    /// With accounts in place of the sample's door. Requires: `accounts` lives as long.
    explicit House(server::Accounts* accounts, server::Oidc* oidc = nullptr, Beside beside = {})
        : beside_(std::move(beside))
        , store_(open_store())
        , door_(open_door(accounts))
        , application_(std::make_unique<server::Application>(parts(accounts, oidc))) {}

    registry::RecordStore& store() { return *store_; }

    server::Application& application() { return *application_; }

    const std::vector<std::string>& log() const { return log_; }

    /// Comes in as a reader of the sample: what follows is asked as this reader.
    void enter_as(const std::string& reader) {
        cookie_.clear();
        csrf_.clear();
        take_session(ask("POST", "/api/v1/session", R"({"as":")" + reader + R"("})"));
    }

    void
    enter_as(const std::string& name, const std::string& password, const std::string& code = {}) {
        cookie_.clear();
        csrf_.clear();
        take_session(
            ask("POST",
                "/api/v1/session",
                R"({"name":")" + name + R"(","password":")" + password + R"(","code":")" + code
                    + R"("})")
        );
    }

    void leave() {
        cookie_.clear();
        csrf_.clear();
    }

    const std::string& cookie() const { return cookie_; }

    const std::string& csrf() const { return csrf_; }

    /// The request as this session makes it; `target` has the query.
    Request request(std::string method, std::string target, std::string body = {}) const {
        Request made;
        made.method = std::move(method);
        const auto mark = target.find('?');
        made.path = target.substr(0, mark);
        made.query = mark == std::string::npos ? "" : target.substr(mark + 1);
        made.headers = {{"host", "house:1"}};
        if (!cookie_.empty()) {
            made.headers.emplace_back("cookie", "adic_session=" + cookie_);
        }
        if (!csrf_.empty()) {
            made.headers.emplace_back("x-adic-csrf", csrf_);
        }
        if (!body.empty()) {
            made.headers.emplace_back("content-type", "application/json");
        }
        made.body = std::move(body);
        made.peer = "192.0.2.1";
        return made;
    }

    Response ask(std::string method, std::string target, std::string body = {}) {
        return application_->answer(request(std::move(method), std::move(target), std::move(body)));
    }

    Response ask(const Request& asked) { return application_->answer(asked); }

    /// Adds records of a state from a table, as `adic registry add` does.
    void add(const std::string& owner, const std::string& type, const std::string& table) {
        app::AddRecordsRequest request;
        request.table = table;
        request.type = model::find_record_type(type);
        request.data = data();
        request.new_identifier = [] { return "drawn"; };
        const auto added = app::add_records(*store_, request, {owner, "somebody", "a test", noon});
        ASSERT_TRUE(added) << added.error().message;
        ASSERT_TRUE(added->report.may_commit()) << added->report.issues().front().message;
    }

    static std::filesystem::path data() { return std::filesystem::path(ADIC_SOURCE_DIR) / "data"; }

    static server::FindReader find_reader() {
        return [](std::string_view name, std::chrono::sys_days today) {
            return app::find_reader(data(), name, today);
        };
    }

    std::filesystem::path jobs_folder() const { return scratch_.path() / "jobs"; }

    void pass(std::chrono::seconds time) { now_ += time; }

    std::chrono::sys_seconds now() const { return now_; }

  private:
    std::unique_ptr<registry::RecordStore> open_store() {
        auto plain = *registry::open_sqlite_store(scratch_.path() / "registry.db");
        if (!beside_.has_log) {
            return plain;
        }
        const auto folder = scratch_.path() / "audit";
        { const auto made = *audit::LogWriter::create(folder, log_name); }
        auto audited = *app::AuditedStore::open(std::move(plain), folder);
        log_of_store_ = audited.get();
        return audited;
    }

    std::function<std::string()> new_secret() {
        return [this] { return "secret-" + std::to_string(++secrets_); };
    }

    std::unique_ptr<server::Door> open_door(server::Accounts* accounts) {
        return accounts == nullptr ? server::open_sample_door(find_reader(), new_secret())
                                   : server::open_accounts_door(*accounts, find_reader());
    }

    server::Parts parts(server::Accounts* accounts, server::Oidc* oidc) {
        return {
            *store_,
            *door_,
            log_of_store_,
            accounts,
            test_analyses(),
            data(),
            jobs_folder(),
            {"house:1"},
            [this] { return now_; },
            new_secret(),
            [this](std::string_view line) { log_.emplace_back(line); },
            1,
            oidc,
            test_web(),
            beside_.bundles,
            beside_.audit,
            beside_.backups};
    }

    void take_session(const Response& response) {
        for (const auto& [name, value] : response.headers) {
            if (name == "Set-Cookie") {
                cookie_ = value.substr(value.find('=') + 1);
                cookie_ = cookie_.substr(0, cookie_.find(';'));
            }
        }
        const auto found = response.body.find("\"csrf\":\"");
        if (found != std::string::npos) {
            csrf_ = response.body.substr(found + 8);
            csrf_ = csrf_.substr(0, csrf_.find('"'));
        }
    }

    Scratch scratch_;
    std::atomic<int> secrets_ = 0;
    std::chrono::sys_seconds now_ = noon;
    std::vector<std::string> log_;
    Beside beside_;
    app::AuditedStore* log_of_store_ = nullptr;
    std::unique_ptr<registry::RecordStore> store_;
    std::unique_ptr<server::Door> door_;
    std::unique_ptr<server::Application> application_;
    std::string cookie_;
    std::string csrf_;
};

}  // namespace adic::test
