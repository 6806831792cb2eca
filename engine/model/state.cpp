#include "model/state.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/check.hpp"
#include "base/hash.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kMagic = "partnersim state 3\n";

void* column_of(const Columns& columns, const ColumnRow<Shape>& row) {
  return row.at(const_cast<Columns*>(&columns));
}

template <class T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Takes values off the front of a snapshot.
class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}
  void take(void* to, std::size_t size) {
    require(size <= bytes_.size() - at_, "the snapshot is shorter than the state of this world");
    if (size > 0) std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
  }
  template <class T>
  T take() {
    T value;
    take(&value, sizeof value);
    return value;
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

/// Whether changes, events or policies may write a parameter.
bool may_move(const World& world, const Parameters& start, const double& parameter) {
  const auto is_it = [&](const Address& address) {
    return &at(const_cast<Parameters&>(start), address) == &parameter;
  };
  const auto writes = [&](const Change& change) {
    return std::ranges::any_of(change.writes, is_it, &Write::address);
  };
  return std::ranges::any_of(world.changes, writes) ||
         std::ranges::any_of(world.events, writes, &Event::change) ||
         std::ranges::any_of(world.policies, is_it, &Policy::lever);
}

/// Ends of quarters that the shares of a base sold within a term or a year ask for
/// (mechanisms/contracts.hpp): those within them and the one before. A window as long as the run
/// asks for none, a term that may move for all.
std::size_t quarters_remembered(const World& world, const Parameters& start, std::size_t o) {
  const OfferInfo& info = world.offers[o];
  double most = 0;
  for (const Program& program : start.programs) {
    if (program.vendor != info.vendor) continue;
    const double& term = program.offers[o - world.vendors[info.vendor].first_offer].share_term;
    if (may_move(world, start, term)) return world.quarters();
    const double year = info.billing == Billing::subscription ? std::min(1.0, term) : 0;
    const double& renewals = program.terms.direct_renewals;
    const double renewed = renewals > 0 || may_move(world, start, renewals) ? 1 : 0;
    for (const double window : {term, year, renewed}) {
      if (window > 0 && 12 * window < world.months)
        most = std::max(most, std::ceil(4 * window) + 1);
    }
  }
  return static_cast<std::size_t>(most);
}

void make_neutral(const World& world, const ColumnRow<Shape>& row, Columns& columns) {
  visit_column(row.type, row.at(&columns), [&](auto& values) {
    using T = typename std::decay_t<decltype(values)>::value_type;
    values.assign(rows_of(world, columns, row.shape), static_cast<T>(row.neutral));
  });
}

bool may_depart(const World& world) {
  bool any = false;
  world.for_each_change([&](const Change& change) {
    any = any || !change.leaving.empty() || !change.acquisitions.empty();
  });
  return any;
}

}  // namespace

std::size_t rows_of(const World& world, const Columns& columns, Shape shape) {
  const std::size_t n = world.n;
  switch (shape) {
    case Shape::market:
      return world.markets.size();
    case Shape::vendor:
      return world.vendors.size();
    case Shape::seat:
      return world.vendors.size() * kMaxSeats;
    case Shape::offer:
      return world.offers.size();
    case Shape::segment:
      return world.segments.size();
    case Shape::field:
      return world.offers.size() * world.segments.size();
    case Shape::event:
      return world.events.size();
    case Shape::firm:
      return may_depart(world) ? world.partners.count : 0;
    case Shape::partner:
      return n;
    case Shape::deployment:
      return 2 * n;
    case Shape::relation:
      return world.vendors.size() * n;
    case Shape::quarter:
      return 5 * world.vendors.size() * n;
    case Shape::deal:
      return world.offers.size() * n;
    case Shape::cohort:
      return first_cohort(world, columns, world.offers.size());
  }
  return 0;
}

void make_columns(const World& world, const Parameters& start, Columns& columns) {
  for (const auto& row : kColumns) {
    make_neutral(world, row, columns);
    if (row.name != "remembered") continue;
    for (std::size_t o = 0; o < world.offers.size(); ++o) {
      columns.remembered[o] = static_cast<std::int32_t>(quarters_remembered(world, start, o));
    }
  }
}

std::uint64_t fingerprint(const Columns& columns, const ColumnRow<Shape>& row) {
  return visit_column(row.type, column_of(columns, row), [](const auto& values) {
    Hasher hasher;
    hasher.add(values.data(), values.size() * sizeof values[0]);
    return hasher.value();
  });
}

std::uint64_t fingerprint(const State& state) {
  Hasher hasher;
  for (const auto& row : kColumns) {
    if (!row.passing) hasher.add(fingerprint(state.columns, row));
  }
  for (const Address& address : all_addresses(state.now)) {
    hasher.add(std::bit_cast<std::uint64_t>(at(state.now, address)));
  }
  hasher.add(static_cast<std::uint64_t>(state.month));
  return hasher.value();
}

std::size_t bytes_of(const Columns& columns, const ColumnRow<Shape>& row) {
  return visit_column(row.type, column_of(columns, row),
                      [](const auto& values) { return values.size() * sizeof values[0]; });
}

std::string save(const State& state) {
  std::string bytes(kMagic);
  append(bytes, state.month);
  append(bytes, state.now.off);
  append(bytes, state.now.lifted);
  append(bytes, state.now.programs.size());
  for (const Program& program : state.now.programs) {
    append(bytes, program.vendor);
    append(bytes, program.groups);
  }
  for (const Address& address : all_addresses(state.now)) append(bytes, at(state.now, address));
  for (const auto& row : kColumns) {
    if (row.passing) continue;
    visit_column(row.type, column_of(state.columns, row), [&](const auto& values) {
      append(bytes, values.size());
      bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof values[0]);
    });
  }
  append(bytes, hash_text(bytes));
  return bytes;
}

void restore(const World& world, const std::string& bytes, State& state) {
  require(bytes.size() > kMagic.size() + 8 && bytes.starts_with(kMagic),
          "these bytes are no snapshot of a state");
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + bytes.size() - 8, 8);
  require(sum == hash_text(std::string_view(bytes).substr(0, bytes.size() - 8)),
          "the snapshot is damaged");
  const std::string body = bytes.substr(kMagic.size(), bytes.size() - kMagic.size() - 8);
  Reader reader(body);
  state.month = reader.take<int>();
  state.now.off = reader.take<std::uint32_t>();
  state.now.lifted = reader.take<std::uint32_t>();
  const auto programs = reader.take<std::size_t>();
  require(programs >= world.vendors.size() && programs <= kMostPrograms,
          "the snapshot is of another world");
  state.now.programs.resize(world.vendors.size());
  for (std::size_t p = 0; p < programs; ++p) {
    const auto vendor = reader.take<std::uint32_t>();
    require(vendor < world.vendors.size(), "the snapshot is of another world");
    if (p >= world.vendors.size()) state.now.programs.push_back(state.now.programs[vendor]);
    state.now.programs[p].groups = reader.take<std::uint64_t>();
  }
  for (const Address& address : all_addresses(state.now)) {
    at(state.now, address) = reader.take<double>();
  }
  for (const auto& row : kColumns) {
    make_neutral(world, row, state.columns);
    if (row.passing) continue;
    visit_column(row.type, row.at(&state.columns), [&](auto& values) {
      require(reader.take<std::size_t>() == values.size(), "the snapshot is of another world");
      reader.take(values.data(), values.size() * sizeof values[0]);
    });
  }
  require(reader.at_end(), "the snapshot is longer than the state of this world");
}

}  // namespace partnersim
