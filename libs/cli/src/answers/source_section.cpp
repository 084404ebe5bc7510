#include "answers/source_section.hpp"

#include <string>

namespace adic::cli {

Row source_row(const model::Source& source) {
    return {
        source.id,
        source.title,
        source.publisher,
        std::to_string(source.year),
        source.licence,
        source.url,
        source.note};
}

}  // namespace adic::cli
