// Chat rooms: who is in them, what was said before, and nothing missed when a connection is lost.
//
//   krandog examples/rooms-chat.js           then open the address that it prints
//
// Environment: PORT (3000; 0 picks a free one).
//
// The protocol: a WebSocket at /chat is one tab of somebody. Every message is one JSON object.
//
// From a client
//   {type: 'hello', secret, name}    first. Tabs with the same secret are one person.
//   {type: 'rename', name}           at most 24 characters
//   {type: 'enter', room, since}     `since` is {epoch, offset} of the last message there, or null
//   {type: 'leave', room}
//   {type: 'say', room, text}        at most 2000 characters
//
// From the server
//   {type: 'welcome', id, name}
//   {type: 'message', room, epoch, offset, id, name, text, time}
//       Those that were missed come before 'entered'. Each room counts its own.
//   {type: 'entered', room, status, people}       `status` is fresh, recovered or lost
//   {type: 'came' | 'renamed' | 'gone', room, id, name}
//   {type: 'rooms', rooms: [[name, people]]}      those with most people
//   {type: 'error', message, room}   your last message was refused, and you are not in that room

import http from 'http';
import { History } from 'krandog:history';
import { Presence } from 'krandog:presence';
import { addPage } from './rooms-chat-page.js';

const NAME_MAX = 24;
const TEXT_MAX = 2000;
const ROOMS_MAX = 10; // Of one tab.
const PEOPLE_MAX = 5000; // That are remembered; more than can be connected.
const LISTED_MAX = 20;

const people = new Map(); // From secret to {id, info, tabs}: `info` is what others see.
let ids = 0;
let changed = false;

const server = http.createServer();
addPage(server);

const history = new History(server.hub, {
  messages: 100,
  age: 24 * 3600_000,
  rooms: 1000,
  encode: (data, at) => JSON.stringify({ type: 'message', ...at, ...data }),
});
// Whoever loads the page again has not been away.
const presence = new Presence(server.hub, { grace: 3000 });

server.ws('/chat', {
  maxConnections: 1000,
  maxPayload: 16 * 1024,
  // Whoever is faster has to wait: nothing is lost.
  rateLimit: { messages: 20, per: 10_000 },
  message(ws, data) {
    const message = parse(data);
    if (!Object.hasOwn(actions, message.type)) return refuse(ws, 'there is no such type');
    if (ws.data === undefined && message.type !== 'hello') return refuse(ws, 'say hello first');
    actions[message.type](ws, message);
  },
  close(ws) {
    if (ws.data !== undefined) ws.data.tabs -= 1;
  },
});

const actions = {
  hello(ws, { secret, name }) {
    if (ws.data !== undefined) return refuse(ws, 'you have said hello');
    if (typeof secret !== 'string' || secret.length < 16 || secret.length > 64) {
      return refuse(ws, 'a secret has 16 to 64 characters');
    }
    ws.data = people.get(secret) ?? newcomer();
    ws.data.tabs += 1;
    // Who was here last stands last.
    people.delete(secret);
    people.set(secret, ws.data);
    const { id, info } = ws.data;
    const wanted = cleanName(name) || info.name;
    if (wanted !== info.name) ws.data.info = { name: wanted };
    send(ws, { type: 'welcome', id, name: wanted });
    send(ws, roomList());
  },

  rename(ws, { name }) {
    const wanted = cleanName(name);
    if (wanted === '') return refuse(ws, 'a name needs a letter or a digit');
    ws.data.info = { name: wanted };
    send(ws, { type: 'welcome', id: ws.data.id, name: wanted });
    for (const room of ws.rooms) presence.update(ws, room, ws.data.info);
  },

  enter(ws, { room, since }) {
    if (typeof room !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N}-]{0,23}$/u.test(room)) {
      return refuse(ws, 'a room is named with up to 24 letters and digits', room);
    }
    if (!ws.inRoom(room) && ws.rooms.length === ROOMS_MAX) {
      return refuse(ws, `you are in ${ROOMS_MAX} rooms, and have to leave one first`, room);
    }
    const { id, info } = ws.data;
    // Whoever was away for a moment, or has another tab here, is known.
    presence.join(ws, room, id, presence.get(room, id)?.info === info ? null : info);
    // `since` may be anything: this looks at it with care.
    const { status } = history.join(ws, room, { since, last: 50 });
    send(ws, { type: 'entered', room, status, people: presence.members(room).map(told) });
  },

  leave(ws, { room }) {
    if (typeof room === 'string' && ws.inRoom(room)) presence.leave(ws, room);
  },

  say(ws, { room, text }) {
    if (typeof room !== 'string' || !ws.inRoom(room)) return refuse(ws, 'you are not in that room', room);
    const words = typeof text === 'string' ? text.trim() : '';
    if (words === '' || words.length > TEXT_MAX) {
      return refuse(ws, `a message has 1 to ${TEXT_MAX} characters`);
    }
    const { id, info } = ws.data;
    history.publish(room, { id, name: info.name, text: words, time: Date.now() });
  },
};

for (const [event, type] of Object.entries({ join: 'came', update: 'renamed', leave: 'gone' })) {
  presence.on(event, (room, member) => {
    changed = true;
    // With --workers, each of them tells its own.
    server.hub.publish(room, JSON.stringify({ type, room, ...told(member) }), { local: true });
  });
}

// At most once a second, however many come and go.
setInterval(() => {
  if (changed) server.hub.broadcast(JSON.stringify(roomList()));
  changed = false;
}, 1000);

function roomList() {
  const rooms = presence.rooms().sort((a, b) => presence.count(b) - presence.count(a));
  return {
    type: 'rooms',
    rooms: rooms.slice(0, LISTED_MAX).map((room) => [room, presence.count(room)]),
  };
}

function told({ id, info }) {
  return { id, name: info.name };
}

function newcomer() {
  if (people.size === PEOPLE_MAX) {
    const [oldest] = Array.from(people).find(([, { tabs }]) => tabs === 0) ?? [];
    people.delete(oldest);
  }
  ids += 1;
  return { id: String(ids), info: { name: `Guest ${ids}` }, tabs: 0 };
}

function refuse(ws, message, room) {
  send(ws, { type: 'error', message, room });
}

function send(ws, message) {
  ws.send(JSON.stringify(message));
}

// --- nothing that people send can be trusted ---

function parse(data) {
  try {
    return Object(JSON.parse(data));
  } catch {
    return {};
  }
}

// Without control characters, and without those that change the direction of text.
function cleanName(name) {
  if (typeof name !== 'string') return '';
  const plain = name.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');
  const short = Array.from(plain.replace(/\s+/gu, ' ').trim()).slice(0, NAME_MAX).join('').trim();
  return /[\p{L}\p{N}]/u.test(short) ? short : '';
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Chat rooms: http://localhost:${server.address().port}/`);
});
