#include "adic/procure/origin.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

constexpr std::array<std::string_view, 4> methods{
    "build-down",
    "build-up",
    "parts of price",
    "parts of parts"};

constexpr std::size_t most_choices = 60;
constexpr std::size_t most_steps = 100'000;

bool is_inside(const OriginRule& rule, const CostedProduct& product, const std::string& state) {
    return rule.members.empty() ? state == product.producer
                                : std::ranges::binary_search(rule.members, state);
}

/// (N3): the part of a material that counts as inside.
Fraction counted_part(
    const CostLine& line,
    const OriginRule& rule,
    const CostedProduct& product,
    const Fraction& threshold
) {
    if (!is_inside(rule, product, line.origin)) {
        return 0;
    }
    if (!rule.partial_from || !line.content || *line.content >= threshold) {
        return 1;
    }
    return *line.content >= *rule.partial_from ? *line.content : Fraction{0};
}

/// What one material would bring if it came from inside.
struct Choice {
    std::size_t line;
    Fraction gain;  ///< (N5)
    Cents extra;
};

/// The cheapest set of choices whose gains reach what is needed: branch and bound, with the bound
/// of parts of choices, which are sorted by what a unit of gain costs.
class CheapestCover {
  public:
    CheapestCover(std::vector<Choice> choices, Fraction needed)
        : choices_(std::move(choices))
        , needed_(std::move(needed)) {
        std::ranges::stable_sort(choices_, [](const Choice& a, const Choice& b) {
            const Fraction one = a.extra * b.gain;
            const Fraction other = b.extra * a.gain;
            return one < other || (one == other && a.gain > b.gain);
        });
    }

    /// Empty if all choices together are not enough.
    std::optional<std::vector<std::size_t>> find() {
        Fraction all = 0;
        for (const Choice& choice : choices_) {
            all += choice.gain;
        }
        if (all < needed_) {
            return std::nullopt;
        }
        take_greedily();
        is_proven_ = choices_.size() <= most_choices;
        if (is_proven_) {
            std::vector<std::size_t> taken;
            search(0, 0, 0, taken);
        }
        return lines_of_best();
    }

    bool is_proven() const { return is_proven_; }

  private:
    void take_greedily() {
        Fraction gained = 0;
        for (std::size_t i = 0; i < choices_.size() && gained < needed_; ++i) {
            gained += choices_[i].gain;
            cost_ += choices_[i].extra;
            best_.push_back(i);
        }
    }

    /// Without those that cost nothing and are not needed.
    std::vector<std::size_t> lines_of_best() const {
        Fraction surplus = -needed_;
        for (const std::size_t place : best_) {
            surplus += choices_[place].gain;
        }
        std::vector<std::size_t> lines;
        for (auto place = best_.rbegin(); place != best_.rend(); ++place) {
            if (choices_[*place].extra == 0 && choices_[*place].gain <= surplus) {
                surplus -= choices_[*place].gain;
            } else {
                lines.push_back(choices_[*place].line);
            }
        }
        std::ranges::sort(lines);
        return lines;
    }

    /// No completion of what is taken, with choices from `next` on, is cheaper.
    Fraction bound(std::size_t next, const Fraction& gained, Cents cost) const {
        Fraction left = needed_ - gained;
        Fraction bound = cost;
        for (std::size_t i = next; i < choices_.size() && left > 0; ++i) {
            const Fraction part =
                choices_[i].gain <= left ? Fraction{1} : Fraction{left / choices_[i].gain};
            bound += part * choices_[i].extra;
            left -= choices_[i].gain;
        }
        return left > 0 ? Fraction{cost_ + 1} : bound;
    }

    void
    search(std::size_t next, const Fraction& gained, Cents cost, std::vector<std::size_t>& taken) {
        if (gained >= needed_) {
            if (cost < cost_) {
                cost_ = cost;
                best_ = taken;
            }
            return;
        }
        if (++steps_ > most_steps) {
            is_proven_ = false;
            return;
        }
        if (next == choices_.size() || bound(next, gained, cost) >= cost_) {
            return;
        }
        taken.push_back(next);
        search(next + 1, gained + choices_[next].gain, cost + choices_[next].extra, taken);
        taken.pop_back();
        search(next + 1, gained, cost, taken);
    }

    std::vector<Choice> choices_;
    Fraction needed_;
    std::vector<std::size_t> best_;
    Cents cost_ = 0;
    std::size_t steps_ = 0;
    bool is_proven_ = false;
};

class Judge {
  public:
    Judge(const CostedProduct& product, const OriginRule& rule, Fraction threshold)
        : product_(product)
        , rule_(rule) {
        verdict_.threshold = std::move(threshold);
        for (const CostLine& line : product.lines) {
            if (line.kind == CostKind::material) {
                const Fraction part =
                    counted_part(line, rule, product, verdict_.threshold) * line.value;
                parts_ += line.value;
                inside_parts_ += part;
                outside_.push_back(Fraction{line.value} - part);
            } else {
                outside_.emplace_back(0);
                inside_other_ += is_inside(rule, product, line.origin) ? line.value : 0;
            }
        }
    }

