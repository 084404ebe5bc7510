#include "adic/registry/bundle/bundle.hpp"

#include "adic/base/sha256.hpp"
#include "adic/registry/bundle/bundle_store.hpp"
#include "adic/registry/release/gate.hpp"

#include "store/store_contract.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace adic::registry {
namespace {

using audit::KeyKind;
using audit::SigningKey;
using test::noon;

struct Keys {
    SigningKey mys = *SigningKey::create("mys.example/sender", KeyKind::sender);
    SigningKey idn = *SigningKey::create("idn.example/sender", KeyKind::sender);
    SigningKey stranger = *SigningKey::create("mys.example/sender", KeyKind::sender);
    std::vector<TrustedSender> trusted{{"MYS", mys.verifying()}, {"IDN", idn.verifying()}};
};

SeenVersion version_of(std::string id, double price, std::uint64_t number = 1) {
    model::Record record = test::product(std::move(id), "Radio \xE2\x80\x94 \"field\"\nof today");
    record.fields[*record.type->find_field("price")] = price;
    const ReleaseGate gate{
        {"IDN", {"ASEAN"}, {}, true, std::chrono::floor<std::chrono::days>(noon)},
        {}};
    record.policy = {*model::parse_grants("ASEAN", {"ASEAN"}), {}};
    record.policy.fields = {{"price", *model::parse_grants("IDN:generalised", {})}};
    return {**gate.see(record), number, noon};
}

Bundle bundle() {
    Bundle bundle;
    bundle.from = "MYS";
    bundle.to = "IDN";
    bundle.series = std::string(32, 'a');
    bundle.number = 3;
    bundle.follows = 2;
    bundle.previous = std::string(64, 'b');
    bundle.at = noon;
    bundle.records = {
        {version_of("MYS.radio-7", 1250)},
        {version_of("MYS.radio-8", 90), version_of("MYS.radio-8", 700, 2)}};
    bundle.withdrawn = {{"MYS.old", model::find_record_type("product")}};
    return bundle;
}

TEST(Bundle, ComesBackAsItWasSigned) {
    const Keys keys;
    const std::string text = sign_bundle(bundle(), keys.mys);
    const auto read = read_signed_bundle(text, keys.trusted);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, bundle());
    EXPECT_NE(
        text.find("\"price\":{\"disclosure\":\"generalised\",\"value\":\"1000 to 2000\"}"),
        text.npos
    ) << "what is generalised stays so";
}

TEST(Bundle, IsWrittenAsTheReferenceSays) {
    Bundle empty = bundle();
    empty.records.clear();
    empty.number = 1;
    empty.follows = 0;
    empty.previous.clear();
    const Keys keys;
    EXPECT_EQ(
        write_bundle_content(empty, keys.mys.verifying()),
        "adic bundle 1\nfrom MYS\nto IDN\nkey " + audit::to_text(keys.mys.verifying()) + "\nseries "
            + std::string(32, 'a') + "\nnumber 1\nfollows 0 " + std::string(64, '0')
            + "\nat 2026-11-25T12:00:00Z\nlabel TLP:AMBER\nonward none\n"
              "withdrawn {\"id\":\"MYS.old\",\"type\":\"product\"}\nend\n"
    );
}

TEST(Bundle, IsRefusedIfAnyByteIsChangedOrCutOff) {
    const Keys keys;
    const std::string text = sign_bundle(bundle(), keys.mys);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const int bits : {0x01, 0x20, 0x80}) {
            std::string other = text;
            other[i] = static_cast<char>(other[i] ^ bits);
            const auto read = read_signed_bundle(other, keys.trusted);
            ASSERT_FALSE(read) << i;
            ASSERT_EQ(read.error().message.find("Radio"), std::string::npos);
        }
        ASSERT_FALSE(read_signed_bundle(text.substr(0, i), keys.trusted)) << i;
    }
    EXPECT_FALSE(read_signed_bundle(text + text, keys.trusted));
    EXPECT_FALSE(read_signed_bundle(text + "\n", keys.trusted));
}

