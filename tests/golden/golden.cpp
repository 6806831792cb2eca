// Prints the fingerprint of every state column after every month of a case, one a line:
//   golden CASE [checked] [restart]
// `checked` checks declared writes and bounds; `restart` saves, destroys and restores the
// simulation every fifth month. Neither may change a byte of the output, nor may another compiler,
// build type, CPU or kernel.
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "base/hash.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

using testing::address_of;

testing::TinyWorld make_case(const std::string& name) {
  testing::Shape shape;
  if (name == "five-vendors") {
    shape.vendors = 5;
    shape.offers = 3;
    shape.partners = 60;
  }
  testing::TinyWorld tiny = testing::tiny_world(shape);
  if (name == "changes") {
    tiny.world.changes.push_back(
        {6, 1 << 20, 3, {{address_of("vendor", "rebate"), Write::Op::add, 0.04}}, {{50000 * 100}}});
    tiny.world.changes.push_back(
        {4,
         12,
         1,
         {{address_of("offers", "price", 0, 1), Write::Op::multiply, 1.1},
          {address_of("tiers", "threshold", 0, 2), Write::Op::set, 500000}},
         {}});
    tiny.world.events.push_back(
        {"attack",
         entity_key("event", "attack"),
         0.7,
         3,
         15,
         {0, 6, 1, {{address_of("offers", "margin_first", 1, 0), Write::Op::add, 0.05}}, {}}});
    tiny.world.policies = {{1, address_of("vendor", "rebate", 1), 0.01, 0.02, 0.08, 1e6, 0.05}};
    tiny.parameters.programs[0].terms.lead_number = 500;
  }
  if (name == "off") {
    for (const Mechanism* mechanism : month_order()) {
      if (mechanism->can_be_off) tiny.parameters.off |= 1u << row_of_mechanism(*mechanism);
    }
  }
  return tiny;
}

void print(const Simulation& simulation) {
  for (const auto& column : kColumns) {
    std::printf("%d %s %s\n", simulation.month(), std::string(column.name).c_str(),
                hex(fingerprint(simulation.state().columns, column)).c_str());
  }
  Hasher cells;
  const auto values = simulation.cells().values();
  cells.add(values.data(), values.size_bytes());
  std::printf("%d cells %s\n", simulation.month(), hex(cells.value()).c_str());
}

int run(const std::string& name, bool checked, bool restart) {
  const testing::TinyWorld tiny = make_case(name);
  const RunLuck luck = testing::luck(3);
  auto simulation = std::make_unique<Simulation>(tiny.world);
  simulation->check(checked);
  simulation->start(tiny.parameters, luck);
  print(*simulation);
  while (!simulation->done()) {
    simulation->advance();
    print(*simulation);
    if (restart && simulation->month() % 5 == 0) {
      const std::string saved = simulation->save();
      simulation = std::make_unique<Simulation>(tiny.world);
      simulation->check(checked);
      simulation->resume(tiny.parameters, luck, saved);
    }
  }
  return 0;
}

}  // namespace
}  // namespace partnersim

int main(int argc, char** argv) {
  bool checked = false, restart = false;
  for (int k = 2; k < argc; ++k) {
    checked = checked || std::strcmp(argv[k], "checked") == 0;
    restart = restart || std::strcmp(argv[k], "restart") == 0;
  }
  return partnersim::run(argc > 1 ? argv[1] : "small", checked, restart);
}
