#include "reference_month.hpp"

#include <algorithm>
#include <cmath>

#include "base/counts.hpp"
#include "base/kernels.hpp"
#include "base/math.hpp"
#include "base/money.hpp"
#include "base/random.hpp"
#include "base/vector.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kLegs = 19;

PARTNERSIM_VECTOR
void post_legs(const double* base, const double* share, std::size_t n, double* __restrict legs) {
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t leg = 0; leg < kLegs; ++leg) {
      legs[leg * n + k] = rounded(base[k] * share[k] * (0.01 * static_cast<double>(leg + 1)));
    }
  }
}

PARTNERSIM_VECTOR
Money sum(const double* whole, std::size_t n) {
  Money total = 0;
  for (std::size_t k = 0; k < n; ++k) total += as_money(whole[k]);
  return total;
}

}  // namespace

ReferenceMonth::ReferenceMonth(const World& world, const State& state) : world_(world) {
  const Columns& c = state.columns;
  partners_ = world.n;
  options_ = world.offers.size() + 1;
  relations_ = static_cast<std::size_t>(
      std::ranges::count(c.stage, static_cast<std::uint8_t>(Stage::active)));
  deals_ = holders_ = on_premises_ = 0;
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    for (std::size_t i = 0; i < world.n; ++i) {
      const auto stage = static_cast<Stage>(c.stage[world.offers[o].vendor * world.n + i]);
      deals_ += stage == Stage::active || stage == Stage::dormant;
      if (c.contracts[o * world.n + i] == 0) continue;
      ++holders_;
      on_premises_ += world.offers[o].deployment == Deployment::on_premises;
      contracts_.push_back(c.contracts[o * world.n + i]);
      base_.push_back(static_cast<double>(c.base[o * world.n + i]));
    }
  }
  const std::size_t most = std::max({deals_, holders_, partners_ * options_, std::size_t{1}});
  for (std::size_t k = 0; k < most; ++k) keys_.push_back(mix(k + 1));
  for (auto* values : {&u0_, &u1_, &u2_, &u3_, &utility_, &attention_, &mean_, &rate_, &share_,
                       &trust_, &skill_}) {
    values->assign(most, 0.1);
  }
  shown_.assign(2 * partners_, 0.2);
  total_.assign(partners_, 0);
  open_.assign(deals_, 2);
  legs_.assign(kLegs * 128, 0);
}

void ReferenceMonth::draw(std::size_t n, int t, std::uint32_t purpose) {
  uniforms(Luck{7}, {keys_.data(), n}, t, purpose,
           {u0_.data(), u1_.data(), u2_.data(), u3_.data()});
}

double ReferenceMonth::watch_peers() {
  const Neighbours& peers = world_.graph.peers;
  double all = 0;
  for (std::size_t i = 0; i < partners_; ++i) {
    double on_premises = 0, cloud = 0, active = 0;
    for (const std::uint32_t j : peers.of(i)) {
      on_premises += shown_[2 * j];
      cloud += shown_[2 * j + 1];
      active += share_[j];
    }
    total_[i] = on_premises - cloud;
    all += total_[i] + active;
  }
  return all;
}

double ReferenceMonth::meet_allies() {
  double all = 0;
  for (std::size_t o = 0; o + 1 < options_; ++o) {
    const double* skill = utility_.data() + o * partners_;
    for (std::size_t i = 0; i < partners_; ++i) {
      double sum = 0;
      for (const std::uint32_t j : world_.graph.allies.of(i)) sum += skill[j] * share_[j];
      all += sum;
    }
  }
  return all;
}

double ReferenceMonth::choose() {
  const std::size_t n = partners_ * options_;
  for (std::size_t k = 0; k < n; ++k) utility_[k] = 1.2 * clamp(attention_[k] / 0.3 - 1, -1, 3);
  exp_all(utility_.data(), utility_.data(), n);
  std::fill(total_.begin(), total_.end(), 0.0);
  for (std::size_t o = 0; o < options_; ++o) {
    for (std::size_t i = 0; i < partners_; ++i) total_[i] += utility_[o * partners_ + i];
  }
  for (std::size_t i = 0; i < partners_; ++i) total_[i] = 1 / total_[i];
  for (std::size_t o = 0; o < options_; ++o) {
    for (std::size_t i = 0; i < partners_; ++i) {
      double& e = attention_[o * partners_ + i];
      e = on_grid(e + 0.08 * (utility_[o * partners_ + i] * total_[i] - e));
    }
  }
  double effort = 0;
  for (std::size_t k = 0; k < relations_; ++k) {
    effort += std::sqrt(attention_[k] / (1 + attention_[k])) / (2 + attention_[k]);
  }
  return effort;
}

