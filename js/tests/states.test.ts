import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Facts, Loss, showing } from '../src/states';

const THERE: Facts = { notebook: true, kernel: 'there' };

test('every empty state says why and offers one action', () => {
  const losses: Loss[] = ['restarted', 'revived', 'died'];
  const empty: Facts[] = [
    { notebook: false, kernel: 'none' },
    { notebook: true, kernel: 'none' },
    THERE,
    { ...THERE, root: { state: 'closed', title: '' } },
    ...losses.map(loss => ({ ...THERE, loss }))
  ];
  const texts = empty.map(facts => {
    const shown = showing(facts);
    assert.equal(shown.kind, 'empty');
    assert.ok(shown.text.length > 20);
    assert.ok(shown.action?.label);
    return shown.text;
  });
  assert.equal(new Set(texts).size, texts.length);
});

test('a fresh kernel is asked to load the extension, one that has it to open another session', () => {
  const lines = [THERE, { ...THERE, root: { state: 'closed' as const, title: '' } }].map(facts => showing(facts).action);
  assert.deepEqual(
    lines.map(action => action && 'line' in action && action.line),
    ['%load_ext nbdebug', '%nbdebug']
  );
});

test('a loss is told even where the kernel is gone for good', () => {
  assert.match(showing({ notebook: true, kernel: 'none', loss: 'died' }).text, /died/);
});

test('a root decides once there is one', () => {
  assert.equal(showing({ ...THERE, root: { state: 'ready', title: 'deepheart' } }).kind, 'ready');
  assert.deepEqual(showing({ ...THERE, root: { state: 'waiting', title: 'Reading deepheart.' } }), {
    kind: 'waiting',
    text: 'Reading deepheart.'
  });
});

test('a kernel that starts is waited for', () => {
  assert.equal(showing({ notebook: true, kernel: 'starting' }).kind, 'waiting');
});
