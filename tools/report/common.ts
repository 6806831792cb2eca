// Figures that several sections draw: a fan over the months, ranges by period, stacks.
import { series, type Layer, type Plan } from './chart';
import { data, placesOf, totalAt, type Bands, type Metric, type Num, type Result, type Target } from './data';
import { h, rich } from './dom';
import { figure, type Column, type FigureParts, type Legend } from './figure';
import { metricInText, metricName, monthName, periodName, periodTitle, say, scaleFor, type Scale } from './text';

/// The unit stands over the row labels: withUnit().
export function column(name: string, values: Num[], scale: Scale): Column {
  return { name, values, text: scale.number };
}

export function withUnit(head: string, scale: Scale): string {
  return [head, scale.suffix.trim()].filter((part) => part !== '').join(', ');
}

/// Only where a fiscal year begins.
export function yearTicks(index: number): string {
  const year = data.periods.find((one) => one.kind === 'year' && one.first === index);
  return year ? periodName(year) : '';
}

export function scaleOfBands(one: Metric, bands: Bands): Scale {
  return scaleFor(one.quantity, [...bands.q05, ...bands.q95]);
}

export function axisText(scale: Scale): (x: number) => string {
  const plain = scaleFor('count', [1000]);
  return (x) => (scale.unit === 1 && scale.suffix === '' ? plain.number(x) : trimmed(scale.number(x)));
}

/// 10,0 is 10 on an axis.
function trimmed(text: string): string {
  return text.replace(/[.,]0+$/, '');
}

function unitText(scale: Scale): string {
  return scale.suffix.trim();
}

/// What is to be reached, month by month; an amount of a period is spread evenly.
function planLine(one: Metric, targets: Target[]): { name: string; values: Num[] }[] {
  return targets
    .filter((target) => target.metric === one.name)
    .map((target) => {
      const values: Num[] = data.months.map(() => null);
      const spread = (first: number, months: number, of: number) => {
        const level = one.over === 'flow' && one.quantity !== 'share' ? target.limit / of : target.limit;
        for (let k = Math.max(first, 0); k < Math.min(first + months, values.length); ++k) values[k] = level;
      };
      if (target.over === 'run') spread(0, values.length, values.length);
      if (target.over === 'period') {
        const months = target.months[1] - target.months[0] + 1;
        spread(target.months[0], months, months);
      }
      if (target.over === 'each_fiscal_year') {
        for (const at of placesOf('year')) spread(data.periods[at].first, data.periods[at].months, data.periods[at].months);
      }
      return { name: target.target, values };
    });
}

/// Median, bands and some real futures of a metric.
export function fan(result: Result, one: Metric, id: string, sentence?: Node): HTMLElement {
  const bands = one.months!;
  const scale = scaleOfBands(one, bands);
  const plans = planLine(one, result.targets ?? []);
  const name = metricName(one.name);
  const layers: Layer[] = [
    { kind: 'band', name: say('outcome90'), lo: bands.q05, hi: bands.q95, colour: 'a', opacity: 0.16 },
    { kind: 'band', name: say('outcome50'), lo: bands.q25, hi: bands.q75, colour: 'a', opacity: 0.28 },
    ...(one.paths ?? []).map<Layer>((values, k) => ({ kind: 'line', name: say('run', { n: result.paths[k] }), values, colour: 'muted', width: 1, opacity: 0.75 })),
    { kind: 'line', name: say('median'), values: bands.q50, colour: 'a', width: 2.5 },
    ...plans.map<Layer>((plan) => ({ kind: 'line', name: plan.name, values: plan.values, colour: 'b', width: 2, dashed: true })),
  ];
  const legend: Legend[] = [
    { name: say('median'), colour: 'a', look: 'line' },
    { name: say('outcome50'), colour: 'a', look: 'area' },
    { name: say('outcome90'), colour: 'a', look: 'faint' },
    ...(one.paths ? [{ name: say('singles', { n: one.paths.length }), colour: 'muted', look: 'thin' } as Legend] : []),
    ...plans.map<Legend>((plan) => ({ name: plan.name, colour: 'b', look: 'dash' })),
  ];
  const plan: Plan = {
    axis: { labels: data.months, ticks: yearTicks, value: axisText(scale), unit: unitText(scale) },
    layers,
    note: (k) => [
      monthName(data.months[k]),
      `${say('median')}: ${scale.full(bands.q50[k])}`,
      say('between50', { lo: scale.number(bands.q25[k]), hi: scale.full(bands.q75[k]) }),
      say('between90', { lo: scale.number(bands.q05[k]), hi: scale.full(bands.q95[k]) }),
    ],
  };
  return figure({
    id,
    title: say('byMonth', { metric: name }),
    sentence: sentence ?? fanSentence(one),
    plan,
    legend,
    table: {
      head: withUnit(say('month'), scale),
      rows: data.months.map(monthName),
      columns: [
        ...bandColumns(bands, scale),
        ...(one.paths ?? []).map((values, k) => column(say('run', { n: result.paths[k] }), values, scale)),
        ...plans.map((line) => column(line.name, line.values, scale)),
      ],
    },
  });
}

