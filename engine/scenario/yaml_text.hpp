// The text of a document as yaml-cpp is to see it, its places, and what must not reach yaml-cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace partnersim {

/// The text with LF as its only line end and without byte order mark, and where its lines begin.
/// yaml-cpp counts bytes, and lines by LF alone.
class YamlText {
 public:
  YamlText(std::string_view raw, std::uint32_t file);

  /// `offset` in bytes of `content`, `length` in characters.
  Location at(std::size_t offset, std::size_t length = 1) const;

  std::size_t line_start(std::size_t offset) const { return starts_[line_index(offset)]; }
  std::size_t line_end(std::size_t offset) const {
    const std::size_t next = line_index(offset) + 1;
    return next < starts_.size() ? starts_[next] - 1 : content.size();
  }
  char operator[](std::size_t offset) const {
    return offset < content.size() ? content[offset] : '\0';
  }
  std::string_view from(std::size_t offset) const {
    return std::string_view(content).substr(offset < content.size() ? offset : content.size());
  }

  std::string content;

 private:
  std::size_t line_index(std::size_t offset) const;

  std::uint32_t file_;
  std::vector<std::size_t> starts_{0};
  mutable std::size_t seen_offset_ = 0;
  mutable std::size_t seen_column_ = 1;
};

/// A scalar as YAML: in quotes unless it can only be read as text.
std::string yaml_scalar(const std::string& text);

/// Reports what is not UTF-8 and control characters. False when there are any.
bool check_bytes(const YamlText& text, Diagnostics& diagnostics);

/// Where far more brackets are open at once than the allowed depth.
std::optional<std::size_t> too_many_brackets(const YamlText& text);

}  // namespace partnersim
