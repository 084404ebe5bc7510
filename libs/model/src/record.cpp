#include "adic/model/record.hpp"

#include "adic/base/text.hpp"
#include "adic/model/aggregate.hpp"
#include "adic/model/identifiers.hpp"
#include "adic/model/property.hpp"
#include "adic/model/scenario.hpp"

#include "aggregate_fields.hpp"
#include "firm_fields.hpp"
#include "procurement_fields.hpp"
#include "project_fields.hpp"
#include "scenario_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

namespace adic::model {
namespace {

using Kind = FieldKind;
using Rule = Generalisation;

constexpr std::array<std::string_view, 4> organisation_roles{
    "maker",
    "repairer",
    "institute",
    "buyer"};

constexpr std::array organisation_fields{
    FieldSpec{.key = "name", .title = "Name", .help = "as it is registered", .is_required = true},
    FieldSpec{
        .key = "roles",
        .title = "What it is",
        .help = "maker, repairer, institute or buyer",
        .kind = Kind::choice,
        .takes_several = true,
        .choices = organisation_roles},
    FieldSpec{
        .key = "address",
        .title = "Address",
        .help = "street, town, state",
        .generalisation = Rule::last_part},
    FieldSpec{
        .key = "ncage",
        .title = "NCAGE",
        .help = "NATO commercial and government entity code",
        .kind = Kind::code,
        .generalisation = Rule::withheld,
        .of = "NCAGE"},
    FieldSpec{
        .key = "lei",
        .title = "LEI",
        .help = "legal entity identifier, ISO 17442",
        .kind = Kind::code,
        .of = "LEI"},
    FieldSpec{
        .key = "national_number",
        .title = "National number",
        .help = "of the state's own registry of companies"},
    FieldSpec{
        .key = "capabilities",
        .title = "What it can do",
        .help = "processes, machines, approvals: one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "staff",
        .title = "Staff",
        .help = "people employed",
        .kind = Kind::whole,
        .generalisation = Rule::band,
        .of = "people"},
    FieldSpec{.key = "contact", .title = "Contact", .help = "an office, not a person"},
    FieldSpec{
        .key = "verified",
        .title = "Verified by the state",
        .help = "that the state vouches for what stands here",
        .kind = Kind::yes_no,
        .is_for_officials = true},
};

constexpr std::array facility_fields{
    FieldSpec{
        .key = "name",
        .title = "Name",
        .help = "of the works, yard or laboratory",
        .is_required = true},
    FieldSpec{
        .key = "organisation",
        .title = "Organisation",
        .help = "that runs it",
        .kind = Kind::reference,
        .of = "organisation"},
    FieldSpec{
        .key = "place",
        .title = "Place",
        .help = "town, province, state",
        .generalisation = Rule::last_part},
    FieldSpec{
        .key = "makes",
        .title = "What it makes",
        .help = "one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "capacity",
        .title = "Capacity",
        .help = "units a year",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .of = "a year",
        .least = 0.0},
    FieldSpec{
        .key = "since",
        .title = "In service since",
        .help = "a day",
        .kind = Kind::date,
        .generalisation = Rule::year},
};

constexpr std::array<std::string_view, 2> product_kinds{"item of supply", "item of production"};

constexpr std::array<std::string_view, 5> confidences{"A", "B", "C", "D", "E"};

/// Of the code that stands before the dot: nobody is shown more of it than of that.
constexpr FieldSpec confidence_of_code(std::string_view key, std::string_view title) {
    return {
        .key = key,
        .title = title,
        .help = "A to E: how sure it is that this is the code",
        .kind = Kind::choice,
        .choices = confidences};
}

/// A chapter of two digits, as 85 for all that is electrical, says nothing of an item.
constexpr std::size_t hs_heading = 4;

constexpr std::array product_fields{
    FieldSpec{.key = "name", .title = "Name", .help = "as the maker calls it", .is_required = true},
    FieldSpec{
        .key = "kind",
        .title = "Kind",
        .help = "what is asked for (item of supply), or what one maker makes (of production)",
        .kind = Kind::choice,
        .is_required = true,
        .choices = product_kinds},
    FieldSpec{
        .key = "maker",
        .title = "Maker",
        .help = "its record",
        .kind = Kind::reference,
        .of = "organisation"},
    FieldSpec{.key = "part_number", .title = "Part number", .help = "of the maker"},
    FieldSpec{
        .key = "nsn",
        .title = "NSN",
        .help = "NATO stock number, if it has one",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "NSN"},
    confidence_of_code("nsn.confidence", "Confidence of the NSN"),
    FieldSpec{
        .key = "fsc",
        .title = "Supply class",
        .help = "of the NATO supply classification (FSC), 4 digits, as an NSN begins",
        .kind = Kind::code,
        .of = "FSC"},
    confidence_of_code("fsc.confidence", "Confidence of the supply class"),
    FieldSpec{
        .key = "regional_number",
        .title = "Regional number",
        .help = "provisional, until it has a stock number"},
    FieldSpec{
        .key = "hs",
        .title = "HS code",
        .help = "6 digits or more; 4 if only the heading is known",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "HS",
        .fewest_characters = hs_heading},
    confidence_of_code("hs.confidence", "Confidence of the HS code"),
    FieldSpec{
        .key = "unspsc",
        .title = "UNSPSC",
        .help = "8 digits",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "UNSPSC"},
    confidence_of_code("unspsc.confidence", "Confidence of the UNSPSC"),
    FieldSpec{
        .key = "replaces",
        .title = "Replaces",
        .help = "the product that it stands in for",
        .kind = Kind::reference,
        .of = "product"},
    FieldSpec{
        .key = "class",
        .title = "Class",
        .help = "of items, as in patrol-vessel/1; it says which properties they have"},
    FieldSpec{
        .key = "properties",
        .title = "Properties",
        .help = "one in each line, as in 'range: 40 km'",
        .kind = Kind::properties,
        .generalisation = Rule::band,
        .takes_several = true},
    FieldSpec{
        .key = "certificates",
        .title = "Certificates",
        .help = "one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "price",
        .title = "Price",
        .help = "of one, without tax",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .of = "USD",
        .least = 0.0},
    FieldSpec{
        .key = "price_breaks",
        .title = "Price breaks",
        .help = "one in each line: from how many pieces, and what one costs, as in '50: 92000'",
        .generalisation = Rule::number_of_it,
        .takes_several = true,
        .no_wider_than = "price"},
    FieldSpec{
        .key = "lead_time",
        .title = "Lead time",
        .help = "from order to delivery",
        .kind = Kind::whole,
        .generalisation = Rule::band,
        .of = "days"},
};

constexpr std::array supplier_fields{
    FieldSpec{
        .key = "name",
        .title = "Name",
        .help = "of the supplier outside",
        .is_required = true},
    FieldSpec{
        .key = "state",
        .title = "State",
        .help = "where it is registered",
        .kind = Kind::state,
        .is_required = true},
    FieldSpec{
        .key = "lei",
        .title = "LEI",
        .help = "legal entity identifier",
        .kind = Kind::code,
        .of = "LEI"},
    FieldSpec{
        .key = "supplies",
        .title = "What it supplies",
        .help = "one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
    FieldSpec{
        .key = "control_codes",
        .title = "Possible control codes",
        .help = "of dual-use lists; possible, never decided: ask your authority",
        .kind = Kind::code,
        .generalisation = Rule::number_of_it,
        .takes_several = true,
        .of = "dual-use"},
    confidence_of_code("control_codes.confidence", "Confidence of the control codes"),
    FieldSpec{
        .key = "alternatives",
        .title = "Possible alternatives",
        .help = "records of who could supply it too",
        .kind = Kind::reference,
        .generalisation = Rule::number_of_it,
        .takes_several = true},
};

constexpr std::array supply_fields{
    FieldSpec{
        .key = "item",
        .title = "Item",
        .help = "of the supply map, or its name",
        .is_required = true},
    FieldSpec{
        .key = "origin",
        .title = "Origin",
        .help = "the state that it comes from",
        .kind = Kind::state},
    FieldSpec{
        .key = "supplier",
        .title = "Supplier",
        .help = "its record",
        .kind = Kind::reference},
    FieldSpec{
        .key = "share",
        .title = "Share",
        .help = "of what the owner takes, from 0 to 1",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .least = 0.0,
        .most = 1.0},
    FieldSpec{
        .key = "capacity",
        .title = "Capacity",
        .help = "a year",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .least = 0.0},
    FieldSpec{.key = "unit", .title = "Unit", .help = "of the capacity"},
};

constexpr std::array demand_fields{
    FieldSpec{
        .key = "item",
        .title = "Item",
        .help = "of the catalogue or map, or its name",
        .is_required = true},
    FieldSpec{
        .key = "nsn",
        .title = "NSN",
        .help = "NATO stock number, if it has one",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "NSN"},
    confidence_of_code("nsn.confidence", "Confidence of the NSN"),
    FieldSpec{
        .key = "fsc",
        .title = "Supply class",
        .help = "of the NATO supply classification (FSC), 4 digits, as an NSN begins",
        .kind = Kind::code,
        .of = "FSC"},
    confidence_of_code("fsc.confidence", "Confidence of the supply class"),
    FieldSpec{
        .key = "hs",
        .title = "HS code",
        .help = "6 digits or more; 4 if only the heading is known",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "HS",
        .fewest_characters = hs_heading},
    confidence_of_code("hs.confidence", "Confidence of the HS code"),
    FieldSpec{
        .key = "unspsc",
        .title = "UNSPSC",
        .help = "8 digits",
        .kind = Kind::code,
        .generalisation = Rule::heading,
        .of = "UNSPSC"},
    confidence_of_code("unspsc.confidence", "Confidence of the UNSPSC"),
    FieldSpec{.key = "variant", .title = "Variant", .help = "of the item, where there are several"},
    FieldSpec{
        .key = "quantity",
        .title = "Quantity",
        .help = "that is wanted",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .of = "pieces",
        .least = 0.0},
    FieldSpec{
        .key = "tiers",
        .title = "Quantity by price",
        .help = "one in each line: what one may cost, and how many are wanted then, as in "
                "'1800000: 9'",
        .generalisation = Rule::number_of_it,
        .takes_several = true,
        .no_wider_than = "quantity"},
    FieldSpec{
        .key = "first",
        .title = "From",
        .help = "the first day on which it is wanted",
        .kind = Kind::date,
        .generalisation = Rule::year},
    FieldSpec{
        .key = "last",
        .title = "Until",
        .help = "the last day",
        .kind = Kind::date,
        .generalisation = Rule::year,
        .not_before = "first"},
    FieldSpec{
        .key = "budget",
        .title = "Budget",
        .help = "for all of it",
        .kind = Kind::number,
        .generalisation = Rule::band,
        .of = "USD",
        .least = 0.0},
    FieldSpec{
        .key = "standards",
        .title = "Standards that it has to meet",
        .help = "one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
};

constexpr std::array source_fields{
    FieldSpec{
        .key = "title",
        .title = "Title",
        .help = "of the publication, list or letter",
        .is_required = true},
    FieldSpec{.key = "publisher", .title = "Publisher", .help = "who answers for it"},
    FieldSpec{
        .key = "published",
        .title = "Published",
        .help = "the day",
        .kind = Kind::date,
        .generalisation = Rule::year},
    FieldSpec{.key = "url", .title = "Address", .help = "where it can be read"},
    FieldSpec{.key = "licence", .title = "Licence", .help = "under which it may be used"},
    FieldSpec{
        .key = "covers",
        .title = "What it covers",
        .help = "one in each line",
        .generalisation = Rule::number_of_it,
        .takes_several = true},
};

constexpr std::array<std::string_view, 4> standard_positions{
    "adopted",
    "adopted with changes",
    "under study",
    "not used"};

constexpr std::array standard_fields{
    FieldSpec{
        .key = "name",
        .title = "Standard",
        .help = "its number, as in MIL-STD-810H",
        .is_required = true},
    FieldSpec{.key = "title", .title = "Title", .help = "what it is about"},
    FieldSpec{
        .key = "position",
        .title = "Position of the state",
        .help = "where the owner stands",
        .kind = Kind::choice,
        .choices = standard_positions},
    FieldSpec{
        .key = "since",
        .title = "Since",
        .help = "a day",
        .kind = Kind::date,
        .generalisation = Rule::year},
};

constexpr std::array rule_fields{
    FieldSpec{
        .key = "name",
        .title = "Rule",
        .help = "law, regulation or policy",
        .is_required = true},
    FieldSpec{
        .key = "about",
        .title = "What it is about",
        .help = "procurement, offset, export, import, security"},
    FieldSpec{
        .key = "stage",
        .title = "Stage",
        .help = "of a joint project, at which it has to be kept; empty: at all of them",
        .kind = Kind::choice,
        .choices = project_stages},
    FieldSpec{.key = "text", .title = "What it says", .help = "in short"},
    FieldSpec{
        .key = "in_force",
        .title = "In force since",
        .help = "a day",
        .kind = Kind::date,
        .generalisation = Rule::year},
    FieldSpec{.key = "link", .title = "Where it stands", .help = "address of the text"},
};

constexpr std::array types{
    RecordType{
        "organisation",
        "Organisation",
        "a firm, works, institute or buyer of the owner",
        organisation_fields},
    RecordType{
        "facility",
        "Facility",
        "a place where something is made, repaired or tested",
        facility_fields},
    RecordType{"product", "Product", "an item of the catalogue", product_fields},
    RecordType{
        "third-party-supplier",
        "Third-party supplier",
        "a supplier of dual-use items outside the region",
        supplier_fields},
    RecordType{
        "supply",
        "Supply",
        "where something that the owner needs comes from",
        supply_fields},
    RecordType{"demand", "Demand", "something that the owner means to buy", demand_fields},
    RecordType{
        "procurement",
        "Procurement",
        "a process by which the owner buys, in the terms of OCDS 1.1.5",
        procurement_fields},
    RecordType{
        "procurement-item",
        "Item of a procurement",
        "one line of what is bought",
        procurement_item_fields},
    RecordType{"award", "Award", "who got it", award_fields},
    RecordType{"contract", "Contract", "what was signed", contract_fields},
    RecordType{
        "interest",
        "Interest",
        "that somebody would supply what is asked for, or asks about what is offered",
        interest_fields},
    RecordType{
        "claim",
        "Claim",
        "that an organisation says that a record of its state is its own",
        claim_fields},
    RecordType{"standard", "Standard", "what the owner thinks of a standard", standard_fields},
    RecordType{"rule", "Rule", "a rule of the owner that others have to know", rule_fields},
    RecordType{
        "source",
        "Source",
        "a publication that records of the owner rest on",
        source_fields},
    RecordType{"project", "Project", "something that states buy together", project_fields},
    RecordType{
        "participation",
        "Participation",
        "the owner's part in a project",
        participation_fields},
    RecordType{
        "nomination",
        "Nomination",
        "who is to lead the work on an item or in a project: it is voluntary",
        nomination_fields},
    RecordType{
        "agreement",
        "Agreement",
        "a paper of a project: letter of intent, technical arrangement, frame agreement, call-off",
        agreement_fields},
    RecordType{
        "signature",
        "Signature",
        "that the owner signed a paper of a project",
        signature_fields},
    RecordType{
        "requirement",
        "Requirement",
        "a line of the common specification of a project",
        requirement_fields},
    RecordType{
        "position",
        "Position",
        "what the owner says to a line of a common specification",
        position_fields},
    RecordType{
        scenario_type,
        "Scenario",
        "what could happen to supplies, to be run in the shock room",
        scenario_fields},
    RecordType{
        aggregate_type,
        "Aggregate",
        "a question about what states hide, whose total is published if enough of them consent",
        aggregate_fields},
    RecordType{
        consent_type,
        "Consent",
        "that the owner agrees to be counted in an aggregate",
        consent_fields,
        "adic registry consent"},
    RecordType{
        aggregate_result_type,
        "Result of an aggregate",
        "a total that was published once, and is neither changed nor taken back",
        aggregate_result_fields,
        "adic registry publish"},
};

std::string in_field(const FieldSpec& field, const std::string& what) {
    return "field '" + std::string(field.key) + "': " + what;
}

std::string list_of(std::span<const std::string_view> choices) {
    std::string text;
    for (const std::string_view choice : choices) {
        text += (text.empty() ? "'" : ", '") + std::string(choice) + "'";
    }
    return text;
}

/// What is wrong with one text of a field; empty if nothing is.
std::string problem_of_text(const FieldSpec& field, const std::string& text) {
    if (text.empty() || !is_storable_text(text)) {
        return "a text has 1 to 10 000 bytes of UTF-8 without U+0000";
    }
    if (field.kind == Kind::choice
        && std::ranges::find(field.choices, text) == field.choices.end()) {
        return "'" + text + "' is none of " + list_of(field.choices);
    }
    if (field.kind == Kind::code) {
        const std::string_view form = form_broken(field.of, text);
        if (!form.empty()) {
            return "'" + text + "' is no " + std::string(field.of) + ": " + std::string(form);
        }
    }
    if (field.kind == Kind::properties) {
        const auto property = parse_property(text);
        return property && to_text(*property) == text
                   ? std::string{}
                   : "'" + text + "' is no property: write it as in 'range: 40 km'";
    }
    if (field.kind == Kind::grants) {
        const auto grants = parse_grants(text, {});
        return grants ? std::string{} : grants.error().message;
    }
    return {};
}

/// Two values of one property would leave open which is meant.
std::string problem_of_twins(const Words& properties) {
    std::set<std::string_view> keys;
    for (const std::string& text : properties) {
        const std::string_view key = std::string_view(text).substr(0, text.find(':'));
        if (!keys.insert(key).second) {
            return "'" + std::string(key) + "' stands there twice";
        }
    }
    return {};
}

/// What is wrong with a value; empty if nothing is.
struct ProblemOfValue {
    const FieldSpec& field;

    std::string operator()(std::monostate) const {
        return field.is_required ? "has to be filled in" : "";
    }

    std::string operator()(const std::string& text) const {
        const bool takes_text = field.kind == Kind::text || field.kind == Kind::state
                                || field.kind == Kind::code || field.kind == Kind::choice
                                || field.kind == Kind::reference || field.kind == Kind::grants;
        if (!takes_text || field.takes_several) {
            return wrong_kind();
        }
        return problem_of_text(field, text);
    }

    std::string operator()(const Words& words) const {
        constexpr std::size_t most = 1'000;
        if (!field.takes_several || words.empty() || words.size() > most) {
            return wrong_kind();
        }
        for (const std::string& word : words) {
            if (std::string problem = problem_of_text(field, word); !problem.empty()) {
                return problem;
            }
        }
        return field.kind == Kind::properties ? problem_of_twins(words) : std::string{};
    }

    std::string operator()(double number) const {
        return field.kind == Kind::number && std::isfinite(number) ? "" : wrong_kind();
    }

    std::string operator()(std::int64_t whole) const {
        return field.kind == Kind::whole && whole >= 0 ? "" : wrong_kind();
    }

    std::string operator()(bool) const { return field.kind == Kind::yes_no ? "" : wrong_kind(); }

    std::string operator()(std::chrono::sys_days) const {
        return field.kind == Kind::date ? "" : wrong_kind();
    }

    std::string wrong_kind() const {
        switch (field.kind) {
        case Kind::whole: return "takes a whole number of at least 0";
        case Kind::number: return "takes a number";
        case Kind::yes_no: return "takes yes or no";
        case Kind::date: return "takes a day";
        case Kind::text:
        case Kind::state:
        case Kind::code:
        case Kind::choice:
        case Kind::reference:
        case Kind::grants:
        case Kind::properties: break;
        }
        return field.takes_several ? "takes 1 to 1 000 texts" : "takes one text";
    }
};

/// A confidence of a code that is not there would speak of nothing.
void add_lone_confidences(const Record& record, std::vector<std::string>& problems) {
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        const FieldSpec& field = record.type->fields[f];
        const auto code = record.type->find_field(field.key.substr(0, field.key.find('.')));
        if (code && !is_empty(record.fields[f]) && is_empty(record.fields[*code])) {
            const std::string name{record.type->fields[*code].key};
            problems.push_back(in_field(field, "there is no '" + name + "' that it speaks of"));
        }
    }
}

/// What is wrong with texts beside the fields.
void add_text_problems(const Record& record, std::vector<std::string>& problems) {
    constexpr std::size_t longest_name = 500;
    const auto is_name = [](const std::string& text) {
        return is_storable_text(text) && text.size() <= longest_name;
    };
    if (!is_name(record.id) || !is_name(record.owner) || !is_name(record.organisation)) {
        problems.emplace_back("a name has at most 500 bytes of UTF-8 without U+0000");
    }
    if (!is_storable_text(record.source) || !is_storable_text(record.note)) {
        problems.emplace_back("source and note have at most 10 000 bytes of UTF-8 without U+0000");
    }
    const auto has_names = [&](const std::vector<Grant>& grants) {
        return std::ranges::all_of(grants, is_name, [](const Grant& grant) -> const std::string& {
            return grant.audience.id;
        });
    };
    if (!has_names(record.policy.record)
        || !std::ranges::all_of(record.policy.fields, has_names, &FieldRelease::grants)) {
        problems.emplace_back("an audience has at most 500 bytes of UTF-8 without U+0000");
    }
}

/// Of properties each is released as a field of its own.
bool is_field(const RecordType& type, std::string_view name) {
    if (!name.starts_with(property_prefix)) {
        return type.find_field(name).has_value();
    }
    const auto field = type.find_field(name.substr(0, property_prefix.size() - 1));
    return field && type.fields[*field].kind == Kind::properties
           && is_property_key(name.substr(property_prefix.size()));
}

void add_policy_problems(const Record& record, std::vector<std::string>& problems) {
    constexpr std::array provenance{field_source, field_period, field_confidence, field_note};
    std::string_view before;
    for (const FieldRelease& release : record.policy.fields) {
        const bool is_known = is_field(*record.type, release.field)
                              || std::ranges::find(provenance, release.field) != provenance.end();
        if (!is_known) {
            problems.push_back("release of '" + release.field + "': there is no such field");
        }
        if (!before.empty() && release.field <= before) {
            problems.push_back("release of '" + release.field + "': each field once, in order");
        }
        before = release.field;
    }
}

}  // namespace

std::optional<std::size_t> RecordType::find_field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &FieldSpec::key);
    return found == fields.end() ? std::nullopt
                                 : std::optional{static_cast<std::size_t>(found - fields.begin())};
}

