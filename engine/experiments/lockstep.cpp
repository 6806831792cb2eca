#include "experiments/lockstep.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"
#include "mechanisms/changes.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kPartners[] = {"lifecycle", "departure", "termination", "peers"};
constexpr std::string_view kAttention[] = {"choice"};
constexpr std::string_view kEffort[] = {"effort"};
constexpr std::string_view kSkill[] = {"enablement"};
constexpr std::string_view kSupport[] = {"managers", "specialists", "leads"};
constexpr std::string_view kTrust[] = {"trust", "registration", "power"};
constexpr std::string_view kTiers[] = {"review", "policy"};
constexpr std::string_view kCustomers[] = {"market", "sensing", "saturation", "demand",
                                           "direct", "closing", "base"};

constexpr Cause kCauses[] = {
    {"partners", "other partners join, stay and leave", kPartners},
    {"attention", "partners put their attention elsewhere", kAttention},
    {"effort", "partners decide otherwise how much they market", kEffort},
    {"skill", "partners learn more or less", kSkill},
    {"support", "managers, specialists and leads serve partners otherwise", kSupport},
    {"trust", "partners trust, register and negotiate otherwise", kTrust},
    {"tiers", "partners are in other tiers, and vendors steer otherwise", kTiers},
    {"customers", "customers ask, buy and stay otherwise", kCustomers},
};

/// Farther than any run goes.
constexpr int kNever = 1 << 20;

enum class Sizes { equal, any };

bool is_free(Coalition free, std::size_t cause) {
  return (free >> cause & 1u) != 0;
}

void copy_column(const ColumnRow<Shape>& row, const Columns& from, Columns& to, Sizes sizes) {
  visit_column(row.type, row.at(&to), [&](auto& values) {
    using Values = std::decay_t<decltype(values)>;
    const auto& source = *static_cast<const Values*>(row.at(const_cast<Columns*>(&from)));
    require(sizes == Sizes::any || source.size() == values.size(),
            "two states with columns of other sizes");
    values = source;
  });
}

bool departs(const World& world) {
  bool any = false;
  world.for_each_change([&](const Change& change) {
    any = any || !change.leaving.empty() || !change.acquisitions.empty();
  });
  return any;
}

/// Writes that never happen, to every share_term: what a state remembers of sales follows from
/// whether a share_term may move.
void add_terms(const World& world, Change& change) {
  const auto all = owners();
  const auto offers = std::find_if(all.begin(), all.end(),
                                   [](const Owner& owner) { return owner.path == "offers"; });
  const auto row = std::find_if(offers->rows.begin(), offers->rows.end(),
                                [](const ParameterRow& one) { return one.key == "share_term"; });
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t j = 0; j < world.vendors[v].offers; ++j) {
      change.writes.push_back(
          {.address = {static_cast<std::uint16_t>(offers - all.begin()),
                       static_cast<std::uint16_t>(row - offers->rows.begin()),
                       static_cast<std::uint16_t>(v), static_cast<std::uint16_t>(j), 0},
           .op = Write::Op::add,
           .value = 0});
    }
  }
}

std::size_t bytes_of(const Columns& columns) {
  std::size_t bytes = 0;
  for (const auto& row : kColumns) bytes += bytes_of(columns, row);
  return bytes;
}

/// Puts levers where the policies' decisions take them from what changes and events left.
void steer(const World& world, State& state, const Month& month) {
  for (const Policy& policy : world.policies) {
    at(state.now, policy.lever) = moved(policy, state.columns.policy_base[policy.vendor],
                                        state.columns.policy_shift[policy.vendor]);
  }
  derive_now(world, month.start, state);
}

}  // namespace

std::span<const Cause> causes() {
  return kCauses;
}

std::optional<std::size_t> cause_of(const ColumnRow<Shape>& column) {
  const std::string_view writers = column.writer;
  if (writers.find("events") != std::string_view::npos) return std::nullopt;  // terms
  const std::string_view first = writers.substr(0, writers.find(','));
  for (std::size_t k = 0; k < std::size(kCauses); ++k) {
    if (std::ranges::find(kCauses[k].mechanisms, first) != kCauses[k].mechanisms.end()) return k;
  }
  return std::nullopt;
}

