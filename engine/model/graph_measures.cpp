// Components by Boost's disjoint sets. Triangles and betweenness are ours: Boost's clustering asks
// for every pair of neighbours whether it is linked, which takes minutes with hubs, and its
// betweenness has no sample of sources (tests compare both with Boost).
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

constexpr std::size_t kSampledSteps = 400'000'000;  // links walked for sampled betweenness
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
      : near_(near), n_(near.offsets.size() - 1), distance_(n_, kFar), paths_(n_), carried_(n_) {}

  void add(std::uint32_t source, std::vector<double>& total) {
    walk(source);
    for (std::size_t k = order_.size(); k-- > 1;) {
      const std::uint32_t i = order_[k];
      const double each = (1 + carried_[i]) / paths_[i];
      for (const std::uint32_t j : near_.of(i)) {
        if (distance_[j] + 1 == distance_[i]) carried_[j] += paths_[j] * each;
      }
      total[i] += carried_[i];
    }
    for (const std::uint32_t i : order_) distance_[i] = kFar;
  }

 private:
  static constexpr std::uint32_t kFar = ~std::uint32_t{0} - 1;

  void walk(std::uint32_t source) {
    order_.assign(1, source);
    distance_[source] = 0;
    paths_[source] = 1;
    carried_[source] = 0;
    for (std::size_t next = 0; next < order_.size(); ++next) {
      const std::uint32_t i = order_[next];
      for (const std::uint32_t j : near_.of(i)) {
        if (distance_[j] == kFar) {
          distance_[j] = distance_[i] + 1;
          paths_[j] = 0;
          carried_[j] = 0;
          order_.push_back(j);
        }
        if (distance_[j] == distance_[i] + 1) paths_[j] += paths_[i];
      }
    }
  }

  const Neighbours& near_;
  std::size_t n_;
  std::vector<std::uint32_t> distance_, order_;
  std::vector<double> paths_, carried_;
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
