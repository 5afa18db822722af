// krandog:cookies: RFC 6265bis. What reads and writes is native.

import { checkString, wrongType } from 'internal:errors';
import {
  cookie, importKey, parse, sign, verify,
} from 'ops:krandog:cookies';

// Each is tried for a cookie that somebody has made up.
const KEYS_MAX = 16;

function fieldOf(from) {
  if (from === undefined || from === null) return '';
  if (typeof from === 'string') return from;
  const headers = from.headers ?? from;
  const field = typeof headers.get === 'function' ? headers.get('cookie') : headers.cookie;
  if (field === undefined || field === null) return '';
  if (typeof field !== 'string') {
    throw wrongType('from', 'a Cookie field, or a request or its headers', from);
  }
  return field;
}

/** The cookies of a request, or of the text of its field. The first of several of one name counts. */
export function parseCookies(from, options) {
  return parse(fieldOf(from), options);
}

/** Signs cookies, with the first of its keys, and knows those that any of them has signed. */
export class CookieSigner {
  #keys;

  constructor(keys) {
    const list = Array.isArray(keys) ? keys : [keys];
    if (list.length === 0 || list.length > KEYS_MAX) {
      throw new RangeError(`a CookieSigner has 1 to ${KEYS_MAX} keys, not ${list.length}`);
    }
    this.#keys = list.map(importKey);
  }

  // As cookie().
  cookie(name, value, options) {
    return cookie(name, this.sign(name, typeof value === 'number' ? `${value}` : value), options);
  }

  // The value with its signature, as it is in the cookie of that name.
  sign(name, value) {
    checkString(name, 'name');
    checkString(value, 'value');
    return sign(this.#keys[0], name, value);
  }

  // The value without it. Undefined if it is none of ours.
  verify(name, text) {
    checkString(name, 'name');
    if (typeof text !== 'string') return undefined;
    for (const key of this.#keys) {
      const value = verify(key, name, text);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  // The value of a cookie of a request. Undefined if it has none, or none of ours.
  read(from, name) {
    return this.verify(name, parseCookies(from)[name]);
  }
}

export { cookie };

export default { CookieSigner, cookie, parseCookies };
