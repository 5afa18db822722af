// assert: https://nodejs.org/api/assert.html
//
// Left out: CallTracker, which Node has deprecated.

import { isDeepEqual, isDeepStrictEqual } from 'internal:deep_equal';
import { wrongType } from 'internal:errors';
import { load } from 'ops:assert';

function show(value) {
  return load('internal:inspect').inspect(value, {
    compact: false, sorted: true, depth: 1000, maxArrayLength: null, maxStringLength: null,
    breakLength: Infinity, customInspect: false,
  });
}

function brief(value) {
  const text = show(value);
  return text.length > 512 ? `${text.slice(0, 509)}...` : text;
}

const COLORS = { '+': 32, '-': 31 };

/** What the two have not in common, line by line; in colours for whoever reads it on a terminal. */
function diff(actual, expected) {
  const { stderr } = load('process').default;
  const colored = Boolean(stderr.isTTY) && stderr.hasColors();
  const paint = (sign, line) => (colored ? `\x1b[${COLORS[sign]}m${line}\x1b[39m` : line);
  return load('internal:diff').diff(show(actual), show(expected), paint);
}

const headings = {
  strictEqual: 'Expected values to be strictly equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
};

const unequal = {
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
};

function generate(actual, expected, operator) {
  if (operator in unequal) {
    const text = brief(expected);
    return `${unequal[operator]}${text.includes('\n') ? '\n\n' : ' '}${text}`;
  }
  if (!(operator in headings)) return `${brief(actual)} ${operator} ${brief(expected)}`;
  const [a, b] = [show(actual), show(expected)];
  const heading = headings[operator];
  if (a === b) return `${heading} they look the same but are not\n\n${brief(actual)}\n`;
  const oneLine = !a.includes('\n') && !b.includes('\n') && a.length + b.length < 72;
  if (oneLine && operator === 'strictEqual') return `${heading}\n\n${a} !== ${b}\n`;
  return `${heading}\n+ actual - expected\n\n${diff(actual, expected)}\n`;
}

export class AssertionError extends Error {
  constructor(options) {
    if (options === null || typeof options !== 'object') {
      throw wrongType('options', 'of type object', options);
    }
    const { message, actual, expected, operator } = options;
    super(message === undefined ? generate(actual, expected, operator) : String(message));
    this.generatedMessage = message === undefined;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
}

Object.defineProperty(AssertionError.prototype, 'name', {
  value: 'AssertionError', writable: true, configurable: true,
});

/** Throws. `standard` is the message where none is given and none is made of the two values. */
function failed({ actual, expected, operator, message, standard }) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ actual, expected, operator, message: message ?? standard });
  error.generatedMessage = message === undefined;
  throw error;
}

export function ok(value, message) {
  if (value) return;
  const standard = arguments.length === 0
    ? 'No value argument passed to `assert.ok()`'
    : `The expression evaluated to a falsy value: ${brief(value)}`;
  failed({ actual: value, expected: true, operator: '==', message, standard });
}

function assert(value, message) {
  if (arguments.length === 0) ok();
  else ok(value, message);
}

function two(given, name) {
  if (given >= 2) return;
  const error = new TypeError(`The "actual" and "expected" arguments of ${name} must be specified`);
  error.code = 'ERR_MISSING_ARGS';
  throw error;
}

export function equal(actual, expected, message) {
  two(arguments.length, 'equal');
  // What the function is for: https://nodejs.org/api/assert.html#assertequalactual-expected-message
  if (actual == expected || (actual !== actual && expected !== expected)) return;
  failed({ actual, expected, operator: '==', message });
}

export function notEqual(actual, expected, message) {
  two(arguments.length, 'notEqual');
  if (actual != expected && (actual === actual || expected === expected)) return;
  failed({ actual, expected, operator: '!=', message });
}

export function strictEqual(actual, expected, message) {
  two(arguments.length, 'strictEqual');
  if (!Object.is(actual, expected)) failed({ actual, expected, operator: 'strictEqual', message });
}

export function notStrictEqual(actual, expected, message) {
  two(arguments.length, 'notStrictEqual');
  if (Object.is(actual, expected)) {
    failed({ actual, expected, operator: 'notStrictEqual', message });
  }
}

export function deepEqual(actual, expected, message) {
  two(arguments.length, 'deepEqual');
  if (!isDeepEqual(actual, expected)) failed({ actual, expected, operator: 'deepEqual', message });
}

export function notDeepEqual(actual, expected, message) {
  two(arguments.length, 'notDeepEqual');
  if (isDeepEqual(actual, expected)) {
    failed({ actual, expected, operator: 'notDeepEqual', message });
  }
}

export function deepStrictEqual(actual, expected, message) {
  two(arguments.length, 'deepStrictEqual');
  if (!isDeepStrictEqual(actual, expected)) {
    failed({ actual, expected, operator: 'deepStrictEqual', message });
  }
}

export function notDeepStrictEqual(actual, expected, message) {
  two(arguments.length, 'notDeepStrictEqual');
  if (isDeepStrictEqual(actual, expected)) {
    failed({ actual, expected, operator: 'notDeepStrictEqual', message });
  }
}

export function partialDeepStrictEqual(actual, expected, message) {
  two(arguments.length, 'partialDeepStrictEqual');
  if (!load('internal:deep_partial').isPartOf(actual, expected)) {
    failed({ actual, expected, operator: 'partialDeepStrictEqual', message });
  }
}

export function fail(message = 'Failed') {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, operator: 'fail' });
}

export function ifError(value) {
  if (value === null || value === undefined) return;
  const what = value?.message ?? brief(value);
  const message = `ifError got unwanted exception: ${what}`;
  failed({ actual: value, expected: null, operator: 'ifError', message });
}

