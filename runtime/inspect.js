// inspect: a value as text, laid out as Node's util.inspect does.
// https://nodejs.org/api/util.html#utilinspectobject-options
//
// Left out: `showProxy`, and what iterators of maps and sets have left to yield. The engine does
// not tell a proxy's target, so the traps of a proxy run; whatever a value does while it is looked
// at, the caller gets a text.

import {
  className, errorText, formatNumber, functionBase, hiddenClass, inColumns, keysOf, more, prefix,
  regexpText, separated, tagOf,
} from 'internal:describe';
import { checkObject } from 'internal:errors';
import { isPlainKey, kindOf, promiseState, quote } from 'ops:internal:inspect';

const custom = Symbol.for('nodejs.util.inspect.custom');
// A level takes a few calls, and too deep recursion ends the program.
const DEPTH_MAX = 60;

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const mapForEach = Map.prototype.forEach;
const setForEach = Set.prototype.forEach;
const hasOwn = Object.prototype.hasOwnProperty;
const typedPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const typedLength = Object.getOwnPropertyDescriptor(typedPrototype, 'length').get;
const typedTag = Object.getOwnPropertyDescriptor(typedPrototype, Symbol.toStringTag).get;

let defaultOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

/** Control sequences: what turns a style on, and what turns it off. */
const colors = {
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
  framed: [51, 54],
  overlined: [53, 55],
};

for (const [index, name] of [
  'black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white',
].entries()) {
  const title = `${name[0].toUpperCase()}${name.slice(1)}`;
  colors[name] = [30 + index, 39];
  colors[`bg${title}`] = [40 + index, 49];
  colors[index === 0 ? 'gray' : `${name}Bright`] = [90 + index, 39];
  colors[index === 0 ? 'bgGray' : `bg${title}Bright`] = [100 + index, 49];
}

