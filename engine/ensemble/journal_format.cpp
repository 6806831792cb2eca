// Headers and records as bytes and back.
#include "ensemble/journal_format.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "journals are little endian");

constexpr char kMagic[8] = {'P', 'S', 'J', 'R', 'N', 'L', '\r', '\n'};
constexpr std::uint32_t kByteOrder = 0x01020304, kSwapped = 0x04030201;
constexpr std::size_t kPage = 4096;
constexpr std::uint64_t kMaxHeader = 1u << 30, kMaxCount = 1u << 28;

struct Front {
  char magic[8];
  std::uint32_t version, byte_order;
  std::uint64_t header_size, record_size, seed, replications;
  double precision;
  std::uint64_t months, cells, drawn;
  char identity[4][16];
  std::uint64_t description_size, checksum;
  std::uint64_t end, end_checksum;
};
static_assert(sizeof(Front) == kFrontSize && offsetof(Front, end) == kEndMark);

struct RecordHead {
  std::uint64_t length, replication;
  Triple triple;
  std::uint64_t status;
  char failure[120];
};
static_assert(sizeof(RecordHead) == 168 && std::is_trivially_copyable_v<RecordHead>);

constexpr std::string Identity::*kHashes[4] = {&Identity::world, &Identity::parameters,
                                               &Identity::plan, &Identity::engine};

std::string_view from_field(const char* field, std::size_t size) {
  return {field, static_cast<std::size_t>(std::find(field, field + size, '\0') - field)};
}

// ---- description

Json columns(std::span<const LineRow> rows) {
  constexpr std::string_view kMeasures[] = {"money", "count", "grid"};
  constexpr std::string_view kOver[] = {"flow", "stock"};
  Json list = Json::array();
  for (const LineRow& row : rows) {
    list.push_back({{"name", row.name},
                    {"measure", kMeasures[static_cast<std::size_t>(row.measure)]},
                    {"over", kOver[static_cast<std::size_t>(row.over)]}});
  }
  return list;
}

/// Our own columns; a journal with others is of another version of the program.
Json all_columns() {
  return {{"lines", columns(kLineRows)},
          {"heads", columns(kHeadRows)},
          {"tiers", Cells::kTiersReported},
          {"desks", columns(kDeskRows)},
          {"scenes", columns(kSceneRows)}};
}

Json names_of(const World& world) {
  Json names;
  names["markets"] = Json::array();
  for (const MarketInfo& market : world.markets) names["markets"].push_back(market.name);
  names["segments"] = Json::array();
  for (const SegmentInfo& segment : world.segments) {
    names["segments"].push_back({{"name", segment.name}, {"supplier", segment.supplier}});
  }
  names["vendors"] = Json::array();
  for (const VendorInfo& vendor : world.vendors) {
    names["vendors"].push_back({{"name", vendor.name}, {"tiers", vendor.tiers}});
  }
  names["offers"] = Json::array();
  for (const OfferInfo& offer : world.offers) {
    names["offers"].push_back({{"name", offer.name},
                               {"vendor", offer.vendor},
                               {"cloud", offer.deployment == Deployment::cloud},
                               {"subscription", offer.billing == Billing::subscription}});
  }
  return names;
}

