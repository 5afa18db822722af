// workerData, argv and the environment reach a worker; transferList moves what it names.
import assert from 'assert';
import {
  Worker as Same, isMainThread, parentPort, threadId, workerData,
} from 'node:worker_threads';

if (isMainThread) {
  assert.equal(Same, Worker);
  assert.equal(parentPort, null);
  assert.equal(workerData, null);
  assert.equal(threadId, 0);
  const { port1, port2 } = new MessageChannel();
  const bytes = new Uint8Array([1, 2]);
  const worker = new Worker(import.meta.filename, {
    workerData: { port: port2, bytes, set: new Set(['x']) },
    transferList: [port2, bytes.buffer],
    argv: ['--one', 'two'],
  });
  assert.equal(bytes.length, 0);
  assert(worker.threadId > 0);
  const { threadId: id } = worker;
  port1.on('message', (message) => {
    assert.deepEqual(message, {
      bytes: '1,2', isSet: true, id, argv: ['--one', 'two'], isMainThread: false, path: true,
    });
    port1.close();
  });
} else {
  const { port, bytes, set } = workerData;
  port.postMessage({
    bytes: bytes.join(), isSet: set.has('x'), id: threadId, argv: process.argv.slice(2),
    isMainThread, path: process.argv[1] === import.meta.filename && process.env.PATH !== undefined,
  });
}
