import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { matching, nextIndex, shownText } from '../../src/widgets/_rows';
import rows from '../../src/widgets/rows';
import { Model } from './_model';

const EVIL = '<img src=x onerror=alert(1)>';
const row = (key: string, cells: string[], more = {}) => ({ key, cells, classes: [], indent: 0, mark: null, title: '', range: null, ...more });

let window: JSDOM['window'];
beforeEach(() => {
  ({ window } = new JSDOM('<body></body>'));
  (globalThis as any).document = window.document;
});

function shown(state: Record<string, unknown>): { model: Model; el: HTMLElement; buttons: () => HTMLButtonElement[] } {
  const model = new Model({
    rows: [], columns: [{ title: 'name', align: 'left' }], selected: null, row_class: 'nbdebug-example-row', label: 'worst',
    empty: 'nothing', cap: 500, ...state
  });
  const el = document.createElement('div');
  document.body.append(el);
  rows.render({ model, el, signal: new AbortController().signal } as any);
  return { model, el, buttons: () => Array.from(el.querySelectorAll('button')) };
}

test('text is text, in cells, titles and tooltips', () => {
  const { el, buttons } = shown({ rows: [row('1', [EVIL], { title: EVIL })], columns: [{ title: EVIL, align: 'left' }] });
  assert.equal(el.querySelector('img'), null);
  assert.equal(buttons()[0].textContent, EVIL);
  assert.equal(buttons()[0].title, EVIL);
  assert.equal(el.querySelector('.nbdebug-rows-head')?.textContent, EVIL);
});

test('a range lies where its numbers say; without one there is no bar', () => {
  const range = { zero: 0.25, value: 0.75, low: 0.5, high: 1 };
  const { buttons } = shown({ rows: [row('1', ['a'], { range }), row('2', ['b'])] });
  const piece = (name: string) => buttons()[0].querySelector<HTMLElement>(`.nbdebug-range-${name}`)!.style;
  assert.deepEqual([piece('bar').left, piece('bar').width], ['25%', '50%']);
  assert.deepEqual([piece('interval').left, piece('interval').width], ['50%', '50%']);
  assert.deepEqual([piece('zero').left, piece('zero').width], ['25%', '0%']);
  assert.equal(buttons()[1].querySelector('.nbdebug-range'), null);
});

test('a click hands over the key; the selected row is pressed', () => {
  const { model, buttons } = shown({ rows: [row('881', ['a']), row('12', ['b'])], selected: '12' });
  buttons()[0].click();
  assert.deepEqual(model.sent, [{ kind: 'pick', key: '881' }]);
  assert.deepEqual(buttons().map(one => one.getAttribute('aria-pressed')), ['false', 'true']);
  model.set('selected', '881');
  assert.deepEqual(buttons().map(one => one.getAttribute('aria-pressed')), ['true', 'false']);
});

test('one row is reached by Tab, arrow keys reach the others', () => {
  const { buttons } = shown({ rows: ['a', 'b', 'c'].map(key => row(key, [key])), selected: 'b' });
  assert.deepEqual(buttons().map(one => one.tabIndex), [-1, 0, -1]);
  buttons()[1].focus();
  buttons()[1].dispatchEvent(new window.KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  assert.equal(document.activeElement, buttons()[2]);
  assert.deepEqual(buttons().map(one => one.tabIndex), [-1, -1, 0]);
});

test('rows made anew keep the keyboard where it was', () => {
  const { model, buttons } = shown({ rows: [row('a', ['a']), row('b', ['b'])] });
  buttons()[1].focus();
  model.set('rows', [row('c', ['c']), row('b', ['b2'])]);
  assert.equal((document.activeElement as HTMLElement).textContent, 'b2');
});

test('a long list shows its first rows, says so, and is filtered over all of them', () => {
  const many = Array.from({ length: 30 }, (_, i) => row(String(i), [`user ${i}`]));
  const { el, buttons } = shown({ rows: many, cap: 10 });
  assert.equal(buttons().length, 10);
  assert.equal(el.querySelector('.nbdebug-caption')?.textContent, 'showing 10 of 30');
  const filter = el.querySelector('input') as HTMLInputElement;
  filter.value = 'user 27';
  filter.dispatchEvent(new window.Event('input'));
  assert.deepEqual(buttons().map(one => one.textContent), ['user 27']);
});

test('marks and classes name the health and the row', () => {
  const { buttons } = shown({ rows: [row('1', ['conv'], { mark: 'not finite', classes: ['nbdebug-example-1'] })] });
  assert.ok(buttons()[0].querySelector('.nbdebug-mark-not-finite'));
  assert.ok(buttons()[0].classList.contains('nbdebug-example-1'));
  assert.ok(buttons()[0].classList.contains('nbdebug-example-row'));
});

test('nothing to show is said', () => {
  assert.equal(shown({}).el.querySelector('.nbdebug-caption')?.textContent, 'nothing');
});

test('the pure parts', () => {
  assert.deepEqual(matching([row('1', ['Conv one']), row('2', ['dense'])], ' CONV  one').map(one => one.key), ['1']);
  assert.equal(shownText(500, 3000), 'showing 500 of 3,000');
  assert.equal(shownText(3, 3), '');
  assert.deepEqual(['ArrowUp', 'ArrowDown', 'End', 'Home'].map(key => nextIndex(key, 0, 3)), [0, 1, 2, 0]);
  assert.equal(nextIndex('a', 0, 3), undefined);
});