TEST(Bundle, IsRefusedFromOthers) {
    const Keys keys;
    const auto refused = [&](const Bundle& one, const SigningKey& key) {
        const auto read = read_signed_bundle(sign_bundle(one, key), keys.trusted);
        return read ? std::string{} : read.error().message;
    };
    using testing::HasSubstr;
    EXPECT_THAT(refused(bundle(), keys.stranger), HasSubstr("not among the trusted senders"));
    EXPECT_THAT(refused(bundle(), keys.idn), HasSubstr("speaks for a state whose key it is not"));
    Bundle of_others = bundle();
    of_others.records.front().front().record.owner = "IDN";
    EXPECT_THAT(refused(of_others, keys.mys), HasSubstr("another than its sender"));
    of_others = bundle();
    of_others.withdrawn.front().id = "IDN.radio";
    EXPECT_THAT(refused(of_others, keys.mys), HasSubstr("not the sender's"));
    Bundle twice = bundle();
    twice.withdrawn.front().id = "MYS.radio-7";
    EXPECT_THAT(refused(twice, keys.mys), HasSubstr("each once"));
}

/// Content that is changed before it is signed: what a faulty or hostile sender could send.
std::string signed_with(const Keys& keys, std::string_view from, std::string_view to) {
    std::string content = write_bundle_content(bundle(), keys.mys.verifying());
    content.replace(content.find(from), from.size(), to);
    return content + "signature " + audit::to_text(keys.mys.verifying()) + ' '
           + to_hex(keys.mys.sign(content)) + '\n';
}

TEST(Bundle, IsRefusedInAnotherVersionOrSpelling) {
    const Keys keys;
    const std::vector<std::pair<std::string, std::string>> changes{
        {"adic bundle 1", "adic bundle 0"},
        {"adic bundle 1", "adic bundle 2"},
        {"onward none", "onward ASEAN"},
        {"label TLP:AMBER", "label TLP:CLEAR"},
        {"number 3", "number 03"},
        {"number 3", "number 2"},
        {"\"fields\":{", "\"fields\": {"},
        {"\"kind\":", "\"kind\":1,\"kinds\":"},
        {"product\"}\nend", "product\"}\nend\nend"},
        {"end\n", ""},
        {"MYS.radio-7", "MYS.radio-9"},
        {"12:00:00Z {", "12:00:00Z ["},
        {"at 2026", "at 2O26"}};
    EXPECT_TRUE(read_signed_bundle(signed_with(keys, "end", "end"), keys.trusted));
    for (const auto& [from, to] : changes) {
        EXPECT_FALSE(read_signed_bundle(signed_with(keys, from, to), keys.trusted)) << to;
    }
}

TEST(Senders, AreReadLineByLine) {
    const Keys keys;
    const std::string text = "# trusted\nsender MYS " + audit::to_text(keys.mys.verifying())
                             + " # since 2026\n\nsender IDN " + audit::to_text(keys.idn.verifying())
                             + "\n";
    const auto senders = parse_senders(text);
    ASSERT_TRUE(senders);
    ASSERT_EQ(senders->size(), 2U);
    EXPECT_EQ(senders->front().state, "MYS");
    EXPECT_FALSE(parse_senders("sender MYS none"));
    EXPECT_FALSE(parse_senders("trust MYS " + audit::to_text(keys.mys.verifying())));
    const auto log = *SigningKey::create("log.example", KeyKind::log);
    EXPECT_THAT(
        parse_senders("\nsender MYS " + audit::to_text(log.verifying())).error().message,
        testing::HasSubstr("line 2")
    );
}

