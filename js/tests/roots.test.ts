import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Roots } from '../src/roots';

function recorded() {
  const roots = new Roots<string>();
  const told: string[] = [];
  roots.changed.connect((_, kernel) => void told.push(kernel));
  return { roots, told };
}

test('kernels do not mix', () => {
  const { roots } = recorded();
  roots.add('a', 'first');
  roots.add('b', 'second');
  assert.equal(roots.get('a'), 'first');
  assert.equal(roots.get('b'), 'second');
  roots.remove('a', 'first');
  assert.equal(roots.get('a'), undefined);
  assert.ok(roots.some(root => root === 'second'));
});

test('an old root cannot remove or announce the one that took its place', () => {
  const { roots, told } = recorded();
  roots.add('a', 'old');
  roots.add('a', 'new');
  told.length = 0;
  roots.remove('a', 'old', 'restarted');
  roots.touch('a', 'old');
  assert.equal(roots.get('a'), 'new');
  assert.equal(roots.loss('a'), undefined);
  assert.deepEqual(told, []);
});

test('a loss is remembered until another root comes, and may turn worse', () => {
  const { roots, told } = recorded();
  roots.add('a', 'one');
  roots.remove('a', 'one', 'revived');
  roots.relose('a', 'died');
  assert.equal(roots.loss('a'), 'died');
  roots.add('a', 'two');
  assert.equal(roots.loss('a'), undefined);
  assert.deepEqual(told, ['a', 'a', 'a', 'a']);
});

test('the fate of a kernel that never had a root is nobody’s business', () => {
  const { roots, told } = recorded();
  roots.relose('a', 'died');
  assert.equal(roots.loss('a'), undefined);
  assert.deepEqual(told, []);
});

test('closing is no loss', () => {
  const { roots } = recorded();
  roots.add('a', 'one');
  roots.remove('a', 'one');
  assert.equal(roots.loss('a'), undefined);
});
