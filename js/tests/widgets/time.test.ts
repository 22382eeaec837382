import assert from 'node:assert/strict';
import { test } from 'node:test';
import { middleOf, positionOf, spanOf, spanText, timeText } from '../../src/widgets/_time';

test('a time without a unit is counted', () => {
  assert.equal(timeText(2048, { n: 4096, step: 1, unit: '' }), 't 2048');
});

test('long recordings are read off a clock, short ones as numbers', () => {
  assert.equal(timeText(128, { n: 4096, step: 1, unit: 'min' }), '02:08 h');
  assert.equal(timeText(90, { n: 7200, step: 1, unit: 's' }), '00:01:30 h');
  assert.equal(timeText(3, { n: 10, step: 0.5, unit: 's' }), '1.5 s');
  assert.equal(timeText(1, { n: 8, step: 0.1, unit: 's' }), '0.1 s');
});

test('the cursor snaps to the position that covers the time, and left-over times belong to the last one', () => {
  assert.equal(positionOf(0, 8, 512), 0);
  assert.equal(positionOf(7, 8, 512), 0);
  assert.equal(positionOf(8, 8, 512), 1);
  assert.equal(positionOf(4095, 8, 511), 510);
  assert.equal(positionOf(5, 1, 3), 2);
});

test('the cursor stands in the middle of a span, in units of the axis', () => {
  assert.deepEqual(spanOf(2, 8), [16, 23]);
  assert.equal(middleOf(2, 8, 1), 19.5);
  assert.equal(middleOf(2, 8, 0.5), 9.75);
  assert.equal(middleOf(7, 1, 2), 14);
});

test('a span is told by its ends', () => {
  assert.equal(spanText(1, 8, { n: 64, step: 1, unit: '' }), 't 8 to t 15');
  assert.equal(spanText(1, 1, { n: 64, step: 1, unit: '' }), 't 1');
});
