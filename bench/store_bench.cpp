// Time to write 100,000 records in one transaction into each store.
//
//   store_bench [ADDRESS]   ADDRESS: of an empty database of PostgreSQL; without one, SQLite alone
#include "adic/base/random.hpp"
#include "adic/registry/store/postgres_store.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using adic::RandomStream;
using adic::registry::RecordStore;
using adic::registry::RecordWrite;

constexpr std::size_t records = 100'000;
constexpr std::uint64_t seed = 4;

/// Products of eleven owners with mixed releases, of about 500 bytes each.
std::vector<RecordWrite> made_up_products() {
    constexpr std::array<const char*, 4> releases{
        "",
        "ASEAN:generalised",
        "A01;A02:exists",
        "public"};
    constexpr std::uint64_t owners = 11;
    const adic::model::RecordType& type = *adic::model::find_record_type("product");
    RandomStream random{seed, 0};
    std::vector<RecordWrite> writes;
    for (std::size_t i = 0; i < records; ++i) {
        adic::model::Record record;
        record.owner = fmt::format("A{:02}", random.below(owners));
        record.id = fmt::format("{}.{:016x}", record.owner, random.bits());
        record.type = &type;
        record.fields.resize(type.fields.size());
        const auto set = [&](std::string_view field, adic::model::FieldValue value) {
            record.fields[*type.find_field(field)] = std::move(value);
        };
        set("name", fmt::format("Part {:08x} of a made-up catalogue", random.below(1U << 31U)));
        set("kind", std::string("item of production"));
        set("price", static_cast<double>(random.below(1'000'000)) / 100);
        set("lead_time", static_cast<std::int64_t>(random.below(900)));
        set("properties",
            adic::model::Words{fmt::format("mass: {} g", random.below(9'000)), "colour: none"});
        record.source = "a generator";
        record.policy.record =
            *adic::model::parse_grants(releases[random.below(releases.size())], {"ASEAN"});
        writes.push_back({std::move(record), 0, false, "bench", "import"});
    }
    return writes;
}

double cpu_s() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int measure(const char* name, RecordStore& store, const std::vector<RecordWrite>& writes) {
    const auto begin = std::chrono::steady_clock::now();
    const double cpu_begin_s = cpu_s();
    const auto problem = store.write(writes, std::chrono::sys_seconds{});
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    if (problem) {
        fmt::print(stderr, "{}: {} {}\n", name, problem->message, problem->detail);
        return 1;
    }
    fmt::print(
        "{}: {} records in one transaction: {:.2f} s wall, {:.2f} s of this program's CPU\n",
        name,
        writes.size(),
        wall.count(),
        cpu_s() - cpu_begin_s
    );
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::vector<RecordWrite> writes = made_up_products();
    const fs::path file = fs::temp_directory_path() / fmt::format("adic-store-{}.db", ::getpid());
    int failures = 0;
    {
        const auto store = adic::registry::open_sqlite_store(file);
        failures += store ? measure("SQLite", **store, writes) : 1;
    }
    for (const char* ending : {"", "-wal", "-shm"}) {
        fs::remove(file.string() + ending);
    }
    if (count > 1) {
        const auto store = adic::registry::open_postgres_store(words[1]);
        if (!store) {
            fmt::print(stderr, "{}\n", store.error().message);
        }
        failures += store ? measure("PostgreSQL", **store, writes) : 1;
    }
    return failures == 0 ? 0 : 1;
}
