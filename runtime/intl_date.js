// intl_date: dates and times in the English of the United States.
// https://tc39.es/ecma402/#datetimeformat-objects
//
// Left out: other locales, calendars and numbering systems, names of zones in full but for UTC.

import { option, range, resolved } from 'internal:intl_options';
import { local, offset } from 'ops:internal:intl_date';

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
// Zones whose abbreviations people in the United States know.
const KNOWN = /^(?:[ECMP][SD]T|AK[SD]T|H[SD]?T|UTC)$/;

const numeric = ['numeric', '2-digit'];
const words = ['long', 'short', 'narrow'];
const FIELDS = [
  ['weekday', words],
  ['era', words],
  ['year', numeric],
  ['month', [...numeric, ...words]],
  ['day', numeric],
  ['dayPeriod', words],
  ['hour', numeric],
  ['minute', numeric],
  ['second', numeric],
];
const ZONE_NAMES = [
  'short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric',
];
const STYLES = ['full', 'long', 'medium', 'short'];
const DATE_STYLES = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES = {
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};
const DEFAULTS = {
  date: { year: 'numeric', month: 'numeric', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};
const dateNames = ['weekday', 'year', 'month', 'day'];
const timeNames = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];

let systemZone;

function localZone() {
  if (systemZone === undefined) {
    const name = local();
    systemZone = name !== undefined && offset(name, 0) !== undefined ? name : 'UTC';
  }
  return systemZone;
}

