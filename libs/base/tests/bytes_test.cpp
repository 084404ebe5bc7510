#include "adic/base/bytes.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace {

using adic::ByteReader;
using adic::ByteWriter;

TEST(Bytes, ReadBackBitForBit) {
    ByteWriter writer;
    writer.whole(std::numeric_limits<std::uint64_t>::max());
    writer.number(-0.0);
    writer.text(std::string("a\0b", 3));
    writer.text("");
    writer.number(0.1);
    const std::string bytes = std::move(writer).bytes();
    ByteReader reader{bytes};
    EXPECT_EQ(reader.whole(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_TRUE(std::signbit(reader.number()));
    EXPECT_EQ(reader.text(), std::string("a\0b", 3));
    EXPECT_EQ(reader.text(), "");
    EXPECT_EQ(reader.number(), 0.1);
    EXPECT_TRUE(reader.is_done());
}

TEST(Bytes, StandTheLowestFirst) {
    ByteWriter writer;
    writer.whole(0x0102);
    EXPECT_EQ(std::move(writer).bytes(), std::string("\x02\x01\0\0\0\0\0\0", 8));
}

TEST(Bytes, FailForGoodWhereTheyEnd) {
    ByteWriter writer;
    writer.whole(1000);  // a text of a thousand bytes that are not there
    const std::string bytes = std::move(writer).bytes();
    ByteReader reader{bytes};
    EXPECT_EQ(reader.text(), "");
    EXPECT_TRUE(reader.has_failed());
    EXPECT_EQ(reader.whole(), 0U);
    EXPECT_FALSE(reader.is_done());
    ByteReader longer{bytes};
    EXPECT_EQ(longer.whole(), 1000U);
    EXPECT_TRUE(longer.is_done());
}

}  // namespace
