import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import follower, { captionOf } from '../../src/widgets/follower';
import { Model } from './_model';

const frames: (() => void)[] = [];
/** Let decoding and drawing finish; `until` is waited for, because a busy machine decodes slowly. */
const settle = async (until: () => unknown = () => true): Promise<void> => {
  const patience = Date.now() + 10_000;
  do {
    await new Promise(resolve => setTimeout(resolve, 60));
    while (frames.length) {
      frames.shift()?.();
    }
  } while (!until() && Date.now() < patience);
};
const view = (array: ArrayBufferView): DataView => new DataView(array.buffer, array.byteOffset, array.byteLength);

beforeEach(() => {
  frames.length = 0;
  (globalThis as any).requestAnimationFrame = (run: () => void) => frames.push(run);
});

function scene(): Record<string, Model> {
  const scrubber = new Model({ time: 0, n_times: 8, step: 1, unit: '' });
  const mark = new Model({});
  const cursor = new Model({});
  const caption = new Model({});
  const model = new Model(
    {
      scrubber: 'IPY_MODEL_scrubber',
      marks: ['IPY_MODEL_mark', 'IPY_MODEL_gone'],
      cursors: ['IPY_MODEL_cursor'],
      caption: 'IPY_MODEL_caption',
      of: '2 units',
      codes: view(Uint8Array.from(deflateSync(Uint8Array.from([0, 10, 254, 20])))),
      scale: view(Float32Array.from([1, 1])),
      offset: view(Float32Array.from([0, 0])),
      shape: [2, 2],
      n_positions: 2,
      edge: -0.5,
      apart: 4,
      exact: view(Float32Array.from([9.5, 19.5])),
      exact_at: -1
    },
    { scrubber, mark, cursor, caption }
  );
  return { scrubber, mark, cursor, caption, model };
}

test('the profile, the cursor and the caption follow the scrubber, and nothing is sent', async () => {
  const { scrubber, mark, cursor, caption, model } = scene();
  follower.initialize({ model, signal: new AbortController().signal } as any);
  await settle(() => mark.get('y'));
  assert.deepEqual([...mark.get('y')], [0, 254, 254]);
  scrubber.set('time', 6);
  await settle();
  assert.deepEqual([...mark.get('y')], [10, 20, 20]);
  assert.deepEqual([...cursor.get('x')], [5.5, 5.5]);
  assert.match(caption.get('value'), /^2 units at t 4 to t 7 · approximate/);
  assert.equal([scrubber, mark, cursor, model].flatMap(one => [...one.saved, ...one.sent]).length, 0);
});

test('exact values take the place of approximate ones at their position only', async () => {
  const { scrubber, mark, caption, model } = scene();
  follower.initialize({ model, signal: new AbortController().signal } as any);
  scrubber.set('time', 5);
  model.set('exact_at', 1);
  await settle(() => mark.get('y'));
  assert.deepEqual([...mark.get('y')], [9.5, 19.5, 19.5]);
  assert.doesNotMatch(caption.get('value'), /approximate/);
  scrubber.set('time', 0);
  await settle();
  assert.deepEqual([...mark.get('y')], [0, 254, 254]);
});

test('initialising twice draws the same, and an ended one draws no more', async () => {
  const { scrubber, mark, model } = scene();
  const ended = new AbortController();
  follower.initialize({ model, signal: ended.signal } as any);
  follower.initialize({ model, signal: ended.signal } as any);
  await settle(() => mark.get('y'));
  ended.abort();
  scrubber.set('time', 6);
  await settle();
  assert.deepEqual([...mark.get('y')], [0, 254, 254]);
});

test('a row that several positions share is called so', () => {
  assert.match(captionOf('3 units', 't 5', false, 4), /largest of 4 positions/);
  assert.equal(captionOf('3 units', 't 5', true, 4), '3 units at t 5');
});
