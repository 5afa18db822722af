// describe: the names that the inspector gives to classes, functions and errors, and how it sets
// short items in columns.

import { explained, namedKeys, width } from 'ops:internal:inspect';

const PROTOTYPES_MAX = 100;

const enumerable = Object.prototype.propertyIsEnumerable;
const hasOwn = Object.prototype.hasOwnProperty;
const classOf = Object.prototype.toString;
const stackOf = Object.getOwnPropertyDescriptor(Error.prototype, 'stack').get;

export function formatNumber(number) {
  return Object.is(number, -0) ? '-0' : `${number}`;
}

/** A number as text with a `_` between every three digits. */
export function separated(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (parts === null) return text;
  const [, sign, whole, fraction] = parts;
  const left = whole.replace(/\B(?=(?:\d{3})+$)/g, '_');
  if (fraction === undefined) return `${sign}${left}`;
  return `${sign}${left}.${fraction.replace(/\d{3}(?=\d)/g, '$&_')}`;
}

export function more(count, what) {
  return `... ${count} more ${what}${count > 1 ? 's' : ''}`;
}

/** `Name(size) [tag] `, with the space that stands before a brace. */
export function prefix(name, tag, fallback, size = '') {
  if (name === null) {
    const extra = tag !== '' && tag !== fallback ? ` [${tag}]` : '';
    return `[${fallback}${size}: null prototype]${extra} `;
  }
  return `${name}${size}${tag !== '' && tag !== name ? ` [${tag}]` : ''} `;
}

/** The name of the class of `value`; null without a prototype. */
export function className(value) {
  const prototype = Object.getPrototypeOf(value);
  // Nearly all are one of these.
  if (prototype === Object.prototype && !hasOwn.call(value, 'constructor')) return 'Object';
  if (prototype === Array.prototype && !hasOwn.call(value, 'constructor')) return 'Array';
  let object = value;
  for (let step = 0; object !== null && step < PROTOTYPES_MAX; step++) {
    const maker = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
    if (typeof maker === 'function' && maker.name !== '' && value instanceof maker) {
      return String(maker.name);
    }
    object = Object.getPrototypeOf(object);
  }
  if (Object.getPrototypeOf(value) === null) return null;
  return 'Object <[Object: null prototype] {}>';
}

export function tagOf(value, showHidden) {
  const tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || tag === '') return '';
  // An own tag is listed with the other properties.
  const listed = showHidden ? hasOwn : enumerable;
  return listed.call(value, Symbol.toStringTag) ? '' : tag;
}

export function keysOf(value, kind, showHidden) {
  if (kind === 'array' || kind === 'typed array' || kind === 'string') {
    const keys = namedKeys(value);
    if (showHidden) return keys;
    return keys.filter((key) => enumerable.call(value, key));
  }
  if (showHidden) return Reflect.ownKeys(value);
  const keys = Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value);
  if (symbols.length === 0) return keys;
  return [...keys, ...symbols.filter((symbol) => enumerable.call(value, symbol))];
}

export function functionBase(value, kind, name, tag) {
  const own = Object.getOwnPropertyDescriptor(value, 'prototype');
  if (kind === 'script function' && own !== undefined && !own.writable && 'value' in own) {
    const parent = Object.getPrototypeOf(value);
    let base = `class ${(hasOwn.call(value, 'name') && value.name) || '(anonymous)'}`;
    if (name !== 'Function' && name !== null) base += ` [${name}]`;
    if (tag !== '' && tag !== name) base += ` [${tag}]`;
    if (name === null) return `[${base} extends [null prototype]]`;
    return `[${base}${parent?.name ? ` extends ${parent.name}` : ''}]`;
  }
  const type = /^(Async)?(Generator)?Function$/.test(tag) ? tag : 'Function';
  let base = `[${type}${name === null ? ' (null prototype)' : ''}`;
  const anonymous = value.name === '' || typeof value.name !== 'string';
  base += anonymous ? ' (anonymous)]' : `: ${value.name}]`;
  if (name !== type && name !== null) base += ` ${name}`;
  return tag !== '' && tag !== name ? `${base} [${tag}]` : base;
}

