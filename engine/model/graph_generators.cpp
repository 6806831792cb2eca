// Attachment by copying (Kumar et al., FOCS 2000): a newcomer meets an earlier partner by chance
// and, every other time, links to one that this partner had linked to. The end of a random link is
// a partner drawn in proportion to its degree, so this is Barabasi-Albert without its list of ends,
// in which one more partner would shift every later draw.
#include "model/graph_generators.hpp"

#include <algorithm>
#include <bit>
#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <tuple>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "base/philox_engine.hpp"

namespace partnersim {
namespace {

constexpr Purpose kRing{"graph.ring"}, kAttach{"graph.attach"}, kAlly{"graph.ally"},
    kAlliance{"graph.alliance"}, kDistributed{"graph.distributed"},
    kDistributor{"graph.distributor"};

constexpr std::uint32_t kNobody = ~std::uint32_t{0};
constexpr int kAttempts = 64;

struct Member {
  std::uint64_t arrival, key;
  std::uint32_t node, community;
};

template <class Accept>
std::vector<Member> by_arrival(std::span<const GraphNode> nodes, Luck build, Accept accept) {
  std::vector<Member> members;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    const GraphNode& node = nodes[i];
    if (!accept(node)) continue;
    members.push_back({combine(build.key, node.key), node.key, i, node.community});
  }
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
    return std::tie(a.arrival, a.key) < std::tie(b.arrival, b.key);
  });
  return members;
}

/// Draws of one link of one partner; how many its other links used does not matter.
class Draws {
 public:
  Draws(Luck luck, std::uint64_t key, std::uint32_t slot, Purpose purpose)
      : engine_(luck, combine(key, slot), purpose) {}

  bool chance(double p) { return boost::random::bernoulli_distribution<double>(p)(engine_); }
  std::size_t below(std::size_t n) {
    return boost::random::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
  }

 private:
  PhiloxEngine engine_;
};

/// Draws with equal chances from things in order of arrival. An index u x n would be another one
/// for everybody when n grows by one; so the time of arrival is cut into cells of kPlaces places,
/// and places are drawn until one is taken.
class Pool {
 public:
  static constexpr std::uint64_t kEver = ~std::uint64_t{0};

  explicit Pool(std::span<const std::uint64_t> arrivals) : size_(arrivals.size()) {
    if (size_ == 0) return;
    bits_ = static_cast<int>(std::bit_width((size_ - 1) / 4));
    while (!fill(arrivals) && bits_ < kMostBits) ++bits_;
  }

  /// One of the first `limit`, which are those before `before`. limit > 0.
  std::size_t pick(std::size_t limit, std::uint64_t before, Draws& draws) const {
    const std::size_t places = (cell(before) + 1) * kPlaces;
    for (int probe = 0; probe < kProbes; ++probe) {
      const std::size_t place = draws.below(places);
      const std::size_t found = begin_[place / kPlaces] + place % kPlaces;
      if (found < begin_[place / kPlaces + 1] && found < limit) return found;
    }
    return draws.below(limit);
  }

 private:
  static constexpr std::size_t kPlaces = 32;
  static constexpr int kMostBits = 26, kProbes = 256;

  std::size_t cell(std::uint64_t arrival) const {
    return bits_ == 0 ? 0 : static_cast<std::size_t>(arrival >> (64 - bits_));
  }

  // False when a cell holds more than it has places.
  bool fill(std::span<const std::uint64_t> arrivals) {
    begin_.assign((std::size_t{1} << bits_) + 1, 0);
    for (const std::uint64_t arrival : arrivals) ++begin_[cell(arrival) + 1];
    const bool fits = *std::max_element(begin_.begin(), begin_.end()) <= kPlaces;
    for (std::size_t c = 1; c < begin_.size(); ++c) begin_[c] += begin_[c - 1];
    return fits;
  }

  std::size_t size_;
  int bits_ = 0;
  std::vector<std::uint32_t> begin_;
};

/// A mean number of links as a whole number for each partner.
std::uint32_t whole(double mean, double u) {
  const auto least = static_cast<std::uint32_t>(mean);
  return least + (u < mean - least ? 1 : 0);
}
std::uint32_t most(double mean) {
  return whole(mean, 0);
}

/// Members arrive one after another and link to earlier ones. Ranks are places in that order.
class Attachment {
 public:
  Attachment(std::span<const Member> members, double links, double inside)
      : members_(members), links_(links), inside_(inside), slots_(most(links)) {
    std::vector<std::uint32_t> ranks(members.size());
    for (std::uint32_t rank = 0; rank < ranks.size(); ++rank) ranks[rank] = rank;
    targets_.assign(members.size() * slots_, kNobody);
    if (inside > 0) group(ranks);
    everyone_ = make_group(std::move(ranks));
  }

