#include "json_lines.hpp"

#include <algorithm>
#include <set>

namespace adic::ingest {
namespace {

constexpr std::size_t longest_pointer = 256;
constexpr std::size_t kept_repeated = 100;

/// Walks over JSON that has been read before, so it looks only for what moves the pointer.
class LineScan {
  public:
    LineScan(std::string_view text, JsonLines& found) : text_(text), found_(&found) {}

    void run() {
        while (at_ < text_.size()) {
            step(text_[at_]);
        }
    }

  private:
    struct Frame {
        bool is_object;
        bool is_key_next;
        std::size_t index;
        std::size_t base;  ///< length of the pointer of this value
        std::set<std::string_view> keys;
    };

    void step(char c) {
        switch (c) {
        case '\n': ++line_; break;
        case ' ':
        case '\t':
        case '\r':
        case ':': break;
        case ',': next_member(); break;
        case '{':
        case '[': open(c == '{'); break;
        case '}':
        case ']': close(); break;
        case '"': take_text(); return;
        default: take_word(); return;
        }
        ++at_;
    }

    void next_member() {
        if (frames_.empty()) {
            return;
        }
        ++frames_.back().index;
        frames_.back().is_key_next = frames_.back().is_object;
    }

    void open(bool is_object) {
        begin_value();
        frames_.push_back({is_object, is_object, 0, pointer_.size(), {}});
    }

    void close() {
        if (!frames_.empty()) {
            pointer_.resize(frames_.back().base);
            frames_.pop_back();
        }
    }

    void take_text() {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != '"') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        end = std::min(end, text_.size());
        const std::string_view content = text_.substr(at_ + 1, end - at_ - 1);
        if (!frames_.empty() && frames_.back().is_key_next) {
            take_key(content);
        } else {
            begin_value();
        }
        at_ = std::min(end + 1, text_.size());
    }

    void take_key(std::string_view key) {
        Frame& frame = frames_.back();
        frame.is_key_next = false;
        pointer_.resize(frame.base);
        if (!frame.keys.insert(key).second && found_->repeated.size() < kept_repeated) {
            found_->repeated.push_back({pointer_, std::string(key.substr(0, 80)), line_});
        }
        // Longer ones would make the pointers below them long, and none of ours is.
        pointer_.append("/").append(key.substr(0, longest_pointer));
    }

    void take_word() {
        begin_value();
        constexpr std::string_view ends = ",]} \t\r\n";
        at_ = std::min(text_.find_first_of(ends, at_), text_.size());
    }

    void begin_value() {
        if (!frames_.empty() && !frames_.back().is_object) {
            pointer_.resize(frames_.back().base);
            pointer_.append("/").append(std::to_string(frames_.back().index));
        }
        if (pointer_.size() <= longest_pointer) {
            const auto place = found_->lines.find(pointer_);
            if (place != found_->lines.end()) {
                place->second = line_;
            }
        }
    }

    std::string_view text_;
    JsonLines* found_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::string pointer_;
    std::vector<Frame> frames_;
};

std::string_view parent_of(std::string_view pointer) {
    return pointer.substr(0, std::min(pointer.rfind('/'), pointer.size()));
}

}  // namespace

JsonLines find_json_lines(std::string_view text, const std::vector<std::string>& places) {
    JsonLines found;
    for (std::string_view place : places) {
        while (found.lines.try_emplace(std::string(place), 0).second && !place.empty()) {
            place = parent_of(place);
        }
    }
    LineScan(text, found).run();
    // Parents stand before their children in the order of the map.
    for (auto& [place, line] : found.lines) {
        if (line == 0 && !place.empty()) {
            line = found.lines.find(parent_of(place))->second;
        }
    }
    return found;
}

std::uint64_t line_of_byte(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte);
    return 1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
}

}  // namespace adic::ingest
