// Only a hub with listeners is told of rooms, however they were added and removed.

import assert from 'assert';
import { EventEmitter } from 'events';
import { Hub } from 'krandog:hub';
import { emitted } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws }] } = await pairs(1);
const { hub } = server;
assert(hub instanceof Hub && hub instanceof EventEmitter);
assert.strictEqual(server.hub, hub);
const told = [];
const note = (room) => told.push(room);
const turn = () => new Promise((resolve) => setTimeout(resolve));

hub.join(ws, 'unheard');
await turn();
hub.once('occupied', note);
hub.join(ws, 'one');
hub.join(ws, 'two');
await turn();
assert.deepStrictEqual(told.splice(0), ['one']);
hub.addListener('occupied', note);
hub.off('occupied', note);
hub.join(ws, 'three');
await turn();
assert.deepStrictEqual(told, []);
hub.on('vacated', note);
hub.removeAllListeners();
hub.leave(ws);
await turn();
assert.deepStrictEqual(told, []);
const first = emitted(hub, 'occupied');
hub.join(ws, 'again');
assert.strictEqual(await first, 'again');
await server.close();
