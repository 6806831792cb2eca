// Columns of the state: plain vectors in a struct, described once in a table that drives resize,
// fingerprint, snapshot, bounds check and trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/table.hpp"

namespace partnersim {

enum class ColumnType : std::uint8_t { f64, f32, i64, i32, u16, u8 };

template <class T>
consteval ColumnType column_type() {
  if constexpr (std::is_same_v<T, double>) return ColumnType::f64;
  if constexpr (std::is_same_v<T, float>) return ColumnType::f32;
  if constexpr (std::is_same_v<T, std::int64_t>) return ColumnType::i64;
  if constexpr (std::is_same_v<T, std::int32_t>) return ColumnType::i32;
  if constexpr (std::is_same_v<T, std::uint16_t>) return ColumnType::u16;
  if constexpr (std::is_same_v<T, std::uint8_t> || std::is_enum_v<T>) return ColumnType::u8;
}

/// Runs f with the column as a vector of its type (enumerations as std::uint8_t).
template <class F>
decltype(auto) visit_column(ColumnType type, void* column, F&& f) {
  switch (type) {
    case ColumnType::f64:
      return f(*static_cast<std::vector<double>*>(column));
    case ColumnType::f32:
      return f(*static_cast<std::vector<float>*>(column));
    case ColumnType::i64:
      return f(*static_cast<std::vector<std::int64_t>*>(column));
    case ColumnType::i32:
      return f(*static_cast<std::vector<std::int32_t>*>(column));
    case ColumnType::u16:
      return f(*static_cast<std::vector<std::uint16_t>*>(column));
    default:
      return f(*static_cast<std::vector<std::uint8_t>*>(column));
  }
}

/// One column of a state struct. Shape is an enumeration of the model.
template <class Shape>
struct ColumnRow {
  std::string_view name;
  Shape shape;
  Range bounds;    // every value, always
  double neutral;  // value while its writer is switched off, and at the start
  std::string_view writer;
  std::string_view meaning;
  ColumnType type;
  void* (*at)(void* state);
  bool passing = false;  // written anew every month before it is read; no part of a snapshot
};

template <auto Member, class Shape>
consteval ColumnRow<Shape> column(std::string_view name, Shape shape, Range bounds, double neutral,
                                  std::string_view writer, std::string_view meaning) {
  using Struct = decltype(detail::owner_of(Member));
  using Vector = decltype(detail::type_of(Member));
  return {name,
          shape,
          bounds,
          neutral,
          writer,
          meaning,
          column_type<typename Vector::value_type>(),
          [](void* state) -> void* { return &(static_cast<Struct*>(state)->*Member); }};
}

/// The row as that of a column that lives for a month only.
template <class Shape>
consteval ColumnRow<Shape> passing(ColumnRow<Shape> row) {
  row.passing = true;
  return row;
}

}  // namespace partnersim
