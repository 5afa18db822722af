// intl_number: numbers in the English of the United States.
// https://tc39.es/ecma402/#numberformat-objects
//
// Left out: other locales and numbering systems, rounding other than half away from zero.

import { option, range, resolved } from 'internal:intl_options';

/** Units of money: symbol, narrow symbol where it differs, digits after the point where not 2. */
const currencies = {
  USD: ['$'], EUR: ['€'], GBP: ['£'], JPY: ['¥', '¥', 0], CNY: ['CN¥', '¥'], INR: ['₹'],
  KRW: ['₩', '₩', 0], BRL: ['R$'], CAD: ['CA$', '$'], AUD: ['A$', '$'], MXN: ['MX$', '$'],
  NZD: ['NZ$', '$'], HKD: ['HK$', '$'], TWD: ['NT$', '$'], ILS: ['₪'], PHP: ['₱'],
  VND: ['₫', '₫', 0], XAF: ['FCFA', 'FCFA', 0], XOF: ['F\u202fCFA', 'F\u202fCFA', 0],
};
const names = {
  USD: ['US dollar', 'US dollars'], EUR: ['euro', 'euros'], JPY: ['Japanese yen', 'Japanese yen'],
  GBP: ['British pound', 'British pounds'], CAD: ['Canadian dollar', 'Canadian dollars'],
  CHF: ['Swiss franc', 'Swiss francs'], INR: ['Indian rupee', 'Indian rupees'],
  AUD: ['Australian dollar', 'Australian dollars'], CNY: ['Chinese yuan', 'Chinese yuan'],
};
const fewDigits = { CLP: 0, ISK: 0, KWD: 3, BHD: 3, OMR: 3, JOD: 3, TND: 3, UGX: 0, PYG: 0 };

/** Units: short for one and for many, long for one; what is narrow is the number and the symbol. */
const units = {
  bit: [' bit', ' bit', ' bit'], byte: [' byte', ' byte', ' byte'], kilobit: [' kb', ' kb', ' kilobit'],
  kilobyte: [' kB', ' kB', ' kilobyte'], megabit: [' Mb', ' Mb', ' megabit'],
  megabyte: [' MB', ' MB', ' megabyte'], gigabit: [' Gb', ' Gb', ' gigabit'],
  gigabyte: [' GB', ' GB', ' gigabyte'], terabyte: [' TB', ' TB', ' terabyte'],
  petabyte: [' PB', ' PB', ' petabyte'], millisecond: [' ms', ' ms', ' millisecond'],
  second: [' sec', ' sec', ' second'], minute: [' min', ' min', ' minute'],
  hour: [' hr', ' hr', ' hour'], day: [' day', ' days', ' day'], week: [' wk', ' wks', ' week'],
  month: [' mth', ' mths', ' month'], year: [' yr', ' yrs', ' year'], meter: [' m', ' m', ' meter'],
  centimeter: [' cm', ' cm', ' centimeter'], millimeter: [' mm', ' mm', ' millimeter'],
  kilometer: [' km', ' km', ' kilometer'], mile: [' mi', ' mi', ' mile'], yard: [' yd', ' yd', ' yard'],
  gram: [' g', ' g', ' gram'], kilogram: [' kg', ' kg', ' kilogram'], ounce: [' oz', ' oz', ' ounce'],
  pound: [' lb', ' lb', ' pound'], liter: [' L', ' L', ' liter'], milliliter: [' mL', ' mL', ' milliliter'],
  celsius: ['°C', '°C', ' degree Celsius'], fahrenheit: ['°F', '°F', ' degree Fahrenheit'],
  degree: [' deg', ' deg', ' degree'], percent: ['%', '%', ' percent'],
};
const plurals = {
  celsius: ' degrees Celsius', fahrenheit: ' degrees Fahrenheit', percent: ' percent',
};

const narrow = {
  second: 's', minute: 'm', hour: 'h', day: 'd', week: 'w', month: 'm', year: 'y', byte: 'B', bit: 'bit',
  degree: '°', celsius: '°C', fahrenheit: '°',
};

const compactNames = [
  ['K', ' thousand'], ['M', ' million'], ['B', ' billion'], ['T', ' trillion'],
];

