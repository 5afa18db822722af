// receiveMessageOnPort takes the next message at once, started or not.
import assert from 'assert';
import { receiveMessageOnPort } from 'worker_threads';

const { port1, port2 } = new MessageChannel();
assert.equal(receiveMessageOnPort(port2), undefined);
port1.postMessage(undefined);
port1.postMessage({ a: 1 });
assert.deepEqual(receiveMessageOnPort(port2), { message: undefined });
assert.deepEqual(receiveMessageOnPort(port2), { message: { a: 1 } });
assert.equal(receiveMessageOnPort(port2), undefined);
assert.throws(() => receiveMessageOnPort({}), { code: 'ERR_INVALID_ARG_TYPE' });
port1.close();
assert.equal(receiveMessageOnPort(port2), undefined);
