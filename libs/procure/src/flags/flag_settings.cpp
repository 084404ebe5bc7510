#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/procure/flags.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;

constexpr std::array<std::string_view, 3> columns{"flag", "setting", "value"};

/// What a value should have been; empty if it was right.
using Complaint = std::string;

struct Setting {
    std::string_view flag;
    std::string_view name;
    Complaint (*set)(FlagSettings& settings, std::string_view value);
};

WordSet words_of(std::string_view value) {
    WordSet words;
    for (const std::string_view word : split(value, '|')) {
        if (!trimmed(word).empty()) {
            words.emplace(trimmed(word));
        }
    }
    return words;
}

template <WordSet FlagSettings::*place>
Complaint set_words(FlagSettings& settings, std::string_view value) {
    settings.*place = words_of(value);
    return {};
}

template <std::uint64_t FlagSettings::*place>
Complaint set_count(FlagSettings& settings, std::string_view value) {
    const auto count = parse_whole(value);
    if (!count || *count == 0) {
        return "must be a whole number from 1 on";
    }
    settings.*place = *count;
    return {};
}

template <std::optional<double> FlagSettings::*place>
Complaint set_ratio(FlagSettings& settings, std::string_view value) {
    const auto ratio = parse_decimal(value);
    if (!ratio || *ratio < 0.0) {
        return "must be a number from 0 on, as 0.05 for 5 %";
    }
    settings.*place = ratio;
    return {};
}

Complaint set_currency(FlagSettings& settings, std::string_view value) {
    if (value.size() != 3) {
        return "must be a currency of three letters, as USD";
    }
    settings.currency = value;
    return {};
}

Complaint set_days(FlagSettings& settings, std::string_view value) {
    const auto days = parse_whole(value);
    if (!days || *days > 100'000) {
        return "must be a whole number of days";
    }
    settings.least_days = static_cast<std::int64_t>(*days);
    return {};
}

Complaint set_days_of(FlagSettings& settings, std::string_view value) {
    for (const std::string_view pair : split(value, '|')) {
        const auto cut = pair.rfind('=');
        const auto days = cut == std::string_view::npos
                              ? std::nullopt
                              : parse_whole(trimmed(pair.substr(cut + 1)));
        if (!days || *days > 100'000) {
            return "must be national methods with their days, as 'emergency=10|international=25'";
        }
        settings.least_days_of[std::string(trimmed(pair.substr(0, cut)))] =
            static_cast<std::int64_t>(*days);
    }
    return {};
}

Complaint set_percentile(FlagSettings& settings, std::string_view value) {
    const auto percentile = parse_decimal(value);
    if (!percentile || *percentile < 0.0 || *percentile > 100.0) {
        return "must be a number from 0 to 100";
    }
    settings.top_percentile = *percentile;
    return {};
}

Complaint set_variety(FlagSettings& settings, std::string_view value) {
    const auto count = parse_whole(value);
    if (!count || *count == 0) {
        return "must be a whole number from 1 on";
    }
    settings.high_variety = count;
    return {};
}

constexpr std::array settings_list{
    Setting{"all", "currency", set_currency},
    Setting{"all", "passed_over", set_words<&FlagSettings::passed_over>},
    Setting{"all", "no_price_comparison", set_words<&FlagSettings::no_price_comparison>},
    Setting{"all", "price_comparison", set_words<&FlagSettings::price_comparison>},
    Setting{"R003", "days", set_days},
    Setting{"R003", "days_of", set_days_of},
    Setting{"R003", "methods", set_words<&FlagSettings::short_methods>},
    Setting{"R018", "methods", set_words<&FlagSettings::competitive_methods>},
    Setting{"R024", "threshold", set_ratio<&FlagSettings::close_price>},
    Setting{"R025", "percentile", set_percentile},
    Setting{"R025", "threshold", set_ratio<&FlagSettings::low_success>},
    Setting{"R035", "threshold", set_count<&FlagSettings::least_disqualified>},
    Setting{"R038", "threshold", set_ratio<&FlagSettings::high_disqualified>},
    Setting{"R038", "least_bids_of_tenderer", set_count<&FlagSettings::least_bids_of_tenderer>},
    Setting{"R038", "least_bids_of_buyer", set_count<&FlagSettings::least_bids_of_buyer>},
    Setting{"R048", "digits", set_count<&FlagSettings::code_digits>},
    Setting{"R048", "threshold", set_variety},
    Setting{"R048", "least_processes", set_count<&FlagSettings::least_processes>},
    Setting{"R058", "threshold", set_ratio<&FlagSettings::deep_discount>},
};

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const auto near = nearest_word(word, candidates);
    return near ? fmt::format(", did you mean '{}'?", *near)
                : fmt::format(": one of {}", fmt::join(candidates, ", "));
}