/// Trust, relationship and registration of every relation, skill of every row.
double ReferenceMonth::move_people() {
  for (std::size_t k = 0; k < relations_; ++k) rate_[k] = -0.6 + 1.2 * (1 - share_[k]);
  exp_all(rate_.data(), rate_.data(), relations_);
  double all = 0;
  for (std::size_t k = 0; k < relations_; ++k) {
    const double registered = 1 / (1 + rate_[k]), hours = 5 * share_[k];
    double& trust = trust_[k];
    trust = on_grid(trust + 0.05 * (clamp01(0.6 + 0.1 * share_[k]) - trust));
    all += registered + 0.12 * hours / (hours + 5) * (1 - trust);
  }
  for (std::size_t k = 0; k < 2 * relations_; ++k) {
    const double benefit = 1000 * share_[k % relations_];
    double& skill = skill_[k];
    skill = on_grid(clamp01(skill + 0.1 * benefit / (benefit + 1750) * (1 - skill) - 0.02 * skill));
  }
  return all;
}

/// Arrivals, decisions and prices of every offer of an active or dormant relation.
double ReferenceMonth::sell(int t) {
  draw(deals_, t, 1);
  for (std::size_t k = 0; k < deals_; ++k) {
    mean_[k] = 1.4 * attention_[k] * 1.1 * 0.5 * 1.2;
    rate_[k] = -mean_[k];
  }
  exp_all(rate_.data(), rate_.data(), deals_);
  double value = 0;
  for (std::size_t k = 0; k < deals_; ++k) {
    const std::int32_t arrived = u0_[k] <= rate_[k] ? 0 : poisson(u0_[k], mean_[k], rate_[k]);
    const double stay = open_[k] == 0 ? 1 : open_[k] == 1 ? 0.72 : 0.52;
    if (u1_[k] > stay) {
      const std::int32_t decided = binomial(u1_[k], open_[k], 0.28, stay);
      const std::int32_t won = binomial(u2_[k], decided, logistic(-1 + 0.8 * share_[k]));
      if (won > 0) value += exp(0.6 * normal_quantile(u3_[k]));
      open_[k] -= decided;
    }
    open_[k] = std::min(4, open_[k] + arrived);
  }
  return value;
}

/// Churn of every row with contracts, migration of the on-premises ones.
double ReferenceMonth::keep(int t) {
  draw(holders_, t, 2);
  double lost = 0;
  for (int round = 0; round < 2; ++round) {
    const std::size_t n = round == 0 ? holders_ : on_premises_;
    if (round == 0) {
      for (std::size_t k = 0; k < n; ++k) rate_[k] = 0.4 * share_[k];
      exp_all(rate_.data(), rate_.data(), n);
    }
    for (std::size_t k = 0; k < n; ++k) mean_[k] = -0.1 / 12 * rate_[k] * contracts_[k];
    exp_all(mean_.data(), mean_.data(), n);
    const double* u = round == 0 ? u0_.data() : u1_.data();
    for (std::size_t k = 0; k < n; ++k) {
      if (u[k] > mean_[k])
        lost += binomial(u[k], contracts_[k], 1 - exp(-0.1 / 12 * rate_[k]), mean_[k]);
    }
  }
  return lost;
}

double ReferenceMonth::settle() {
  Money total = 0;
  for (std::size_t from = 0; from < holders_; from += 128) {
    const std::size_t n = std::min<std::size_t>(128, holders_ - from);
    post_legs(base_.data() + from, share_.data() + from, n, legs_.data());
    for (std::size_t leg = 0; leg < kLegs; ++leg) total += sum(legs_.data() + leg * n, n);
  }
  return static_cast<double>(total);
}

double ReferenceMonth::run(int t) {
  double all = watch_peers() + meet_allies();
  for (std::size_t v = 0; v < world_.vendors.size(); ++v) {
    if (t % 4 == 0) draw(partners_, t, 3);
    for (std::size_t i = 0; i < partners_; ++i) all += u0_[i] < 0.01 * total_[i] ? 1 : 0;
  }
  return all + move_people() + choose() + sell(t) + keep(t) + settle();
}

}  // namespace partnersim
