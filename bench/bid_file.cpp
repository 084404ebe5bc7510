#include "bid_file.hpp"

#include "adic/base/random.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace adic::bench {
namespace {

constexpr std::uint64_t suppliers = 4'000;
constexpr std::uint64_t buyers = 300;

struct MadeBid {
    std::uint64_t tenderer;
    double amount;
    const char* status;
};

class Writer {
  public:
    Writer(std::ofstream& out, std::uint64_t seed) : out_(out), random_(seed, 0) {}

    void write(std::uint64_t number) {
        text_.clear();
        const std::uint64_t buyer = random_.below(buyers);
        const std::uint64_t month = 1 + random_.below(12);
        const std::vector<MadeBid> bids = make_bids();
        add("{{\"ocid\":\"ocds-adic01-{}\",\"id\":\"compiled-{}\",\"date\":\"2024-{:02}-28T09:00:"
            "00Z\",",
            number,
            number,
            month);
        add("\"tag\":[\"compiled\"],\"initiationType\":\"tender\",\"language\":\"en\",");
        add_parties(buyer, bids);
        add("\"buyer\":{{\"id\":\"B-{}\",\"name\":\"Procurement office number {}\"}},", buyer, buyer
        );
        add_tender(number, buyer, month, bids.size());
        add_bids(bids, month);
        add_award(number, bids);
        add("}}\n");
        out_ << text_;
    }

