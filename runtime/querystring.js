// querystring: https://nodejs.org/api/querystring.html

import { coded } from 'internal:errors';
import { checkNames, unescapeBytes } from 'ops:querystring';

/** As encodeURIComponent; a lone surrogate is a URIError with Node's code. */
export function escape(text) {
  const string = typeof text === 'object' ? String(text) : `${text}`;
  if (!string.isWellFormed()) throw coded(URIError, 'ERR_INVALID_URI', 'URI malformed');
  return encodeURIComponent(string);
}

/** As decodeURIComponent, but what is not well formed stays, or becomes U+FFFD. */
export function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBytes(`${text}`);
  }
}

function plain(value) {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? `${value}` : '';
    case 'bigint':
    case 'boolean':
      return `${value}`;
    default:
      return '';
  }
}

export function stringify(object, separator = '&', equals = '=', options = undefined) {
  if (object === null || typeof object !== 'object') return '';
  const encode = options?.encodeURIComponent ?? querystring.escape;
  const pairs = [];
  for (const name of Object.keys(object)) {
    const value = object[name];
    for (const each of Array.isArray(value) ? value : [value]) {
      pairs.push(`${encode(name)}${equals || '='}${encode(plain(each))}`);
    }
  }
  return pairs.join(separator || '&');
}

export function parse(text, separator = '&', equals = '=', options = undefined) {
  // Without a prototype, so that no name in a query means more than it says.
  const object = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return object;
  const custom = options?.decodeURIComponent;
  const decode = typeof custom === 'function' ? custom : querystring.unescape;
  const plus = decode === unescape ? ' ' : '%20';
  const decoded = (part) => {
    if (part === '') return part;
    const spaced = part.replaceAll('+', plus);
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  const most = options?.maxKeys;
  const limit = typeof most === 'number' ? most : 1000;
  const sign = equals || '=';
  let pairs = text.split(separator || '&');
  // As in Node: empty pairs count, and what is not a whole number never is reached.
  if (limit > 0 && Number.isInteger(limit)) pairs = pairs.slice(0, limit);
  const names = [];
  const values = [];
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(sign);
    names.push(decoded(at < 0 ? pair : pair.slice(0, at)));
    values.push(at < 0 ? '' : decoded(pair.slice(at + sign.length)));
  }
  // Before the first of them costs anything.
  checkNames(names);
  for (const [at, name] of names.entries()) {
    const value = values[at];
    if (!(name in object)) object[name] = value;
    else if (Array.isArray(object[name])) object[name].push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

export { parse as decode, stringify as encode };

const querystring = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
export default querystring;
