// What is believed of one quantity: a distribution given by its quantile function, made of own
// functions so that a draw has the same bits on every machine.
#pragma once

#include <string_view>

#include "base/table.hpp"

namespace partnersim {

/// A quantity on its declared bounds. The scale follows from the bounds: two-sided = logit between
/// them, bounded below = logarithmic above that bound, unbounded = linear; bounds of 1e5 and more
/// are technical ones and count as none. On that scale it is normal, with a spread of its own on
/// either side of the median, so that a default can be the median of a range that is not centred on
/// it. Never clipped.
struct Distribution {
  enum class Form { fixed, normal, lognormal, logit_normal, triangular };
  Form form = Form::fixed;
  double median = 0;                          // on the scale of the form; fixed: the value
  double spread_below = 0, spread_above = 0;  // standard deviations on that scale, either side
  double lo = 0, mode = 0, hi = 0;  // bounds (lognormal: lo only); triangular: min, mode, max

  /// The value at probability p in (0, 1); monotone.
  double quantile(double p) const;
  /// The value at standard normal score z; quantile(p) = at_score(normal_quantile(p)).
  double at_score(double z) const;
  /// As files name it: "fixed", "normal", "lognormal", "logit-normal", "triangular".
  std::string_view name() const;

  bool operator==(const Distribution&) const = default;
};

/// Standard normal distribution function, error below 1e-15.
double normal_cdf(double z);

/// Fits the form that the bounds imply (or `form`) to two quantiles: value_lo at p_lo, value_hi at
/// p_hi. Strictly inside the bounds, value_lo < value_hi.
Distribution fit_quantiles(Range bounds, double p_lo, double value_lo, double p_hi, double value_hi,
                           Distribution::Form form = Distribution::Form::fixed);

/// Median `value`, 5 % and 95 % quantiles at the ends of `plausible`. Where value lies outside the
/// range or on its edge, or the range touches the bounds, the nearest sensible spread is taken
/// (documented in the source).
Distribution around(Range bounds, double value, Range plausible);

/// Median `value`, as wide as `plausible` is on the scale of the form: what `about 20%` means.
Distribution centred(Range bounds, double value, Range plausible);

/// The values of all draws lie within these two (uniforms stay 2^-33 away from 0 and 1).
Range support(const Distribution& distribution);

Distribution triangular(double min, double mode, double max);
Distribution fixed(double value);

}  // namespace partnersim
