#include "adic/app/recall.hpp"
#include "adic/audit/event.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array notice_columns{
    Column{"record", "record", "identifier of the record", Show::word},
    Column{"type", "type", "what it is about", Show::word},
    Column{"owner", "owner", "the state that took it back", Show::word},
    Column{"at", "taken back", "when, UTC", Show::word},
    Column{"fields", "what", "the fields that were shown and are no longer; or all of it"},
    Column{"acknowledged", "copies", "destroyed, or not yet", Show::word},
};

constexpr std::array sent_columns{
    Column{"record", "record", "identifier of the record", Show::word},
    Column{"reader", "reader", "who had been shown it", Show::word},
    Column{"at", "taken back", "when, UTC", Show::word},
    Column{"fields", "what", "the fields that were shown and are no longer; or all of it"},
    Column{"told", "told", "when the reader asked", Show::word},
    Column{"acknowledged", "acknowledged", "when it said that its copies are gone", Show::word},
};

constexpr std::array shapes{Shape{"notices", notice_columns}, Shape{"sent", sent_columns}};

constexpr std::array<std::string_view, 3> description{
    "With --as, what was taken back of what the reader had been shown, as the audit log of the "
    "registry says: its owner wants copies of it destroyed. With --acknowledge, the reader says "
    "that they are. Who was never shown a record hears nothing of it.",
    "With --owner, who has been told of what the state took back, and who has acknowledged.",
    "It needs the audit log of the registry."};

constexpr std::array options{
    Option{
        .name = "--as",
        .value = "READER",
        .help = "who reads: an official of a state (MYS), an organisation (org:NAME), or everyone"},
    Option{
        .name = "--acknowledge",
        .value = "RECORD",
        .help = "say that the reader's copies of what was taken back of this record are destroyed"},
    Option{
        .name = "--owner",
        .value = "STATE",
        .help = "instead of --as: the notices about the records of this state"},
    store_option,
    audit_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry notices --as SGP --store my-registry.db",
        "What Singapore was shown that has been taken back since."},
    Example{
        "adic registry notices --owner MYS --store my-registry.db",
        "Whether those know who were shown what Malaysia took back."},
};

std::string fields_text(const app::RecallNotice& notice) {
    return notice.fields.empty() ? "all of it" : fmt::format("{}", fmt::join(notice.fields, ", "));
}

Outcome answer_to_reader(const std::vector<app::RecallNotice>& notices) {
    Section section{"", &shapes[0], {}, "Nothing that this reader was shown is taken back.", {}};
    for (const app::RecallNotice& notice : notices) {
        section.rows.push_back(
            {notice.record,
             notice.type,
             notice.owner,
             audit::to_rfc3339(notice.at),
             fields_text(notice),
             std::string(notice.is_acknowledged ? "destroyed" : "not yet")}
        );
    }
    if (!notices.empty()) {
        section.notes.emplace_back(
            "Copies of what was taken back are to be destroyed; --acknowledge RECORD says that "
            "they are."
        );
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

Result<Outcome>
answer_to_owner(const Invocation& words, const Session& session, const app::AuditedStore& log) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    ADIC_TRY(const model::Reader owner, app::find_reader(data, words.text("--owner"), today));
    if (!owner.is_official) {
        return Error{ErrorCode::invalid_argument, "--owner is a state", {}};
    }
    ADIC_TRY(const auto sent, app::notices_of(log, owner.state, [&](const std::string& name) {
                 return app::find_reader(data, name, today);
             }));
    Section section{"", &shapes[1], {}, "Nothing that others were shown is taken back.", {}};
    const auto time_cell = [](const auto& time) {
        return time ? Cell{audit::to_rfc3339(*time)} : Cell{};
    };
    for (const app::SentNotice& one : sent) {
        section.rows.push_back(
            {one.notice.record,
             one.reader,
             audit::to_rfc3339(one.notice.at),
             fields_text(one.notice),
             time_cell(one.told),
             time_cell(one.acknowledged)}
        );
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("--as") == words.has("--owner")) {
        return Error{
            ErrorCode::invalid_argument,
            "either --as READER, for the notices to a reader, or --owner STATE, for those about "
            "the records of a state",
            {}};
    }
    if (words.has("--acknowledge") && words.has("--owner")) {
        return Error{ErrorCode::invalid_argument, "a reader acknowledges: --as READER", {}};
    }
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    if (registry.viewing.log == nullptr) {
        return Error{
            ErrorCode::not_found,
            "this registry keeps no audit log, so it is not known who was shown what: 'adic audit "
            "start' begins one",
            {}};
    }
    app::AuditedStore& log = *registry.viewing.log;
    if (words.has("--owner")) {
        return answer_to_owner(words, session, log);
    }
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    if (words.has("--acknowledge")) {
        const std::string& id = words.text("--acknowledge");
        if (auto problem = app::acknowledge_notice(log, reader, id, registry.viewing)) {
            return *std::move(problem);
        }
        return Outcome{fmt::format("It is noted that the copies of '{}' are destroyed.\n", id)};
    }
    ADIC_TRY(const auto notices, app::notices_for(log, reader, registry.viewing));
    return answer_to_reader(notices);
}

}  // namespace

Command registry_notices_command() {
    return {
        .name = "registry notices",
        .summary = "say what was taken back of what a reader was shown, and who knows of it",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
