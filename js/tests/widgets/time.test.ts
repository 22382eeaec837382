import assert from 'node:assert/strict';
import { test } from 'node:test';
import { middleOf, positionOf, spanOf, spanText, timeText } from '../../src/widgets/_time';

const eights = { n: 512, nTimes: 4096, edge: -0.5, apart: 8 };
const ones = { n: 64, nTimes: 64, edge: -0.5, apart: 1 };

test('a time without a unit is counted', () => {
  assert.equal(timeText(2048, { n: 4096, step: 1, unit: '' }), 't 2048');
});

test('long recordings are read off a clock, short ones as numbers', () => {
  assert.equal(timeText(128, { n: 4096, step: 1, unit: 'min' }), '02:08 h');
  assert.equal(timeText(90, { n: 7200, step: 1, unit: 's' }), '00:01:30 h');
  assert.equal(timeText(3, { n: 10, step: 0.5, unit: 's' }), '1.5 s');
  assert.equal(timeText(30, { n: 730, step: 1, unit: 'd' }), '30 d');
  assert.equal(timeText(1, { n: 8, step: 0.1, unit: 's' }), '0.1 s');
});

test('the cursor snaps to the position that covers the time, and left-over times belong to the last one', () => {
  assert.equal(positionOf(0, eights), 0);
  assert.equal(positionOf(7, eights), 0);
  assert.equal(positionOf(8, eights), 1);
  assert.equal(positionOf(4095, { ...eights, n: 511 }), 510);
  assert.equal(positionOf(5, { ...ones, n: 3 }), 2);
});

test('a layer that does not pad covers no time at its ends; padding covers none at all', () => {
  const valid = { n: 56, nTimes: 64, edge: 3.5, apart: 1 };
  assert.deepEqual([0, 4, 5, 63].map(time => positionOf(time, valid)), [0, 0, 1, 55]);
  assert.deepEqual(spanOf(0, valid), [4, 4]);
  assert.equal(middleOf(0, valid, 2), 8);
  const padded = { n: 70, nTimes: 64, edge: -3.5, apart: 1 };
  assert.equal(positionOf(0, padded), 3);
  assert.deepEqual(spanOf(0, padded), [0, 0]);
});

test('positions closer together than times stand at the nearest time', () => {
  const upsampled = { n: 16, nTimes: 8, edge: -0.499999, apart: 0.5 };
  assert.deepEqual([0, 1, 2, 3, 15].map(position => spanOf(position, upsampled)[0]), [0, 0, 1, 1, 7]);
});

test('the cursor stands in the middle of a span, in units of the axis', () => {
  assert.deepEqual(spanOf(2, eights), [16, 23]);
  assert.equal(middleOf(2, eights, 1), 19.5);
  assert.equal(middleOf(2, eights, 0.5), 9.75);
  assert.equal(middleOf(7, ones, 2), 14);
});

test('a span is told by its ends', () => {
  assert.equal(spanText(1, eights, { n: 64, step: 1, unit: '' }), 't 8 to t 15');
  assert.equal(spanText(1, ones, { n: 64, step: 1, unit: '' }), 't 1');
});
