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
    OcdsPlace{"award", "awardID"},
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

}  // namespace

std::span<const OcdsLayout> ocds_layouts() {
    return layouts;
}

}  // namespace adic::model
