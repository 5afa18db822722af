// console: https://console.spec.whatwg.org/, with the texts of Node.
//
// The methods are native and print plain values themselves; this half is parsed when something
// needs more, and the inspector when something needs that.

import { attach, colors, console, indent, load, now, print, put, write } from 'ops:console';

const STDOUT = 1;
const STDERR = 2;

const timers = new Map();
const counters = new Map();

function line(fd, values) {
  if (!print(fd, ...values)) formatted(fd, values);
}

function formatted(fd, values) {
  const { formatWithOptions } = load('internal:format');
  put(fd, formatWithOptions({ colors: colors(fd) }, ...values));
}

function warn(text) {
  write(STDERR, `krandog: Warning: ${text}\n`);
}

function elapsed(label, method) {
  const start = timers.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  return `${label}: ${duration(now() - start)}`;
}

function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)}s`;
  const pad = (number) => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds % 60).toFixed(3).padStart(6, '0');
  if (minutes < 60) return `${minutes}:${rest} (m:ss.mmm)`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest.slice(0, 2)} (h:mm:ss)`;
}

const methods = {
  log(...values) {
    formatted(STDOUT, values);
  },

  warn(...values) {
    formatted(STDERR, values);
  },

  error(...values) {
    formatted(STDERR, values);
  },

  dir(value, options) {
    const { inspect } = load('internal:inspect');
    put(STDOUT, inspect(value, { customInspect: false, colors: colors(STDOUT), ...options }));
  },

  table(data, columns) {
    const text = load('internal:table').table(data, columns, colors(STDOUT));
    if (text === undefined) line(STDOUT, [data]);
    else put(STDOUT, text);
  },

  time(label = 'default') {
    const name = `${label}`;
    if (timers.has(name)) warn(`Label '${name}' already exists for console.time()`);
    else timers.set(name, now());
  },

  timeLog(label = 'default', ...values) {
    const text = elapsed(`${label}`, 'timeLog');
    if (text !== undefined) line(STDOUT, ['%s', text, ...values]);
  },

  timeEnd(label = 'default') {
    const text = elapsed(`${label}`, 'timeEnd');
    if (text === undefined) return;
    put(STDOUT, text);
    timers.delete(`${label}`);
  },

  count(label = 'default') {
    const count = (counters.get(`${label}`) ?? 0) + 1;
    counters.set(`${label}`, count);
    put(STDOUT, `${label}: ${count}`);
  },

  countReset(label = 'default') {
    if (!counters.delete(`${label}`)) warn(`Count for '${label}' does not exist`);
  },

  group(...values) {
    if (values.length > 0) line(STDOUT, values);
    indent(2);
  },

  groupEnd() {
    indent(-2);
  },

  assert(condition, ...values) {
    if (condition) return;
    const [first, ...rest] = values;
    if (typeof first === 'string') line(STDERR, [`Assertion failed: ${first}`, ...rest]);
    else line(STDERR, values.length > 0 ? ['Assertion failed:', ...values] : ['Assertion failed']);
  },

  trace: printTrace,

  clear() {
    if (colors(STDOUT)) write(STDOUT, '\x1b[1;1H\x1b[0J');
  },
};

// The calls of `console.trace` and of what it called are left out; its own function has another
// name, so that the native one is found.
function printTrace(...values) {
  const { format } = load('internal:format');
  const trace = { name: 'Trace', message: format(...values) };
  Error.captureStackTrace(trace, { name: 'trace' });
  put(STDERR, trace.stack);
}

attach((name, ...values) => methods[name](...values));

export default console();
