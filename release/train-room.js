// Fills a room of the examples with people, for release/train: krandog release/train-room.js ROOM PORT
//
// ROOM is `broadcast` or `chat`. Everybody says the same number of things, and everybody must hear all
// of them.

import assert from 'assert';
import { once } from 'events';

const [room, port] = process.argv.slice(2);
const PEOPLE = 20;
const SAID = 5; // The chat lets nobody say more than 8 things at once.

/** What is sent, and whether a message that comes back is one of those. */
const forms = {
  broadcast: {
    join: () => 'hello',
    say: (text) => text,
    isSaid: (data) => data !== 'hello',
  },
  chat: {
    join: (name) => JSON.stringify({ type: 'join', name }),
    say: (text) => JSON.stringify({ type: 'say', text }),
    isSaid: (data) => JSON.parse(data).type === 'message',
  },
};
const { join, say, isSaid } = forms[room];

const people = [];
for (let i = 0; i < PEOPLE; i += 1) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/`);
  await once(ws, 'open');
  ws.send(join(`person ${i}`));
  await once(ws, 'message');
  people.push(ws);
}

const all = people.map((ws) => new Promise((resolve) => {
  let heard = 0;
  ws.addEventListener('message', ({ data }) => {
    if (isSaid(data) && (heard += 1) === PEOPLE * SAID) resolve(heard);
  });
}));
for (let i = 0; i < SAID; i += 1) people.forEach((ws) => ws.send(say(`thing ${i}`)));
const heard = await Promise.all(all);
assert.deepEqual(heard, people.map(() => PEOPLE * SAID));

for (const ws of people) {
  ws.close(1000, 'bye');
  await once(ws, 'close');
}
