#include "template.hpp"

namespace partnersim {
namespace {

// Every value here is one that people know; the rest comes from defaults with their evidence.
constexpr std::string_view kTemplate =
    R"(# A scenario for partnersim: your partners, your program, the market, and what may change.
#
#   partnersim check FILE      is it right?
#   partnersim run FILE        the forecast
#   partnersim parameters      everything that can stand here, with its default
#
# Whatever you do not write is drawn from the range of its evidence, so that the forecast says how
# much is not known. Write what you know; a range is welcome where you are not sure: 20% to 30%.

partnersim: 1
title: @TITLE@
start: 2027-01                # the first month
months: 36
currency: EUR
fiscal_year_starts: January

market:
  growth: 3% to 7%            # a year; the range means: 9 times out of 10 it lies in there
  cloud: {start: 35%}         # customers who prefer cloud at the start

# Kinds of partners. `partners: my-partners.csv` instead reads them from a file of your own with
# the columns id, segment, region, accounts, tier, revenue_12m, in English or German, as a
# spreadsheet exports it; `check` tells what it found there.
segments:
  - {name: VAR, partners: 120, opportunities: 34 per year, deal_size: 1.0, services: 0.7}
  - {name: MSP, partners: 80, opportunities: 30 per year, deal_size: 0.9, services: 0.85}
  - {name: SI, partners: 30, opportunities: 28 per year, deal_size: 1.15, services: 0.95}
  - {name: Distributor, supplier: yes, partners: 4}  # supplies the others, sells nothing

# Your program. Tiers from the lowest to the highest; margins of tiers come on top of the offer's.
us:
  name: Us
  rebate: 4%
  tiers:
    - {name: Registered, threshold: 0}
    - {name: Silver, threshold: 150k, margin: 3%}
    - {name: Gold, threshold: 600k, margin: 6%}
  offers:
    - {name: Server, deployment: on_premises, billing: licence, price: 45k EUR}
    - {name: Cloud, deployment: cloud, billing: subscription, price: 22k EUR}

# The rival that your partners may sell instead. `like: us` copies our terms first.
rival: {name: Rival, like: us, rebate: 3% to 7%}

# What you plan to change, and when. Take away the # to try it, or write it into a file of its own
# that begins with `extends: @FILE@` and compare the two.
# changes:
#   - {from: 2028-01, set: {us.rebate: +2 points}}

# What may happen.
# events:
#   - {name: attack, probability: 40%, month: 2027-07 to 2028-06, set: {rival.rebate: +5 points}}
)";

void replace(std::string& text, std::string_view mark, std::string_view by) {
  text.replace(text.find(mark), mark.size(), by);
}

}  // namespace

std::string scenario_template(std::string_view title) {
  std::string text(kTemplate);
  replace(text, "@TITLE@", title);
  replace(text, "@FILE@", std::string(title) + ".yaml");
  return text;
}

}  // namespace partnersim
