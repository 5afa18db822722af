// A signal closes a socket, and one that is unreferenced keeps nothing alive.

import assert from 'assert';
import dgram from 'dgram';

const controller = new AbortController();
const socket = dgram.createSocket({ type: 'udp4', signal: controller.signal });
await new Promise((resolve) => { socket.bind(0, resolve); });
const closed = new Promise((resolve) => { socket.once('close', resolve); });
controller.abort();
await closed;
assert.throws(() => socket.close(), { code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' });
const quiet = dgram.createSocket('udp4');
await new Promise((resolve) => { quiet.bind(0, resolve); });
quiet.unref();
