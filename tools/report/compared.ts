// What every further program brings against the first.
import { series, type Layer } from './chart';
import { axisText, column, spanOf, withUnit } from './common';
import { data, metric, placesOf, totalAt, type Comparison, type Difference, type Num } from './data';
import { h, paragraph, rich, section } from './dom';
import { figure, type Column } from './figure';
import { futures, metricInText, metricName, monthName, number, percent, periodName, quoted, say, scaleFor, signed } from './text';

const kCompared = ['contribution', 'net_channel_revenue', 'program_cost'];
const totalLabel = data.periods[totalAt].label;

function differencesOf(comparison: Comparison, name: string): Difference[] {
  return comparison.metrics.find((one) => one.name === name)!.periods;
}

function totalOf(comparison: Comparison, name: string): Difference {
  return differencesOf(comparison, name).find((one) => one.period === totalLabel)!;
}

/// Two digits: more would promise what nobody knows.
function about(n: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(n, 1))) - 1);
  return number(Math.ceil(n / unit) * unit);
}

function sentenceOf(comparison: Comparison, name: string): DocumentFragment {
  const d = totalOf(comparison, name);
  const scale = scaleFor('money', [d.difference, d.ci95_lo, d.ci95_hi]);
  const more = d.difference > 0;
  const flip = d.tells && !more; // what is said to be less has no sign
  const values = {
    a: quoted(comparison.a),
    b: quoted(comparison.b),
    metric: metricInText(name),
    period: periodName(totalLabel),
    amount: scale.full(Math.abs(d.difference)),
    direction: say(more ? 'more' : 'less'),
    futures: futures(more ? d.futures_higher : 1 - d.futures_higher, comparison.pairs),
    lo: scale.number(flip && d.ci95_hi !== null ? -d.ci95_hi : d.ci95_lo),
    hi: scale.full(flip && d.ci95_lo !== null ? -d.ci95_lo : d.ci95_hi),
    cannot: say('cannot'),
    runs: d.more_runs === null ? say('noRuns') : say('moreRuns', { n: about(d.more_runs) }),
  };
  if (d.difference === 0 && d.ci95_lo === 0 && d.ci95_hi === 0) return rich('sameSays', values);
  return rich(d.tells ? 'differenceSays' : 'differenceUntold', values);
}

/// Years that say the opposite of the whole run, where they can be told from zero.
function turned(comparison: Comparison): Node[] {
  const total = totalOf(comparison, 'contribution');
  const years = new Set(placesOf('year').map((k) => data.periods[k].label));
  const against = differencesOf(comparison, 'contribution').filter(
    (one) => years.has(one.period) && total.tells && one.tells && one.difference > 0 !== total.difference > 0,
  );
  if (against.length === 0) return [];
  const scale = scaleFor('money', against.map((one) => one.difference));
  const list = against.map((one) => `${periodName(one.period)} ${signed(scale.full(one.difference))}`).join(', ');
  return [paragraph('turnedSays', { b: quoted(comparison.b), years: list })];
}

/// How bad it may be, and how long it takes: only of a difference that can be told.
function risk(comparison: Comparison): Node[] {
  const d = totalOf(comparison, 'contribution');
  if (!d.tells) return [];
  const { payback } = comparison.metrics.find((one) => one.name === 'contribution')!;
  const scale = scaleFor('money', [d.p05, d.p95, payback?.deepest_dip?.difference ?? null]);
  const span = rich('outcomeSays', { lo: signed(scale.full(d.p05)), hi: signed(scale.full(d.p95)) });
  const dip = payback?.deepest_dip;
  const words = {
    dip: scale.full(Math.abs(dip?.difference ?? 0)),
    when: monthName(dip?.month ?? data.months[0]),
    month: payback?.month ? monthName(payback.month) : '',
  };
  const back = !payback ? null : payback.never_behind || !dip ? rich('neverBehind') : rich(payback.month ? 'paysBack' : 'noPayback', words);
  return [h('p', { class: 'more' }, span, back ? ' ' : '', back)];
}

