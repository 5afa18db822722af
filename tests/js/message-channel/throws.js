// A listener that throws keeps the others from nothing, and is reported.
import assert from 'assert';

const { port1, port2 } = new MessageChannel();
const said = [];
port2.addEventListener('message', () => {
  throw new Error('mine');
});
port2.onmessage = ({ data }) => said.push(data);
process.on('uncaughtException', (error) => said.push(error.message));
port1.postMessage(1);
port1.postMessage(2);
port1.close();
process.on('exit', () => assert.deepEqual(said, [1, 'mine', 2, 'mine']));
