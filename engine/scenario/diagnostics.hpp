// What is wrong with what the user wrote: every fault of all files of one load, with its place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace partnersim {

/// A stretch of one line. `file` is an index into the sources of Diagnostics; line 0 means the file
/// as a whole. Lines and columns count from 1, columns and length in characters.
struct Location {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;

  friend bool operator==(const Location&, const Location&) = default;
};

/// `bytes` of a source of one line from `offset` on.
Location place_in_line(std::uint32_t file, std::string_view line, std::size_t offset,
                       std::size_t bytes);

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  Location at;
  std::string message;
  std::string hint;
};

class Diagnostics {
 public:
  /// Keeps the text for the caret lines. Returns the index that Location::file holds. `name` is the
  /// path as the user knows it; files named in a scenario are relative to its folder.
  std::uint32_t add_source(std::string name, std::string text);
  std::uint32_t add_source(std::string name, std::shared_ptr<const std::string> text);
  const std::string& source_name(std::uint32_t file) const;  // "" when there is none

  void error(std::string code, Location at, std::string message, std::string hint = {});
  void warning(std::string code, Location at, std::string message, std::string hint = {});

  /// A line about what was found in a file: no fault, and not in `all`.
  void note(std::string text) { notes_.push_back(std::move(text)); }
  const std::vector<std::string>& notes() const { return notes_; }

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }

  /// The same, sorted by file, line and column; equal places stay in the order of reporting.
  std::vector<Diagnostic> sorted() const;

  /// Every diagnostic as text with its source line, sorted.
  std::string render(bool color = false) const;

 private:
  struct Source {
    std::string name;
    std::shared_ptr<const std::string> text;
  };

  std::vector<Source> sources_;
  std::vector<Diagnostic> all_;
  std::vector<std::string> notes_;
  std::size_t errors_ = 0;
};

}  // namespace partnersim
