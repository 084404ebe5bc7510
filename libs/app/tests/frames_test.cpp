#include "adic/app/hosts/frames.hpp"

#include "adic/base/random.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::app {
namespace {

/// A stream arrives in pieces of any size.
TEST(FrameReader, FindsTheFramesWhereverTheStreamIsCut) {
    const std::vector<Frame> sent{
        {FrameKind::job, std::string("a\0b", 3)},
        {FrameKind::alive, ""},
        {FrameKind::answer, std::string(5000, 'x')},
        {FrameKind::done, "end"}};
    std::string stream;
    for (const Frame& frame : sent) {
        stream += write_frame(frame.kind, frame.bytes);
    }
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        RandomStream random{seed, 0};
        FrameReader reader;
        std::vector<Frame> received;
        for (std::size_t begin = 0; begin < stream.size();) {
            const std::size_t length = 1 + random.below(700);
            reader.add(std::string_view(stream).substr(begin, length));
            begin += length;
            while (auto frame = reader.next()) {
                received.push_back(*std::move(frame));
            }
        }
        ASSERT_EQ(received.size(), sent.size()) << seed;
        for (std::size_t f = 0; f < sent.size(); ++f) {
            EXPECT_EQ(received[f].kind, sent[f].kind);
            EXPECT_EQ(received[f].bytes, sent[f].bytes);
        }
        EXPECT_FALSE(reader.is_broken());
    }
}

TEST(FrameReader, StopsAtWhatIsNoFrame) {
    for (const std::string& noise :
         {std::string(16, '\0'),
          std::string(64, '\xff'),
          std::string("HTTP/1.1 400 Bad Request\r\n")}) {
        FrameReader reader;
        reader.add(noise);
        EXPECT_FALSE(reader.next());
        EXPECT_TRUE(reader.is_broken());
        reader.add(write_frame(FrameKind::alive, ""));
        EXPECT_FALSE(reader.next());
    }
}

TEST(Fingerprint, IsTheSameEachTime) {
    EXPECT_EQ(fingerprint(), fingerprint());
    EXPECT_EQ(fingerprint().size(), 64U);
}

}  // namespace
}  // namespace adic::app
