// The answer, on one screen and one printed page.
import { comparisonSentences, differences } from './compared';
import { chooser, fan, spanOf } from './common';
import { data, metric, totalAt, type Result, type Target } from './data';
import { h, paragraph, rich, section } from './dom';
import { futures, metricName, number, percent, periodName, say, scaleFor } from './text';

export function answer(redraw: () => void): HTMLElement {
  const [first] = data.results;
  const one = data.results.length === 1;
  const body = section(say('answer'), ...(one ? forecastWords(first) : comparisonSentences()));
  body.classList.add('answer');
  body.id = 'answer';
  body.append(one ? cards(first) : programCards());
  body.append(one ? fan(first, metric(first, 'net_channel_revenue')!, 'net') : chooser(say('whichMetric'), differences(), redraw));
  return body;
}

function forecastWords(result: Result): Node[] {
  const period = periodName(data.periods[totalAt]);
  const net = spanOf(metric(result, 'net_channel_revenue')!, totalAt);
  const left = spanOf(metric(result, 'contribution')!, totalAt);
  const lead = h('p', { class: 'lead' }, rich('netSays', { vendor: data.vendor, period, ...net }));
  const more = paragraph('contributionSays', left);
  more.className = 'more';
  return [lead, more, ...targetWords(result.targets ?? [])];
}

export function targetWords(targets: Target[]): HTMLElement[] {
  return targets.map((one) => {
    const of = Math.min(one.n, 100);
    const values = {
      target: one.target,
      futures: futures(one.futures, one.n),
      lo: number(one.ci95[0] * of),
      hi: number(one.ci95[1] * of),
    };
    const untold = one.ci95[0] < 0.5 && one.ci95[1] > 0.5;
    const line = paragraph(untold ? 'targetUntold' : 'targetSays', values);
    line.className = 'more';
    return line;
  });
}

function card(name: string, value: string, span: string): HTMLElement {
  return h('li', {}, h('span', { class: 'name' }, name), h('span', { class: 'value' }, value), h('span', { class: 'span' }, span));
}

function cards(result: Result): HTMLElement {
  const list = h('ul', { class: 'cards' });
  for (const name of ['net_channel_revenue', 'contribution', 'program_cost', 'active_partners', 'cloud_share']) {
    const one = metric(result, name);
    if (!one || one.periods.mean[totalAt] === null) continue;
    const { mean, lo, hi } = spanOf(one, totalAt);
    const end = one.over === 'stock' ? ` ${say('atEnd')}` : '';
    list.append(card(metricName(name) + end, mean, say('between', { lo, hi })));
  }
  return list;
}

/// Contribution of each program, and the difference to the first.
function programCards(): HTMLElement {
  const list = h('ul', { class: 'cards' });
  const means = data.results.map((result) => metric(result, 'contribution')!.periods.mean[totalAt]);
  const scale = scaleFor('money', means);
  data.results.forEach((result, k) => {
    const one = k === 0 ? null : data.comparisons[k - 1].metrics.find((m) => m.name === 'contribution')!;
    const total = one?.periods.find((p) => p.period === data.periods[totalAt].label);
    const words = !total
      ? say('comparedWith')
      : say('higherIn', { share: percent(total.futures_higher) });
    list.append(card(`${result.name}: ${metricName('contribution')}`, scale.full(means[k]), words));
  });
  return list;
}
