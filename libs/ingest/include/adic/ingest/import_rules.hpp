#pragma once

#include <span>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Something that an import complains about. Its id is stable: scripts match on it.
struct ImportRule {
    std::string_view id;
    std::string_view what;    ///< what is wrong
    std::string_view remedy;  ///< what to do about it
};

/// What is wrong and what to do, for a complaint that needs no more words.
std::string sentence(const ImportRule& rule);

/// All rules, by id.
std::span<const ImportRule> import_rules();

/// docs/reference/import-rules.md, as it must read.
std::string import_rules_page();

}  // namespace adic::ingest
