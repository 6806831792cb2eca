// One replication of a batch: draws, simulates, and makes the record of it.
#include <algorithm>
#include <memory>
#include <new>

#include "base/check.hpp"
#include "base/money.hpp"
#include "ensemble/draws.hpp"
#include "ensemble/ensemble.hpp"
#include "model/state.hpp"

namespace partnersim {

Runner simulation_runner(const World& world, bool check) {
  auto simulation = std::make_shared<Simulation>(world);
  simulation->check(check);
  return [simulation](const Parameters& parameters, RunLuck luck, std::span<std::int64_t> cells) {
    simulation->start(parameters, luck);
    while (!simulation->done()) {
      simulation->advance();
      const std::span<const std::int64_t> month = simulation->cells().values();
      require(month.size() <= cells.size(), "more cells than the record holds");
      std::copy(month.begin(), month.end(), cells.begin());
      cells = cells.subspan(month.size());
    }
    return fingerprint(simulation->state());
  };
}

void run_replication(const ParameterDraws& draws, const Plan& plan, std::uint64_t r,
                     const Runner& runner, Drawn& drawn, Record& record) {
  record.replication = r;
  record.triple = plan.triple(r);
  record.failed = false;
  record.failure.clear();
  std::fill(record.cells.begin(), record.cells.end(), 0);
  draws.draw(draw_luck(plan.seed, record.triple), drawn);
  record.drawn = drawn.values;
  try {
    record.state_hash = runner(drawn.parameters, run_luck(plan.seed, record.triple), record.cells);
  } catch (const std::bad_alloc&) {
    throw;  // says nothing about this replication
  } catch (const std::exception& error) {
    record.failed = true;
    record.failure = error.what();
    std::fill(record.cells.begin(), record.cells.end(), 0);
    record.state_hash = 0;
  }
}

Record run_replication(const Scenario& scenario, const Plan& plan, std::uint64_t r,
                       const Runner& runner) {
  Drawn drawn;
  Record record;
  record.cells.resize(static_cast<std::size_t>(plan.months) *
                      Cells(scenario.world).values().size());
  run_replication(ParameterDraws(scenario), plan, r, runner, drawn, record);
  return record;
}

double headline(const World& world, std::span<const std::int64_t> cells) {
  if (world.vendors.empty()) return 0;
  const Cells month(world);
  const VendorInfo& vendor = world.vendors.front();
  const std::size_t size = month.values().size();
  Int128 sum = 0;
  for (std::size_t begin = 0; begin + size <= cells.size(); begin += size) {
    for (std::size_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      for (std::size_t s = 0; s < world.segments.size(); ++s) {
        sum += cells[begin + month.at(Line::net, o, s)];
      }
    }
  }
  return static_cast<double>(sum) / kMinorPerMajor;
}

}  // namespace partnersim
