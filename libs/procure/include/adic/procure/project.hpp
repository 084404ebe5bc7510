#pragma once

#include "adic/base/sentence.hpp"
#include "adic/procure/pooled_purchase.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// A number of which a reader may know only the band that it lies in.
struct Range {
    double low = 0.0;
    double high = 0.0;  ///< low, where the number itself is known

    bool is_exact() const { return low == high; }

    friend bool operator==(const Range&, const Range&) = default;
};

enum class Wish { interested, joins, leaves };

/// What a state says of its own part in a project.
struct ProjectPart {
    std::string state;
    Wish wish = Wish::interested;
    std::optional<Range> quantity = {};  ///< empty: not known
    std::string variant = {};
    std::optional<std::chrono::sys_days> need_by = {};
    std::string id = {};  ///< of its record
};

/// Where a state stands in a project: it takes its own word and the lead's to be a member.
enum class Standing {
    interested,
    asks,    ///< it joins, and the lead has not approved it
    member,  ///< it joins, and the lead has approved it
    left,
    awaited  ///< the lead has approved it, and it has not said that it joins
};

/// In the order in which a project goes through them.
enum class PaperKind { letter_of_intent, technical_arrangement, frame_agreement, call_off };

struct Signature {
    std::string state;
    std::chrono::sys_days day;
    std::string office = {};
};

struct Paper {
    std::string id;
    std::string name;
    PaperKind kind = PaperKind::letter_of_intent;
    std::vector<std::string> parties = {};   ///< states that are to sign
    std::vector<Signature> signatures = {};  ///< each by its own state; the first of a state counts
    std::string under = {};                  ///< call-off: the frame agreement; else empty
    std::optional<Range> quantity = {};      ///< frame: at most; call-off: of it
    std::optional<Range> value = {};         ///< in USD
    std::optional<std::chrono::sys_days> until = {};
    std::optional<std::chrono::sys_days> delivered = {};
};

enum class PaperState { waits, in_force, expired, delivered };

/// A state's answer to a line of the common specification.
enum class Acceptance { accepts, variant, refuses };

struct Position {
    std::string state;
    Acceptance answer = Acceptance::accepts;
    std::string value = {};  ///< that it needs instead
    std::string reason = {};
};

struct SpecificationLine {
    std::string id;
    std::string name;
    bool is_must = false;
    std::string value = {};
    std::string standard = {};
    std::vector<Position> positions = {};
};

/// A project as a reader knows it: what was not released is not in it.
struct Project {
    std::string id;
    std::string name;
    std::string item;
    std::string lead;                        ///< the state that owns it
    std::string stage = {};                  ///< as the lead says
    std::vector<std::string> approved = {};  ///< states whose part the lead has approved
    std::vector<ProjectPart> parts = {};     ///< at most one of a state
    std::vector<Paper> papers = {};
    std::vector<SpecificationLine> specification = {};
    std::optional<PurchaseTerms> terms = {};  ///< empty: no price breaks that can be read
    std::vector<std::string> left_out = {};   ///< of the terms: what is not known here
    std::string sharing_rule = {};            ///< that the members chose
    /// When something of it last changed for the reader; empty: not known.
    std::optional<std::chrono::sys_seconds> changed = {};
};

enum class Gap {
    none,     ///< every member accepts
    silent,   ///< a member has not answered
    variant,  ///< a member needs a variant
    refused   ///< a member cannot accept
};

/// As records, files and answers have them: "asks to join", "letter of intent", "in force".
std::string_view name_of(Standing standing);
std::string_view name_of(PaperKind kind);
std::string_view name_of(PaperState state);
std::string_view name_of(Acceptance answer);
std::string_view name_of(Gap gap);

/// A rule of a state that buyers have to keep.
struct StateRule {
    std::string state;
    std::string name;
    std::string stage = {};  ///< of a project, at which it has to be kept; empty: at all of them
    std::string text = {};
    std::string link = {};
    std::string source = {};
    std::string confidence = {};  ///< A to E
};

/// Those of the members for the stage that the project is at and for later ones, by stage, those
/// for all stages first. Cost: O(rules * (members + log rules)).
std::vector<StateRule> rules_for(const Project& project, const std::vector<StateRule>& rules);

/// A state in the project, with its standing.
struct Participant {
    std::string state;
    Standing standing = Standing::interested;
    std::optional<Range> quantity = {};
    std::string variant = {};
    std::optional<std::chrono::sys_days> need_by = {};
    std::string id = {};  ///< of the record of its part; empty: it has none
};

/// Everybody who has a part, or is approved, by state. Cost: O(n log n).
std::vector<Participant> participants_of(const Project& project);

/// The members among them. Cost: as participants_of.
std::vector<Participant> members_of(const Project& project);

/// What they take together; empty where the quantity of one is not known, or there is none.
std::optional<Range> quantity_of(const std::vector<Participant>& participants);

/// Parties that have not signed, in the order of the paper.
std::vector<std::string> missing_signatures(const Paper& paper);

/// A paper without parties waits: nobody has to sign it, so nobody agreed.
PaperState state_of(const Paper& paper, std::chrono::sys_days today);

/// How much of a frame agreement is left: its quantity less the call-offs under it that are in
/// force, delivered or expired. What is known only as a band gives a band. Negative where more was
/// called off than agreed; empty where a quantity is not known.
std::optional<Range>
left_under(const Project& project, const Paper& frame, std::chrono::sys_days today);

/// The widest gap that members leave in a line; others' answers do not count.
Gap gap_of(const SpecificationLine& line, const std::vector<Participant>& members);

/// What keeps the project from its next stage, one thing each, in a fixed order: who has to
/// approve, sign, answer. Empty: nothing that is known here.
std::vector<Sentence> next_steps(const Project& project, std::chrono::sys_days today);

enum class ActKind { approve, join, sign, answer };

/// Something that a project waits for and that one state does, by a record of its own.
struct Act {
    ActKind kind = ActKind::sign;
    std::string state;       ///< that does it
    std::string record;      ///< approve, join: the project; sign: the paper; answer: the line
    std::string name;        ///< of that
    std::string about = {};  ///< approve: the state that joins; else empty
};

std::string_view name_of(ActKind kind);

/// All that it waits for, in the order of `next_steps`. Cost: O(papers + lines * members).
std::vector<Act> acts_of(const Project& project);

}  // namespace adic::procure
