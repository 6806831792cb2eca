#include "page.hpp"

// The file as it is: a literal of this length is more than compilers must take.
asm(".section .rodata\n"
    "partnersim_page_begin: .incbin \"" PARTNERSIM_REPORT_PAGE
    "\"\n"
    "partnersim_page_end: .byte 0\n"
    ".global partnersim_page_begin\n"
    ".global partnersim_page_end\n"
    ".text\n");

extern "C" const char partnersim_page_begin, partnersim_page_end;

namespace partnersim {

std::string_view report_page_template() {
  return {&partnersim_page_begin, &partnersim_page_end};
}

}  // namespace partnersim