std::span<const RecordType> record_types() {
    return types;
}

const RecordType* find_record_type(std::string_view key) {
    const auto* const found = std::ranges::find(types, key, &RecordType::key);
    return found == types.end() ? nullptr : found;
}

bool is_storable_text(std::string_view text) {
    constexpr std::size_t longest = 10'000;
    return text.size() <= longest && text.find('\0') == std::string_view::npos && is_utf8(text);
}

std::vector<std::string> problems_of(const Record& record) {
    std::vector<std::string> problems;
    if (record.id.empty() || record.owner.empty() || record.type == nullptr) {
        problems.emplace_back("a record has an identifier, a type and an owner");
        return problems;
    }
    if (record.fields.size() != record.type->fields.size()) {
        problems.emplace_back("a record has one value for each field of its type");
        return problems;
    }
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        const FieldSpec& field = record.type->fields[f];
        const std::string problem = std::visit(ProblemOfValue{field}, record.fields[f]);
        if (!problem.empty()) {
            problems.push_back(in_field(field, problem));
        }
    }
    if (record.type->key == aggregate_type) {
        std::ranges::move(problems_of_aggregate(record.fields), std::back_inserter(problems));
    }
    add_lone_confidences(record, problems);
    add_text_problems(record, problems);
    add_policy_problems(record, problems);
    return problems;
}

}  // namespace adic::model
