// Channels of a name hear each other across workers; shared memory and blobs go with it.
import assert from 'assert';

const channel = new BroadcastChannel('across');
const code = `
  const channel = new BroadcastChannel('across');
  channel.onmessage = async ({ data: { shared, blob } }) => {
    // What the other worker answers.
    if (!shared) return;
    const text = await blob.text();
    const at = Atomics.add(new Int32Array(shared), 0, 1);
    channel.postMessage({ name, text, isFirst: at === 0 });
    channel.close();
  };
  postMessage('ready');
`;
const workers = ['one', 'two'].map((name) => new Worker(code, { eval: true, name }));
await Promise.all(workers.map((worker) => new Promise((resolve) => {
  worker.onmessage = resolve;
})));
const shared = new SharedArrayBuffer(4);
const answers = [];
channel.postMessage({ shared, blob: new Blob(['hello']) });
await new Promise((resolve) => {
  channel.onmessage = ({ data }) => {
    answers.push(data);
    if (answers.length === 2) resolve();
  };
});
channel.close();
assert.deepEqual(answers.map(({ name }) => name).sort(), ['one', 'two']);
assert(answers.every(({ text }) => text === 'hello'));
assert.equal(new Int32Array(shared)[0], 2);
