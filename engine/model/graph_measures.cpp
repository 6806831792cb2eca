// Components by Boost's disjoint sets. Triangles and betweenness are ours: Boost's clustering asks
// for every pair of neighbours whether it is linked, and its betweenness has no sample of sources;
// tests compare both with Boost.
#include "model/graph_measures.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/check.hpp"
#include "base/hash.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kSampledSteps = 100'000'000;  // links walked for sampled betweenness
constexpr std::size_t kLeastSources = 32;

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}
double count(std::size_t n) {
  return static_cast<double>(n);
}

/// Partners without suppliers, numbered on their own.
struct Society {
  std::vector<std::uint32_t> node;  // in the graph
  Neighbours near;
  std::size_t size() const { return node.size(); }
  std::size_t degree(std::size_t i) const { return near.of(i).size(); }
};

Society without_suppliers(const Neighbours& peers, std::span<const std::uint8_t> supplier) {
  Society society;
  std::vector<std::uint32_t> number(supplier.size());
  for (std::uint32_t i = 0; i < supplier.size(); ++i) {
    if (supplier[i]) continue;
    number[i] = static_cast<std::uint32_t>(society.node.size());
    society.node.push_back(i);
  }
  for (const std::uint32_t i : society.node) {
    for (const std::uint32_t j : peers.of(i)) {
      if (!supplier[j]) society.near.targets.push_back(number[j]);
    }
    society.near.offsets.push_back(static_cast<std::uint32_t>(society.near.targets.size()));
  }
  return society;
}

void measure_degrees(const Society& society, GraphMeasures& result) {
  result.peer_links = society.near.targets.size() / 2;
  result.mean_degree = ratio(count(society.near.targets.size()), count(society.size()));
  double ends = 0, sum = 0, squares = 0, products = 0;  // over both ends of every link
  for (std::size_t i = 0; i < society.size(); ++i) {
    const double d = count(society.degree(i));
    result.max_degree = std::max(result.max_degree, society.degree(i));
    ends += d;
    sum += d * d;
    squares += d * d * d;
    for (const std::uint32_t j : society.near.of(i)) products += d * count(society.degree(j));
  }
  result.assortativity = ratio(ends * products - sum * sum, ends * squares - sum * sum);
}

void measure_components(const Society& society, GraphMeasures& result) {
  const std::size_t n = society.size();
  std::vector<std::uint32_t> rank(n), parent(n), members(n);
  boost::disjoint_sets<std::uint32_t*, std::uint32_t*> sets(rank.data(), parent.data());
  for (std::uint32_t i = 0; i < n; ++i) sets.make_set(i);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const std::uint32_t j : society.near.of(i)) {
      if (i < j) sets.union_set(i, j);
    }
  }
  std::uint32_t largest = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t now = ++members[sets.find_set(i)];
    result.components += now == 1;
    largest = std::max(largest, now);
  }
  result.giant_share = ratio(largest, count(n));
}

/// Links from the less to the more linked end: no row is longer than the square root of twice the
/// links, hubs included.
Neighbours upward(const Society& society) {
  const auto higher = [&](std::size_t i, std::size_t j) {
    return std::make_tuple(society.degree(i), i) < std::make_tuple(society.degree(j), j);
  };
  Neighbours up;
  for (std::size_t i = 0; i < society.size(); ++i) {
    for (const std::uint32_t j : society.near.of(i)) {
      if (higher(i, j)) up.targets.push_back(j);
    }
    up.offsets.push_back(static_cast<std::uint32_t>(up.targets.size()));
  }
  return up;
}

std::vector<std::uint64_t> count_triangles(const Society& society) {
  const Neighbours up = upward(society);
  std::vector<std::uint64_t> triangles(society.size());
  for (std::size_t i = 0; i < society.size(); ++i) {
    for (const std::uint32_t j : up.of(i)) {
      const auto a = up.of(i), b = up.of(j);
      for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y) {
          ++triangles[i];
          ++triangles[j];
          ++triangles[*x];
        }
        const std::uint32_t low = std::min(*x, *y);
        x += *x == low;
        y += *y == low;
      }
    }
  }
  return triangles;
}

void measure_clustering(const Society& society, GraphMeasures& result) {
  const std::vector<std::uint64_t> triangles = count_triangles(society);
  double local = 0, closed = 0, pairs = 0;
  for (std::size_t i = 0; i < society.size(); ++i) {
    const double d = count(society.degree(i));
    if (d < 2) continue;
    local += count(triangles[i]) / (d * (d - 1) / 2);
    closed += count(triangles[i]);
    pairs += d * (d - 1) / 2;
  }
  result.mean_clustering = ratio(local, count(society.size()));
  result.transitivity = ratio(closed, pairs);
}

/// Brandes (2001): shortest paths from a source, then what each partner carries of them, from the
/// farthest back.
class Brandes {
 public:
  explicit Brandes(const Neighbours& near)
      : near_(near), seen_(near.offsets.size() - 1), order_(near.offsets.size()) {}

  void add(std::uint32_t source, std::vector<double>& total) {
    const std::size_t found = walk(source);
    for (std::size_t k = 1; k < found; ++k) {
      Seen& self = seen_[order_[k]];
      self.paths = over(order_[k], self.distance - 1, &Seen::paths);
    }
    for (std::size_t k = found; k-- > 1;) {
      Seen& self = seen_[order_[k]];
      const double carried = self.paths * over(order_[k], self.distance + 1, &Seen::load);
      self.load = (1 + carried) / self.paths;
      total[order_[k]] += carried;
    }
    for (std::size_t k = 0; k < found; ++k) seen_[order_[k]] = {};
  }

