// The build leaves the browser application out.
#include "adic/server/web_application.hpp"

namespace adic::server {

WebApplication built_web_application() {
    return {};
}

}  // namespace adic::server
