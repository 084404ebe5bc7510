#include "adic/app/project_rooms.hpp"

#include "adic/app/changes.hpp"
#include "adic/app/registry.hpp"
#include "adic/model/project_words.hpp"
#include "adic/registry/ocds_room_writer.hpp"

#include "procure/seen_fields.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::app {
namespace {

using registry::SeenRecord;

constexpr std::array<std::string_view, 6>
    room_types{"project", "participation", "agreement", "signature", "requirement", "position"};

/// The position of a word of a choice among `words`; empty for another one.
template <typename Enum, std::size_t N>
std::optional<Enum>
choice_of(const std::string& word, const std::array<std::string_view, N>& words) {
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? std::nullopt
                                : std::optional{static_cast<Enum>(found - words.begin())};
}

/// The terms of the project, if its price breaks can be read.
void add_terms(const SeenFields& fields, procure::Project& project) {
    const auto prices =
        procure::parse_price_breaks(fmt::format("{}", fmt::join(fields.words("price_breaks"), ","))
        );
    if (!prices) {
        return;
    }
    procure::PurchaseTerms terms;
    terms.prices = *prices;
    if (fields.text("break_rule") == "incremental") {
        terms.prices->rule = procure::BreakRule::incremental;
    }
    const auto non_recurring = fields.value<double>("non_recurring");
    const auto coordination = fields.value<double>("coordination");
    if (!non_recurring) {
        project.left_out.emplace_back("non-recurring cost");
    }
    if (!coordination) {
        project.left_out.emplace_back("coordination");
    }
    terms.non_recurring = std::max(0.0, non_recurring.value_or(0.0));
    terms.coordination = std::clamp(coordination.value_or(0.0), 0.0, 1.0);
    project.terms = std::move(terms);
}

/// Puts together what records of several types say of the same projects.
class Rooms {
  public:
    explicit Rooms(std::span<const registry::Released<std::vector<SeenRecord>>> records)
        : records_(records) {
        each("project", [&](const SeenRecord& record) { add_project(record); });
        each("participation", [&](const SeenRecord& record) { add_part(record); });
        each("agreement", [&](const SeenRecord& record) { add_paper(record); });
        each("signature", [&](const SeenRecord& record) { add_signature(record); });
        each("requirement", [&](const SeenRecord& record) { add_line(record); });
        each("position", [&](const SeenRecord& record) { add_position(record); });
    }

    std::vector<procure::Project> take() {
        std::vector<procure::Project> projects;
        projects.reserve(projects_.size());
        for (auto& [id, project] : projects_) {
            projects.push_back(std::move(project));
        }
        return projects;
    }

  private:
    template <typename Visit>
    void each(std::string_view type, const Visit& visit) const {
        std::vector<const SeenRecord*> of_type;
        for (const auto& released : records_) {
            for (const SeenRecord& record : *released) {
                if (record.type->key == type) {
                    of_type.push_back(&record);
                }
            }
        }
        std::ranges::sort(of_type, {}, &SeenRecord::id);
        for (const SeenRecord* record : of_type) {
            visit(*record);
        }
    }

    procure::Project* find(const std::string& id) {
        const auto found = projects_.find(id);
        return found == projects_.end() ? nullptr : &found->second;
    }

    void add_project(const SeenRecord& record) {
        const SeenFields fields{record};
        procure::Project project;
        project.id = record.id;
        project.name = fields.text("name");
        project.item = fields.text("item");
        project.lead = record.owner;
        project.stage = fields.text("stage");
        project.approved = fields.words("members");
        project.sharing_rule = fields.text("sharing_rule");
        add_terms(fields, project);
        if (!project.name.empty() && !project.item.empty()) {
            projects_.emplace(record.id, std::move(project));
        }
    }

