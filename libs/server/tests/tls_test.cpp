#include "adic/server/http_server.hpp"

#include "raw_client.hpp"
#include "test_house.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace adic::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

template <typename T, void (*release)(T*)>
struct Release {
    void operator()(T* held) const { release(held); }
};

using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Release<SSL_CTX, SSL_CTX_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO, BIO_free_all>>;

/// A key and a certificate that it has signed itself, as files.
class OwnCertificate {
  public:
    OwnCertificate() {
        const Key key(EVP_EC_gen("P-256"));
        const Certificate made(X509_new());
        constexpr long a_day = 86'400;
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), a_day);
        X509_set_pubkey(made.get(), key.get());
        X509_sign(made.get(), key.get(), EVP_sha256());
        write(certificate(), [&](std::FILE* file) { PEM_write_X509(file, made.get()); });
        write(this->key(), [&](std::FILE* file) {
            PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

    std::filesystem::path certificate() const { return scratch_.path() / "chain.pem"; }

    std::filesystem::path key() const { return scratch_.path() / "key.pem"; }

  private:
    template <typename Write>
    static void write(const std::filesystem::path& path, const Write& write_to) {
        std::FILE* file = std::fopen(path.c_str(), "w");
        write_to(file);
        std::fclose(file);
    }

    test::Scratch scratch_;
};

class Tls : public testing::Test {
  protected:
    Tls() {
        HttpOptions options;
        options.certificate = own_.certificate();
        options.key = own_.key();
        options.head_time = std::chrono::milliseconds{500};
        auto server = HttpServer::listen(
            options,
            {[](const Request&) { return std::size_t{0}; },
             [](const Request& request) {
                 return Response{200, {}, request.is_secure ? "secure" : "open", {}};
             }}
        );
        EXPECT_TRUE(server);
        server_ = *std::move(server);
        server_->start();
    }

    /// What a client hears that speaks at most that version; empty: they did not understand each
    /// other.
    std::string ask(int highest_version) const {
        const Context context(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_max_proto_version(context.get(), highest_version);
        SSL_CTX_set_security_level(context.get(), 0);  // so that old versions may be tried
        const Bio bio(BIO_new_ssl_connect(context.get()));
        const std::string address = "127.0.0.1:" + std::to_string(server_->port());
        BIO_set_conn_hostname(bio.get(), address.c_str());
        const std::string request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        if (BIO_write(bio.get(), request.data(), static_cast<int>(request.size())) <= 0) {
            return {};
        }
        std::string heard;
        char buffer[1024];
        for (int count = BIO_read(bio.get(), buffer, sizeof buffer); count > 0;
             count = BIO_read(bio.get(), buffer, sizeof buffer)) {
            heard.append(buffer, static_cast<std::size_t>(count));
        }
        return heard;
    }

    OwnCertificate own_;
    std::unique_ptr<HttpServer> server_;
};

TEST_F(Tls, SpeaksTheVersionsOfToday) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const std::string heard = ask(version);
        EXPECT_THAT(heard, StartsWith("HTTP/1.1 200 OK"));
        EXPECT_THAT(heard, HasSubstr("secure"));
    }
}

TEST(BehindTls, RequestsCountAsSecure) {
    HttpOptions options;
    options.is_behind_tls = true;
    const auto server = HttpServer::listen(
        options,
        {[](const Request&) { return std::size_t{0}; },
         [](const Request& request) {
             return Response{200, {}, request.is_secure ? "secure" : "open", {}};
         }}
    );
    ASSERT_TRUE(server);
    (*server)->start();
    test::RawClient client((*server)->port());
    client.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.hear_all(), HasSubstr("secure"));
}

TEST(BehindTls, CookiesAreForEncryptedConnectionsAlone) {
    test::House house;
    Request request = house.request("POST", "/api/v1/session", R"({"as":"MYS"})");
    request.is_secure = true;
    std::string set;
    std::string transport;
    for (const auto& [name, value] : house.ask(request).headers) {
        set = name == "Set-Cookie" ? value : set;
        transport = name == "Strict-Transport-Security" ? value : transport;
    }
    EXPECT_THAT(set, StartsWith("__Host-adic_session="));
    EXPECT_THAT(set, HasSubstr("; Secure"));
    EXPECT_THAT(set, HasSubstr("Path=/;"));
    EXPECT_THAT(transport, HasSubstr("max-age="));
}

TEST_F(Tls, DoesNotSpeakOlderOnes) {
    EXPECT_EQ(ask(TLS1_1_VERSION), "");
    EXPECT_EQ(ask(TLS1_VERSION), "");
    EXPECT_THAT(ask(TLS1_3_VERSION), HasSubstr("secure")) << "it goes on after that";
}

TEST_F(Tls, DoesNotTakeWhatIsNotEncrypted) {
    test::RawClient client(server_->port());
    client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.hear_all().find("HTTP/1.1 200"), std::string::npos);
    test::RawClient silent(server_->port());
    EXPECT_EQ(silent.hear_all(), "") << "who does not shake hands is not waited for";
}

}  // namespace
}  // namespace adic::server
