import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { bytes, dequantise, floats, inflate, rowOf, steps } from '../../src/widgets/_profile';

const CODES = {
  codes: Uint8Array.from([0, 254, 100, 255]),
  rows: 2,
  units: 2,
  scale: Float32Array.from([0.5, 2]),
  offset: Float32Array.from([-1, 10])
};

test('codes become values of their unit', () => {
  assert.deepEqual([...dequantise(CODES, 0)], [-1, 210]);
});

test('the last code is no number', () => {
  const [first, second] = dequantise(CODES, 1);
  assert.equal(first, 126);
  assert.ok(Number.isNaN(second));
});

test('positions share rows evenly where rows are fewer', () => {
  assert.equal(rowOf(7, 16, 16), 7);
  assert.deepEqual(
    [0, 3, 4, 8191].map(position => rowOf(position, 2048, 8192)),
    [0, 0, 1, 2047]
  );
});

test('codes come deflated', async () => {
  assert.deepEqual([...(await inflate(Uint8Array.from(deflateSync(Uint8Array.from([1, 2, 3])))))], [1, 2, 3]);
});

test('a line of steps repeats its last value', () => {
  assert.deepEqual([...steps(Float32Array.from([1, 2]))], [1, 2, 2]);
});

test('binary traits are read wherever they lie in their buffer', () => {
  const buffer = new ArrayBuffer(9);
  new DataView(buffer).setFloat32(1, 1.5, true);
  new DataView(buffer).setFloat32(5, -2, true);
  const view = new DataView(buffer, 1, 8);
  assert.deepEqual([...floats(view)], [1.5, -2]);
  assert.equal(bytes(view).length, 8);
  assert.equal(floats(undefined).length, 0);
});