 private:
  static constexpr std::uint32_t kFar = ~std::uint32_t{0};

  struct Seen {
    std::uint32_t distance = kFar;
    double paths = 0;  // shortest ones from the source
    double load = 0;   // what each of them brings to those before
  };

  // How many are reached: order_[0 .. found).
  std::size_t walk(std::uint32_t source) {
    order_[0] = source;
    seen_[source].distance = 0;
    seen_[source].paths = 1;
    std::size_t found = 1;
    for (std::size_t next = 0; next < found; ++next) {
      const std::uint32_t distance = seen_[order_[next]].distance + 1;
      for (const std::uint32_t j : near_.of(order_[next])) {
        order_[found] = j;
        found += seen_[j].distance == kFar;
        seen_[j].distance = std::min(seen_[j].distance, distance);
      }
    }
    return found;
  }

  double over(std::uint32_t i, std::uint32_t distance, double Seen::*value) const {
    double sum = 0;
    for (const std::uint32_t j : near_.of(i)) {
      sum += seen_[j].distance == distance ? seen_[j].*value : 0.0;
    }
    return sum;
  }

  const Neighbours& near_;
  std::vector<Seen> seen_;
  std::vector<std::uint32_t> order_;
};

/// The same partners every time: those whose number has the smallest hash.
std::vector<std::uint32_t> sources(const Society& society) {
  std::vector<std::uint32_t> chosen(society.size());
  std::iota(chosen.begin(), chosen.end(), 0u);
  if (society.size() <= kExactBetweenness) return chosen;
  const std::size_t steps = society.size() + society.near.targets.size();
  const std::size_t wanted =
      std::min(std::max(kSampledSteps / steps, kLeastSources), society.size());
  const auto end = chosen.begin() + static_cast<std::ptrdiff_t>(wanted);
  std::partial_sort(chosen.begin(), end, chosen.end(),
                    [](std::uint32_t a, std::uint32_t b) { return combine(0, a) < combine(0, b); });
  chosen.erase(end, chosen.end());
  return chosen;
}

void measure_hubs(const Society& society, std::size_t wanted, GraphMeasures& result) {
  if (wanted == 0) return;
  std::vector<double> through(society.size());
  const std::vector<std::uint32_t> from = sources(society);
  Brandes brandes(society.near);
  for (const std::uint32_t source : from) brandes.add(source, through);
  result.betweenness_sources = from.size();

  const double n = count(society.size());
  const double scale = ratio(n, count(from.size()) * (n - 1) * (n - 2));
  for (std::size_t i = 0; i < society.size(); ++i) {
    result.hubs.push_back({society.node[i], static_cast<std::uint32_t>(society.degree(i)),
                           std::min(through[i] * scale, 1.0)});
  }
  const auto order = [](const Hub& hub) {
    return std::make_tuple(-static_cast<double>(hub.degree), -hub.betweenness, hub.node);
  };
  const auto end =
      result.hubs.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, result.hubs.size()));
  std::partial_sort(result.hubs.begin(), end, result.hubs.end(),
                    [&](const Hub& a, const Hub& b) { return order(a) < order(b); });
  result.hubs.erase(end, result.hubs.end());
  result.hubs.shrink_to_fit();
}

void measure_alliances(const Neighbours& allies, const Society& society, GraphMeasures& result) {
  std::size_t allied = 0, ends = 0;
  for (const std::uint32_t i : society.node) {
    allied += !allies.of(i).empty();
    ends += allies.of(i).size();
  }
  result.alliance_links = allies.targets.size() / 2;
  result.allied_share = ratio(count(allied), count(society.size()));
  result.mean_alliances = ratio(count(ends), count(allied));
}

void measure_distribution(const Neighbours& suppliers, const Society& society,
                          GraphMeasures& result) {
  std::size_t distributed = 0, links = 0;
  for (const std::uint32_t i : society.node) {
    distributed += !suppliers.of(i).empty();
    links += suppliers.of(i).size();
  }
  std::vector<std::size_t> customers(suppliers.offsets.size());
  std::size_t largest = 0;
  for (const std::uint32_t s : suppliers.targets) largest = std::max(largest, ++customers[s]);
  result.distribution_links = suppliers.targets.size();
  result.distributed_share = ratio(count(distributed), count(society.size()));
  result.distributors_per_partner = ratio(count(links), count(distributed));
  result.largest_distributor = ratio(count(largest), count(suppliers.targets.size()));
}

}  // namespace

GraphMeasures measure(const Graph& graph, std::span<const std::uint8_t> supplier,
                      std::size_t hubs) {
  require(graph.peers.offsets.size() == supplier.size() + 1 &&
              graph.allies.offsets.size() == supplier.size() + 1 &&
              graph.suppliers.offsets.size() == supplier.size() + 1,
          "measure: every partner is a supplier or not");
  const Society society = without_suppliers(graph.peers, supplier);
  GraphMeasures result;
  result.partners = society.size();
  result.suppliers = supplier.size() - society.size();
  measure_degrees(society, result);
  measure_components(society, result);
  measure_clustering(society, result);
  measure_hubs(society, hubs, result);
  measure_alliances(graph.allies, society, result);
  measure_distribution(graph.suppliers, society, result);
  return result;
}

}  // namespace partnersim
