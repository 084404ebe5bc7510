#include "render/layout.hpp"

#include "render/figures.hpp"
#include "render/text_width.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace adic::cli {
namespace {

/// A column of a section with its position in the rows.
struct Placed {
    std::size_t position;
    const Column* column;

    std::string text_of(const Row& row) const { return to_display(row[position], *column); }
};

Placed placed(const Shape& shape, std::string_view key) {
    const auto found = std::ranges::find(shape.columns, key, &Column::key);
    assert(found != shape.columns.end());
    const auto position = static_cast<std::size_t>(found - shape.columns.begin());
    return {position, &shape.columns[position]};
}

std::vector<Placed> placed(const Shape& shape, const std::vector<std::string_view>& keys) {
    std::vector<Placed> columns;
    columns.reserve(keys.size());
    for (const std::string_view key : keys) {
        columns.push_back(placed(shape, key));
    }
    return columns;
}

/// Numbers texts in the order in which they are first seen.
class Numbering {
  public:
    std::size_t number_of(const std::string& text) {
        const auto [place, is_new] = numbers_.emplace(text, texts_.size());
        if (is_new) {
            texts_.push_back(text);
        }
        return place->second;
    }

    const std::vector<std::string>& texts() const { return texts_; }

  private:
    std::map<std::string, std::size_t> numbers_;
    std::vector<std::string> texts_;
};

class SideBySideLayout {
  public:
    SideBySideLayout(const Section& section, const SideBySide& how)
        : rows_(&section.rows)
        , by_(placed(*section.shape, how.by))
        , names_(placed(*section.shape, how.rows))
        , values_(placed(*section.shape, how.values)) {}

    Layout run() {
        for (const Row& row : *rows_) {
            sides_.push_back(labels_.number_of(by_.text_of(row)));
            lines_.push_back(free_line(name_of(row), sides_.back()));
        }
        add_columns();
        layout_.cells.assign(
            lines_by_name_.texts().size(),
            std::vector<std::string>(layout_.columns.size(), "-")
        );
        for (std::size_t r = 0; r < rows_->size(); ++r) {
            fill((*rows_)[r], lines_[r], sides_[r]);
        }
        return std::move(layout_);
    }

  private:
    std::string name_of(const Row& row) const {
        std::string name;
        for (const Placed& column : names_) {
            name += column.text_of(row) + '\n';
        }
        return name;
    }

    /// The line of this name whose place on this side no earlier row has taken.
    std::size_t free_line(std::string name, std::size_t side) {
        std::size_t line = lines_by_name_.number_of(name);
        while (!taken_.insert({line, side}).second) {
            name += '\n';
            line = lines_by_name_.number_of(name);
        }
        return line;
    }

    /// The side alone, if there is only one value to a side.
    std::string title_of(const Placed& value, const std::string& label) const {
        std::string title = values_.size() > 1 ? std::string(value.column->title) + ' ' : "";
        return title.append(label);
    }

    void add_columns() {
        for (const Placed& name : names_) {
            layout_.add_column(*name.column, std::string(name.column->title));
        }
        for (const Placed& value : values_) {
            for (const std::string& label : labels_.texts()) {
                layout_.add_column(*value.column, title_of(value, label));
            }
        }
    }

    void fill(const Row& row, std::size_t line, std::size_t side) {
        std::size_t place = 0;
        for (const Placed& name : names_) {
            layout_.set(line, place++, name.text_of(row));
        }
        for (const Placed& value : values_) {
            layout_.set(line, place + side, value.text_of(row));
            place += labels_.texts().size();
        }
    }

    const std::vector<Row>* rows_;
    Placed by_;
    std::vector<Placed> names_;
    std::vector<Placed> values_;
    Numbering labels_;
    Numbering lines_by_name_;
    std::set<std::pair<std::size_t, std::size_t>> taken_;  ///< lines and sides
    std::vector<std::size_t> sides_;                       ///< by row of the section
    std::vector<std::size_t> lines_;                       ///< by row of the section
    Layout layout_;
};

Layout lay_out_rows(const Section& section) {
    Layout layout;
    std::vector<Placed> shown;
    for (std::size_t c = 0; c < section.shape->columns.size(); ++c) {
        const Column& column = section.shape->columns[c];
        if (column.in != In::data) {
            shown.push_back({c, &column});
            layout.add_column(column, std::string(column.title));
        }
    }
    layout.cells.assign(section.rows.size(), std::vector<std::string>(shown.size()));
    for (std::size_t r = 0; r < section.rows.size(); ++r) {
        for (std::size_t place = 0; place < shown.size(); ++place) {
            layout.set(r, place, shown[place].text_of(section.rows[r]));
        }
    }
    return layout;
}

}  // namespace

std::size_t Layout::total() const {
    const std::size_t gaps = columns.empty() ? 0 : gap * (columns.size() - 1);
    return std::accumulate(widths.begin(), widths.end(), gaps);
}

void Layout::add_column(const Column& column, std::string title) {
    columns.push_back(&column);
    widths.push_back(display_width(title));
    titles.push_back(std::move(title));
}

void Layout::set(std::size_t row, std::size_t column, std::string text) {
    widths[column] = std::max(widths[column], display_width(text));
    cells[row][column] = std::move(text);
}

Layout lay_out(const Section& section) {
    return section.side_by_side ? SideBySideLayout(section, *section.side_by_side).run()
                                : lay_out_rows(section);
}

}  // namespace adic::cli