    void add_part(const SeenRecord& record) {
        const SeenFields fields{record};
        procure::Project* const project = find(fields.text("project"));
        const auto wish =
            choice_of<procure::Wish>(fields.text("wish"), model::participation_wishes);
        if (project == nullptr || !wish) {
            return;
        }
        if (std::ranges::find(project->parts, record.owner, &procure::ProjectPart::state)
            != project->parts.end()) {
            return;
        }
        project->parts.push_back(
            {record.owner,
             *wish,
             fields.range("quantity"),
             fields.text("variant"),
             fields.value<std::chrono::sys_days>("need_by"),
             record.id}
        );
    }

    void add_paper(const SeenRecord& record) {
        const SeenFields fields{record};
        procure::Project* const project = find(fields.text("project"));
        const auto kind =
            choice_of<procure::PaperKind>(fields.text("kind"), model::agreement_kinds);
        if (project == nullptr || !kind) {
            return;
        }
        procure::Paper paper;
        paper.id = record.id;
        paper.name = fields.text("name");
        paper.kind = *kind;
        paper.parties = fields.words("parties");
        paper.under = fields.text("under");
        paper.quantity = fields.range("quantity");
        paper.value = fields.range("value");
        paper.until = fields.value<std::chrono::sys_days>("until");
        paper.delivered = fields.value<std::chrono::sys_days>("delivered");
        papers_[paper.id] = {project, project->papers.size()};
        project->papers.push_back(std::move(paper));
    }

    void add_signature(const SeenRecord& record) {
        const SeenFields fields{record};
        const auto paper = papers_.find(fields.text("agreement"));
        const auto day = fields.value<std::chrono::sys_days>("signed");
        if (paper == papers_.end() || !day) {
            return;
        }
        const auto [project, at] = paper->second;
        auto& signatures = project->papers[at].signatures;
        if (std::ranges::find(signatures, record.owner, &procure::Signature::state)
            == signatures.end()) {
            signatures.push_back({record.owner, *day, fields.text("office")});
        }
    }

    void add_line(const SeenRecord& record) {
        const SeenFields fields{record};
        procure::Project* const project = find(fields.text("project"));
        if (project == nullptr || record.owner != project->lead) {
            return;
        }
        lines_[record.id] = {project, project->specification.size()};
        project->specification.push_back(
            {record.id,
             fields.text("name"),
             fields.text("weight") == "must",
             fields.text("value"),
             fields.text("standard"),
             {}}
        );
    }

    void add_position(const SeenRecord& record) {
        const SeenFields fields{record};
        const auto line = lines_.find(fields.text("requirement"));
        const auto answer =
            choice_of<procure::Acceptance>(fields.text("answer"), model::position_answers);
        if (line == lines_.end() || !answer) {
            return;
        }
        const auto [project, at] = line->second;
        auto& positions = project->specification[at].positions;
        if (std::ranges::find(positions, record.owner, &procure::Position::state)
            == positions.end()) {
            positions.push_back({record.owner, *answer, fields.text("value"), fields.text("reason")}
            );
        }
    }

