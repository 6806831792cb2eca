// What a scenario leaves out is taken from a standard scenario, written as a scenario.
#include "scenario/outline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/random.hpp"
#include "base/text.hpp"
#include "model/cells.hpp"
#include "scenario/keys.hpp"
#include "scenario/values.hpp"

namespace partnersim {

const std::string_view kStandardScenario = R"(
start: 2027-01
months: 48
currency: EUR
fiscal_year_starts: January
segments:
  - {name: VAR, partners: 340, opportunities: 34, deal_size: 1.0, services: 0.55}
  - {name: MSP, partners: 240, opportunities: 26, deal_size: 0.7, services: 0.9}
  - {name: SI, partners: 90, opportunities: 24, deal_size: 2.2, services: 1.3}
  - {name: ISV, partners: 118, opportunities: 18, deal_size: 0.8, services: 0.7}
  - {name: DIST, supplier: yes, partners: 12, opportunities: 0, services: 0, size_spread: 0.8}
markets:
  - {name: market}
us:
  name: us
  tiers:
    - {name: Registered, threshold: 0, certified: 0, margin: 0%}
    - {name: Silver, threshold: 150k, certified: 1, margin: 3%}
    - {name: Gold, threshold: 600k, certified: 2, margin: 6%}
  offers:
    - {name: Server, deployment: on_premises, billing: licence}
    - {name: Cloud, deployment: cloud, billing: subscription}
rival: {name: rival}
)";

namespace {

constexpr std::size_t kMaxOffers = 64;  // of one vendor

void forget_places(Node& node) {
  node.at = {};
  for (Node& item : node.items) forget_places(item);
  for (Node::Entry& entry : node.entries) {
    entry.at = {};
    forget_places(entry.value);
  }
}

Node standard_scenario() {
  Diagnostics none;
  const std::uint32_t file = none.add_source("standard", std::string(kStandardScenario));
  Node root = *parse_document(kStandardScenario, file, none);
  forget_places(root);
  return root;
}

void put(Node& map, std::string_view key, const Node& value) {
  map.kind = Node::Kind::map;
  map.entries.push_back({std::string(key), value.at, value});
}

void put_missing(Node& map, std::string_view key, const Node& standard) {
  if (map.find(key) == nullptr) put(map, key, *standard.find(key));
}

// `one: {...}` becomes `many: [{name: ..., ...}]`.
void make_list(Node& root, std::string_view one, std::string_view many, const Node& name,
               Diagnostics& diagnostics) {
  const auto found = std::find_if(root.entries.begin(), root.entries.end(),
                                  [&](const Node::Entry& entry) { return entry.key == one; });
  if (found == root.entries.end()) return;
  if (root.find(many) != nullptr) {
    diagnostics.error("E-CONTRADICTION", found->at,
                      fmt::format("both '{}' and '{}' are given", one, many),
                      fmt::format("put all of them into the list '{}'", many));
    root.entries.erase(found);
    return;
  }
  Node item = std::move(found->value);
  if (item.is_map() || item.is_empty()) {
    item.kind = Node::Kind::map;
    if (item.find("name") == nullptr) put(item, "name", name);
  }
  Node list;
  list.kind = Node::Kind::list;
  list.at = found->at;
  list.items.push_back(std::move(item));
  found->key = std::string(many);
  found->value = std::move(list);
}

bool asks_for_nothing(const Node& tier) {
  const Node* threshold = tier.find("threshold");
  Fault fault;
  if (threshold == nullptr || !threshold->is_scalar()) return true;
  const auto value = read_number(threshold->text, Unit::money, "", fault);
  return !value || *value == 0;
}

void complete_vendor(Node& vendor, const Node& standard) {
  if (vendor.find("like") != nullptr || !(vendor.is_map() || vendor.is_empty())) return;
  put_missing(vendor, "offers", standard);
  put_missing(vendor, "tiers", standard);
  Node& tiers = *vendor.find("tiers");
  const bool lacks_lowest =
      tiers.is_list() &&
      (tiers.items.empty() || (tiers.items[0].is_map() && !asks_for_nothing(tiers.items[0])));
  if (lacks_lowest) tiers.items.insert(tiers.items.begin(), standard.find("tiers")->items[0]);
}

// `over` laid on a copy of `base`: maps merge by key, lists of maps by name.
Node merged(const Node& base, const Node& over) {
  if (base.is_map() && over.is_map() && !is_range_map(over)) {
    Node result = base;
    result.at = over.at;
    for (const Node::Entry& entry : over.entries) {
      Node* old = result.find(entry.key);
      if (old == nullptr) {
        result.entries.push_back(entry);
      } else {
        *old = merged(*old, entry.value);
      }
    }
    return result;
  }
  const auto is_named = [](const Node& item) { return item.name() != nullptr; };
  const bool both = base.is_list() && over.is_list() &&
                    std::all_of(base.items.begin(), base.items.end(), is_named) &&
                    std::all_of(over.items.begin(), over.items.end(), is_named);
  if (!both) return over;
  Node result = base;
  for (const Node& item : over.items) {
    const auto old = std::find_if(result.items.begin(), result.items.end(),
                                  [&](const Node& other) { return *other.name() == *item.name(); });
    if (old == result.items.end()) {
      result.items.push_back(item);
    } else {
      *old = merged(*old, item);
    }
  }
  return result;
}

// Reads the outline; everything it meets is checked for keys, names and number.
class Draft {
 public:
  Draft(const Node& root, World& world, Parameters& parameters, Outline& result,
        Diagnostics& diagnostics)
      : root_(root),
        world_(world),
        parameters_(parameters),
        result_(result),
        diagnostics_(diagnostics) {
    result_.standard = standard_scenario();
  }

