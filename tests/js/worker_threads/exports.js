// What the module has, by name and as default; the classes are the globals.
import assert from 'assert';
import threads, * as names from 'worker_threads';
import { parentPort } from 'node:worker_threads';

assert.deepEqual(Object.keys(threads).sort(), Object.keys(names).filter((n) => n !== 'default').sort());
for (const name of Object.keys(threads)) assert.equal(threads[name], names[name]);
assert.equal(threads.Worker, Worker);
assert.equal(threads.MessageChannel, MessageChannel);
assert.equal(threads.MessagePort, MessagePort);
assert.equal(threads.BroadcastChannel, BroadcastChannel);
assert.equal(threads.isMainThread, true);
assert.equal(parentPort, null);
