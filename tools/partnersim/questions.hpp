// What a strategist can find out about the inputs that move the forecast most.
#pragma once

#include <string_view>

namespace partnersim {

struct Question {
  std::string_view key;  // of the parameter; NAME stands for each offer
  std::string_view question, where;
};

/// The strongest first, as the main scenario answers to them; the comment is how strongly, from 0
/// to 1.
inline constexpr Question kQuestions[] = {
    {"market.cloud.start",  // 0.34
     "What share of customers would rather have your kind of product from the cloud today?",
     "the last fifty tenders; product management; an analyst's survey of your market"},
    {"us.offers.NAME.margin_recurring",  // 0.28
     "What does a partner keep of maintenance, and of the later years of a subscription?",
     "the price list, the partner contract"},
    {"us.offers.NAME.churn",  // 0.24
     "What share of contracts ends in a year, for each offer?",
     "finance or renewals: contracts of a year ago that are gone today"},
    {"us.rebate",  // 0.19
     "What rebate do partners get back on what they bill, on average?",
     "accounts payable: rebates paid in twelve months, over what partners billed in them"},
    {"market.accept",  // 0.17
     "What share of customers also takes the deployment they do not prefer?",
     "lost deals: how many were lost because of cloud or own servers; ask ten sales people"},
    {"market.growth",  // 0.14
     "How fast does your market grow in a year, for all vendors together?",
     "analysts' market reports; the association of the industry"},
    {"enablement.learn",  // 0.14
     "How many months of training does it take until a new partner sells on its own?",
     "the partner academy: from the first course to the certificate; one over the months"},
    {"us.offers.NAME.margin_first",  // 0.14
     "What margin does a partner have on a licence, or on the first year of a subscription?",
     "the price list, the partner contract"},
    {"closing.w_skill",  // 0.14
     "How much more often do certified partners win than others?",
     "the deals: the win rate of certified partners against the others, in logits"},
    {"market.cloud.q",  // 0.13
     "How fast does the cloud share among your customers rise from year to year?",
     "new contracts of the last three years, cloud against own servers"},
};

}  // namespace partnersim
