#include "adic/ingest/csv_reader.hpp"

#include "adic/base/text.hpp"

#include "byte_source.hpp"
#include "csv_scan.hpp"
#include "rules.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20U;
constexpr std::size_t smallest_block = std::size_t{1} << 12U;
constexpr std::size_t padding = 16;  // zero bytes behind the text, that end every search

/// A small file needs no large block. One that is compressed grows, and the block with it.
std::size_t block_for(std::uint64_t size) {
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(size + 1, smallest_block, block_size)
    );
}

/// What became of an attempt to take one record from the bytes at hand.
enum class Outcome { record, empty_line, needs_more };

/// Takes one record from a text that is followed by zero bytes.
class RecordParser {
  public:
    RecordParser(const char* begin, const char* end, bool is_last, char separator)
        : scan_(begin, separator)
        , begin_(begin)
        , end_(end)
        , field_(begin)
        , is_last_(is_last)
        , separator_(separator) {}

    Outcome parse(std::vector<std::string_view>& fields, std::vector<std::uint32_t>& doubled) {
        fields_ = &fields;
        doubled_ = &doubled;
        fields.clear();
        doubled.clear();
        for (;;) {
            const char* const at = scan_.next();
            const bool is_end = at >= end_;
            if (is_end && !is_last_) {
                return Outcome::needs_more;
            }
            if (is_end || (*at == '\n' && !inside_)) {
                return finish(is_end ? end_ : at, is_end ? end_ : at + 1);
            }
            if (at + 1 >= end_ && !is_last_) {
                return Outcome::needs_more;  // what the byte means may depend on the next one
            }
            take(at);
        }
    }

    const char* after() const { return after_; }

    std::uint64_t lines() const { return lines_; }

    bool only_ascii() const { return scan_.only_ascii(); }

    const ImportRule* fault() const { return fault_; }

  private:
    void take(const char* at) {
        if (*at == separator_) {
            if (!inside_) {
                end_field(at);
                field_ = at + 1;
            }
            return;
        }
        switch (*at) {
        case '"': take_quote(at); break;
        case '\n': ++lines_; break;
        case '\r':
            if (!inside_ && at[1] != '\n') {
                blame(rules::lone_return);
            }
            break;
        case '\0': blame(rules::nul_byte); break;
        default: break;
        }
    }

    void take_quote(const char* at) {
        if (inside_ && at[1] == '"') {
            scan_.next();
            has_doubled_ = true;
        } else if (inside_) {
            inside_ = false;
            closed_ = at;
        } else if (at == field_) {
            inside_ = true;
        } else {
            blame(rules::stray_quote);
        }
    }

    void end_field(const char* stop) {
        if (closed_ == nullptr) {
            fields_->emplace_back(field_, static_cast<std::size_t>(stop - field_));
            return;
        }
        if (closed_ + 1 != stop) {
            blame(rules::stray_quote);
        }
        if (has_doubled_) {
            doubled_->push_back(static_cast<std::uint32_t>(fields_->size()));
        }
        fields_->emplace_back(field_ + 1, static_cast<std::size_t>(closed_ - field_ - 1));
        closed_ = nullptr;
        has_doubled_ = false;
    }

    void blame(const ImportRule& fault) {
        if (fault_ == nullptr) {
            fault_ = &fault;
        }
    }

    Outcome finish(const char* stop, const char* after) {
        after_ = after;
        lines_ += after != stop ? 1U : 0U;
        if (inside_) {
            blame(rules::unclosed_quote);
            return Outcome::record;
        }
        const bool has_return = after != stop && stop != begin_ && stop[-1] == '\r';
        const char* const text_end = has_return ? stop - 1 : stop;
        if (text_end == begin_) {
            return Outcome::empty_line;
        }
        end_field(text_end);
        return Outcome::record;
    }

    CsvScan scan_;
    const char* begin_;
    const char* end_;
    const char* field_;
    bool is_last_;
    char separator_;
    std::vector<std::string_view>* fields_ = nullptr;
    std::vector<std::uint32_t>* doubled_ = nullptr;
    const char* closed_ = nullptr;  ///< the quote that closed the field at hand
    const char* after_ = nullptr;
    bool inside_ = false;  ///< between quotes
    bool has_doubled_ = false;
    std::uint64_t lines_ = 0;
    const ImportRule* fault_ = nullptr;
};

}  // namespace

struct CsvReader::State {
    State(std::string file, std::unique_ptr<ByteSource> source, ImportReport& to, CsvFormat as)
        : name(std::move(file))
        , bytes(std::move(source))
        , report(&to)
        , format(as)
        , buffer(block_for(bytes->size()) + padding, '\0') {}

    bool next();
    bool take_record();
    void fill();
    void start();
    bool skip_overlong();
    void undouble();
    void add(const ImportRule& rule, std::string_view message = {});

    std::string_view left() const { return {buffer.data() + begin, end - begin}; }

    std::string name;
    std::unique_ptr<ByteSource> bytes;
    ImportReport* report;
    CsvFormat format;
    std::string buffer;  ///< bytes at hand in [begin, end), zeros behind
    std::size_t begin = 0;
    std::size_t end = 0;
    bool started = false;
    bool is_last = false;  ///< nothing comes after the bytes at hand
    bool is_over = false;
    std::uint64_t line = 1;  ///< of the next record
    std::uint64_t row = 0;
    std::vector<std::string_view> fields;
    std::vector<std::uint32_t> doubled;  ///< fields with doubled quotes
};