std::string describe_header(const JournalHeader& header) {
  const World& world = header.outline;
  Json json;
  json["title"] = world.title;
  json["currency"] = world.currency;
  json["calendar"] = {{"start_year", world.calendar.start_year},
                      {"start_month", world.calendar.start_month},
                      {"fiscal_start_month", world.calendar.fiscal_start_month},
                      {"months", world.calendar.months}};
  json["names"] = names_of(world);
  json["columns"] = all_columns();
  json["drawn"] = header.drawn;
  if (!header.plan.triples.empty()) {
    json["triples"] = Json::array();
    for (const Triple& t : header.plan.triples)
      json["triples"].push_back({t.draw, t.world, t.luck});
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

void read_names(const Json& names, World& world) {
  for (const Json& market : names.at("markets")) world.markets.push_back({.name = market});
  for (const Json& segment : names.at("segments")) {
    world.segments.push_back({segment.at("name"), segment.at("supplier")});
  }
  for (const Json& vendor : names.at("vendors")) {
    world.vendors.push_back({.name = vendor.at("name"), .tiers = vendor.at("tiers")});
  }
  for (const Json& json : names.at("offers")) {
    OfferInfo offer{.name = json.at("name"), .vendor = json.at("vendor")};
    offer.deployment = json.at("cloud") ? Deployment::cloud : Deployment::on_premises;
    offer.billing = json.at("subscription") ? Billing::subscription : Billing::licence;
    VendorInfo& vendor = world.vendors.at(offer.vendor);
    if (vendor.offers++ == 0) vendor.first_offer = static_cast<std::uint32_t>(world.offers.size());
    world.offers.push_back(offer);
  }
}

void read_description(const Json& json, JournalHeader& header) {
  World& world = header.outline;
  world.title = json.at("title");
  world.currency = json.at("currency");
  const Json& calendar = json.at("calendar");
  world.calendar = {.start_year = calendar.at("start_year"),
                    .start_month = calendar.at("start_month"),
                    .fiscal_start_month = calendar.at("fiscal_start_month"),
                    .months = calendar.at("months")};
  world.months = header.plan.months;
  read_names(json.at("names"), world);
  header.drawn = json.at("drawn").get<std::vector<std::string>>();
  if (!json.contains("triples")) return;
  for (const Json& triple : json.at("triples")) {
    header.plan.triples.push_back({triple.at(0), triple.at(1), triple.at(2)});
  }
}

// ---- header

/// Of the header but itself and the end mark.
std::uint64_t header_checksum(std::string_view header) {
  Hasher hasher;
  hasher.add(header.substr(0, offsetof(Front, checksum)));
  hasher.add(header.substr(kFrontSize));
  return hasher.value();
}

std::uint64_t end_checksum(std::uint64_t n) {
  return n == 0 ? 0 : mix(n + kEndMark);
}

Front front_of(std::string_view bytes) {
  Front front;
  std::memcpy(&front, bytes.data(), sizeof front);
  return front;
}

std::string number_text(double x) {
  return Json(x).dump();  // shortest that reads back
}

}  // namespace

JournalHeader journal_header(const Scenario& scenario, const Plan& plan) {
  JournalHeader header;
  header.identity = identity_of(scenario, plan);
  header.plan = plan;
  const World& world = scenario.world;
  header.outline.title = world.title;
  header.outline.currency = world.currency;
  header.outline.calendar = world.calendar;
  header.outline.months = plan.months;
  header.outline.markets = world.markets;
  header.outline.segments = world.segments;
  header.outline.vendors = world.vendors;
  header.outline.offers = world.offers;
  for (const std::size_t s : scenario.drawn) header.drawn.push_back(scenario.settings[s].path);
  return header;
}

JournalLayout layout_of(const JournalHeader& header) {
  JournalLayout layout;
  const std::size_t size = kFrontSize + describe_header(header).size();
  layout.header_size = (size + kPage - 1) / kPage * kPage;
  layout.drawn = header.drawn.size();
  layout.months = static_cast<std::size_t>(header.plan.months);
  layout.cells = header.cells().values().size();
  layout.record_size = sizeof(RecordHead) + 8 * (layout.drawn + layout.months * layout.cells + 2);
  return layout;
}

std::string encode_header(const JournalHeader& header) {
  const JournalLayout layout = layout_of(header);
  const std::string description = describe_header(header);
  Front front{};
  std::memcpy(front.magic, kMagic, sizeof kMagic);
  front.version = kJournalVersion;
  front.byte_order = kByteOrder;
  front.header_size = layout.header_size;
  front.record_size = layout.record_size;
  front.seed = header.plan.seed;
  front.replications = header.plan.replications;
  front.precision = header.plan.precision.value_or(0);
  front.months = layout.months;
  front.cells = layout.cells;
  front.drawn = layout.drawn;
  for (std::size_t k = 0; k < 4; ++k) (header.identity.*kHashes[k]).copy(front.identity[k], 16);
  front.description_size = description.size();
  std::string bytes(layout.header_size, '\0');
  std::memcpy(bytes.data(), &front, sizeof front);
  description.copy(bytes.data() + sizeof front, description.size());
  front.checksum = header_checksum(bytes);
  std::memcpy(bytes.data(), &front, sizeof front);
  return bytes;
}

std::size_t header_size_of(std::string_view bytes, const std::filesystem::path& path) {
  if (!bytes.starts_with(std::string_view(kMagic, std::min(bytes.size(), sizeof kMagic)))) {
    throw JournalFault(path, "is not a journal of partnersim");
  }
  if (bytes.size() < kFrontSize) throw JournalFault(path, "is cut off within its header");
  const Front front = front_of(bytes);
  if (front.byte_order == kSwapped) {
    throw JournalFault(path, "was written on a machine with another byte order");
  }
  if (front.version != kJournalVersion) {
    throw JournalFault(path, "has format version " + std::to_string(front.version) +
                                 "; this program reads version " + std::to_string(kJournalVersion));
  }
  const bool sane = front.byte_order == kByteOrder && front.header_size <= kMaxHeader &&
                    front.description_size + kFrontSize <= front.header_size &&
                    front.replications <= kMaxCount && front.months <= kMaxCount &&
                    front.description_size <= kMaxHeader;
  if (!sane) throw JournalFault(path, "has a damaged header");
  return front.header_size;
}

JournalHeader decode_header(std::string_view bytes, const std::filesystem::path& path) {
  if (bytes.size() < header_size_of(bytes, path)) {
    throw JournalFault(path, "is cut off within its header");
  }
  const Front front = front_of(bytes);
  const std::string_view description = bytes.substr(kFrontSize, front.description_size);
  if (front.checksum != header_checksum(bytes)) {
    throw JournalFault(path, "has a damaged header");
  }
  JournalHeader header;
  header.plan.months = static_cast<int>(front.months);
  header.plan.seed = front.seed;
  header.plan.replications = front.replications;
  if (front.precision > 0) header.plan.precision = front.precision;
  for (std::size_t k = 0; k < 4; ++k) {
    header.identity.*kHashes[k] = from_field(front.identity[k], 16);
  }
  try {
    const Json json = Json::parse(description);
    if (json.at("columns") != all_columns()) {
      throw JournalFault(path, "was written by a version of partnersim with other columns");
    }
    read_description(json, header);
  } catch (const Json::exception&) {
    throw JournalFault(path, "has a damaged description");
  } catch (const std::out_of_range&) {
    throw JournalFault(path, "has a damaged description");
  }
  const JournalLayout layout = layout_of(header);
  if (layout.record_size != front.record_size || layout.header_size != front.header_size ||
      layout.cells != front.cells || layout.drawn != front.drawn) {
    throw JournalFault(path, "has a header whose sizes contradict each other");
  }
  return header;
}

std::string encode_end_mark(std::uint64_t n) {
  const std::uint64_t words[2] = {n, end_checksum(n)};
  return {reinterpret_cast<const char*>(words), sizeof words};
}

std::optional<std::uint64_t> decode_end_mark(std::string_view header) {
  const Front front = front_of(header);
  const bool possible = front.end == 0 || (front.precision > 0 && front.end <= front.replications);
  if (!possible || front.end_checksum != end_checksum(front.end)) return std::nullopt;
  return front.end;
}

std::string difference(const JournalHeader& there, const JournalHeader& here) {
  const auto differ = [](std::string_view what, const std::string& a, const std::string& b) {
    return std::string(what) + " " + a + " there, " + b + " here";
  };
  const auto precision = [](const Plan& plan) {
    return plan.precision ? number_text(*plan.precision) : std::string("none");
  };
  const Plan &a = there.plan, &b = here.plan;
  if (a.months != b.months) {
    return differ("months:", std::to_string(a.months), std::to_string(b.months));
  }
  if (a.seed != b.seed) return differ("seed:", std::to_string(a.seed), std::to_string(b.seed));
  if (a.replications != b.replications) {
    return differ("replications:", std::to_string(a.replications), std::to_string(b.replications));
  }
  if (a.precision != b.precision) return differ("precision:", precision(a), precision(b));
  if (const auto text = first_difference(there.identity, here.identity)) return *text;
  return encode_header(there) == encode_header(here) ? "" : "names or columns";
}

// ---- records

void encode_record(const JournalLayout& layout, const Record& record, std::string& bytes) {
  bytes.assign(layout.record_size, '\0');
  RecordHead head{};
  head.length = layout.record_size - 8;
  head.replication = record.replication;
  head.triple = record.triple;
  head.status = record.failed ? 1 : 0;
  std::size_t kept = std::min(record.failure.size(), sizeof head.failure);
  // Not within a character of several bytes.
  while (kept < record.failure.size() && kept > 0 && (record.failure[kept] & 0xc0) == 0x80) --kept;
  record.failure.copy(head.failure, kept);
  std::memcpy(bytes.data(), &head, sizeof head);
  std::memcpy(bytes.data() + layout.first_drawn(), record.drawn.data(), 8 * record.drawn.size());
  std::memcpy(bytes.data() + layout.first_cell(), record.cells.data(), 8 * record.cells.size());
  const std::size_t tail = layout.record_size - 16;
  std::memcpy(bytes.data() + tail, &record.state_hash, 8);
  Hasher hasher;
  hasher.add(bytes.data(), tail + 8);
  const std::uint64_t checksum = hasher.value();
  std::memcpy(bytes.data() + tail + 8, &checksum, 8);
}

void decode_record(const JournalLayout& layout, std::string_view bytes, Record& record) {
  RecordHead head;
  std::memcpy(&head, bytes.data(), sizeof head);
  record.replication = head.replication;
  record.triple = head.triple;
  record.failed = head.status != 0;
  record.failure = from_field(head.failure, sizeof head.failure);
  record.drawn.resize(layout.drawn);
  record.cells.resize(layout.months * layout.cells);
  std::memcpy(record.drawn.data(), bytes.data() + layout.first_drawn(), 8 * record.drawn.size());
  std::memcpy(record.cells.data(), bytes.data() + layout.first_cell(), 8 * record.cells.size());
  std::memcpy(&record.state_hash, bytes.data() + layout.record_size - 16, 8);
}

RecordStatus check_record(const JournalLayout& layout, std::string_view bytes, std::uint64_t r) {
  RecordHead head;
  std::memcpy(&head, bytes.data(), sizeof head);
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + layout.record_size - 8, 8);
  Hasher hasher;
  hasher.add(bytes.data(), layout.record_size - 8);
  const bool intact = head.length == layout.record_size - 8 && head.replication == r &&
                      head.status <= 1 && checksum == hasher.value();
  if (!intact) return RecordStatus::missing;
  return head.status == 0 ? RecordStatus::done : RecordStatus::failed;
}

}  // namespace partnersim
