// What all commands share: exit statuses, refusals, the two output streams and the terminal, the
// wish to stop.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"

namespace partnersim {

enum Status : int {
  kDone = 0,
  kSomeFailed = 1,     // done, but some replications failed, or an --assert does not hold
  kRefused = 2,        // bad usage or invalid input: nothing ran, nothing was written
  kFault = 3,          // the world or a bug: disk full, permissions, an internal error
  kInterrupted = 130,  // resumable
};

/// What is asked for cannot be done: one sentence. Nothing ran, nothing was written.
class Refusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the two streams are connected to; looked at once.
struct Terminal {
  bool out = false, err = false;              // is a terminal
  bool color_out = false, color_err = false;  // NO_COLOR and TERM=dumb are respected
  bool unicode = false;                       // the locale is UTF-8 and the terminal not dumb
  std::size_t width = 80;                     // of stdout
};
const Terminal& terminal();

/// Results, to stdout. A reader that has gone away (| head) is no fault; what else the system
/// refuses is a FileError.
void print(std::string_view text);
/// Messages, to stderr.
void say(std::string_view text);
/// One line to stderr: "partnersim: ...".
void say_line(std::string_view text);

/// From now on SIGINT, SIGTERM and SIGHUP ask to stop, a second one ends the program at once.
const std::atomic<bool>& stop_on_signals();

/// A path as people would type it in a shell.
std::string shell_word(const std::filesystem::path& path);

/// 1,234,567
std::string grouped(std::uint64_t number);

/// "1 error", "3 errors"
std::string counted(std::uint64_t n, std::string_view what);

/// What was found in the files of a scenario, to stderr.
void say_notes(const Diagnostics& diagnostics);

/// The scenario, with everything wrong about it on stderr; nullopt when it cannot be used. `quiet`
/// leaves out what was found in its files.
std::optional<Scenario> load(const std::filesystem::path& file, const LoadOptions& options,
                             bool quiet = false);

/// What `load` says at the end: "3 errors in scenario.yaml; nothing was run".
std::string verdict(const Diagnostics& diagnostics, const std::filesystem::path& file,
                    std::string_view consequence);

}  // namespace partnersim
