// Pages of real results in a real browser.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { forecastOf, open, partnersim, renamed, seriesOf, showAll, sources, work } from './pages.mjs';

const hostile = '<img src=x onerror=alert(1)>';
const quiet = ['--quiet', '--no-progress'];

before(() => {
  partnersim('run', join(sources, 'scenarios/cloud-transition.yaml'), '--replications', '8', '--out', 'main', ...quiet);
  partnersim('report', 'main', '--out', 'main.html');
  partnersim('report', 'main', '--out', 'de.html', '--language', 'de');
  const scenario = join(sources, 'tests/page/scenario.yaml');
  const programs = { 'as is': '4%', [hostile]: '2%', more: '6%' };
  for (const [name, rebate] of Object.entries(programs)) {
    partnersim('run', scenario, '--set', `us.rebate=${rebate}`, '--replications', '12', '--out', name, ...quiet);
  }
  partnersim('report', ...Object.keys(programs), '--out', 'programs.html');
  partnersim('report', 'as is', '--out', 'small.html');
  renamed('small.html', 'hostile.html', { Us: '<b>Us</b>', VAR: "=cmd|' /C calc'!A0", MSP: hostile, Gold: '</script><script>alert(1)</script>' });
});

const pages = ['main.html', 'de.html', 'programs.html', 'hostile.html'];

for (const file of pages) {
  test(`${file} is small, asks for nothing and draws every chart`, async () => {
    assert.ok(statSync(join(work, file)).size < 1_500_000);
    const { page, check } = await open(file);
    await showAll(page);
    const charts = page.locator('figure:has(.chart)');
    assert.ok((await charts.count()) >= 5);
    for (const chart of await charts.all()) {
      const id = await chart.getAttribute('id');
      const sentence = await chart.locator('.sentence').textContent();
      assert.ok(sentence.length > 20 && !/[{}]|NaN|undefined|null/.test(sentence), `${id}: ${sentence}`);
      const drawn = await page.evaluate((key) => window.partnersimCharts.has(key), id);
      assert.ok(drawn, `${id} is not drawn`);
      assert.ok((await chart.locator('svg path').count()) > 3, `${id} is empty`);
    }
    const text = await page.locator('body').innerText();
    assert.ok(!/\{\*?\w+\}|NaN|undefined/.test(text));
    await check();
  });
}

test('charts hold the numbers of forecast.csv', async () => {
  const csv = forecastOf('main');
  const { page, check } = await open('main.html');
  await showAll(page);
  const fans = { net: 'net_channel_revenue' };
  for (const name of ['contribution', 'new_bookings', 'program_cost', 'active_partners']) fans[`fan-${name}`] = name;
  for (const [id, metric] of Object.entries(fans)) {
    const series = await seriesOf(page, id);
    const { q05, q25, q50, q75, q95 } = csv[metric];
    assert.equal(q50.length, 48);
    assert.deepEqual(series['Median'], q50, metric);
    assert.deepEqual(series['90 of 100 simulated futures'], q05.map((lo, k) => [k, lo, q95[k]]), metric);
    assert.deepEqual(series['50 of 100 simulated futures'], q25.map((lo, k) => [k, lo, q75[k]]), metric);
    const cells = await page.locator(`#${id} tbody td:nth-child(2)`).evaluateAll((all) => all.map((one) => Number(one.dataset.value)));
    assert.deepEqual(cells, csv[metric].mean, metric);
  }
  const cloud = await seriesOf(page, 'cloud');
  assert.deepEqual(cloud['Customers who prefer cloud: Median'], csv.cloud_preference.q50);
  assert.deepEqual(cloud["Cloud share of partners' attention: Median"], csv.cloud_share.q50);
  await check();
});

