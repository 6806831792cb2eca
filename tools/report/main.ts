// The page from top to bottom.
import { analysts } from './analysts';
import { answer } from './answer';
import { budget } from './budget';
import { cloud, shadows, who } from './channel';
import { programs } from './compared';
import { data, totalAt } from './data';
import { h, rich } from './dom';
import { drawAll, redrawAll } from './figure';
import { reliance } from './reliance';
import { number, periodName, quoted, say } from './text';

const [first] = data.results;
const title = data.results.length === 1
  ? first.title || first.name
  : say('compareTitle', { a: quoted(first.name), list: data.results.slice(1).map((one) => quoted(one.name)).join(', ') });

function header(): HTMLElement {
  return h('header', {},
    h('p', { class: 'who' }, `${data.vendor} · ${periodName(data.periods[totalAt])} · ${data.currency}`),
    h('h1', {}, title));
}

/// What of a batch is not there is said before anything else.
function unfinished(): HTMLElement[] {
  return data.results
    .filter((one) => !one.finished || one.replications.missing > 0)
    .map((one) => h('p', { class: 'banner', role: 'note' }, rich('unfinished', {
      name: quoted(one.name), done: number(one.replications.done), planned: number(one.replications.planned) })));
}

function contents(sections: HTMLElement[]): HTMLElement {
  const links = sections.map((one) => {
    const heading = one.querySelector('h2')!;
    return h('li', {}, h('a', { href: `#${heading.id}` }, heading.textContent!));
  });
  return h('nav', { 'aria-label': say('contents') }, h('ul', {}, ...links));
}

function footer(): HTMLElement {
  return h('footer', {}, h('p', {}, say('footer', { version: data.version })));
}

document.documentElement.lang = data.language;
document.title = `${title} – ${data.vendor}`;
const sections = [
  answer(drawAll),
  reliance(),
  budget(drawAll),
  programs(),
  shadows(first),
  who(first),
  cloud(first),
  analysts(),
].filter((one) => one !== null);
document.getElementById('page')!.append(
  h('a', { class: 'skip', href: '#answer' }, say('skip')),
  header(),
  ...unfinished(),
  h('main', {}, sections[0], contents(sections.slice(1)), ...sections.slice(1)),
  footer(),
);
drawAll();

// Colours follow the system; paper is always light.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
const printing = (on: boolean) => {
  document.documentElement.classList.toggle('printing', on);
  redrawAll();
};
window.addEventListener('beforeprint', () => printing(true));
window.addEventListener('afterprint', () => printing(false));
