// Prints what scripts can see, as JSON: the exports of the modules that are named on the command
// line, the globals, and the members of classes and of some objects.

import { AssertionError } from 'assert';
import http from 'http';
import { Frame } from 'krandog:frame';

const [, , ...modules] = process.argv;

// What everybody inherits is none of krandog's.
const ENDS = [Object.prototype, Function.prototype, Error, Error.prototype, null];

/** Names on the object and on what it inherits. */
function names(object) {
  const found = new Set();
  for (let at = object; !ENDS.includes(at); at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) found.add(name);
  }
  found.delete('constructor');
  if (typeof object === 'function') {
    for (const name of ['length', 'name', 'prototype']) found.delete(name);
  }
  return Array.from(found).sort();
}

const exported = {};
const members = {};
for (const module of modules) {
  const namespace = await import(module);
  exported[module] = Object.keys(namespace).sort();
  for (const [name, value] of Object.entries(namespace)) {
    if (/^[A-Z]/.test(name) && typeof value === 'function') {
      members[`import('${module}').${name}`] = names(value.prototype);
      members[`typeof import('${module}').${name}`] = names(value);
    }
  }
  if (namespace.default === null || typeof namespace.default !== 'object') continue;
  members[`typeof import('${module}').default`] = names(namespace.default);
}

const globals = Object.getOwnPropertyNames(globalThis).sort();
for (const name of globals) {
  const value = globalThis[name];
  if (!/^[A-Z]/.test(name) || typeof value !== 'function') continue;
  members[name] = names(value.prototype ?? {});
  members[`typeof ${name}`] = names(value);
}

// One of each kind that no class of a script's can be asked about.
const seen = {};
const ended = Promise.withResolvers();
const server = http.createServer({
  websocket: {
    upgrade(req) {
      seen["import('http').HttpRequest"] = req;
    },
    close: ended.resolve,
  },
}, (req) => {
  seen["import('http').WebSocketRequest"] = req;
  req.ws.close();
}).listen(0, '127.0.0.1', () => {
  seen["import('http').Address"] = server.address();
  const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  ws.onopen = () => ws.send('hello');
});
seen.CloseInfo = (await ended.promise).closeInfo;
seen["import('http').Server"] = server;
const closed = server.close();
const refused = new WebSocket('ws://127.0.0.1:1');
seen.WebSocketErrorEvent = await new Promise((resolve) => {
  refused.onerror = resolve;
});
const timer = setTimeout(() => {});
const immediate = setImmediate(() => {});
Object.assign(seen, {
  "import('assert').AssertionError": new AssertionError({ message: 'hello' }),
  "import('assert/strict').AssertionError": new AssertionError({ message: 'hello' }),
  "import('krandog:frame').Frame": new Frame({ opcode: 1 }),
  Timer: timer,
  Immediate: immediate,
  Console: console,
  Performance: performance,
  Process: process,
  ProcessInput: process.stdin,
  ProcessOutput: process.stdout,
  ImportMeta: import.meta,
});
for (const [type, object] of Object.entries(seen)) members[type] = names(object);
clearTimeout(timer);
clearImmediate(immediate);
await closed;

console.log(JSON.stringify({ exported, globals, members }));
