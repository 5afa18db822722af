// engine.io-parser: a payload of packets for polling.
import assert from 'assert';
import { decodePayload, encodePayload } from 'engine.io-parser';

const packets = [{ type: 'message', data: 'hello' }, { type: 'message', data: Buffer.from([1, 2]) }, { type: 'ping', data: 'probe' }];
const payload = await new Promise((resolve) => encodePayload(packets, resolve));
const [hello, bytes, ping] = decodePayload(payload);
assert.deepEqual([hello.data, [...bytes.data], ping], ['hello', [1, 2], { type: 'ping', data: 'probe' }]);
