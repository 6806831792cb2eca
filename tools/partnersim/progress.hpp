// Progress on stderr: a bar with the running estimate on a terminal, elsewhere a line every ten
// seconds.
#pragma once

#include <functional>
#include <string>

#include "command.hpp"
#include "ensemble/ensemble.hpp"

namespace partnersim {

class ProgressMeter {
 public:
  ProgressMeter(std::string name, std::string currency, bool shown);
  ~ProgressMeter();
  ProgressMeter(const ProgressMeter&) = delete;
  ProgressMeter& operator=(const ProgressMeter&) = delete;

  void show(const Progress& progress);

 private:
  std::string line(const Progress& progress) const;

  std::string name_, currency_;
  bool shown_;
  std::size_t drawn_ = 0;     // width of the bar on the terminal
  double told_ = 0;           // second of the last line elsewhere
  std::uint64_t before_ = 0;  // done when we began: a resumed run had them already
  bool first_ = true;
};

/// "0.4 s", "1:05 min", "2:10 h"
std::string duration_text(double seconds);

}  // namespace partnersim
