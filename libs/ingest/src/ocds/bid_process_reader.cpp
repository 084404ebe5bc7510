#include "adic/ingest/bid_process_reader.hpp"

#include "adic/base/parallel.hpp"

#include "byte_source.hpp"
#include "json_input.hpp"
#include "json_lines.hpp"
#include "ocds/process_filler.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::size_t block_size = std::size_t{16} << 20U;

/// Up to this size a document that is no JSON is parsed again, to say where it stops to be.
constexpr std::size_t explained_size = std::size_t{32} << 20U;
constexpr int explained_depth = 64;

struct Line {
    std::string_view text;
    std::uint64_t number;
};

/// What reads the lines of one slot.
struct Slot {
    simdjson::dom::parser parser;
    ProcessFiller filler;
    std::vector<std::pair<std::uint64_t, std::string>> problems;
    std::uint64_t processes = 0;
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Each line of JSON Lines ends what it begins; the first line of a document does not.
bool looks_like_lines(std::string_view first_line) {
    const auto last = first_line.find_last_not_of(" \t\r\n");
    return last != std::string_view::npos && last > first_line.find_first_not_of(" \t\r\n")
           && (first_line[last] == '}' || first_line[last] == ']');
}

class ProcessFile {
  public:
    ProcessFile(
        ByteSource& source,
        std::string name,
        const ProcessReading& how,
        ImportReport& report,
        const TakeProcess& take
    )
        : source_(source)
        , name_(std::move(name))
        , how_(how)
        , report_(report)
        , take_(take)
        , block_(block_size + simdjson::SIMDJSON_PADDING) {}

    std::uint64_t read() {
        const std::uint64_t errors = report_.errors();
        fill();
        if (held().starts_with("\xEF\xBB\xBF")) {
            start_ = 3;
        }
        skip_blank_lines();
        if (looks_like_lines(held().substr(0, held().find('\n')))) {
            read_lines();
        } else if (!held().empty()) {
            read_document();
        }
        if (!source_.problem().empty()) {
            complain(0, rules::damaged_stream, std::string(source_.problem()));
        }
        std::uint64_t processes = 0;
        for (const Slot& slot : slots_) {
            processes += slot.processes;
        }
        if (processes == 0 && report_.errors() == errors) {
            complain(
                0,
                rules::process_line,
                "has no contracting process in it: give one release a line, or a package; a "
                "download that broke off may look like this"
            );
        }
        return processes;
    }

  private:
    std::string_view held() const { return {block_.data() + start_, end_ - start_}; }

    void fill() {
        while (end_ + simdjson::SIMDJSON_PADDING < block_.size()) {
            const std::size_t room = block_.size() - simdjson::SIMDJSON_PADDING - end_;
            const std::size_t taken = source_.read(std::span(block_.data() + end_, room));
            if (taken == 0) {
                is_over_ = true;
                return;
            }
            end_ += taken;
        }
    }

    /// More room for what does not fit. False at the limit.
    bool grow() {
        if (end_ - start_ >= largest_process_text) {
            return false;
        }
        block_.resize(
            std::min(2 * block_.size(), largest_process_text + 1) + simdjson::SIMDJSON_PADDING
        );
        return true;
    }

    void skip_blank_lines() {
        for (auto end = held().find('\n');
             end != std::string_view::npos && is_blank(held().substr(0, end));
             end = held().find('\n')) {
            start_ += end + 1;
            ++line_;
        }
    }

    void complain(std::uint64_t line, const ImportRule& rule, std::string message) {
        report_.add({Severity::error, rule.id, name_, line, {}, {}, std::move(message)});
    }

    void read_lines() {
        while (true) {
            const auto cut = held().rfind('\n');
            if (is_over_) {
                take_lines(held());
                return;
            }
            if (cut != std::string_view::npos) {
                take_lines(held().substr(0, cut + 1));
                start_ += cut + 1;
                std::copy(
                    block_.begin() + static_cast<std::ptrdiff_t>(start_),
                    block_.begin() + static_cast<std::ptrdiff_t>(end_),
                    block_.begin()
                );
                end_ -= start_;
                start_ = 0;
            } else if (!grow()) {
                complain(
                    line_,
                    rules::process_line,
                    "the line is longer than 256 MiB; the rest of "
                    "the file was not read"
                );
                return;
            }
            fill();
            if (how_.progress && source_.size() > 0) {
                how_.progress(
                    "reading",
                    static_cast<double>(source_.taken()) / static_cast<double>(source_.size())
                );
            }
        }
    }

