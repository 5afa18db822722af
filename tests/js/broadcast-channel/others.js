// All channels of a name hear a message, but not the one that sends it, nor those of other names.
import assert from 'assert';

const said = [];
const [a, b, c, other] = ['x', 'x', 'x', 'y'].map((name) => new BroadcastChannel(name));
for (const [key, channel] of Object.entries({ a, b, c, other })) {
  channel.onmessage = ({ data, target }) => {
    assert.equal(target, channel);
    said.push(`${key} ${data.n}`);
    if (data.n === 2) channel.close();
  };
}
assert.equal(a.name, 'x');
a.postMessage({ n: 1 });
b.postMessage({ n: 2 });
other.close();
process.on('exit', () => {
  assert.deepEqual(said, ['b 1', 'c 1', 'a 2', 'c 2']);
});
b.addEventListener('message', () => setImmediate(() => b.close()));
