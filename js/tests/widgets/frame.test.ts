import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce } from '../../src/widgets/_frame';

test('many requests within a frame draw once, later ones draw again', () => {
  const frames: (() => void)[] = [];
  let drawn = 0;
  const draw = coalesce(
    () => (drawn += 1),
    run => frames.push(run)
  );
  draw();
  draw();
  draw();
  assert.equal(frames.length, 1);
  frames.shift()?.();
  assert.equal(drawn, 1);
  draw();
  frames.shift()?.();
  assert.equal(drawn, 2);
});