    void take_lines(std::string_view text) {
        lines_.clear();
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size() - 1);
            lines_.push_back({text.substr(0, end + 1), line_++});
            text.remove_prefix(end + 1);
        }
        const std::size_t grain =
            std::max<std::size_t>(1, (lines_.size() + process_slots - 1) / process_slots);
        parallel_ranges(
            lines_.size(),
            grain,
            [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i) {
                    take_text(begin / grain, lines_[i]);
                }
            },
            how_.threads
        );
        for (Slot& slot : slots_) {
            for (auto& [line, message] : slot.problems) {
                complain(line, rules::process_line, std::move(message));
            }
            slot.problems.clear();
        }
    }

    void take_text(std::size_t number, const Line& line) {
        if (is_blank(line.text)) {
            return;
        }
        Slot& slot = slots_.at(number);
        simdjson::dom::element document;
        const auto error =
            slot.parser.parse(line.text.data(), line.text.size(), false).get(document);
        if (error != simdjson::SUCCESS) {
            slot.problems.emplace_back(
                line.number,
                fmt::format("is no JSON: {}", simdjson::error_message(error))
            );
            return;
        }
        take_document(number, line.number, document);
    }

    void take_document(std::size_t number, std::uint64_t line, simdjson::dom::element document) {
        Slot& slot = slots_.at(number);
        const std::uint64_t passed =
            slot.filler.each_process(document, [&](const model::BidProcess& process) {
                ++slot.processes;
                take_(number, line, process);
            });
        if (passed > 0) {
            slot.problems.emplace_back(
                line,
                fmt::format(
                    "{} {} without 'ocid', a text",
                    passed,
                    passed == 1 ? "release is" : "releases are"
                )
            );
        }
    }

    void read_document() {
        while (!is_over_) {
            if (!grow()) {
                complain(
                    0,
                    rules::process_line,
                    "is one document of more than 256 MiB; write it as JSON Lines, a release a line"
                );
                return;
            }
            fill();
        }
        simdjson::dom::element document;
        const std::string_view text = held();
        const auto error = slots_[0].parser.parse(text.data(), text.size(), false).get(document);
        if (error != simdjson::SUCCESS) {
            explain(text, simdjson::error_message(error));
            return;
        }
        take_document(0, 0, document);
        for (auto& [line, message] : slots_[0].problems) {
            complain(line, rules::process_line, std::move(message));
        }
    }

    /// Where a document stops to be JSON.
    void explain(std::string_view text, std::string message) {
        std::uint64_t line = 0;
        if (text.size() <= explained_size) {
            const ParsedJson parsed = parse_json(text, {explained_size, {}, explained_depth});
            if (!parsed.root) {
                line = line_ - 1 + line_of_byte(text, parsed.byte == 0 ? 0 : parsed.byte - 1);
                message = parsed.message;
            }
        }
        complain(line, rules::process_line, fmt::format("is no JSON: {}", message));
    }

    ByteSource& source_;
    std::string name_;
    const ProcessReading& how_;
    ImportReport& report_;
    const TakeProcess& take_;
    std::vector<char> block_;
    std::size_t start_ = 0;
    std::size_t end_ = 0;
    bool is_over_ = false;
    std::uint64_t line_ = 1;
    std::vector<Line> lines_;
    std::array<Slot, process_slots> slots_;
};

}  // namespace

Result<std::uint64_t> parse_bid_processes(
    std::string_view text,
    const std::string& name,
    const ProcessReading& how,
    ImportReport& report,
    const TakeProcess& take
) {
    const auto source = bytes_over(text);
    return std::make_unique<ProcessFile>(*source, name, how, report, take)->read();
}

Result<std::uint64_t> read_bid_processes(
    const std::filesystem::path& file,
    const ProcessReading& how,
    ImportReport& report,
    const TakeProcess& take
) {
    ADIC_TRY(const auto source, open_bytes(file));
    return std::make_unique<ProcessFile>(*source, file.filename().string(), how, report, take)
        ->read();
}

}  // namespace adic::ingest