  void run() {
    markets();
    segments();
    gather_vendors();
    for (std::size_t v = 0; v < result_.vendors.size(); ++v) vendor(v);
  }

 private:
  // The maps of a list, with names that are given, possible and unique.
  std::vector<const Node*> instances(const Node* list, std::string_view what, std::size_t most,
                                     Diagnostics& diagnostics) const {
    std::vector<const Node*> found;
    if (list == nullptr) return found;
    if (!list->is_list()) {
      diagnostics.error("E-VALUE", list->at, fmt::format("{} are a list", what),
                        "each on a line that begins with '- name: ...'");
      return found;
    }
    for (const Node& item : list->items) {
      if (!item.is_map()) {
        diagnostics.error("E-VALUE", item.at, fmt::format("each of {} needs keys and values", what),
                          "such as {name: ...}");
        continue;
      }
      if (!good_name(item, what, found, diagnostics)) continue;
      found.push_back(&item);
    }
    if (found.size() > most) {
      diagnostics.error(
          "E-TOO-MANY", list->at,
          fmt::format("{} {} are too many; {} are possible", found.size(), what, most));
      found.resize(most);
    }
    return found;
  }

  bool good_name(const Node& item, std::string_view what, const std::vector<const Node*>& others,
                 Diagnostics& diagnostics) const {
    const Node* node = item.find("name");
    if (node == nullptr || !node->is_scalar()) {
      diagnostics.error("E-MISSING", item.at, fmt::format("one of {} has no name", what),
                        "name: ...");
      return false;
    }
    if (!check_name(node->text, node->at, diagnostics)) return false;
    for (const Node* other : others) {
      if (*other->name() != node->text) continue;
      if (told(diagnostics_, node->at)) return false;
      diagnostics.error("E-DUPLICATE-NAME", node->at,
                        fmt::format("{} is there twice among {}", in_quotes(node->text), what));
      return false;
    }
    return true;
  }

  void markets() {
    result_.markets = instances(root_.find("markets"), "markets", kMaxMarkets, diagnostics_);
    if (result_.markets.empty()) {
      const Node* list = root_.find("markets");
      if (list->is_list() && list->items.empty()) {
        diagnostics_.error("E-MISSING", list->at, "there is no market", "leave out 'markets'");
      }
      result_.markets.push_back(&result_.standard.find("markets")->items[0]);
    }
    for (const Node* node : result_.markets) {
      check_keys(*node, kMarketKeys, kMarketRows, "a market", diagnostics_);
      world_.markets.push_back({*node->name(), entity_key("market", *node->name())});
      Market market = defaults<Market>(kMarketRows);
      market.season = kSeason;
      parameters_.markets.push_back(market);
    }
  }

