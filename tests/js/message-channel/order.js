// Messages are tasks of their own: they come in the order in which they were sent, each after the
// microtasks of the one before it, and after what runs now.
import assert from 'assert';

const said = [];
const one = new MessageChannel();
const two = new MessageChannel();
for (const { port2 } of [one, two]) {
  port2.onmessage = ({ data }) => {
    said.push(data);
    queueMicrotask(() => said.push(`${data}'`));
  };
}
one.port1.postMessage('a');
two.port1.postMessage('b');
one.port1.postMessage('c');
queueMicrotask(() => said.push('micro'));
process.nextTick(() => said.push('tick'));
said.push('sync');
two.port1.close();
one.port1.close();
process.on('exit', () => {
  assert.deepEqual(said, ['sync', 'tick', 'micro', 'a', "a'", 'b', "b'", 'c', "c'"]);
});
