// A chat room, and the page to chat in.
//
//   krandog examples/chat-server.js          then open the address that it prints
//   krandog examples/chat-client.js          the same room from a terminal
//   krandog test examples/chat-server.test.js
//
// Environment: PORT (3000; 0 picks a free one).
//
// The protocol: every WebSocket message is one JSON object.
//
// From a client
//   {type: 'join', name}                     enters the room; nobody hears from it before
//   {type: 'say', text}                      at most 2000 characters
//   {type: 'rename', name}                   at most 24 characters
// Anything that is not a JSON object is said as it is, so any WebSocket tool will do. Whoever says
// something before joining is a guest.
//
// From the server
//   {type: 'welcome', id, name, room, online, history}
//       You are in, perhaps under another name, since no two people have the same. `online` lists
//       {id, name} of everybody, `history` the last 'message' objects. When the server restarts,
//       `room` changes, and messages are numbered from 1 again.
//   {type: 'message', number, id, name, text, time}      `id` is the author's, `time` in ms
//   {type: 'joined', id, name}
//   {type: 'left', id, name}
//   {type: 'renamed', id, name, before}
//   {type: 'error', code, message}                       your last message was refused

import http from 'http';
import { html, css, script } from './chat-page.js';
import { headers } from './page.js';

const HISTORY_MAX = 50;
const NAME_MAX = 24;
const TEXT_MAX = 2000;

// Everybody may send this many messages at once, and one more every `REFILL_MS`.
const BURST = 8;
const REFILL_MS = 500;

const room = Date.now();
const history = [];
const people = new Map(); // From a name in lower case to the WebSocket of who has it.
let guests = 0;
let messages = 0;

export const server = http.createServer({
  websocket: {
    maxPayload: 16 * 1024,
    maxConnections: 1000,
    open(ws) {
      ws.data = { id: ws.id, name: null, credit: BURST, seen: Date.now() };
    },
    close(ws) {
      if (ws.data.name !== null) leave(ws);
    },
  },
}, (req) => (req.type === 'websocket' ? hear(req.ws, req.data) : answer(req)));

// --- the room ---

const actions = {
  join(ws, { name }) {
    if (ws.data.name !== null) return refuse(ws, 'joined-already', 'You are in the room already.');
    const wanted = cleanName(name);
    if (wanted === '') return refuse(ws, 'bad-name', 'A name needs a letter or a digit.');
    return enter(ws, freeName(wanted));
  },

  say(ws, { text }) {
    if (typeof text !== 'string' || text.trim() === '') {
      return refuse(ws, 'bad-text', 'There is nothing to say in that.');
    }
    if (text.length > TEXT_MAX) {
      const message = `A message has at most ${TEXT_MAX} characters, not ${text.length}.`;
      return refuse(ws, 'too-long', message);
    }
    if (ws.data.name === null) enter(ws, freeName(`Guest ${guests += 1}`));
    const message = {
      type: 'message',
      number: messages += 1,
      id: ws.data.id,
      name: ws.data.name,
      text: text.trim(),
      time: Date.now(),
    };
    history.push(message);
    if (history.length > HISTORY_MAX) history.shift();
    return broadcast(message);
  },

  rename(ws, { name }) {
    const before = ws.data.name;
    if (before === null) return actions.join(ws, { name });
    const wanted = cleanName(name);
    if (wanted === '') return refuse(ws, 'bad-name', 'A name needs a letter or a digit.');
    if (wanted === before) return undefined;
    const holder = people.get(wanted.toLowerCase());
    if (holder !== undefined && holder !== ws) {
      return refuse(ws, 'name-taken', `Somebody is called ${wanted} already.`);
    }
    people.delete(before.toLowerCase());
    people.set(wanted.toLowerCase(), ws);
    ws.data.name = wanted;
    return broadcast({ type: 'renamed', id: ws.data.id, name: wanted, before });
  },
};

function hear(ws, data) {
  if (!spend(ws.data)) return refuse(ws, 'too-fast', 'Slow down a little: that was not sent.');
  if (typeof data !== 'string') return refuse(ws, 'not-text', 'Send text; nobody can read bytes.');
  const message = parse(data);
  if (message === null) return actions.say(ws, { text: data });
  if (!Object.hasOwn(actions, message.type)) {
    const known = Object.keys(actions).join(', ');
    return refuse(ws, 'bad-type', `A message's type is one of: ${known}.`);
  }
  return actions[message.type](ws, message);
}

function enter(ws, name) {
  // The others hear of it first, so that nobody is told of their own arrival.
  const { id } = ws.data;
  broadcast({ type: 'joined', id, name });
  ws.data.name = name;
  people.set(name.toLowerCase(), ws);
  const online = Array.from(people.values(), ({ data }) => ({ id: data.id, name: data.name }));
  send(ws, { type: 'welcome', id, name, room, online, history });
}

function leave(ws) {
  const { id, name } = ws.data;
  people.delete(name.toLowerCase());
  broadcast({ type: 'left', id, name });
}

function broadcast(message) {
  const text = JSON.stringify(message);
  // krandog closes a client that does not read once 1 MiB waits for it: `maxBackpressure`.
  for (const ws of people.values()) ws.send(text);
}

function refuse(ws, code, message) {
  send(ws, { type: 'error', code, message });
}

function send(ws, message) {
  ws.send(JSON.stringify(message));
}

// --- nothing that people send can be trusted ---

function parse(data) {
  try {
    const message = JSON.parse(data);
    return message !== null && typeof message === 'object' ? message : null;
  } catch {
    return null;
  }
}

// Without control characters, and without those that change the direction of text.
function cleanName(name) {
  if (typeof name !== 'string') return '';
  const plain = name.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');
  const short = Array.from(plain.replace(/\s+/gu, ' ').trim()).slice(0, NAME_MAX).join('').trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(short) ? short : '';
}

// The name, with a number after it if somebody already has it.
function freeName(wanted) {
  let name = wanted;
  for (let number = 2; people.has(name.toLowerCase()); number += 1) name = `${wanted} ${number}`;
  return name;
}

// A bucket that fills up over time: false if it is empty.
function spend(person) {
  const now = Date.now();
  person.credit = Math.min(BURST, person.credit + (now - person.seen) / REFILL_MS);
  person.seen = now;
  if (person.credit < 1) return false;
  person.credit -= 1;
  return true;
}

// --- the page ---

const files = {
  '/': { type: 'html', body: html },
  '/chat.css': { type: 'css', body: css },
  '/chat.js': { type: 'js', body: script },
};

function answer({ method, pathname }) {
  if (!Object.hasOwn(files, pathname)) return { status: 404, type: 'text', body: 'Not found\n' };
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, headers: { Allow: 'GET, HEAD' }, type: 'text', body: 'Only GET\n' };
  }
  return { ...files[pathname], headers };
}

if (import.meta.main) {
  server.listen(Number(process.env.PORT ?? 3000), () => {
    console.log(`Chat server: http://localhost:${server.address().port}/`);
  });
}
