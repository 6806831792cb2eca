// Scenes of 1k to 1M partners: time of a month, memory, set-up, and the ratio to a month written by
// hand, measured in the same process. Every scene checks the fingerprint of its state, so that a
// faster month that is another month does not pass.
#include <benchmark/benchmark.h>
#include <time.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "reference_month.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Months that are timed, after as many that are not.
int months_of(std::size_t partners) {
  return partners >= 1000000 ? 4 : partners >= 100000 ? 12 : 24;
}

/// "partners fingerprint" a line; a scene that is not in the file has none yet.
std::map<std::size_t, std::string> known_fingerprints() {
  std::map<std::size_t, std::string> known;
  std::ifstream in(BENCH_DIR "/fingerprints.txt");
  std::size_t partners = 0;
  for (std::string hash; in >> partners >> hash;) known[partners] = hash;
  return known;
}

struct Scene {
  double world_seconds;
  testing::TinyWorld tiny;
  explicit Scene(std::size_t partners) {
    const double begin = cpu_seconds();
    testing::Shape shape;
    shape.partners = partners;
    shape.months = 2 * months_of(partners);
    tiny = testing::tiny_world(shape);
    world_seconds = cpu_seconds() - begin;
  }
};

double active_share(const State& state) {
  const auto& stage = state.columns.stage;
  return static_cast<double>(std::ranges::count(stage, static_cast<std::uint8_t>(Stage::active))) /
         static_cast<double>(stage.size());
}

void month(benchmark::State& bench) {
  const auto partners = static_cast<std::size_t>(bench.range(0));
  const Scene scene(partners);
  Simulation simulation(scene.tiny.world);
  double start_seconds = 0, engine = 0, reference = 0, months = 0, active = 0;
  std::string hash;
  for (auto _ : bench) {
    double begin = cpu_seconds();
    simulation.start(scene.tiny.parameters, testing::luck(0));
    start_seconds = cpu_seconds() - begin;
    const int half = scene.tiny.world.months / 2;
    while (simulation.month() < half) simulation.advance();
    ReferenceMonth by_hand(scene.tiny.world, simulation.state());
    active = active_share(simulation.state());
    // a month of the one, a month of the other, so that both see the same machine
    double sum = by_hand.run(0);
    while (!simulation.done()) {
      begin = cpu_seconds();
      simulation.advance();
      engine += cpu_seconds() - begin;
      begin = cpu_seconds();
      sum += by_hand.run(simulation.month());
      reference += cpu_seconds() - begin;
      months += 1;
    }
    benchmark::DoNotOptimize(sum);
    hash = hex(fingerprint(simulation.state()));
  }
  const auto known = known_fingerprints();
  if (const auto at = known.find(partners); at == known.end() || at->second != hash) {
    bench.SkipWithError(("fingerprint is " + hash).c_str());
    return;
  }
  const double work = months * static_cast<double>(partners);
  bench.counters["ns_partner_month"] = 1e9 * engine / work;
  bench.counters["ns_active_relation"] =
      1e9 * engine / (work * active * static_cast<double>(scene.tiny.world.vendors.size()));
  bench.counters["share_active"] = active;
  bench.counters["ns_by_hand"] = 1e9 * reference / work;
  bench.counters["ratio"] = engine / reference;
  bench.counters["world_ms"] = 1e3 * scene.world_seconds;
  bench.counters["start_ms"] = 1e3 * start_seconds;
}
BENCHMARK(month)
    ->Arg(1000)
    ->Arg(10000)
    ->Arg(100000)
    ->Arg(1000000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

constexpr std::size_t kMeasured = 10000;  // partners of the world whose bytes are printed

void print_bytes(std::string_view what, std::size_t bytes) {
  std::printf("%-20s %6.1f bytes a partner\n", std::string(what).c_str(),
              static_cast<double>(bytes) / kMeasured);
}

template <class... Vectors>
std::size_t bytes_of(const Vectors&... vectors) {
  return (std::size_t{0} + ... + (vectors.size() * sizeof vectors[0]));
}

/// What texts of a partner hold beyond the string itself.
std::size_t bytes_outside(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) {
    if (text.capacity() > std::string().capacity()) bytes += text.capacity() + 1;
  }
  return bytes;
}

std::size_t bytes_of(const World& world) {
  const PartnerTable& p = world.partners;
  std::size_t bytes = bytes_of(p.key, p.segment, p.market, p.size, p.user_row, p.id, p.name,
                               p.region, p.start_stage, p.start_tier, p.start_billed);
  for (const auto* texts : {&p.id, &p.name, &p.region}) bytes += bytes_outside(*texts);
  for (const auto* links : {&world.graph.peers, &world.graph.allies, &world.graph.suppliers}) {
    bytes += bytes_of(links->offsets, links->targets);
  }
  return bytes;
}

/// Bytes a partner of the world and of every column of the state, main scenario's mix.
void memory(benchmark::State& bench) {
  for (auto _ : bench) {
  }
  const Scene scene(kMeasured);
  Simulation simulation(scene.tiny.world);
  simulation.start(scene.tiny.parameters, testing::luck(0));
  std::size_t state = 0, passing = 0;
  for (const auto& column : kColumns) {
    const std::size_t bytes = bytes_of(simulation.state().columns, column);
    (column.passing ? passing : state) += bytes;
    if (bytes >= kMeasured) print_bytes(column.name, bytes);
  }
  print_bytes("state", state);
  print_bytes("of one month", passing);
  print_bytes("world", bytes_of(scene.tiny.world));
}
BENCHMARK(memory)->Iterations(1);

}  // namespace
}  // namespace partnersim

BENCHMARK_MAIN();