/** A number as decimal digits and the place of the point among them. */
function decimal(value) {
  const text = typeof value === 'bigint' ? `${value}` : String(value);
  const parts = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  const [, sign, whole, fraction = '', exponent = '0'] = parts;
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const point = whole.length + Number(exponent) - (all.length - digits.length);
  const negative = sign === '-' || Object.is(value, -0);
  if (digits === '') return { negative, digits: '', point: 0 };
  return { negative, digits: digits.replace(/0+$/, ''), point };
}

/** Keeps `count` digits, rounding a half away from zero. */
function rounded({ negative, digits, point }, count) {
  if (count >= digits.length) return { negative, digits, point };
  if (count < 0) return { negative, digits: '', point: 0 };
  const up = digits[count] >= '5';
  let kept = digits.slice(0, count);
  if (up) {
    let at = count - 1;
    while (at >= 0 && kept[at] === '9') at--;
    if (at < 0) return { negative, digits: '1', point: point + 1 };
    kept = `${kept.slice(0, at)}${Number(kept[at]) + 1}`;
  }
  kept = kept.replace(/0+$/, '');
  return kept === '' ? { negative, digits: '', point: 0 } : { negative, digits: kept, point };
}

function split({ digits, point }) {
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  return [whole, digits === '' ? '' : fraction];
}

/** The options that say how many digits there are. */
function digitOptions(options, defaults, owner) {
  const result = {
    minimumIntegerDigits: range(options, 'minimumIntegerDigits', 1, 21, 1),
  };
  const { minimumSignificantDigits: least, maximumSignificantDigits: most } = options;
  if (least !== undefined || most !== undefined) {
    result.minimumSignificantDigits = range(options, 'minimumSignificantDigits', 1, 21, 1);
    result.maximumSignificantDigits = range(
      options, 'maximumSignificantDigits', result.minimumSignificantDigits, 21, 21,
    );
    return result;
  }
  const min = range(options, 'minimumFractionDigits', 0, 100, undefined);
  const max = range(options, 'maximumFractionDigits', 0, 100, undefined);
  if (min !== undefined && max !== undefined && min > max) {
    throw new RangeError('maximumFractionDigits value is out of range.');
  }
  if (owner.notation === 'compact' && min === undefined && max === undefined) {
    return { ...result, compact: true, minimumFractionDigits: 0, maximumFractionDigits: 0 };
  }
  const [low, high] = defaults;
  result.minimumFractionDigits = min ?? Math.min(low, max ?? low);
  result.maximumFractionDigits = max ?? Math.max(high, result.minimumFractionDigits);
  return result;
}

function shownDigits(number, rules) {
  let value = number;
  let least = rules.minimumFractionDigits ?? 0;
  if (rules.maximumSignificantDigits !== undefined) {
    value = rounded(number, rules.maximumSignificantDigits);
    const whole = value.digits === '' ? 1 : value.point;
    least = Math.max(rules.minimumSignificantDigits - whole, 0);
  } else if (rules.compact) {
    value = rounded(number, Math.max(number.point, 2));
  } else {
    value = rounded(number, number.point + rules.maximumFractionDigits);
  }
  const [whole, fraction] = split(value);
  return { value, whole: whole.padStart(rules.minimumIntegerDigits, '0'), fraction: fraction.padEnd(least, '0') };
}

const PREFIXES = [
  ['style', ['decimal', 'percent', 'currency', 'unit'], 'decimal'],
  ['currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol'],
  ['currencySign', ['standard', 'accounting'], 'standard'],
  ['unitDisplay', ['short', 'narrow', 'long'], 'short'],
  ['notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard'],
  ['compactDisplay', ['short', 'long'], 'short'],
  ['signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto'],
];

export class NumberFormat {
  #options = {};
  #digits;
  #format;

  constructor(locales = undefined, options = undefined) {
    const given = options === undefined ? {} : Object(options);
    const own = { locale: resolved(locales), numberingSystem: 'latn' };
    for (const [name, allowed, fallback] of PREFIXES) {
      own[name] = option(given, name, allowed, fallback, 'NumberFormat');
    }
    this.#readKind(given, own);
    const grouping = given.useGrouping;
    if (grouping === undefined) own.useGrouping = own.notation === 'compact' ? 'min2' : 'auto';
    else if (grouping === false || grouping === 'false') own.useGrouping = false;
    else own.useGrouping = grouping === true || grouping === 'true' ? 'always' : String(grouping);
    const money = own.style === 'currency' && own.notation === 'standard'
      ? currencies[own.currency]?.[2] ?? fewDigits[own.currency] ?? 2
      : undefined;
    const defaults = money === undefined ? [0, own.style === 'percent' ? 0 : 3] : [money, money];
    this.#digits = digitOptions(given, defaults, own);
    this.#options = own;
  }

