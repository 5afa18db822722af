// querystring: https://nodejs.org/api/querystring.html

import { unescapeBytes } from 'ops:querystring';

/** As encodeURIComponent; a lone surrogate is a URIError with Node's code. */
export function escape(text) {
  const string = typeof text === 'object' ? String(text) : `${text}`;
  try {
    return encodeURIComponent(string);
  } catch (error) {
    error.code = 'ERR_INVALID_URI';
    throw error;
  }
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
  const decode = options?.decodeURIComponent ?? querystring.unescape;
  const decoded = (part) => {
    const spaced = part.replaceAll('+', ' ');
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  let pairs = text.split(separator || '&');
  const most = options?.maxKeys ?? 1000;
  if (most > 0) pairs = pairs.slice(0, most);
  const sign = equals || '=';
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(sign);
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decoded(pair.slice(at + sign.length));
    if (!(name in object)) object[name] = value;
    else if (Array.isArray(object[name])) object[name].push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

export { parse as decode, stringify as encode };

const querystring = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
export default querystring;
