#include "adic/registry/store/postgres_store.hpp"

#include "postgres_database.hpp"
#include "store/store_contract.hpp"

namespace adic::test {
namespace {

/// The registry of a database of its own, opened by one of its logins.
class PostgresMaker : public StoreMaker {
  public:
    explicit PostgresMaker(std::string login) : login_(std::move(login)) {
        if (login_ != "owner") {
            open_as("owner");
            base_.run_as("owner", "SELECT adic.admit_gateway('" + login_ + "')");
        }
    }

    std::unique_ptr<RecordStore> open() override { return open_as(login_); }

  private:
    std::unique_ptr<RecordStore> open_as(const std::string& login) {
        auto store = registry::open_postgres_store(base_.address(login));
        if (!store) {
            ADD_FAILURE() << store.error().message << ' ' << store.error().detail;
        }
        return *std::move(store);
    }

    PostgresDatabase base_;
    std::string login_;
};

INSTANTIATE_TEST_SUITE_P(PostgresOwner, StoreContract, testing::Values([] {
                             return std::make_unique<PostgresMaker>("owner");
                         }));
INSTANTIATE_TEST_SUITE_P(PostgresGateway, StoreContract, testing::Values([] {
                             return std::make_unique<PostgresMaker>("gateway");
                         }));

}  // namespace
}  // namespace adic::test
