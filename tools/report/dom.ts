// Elements without markup: whatever a name holds is text.
import { parts, type Values } from './text';
import type { Key } from './words';

type Child = Node | string | null;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/// A sentence with what is strong in it.
export function rich(key: Key, values: Values = {}): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const { text, strong } of parts(key, values)) {
    fragment.append(strong ? h('strong', {}, text) : text);
  }
  return fragment;
}

export function paragraph(key: Key, values: Values = {}): HTMLParagraphElement {
  return h('p', {}, rich(key, values));
}

let sections = 0;

/// A part of the page under its heading.
export function section(title: string, ...children: Child[]): HTMLElement {
  const id = `section-${++sections}`;
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}
