// What `test(name, options, fn)` and its kin may be given, in whatever order.

import { checkFunction, checkObject, checkSignal, outOfRange, wrongType } from 'internal:errors';

const TIMEOUT_MS_MAX = 2 ** 31 - 1;
const COUNT_MAX = 2 ** 32 - 1;

function timeoutOf({ timeout }) {
  if (timeout === undefined || timeout === null) return undefined;
  if (timeout === Infinity) return timeout;
  if (typeof timeout !== 'number') throw wrongType('options.timeout', 'of type number', timeout);
  if (!(timeout >= 0 && timeout <= TIMEOUT_MS_MAX)) {
    throw outOfRange('options.timeout', `>= 0 && <= ${TIMEOUT_MS_MAX}`, timeout);
  }
  return timeout;
}

function concurrencyOf({ concurrency }) {
  if (concurrency === undefined || concurrency === null) return undefined;
  if (typeof concurrency === 'boolean') return concurrency ? Infinity : 1;
  if (typeof concurrency !== 'number') {
    throw wrongType('options.concurrency', 'one of type boolean or number', concurrency);
  }
  return count(concurrency, 'options.concurrency', 1);
}

/** A whole number from `least` on. */
export function count(value, name, least = 0) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > COUNT_MAX) {
    throw outOfRange(name, `>= ${least} && <= ${COUNT_MAX}`, value);
  }
  return value;
}

/** What a hook may be given. */
export function hookOptions(fn, options = {}) {
  checkFunction(fn, 'fn');
  checkObject(options, 'options');
  checkSignal(options.signal, 'options.signal');
  return { fn, timeout: timeoutOf(options) ?? Infinity, signal: options.signal };
}

/** The name, the options and the function among what was given. */
export function sorted(name, options, fn) {
  if (typeof name === 'function') {
    fn = name;
    name = undefined;
  } else if (name !== null && typeof name === 'object') {
    if (typeof options === 'function') fn = options;
    options = name;
    name = undefined;
  }
  if (typeof options === 'function') fn = options;
  if (options === null || typeof options !== 'object') options = {};
  if (typeof fn !== 'function') fn = () => {};
  if (typeof name !== 'string' || name === '') name = options.name ?? fn.name;
  if (typeof name !== 'string' || name === '') name = '<anonymous>';
  return { name, fn, options };
}

/** The options as a test keeps them. */
export function testOptions(options) {
  const { signal, plan } = options;
  checkSignal(signal, 'options.signal');
  if (plan !== undefined) count(plan, 'options.plan');
  return {
    timeout: timeoutOf(options),
    concurrency: concurrencyOf(options),
    signal,
    plan,
    skip: options.skip || false,
    todo: options.todo || false,
    only: Boolean(options.only),
    expectFailure: Boolean(options.expectFailure),
  };
}
