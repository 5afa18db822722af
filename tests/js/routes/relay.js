// A route with a relay rule sends messages to a room without the script.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const seen = [];
const { server, url } = await serve(({ data }) => void seen.push(data));
server.ws('/room/:room', {
  relay: ({ params }) => params.room,
  open: (ws) => ws.join(ws.params.room),
});
server.ws('/fixed', { relay: 'a', autoReply: [{ match: 'ping', reply: 'pong' }] });
server.ws('/limited', { relay: { room: 'a', maxPayload: 5 }, open: (ws) => infos.push(ws) });
server.ws('/echo', {
  relay: (ws) => ({ room: `own ${ws.id}`, except: 'none' }),
  open: (ws) => ws.join(`own ${ws.id}`),
});
server.ws('/none', { relay: () => null });
const infos = [];

const listener = await open(`${url}/room/a`);
const other = await open(`${url}/room/b`);
other.onmessage = () => assert.fail('it is in another room');
for (const path of ['/room/a', '/fixed', '/limited']) {
  const ws = await open(url + path);
  const heard = event(listener, 'message');
  ws.send('much too long');
  ws.send(path.slice(0, 5));
  assert.strictEqual((await heard).data, path === '/limited' ? '/limi' : 'much too long');
  if (path === '/limited') continue;
  assert.strictEqual((await event(listener, 'message')).data, path.slice(0, 5));
}
const { room, messages, refused } = infos[0].relayInfo;
assert.deepStrictEqual({ room, messages, refused }, { room: 'a', messages: 1, refused: 1 });

const fixed = await open(`${url}/fixed`);
fixed.send('ping');
assert.strictEqual((await event(fixed, 'message')).data, 'pong');
const echo = await open(`${url}/echo`);
echo.send('me');
assert.strictEqual((await event(echo, 'message')).data, 'me');

assert.deepStrictEqual(seen, []);
const none = await open(`${url}/none`);
none.send('to the handler');
await none.ping();
assert.deepStrictEqual(seen, ['to the handler']);
const end = closing(none);
none.close();
await end;
await server.close();