/** The name of a zone as it is written; a RangeError for one that the system does not know. */
function zoneOf(name) {
  if (name === undefined) return localZone();
  const text = `${name}`;
  if (/^(?:utc|gmt|etc\/(?:utc|gmt))$/i.test(text)) return 'UTC';
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (fixed !== null && Number(fixed[2]) < 24 && Number(fixed[3] ?? 0) < 60) {
    return `${fixed[1]}${fixed[2]}:${fixed[3] ?? '00'}`;
  }
  const usual = text.split('/').map((part) => (
    part.split('_').map((word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase()).join('_')
  )).join('/');
  for (const known of [text, usual]) if (offset(known, 0) !== undefined) return known;
  throw new RangeError(`Invalid time zone specified: ${text}`);
}

/** Seconds east of UTC, and an abbreviation, at a time. */
function zoneAt(zone, time) {
  if (zone === 'UTC') return [0, 'UTC'];
  const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (fixed === null) return offset(zone, time / 1000);
  const seconds = (Number(fixed[2]) * 60 + Number(fixed[3])) * 60;
  return [fixed[1] === '-' ? -seconds : seconds, ''];
}

function offsetName(seconds, long) {
  const sign = seconds < 0 ? '-' : '+';
  const minutes = Math.round(Math.abs(seconds) / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const pad = (number) => String(number).padStart(2, '0');
  if (long) return `GMT${sign}${pad(hours)}:${pad(rest)}`;
  return `GMT${sign}${hours}${rest === 0 ? '' : `:${pad(rest)}`}`;
}

function zoneName(kind, [seconds, abbreviation]) {
  if (kind === 'short' && KNOWN.test(abbreviation)) return abbreviation;
  if (kind === 'long' && abbreviation === 'UTC') return 'Coordinated Universal Time';
  return offsetName(seconds, kind.startsWith('long'));
}

/** The parts of a date, on the clocks of a zone. */
function fieldsOf(time, zone) {
  const [seconds, abbreviation] = zoneAt(zone, time);
  const date = new Date(time + seconds * 1000);
  const year = date.getUTCFullYear();
  return {
    weekday: date.getUTCDay(),
    era: year > 0 ? 1 : 0,
    year: year > 0 ? year : 1 - year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    zone: [seconds, abbreviation],
  };
}

function shortened(name, style) {
  if (style === 'long') return name;
  return style === 'short' ? name.slice(0, 3) : name[0];
}

const two = (number) => String(number % 100).padStart(2, '0');
const literal = (value) => ({ type: 'literal', value });

function dateParts(options, fields) {
  const { weekday, month, day, year, era } = options;
  const parts = {};
  if (weekday) parts.weekday = shortened(DAYS[fields.weekday], weekday);
  if (day) parts.day = day === '2-digit' ? two(fields.day) : `${fields.day}`;
  if (year) parts.year = year === '2-digit' ? two(fields.year) : `${fields.year}`;
  const textual = words.includes(month);
  if (textual) parts.month = shortened(MONTHS[fields.month], month);
  else if (month) parts.month = month === '2-digit' ? two(fields.month + 1) : `${fields.month + 1}`;
  const list = [];
  const add = (name, gap) => {
    if (parts[name] === undefined) return;
    if (list.length > 0) list.push(literal(gap));
    list.push({ type: name, value: parts[name] });
  };
  if (weekday && !year && Boolean(month) !== Boolean(day)) {
    // As a calendar has it: '5 Tuesday'.
    add('month', ' ');
    add('day', ' ');
    add('weekday', ' ');
  } else {
    add('weekday', ', ');
    add('month', ', ');
    add('day', textual ? ' ' : month ? '/' : ', ');
    add('year', textual ? (day ? ', ' : ' ') : month ? '/' : ', ');
  }
  if (era) {
    const names = { long: ['Before Christ', 'Anno Domini'], narrow: ['B', 'A'] }[era] ?? ['BC', 'AD'];
    if (list.length > 0) list.push(literal(' '));
    list.push({ type: 'era', value: names[fields.era] });
  }
  return list;
}

function dayPart(hour) {
  if (hour === 12) return 'noon';
  if (hour < 6 || hour >= 21) return 'at night';
  if (hour < 12) return 'in the morning';
  return hour < 18 ? 'in the afternoon' : 'in the evening';
}

function hourOf(hour, cycle) {
  switch (cycle) {
    case 'h11': return hour % 12;
    case 'h12': return hour % 12 || 12;
    case 'h24': return hour || 24;
    default: return hour;
  }
}

function timeParts(options, fields, cycle) {
  const { hour, minute, second, fractionalSecondDigits: digits, dayPeriod } = options;
  const twelve = cycle === 'h11' || cycle === 'h12';
  const list = [];
  const add = (type, value, gap) => {
    if (list.length > 0) list.push(literal(gap));
    list.push({ type, value });
  };
  if (hour) {
    const shown = hourOf(fields.hour, cycle);
    add('hour', hour === '2-digit' || !twelve ? two(shown) : `${shown}`, '');
  }
  const padded = (name) => hour || (minute && second) ? two(fields[name]) : `${fields[name]}`;
  if (minute) add('minute', padded('minute'), ':');
  if (second) add('second', padded('second'), ':');
  if (digits) {
    const value = String(fields.millisecond).padStart(3, '0').slice(0, digits);
    add('fractionalSecond', value, '.');
  }
  if (dayPeriod && (twelve || !hour)) add('dayPeriod', dayPart(fields.hour), ' ');
  else if (hour && twelve) add('dayPeriod', fields.hour < 12 ? 'AM' : 'PM', ' ');
  return list;
}

export class DateTimeFormat {
  #zone;
  #styles = {};
  #fields = {};
  #cycle;
  #format;

  /** `defaults` are those of `toLocaleDateString` and its kin: what is shown if nothing is said. */
  constructor(locales = undefined, options = undefined, defaults = ['date', 'date']) {
    resolved(locales);
    const given = options === undefined ? {} : Object(options);
    const cycle = option(given, 'hourCycle', ['h11', 'h12', 'h23', 'h24'], undefined, 'DateTimeFormat');
    this.#zone = zoneOf(given.timeZone);
    for (const [name, allowed] of FIELDS) {
      const value = option(given, name, allowed, undefined, 'DateTimeFormat');
      if (value !== undefined) this.#fields[name] = value;
    }
    const digits = range(given, 'fractionalSecondDigits', 1, 3, undefined);
    if (digits !== undefined) this.#fields.fractionalSecondDigits = digits;
    const zoneNames = option(given, 'timeZoneName', ZONE_NAMES, undefined, 'DateTimeFormat');
    if (zoneNames !== undefined) this.#fields.timeZoneName = zoneNames;
    this.#applyStyles(given, defaults);
    if (this.#fields.hour !== undefined) {
      if (this.#fields.minute !== undefined) this.#fields.minute = '2-digit';
      if (given.hour12 === undefined) this.#cycle = cycle ?? 'h12';
      else this.#cycle = given.hour12 ? 'h12' : 'h23';
    }
    if (this.#fields.minute !== undefined && this.#fields.second !== undefined) {
      this.#fields.minute = '2-digit';
      this.#fields.second = '2-digit';
    }
  }

  #applyStyles(given, [required, fallback]) {
    const dateStyle = option(given, 'dateStyle', STYLES, undefined, 'DateTimeFormat');
    const timeStyle = option(given, 'timeStyle', STYLES, undefined, 'DateTimeFormat');
    if (dateStyle !== undefined || timeStyle !== undefined) {
      const [explicit] = Object.keys(this.#fields);
      const style = dateStyle === undefined ? 'timeStyle' : 'dateStyle';
      if (explicit !== undefined) {
        throw new TypeError(`Can't set option ${explicit} when ${style} is used`);
      }
      if (required === 'date' && fallback === 'date only' && timeStyle !== undefined) {
        throw new TypeError('Invalid option : timeStyle');
      }
      if (required === 'time' && dateStyle !== undefined) {
        throw new TypeError('Invalid option : dateStyle');
      }
      if (dateStyle !== undefined) this.#styles.dateStyle = dateStyle;
      if (timeStyle !== undefined) this.#styles.timeStyle = timeStyle;
      Object.assign(this.#fields, DATE_STYLES[dateStyle], TIME_STYLES[timeStyle]);
      return;
    }
    const fields = this.#fields;
    const has = (names) => names.some((name) => fields[name] !== undefined);
    const wantsDate = required !== 'time' && has(dateNames);
    const wantsTime = (required !== 'date' || fallback !== 'date only') && has(timeNames);
    if (wantsDate || wantsTime) return;
    if (fallback !== 'time') Object.assign(this.#fields, DEFAULTS.date);
    if (fallback === 'time' || fallback === 'all') Object.assign(this.#fields, DEFAULTS.time);
  }

  get format() {
    this.#format ??= (date) => this.formatToParts(date).map((part) => part.value).join('');
    return this.#format;
  }

  formatToParts(date = undefined) {
    const time = date === undefined ? Date.now() : Number(date);
    if (!(Math.abs(time) <= 8.64e15)) throw new RangeError('Invalid time value');
    const fields = fieldsOf(Math.trunc(time), this.#zone);
    const first = dateParts(this.#fields, fields);
    const second = timeParts(this.#fields, fields, this.#cycle);
    const parts = [...first];
    if (first.length > 0 && second.length > 0) {
      const alone = first.length === 1 && first[0].type === 'weekday';
      parts.push(literal(alone ? ' ' : this.#fields.month === 'long' ? ' at ' : ', '));
    }
    parts.push(...second);
    if (this.#fields.timeZoneName !== undefined) {
      if (parts.length > 0) parts.push(literal(second.length > 0 ? ' ' : ', '));
      const value = zoneName(this.#fields.timeZoneName, fields.zone);
      parts.push({ type: 'timeZoneName', value });
    }
    return parts;
  }

  formatRange(start, end) {
    const [from, to] = [this.format(start), this.format(end)];
    return from === to ? from : `${from} – ${to}`;
  }

  formatRangeToParts(start, end) {
    const marked = (source) => (part) => ({ ...part, source });
    const from = this.formatToParts(start);
    const to = this.formatToParts(end);
    if (this.format(start) === this.format(end)) return from.map(marked('shared'));
    return [
      ...from.map(marked('startRange')),
      { ...literal(' – '), source: 'shared' },
      ...to.map(marked('endRange')),
    ];
  }

  resolvedOptions() {
    const cycle = this.#cycle === undefined
      ? {}
      : { hourCycle: this.#cycle, hour12: this.#cycle === 'h11' || this.#cycle === 'h12' };
    const styled = Object.keys(this.#styles).length > 0;
    return {
      locale: resolved(), calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#zone,
      ...cycle, ...(styled ? this.#styles : this.#fields),
    };
  }

  static supportedLocalesOf(locales) {
    return resolved.supported(locales);
  }
}
