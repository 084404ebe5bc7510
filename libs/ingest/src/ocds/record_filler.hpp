#pragma once

#include "adic/ingest/record_reader.hpp"
#include "adic/model/ocds.hpp"
#include "adic/model/record.hpp"

#include "ocds/json_part.hpp"
#include "ocds/ocds_complaints.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Fills the fields of one record from its object.
class RecordFiller {
  public:
    RecordFiller(
        const model::OcdsLayout& layout,
        Part& part,
        const RecordDefaults& defaults,
        OcdsComplaints& complaints
    );

    model::Record& record() { return record_; }

    void set(std::string_view field, model::FieldValue value);

    /// The field at a place in an object that stands at `prefix` in the record's own.
    void fill_from(nlohmann::json& object, const model::OcdsPlace& place, std::string_view prefix);

    /// What nobody took, for the owner alone. `list` says where the object stands.
    void keep_rest(std::string_view list);

    /// Whatever the fields and their checks say.
    void check();

  private:
    /// Tells what nobody has looked at. Days that have an hour are in fields.
    void note_unread(std::string_view list);

    void complain(std::string_view path, const nlohmann::json& value, std::string message);

    void fill(const model::OcdsPlace& place);

    void fill_value(const model::OcdsPlace& place, const nlohmann::json& value);

    void fill_words(const model::OcdsPlace& place, const nlohmann::json& value);

    void fill_number(const model::OcdsPlace& place, const nlohmann::json& value);

    /// With an hour, the text is kept beside the day.
    void fill_day(const model::OcdsPlace& place, const nlohmann::json& value);

    void fill_choice(
        const model::OcdsPlace& place,
        const model::FieldSpec& field,
        const nlohmann::json& value
    );

    void fill_text(const model::OcdsPlace& place, const nlohmann::json& value);

    /// What an adic that wrote the file said of the record.
    void take_provenance();

    std::optional<std::string> take_text(std::string_view member);

    Part& part_;
    OcdsComplaints& complaints_;
    model::Record record_;
    std::vector<std::string_view> hours_;  ///< places of days that were written with an hour
};

}  // namespace adic::ingest
