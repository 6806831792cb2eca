// One macro before a plain function makes the compiler emit it for several generations of CPUs and
// pick the right one at start. Bits do not depend on it (no fused operations, IEEE everywhere); a
// build without it is compared in the tests.
#pragma once

#if defined(PARTNERSIM_CLONES) && defined(__x86_64__) && defined(__GNUC__) && \
    !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define PARTNERSIM_VECTOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define PARTNERSIM_VECTOR
#endif
