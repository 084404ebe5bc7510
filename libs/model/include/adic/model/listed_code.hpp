#pragma once

#include <string>

namespace adic::model {

/// A code of a published scheme with what it stands for, by which people find it in words.
struct ListedCode {
    std::string scheme;    ///< "FSC"
    std::string code;      ///< "1940"
    std::string title;     ///< "Small Craft"
    std::string includes;  ///< more of what is under it; may be empty
    std::string source;
};

}  // namespace adic::model