test('single futures are those of the runs', async () => {
  const [head, ...rows] = readFileSync(join(work, 'main/runs.csv'), 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  const total = head.indexOf('net_channel_revenue.total');
  const { page, check } = await open('main.html');
  const series = await seriesOf(page, 'net');
  const paths = Object.entries(series).filter(([name]) => name.startsWith('Future '));
  assert.equal(paths.length, 5);
  for (const [name, values] of paths) {
    const sum = values.reduce((a, b) => a + b, 0);
    const wanted = Number(rows[Number(name.slice('Future '.length))][total]);
    assert.ok(Math.abs(sum - wanted) < 1e-6 * wanted, `${name}: ${sum} is not ${wanted}`);
  }
  await check();
});

test('differences of programs are those that compare prints', async () => {
  const [a, b] = ['as is', 'more'];
  const told = JSON.parse(partnersim('compare', a, b, '--format', 'json', '--quiet'));
  const { page, check } = await open('programs.html');
  const series = await seriesOf(page, 'difference-contribution');
  const years = told.metrics.find((one) => one.name === 'contribution').periods.filter((one) => /^FY\d\d$/.test(one.period));
  assert.equal(years.length, 2);
  assert.deepEqual(series['more'], years.map((one, k) => [k, one.difference, one.ci95_lo, one.ci95_hi]));
  await check();
});

test('a plan is a line', async () => {
  const { page, check } = await open('hostile.html');
  const plan = (await seriesOf(page, 'net'))['net channel revenue FY28 at least 1M EUR'];
  assert.deepEqual(plan, [...Array(12).fill(1e6 / 12), ...Array(6).fill(null)]);
  await check();
});

test('names are never markup or formulas', async () => {
  for (const file of ['hostile.html', 'programs.html']) {
    const { page, check } = await open(file);
    assert.equal(await page.locator('#page script, #page img, #page b, #page i').count(), 0);
    await check();
  }
  const { page, check } = await open('hostile.html');
  assert.equal(await page.title(), '<script>alert(1)</script> & "quoted" </script><!-- – <b>Us</b>');
  await page.locator('#segments .copy').click();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(csv, /,'=cmd\|/);
  await check();
});

test('a table stands in for a chart, and is copied as CSV', async () => {
  const csv = forecastOf('main').net_channel_revenue;
  for (const [file, separator, point] of [['main.html', ',', '.'], ['de.html', ';', ',']]) {
    const { page, check } = await open(file);
    const figure = page.locator('#net');
    await figure.locator('.toggle').click();
    assert.ok(await figure.locator('table').isVisible());
    assert.ok(!(await figure.locator('.chart').isVisible()));
    await figure.locator('.copy').click();
    await figure.locator('.status:not(:empty)').waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n');
    assert.equal(lines.length, 49);
    const fields = lines[1].split(separator).slice(1, 3).map((field) => Number(field.replace(point, '.')));
    assert.deepEqual(fields, [csv.mean[0], csv.q05[0]]);
    await figure.locator('.toggle').click();
    assert.ok(await figure.locator('.chart').isVisible());
    await check();
  }
});

test('a keyboard reaches and works everything', async () => {
  const { page, check } = await open('main.html');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#answer');
  const reached = new Set();
  for (let k = 0; k < 120; ++k) {
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      return one === document.body ? '' : `${one.tagName} ${one.closest('[id]')?.id ?? ''} ${one.textContent.slice(0, 30)}`;
    });
    if (at === 'BUTTON net Table' && !reached.has(at)) {
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('#net table').isVisible());
      assert.equal(await page.locator('#net .toggle').getAttribute('aria-pressed'), 'true');
    }
    reached.add(at);
    await page.keyboard.press('Tab');
  }
  const wanted = await page.locator('button:visible, summary:visible, a:visible').count();
  assert.ok(reached.size >= wanted, `${reached.size} of ${wanted} reached`);
  await check();
});

test('what a screen reader needs is there', async () => {
  const { page, check } = await open('main.html');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.locator('h1').count(), 1);
  assert.equal(await page.locator('main').count(), 1);
  for (const chart of await page.locator('[role=img]').all()) assert.ok((await chart.getAttribute('aria-label')).length > 30);
  for (const table of await page.locator('table').all()) {
    assert.equal(await table.locator('caption').count(), 1);
    assert.equal(await table.locator('tbody tr').count(), await table.locator('tbody th[scope=row]').count());
  }
  assert.equal(await page.locator('svg:not([aria-hidden=true])').count(), 0);
  await check();
});

/// Contrast of a text against what lies behind it.
function contrasts(page) {
  return page.evaluate(() => {
    const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = (colour) => {
      const [r, g, b] = parts(colour).map((x) => (x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let one = element; one; one = one.parentElement) {
        const { backgroundColor } = getComputedStyle(one);
        if (parts(backgroundColor)[3] !== 0) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    return ['h1', 'h3', '.lead', '.lead strong', '.cards .span', '.light.look', '.light.good', 'button', 'nav a', 'footer'].map((selector) => {
      const element = document.querySelector(selector);
      const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
      return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    });
  });
}

test('light and dark can be read', async () => {
  const papers = [];
  for (const colorScheme of ['light', 'dark']) {
    const { page, check } = await open('main.html', { colorScheme });
    for (const [selector, ratio] of await contrasts(page)) assert.ok(ratio >= 4.5, `${colorScheme} ${selector}: ${ratio}`);
    papers.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await check();
  }
  assert.notEqual(papers[0], papers[1]);
});

test('colours follow the system while the page is open', async () => {
  const { page, check } = await open('main.html', { colorScheme: 'light' });
  const ink = () => page.locator('#net svg text').first().getAttribute('fill');
  const before = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction((old) => document.querySelector('#net svg text').getAttribute('fill') !== old, before);
  await check();
});

test('a telephone needs no sideways scrolling', async () => {
  for (const file of ['de.html', 'programs.html']) {
    const { page, check } = await open(file, { viewport: { width: 400, height: 800 } });
    await showAll(page);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 400, file);
    await check();
  }
});

test('the answer prints on one page', async () => {
  const [width, height] = [182, 269].map((mm) => Math.round((mm / 25.4) * 96)); // A4 within its margins
  for (const file of ['de.html', 'programs.html']) {
    const { page, check } = await open(file, { viewport: { width, height }, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const end = await page.locator('#answer').evaluate((one) => one.getBoundingClientRect().bottom + scrollY);
    assert.ok(end <= height, `${file}: ${end} of ${height}`);
    assert.ok(!(await page.locator('button').first().isVisible()));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.ok(pdf.startsWith('%PDF'));
    assert.ok(pdf.match(/\/Type \/Page\b/g).length >= 3);
    await check();
  }
});

test('the same result gives the same bytes, wherever it lies', () => {
  cpSync(join(work, 'main'), join(work, 'elsewhere', 'main'), { recursive: true });
  partnersim('report', 'elsewhere/main', '--out', 'again.html');
  assert.ok(readFileSync(join(work, 'again.html')).equals(readFileSync(join(work, 'main.html'))));
});
