// How two scenarios of one world differ, line by line, and every mixture of the two.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/shapley.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Throws NotComparable where the two are not about the same partners, offers, months and calendar.
void check_same_world(const Scenario& base, const Scenario& alternative);

/// A lever is one line in which the alternative differs: a value of the start, what one line of a
/// change sets, whom it concerns, an event, a policy, a mechanism or shadow, the correlations.
class Levers {
 public:
  /// Throws NotComparable as check_same_world. The alternative must outlive the levers.
  Levers(const Scenario& base, const Scenario& alternative);

  std::size_t size() const { return names_.size(); }
  /// In words: "us.rebate 6 % instead of 4 %".
  const std::vector<std::string>& names() const { return names_; }

  /// A scenario like the base with every lever that is set as in the alternative. `taken` has one
  /// entry for each lever; `scenario` is a copy of the base that mixtures are made in.
  void mix(const std::vector<bool>& taken, Scenario& scenario) const;

 private:
  static constexpr std::size_t kBoth = static_cast<std::size_t>(-1);

  /// Something planned, of one side or both.
  template <class T>
  struct Part {
    T what;
    std::size_t lever;    // kBoth: of both sides
    bool of_alternative;  // else of the base, and gone where the lever is set
  };
  template <class T>
  static std::vector<T> chosen(const std::vector<Part<T>>& parts, const std::vector<bool>& taken);

  std::size_t add(std::string name);
  void add_settings();
  void add_changes();
  void add_events();
  void add_policies();
  void add_switches();

  const Scenario* base_;
  const Scenario* alternative_;
  std::vector<std::string> names_;
  std::vector<std::pair<std::size_t, std::size_t>> settings_;  // index, lever
  std::vector<Part<Change>> changes_;
  std::vector<Part<Event>> events_;
  std::vector<Part<Policy>> policies_;
  std::vector<std::pair<std::uint32_t, std::size_t>> off_, lifted_;  // bit, lever
  std::size_t correlations_ = kBoth;                                 // lever
};

}  // namespace partnersim
