// A socket that cannot be bound can be closed, and what waits for the port ends nothing.

import assert from 'assert';
import { createSocket } from 'dgram';

const taken = createSocket('udp4');
await new Promise((resolve) => taken.bind(0, '127.0.0.1', resolve));
const socket = createSocket('udp4');
const failed = new Promise((resolve) => socket.once('error', resolve));
socket.bind(taken.address().port, '127.0.0.1');
socket.send('lost', 9, '127.0.0.1');
assert.strictEqual((await failed).code, 'EADDRINUSE');
await new Promise((resolve) => socket.close(resolve));
taken.close();

const member = createSocket('udp4');
const wrong = new Promise((resolve) => member.once('error', resolve));
member.addMembership('not a group');
assert.strictEqual((await wrong).code, 'EINVAL');
member.close();