export function comparisonSentences(): Node[] {
  const told = data.comparisons.filter((one) => totalOf(one, 'contribution').tells);
  const best = told.reduce<Comparison | null>(
    (found, one) => (!found || totalOf(one, 'contribution').difference > totalOf(found, 'contribution').difference ? one : found),
    null,
  );
  const a = quoted(data.results[0].name);
  const horizon = data.comparisons
    .filter((one) => one.metrics.some((m) => m.name === 'contribution' && m.horizon))
    .map((one) => h('p', { class: 'banner' }, rich('horizonSays', { b: quoted(one.b) })));
  const shown = best && totalOf(best, 'contribution').difference > 0 ? best : null;
  const lead = h('p', { class: 'lead' });
  const alone = data.comparisons.length === 1 ? data.comparisons[0] : null;
  const rest = data.comparisons.filter((one) => one !== shown && one !== alone);
  if (shown) lead.append(sentenceOf(shown, 'contribution'));
  else if (alone) lead.append(sentenceOf(alone, 'contribution'));
  else lead.append(rich(told.length === data.comparisons.length ? 'noneBetter' : 'noneTold', { a, metric: metricInText('contribution') }));
  const more = (node: Node) => h('p', { class: 'more' }, node);
  return [
    ...horizon,
    lead,
    ...(shown ? [...risk(shown), ...turned(shown)] : []),
    ...rest.flatMap((one) => [more(sentenceOf(one, 'contribution')), ...risk(one), ...turned(one)]),
    ...(alone && !shown ? [...risk(alone), ...turned(alone)] : []),
    ...(alone ? [more(sentenceOf(alone, 'net_channel_revenue'))] : []),
  ];
}

/// Mean differences by fiscal year with their intervals, one figure for each metric.
export function differences(): { name: string; body: HTMLElement }[] {
  const years = placesOf('year');
  return kCompared.map((name) => {
    const rows = data.comparisons.map((one) => years.map((k) => differencesOf(one, name).find((d) => d.period === data.periods[k].label)!));
    const all = rows.flat();
    const scale = scaleFor('money', all.flatMap((one) => [one.difference, one.ci95_lo, one.ci95_hi]));
    const layers: Layer[] = rows.map((row, k) => ({
      kind: 'dot',
      name: data.comparisons[k].b,
      values: row.map((one) => one.difference),
      lo: row.map((one) => one.ci95_lo),
      hi: row.map((one) => one.ci95_hi),
      colour: series[k % series.length],
      of: rows.length,
      at: k,
    }));
    const unsure = all.filter((one) => !one.tells).length;
    const columns: Column[] = rows.flatMap((row, k) => {
      const b = data.comparisons[k].b;
      return [
        column(`${b}: ${say('difference')}`, row.map((one) => one.difference), scale),
        column(`${b}: ${say('meanLo')}`, row.map((one) => one.ci95_lo), scale),
        column(`${b}: ${say('meanHi')}`, row.map((one) => one.ci95_hi), scale),
      ];
    });
    return {
      name: metricName(name),
      body: figure({
        id: `difference-${name}`,
        title: say('differenceByYear', { metric: metricName(name), a: quoted(data.results[0].name) }),
        sentence: rich(unsure === 0 ? 'differencesTold' : unsure === all.length ? 'differencesUntold' : 'differencesSome', {
          n: all.length - unsure,
          of: all.length,
          a: quoted(data.results[0].name),
        }),
        plan: {
          axis: { labels: years.map((k) => periodName(data.periods[k])), value: (x) => signed(axisText(scale)(x)), unit: scale.suffix.trim() },
          zero: true,
          layers,
          note: (y) => [
            periodName(data.periods[years[y]]),
            ...rows.map((row, k) => `${data.comparisons[k].b}: ${signed(scale.full(row[y].difference))} (${scale.number(row[y].ci95_lo)} – ${scale.number(row[y].ci95_hi)})`),
          ],
        },
        legend: layers.map((layer) => ({ name: say('meanOf', { name: layer.name }), colour: layer.colour, look: 'dot' })),
        table: { head: withUnit(say('period'), scale), rows: years.map((k) => periodName(data.periods[k])), columns },
      }),
    };
  });
}

