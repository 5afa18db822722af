// performance_timeline: marks, measures, and who observes them.
// https://w3c.github.io/performance-timeline/, https://w3c.github.io/user-timing/
//
// Left out: every kind of entry that the system would make, such as 'resource' and 'gc'.

import { DOMException } from 'internal:dom_exception';
import {
  checkFunction, checkNumber, checkObject, checkString, coded, missing, wrongType, wrongValue,
} from 'internal:errors';
import { performance } from 'internal:performance';
import { structuredClone } from 'internal:structured_clone';

const TYPES = ['function', 'mark', 'measure'];
const custom = Symbol.for('nodejs.util.inspect.custom');

// Only what is in this file can make entries.
const inside = Symbol('inside');

function illegal() {
  return coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

export class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;

  constructor(key, name, entryType, startTime, duration) {
    if (key !== inside) throw illegal();
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
  }

  get name() {
    return this.#name;
  }

  get entryType() {
    return this.#entryType;
  }

  get startTime() {
    return this.#startTime;
  }

  get duration() {
    return this.#duration;
  }

  toJSON() {
    const { name, entryType, startTime, duration } = this;
    return { name, entryType, startTime, duration };
  }

  [custom](depth, options, inspect) {
    return depth < 0 ? this : `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}

export class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = {}) {
    if (arguments.length === 0) throw missing('name');
    const text = `${name}`;
    checkObject(options ?? {}, 'options');
    const { startTime = performance.now(), detail } = options ?? {};
    checkTime(startTime, 'startTime');
    super(inside, text, 'mark', startTime, 0);
    this.#detail = copied(detail);
  }

  get detail() {
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

export class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(key, name, startTime, duration, detail) {
    super(key, name, 'measure', startTime, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}

for (const [Class, names] of [
  [PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']],
  [PerformanceMark, ['detail']],
  [PerformanceMeasure, ['detail']],
]) {
  for (const name of names) {
    Object.defineProperty(Class.prototype, name, { enumerable: true });
  }
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    value: Class.name, configurable: true,
  });
}

function copied(detail) {
  return detail === undefined || detail === null ? null : structuredClone(detail);
}

function checkTime(time, name) {
  checkNumber(time, name);
  if (!(time >= 0)) {
    const message = `${time} is not a valid timestamp`;
    throw coded(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', message);
  }
}

// In the order of their start.
const timeline = [];

function add(entry) {
  let at = timeline.length;
  while (at > 0 && timeline[at - 1].startTime > entry.startTime) at--;
  timeline.splice(at, 0, entry);
  for (const observer of observers) observer[inside](entry);
  return entry;
}

export function mark(...values) {
  return add(new PerformanceMark(...values));
}

/** A time, or that of the latest mark with this name. */
function timeOf(markOrTime, name) {
  if (typeof markOrTime === 'number') {
    checkTime(markOrTime, name);
    return markOrTime;
  }
  const text = `${markOrTime}`;
  const found = timeline.findLast((entry) => entry.entryType === 'mark' && entry.name === text);
  if (found !== undefined) return found.startTime;
  const message = `The "${text}" performance mark has not been set`;
  throw new DOMException(message, 'SyntaxError');
}

function invalidMeasure(message) {
  return coded(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', message);
}

export function measure(name, startOrOptions, endMark) {
  if (arguments.length === 0) throw missing('name');
  checkString(name, 'name');
  const options = startOrOptions !== null && typeof startOrOptions === 'object'
    ? startOrOptions
    : { start: startOrOptions ?? undefined };
  let { start, end = endMark } = options;
  const { duration, detail } = options;
  if (options === startOrOptions && endMark !== undefined) {
    throw invalidMeasure('endMark must not be specified');
  }
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw invalidMeasure(
      'Must not have options.start, options.end, and options.duration specified',
    );
  }
  if (duration !== undefined) checkTime(duration, 'options.duration');
  if (end !== undefined) end = timeOf(end, 'end');
  else if (start !== undefined && duration !== undefined) end = timeOf(start, 'start') + duration;
  else end = performance.now();
  if (start !== undefined) start = timeOf(start, 'start');
  else start = duration === undefined ? 0 : end - duration;
  return add(new PerformanceMeasure(inside, name, start, end - start, copied(detail)));
}

export function clear(type, name) {
  const kept = timeline.filter((entry) => (
    entry.entryType !== type || (name !== undefined && entry.name !== `${name}`)
  ));
  timeline.splice(0, timeline.length, ...kept);
}

function byName(list, name, type) {
  return list.filter((entry) => (
    entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`)
  ));
}

