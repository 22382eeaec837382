import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';
import table from '../../src/widgets/table';
import { Model } from './_model';

const EVIL = '<img src=x onerror=alert(1)>';

let window: JSDOM['window'];
beforeEach(() => {
  ({ window } = new JSDOM('<body></body>'));
  (globalThis as any).document = window.document;
});

function shown(state: Record<string, unknown>): { model: Model; el: HTMLElement } {
  const columns = [{ title: 'name', align: 'left' }, { title: 'value', align: 'left' }];
  const model = new Model({ columns, rows: [], bars: [], label: 'a table', ...state });
  const el = document.createElement('div');
  table.render({ model, el, signal: new AbortController().signal } as any);
  return { model, el };
}

const widths = (el: HTMLElement): string[] =>
  Array.from(el.querySelectorAll<HTMLElement>('td .nbdebug-bar')).map(bar => bar.style.width);

test('text is text', () => {
  const { el } = shown({ rows: [[EVIL, EVIL]], columns: [{ title: EVIL, align: 'left' }] });
  assert.equal(el.querySelector('img'), null);
  assert.equal(el.querySelector('td')?.textContent, EVIL);
});

test('bars stand beside the numbers of the last column', () => {
  const { model, el } = shown({ rows: [['a', '4'], ['b', '1']], bars: [1, 0.25] });
  assert.deepEqual(widths(el), ['100%', '25%']);
  assert.deepEqual(Array.from(el.querySelectorAll('td')).map(one => one.textContent), ['a', '4', 'b', '1']);
  model.set('bars', []);
  assert.deepEqual(widths(el), []);
});
