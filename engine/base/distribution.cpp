// Quantile functions from own exp and log, and how a distribution is made of what people state.
#include "base/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace partnersim {
namespace {

using Form = Distribution::Form;

constexpr double kTechnical = 1e5;  // bounds this large are no statement about the quantity
constexpr double kFarthest = 9;     // beyond the score of any draw, correlated ones included

Form form_of(Range bounds) {
  if (bounds.lo <= -kTechnical) return Form::normal;
  return bounds.hi >= kTechnical ? Form::lognormal : Form::logit_normal;
}

// The scale on which a distribution of this form is normal.
struct Scale {
  Form form;
  Range bounds;

  double to(double x) const {
    if (form == Form::normal) return x;
    if (form == Form::lognormal) return log(x - bounds.lo);
    return log((x - bounds.lo) / (bounds.hi - x));
  }
};

Distribution on_scale(const Scale& scale, double median, double below, double above) {
  Distribution d;
  d.form = scale.form;
  d.median = median;
  d.spread_below = below;
  d.spread_above = above;
  if (scale.form != Form::normal) d.lo = scale.bounds.lo;
  if (scale.form == Form::logit_normal) d.hi = scale.bounds.hi;
  return d;
}

bool strictly_inside(Range bounds, double x) {
  return x > bounds.lo && x < bounds.hi;
}

// A lognormal whose upper tail would pass the technical bound gets a logit scale after all.
template <class Make>
Distribution within(Range bounds, Form form, Make make) {
  const Distribution d = make(Scale{form, bounds});
  if (form != Form::lognormal || d.at_score(kFarthest) <= bounds.hi) return d;
  return make(Scale{Form::logit_normal, bounds});
}

// How far the ends of `plausible` are from `value` on the scale. An end that touches a bound is
// infinitely far: it takes the distance of the other end; when both touch, one standard deviation.
struct Reach {
  double below, above;
};
Reach reach(const Scale& scale, double value, Range plausible) {
  const double at = scale.to(value), z = normal_quantile(0.95);
  const bool lower = strictly_inside(scale.bounds, plausible.lo);
  const bool upper = strictly_inside(scale.bounds, plausible.hi);
  const double below = lower ? at - scale.to(plausible.lo) : kInfinity;
  const double above = upper ? scale.to(plausible.hi) - at : kInfinity;
  if (!lower && !upper) return {z, z};
  if (!lower) return {std::fabs(above), above};
  if (!upper) return {below, std::fabs(below)};
  return {below, above};
}

double phi(double z) {
  return exp(-z * z / 2) * 0.3989422804014326779399461;
}

// Marsaglia's series: all terms have one sign, so nothing cancels.
double cdf_near(double z) {
  double term = z, sum = z;
  for (int k = 3; k < 200 && sum + term != sum; k += 2) {
    term *= z * z / k;
    sum += term;
  }
  return 0.5 + phi(z) * sum;
}

// Laplace's continued fraction of the upper tail, z >= 3.
double upper_tail(double z) {
  double fraction = z;
  for (int k = 120; k > 0; --k) fraction = z + k / fraction;
  return phi(z) / fraction;
}

}  // namespace

double normal_cdf(double z) {
  if (z < -3) return upper_tail(-z);
  if (z > 3) return 1 - upper_tail(z);
  return cdf_near(z);
}

double Distribution::at_score(double z) const {
  const double x = median + (z < 0 ? spread_below : spread_above) * z;
  switch (form) {
    case Form::fixed:
      return median;
    case Form::normal:
      return x;
    case Form::lognormal:
      return lo + exp(x);
    case Form::logit_normal:
      return lo + (hi - lo) * logistic(x);
    case Form::triangular:
      return quantile(normal_cdf(z));
  }
  return median;
}

double Distribution::quantile(double p) const {
  if (form != Form::triangular) return form == Form::fixed ? median : at_score(normal_quantile(p));
  const double turn = (mode - lo) / (hi - lo);
  if (p <= turn) return lo + std::sqrt(p * (hi - lo) * (mode - lo));
  return hi - std::sqrt((1 - p) * (hi - lo) * (hi - mode));
}

std::string_view Distribution::name() const {
  switch (form) {
    case Form::fixed:
      return "fixed";
    case Form::normal:
      return "normal";
    case Form::lognormal:
      return "lognormal";
    case Form::logit_normal:
      return "logit-normal";
    case Form::triangular:
      return "triangular";
  }
  return "";
}

Distribution fit_quantiles(Range bounds, double p_lo, double value_lo, double p_hi, double value_hi,
                           Distribution::Form form) {
  const double z_lo = normal_quantile(p_lo), z_hi = normal_quantile(p_hi);
  return within(bounds, form == Form::fixed ? form_of(bounds) : form, [&](const Scale& scale) {
    const double a = scale.to(value_lo), b = scale.to(value_hi);
    const double spread = (b - a) / (z_hi - z_lo);
    return on_scale(scale, a - z_lo * spread, spread, spread);
  });
}

// A value on a bound has no place on the scale and stays fixed; one outside its range or on the
// edge of it keeps the width of the range around it.
Distribution around(Range bounds, double value, Range plausible) {
  if (!strictly_inside(bounds, value) || !(plausible.lo < plausible.hi)) return fixed(value);
  if (!(value > plausible.lo && value < plausible.hi)) return centred(bounds, value, plausible);
  const double z = normal_quantile(0.95);
  return within(bounds, form_of(bounds), [&](const Scale& scale) {
    const Reach r = reach(scale, value, plausible);
    return on_scale(scale, scale.to(value), r.below / z, r.above / z);
  });
}

Distribution centred(Range bounds, double value, Range plausible) {
  if (!strictly_inside(bounds, value) || !(plausible.lo < plausible.hi)) return fixed(value);
  const double z = normal_quantile(0.95);
  return within(bounds, form_of(bounds), [&](const Scale& scale) {
    const Reach r = reach(scale, plausible.lo + (plausible.hi - plausible.lo) / 2, plausible);
    const double spread = std::fabs(r.below + r.above) / (2 * z);
    return on_scale(scale, scale.to(value), spread, spread);
  });
}

Range support(const Distribution& distribution) {
  if (distribution.form == Form::triangular) return {distribution.lo, distribution.hi};
  return {distribution.at_score(-kFarthest), distribution.at_score(kFarthest)};
}

Distribution triangular(double min, double mode, double max) {
  Distribution d;
  d.form = Form::triangular;
  d.lo = min;
  d.mode = mode;
  d.hi = max;
  d.median = d.quantile(0.5);
  return d;
}

Distribution fixed(double value) {
  Distribution d;
  d.median = value;
  return d;
}

}  // namespace partnersim
