// URLPattern: which parts of a URL match, and what stands in their groups.
// https://urlpattern.spec.whatwg.org/

import { coded } from 'internal:errors';
import { compile, tokens } from 'internal:url_pattern_parser';
import { canonical } from 'ops:internal:url_pattern';
import { URL } from 'url';

const COMPONENTS = [
  'protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash',
];
const specialPorts = { ftp: '21', file: '', http: '80', https: '443', ws: '80', wss: '443' };
const plain = { delimiter: '', prefix: '' };
const hosts = { delimiter: '.', prefix: '' };
const paths = { delimiter: '/', prefix: '/' };

const isSpecial = (scheme) => Object.hasOwn(specialPorts, scheme);
const canon = (component) => (value) => canonical(component, value);

function canonicalIpv6(value) {
  if (!/^[0-9a-f[\]:]*$/i.test(value)) throw invalid(`Invalid hostname '${value}'`);
  return value.toLowerCase();
}

function invalid(message) {
  return coded(TypeError, 'ERR_INVALID_URL_PATTERN', message);
}

/** Cuts the text of a whole URL into a pattern for each component. */
class ConstructorString {
  #input;
  #tokens;
  #result = {};
  #state = 'init';
  #start = 0;
  #at = 0;
  #step = 1;
  #special = false;

  constructor(input) {
    this.#input = input;
    this.#tokens = tokens(input, true);
  }

