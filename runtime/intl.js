// Intl: what programs ask for most, in the English of the United States and no other language.
// https://tc39.es/ecma402/
//
// Left out: DisplayNames, DurationFormat, Locale, Segmenter, supportedValuesOf.

import { DateTimeFormat } from 'internal:intl_date';
import { NumberFormat } from 'internal:intl_number';
import { canonicalList, option, resolved } from 'internal:intl_options';

export class PluralRules {
  #type;

  constructor(locales = undefined, options = undefined) {
    resolved(locales);
    this.#type = option(options ?? {}, 'type', ['cardinal', 'ordinal'], 'cardinal', 'PluralRules');
  }

  select(value) {
    const number = Number(value);
    if (this.#type === 'cardinal') return Math.abs(number) === 1 ? 'one' : 'other';
    const last = Math.abs(number) % 10;
    const teen = Math.trunc(Math.abs(number) % 100 / 10) === 1;
    return (!teen && { 1: 'one', 2: 'two', 3: 'few' }[last]) || 'other';
  }

  resolvedOptions() {
    const pluralCategories = this.#type === 'cardinal'
      ? ['one', 'other']
      : ['few', 'one', 'two', 'other'];
    return { locale: resolved(), type: this.#type, pluralCategories };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}

export class ListFormat {
  #type;
  #style;

  constructor(locales = undefined, options = undefined) {
    resolved(locales);
    const types = ['conjunction', 'disjunction', 'unit'];
    this.#type = option(options ?? {}, 'type', types, 'conjunction', 'ListFormat');
    this.#style = option(options ?? {}, 'style', ['long', 'short', 'narrow'], 'long', 'ListFormat');
  }

  formatToParts(list) {
    const items = Array.from(list, (value) => {
      if (typeof value !== 'string') throw new TypeError('Iterable yielded a non-String value');
      return { type: 'element', value };
    });
    return items.flatMap((item, index) => {
      if (index === 0) return [item];
      const value = this.#gap(index === items.length - 1, items.length);
      return [{ type: 'literal', value }, item];
    });
  }

  #gap(last, count) {
    const comma = this.#type === 'unit' && this.#style === 'narrow' ? ' ' : ', ';
    let word = this.#type === 'disjunction' ? 'or' : '';
    if (this.#type === 'conjunction') word = { long: 'and', short: '&', narrow: '' }[this.#style];
    if (!last || word === '') return comma;
    return count === 2 ? ` ${word} ` : `, ${word} `;
  }

  format(list) {
    return this.formatToParts(list).map((part) => part.value).join('');
  }

  resolvedOptions() {
    return { locale: resolved(), type: this.#type, style: this.#style };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}

/** Of each unit: short, short of many, narrow. */
const spans = {
  second: ['sec.', 'sec.', 's'], minute: ['min.', 'min.', 'm'], hour: ['hr.', 'hr.', 'h'],
  day: ['day', 'days', 'd'], week: ['wk.', 'wk.', 'w'], month: ['mo.', 'mo.', 'mo'],
  quarter: ['qtr.', 'qtrs.', 'q'], year: ['yr.', 'yr.', 'y'],
};

export class RelativeTimeFormat {
  #style;
  #numeric;
  #numbers = new NumberFormat();

  constructor(locales = undefined, options = undefined) {
    resolved(locales);
    const owner = 'RelativeTimeFormat';
    this.#style = option(options ?? {}, 'style', ['long', 'short', 'narrow'], 'long', owner);
    this.#numeric = option(options ?? {}, 'numeric', ['always', 'auto'], 'always', owner);
  }

  format(value, unit) {
    return this.formatToParts(value, unit).map((part) => part.value).join('');
  }

  formatToParts(value, unit) {
    const number = Number(value);
    const name = `${unit}`.replace(/s$/, '');
    if (!Object.hasOwn(spans, name)) {
      const message = 'Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() '
        + `'${unit}'`;
      throw new RangeError(message);
    }
    if (!Number.isFinite(number)) {
      throw new RangeError('Invalid number value');
    }
    const word = this.#numeric === 'auto' ? this.#word(number, name) : undefined;
    if (word !== undefined) return [{ type: 'literal', value: word }];
    const past = number < 0 || Object.is(number, -0);
    const parts = this.#numbers.formatToParts(Math.abs(number))
      .map((part) => ({ ...part, unit: name }));
    const text = this.#name(name, Math.abs(number) === 1);
    if (past) return [...parts, { type: 'literal', value: `${text} ago` }];
    return [{ type: 'literal', value: 'in ' }, ...parts, { type: 'literal', value: text }];
  }

  #name(name, one) {
    const [short, shorts, narrow] = spans[name];
    if (this.#style === 'narrow') return narrow;
    if (this.#style === 'short') return ` ${one ? short : shorts}`;
    return ` ${name}${one ? '' : 's'}`;
  }

  #word(number, name) {
    if (name === 'second') return number === 0 ? 'now' : undefined;
    if (name === 'day') return { 0: 'today', 1: 'tomorrow', '-1': 'yesterday' }[number];
    if (number === 0) return `this ${name}`;
    if (name === 'minute' || name === 'hour') return undefined;
    return { 1: `next ${name}`, '-1': `last ${name}` }[number];
  }

  resolvedOptions() {
    return {
      locale: resolved(), style: this.#style, numeric: this.#numeric, numberingSystem: 'latn',
    };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}

export class Collator {
  #options;
  #compare;

  constructor(locales = undefined, options = undefined) {
    resolved(locales);
    const given = options ?? {};
    const kinds = ['base', 'accent', 'case', 'variant'];
    this.#options = {
      usage: option(given, 'usage', ['sort', 'search'], 'sort', 'Collator'),
      sensitivity: option(given, 'sensitivity', kinds, 'variant', 'Collator'),
      ignorePunctuation: Boolean(given.ignorePunctuation),
      collation: 'default',
      numeric: Boolean(given.numeric),
      caseFirst: option(given, 'caseFirst', ['upper', 'lower', 'false'], 'false', 'Collator'),
    };
  }

  get compare() {
    this.#compare ??= (a, b) => this.#order(`${a}`, `${b}`);
    return this.#compare;
  }

  /** By letters, then by accents, then by case. */
  #order(a, b) {
    const { sensitivity, numeric, ignorePunctuation, caseFirst } = this.#options;
    const plain = (text) => {
      const shown = ignorePunctuation ? text.replace(/[\p{P}\s]/gu, '') : text;
      return shown.normalize('NFD');
    };
    const [x, y] = [plain(a), plain(b)];
    const letters = (text) => text.replace(/\p{M}/gu, '').toLowerCase();
    const order = numeric ? byNumbers(letters(x), letters(y)) : byLetters(letters(x), letters(y));
    if (order !== 0 || sensitivity === 'base') return order;
    if (sensitivity !== 'case') {
      const accents = compare(x.toLowerCase(), y.toLowerCase());
      if (accents !== 0 || sensitivity === 'accent') return accents;
    }
    // A small letter comes before the capital one.
    return compare(x, y) * (caseFirst === 'upper' ? 1 : -1);
  }

  resolvedOptions() {
    return { locale: resolved(), ...this.#options };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}

function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Spaces and punctuation come first, then digits, then letters. */
function byLetters(a, b) {
  const rank = (character) => {
    if (/\p{L}/u.test(character)) return 3;
    if (/\p{N}/u.test(character)) return 2;
    return /\s/.test(character) ? 0 : 1;
  };
  const [x, y] = [[...a], [...b]];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    if (x[at] === y[at]) continue;
    return compare(rank(x[at]), rank(y[at])) || compare(x[at], y[at]);
  }
  return compare(x.length, y.length);
}

function byNumbers(a, b) {
  const pieces = (text) => text.match(/\d+|\D+/g) ?? [];
  const [x, y] = [pieces(a), pieces(b)];
  for (let at = 0; at < Math.min(x.length, y.length); at++) {
    const numbers = /^\d/.test(x[at]) && /^\d/.test(y[at]);
    const order = numbers ? compare(BigInt(x[at]), BigInt(y[at])) : byLetters(x[at], y[at]);
    if (order !== 0) return order;
  }
  return compare(x.length, y.length);
}

export const getCanonicalLocales = canonicalList;

/** A class of old, which can be called without `new`. */
function callable(Class) {
  const constructor = function (...values) {
    return Reflect.construct(Class, values.slice(0, 2), new.target ?? Class);
  };
  Object.defineProperties(constructor, {
    name: { value: Class.name, configurable: true },
    length: { value: 0, configurable: true },
    prototype: { value: Class.prototype, writable: false },
    supportedLocalesOf: {
      value: Class.supportedLocalesOf, writable: true, configurable: true,
    },
  });
  Object.defineProperty(Class.prototype, 'constructor', { value: constructor });
  return constructor;
}

const classes = {
  Collator: callable(Collator),
  DateTimeFormat: callable(DateTimeFormat),
  ListFormat,
  NumberFormat: callable(NumberFormat),
  PluralRules,
  RelativeTimeFormat,
};

export const Intl = {};
for (const [name, value] of Object.entries({ ...classes, getCanonicalLocales })) {
  Object.defineProperty(Intl, name, { value, writable: true, configurable: true });
}
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
for (const [name, value] of Object.entries(classes)) {
  Object.defineProperty(value.prototype, Symbol.toStringTag, {
    value: `Intl.${name}`, configurable: true,
  });
}

// Most calls say nothing special.
const plain = {};

/** What `toLocaleString` and its kin are, by the name of their class. */
export const toLocale = {
  number(value, locales, options) {
    if (locales === undefined && options === undefined) {
      plain.number ??= new NumberFormat();
      return plain.number.format(value);
    }
    return new NumberFormat(locales, options).format(value);
  },

  list(list, locales, options) {
    const { length } = list;
    let text = '';
    for (let index = 0; index < length; index++) {
      const value = list[index];
      if (index > 0) text += ',';
      if (value !== undefined && value !== null) text += value.toLocaleString(locales, options);
    }
    return text;
  },

  date(time, locales, options, defaults) {
    if (Number.isNaN(time)) return 'Invalid Date';
    if (locales === undefined && options === undefined) {
      const [, shown] = defaults;
      plain[shown] ??= new DateTimeFormat(undefined, undefined, defaults);
      return plain[shown].format(time);
    }
    return new DateTimeFormat(locales, options, defaults).format(time);
  },
};
