// The channel behind the money: what partners leave undone, who they are, and the move to cloud.
import type { Layer } from './chart';
import { axisText, bandColumns, column, spanOf, stack, withUnit, yearTicks } from './common';
import { data, metric, placesOf, totalAt, type Metric, type Num, type Result } from './data';
import { h, rich, section } from './dom';
import { figure } from './figure';
import { metricName, monthName, number, percent, periodName, periodTitle, say, scaleFor } from './text';

const last = data.months.length - 1;
const some = (one: Metric | undefined): one is Metric => one !== undefined && one.periods.mean.some((x) => x !== null && x !== 0);

/// Signs of the dark side that one run shows, and what of it is money.
export function shadows(result: Result): HTMLElement | null {
  const money = ['authority_gap', 'services_lost', 'mdf_unused', 'orphan_base'].map((name) => metric(result, name)).filter(some);
  const signs = ['potential_used', 'registered_share', 'specialist_wait', 'trust', 'months_late'].map((name) => metric(result, name)).filter(some);
  if (money.length + signs.length === 0) return null;
  const body = section(say('shadows'));
  if (money.length > 0) body.append(moneyFigure(money));
  if (signs.length > 0) body.append(signsFigure(signs));
  return body;
}

function moneyFigure(money: Metric[]): HTMLElement {
  const at = (pick: (one: Metric) => Num) => money.map(pick);
  const scale = scaleFor('money', money.flatMap((one) => [one.periods.q05[totalAt], one.periods.q95[totalAt]]));
  const lo = at((one) => one.periods.q05[totalAt]), hi = at((one) => one.periods.q95[totalAt]);
  const most = spanOf(money[0], totalAt);
  const name = (one: Metric) => metricName(one.name) + (one.over === 'stock' ? ` ${say('atEnd')}` : '');
  const layers: Layer[] = [
    { kind: 'range', name: say('outcome90'), lo, hi, colour: 'a', opacity: 0.22, width: 0.9, of: 1, at: 0 },
    { kind: 'range', name: say('outcome50'), lo: at((one) => one.periods.q25[totalAt]), hi: at((one) => one.periods.q75[totalAt]), colour: 'a', opacity: 0.35, width: 0.9, of: 1, at: 0 },
    { kind: 'tick', name: say('median'), values: at((one) => one.periods.q50[totalAt]), colour: 'a', width: 0.9, of: 1, at: 0 },
  ];
  const key = money[0].name === 'authority_gap' ? 'authoritySays' : 'shadowsSay';
  return figure({
    id: 'shadow-money',
    title: say('shadowMoney', { period: periodName(data.periods[totalAt]) }),
    sentence: rich(key, { ...most, metric: metricName(money[0].name), vendor: data.vendor, period: periodName(data.periods[totalAt]) }),
    plan: {
      zero: true,
      axis: { labels: money.map(name), value: axisText(scale), unit: scale.suffix.trim() },
      layers,
      note: (k) => [name(money[k]), `${say('median')}: ${scale.full(money[k].periods.q50[totalAt])}`, say('between90', { lo: scale.number(lo[k]), hi: scale.full(hi[k]) })],
    },
    legend: [
      { name: say('median'), colour: 'a', look: 'tick' },
      { name: say('outcome50'), colour: 'a', look: 'area' },
      { name: say('outcome90'), colour: 'a', look: 'faint' },
    ],
    table: {
      head: withUnit('', scale),
      rows: money.map(name),
      columns: bandColumns({ mean: at((one) => one.periods.mean[totalAt]), q05: lo, q25: at((one) => one.periods.q25[totalAt]), q50: at((one) => one.periods.q50[totalAt]), q75: at((one) => one.periods.q75[totalAt]), q95: hi }, scale),
    },
  });
}

/// Shares and months have no common axis: a table, a column for each year.
function signsFigure(signs: Metric[]): HTMLElement {
  const years = placesOf('year');
  const used = signs.find((one) => one.name === 'potential_used');
  const from = used?.periods.mean[years[0]] ?? null, to = used?.periods.mean[years[years.length - 1]] ?? null;
  return figure({
    id: 'shadow-signs',
    title: say('signs'),
    sentence: used && to !== null ? rich('potentialSays', { from: percent(from), to: percent(to), year: periodName(data.periods[years[years.length - 1]]) }) : rich('signsSay'),
    table: {
      head: say('meanOfFutures'),
      rows: signs.map((one) => metricName(one.name)),
      columns: years.map((k) => ({
        name: periodTitle(data.periods[k]),
        values: signs.map((one) => one.periods.mean[k]),
        text: (value, row) => scaleFor(signs[row].quantity, [value]).full(value),
      })),
    },
  });
}