    std::span<const registry::Released<std::vector<SeenRecord>>> records_;
    std::map<std::string, procure::Project> projects_;
    /// Where a record stands: its project, and the position in it.
    using Places = std::map<std::string, std::pair<procure::Project*, std::size_t>>;
    Places papers_;
    Places lines_;
};

/// The records of all types of a room that are wanted.
Result<std::vector<registry::Released<std::vector<SeenRecord>>>> records_of_rooms(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::function<bool(const SeenRecord&)>& wanted,
    const Viewing& viewing
) {
    std::vector<registry::Released<std::vector<SeenRecord>>> records;
    for (const std::string_view type : room_types) {
        ADIC_TRY(
            auto of_type,
            list_records(store, reader, {.type = std::string(type), .wanted = wanted}, viewing)
        );
        records.push_back(std::move(of_type));
    }
    return records;
}

/// The identifiers of all records that a project was put together from.
std::set<std::string> records_behind(
    std::span<const registry::Released<std::vector<SeenRecord>>> records,
    const std::string& project
) {
    std::set<std::string> ids{project};
    // Papers and lines name the project; signatures and answers name those.
    for (const auto& of_type : records) {
        for (const SeenRecord& record : *of_type) {
            const SeenFields fields{record};
            for (const std::string_view key : {"project", "agreement", "requirement"}) {
                const auto field = record.type->find_field(key);
                if (field && ids.contains(fields.text(key))) {
                    ids.insert(record.id);
                }
            }
        }
    }
    return ids;
}

/// The records of one room.
Result<std::vector<registry::Released<std::vector<SeenRecord>>>> records_of_room(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing
) {
    // Which records are shown is known only when all have been looked at; the log has those alone.
    Viewing looking = viewing;
    looking.log = nullptr;
    ADIC_TRY(const auto all, records_of_rooms(store, reader, {}, looking));
    const std::set<std::string> ids = records_behind(all, id);
    return records_of_rooms(
        store,
        reader,
        [&](const SeenRecord& record) { return ids.contains(record.id); },
        viewing
    );
}

/// When something of each of the projects last changed for the reader.
std::optional<Error> add_changes(
    const registry::RecordStore& store,
    const model::Reader& reader,
    std::span<const registry::Released<std::vector<SeenRecord>>> records,
    std::vector<procure::Project>& projects
) {
    for (procure::Project& project : projects) {
        for (const std::string& id : records_behind(records, project.id)) {
            const auto changed = last_change_for(store, reader, id);
            if (!changed) {
                return changed.error();
            }
            project.changed = std::max(project.changed, *changed);
        }
    }
    return std::nullopt;
}

Error no_project(const std::string& id) {
    return {ErrorCode::not_found, fmt::format("there is no project '{}'", id), {}};
}

procure::StateRule rule_of(const SeenRecord& record) {
    const SeenFields fields{record};
    const std::size_t own = record.type->fields.size();
    // After the fields of the type come source, period, confidence and note.
    constexpr std::size_t confidence = 2;
    return {
        record.owner,
        fields.text("name"),
        fields.text("stage"),
        fields.text("text"),
        fields.text("link"),
        registry::to_text(record.fields[own], ", "),
        registry::to_text(record.fields[own + confidence], ", ")};
}

/// The rules of the members that are still to be kept: none of the others is shown.
Result<std::vector<procure::StateRule>> rules_of_members(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const procure::Project& project,
    const Viewing& viewing
) {
    const auto is_for_it = [&](const SeenRecord& record) {
        return !procure::rules_for(project, {rule_of(record)}).empty();
    };
    ADIC_TRY(
        const auto rules,
        list_records(store, reader, {.type = "rule", .wanted = is_for_it}, viewing)
    );
    std::vector<procure::StateRule> found;
    for (const SeenRecord& record : *rules) {
        found.push_back(rule_of(record));
    }
    return procure::rules_for(project, found);
}

}  // namespace

std::vector<procure::Project> projects_of(
    std::span<const registry::Released<std::vector<SeenRecord>>> records
) {
    return Rooms{records}.take();
}

Result<std::vector<procure::Project>> list_projects(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const Viewing& viewing
) {
    ADIC_TRY(const auto records, records_of_rooms(store, reader, {}, viewing));
    std::vector<procure::Project> projects = projects_of(records);
    if (auto problem = add_changes(store, reader, records, projects)) {
        return *std::move(problem);
    }
    return projects;
}

Result<ProjectRoom> open_project(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing
) {
    ADIC_TRY(const auto shown, records_of_room(store, reader, id, viewing));
    std::vector<procure::Project> projects = projects_of(shown);
    if (projects.empty()) {
        return no_project(id);
    }
    if (auto problem = add_changes(store, reader, shown, projects)) {
        return *std::move(problem);
    }
    ProjectRoom room{std::move(projects.front()), {}};
    ADIC_TRY(room.rules, rules_of_members(store, reader, room.project, viewing));
    return room;
}

Result<std::string> export_project(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& reader_name,
    const std::string& id,
    std::chrono::sys_seconds at,
    const Viewing& viewing
) {
    ADIC_TRY(const auto shown, records_of_room(store, reader, id, viewing));
    auto package = registry::write_ocds_room(shown, id, {reader_name, at});
    return package ? Result<std::string>{*std::move(package)} : no_project(id);
}

}  // namespace adic::app
