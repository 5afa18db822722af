// Worker, which is native, and the methods that Node.js adds:
// https://html.spec.whatwg.org/#worker
// https://nodejs.org/api/worker_threads.html#class-worker

import { addEmitterMethods } from 'internal:message_channel';
import { classes, scope } from 'ops:internal:worker';

export const { Worker } = classes();

// What the program has of its own, if it is a worker.
export const own = scope();

const data = (event) => [event.data];

addEmitterMethods(Worker.prototype, {
  message: ['message', data],
  messageerror: ['messageerror', data],
  error: ['error', (event) => [event.error]],
  online: ['open', () => []],
  exit: ['close', (event) => [event.code]],
});
