// Faults of the program or of a run: they stop one replication and say where.
#pragma once

#include <stdexcept>
#include <string>

namespace partnersim {

/// A run that cannot go on: a value that is no number, a broken balance, an undeclared write.
class RunFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const char* what) {
  if (!holds) throw RunFault(what);
}

}  // namespace partnersim
