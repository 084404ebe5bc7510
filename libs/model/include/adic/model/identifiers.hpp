#pragma once

#include <span>
#include <string>
#include <string_view>

namespace adic::model {

/// A scheme of codes, and what its codes look like.
struct CodeScheme {
    std::string_view key;   ///< "NSN"
    std::string_view form;  ///< in words, for people who wrote another
    bool (*is_code)(std::string_view code);
};

/// The schemes whose form is checked. Codes of other schemes are taken as they are.
///
/// Source: NSN, FSC and NCAGE: NATO Codification System, ACodP-1; LEI: ISO 17442-1:2020, check
///         digits by ISO/IEC 7064 MOD 97-10; GTIN: GS1 General Specifications, section 7.9; HS:
///         World Customs Organization; UNSPSC: United Nations Standard Products and Services Code;
///         dual-use: Regulation (EU) 2021/821, Annex I.
std::span<const CodeScheme> code_schemes();

/// Empty if the code can be one of the scheme, or nobody knows the scheme; else what its codes look
/// like.
std::string_view form_broken(std::string_view scheme, std::string_view code);

}  // namespace adic::model
