// History, presence and calls: what they take and return, and what they do not.

import http from 'http';
import { History } from 'krandog:history';
import { Presence } from 'krandog:presence';
import { Rpc, RpcError } from 'krandog:rpc';

const server = http.createServer();
const history = new History(server.hub, { messages: 5, encode: (data, { offset }) => `${data} ${offset}` });
const ws = new WebSocket('ws://localhost');
const { epoch, offset, sent } = history.publish('room', { any: 'thing' }, { except: ws });
const joined: 'recovered' | 'lost' | 'fresh' = history.join(ws, 'room', { since: 'anything', last: 5 }).status;
for (const message of history.since('room', { epoch, offset }).messages) ws.send(message);
const known: number = history.position('room').offset + history.rooms + history.bytes + sent;
if (history.clear('room')) console.log(joined, known);
// @ts-expect-error: a hub comes first
new History({ messages: 5 });
// @ts-expect-error: what is sent is text or bytes
new History(server.hub, { encode: () => 5 });

const presence = new Presence(server.hub, { grace: 0 });
presence.on('leave', (room, { id, sockets }) => console.log(room.length, id.length, sockets + 1));
const isNew: boolean = presence.join(ws, 'room', 'ann', { any: 'thing' });
presence.update(ws, 'room', isNew);
presence.leave(ws, 'room');
const since: number | undefined = presence.get('room', 'ann')?.since;
console.log(presence.members('room').map(({ info }) => info), presence.rooms(ws), since);
// @ts-expect-error: an id is a string
presence.join(ws, 'room', 5);

const rpc: Rpc = new Rpc(ws, {
  methods: { add: ([a, b], { signal }) => (signal.aborted ? 0 : a + b), async later() {} },
});
rpc.call('add', [1, 2], { timeout: 5, signal: AbortSignal.timeout(5) }).then((value) => value + 1);
rpc.handle('add', null).handle('other', () => new RpcError(RpcError.BUSY, 'busy', { at: 1 }));
const told: boolean = rpc.notify('note', { told: true });
console.log(told, rpc.pending + rpc.running);
// @ts-expect-error: parameters are an array or an object
rpc.call('add', 5);
// @ts-expect-error: a misspelt option
new Rpc(ws, { method: {} });
