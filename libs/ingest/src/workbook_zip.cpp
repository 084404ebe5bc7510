#include "workbook_zip.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace adic::ingest {
namespace {

constexpr std::uint64_t largest_workbook = std::uint64_t{2} << 30U;   // bytes, unpacked
constexpr std::uint64_t largest_document = std::uint64_t{16} << 20U;  // bytes
constexpr std::uint64_t largest_element = std::uint64_t{16} << 20U;   // bytes
constexpr std::uint64_t largest_expansion = 250;  // spreadsheets pack to a tenth, rarely a fiftieth
constexpr std::uint64_t always_small = std::uint64_t{16} << 20U;  // bytes, whatever the expansion
constexpr std::size_t block_size = std::size_t{1} << 16U;

/// Bytes of all parts, unpacked, as the archive declares them. Reading stops at what it declares.
std::uint64_t unpacked_size(zip_t* archive) {
    std::uint64_t sum = 0;
    const zip_int64_t entries = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < entries; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat) == 0
            && (stat.valid & ZIP_STAT_SIZE) != 0) {
            sum += std::min<std::uint64_t>(stat.size, largest_workbook + 1);
        }
        if (sum > largest_workbook) {
            break;
        }
    }
    return sum;
}

bool is_name_end(char c) {
    return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

std::optional<WorkbookZip> WorkbookZip::open(const std::filesystem::path& path, Refusal& why) {
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (archive == nullptr) {
        why = Refusal::not_a_zip;
        return std::nullopt;
    }
    WorkbookZip workbook(archive);
    std::error_code error;
    const std::uint64_t packed = std::filesystem::file_size(path, error);
    const std::uint64_t unpacked = unpacked_size(archive);
    if (unpacked > largest_workbook
        || (unpacked > always_small && unpacked / largest_expansion > packed)) {
        why = Refusal::too_large;
        return std::nullopt;
    }
    return workbook;
}

WorkbookZip::Part WorkbookZip::part(const std::string& name) const {
    return Part(zip_fopen(archive_.get(), name.c_str(), ZIP_FL_NOCASE));
}

std::uint64_t WorkbookZip::size_of(const std::string& name) const {
    zip_stat_t stat;
    const bool is_there = zip_stat(archive_.get(), name.c_str(), ZIP_FL_NOCASE, &stat) == 0;
    return is_there && (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
}

std::unique_ptr<pugi::xml_document> WorkbookZip::document(const std::string& name) const {
    const Part file = part(name);
    std::string text;
    std::array<char, block_size> block{};
    for (zip_int64_t count = 1; file != nullptr && count > 0;) {
        count = zip_fread(file.get(), block.data(), block.size());
        text.append(block.data(), static_cast<std::size_t>(std::max<zip_int64_t>(count, 0)));
        if (text.size() > largest_document) {
            return nullptr;
        }
    }
    auto document = std::make_unique<pugi::xml_document>();
    const bool is_good = document->load_buffer(text.data(), text.size());
    return is_good ? std::move(document) : nullptr;
}

// --- elements -----------------------------------------------------------------------------------

XmlElements::XmlElements(WorkbookZip::Part part, std::string_view name)
    : part_(std::move(part))
    , name_(name) {}

/// Reads another block behind the text that was not given yet.
bool XmlElements::fill() {
    text_.erase(0, at_);
    at_ = 0;
    if (part_ == nullptr || text_.size() > largest_element) {
        is_broken_ = true;
        return false;
    }
    const std::size_t old = text_.size();
    text_.resize(old + block_size);
    const zip_int64_t count = zip_fread(part_.get(), text_.data() + old, block_size);
    text_.resize(old + static_cast<std::size_t>(std::max<zip_int64_t>(count, 0)));
    bytes_ += text_.size() - old;
    is_broken_ = is_broken_ || count < 0;
    return count > 0;
}

/// The place of the next start tag of the name.
std::optional<std::size_t> XmlElements::find_start() {
    for (;;) {
        const std::size_t found = text_.find("<" + name_, at_);
        const std::size_t after = found + 1 + name_.size();
        if (found != std::string::npos && after < text_.size()) {
            if (is_name_end(text_[after])) {
                return found;
            }
            at_ = after;
            continue;
        }
        // Of what has no start tag, only the end can still become one.
        const std::size_t kept = std::min(text_.size(), name_.size() + 1);
        at_ = found != std::string::npos ? found : std::max(at_, text_.size() - kept);
        if (!fill()) {
            return std::nullopt;
        }
    }
}

/// The place of the '>' that closes the tag at `start`; one inside quotes does not.
std::optional<std::size_t> XmlElements::find_close_of_tag(std::size_t start) {
    char quote = '\0';
    for (std::size_t i = start;; ++i) {
        if (i == text_.size()) {
            const std::size_t moved = at_;
            if (!fill()) {
                return std::nullopt;
            }
            i -= moved;
        }
        const char c = text_[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i;
        }
    }
}

/// The place behind the element that starts at `at_`.
std::optional<std::size_t> XmlElements::find_end(std::size_t start) {
    at_ = start;
    const auto close = find_close_of_tag(start);
    if (!close) {
        return std::nullopt;
    }
    const std::string end_tag = "</" + name_ + ">";
    std::size_t from = *close;
    if (text_[from - 1] == '/') {
        return from + 1;
    }
    for (;;) {
        const std::size_t found = text_.find(end_tag, from);
        if (found != std::string::npos) {
            return found + end_tag.size();
        }
        from = std::max(from, text_.size() - std::min(text_.size(), end_tag.size()));
        const std::size_t moved = at_;
        if (!fill()) {
            is_broken_ = true;
            return std::nullopt;
        }
        from -= moved;
    }
}

pugi::xml_node XmlElements::next() {
    if (!knows_prefix_) {
        fill();
        // <x:worksheet ...> calls its rows <x:row>.
        std::size_t root = text_.find('<');
        while (root != std::string::npos && root + 1 < text_.size()
               && (text_[root + 1] == '?' || text_[root + 1] == '!')) {
            root = text_.find('<', root + 1);
        }
        const std::size_t end =
            root == std::string::npos ? root : text_.find_first_of(" >/:", root + 1);
        if (end != std::string::npos && text_[end] == ':') {
            name_ = text_.substr(root + 1, end - root) + name_;
        }
        knows_prefix_ = true;
    }
    const auto start = find_start();
    if (!start) {
        return {};
    }
    const auto end = find_end(*start);
    if (!end) {
        is_broken_ = true;
        return {};
    }
    constexpr unsigned keep_spaces = pugi::parse_default | pugi::parse_ws_pcdata_single;
    const bool is_good =
        document_.load_buffer(text_.data() + at_, *end - at_, keep_spaces, pugi::encoding_utf8);
    at_ = *end;
    is_broken_ = is_broken_ || !is_good;
    return is_good ? document_.document_element() : pugi::xml_node{};
}

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node child : node.children()) {
        if (local_name(child) == name) {
            return child;
        }
    }
    return {};
}

}  // namespace adic::ingest
