// A channel that does not keep up misses messages, and is told where by a messageerror event.
import assert from 'assert';

const [a, b] = [new BroadcastChannel('behind'), new BroadcastChannel('behind')];
const said = [];
b.onmessage = ({ data }) => said.push(data[0]);
b.onmessageerror = ({ type }) => {
  said.push(type);
  bytes[0] = 6;
  a.postMessage(bytes);
  b.addEventListener('message', () => {
    b.close();
    assert.deepEqual(said, [1, 2, 'messageerror', 6]);
  });
};
const bytes = new Uint8Array(50 << 20);
for (let i = 1; i <= 5; i++) {
  bytes[0] = i;
  a.postMessage(bytes);
}