/** The stack of an error under the name of its class: `Wrapped [Error]: text`. */
export function errorText(error, name, tag, keys) {
  const own = explained(error) ?? (name === null ? stackOf.call(error) : error.stack);
  let stack = own ? String(own) : Error.prototype.toString.call(error);
  for (const key of ['name', 'message', 'stack']) {
    const at = keys.indexOf(key);
    if (at >= 0 && (typeof error[key] !== 'string' || stack.includes(error[key]))) {
      keys.splice(at, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  const called = typeof error.name === 'string' ? error.name : 'Error';
  const after = stack[called.length];
  if (called.endsWith('Error') && stack.startsWith(called) && (!after || ':\n'.includes(after))) {
    const wanted = prefix(name, tag, 'Error').slice(0, -1);
    if (wanted.includes(called)) {
      stack = wanted + stack.slice(called.length);
    } else if (wanted !== called) {
      stack = `${wanted} [${called}]${stack.slice(called.length)}`;
    }
  }
  const message = typeof error.message === 'string' ? error.message : '';
  const start = message === '' ? 0 : Math.max(stack.indexOf(message), 0) + message.length;
  return stack.includes('\n    at', start) ? stack : `[${stack}]`;
}

/** The class of objects that show it only by what their methods accept; '' for any other. */
export function hiddenClass(value, tag) {
  // Most objects are neither, and to throw is slow.
  if (hasOwn.call(value, 'callee') && classOf.call(value) === '[object Arguments]') {
    return 'arguments';
  }
  if (tag !== 'WeakRef') return '';
  try {
    WeakRef.prototype.deref.call(value);
    return 'WeakRef';
  } catch {
    // It is of another class.
    return '';
  }
}

const regexpFlags = {
  hasIndices: 'd', global: 'g', ignoreCase: 'i', multiline: 'm', dotAll: 's', unicode: 'u',
  unicodeSets: 'v', sticky: 'y',
};

/** The literal of a regular expression. */
export function regexpText(regexp, name) {
  if (name === null) {
    const read = (key) => Object.getOwnPropertyDescriptor(RegExp.prototype, key).get.call(regexp);
    const flags = Object.entries(regexpFlags).map(([key, flag]) => (read(key) ? flag : ''));
    return `/${read('source')}/${flags.join('')}`;
  }
  // The engine escapes slashes that are escaped already.
  return RegExp.prototype.toString.call(regexp).replace(/(\\+)\/(?=.*\/)/g, (all, escapes) => (
    escapes.length % 2 === 0 ? `${escapes.slice(1)}/` : all
  ));
}

/** How wide each of the columns is that make up roughly a square; undefined for one column. */
function columnWidths(widths, count, room, compact) {
  const cell = Math.max(...widths) + 2;
  const total = widths.reduce((sum, one) => sum + one + 2, 0);
  if (cell * 3 >= room || (total / cell <= 5 && cell > 8)) return undefined;
  // A character is about two and a half times as high as wide.
  const bias = Math.max(cell - 3 - Math.sqrt(cell - total / count), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * bias * widths.length) / bias),
    Math.floor(room / cell),
    compact * 4,
    15,
  );
  if (columns <= 1) return undefined;
  return Array.from({ length: columns }, (_, column) => {
    let most = 0;
    for (let at = column; at < widths.length; at += columns) most = Math.max(most, widths[at]);
    return most;
  });
}

/** Joins many short items of a list to rows; returns the same array when they do not suit. */
export function inColumns(parts, list, options, indentation) {
  const { breakLength, compact, maxArrayLength } = options;
  const count = parts.length > (maxArrayLength ?? Infinity) ? parts.length - 1 : parts.length;
  const widths = parts.slice(0, count).map((part) => width(part));
  const room = breakLength - indentation;
  const columns = columnWidths(widths, parts.length, room, compact);
  if (columns === undefined) return parts;
  const numeric = list.every((item) => typeof item === 'number' || typeof item === 'bigint');
  const rows = [];
  for (let row = 0; row < count; row += columns.length) {
    const end = Math.min(row + columns.length, count);
    let line = '';
    for (let at = row; at < end; at++) {
      const fill = ' '.repeat(columns[at - row] - widths[at]);
      const last = at === end - 1;
      const text = last ? parts[at] : `${parts[at]}, `;
      line += numeric ? fill + text : text + (last ? '' : fill);
    }
    rows.push(line);
  }
  if (count < parts.length) rows.push(parts[count]);
  return rows;
}
