// timers/promises: https://nodejs.org/api/timers.html#timers-promises-api

import { abortError, checkObject, checkSignal, wrongType } from 'internal:errors';
import {
  clearImmediate, clearTimeout, setImmediate as immediate, setInterval as interval,
  setTimeout as timeout,
} from 'timers';

function checked(options) {
  checkObject(options, 'options');
  const { signal, ref = true } = options;
  checkSignal(signal, 'options.signal');
  if (typeof ref !== 'boolean') throw wrongType('options.ref', 'of type boolean', ref);
  return { signal, ref };
}

/** A promise of `value` once `arm(callback)` has called back, unless the signal comes first. */
async function after(arm, clear, value, options = {}) {
  const { signal, ref } = checked(options);
  if (signal?.aborted) throw abortError(signal);
  const { promise, resolve, reject } = Promise.withResolvers();
  const timer = arm(() => {
    signal?.removeEventListener('abort', abort);
    resolve(value);
  });
  const abort = () => {
    clear(timer);
    reject(abortError(signal));
  };
  if (!ref) timer.unref();
  signal?.addEventListener('abort', abort, { once: true });
  return promise;
}

export function setTimeout(delay, value, options) {
  return after((callback) => timeout(callback, delay), clearTimeout, value, options);
}

export function setImmediate(value, options) {
  return after(immediate, clearImmediate, value, options);
}

/** Yields `value` every `delay` milliseconds. */
export async function* setInterval(delay, value, options = {}) {
  const { signal, ref } = checked(options);
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake = () => {};
  const timer = interval(() => {
    due += 1;
    wake();
  }, delay);
  if (!ref) timer.unref();
  const abort = () => wake();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      if (due === 0 && !signal?.aborted) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due--) yield value;
      if (signal?.aborted) throw abortError(signal);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

export const scheduler = {
  wait: (delay, options) => setTimeout(delay, undefined, options),
  yield: () => setImmediate(),
};

export default { setTimeout, setImmediate, setInterval, scheduler };
