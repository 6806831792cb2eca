// The command line: reading it, and the help that says how it may look.
#pragma once

#include <string>

#include "command.hpp"

namespace partnersim {

/// Reads what follows the command's name. nullopt: its help is wanted. Throws Refusal.
std::optional<Options> read_arguments(const Command& command, int count, char** arguments);

const Command* find_command(std::string_view name);
/// "there is no command 'rnu'; did you mean 'run'?"
std::string unknown_command(std::string_view name);

std::string greeting();  // five lines
std::string help();
std::string help(const Command& command);

}  // namespace partnersim
