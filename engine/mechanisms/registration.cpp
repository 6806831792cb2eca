// Registration: partners show the vendor a share g of their deals.
//
//   g = logistic(base + pull uplift - exposure (1 - T))
//
// A registered deal earns the uplift and is what the vendor sees of its customers (sensing). Who
// does not trust the vendor with the name of a customer does not register. Decided by active and
// dormant partners. Evidence: published uplifts of 5 to 20 points; partners name exposure as the
// reason against.
#include "base/kernels.hpp"
#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"registered"};

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Registration& p = state.now.registration;
  double* x = month.scratch.a.data();
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const std::vector<std::uint32_t>& partners = month.scratch.selling[v];
    for (std::size_t k = 0; k < partners.size(); ++k) {
      const std::size_t relation = v * world.n + partners[k];
      x[k] = -(p.base + p.pull * state.now.programs[c.program[relation]].terms.uplift -
               p.exposure * (1 - c.trust[relation]));
    }
    exp_all(x, x, partners.size());
    for (std::size_t k = 0; k < partners.size(); ++k) {
      c.registered[v * world.n + partners[k]] = 1 / (1 + x[k]);
    }
  }
}

}  // namespace

extern constexpr Mechanism registration{
    "registration", "Partners show the vendor a share of their deals", kWrites, {}, true, run};

}  // namespace partnersim
