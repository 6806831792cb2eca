#include "precision.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "experiments/compare.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

bool precise(const std::vector<Side>& sides, double precision) {
  const JournalReader base(journal_path(sides[0].folder));
  return std::all_of(sides.begin() + 1, sides.end(), [&](const Side& side) {
    const JournalReader other(journal_path(side.folder));
    return relative_half_width(headline_difference(base, other)) <= precision;
  });
}

/// Runs one side; what its smaller result holds is taken over, and that result removed where `made`
/// says that this command made it.
int grow(Side& side, std::uint64_t replications, const Options& options, std::uint8_t& made) {
  const fs::path smaller = side.folder;
  side = side_of(resized(std::move(*side.job), replications));
  std::error_code ignored;
  const bool is_new = !fs::exists(side.folder, ignored);
  const int status = ensure_result(*side.job, options, smaller);
  if (status != kDone) return status;
  if (made != 0) {
    clear_result(smaller);
    fs::remove(smaller, ignored);
  }
  made = is_new ? 1 : 0;
  return kDone;
}

}  // namespace

int run_to_precision(std::vector<Side>& sides, const Options& options) {
  for (const Side& side : sides) {
    if (side.job) continue;
    throw Refusal(
        fmt::format("--precision adds runs to scenario files; {} is a result with a fixed "
                    "number of runs",
                    side.folder.string()));
  }
  Options fixed = options;
  fixed.precision.reset();
  const std::uint64_t most = sides[0].job->plan.replications;
  std::vector<std::uint8_t> made(sides.size(), 0);  // by this command
  for (std::uint64_t look = next_look(0, most);; look = next_look(look, most)) {
    fixed.replications = look;
    for (std::size_t k = 0; k < sides.size(); ++k) {
      const int status = grow(sides[k], look, fixed, made[k]);
      if (status != kDone) return status;
    }
    if (look == most || precise(sides, *options.precision)) return kDone;
  }
}

}  // namespace partnersim
