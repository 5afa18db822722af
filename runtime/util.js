// util: https://nodejs.org/api/util.html
//
// Left out: parseArgs, MIMEType, the diagnostics and what Node has deprecated.

import { isDeepStrictEqual } from 'internal:deep_equal';
import { wrongType } from 'internal:errors';
import { format, formatWithOptions } from 'internal:format';
import { inspect } from 'internal:inspect';
import { kindOf } from 'ops:internal:inspect';
import process from 'process';

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function checkFunction(value, name) {
  if (typeof value !== 'function') throw wrongType(name, 'of type function', value);
}

/** A function that returns a promise, from one whose last argument is `(error, value) => ..`. */
export function promisify(original) {
  checkFunction(original, 'original');
  const custom = original[kCustomPromisify];
  if (custom !== undefined) {
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
  return Object.defineProperty(promised, 'name', { value: original.name, configurable: true });
}

promisify.custom = kCustomPromisify;

export function callbackify(original) {
  checkFunction(original, 'original');
  return function called(...values) {
    const callback = values.pop();
    checkFunction(callback, 'last argument');
    original.apply(this, values).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(callback, reason ?? new Error('the promise was rejected')),
    );
  };
}

export function inherits(constructor, parent) {
  checkFunction(constructor, 'ctor');
  checkFunction(parent, 'superCtor');
  const property = { value: parent, writable: true, configurable: true };
  Object.defineProperty(constructor, 'super_', property);
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

const warned = new Set();

export function deprecate(original, message, code) {
  let told = false;
  return function deprecated(...values) {
    if (!told && !warned.has(code)) {
      told = true;
      if (code !== undefined) warned.add(code);
      process.emitWarning(message, 'DeprecationWarning', code);
    }
    return new.target ? Reflect.construct(original, values) : original.apply(this, values);
  };
}

export function debuglog(section) {
  const sections = (process.env.NODE_DEBUG ?? '').toLowerCase().split(',');
  const enabled = sections.includes(section.toLowerCase());
  const log = (...values) => {
    if (!enabled) return;
    process.stderr.write(`${section.toUpperCase()} ${process.pid}: ${format(...values)}\n`);
  };
  log.enabled = enabled;
  return log;
}

export function stripVTControlCharacters(text) {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '');
}

export function toUSVString(text) {
  return `${text}`.toWellFormed();
}

export function isArray(value) {
  return Array.isArray(value);
}

const is = (...kinds) => (value) => kinds.includes(kindOf(value));
const tagged = (tag) => (value) => (
  value !== null && typeof value === 'object'
  && Object.prototype.toString.call(value) === `[object ${tag}]`
);
const typedArray = (name) => (value) => (
  kindOf(value) === 'typed array' && value[Symbol.toStringTag] === name
);
const functionOf = (...tags) => (value) => (
  typeof value === 'function' && tags.includes(Object.getPrototypeOf(value)?.[Symbol.toStringTag])
);

export const types = {
  isAnyArrayBuffer: is('array buffer'),
  isArgumentsObject: tagged('Arguments'),
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
  isGeneratorObject: tagged('Generator'),
  isInt16Array: typedArray('Int16Array'),
  isInt32Array: typedArray('Int32Array'),
  isInt8Array: typedArray('Int8Array'),
  isMap: is('map'),
  isMapIterator: tagged('Map Iterator'),
  isModuleNamespaceObject: tagged('Module'),
  isNativeError: is('error'),
  isNumberObject: is('number'),
  isPromise: is('promise'),
  isProxy: (value) => kindOf(value) === 'proxy',
  isRegExp: is('regexp'),
  isSet: is('set'),
  isSetIterator: tagged('Set Iterator'),
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
  isWeakMap: tagged('WeakMap'),
  isWeakSet: tagged('WeakSet'),
};

export { format, formatWithOptions, inspect, isDeepStrictEqual };

export default {
  callbackify,
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
  toUSVString,
  types,
};
