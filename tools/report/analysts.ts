// Folded, for those who check: assumptions, method, counts, warnings, the command.
import { data, type Assumption, type Result } from './data';
import { h, paragraph, section } from './dom';
import { number, percent, say } from './text';
import { evidenceWords, pick } from './words';

function folded(title: string, ...children: (Node | null)[]): HTMLElement {
  return h('details', { class: 'long' }, h('summary', {}, title), ...children);
}

/// The weakest evidence first; what the scenario states is somebody's own.
function weakestFirst(list: Assumption[]): Assumption[] {
  const order = Object.keys(evidenceWords);
  const rank = (one: Assumption) => (one.stated ? order.length : order.indexOf(one.evidence));
  return [...list].sort((a, b) => rank(a) - rank(b));
}

function assumptions(result: Result): HTMLElement | null {
  const list = result.foundations?.assumptions ?? [];
  if (list.length === 0) return null;
  const rows = weakestFirst(list).map((one) =>
    h('tr', {},
      h('th', { scope: 'row' }, one.key),
      h('td', {}, one.meaning),
      h('td', {}, one.range),
      h('td', {}, one.stated ? say('stated') : pick(evidenceWords[one.evidence] ?? [one.evidence, one.evidence]) + (one.source ? ` (${one.source})` : ''))));
  const head = h('tr', {}, ...[say('input'), say('meaning'), say('drawnFrom'), say('founded')].map((text) => h('th', { scope: 'col' }, text)));
  const table = h('table', { class: 'words' }, h('caption', {}, say('assumptionList')), h('thead', {}, head), h('tbody', {}, ...rows));
  return folded(say('assumptionList'), paragraph('assumptionListSays', { n: number(list.length) }),
    h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': say('assumptionList') }, table));
}

function band(result: Result): HTMLElement | null {
  if (!result.band || result.band.parameters.share === null) return null;
  return paragraph('bandSays', {
    parameters: percent(result.band.parameters.share),
    market: percent(result.band.market.share),
    individuals: percent(result.band.individuals.share),
  });
}

function counts(result: Result): HTMLElement {
  const { planned, done, failed, missing } = result.replications;
  const rows: [string, string][] = [
    [say('runs'), say('countsSay', { planned: number(planned), done: number(done), failed: number(failed), missing: number(missing) })],
    [say('seed'), String(result.seed)],
    ...Object.entries(result.identity).map<[string, string]>(([part, hash]) => [say('hashOf', { part }), hash]),
    ['partnersim', data.version],
  ];
  return h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

function warnings(): HTMLElement | null {
  const list = [
    ...data.results.flatMap((one) => [...one.warnings, ...(one.foundations?.warnings ?? [])].map((w) => `${one.name}: ${w.code}: ${w.text}`)),
    ...data.comparisons.flatMap((one) => one.warnings.map((w) => `${one.b} / ${one.a}: ${w.code}: ${w.text}`)),
  ];
  if (list.length === 0) return null;
  return folded(say('warnings'), h('ul', {}, ...list.map((text) => h('li', {}, text))));
}

export function analysts(): HTMLElement {
  const many = data.results.length > 1;
  const perResult = (body: (result: Result) => Node | null) =>
    data.results.flatMap((one) => (many ? [h('h3', {}, one.name), body(one)] : [body(one)]));
  return section(
    say('analysts'),
    assumptions(data.results[0]),
    folded(say('method'), paragraph('methodRuns'), paragraph('methodIntervals'), many ? paragraph('methodPairs') : null, band(data.results[0])),
    folded(say('counts'), ...perResult(counts)),
    warnings(),
    folded(say('again'), paragraph('againSays'), ...perResult((one) => h('pre', {}, one.command))),
  );
}
