// Words and numbers in the language of the report.
import { data, type Num, type Period } from './data';
import { metricWords, pick, words, type Key } from './words';

export type Values = Record<string, string | number>;

/// The words of a key, `{name}` replaced.
export function say(key: Key, values: Values = {}): string {
  return parts(key, values)
    .map((part) => part.text)
    .join('');
}

/// The same in pieces; `{*name}` is strong.
export function parts(key: Key, values: Values = {}): { text: string; strong: boolean }[] {
  return pick(words[key])
    .replaceAll(' %', '\u00a0%')
    .split(/(\{\*?\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const found = /^\{(\*?)(\w+)\}$/.exec(piece);
      if (!found) return { text: piece, strong: false };
      return { text: String(values[found[2]] ?? piece), strong: found[1] === '*' };
    });
}

/// What people call a metric; `active_partners:Gold` is the metric and a name.
export function metricName(name: string): string {
  const [base, ...rest] = name.split(':');
  const pair = metricWords[base];
  const shown = pair ? pick(pair) : base.replaceAll('_', ' ');
  return rest.length > 0 ? `${shown}: ${rest.join(':')}` : shown;
}

/// Within a sentence; German nouns stay as they are.
export function metricInText(name: string): string {
  const text = metricName(name);
  return data.language === 'en' ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/// A name somebody gave, set off from the words around it.
export function quoted(name: string): string {
  return say('quoted', { name });
}

export function periodName(period: Period | string): string {
  const label = typeof period === 'string' ? period : period.label;
  if (label === 'last 12 months') return say('last12');
  return label.replaceAll('-FY', '–FY').replaceAll(/FY(?=\d)/g, say('fy'));
}

/// Starred where an end of the run cuts it.
export function periodTitle(period: Period): string {
  const name = periodName(period);
  return period.months < period.of ? say('partial', { name, n: period.months, of: period.of }) : name;
}

export function monthName(label: string): string {
  const [year, month] = label.split('-').map(Number);
  return new Intl.DateTimeFormat(data.language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 1),
  );
}

export function number(value: Num, decimals = 0): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = new Intl.NumberFormat(data.language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative', // no -0
  }).format(value);
  return text.replace(/^-/, '−');
}

export function percent(share: Num, decimals = 0): string {
  return share === null ? '–' : `${number(100 * share, decimals)}\u00a0%`;
}

export function signed(text: string): string {
  return text.startsWith('−') || /^[0.,\s%–]*$/.test(text) ? text : `+${text}`;
}

/// "83 of 100": of fewer than 100 futures their number.
export function futures(share: number, of: number): string {
  const out = Math.min(of, 100);
  return say('futures', { n: number(share * out), of: number(out) });
}

/// How numbers that stand together are written: one unit, as many decimals as tell them apart.
export interface Scale {
  unit: number;
  decimals: number;
  suffix: string; // " M EUR"
  number(value: Num): string;
  full(value: Num): string;
}

export function scaleFor(quantity: string, values: Num[]): Scale {
  const most = Math.max(0, ...values.filter((x): x is number => x !== null).map(Math.abs));
  const digits = (x: number) => (x === 0 || x >= 100 ? 0 : x >= 10 ? 1 : 2);
  if (quantity === 'share') return scale(0.01, most < 0.1 ? 1 : 0, '\u00a0%');
  if (quantity !== 'money') return scale(1, most >= 100 ? 0 : 1, '');
  const [unit, prefix] = most >= 1e6 ? [1e6, say('million')] : most >= 1e3 ? [1e3, say('thousand')] : [1, ''];
  return scale(unit, digits(most / unit), `\u00a0${prefix}${prefix && '\u00a0'}${data.currency}`);
}

function scale(unit: number, decimals: number, suffix: string): Scale {
  const shown = (value: Num) => number(value === null ? null : value / unit, decimals);
  return { unit, decimals, suffix, number: shown, full: (value) => shown(value) + (value === null ? '' : suffix) };
}