/// One column for each program, the first as it is.
export function programs(): HTMLElement | null {
  if (data.results.length === 1) return null;
  const rows: { label: string; values: string[] }[] = [];
  for (const name of ['contribution', 'net_channel_revenue', 'new_bookings', 'program_cost', 'active_partners', 'cloud_share']) {
    const all = data.results.map((result) => metric(result, name));
    if (all.some((one) => !one)) continue;
    const scale = scaleFor(all[0]!.quantity, all.flatMap((one) => [one!.periods.q05[totalAt], one!.periods.q95[totalAt]]));
    const stock = all[0]!.over === 'stock';
    const title = withUnit(`${metricName(name)}${stock ? ` ${say('atEnd')}` : `, ${periodName(totalLabel)}`}`, scale);
    const text = (value: Num) => scale.number(value);
    rows.push({ label: `${title}: ${say('mean')}`, values: all.map((one) => text(one!.periods.mean[totalAt])) });
    if (name === 'contribution' || name === 'net_channel_revenue') {
      rows.push({ label: withUnit(`${metricName(name)}: ${say('worst5')}`, scale), values: all.map((one) => text(one!.periods.q05[totalAt])) });
      const against = data.comparisons.map((one) => totalOf(one, name));
      const apart = scaleFor('money', against.flatMap((d) => [d.difference, d.ci95_lo, d.ci95_hi]));
      rows.push({ label: withUnit(`${metricName(name)}: ${say('againstFirst')}`, apart), values: ['', ...against.map((d) => `${signed(apart.number(d.difference))} (${apart.number(d.ci95_lo)} – ${apart.number(d.ci95_hi)})`)] });
      rows.push({ label: `${metricName(name)}: ${say('higherThanFirst')}`, values: ['', ...against.map((d) => percent(d.futures_higher))] });
    }
  }
  for (const judged of data.judged?.[0]?.budget ?? []) {
    rows.push({ label: judged.target, values: data.judged!.map((one) => percent(one.budget.find((b) => b.target === judged.target)!.futures)) });
  }
  if (data.judged?.[0]?.goal) rows.push({ label: data.judged[0].goal.target, values: data.judged.map((one) => percent(one.goal!.futures)) });
  const table = h(
    'table',
    {},
    h('caption', {}, say('programs')),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, ''), ...data.results.map((one) => h('th', { scope: 'col' }, one.name)))),
    h('tbody', {}, ...rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.label), ...row.values.map((value) => h('td', {}, value))))),
  );
  const costs = data.results.map((result) => spanOf(metric(result, 'program_cost')!, totalAt));
  const body = h('figure', {}, h('h3', {}, say('programs')), h('p', { class: 'sentence' }, rich('programsSay', {
    list: data.results.map((one, k) => `${quoted(one.name)} ${costs[k].mean}`).join(', '),
    period: periodName(totalLabel),
  })), h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': say('programs') }, table));
  return section(say('programs'), body, ...goals());
}

function goals(): HTMLElement[] {
  return (data.judged ?? []).flatMap((one) => {
    if (!one.goal?.asked) return [];
    const reached = one.goal.futures >= one.goal.asked - 1e-12;
    const line = paragraph(reached ? 'goalReached' : 'goalMissed', {
      name: quoted(one.name),
      target: one.goal.target,
      futures: futures(one.goal.futures, one.goal.n),
      asked: number(100 * one.goal.asked),
    });
    line.className = 'more';
    return [line];
  });
}
