// The methods of Node.js: once, off, listenerCount and removeAllListeners.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const said = [];
const listener = (data) => said.push(`on ${data}`);
port2.once('message', (data) => said.push(`once ${data}`));
port2.on('message', listener).on('message', listener);
assert.equal(port2.listenerCount('message'), 3);
port2.off('message', listener);
assert.equal(port2.listenerCount('message'), 2);
port1.postMessage(1);
port1.postMessage(2);
port2.on('close', () => {
  said.push('close');
  assert.equal(port2.listenerCount('message'), 1);
  port2.removeAllListeners();
  assert.equal(port2.listenerCount('message'), 0);
});
port1.close();
process.on('exit', () => assert.deepEqual(said, ['once 1', 'on 1', 'on 2', 'close']));
