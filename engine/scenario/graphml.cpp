// GraphML by expat's events. Boost.Graph's reader loses node ids and crashes on deep nesting; its
// writer calls nodes n0, n1, ..., so that ids do not come back: both are ours.
#include "scenario/graphml.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <unordered_set>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMaxReports = 100;    // faults of one file; the rest is counted
constexpr std::size_t kMaxKindBytes = 256;  // of a data text that is kept
constexpr std::size_t kMaxSuggest = 10'000;
const std::array<std::string, 3> kinds{"peer", "alliance", "distribution"};

std::string quote(std::string_view text) {
  if (count_characters(text) <= 60) return fmt::format("'{}'", text);
  std::size_t end = 60;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return fmt::format("'{}...'", text.substr(0, end));
}

std::string_view trimmed_lines(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class GraphMlReader {
 public:
  GraphMlReader(std::uint32_t file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics), parser_(XML_ParserCreate(nullptr)) {
    require(parser_ != nullptr, "no memory for an XML parser");
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  std::optional<GraphFile> read(const std::string& text) {
    const auto size = static_cast<int>(text.size());
    if (XML_Parse(parser_.get(), text.data(), size, XML_TRUE) == XML_STATUS_ERROR && !stopped_) {
      report("E-GRAPHML-XML", here(1),
             fmt::format("not XML: {}", XML_ErrorString(XML_GetErrorCode(parser_.get()))));
    } else if (!stopped_) {
      settle_kinds();
      check_ends();
    }
    if (faults_ > kMaxReports) {
      diagnostics_.error("E-GRAPHML-MORE", {file_, 0, 0, 1},
                         fmt::format("{} more faults in this file", faults_ - kMaxReports));
    }
    if (faults_ > 0) return std::nullopt;
    return std::move(result_);
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };
  struct Key {
    bool kind = false;  // of edges
    std::string fallback;
    Location at;
  };

  static GraphMlReader& self(void* data) { return *static_cast<GraphMlReader*>(data); }
  static void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    self(data).start(without_prefix(name), attributes);
  }
  static void XMLCALL on_end(void* data, const XML_Char* name) {
    self(data).end(without_prefix(name));
  }
  static void XMLCALL on_text(void* data, const XML_Char* text, int length) {
    std::string* into = self(data).text_;
    if (into && into->size() <= kMaxKindBytes) into->append(text, static_cast<std::size_t>(length));
  }
  static void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*,
                                 int) {
    GraphMlReader& reader = self(data);
    reader.report("E-GRAPHML-DOCTYPE", reader.here(1), "a document type is not allowed",
                  "remove <!DOCTYPE ...> with all entities");
    reader.stop();
  }

  Location here(std::size_t length) const {
    return {file_, static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())),
            static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get()) + 1),
            static_cast<std::uint32_t>(length)};
  }
  void report(std::string code, Location at, std::string message, std::string hint = {}) {
    if (++faults_ > kMaxReports) return;
    diagnostics_.error(std::move(code), at, std::move(message), std::move(hint));
  }
  void stop() {
    stopped_ = true;
    text_ = nullptr;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  static const char* attribute(const XML_Char** attributes, std::string_view wanted) {
    for (; *attributes; attributes += 2) {
      if (*attributes == wanted) return attributes[1];
    }
    return nullptr;
  }

  void start(std::string_view name, const XML_Char** attributes) {
    if (stopped_) return;  // expat may still deliver what it has read
    const Location at = here(name.size() + 1);
    if (++depth_ > kMaxGraphMlDepth) {
      report("E-GRAPHML-DEPTH", at, fmt::format("more than {} levels", kMaxGraphMlDepth));
      return stop();
    }
    if (depth_ == 1 && name != "graphml") {
      report("E-GRAPHML-ROOT", at, fmt::format("{} instead of 'graphml'", quote(name)));
      return stop();
    }
    text_ = nullptr;
    if (name == "key") start_key(attributes, at);
    if (name == "default" && key_) text_ = &key_->fallback;
    if (name == "node") start_node(attribute(attributes, "id"), at);
    if (name == "edge") {
      start_edge(attribute(attributes, "source"), attribute(attributes, "target"), at);
    }
    if (name == "hyperedge") report("E-GRAPHML-EDGE", at, "a link has two ends, no more");
    if (name == "data" && in_edge_) start_data(attribute(attributes, "key"), at);
  }

  void end(std::string_view name) {
    if (stopped_) return;
    --depth_;
    text_ = nullptr;
    if (name == "key") key_ = nullptr;
    if (name == "edge") in_edge_ = false;
  }

  void start_key(const XML_Char** attributes, Location at) {
    const char* id = attribute(attributes, "id");
    if (!id) return report("E-GRAPHML-KEY", at, "a key without id");
    const auto [key, fresh] = keys_.try_emplace(id);
    if (!fresh) return report("E-GRAPHML-KEY", at, fmt::format("key {} again", quote(id)));
    const char* name = attribute(attributes, "attr.name");
    const char* owner = attribute(attributes, "for");
    const std::string_view of = owner ? owner : "all";
    key_ = &key->second;
    key_->kind = name && std::string_view(name) == "kind" && (of == "edge" || of == "all");
    key_->at = at;
  }

  void start_node(const char* id, Location at) {
    if (!id || !*id) return report("E-GRAPHML-NODE", at, "a node without id");
    if (!known_.emplace(id).second) {
      return report("E-GRAPHML-NODE", at, fmt::format("node {} again", quote(id)));
    }
    result_.nodes.emplace_back(id);
  }

  void start_edge(const char* source, const char* target, Location at) {
    if (!source || !target) {
      return report("E-GRAPHML-EDGE", at,
                    fmt::format("an edge without {}", source ? "target" : "source"));
    }
    if (std::string_view(source) == target) {
      return report("E-GRAPHML-SELF", at, fmt::format("{} is linked to itself", quote(source)));
    }
    in_edge_ = true;
    result_.edges.push_back({source, target, LinkKind::peer, at});
  }

  void start_data(const char* id, Location at) {
    const auto key = keys_.find(id ? id : "");
    if (key == keys_.end()) {
      return report("E-GRAPHML-KEY", at, fmt::format("no key {}", quote(id ? id : "")));
    }
    if (!key->second.kind) return;
    const std::size_t edge = result_.edges.size() - 1;
    if (!stated_.empty() && stated_.back().edge == edge) {
      return report("E-GRAPHML-KIND", at, "a second kind for the same edge");
    }
    finish_kind();
    stated_.push_back({edge, at});
    text_ = &word_;
  }

  // The word of the last data element, read when the next begins or the file ends.
  void finish_kind() {
    if (stated_.empty()) return;
    const Stated last = stated_.back();
    set_kind(result_.edges[last.edge], std::exchange(word_, {}), last.at);
  }

  void set_kind(GraphFile::Edge& edge, std::string_view text, Location at) {
    const std::string_view word = trimmed_lines(text);
    if (const auto kind = link_kind(word)) {
      edge.kind = *kind;
    } else if (++faults_ <= kMaxReports) {
      report_link_kind(word, at, "E-GRAPHML-KIND", diagnostics_);
    }
  }

  // Edges that state no kind have the default of the key, which may stand behind them.
  void settle_kinds() {
    finish_kind();
    const auto stated = [&](const auto& key) {
      return key.second.kind && !trimmed_lines(key.second.fallback).empty();
    };
    const auto key = std::find_if(keys_.begin(), keys_.end(), stated);
    if (key == keys_.end()) return;
    if (std::find_if(std::next(key), keys_.end(), stated) != keys_.end()) {
      return report("E-GRAPHML-KEY", key->second.at, "two keys with a default kind");
    }
    GraphFile::Edge usual;
    set_kind(usual, key->second.fallback, key->second.at);
    auto next = stated_.begin();
    for (std::size_t e = 0; e < result_.edges.size(); ++e) {
      const bool own = next != stated_.end() && next->edge == e;
      if (own) ++next;
      if (!own) result_.edges[e].kind = usual.kind;
    }
  }

  // Nodes may stand behind the edges between them.
  void check_ends() {
    for (const GraphFile::Edge& edge : result_.edges) {
      for (const std::string* id : {&edge.a, &edge.b}) {
        if (known_.contains(*id)) continue;
        std::string near;
        if (faults_ < kMaxReports && result_.nodes.size() <= kMaxSuggest) {
          near = nearest(*id, result_.nodes);
        }
        report("E-GRAPHML-NODE", edge.at, fmt::format("no node {}", quote(*id)),
               near.empty() ? "" : fmt::format("did you mean {}?", quote(near)));
      }
    }
  }

  struct Stated {
    std::size_t edge;
    Location at;
  };

  std::uint32_t file_;
  Diagnostics& diagnostics_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  GraphFile result_;
  std::unordered_set<std::string> known_;
  std::map<std::string, Key> keys_;
  std::vector<Stated> stated_;  // kinds, by edge
  std::string word_;
  std::string* text_ = nullptr;  // where character data goes
  Key* key_ = nullptr;
  bool in_edge_ = false;
  bool stopped_ = false;
  int depth_ = 0;
  std::size_t faults_ = 0;
};