void make_alike(World& a, World& b) {
  Change never;
  never.from = kNever;
  never.to = kNever + 1;
  add_terms(a, never);
  if (a.partners.count > 0 && (departs(a) || departs(b))) never.leaving = {0};
  for (World* world : {&a, &b}) world->changes.push_back(never);
}

LockStep::LockStep(const World& base, const World& alternative, std::size_t memory)
    : world_(&alternative), memory_(memory), kept_(month_order().size()), base_(base) {
  for (const Mechanism* mechanism : month_order()) {
    Kept& kept = kept_[row_of_mechanism(*mechanism)];
    for (std::size_t k = 0; k < std::size(kColumns); ++k) {
      if (std::ranges::find(mechanism->writes, kColumns[k].name) == mechanism->writes.end()) {
        continue;
      }
      if (const auto cause = cause_of(kColumns[k])) kept.written.push_back({k, *cause});
    }
  }
  base_.edit([this](const Mechanism& mechanism, State& state, const Month& month) {
    keep(mechanism, state, month);
  });
}

void LockStep::make_alternatives() {
  const std::size_t states = memory_ / std::max<std::size_t>(bytes_of(start_), 1);
  const std::size_t at_once = std::clamp<std::size_t>(states, 1, 16);
  free_.resize(at_once);
  for (std::size_t k = 0; k < at_once; ++k) {
    alternatives_.emplace_back(*world_);
    alternatives_[k].edit([this, k](const Mechanism& mechanism, State& state, const Month& month) {
      overwrite(free_[k], mechanism, state, month);
    });
  }
}

void LockStep::keep(const Mechanism& mechanism, const State& state, const Month& month) {
  Kept& kept = kept_[row_of_mechanism(mechanism)];
  for (const Written& one : kept.written) {
    copy_column(kColumns[one.column], state.columns, kept.columns, Sizes::any);
  }
  if (mechanism.name != kEffort[0]) return;
  kept.effort_cost = month.scratch.effort_cost;
  kept.mdf = month.scratch.mdf;
}

void LockStep::overwrite_start(Coalition free, State& state, const Month& month) {
  for (const auto& column : kColumns) {
    const auto cause = cause_of(column);
    if (!cause || is_free(free, *cause)) continue;
    copy_column(column, start_, state.columns, Sizes::equal);
  }
  list_rows(*world_, state, month.scratch);
}

void LockStep::overwrite(Coalition free, const Mechanism& mechanism, State& state,
                         const Month& month) {
  const Kept& kept = kept_[row_of_mechanism(mechanism)];
  if (month.t == 0 && &mechanism == first_) overwrite_start(free, state, month);
  bool stages = false, shifts = false, efforts = false;
  for (const Written& one : kept.written) {
    if (is_free(free, one.cause)) continue;
    copy_column(kColumns[one.column], kept.columns, state.columns, Sizes::equal);
    stages = stages || kColumns[one.column].name == "stage";
    shifts = shifts || kColumns[one.column].name == "policy_shift";
    efforts = efforts || mechanism.name == kEffort[0];
  }
  if (stages) list_rows(*world_, state, month.scratch);
  if (shifts) steer(*world_, state, month);
  if (!efforts) return;
  month.scratch.effort_cost = kept.effort_cost;
  month.scratch.mdf = kept.mdf;
}

void LockStep::run(const Parameters& base, const Parameters& alternative, RunLuck luck,
                   std::span<const Coalition> free, const Seen& seen) {
  require(base.off == alternative.off, "lock-step needs the same mechanisms at work");
  const auto order = month_order();
  first_ = *std::ranges::find_if(
      order, [&](const Mechanism* one) { return !base.is_off(row_of_mechanism(*one)); });
  base_.start(base, luck);
  start_ = base_.state().columns;
  if (alternatives_.empty()) make_alternatives();
  for (std::size_t first = 0; first < free.size(); first += free_.size()) {
    const std::size_t count = std::min(free_.size(), free.size() - first);
    base_.start(base, luck);
    for (std::size_t k = 0; k < count; ++k) {
      free_[k] = free[first + k];
      alternatives_[k].start(alternative, luck);
    }
    while (!base_.done()) {
      base_.advance();
      if (first == 0) seen(std::nullopt, base_.cells().values());
      for (std::size_t k = 0; k < count; ++k) {
        alternatives_[k].advance();
        seen(first + k, alternatives_[k].cells().values());
      }
    }
  }
}

}  // namespace partnersim
