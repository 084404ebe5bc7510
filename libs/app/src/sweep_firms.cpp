#include "adic/app/sweep_firms.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/firm_network_reader.hpp"

#include "firm_assumptions.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace adic::app {
namespace {

using model::FirmNetwork;
using shock::SystemicRisk;

/// Firms of a block: less than a second of work on most networks, and several times the eight
/// cascades that share a pass.
constexpr std::size_t firms_of_block = 32;

constexpr std::string_view tolerance_option = "tolerance";

Result<Job> job_of(const SweepFirmsRequest& request) {
    Job job{
        std::string(firm_sweep_kind),
        {{std::string(tolerance_option), to_shortest(request.tolerance)}},
        {}};
    ADIC_TRY(const auto files, ingest::find_firm_network_files(request.network));
    constexpr std::array<std::string_view, files.size()> tables{"essential", "sectors", "edges"};
    for (std::size_t f = 0; f < files.size(); ++f) {
        // What follows the first dot after the table's name: .csv, .csv.gz, .csv.zst.
        const std::string name = files[f].filename().string();
        const std::size_t at = name.rfind(tables[f]);
        ADIC_TRY(JobFile file, read_job_file(files[f], name.substr(at)));
        job.files.push_back(std::move(file));
    }
    return job;
}

void write_risk(ByteWriter& writer, const SystemicRisk& risk) {
    writer.number(risk.total);
    writer.number(risk.downstream);
    writer.number(risk.upstream);
    writer.whole(risk.steps);
    writer.whole(risk.settled ? 1 : 0);
}

SystemicRisk read_risk(ByteReader& reader) {
    SystemicRisk risk;
    risk.total = reader.number();
    risk.downstream = reader.number();
    risk.upstream = reader.number();
    risk.steps = static_cast<std::uint32_t>(reader.whole());
    risk.settled = reader.whole() != 0;
    return risk;
}

/// A sweep's network under all assumptions, and its blocks.
class FirmSweep {
  public:
    FirmSweep(const FirmNetwork& network, double tolerance) : under_(network, tolerance) {}

    std::size_t blocks() const {
        return (under_.replaced.firms() + firms_of_block - 1) / firms_of_block;
    }

    std::span<const std::uint32_t> firms_of(std::size_t block) const {
        const auto order = under_.replaced.sweep_order();
        const std::size_t begin = block * firms_of_block;
        return order.subspan(begin, std::min(firms_of_block, order.size() - begin));
    }

    std::optional<std::string> compute(std::size_t block, const std::stop_token& stop) const {
        const auto firms = firms_of(block);
        shock::Run alone_here;
        alone_here.threads = 1;
        alone_here.stop = stop;
        ByteWriter writer;
        for (const shock::Cascade* cascade :
             {&under_.replaced, &under_.alone, &under_.broken_off}) {
            for (const SystemicRisk& risk : cascade->risks_of_closing(firms, alone_here)) {
                write_risk(writer, risk);
            }
        }
        return stop.stop_requested() ? std::nullopt : std::optional{std::move(writer).bytes()};
    }

    /// Errors: internal if the answer is not one of `compute`.
    Result<Merged>
    merge(std::size_t block, std::string_view answer, std::vector<RiskBracket>& risks) const {
        const auto firms = firms_of(block);
        const std::size_t begin = risks.size();
        for (const std::uint32_t firm : firms) {
            risks.push_back({firm, {}, {}, {}});
        }
        ByteReader reader{answer};
        for (SystemicRisk RiskBracket::*const part :
             {&RiskBracket::replaced, &RiskBracket::alone, &RiskBracket::broken_off}) {
            for (std::size_t i = 0; i < firms.size(); ++i) {
                risks[begin + i].*part = read_risk(reader);
            }
        }
        if (!reader.is_done()) {
            return Error{ErrorCode::internal, "the answer of a block is cut off", {}};
        }
        return Merged::wants_more;
    }

  private:
    FirmAssumptions under_;
};

BlockWork work_of(const std::shared_ptr<const FirmSweep>& sweep) {
    return {sweep->blocks(), [sweep](std::size_t block, const std::stop_token& stop) {
                return sweep->compute(block, stop);
            }};
}

void sort_worst_first(std::vector<RiskBracket>& risks) {
    std::ranges::sort(risks, [](const RiskBracket& a, const RiskBracket& b) {
        return std::tuple(-a.replaced.total, -a.alone.total, a.firm)
               < std::tuple(-b.replaced.total, -b.alone.total, b.firm);
    });
}

}  // namespace

Result<SweepFirmsAnswer> sweep_firms(const SweepFirmsRequest& request, const Computing& computing) {
    SweepFirmsAnswer answer;
    ADIC_TRY(answer.network, ingest::read_firm_network(request.network, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    ADIC_TRY(const Job job, job_of(request));
    const auto sweep = std::make_shared<const FirmSweep>(answer.network, request.tolerance);
    const auto problem = compute(
        job,
        work_of(sweep),
        [&](std::size_t block, std::string_view bytes) {
            return sweep->merge(block, bytes, answer.risks);
        },
        computing,
        "closing each firm"
    );
    if (problem) {
        return *problem;
    }
    sort_worst_first(answer.risks);
    return answer;
}

Result<BlockWork> open_firm_sweep(const Job& job) {
    const auto tolerance = parse_decimal(option_of(job, tolerance_option));
    ADIC_TRY(const JobFolder folder, JobFolder::create(job));
    ingest::ImportReport report;
    ADIC_TRY(const FirmNetwork network, ingest::read_firm_network(folder.path(), report));
    if (!tolerance || !report.may_commit()) {
        return Error{ErrorCode::invalid_argument, "the job's network cannot be used", {}};
    }
    return work_of(std::make_shared<const FirmSweep>(network, *tolerance));
}

}  // namespace adic::app
