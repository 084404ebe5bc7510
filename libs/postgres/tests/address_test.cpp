#include "adic/postgres/address.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::postgres {
namespace {

class AddressOf : public testing::Test {
  protected:
    AddressOf() {
        for (const char* variable : {"PGSSLMODE", "PGSERVICE", "PGHOST", "PGHOSTADDR"}) {
            ::unsetenv(variable);  // NOLINT(concurrency-mt-unsafe)
        }
    }

    ~AddressOf() override { ::unsetenv("PGHOST"); }  // NOLINT(concurrency-mt-unsafe)
};

TEST_F(AddressOf, ADatabaseIsShownWithoutUserAndPassword) {
    const auto address =
        Address::parse("postgresql://ana:s3%40cret@db.example:5433/shared?connect_timeout=3");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->shown(), "postgresql://db.example:5433/shared");
    EXPECT_EQ(address->value_of("password"), "s3@cret");
    EXPECT_EQ(address->value_of("connect_timeout"), "3");
    EXPECT_EQ(address->value_of("sslrootcert"), "");
}

TEST_F(AddressOf, ADatabaseIsRefusedWithoutARepetitionOfIt) {
    for (const char* text :
         {"",
          "registry.db",
          "host=db password=s3cret",
          "postgresql://ana:s3cret%zz@db/x",
          "postgresql://ana:s3cret@db/x?s3cret=1",
          "postgresql://[s3cret/x"}) {
        const auto address = Address::parse(text);
        ASSERT_FALSE(address) << text;
        EXPECT_EQ(address.error().code, ErrorCode::invalid_argument);
        EXPECT_THAT(address.error().message, testing::Not(testing::HasSubstr("s3cret")));
        EXPECT_THAT(address.error().detail, testing::Not(testing::HasSubstr("s3cret")));
    }
    EXPECT_FALSE(Address::parse(std::string("postgresql://db/x\0y", 19)));
}

TEST_F(AddressOf, AServerElsewhereAsksForAProofOfWhoItIs) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"postgresql://db.example/x", "verify-full"},
        {"postgresql://localhost,db.example/x", "verify-full"},
        {"postgresql://10.0.0.7/x", "verify-full"},
        {"postgresql://db.example/x?sslmode=require", "require"},
        {"postgresql:///x", ""},
        {"postgresql:///x?host=/run/postgresql", ""},
        {"postgresql://localhost/x", ""},
        {"postgresql://127.0.0.1/x", ""},
        {"postgresql://[::1]/x", ""}};
    for (const auto& [uri, mode] : cases) {
        EXPECT_EQ(Address::parse(uri)->value_of("sslmode"), mode) << uri;
    }
    ::setenv("PGHOST", "db.example", 1);  // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(Address::parse("postgresql:///x")->value_of("sslmode"), "verify-full");
    EXPECT_EQ(Address::parse("postgresql://localhost/x")->value_of("sslmode"), "");
}

}  // namespace
}  // namespace adic::postgres
