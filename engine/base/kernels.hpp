// Loops over arrays that the compiler turns into vector code.
#pragma once

#include <cstddef>

namespace partnersim {

/// out[i] = exp(in[i]); in and out may be the same.
void exp_all(const double* in, double* out, std::size_t n);

}  // namespace partnersim