export function bandColumns(bands: Bands, scale: Scale): Column[] {
  return [
    column(say('mean'), bands.mean, scale),
    column(say('p05'), bands.q05, scale),
    column(say('p25'), bands.q25, scale),
    column(say('p50'), bands.q50, scale),
    column(say('p75'), bands.q75, scale),
    column(say('p95'), bands.q95, scale),
  ];
}

/// How wide the band becomes: what the months tell.
function fanSentence(one: Metric): Node {
  const bands = one.months!;
  const last = data.months.length - 1;
  const scale = scaleFor(one.quantity, [bands.q05[last], bands.q95[last], bands.q50[0]]);
  const values = {
    metric: metricInText(one.name),
    first: scale.full(bands.q50[0]),
    month: monthName(data.months[last]),
    median: scale.full(bands.q50[last]),
    lo: scale.number(bands.q05[last]),
    hi: scale.full(bands.q95[last]),
  };
  return rich('fanSays', values);
}

/// Outcome and mean side by side, by fiscal quarter; the table has the years and the total too.
export function ranges(one: Metric, id: string, sentence: Node): HTMLElement {
  const p = one.periods;
  const quarters = placesOf('quarter');
  const at = (values: Num[]) => quarters.map((k) => values[k]);
  const scale = scaleFor(one.quantity, [...at(p.q05), ...at(p.q95)]);
  const layers: Layer[] = [
    { kind: 'range', name: say('outcome90'), lo: at(p.q05), hi: at(p.q95), colour: 'a', opacity: 0.2, width: 0.9, of: 1, at: 0 },
    { kind: 'range', name: say('outcome50'), lo: at(p.q25), hi: at(p.q75), colour: 'a', opacity: 0.35, width: 0.9, of: 1, at: 0 },
    { kind: 'tick', name: say('median'), values: at(p.q50), colour: 'a', width: 0.9, of: 1, at: 0 },
    { kind: 'dot', name: say('meanInterval'), values: at(p.mean), lo: at(p.lo), hi: at(p.hi), colour: 'b', of: 1, at: 0 },
  ];
  const order = budgetOrder();
  const full = scaleFor(one.quantity, [p.q05[totalAt], p.q95[totalAt]]);
  const inOrder = (values: Num[]) => order.map((k) => values[k]);
  return figure({
    id,
    title: say('byQuarter', { metric: metricName(one.name) }),
    sentence,
    plan: {
      axis: {
        labels: quarters.map((k) => data.periods[k].label),
        ticks: (k) => yearTicks(data.periods[quarters[k]].first),
        value: axisText(scale),
        unit: unitText(scale),
      },
      layers,
      note: (k) => [
        periodTitle(data.periods[quarters[k]]),
        `${say('median')}: ${scale.full(at(p.q50)[k])}`,
        say('between90', { lo: scale.number(at(p.q05)[k]), hi: scale.full(at(p.q95)[k]) }),
        `${say('mean')}: ${scale.full(at(p.mean)[k])}`,
        say('meanBetween', { lo: scale.number(at(p.lo)[k]), hi: scale.full(at(p.hi)[k]) }),
      ],
    },
    legend: [
      { name: say('median'), colour: 'a', look: 'tick' },
      { name: say('outcome50'), colour: 'a', look: 'area' },
      { name: say('outcome90'), colour: 'a', look: 'faint' },
      { name: say('meanInterval'), colour: 'b', look: 'dot' },
    ],
    table: {
      head: withUnit(say('period'), full),
      rows: order.map((k) => periodTitle(data.periods[k])),
      strong: order.map((k) => data.periods[k].kind !== 'quarter'),
      columns: [
        column(say('mean'), inOrder(p.mean), full),
        column(say('meanLo'), inOrder(p.lo), full),
        column(say('meanHi'), inOrder(p.hi), full),
        ...bandColumns({ mean: [], q05: inOrder(p.q05), q25: inOrder(p.q25), q50: inOrder(p.q50), q75: inOrder(p.q75), q95: inOrder(p.q95) }, full).slice(1),
      ],
    },
  });
}

