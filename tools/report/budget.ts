// The budget: by fiscal quarter and year, month by month, and the statement down to contribution.
import { chooser, column, fan, ranges, spanOf, withUnit } from './common';
import { data, metric, placesOf, totalAt, type Line, type Metric, type Num, type Result } from './data';
import { h, rich, section } from './dom';
import { figure } from './figure';
import { metricInText, metricName, number, periodName, periodTitle, say, scaleFor } from './text';

const single = data.results.length === 1;

function quarters(result: Result, of: string): HTMLElement {
  const net = metric(result, 'net_channel_revenue')!;
  const years = placesOf('year');
  const p = net.periods;
  const scale = scaleFor('money', years.flatMap((k) => [p.q05[k], p.q95[k]]));
  const list = years.map((k) => say('yearSpan', {
    year: periodTitle(data.periods[k]), mean: scale.full(p.mean[k]), lo: scale.number(p.q05[k]), hi: scale.full(p.q95[k]) }));
  return ranges(net, `quarters${of}`, rich('budgetSays', { list: list.join('; ') }));
}

function months(result: Result, of: string, redraw: () => void): HTMLElement {
  const names = ['contribution', 'new_bookings', 'program_cost', 'active_partners'];
  if (!single) names.unshift('net_channel_revenue');
  const choices = names
    .map((name) => metric(result, name))
    .filter((one): one is Metric => one !== undefined)
    .map((one) => ({ name: metricName(one.name), body: fan(result, one, `fan-${one.name}${of}`) }));
  return chooser(say('whichMetric'), choices, redraw);
}

/// Means of signed lines, by fiscal year and in total; what is 0 throughout is left out.
function sums(result: Result, lines: Line[], parts: { id: string; title: string; sentence: Node; strong: string[] }): HTMLElement {
  const rows = lines
    .map(({ name, sign }) => ({ sign, of: metric(result, name) }))
    .filter((row): row is { sign: 1 | -1; of: Metric } => row.of !== undefined && row.of.periods.mean.some((x) => x !== null && x !== 0));
  const years = placesOf('year');
  const places = years.length > 1 ? [...years, totalAt] : years;
  const scale = scaleFor('money', rows.map((row) => row.of.periods.mean[years[0]]));
  const value = (row: (typeof rows)[0], k: number): Num => {
    const mean = row.of.periods.mean[k];
    return mean === null ? null : row.sign * mean;
  };
  return figure({
    id: parts.id,
    title: parts.title,
    sentence: parts.sentence,
    table: {
      head: withUnit(say('meanOfFutures'), scale),
      rows: rows.map((row) => metricName(row.of.name)),
      strong: rows.map((row) => parts.strong.includes(row.of.name)),
      columns: places.map((k) => column(periodTitle(data.periods[k]), rows.map((row) => value(row, k)), scale)),
    },
  });
}

function total(result: Result, name: string): number {
  return metric(result, name)!.periods.mean[totalAt] ?? 0;
}

function statement(result: Result, of: string): HTMLElement {
  const net = total(result, 'net_channel_revenue');
  const of100 = (name: string) => number((100 * total(result, name)) / net);
  const sentence = net > 0
    ? rich('statementSays', { left: of100('contribution'), cost: of100('program_cost'), currency: data.currency, period: periodName(data.periods[totalAt]) })
    : rich('statementNone');
  const lines: Line[] = [{ name: 'net_channel_revenue', sign: 1 }, ...data.statement, { name: 'contribution', sign: 1 }];
  return sums(result, lines, { id: `statement${of}`, title: say('statement'), sentence, strong: ['net_channel_revenue', 'contribution'] });
}

/// What the program costs, by line.
function costs(result: Result, of: string): HTMLElement | null {
  const all = total(result, 'program_cost');
  if (all === 0) return null;
  const most = data.cost_lines.reduce((a, b) => (total(result, a.name) >= total(result, b.name) ? a : b));
  const sentence = rich('costsSay', {
    mean: spanOf(metric(result, 'program_cost')!, totalAt).mean,
    period: periodName(data.periods[totalAt]),
    line: metricInText(most.name),
    share: number((100 * total(result, most.name)) / all),
  });
  const lines: Line[] = [...data.cost_lines, { name: 'program_cost', sign: 1 }];
  return sums(result, lines, { id: `costs${of}`, title: metricName('program_cost'), sentence, strong: ['program_cost'] });
}

export function budget(redraw: () => void): HTMLElement {
  const bodies = data.results.map((result, k) => {
    const of = k === 0 ? '' : `-${k + 1}`;
    const parts = [quarters(result, of), months(result, of, redraw), statement(result, of), costs(result, of)];
    return { name: result.name, body: h('div', {}, ...parts.filter((one) => one !== null)) };
  });
  return section(say('budget'), chooser(say('whichProgram'), bodies, redraw));
}
