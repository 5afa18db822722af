// Exceptions about arguments, with the texts and codes of Node, and the checks that throw them.
// Loaded when something is wrong: other built-ins import the same names from `internal:errors`.
// https://nodejs.org/api/errors.html#nodejs-error-codes

import { load } from 'ops:internal:error_texts';

const TEXT_MAX = 28;
const VALUE_MAX = 128;
const GROUPED_FROM = 2 ** 32;

function inspected(value, options) {
  return load('internal:inspect').inspect(value, options);
}

function quoted(text) {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 3)}...` : text;
  return short.includes("'") ? JSON.stringify(short) : `'${short}'`;
}

/** What was given instead, as it reads on from "Received". */
export function received(given) {
  switch (typeof given) {
    case 'undefined': return 'undefined';
    case 'function': return `function ${given.name}`;
    case 'string': return `type string (${quoted(given)})`;
    case 'object': {
      if (given === null) return 'null';
      const name = given.constructor?.name;
      return name ? `an instance of ${name}` : inspected(given, { depth: -1 });
    }
    default: return `type ${typeof given} (${inspected(given)})`;
  }
}

/** `"name" argument`, `"options.name" property`; a name of several words stands for itself. */
function called(name) {
  if (name.includes(' ')) return name;
  return `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

/** An exception of this class with one of Node's codes. */
export function coded(Class, code, message) {
  const error = new Class(message);
  error.code = code;
  return error;
}

/** `wanted` reads on from "must be": 'of type string', 'an instance of Map'. */
export function wrongType(name, wanted, given) {
  const message = `The ${called(name)} must be ${wanted}. Received ${received(given)}`;
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** A value of the right type that means nothing here; `reason` reads on from the name. */
export function wrongValue(name, given, reason = 'is invalid') {
  let shown = inspected(given);
  if (shown.length > VALUE_MAX) shown = `${shown.slice(0, VALUE_MAX)}...`;
  const what = name.includes('.') ? 'property' : 'argument';
  const message = `The ${what} '${name}' ${reason}. Received ${shown}`;
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

/** `range` reads on from "must be": '>= 0', 'an integer'. */
export function outOfRange(name, range, given) {
  const grouped = typeof given === 'bigint'
    ? given > BigInt(GROUPED_FROM) || given < -BigInt(GROUPED_FROM)
    : Number.isInteger(given) && Math.abs(given) > GROUPED_FROM;
  const shown = inspected(given, { numericSeparator: grouped });
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`;
  return coded(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** Arguments that nobody may leave out. */
export function missing(...names) {
  const all = names.map((name) => `"${name}"`);
  const list = all.length < 3
    ? all.join(' and ')
    : `${all.slice(0, -1).join(', ')}, and ${all.at(-1)}`;
  const message = `The ${list} argument${all.length > 1 ? 's' : ''} must be specified`;
  return coded(TypeError, 'ERR_MISSING_ARGS', message);
}

/** What stands for a promise that an AbortSignal has called off. */
export function abortError(signal) {
  const options = signal === undefined ? undefined : { cause: signal.reason };
  const error = new Error('The operation was aborted', options);
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

export function checkFunction(value, name) {
  if (typeof value !== 'function') throw wrongType(name, 'of type function', value);
}

export function checkString(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
}

/** Node takes no arrays and, unless `functions` says so, no functions for objects. */
export function checkObject(value, name, functions = false) {
  const right = (typeof value === 'object' && value !== null && !Array.isArray(value))
    || (functions && typeof value === 'function');
  if (!right) throw wrongType(name, 'of type object', value);
}

export function checkArray(value, name) {
  if (!Array.isArray(value)) throw wrongType(name, 'an instance of Array', value);
}

export function checkNumber(value, name, least = -Infinity) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!(value >= least)) throw outOfRange(name, `>= ${least}`, value);
}

export function checkInteger(value, name) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
}

export function checkSignal(signal, name) {
  if (signal === undefined) return;
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) {
    throw wrongType(name, 'an instance of AbortSignal', signal);
  }
}