/// Quarters, each year below its own, the whole run last.
export function budgetOrder(): number[] {
  const end = (k: number) => data.periods[k].first + data.periods[k].months;
  const places = [...placesOf('quarter'), ...placesOf('year')];
  places.sort((a, b) => end(a) - end(b) || Number(data.periods[a].kind === 'year') - Number(data.periods[b].kind === 'year'));
  return placesOf('year').length > 1 ? [...places, totalAt] : places;
}

/// Means that add up, stacked by fiscal year.
export function stack(parts: { name: string; of: Metric }[], id: string, title: string, sentence: Node): HTMLElement {
  const years = placesOf('year');
  const means = parts.map((part) => years.map((k) => part.of.periods.mean[k]));
  const sums = years.map((_, y) => means.reduce((sum, one) => sum + (one[y] ?? 0), 0));
  const quantity = parts[0].of.quantity;
  const scale = scaleFor(quantity, sums);
  const body: FigureParts = {
    id,
    title,
    sentence,
    plan: {
      zero: true,
      axis: { labels: years.map((k) => periodName(data.periods[k])), value: axisText(scale), unit: unitText(scale) },
      layers: parts.map((part, k) => ({ kind: 'bar', name: part.name, values: means[k], colour: series[k % series.length], stack: 'all' })),
      note: (y) => [periodTitle(data.periods[years[y]]), ...parts.map((part, k) => `${part.name}: ${scale.full(means[k][y])}`)],
    },
    legend: parts.map((part, k) => ({ name: part.name, colour: series[k % series.length], look: 'line' })),
    table: {
      head: withUnit(say('period'), scale),
      rows: years.map((k) => periodTitle(data.periods[k])),
      columns: parts.map((part, k) => column(part.name, means[k], scale)),
    },
  };
  return figure(body);
}

/// One of several at a time; all of them are in the page.
export function chooser(label: string, choices: { name: string; body: HTMLElement }[], changed: () => void): HTMLElement {
  if (choices.length === 1) return choices[0].body;
  const buttons = choices.map((choice, k) => {
    const button = h('button', { type: 'button', 'aria-pressed': String(k === 0) }, choice.name);
    button.addEventListener('click', () => {
      choices.forEach((one, at) => {
        one.body.hidden = at !== k;
        buttons[at].setAttribute('aria-pressed', String(at === k));
      });
      changed();
    });
    return button;
  });
  choices.forEach((one, k) => (one.body.hidden = k !== 0));
  return h('div', {}, h('div', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons), ...choices.map((one) => one.body));
}

/// Mean and 90 of 100 futures of a period, as words of a sentence.
export function spanOf(one: Metric, at: number): { mean: string; lo: string; hi: string } {
  const p = one.periods;
  const scale = scaleFor(one.quantity, [p.mean[at], p.q05[at], p.q95[at]]);
  return { mean: scale.full(p.mean[at]), lo: scale.number(p.q05[at]), hi: scale.full(p.q95[at]) };
}