class SettingsReader {
  public:
    SettingsReader(CsvReader& rows, ImportReport& report) : rows_(rows), report_(report) {}

    void read() {
        if (!rows_.next() || !std::ranges::equal(rows_.fields(), columns)) {
            complain("", "", "the first row must be 'flag,setting,value'");
            return;
        }
        while (rows_.next()) {
            if (rows_.fields().size() != columns.size()) {
                complain("", "", "a row has three cells: flag, setting, value");
            } else {
                take(rows_.fields()[0], rows_.fields()[1], trimmed(rows_.fields()[2]));
            }
        }
    }

    FlagSettings settings() && { return std::move(settings_); }

  private:
    void complain(std::string_view column, std::string_view value, std::string message) {
        report_.add(
            {ingest::Severity::error,
             "TF-001",
             rows_.name(),
             rows_.row(),
             std::string(column),
             std::string(value.substr(0, 80)),
             std::move(message)}
        );
    }

    void take(std::string_view flag, std::string_view name, std::string_view value) {
        const auto traits = std::ranges::find(list_flags(), flag, &FlagTraits::name);
        const bool is_flag = traits != list_flags().end();
        if (!is_flag && flag != "all") {
            std::vector<std::string_view> names{"all"};
            std::ranges::transform(list_flags(), std::back_inserter(names), &FlagTraits::name);
            complain("flag", flag, "is no flag" + did_you_mean(flag, names));
            return;
        }
        if (is_flag && name == "judged") {
            take_judged(traits->code, value);
            return;
        }
        const auto setting = std::ranges::find_if(settings_list, [&](const Setting& one) {
            return one.flag == flag && one.name == name;
        });
        if (setting == settings_list.end()) {
            complain(
                "setting",
                name,
                fmt::format("is no setting of {}{}", flag, did_you_mean(name, names_of(flag)))
            );
            return;
        }
        if (value.empty()) {
            return;  // as it is standard
        }
        if (Complaint wrong = setting->set(settings_, value); !wrong.empty()) {
            complain("value", value, std::move(wrong));
        }
    }

    void take_judged(FlagCode code, std::string_view value) {
        if (value == "no") {
            settings_.left_out.insert(code);
        } else if (value != "yes" && !value.empty()) {
            complain("value", value, "must be 'yes' or 'no'");
        }
    }

    static std::vector<std::string_view> names_of(std::string_view flag) {
        std::vector<std::string_view> names;
        if (flag != "all") {
            names.emplace_back("judged");
        }
        for (const Setting& one : settings_list) {
            if (one.flag == flag) {
                names.push_back(one.name);
            }
        }
        return names;
    }

    CsvReader& rows_;
    ImportReport& report_;
    FlagSettings settings_;
};

FlagSettings read(CsvReader rows, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    SettingsReader reader(rows, report);
    reader.read();
    return report.errors() == errors ? std::move(reader).settings() : FlagSettings{};
}

}  // namespace

Result<FlagSettings> read_flag_settings(const std::filesystem::path& file, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return read(std::move(rows), report);
}

FlagSettings
parse_flag_settings(std::string_view text, const std::string& name, ImportReport& report) {
    return read(CsvReader::over(name, text, report), report);
}

}  // namespace adic::procure
