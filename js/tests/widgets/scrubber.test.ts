import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';
import scrubber from '../../src/widgets/scrubber';
import { Model } from './_model';

beforeEach(() => {
  const { window } = new JSDOM('<body></body>');
  (globalThis as any).document = window.document;
  (globalThis as any).Event = window.Event;
  (globalThis as any).requestAnimationFrame = (run: () => void) => setTimeout(run, 0);
});

function shown(state: Record<string, unknown> = {}, others: Record<string, Model> = {}): { model: Model; input: HTMLInputElement; el: HTMLElement } {
  const model = new Model(
    {
      time: 3, committed: -1, n_times: 10, step: 1, unit: 'min', disabled: false, cursors: [], rest_ms: 10,
      input_class: 'nbdebug-time', label: 'time', ...state
    },
    others
  );
  const el = document.createElement('div');
  scrubber.render({ model, el, signal: new AbortController().signal } as any);
  return { model, el, input: el.querySelector('input') as HTMLInputElement };
}

function scrub(input: HTMLInputElement, time: number): void {
  input.value = String(time);
  input.dispatchEvent(new Event('input'));
}

test('the input is a range that JupyterLab leaves its keys', () => {
  const { input, el } = shown();
  assert.equal(input.type, 'range');
  assert.equal(input.className, 'nbdebug-time');
  assert.equal(input.getAttribute('data-lm-suppress-shortcuts'), 'true');
  assert.deepEqual([input.min, input.max, input.value].map(Number), [0, 9, 3]);
  assert.equal(el.querySelector('output')?.textContent, '3 min');
  assert.equal(input.getAttribute('aria-valuetext'), '3 min');
});

test('many moves tell the kernel once, after a rest', async () => {
  const { model, input } = shown();
  scrub(input, 4);
  scrub(input, 5);
  scrub(input, 6);
  assert.equal(model.saved.length, 0);
  assert.equal(model.get('time'), 6);
  await new Promise(resolve => setTimeout(resolve, 40));
  assert.deepEqual(model.saved, [{ time: 6, committed: 6 }]);
});

test('leaving the input tells the kernel at once, and only once', async () => {
  const { model, input } = shown({ rest_ms: 10_000 });
  scrub(input, 8);
  input.dispatchEvent(new Event('blur'));
  input.dispatchEvent(new Event('blur'));
  assert.deepEqual(model.saved, [{ time: 8, committed: 8 }]);
});

test('a time from the kernel moves the input and is not sent back', async () => {
  const { model, input, el } = shown();
  model.set('time', 7);
  assert.equal(input.value, '7');
  assert.equal(el.querySelector('output')?.textContent, '7 min');
  await new Promise(resolve => setTimeout(resolve, 30));
  assert.equal(model.saved.length, 0);
});

test('without a time axis the input is disabled and says so', () => {
  const { input, el } = shown({ disabled: true });
  assert.ok(input.disabled);
  assert.equal(el.querySelector('output')?.textContent, 'no time axis');
});

test('cursors follow in units of the axis', async () => {
  const cursor = new Model({});
  const { model } = shown({ cursors: ['IPY_MODEL_c', 'IPY_MODEL_gone'], step: 0.5 }, { c: cursor });
  scrubber.initialize({ model, signal: new AbortController().signal } as any);
  await new Promise(resolve => setTimeout(resolve, 10));
  model.set('time', 9);
  await new Promise(resolve => setTimeout(resolve, 10));
  assert.deepEqual([...cursor.get('x')], [4.5, 4.5]);
});
