#include "flags/plain_flags.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace adic::procure {
namespace {

using nlohmann::json;
using Ids = std::set<std::string>;

std::string text_in(const json& object, const std::string& member) {
    return object.is_object() && object.contains(member) && object.at(member).is_string()
               ? object.at(member).get<std::string>()
               : std::string{};
}

json part(const json& object, const std::string& member) {
    return object.is_object() && object.contains(member) ? object.at(member) : json();
}

Ids ids_in(const json& list) {
    Ids ids;
    for (const json& one : list) {
        if (!text_in(one, "id").empty()) {
            ids.insert(text_in(one, "id"));
        }
    }
    return ids;
}

bool is_submitted(const json& bid) {
    const std::string status = text_in(bid, "status");
    return !status.empty() && status != "invited" && status != "withdrawn";
}

std::optional<double> amount_of(const json& bid) {
    const json value = part(bid, "value");
    return value.is_object() && value.contains("currency")
               ? std::optional(value.at("amount").get<double>())
               : std::nullopt;
}

double plain_quantile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    const double h = (static_cast<double>(values.size()) + 1.0 / 3.0) * part + 1.0 / 3.0;
    const auto at = [&](double place) {
        const double inside = std::clamp(place, 1.0, static_cast<double>(values.size()));
        return values[static_cast<std::size_t>(inside) - 1];
    };
    const double floor = std::floor(h);
    return at(floor) + (h - floor) * (at(floor + 1.0) - at(floor));
}

struct Quartiles {
    double first;
    double third;

    double lower() const { return std::fma(third - first, -1.5, first); }

    double upper() const { return std::fma(third - first, 1.5, third); }
};

Quartiles quartiles(const std::vector<double>& values) {
    return {plain_quantile(values, 0.25), plain_quantile(values, 0.75)};
}

struct Count {
    double part = 0;
    double whole = 0;
};

std::vector<double> ratios_of(const std::map<std::string, Count>& counts) {
    std::vector<double> ratios;
    for (const auto& [id, count] : counts) {
        ratios.push_back(count.part / count.whole);
    }
    return ratios;
}

class Plain {
  public:
    std::set<PlainFlag> all(const std::vector<json>& releases) {
        for (const json& release : releases) {
            if (text_in(part(release, "tender"), "status") != "cancelled") {
                judge(release);
            }
        }
        finish();
        return flags_;
    }

  private:
    void judge(const json& release) {
        ocid_ = text_in(release, "ocid");
        tender_ = part(release, "tender");
        bids_ = part(part(release, "bids"), "details");
        awards_ = part(release, "awards");
        judge_period();
        const std::string method = text_in(tender_, "procurementMethod");
        if (part(tender_, "numberOfTenderers") == json(1)
            && (method == "open" || method == "selective")) {
            flag(FlagCode::r018);
        }
        judge_late();
        judge_others();
        judge_same_price();
        judge_lowest();
        note_only_award();
        note_disqualified(release);
        note_variety();
    }

    void flag(FlagCode code, const Ids& tenderers = {}) {
        flags_.insert({code, FlagSubject::process, ocid_});
        for (const std::string& id : tenderers) {
            flags_.insert({code, FlagSubject::tenderer, id});
        }
    }

    void judge_period() {
        const auto opens = instant_of(text_in(part(tender_, "tenderPeriod"), "startDate"));
        const auto closes = instant_of(text_in(part(tender_, "tenderPeriod"), "endDate"));
        if (opens && closes
            && std::trunc(static_cast<double>(*closes - *opens) / 86'400'000.0) < 15) {
            flag(FlagCode::r003);
        }
    }

    Ids winners() const {
        Ids ids;
        for (const json& award : awards_) {
            if (text_in(award, "status") == "active") {
                ids.merge(ids_in(part(award, "suppliers")));
            }
        }
        return ids;
    }

    bool all_final() const {
        return awards_.is_array() && bids_.is_array()
               && std::ranges::all_of(awards_, [](const json& award) {
                      const std::string status = text_in(award, "status");
                      return status.empty() || status == "active" || status == "cancelled"
                             || status == "unsuccessful";
                  });
    }

