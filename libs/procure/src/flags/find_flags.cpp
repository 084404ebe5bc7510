#include "adic/ingest/bid_process_reader.hpp"
#include "adic/procure/flags.hpp"

#include "flags/flag_tally.hpp"

#include <utility>

namespace adic::procure {
namespace {

template <typename Read>
Result<FlagFindings> find_with(const FlagSettings& settings, const Read& read) {
    std::vector<FlagTally> tallies(ingest::process_slots, FlagTally(settings));
    const ingest::TakeProcess take =
        [&](std::size_t slot, std::uint64_t line, const model::BidProcess& process) {
            tallies[slot].take(line, process);
        };
    ADIC_TRY([[maybe_unused]] const std::uint64_t processes, read(take));
    for (std::size_t slot = 1; slot < tallies.size(); ++slot) {
        tallies.front().merge(std::move(tallies[slot]));
    }
    return std::move(tallies.front()).finish();
}

}  // namespace

Result<FlagFindings> find_flags(
    const std::filesystem::path& file,
    const FlagSettings& settings,
    const FlagReading& how,
    ingest::ImportReport& report
) {
    return find_with(settings, [&](const ingest::TakeProcess& take) {
        return ingest::read_bid_processes(file, {how.threads, how.progress}, report, take);
    });
}

Result<FlagFindings> find_flags_in(
    std::string_view text,
    const std::string& name,
    const FlagSettings& settings,
    const FlagReading& how,
    ingest::ImportReport& report
) {
    return find_with(settings, [&](const ingest::TakeProcess& take) {
        return ingest::parse_bid_processes(text, name, {how.threads, how.progress}, report, take);
    });
}

}  // namespace adic::procure
