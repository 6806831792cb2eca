// Runs of two journals that have the same luck, and the units in which their differences are
// counted.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "ensemble/journal.hpp"

namespace partnersim {

/// Why two journals cannot be compared, one sentence; nullopt where they can: the same simulation,
/// months, seed, calendar, currency, and the same vendors, offers, segments and markets.
/// (A journal does not hold its partners; what is fixed about them is not compared.)
std::optional<std::string> why_not_comparable(const JournalHeader& a, const JournalHeader& b);

class NotComparable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Replications done in both with the same triple, ascending.
class Pairs {
 public:
  /// Throws NotComparable, also where not two pairs are left.
  Pairs(const JournalReader& a, const JournalReader& b);

  std::size_t size() const { return draw_.size(); }
  std::size_t draws() const { return draws_; }      // of the parameters, among the pairs
  std::size_t dropped() const { return dropped_; }  // replications that are no pair

  const std::vector<Triple>& triples() const { return triples_; }

  /// Of values in the order of the done replications, as `series` gives them: those of the pairs.
  std::vector<double> of_a(std::span<const double> values) const;
  std::vector<double> of_b(std::span<const double> values) const;

  /// What intervals of a mean count: the mean of each draw where there are several, else each pair.
  std::vector<double> units(std::vector<double> values) const;

 private:
  std::vector<std::size_t> at_a_, at_b_;  // places among the done replications of each
  std::vector<std::size_t> draw_;         // 0, 1, 2, ... in order of appearance
  std::vector<Triple> triples_;
  std::size_t draws_ = 0, dropped_ = 0;
};

}  // namespace partnersim