  void link(LinkKind kind, Luck build, Purpose purpose, std::vector<Link>& out) {
    for (std::uint32_t rank = 0; rank < members_.size(); ++rank) {
      const std::uint64_t key = members_[rank].key;
      const std::uint32_t wanted = whole(links_, uniforms(build, key, 0, purpose.id)[0]);
      for (std::uint32_t slot = 0; slot < wanted; ++slot) {
        Draws draws(build, key, slot, purpose);
        const std::uint32_t target = choose(rank, draws);
        if (target == kNobody) break;
        targets_[std::size_t{rank} * slots_ + slot] = target;
        out.push_back({kind, members_[rank].node, members_[target].node});
      }
    }
  }

 private:
  struct Group {
    Pool pool{{}};
    std::vector<std::uint32_t> ranks;
  };

  Group make_group(std::vector<std::uint32_t> ranks) const {
    std::vector<std::uint64_t> arrivals;
    for (const std::uint32_t rank : ranks) arrivals.push_back(members_[rank].arrival);
    return {Pool(arrivals), std::move(ranks)};
  }

  void group(std::vector<std::uint32_t> ranks) {
    const auto community = [&](std::uint32_t rank) { return members_[rank].community; };
    std::stable_sort(ranks.begin(), ranks.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return community(a) < community(b); });
    group_of_.resize(ranks.size());
    before_.resize(ranks.size());
    for (std::size_t begin = 0, end = 0; begin < ranks.size(); begin = end) {
      while (end < ranks.size() && community(ranks[end]) == community(ranks[begin])) {
        group_of_[ranks[end]] = static_cast<std::uint32_t>(groups_.size());
        before_[ranks[end]] = static_cast<std::uint32_t>(end - begin);
        ++end;
      }
      const auto at = ranks.begin();
      groups_.push_back(make_group(
          {at + static_cast<std::ptrdiff_t>(begin), at + static_cast<std::ptrdiff_t>(end)}));
    }
  }

  std::uint32_t choose(std::uint32_t rank, Draws& draws) const {
    if (inside_ > 0 && draws.chance(inside_)) {
      const std::uint32_t found = choose(groups_[group_of_[rank]], before_[rank], rank, draws);
      if (found != kNobody) return found;
    }
    return choose(everyone_, rank, rank, draws);
  }

  // `earlier` members of the group arrived before `rank`.
  std::uint32_t choose(const Group& group, std::size_t earlier, std::uint32_t rank,
                       Draws& draws) const {
    if (earlier > slots_) {
      for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const std::size_t met = group.pool.pick(earlier, members_[rank].arrival, draws);
        const bool follows = draws.chance(0.5);
        const std::uint32_t found =
            follows ? follow(group, group.ranks[met], draws.below(slots_)) : group.ranks[met];
        if (!linked(rank, found)) return found;
      }
    }
    for (std::size_t k = 0; k < earlier; ++k) {
      if (!linked(rank, group.ranks[k])) return group.ranks[k];
    }
    return kNobody;
  }

  // Whom `met` linked to, if that is one of the group.
  std::uint32_t follow(const Group& group, std::uint32_t met, std::size_t slot) const {
    const std::uint32_t target = targets_[std::size_t{met} * slots_ + slot];
    if (target == kNobody) return met;
    return &group == &everyone_ || group_of_[target] == group_of_[met] ? target : met;
  }

  bool linked(std::uint32_t rank, std::uint32_t other) const {
    const auto first = targets_.begin() + static_cast<std::ptrdiff_t>(std::size_t{rank} * slots_);
    return std::find(first, first + slots_, other) != first + slots_;
  }

  std::span<const Member> members_;
  double links_, inside_;
  std::uint32_t slots_;
  std::vector<std::uint32_t> targets_;  // ranks, [rank][slot]
  Group everyone_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_, before_;
};

/// The ring of a small world, its places and its shortcuts.
class Ring {
 public:
  Ring(std::span<const Member> members, std::uint32_t reach)
      : members_(members), reach_(reach), pool_(arrivals(members)) {
    for (std::uint32_t rank = 0; rank < members.size(); ++rank) ring_.push_back(rank);
    std::sort(ring_.begin(), ring_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(members[a].community, members[a].key) <
             std::tie(members[b].community, members[b].key);
    });
    place_.resize(ring_.size());
    for (std::uint32_t place = 0; place < ring_.size(); ++place) place_[ring_[place]] = place;
  }

  const Member& at(std::size_t place) const { return members_[ring_[place % ring_.size()]]; }

  /// Somebody beyond the neighbours of `place`; null when there is nobody.
  const Member* far_from(std::size_t place, Draws& draws) const {
    const std::size_t n = members_.size();
    if (n <= 2 * std::size_t{reach_} + 1) return nullptr;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const std::size_t rank = pool_.pick(n, Pool::kEver, draws);
      const std::size_t ahead = (place_[rank] + n - place) % n;
      if (std::min(ahead, n - ahead) > reach_) return &members_[rank];
    }
    return &at(place + reach_ + 1);
  }

 private:
  static std::vector<std::uint64_t> arrivals(std::span<const Member> members) {
    std::vector<std::uint64_t> result;
    for (const Member& member : members) result.push_back(member.arrival);
    return result;
  }

  std::span<const Member> members_;
  std::uint32_t reach_;
  Pool pool_;
  std::vector<std::uint32_t> ring_, place_;
};

