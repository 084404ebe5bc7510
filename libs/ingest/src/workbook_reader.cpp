#include "package_input.hpp"

namespace adic::ingest {
PackageInput open_workbook(const std::filesystem::path&, ImportReport&) {
    return {};
}
}  // namespace adic::ingest