/// Segments and tiers.
export function who(result: Result): HTMLElement | null {
  const years = placesOf('year');
  const end = years[years.length - 1];
  const segments = result.metrics.filter((one) => one.name === 'net_channel_revenue' && one.segment !== '');
  const tiers = data.tiers.map((tier) => metric(result, `active_partners:${tier}`)).filter(some);
  const body = section(say('who'));
  if (segments.length > 1) {
    const all = metric(result, 'net_channel_revenue')!.periods.mean;
    const share = (one: Metric, k: number) => (one.periods.mean[k] ?? 0) / (all[k] || 1);
    const most = segments.reduce((a, b) => (share(a, end) >= share(b, end) ? a : b));
    body.append(stack(
      segments.map((one) => ({ name: one.segment, of: one })),
      'segments',
      say('bySegment', { metric: metricName('net_channel_revenue') }),
      rich('segmentsSay', { segment: most.segment, first: percent(share(most, years[0])), last: percent(share(most, end)), from: periodName(data.periods[years[0]]), to: periodName(data.periods[end]) }),
    ));
  }
  if (tiers.length > 0) {
    const top = tiers[tiers.length - 1];
    const count = (k: number) => number(top.periods.mean[k], (top.periods.mean[k] ?? 0) < 100 ? 1 : 0);
    body.append(stack(
      tiers.map((one) => ({ name: one.name.slice('active_partners:'.length), of: one })),
      'tiers',
      say('byTier'),
      rich('tiersSay', { tier: top.name.slice('active_partners:'.length), first: count(years[0]), last: count(end), from: periodName(data.periods[years[0]]), to: periodName(data.periods[end]) }),
    ));
  }
  return body.children.length > 1 ? body : null;
}

/// Customers who prefer cloud and partners' attention for it.
export function cloud(result: Result): HTMLElement | null {
  const partners = metric(result, 'cloud_share');
  const customers = result.metrics.find((one) => one.name.startsWith('cloud_preference'));
  if (!partners?.months || !customers?.months || partners.months.mean.every((x) => x === null)) return null;
  const behind = metric(result, 'months_behind');
  const gap = behind?.periods;
  const told = gap && gap.q05[totalAt] !== null && gap.mean[totalAt] !== null;
  const scale = scaleFor('share', [1]);
  const line = (one: Metric) => one.months!;
  const name = (one: Metric) => metricName(one.name);
  const sides: [Metric, 'a' | 'b'][] = [[customers, 'b'], [partners, 'a']];
  const layers = sides.flatMap<Layer>(([one, colour]) => [
    { kind: 'band', name: `${name(one)}: ${say('outcome90')}`, lo: line(one).q05, hi: line(one).q95, colour, opacity: 0.16 },
    { kind: 'line', name: `${name(one)}: ${say('median')}`, values: line(one).q50, colour, width: 2.5, dashed: one === customers },
  ]);
  const body = figure({
    id: 'cloud',
    title: say('cloudTitle'),
    sentence: told
      ? rich(gap.q05[totalAt]! > 0 ? 'behindSays' : gap.q95[totalAt]! < 0 ? 'aheadSays' : 'behindUntold', {
          months: number(Math.abs(gap.q50[totalAt]!), 0), lo: number(gap.q05[totalAt], 0), hi: number(gap.q95[totalAt], 0), month: monthName(data.months[last]) })
      : rich('cloudSays', { partners: percent(line(partners).q50[last]), customers: percent(line(customers).q50[last]), month: monthName(data.months[last]) }),
    plan: {
      zero: true,
      axis: { labels: data.months, ticks: yearTicks, value: (x) => scale.number(x), unit: '%' },
      layers,
      note: (k) => [monthName(data.months[k]), ...sides.map(([one]) => `${name(one)}: ${scale.full(line(one).q50[k])} (${scale.number(line(one).q05[k])} – ${scale.number(line(one).q95[k])})`)],
    },
    legend: sides.flatMap(([one, colour]) => [
      { name: `${name(one)}: ${say('median')}`, colour, look: one === customers ? 'dash' as const : 'line' as const },
      { name: `${name(one)}: ${say('outcome90')}`, colour, look: 'faint' as const },
    ]),
    table: {
      head: withUnit(say('month'), scale),
      rows: data.months.map(monthName),
      columns: [
        ...sides.flatMap(([one]) => [
          column(`${name(one)}: ${say('p05')}`, line(one).q05, scale),
          column(`${name(one)}: ${say('p50')}`, line(one).q50, scale),
          column(`${name(one)}: ${say('p95')}`, line(one).q95, scale),
        ]),
        ...(behind?.months ? [column(`${metricName('months_behind')}: ${say('p50')}`, behind.months.q50, scaleFor('quantity', [1]))] : []),
      ],
    },
  });
  return section(say('cloud'), h('div', {}, body));
}
