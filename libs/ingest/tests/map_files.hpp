#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/map_tables.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace adic::ingest::testing {

/// A folder that is gone after the test.
class Folder {
  public:
    Folder() {
        static int number = 0;
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        path_ = std::filesystem::temp_directory_path()
                / ("adic_" + std::string(test->test_suite_name()) + "_" + test->name() + "_"
                   + std::to_string(number++));
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    ~Folder() { std::filesystem::remove_all(path_); }

    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline void write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The text of each table, by name.
using Tables = std::map<std::string, std::string>;

/// A small map without a mistake: a boat of steel and an engine, that needs steel too.
inline Tables good_tables() {
    return {
        {"sources",
         "id,title,publisher,year,licence\n"
         "s1,Yearbook,Office,2025,CC0\n"
         "own,Judgement,Ministry,2025,CC0\n"},
        {"states", "id,name\nIDN,Indonesia\nMYS,Malaysia\nCHN,China\n"},
        {"blocs", "bloc,name,state\nASEAN,South-East Asia,IDN\nASEAN,South-East Asia,MYS\n"},
        {"organisations",
         "id,name,state,source,period,confidence,release\n"
         "yard,Yard,IDN,s1,2024,B,public\n"},
        {"items",
         "id,name,kind,unit,sensitivity,enough,source,period,confidence,release\n"
         "boat,Boat,system,piece,0,,s1,2024,B,public\n"
         "steel,Steel,material,t,0,0.8,s1,2024,B,public\n"
         "engine,Engine,component,piece,1,,s1,2024,B,public\n"},
        {"codes",
         "item,scheme,code,source,period,confidence,release\n"
         "engine,HS,840810,s1,2024,B,public\n"},
        {"needs",
         "item,group,take,input,role,essential,quantity,value_share_low,value_share,"
         "value_share_high,source,period,confidence,owner,release\n"
         "boat,hull,,steel,consumed,yes,12,0.1,0.2,0.3,s1,2024,B,,public\n"
         "boat,power,1,engine,consumed,yes,2,,0.3,,own,2016/2020,D,IDN,\n"
         "engine,block,1,steel,consumed,yes,,,,,s1,2024,B,,public\n"},
        {"supplies",
         "item,origin,organisation,market,share,capacity,capacity_unit,trade_restriction,source,"
         "period,confidence,owner,release,note\n"
         "steel,CHN,,,0.5,,,1.1,s1,2024,B,,public,\n"
         "steel,IDN,yard,,0.25,1000,t,,s1,2024,B,IDN,MYS;ASEAN,\"two\nlines\"\n"
         "steel,,,ASEAN,1,,,,s1,2024,B,,public,\n"},
        {"stocks",
         "item,holder,organisation,quantity,unit,source,period,confidence,release\n"
         "engine,ASEAN,,90,days,s1,2024,B,public\n"},
        {"recoveries",
         "subject_kind,subject,days_low,days,days_high,source,period,confidence,release\n"
         "organisation,yard,10,20,30,s1,2024,B,public\n"},
        {"hazards",
         "subject_kind,subject,probability,source,period,confidence,release\n"
         "state,CHN,0.01,s1,2024,B,public\n"},
        {"trade",
         "item,state,flow,partner,amount,unit,source,period,confidence,release\n"
         "steel,IDN,imports,CHN,500,USD,s1,2024,B,public\n"
         "steel,IDN,stock_release,,-5,t,s1,2024,B,public\n"},
        {"figures",
         "subject_kind,subject,measure,value,unit,source,period,confidence,release\n"
         "state,CHN,wgi_political_stability,-0.4,index,s1,2024,B,public\n"},
    };
}

/// Writes the tables and a datapackage.json that names them all.
inline void write_package(const Folder& folder, const Tables& tables) {
    std::string resources;
    for (const auto& [name, text] : tables) {
        write_file(folder / (name + ".csv"), text);
        resources += resources.empty() ? "" : ",";
        resources += R"({"name":")" + name + R"(","path":")" + name + R"(.csv"})";
    }
    write_file(
        folder / "datapackage.json",
        R"({"name":"small","title":"A small map","resources":[)" + resources + "]}"
    );
}

/// The tables with `from` replaced by `to` in one of them. `from` must be there.
inline Tables edited(std::string_view table, std::string_view from, std::string_view to) {
    Tables tables = good_tables();
    std::string& text = tables.at(std::string(table));
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    text.replace(place, from.size(), to);
    return tables;
}

inline std::string listing(const ImportReport& report) {
    std::string text;
    for (const Issue& issue : report.issues()) {
        text += std::string(issue.rule) + " " + issue.file + ":" + std::to_string(issue.row) + " "
                + issue.column + " '" + issue.value + "' " + issue.message + "\n";
    }
    return text;
}

}  // namespace adic::ingest::testing
