// How the functions of tests and hooks are called: with a callback or a promise, for so long.

import { clearTimeout, setTimeout } from 'timers';
import { now } from 'internal:test';
import { failure } from 'internal:test_failure';

/**
 * Calls `fn` when so much time has really passed, whatever a test does to the clock. What it returns
 * calls that off.
 */
export function later(fn, milliseconds, isReferenced) {
  const began = now();
  let timer;
  const wait = (left) => {
    timer = setTimeout(() => {
      const rest = milliseconds - (now() - began);
      // The kernel's clock and ours differ by less than that.
      if (rest > 1) wait(rest);
      else fn();
    }, left);
    if (!isReferenced) timer.unref();
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}

/** Calls `fn`; resolves when it is done. One that takes one argument more gets a callback. */
export async function call(fn, self, values) {
  if (fn.length !== values.length + 1) return Reflect.apply(fn, self, values);
  const { promise, resolve, reject } = Promise.withResolvers();
  let calls = 0;
  const done = (error) => {
    calls += 1;
    if (calls > 1) {
      throw failure('callback invoked multiple times', 'multipleCallbackInvocations');
    }
    if (error) reject(error);
    else resolve();
  };
  const returned = Reflect.apply(fn, self, [...values, done]);
  if (returned !== null && typeof returned === 'object' && typeof returned.then === 'function') {
    returned.then(undefined, () => {});
    const message = 'passed a callback but also returned a Promise';
    throw failure(message, 'callbackAndPromisePresent');
  }
  return promise;
}

/** What `run` comes to, unless time, a signal or `stopped`, a promise, comes first. */
export async function guarded({ timeout, signal, kind }, stopped, run) {
  const { promise, reject } = Promise.withResolvers();
  // What comes too late is nobody's.
  promise.catch(() => {});
  stopped.catch(reject);
  const abort = () => reject(failure(signal.reason, 'testAborted'));
  if (signal?.aborted) throw failure(signal.reason, 'testAborted');
  signal?.addEventListener('abort', abort, { once: true });
  let callOff = () => {};
  if (timeout !== Infinity) {
    const what = kind === 'hook' ? 'hook' : 'test';
    const message = `${what} timed out after ${timeout}ms`;
    callOff = later(() => reject(failure(message, 'testTimeoutFailure')), timeout, false);
  }
  try {
    return await Promise.race([run(), promise]);
  } finally {
    callOff();
    signal?.removeEventListener('abort', abort);
  }
}
