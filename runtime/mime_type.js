// MIME types: https://nodejs.org/api/util.html#class-utilmimetype and https://mimesniff.spec.whatwg.org/

import { coded } from 'internal:errors';

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/g;
const NOT_QUOTED = /[^\t\u0020-~\u0080-\u00FF]/;
const ENDS = /[\r\n\t ]+$/;
const STARTS = /^[\r\n\t ]+/;

function invalid(production, text, at) {
  const place = at >= 0 ? ` at ${at}` : '';
  const message = `The MIME syntax for a ${production} in "${text}" is invalid${place}`;
  return coded(TypeError, 'ERR_INVALID_MIME_SYNTAX', message);
}

function badAt(text) {
  NOT_TOKEN.lastIndex = 0;
  return text.search(NOT_TOKEN);
}

function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function checkedPart(text, production, whole = text) {
  if (!TOKEN.test(text)) throw invalid(production, whole, badAt(text));
  return lower(text);
}

/** Type, subtype and the text of the parameters. */
function parts(input) {
  const text = input.replace(STARTS, '');
  const slash = text.indexOf('/');
  const type = slash < 0 ? text : text.slice(0, slash);
  if (slash < 0 || !TOKEN.test(type)) throw invalid('type', text, slash < 0 ? -1 : badAt(type));
  const rest = text.slice(slash + 1);
  const semicolon = rest.indexOf(';');
  const subtype = (semicolon < 0 ? rest : rest.slice(0, semicolon)).replace(ENDS, '');
  if (!TOKEN.test(subtype)) throw invalid('subtype', rest, badAt(subtype));
  return [lower(type), lower(subtype), semicolon < 0 ? '' : rest.slice(semicolon + 1)];
}

/** A quoted value that begins at `at`, and where it ends. */
function quotedAt(text, at) {
  let value = '';
  let index = at + 1;
  for (; index < text.length && text[index] !== '"'; index++) {
    if (text[index] === '\\' && index + 1 < text.length) index++;
    value += text[index];
  }
  const end = text.indexOf(';', index);
  return [value, end < 0 ? text.length : end];
}

export class MIMEParams {
  #data = new Map();

  /** Those in a text; what is not right is left out, as browsers do. */
  static [Symbol.for('krandog.parse')](text) {
    const params = new MIMEParams();
    for (let at = 0; at < text.length;) {
      while (at < text.length && /[\r\n\t ]/.test(text[at])) at++;
      let end = at;
      while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
      const name = lower(text.slice(at, end));
      at = end + 1;
      if (end >= text.length || text[end] === ';') continue;
      let value;
      if (text[at] === '"') {
        [value, end] = quotedAt(text, at);
      } else {
        end = text.indexOf(';', at);
        if (end < 0) end = text.length;
        value = text.slice(at, end).replace(ENDS, '');
        if (value === '') value = undefined;
      }
      at = end + 1;
      if (name !== '' && value !== undefined && TOKEN.test(name) && !NOT_QUOTED.test(value)
        && !params.has(name)) {
        params.set(name, value);
      }
    }
    return params;
  }

  delete(name) {
    this.#data.delete(`${name}`);
  }

  get(name) {
    return this.#data.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#data.has(`${name}`);
  }

  set(name, value) {
    const [key, text] = [`${name}`, `${value}`];
    if (!TOKEN.test(key)) throw invalid('parameter name', key, badAt(key));
    const wrong = text.search(NOT_QUOTED);
    if (wrong >= 0) throw invalid('parameter value', text, wrong);
    this.#data.set(key, text);
  }

  * entries() {
    yield* this.#data.entries();
  }

  * keys() {
    yield* this.#data.keys();
  }

  * values() {
    yield* this.#data.values();
  }

  toString() {
    const shown = (value) => (
      TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
    );
    return Array.from(this.#data, ([name, value]) => `${name}=${shown(value)}`).join(';');
  }

  toJSON() {
    return this.toString();
  }

  [Symbol.iterator]() {
    return this.entries();
  }
}

const parse = MIMEParams[Symbol.for('krandog.parse')];
delete MIMEParams[Symbol.for('krandog.parse')];

export class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(input) {
    const [type, subtype, params] = parts(`${input}`);
    this.#type = type;
    this.#subtype = subtype;
    this.#params = parse(params);
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    this.#type = checkedPart(`${value}`, 'type');
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    this.#subtype = checkedPart(`${value}`, 'subtype');
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }

  toJSON() {
    return this.toString();
  }
}