    Ids tenderers(const std::string& status) const {
        Ids ids;
        for (const json& bid : bids_) {
            if (text_in(bid, "status") == status) {
                ids.merge(ids_in(part(bid, "tenderers")));
            }
        }
        return ids;
    }

    void judge_late() {
        const auto closes = instant_of(text_in(part(tender_, "tenderPeriod"), "endDate"));
        for (const json& bid : bids_) {
            const auto came = instant_of(text_in(bid, "date"));
            if (text_in(bid, "status") == "valid" && came && closes && *came > *closes) {
                for (const std::string& id : ids_in(part(bid, "tenderers"))) {
                    if (winners().contains(id)) {
                        flag(FlagCode::r030, {id});
                    }
                }
            }
        }
    }

    void judge_others() {
        const Ids valid = tenderers("valid");
        Ids others = tenderers("disqualified");
        for (const std::string& id : valid) {
            others.erase(id);
        }
        if (all_final() && valid.size() == 1 && valid == winners() && !others.empty()) {
            flag(FlagCode::r035, valid);
        }
    }

    void judge_same_price() {
        for (const json& one : bids_) {
            for (const json& other : bids_) {
                const Ids first = ids_in(part(one, "tenderers"));
                const Ids second = ids_in(part(other, "tenderers"));
                if (is_submitted(one) && is_submitted(other) && amount_of(one)
                    && amount_of(one) == amount_of(other)
                    && one.at("value").at("currency") == other.at("value").at("currency")
                    && !first.empty() && !second.empty() && first != second) {
                    flag(FlagCode::r028, first);
                    flag(FlagCode::r028, second);
                }
            }
        }
    }

    void judge_lowest() {
        const bool has_award = std::ranges::any_of(awards_, [](const json& award) {
            return text_in(award, "status") == "active";
        });
        std::optional<double> lowest;
        bool is_lost = false;
        bool has_valid = false;
        for (const json& bid : bids_) {
            if (is_submitted(bid) && amount_of(bid)) {
                has_valid = has_valid || text_in(bid, "status") == "valid";
                if (!lowest || *amount_of(bid) < *lowest) {
                    lowest = amount_of(bid);
                    is_lost = text_in(bid, "status") == "disqualified";
                }
            }
        }
        if (has_award && has_valid && is_lost) {
            flag(FlagCode::r036);
        }
    }

    void note_only_award() {
        std::vector<json> active;
        for (const json& award : awards_) {
            if (text_in(award, "status") == "active") {
                active.push_back(award);
            }
        }
        if (!all_final() || active.size() != 1 || part(active[0], "suppliers").size() != 1
            || ids_in(active[0].at("suppliers")).empty()) {
            return;
        }
        const std::string winner = *ids_in(active[0].at("suppliers")).begin();
        std::optional<double> best;
        std::optional<double> second;
        std::string runner_up;
        Ids valid;
        for (const json& bid : bids_) {
            const json names = part(bid, "tenderers");
            if (text_in(bid, "status") != "valid" || names.size() != 1 || ids_in(names).empty()) {
                continue;
            }
            const std::string id = *ids_in(names).begin();
            valid.insert(id);
            const auto amount = amount_of(bid);
            if (amount && id == winner && (!best || *amount < *best)) {
                best = amount;
            } else if (amount && id != winner && (!second || *amount < *second)) {
                second = amount;
                runner_up = id;
            }
        }
        if (best && second && *best > 0 && *second >= *best) {
            gaps_.push_back({ocid_, winner, runner_up, (*second - *best) / *best});
        }
        for (const std::string& id : valid) {
            success_[id].part += id == winner ? 1 : 0;
            success_[id].whole += 1;
        }
    }

    void note_disqualified(const json& release) {
        const std::string buyer = text_in(part(release, "buyer"), "id");
        const std::string entity = text_in(part(tender_, "procuringEntity"), "id");
        for (const json& bid : bids_) {
            if (!is_submitted(bid)) {
                continue;
            }
            const double lost = text_in(bid, "status") == "disqualified" ? 1 : 0;
            const auto add = [&](FlagSubject subject, const std::string& id) {
                if (!id.empty()) {
                    lost_[subject][id].part += lost;
                    lost_[subject][id].whole += 1;
                }
            };
            add(FlagSubject::buyer, buyer);
            add(FlagSubject::procuring_entity, entity);
            for (const json& tenderer : part(bid, "tenderers")) {
                add(FlagSubject::tenderer, text_in(tenderer, "id"));
            }
        }
    }

