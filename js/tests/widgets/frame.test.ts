import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce, later } from '../../src/widgets/_frame';

test('the first request draws at once, many within a frame draw once more', () => {
  const frames: (() => void)[] = [];
  let drawn = 0;
  const draw = coalesce(
    () => (drawn += 1),
    run => frames.push(run)
  );
  draw();
  assert.equal(drawn, 1);
  draw();
  draw();
  draw();
  assert.equal(drawn, 1);
  frames.shift()?.();
  assert.equal(drawn, 2);
  assert.equal(frames.length, 1);
  frames.shift()?.();
  assert.equal(drawn, 2);
  draw();
  assert.equal(drawn, 3);
});

test('later waits, once', () => {
  const waiting: (() => void)[] = [];
  let done = 0;
  const ask = later(
    () => (done += 1),
    run => waiting.push(run)
  );
  ask();
  ask();
  assert.deepEqual([done, waiting.length], [0, 1]);
  waiting.shift()?.();
  assert.equal(done, 1);
});
