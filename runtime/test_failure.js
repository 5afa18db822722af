// What has gone wrong with a test, as an Error that reporters and listeners are given.

import { load } from 'internal:test';

// Of a value in a report; more is cut in the middle.
const VALUE_UNITS_MAX = 4096;

function inspect(value) {
  return load('internal:inspect').inspect(value);
}

/** A property of what was thrown, which may be anything. */
function read(value, name) {
  try {
    return value?.[name];
  } catch {
    return undefined;
  }
}

/** The error of a test: `type` says which part of the work it was that failed. */
export function failure(cause, type) {
  const text = typeof cause === 'string' ? cause : read(cause, 'message');
  const error = new Error(typeof text === 'string' ? text : shown(cause), { cause });
  error.code = 'ERR_TEST_FAILURE';
  error.failureType = type;
  return error;
}

export function isFailure(error) {
  return error?.code === 'ERR_TEST_FAILURE' && typeof error.failureType === 'string';
}

function cut(text) {
  if (text.length <= VALUE_UNITS_MAX) return text;
  const half = VALUE_UNITS_MAX / 2;
  const left = text.length - 2 * half;
  return `${text.slice(0, half)}\n... ${left} more characters ...\n${text.slice(-half)}`;
}

function shown(value) {
  try {
    return cut(inspect(value));
  } catch {
    return '[a value that cannot be shown]';
  }
}

/** The same as plain data, which goes from process to process: texts alone. */
export function plain(error) {
  const { cause, failureType } = error;
  const inner = cause !== null && typeof cause === 'object' ? cause : undefined;
  const data = { message: error.message, code: error.code, failureType, text: '' };
  data.text = typeof cause === 'string' ? cause : shown(cause);
  if (inner === undefined) return data;
  for (const name of ['name', 'code', 'operator', 'stack']) {
    const found = read(inner, name);
    const value = typeof found === 'number' ? `${found}` : found;
    if (typeof value === 'string') data[name === 'code' ? 'causeCode' : name] = value;
  }
  if (read(inner, 'code') === 'ERR_ASSERTION') {
    // The difference is in its message.
    if (inner.generatedMessage === true && data.stack !== undefined) data.text = cut(data.stack);
    data.actual = shown(inner.actual);
    data.expected = shown(inner.expected);
  }
  return data;
}