  void segments() {
    const Node* list = root_.find("segments");
    std::vector<const Node*> sellers, suppliers;
    for (const Node* node : instances(list, "segments", kMaxSegments, diagnostics_)) {
      check_keys(*node, kSegmentKeys, kSegmentRows, "a segment", diagnostics_);
      const auto word = read_word(*node, *find_key(kSegmentKeys, "supplier"), diagnostics_);
      const bool supplier = word && *word % 2 == 0;  // yes, true
      (supplier ? suppliers : sellers).push_back(node);
    }
    if (sellers.empty()) {
      if (list->is_list()) {
        diagnostics_.error("E-EMPTY-POPULATION", list->at, "there is no segment that sells");
      }
      sellers.push_back(&result_.standard.find("segments")->items[0]);
    }
    result_.segments = sellers;
    result_.segments.insert(result_.segments.end(), suppliers.begin(), suppliers.end());
    for (const Node* node : result_.segments) {
      world_.segments.push_back({*node->name(), world_.segments.size() >= sellers.size()});
      parameters_.segments.push_back(defaults<Segment>(kSegmentRows));
    }
  }

  // Vendors as written, then with what `like` copies.
  void gather_vendors() {
    const Node* us = root_.find("us");
    bool good = check_keys(*us, kVendorKeys, kVendorRows, "a vendor", diagnostics_);
    if (const Node* name = us->find("name")) {
      good = check_name(name->text, name->at, diagnostics_) && name->is_scalar();
    }
    written_.push_back(good ? us : result_.standard.find("us"));
    for (const Node* node :
         instances(root_.find("rivals"), "rivals", kMaxVendors - 1, diagnostics_)) {
      check_keys(*node, kVendorKeys, kVendorRows, "a vendor", diagnostics_);
      if (*node->name() == *written_[0]->name()) {
        diagnostics_.error(
            "E-DUPLICATE-NAME", node->find("name")->at,
            fmt::format("rival {} has the name of our own vendor", in_quotes(*node->name())));
        continue;
      }
      written_.push_back(node);
    }
    result_.copies.resize(written_.size());
    done_.assign(written_.size(), 0);
    for (std::size_t v = 0; v < written_.size(); ++v) copy_like(v);
    for (const Node& node : result_.copies) result_.vendors.push_back(&node);
  }

  void copy_like(std::size_t v) {
    if (done_[v] != 0) return;
    done_[v] = 1;
    result_.copies[v] = *written_[v];
    const Node* like = written_[v]->find("like");
    // Where `like` is wrong, a copy of us keeps further faults away.
    const std::size_t source = like == nullptr ? v : vendor_named(*like).value_or(0);
    if (like != nullptr && done_[source] == 1) {
      diagnostics_.error(
          "E-LIKE-CYCLE", like->at,
          fmt::format("{} copies itself in the end", in_quotes(*written_[v]->name())));
      if (v != 0) result_.copies[v] = merged(*written_[0], *written_[v]);
    } else if (like != nullptr) {
      copy_like(source);
      result_.copies[v] = merged(result_.copies[source], *written_[v]);
    }
    done_[v] = 2;
  }

  std::optional<std::size_t> vendor_named(const Node& like) {
    std::vector<std::string> names{"us"};
    if (like.text == "us") return 0;
    for (std::size_t v = 0; v < written_.size(); ++v) {
      names.push_back(*written_[v]->name());
      if (names.back() == like.text) return v;
    }
    diagnostics_.error("E-UNKNOWN-VENDOR", like.at,
                       fmt::format("there is no vendor {}", in_quotes(like.text)),
                       did_you_mean(like.text, names));
    return std::nullopt;
  }

