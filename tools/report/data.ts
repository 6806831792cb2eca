// The data of the page: one JSON object, written by engine/results/report.cpp, schema 1.
//
// Money is in whole currency units, shares are of 1, months count from the first month of the run.
// A number that the results cannot give is null.

export type Num = number | null;

export interface Report {
  schema: 1;
  program: string;
  version: string; // of the program that wrote the page
  language: 'en' | 'de' | 'de-CH';
  vendor: string; // the one the report is about
  vendors: string[]; // it first
  tiers: string[]; // of it, lowest first
  currency: string;
  months: string[]; // 2027-01, ...
  periods: Period[]; // of Metric.periods: quarters, fiscal years, total, last 12 months
  statement: Line[]; // from net channel revenue down to contribution
  cost_lines: Line[]; // what program cost consists of
  comparisons: Comparison[]; // of every further result with the first
  judged: Judged[] | null; // each result against budget and goal
  results: Result[];
}

/// A metric that is added to a sum (1) or taken from it (-1).
export interface Line {
  name: string;
  sign: 1 | -1;
}

export interface Period {
  label: string; // FY27 Q1, FY27, FY27-FY30, last 12 months
  kind: 'quarter' | 'year' | 'total' | 'last_12_months';
  first: number;
  months: number; // in the run
  of: number; // a whole one has
}

export interface Result {
  name: string; // of the scenario or program
  title: string;
  finished: boolean; // or a batch that is still running, or was interrupted
  seed: number;
  replications: { planned: number; done: number; failed: number; missing: number };
  identity: { world: string; parameters: string; plan: string; engine: string };
  command: string; // that makes the same result again
  warnings: Warning[];
  band: Band | null; // of total net channel revenue
  targets: Target[] | null;
  foundations: Foundations | null;
  drawn: number; // how many parameters are drawn
  paths: number[]; // replications whose paths are drawn
  metrics: Metric[];
}

export interface Warning {
  code: string;
  text: string; // English
}

export interface Band {
  runs: number;
  draws: number;
  variance: Num;
  parameters: Component;
  market: Component;
  individuals: Component;
}

export interface Component {
  share: Num;
  indistinguishable_from_zero: boolean;
}

export interface Target {
  target: string; // in words
  metric: string;
  over: 'run' | 'period' | 'each_fiscal_year';
  months: [number, number]; // of a period: first and last
  at_least: boolean; // or at most
  limit: number;
  mean: Num;
  mean_reaches: boolean;
  futures: number; // share of the simulated futures that reach it
  ci95: [number, number]; // of that share
  n: number;
  asked?: number; // share that is to reach it; of a goal
}

export interface Foundations {
  drift: { share: Num; lo: Num; hi: Num; replications: number };
  books: { segment: string; books: number; model: number; off: number; lo: Num; hi: Num }[];
  warnings: Warning[];
  assumptions: Assumption[];
}

export interface Assumption {
  key: string;
  meaning: string;
  value: string;
  range: string;
  stated: boolean; // the scenario says it; otherwise it is the default
  evidence: string; // asm, K, cal, C, B, A: the weakest first
  source: string;
}

export interface Metric {
  name: string; // as in forecast.csv
  meaning: string;
  quantity: 'money' | 'count' | 'quantity' | 'share';
  over: 'flow' | 'stock'; // adds up over a period, or is that of its last month
  vendor: string;
  segment: string; // empty: all
  periods: Bands & { lo: Num[]; hi: Num[] }; // lo, hi: 95 % interval of the mean
  months?: Bands;
  paths?: Num[][]; // of each of Result.paths, month by month
}

/// Over the simulated futures.
export interface Bands {
  mean: Num[];
  q05: Num[];
  q25: Num[];
  q50: Num[];
  q75: Num[];
  q95: Num[];
}

export interface Comparison {
  a: string;
  b: string;
  pairs: number;
  dropped: number;
  draws: number;
  metrics: { name: string; quantity: string; horizon: boolean; periods: Difference[]; payback?: Payback }[];
  warnings: Warning[];
}

/// When the cumulated mean difference is not below zero any more; months as 2027-03.
export interface Payback {
  never_behind: boolean;
  month: string | null; // null: not within the run
  deepest_dip: { month: string; difference: number } | null;
}

export interface Difference {
  period: string;
  a: number;
  b: number;
  difference: number;
  ci95_lo: Num;
  ci95_hi: Num;
  p05: number; // over the futures
  p95: number;
  futures_higher: number;
  tells: boolean;
  more_runs: Num; // null: it tells, or no number of runs would
}

export interface Judged {
  name: string;
  budget: Target[];
  goal?: Target;
}

export const data: Report = JSON.parse(document.getElementById('data')!.textContent!);

export function metric(result: Result, name: string, segment = '', vendor?: string): Metric | undefined {
  return result.metrics.find(
    (one) =>
      one.name === name && one.segment === segment && (vendor === undefined || one.vendor === vendor),
  );
}

export const totalAt = data.periods.findIndex((one) => one.kind === 'total');
export const lastYearAt = data.periods.findIndex((one) => one.kind === 'last_12_months');

/// Places in data.periods.
export function placesOf(kind: Period['kind']): number[] {
  return data.periods.flatMap((one, k) => (one.kind === kind ? [k] : []));
}
