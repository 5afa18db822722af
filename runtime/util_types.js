// util/types: what a value is, whatever it says of itself.
// https://nodejs.org/api/util.html#utiltypes

import { kindOf } from 'ops:internal:inspect';
import { load } from 'ops:util/types';

const is = (...kinds) => (value) => kinds.includes(kindOf(value));
const typedArray = (name) => (value) => (
  kindOf(value) === 'typed array' && value[Symbol.toStringTag] === name
);
const functionOf = (...tags) => (value) => (
  typeof value === 'function' && tags.includes(Object.getPrototypeOf(value)?.[Symbol.toStringTag])
);

const types = {
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
  isCryptoKey: (value) => {
    const { CryptoKey } = globalThis;
    return typeof CryptoKey === 'function' && value instanceof CryptoKey;
  },
  isExternal: () => false,
  isFloat16Array: typedArray('Float16Array'),
  isFloat32Array: typedArray('Float32Array'),
  isFloat64Array: typedArray('Float64Array'),
  isGeneratorFunction: functionOf('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: is('generator'),
  isInt16Array: typedArray('Int16Array'),
  isInt32Array: typedArray('Int32Array'),
  isInt8Array: typedArray('Int8Array'),
  isKeyObject: (value) => {
    const { KeyObject } = load('crypto');
    return typeof KeyObject === 'function' && value instanceof KeyObject;
  },
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

export const {
  isAnyArrayBuffer, isArgumentsObject, isArrayBuffer, isArrayBufferView, isAsyncFunction,
  isBigInt64Array, isBigIntObject, isBigUint64Array, isBooleanObject, isBoxedPrimitive, isDataView,
  isDate, isCryptoKey, isExternal, isFloat16Array, isFloat32Array, isFloat64Array,
  isGeneratorFunction, isGeneratorObject, isInt16Array, isInt32Array, isInt8Array, isKeyObject,
  isMap, isMapIterator, isModuleNamespaceObject, isNativeError, isNumberObject, isPromise, isProxy,
  isRegExp, isSet, isSetIterator, isSharedArrayBuffer, isStringObject, isSymbolObject, isTypedArray,
  isUint16Array, isUint32Array, isUint8Array, isUint8ClampedArray, isWeakMap, isWeakSet,
} = types;
export default types;
