// How partners and customers react: the parameters of each mechanism that are common to all.
#pragma once

#include "base/table.hpp"

namespace partnersim {

struct Lifecycle {
  double join_p;
  double join_q;
  double beta_join;
  double outreach_gain;
  double recruit_rate;
  double onboarding_months;
  double onboarding_help;
  double distributor_onboarding;
  double dormant_rate;
  double leave_mean;
  double leave_concentration;
  double xi_trust;
  double xi_value;
  double xi_idle;
  double reactivate_rate;
  double winback_rate;
  double follows_partner;
  double orphan_churn;
  double launch_share;
};
inline constexpr auto kLifecycleRows = describe<Lifecycle>({
    parameter<&Lifecycle::join_p>(
        "join_p", Unit::per_year, 0.02, {0, 2}, Class::uncertain,
        {"B", {0.001, 0.06}, "Bass coefficients compiled by Van den Bulte"},
        "Joining a program on one's own"),
    parameter<&Lifecycle::join_q>("join_q", Unit::per_year, 0.3, {0, 5}, Class::uncertain,
                                  {"B", {0.1, 1.0}, "Bass coefficients compiled by Van den Bulte"},
                                  "Joining because linked partners are with the vendor"),
    parameter<&Lifecycle::beta_join>(
        "beta_join", Unit::number, 1.0, {0, 10}, Class::uncertain, {"asm", {0.2, 3}},
        "How much the relative value of the vendor's offers weighs in joining"),
    parameter<&Lifecycle::outreach_gain>(
        "outreach_gain", Unit::number, 1.5, {0, 20}, Class::uncertain, {"asm", {0.3, 4}},
        "How much full attention of recruiting managers multiplies joining on one's own"),
    parameter<&Lifecycle::recruit_rate>("recruit_rate", Unit::per_year, 0.3, {0, 5},
                                        Class::uncertain, {"asm", {0.05, 0.6}},
                                        "Joining because a manager asked, at full attention"),
    parameter<&Lifecycle::onboarding_months>("onboarding_months", Unit::months, 1.5, {0.1, 24},
                                             Class::uncertain, {"C", {1, 4}, "onboarding surveys"},
                                             "Mean time from signing to the first sales activity"),
    parameter<&Lifecycle::onboarding_help>(
        "onboarding_help", Unit::number, 1, {0, 10}, Class::uncertain, {"asm", {0.2, 2}},
        "How much faster a manager's full attention makes onboarding"),
    parameter<&Lifecycle::distributor_onboarding>(
        "distributor_onboarding", Unit::number, 0.75, {0.1, 1}, Class::uncertain, {"asm", {0.5, 1}},
        "Time of onboarding with a distributor, against without"),
    parameter<&Lifecycle::dormant_rate>("dormant_rate", Unit::per_year, 0.14, {0, 3},
                                        Class::uncertain, {"asm", {0.05, 0.20}},
                                        "Intensity of falling quiet at neutral trust and value"),
    parameter<&Lifecycle::leave_mean>(
        "leave_mean", Unit::share, 0.065, {0.001, 0.5}, Class::uncertain,
        {"B", {0.03, 0.12}, "a quarter of partners end some program a year"},
        "Mean yearly probability that a partner leaves"),
    parameter<&Lifecycle::leave_concentration>(
        "leave_concentration", Unit::number, 4, {1, 1000}, Class::uncertain, {"asm", {1.5, 20}},
        "How alike partners are in that probability (a + b of its Beta distribution)"),
    parameter<&Lifecycle::xi_trust>("xi_trust", Unit::number, 1.2, {0, 5}, Class::uncertain,
                                    {"K", {0.3, 2.5}},
                                    "How much trust protects from falling quiet and leaving"),
    parameter<&Lifecycle::xi_value>("xi_value", Unit::number, 0.8, {0, 5}, Class::uncertain,
                                    {"asm", {0.2, 2}}, "How much relative value protects"),
    parameter<&Lifecycle::xi_idle>("xi_idle", Unit::number, 0.7, {0, 5}, Class::uncertain,
                                   {"asm", {0.2, 1.5}},
                                   "How much a second year without a deal adds to falling quiet"),
    parameter<&Lifecycle::reactivate_rate>("reactivate_rate", Unit::per_year, 0.35, {0, 5},
                                           Class::uncertain, {"asm", {0.1, 1}},
                                           "Intensity of waking up again at neutral value"),
    parameter<&Lifecycle::winback_rate>("winback_rate", Unit::per_year, 0.05, {0, 2},
                                        Class::uncertain, {"asm", {0.01, 0.2}},
                                        "Intensity of coming back after leaving, at neutral value"),
    parameter<&Lifecycle::follows_partner>(
        "follows_partner", Unit::share, 0.35, {0, 1}, Class::uncertain, {"asm", {0.1, 0.8}},
        "Share of a leaving partner's customers who leave the vendor with it"),
    parameter<&Lifecycle::orphan_churn>(
        "orphan_churn", Unit::number, 1.6, {0, 10}, Class::uncertain, {"asm", {1, 3}},
        "Churn of customers whose partner left, against those with a partner"),
    parameter<&Lifecycle::launch_share>(
        "launch_share", Unit::share, 0.15, {0, 1}, Class::uncertain, {"cal", {0.05, 0.5}},
        "Part of its attention a partner gives a vendor at once when it becomes active"),
});

struct Sensing {
  double share_neutral;
  double share_trust;
  double belief_speed;
  double start_gap;
};
inline constexpr auto kSensingRows = describe<Sensing>({
    parameter<&Sensing::share_neutral>(
        "share_neutral", Unit::share, 0.5, {0, 1}, Class::uncertain, {"asm", {0.2, 0.9}},
        "What a partner of neutral trust passes on of its customers, per registered deal"),
    parameter<&Sensing::share_trust>("share_trust", Unit::number, 0.8, {0, 5}, Class::uncertain,
                                     {"asm", {0.2, 2}}, "How much trust opens that up"),
    parameter<&Sensing::belief_speed>("belief_speed", Unit::per_month, 0.25, {0, 1},
                                      Class::uncertain, {"asm", {0.05, 0.6}},
                                      "How fast a vendor's belief follows what it sees"),
    parameter<&Sensing::start_gap>("start_gap", Unit::share, 0.05, {0, 1}, Class::uncertain,
                                   {"asm", {0.01, 0.2}},
                                   "How far the belief trails the customers at the start"),
});

struct Managers {
  double hours;
  double half_hours;
  double gain;
  double fade;
  double floor;
  double turnover;
  double vacancy;
  double carry_low;
  double carry_high;
  double explore_boost;
};
inline constexpr auto kManagersRows = describe<Managers>({
    parameter<&Managers::hours>("hours", Unit::number, 130, {0, 400}, Class::uncertain,
                                {"A", {100, 160}, "about 2,000 selling hours a year"},
                                "Hours a month a partner manager has for partners"),
    parameter<&Managers::half_hours>(
        "half_hours", Unit::number, 5, {0.1, 200}, Class::uncertain, {"asm", {2, 12}},
        "Hours a month for one partner at which half of the possible attention is reached"),
    parameter<&Managers::gain>("gain", Unit::per_month, 0.12, {0, 1}, Class::uncertain,
                               {"asm", {0.04, 0.25}},
                               "Growth of the personal relationship at full attention"),
    parameter<&Managers::fade>("fade", Unit::per_month, 0.05, {0, 1}, Class::uncertain,
                               {"asm", {0.02, 0.10}}, "Fading of the relationship"),
    parameter<&Managers::floor>("floor", Unit::share, 0.2, {0, 1}, Class::uncertain,
                                {"asm", {0.02, 0.4}},
                                "Relationship with the firm when nobody looks after the partner"),
    parameter<&Managers::turnover>("turnover", Unit::per_year, 0.22, {0, 5}, Class::uncertain,
                                   {"A", {0.20, 0.34}, "turnover surveys of sales people"},
                                   "Intensity with which a manager leaves"),
    parameter<&Managers::vacancy>("vacancy", Unit::months, 3, {0.1, 60}, Class::uncertain,
                                  {"asm", {1, 6}}, "Mean time a seat stays empty"),
    parameter<&Managers::carry_low>(
        "carry_low", Unit::share, 0.3, {0, 1}, Class::uncertain,
        {"A", {0.1, 0.6}, "studies of customers whose sales person changed"},
        "Least part of a relationship that survives when the manager leaves"),
    parameter<&Managers::carry_high>(
        "carry_high", Unit::share, 0.9, {0, 1}, Class::uncertain,
        {"A", {0.61, 0.99}, "studies of customers whose sales person changed"},
        "Largest part that survives"),
    parameter<&Managers::explore_boost>(
        "explore_boost", Unit::number, 0.5, {0, 10}, Class::uncertain,
        {"A", {0.1, 1}, "studies of customers whose sales person changed"},
        "Extra readiness to shift attention in the six months after a new manager came"),
});

struct Enablement {
  double learn;
  double learn_by_winning;
  double forget;
  double training_cost;
  double training_horizon;
  double start_skill;
  double certified_bar;
  double certificate_cost;
};
inline constexpr auto kEnablementRows = describe<Enablement>({
    parameter<&Enablement::learn>("learn", Unit::per_month, 0.1, {0, 1}, Class::uncertain,
                                  {"asm", {0.03, 0.25}},
                                  "Skill gained in a month of full training"),
    parameter<&Enablement::learn_by_winning>("learn_by_winning", Unit::per_month, 0.06, {0, 1},
                                             Class::uncertain, {"asm", {0.01, 0.2}},
                                             "Skill gained in a month of many won deals"),
    parameter<&Enablement::forget>("forget", Unit::per_month, 0.02, {0, 1}, Class::uncertain,
                                   {"asm", {0.005, 0.05}}, "Skill lost in a month"),
    parameter<&Enablement::training_cost>("training_cost", Unit::money, 2500, {1, 1e6},
                                          Class::uncertain, {"K", {500, 8000}},
                                          "What a month of full training on one offer costs"),
    parameter<&Enablement::training_horizon>(
        "training_horizon", Unit::months, 18, {0.1, 120}, Class::uncertain, {"asm", {6, 36}},
        "Months over which a partner counts what it gains from training"),
    parameter<&Enablement::start_skill>("start_skill", Unit::share, 0.2, {0, 1}, Class::uncertain,
                                        {"asm", {0.05, 0.5}},
                                        "Skill of a partner that has just joined"),
    parameter<&Enablement::certified_bar>("certified_bar", Unit::share, 0.55, {0, 1},
                                          Class::uncertain, {"asm", {0.4, 0.8}},
                                          "Skill that a certificate asks for"),
    parameter<&Enablement::certificate_cost>("certificate_cost", Unit::money, 3000, {0, 1e6},
                                             Class::uncertain, {"K", {500, 15000}},
                                             "What a certificate for one offer costs"),
});

struct Registration {
  double base;
  double pull;
  double exposure;
};
inline constexpr auto kRegistrationRows = describe<Registration>({
    parameter<&Registration::base>("base", Unit::number, -0.6, {-10, 10}, Class::uncertain,
                                   {"cal", {-1.2, 0}},
                                   "Readiness to register a deal without uplift, at full trust"),
    parameter<&Registration::pull>("pull", Unit::number, 14, {0, 100}, Class::uncertain,
                                   {"asm", {5, 20}}, "How much the uplift pulls, per unit"),
    parameter<&Registration::exposure>(
        "exposure", Unit::number, 1.2, {0, 20}, Class::uncertain,
        {"C", {0.3, 4}, "partners name exposure of the deal as reason not to register"},
        "How much missing trust deters: a registered deal shows the customer to the vendor"),
});

struct Specialists {
  double need;
  double release_delay;
  double patience;
  double distributor_capacity;
};
inline constexpr auto kSpecialistsRows = describe<Specialists>({
    parameter<&Specialists::need>("need", Unit::number, 0.7, {0, 20}, Class::uncertain,
                                  {"asm", {0.2, 1.2}},
                                  "Requests for help per opportunity of an unskilled partner"),
    parameter<&Specialists::release_delay>(
        "release_delay", Unit::months, 0.6, {0, 24}, Class::uncertain, {"asm", {0.1, 2}},
        "What partners wait longer where internal information is closed"),
    parameter<&Specialists::patience>("patience", Unit::months, 1.5, {0.05, 60}, Class::uncertain,
                                      {"asm", {0.5, 4}},
                                      "Wait after which help has lost 63 % of its use"),
    parameter<&Specialists::distributor_capacity>(
        "distributor_capacity", Unit::share, 0.15, {0, 5}, Class::uncertain, {"asm", {0.02, 0.5}},
        "Capacity that distributors add where all partners buy through one"),
});

struct Trust {
  double level;
  double spread;
  double relationship;
  double surprise;
  double conflict;
  double wait;
  double services;
  double rumour;
  double leads;
  double up;
  double down;
};
inline constexpr auto kTrustRows = describe<Trust>({
    parameter<&Trust::level>("level", Unit::share, 0.68, {0, 1}, Class::uncertain,
                             {"A", {0.4, 0.8}, "partner satisfaction panels"},
                             "Mean trust with everything else neutral"),
    parameter<&Trust::spread>("spread", Unit::number, 0.1, {0, 1}, Class::uncertain,
                              {"asm", {0.02, 0.2}}, "Standard deviation between partners in it"),
    parameter<&Trust::relationship>("relationship", Unit::number, 0.4, {0, 5}, Class::uncertain,
                                    {"A", {0.1, 0.8}, "relationship marketing meta-analyses"},
                                    "Weight of the personal relationship"),
    parameter<&Trust::surprise>("surprise", Unit::number, 0.5, {0, 5}, Class::uncertain,
                                {"K", {0.1, 1.5}},
                                "Weight of a margin better or worse than a partner is used to"),
    parameter<&Trust::conflict>("conflict", Unit::number, 0.8, {0, 5}, Class::uncertain,
                                {"A", {0.2, 2}, "channel conflict studies"},
                                "Weight of the vendor selling against its partners"),
    parameter<&Trust::wait>("wait", Unit::number, 0.15, {0, 5}, Class::uncertain,
                            {"B", {0.03, 0.5}, "a third of partners name slow support"},
                            "Weight of waiting for specialists"),
    parameter<&Trust::services>("services", Unit::number, 0.3, {0, 5}, Class::uncertain,
                                {"A", {0.05, 0.8}, "channel conflict studies"},
                                "Weight of the vendor delivering services the partner could"),
    parameter<&Trust::rumour>("rumour", Unit::number, 0.8, {0, 5}, Class::uncertain,
                              {"B", {0.2, 1}, "polls of partners after a program was cut"},
                              "Weight of the fear to be the next whose contract is ended"),
    parameter<&Trust::leads>("leads", Unit::number, 0.05, {0, 5}, Class::uncertain,
                             {"asm", {0.01, 0.3}}, "Weight of leads the vendor passes on"),
    parameter<&Trust::up>("up", Unit::per_month, 0.05, {0, 1}, Class::uncertain,
                          {"asm", {0.01, 0.10}}, "Speed of gaining trust"),
    parameter<&Trust::down>("down", Unit::per_month, 0.12, {0, 1}, Class::uncertain,
                            {"asm", {0.05, 0.40}}, "Speed of losing trust"),
});

struct Choice {
  double beta;
  double loss_aversion;
  double beta_trust;
  double beta_skill;
  double beta_peer;
  double habit;
  double flexibility;
  double flexibility_spread;
  double discount_rate;
  double services_margin;
  double services_years;
  double outside_ratio;
  double outside_bias;
  double reference_memory;
  double experience_weight;
};
inline constexpr auto kChoiceRows = describe<Choice>({
    parameter<&Choice::beta>("beta", Unit::number, 1.2, {0, 10}, Class::uncertain,
                             {"cal", {0.5, 3}}, "Sensitivity of attention to relative value"),
    parameter<&Choice::loss_aversion>("loss_aversion", Unit::number, 2.25, {1, 10},
                                      Class::uncertain, {"K", {1.5, 2.5}},
                                      "Weight of losses against gains"),
    parameter<&Choice::beta_trust>("beta_trust", Unit::number, 0.6, {0, 5}, Class::uncertain,
                                   {"K", {0.1, 1.5}}, "Weight of trust"),
    parameter<&Choice::beta_skill>("beta_skill", Unit::number, 0.6, {0, 5}, Class::uncertain,
                                   {"asm", {0.1, 1.5}}, "Weight of skill"),
    parameter<&Choice::beta_peer>(
        "beta_peer", Unit::number, 0.5, {0, 5}, Class::uncertain, {"asm", {0.1, 1.5}},
        "Weight of what linked partners do; with habit above 2 the market locks itself"),
    parameter<&Choice::habit>("habit", Unit::number, 1.0, {0, 5}, Class::uncertain,
                              {"asm", {0.3, 2.5}},
                              "Mean pull of the deployment a partner already sells"),
    parameter<&Choice::flexibility>("flexibility", Unit::per_month, 0.08, {0.001, 1},
                                    Class::uncertain, {"cal", {0.03, 0.25}},
                                    "Mean speed at which a partner shifts its attention"),
    parameter<&Choice::flexibility_spread>(
        "flexibility_spread", Unit::number, 0.6, {0, 2}, Class::uncertain, {"asm", {0.2, 1}},
        "Logarithmic standard deviation of habit and speed across partners"),
    parameter<&Choice::discount_rate>("discount_rate", Unit::per_year, 0.15, {0, 2},
                                      Class::uncertain,
                                      {"B", {0.08, 0.35}, "cost of capital of small firms"},
                                      "Discount rate of partners: their need of cash"),
    parameter<&Choice::services_margin>("services_margin", Unit::share, 0.45, {0, 1},
                                        Class::uncertain,
                                        {"B", {0.35, 0.60}, "reseller benchmarks"},
                                        "Gross margin of a partner's own services"),
    parameter<&Choice::services_years>("services_years", Unit::years, 5, {0.1, 30},
                                       Class::uncertain, {"asm", {3, 10}},
                                       "Horizon over which a partner counts its own services"),
    parameter<&Choice::outside_ratio>(
        "outside_ratio", Unit::number, 0.65, {0, 5}, Class::uncertain, {"cal", {0.5, 0.9}},
        "Value of attention spent elsewhere against the best offer at the start"),
    parameter<&Choice::outside_bias>("outside_bias", Unit::number, 0, {-5, 5}, Class::uncertain,
                                     {"asm", {-0.3, 0.3}}, "Pull of elsewhere beside its value"),
    parameter<&Choice::reference_memory>("reference_memory", Unit::months, 12, {1, 120},
                                         Class::uncertain, {"asm", {3, 36}},
                                         "Memory of the income a partner is used to"),
    parameter<&Choice::experience_weight>(
        "experience_weight", Unit::number, 10, {0.1, 1000}, Class::uncertain, {"asm", {3, 30}},
        "Closed deals that weigh as much as what a partner believed of its win rate"),
});

struct Effort {
  double effort_cost;
  double max_effort;
  double target_effort;
};
inline constexpr auto kEffortRows = describe<Effort>({
    parameter<&Effort::effort_cost>(
        "effort_cost", Unit::number, 4, {0.01, 100}, Class::uncertain, {"cal", {2, 6}},
        "Curvature of the cost of market development, in run-rate revenue"),
    parameter<&Effort::max_effort>("max_effort", Unit::number, 2, {0, 20}, Class::constant,
                                   {"num", {}}, "Largest extra effort"),
    parameter<&Effort::target_effort>(
        "target_effort", Unit::number, 0.5, {0, 20}, Class::lever, {"asm", {0.2, 2}},
        "Extra effort the vendor wishes for; the distance to it is the authority gap"),
});

struct Demand {
  double referral;
  double deal_size_elasticity;
};
inline constexpr auto kDemandRows = describe<Demand>({
    parameter<&Demand::referral>("referral", Unit::share, 0.15, {0, 2}, Class::uncertain,
                                 {"asm", {0.03, 0.4}}, "Extra opportunities from skilled allies"),
    parameter<&Demand::deal_size_elasticity>(
        "deal_size_elasticity", Unit::share, 0.4, {0, 1}, Class::uncertain, {"cal", {0.2, 0.6}},
        "Part of a partner's size that shows as bigger rather than more deals"),
});

struct Closing {
  double win_rate;
  double w_skill;
  double w_help;
  double w_gap;
  double w_ally;
  double w_relationship;
  double w_price;
  double w_spiff;
  double w_list;
  double w_direct;
  double deal_sigma;
};
inline constexpr auto kClosingRows = describe<Closing>({
    parameter<&Closing::win_rate>("win_rate", Unit::share, 0.26, {0.001, 0.999}, Class::uncertain,
                                  {"C", {0.20, 0.35}, "win rate surveys"},
                                  "Win rate at neutral skill, help and relationship"),
    parameter<&Closing::w_skill>("w_skill", Unit::number, 0.8, {0, 5}, Class::uncertain,
                                 {"asm", {0.2, 2}}, "Skill in the win rate (logit)"),
    parameter<&Closing::w_help>("w_help", Unit::number, 0.8, {0, 5}, Class::uncertain,
                                {"asm", {0.2, 2}}, "Missing specialist help"),
    parameter<&Closing::w_gap>("w_gap", Unit::number, 1.5, {0, 10}, Class::uncertain,
                               {"asm", {0.3, 4}},
                               "Distance between what is offered and what customers want"),
    parameter<&Closing::w_ally>(
        "w_ally", Unit::number, 0.3, {0, 3}, Class::uncertain,
        {"A", {0.05, 0.6}, "Crossbeam: +11.7 % relative with an ally in the deal"},
        "An ally in the deal"),
    parameter<&Closing::w_relationship>("w_relationship", Unit::number, 0.5, {0, 5},
                                        Class::uncertain,
                                        {"A", {0.1, 1.5}, "relationship marketing meta-analyses"},
                                        "Personal relationship with the partner manager"),
    parameter<&Closing::w_price>("w_price", Unit::number, 4, {0, 50}, Class::uncertain,
                                 {"asm", {1, 8}},
                                 "Street discount in the customer's decision, per unit"),
    parameter<&Closing::w_spiff>("w_spiff", Unit::number, 2, {0, 50}, Class::uncertain,
                                 {"asm", {0.5, 5}}, "Sales cash in the decision, per unit"),
    parameter<&Closing::w_list>("w_list", Unit::number, 2, {0, 20}, Class::uncertain,
                                {"asm", {1, 3}},
                                "List price against the rival's, per logarithmic unit"),
    parameter<&Closing::w_direct>("w_direct", Unit::number, 0, {0, 10}, Class::uncertain,
                                  {"asm", {}},
                                  "The vendor's own sales bidding on deals it did not take"),
    parameter<&Closing::deal_sigma>("deal_sigma", Unit::number, 0.6, {0, 2}, Class::uncertain,
                                    {"asm", {0.3, 1.0}},
                                    "Logarithmic standard deviation of deal prices"),
});

struct Power {
  double range;
  double stay;
};
inline constexpr auto kPowerRows = describe<Power>({
    parameter<&Power::range>("range", Unit::share, 0.08, {0, 0.5}, Class::uncertain,
                             {"asm", {0.01, 0.15}},
                             "Extra margin that full power over the vendor brings a partner"),
    parameter<&Power::stay>("stay", Unit::number, 0.5, {0, 5}, Class::uncertain,
                            {"asm", {0.1, 1.5}},
                            "How much depending on the vendor keeps a partner from leaving"),
});

struct Base {
  double chi_skill;
  double chi_gap;
  double migration;
  double migration_uplift;
};
inline constexpr auto kBaseRows = describe<Base>({
    parameter<&Base::chi_skill>("chi_skill", Unit::number, 0.4, {0, 5}, Class::uncertain,
                                {"asm", {0.1, 1}}, "How much skill keeps customers"),
    parameter<&Base::chi_gap>("chi_gap", Unit::number, 1.5, {0, 10}, Class::uncertain,
                              {"asm", {0.3, 4}}, "How much a lag of the offer drives them away"),
    parameter<&Base::migration>(
        "migration", Unit::per_year, 0.2, {0, 5}, Class::uncertain, {"asm", {0.05, 0.5}},
        "On-premises customers who move to the same vendor's cloud where all prefer it"),
    parameter<&Base::migration_uplift>(
        "migration_uplift", Unit::number, 1.1, {0, 10}, Class::uncertain, {"asm", {0.8, 1.5}},
        "Yearly cloud value of a moved contract against the price-list equivalent"),
});

struct Settlement {
  double goods;
  double goods_margin;
  double overhead;
};
inline constexpr auto kSettlementRows = describe<Settlement>({
    parameter<&Settlement::goods>(
        "goods", Unit::number, 0.9, {0, 20}, Class::uncertain, {"cal", {0.5, 1.5}},
        "Pass-through goods a partner sells beside, times the product billed"),
    parameter<&Settlement::goods_margin>(
        "goods_margin", Unit::share, 0.06, {0, 1}, Class::uncertain,
        {"B", {0.03, 0.10}, "reseller benchmarks"}, "Margin on pass-through goods"),
    parameter<&Settlement::overhead>("overhead", Unit::share, 0.12, {0, 1}, Class::uncertain,
                                     {"cal", {0.08, 0.16}},
                                     "A partner's overhead, of product, services and goods"),
});

}  // namespace partnersim
