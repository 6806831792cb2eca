// `schema`: the format of scenario files for editors.
#include "command.hpp"
#include "common.hpp"

namespace partnersim {
namespace {

int run(const Options&) {
  std::string text = json_schema();
  if (!text.ends_with('\n')) text += '\n';
  print(text);
  return kDone;
}

}  // namespace

extern constexpr Command kSchema{
    .name = "schema",
    .group = "look",
    .words = "",
    .least = 0,
    .most = 0,
    .meaning = "JSON Schema of scenario files, for editors",
    .examples = "partnersim schema > partnersim.schema.json",
    .options = {},
    .formats = {},
    .run = run,
    .more =
        "An editor with a YAML language server completes and checks a file that begins with\n"
        "  # yaml-language-server: $schema=partnersim.schema.json",
};

}  // namespace partnersim
