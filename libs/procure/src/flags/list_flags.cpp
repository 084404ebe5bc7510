#include "adic/procure/flags.hpp"

#include <array>
#include <cstdlib>

namespace adic::procure {
namespace {

constexpr std::array<FlagTraits, flag_count> all_flags{{
    {FlagCode::r003, "R003", "short submission period", "whole days between opening and deadline"},
    {FlagCode::r018, "R018", "single bid in a competitive procedure", "number of tenderers"},
    {FlagCode::r024,
     "R024",
     "price close to the winning bid",
     "(second lowest - winning) / winning price"},
    {FlagCode::r025, "R025", "excessive unsuccessful bids", "part of its valid bids that won"},
    {FlagCode::r028, "R028", "identical bid prices", "bids at the same price"},
    {FlagCode::r030, "R030", "late bid won", "days after the deadline"},
    {FlagCode::r035,
     "R035",
     "all bids but the winner's disqualified",
     "tenderers that were disqualified"},
    {FlagCode::r036, "R036", "lowest bid disqualified", "its price"},
    {FlagCode::r038, "R038", "excessive disqualified bids", "part of bids that was disqualified"},
    {FlagCode::r048, "R048", "heterogeneous supplier", "kinds of item that were awarded to it"},
    {FlagCode::r058, "R058", "heavily discounted bid", "(second lowest - winning) / winning price"},
}};

}  // namespace

std::span<const FlagTraits> list_flags() {
    return all_flags;
}

std::string_view name_of(FlagCode code) {
    return all_flags.at(static_cast<std::size_t>(code)).name;
}

std::string_view name_of(FlagSubject subject) {
    switch (subject) {
    case FlagSubject::process: return "process";
    case FlagSubject::buyer: return "buyer";
    case FlagSubject::procuring_entity: return "procuring_entity";
    case FlagSubject::tenderer: return "tenderer";
    }
    std::abort();
}

}  // namespace adic::procure
