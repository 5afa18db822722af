// node:test: https://nodejs.org/api/test.html

import { harness, load } from 'internal:test_setup';
import { hookOptions } from 'internal:test_options';

function declare(kind, more) {
  return (name, options, fn) => {
    const tests = harness();
    return tests.declare(tests.current, kind, [name, options, fn], more);
  };
}

function variants(kind) {
  return Object.assign(declare(kind), {
    skip: declare(kind, { skip: true }),
    todo: declare(kind, { todo: true }),
    only: declare(kind, { only: true }),
    expectFailure: declare(kind, { expectFailure: true }),
  });
}

function hook(name) {
  return { [name]: (fn, options) => {
    harness().current.hooks[name].push(hookOptions(fn, options));
  } }[name];
}

export const test = variants('test');
export const it = variants('test');
export const suite = variants('suite');
export const describe = variants('suite');
export const before = hook('before');
export const after = hook('after');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const { skip, todo, only, expectFailure } = test;

/** Runs the tests of files, each in a process of its own; a stream of what becomes of them. */
export function run(options) {
  return load('internal:test_stream').run(options);
}

export const assert = {
  register: (name, fn) => load('internal:test_assert').register(name, fn),
};

export const snapshot = {
  setDefaultSnapshotSerializers: (all) => load('internal:test_snapshot').setSerializers(all),
  setResolveSnapshotPath: (fn) => load('internal:test_snapshot').setResolver(fn),
};

let tracker;

function tracking() {
  tracker ??= new (load('internal:test_mock').MockTracker)();
  return tracker;
}

const METHODS = [
  'fn', 'method', 'getter', 'setter', 'property', 'module', 'reset', 'restoreAll',
];

/** What is replaced here stays so until `mock.reset()`; `t.mock` takes it back by itself. */
export const mock = {
  get timers() {
    return tracking().timers;
  },
};

for (const name of METHODS) {
  mock[name] = { [name]: (...values) => tracking()[name](...values) }[name];
}

const all = {
  test, it, suite, describe, before, after, beforeEach, afterEach, skip, todo, only,
  expectFailure, run, assert, snapshot, mock,
};

// `import test from 'node:test'` is the function, and has the rest.
export default Object.assign(test, all);