/// A store of bundles in a file that is gone at the end.
struct Scratch {
    Scratch() {
        static std::atomic<int> count = 0;
        file = std::filesystem::temp_directory_path()
               / ("adic-bundles-" + std::to_string(::getpid()) + '-' + std::to_string(count++));
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    ~Scratch() { std::filesystem::remove(file); }

    std::unique_ptr<BundleStore> open() const { return *BundleStore::open(file); }

    std::filesystem::path file;
};

TEST(BundleStore, KnowsWhatWasGivenByEachBundle) {
    const Scratch scratch;
    Bundle one = bundle();
    one.number = 1;
    one.follows = 0;
    one.withdrawn.clear();
    Bundle two = bundle();
    two.number = 2;
    two.follows = 1;
    two.records.pop_back();
    two.withdrawn = {{"MYS.radio-8", model::find_record_type("product")}};
    Bundle three = bundle();  // goes on from the first: the second was lost
    three.number = 3;
    three.follows = 1;
    three.records.clear();
    three.withdrawn = {{"MYS.radio-7", model::find_record_type("product")}};
    {
        const auto store = scratch.open();
        EXPECT_EQ(store->last_sent("MYS", "IDN")->number, 0U);
        ASSERT_FALSE(store->add_sent(one, "1"));
        ASSERT_FALSE(store->add_sent(two, "2"));
        ASSERT_FALSE(store->add_sent(three, "3"));
        EXPECT_TRUE(store->add_sent(three, "3"));
    }
    const auto store = scratch.open();
    EXPECT_EQ(store->last_sent("MYS", "IDN")->digest, "3");
    EXPECT_EQ(store->last_sent("MYS", "SGP")->number, 0U);
    const auto ids = [&](std::uint64_t number) {
        std::vector<std::string> names;
        const Given all = *store->given_by(one.series, number);
        for (const auto& [id, given] : all) {
            names.push_back(id);
        }
        return names;
    };
    using testing::ElementsAre;
    EXPECT_THAT(ids(1), ElementsAre("MYS.radio-7", "MYS.radio-8"));
    EXPECT_THAT(ids(2), ElementsAre("MYS.radio-7"));
    EXPECT_THAT(ids(3), ElementsAre("MYS.radio-8"));
}

TEST(BundleStore, TakesABundleInOnceAndInItsPlace) {
    const Scratch scratch;
    const auto store = scratch.open();
    Bundle one = bundle();
    one.number = 1;
    one.follows = 0;
    one.withdrawn.clear();
    ASSERT_FALSE(store->import(one, "d1", "desk", noon));
    EXPECT_TRUE(store->import(one, "d1", "desk", noon));
    Bundle two = bundle();
    two.number = 2;
    two.follows = 1;
    two.previous = "other";
    two.withdrawn = {{"MYS.radio-8", model::find_record_type("product")}};
    two.records.clear();
    EXPECT_TRUE(store->import(two, "d2", "desk", noon));
    EXPECT_EQ(store->received()->size(), 2U);
    two.previous = "d1";
    ASSERT_FALSE(store->import(two, "d2", "desk", noon));
    const auto received = *store->received("MYS", "IDN");
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received.front().versions, one.records.front());
    EXPECT_EQ(store->last_imported("MYS", "IDN")->digest, "d2");
    EXPECT_TRUE(store->received("MYS", "everyone")->empty());
}

TEST(BundleStore, KeepsNothingOfWhatIsTakenBack) {
    const Scratch scratch;
    Bundle one = bundle();
    one.number = 1;
    one.follows = 0;
    one.withdrawn.clear();
    Bundle two = one;
    two.number = 2;
    two.follows = 1;
    two.previous = "d1";
    two.records.clear();
    two.withdrawn = {
        {"MYS.radio-7", model::find_record_type("product")},
        {"MYS.radio-8", model::find_record_type("product")}};
    {
        const auto store = scratch.open();
        ASSERT_FALSE(store->import(one, "d1", "desk", noon));
        ASSERT_FALSE(store->import(two, "d2", "desk", noon));
    }
    std::ifstream file(scratch.file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find("1000 to 2000"), bytes.npos);
}

TEST(BundleStore, RefusesFilesOfOthers) {
    const Scratch scratch;
    std::ofstream(scratch.file
    ) << "a text that is long enough to be no header of a database at all";
    EXPECT_FALSE(BundleStore::open(scratch.file));
}

}  // namespace
}  // namespace adic::registry
