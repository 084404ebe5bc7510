#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/ingest/import_rules.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {

/// What is wrong with a file of releases, by JSON pointer, until the lines are looked up.
class OcdsComplaints {
  public:
    void add(const ImportRule& rule, std::string place, std::string value, std::string message);

    /// What is said from here on is of this line of JSON Lines; 0: lines are looked up by place.
    void at_line(std::uint64_t line) { line_ = line; }

    std::uint64_t line() const { return line_; }

    /// Something that no field takes: told once for each such path, with how often.
    void note_kept(const std::string& path) { ++kept_[path]; }

    /// A part that is left out, and why.
    void note_left_out(std::string place, std::string message);

    /// The errors of others; what they note was noted before.
    void take_errors(const OcdsComplaints& other);

    bool has_errors() const { return errors_ > 0; }

    void report(std::string_view text, const std::string& name, ImportReport& report) const;

  private:
    struct Complaint {
        Severity severity;
        const ImportRule* rule;
        std::string place;
        std::string value;
        std::string message;
        std::uint64_t line;  ///< 0: to be looked up
    };

    std::vector<Complaint> complaints_;
    std::uint64_t errors_ = 0;
    std::uint64_t line_ = 0;
    std::map<std::string, std::uint64_t> kept_;
};

/// The member of a JSON pointer.
std::string escaped_member(std::string_view member);

/// A value as a complaint shows it.
std::string shown_value(const nlohmann::json& value);

}  // namespace adic::ingest
