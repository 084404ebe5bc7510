#include "adic/app/project_rooms.hpp"

#include "list_commands.hpp"
#include "registry/project_words.hpp"
#include "registry/registry_parts.hpp"

#include <array>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"id", "project", "identifier of its record", Show::word},
    Column{"name", "name", "what people call it"},
    Column{"item", "item", "what is bought"},
    Column{"lead", "lead", "the state that owns it", Show::word},
    Column{"stage", "stage", "as the lead says"},
    Column{"members", "members", "states that join and are approved", Show::count},
    Column{"others", "others", "interested, asking or awaited", Show::count},
    Column{"quantity", "pieces", "of the members; a band where one is not shown", Show::word},
};

constexpr std::array shapes{Shape{"projects", columns}};

constexpr std::array<std::string_view, 3> description{
    "Projects by which states buy together, as a reader sees them. A state is a member when it "
    "says that it joins and the lead has approved it; each of the two takes its word back by "
    "itself.",
    "'adic project show' opens the room of one: who takes how much, which papers wait for whose "
    "signature, where the common specification does not fit, and what comes next.",
    "Projects are records: 'adic registry add' writes them (docs/guides/project-room.md)."};

constexpr std::array options{
    reader_option,
    store_option,
    audit_option,
    bundles_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic project --as PHL --store my-registry.db",
        "The projects that the Philippines sees."},
};

Section projects_section(const std::vector<procure::Project>& projects) {
    Section section{"", &shapes[0], {}, "There is no project that this reader sees.", {}};
    for (const procure::Project& project : projects) {
        const auto members = procure::members_of(project);
        std::uint64_t others = 0;
        for (const procure::Participant& one : procure::participants_of(project)) {
            others +=
                one.standing == procure::Standing::member || one.standing == procure::Standing::left
                    ? 0
                    : 1;
        }
        section.rows.push_back(
            {project.id,
             project.name,
             project.item,
             project.lead,
             project.stage,
             members.size(),
             others,
             range_text(procure::quantity_of(members))}
        );
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(const auto projects, app::list_projects(*registry.store, reader, registry.viewing));
    return Outcome{Report{{}, {projects_section(projects)}, {}}};
}

}  // namespace

Command project_command() {
    return {
        .name = "project",
        .summary = "list the projects by which states buy together, as a reader sees them",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
