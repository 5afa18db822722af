// A port keeps the program alive while somebody listens for its messages and the other end is open.
import assert from 'assert';

const silent = new MessageChannel();
silent.port1.postMessage('nobody listens');
const unreferenced = new MessageChannel();
unreferenced.port1.onmessage = () => {};
assert.equal(unreferenced.port1.hasRef(), true);
unreferenced.port1.unref();
assert.equal(unreferenced.port1.hasRef(), false);
const removed = new MessageChannel();
const listener = () => {};
removed.port1.on('message', listener);
removed.port1.off('message', listener);
const alive = new MessageChannel();
let isDone = false;
alive.port1.on('message', () => {
  isDone = true;
  alive.port1.close();
});
setTimeout(() => alive.port2.postMessage(0), 20).unref();
process.on('exit', () => assert(isDone));
