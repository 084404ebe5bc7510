#pragma once

#include "adic/base/sentence.hpp"
#include "adic/procure/award.hpp"

#include <string>

namespace adic::procure {

/// A share as people write it: 350000 is "35 %".
std::string percent_text(Millionths share);

/// The demands of a problem in plain words.
Sentence words_of(const AwardProblem& problem, const AwardDemand& demand);
Sentence words_of(const AwardProblem& problem, const AwardRule& rule);
Sentence capacity_words(const AwardProblem& problem, const AwardOffer& offer);
Sentence least_words(const AwardProblem& problem, const AwardOffer& offer);
Sentence lead_words(const AwardProblem& problem, const AwardOffer& offer);
Sentence capacity_words(const AwardSupplier& supplier);

/// The first year in which the offer delivers.
std::int32_t first_year_of(const AwardProblem& problem, const AwardOffer& offer);

}  // namespace adic::procure
