// Rooms: what hubs and their short forms on WebSockets take and return, and what they do not.

import http from 'http';
import hub, { Hub } from 'krandog:hub';
import type { HubOptions, PublishResult } from 'krandog:hub';

const options: HubOptions = { maxRooms: 10, maxMembers: 5, bus: 'rooms' };
const rooms = new Hub(options);
const server = http.createServer({ hub: rooms }, (req) => {
  if (req.type !== 'websocket') return undefined;
  const { ws } = req;
  const joined: boolean = ws.join('room');
  const result: PublishResult = ws.publish('room', new Uint8Array(2), { except: [ws, 1, 'others'] });
  ws.send(`${joined} ${result.sent} ${result.dropped} ${result.forwarded} ${ws.rooms.join()}`);
  return undefined;
});
const same: Hub = server.hub;
same.on('occupied', (room, { local }) => console.log(room.length, local));
same.once('vacated', (room) => room.toUpperCase());
const members: WebSocket[] = same.members('room');
const found: WebSocket | undefined = same.get(1);
if (!found) throw new Error('gone');
same.subscribe(found, 'game.*');
same.broadcast('text', { compress: true, except: found });
same.send(1, new Blob(['a']));
new hub.Hub();
found.relay('room', { except: 'none', rate: 10 });
found.relay(null);
const relayed: number | undefined = found.relayInfo?.messages;
const stop: () => boolean = same.tap('room', (data, { ws }) => ws.send(data), { sample: 0.5 });
http.createServer({ websocket: { autoReply: [{ match: 'ping', reply: new Uint8Array([relayed ?? 0]) }] } });
stop();

// @ts-expect-error a room is named by a string
same.join(found, 1);
// @ts-expect-error nobody means '[object Object]'
same.publish('room', { members });
// @ts-expect-error a misspelt option
same.publish('room', 'data', { exept: 1 });
// @ts-expect-error a misspelt option
new Hub({ maxRoom: 1 });