  #readKind(given, own) {
    const { currency, unit } = given;
    if (currency !== undefined && !/^[a-z]{3}$/i.test(`${currency}`)) {
      throw new RangeError(`Invalid currency code : ${currency}`);
    }
    if (own.style === 'currency') {
      if (currency === undefined) {
        throw new TypeError('Currency code is required with currency style.');
      }
      own.currency = `${currency}`.toUpperCase();
    }
    if (own.style === 'unit') {
      if (unit === undefined) throw new TypeError('Unit is required with unit style.');
      const parts = `${unit}`.split('-per-');
      if (parts.length > 2 || !parts.every((part) => Object.hasOwn(units, part))) {
        throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`);
      }
      own.unit = `${unit}`;
    }
  }

  get format() {
    this.#format ??= (value) => this.formatToParts(value).map((part) => part.value).join('');
    return this.#format;
  }

  formatToParts(value = undefined) {
    let number = value;
    if (typeof number === 'string' && !/^\s*[+-]?\d+(?:\.\d*)?\s*$/.test(number)) number = Number(number);
    if (typeof number === 'string') number = number.trim().replace(/^\+/, '');
    else if (typeof number !== 'bigint') number = numeric(number);
    const finite = typeof number !== 'number' || Number.isFinite(number);
    const parts = [];
    let negative;
    let zero = false;
    let one = false;
    if (finite) {
      const exact = decimal(number);
      if (this.#options.style === 'percent' && exact.digits !== '') exact.point += 2;
      const shown = this.#magnitude(exact, parts);
      negative = shown.negative;
      zero = shown.digits === '';
      one = parts.map((part) => part.value).join('') === '1';
    } else {
      negative = number < 0;
      parts.push(Number.isNaN(number)
        ? { type: 'nan', value: 'NaN' }
        : { type: 'infinity', value: '∞' });
    }
    return this.#signed(this.#dressed(parts, one), negative, zero);
  }

  /** The digits of a number, with what its notation adds; returns what was rounded. */
  #magnitude(exact, parts) {
    const { notation, compactDisplay } = this.#options;
    if (notation === 'standard') {
      const shown = shownDigits(exact, this.#digits);
      this.#push(parts, shown);
      return { ...shown.value, negative: exact.negative };
    }
    let exponent = exact.digits === '' ? 0 : exact.point - 1;
    let shown;
    // Rounding may carry over into the next power.
    for (let tries = 0; tries < 2; tries++) {
      if (notation !== 'scientific') exponent = Math.floor(exponent / 3) * 3;
      if (notation === 'compact') exponent = Math.max(0, Math.min(exponent, 12));
      shown = shownDigits({ ...exact, point: exact.point - exponent }, this.#digits);
      const limit = notation === 'scientific' ? 1 : 3;
      if (shown.whole.length <= limit || exponent === 12) break;
      exponent += limit;
    }
    this.#push(parts, shown);
    if (notation === 'compact') {
      if (exponent > 0) {
        const name = compactNames[exponent / 3 - 1][compactDisplay === 'short' ? 0 : 1];
        if (name.startsWith(' ')) parts.push({ type: 'literal', value: ' ' });
        parts.push({ type: 'compact', value: name.trim() });
      }
    } else {
      parts.push({ type: 'exponentSeparator', value: 'E' });
      if (exponent < 0) parts.push({ type: 'exponentMinusSign', value: '-' });
      parts.push({ type: 'exponentInteger', value: `${Math.abs(exponent)}` });
    }
    return { ...shown.value, negative: exact.negative };
  }

  #push(parts, { whole, fraction }) {
    const { useGrouping } = this.#options;
    const grouped = useGrouping !== false && (useGrouping !== 'min2' || whole.length > 4);
    const groups = grouped ? whole.split(/(?=(?:\d{3})+$)/) : [whole];
    groups.forEach((value, index) => {
      if (index > 0) parts.push({ type: 'group', value: ',' });
      parts.push({ type: 'integer', value });
    });
    if (fraction !== '') {
      parts.push({ type: 'decimal', value: '.' }, { type: 'fraction', value: fraction });
    }
  }

  /** With its currency, its unit or its percent sign. */
  #dressed(parts, one) {
    const { style, currency, currencyDisplay, unit, unitDisplay } = this.#options;
    if (style === 'percent') return [...parts, { type: 'percentSign', value: '%' }];
    if (style === 'unit') return [...parts, ...unitParts(unit, unitDisplay, one)];
    if (style !== 'currency') return parts;
    if (currencyDisplay === 'name') {
      const value = names[currency]?.[one ? 0 : 1] ?? currency;
      return [...parts, { type: 'literal', value: ' ' }, { type: 'currency', value }];
    }
    const known = currencyDisplay === 'code' ? undefined : currencies[currency];
    const symbol = (currencyDisplay === 'narrowSymbol' ? known?.[1] : undefined) ?? known?.[0];
    const value = symbol ?? currency;
    const gap = /[a-z]$/i.test(value) ? [{ type: 'literal', value: '\u00a0' }] : [];
    return [{ type: 'currency', value }, ...gap, ...parts];
  }

  #signed(parts, negative, zero) {
    const { signDisplay, style, currencySign } = this.#options;
    const nan = parts.some((part) => part.type === 'nan');
    let sign = negative && !nan ? '-' : '';
    if (signDisplay === 'never') sign = '';
    else if (signDisplay === 'always' && sign === '') sign = '+';
    else if (signDisplay === 'exceptZero') sign = zero || nan ? '' : sign || '+';
    else if (signDisplay === 'negative' && zero) sign = '';
    if (sign === '') return parts;
    if (sign === '-' && style === 'currency' && currencySign === 'accounting') {
      return [{ type: 'literal', value: '(' }, ...parts, { type: 'literal', value: ')' }];
    }
    return [{ type: sign === '-' ? 'minusSign' : 'plusSign', value: sign }, ...parts];
  }

  formatRange(start, end) {
    const [from, to] = [this.format(start), this.format(end)];
    return from === to ? `~${from}` : `${from}–${to}`;
  }

  resolvedOptions() {
    const { locale, numberingSystem, style, ...rest } = this.#options;
    const { compact, ...digits } = this.#digits;
    if (compact) Object.assign(digits, { minimumSignificantDigits: 1, maximumSignificantDigits: 2 });
    const shown = { locale, numberingSystem, style };
    const listed = {
      currency: style === 'currency', currencyDisplay: style === 'currency',
      currencySign: style === 'currency', unit: style === 'unit', unitDisplay: style === 'unit',
    };
    for (const name of Object.keys(listed)) if (listed[name]) shown[name] = rest[name];
    Object.assign(shown, digits, { useGrouping: rest.useGrouping, notation: rest.notation });
    if (rest.notation === 'compact') shown.compactDisplay = rest.compactDisplay;
    return {
      ...shown, signDisplay: rest.signDisplay, roundingIncrement: 1, roundingMode: 'halfExpand',
      roundingPriority: compact ? 'morePrecision' : 'auto', trailingZeroDisplay: 'auto',
    };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}

function numeric(value) {
  const primitive = typeof value === 'object' && value !== null ? value[Symbol.toPrimitive]?.('number') ?? value.valueOf() : value;
  return typeof primitive === 'bigint' ? primitive : Number(primitive);
}

function unitParts(unit, display, one) {
  const [first, second] = unit.split('-per-');
  const name = (key, many) => {
    const [short, shorts, long] = units[key];
    if (display === 'long') return many ? plurals[key] ?? `${long}s` : long;
    const text = many ? shorts : short;
    return display === 'narrow' ? narrow[key] ?? text.trim() : text;
  };
  let text = name(first, !one);
  if (second !== undefined) {
    text += display === 'long' ? ` per${name(second, false)}` : `/${perName(second)}`;
  }
  const value = text.trim();
  const gap = text.startsWith(' ') ? [{ type: 'literal', value: ' ' }] : [];
  return [...gap, { type: unit === 'percent' ? 'percentSign' : 'unit', value }];
}

function perName(unit) {
  return { second: 's', hour: 'h', minute: 'min', day: 'd' }[unit] ?? units[unit][0].trim();
}
