// util: https://nodejs.org/api/util.html
//
// What few programs use is in files of its own. Left out: `transferableAbortController` and its kin,
// and what Node has removed.

import { isDeepStrictEqual } from 'internal:deep_equal';
import { TextDecoder, TextEncoder } from 'internal:encoding';
import {
  checkFunction, checkObject, checkString, coded, missing, wrongType, wrongValue,
} from 'internal:errors';
import { format, formatWithOptions as formatted } from 'internal:format';
import { inspect } from 'internal:inspect';
import { lateClass } from 'internal:late_class';
import { load } from 'ops:util';
import process from 'process';
import types from 'util/types';

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

/** The properties of a function on another, which takes its place. */
function copyProperties(from, to) {
  for (const key of Reflect.ownKeys(from)) {
    const property = Object.getOwnPropertyDescriptor(from, key);
    const own = Object.getOwnPropertyDescriptor(to, key);
    if (own === undefined || own.configurable) Object.defineProperty(to, key, property);
  }
  return to;
}

/** A function that returns a promise, from one whose last argument is `(error, value) => ..`. */
export function promisify(original) {
  checkFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom) {
    checkFunction(custom, 'util.promisify.custom');
    return Object.defineProperty(custom, kCustomPromisify, { value: custom, configurable: true });
  }
  function promised(...values) {
    return new Promise((resolve, reject) => {
      original.call(this, ...values, (error, value) => {
        if (error) reject(error);
        else resolve(value);
      });
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, kCustomPromisify, { value: promised, configurable: true });
  return copyProperties(original, promised);
}

promisify.custom = kCustomPromisify;

function falsyRejection(reason) {
  const message = 'Promise was rejected with falsy value';
  return Object.assign(coded(Error, 'ERR_FALSY_VALUE_REJECTION', message), { reason });
}

export function callbackify(original) {
  checkFunction(original, 'original');
  function called(...values) {
    const callback = values.pop();
    checkFunction(callback, 'last argument');
    original.apply(this, values).then(
      (value) => process.nextTick(callback.bind(this), null, value),
      (reason) => process.nextTick(callback.bind(this), reason || falsyRejection(reason)),
    );
  }
  copyProperties(original, called);
  const name = `${original.name}Callbackified`;
  Object.defineProperty(called, 'name', { value: name, configurable: true });
  return Object.defineProperty(called, 'length', { value: original.length + 1, configurable: true });
}

export function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw wrongType('ctor', 'of type function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw wrongType('superCtor', 'of type function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw wrongType('superCtor.prototype', 'of type object', superCtor.prototype);
  }
  const property = { value: superCtor, writable: true, configurable: true };
  Object.defineProperty(ctor, 'super_', property);
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

const warned = new Set();

export function deprecate(original, message, code) {
  checkFunction(original, 'fn');
  if (process.noDeprecation === true) return original;
  if (code !== undefined) checkString(code, 'code');
  let told = false;
  function deprecated(...values) {
    if (!told && !warned.has(code)) {
      told = true;
      if (code !== undefined) warned.add(code);
      process.emitWarning(message, 'DeprecationWarning', code);
    }
    return new.target
      ? Reflect.construct(original, values, new.target)
      : Reflect.apply(original, this, values);
  }
  Object.setPrototypeOf(deprecated, original);
  if (original.prototype) deprecated.prototype = original.prototype;
  for (const key of ['name', 'length']) {
    Object.defineProperty(deprecated, key, { value: original[key], configurable: true });
  }
  return deprecated;
}

/** A function that prints if `NODE_DEBUG` names the section; `callback` gets it at its first use. */
export function debuglog(section, callback) {
  const name = `${section}`.toUpperCase();
  const wanted = (process.env.NODE_DEBUG ?? '').toUpperCase().split(',').filter(Boolean);
  const enabled = wanted.some((pattern) => {
    const parts = pattern.trim().split('*').map((part) => RegExp.escape?.(part) ?? part);
    return new RegExp(`^${parts.join('.*')}$`).test(name);
  });
  let told = false;
  const log = (...values) => {
    if (typeof callback === 'function' && !told) {
      told = true;
      callback(log);
    }
    if (!enabled) return;
    process.stderr.write(`${name} ${process.pid}: ${format(...values)}\n`);
  };
  Object.defineProperty(log, 'enabled', { value: enabled, enumerable: true, configurable: true });
  return log;
}

export function formatWithOptions(inspectOptions, ...values) {
  checkObject(inspectOptions, 'inspectOptions', true);
  return formatted(inspectOptions, ...values);
}

export function stripVTControlCharacters(text) {
  checkString(text, 'str');
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '');
}

/**
 * The text in one of the colours or styles of `inspect.colors`, or in several. With a stream, plain
 * where that shows no colours.
 */
export function styleText(style, text, options = {}) {
  checkString(text, 'text');
  checkObject(options, 'options');
  const { stream, validateStream = stream !== undefined } = options;
  if (typeof validateStream !== 'boolean') {
    throw wrongType('options.validateStream', 'of type boolean', validateStream);
  }
  let [start, end] = ['', ''];
  for (const name of Array.isArray(style) ? style : [style]) {
    if (name === 'none') continue;
    const codes = Object.hasOwn(inspect.colors, name) ? inspect.colors[name] : undefined;
    if (codes === undefined) {
      const known = Object.keys(inspect.colors).map((each) => `'${each}'`).join(', ');
      throw wrongValue('format', name, `must be one of: ${known}`);
    }
    start += `\x1b[${codes[0]}m`;
    end = `\x1b[${codes[1]}m${end}`;
  }
  if (validateStream && !showsColours(stream ?? process.stdout)) return text;
  return `${start}${text}${end}`;
}

function showsColours(stream) {
  if (stream === null || typeof stream !== 'object' || typeof stream.write !== 'function') {
    const wanted = 'an instance of ReadableStream, WritableStream, or Stream';
    throw wrongType('options.stream', wanted, stream);
  }
  return stream.isTTY === true && (stream.hasColors?.() ?? true);
}

export function toUSVString(text) {
  return `${text}`.toWellFormed();
}

/** A promise that settles once the signal is aborted. */
export async function aborted(signal, resource) {
  if (signal === undefined) throw missing('signal');
  if (!(signal instanceof AbortSignal)) {
    throw wrongType('signal', 'an instance of AbortSignal', signal);
  }
  checkObject(resource, 'resource', true);
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export function isArray(value) {
  return Array.isArray(value);
}

/** As `Object.assign`, for what is an object: deprecated, and what old packages call. */
export function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

const late = (module, name) => ({
  [name](...values) {
    return load(module)[name](...values);
  },
})[name];

export const parseArgs = late('internal:parse_args', 'parseArgs');
export const parseEnv = late('internal:parse_env', 'parseEnv');
export const getCallSites = late('internal:call_sites', 'getCallSites');
export const getSystemErrorName = late('internal:system_errors', 'getSystemErrorName');
export const getSystemErrorMessage = late('internal:system_errors', 'getSystemErrorMessage');
export const getSystemErrorMap = late('internal:system_errors', 'getSystemErrorMap');

export const MIMEType = lateClass(load, 'internal:mime_type', 'MIMEType');
export const MIMEParams = lateClass(load, 'internal:mime_type', 'MIMEParams');

export { TextDecoder, TextEncoder, format, inspect, isDeepStrictEqual, debuglog as debug, types };

export default {
  MIMEParams,
  MIMEType,
  TextDecoder,
  TextEncoder,
  _extend,
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  inherits,
  inspect,
  isArray,
  isDeepStrictEqual,
  parseArgs,
  parseEnv,
  promisify,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  types,
};