const styles = {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'gray',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

const plain = (text) => text;

function colored(text, style) {
  const color = colors[styles[style]];
  return color === undefined ? text : `\x1b[${color[0]}m${text}\x1b[${color[1]}m`;
}

function classified(value, tag) {
  const kind = kindOf(value);
  if (kind === 'proxy') return Array.isArray(value) ? 'array' : '';
  if (kind === 'function proxy') return 'function';
  return kind || hiddenClass(value, tag);
}

class Inspector {
  #options;
  #style;
  #seen = [];
  #circular = new Map();
  #indentation = 0;
  #depth = 0;

  constructor(options) {
    this.#options = options;
    this.#style = options.colors ? colored : plain;
    options.stylize = this.#style;
  }

  /** The text of any value that `depth` objects surround. */
  value(value, depth) {
    const type = typeof value;
    if (value === null || (type !== 'object' && type !== 'function')) {
      return this.#primitive(value, type);
    }
    const level = this.#seen.length;
    const indentation = this.#indentation;
    try {
      const text = this.#custom(value, depth);
      if (text !== undefined) return text;
      if (!this.#seen.includes(value)) return this.#object(value, depth);
      let index = this.#circular.get(value);
      if (index === undefined) {
        index = this.#circular.size + 1;
        this.#circular.set(value, index);
      }
      return this.#style(`[Circular *${index}]`, 'special');
    } catch {
      this.#seen.length = level;
      this.#indentation = indentation;
      const what = type === 'function' ? 'Function' : 'Object';
      return this.#style(`[${what}: it cannot be read]`, 'special');
    }
  }

  #primitive(value, type) {
    switch (type) {
      case 'string': return this.#string(value);
      case 'number': return this.#style(this.#number(formatNumber(value)), 'number');
      case 'bigint': return this.#style(`${this.#number(`${value}`)}n`, 'bigint');
      case 'object': return this.#style('null', 'null');
      default: return this.#style(String(value), type);
    }
  }

  #number(text) {
    return this.#options.numericSeparator ? separated(text) : text;
  }

  #string(value) {
    const { maxStringLength, breakLength, compact } = this.#options;
    let text = value;
    let trailer = '';
    if (text.length > maxStringLength) {
      trailer = more(text.length - maxStringLength, 'character');
      text = text.slice(0, maxStringLength);
    }
    const room = breakLength - this.#indentation - 4;
    if (compact === true || text.length <= 16 || text.length <= room || !text.includes('\n')) {
      return this.#style(quote(text), 'string') + trailer;
    }
    const lines = text.split('\n').map((line, index, all) => (
      index < all.length - 1 ? `${line}\n` : line
    ));
    if (lines.at(-1) === '') lines.pop();
    const gap = ` +\n${' '.repeat(this.#indentation + 2)}`;
    return lines.map((line) => this.#style(quote(line), 'string')).join(gap) + trailer;
  }

  #custom(value, depth) {
    if (!this.#options.customInspect) return undefined;
    const method = value[custom];
    if (typeof method !== 'function' || method === inspect) return undefined;
    if (value.constructor?.prototype === value) return undefined;
    const left = this.#options.depth === null ? null : this.#options.depth - depth;
    const text = method.call(value, left, { ...this.#options }, inspect);
    if (typeof text !== 'string') return text === value ? undefined : this.value(text, depth);
    return text.replaceAll('\n', `\n${' '.repeat(this.#indentation)}`);
  }

  #object(value, depth) {
    const { showHidden } = this.#options;
    const name = className(value);
    const tag = tagOf(value, showHidden);
    const kind = classified(value, tag);
    const keys = keysOf(value, kind, showHidden);
    const view = this.#view(value, kind, name, tag, keys);
    if (keys.length === 0 && view.empty !== undefined) return view.empty;
    const max = this.#options.depth ?? Infinity;
    if (depth > Math.min(max, DEPTH_MAX)) {
      return view.flat ?? this.#style(`[${prefix(name, tag, 'Object').slice(0, -1)}]`, 'special');
    }
    return this.#filled(value, view, keys, depth + 1);
  }

  /** How a kind of object is written: braces, a base before them, entries, the empty form. */
  #view(value, kind, name, tag, keys) {
    switch (kind) {
      case 'array':
      case 'typed array':
        return this.#listView(value, kind, name, tag);
      case 'map':
      case 'set':
      case 'array buffer':
      case 'data view':
      case 'promise':
      case 'map iterator':
      case 'set iterator':
      case 'weak map':
      case 'weak set':
      case 'WeakRef':
        return this.#containerView(value, kind, name, tag, keys);
      case 'function':
      case 'script function':
        return this.#baseView(functionBase(value, kind, name, tag), 'special');
      case 'regexp': {
        const start = prefix(name, tag, 'RegExp');
        const text = regexpText(value, name);
        const view = this.#baseView(start === 'RegExp ' ? text : start + text, 'regexp');
        return { ...view, flat: view.base };
      }
      case 'date': {
        const start = prefix(name, tag, 'Date');
        const invalid = Number.isNaN(Date.prototype.getTime.call(value));
        const text = invalid ? 'Invalid Date' : Date.prototype.toISOString.call(value);
        return this.#baseView(start === 'Date ' ? text : start + text, 'date');
      }
      case 'error': {
        const text = errorText(value, name, tag, keys);
        const gap = `\n${' '.repeat(this.#indentation)}`;
        return this.#baseView(this.#indentation === 0 ? text : text.replaceAll('\n', gap));
      }
      case 'number':
      case 'string':
      case 'boolean':
      case 'bigint':
      case 'symbol':
        return this.#baseView(this.#boxed(value, kind, name, tag), kind);
      default: {
        let open = name === 'Object' && tag === '' ? '{' : `${prefix(name, tag, 'Object')}{`;
        if (kind === 'arguments') open = '[Arguments] {';
        if (tag === 'Module' && name === null) open = '[Module: null prototype] {';
        return { base: '', open, close: '}', empty: `${open}}` };
      }
    }
  }

  #baseView(text, style) {
    const base = style === undefined ? text : this.#style(text, style);
    return { base, open: '{', close: '}', empty: base };
  }

  #listView(value, kind, name, tag) {
    const array = kind === 'array';
    const type = array ? 'Array' : typedTag.call(value);
    const length = array ? value.length : typedLength.call(value);
    const short = array && name === 'Array' && tag === '';
    const open = short ? '[' : `${prefix(name, tag, type, `(${length})`)}[`;
    const entries = (depth) => (
      array ? this.#array(value, depth) : this.#numbers(value, length, depth)
    );
    return {
      base: '',
      open,
      close: ']',
      list: true,
      empty: length === 0 && (array || !this.#options.showHidden) ? `${open}]` : undefined,
      entries,
    };
  }

  #containerView(value, kind, name, tag, keys) {
    const braces = (fallback, entries, size) => {
      const start = prefix(name, tag, fallback, size === undefined ? '' : `(${size})`);
      const empty = size === 0 || entries === undefined ? `${start}{}` : undefined;
      return { base: '', open: `${start}{`, close: '}', entries, empty };
    };
    switch (kind) {
      case 'map': {
        const size = mapSize.call(value);
        return braces('Map', (depth) => this.#map(value, size, depth), size);
      }
      case 'set': {
        const size = setSize.call(value);
        return braces('Set', (depth) => this.#set(value, size, depth), size);
      }
      case 'array buffer':
        keys.unshift('byteLength');
        return braces('ArrayBuffer', () => [this.#bytes(value)]);
      case 'data view':
        keys.unshift('byteLength', 'byteOffset', 'buffer');
        return braces('DataView');
      case 'promise':
        return braces('Promise', (depth) => this.#promise(value, depth));
      case 'WeakRef':
        return braces(kind);
      default: {
        const unknown = () => [this.#style('<items unknown>', 'special')];
        if (kind === 'weak map') return braces('WeakMap', unknown);
        if (kind === 'weak set') return braces('WeakSet', unknown);
        const open = kind === 'map iterator' ? '[Map Iterator] {' : '[Set Iterator] {';
        return { ...braces('', unknown), open };
      }
    }
  }

  #filled(value, view, keys, depth) {
    this.#seen.push(value);
    this.#depth = depth;
    const output = view.entries === undefined ? [] : view.entries(depth);
    for (const key of keys) output.push(this.#property(value, key, depth));
    this.#seen.pop();
    const index = this.#circular.get(value);
    let { base, open } = view;
    if (index !== undefined) {
      const mark = this.#style(`<ref *${index}>`, 'special');
      if (this.#options.compact === true) open = `${mark} ${open}`;
      else base = base === '' ? mark : `${mark} ${base}`;
    }
    if (this.#options.sorted) {
      const { sorted } = this.#options;
      // The order of a list means something.
      const own = output.splice(view.list ? output.length - keys.length : 0);
      output.push(...own.sort(sorted === true ? undefined : sorted));
    }
    return this.#laidOut(output, base, open, view.close, view.list ? value : null, depth);
  }

  /** A value inside of this one, two columns further in. */
  #nested(value, depth) {
    this.#indentation += 2;
    const text = this.value(value, depth);
    this.#indentation -= 2;
    return text;
  }

  #property(object, key, depth) {
    const found = Object.getOwnPropertyDescriptor(object, key)
      ?? { value: object[key], enumerable: true };
    let text;
    if (found.get !== undefined) {
      text = this.#getter(object, found, depth);
    } else if (found.set !== undefined) {
      text = this.#style('[Setter]', 'special');
    } else {
      text = this.#nested(found.value, depth);
    }
    if (typeof key === 'symbol') return `[${this.#style(key.toString(), 'symbol')}]: ${text}`;
    if (key === '__proto__') return `['__proto__']: ${text}`;
    // The bytes of a buffer are shown like its own properties.
    const listed = found.enumerable || !hasOwn.call(object, key);
    if (!listed) return `[${key}]: ${text}`;
    return `${isPlainKey(key) ? key : this.#style(quote(key), 'string')}: ${text}`;
  }

  /** What stands for an accessor; its value too, where `getters` asks for that. */
  #getter(object, { get, set }, depth) {
    const { getters } = this.#options;
    const label = set === undefined ? 'Getter' : 'Getter/Setter';
    const wanted = getters === true || (getters === 'get' && set === undefined)
      || (getters === 'set' && set !== undefined);
    if (!wanted) return this.#style(`[${label}]`, 'special');
    let value;
    try {
      value = Reflect.apply(get, object, []);
    } catch (error) {
      const message = `<Inspection threw (${error?.message})>`;
      return `${this.#style(`[${label}:`, 'special')} ${message}${this.#style(']', 'special')}`;
    }
    if (value !== null && typeof value === 'object') {
      return `${this.#style(`[${label}]`, 'special')} ${this.#nested(value, depth)}`;
    }
    const shown = this.#primitive(value, typeof value);
    return `${this.#style(`[${label}:`, 'special')} ${shown}${this.#style(']', 'special')}`;
  }

  #limit() {
    return Math.max(this.#options.maxArrayLength ?? Infinity, 0);
  }

  #array(array, depth) {
    const output = [];
    const { length } = array;
    const limit = this.#limit();
    let index = 0;
    // The indices that there are, once there is a hole: one may be as long as an array can be.
    let known;
    let at = 0;
    while (index < length && output.length < limit) {
      if (hasOwn.call(array, index)) {
        output.push(this.#element(array, index, depth));
        index++;
        continue;
      }
      const start = index;
      known ??= Reflect.ownKeys(array)
        .filter((key) => typeof key === 'string' && `${key >>> 0}` === key && Number(key) < length)
        .map(Number);
      while (at < known.length && known[at] < start) at++;
      index = known[at] ?? length;
      const holes = index - start;
      output.push(this.#style(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
    }
    if (index < length) output.push(more(length - index, 'item'));
    return output;
  }

  #element(array, index, depth) {
    const found = Object.getOwnPropertyDescriptor(array, index);
    if (found?.get === undefined && found?.set === undefined) {
      return this.#nested(array[index], depth);
    }
    return this.#property(array, index, depth).replace(/^[^:]*: /, '');
  }

  #numbers(array, length, depth) {
    const shown = Math.min(length, this.#limit());
    const output = [];
    for (let index = 0; index < shown; index++) {
      output.push(this.#primitive(array[index], typeof array[index]));
    }
    if (shown < length) output.push(more(length - shown, 'item'));
    if (this.#options.showHidden) {
      for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset']) {
        output.push(`[${key}]: ${this.#nested(array[key], depth)}`);
      }
      const { byteLength } = array.buffer;
      output.push(`[buffer]: ArrayBuffer { byteLength: ${this.#nested(byteLength, depth)} }`);
    }
    return output;
  }

  #set(set, size, depth) {
    const output = [];
    const limit = this.#limit();
    setForEach.call(set, (value) => {
      if (output.length < limit) output.push(this.#nested(value, depth));
    });
    if (size > limit) output.push(more(size - limit, 'item'));
    return output;
  }

  #map(map, size, depth) {
    const output = [];
    const limit = this.#limit();
    mapForEach.call(map, (value, key) => {
      if (output.length >= limit) return;
      output.push(`${this.#nested(key, depth)} => ${this.#nested(value, depth)}`);
    });
    if (size > limit) output.push(more(size - limit, 'item'));
    return output;
  }

  #bytes(buffer) {
    const bytes = new Uint8Array(buffer);
    const shown = bytes.subarray(0, Math.min(this.#limit(), bytes.length));
    const text = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const rest = bytes.length - shown.length;
    const tail = rest > 0 ? ` ${more(rest, 'byte')}` : '';
    return `[${this.#style('Uint8Contents', 'special')}]: <${text}${tail}>`;
  }

  #promise(promise, depth) {
    const [state, value] = promiseState(promise);
    if (state === 'pending') return [this.#style('<pending>', 'special')];
    const text = this.#nested(value, depth);
    return [state === 'rejected' ? `${this.#style('<rejected>', 'special')} ${text}` : text];
  }

  #boxed(value, kind, name, tag) {
    const type = kind === 'bigint' ? 'BigInt' : kind[0].toUpperCase() + kind.slice(1);
    const inner = globalThis[type].prototype.valueOf.call(value);
    let base = `[${type}`;
    if (name !== type) base += name === null ? ' (null prototype)' : ` (${name})`;
    const text = typeof inner === 'string' ? quote(inner) : inspect(inner);
    base += `: ${text}]`;
    return tag !== '' && tag !== name ? `${base} [${tag}]` : base;
  }

  /** Puts the parts on one line where they fit, else each on its own. */
  #laidOut(parts, base, open, close, list, depth) {
    const { compact, breakLength } = this.#options;
    const gap = `\n${' '.repeat(this.#indentation)}`;
    const lead = base === '' ? open : `${base} ${open}`;
    if (compact === true) {
      const start = `${open}${base ? ` ${base}` : ''}`;
      if (this.#fits(parts, 0, base)) return `${start} ${parts.join(', ')} ${close}`;
      return `${start}${gap}  ${parts.join(`,${gap}  `)} ${close}`;
    }
    let output = parts;
    if (compact >= 1) {
      if (list !== null && parts.length > 6) {
        output = inColumns(parts, list, this.#options, this.#indentation);
      }
      if (this.#depth - depth < compact && output === parts) {
        const start = parts.length + this.#indentation + open.length + base.length + 10;
        if (breakLength === Infinity || this.#fits(parts, start, base)) {
          const joined = parts.join(', ');
          if (!joined.includes('\n')) return `${lead} ${joined} ${close}`;
        }
      }
    }
    return `${lead}${gap}  ${output.join(`,${gap}  `)}${gap}${close}`;
  }

  #fits(parts, start, base) {
    let total = parts.length + start;
    for (const part of parts) {
      total += this.#options.colors ? part.replace(/\x1b\[\d+m/g, '').length : part.length;
      if (total > this.#options.breakLength) return false;
    }
    return base === '' || !base.includes('\n');
  }
}

/** `inspect(value, options)`, or as of old `inspect(value, showHidden, depth, colors)`. */
export function inspect(value, opts, ...old) {
  const settings = { ...defaultOptions };
  const [depth, withColors] = old;
  if (typeof opts === 'boolean') settings.showHidden = opts;
  else if (opts !== null && typeof opts === 'object') Object.assign(settings, opts);
  if (typeof depth === 'number' || depth === null) settings.depth = depth;
  if (typeof withColors === 'boolean') settings.colors = withColors;
  if (settings.maxStringLength === null) settings.maxStringLength = Infinity;
  return new Inspector(settings).value(value, 0);
}

inspect.custom = custom;
inspect.colors = colors;
inspect.styles = styles;
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaultOptions,
  set: (options) => {
    checkObject(options, 'options');
    defaultOptions = { ...defaultOptions, ...options };
  },
});