  // What is copied is checked again; the same fault in the same place is told once.
  void vendor(std::size_t v) {
    const Node& node = *result_.vendors[v];
    VendorInfo info;
    info.name = *node.name();
    info.key = entity_key("vendor", info.name);
    Program program;
    program.vendor = static_cast<std::uint32_t>(v);
    program.terms = defaults<Vendor>(kVendorRows);
    Diagnostics heard;
    result_.tiers.push_back(instances(node.find("tiers"), "tiers", Cells::kTiersReported, heard));
    for (const Node* tier : result_.tiers.back()) {
      check_keys(*tier, kTierKeys, kTierRows, "a tier", heard);
      info.tiers.push_back(*tier->name());
      program.tiers.push_back(defaults<Tier>(kTierRows));
    }
    result_.offers.push_back(instances(node.find("offers"), "offers", kMaxOffers, heard));
    info.first_offer = static_cast<std::uint32_t>(world_.offers.size());
    for (const Node* offer : result_.offers.back()) {
      world_.offers.push_back(offer_info(*offer, v, info.key, heard));
      const bool licence = world_.offers.back().billing == Billing::licence;
      program.offers.push_back(defaults<Offer>(kOfferRows, licence));
    }
    info.offers = static_cast<std::uint32_t>(program.offers.size());
    if (info.offers == 0 && !heard.has_errors()) {
      const Node* list = node.find("offers");
      heard.error("E-NO-OFFERS", list == nullptr ? node.at : list->at,
                  fmt::format("{} sells nothing", in_quotes(info.name)),
                  "it needs at least one offer");
    }
    forward(heard, diagnostics_);
    world_.vendors.push_back(std::move(info));
    parameters_.programs.push_back(std::move(program));
  }

  static OfferInfo offer_info(const Node& node, std::size_t vendor, std::uint64_t vendor_key,
                              Diagnostics& diagnostics) {
    check_keys(node, kOfferKeys, kOfferRows, "an offer", diagnostics);
    OfferInfo info;
    info.name = *node.name();
    info.vendor = static_cast<std::uint32_t>(vendor);
    info.key = combine(vendor_key, entity_key("offer", info.name));
    const auto deployment = read_word(node, *find_key(kOfferKeys, "deployment"), diagnostics);
    const auto billing = read_word(node, *find_key(kOfferKeys, "billing"), diagnostics);
    if (deployment) info.deployment = static_cast<Deployment>(*deployment);
    if (billing) info.billing = static_cast<Billing>(*billing);
    return info;
  }

  const Node& root_;
  World& world_;
  Parameters& parameters_;
  Outline& result_;
  Diagnostics& diagnostics_;
  std::vector<const Node*> written_;
  std::vector<int> done_;  // 0 not yet, 1 being copied, 2 done
};

// The only item of a list, by name; empty when there are more or none.
std::string only_name(const Node& root, std::string_view list) {
  const Node* node = root.find(list);
  if (node == nullptr || node->items.size() != 1) return {};
  const std::string* name = node->items[0].name();
  return name == nullptr ? std::string() : *name;
}

}  // namespace

void complete(Node& root, Diagnostics& diagnostics) {
  const Node standard = standard_scenario();
  root.kind = Node::Kind::map;
  for (const std::string_view key :
       {"start", "months", "currency", "fiscal_year_starts", "segments"}) {
    put_missing(root, key, standard);
  }
  make_list(root, "market", "markets", *standard.find("markets")->items[0].find("name"),
            diagnostics);
  make_list(root, "rival", "rivals", *standard.find("rival")->find("name"), diagnostics);
  put_missing(root, "markets", standard);
  put_missing(root, "us", standard);
  Node& us = *root.find("us");
  if (us.is_map() || us.is_empty()) {
    put_missing(us, "name", *standard.find("us"));
    complete_vendor(us, *standard.find("us"));
  }
  Node* rivals = root.find("rivals");
  if (rivals == nullptr) return;
  for (Node& rival : rivals->items) {
    if (rival.is_map()) complete_vendor(rival, *standard.find("us"));
  }
}

std::string completed_path(const Node& root, std::string_view assignment) {
  const auto starts = [&](std::string_view word) {
    return assignment.starts_with(word) && assignment.substr(word.size()).starts_with('.');
  };
  const auto behind = [&](std::string_view word) {
    return std::string(assignment.substr(word.size()));
  };
  const std::string rival = only_name(root, "rivals"), market = only_name(root, "markets");
  if (starts("rival") && !rival.empty()) return "rivals." + rival + behind("rival");
  if (starts("market") && !market.empty()) return "markets." + market + behind("market");
  const Node* us = root.find("us");
  const std::string* own = us == nullptr ? nullptr : us->name();
  if (own != nullptr && starts(*own)) return "us" + behind(*own);
  if (!rival.empty() && starts(rival)) return "rivals." + std::string(assignment);
  return std::string(assignment);
}

void outline(const Node& root, World& world, Parameters& parameters, Outline& result,
             Diagnostics& diagnostics) {
  Draft(root, world, parameters, result, diagnostics).run();
}

}  // namespace partnersim
