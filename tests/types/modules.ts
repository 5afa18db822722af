// The modules that Node.js has too, with and without `node:`.

import assert, { AssertionError, deepStrictEqual, strictEqual } from 'assert';
import strict from 'assert/strict';
import console from 'console';
import EventEmitter, { errorMonitor, getEventListeners, listenerCount, on, once } from 'events';
import os, { EOL, cpus } from 'os';
import path, { join, posix } from 'path';
import { Performance, performance } from 'perf_hooks';
import process, { argv, exit } from 'process';
import querystring, { parse, stringify } from 'querystring';
import timers, { setTimeout } from 'timers';
import url, { URL, URLSearchParams, fileURLToPath, pathToFileURL } from 'url';
import util, { debuglog, inspect, promisify, types } from 'util';

import nodeAssert from 'node:assert';
import nodeAssertStrict from 'node:assert/strict';
import nodeConsole from 'node:console';
import nodeEvents from 'node:events';
import nodeOs from 'node:os';
import nodePath from 'node:path';
import nodePerformance from 'node:perf_hooks';
import nodeProcess from 'node:process';
import nodeQuerystring from 'node:querystring';
import nodeTimers from 'node:timers';
import nodeUrl from 'node:url';
import nodeUtil from 'node:util';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

same<typeof nodeAssert, typeof assert>(true);
same<typeof nodeAssertStrict, typeof strict>(true);
same<typeof nodeConsole, typeof console>(true);
same<typeof nodeEvents, typeof EventEmitter>(true);
same<typeof nodeOs, typeof os>(true);
same<typeof nodePath, typeof path>(true);
same<typeof nodePerformance.performance, typeof performance>(true);
same<typeof nodeProcess, typeof process>(true);
same<typeof nodeQuerystring, typeof querystring>(true);
same<typeof nodeTimers, typeof timers>(true);
same<typeof nodeUrl, typeof url>(true);
same<typeof nodeUtil, typeof util>(true);

// --- assert ---

const value: unknown = 1;
assert(typeof value === 'number', 'a number');
same<typeof value, number>(true);
assert.throws(() => {}, TypeError);
assert.throws(() => {}, /no/, 'message');
assert.throws(() => {}, { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => {}, 'message');
const list: unknown = [];
deepStrictEqual(list, [1]);
same<typeof list, number[]>(true);
strictEqual(1, 1);
deepStrictEqual({ a: 1 }, { a: 1 }, new Error('unequal'));
strict.strict.equal(1, 1);
new assert.AssertionError({ message: 'no' }).generatedMessage;
const rejected: Promise<void> = assert.rejects(async () => {}, AssertionError);
assert.rejects(Promise.reject(new Error('no')), 'message');
// @ts-expect-error: a pattern
assert.match('text', 'text');
// @ts-expect-error: a function, not what it returns
assert.throws(1);

// --- events ---

class Door extends EventEmitter {
  open() {
    return this.emit('open', 1, 'two');
  }
}
const door = new Door().on('open', (count: number, name: string) => [count, name]).setMaxListeners(20);
door.listenerCount('open', () => {});
listenerCount(door, 'open') + getEventListeners(door, 'open').length;
once(door, 'open', { signal: AbortSignal.timeout(100) }).then(([count]) => count);
once(new EventTarget(), 'open');
EventEmitter.once(door, EventEmitter.errorMonitor);
async function listen() {
  for await (const [count] of on(door, 'open', { close: ['end'] })) count;
}
// @ts-expect-error: those of an EventTarget cannot be counted
listenerCount(new EventTarget(), 'open');
// @ts-expect-error: a listener is a function
door.on('open', 'hello');

// --- os, path, process, timers, perf_hooks ---

same<typeof EOL, '\n'>(true);
cpus()[0]?.model.length;
os.loadavg()[0]?.toFixed();
posix.join(join('a', 'b'), path.sep, path.parse('/a/b.c').name);
path.win32.join('C:', posix.sep).length;
argv.length;
setTimeout(() => {}, 10).unref();
timers.clearTimeout(1);
performance.now();
performance instanceof Performance;
const leave: () => never = exit;

// --- querystring, url, util ---

parse('a=1&a=2', '&', '=', { maxKeys: 10, decodeURIComponent: (text) => text }).a?.length;
stringify({ a: [1, 'two'] }, null, null, { encodeURIComponent });
querystring.decode(querystring.encode({ a: 1 }));
// @ts-expect-error: there may be no such name
parse('a=1').b.length;
fileURLToPath(pathToFileURL('/a b')).length;
new URL('http://example.com') instanceof url.URL;
new url.URLSearchParams(new URLSearchParams('a=b')).get('a');
inspect({ a: 1 }, { depth: null, compact: false, sorted: (a, b) => a.length - b.length });
inspect({ a: 1 }, true, 2, false);
const inspectable = { [inspect.custom]: () => 'shown', [promisify.custom]: async () => 1 };
promisify((callback: (error: Error | null, value?: number) => void) => callback(null, 1))().then();
if (debuglog('http').enabled) util.format('%s %d', 'a', 1);
types.isPromise?.(inspectable);
// @ts-expect-error: a mistyped name
inspect({ a: 1 }, { colours: true });

void [door, errorMonitor, leave, listen, rejected];
