// A figure: one sentence, the drawing or the same numbers as a table, and these as CSV.
import { draw, type Colour, type Drawn, type Plan } from './chart';
import { data, type Num } from './data';
import { h } from './dom';
import { say } from './text';

export interface Column {
  name: string;
  values: Num[]; // in full; null: none
  text: (value: Num, row: number) => string;
}

export interface Table {
  head: string; // over the row labels
  rows: string[];
  columns: Column[];
  strong?: boolean[]; // rows that are sums
}

export interface Legend {
  name: string;
  colour: Colour;
  look: 'area' | 'faint' | 'line' | 'thin' | 'dash' | 'dot' | 'tick';
}

export interface FigureParts {
  id: string;
  title: string;
  sentence: Node;
  table: Table;
  plan?: Plan; // without: a table only
  legend?: Legend[];
}

const drawn = new Map<string, Drawn>();
// For whoever reads the numbers back out of a drawing.
Object.assign(window, { partnersimCharts: drawn });

export function redrawAll(): void {
  for (const one of drawn.values()) one.redraw();
}

const later = new Map<string, { place: HTMLElement; plan: Plan }>();

/// Draws what can be seen and is not drawn yet; what is hidden has no width.
export function drawAll(): void {
  for (const [id, { place, plan }] of later) {
    if (place.clientWidth === 0) continue;
    later.delete(id);
    drawn.set(id, draw(place, plan));
  }
}

export function figure(parts: FigureParts): HTMLElement {
  const sentence = h('p', { class: 'sentence', id: `${parts.id}-says` }, parts.sentence);
  const table = tableElement(parts.table, parts.title);
  const scroller = h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': parts.title }, table);
  const said = h('span', { role: 'status', class: 'status' });
  const copy = h('button', { type: 'button', class: 'copy' }, say('copy'));
  copy.addEventListener('click', async () => {
    said.textContent = say((await toClipboard(csvOf(parts.table))) ? 'copied' : 'notCopied');
  });
  const tools = h('div', { class: 'tools' }, said);
  const body = h('figure', { id: parts.id, 'aria-labelledby': `${parts.id}-says` }, h('h3', {}, parts.title), sentence);
  const { plan } = parts;
  if (plan) {
    const place = h('div', { class: 'chart', role: 'img', 'aria-label': `${parts.title}. ${sentence.textContent}` });
    const toggle = h('button', { type: 'button', class: 'toggle', 'aria-pressed': 'false' }, say('asTable'));
    const view = h('div', { class: 'view' }, legendElement(parts.legend ?? []), place);
    scroller.hidden = true;
    toggle.addEventListener('click', () => {
      scroller.hidden = !scroller.hidden;
      view.hidden = !scroller.hidden;
      toggle.setAttribute('aria-pressed', String(view.hidden));
    });
    tools.prepend(toggle, copy);
    body.append(view, scroller, tools);
    later.set(parts.id, { place, plan });
  } else {
    tools.prepend(copy);
    body.append(scroller, tools);
  }
  return body;
}

function legendElement(legend: Legend[]): HTMLElement {
  return h(
    'ul',
    { class: 'legend' },
    ...legend.map((one) => h('li', {}, h('span', { class: `key ${one.look}`, style: `--key: var(--${one.colour})` }), one.name)),
  );
}

export function tableElement(table: Table, caption: string): HTMLTableElement {
  const head = h('tr', {}, h('th', { scope: 'col' }, table.head), ...table.columns.map((one) => h('th', { scope: 'col', class: 'number' }, one.name)));
  const rows = table.rows.map((label, r) =>
    h(
      'tr',
      table.strong?.[r] ? { class: 'strong' } : {},
      h('th', { scope: 'row' }, label),
      ...table.columns.map((one) => {
        const value = one.values[r];
        return h('td', value === null ? {} : { 'data-value': String(value) }, one.text(value, r));
      }),
    ),
  );
  return h('table', {}, h('caption', {}, caption), h('thead', {}, head), h('tbody', {}, ...rows));
}

/// As a spreadsheet of the language opens it; what begins like a formula is text.
export function csvOf(table: Table): string {
  const comma = data.language === 'de';
  const separator = data.language === 'en' ? ',' : ';';
  const text = (value: string) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const plain = (value: Num) => (value === null ? '' : comma ? String(value).replace('.', ',') : String(value));
  const lines = [
    [table.head, ...table.columns.map((one) => one.name)].map(text),
    ...table.rows.map((label, r) => [text(label), ...table.columns.map((one) => plain(one.values[r]))]),
  ];
  return lines.map((line) => line.join(separator)).join('\n') + '\n';
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'unseen' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
