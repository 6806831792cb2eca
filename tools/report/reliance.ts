// Can I rely on it? What the results say about themselves.
import { data, type Result } from './data';
import { h, rich, section } from './dom';
import { number, percent, quoted, say, scaleFor, signed } from './text';
import type { Key } from './words';

type Light = 'good' | 'look' | 'open';

function row(light: Light, name: Key, text: Node): HTMLElement {
  const state = say(light);
  return h('li', {}, h('span', { class: `light ${light}` }, `${say(name)}: ${state}`), h('span', {}, text));
}

function books(result: Result): HTMLElement {
  const all = result.foundations?.books[0];
  if (!all) return row('open', 'books', rich('booksUnknown'));
  const scale = scaleFor('money', [all.books, all.model]);
  const missed = result.foundations!.warnings.some((one) => one.code === 'W-ANCHOR');
  return row(missed ? 'look' : 'good', 'books', rich(missed ? 'booksMissed' : 'booksMet', {
    books: scale.full(all.books),
    model: scale.full(all.model),
    off: signed(percent(all.off, 1)),
    lo: signed(percent(all.lo, 1)),
    hi: signed(percent(all.hi, 1)),
  }));
}

function drift(result: Result): HTMLElement {
  const found = result.foundations?.drift;
  if (!found || found.share === null || found.lo === null || found.hi === null) {
    return row('open', 'drift', rich('driftUnknown'));
  }
  const still = found.lo <= 0 && found.hi >= 0;
  return row(still ? 'good' : 'look', 'drift', rich(still ? 'driftNone' : 'driftSome', {
    share: signed(percent(found.share, 1)),
    lo: signed(percent(found.lo, 1)),
    hi: signed(percent(found.hi, 1)),
  }));
}

function assumptions(result: Result): HTMLElement {
  const list = result.foundations?.assumptions;
  if (!list) return row('open', 'assumptions', rich('assumptionsUnknown', { n: number(result.drawn) }));
  if (list.length === 0) return row('open', 'assumptions', rich('assumptionsNone'));
  const share = result.band?.parameters.share ?? null;
  return row(list.every((one) => one.stated) ? 'good' : 'look', 'assumptions', rich(share === null ? 'assumptionsSay' : 'assumptionsShare', {
    n: number(list.length),
    unseen: number(list.filter((one) => !one.stated).length),
    ours: number(list.filter((one) => !one.stated && one.evidence === 'asm').length),
    vendor: data.vendor,
    share: percent(share),
  }));
}

function runs(result: Result): HTMLElement {
  const { done, planned, failed, missing } = result.replications;
  const few = result.warnings.some((one) => one.code === 'W-FEW-RUNS');
  const light = few || failed > 0 || missing > 0 ? 'look' : 'good';
  const key: Key = missing > 0 ? 'runsMissing' : failed > 0 ? 'runsFailed' : few ? 'runsFew' : 'runsEnough';
  return row(light, 'runs', rich(key, { done: number(done), planned: number(planned), failed: number(failed), missing: number(missing) }));
}

export function reliance(): HTMLElement {
  const [first] = data.results;
  const note = data.results.length > 1 ? h('p', { class: 'more' }, say('ofFirst', { a: quoted(first.name) })) : null;
  return section(say('reliance'), note, h('ul', { class: 'lights' }, books(first), drift(first), assumptions(first), runs(first)));
}