  private:
    template <typename... Parts>
    void add(fmt::format_string<Parts...> format, Parts&&... parts) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Parts>(parts)...);
    }

    std::vector<MadeBid> make_bids() {
        static constexpr std::array
            statuses{"valid", "valid", "valid", "valid", "disqualified", "withdrawn"};
        std::vector<MadeBid> bids;
        const double base = 10'000.0 + static_cast<double>(random_.below(1'000'000));
        const std::uint64_t count = 1 + random_.below(7);
        for (std::uint64_t i = 0; i < count; ++i) {
            const double factor = 1.0 + static_cast<double>(random_.below(4'000)) / 10'000.0;
            bids.push_back(
                {(random_.below(suppliers) * random_.below(suppliers)) / suppliers,
                 static_cast<double>(static_cast<std::uint64_t>(base * factor)),
                 statuses.at(random_.below(statuses.size()))}
            );
        }
        return bids;
    }

    void add_parties(std::uint64_t buyer, const std::vector<MadeBid>& bids) {
        add("\"parties\":[{{\"id\":\"B-{}\",\"name\":\"Procurement office number "
            "{}\",\"roles\":[\"buyer\",\"procuringEntity\"]}}",
            buyer,
            buyer);
        for (const MadeBid& bid : bids) {
            add(",{{\"id\":\"S-{}\",\"name\":\"Supplier and trading house number {}\",",
                bid.tenderer,
                bid.tenderer);
            add("\"identifier\":{{\"scheme\":\"XX-REG\",\"id\":\"{:09}\",\"legalName\":\"Supplier "
                "number {} Limited\"}},",
                bid.tenderer,
                bid.tenderer);
            add("\"address\":{{\"streetAddress\":\"{} Harbour Road\",\"locality\":\"Port "
                "City\",\"postalCode\":\"{:05}\",\"countryName\":\"Atlantis\"}},",
                bid.tenderer % 900,
                bid.tenderer);
            add("\"roles\":[\"tenderer\"]}}");
        }
        add("],");
    }

    void add_items(std::uint64_t count) {
        add("\"items\":[");
        for (std::uint64_t i = 0; i < count; ++i) {
            add("{}{{\"id\":\"{}\",\"description\":\"Spare part of a kind that is described in a "
                "long sentence, number {}\",",
                i == 0 ? "" : ",",
                i,
                random_.below(10'000));
            add("\"classification\":{{\"scheme\":\"UNSPSC\",\"id\":\"{:08}\",\"description\":\"a "
                "class\"}},",
                10'000'000 + random_.below(80'000'000));
            add("\"quantity\":{},\"unit\":{{\"name\":\"piece\",\"value\":{{\"amount\":{}.5,"
                "\"currency\":\"USD\"}}}}}}",
                1 + random_.below(500),
                random_.below(900));
        }
        add("]");
    }

    void
    add_tender(std::uint64_t number, std::uint64_t buyer, std::uint64_t month, std::size_t bids) {
        static constexpr std::array methods{"open", "open", "selective", "limited"};
        add("\"tender\":{{\"id\":\"T-{}\",\"title\":\"Supply of parts, call number "
            "{}\",\"status\":\"complete\",",
            number,
            number);
        add("\"description\":\"A call for the supply of parts with their documents, delivered to "
            "the depot at the port, as described in the annex.\",");
        add("\"procuringEntity\":{{\"id\":\"B-{}\",\"name\":\"Procurement office number {}\"}},",
            buyer,
            buyer);
        add("\"value\":{{\"amount\":{},\"currency\":\"USD\"}},\"procurementMethod\":\"{}\",",
            random_.below(1'000'000),
            methods.at(random_.below(methods.size())));
        add("\"procurementMethodDetails\":\"National procedure\",\"numberOfTenderers\":{},", bids);
        add("\"tenderPeriod\":{{\"startDate\":\"2024-{:02}-01T00:00:00Z\",\"endDate\":\"2024-{:02}-"
            "{:02}T12:00:00Z\"}},",
            month,
            month,
            10 + random_.below(15));
        add("\"documents\":[");
        for (int i = 0; i < 6; ++i) {
            add("{}{{\"id\":\"D-{}-{}\",\"documentType\":\"tenderNotice\",\"title\":\"Annex "
                "{}\",\"url\":\"https://example.org/documents/{}/{}.pdf\",\"format\":\"application/"
                "pdf\",\"datePublished\":\"2024-{:02}-01T00:00:00Z\"}}",
                i == 0 ? "" : ",",
                number,
                i,
                i,
                number,
                i,
                month);
        }
        add("],");
        add_items(1 + random_.below(6));
        add("}},");
    }

    void add_bids(const std::vector<MadeBid>& bids, std::uint64_t month) {
        add("\"bids\":{{\"details\":[");
        std::uint64_t i = 0;
        for (const MadeBid& bid : bids) {
            add("{}{{\"id\":\"{}\",\"date\":\"2024-{:02}-{:02}T11:00:00Z\",\"status\":\"{}\",",
                i == 0 ? "" : ",",
                i,
                month,
                2 + random_.below(15),
                bid.status);
            add("\"tenderers\":[{{\"id\":\"S-{}\",\"name\":\"Supplier and trading house number "
                "{}\"}}],",
                bid.tenderer,
                bid.tenderer);
            add("\"value\":{{\"amount\":{:.2f},\"currency\":\"USD\"}}}}", bid.amount);
            ++i;
        }
        add("]}},");
    }

    void add_award(std::uint64_t number, const std::vector<MadeBid>& bids) {
        const MadeBid* winner = nullptr;
        for (const MadeBid& bid : bids) {
            const bool is_valid = std::string_view(bid.status) == "valid";
            if (is_valid && (winner == nullptr || bid.amount < winner->amount)) {
                winner = &bid;
            }
        }
        add("\"awards\":[{{\"id\":\"A-{}\",\"status\":\"{}\",",
            number,
            winner == nullptr ? "unsuccessful" : "active");
        if (winner != nullptr) {
            add("\"value\":{{\"amount\":{:.2f},\"currency\":\"USD\"}},", winner->amount);
            add("\"suppliers\":[{{\"id\":\"S-{}\",\"name\":\"Supplier and trading house number "
                "{}\"}}],",
                winner->tenderer,
                winner->tenderer);
        }
        add_items(1 + random_.below(6));
        add("}}]");
    }

    std::ofstream& out_;
    RandomStream random_;
    std::string text_;
};

}  // namespace

void write_bid_file(
    const std::filesystem::path& path,
    std::uint64_t processes,
    std::uint64_t seed
) {
    std::ofstream out(path, std::ios::binary);
    Writer writer(out, seed);
    for (std::uint64_t number = 0; number < processes; ++number) {
        writer.write(number);
    }
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string());
    }
}

}  // namespace adic::bench
