// Tests of the chat server: its room, its names, its history, and what it refuses.
//
//   krandog test examples/chat-server.test.js

import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { expectClose, fakeClock, nextMessage, pair } from 'krandog:test';
import { server } from './chat-server.js';

const guests = [];

after(() => server.close());

afterEach(async () => {
  for (const ws of guests.splice(0)) {
    ws.close();
    await expectClose(ws);
  }
});

async function connect() {
  const ws = await pair(server);
  guests.push(ws);
  return {
    say: (message) => ws.send(JSON.stringify(message)),
    raw: (text) => ws.send(text),
    hear: async () => JSON.parse(await nextMessage(ws)),
  };
}

async function join(name) {
  const person = await connect();
  person.say({ type: 'join', name });
  return { ...person, welcome: await person.hear() };
}

test('everybody hears what is said', async () => {
  const ann = await join('Ann');
  const bob = await join('Bob');
  assert.deepEqual(bob.welcome.online.map(({ name }) => name), ['Ann', 'Bob']);
  const { type, name } = await ann.hear();
  assert.deepEqual([type, name], ['joined', 'Bob']);
  bob.say({ type: 'say', text: ' hello ' });
  for (const person of [ann, bob]) {
    const message = await person.hear();
    assert.deepEqual([message.type, message.name, message.text], ['message', 'Bob', 'hello']);
  }
});

test('no two people have the same name', async () => {
  await join('Ann');
  const other = await join('ann');
  assert.equal(other.welcome.name, 'ann 2');
});

test('newcomers hear what was said before', async () => {
  const { welcome } = await join('Late');
  assert.ok(welcome.history.some(({ text }) => text === 'hello'));
});

test('whoever just talks is a guest', async () => {
  const guest = await connect();
  guest.raw('hi there');
  assert.match((await guest.hear()).name, /^Guest \d+$/);
  assert.equal((await guest.hear()).text, 'hi there');
});

test('what makes no sense is refused', async () => {
  const person = await connect();
  for (const [message, code] of [
    [{ type: 'join', name: '\u0000' }, 'bad-name'],
    [{ type: 'shout' }, 'bad-type'],
    [{ type: 'say', text: 'x'.repeat(2001) }, 'too-long'],
  ]) {
    person.say(message);
    assert.equal((await person.hear()).code, code);
  }
});

test('whoever is too fast has to wait', async () => {
  const person = await join('Fast');
  for (let number = 0; number < 9; number++) person.say({ type: 'say', text: 'again' });
  const answers = [];
  for (let number = 0; number < 9; number++) answers.push(await person.hear());
  assert.equal(answers.at(-1).code, 'too-fast');
  await fakeClock().advance(1000);
  person.say({ type: 'say', text: 'later' });
  assert.equal((await person.hear()).text, 'later');
});