    Result<OriginVerdict> judge() && {
        verdict_.base = rule_.method == OriginMethod::parts_of_parts ? parts_ : product_.price;
        if (verdict_.base <= 0) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format(
                    "'{}' has no materials: the rule {} says nothing of it",
                    product_.id,
                    rule_.id
                ),
                {}};
        }
        verdict_.inside = inside();
        verdict_.share = verdict_.inside / verdict_.base;
        const Fraction needed = verdict_.threshold * verdict_.base - verdict_.inside;
        verdict_.is_kept = needed <= 0;
        if (!verdict_.is_kept) {
            verdict_.missing = rounded_up(needed);
            verdict_.remedy = remedy(needed);
        }
        return std::move(verdict_);
    }

  private:
    static Cents rounded_up(const Fraction& amount) {
        const Cents near = nearest(amount);
        return Fraction{near} < amount ? near + 1 : near;
    }

    /// (N1, N2, N4)
    Fraction inside() const {
        switch (rule_.method) {
        case OriginMethod::build_down: return product_.price - (parts_ - inside_parts_);
        case OriginMethod::build_up: return inside_parts_ + inside_other_;
        case OriginMethod::parts_of_price:
        case OriginMethod::parts_of_parts: return inside_parts_;
        }
        std::abort();
    }

    OriginRemedy remedy(const Fraction& needed) const {
        std::vector<Choice> quoted;
        Fraction still_needed = needed;
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < product_.lines.size(); ++i) {
            const CostLine& line = product_.lines[i];
            if (outside_[i] <= 0 || !line.inside_value) {
                continue;
            }
            const Cents extra = *line.inside_value - line.value;
            const Fraction gain = outside_[i] + (1 - verdict_.threshold) * extra;
            if (gain > 0 && extra < 0) {
                free.push_back(i);  // cheaper and from inside: whatever else is done
                still_needed -= gain;
            } else if (gain > 0) {
                quoted.push_back({i, gain, extra});
            }
        }
        if (still_needed <= 0) {
            return described(OriginRemedy::Kind::cheapest, std::move(free));
        }
        CheapestCover cover(std::move(quoted), still_needed);
        if (auto lines = cover.find()) {
            lines->insert(lines->end(), free.begin(), free.end());
            std::ranges::sort(*lines);
            return described(
                cover.is_proven() ? OriginRemedy::Kind::cheapest : OriginRemedy::Kind::cheap,
                *std::move(lines)
            );
        }
        return fewest(needed);
    }

    /// The largest lines first; for the last, the smallest that suffices.
    OriginRemedy fewest(Fraction needed) const {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < outside_.size(); ++i) {
            if (outside_[i] > 0) {
                order.push_back(i);
            }
        }
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
            return outside_[a] > outside_[b];
        });
        std::vector<std::size_t> lines;
        std::size_t next = 0;
        while (next < order.size() && outside_[order[next]] < needed) {
            needed -= outside_[order[next]];
            lines.push_back(order[next++]);
        }
        if (next == order.size()) {
            return {};
        }
        while (next + 1 < order.size() && outside_[order[next + 1]] >= needed) {
            ++next;
        }
        lines.push_back(order[next]);
        std::ranges::sort(lines);
        OriginRemedy remedy{OriginRemedy::Kind::fewest, lines, 0, verdict_.inside};
        for (const std::size_t line : lines) {
            remedy.share += outside_[line];
        }
        remedy.share /= verdict_.base;
        return remedy;
    }

    OriginRemedy described(OriginRemedy::Kind kind, std::vector<std::size_t> lines) const {
        OriginRemedy remedy{kind, std::move(lines), 0, verdict_.inside};
        for (const std::size_t line : remedy.lines) {
            const Cents extra = *product_.lines[line].inside_value - product_.lines[line].value;
            remedy.extra += extra;
            remedy.share += outside_[line] + extra;
        }
        remedy.share /= Fraction{verdict_.base + remedy.extra};
        return remedy;
    }

    const CostedProduct& product_;
    const OriginRule& rule_;
    OriginVerdict verdict_;
    std::vector<Fraction> outside_;  ///< of each line: the value of materials that does not count
    Fraction inside_parts_ = 0;
    Fraction inside_other_ = 0;
    Cents parts_ = 0;
};

}  // namespace

std::string_view name_of(OriginMethod method) {
    return methods.at(static_cast<std::size_t>(method));
}

Fraction threshold_on(const OriginRule& rule, std::optional<std::chrono::sys_days> day) {
    Fraction threshold = rule.threshold;
    if (!day || rule.step_years == 0) {
        return threshold;
    }
    const std::chrono::year_month_day start{rule.from};
    for (auto next = start.year() + std::chrono::years{rule.step_years};
         std::chrono::sys_days{next / start.month() / start.day()} <= *day && threshold < 1;
         next += std::chrono::years{rule.step_years}) {
        threshold += rule.step;
    }
    return std::min(threshold, Fraction{1});
}

Result<OriginVerdict> judge_origin(
    const CostedProduct& product,
    const OriginRule& rule,
    std::optional<std::chrono::sys_days> day
) {
    return Judge(product, rule, threshold_on(rule, day)).judge();
}

}  // namespace adic::procure
