// Market: demand grows, has seasons and shocks, and customers turn to cloud.
//
//   z' = persistence z + volatility eps,  D = season exp(trend + z - Var(z)/2),  E[D] = the plan
//   c' = c + (1 - c)(1 - exp(-(p + q c)/12))                         Bass, from the second month on
//
// One shock per market, shared by its partners: it keeps the band from vanishing as partners grow
// many. Evidence: Bass coefficients, see the parameter reference.
#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kShock{"market.shock"};
constexpr Purpose kPurposes[] = {kShock};
constexpr std::string_view kWrites[] = {"trend", "shock", "shock_variance", "demand", "cloud"};

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    const Market& p = state.now.markets[m];
    if (month.t > 0) {
      c.trend[m] += p.growth / 12;
      c.cloud[m] += (1 - c.cloud[m]) * monthly(p.cloud_p + p.cloud_q * c.cloud[m]);
    }
    const double u = uniforms(month.world, world.markets[m].key, month.t, kShock.id)[0];
    c.shock[m] = p.persistence * c.shock[m] + p.volatility * normal_quantile(u);
    c.shock_variance[m] =
        p.persistence * p.persistence * c.shock_variance[m] + p.volatility * p.volatility;
    double mean_season = 0;
    for (const double factor : p.season) mean_season += factor / 12;
    const double season = p.season[static_cast<std::size_t>(month.of_year)] / mean_season;
    c.demand[m] = season * exp(c.trend[m] + c.shock[m] - c.shock_variance[m] / 2);
  }
}

}  // namespace

extern constexpr Mechanism market{"market", "Demand grows and fluctuates; customers turn to cloud",
                                  kWrites,  kPurposes,
                                  true,     run};

}  // namespace partnersim
