#include "common.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "base/text.hpp"
#include "ensemble/files.hpp"

namespace partnersim {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (environment(name).empty()) continue;
    const std::string value = lower_ascii(environment(name));
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

std::size_t columns() {
  constexpr std::size_t kLeast = 40, kMost = 200, kUsual = 80;
  winsize size{};
  std::size_t width = 0;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width == 0) width = kUsual;
  return std::clamp(width, kLeast, kMost);
}

Terminal look() {
  Terminal result;
  result.out = ::isatty(STDOUT_FILENO) == 1;
  result.err = ::isatty(STDERR_FILENO) == 1;
  const bool dumb = environment("TERM") == "dumb" || environment("TERM").empty();
  const bool color = !dumb && environment("NO_COLOR").empty();
  result.color_out = result.out && color;
  result.color_err = result.err && color;
  result.unicode = locale_is_utf8() && environment("TERM") != "dumb";
  result.width = columns();
  return result;
}

/// The errno of what went wrong, or 0.
int write_all(int handle, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(handle, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

std::atomic<bool> wants_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int) {
  if (wants_stop.exchange(true)) ::_exit(kInterrupted);
}

}  // namespace

const Terminal& terminal() {
  static const Terminal seen = look();
  return seen;
}

void print(std::string_view text) {
  static bool reader_is_gone = false;
  if (reader_is_gone) return;
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) {
    reader_is_gone = true;
  } else if (error != 0) {
    throw FileError("cannot write", "standard output", error);
  }
}

void say(std::string_view text) {
  write_all(STDERR_FILENO, text);
}

namespace {

/// Messages for people: on stderr, each a line that names the program.
spdlog::logger& messages() {
  static spdlog::logger logger = [] {
    spdlog::logger made("partnersim", std::make_shared<spdlog::sinks::stderr_sink_st>());
    made.set_pattern("%n: %v");
    made.flush_on(spdlog::level::info);
    made.set_error_handler([](const std::string&) {});  // a closed stderr is no reason to stop
    return made;
  }();
  return logger;
}

}  // namespace

void say_line(std::string_view text) {
  std::string line(text);  // what it quotes may hold anything, also what a terminal acts upon
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
  messages().info(line);
}

const std::atomic<bool>& stop_on_signals() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    if (number == SIGHUP && before.sa_handler == SIG_IGN) continue;  // nohup
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
  }
  return wants_stop;
}

std::string shell_word(const std::filesystem::path& path) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=+:,@%";
  const std::string& text = path.native();
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string counted(std::uint64_t n, std::string_view what) {
  return fmt::format("{} {}{}", grouped(n), what, n == 1 ? "" : "s");
}

std::string verdict(const Diagnostics& diagnostics, const std::filesystem::path& file,
                    std::string_view consequence) {
  return fmt::format("{} in {}; {}", counted(diagnostics.error_count(), "error"), file.string(),
                     consequence);
}

void say_notes(const Diagnostics& diagnostics) {
  for (const std::string& note : diagnostics.notes()) say_line(note);
}

std::optional<Scenario> load(const std::filesystem::path& file, const LoadOptions& options,
                             bool quiet) {
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(file, options, diagnostics);
  if (!quiet) say_notes(diagnostics);
  say(diagnostics.render(terminal().color_err));
  if (!scenario) say_line(verdict(diagnostics, file, "nothing was run"));
  return scenario;
}

}  // namespace partnersim
