// Results and their pages for the tests, and a browser that notes what a page must not do.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const { PARTNERSIM, PLAYWRIGHT, CHROMIUM, SOURCES } = process.env;
const { chromium } = await import(PLAYWRIGHT);

export const work = mkdtempSync(join(tmpdir(), 'partnersim-page-'));
export const sources = SOURCES;

export function partnersim(...words) {
  return execFileSync(PARTNERSIM, words, { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
after(async () => {
  await browser.close();
  rmSync(work, { recursive: true });
});

/// A copy of a page in which names of vendors, segments and tiers are others: a scenario does not
/// take such names, a result file of somebody else might hold them.
export function renamed(from, to, names) {
  const page = readFileSync(join(work, from), 'utf8');
  const [, before, data, rest] = /^(.*<script type="application\/json" id="data">)(.*?)(<\/script>.*)$/s.exec(page);
  const other = (value) => Object.entries(names).reduce((text, [a, b]) => (text === a || text.endsWith(`:${a}`) ? text.replace(a, () => b) : text), value);
  const json = JSON.stringify(JSON.parse(data, (_, value) => (typeof value === 'string' ? other(value) : value)));
  writeFileSync(join(work, to), before + json.replaceAll('<', '\\u003c') + rest);
}

/// Opens a page; every error, dialog or request is a failure when `check` is called.
export async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const faults = [];
  const address = `file://${join(work, file)}`;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address) faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  const check = async () => {
    await context.close();
    assert.deepEqual(faults, []);
  };
  return { page, check };
}

/// Shows everything that can be chosen, so that every chart is drawn.
export function showAll(page) {
  return page.evaluate(() => {
    const show = (root) => {
      for (const group of root.querySelectorAll('.choice')) {
        for (const button of group.children) {
          button.click();
          show([...group.parentElement.children].find((one) => one !== group && !one.hidden));
        }
      }
    };
    show(document.body);
  });
}

/// What a chart holds: {name: data} of its series.
export function seriesOf(page, id) {
  return page.evaluate((key) => {
    const { series } = window.partnersimCharts.get(key).option();
    return Object.fromEntries(series.map((one) => [one.name, one.data]));
  }, id);
}

/// Rows of forecast.csv of the focal vendor as a whole, by metric.
export function forecastOf(folder) {
  const [head, ...lines] = readFileSync(join(work, folder, 'forecast.csv'), 'utf8').trimEnd().split('\n');
  const names = head.split(',').slice(5);
  const vendor = lines[0].split(',')[1];
  const metrics = {};
  for (const line of lines) {
    const fields = line.split(',');
    if (fields.length !== 11 || fields[2] !== '' || fields[3] !== '') continue;
    if (fields[1] !== vendor && fields[1] !== '') continue;
    const columns = (metrics[fields[4]] ??= Object.fromEntries(names.map((name) => [name, []])));
    names.forEach((name, k) => columns[name].push(fields[5 + k] === '' ? null : Number(fields[5 + k])));
  }
  return metrics;
}