function checkMatch(text, pattern, message, wanted) {
  if (!(pattern instanceof RegExp)) throw wrongType('regexp', 'an instance of RegExp', pattern);
  if (typeof text === 'string' && (pattern.exec(text) !== null) === wanted) return;
  const standard = typeof text !== 'string'
    ? `The "string" argument must be of type string. Received ${brief(text)}`
    : `The input ${wanted ? 'did not match' : 'was expected not to match'} the regular `
      + `expression ${pattern}. Input:\n\n${brief(text)}\n`;
  const operator = wanted ? 'match' : 'doesNotMatch';
  failed({ actual: text, expected: pattern, operator, message, standard });
}

export function match(text, pattern, message) {
  checkMatch(text, pattern, message, true);
}

export function doesNotMatch(text, pattern, message) {
  checkMatch(text, pattern, message, false);
}

/** Whether one property of a thrown object is as wanted. */
function propertyFits(actual, expected, key) {
  if (actual === null || actual === undefined || !(key in Object(actual))) return false;
  const wanted = expected[key];
  if (wanted instanceof RegExp && typeof actual[key] === 'string') {
    return wanted.exec(actual[key]) !== null;
  }
  return isDeepStrictEqual(actual[key], wanted);
}

/** Throws unless what was thrown is what `expected` describes. */
function checkThrown(actual, expected, message, operator) {
  const wrong = (standard) => failed({ actual, expected, operator, message, standard });
  if (expected instanceof RegExp) {
    const text = String(actual);
    if (expected.exec(text) !== null) return;
    wrong(`The input did not match the regular expression ${expected}. Input:\n\n${brief(text)}\n`);
  }
  if (typeof expected === 'object') {
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    for (const key of keys) {
      if (propertyFits(actual, expected, key)) continue;
      const picked = (from) => Object.fromEntries(keys.map((name) => [name, Object(from)[name]]));
      const heading = `The thrown value differs from the expected one in '${key}':`;
      wrong(`${heading}\n+ actual - expected\n\n${diff(picked(actual), picked(expected))}\n`);
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (expected === Error || Error.isPrototypeOf(expected)) {
    const name = actual?.constructor?.name ?? typeof actual;
    wrong(`The error is expected to be an instance of "${expected.name}". Received "${name}"`
      + `\n\nError message:\n\n${actual?.message ?? brief(actual)}`);
  }
  const result = expected.call({}, actual);
  if (result === true) return;
  const name = expected.name ? `"${expected.name}" ` : '';
  wrong(`The ${name}validation function is expected to return "true". Received ${brief(result)}`);
}

/** What both `throws` and `rejects` do with the outcome: `thrown` is undefined or `{ error }`. */
function expectThrown(thrown, expected, message, operator) {
  if (typeof expected === 'string') {
    [expected, message] = [undefined, expected];
  } else if (expected !== undefined && typeof expected !== 'function'
    && (typeof expected !== 'object' || expected === null)) {
    const wanted = 'of type function or an instance of Error, RegExp, or Object';
    throw wrongType('error', wanted, expected);
  }
  if (thrown !== undefined) {
    if (expected !== undefined) checkThrown(thrown.error, expected, message, operator);
    return;
  }
  const name = expected?.name ? ` (${expected.name})` : '';
  const details = message === undefined || message instanceof Error ? '.' : `: ${message}`;
  const what = operator === 'rejects' ? 'rejection' : 'exception';
  if (message instanceof Error) throw message;
  failed({ expected, operator, message: `Missing expected ${what}${name}${details}` });
}

function expectNone(thrown, expected, message, operator) {
  if (thrown === undefined) return;
  if (typeof expected === 'string') {
    [expected, message] = [undefined, expected];
  }
  if (typeof expected === 'function' && expected.prototype !== undefined
    && !(thrown.error instanceof expected)) throw thrown.error;
  const details = message === undefined ? '.' : `: ${message}`;
  const what = operator === 'doesNotReject' ? 'rejection' : 'exception';
  const text = `Got unwanted ${what}${details}\n`
    + `Actual message: "${thrown.error?.message ?? brief(thrown.error)}"`;
  failed({ actual: thrown.error, expected, operator, message: text });
}

function outcome(run) {
  if (typeof run !== 'function') throw wrongType('fn', 'of type function', run);
  try {
    run();
  } catch (error) {
    return { error };
  }
  return undefined;
}

async function settled(promise) {
  const given = typeof promise === 'function' ? promise() : promise;
  if (given === null || typeof given !== 'object' || typeof given.then !== 'function') {
    throw wrongType('promiseFn', 'of type function or an instance of Promise', given);
  }
  try {
    await given;
  } catch (error) {
    return { error };
  }
  return undefined;
}

export function throws(run, expected, message) {
  expectThrown(outcome(run), expected, message, 'throws');
}

export function doesNotThrow(run, expected, message) {
  expectNone(outcome(run), expected, message, 'doesNotThrow');
}

export async function rejects(promise, expected, message) {
  expectThrown(await settled(promise), expected, message, 'rejects');
}

export async function doesNotReject(promise, expected, message) {
  expectNone(await settled(promise), expected, message, 'doesNotReject');
}

const loose = {
  AssertionError, ok, fail, ifError, match, doesNotMatch, throws, doesNotThrow, rejects,
  doesNotReject, strictEqual, notStrictEqual, deepStrictEqual, notDeepStrictEqual,
  equal, notEqual, deepEqual, notDeepEqual, partialDeepStrictEqual,
};

/** `assert/strict`: the functions without "strict" in their names are strict as well. */
export const strict = Object.assign((...values) => assert(...values), loose, {
  equal: strictEqual,
  notEqual: notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
strict.strict = strict;

export default Object.assign(assert, loose, { strict });
