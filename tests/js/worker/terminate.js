// terminate() ends a worker before its next callback; what it has sent is dropped.
import assert from 'assert';

const busy = new Worker('setInterval(() => postMessage(1), 0)', { eval: true });
await new Promise((resolve) => {
  busy.onmessage = resolve;
});
busy.onmessage = () => assert.fail('a message after terminate()');
busy.onerror = () => assert.fail('no error');
const [code, again] = await Promise.all([busy.terminate(), busy.terminate()]);
assert.equal(code, 1);
assert.equal(again, 1);
assert.equal(busy.threadId, -1);
busy.postMessage('to nobody');
assert.equal(await busy.terminate(), 1);
// Before it runs.
const early = new Worker("postMessage('early'); onmessage = () => {};", { eval: true });
early.onmessage = () => assert.fail('a message after terminate()');
assert.equal(await early.terminate(), 1);
// While it hears messages and sends them.
const flooded = new Worker('onmessage = ({ data }) => postMessage(data)', { eval: true });
for (let i = 0; i < 1000; i++) flooded.postMessage(i);
await new Promise((resolve) => {
  flooded.onmessage = resolve;
});
assert.equal(await flooded.terminate(), 1);
