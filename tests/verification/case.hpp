// A verification case: numbers of the real month against answers that are known without it, each
// beside what a plausible mistake would give, which the same check has to refuse.
#pragma once

#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace partnersim::verification {

/// What the number would be if the model were wrong in a way that is easily made.
struct Mistake {
  std::string what;
  double answer;
};

struct Row {
  std::string what;
  double expected, obtained;
  double allowed;         // largest distance between the two
  std::string tolerance;  // the same in words
  Mistake mistake;
  double relative_error = 0;  // standard error of a Monte Carlo number, of what is expected

  bool agrees(double answer) const { return std::abs(obtained - answer) <= allowed; }
};

/// Mean of independent numbers and its standard error.
class Sample {
 public:
  void add(double x) {
    ++n_;
    const double step = x - mean_;
    mean_ += step / n_;
    squares_ += step * (x - mean_);
  }
  /// `hits` ones among `n` zeros and ones.
  static Sample share(std::int64_t hits, std::size_t n) {
    Sample s;
    s.n_ = static_cast<double>(n);
    s.mean_ = static_cast<double>(hits) / s.n_;
    s.squares_ = s.n_ * s.mean_ * (1 - s.mean_);
    return s;
  }
  double mean() const { return mean_; }
  double error() const { return std::sqrt(squares_ / (n_ - 1) / n_); }

 private:
  double n_ = 0, mean_ = 0, squares_ = 0;
};

/// To 1e-9 of the expected value.
Row exact(std::string what, double expected, double obtained, Mistake mistake);
/// Whole numbers, equal.
Row whole(std::string what, std::int64_t expected, std::int64_t obtained, Mistake mistake);
/// Within so many steps of the grid of 2^-32 that the model's shared numbers lie on.
Row on_grid(std::string what, double expected, double obtained, int steps, Mistake mistake);
/// To as many decimals as the source prints.
Row to_digits(std::string what, double expected, double obtained, int decimals, Mistake mistake);
/// An approximation, within its own known error.
Row within(std::string what, double expected, double obtained, double relative, Mistake mistake);
/// Monte Carlo: within four standard errors.
Row estimated(std::string what, double expected, const Sample& sample, Mistake mistake);

/// A case registers itself where it is defined. `id` is the one of the list of cases in the design;
/// cases without one are called M, for the model's own equations.
struct Case {
  std::string id, title, source;
  std::vector<Row> (*rows)();
  Case(std::string name, std::string text, std::string from, std::vector<Row> (*f)());
};
/// How a failing test names its case.
void PrintTo(const Case& c, std::ostream* out);

}  // namespace partnersim::verification
