import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { pathOf, stepped, toData, toPlace } from '../../src/widgets/_lasso';
import lasso from '../../src/widgets/lasso';
import { Model } from './_model';

const BOX = { left: 100, top: 50, width: 200, height: 100 };
const CORNERS = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]];

let window: any;

beforeEach(() => {
  ({ window } = new JSDOM('<body></body>'));
  (globalThis as any).document = window.document;
  window.Element.prototype.getBoundingClientRect = () => BOX;
  window.Element.prototype.setPointerCapture = () => undefined;
});

function shown(state: Record<string, unknown> = {}): { model: Model; el: HTMLElement; line: () => string; cross: () => string } {
  const margin = { top: 8, bottom: 34, left: 54, right: 16 };
  const model = new Model({ corners: [], asked: true, bounds: [0, 10, -1, 1], margin, label: 'how', ...state });
  const el = document.createElement('div');
  document.body.append(el);
  lasso.render({ model, el, signal: new AbortController().signal } as any);
  const path = (name: string) => () => el.querySelector(`.nbdebug-lasso-${name}`)!.getAttribute('d') as string;
  return { model, el, line: path('line'), cross: path('cross') };
}

function point(el: HTMLElement, type: string, across: number, down: number, more: object = {}): void {
  const event = new window.MouseEvent(type, {
    clientX: BOX.left + across * BOX.width, clientY: BOX.top + down * BOX.height, button: 0, ...more
  });
  Object.defineProperty(event, 'pointerId', { value: 1 });
  el.dispatchEvent(event);
}

function drag(el: HTMLElement, places: number[][]): void {
  point(el, 'pointerdown', places[0]![0]!, places[0]![1]!);
  places.slice(1).forEach(([across, down]) => point(el, 'pointermove', across!, down!));
}

function press(el: HTMLElement, ...keys: string[]): void {
  keys.forEach(key => el.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
}

test('places and numbers are each other the other way round', () => {
  assert.deepEqual(toData([0.25, 0.25], [0, 10, -1, 1]), [2.5, 0.5]);
  assert.deepEqual(toPlace([2.5, 0.5], [0, 10, -1, 1]), [0.25, 0.25]);
  assert.equal(pathOf([[0, 0], [1, 0.5]], true), 'M0.00000,0.00000L1.00000,0.50000Z');
  assert.equal(pathOf([], true), '');
});

test('the cross goes a little beyond the edges, and no further', () => {
  assert.deepEqual(stepped([1, 0], 'ArrowRight', true), [1.02, 0]);
  assert.deepEqual(stepped([0.5, 0.5], 'ArrowDown', false), [0.5, 0.52]);
  assert.equal(stepped([0.5, 0.5], 'a', false), undefined);
});

test('a drag tells the kernel once, when it ends, in numbers of the axes', () => {
  const { model, el, line } = shown();
  drag(el, CORNERS);
  assert.equal(model.saved.length, 0);
  assert.match(line(), /^M0\.1.*L0\.9.*L0\.5.*Z$/);
  point(el, 'pointerup', 0.5, 0.9);
  const told = CORNERS.map(corner => toData(corner as any, [0, 10, -1, 1]));
  assert.equal(model.saved.length, 1);
  (model.saved[0] as any).corners.forEach((corner: number[], i: number) =>
    corner.forEach((value, j) => assert.ok(Math.abs(value - told[i]![j]!) < 1e-9)));
  assert.match(line(), /Z$/);
});

test('moves of less than three pixels are no corners, nor is a click a lasso', () => {
  const { model, el } = shown();
  drag(el, [[0.1, 0.1], [0.11, 0.1], [0.12, 0.11], [0.9, 0.1], [0.5, 0.9]]);
  point(el, 'pointerup', 0.5, 0.9);
  assert.equal(model.get('corners').length, 4);
  drag(el, [[0.5, 0.5]]);
  point(el, 'pointerup', 0.5, 0.5);
  assert.deepEqual(model.get('corners'), []);
});

test('another button draws nothing', () => {
  const { model, el, line } = shown();
  point(el, 'pointerdown', 0.1, 0.1, { button: 2 });
  point(el, 'pointerup', 0.1, 0.1);
  assert.equal(line(), '');
  assert.equal(model.saved.length, 0);
});

test('Escape gives up what is being drawn, and then what was drawn', () => {
  const { model, el, line } = shown({ corners: [[1, 0], [2, 0], [2, 1]] });
  const before = line();
  drag(el, CORNERS);
  assert.notEqual(line(), before);
  press(el, 'Escape');
  assert.equal(line(), before);
  point(el, 'pointerup', 0.5, 0.9);
  assert.equal(model.saved.length, 0);
  press(el, 'Escape');
  assert.deepEqual(model.saved, [{ corners: [] }]);
  assert.equal(line(), '');
});

test('a lasso can be drawn with the keyboard alone', () => {
  const { model, el, line, cross } = shown();
  press(el, ' ', 'ArrowRight', 'ArrowRight', ' ');
  press(el, 'Enter');
  assert.equal(model.saved.length, 0);
  press(el, 'ArrowUp', ' ', 'ArrowUp', ' ', 'Backspace');
  assert.notEqual(cross(), '');
  assert.match(el.querySelector('output')!.textContent!, /^5\.4, 0\.08; corner 3$/);
  press(el, 'Enter');
  assert.equal(model.saved.length, 1);
  assert.deepEqual(model.get('corners').map((corner: number[]) => corner.map(value => +value.toFixed(6))),
    [[5, 0], [5.4, 0], [5.4, 0.04]]);
  assert.match(line(), /Z$/);
});

test('keys that it answers go no further, others do', () => {
  const { el } = shown();
  const heard: string[] = [];
  document.body.addEventListener('keydown', event => heard.push(event.key));
  press(el, 'ArrowUp', 'Escape', 'a', 'Tab', 'Enter');
  assert.deepEqual(heard, ['a', 'Tab', 'Enter']);
});

test('it is there while it is asked for, and takes the keyboard then', () => {
  const { model, el, line } = shown({ asked: false });
  assert.ok(el.hidden);
  model.set('asked', true);
  assert.ok(!el.hidden);
  assert.equal(document.activeElement, el);
  model.set('corners', [[0, -1], [10, -1], [10, 1]]);
  assert.equal(line(), 'M0.00000,1.00000L1.00000,1.00000L1.00000,0.00000Z');
  assert.equal(el.getAttribute('aria-label'), 'how');
});
