#include "frame/chosen_award_problem.hpp"

#include <map>
#include <string>

namespace adic::cli {

Result<procure::AwardProblem>
chosen_award_problem(const Invocation& words, ingest::ImportReport& report) {
    if (words.has("FOLDER")) {
        return procure::read_award_problem(words.text("FOLDER"), report);
    }
    std::map<std::string, std::string, std::less<>> tables;
    for (const procure::AwardTable& table : procure::list_award_tables()) {
        tables.emplace(table.file, table.example);
    }
    return procure::parse_award_problem(tables, report);
}

}  // namespace adic::cli
