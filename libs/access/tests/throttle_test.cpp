#include "adic/access/throttle.hpp"

#include "book_fixture.hpp"

#include <array>
#include <atomic>
#include <thread>
#include <vector>

namespace adic::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Throttle make(ThrottlePolicy policy = {}) {
    return {policy, seeded_random(5)};
}

TEST(Throttle, DoublesTheDelayAndThenLocks) {
    Throttle throttle = make();
    // Free: 3 failures; then 1, 2, 4, 8, 16, 32 s; the tenth locks for 15 minutes.
    const std::array<int, 10> waits{0, 0, 0, 1, 2, 4, 8, 16, 32, 900};
    auto now = morning;
    for (const int wait : waits) {
        ASSERT_EQ(throttle.attempt("siti", now), seconds{0});
        EXPECT_EQ(throttle.wait_for("siti", now), seconds{wait});
        if (wait > 0) {
            EXPECT_EQ(throttle.attempt("siti", now), seconds{wait}) << "too early";
            EXPECT_EQ(throttle.attempt("siti", now + seconds{wait - 1}), seconds{1});
        }
        now += seconds{wait};
    }
    EXPECT_EQ(throttle.wait_for("tan", now), seconds{0});
    EXPECT_EQ(throttle.attempt("siti", now), seconds{0});
    EXPECT_EQ(throttle.wait_for("siti", now), minutes{15}) << "one more locks again";
}

TEST(Throttle, NeverWaitsLongerThanItSays) {
    ThrottlePolicy policy;
    policy.failures_to_lock = 100;
    policy.longest_delay = seconds{60};
    Throttle throttle = make(policy);
    auto now = morning;
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(throttle.attempt("siti", now), seconds{0});
        const auto wait = throttle.wait_for("siti", now);
        EXPECT_LE(wait, seconds{60});
        now += wait;
    }
}

TEST(Throttle, ForgetsWhatIsLongAgo) {
    Throttle throttle = make();
    for (int i = 0; i < 3; ++i) {
        throttle.attempt("siti", morning);
    }
    throttle.attempt("siti", morning + hours{1});
    EXPECT_EQ(throttle.wait_for("siti", morning + hours{1}), seconds{0}) << "it is the first again";
    throttle.succeed("siti");
    EXPECT_EQ(throttle.size(), 0U);
}

TEST(Throttle, LetsManyAtOnceNoFurtherThanOneAfterTheOther) {
    Throttle throttle = make();
    std::atomic<int> let_go{0};
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&] {
                for (int k = 0; k < 50; ++k) {
                    let_go += throttle.attempt("siti", morning).count() == 0 ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(let_go, 4) << "three are free, and the fourth has to be waited for";
}

TEST(Throttle, TakesBackWhatWasNoGuess) {
    Throttle throttle = make();
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(throttle.attempt("siti", morning), seconds{0});
        throttle.take_back("siti", morning);
    }
    EXPECT_EQ(throttle.size(), 0U);
    throttle.take_back("tan", morning);
}

TEST(Throttle, StaysWithinItsMemory) {
    ThrottlePolicy policy;
    policy.most_keys = 1000;
    Throttle throttle = make(policy);
    for (int i = 0; i < 10000; ++i) {
        throttle.attempt(std::to_string(i), morning + seconds{i / 100});
        ASSERT_LE(throttle.size(), 1000U);
    }
    const auto now = morning + seconds{100};
    for (int i = 0; i < 3; ++i) {
        throttle.attempt("9999", now);
    }
    EXPECT_GT(throttle.wait_for("9999", now), seconds{0}) << "the latest are kept";
    throttle.attempt(std::string(1U << 20U, 'x'), now);
    EXPECT_LE(throttle.size(), 1000U);
}

TEST(Throttle, SeesTheNetworkOfAnAddress) {
    const std::array<std::array<std::string_view, 2>, 6> cases{{
        {"192.0.2.7", "192.0.2.7"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
        {"2001:db8:1:2::1", "2001:db8:1:2::/64"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
        {"fe80::1%eth0", "fe80::/64"},
        {"", ""},
    }};
    for (const auto& [address, expected] : cases) {
        EXPECT_EQ(throttled_address(address), expected);
    }
}

}  // namespace
}  // namespace adic::access
