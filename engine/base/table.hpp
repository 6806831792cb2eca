// Describe the members of a plain struct once, in a constexpr table next to it, and derive the
// rest: parser, checks, schema, reference, draws (parameters); resize, fingerprint, snapshot,
// bounds check, trace (columns of the state).
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>

#include "base/unit.hpp"

namespace partnersim {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A closed interval.
struct Range {
  double lo = -kInfinity;
  double hi = kInfinity;
  constexpr bool contains(double x) const { return x >= lo && x <= hi; }
};

/// Who decides a value: we or a rival (lever), nobody knows it (uncertain), it shapes the World
/// before any luck is drawn (world), or it is a numerical choice (constant).
enum class Class { lever, uncertain, world, constant };
constexpr std::string_view class_name(Class c) {
  return std::array<std::string_view, 4>{"lever", "uncertain", "world",
                                         "constant"}[static_cast<std::size_t>(c)];
}

/// How well a default is founded: the tags of the evidence base.
///   A primary source, B several secondary sources, C one secondary source, K unverified,
///   asm our assumption, cal set so that the stylised facts come out, num numerical.
struct Evidence {
  std::string_view tag;
  Range plausible;            // central 90 % of belief; lo == hi: not drawn
  std::string_view source{};  // in words
};

/// One parameter: a double, or `size` doubles, of a struct.
struct ParameterRow {
  std::string_view key;  // as in a scenario, below its owner; may contain dots
  Unit unit;
  double value;  // default
  Range bounds;  // outside is an error
  Class kind;
  Evidence evidence;
  std::string_view meaning;
  double* (*at)(void* owner);
  std::size_t size;      // 1, or the length of a list
  double value_licence;  // default where billing is a licence; equals `value` elsewhere
};

namespace detail {

struct Any {
  template <class T>
  constexpr operator T() const noexcept;
};

template <class T, class... A>
consteval std::size_t member_count() {
  if constexpr (requires { T{A{}..., Any{}}; }) {
    return member_count<T, A..., Any>();
  } else {
    return sizeof...(A);
  }
}

/// Doubles in a member: 1, or those of an array.
template <class T>
consteval std::size_t length_of() {
  if constexpr (std::is_same_v<T, double>) {
    return 1;
  } else {
    static_assert(std::is_same_v<typename T::value_type, double>);
    return std::tuple_size_v<T>;
  }
}

template <class C, class T>
C owner_of(T C::*);
template <class C, class T>
T type_of(T C::*);

}  // namespace detail

template <auto Member>
consteval ParameterRow parameter(std::string_view key, Unit unit, double value, Range bounds,
                                 Class kind, Evidence evidence, std::string_view meaning,
                                 double value_licence = kInfinity) {
  using Struct = decltype(detail::owner_of(Member));
  return {key,
          unit,
          value,
          bounds,
          kind,
          evidence,
          meaning,
          [](void* owner) {
            return reinterpret_cast<double*>(&(static_cast<Struct*>(owner)->*Member));
          },
          detail::length_of<decltype(detail::type_of(Member))>(),
          value_licence == kInfinity ? value : value_licence};
}

/// Does not compile when a member of T has no row, so that the table cannot go stale.
template <class T, std::size_t N>
consteval std::array<ParameterRow, N> describe(const ParameterRow (&rows)[N]) {
  static_assert(N == detail::member_count<T>(), "a member of this struct has no row in its table");
  static_assert(std::is_trivially_copyable_v<T>);
  return std::to_array(rows);
}

/// The struct with the defaults of its table.
template <class T, std::size_t N>
T defaults(const std::array<ParameterRow, N>& rows, bool licence = false) {
  T object{};
  for (const ParameterRow& row : rows) {
    for (std::size_t k = 0; k < row.size; ++k) {
      row.at(&object)[k] = licence ? row.value_licence : row.value;
    }
  }
  return object;
}

}  // namespace partnersim
