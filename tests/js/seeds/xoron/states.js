// The states of a connection, as numbers and as words, and whether it is connected.

import assert from 'assert';
import { connections } from 'krandog:client';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve({});
const ws = new WebSocket(url);
const isConnected = () => ws.readyState === WebSocket.OPEN;
const state = () => connections().find(({ id }) => id === ws.id)?.state;

assert.deepStrictEqual([isConnected(), ws.readyState, state()], [false, WebSocket.CONNECTING, 'connecting']);
await event(ws, 'open');
assert.deepStrictEqual([isConnected(), ws.readyState, state()], [true, WebSocket.OPEN, 'open']);
ws.close();
assert.deepStrictEqual([isConnected(), ws.readyState, state()], [false, WebSocket.CLOSING, 'closing']);
await event(ws, 'close');
assert.deepStrictEqual([isConnected(), ws.readyState, state()], [false, WebSocket.CLOSED, undefined]);
assert.deepStrictEqual(ws.closeInfo, { code: 1005, reason: '', wasClean: true, cause: 'local' });
await server.close();

// What went wrong is no state, but stays with the socket.
const failed = new WebSocket('ws://127.0.0.1:9/');
failed.onerror = () => {};
await event(failed, 'close');
assert.deepStrictEqual([failed.closeInfo.code, failed.closeInfo.wasClean], [1006, false]);
