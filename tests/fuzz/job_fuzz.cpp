#include "adic/app/blocks/job.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// What another host is sent: read as a job it is written as the same bytes, and opening it gives
/// work or an error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes{adic::fuzz::text_of(data, size)};
    if (const auto job = adic::app::parse_job(bytes)) {
        adic::fuzz::require(adic::app::write_job(*job) == bytes);
        static_cast<void>(adic::app::open_job(*job));
    }
    return 0;
}
