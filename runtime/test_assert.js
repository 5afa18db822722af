// `t.assert`: the functions of `assert`, counted for `t.plan`, snapshots, and what `assert.register`
// of `node:test` has added.

import assert from 'assert';
import { checkFunction, checkString } from 'internal:errors';
import { load } from 'ops:internal:test_assert';

const LEFT_OUT = ['AssertionError', 'strict', 'Assert', 'CallTracker'];

const registered = new Map();

/** Adds a function to the `t.assert` of tests from here on. */
export function register(name, fn) {
  checkString(name, 'name');
  checkFunction(fn, 'fn');
  registered.set(name, fn);
}

export function assertOf(node, context) {
  const counted = (fn, self) => (...values) => {
    node.checks += 1;
    return Reflect.apply(fn, self, values);
  };
  const all = {};
  for (const [name, fn] of Object.entries(assert)) {
    if (typeof fn === 'function' && !LEFT_OUT.includes(name)) all[name] = counted(fn, assert);
  }
  const snapshots = (name) => counted((...values) => {
    load('internal:test_snapshot')[name](node, ...values);
  });
  all.snapshot = snapshots('snapshot');
  all.fileSnapshot = snapshots('fileSnapshot');
  for (const [name, fn] of registered) all[name] = counted(fn, context);
  return all;
}
