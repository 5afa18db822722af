// Messages wait until the port is started: by start(), by onmessage, or by on() as in Node.js.
import assert from 'assert';

const heard = [];
const listened = new MessageChannel();
listened.port1.postMessage(1);
listened.port1.postMessage(2);
listened.port2.addEventListener('message', ({ data }) => heard.push(data));
const handled = new MessageChannel();
handled.port1.postMessage('handled');
handled.port2.onmessage = ({ data }) => heard.push(data);
const node = new MessageChannel();
node.port1.postMessage('node');
node.port2.on('message', (data) => heard.push(data));

// Messages are handed out in the order in which they were sent: once this one is, so are they.
const settled = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => resolve(port1.close());
  port1.postMessage('last');
});

await settled();
assert.deepEqual(heard, ['handled', 'node']);
listened.port2.start();
await settled();
assert.deepEqual(heard, ['handled', 'node', 1, 2]);
for (const { port1 } of [listened, handled, node]) port1.close();
