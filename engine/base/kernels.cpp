#include "base/kernels.hpp"

#include "base/math.hpp"
#include "base/vector.hpp"

namespace partnersim {

PARTNERSIM_VECTOR
void exp_all(const double* in, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = exp(in[i]);
}

}  // namespace partnersim
