// How differences are written in sentences.
#pragma once

#include <cstddef>
#include <string>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// "about 84 more runs would tell", in two digits: more would promise what nobody knows.
std::string more_runs_text(std::size_t more_runs);

/// Between two numbers, which may be turned.
struct Between {
  double low, high;
  Between turned() const { return {-high, -low}; }
};

/// How the amounts of one difference are written.
class Words {
 public:
  Words(const std::string& currency, const Metric& metric, const Summary& difference);

  std::string amount(double x) const;    // 1.2 M EUR
  std::string between(Between x) const;  // 0.9 to 1.5 M

 private:
  AmountFormat format_;
  std::string unit_;
};

}  // namespace partnersim