void CsvReader::State::add(const ImportRule& rule, std::string_view message) {
    const std::string_view text = fields.empty() ? std::string_view{} : fields.front();
    const std::string said = message.empty() ? sentence(rule) : std::string(message);
    report->add({Severity::error, rule.id, name, row, {}, std::string(text.substr(0, 80)), said});
}

/// Moves what is left to the front and reads on behind it.
void CsvReader::State::fill() {
    std::memmove(buffer.data(), buffer.data() + begin, end - begin);
    end -= begin;
    begin = 0;
    if (end + padding >= buffer.size()) {
        buffer.resize(2 * buffer.size());
    }
    const std::size_t room = buffer.size() - padding - end;
    std::size_t got = 0;
    // As much as fits: a source of one byte at a time must not make us start over for each byte.
    for (std::size_t count = 1; count != 0 && got < room; got += count) {
        count = bytes->read({buffer.data() + end + got, room - got});
    }
    end += got;
    std::fill_n(buffer.data() + end, padding, '\0');
    is_last = got == 0;
    if (is_last && !bytes->problem().empty()) {
        row = line;
        fields.clear();
        add(rules::damaged_stream, std::string(bytes->problem()) + "; reading stopped here");
        begin = end;  // the last record is cut off
    }
}

void CsvReader::State::start() {
    started = true;
    fill();
    constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
    if (left().starts_with(utf8_mark)) {
        begin += utf8_mark.size();
    } else if (left().starts_with("\xFF\xFE") || left().starts_with("\xFE\xFF")) {
        row = 1;
        add(rules::not_utf8, "the file is UTF-16; save it as 'CSV UTF-8'; it was not read");
        is_over = true;
    }
}

bool CsvReader::State::next() {
    if (!started) {
        start();
    }
    while (!is_over) {
        if (take_record()) {
            return true;
        }
    }
    fields.clear();
    return false;
}

/// Whether a good record was taken; the caller asks again until the end.
bool CsvReader::State::take_record() {
    if (begin == end && is_last) {
        is_over = true;
        return false;
    }
    RecordParser parser(buffer.data() + begin, buffer.data() + end, is_last, format.separator);
    const Outcome outcome = parser.parse(fields, doubled);
    if (outcome == Outcome::needs_more) {
        if (end - begin > format.longest_record) {
            return skip_overlong();
        }
        fill();
        return false;
    }
    row = line;
    line += parser.lines();
    const std::string_view text(
        buffer.data() + begin,
        static_cast<std::size_t>(parser.after() - buffer.data()) - begin
    );
    begin += text.size();
    if (outcome == Outcome::empty_line) {
        return false;
    }
    if (parser.fault() != nullptr) {
        add(*parser.fault());
        return false;
    }
    if (text.size() > format.longest_record) {
        add(rules::overlong_record);
        return false;
    }
    if (!parser.only_ascii() && !is_utf8(text)) {
        add(rules::not_utf8);
        return false;
    }
    undouble();
    return true;
}

/// Goes on at the line after the longest allowed record, so that hostile input costs linear time.
bool CsvReader::State::skip_overlong() {
    row = line;
    fields.clear();
    add(rules::overlong_record);
    line += static_cast<std::uint64_t>(std::ranges::count(left(), '\n'));
    begin = end;
    while (!is_last) {
        fill();
        const std::size_t line_end = left().find('\n');
        if (line_end != std::string_view::npos) {
            ++line;
            begin += line_end + 1;
            return false;
        }
        begin = end;
    }
    return false;
}

/// Makes one quote of two, in place: what is left of a field never grows.
void CsvReader::State::undouble() {
    for (const std::uint32_t index : doubled) {
        const std::string_view field = fields[index];
        char* const first = buffer.data() + (field.data() - buffer.data());
        char* to = first;
        for (std::size_t i = 0; i < field.size(); ++i) {
            *to++ = field[i];
            i += field[i] == '"' ? 1U : 0U;
        }
        fields[index] = {first, static_cast<std::size_t>(to - first)};
    }
}

Result<CsvReader>
CsvReader::open(const std::filesystem::path& path, ImportReport& report, const CsvFormat& format) {
    ADIC_TRY(std::unique_ptr<ByteSource> bytes, open_bytes(path));
    return CsvReader(
        std::make_unique<State>(path.filename().string(), std::move(bytes), report, format)
    );
}

CsvReader CsvReader::over(
    std::string name,
    std::string_view text,
    ImportReport& report,
    const CsvFormat& format
) {
    return CsvReader(std::make_unique<State>(std::move(name), bytes_over(text), report, format));
}

CsvReader::CsvReader(std::unique_ptr<State> state) : state_(std::move(state)) {}

CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

bool CsvReader::next() {
    return state_->next();
}

std::span<const std::string_view> CsvReader::fields() const {
    return state_->fields;
}

std::uint64_t CsvReader::row() const {
    return state_->row;
}

double CsvReader::done() const {
    const std::uint64_t size = state_->bytes->size();
    if (state_->is_over || size == 0) {
        return 1.0;
    }
    return static_cast<double>(state_->bytes->taken()) / static_cast<double>(size);
}

const std::string& CsvReader::name() const {
    return state_->name;
}

}  // namespace adic::ingest