  parse() {
    let groups = 0;
    let brackets = 0;
    for (; this.#at < this.#tokens.length; this.#at += this.#step) {
      this.#step = 1;
      const { type } = this.#tokens[this.#at];
      if (type === 'end') {
        if (this.#state === 'init') {
          this.#rewind();
          if (this.#is('#')) this.#change('hash', 1);
          else if (this.#isSearch()) this.#change('search', 1);
          else this.#change('pathname', 0);
          continue;
        }
        if (this.#state === 'authority') {
          this.#rewind('hostname');
          continue;
        }
        this.#change('done', 0);
        break;
      }
      if (type === 'open') {
        groups += 1;
        continue;
      }
      if (groups > 0) {
        if (type !== 'close') continue;
        groups -= 1;
      }
      if (this.#state === 'hostname' && this.#is('[')) brackets += 1;
      else if (this.#state === 'hostname' && this.#is(']')) brackets -= 1;
      else this.#read(brackets);
    }
    if (this.#result.hostname !== undefined) this.#result.port ??= '';
    return this.#result;
  }

  #read(brackets) {
    switch (this.#state) {
      case 'init':
        if (this.#is(':')) this.#rewind('protocol');
        return;
      case 'protocol':
        if (this.#is(':')) this.#readProtocol();
        return;
      case 'authority':
        if (this.#is('@')) this.#rewind('username');
        else if (this.#is('/') || this.#isSearch() || this.#is('#')) this.#rewind('hostname');
        return;
      case 'username':
        if (this.#is(':')) this.#change('password', 1);
        else if (this.#is('@')) this.#change('hostname', 1);
        return;
      case 'password':
        if (this.#is('@')) this.#change('hostname', 1);
        return;
      case 'hostname':
        if (this.#is(':') && brackets === 0) {
          this.#change('port', 1);
          return;
        }
        this.#readRest(true);
        return;
      default:
        this.#readRest(this.#state === 'port');
    }
  }

  #readProtocol() {
    const pattern = compile(this.#component(), canon('protocol'), plain);
    this.#special = matchesSpecial(pattern);
    const slashes = this.#is('/', this.#at + 1) && this.#is('/', this.#at + 2);
    if (slashes) this.#change('authority', 3);
    else this.#change(this.#special ? 'authority' : 'pathname', 1);
  }

  #readRest(beforePath) {
    if (beforePath && this.#is('/')) this.#change('pathname', 0);
    else if (this.#state !== 'search' && this.#state !== 'hash' && this.#isSearch()) {
      this.#change('search', 1);
    } else if (this.#state !== 'hash' && this.#is('#')) this.#change('hash', 1);
  }

  /** What is left out between two components that are there is empty. */
  #change(state, skip) {
    const before = COMPONENTS.indexOf(this.#state);
    const after = COMPONENTS.indexOf(state);
    if (before >= 0) this.#result[this.#state] = this.#component();
    if (this.#state !== 'init' && state !== 'done') {
      const left = this.#state === 'authority' ? 0 : before;
      const { hostname, pathname, search } = this.#result;
      if (left < 3 && after >= 4 && hostname === undefined) this.#result.hostname = '';
      if (left < 5 && after >= 6 && pathname === undefined) {
        this.#result.pathname = this.#special ? '/' : '';
      }
      if (left < 6 && after === 7 && search === undefined) this.#result.search = '';
    }
    this.#state = state;
    this.#at += skip;
    this.#start = this.#at;
    this.#step = 0;
  }

  #rewind(state = this.#state) {
    this.#at = this.#start;
    this.#step = 0;
    this.#state = state;
  }

  #component() {
    const from = this.#tokens[this.#start].index;
    return this.#input.slice(from, this.#tokens[this.#at].index);
  }

  /** Whether a token is this character and nothing else. */
  #is(character, at = this.#at) {
    const token = this.#tokens[Math.min(at, this.#tokens.length - 1)];
    return token.value === character && ['char', 'escaped', 'invalid'].includes(token.type);
  }

  #isSearch() {
    if (this.#is('?')) return true;
    if (this.#tokens[this.#at].value !== '?') return false;
    // After a group it is a modifier.
    const before = this.#tokens[this.#at - 1];
    return before === undefined || !['name', 'regexp', 'close', 'asterisk'].includes(before.type);
  }
}

function matchesSpecial(protocol) {
  return Object.keys(specialPorts).some((scheme) => protocol.regexp.test(scheme));
}

function escaped(text) {
  return text.replace(/[+*?:{}()\\]/g, '\\$&');
}

function isAbsolute(path, isPattern) {
  return path.startsWith('/') || (isPattern && (path.startsWith('\\/') || path.startsWith('{/')));
}

/** The members of a URLPatternInit, with what they inherit from its base. */
function processed(init, isPattern) {
  const result = isPattern
    ? {}
    : Object.fromEntries(COMPONENTS.map((name) => [name, '']));
  const has = (...names) => names.some((name) => init[name] !== undefined);
  let base;
  if (init.baseURL !== undefined) {
    base = URL.parse(`${init.baseURL}`);
    if (base === null) throw invalid(`Invalid base URL '${init.baseURL}'`);
    const inherit = (name, value) => {
      result[name] = isPattern ? escaped(value) : value;
    };
    if (!has('protocol')) inherit('protocol', base.protocol.slice(0, -1));
    if (!isPattern && !has('protocol', 'hostname', 'port', 'username')) {
      inherit('username', base.username);
      if (!has('password')) inherit('password', base.password);
    }
    const rest = ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash'];
    for (let last = 1; last < rest.length; last++) {
      if (has(...rest.slice(0, last + 1))) break;
      inherit(rest[last], base[rest[last]].replace(/^[?#]/, ''));
    }
  }
  for (const name of COMPONENTS) {
    if (has(name)) result[name] = processedMember(name, `${init[name]}`, result, base, isPattern);
  }
  return result;
}

function processedMember(name, given, result, base, isPattern) {
  let value = given;
  if (name === 'protocol') value = value.replace(/:$/, '');
  if (name === 'search') value = value.replace(/^\?/, '');
  if (name === 'hash') value = value.replace(/^#/, '');
  if (name === 'pathname' && base !== undefined && base.pathname.startsWith('/')
    && !isAbsolute(value, isPattern)) {
    const directory = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1);
    value = (isPattern ? escaped(directory) : directory) + value;
  }
  if (isPattern) return value;
  const opaque = name === 'pathname' && result.protocol !== '' && !isSpecial(result.protocol);
  return canonical(opaque ? 'opaque pathname' : name, value, result.protocol);
}

function members(init) {
  const read = {};
  for (const name of ['baseURL', ...COMPONENTS]) {
    const value = init[name];
    if (value !== undefined) read[name] = `${value}`;
  }
  return read;
}

export class URLPattern {
  #components = {};

  constructor(input = {}, baseURL = undefined, options = undefined) {
    let base = baseURL;
    let settings = options;
    if (base !== undefined && (base === null || typeof base === 'object')) {
      [base, settings] = [undefined, base];
    }
    const ignoreCase = Boolean(settings?.ignoreCase);
    const init = processed(this.#init(input, base), true);
    for (const name of COMPONENTS) init[name] ??= '*';
    if (isSpecial(init.protocol) && init.port === specialPorts[init.protocol]) init.port = '';
    const make = (name, callback, rules) => {
      this.#components[name] = compile(init[name], callback, rules);
    };
    make('protocol', canon('protocol'), plain);
    make('username', canon('username'), plain);
    make('password', canon('password'), plain);
    const isIpv6 = /^(?:\{|\\)?\[/.test(init.hostname);
    make('hostname', isIpv6 ? canonicalIpv6 : canon('hostname'), hosts);
    make('port', canon('port'), plain);
    const hasPath = matchesSpecial(this.#components.protocol);
    make('pathname', canon(hasPath ? 'pathname' : 'opaque pathname'), {
      ...(hasPath ? paths : plain), ignoreCase,
    });
    make('search', canon('search'), { ...plain, ignoreCase });
    make('hash', canon('hash'), { ...plain, ignoreCase });
  }

  #init(input, base) {
    if (input !== null && typeof input === 'object') {
      if (base !== undefined) throw invalid('A base URL belongs into the object');
      return members(input);
    }
    const init = new ConstructorString(`${input}`).parse();
    if (base === undefined && init.protocol === undefined) {
      throw invalid(`'${input}' is relative: pass a base URL as the second argument`);
    }
    return base === undefined ? init : { ...init, baseURL: `${base}` };
  }

  get hasRegExpGroups() {
    return COMPONENTS.some((name) => this.#components[name].hasRegExpGroups);
  }

  test(input = {}, baseURL = undefined) {
    return this.#match(input, baseURL) !== null;
  }

  exec(input = {}, baseURL = undefined) {
    return this.#match(input, baseURL);
  }

  #match(input, baseURL) {
    const inputs = [input];
    let values;
    if (input !== null && typeof input === 'object' && !(input instanceof URL)) {
      if (baseURL !== undefined) throw invalid('A base URL belongs into the object');
      const init = members(input);
      try {
        values = processed(init, false);
      } catch {
        return null;
      }
    } else {
      const url = URL.parse(`${input}`, baseURL === undefined ? undefined : `${baseURL}`);
      if (url === null) return null;
      if (baseURL !== undefined) inputs.push(baseURL);
      values = Object.fromEntries(COMPONENTS.map((name) => [name, url[name]]));
      values.protocol = url.protocol.slice(0, -1);
      values.search = url.search.slice(1);
      values.hash = url.hash.slice(1);
    }
    const result = { inputs };
    for (const name of COMPONENTS) {
      const { regexp, names } = this.#components[name];
      const found = regexp.exec(values[name]);
      if (found === null) return null;
      const groups = Object.fromEntries(names.map((group, index) => [group, found[index + 1]]));
      result[name] = { input: values[name], groups };
    }
    return result;
  }

  static {
    for (const name of COMPONENTS) {
      Object.defineProperty(this.prototype, name, {
        get() {
          return this.#components[name].pattern;
        },
        enumerable: true,
        configurable: true,
      });
    }
    for (const name of ['test', 'exec', 'hasRegExpGroups']) {
      Object.defineProperty(this.prototype, name, { enumerable: true });
    }
    Object.defineProperty(this.prototype, Symbol.toStringTag, {
      value: 'URLPattern', configurable: true,
    });
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(depth, options, inspect) {
        const shown = Object.fromEntries(COMPONENTS.map((name) => [name, this[name]]));
        return `URLPattern ${inspect(shown, options)}`;
      },
      writable: true,
      configurable: true,
    });
  }
}