void small_world(std::span<const Member> members, const GraphShape& shape, Luck build,
                 std::vector<Link>& out) {
  const Ring ring(members, most(shape.peer_links));
  for (std::size_t place = 0; place < members.size(); ++place) {
    const Member& self = ring.at(place);
    const std::uint32_t wanted = whole(shape.peer_links, uniforms(build, self.key, 0, kRing.id)[0]);
    for (std::uint32_t step = 1; step <= wanted && step <= members.size() / 2; ++step) {
      Draws draws(build, self.key, step, kRing);
      const Member* shortcut = draws.chance(shape.rewiring) ? ring.far_from(place, draws) : nullptr;
      const std::uint32_t other = (shortcut ? *shortcut : ring.at(place + step)).node;
      const auto [a, b] = std::minmax(self.node, other);
      out.push_back({LinkKind::peer, a, b});
    }
  }
  const auto ends = [](const Link& link) { return std::tie(link.a, link.b); };
  std::sort(out.begin(), out.end(),
            [&](const Link& x, const Link& y) { return ends(x) < ends(y); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

void alliances(std::span<const Member> members, const GraphShape& shape, Luck build,
               std::vector<Link>& out) {
  std::vector<Member> allies;
  for (const Member& member : members) {
    if (uniforms(build, member.key, 0, kAlly.id)[0] < shape.ally_share) allies.push_back(member);
  }
  Attachment(allies, shape.ally_degree / 2, 0).link(LinkKind::alliance, build, kAlliance, out);
}

/// Each reseller lets its suppliers race: exponential times with their weights as rates, the
/// first ones win. That is drawing by weight without putting back, and a supplier that loses
/// weight leaves the others' times alone.
void distribution(std::span<const Member> members, std::span<const Member> suppliers,
                  const GraphShape& shape, Luck build, std::vector<Link>& out) {
  std::vector<double> weight(suppliers.size());
  double halved = 1;  // a tenth is dealt evenly: the last of many suppliers is small, not nothing
  for (double& w : weight) w = (halved /= 2) + 0.1 / static_cast<double>(suppliers.size());
  const double further = std::max(shape.distributors - 1, 0.0);
  const double none_further = exp(-further);
  std::vector<std::pair<double, std::uint32_t>> race(suppliers.size());
  for (const Member& member : members) {
    const Uniforms u = uniforms(build, member.key, 0, kDistributed.id);
    if (suppliers.empty() || u[0] >= shape.distribution_share) continue;
    const auto wanted = 1 + static_cast<std::size_t>(poisson(u[1], further, none_further));
    for (std::size_t s = 0; s < suppliers.size(); ++s) {
      const std::uint64_t pair = edge_key(member.key, suppliers[s].key);
      race[s] = {-log(uniforms(build, pair, 0, kDistributor.id)[0]) / weight[s], suppliers[s].node};
    }
    const auto winners = race.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, race.size()));
    std::partial_sort(race.begin(), winners, race.end());
    for (auto won = race.begin(); won != winners; ++won) {
      out.push_back({LinkKind::distribution, member.node, won->second});
    }
  }
}

}  // namespace

std::vector<Link> generate_links(std::span<const GraphNode> nodes, PeerGraph kind,
                                 const GraphShape& shape, Luck build) {
  const auto members = by_arrival(nodes, build, [](const GraphNode& n) { return !n.supplier; });
  const auto suppliers = by_arrival(nodes, build, [](const GraphNode& n) { return n.supplier; });
  std::vector<Link> links;
  switch (kind) {
    case PeerGraph::none:
      break;
    case PeerGraph::small_world:
      small_world(members, shape, build, links);
      break;
    case PeerGraph::preferential:
      Attachment(members, shape.peer_links, 0).link(LinkKind::peer, build, kAttach, links);
      break;
    case PeerGraph::communities:
      Attachment(members, shape.peer_links, shape.inside)
          .link(LinkKind::peer, build, kAttach, links);
      break;
  }
  alliances(members, shape, build, links);
  distribution(members, suppliers, shape, build, links);
  return links;
}

}  // namespace partnersim
