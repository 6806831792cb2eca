// The program: finds the command, runs it, and turns what goes wrong into one sentence and a
// status.
#include <csignal>
#include <exception>
#include <filesystem>
#include <new>
#include <string_view>

#include "arguments.hpp"
#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "ensemble/journal_format.hpp"

namespace partnersim {
namespace {

int help_about(int count, char** arguments) {
  if (count < 3) {
    print(help());
    return kDone;
  }
  const Command* command = find_command(arguments[2]);
  if (command == nullptr) throw Refusal(unknown_command(arguments[2]));
  print(help(*command));
  return kDone;
}

int dispatch(int count, char** arguments) {
  const std::string_view word = count > 1 ? arguments[1] : "";
  if (count < 2) {
    print(greeting());
    return kDone;
  }
  if (word == "--version") {
    print("partnersim " PARTNERSIM_VERSION "\n");
    return kDone;
  }
  if (word == "--help" || word == "-h" || word == "help") return help_about(count, arguments);
  const Command* command = find_command(word);
  if (command == nullptr) throw Refusal(unknown_command(word));
  const std::optional<Options> options = read_arguments(*command, count - 2, arguments + 2);
  if (options) return command->run(*options);
  print(help(*command));
  return kDone;
}

int fault(std::string_view text) {
  say_line(text);
  return kFault;
}

int run(int count, char** arguments) {
  try {
    return dispatch(count, arguments);
  } catch (const Refusal& refusal) {
    say_line(refusal.what());
    return kRefused;
  } catch (const FileError& error) {
    return fault(error.what());
  } catch (const JournalFault& error) {
    return fault(error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    return fault(FileError("cannot use", error.path1(), error.code().value()).what());
  } catch (const std::bad_alloc&) {
    return fault("there is not enough memory for this; fewer partners or threads need less");
  } catch (const std::exception& error) {
    return fault(std::string("internal error: ") + error.what() +
                 "; please report it with the command and the scenario");
  }
}

}  // namespace
}  // namespace partnersim

int main(int count, char** arguments) {
  // A reader that goes away and a file that may not become longer are errors of write().
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return partnersim::run(count, arguments);
}
