// Which reader a link file needs.
#include "scenario/links.hpp"

namespace partnersim {

bool read_link_file(std::string_view, const std::filesystem::path&, const World&,
                    std::vector<Link>&, Diagnostics& diagnostics) {
  diagnostics.error("E-NOT-YET", {}, "'links' is not supported by this version");
  return false;
}

}  // namespace partnersim
