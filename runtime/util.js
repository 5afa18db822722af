// util: https://nodejs.org/api/util.html
//
// Left out: parseArgs, MIMEType, the diagnostics and most of what Node has deprecated.

import { isDeepStrictEqual } from 'internal:deep_equal';
import { TextDecoder, TextEncoder } from 'internal:encoding';
import {
  checkFunction, checkObject, checkString, coded, missing, wrongType, wrongValue,
} from 'internal:errors';
import { format, formatWithOptions as formatted } from 'internal:format';
import { inspect } from 'internal:inspect';
import { kindOf } from 'ops:internal:inspect';
import process from 'process';

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

export function debuglog(section) {
  const name = `${section}`.toUpperCase();
  const wanted = (process.env.NODE_DEBUG ?? '').toUpperCase().split(',').filter(Boolean);
  const enabled = wanted.some((pattern) => {
    const parts = pattern.trim().split('*').map((part) => RegExp.escape?.(part) ?? part);
    return new RegExp(`^${parts.join('.*')}$`).test(name);
  });
  const log = (...values) => {
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

/** The text in one of the colours or styles of `inspect.colors`, or in several. */
export function styleText(style, text) {
  checkString(text, 'text');
  let [start, end] = ['', ''];
  for (const name of Array.isArray(style) ? style : [style]) {
    const codes = Object.hasOwn(inspect.colors, name) ? inspect.colors[name] : undefined;
    if (codes === undefined) {
      const known = Object.keys(inspect.colors).map((each) => `'${each}'`).join(', ');
      throw wrongValue('format', name, `must be one of: ${known}`);
    }
    start += `\x1b[${codes[0]}m`;
    end = `\x1b[${codes[1]}m${end}`;
  }
  return `${start}${text}${end}`;
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

const is = (...kinds) => (value) => kinds.includes(kindOf(value));
const typedArray = (name) => (value) => (
  kindOf(value) === 'typed array' && value[Symbol.toStringTag] === name
);
const functionOf = (...tags) => (value) => (
  typeof value === 'function' && tags.includes(Object.getPrototypeOf(value)?.[Symbol.toStringTag])
);

export const types = {
  isAnyArrayBuffer: is('array buffer'),
  isArgumentsObject: (value) => (
    value !== null && typeof value === 'object' && kindOf(value) === ''
    && value[Symbol.toStringTag] === undefined
    && Object.prototype.toString.call(value) === '[object Arguments]'
  ),
  isArrayBuffer: (value) => kindOf(value) === 'array buffer' && value instanceof ArrayBuffer,
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: functionOf('AsyncFunction', 'AsyncGeneratorFunction'),
  isBigInt64Array: typedArray('BigInt64Array'),
  isBigIntObject: is('bigint'),
  isBigUint64Array: typedArray('BigUint64Array'),
  isBooleanObject: is('boolean'),
  isBoxedPrimitive: is('number', 'string', 'boolean', 'bigint', 'symbol'),
  isDataView: is('data view'),
  isDate: is('date'),
  isFloat32Array: typedArray('Float32Array'),
  isFloat64Array: typedArray('Float64Array'),
  isGeneratorFunction: functionOf('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: is('generator'),
  isInt16Array: typedArray('Int16Array'),
  isInt32Array: typedArray('Int32Array'),
  isInt8Array: typedArray('Int8Array'),
  isMap: is('map'),
  isMapIterator: is('map iterator'),
  isModuleNamespaceObject: is('module'),
  isNativeError: is('error'),
  isNumberObject: is('number'),
  isPromise: is('promise'),
  isProxy: is('proxy', 'function proxy'),
  isRegExp: is('regexp'),
  isSet: is('set'),
  isSetIterator: is('set iterator'),
  isSharedArrayBuffer: (value) => (
    kindOf(value) === 'array buffer' && value instanceof SharedArrayBuffer
  ),
  isStringObject: is('string'),
  isSymbolObject: is('symbol'),
  isTypedArray: is('typed array'),
  isUint16Array: typedArray('Uint16Array'),
  isUint32Array: typedArray('Uint32Array'),
  isUint8Array: typedArray('Uint8Array'),
  isUint8ClampedArray: typedArray('Uint8ClampedArray'),
  isWeakMap: is('weak map'),
  isWeakSet: is('weak set'),
};

export { TextDecoder, TextEncoder, format, inspect, isDeepStrictEqual, debuglog as debug };

export default {
  TextDecoder,
  TextEncoder,
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  inherits,
  inspect,
  isArray,
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  types,
};
