#include "adic/app/blocks/job.hpp"

#include "adic/app/simulate_map.hpp"
#include "adic/app/sweep_firms.hpp"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace adic::app {
namespace {

Job example() {
    return {
        "firm-sweep",
        {{"tolerance", "1e-9"}},
        {{"edges.csv", "supplier,customer,weight\na,b,1\nb,a,2\n"},
         {"sectors.csv", "firm,sector\na,0\nb,0\n"},
         {"essential.csv", "2\n"}}};
}

TEST(Job, ReadsBackAsItWasWritten) {
    const std::string bytes = write_job(example());
    const auto read = parse_job(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, example());
}

TEST(Job, IsRefusedIfItIsCutOffAnywhereOrLonger) {
    const std::string bytes = write_job(example());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        EXPECT_FALSE(parse_job(bytes.substr(0, length))) << length;
    }
    EXPECT_FALSE(parse_job(bytes + 'x'));
}

TEST(Job, HasADigestThatHangsOnAllThatIsInIt) {
    Job other = example();
    other.options[0].value = "1e-8";
    EXPECT_NE(digest_of(other), digest_of(example()));
    other = example();
    other.files[0].contents += "a,a,1\n";
    EXPECT_NE(digest_of(other), digest_of(example()));
    EXPECT_EQ(digest_of(example()), digest_of(example()));
}

TEST(Job, OpensAsTheWorkOfItsKind) {
    const auto work = open_job(example());
    ASSERT_TRUE(work) << work.error().message;
    EXPECT_EQ(work->blocks, 1U);
    EXPECT_TRUE(work->compute(0, {}));
}

TEST(Job, OfNoKnownKindOrOfBadFilesIsRefused) {
    Job job = example();
    job.kind = "other";
    EXPECT_FALSE(open_job(job));
    job = example();
    job.files[2].contents = "7\n";
    EXPECT_FALSE(open_job(job));
    job = example();
    job.options[0].value = "much";
    EXPECT_FALSE(open_job(job));
}

TEST(JobFolder, RefusesNamesThatWouldLeaveIt) {
    for (const char* name : {"../x", "/etc/x", "..", ".", "", "a/b"}) {
        Job job;
        job.files.push_back({name, "text"});
        EXPECT_FALSE(JobFolder::create(job)) << name;
    }
}

TEST(JobFolder, GoesWhenItsOwnerDoes) {
    std::filesystem::path path;
    {
        const auto folder = JobFolder::create(example());
        ASSERT_TRUE(folder);
        path = folder->path();
        EXPECT_TRUE(std::filesystem::exists(path / "edges.csv"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace adic::app
