#include "results/incomes_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "results/csv_text.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kNoTier = "no partner yet";

struct Group {
  std::string label;
  std::size_t partners = 0, losers = 0, winners = 0;
  double lost = 0, won = 0;  // income of losers and winners, B - A

  void add(const IncomeChange& one) {
    ++partners;
    if (one.fate == Fate::loses) {
      ++losers;
      lost += one.difference.mean;
    } else if (one.fate == Fate::wins) {
      ++winners;
      won += one.difference.mean;
    }
  }
};

Group& group_of(std::vector<Group>& groups, std::string_view label) {
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& one) { return one.label == label; });
  if (found != groups.end()) return *found;
  groups.push_back({.label = std::string(label)});
  return groups.back();
}

/// Tiers in order of their names, segments likewise.
std::vector<Group> groups_by(std::span<const IncomeChange> changes,
                             std::string_view (*label)(const IncomeChange&)) {
  std::vector<Group> groups;
  for (const IncomeChange& one : changes) group_of(groups, label(one)).add(one);
  std::sort(groups.begin(), groups.end(),
            [](const Group& x, const Group& y) { return x.label < y.label; });
  return groups;
}

ResultRow row_of(const Group& group) {
  return {group.label,
          "",
          {static_cast<double>(group.partners), static_cast<double>(group.losers), group.lost,
           static_cast<double>(group.winners), group.won},
          false};
}

std::string_view name_of(Fate fate) {
  return std::array<std::string_view, 3>{"loses", "keeps", "wins"}[static_cast<std::size_t>(fate)];
}

}  // namespace

ResultTable incomes_table(std::span<const IncomeChange> changes, const std::string& currency) {
  ResultTable table{.currency = currency,
                    .label = "partners",
                    .columns = {{"partners", "", "all", Quantity::count},
                                {"losers", "", "lose", Quantity::count},
                                {"lost", "", "change", Quantity::money},
                                {"winners", "", "win", Quantity::count},
                                {"won", "", "change", Quantity::money}},
                    .rows = {}};
  const auto add = [&](const std::vector<Group>& groups) {
    for (const Group& group : groups) table.rows.push_back(row_of(group));
    if (!groups.empty()) table.rows.back().strong = true;
  };
  add(groups_by(changes, [](const IncomeChange& one) -> std::string_view {
    return one.tier.empty() ? kNoTier : std::string_view(one.tier);
  }));
  add(groups_by(changes, [](const IncomeChange& one) -> std::string_view { return one.segment; }));
  Group all{.label = "all"};
  for (const IncomeChange& one : changes) all.add(one);
  table.rows.push_back(row_of(all));
  return table;
}

std::string incomes_sentence(std::span<const IncomeChange> changes, const std::string& program) {
  Group all;
  for (const IncomeChange& one : changes) all.add(one);
  if (all.losers + all.winners == 0) {
    return fmt::format(
        "Of {} partners with income none can be told to earn {:.0f} % more or less in the last 12 "
        "months of {} once everybody has reacted.",
        all.partners, 100 * kMuchIncome, program);
  }
  return fmt::format(
      "Of {} partners with income {} earn more than {:.0f} % less in the last 12 months of {}, and "
      "{} more than {:.0f} % more, once everybody has reacted.",
      all.partners, all.losers, 100 * kMuchIncome, program, all.winners, 100 * kMuchIncome);
}

std::string losers_csv_header() {
  return "alternative,id,name,tier,segment,fate,income_a,income_b,difference,ci95_lo,ci95_hi,"
         "change\n";
}

std::string losers_csv(std::span<const IncomeChange> changes, const std::string& alternative) {
  std::vector<const IncomeChange*> rows;
  for (const IncomeChange& one : changes) {
    if (one.fate != Fate::keeps) rows.push_back(&one);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const IncomeChange* x, const IncomeChange* y) {
    return x->difference.mean < y->difference.mean;
  });
  std::string csv;
  for (const IncomeChange* const one : rows) {
    append_csv_text(csv, alternative);
    for (const std::string_view text :
         {std::string_view(one->id), std::string_view(one->name), std::string_view(one->tier),
          std::string_view(one->segment), name_of(one->fate)}) {
      csv += ',';
      append_csv_text(csv, text);
    }
    const Summary& d = one->difference;
    append_csv_numbers(csv, std::array{one->income_a, one->income_b, d.mean, d.ci_lo, d.ci_hi});
    csv += ',';
    if (one->income_a != 0) append_csv_number(csv, d.mean / std::abs(one->income_a));
    csv += '\n';
  }
  return csv;
}

nlohmann::ordered_json incomes_json(std::span<const IncomeChange> changes,
                                    const std::string& currency) {
  return as_json(incomes_table(changes, currency));
}

}  // namespace partnersim
