// format: printf-like texts, as Node's util.format makes them.
// https://nodejs.org/api/util.html#utilformatformat-args

import { formatNumber } from 'internal:describe';
import { inspect } from 'internal:inspect';
import { kindOf } from 'ops:internal:inspect';

/** The classes of the language, whose `toString` says less than the inspector. */
const builtIns = new Set([
  'Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'Date', 'Promise',
  'RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError',
  'TypeError', 'URIError', 'ArrayBuffer', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array',
  'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray', 'BigInt',
  'BigUint64Array', 'BigInt64Array', 'DataView', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef',
  'Proxy', 'FinalizationRegistry', 'SharedArrayBuffer', 'TypedArray',
]);

/** Whether String(value) says what a script wants it to say. */
function hasOwnText(value) {
  if (typeof value[Symbol.toPrimitive] === 'function' && !(value instanceof Date)) return true;
  if (typeof value.toString !== 'function') return false;
  let owner = value;
  while (!Object.hasOwn(owner, 'toString')) owner = Object.getPrototypeOf(owner);
  if (owner === value) return true;
  const maker = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
  return typeof maker !== 'function' || !builtIns.has(maker.name);
}

function asString(value, options) {
  switch (typeof value) {
    case 'number': return formatNumber(value);
    case 'bigint': return `${value}n`;
    case 'object':
      if (value === null) return 'null';
      try {
        if (hasOwnText(value)) return String(value);
      } catch {
        // A hostile object: the inspector copes with it.
      }
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    case 'function': {
      const text = String(value);
      // The engine does not keep the text of classes.
      return kindOf(value) === 'script function' && text.endsWith('{ [native code] }')
        ? inspect(value, { ...options, depth: 0, colors: false })
        : text;
    }
    default: return String(value);
  }
}

function asNumber(value, convert) {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'NaN';
  try {
    return formatNumber(convert(value));
  } catch {
    return 'NaN';
  }
}

function asJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (/circular|cycl/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function directive(letter, value, options) {
  switch (letter) {
    case 's': return asString(value, options);
    case 'd': return asNumber(value, Number);
    case 'i': return asNumber(value, parseInt);
    case 'f': return typeof value === 'symbol' ? 'NaN' : formatNumber(parseFloat(value));
    case 'j': return asJson(value);
    case 'o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'O': return inspect(value, options);
    default: return '';
  }
}

export function formatWithOptions(options, ...values) {
  const [first] = values;
  let used = 0;
  let text = '';
  if (typeof first === 'string') {
    if (values.length === 1) return first;
    used = 1;
    let start = 0;
    for (let at = first.indexOf('%'); at >= 0; at = first.indexOf('%', at)) {
      const letter = first[at + 1];
      if (letter === '%') {
        text += first.slice(start, at + 1);
      } else if (letter !== undefined && 'sdifjoOc'.includes(letter) && used < values.length) {
        text += first.slice(start, at) + directive(letter, values[used], options);
        used++;
      } else {
        at++;
        continue;
      }
      at += 2;
      start = at;
    }
    text += first.slice(start);
  }
  for (let index = used; index < values.length; index++) {
    const value = values[index];
    if (index > 0) text += ' ';
    text += typeof value === 'string' ? value : inspect(value, options);
  }
  return text;
}

export function format(...values) {
  return formatWithOptions({}, ...values);
}
