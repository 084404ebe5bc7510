#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::server {

/// A word that an analysis takes.
struct AnalysisParameter {
    std::string name;
    std::string help;
    std::string standard = {};  ///< what is taken if it is not given; empty: nothing
    std::vector<std::string> choices = {};
    bool is_required = false;
    bool is_repeated = false;
    bool is_flag = false;
    bool takes_content = false;  ///< a file: its content is sent, never a path
};

/// What a cell may hold: a text, a list of texts or yes and no; a number; a whole number, in digits
/// where it is longer than numbers of JSON are exact; low, likely and high.
enum class CellKind { text, sentence, number, whole, estimate };

struct AnalysisColumn {
    std::string key;
    std::string help;
    CellKind kind = CellKind::text;
};

struct AnalysisTable {
    std::string name;
    std::vector<AnalysisColumn> columns;
};

/// Something that can be asked of what a reader sees.
struct Analysis {
    std::string name;  ///< of its address: "shock-run"
    std::string summary;
    std::string description;
    std::vector<AnalysisParameter> parameters;
    std::vector<AnalysisTable> tables;
    bool takes_long = false;  ///< is only run as a job
    bool can_go_on =
        false;  ///< what was done when it was stopped is kept, and it goes on from there
};

/// What is given for a parameter: a value; or for one that takes content, the content of a file, or
/// of several files of a folder by their names.
struct GivenParameter {
    std::string name;
    std::string value;
    bool is_content = false;
    std::vector<std::pair<std::string, std::string>> files = {};
};

struct AnalysisQuestion {
    std::string analysis;
    std::vector<GivenParameter> parameters;
    std::string reader;  ///< as whom it is asked: "MYS", "org:yard", "everyone"
    std::string format;  ///< "json", "csv", "html"
    Progress progress = {};
    std::stop_token stop = {};
    std::filesystem::path workplace = {};  ///< a folder of this question alone
};

/// What an analysis answers with, as bytes.
struct AnalysisAnswer {
    std::string text;
    bool is_refused = false;  ///< what was given cannot be used: the text says where, and why
};

/// The analyses, as the server is given them: it knows none of them itself.
struct Analyses {
    std::vector<Analysis> list;

    /// The answer, from what the reader sees. Called by several threads.
    /// Errors: as the analysis has them; interrupted if it was asked to stop.
    std::function<Result<AnalysisAnswer>(const AnalysisQuestion& question)> ask;
};

const Analysis* find_analysis(const Analyses& analyses, std::string_view name);

}  // namespace adic::server