function byType(list, type) {
  return list.filter((entry) => entry.entryType === `${type}`);
}

export function entries() {
  return [...timeline];
}

export function entriesByName(name, type) {
  if (arguments.length === 0) throw missing('name');
  return byName(timeline, name, type);
}

export function entriesByType(type) {
  if (arguments.length === 0) throw missing('type');
  return byType(timeline, type);
}

export class PerformanceObserverEntryList {
  #entries;

  constructor(key, list) {
    if (key !== inside) throw illegal();
    this.#entries = list.sort((a, b) => a.startTime - b.startTime);
  }

  getEntries() {
    return [...this.#entries];
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw missing('name');
    return byName(this.#entries, name, type);
  }

  getEntriesByType(type) {
    if (arguments.length === 0) throw missing('type');
    return byType(this.#entries, type);
  }
}

/** A function that tells observers how long each of its calls takes. */
export function timerify(fn, options = {}) {
  checkFunction(fn, 'fn');
  checkObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && typeof histogram?.record !== 'function') {
    throw wrongType('options.histogram', 'an instance of RecordableHistogram', histogram);
  }
  const told = (start, values) => {
    const duration = performance.now() - start;
    histogram?.record(Math.max(1, Math.ceil(duration * 1e6)));
    const entry = new PerformanceEntry(inside, fn.name, 'function', start, duration);
    for (const observer of observers) observer[inside](Object.assign(entry, values));
  };
  function timerified(...values) {
    const start = performance.now();
    const result = new.target
      ? Reflect.construct(fn, values, fn)
      : Reflect.apply(fn, this, values);
    if (!new.target && typeof result?.finally === 'function') {
      return result.finally(() => told(start, values));
    }
    told(start, values);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { value: fn.length, configurable: true },
    name: { value: `timerified ${fn.name}`, configurable: true },
  });
  return timerified;
}

const observers = new Set();

export class PerformanceObserver {
  static get supportedEntryTypes() {
    return [...TYPES];
  }

  #callback;
  #types = new Set();
  // How `observe` was called first: both ways do not mix.
  #mode;
  #buffer = [];
  #queued = false;

  constructor(callback) {
    checkFunction(callback, 'callback');
    this.#callback = callback;
  }

  observe(options = {}) {
    checkObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw missing('options.entryTypes', 'options.type');
    }
    if (entryTypes !== undefined && type !== undefined) {
      throw wrongValue('options.entryTypes', entryTypes, 'options.entryTypes can not set with '
        + 'options.type together');
    }
    const mode = type === undefined ? 'several' : 'single';
    this.#mode ??= mode;
    if (this.#mode !== mode) {
      const wanted = mode === 'single' ? 'single observation' : 'multiple observations';
      const message = `PerformanceObserver can not change to ${wanted}`;
      throw new DOMException(message, 'InvalidModificationError');
    }
    if (mode === 'several') {
      if (!Array.isArray(entryTypes)) {
        throw wrongType('options.entryTypes', 'string[]', entryTypes);
      }
      this.#types = new Set(entryTypes.filter((each) => TYPES.includes(each)));
    } else {
      if (!TYPES.includes(type)) return;
      this.#types.add(type);
      if (buffered) for (const entry of byType(timeline, type)) this[inside](entry);
    }
    if (this.#types.size > 0) observers.add(this);
  }

  disconnect() {
    observers.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#mode = undefined;
  }

  takeRecords() {
    return this.#buffer.splice(0);
  }

  /** Takes an entry, to be told of with all others of this turn. */
  [inside](entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#buffer.push(entry);
    if (this.#queued) return;
    this.#queued = true;
    setImmediate(() => {
      this.#queued = false;
      const list = this.takeRecords();
      if (list.length > 0) {
        this.#callback(new PerformanceObserverEntryList(inside, list), this);
      }
    });
  }

  [custom]() {
    return 'PerformanceObserver {}';
  }
}