    void note_variety() {
        Ids here;
        for (const json& award : awards_) {
            const json suppliers = part(award, "suppliers");
            if (text_in(award, "status") != "active" || suppliers.size() != 1) {
                continue;
            }
            for (const json& item : part(award, "items")) {
                const std::string code = text_in(part(item, "classification"), "id");
                for (const std::string& id : ids_in(suppliers)) {
                    kinds_[id].insert(code.substr(0, 2));
                    here.insert(id);
                }
            }
        }
        for (const std::string& id : here) {
            ++processes_[id];
        }
    }

    void finish() {
        std::vector<double> ratios;
        for (const auto& gap : gaps_) {
            ratios.push_back(gap.ratio);
        }
        if (!ratios.empty()) {
            const Quartiles q = quartiles(ratios);
            for (const auto& gap : gaps_) {
                ocid_ = gap.ocid;
                if (q.first > 0 && q.lower() > 0 && gap.ratio <= q.lower()) {
                    flag(FlagCode::r024, {gap.winner, gap.runner_up});
                }
                if (q.upper() > 0 && gap.ratio >= q.upper()) {
                    flag(FlagCode::r058, {gap.winner});
                }
            }
        }
        finish_success();
        for (const auto& [subject, counts] : lost_) {
            finish_lost(subject, counts);
        }
        finish_variety();
    }

    void finish_success() {
        std::vector<double> wholes;
        for (const auto& [id, count] : success_) {
            wholes.push_back(count.whole);
        }
        if (wholes.empty()) {
            return;
        }
        const Quartiles q = quartiles(ratios_of(success_));
        for (const auto& [id, count] : success_) {
            if (q.first > 0 && q.lower() > 0 && count.whole >= plain_quantile(wholes, 0.75)
                && count.part / count.whole <= q.lower()) {
                flags_.insert({FlagCode::r025, FlagSubject::tenderer, id});
            }
        }
    }

    void finish_lost(FlagSubject subject, std::map<std::string, Count> counts) {
        std::erase_if(counts, [](const auto& entry) { return entry.second.whole < 2; });
        if (counts.empty()) {
            return;
        }
        const double upper = quartiles(ratios_of(counts)).upper();
        for (const auto& [id, count] : counts) {
            if (upper > 0 && count.part / count.whole >= upper) {
                flags_.insert({FlagCode::r038, subject, id});
            }
        }
    }

    void finish_variety() {
        std::vector<double> counts;
        for (const auto& [id, processes] : processes_) {
            if (processes >= 20) {
                counts.push_back(static_cast<double>(kinds_[id].size()));
            }
        }
        for (const auto& [id, processes] : processes_) {
            if (processes >= 20
                && static_cast<double>(kinds_[id].size()) >= quartiles(counts).upper()) {
                flags_.insert({FlagCode::r048, FlagSubject::tenderer, id});
            }
        }
    }

    struct Gap {
        std::string ocid;
        std::string winner;
        std::string runner_up;
        double ratio;
    };

    std::set<PlainFlag> flags_;
    std::string ocid_;
    json tender_;
    json bids_;
    json awards_;
    std::vector<Gap> gaps_;
    std::map<std::string, Count> success_;
    std::map<FlagSubject, std::map<std::string, Count>> lost_;
    std::map<std::string, Ids> kinds_;
    std::map<std::string, int> processes_;
};

}  // namespace

std::set<PlainFlag> plain_flags(const std::vector<json>& releases) {
    return Plain().all(releases);
}

std::set<PlainFlag> without_figures(const FlagFindings& findings) {
    std::set<PlainFlag> flags;
    for (const RaisedFlag& flag : findings.flags) {
        flags.insert({flag.code, flag.subject, flag.id});
    }
    return flags;
}

}  // namespace adic::procure