// For an attribute in double quotes. Line ends and tabs would be read back as spaces.
void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const char32_t c = next.bytes > 0 ? next.value : U'\uFFFD';
    const bool spelled = c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' || c == '\t' ||
                         c == '\n' || c == '\r';
    if (spelled) {
      out += fmt::format("&#{};", static_cast<unsigned>(c));
    } else {
      append_utf8(out, c < 0x20 || c == 0xFFFE || c == 0xFFFF ? U'\uFFFD' : c);
    }
    at += std::max<std::size_t>(next.bytes, 1);
  }
}

}  // namespace

std::string_view link_kind_name(LinkKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

std::optional<LinkKind> link_kind(std::string_view name) {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<LinkKind>(found - kinds.begin());
}

void report_link_kind(std::string_view word, Location at, std::string code,
                      Diagnostics& diagnostics) {
  const std::string near = nearest(word, kinds);
  diagnostics.error(std::move(code), at, fmt::format("{} is no kind of link", quote(word)),
                    near.empty() ? "kinds are peer, alliance and distribution"
                                 : fmt::format("did you mean '{}'?", near));
}

std::optional<GraphFile> read_graphml(const std::string& text, std::uint32_t file,
                                      Diagnostics& diagnostics) {
  if (text.size() > kMaxGraphMlBytes) {
    diagnostics.error(
        "E-FILE-SIZE", {file, 0, 0, 1},
        fmt::format("larger than {} MB, which is the most allowed", kMaxGraphMlBytes >> 20));
    return std::nullopt;
  }
  return GraphMlReader(file, diagnostics).read(text);
}

std::string write_graphml(std::span<const std::string> ids, std::span<const Link> links) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "  <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n"
      "  <graph id=\"partners\" edgedefault=\"undirected\">\n";
  for (const std::string& id : ids) {
    out += "    <node id=\"";
    append_escaped(out, id);
    out += "\"/>\n";
  }
  for (const Link& link : links) {
    out += "    <edge source=\"";
    append_escaped(out, ids[link.a]);
    out += "\" target=\"";
    append_escaped(out, ids[link.b]);
    out += link.kind == LinkKind::distribution ? "\" directed=\"true\">" : "\">";
    out += fmt::format("<data key=\"kind\">{}</data></edge>\n", link_kind_name(link.kind));
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace partnersim
