// A worker keeps the program alive until it ends, unless it is unreferenced; it ends itself when
// nothing is left to call it back.
import assert from 'assert';

const forgotten = new Worker('setInterval(() => {}, 1000)', { eval: true });
forgotten.unref();
const optional = new Worker('onmessage = () => {}', { eval: true, ref: false });
optional.onclose = () => assert.fail('it waits for messages');
let ended = 0;
new Worker('setTimeout(() => {}, 20)', { eval: true }).on('exit', () => ended++);
new Worker('addEventListener("error", () => {})', { eval: true }).on('exit', () => ended++);
const released = new Worker(`
  import { parentPort } from 'worker_threads';
  parentPort.once('message', () => {});
`, { eval: true });
released.on('exit', () => ended++);
released.postMessage('the last one');
process.on('exit', () => assert.equal(ended, 3));
