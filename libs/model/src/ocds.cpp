#include "adic/model/ocds.hpp"

#include <array>

namespace adic::model {
namespace {

constexpr std::array of_procurement{
    OcdsPlace{"name", "tender/title"},
    OcdsPlace{"ocid", "ocid"},
    OcdsPlace{"status", "tender/status"},
    OcdsPlace{"description", "tender/description"},
    OcdsPlace{"buyer", "buyer/name"},
    OcdsPlace{"buyer_id", "buyer/id"},
    OcdsPlace{"method", "tender/procurementMethod"},
    OcdsPlace{"category", "tender/mainProcurementCategory"},
    OcdsPlace{"budget", "planning/budget/amount/amount"},
    OcdsPlace{"budget_currency", "planning/budget/amount/currency"},
    OcdsPlace{"value", "tender/value/amount"},
    OcdsPlace{"currency", "tender/value/currency"},
    OcdsPlace{"tender_from", "tender/tenderPeriod/startDate"},
    OcdsPlace{"tender_until", "tender/tenderPeriod/endDate"},
    OcdsPlace{"published", "date"},
};

constexpr std::array of_item{
    OcdsPlace{"name", "description"},
    OcdsPlace{"number", "id"},
    OcdsPlace{"lot", "relatedLot"},
    OcdsPlace{"quantity", "quantity"},
    OcdsPlace{"unit", "unit/name"},
    OcdsPlace{"unit_price", "unit/value/amount"},
    OcdsPlace{"currency", "unit/value/currency"},
};

constexpr std::array of_award{
    OcdsPlace{"name", "title"},
    OcdsPlace{"number", "id"},
    OcdsPlace{"status", "status"},
    OcdsPlace{"date", "date"},
    OcdsPlace{"value", "value/amount"},
    OcdsPlace{"currency", "value/currency"},
};

constexpr std::array of_contract{
    OcdsPlace{"name", "title"},
    OcdsPlace{"number", "id"},
    OcdsPlace{"award", "awardID", true},
    OcdsPlace{"status", "status"},
    OcdsPlace{"signed", "dateSigned"},
    OcdsPlace{"starts", "period/startDate"},
    OcdsPlace{"ends", "period/endDate"},
    OcdsPlace{"value", "value/amount"},
    OcdsPlace{"currency", "value/currency"},
};

constexpr std::array layouts{
    OcdsLayout{"procurement", "", of_procurement},
    OcdsLayout{"procurement-item", "tender/items", of_item},
    OcdsLayout{"award", "awards", of_award},
    OcdsLayout{"contract", "contracts", of_contract},
};

constexpr std::array of_project{
    OcdsPlace{"name", "tender/title"},
    OcdsPlace{"stage", "adic_stage"},
    OcdsPlace{"members", "adic_members"},
    OcdsPlace{"price_breaks", "adic_terms/priceBreaks"},
    OcdsPlace{"break_rule", "adic_terms/breakRule"},
    OcdsPlace{"non_recurring", "adic_terms/nonRecurring/amount"},
    OcdsPlace{"coordination", "adic_terms/coordination"},
    OcdsPlace{"sharing_rule", "adic_terms/sharingRule"},
    OcdsPlace{"first", "tender/contractPeriod/startDate"},
    OcdsPlace{"last", "tender/contractPeriod/endDate"},
};

constexpr std::array of_participation{
    OcdsPlace{"wish", "wish"},
    OcdsPlace{"quantity", "quantity"},
    OcdsPlace{"variant", "variant"},
    OcdsPlace{"need_by", "needBy"},
};

/// A letter of intent or a technical arrangement.
constexpr std::array of_document{
    OcdsPlace{"name", "title"},
    OcdsPlace{"parties", "adic_parties"},
    OcdsPlace{"under", "adic_under"},
    OcdsPlace{"procurement", "adic_process"},
    OcdsPlace{"quantity", "adic_quantity"},
    OcdsPlace{"value", "adic_value/amount"},
    OcdsPlace{"until", "adic_until"},
    OcdsPlace{"delivered", "adic_delivered"},
    OcdsPlace{"text", "description"},
};

constexpr std::array of_frame{
    OcdsPlace{"name", "title"},
    OcdsPlace{"parties", "adic_parties"},
    OcdsPlace{"under", "adic_under"},
    OcdsPlace{"procurement", "adic_process"},
    OcdsPlace{"value", "value/amount"},
    OcdsPlace{"until", "contractPeriod/endDate"},
    OcdsPlace{"delivered", "adic_delivered"},
    OcdsPlace{"text", "description"},
};

constexpr std::array of_call_off{
    OcdsPlace{"name", "title"},
    OcdsPlace{"parties", "adic_parties"},
    OcdsPlace{"under", "awardID", true},
    OcdsPlace{"procurement", "adic_process"},
    OcdsPlace{"value", "value/amount"},
    OcdsPlace{"until", "period/endDate"},
    OcdsPlace{"text", "description"},
};

constexpr std::array of_signature{
    OcdsPlace{"signed", "date"},
    OcdsPlace{"office", "office"},
};

constexpr std::array of_requirement{
    OcdsPlace{"name", "title"},
    OcdsPlace{"weight", "adic_weight"},
    OcdsPlace{"value", "expectedValue"},
    OcdsPlace{"standard", "adic_standard"},
};

constexpr std::array of_position{
    OcdsPlace{"answer", "answer"},
    OcdsPlace{"value", "value"},
    OcdsPlace{"reason", "reason"},
};

constexpr std::array room_layouts{
    OcdsLayout{"project", "", of_project},
    OcdsLayout{"participation", "tender/items/0/adic_buyerQuantities", of_participation},
    OcdsLayout{"agreement", "planning/documents", of_document},
    OcdsLayout{"agreement", "awards", of_frame},
    OcdsLayout{"agreement", "contracts", of_call_off},
    OcdsLayout{"signature", "adic_signatures", of_signature},
    OcdsLayout{"requirement", "tender/criteria/0/requirementGroups/0/requirements", of_requirement},
    OcdsLayout{"position", "adic_positions", of_position},
};

}  // namespace

std::span<const OcdsLayout> ocds_layouts() {
    return layouts;
}

std::span<const OcdsLayout> ocds_room_layouts() {
    return room_layouts;
}

}  // namespace adic::model
